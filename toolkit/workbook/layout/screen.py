"""Sheet Uitkomsten, which is one screen and one page: the answer, four figures, three charts, two lists."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.objections import COMPUTED, LINE_COLUMN
from toolkit.workbook.layout.parts import Charts, Line, Result, ResultColumn, Said, lines

COLUMN = 43
"""Width of each of the four equal columns, in characters: together they fill a screen."""
LISTED = 4
"""Rows of the two lists; what is left stands on the sheets behind."""


@dataclass(frozen=True, slots=True, eq=False)
class Cards(Result):
    """One large figure a column, its name above it and a line of text below it."""


@dataclass(frozen=True, slots=True, eq=False)
class Lists(Result):
    """Short lists side by side: plain text without a heading above the table."""


FIGURE, TOLD = "figure", "told"
CARDS = Cards(
    "KA",
    "tblKaarten",
    (
        ResultColumn("benefits", "euro_short", COLUMN),
        ResultColumn("costs", "euro_short", COLUMN),
        ResultColumn("people", "number", COLUMN),
        ResultColumn("evidence", "percent_whole", COLUMN),
    ),
    rows=(Line(FIGURE), Line(TOLD)),
)
CHARTS = Charts(("gainers", "years", "readings"), 11, 400)
LISTS = Lists(
    "KL",
    "tblKort",
    (
        ResultColumn("no_price", "wrap", COLUMN),
        ResultColumn("known_by", "wrap", COLUMN),
        ResultColumn("doubt", "note", COLUMN),
    ),
    capacity=LISTED,
)
READINGS = Result(
    "TK",
    "tblLezingen",
    (ResultColumn("reading", width=44), ResultColumn("ratio", "ratio", 18), LINE_COLUMN),
    rows=(
        Line(COMPUTED, "ratio", Said("form.readings.computed")),
        *lines("form.readings.{row}", ("hardest", "horizon", "counted_year", "cautious"), "ratio"),
    ),
)
"""A few of the objections, few enough for a small chart."""


def screen() -> Sheet:
    """The sheet."""
    return Sheet("results", "result", (CARDS, CHARTS, LISTS))
