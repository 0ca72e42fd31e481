"""Shared set-up of the scripts: pinned parts in an environment of our own, .venv, and what comes from npm.

Only the standard library is used here, and nothing that Python 3.6 cannot read: an old Python should get a
sentence, not a traceback. The Dutch sentences stand here as they are needed before anything is installed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

SENTENCES = {
    "old_python": "Dit programma heeft Python 3.11 of nieuwer nodig; hier draait Python {found}.\n"
    "Installeer een nieuwere Python (python.org) en start dit daarna opnieuw.",
    "apt": "Op deze computer ontbreekt nog iets; ik installeer: {packages}",
    "apt_failed": "Dat installeren is niet gelukt. De laatste regels van apt-get:\n{lines}",
    "no_venv": "Python kan hier nog geen eigen omgeving maken. Installeer eerst {package}:\n"
    "  sudo apt-get install {package}\n"
    "Start dit daarna opnieuw.",
    "venv_failed": "Het is niet gelukt de map .venv te maken. Verwijder die map en start dit opnieuw.\n"
    "De laatste regels van venv:\n{lines}",
    "installing": "Onderdelen installeren in de map .venv (alleen de eerste keer en na een wijziging) ...",
    "pip_failed": "Het installeren van de onderdelen is niet gelukt. Werkt de internetverbinding?\n"
    "Start dit daarna opnieuw. De laatste regels van pip:\n{lines}",
    "npm": "Onderdelen installeren in de map requirements (alleen de eerste keer en na een wijziging) ...",
    "npm_failed": "Het installeren met npm is niet gelukt. De laatste regels van npm:\n{lines}",
}

# Each set of parts: the arguments of pip, and the files that tell whether it must be installed again.
PARTS = {
    "run": (
        ["-r", "requirements/run.txt", "-e", "."],
        ["requirements/run.txt", "setup.cfg", "setup.py", "pyproject.toml"],
    ),
    "test": (["-r", "requirements/test.txt"], ["requirements/test.txt", "requirements/run.txt"]),
}
NODE_PARTS = ROOT / "requirements" / "node_modules"


def prepare(*names: str) -> None:
    """Make .venv ready with the named sets of PARTS; a sentence and exit code 2 if that fails."""
    if sys.version_info < (3, 11):  # noqa: UP036 (the Python that starts a script can be any)
        _stop("old_python", found=sys.version.split()[0])
    if not _works():
        _make()
    for name in names:
        _install(name)


def child(*arguments: str) -> int:
    """Run the Python of .venv in the repository root, show its output as it comes, give its exit code."""
    sys.stdout.flush()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([str(PYTHON), *arguments], check=False, cwd=ROOT, env=environment).returncode


def apt_install(packages: list) -> bool:
    """Install Debian packages where that needs no password; tells whether it was done."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and _quiet("sudo", "-n", "true").returncode == 0:
        prefix = ["sudo", "-n"]
    else:
        return False
    print(SENTENCES["apt"].format(packages=", ".join(packages)), flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _quiet(*apt, "update")  # when this fails the lists of last time may still do
    done = _quiet(*apt, "install", "-y", "--no-install-recommends", *packages)
    if done.returncode:
        print(SENTENCES["apt_failed"].format(lines=_tail(done)), file=sys.stderr)
    return done.returncode == 0


def npm_install() -> bool:
    """Install what requirements/package.json names, none of its scripts run; tells whether it is there."""
    asked = NODE_PARTS.parent / "package.json"
    wanted = hashlib.sha256(asked.read_bytes()).hexdigest()
    stamp = NODE_PARTS / "installed.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    npm = shutil.which("npm")
    if npm is None:
        return False
    print(SENTENCES["npm"], flush=True)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
    done = _quiet(npm, "install", *quiet, "--prefix", str(asked.parent))
    if done.returncode:
        print(SENTENCES["npm_failed"].format(lines=_tail(done)), file=sys.stderr)
        return False
    stamp.write_text(wanted)
    return True


def _works() -> bool:
    """Does .venv hold a Python that is new enough and finds its pip? An upgrade of Python breaks that."""
    question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return _quiet(str(PYTHON), "-c", question).returncode == 0
    except OSError:
        return False


def _make() -> None:
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not apt_install([package]):
            _stop("no_venv", package=package)
    done = _quiet(sys.executable, "-m", "venv", "--clear", str(VENV))
    if done.returncode:
        _stop("venv_failed", lines=_tail(done))


def _install(name: str) -> None:
    arguments, files = PARTS[name]
    place = str(ROOT).encode()  # an editable install points there, so a moved folder must be installed again
    wanted = hashlib.sha256(place + b"".join((ROOT / file).read_bytes() for file in files)).hexdigest()
    stamp = VENV / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(SENTENCES["installing"], flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    done = _quiet(*pip, "install", *arguments)
    if done.returncode:
        _stop("pip_failed", lines=_tail(done))
    stamp.write_text(wanted)


def _quiet(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _tail(done: subprocess.CompletedProcess) -> str:
    return "\n".join(f"  {line[:200]}" for line in done.stdout.splitlines()[-5:])


def _stop(sentence: str, **facts: str) -> None:
    print(SENTENCES[sentence].format(**facts), file=sys.stderr)
    sys.exit(2)
