"""Sheet Uitleg: what is still open and from whom, a preview of the outcome, and a small example."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.parts import Block, Live, Reference, ResultColumn, lines

GUIDE_TOP = 15
"""Below the lines of explanation."""
EXAMPLE_STEPS = 7
_FIRST, _SECOND, _THIRD = 30, 100, 18

PREVIEW = Live(
    "VU",
    "tblVooruitblik",
    (
        ResultColumn("figure", width=_FIRST),
        ResultColumn("meaning", width=_SECOND),
        ResultColumn("value", "row", _THIRD),
    ),
    rows=tuple(
        line
        for code, format in (
            ("benefits_pv", "euro"),
            ("government", "euro"),
            ("costs_pv", "euro"),
            ("ratio", "ratio"),
        )
        for line in lines("form.figures.{row}.name", [code], format, meaning="form.preview.{row}")
    ),
    plain=("figure", "meaning"),
)
EXAMPLE = Reference(
    "UV",
    "tblVoorbeeld",
    (
        ResultColumn("step", "wrap", _FIRST),
        ResultColumn("explanation", "wrap", _SECOND),
        ResultColumn("number", "number2", _THIRD),
    ),
    EXAMPLE_STEPS,
)


def open_questions(blocks: Iterable[Block]) -> Live:
    """What is still open in each of these blocks, and whom to ask."""
    return Live(
        "OP",
        "tblOpenVragen",
        (
            ResultColumn("part", width=_FIRST),
            ResultColumn("whom", width=_SECOND),
            ResultColumn("open", "row", _THIRD),
        ),
        rows=lines(
            "form.open_parts.{row}", (b.code for b in blocks), "whole", whom="form.open_questions.{row}"
        ),
        plain=("part", "whom"),
    )


def guide(questions: Live) -> Sheet:
    """The sheet for a form with these open questions."""
    return Sheet("guide", "guide", (questions, PREVIEW, EXAMPLE), GUIDE_TOP)
