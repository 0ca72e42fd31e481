"""The formulas of sheet Narekenen, by table and column.

Rules: at most 120 characters, the same formula along a row, constants 0, 1, 12 and 100 only, no IF inside
an IF, and only functions that Excel 2016 and LibreOffice share.
"""

from __future__ import annotations

from functools import reduce
from operator import add

from toolkit.model.study import PARTY_GROUPS
from toolkit.model.unit_value import PERSON, VOLUNTEER_HOUR
from toolkit.workbook.layout.asked import CARE, DEEPENING, EFFECTS, TARGET_GROUPS
from toolkit.workbook.layout.library import CHANGES, UNIT_VALUES
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, GROUPS, HORIZON, PARTIES, PAYERS
from toolkit.workbook.layout.openness import OPENNESS
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.recheck import (
    EFFECT,
    GAINS,
    INFLOW,
    PAID,
    PART,
    PARTS,
    RUNNING,
    SETTINGS,
    TOTALS,
    UNITS,
    WORTH,
    YEARS,
)
from toolkit.workbook.layout.shared import SETTINGS as ASKED
from toolkit.workbook.layout.shared import VALUED
from toolkit.workbook.live.openness import OTHER, UNKNOWN, clean, without_spaces
from toolkit.workbook.live.verdicts import held_against_python
from toolkit.workbook.live.vocabulary import (
    AND,
    BOTH,
    CODES,
    COLUMN,
    COUNT,
    HERE,
    IF,
    IFERROR,
    INDEX,
    LEN,
    MATCH,
    MAX,
    MIN,
    OWN,
    RIGHT,
    ROW,
    SUM,
    SUMPRODUCT,
    Area,
    Cell,
    Expression,
    Formulas,
    N,
    Names,
    Operand,
    by_row,
    ones,
    row_of,
)

YEAR_CODES = tuple(f"year_{n}" for n in range(1, HORIZON + 1))
PERSONS = {"deelnemers": "participants", "wijkbewoners": "residents"}
"""Who a target group can be -> the column that is 1 for them."""
MORE, YES, TEMPORARY = (
    Said(f"form.lists.{key}") for key in ("direction.more", "yes_no.yes", "term.temporary")
)
HOURS = Said("form.lists.kind.volunteer_hours")
FORMULAS: dict[Table, Formulas] = {}


def picked(table: Table, column: str, place: Expression) -> Expression:
    """The cell at a place in a column, from 1."""
    return INDEX(Area(table, column), place)


def found(table: Table, column: str, wanted: Operand, among: str) -> Expression:
    """The cell of a column in the row where another column has what is wanted."""
    return picked(table, column, MATCH(wanted, Area(table, among), 0))


def every_year(formula: Expression) -> dict[str, Expression]:
    """The same formula in every year."""
    return dict.fromkeys(YEAR_CODES, formula)


def this_year(table: Table) -> Area:
    """All rows of a table, in the year of the formula."""
    return Area(table, HERE, pinned=ROW)


def all_years(table: Table, row: str = "", pinned: str = COLUMN) -> Area:
    """All years of one row."""
    return Area(table, YEAR_CODES[0], YEAR_CODES[-1], (row, row) if row else OWN, pinned)


def present_value(table: Table, factor: str) -> Expression:
    """All years of one row, discounted."""
    return SUMPRODUCT(all_years(table), all_years(YEARS, factor, BOTH))


def or_else(cell: Expression, otherwise: Operand, number: Expression | None = None) -> Expression:
    """The number in a cell, or what counts where there is none: empty, or 'weet ik niet'."""
    return IF(COUNT(cell) == 1, cell if number is None else number, otherwise)


given, its_answers = row_of(EFFECTS), clean(EFFECTS)
asked = Names(lambda name: Cell(ASKED, "answer", ASKED.question(name).code))
settled = Names(lambda name: Cell(OPENNESS[ASKED], "clean_answer", ASKED.question(name).code))
used = Names(lambda setting: Cell(SETTINGS, "used", setting, BOTH))
year = Names(lambda row: Cell(YEARS, HERE, row, ROW))
effect, part = row_of(EFFECT, COLUMN), row_of(PART, COLUMN)


# --- totals, beside what Python found ---

