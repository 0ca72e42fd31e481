"""Sheet Dit doen wij voor de wijk: one page of paper to hang up."""

from __future__ import annotations

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.outcomes import titles
from toolkit.workbook.layout.parts import Charts, Line, Poster, Result, ResultColumn, lines

CHANGES_SHOWN, PM_SHOWN, OUTPUTS_SHOWN = 6, 4, 4
_CHART = Charts(("reached",), 14, 640)
REACHED = Result(
    "WM",
    "tblVoorDeWijkMensen",
    (ResultColumn("who", "wrap", 44), ResultColumn("people", "number", 18)),
    rows=lines("form.reached.{row}", ("participants", "volunteers", "residents", "referred")),
)
"""The people that the chart shows; euros are a choice, people are not."""

POSTER = Poster(
    "WK",
    "tblVoorDeWijk",
    (ResultColumn("said", "row", 96),),
    rows=(
        Line("name", "poster_title"),
        Line("place", "poster_small"),
        Line("what", "poster_line"),
        Line("figures", "poster_heading"),
        Line("people", "poster_strong"),
        *(Line(f"output_{n}", "poster_line") for n in range(1, OUTPUTS_SHOWN + 1)),
        Line("referred", "poster_line"),
        Line("changes", "poster_heading"),
        *(Line(f"change_{n}", "poster_line") for n in range(1, CHANGES_SHOWN + 1)),
        Line("no_price", "poster_heading"),
        *(Line(f"pm_{n}", "poster_line") for n in range(1, PM_SHOWN + 1)),
        Line("quote", "poster_line"),
        Line("money", "poster_heading"),
        Line("ratio", "poster_strong"),
        Line("total", "poster_line"),
        Line("groups", "poster_line"),
        Line("how", "poster_small"),
    ),
)
POSTER_SHEET = Sheet("poster", "poster", (POSTER, _CHART, REACHED, titles("WT", "tblPosterGrafiek", _CHART)))
