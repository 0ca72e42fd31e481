"""The formulas of sheet Narekenen, by table and column.

Rules: at most 120 characters, the same formula along a row, constants 0, 1, 12 and 100 only, no IF inside
an IF, and only functions that Excel 2016 and LibreOffice share.
"""

from __future__ import annotations

from functools import reduce
from operator import add

from toolkit.model.study import PARTY_GROUPS
from toolkit.model.unit_value import PERSON, VOLUNTEER_HOUR
from toolkit.workbook.layout.form import DEEPENING, EFFECTS, MONEY, TARGET_GROUPS
from toolkit.workbook.layout.library import CHANGES, UNIT_VALUES
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, GROUPS, HORIZON, PARTIES, PAYERS
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.recheck import (
    COSTS,
    EFFECT,
    GAINS,
    INFLOW,
    PAID,
    PART,
    PARTS,
    READBACK,
    RUNNING,
    SETTINGS,
    TOTALS,
    UNITS,
    WORTH,
    YEARS,
)
from toolkit.workbook.layout.shared import SETTINGS as ASKED
from toolkit.workbook.layout.shared import VALUED
from toolkit.workbook.live.verdicts import held_against_python
from toolkit.workbook.live.vocabulary import (
    AND,
    BOTH,
    CODES,
    COLUMN,
    HERE,
    IF,
    IFERROR,
    INDEX,
    LEN,
    MATCH,
    MAX,
    MIN,
    OWN,
    REPT,
    RIGHT,
    ROUND,
    ROW,
    SUBSTITUTE,
    SUM,
    SUMIFS,
    SUMPRODUCT,
    TRIM,
    Area,
    Cell,
    Expression,
    Formulas,
    N,
    Names,
    Operand,
    by_row,
    row_of,
)

YEAR_CODES = tuple(f"year_{n}" for n in range(1, HORIZON + 1))
PERSONS = {"deelnemers": "participants", "wijkbewoners": "residents"}
"""Who a target group can be -> the column that is 1 for them."""
MORE, UNKNOWN, YES = (Said(f"form.lists.{key}") for key in ("direction.more", "unknown", "yes_no.yes"))
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


given, money = row_of(EFFECTS), row_of(MONEY, COLUMN)
asked = Names(lambda name: Cell(ASKED, "answer", ASKED.question(name).code))
used = Names(lambda setting: Cell(SETTINGS, "used", setting, BOTH))
year = Names(lambda row: Cell(YEARS, HERE, row, ROW))
effect, part, cost = row_of(EFFECT, COLUMN), row_of(PART, COLUMN), row_of(COSTS, COLUMN)


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
        "first_year": IF(asked.first_year == "", setting.default, asked.first_year + 0),
        "activity_years": IF(asked.activity_years == "", setting.default, asked.activity_years + 0),
        "longest_horizon": setting.default,
        "horizon": IF(asked.horizon == "", MAX(used.activity_years, longest), asked.horizon),
        "price_level": IF(asked.price_level == "", setting.default, asked.price_level + 0),
        "discount_rate": IF(asked.discount_rate == "", setting.default, asked.discount_rate / 100),
        "theta_benefits": IFERROR(found(VALUED, "timing_value", asked.timing_benefits, "timing"), 0),
        "theta_costs": IFERROR(found(VALUED, "timing_value", asked.timing_costs, "timing"), 0),
        "volunteers": IF(asked.include_volunteer_hours == YES, 1, 0),
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