figure = Names(lambda row: Cell(TOTALS, "formula", row))
gained = Names(lambda party: Cell(GAINS, "present_value", party))
spent = Names(lambda party: Cell(PAID, "present_value", party))
FORMULAS[TOTALS] = by_row(
    TOTALS,
    {
        **{f"group_{g}": reduce(add, [gained[p] for p in PARTIES if PARTY_GROUPS[p] == g]) for g in GROUPS},
        "total": SUM(Area(GAINS, "present_value")),
        "costs_pv": SUM(Area(PAID, "present_value")),
        "npv": figure.total - figure.costs_pv,
        "ratio": IF(figure.costs_pv > 0, figure.total / figure.costs_pv, Said("form.absent.ratio")),
        "payback_year": IFERROR(MATCH(1, all_years(RUNNING, "covered"), 0), Said("form.absent.payback_year")),
        **{f"gain_{p}": gained[p] for p in PARTIES},
        **{f"paid_{p}": spent[p] for p in PAYERS},
    },
    ["formula"],
    held_against_python(row_of(TOTALS)),
)

# --- settings and years ---

setting = row_of(SETTINGS)
longest = MIN(used.longest_horizon, used.activity_years + MAX(Area(EFFECT, "duration")))
FORMULAS[SETTINGS] = by_row(
    SETTINGS,
    {
        "first_year": or_else(asked.first_year, setting.default),
        "activity_years": or_else(asked.activity_years, setting.default),
        "longest_horizon": setting.default,
        "horizon": or_else(asked.horizon, MAX(used.activity_years, longest)),
        "price_level": or_else(asked.price_level, setting.default),
        "discount_rate": or_else(asked.discount_rate, setting.default, asked.discount_rate / 100),
        "theta_benefits": IFERROR(found(VALUED, "timing_value", settled.timing_benefits, "timing"), 0),
        "theta_costs": IFERROR(found(VALUED, "timing_value", settled.timing_costs, "timing"), 0),
        "volunteers": IF(settled.include_volunteer_hours == YES, 1, 0),
        "hour_value": found(UNIT_VALUES, "level_value", VOLUNTEER_HOUR, "code"),
    },
    ["form"],
    {"used": IF(setting.computed == "", setting.form, setting.computed)},
)
FORMULAS[YEARS] = by_row(
    YEARS,
    {
        "number": Cell(YEARS, HERE, shift=-1) + 1,
        "calendar": used.first_year + year.number - 1,
        "active": IF(year.number <= used.activity_years, 1, 0),
        "inside": IF(year.number <= used.horizon, 1, 0),
        "factor_b": year.inside / (1 + used.discount_rate) ** (year.number - 1 + used.theta_benefits),
        "factor_c": year.inside / (1 + used.discount_rate) ** (year.number - 1 + used.theta_costs),
    },
    YEAR_CODES,
)

# --- effects: a row for every row of sheet Wat verandert er ---


def _valued(name: str) -> Expression:
    """The number that an answer stands for."""
    return found(VALUED, f"{name}_value", effect[f"said_{name}"], name)


def _of_group(name: Expression) -> Expression:
    """Who a target group is."""
    return found(OPENNESS[TARGET_GROUPS], "clean_person", name, "clean_name")


last_active = used.first_year + used.activity_years - 1
finer = Names(lambda column: picked(DEEPENING, column, effect.vd))
change = Names(lambda column: picked(CHANGES, column, effect.kv))
number_of_row = RIGHT(effect.code, LEN(effect.code) - 1 - 1)
FORMULAS[EFFECT] = Formulas(
    {
        "change": its_answers.change & "",
        "code": Cell(EFFECTS, CODES, pinned=COLUMN) & "",
        "kv": IFERROR(MATCH(effect.change, Area(CHANGES, "name"), 0), 0),
        "vd": IFERROR(MATCH(DEEPENING.code & number_of_row, Area(DEEPENING, CODES), 0), 1),
        "agreed": without_spaces(finer.agreed),
        "own": IF(AND(its_answers.change == OTHER, N(given.own_value) != 0, effect.agreed == YES), 1, 0),
        "per_person": effect.is_known * or_else(finer.units_per_person, 1),
        "people": N(given.reach),
        "of_people": IF(effect.kv == 0, effect.own, ones(change.unit_short == "")),
        "average": IFERROR(N(found(CARE, "average", effect.change, "change")), 0),
        "has_average": IFERROR(COUNT(found(CARE, "average", effect.change, "change")), 0),
        "usual": IF(effect.kv == 0, 0, N(change.usual)),
        "has_head": effect.of_people + effect.has_average + effect.usual,
        "is_known": IF(effect.has_total + COUNT(given.reach) * (effect.has_head > 0) > 0, 1, 0),
        "has_total": COUNT(given.total) * IF(effect.kv == 0, effect.own, 1 - effect.of_people),
        "per_head": effect.of_people + effect.average + effect.usual,
        "quantity": IF(effect.has_total == 1, given.total, effect.people * effect.per_head),
        "reach": effect.quantity * effect.per_person,
        "sign": IF(its_answers.direction == MORE, -1, 1),
        "said_deadweight": IF(its_answers.deadweight == "", UNKNOWN, its_answers.deadweight),
        "said_attribution": IF(its_answers.attribution == "", UNKNOWN, its_answers.attribution),
        "said_still": or_else(given.still, UNKNOWN),
        "deadweight": IFERROR(_valued("deadweight"), 0),
        "attribution": IFERROR(_valued("attribution"), 0),
        "default_displacement": IF(effect.kv == 0, 0, change.displacement),
        "displacement": or_else(finer.displacement, effect.default_displacement, finer.displacement / 100),
        "net": effect.sign * (1 - effect.deadweight) * (1 - effect.displacement) * (1 - effect.attribution),
        "lasting": IF(effect.kv == 0, 0, change.lasting),
        "default_duration": IF(effect.kv == 0, 1, change.duration),
        "known_duration": IF(effect.said_still == UNKNOWN, 1, effect.default_duration),
        "duration": or_else(finer.duration, effect.known_duration),
        "lag": N(finer.lag),
        "drop_off": IFERROR(effect.lasting * _valued("still"), 0),
        "keep": 1 - effect.drop_off,
        "keep_all": effect.keep**effect.duration,
        "ends": effect.lag + effect.duration,
        "group": IFERROR(_of_group(its_answers.target_group), UNKNOWN),
        "who": IF(effect.group == UNKNOWN, Said("form.lists.person.deelnemers"), effect.group),
        **{
            column: IF(effect.who == Said(f"form.lists.person.{person}"), 1, 0)
            for person, column in PERSONS.items()
        },
    },
    per=EFFECTS,
)

