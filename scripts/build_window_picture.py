"""Makes the picture of the panel for the manual: `.venv/bin/python scripts/build_window_picture.py`.

The window is a real one, on the example De Kade in xlwings' remote engine, and looks as it does on Linux
without a desktop: no bar with a title, and plain buttons.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from build_pictures import ROOT, WORKBOOKS, png

sys.path.append(str(ROOT / "tests"))

from screen import Window, screen

PICTURE = ROOT / "docs" / "handleiding" / "venster" / "paneel.png"


def main() -> None:
    """Press Herbereken in the panel and keep what is to be seen then."""
    with TemporaryDirectory() as name, screen(Path(name)) as shown:
        shown.environment["XDG_CACHE_HOME"] = name
        book = Path(name) / "de_kade.xlsx"
        book.write_bytes((WORKBOOKS / "voorbeelden" / book.name).read_bytes())
        window = Window(shown, book)
        window.press("herbereken")
        shown.click(1, 1)  # the mouse away from the button
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_bytes(png(window_of(shown.picture())))
        window.close()


def window_of(picture: np.ndarray) -> np.ndarray:
    """The part of the screen that is not empty; an empty screen is black."""
    rows, columns = (np.flatnonzero(picture.any(axis=2).any(axis=axis)) for axis in (1, 0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


if __name__ == "__main__":
    main()
