"""Sheet Tegenwerpingen: what is left if a critic is right."""

from __future__ import annotations

from toolkit.kengetallen.objections import load_objections
from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.outcomes import titles
from toolkit.workbook.layout.parts import Charts, Line, Result, ResultColumn, Said

COMPUTED, NO_PRICE = "computed", "no_price"
"""The rows above and below the objections: the outcome itself, and what stands in no row."""
LINE = "line"
"""The column that says where the line of a chart stands: at as many euros as were put in."""
LINE_COLUMN = ResultColumn(LINE, "whole", 9, Said("form.row_code.line"), constant=1)
OBJECTIONS = Result(
    "TW",
    "tblTegenwerpingen",
    (
        ResultColumn("objection", width=50),
        ResultColumn("who", "wrap", 18),
        ResultColumn("benefits", "euro", 16),
        ResultColumn("costs", "euro", 16),
        ResultColumn("ratio", "ratio", 14),
        ResultColumn("difference", "ratio", 14),
        ResultColumn("government", "percent", 14),
        ResultColumn("assumed", "wrap", 80),
        LINE_COLUMN,
    ),
    rows=(
        Line(COMPUTED, "", Said("form.objections.computed"), {"assumed": Said("form.objections.assumed")}),
        *(
            Line(one.code, "", one.name, {"who": one.who, "assumed": one.said})
            for one in load_objections().every
        ),
        Line(
            NO_PRICE,
            "",
            Said("form.objections.no_price"),
            {"assumed": Said("form.objections.in_no_row")},
            is_aside=True,
        ),
    ),
)
_CHART = Charts(("objections",), 26, 1100)


def objections(extra: tuple[Result, ...] = ()) -> Sheet:
    """The sheet: a chart of what is left per euro, then its table, then tables of its own."""
    said = titles("TG", "tblGrafiekTegenwerpingen", _CHART)
    return Sheet("objections", "result", (_CHART, OBJECTIONS, *extra, said))
