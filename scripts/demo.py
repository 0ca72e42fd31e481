"""Work out the example workbooks: installs what is needed, then writes to the folder uitvoer."""

import sys

import _venv


def main() -> int:
    """Prepare .venv, run the command `alles` on the examples, and give its exit code."""
    _venv.prepare("run")
    return _venv.child("-m", "toolkit.app.cli", "alles", "workbooks/voorbeelden", "--uit", "uitvoer")


if __name__ == "__main__":
    sys.exit(main())
