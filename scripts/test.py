"""Run every check: `python3 scripts/test.py [--alles] [arguments of pytest]`.

Installs what is missing, then runs ruff, mypy, the import contract and pytest; all of them, also when one
fails. `--alles` asks for the long versions of the tests. The exit code is 0 only when everything passed.
"""

import os
import shutil
import sys

import _venv

SENTENCES = {
    "no_office": "Niet gevonden: {missing}. De tests rekenen de werkboeken na met LibreOffice,\n"
    "bekijken de brief als PDF, openen de pagina's in Chromium, klikken in een venster en leggen elk\n"
    "bestand voor aan keurders die met npm komen. Installeer LibreOffice (Calc en Writer), poppler-utils,\n"
    "Chromium, xvfb, xdotool en npm, en zorg dat deze opdrachten werken.",
    "passed": "{name}: in orde",
    "failed": "{name}: NIET in orde",
}
OFFICE_COMMANDS = ("soffice", "pdftoppm", "chromium", "Xvfb", "xdotool", "npm")
OFFICE_PACKAGES = [
    "libreoffice-calc",
    "libreoffice-writer",
    "poppler-utils",
    "chromium",
    "fonts-crosextra-carlito",
    "fonts-liberation",
    "xvfb",
    "xdotool",
    "python3-tk",
    "npm",
]
SPREAD = ("-n", "auto", "--dist", "loadfile")
"""Every core runs tests; those of one file stay together, as they share what took long to make."""
CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format --check": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy", "toolkit"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as check; check()"),
}


def main(arguments: list) -> int:
    """Prepare, run the checks in order with pytest last, and give 1 when one of them failed."""
    _venv.prepare("run", "test")
    if not all((office_found(), _venv.npm_install())) and os.environ.get("CI") == "true":
        return 1
    if "--alles" in arguments:
        os.environ["WIJKBATEN_ALLES"] = "1"
    failures = [name for name, command in CHECKS.items() if not passes(name, command)]
    print("== pytest ==")
    asked = [argument for argument in arguments if argument != "--alles"]
    code = _venv.child("-m", "pytest", *SPREAD, *asked)
    return 1 if failures or code else 0


def passes(name: str, command: tuple) -> bool:
    """Run one check and say how it went."""
    print(f"== {name} ==")
    passed = _venv.child(*command) == 0
    print(SENTENCES["passed" if passed else "failed"].format(name=name))
    return passed


def office_found() -> bool:
    """Look for the programs the tests call, install them if possible, and say what is still missing."""
    if missing_commands():
        _venv.apt_install(OFFICE_PACKAGES)
    missing = missing_commands()
    if missing:
        print(SENTENCES["no_office"].format(missing=", ".join(missing)), file=sys.stderr)
    return not missing


def missing_commands() -> list:
    """The commands of OFFICE_COMMANDS that are not on the path."""
    return [name for name in OFFICE_COMMANDS if shutil.which(name) is None]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