# --- new units, and units in effect: S[s] = S[s-1] * keep + n[s-lag] - n[s-lag-duration] * keep^duration ---

its_name = {"change": Cell(EFFECT, "change")}
finer_reach = INDEX(Area(DEEPENING, "reach_1", f"reach_{ACTIVITY_YEARS}"), effect.vd, year.number)
# empty or unknown: no number to divide, so the quantity of the reporting year
reached = IFERROR(finer_reach / (finer_reach != "") * effect.per_person, effect.reach)
came, gone = (
    IF(year.number > delay, INDEX(all_years(INFLOW), 1, year.number - delay), 0)
    for delay in (effect.lag, effect.ends)
)
units = Cell(UNITS, HERE, shift=-1) * effect.keep + came - gone * effect.keep_all
FORMULAS[INFLOW] = Formulas({**its_name, **every_year(year.active * reached)}, per=EFFECTS)
FORMULAS[UNITS] = Formulas({**its_name, **every_year(units)}, per=EFFECTS)

# --- unit values: four rows for every effect, and what one unit of the effect is worth ---


def _share(party: str) -> Expression:
    share = picked(UNIT_VALUES, f"share_{party}", part.kg)
    if party in PERSONS:
        share += effect[PERSONS[party]] * picked(UNIT_VALUES, f"share_{PERSON}", part.kg)
    return IF(part.kg == 0, ones(its_answers.own_gains == Cell(GAINS, "party", party, BOTH)), share)


def _part(number: int) -> dict[str, Expression]:
    """One of the unit values of a change; an own amount replaces the first."""
    first = number == 1
    return {
        "kengetal": IF(effect.kv == 0, "", change[f"part_{number}"] & ""),
        "kg": IFERROR(MATCH(part.kengetal, Area(UNIT_VALUES, "code"), 0), 0),
        "factor": IF(part.kg == 0, effect.own * int(first), change[f"factor_{number}"]),
        "library": IF(part.kg == 0, 0, N(picked(UNIT_VALUES, "level_value", part.kg))),
        "amount": or_else(given.own_value, part.library) if first else part.library,
        "counted": IF(part.kengetal == VOLUNTEER_HOUR, used.volunteers, 1),
        "per_unit": effect.net * part.factor * part.amount * part.counted,
        "present_value": part.per_unit * present_value(UNITS, "factor_b"),
        **{f"party_{p}": _share(p) for p in PARTIES},
    }


its_parts = Names(lambda column: Area(PART, column, rows=OWN, pinned=""))
per_unit = Area(PART, "per_unit", rows=OWN, pinned=COLUMN)
FORMULAS[PART] = Formulas(*(_part(number) for number in range(1, PARTS + 1)), per=EFFECTS)
FORMULAS[WORTH] = Formulas(
    {
        **its_name,
        "present_value": SUM(its_parts.present_value),
        **{f"party_{p}": SUMPRODUCT(per_unit, its_parts[f"party_{p}"]) for p in PARTIES},
    },
    per=EFFECTS,
)
