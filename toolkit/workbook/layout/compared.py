"""The initiatives of a portfolio side by side and beside last time, and what adds up to the total."""

from __future__ import annotations

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.lists import PARTIES, PAYERS
from toolkit.workbook.layout.outcomes import EURO_GROUPS, parties
from toolkit.workbook.layout.parts import Line, Live, Result, ResultColumn, Said, lines
from toolkit.workbook.layout.recheck import TOTALS

MOST_INITIATIVES, MOST_LINES = 1000, 2000
"""The lines of a hundred initiatives with twenty each; of more, the first are shown, and that is told."""

COMPARISON = Result(
    "VG",
    "tblVergelijking",
    (
        ResultColumn("name", "wrap", 44),
        ResultColumn("counted", width=18),
        ResultColumn("costs_pv", "euro", 18),
        ResultColumn("benefits_pv", "euro", 18),
        *EURO_GROUPS,
        ResultColumn("ratio", "ratio", 14),
        ResultColumn("p5", "ratio", 14),
        ResultColumn("p95", "ratio", 14),
        ResultColumn("payback_year", "whole", 14),
        ResultColumn("participants", "number", 14),
        ResultColumn("costs_each", "euro", 14),
        ResultColumn("benefits_each", "euro", 14),
        ResultColumn("cash", "euro", 16),
        ResultColumn("area", "wrap", 24),
        ResultColumn("domains", "wrap", 36),
        ResultColumn("evidence", "wrap", 36),
        ResultColumn("reason", "wrap", 50),
    ),
    capacity=MOST_INITIATIVES,
)
COMPARED_TOTAL = Result(
    "VX",
    "tblVergelijkingTotaal",
    (
        ResultColumn("figure", width=44),
        ResultColumn("number", "whole", 18),
        ResultColumn("costs_pv", "euro2", 18),
        ResultColumn("benefits_pv", "euro2", 18),
        *(ResultColumn(c.code, "euro2", c.width, c.heading) for c in EURO_GROUPS),
    ),
    rows=(
        *lines("form.compared.{row}", ("counted", "overlap")),
        Line("total", label=Said("form.compared.total"), is_total=True),
    ),
    optional=True,
)
_THEN_AND_NOW = (
    ResultColumn("costs_then", "euro", 18),
    ResultColumn("costs_now", "euro", 18),
    ResultColumn("benefits_then", "euro", 14),
    ResultColumn("benefits_now", "euro", 14),
    ResultColumn("difference", "euro", 14),
    ResultColumn("ratio_then", "ratio", 14),
    ResultColumn("ratio_now", "ratio", 14),
)
LAST_TIME = Result(
    "VV",
    "tblVorigeBrief",
    (ResultColumn("name", "wrap", 44), ResultColumn("state", width=18), *_THEN_AND_NOW),
    capacity=MOST_INITIATIVES,
    fades=True,
)
LAST_TIME_TOTAL = Result(
    "VW",
    "tblVorigeBriefTotaal",
    (ResultColumn("figure", width=44), ResultColumn("number", width=18), *_THEN_AND_NOW),
    rows=(
        *lines("form.last_time.{row}", ("stayed", "overlap")),
        Line("total", label=Said("form.last_time.total"), is_total=True),
        *lines("form.last_time.{row}", ("published",)),
    ),
    fades=True,
)

# --- what adds up to the total ---


def _each(key: str, among: tuple[str, ...]) -> tuple[ResultColumn, ...]:
    """A column with euros for each of some parties."""
    said = {p: Said(f"form.recheck.{key}", {"party": Said(f"form.parties.{p}")}) for p in among}
    return tuple(ResultColumn(f"{key}_{p}", "euro2", 16, heading) for p, heading in said.items())


PER_INITIATIVE = Result(
    "RI",
    "tblRekenspoorInitiatieven",
    (
        ResultColumn("name", "wrap", 40),
        ResultColumn("counted", width=16),
        *_each("gain", PARTIES),
        *_each("paid", PAYERS),
    ),
    capacity=MOST_INITIATIVES + 1,
)
"""A row for every initiative, and one for what goes off as people come to several of them."""
LINES = Result(
    "RL",
    "tblRekenspoorRegels",
    (
        ResultColumn("initiative", "wrap", 40),
        ResultColumn("effect", "wrap", 40),
        ResultColumn("value", "wrap", 40),
        ResultColumn("unit_amount", "euro2", 16),
        ResultColumn("net_factor", "factor", 16),
        ResultColumn("units_pv", "number2", 16),
        ResultColumn("part", "percent", 16),
        ResultColumn("present_value", "euro2", 16),
        *parties("gain", "euro2", 16),
        ResultColumn("where", "wrap", 40),
    ),
    capacity=MOST_LINES,
)
"""A row for every unit value of every effect. part: of what it brings, which share counts in the total."""
_CHECKED = ("compared_benefits", "compared_costs", "lines", "products")
ADDED_UP = Live(
    "NA",
    "tblNarekenenPortefeuille",
    TOTALS.columns,
    rows=(
        *(line for line in TOTALS.rows if line.code != "payback_year"),
        *lines("form.added_up.{row}", _CHECKED, "euro2"),
    ),
    plain=TOTALS.plain,
)
TRAIL_SHEET = Sheet("portfolio_trail", "result", (LINES, PER_INITIATIVE))
ADDING_UP_SHEET = Sheet("portfolio_recalculation", "result", (ADDED_UP,))
