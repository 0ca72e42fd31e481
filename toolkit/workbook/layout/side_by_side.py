"""What the charts of initiatives side by side show: those that count in colour, the others in grey."""

from __future__ import annotations

from toolkit.workbook.layout.objections import LINE_COLUMN
from toolkit.workbook.layout.outcomes import EURO_GROUPS
from toolkit.workbook.layout.parts import Result, ResultColumn


def pictured(capacity: int) -> Result:
    """The table, with room for so many initiatives."""
    return Result(
        "VB",
        "tblVergelijkingGrafiek",
        (
            ResultColumn("name", "wrap", 44),
            *EURO_GROUPS,
            ResultColumn("other_benefits", "euro", 18),
            ResultColumn("ratio", "ratio", 14),
            ResultColumn("other_ratio", "ratio", 14),
            ResultColumn("below", "ratio", 14),
            ResultColumn("above", "ratio", 14),
            ResultColumn("p95", "ratio", 14),
            LINE_COLUMN,
            ResultColumn("named", "note", 14),
        ),
        capacity=capacity,
    )


PICTURED = pictured(0)
"""Its name; a portfolio has it with rows."""
