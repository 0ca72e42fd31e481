"""Golden texts: what the toolkit writes, kept word for word, so that a change of it is seen and read.

A test compares with `require`. Where the text should change, `python3 scripts/accept_golden.py` writes the
new one, and the difference shows in the version control.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
ACCEPT = "WIJKBATEN_GOLDEN"
HOW = "is this as it should be? then: python3 scripts/accept_golden.py"


def require(name: str, text: str, folder: Path = FOLDER) -> None:
    """The text is that of the golden file NAME.txt; else an AssertionError that shows the difference.

    With the environment variable ACCEPT set to 1 the text is written and becomes the golden one.
    """
    path = folder / f"{name}.txt"
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if text == kept:
        return
    if os.environ.get(ACCEPT) == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    lines = difflib.unified_diff(
        kept.splitlines(), text.splitlines(), f"golden/{path.name}", "now", n=2, lineterm=""
    )
    raise AssertionError("\n".join([f"{path.name} reads otherwise than it did", *lines, HOW]))
