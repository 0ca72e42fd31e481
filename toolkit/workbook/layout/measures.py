"""How much room a text takes: heights of rows and widths of columns."""

from __future__ import annotations

POSTER_SIZES = {
    "poster_title": 26,
    "poster_heading": 16,
    "poster_strong": 16,
    "poster_line": 13,
    "poster_small": 10,
}
"""Looks of the rows of a page to hang up, with their letters in points."""
LINE_POINTS, MOST_LINES = 15.0, 14
COMPACT_LINE, COMPACT_HEADER = 13.0, 40.0
"""Points of a line of letters of 10 points, and of a header in three such lines."""
LETTERS = 1.1
"""So many letters go where one digit, the measure of a column width, would go."""


def text_height(text: str, width: float, bold: bool = False) -> float:
    """Points needed by a text in a column of this many characters (Calibri 11).

    Where words break a line is not known, so more lines than one are reckoned with some to spare.

    >>> text_height("kort", 20), text_height("x" * 30, 20)
    (15.0, 30.0)
    """
    if not bold and "\n" not in text and len(text) <= LETTERS * (width - 2):
        return LINE_POINTS
    wide = 12 if bold else 11
    lines = sum(max(1, -(-len(part) * wide // int((width - 2) * 10))) for part in text.split("\n"))
    return LINE_POINTS * min(lines, MOST_LINES)


def note_height(text: str, width: float) -> float:
    """Points needed by a note in a column of this many characters (Calibri 9).

    >>> note_height("kort", 20), note_height("x" * 30, 20)
    (12.0, 24.0)
    """
    return 12.0 * max(1, -(-len(text) * 9 // int((width - 2) * 10)))


def heading_width(heading: str, is_compact: bool = False) -> float:
    """Characters a column needs so that no word of its heading breaks (Calibri 11 bold, with its indent).

    is_compact: in letters of 10 points without an indent.

    >>> heading_width("Totaal"), heading_width("Woningcorporaties en huurders"), heading_width("Meer?", True)
    (8.1, 19.7, 5.5)
    """
    longest = max(map(len, heading.split()))
    return round(longest + 0.5, 1) if is_compact else round(1.05 * longest + 1.8, 1)


def poster_height(text: str, width: float, look: str) -> float:
    """Points needed by a text of a page to hang up, with some air above it."""
    size = POSTER_SIZES[look]
    lines = -(-len(text) * size // (width * 11.5)) if text else 1
    return 1.35 * size * lines + (12 if look == "poster_heading" else 5)


def pixels(width: float) -> int:
    """Pixels of a column of this many characters (Calibri 11)."""
    return int(width * 7 + 5)
