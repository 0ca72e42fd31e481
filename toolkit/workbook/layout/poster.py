"""Sheet Dit doen wij voor de wijk: one page of paper to hang up."""

from __future__ import annotations

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.lists import GROUPS
from toolkit.workbook.layout.outcomes import titles
from toolkit.workbook.layout.parts import (
    Charts,
    Line,
    Poster,
    ResultColumn,
)

CHANGES_SHOWN, PM_SHOWN = 6, 4
_CHART = Charts(("groups",), 14, 640)

POSTER = Poster(
    "WK",
    "tblVoorDeWijk",
    (ResultColumn("said", "row", 96),),
    rows=(
        Line("name", "poster_title"),
        Line("place", "poster_small"),
        Line("what", "poster_line"),
        Line("figures", "poster_heading"),
        Line("people", "poster_line"),
        Line("ratio", "poster_strong"),
        Line("total", "poster_line"),
        Line("changes", "poster_heading"),
        *(Line(f"change_{n}", "poster_line") for n in range(1, CHANGES_SHOWN + 1)),
        Line("no_price", "poster_heading"),
        *(Line(f"pm_{n}", "poster_line") for n in range(1, PM_SHOWN + 1)),
        Line("groups", "poster_heading"),
        *(Line(f"group_{n}", "poster_line") for n in range(1, len(GROUPS) + 1)),
        Line("how", "poster_small"),
    ),
)
POSTER_SHEET = Sheet("poster", "poster", (POSTER, _CHART, titles("WT", "tblPosterGrafiek", _CHART)))
