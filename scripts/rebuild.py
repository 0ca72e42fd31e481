"""Build anew everything in the repository that code makes: `python3 scripts/rebuild.py [steps]`.

Each step uses what those before it made, so they are always taken in the order of STEPS. A step of which a
program is missing is left out, and that is told. The exit code is 0 only when no step failed. What changed
shows in the version control.
"""

import shutil
import sys

import _venv

SENTENCES = {
    "unknown": "Onbekend: {names}. Kies uit: {known}.",
    "step": "== {name} ==",
    "left_out": "Overgeslagen, want hier ontbreekt: {missing}. Onder Debian installeert scripts/test.py dat.",
    "failed": "NIET gelukt: {names}",
    "done": "Klaar. Lees met git diff wat er veranderde.",
}
STEPS = {
    "huisstijl": "build_house_style.py",
    "werkmappen": "build_workbooks.py",
    "documentatie": "build_docs.py",
    "teksten": "accept_golden.py",
    "plaatjes": "build_pictures.py",
    "venster": "build_window_picture.py",
    "schermen": "build_screens.py",
}
"""What is made -> the script that makes it."""
NEEDS = {
    "plaatjes": ("soffice", "pdftoppm", "pdftotext"),
    "venster": ("Xvfb", "xdotool"),
    "schermen": ("soffice", "Xvfb", "xdotool"),
}
"""The programs that a step calls."""


def main(asked: list) -> int:
    """Take the steps that are asked for, or all, and give 1 when one failed."""
    if unknown := [name for name in asked if name not in STEPS]:
        print(SENTENCES["unknown"].format(names=", ".join(unknown), known=", ".join(STEPS)), file=sys.stderr)
        return 1
    _venv.prepare("run", "test")
    failed = [name for name in STEPS if (not asked or name in asked) and not made(name)]
    print(SENTENCES["failed" if failed else "done"].format(names=", ".join(failed)))
    return 1 if failed else 0


def made(name: str) -> bool:
    """Take one step; True where it went well or cannot be taken here."""
    print(SENTENCES["step"].format(name=name))
    if missing := [program for program in NEEDS.get(name, ()) if shutil.which(program) is None]:
        print(SENTENCES["left_out"].format(missing=", ".join(missing)))
        return True
    return _venv.child(f"scripts/{STEPS[name]}") == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
