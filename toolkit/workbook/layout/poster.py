"""Sheet Dit doen wij voor de wijk: one page of paper to hang up."""

from __future__ import annotations

from toolkit.workbook.layout.lists import GROUPS
from toolkit.workbook.layout.outcomes import titles
from toolkit.workbook.layout.parts import Charts, Poster, ResultColumn, Sheet

CHANGES_SHOWN, PM_SHOWN = 6, 4
_CHART = Charts(("groups",), 14, 640)

POSTER = Sheet(
    "poster",
    "poster",
    (
        Poster(
            "WK",
            "tblVoorDeWijk",
            (ResultColumn("said", "row", 96),),
            rows=(
                ("name", "poster_title"),
                ("place", "poster_small"),
                ("what", "poster_line"),
                ("figures", "poster_heading"),
                ("people", "poster_line"),
                ("ratio", "poster_strong"),
                ("total", "poster_line"),
                ("changes", "poster_heading"),
                *((f"change_{n}", "poster_line") for n in range(1, CHANGES_SHOWN + 1)),
                ("no_price", "poster_heading"),
                *((f"pm_{n}", "poster_line") for n in range(1, PM_SHOWN + 1)),
                ("groups", "poster_heading"),
                *((f"group_{n}", "poster_line") for n in range(1, len(GROUPS) + 1)),
                ("how", "poster_small"),
            ),
        ),
        _CHART,
        titles("WT", "tblPosterGrafiek", _CHART),
    ),
)
