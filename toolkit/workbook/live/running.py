"""The formulas of sheet Narekenen about years: who gains, who pays, and the running totals."""

from __future__ import annotations

from toolkit.model.study import NO_COVER
from toolkit.workbook.layout.asked import MONEY
from toolkit.workbook.layout.lists import PAYERS
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.recheck import COSTS, COVERED, GAINS, PAID, RUNNING, UNITS, WORTH
from toolkit.workbook.live.openness import UNKNOWN, clean, without_spaces
from toolkit.workbook.live.recalculation import (
    HOURS,
    TEMPORARY,
    YEAR_CODES,
    YES,
    every_year,
    last_active,
    or_else,
    present_value,
    this_year,
    used,
    year,
)
from toolkit.workbook.live.vocabulary import (
    AND,
    COLUMN,
    HERE,
    IF,
    SUM,
    SUMIFS,
    SUMPRODUCT,
    Area,
    Cell,
    Formulas,
    N,
    Names,
    by_row,
    row_of,
)

money, paid_by, cost = row_of(MONEY, COLUMN), clean(MONEY), row_of(COSTS, COLUMN)
FORMULAS: dict[Table, Formulas] = {}
gains = year.inside * SUMPRODUCT(Area(WORTH, "party_{row}"), this_year(UNITS))
FORMULAS[GAINS] = Formulas({"present_value": present_value(GAINS, "factor_b"), **every_year(gains)})
is_paid = IF(AND(year.calendar >= cost.first, year.calendar <= cost.last), 1, 0)
FORMULAS[COSTS] = Formulas(
    {
        "name": money.name & "",
        "party": IF(paid_by.party == UNKNOWN, Said(f"form.parties.{NO_COVER}"), paid_by.party),
        "price": N(money.amount) * IF(paid_by.kind == HOURS, used.volunteers * used.hour_value, 1),
        "goes_on": IF(AND(paid_by.term == TEMPORARY, paid_by.continues == YES), 1, 0),
        "first": or_else(money.from_year, used.first_year),
        "unknown_end": IF(without_spaces(money.until) == UNKNOWN, used.first_year, last_active),
        "covered_until": or_else(money.until, cost.unknown_end),
        "last": IF(cost.goes_on == 1, last_active, cost.covered_until),
        **every_year(year.active * cost.price * is_paid),
    },
    per=MONEY,
)
is_covered = IF(year.calendar <= cost.covered_until, 1, 0)
FORMULAS[COVERED] = Formulas(
    {"party": cost.party & "", **every_year(Cell(COSTS, HERE) * is_covered)}, per=MONEY
)
paid = SUMIFS(this_year(COVERED), Area(COVERED, "party"), row_of(PAID, COLUMN).party)
open_costs = SUM(this_year(COSTS)) - SUM(this_year(COVERED))
FORMULAS[PAID] = Formulas(
    *(
        {
            "present_value": present_value(PAID, "factor_c"),
            **every_year(paid + open_costs if payer == NO_COVER else paid),
        }
        for payer in PAYERS
    )
)
running = Names(lambda row: Cell(RUNNING, HERE, row))
before, later = (Cell(RUNNING, HERE, shift=shift) for shift in (-1, 1))
is_earned_back = AND(running.running_benefits >= running.running_costs, running.running_costs > 0)
FORMULAS[RUNNING] = by_row(
    RUNNING,
    {
        "benefits": SUM(this_year(GAINS)) * year.factor_b,
        "costs": SUM(this_year(PAID)) * year.factor_c,
        "running_benefits": before + running.benefits,
        "running_costs": before + running.costs,
        "covered": IF(is_earned_back, later, 0),
    },
    YEAR_CODES,
)