finer = Names(lambda column: picked(DEEPENING, column, effect.vd))
change = Names(lambda column: picked(CHANGES, column, effect.kv))
number_of_row = RIGHT(effect.code, LEN(effect.code) - 1 - 1)
FORMULAS[EFFECT] = Formulas(
    {
        "change": given.change & "",
        "code": Cell(EFFECTS, CODES, pinned=COLUMN) & "",
        "kv": IFERROR(MATCH(effect.change, Area(CHANGES, "name"), 0), 0),
        "vd": IFERROR(MATCH(DEEPENING.code & number_of_row, Area(DEEPENING, CODES), 0), 1),
        "per_person": IF(finer.units_per_person == "", 1, finer.units_per_person),
        "reach": IF(effect.kv == 0, 0, given.reach * effect.per_person),
        "sign": IF(given.direction == MORE, -1, 1),
        "deadweight": IFERROR(found(VALUED, "deadweight_value", given.deadweight, "deadweight"), 0),
        "attribution": IFERROR(found(VALUED, "attribution_value", given.attribution, "attribution"), 0),
        "default_displacement": IF(effect.kv == 0, 0, change.displacement),
        "displacement": IF(finer.displacement == "", effect.default_displacement, finer.displacement / 100),
        "net": effect.sign * (1 - effect.deadweight) * (1 - effect.displacement) * (1 - effect.attribution),
        "lasting": IF(effect.kv == 0, 0, change.lasting),
        "default_duration": IF(effect.kv == 0, 1, change.duration),
        "known_duration": IF(given.still == UNKNOWN, 1, effect.default_duration),
        "duration": IF(finer.duration == "", effect.known_duration, finer.duration),
        "lag": finer.lag + 0,
        "drop_off": IFERROR(effect.lasting * found(VALUED, "still_value", given.still, "still"), 0),
        "keep": 1 - effect.drop_off,
        "keep_all": effect.keep**effect.duration,
        "ends": effect.lag + effect.duration,
        "who": IFERROR(found(TARGET_GROUPS, "person", given.target_group, "name"), ""),
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
reached = IF(finer_reach == "", effect.reach, finer_reach * effect.per_person)
came, gone = (
    IF(year.number > delay, INDEX(all_years(INFLOW), 1, year.number - delay), 0)
    for delay in (effect.lag, effect.ends)
)
units = Cell(UNITS, HERE, shift=-1) * effect.keep + came - gone * effect.keep_all
FORMULAS[INFLOW] = Formulas({**its_name, **every_year(IFERROR(year.active * reached, 0))}, per=EFFECTS)
FORMULAS[UNITS] = Formulas({**its_name, **every_year(units)}, per=EFFECTS)

# --- unit values: four rows for every effect, and what one unit of the effect is worth ---


def _share(party: str) -> Expression:
    share = picked(UNIT_VALUES, f"share_{party}", part.kg)
    if party in PERSONS:
        share += effect[PERSONS[party]] * picked(UNIT_VALUES, f"share_{PERSON}", part.kg)
    return IF(part.kg == 0, 0, share)


def _part(number: int) -> dict[str, Expression]:
    """One of the unit values of a change; an own amount replaces the first."""
    first = number == 1
    return {
        "kengetal": IF(effect.kv == 0, "", change[f"part_{number}"] & ""),
        "kg": IFERROR(MATCH(part.kengetal, Area(UNIT_VALUES, "code"), 0), 0),
        "factor": IF(part.kg == 0, 0, change[f"factor_{number}"]),
        "library": IF(part.kg == 0, 0, N(picked(UNIT_VALUES, "level_value", part.kg))),
        "amount": IF(given.own_value == "", part.library, given.own_value) if first else part.library,
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

# --- per year: who gains, who pays, and the running totals ---

gains = year.inside * SUMPRODUCT(Area(WORTH, "party_{row}"), this_year(UNITS))
FORMULAS[GAINS] = Formulas({"present_value": present_value(GAINS, "factor_b"), **every_year(gains)})
is_paid = IF(AND(year.calendar >= cost.first, year.calendar <= cost.last), 1, 0)
FORMULAS[COSTS] = Formulas(
    {
        "name": money.name & "",
        "party": money.party & "",
        "price": money.amount * IF(money.kind == HOURS, used.volunteers * used.hour_value, 1),
        "first": IF(money.from_year == "", used.first_year, money.from_year),
        "last": IF(money.until == "", used.first_year + used.activity_years - 1, money.until),
        **every_year(year.active * cost.price * is_paid),
    },
    per=MONEY,
)
paid = SUMIFS(this_year(COSTS), Area(COSTS, "party"), row_of(PAID, COLUMN).party)
FORMULAS[PAID] = Formulas({"present_value": present_value(PAID, "factor_c"), **every_year(paid)})
running = Names(lambda row: Cell(RUNNING, HERE, row))
before, later = (Cell(RUNNING, HERE, shift=shift) for shift in (-1, 1))
is_covered = AND(running.running_benefits >= running.running_costs, running.running_costs > 0)
FORMULAS[RUNNING] = by_row(
    RUNNING,
    {
        "benefits": SUM(this_year(GAINS)) * year.factor_b,
        "costs": SUM(this_year(PAID)) * year.factor_c,
        "running_benefits": before + running.benefits,
        "running_costs": before + running.costs,
        "covered": IF(is_covered, later, 0),
    },
    YEAR_CODES,
)

# --- the sentence in which a row is read back ---

read, its = row_of(READBACK), row_of(EFFECT)
phrase = Names(lambda column: IF(its.kv == 0, "", picked(CHANGES, column, its.kv)))
answered = Names(lambda name: found(VALUED, f"{name}_said", given[name], name))
opening = IF(given.direction == MORE, Said("form.readback.reverse"), Said("form.readback.opening"))
spoken = read.said_opening & " " & read.claim & ". " & read.said_deadweight & " " & read.said_attribution
FORMULAS[READBACK] = Formulas(
    {
        "many": phrase.readback,
        "one": phrase.readback_one,
        "phrase": IF(given.reach == 1, read.one, read.many),
        "claim": SUBSTITUTE(read.phrase, "{n}", given.reach),
        "without": IFERROR(ROUND(given.reach * its.deadweight, 0), 0),
        "rest": IFERROR(given.reach - read.without, 0),
        "later": ROUND(read.rest * its.keep, 0),
        "said_opening": opening,
        "said_deadweight": IFERROR(SUBSTITUTE(answered.deadweight, "{n}", read.without), ""),
        "said_attribution": IFERROR(answered.attribution & "", ""),
        "said_still": IFERROR(REPT(answered.still & "", its.lasting), ""),
        "said_later": SUBSTITUTE(SUBSTITUTE(read.said_still, "{m}", read.later), "{n}", read.rest),
        "sentence": IF(its.kv == 0, "", TRIM(spoken & " " & read.said_later)),
    },
    per=EFFECTS,
)
