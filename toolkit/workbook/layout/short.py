"""The short form for a first talk: ten questions, under the codes that the full form has for them.

So its answers carry over. What it does not ask stays an open question in the full form.
"""

from __future__ import annotations

from dataclasses import replace

from toolkit.workbook.layout.asked import ACCOUNTS, EFFECTS, NO_PRICE, ORGANISATION
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.library import CHANGES, PICKS, UNPRICED
from toolkit.workbook.layout.parts import Block, Line, Live, Reference, ResultColumn, Said
from toolkit.workbook.layout.shared import VERSIONS

_GUIDE_TOP = 17
"""Below the lines of explanation."""
_FIRST, _SECOND, _THIRD = 46, 96, 18
_CHANGES_ASKED = 3


def _questions(block: Block, *codes: str) -> Block:
    """Some questions of a block, in words of their own."""
    kept = tuple(replace(q, words=f"{q.code}_short") for q in block.questions if q.code in codes)
    return replace(block, questions=kept, remembers=False, carried=(), words=f"{block.code}_short")


def _rows(block: Block, capacity: int, lines: int, **widths: int) -> Block:
    """Some columns of a block, in words of their own."""
    kept = tuple(replace(field, width=widths[field.code]) for field in block.columns if field.code in widths)
    words = f"{block.code}_short"
    return replace(
        block,
        columns=kept,
        capacity=capacity,
        lines=lines,
        needs=(),
        carried=(),
        compact=False,
        words=words,
    )


def _columns(table: Reference, **widths: int) -> Reference:
    """Some columns of a table of the library."""
    kept = tuple(replace(c, width=widths[c.code]) for c in table.columns if c.code in widths)
    return replace(table, columns=kept)


SHORT_ORGANISATION = _questions(ORGANISATION, "OO-01", "OO-02", "OO-03", "OO-04", "OO-05")
SHORT_ACCOUNTS = _questions(ACCOUNTS, "JR-01")
SHORT_EFFECTS = _rows(EFFECTS, _CHANGES_ASKED, 3, change=62, reach=52, watch_for=60)
SHORT_NO_PRICE = _rows(NO_PRICE, 1, 2, effect=62, people=52)

FIGURES = ("participants", "cost_each", "still_empty")
KNOWN = Live(
    "KN",
    "tblWatWijWeten",
    (
        ResultColumn("figure", width=_FIRST),
        ResultColumn("meaning", width=_SECOND),
        ResultColumn("value", "row", _THIRD),
    ),
    rows=tuple(
        Line(
            code,
            format,
            Said(f"form.short_figures.{code}.name"),
            {"meaning": Said(f"form.short_figures.{code}.meaning")},
        )
        for code, format in zip(FIGURES, ("whole", "euro", "whole"), strict=True)
    ),
    plain=("figure", "meaning"),
)
"""What can be said of the answers so far."""
TOUCHED = Live(
    "KD",
    "tblWaarHetOverGaat",
    (
        ResultColumn("change", "wrap", _FIRST),
        ResultColumn("about", "wrap", _SECOND),
        ResultColumn("people", "general", _THIRD),
    ),
    capacity=_CHANGES_ASKED,
)
"""What each change is about, and what is asked of it next."""
NEXT = Live(
    "KP",
    "tblPerVerandering",
    (
        ResultColumn("domain", width=44),
        ResultColumn("unit", width=44),
        ResultColumn("asked_of", width=44),
        ResultColumn("total", "wrap", 24),
        ResultColumn("ask", "wrap", 44),
    ),
    capacity=_CHANGES_ASKED,
)
"""The same in pieces."""
ASKED = tuple(q.code for block in (SHORT_ORGANISATION, SHORT_ACCOUNTS) for q in block.questions)
STARTED = (*SHORT_EFFECTS.row_codes, *SHORT_NO_PRICE.row_codes)
LACKS = Live(
    "KQ",
    "tblNogLeeg",
    (
        ResultColumn("asked", width=44),
        ResultColumn("first", width=44),
        ResultColumn("second", "general", 44),
        ResultColumn("empty", "whole", 24),
    ),
    rows=tuple(
        Line(code, "text", Said("form.short_lacks.row", {"row": code}))
        for code in (*ASKED, *STARTED, SHORT_EFFECTS.code)
    ),
    plain=("asked",),
)
"""What is still empty: each question, each row that was started, and a form without any change."""
_VERSION = replace(
    VERSIONS,
    columns=(ResultColumn("what", width=_FIRST), ResultColumn("value", width=_SECOND)),
    rows=VERSIONS.rows[:1],
)

SHORT = Workbook(
    "short",
    (
        Sheet("short_guide", "guide", (KNOWN, TOUCHED, _VERSION), _GUIDE_TOP),
        Sheet("short", "input", (SHORT_ORGANISATION, SHORT_ACCOUNTS, SHORT_EFFECTS, SHORT_NO_PRICE)),
        Sheet(
            "short_lists",
            "reference",
            (
                LACKS,
                NEXT,
                PICKS,
                _columns(CHANGES, name=44, watch_for=44, domain=44, unit_short=24, asked_of=44),
                _columns(UNPRICED, name=44, watch_for=44, domain=44),
            ),
        ),
    ),
)
