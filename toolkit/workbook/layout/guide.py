"""Sheet Uitleg: what is still open and from whom, a preview of the outcome, and a small example."""

from __future__ import annotations

from toolkit.workbook.layout.parts import Block, Live, Reference, ResultColumn, Sheet

GUIDE_TOP = 15
"""Below the lines of explanation."""
PREVIEW = ("benefits_pv", "government", "costs_pv", "ratio")
EXAMPLE_STEPS = 7
_WIDTHS = (30, 100, 18)


def guide(sheets: tuple[Sheet, ...]) -> Sheet:
    """The sheet for a form with these sheets to fill in."""
    blocks = [part for sheet in sheets for part in sheet.parts if isinstance(part, Block)]
    first, second, third = _WIDTHS
    return Sheet(
        "guide",
        "guide",
        (
            Live(
                "OP",
                "tblOpenVragen",
                (
                    ResultColumn("part", width=first),
                    ResultColumn("whom", width=second),
                    ResultColumn("open", "row", third),
                ),
                rows=tuple((block.prefix, "whole") for block in blocks),
                plain=("part", "whom"),
            ),
            Live(
                "VU",
                "tblVooruitblik",
                (
                    ResultColumn("figure", width=first),
                    ResultColumn("meaning", width=second),
                    ResultColumn("value", "row", third),
                ),
                rows=tuple((code, "ratio" if code == "ratio" else "euro") for code in PREVIEW),
                plain=("figure", "meaning"),
            ),
            Reference(
                "UV",
                "tblVoorbeeld",
                (
                    ResultColumn("step", "wrap", first),
                    ResultColumn("explanation", "wrap", second),
                    ResultColumn("number", "number2", third),
                ),
                EXAMPLE_STEPS,
            ),
        ),
        GUIDE_TOP,
    )
