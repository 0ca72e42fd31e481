"""The formulas of sheet Narekenen and of the library on sheet Kengetallen.

Rules: at most 120 characters, the same formula along a row, constants 0, 1, 12 and 100 only,
no IF inside an IF, and only functions that Excel 2016 and LibreOffice share.
"""

from __future__ import annotations

from toolkit.model.study import PARTY_GROUPS
from toolkit.model.unit_value import VOLUNTEER_HOUR
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.form import DEEPENING, EFFECTS, MONEY, TARGET_GROUPS
from toolkit.workbook.layout.library import CHANGES, INDEX_NUMBERS, UNIT_VALUES
from toolkit.workbook.layout.lists import HORIZON, PARTIES
from toolkit.workbook.layout.parts import Live, Reference
from toolkit.workbook.layout.recheck import PARTS, SETTING_DEFAULTS
from toolkit.workbook.layout.shared import SETTINGS, VALUED
from toolkit.workbook.live.addresses import Places
from toolkit.workbook.live.readback_formulas import readback_formula

FIRST, LAST = "year_1", f"year_{HORIZON}"
_ASKED = {
    "theta_benefits": "timing_benefits",
    "theta_costs": "timing_costs",
    "volunteers": "include_volunteer_hours",
}
"""Settings that the form asks by another name."""


class Recheck:
    """Gives the formula of every cell of sheet Narekenen."""

    def __init__(self, workbook: Workbook) -> None:
        self.at = Places(workbook, "recalculation")
        self._of = {
            recheck.TOTALS: self._totals,
            recheck.SETTINGS: self._settings,
            recheck.YEARS: self._years,
            recheck.EFFECT: self._effect,
            recheck.INFLOW: self._inflow,
            recheck.UNITS: self._units,
            recheck.PART: self._part,
            recheck.WORTH: self._worth,
            recheck.GAINS: self._gains,
            recheck.COSTS: self._costs,
            recheck.PAID: self._paid,
            recheck.RUNNING: self._running,
            recheck.READBACK: self._readback,
        }

    def formula(self, table: Live, column: str, index: int) -> str:
        """The formula of one cell; index is the row of the table from 0."""
        return "=" + self._of[table](column, index)

    def _used(self, setting: str) -> str:
        return self.at.cell(recheck.SETTINGS, "used", recheck.SETTINGS.row_codes.index(setting), "both")

    def _year(self, row: str, column: str) -> str:
        return self.at.cell(recheck.YEARS, column, recheck.YEARS.row_codes.index(row), "row")

    def _factors(self, row: str) -> str:
        return self.at.across(recheck.YEARS, recheck.YEARS.row_codes.index(row), FIRST, LAST, fixed_row=True)

    def _before(self, table: Live, column: str, index: int) -> str:
        number = int(column.removeprefix("year_"))
        return self.at.cell(table, "start" if number == 1 else f"year_{number - 1}", index)

    def _totals(self, column: str, index: int) -> str:
        cell = self.at.cell
        if column == "difference":
            formula, python = cell(recheck.TOTALS, "formula", index), cell(recheck.TOTALS, "python", index)
            return f'IF(({python}="")+({formula}={python})>0,0,IFERROR({python}-{formula},1))'
        if column == "verdict":
            good, wrong = word("form.verdicts.good"), word("form.verdicts.wrong")
            return f'IF(ABS({cell(recheck.TOTALS, "difference", index)})*100<1,"{good}","{wrong}")'
        codes = recheck.TOTALS.row_codes
        row = codes[index]
        kind, _, name = row.partition("_")
        if kind == "group":
            rows = [recheck.GAINS.row_codes.index(p) for p in PARTIES if PARTY_GROUPS[p] == name]
            return "+".join(cell(recheck.GAINS, "present_value", r) for r in rows)
        if kind in ("gain", "paid"):
            table = recheck.GAINS if kind == "gain" else recheck.PAID
            return cell(table, "present_value", table.row_codes.index(name))
        total = cell(recheck.TOTALS, "formula", codes.index("total"))
        costs = cell(recheck.TOTALS, "formula", codes.index("costs_pv"))
        absent_ratio, absent_year = word("form.absent.ratio"), word("form.absent.payback_year")
        covered = self.at.across(recheck.RUNNING, recheck.RUNNING.row_codes.index("covered"), FIRST, LAST)
        return {
            "total": f"SUM({self.at.column(recheck.GAINS, 'present_value')})",
            "costs_pv": f"SUM({self.at.column(recheck.PAID, 'present_value')})",
            "npv": f"{total}-{costs}",
            "ratio": f'IF({costs}>0,{total}/{costs},"{absent_ratio}")',
            "payback_year": f'IFERROR(MATCH(1,{covered},0),"{absent_year}")',
        }[row]

    def _settings(self, column: str, index: int) -> str:
        row = recheck.SETTINGS.row_codes[index]
        if column == "used":
            form, computed = (
                self.at.cell(recheck.SETTINGS, "form", index),
                self.at.cell(recheck.SETTINGS, "computed", index),
            )
            return f'IF({computed}="",{form},{computed})'
        if row == "longest_horizon":
            return self.at.cell(recheck.SETTINGS, "default", index)
        if row == "hour_value":
            levels, codes = (self.at.column(UNIT_VALUES, c) for c in ("level_value", "code"))
            return f'INDEX({levels},MATCH("{VOLUNTEER_HOUR}",{codes},0))'
        question = SETTINGS.question(_ASKED.get(row, row)).code
        answer = self.at.cell(SETTINGS, "answer", SETTINGS.row_codes.index(question))
        if row == "horizon":
            years, longest = self._used("activity_years"), self._used("longest_horizon")
            durations = self.at.column(recheck.EFFECT, "duration")
            return f'IF({answer}="",MAX({years},MIN({longest},{years}+MAX({durations}))),{answer})'
        if row in SETTING_DEFAULTS:
            default = self.at.cell(recheck.SETTINGS, "default", index)
            given = f"{answer}/100" if row == "discount_rate" else f"{answer}+0"
            return f'IF({answer}="",{default},{given})'
        if row.startswith("theta"):
            labels, values = self.at.column(VALUED, "timing"), self.at.column(VALUED, "timing_value")
            return f"IFERROR(INDEX({values},MATCH({answer},{labels},0)),0)"
        return f'IF({answer}="{word("form.lists.yes_no.yes")}",1,0)'

    def _years(self, column: str, index: int) -> str:
        row = recheck.YEARS.row_codes[index]
        if row == "number":
            return f"{self._before(recheck.YEARS, column, index)}+1"
        number = self._year("number", column)
        if row == "calendar":
            return f"{self._used('first_year')}+{number}-1"
        if row in ("active", "inside"):
            last = self._used("activity_years" if row == "active" else "horizon")
            return f"IF({number}<={last},1,0)"
        theta = self._used("theta_benefits" if row == "factor_b" else "theta_costs")
        return f"{self._year('inside', column)}/(1+{self._used('discount_rate')})^({number}-1+{theta})"

    def _effect(self, column: str, index: int) -> str:
        def own(c: str) -> str:
            return self.at.cell(recheck.EFFECT, c, index, "column")

        def given(c: str) -> str:
            return self.at.cell(EFFECTS, c, index)

        def finer(c: str) -> str:
            return f"INDEX({self.at.column(DEEPENING, c)},{own('vd')})"

        def known(name: str, answer: str) -> str:
            labels, values = self.at.column(VALUED, name), self.at.column(VALUED, f"{name}_value")
            return f"INDEX({values},MATCH({answer},{labels},0))"

        unknown = word("form.lists.unknown")
        person = f"MATCH({given('target_group')},{self.at.column(TARGET_GROUPS, 'name')},0)"
        who = f"INDEX({self.at.column(TARGET_GROUPS, 'person')},{person})"
        return {
            "change": f'{given("change")}&""',
            "code": f'{self.at.label(EFFECTS, index)}&""',
            "kv": f"IFERROR(MATCH({own('change')},{self.at.column(CHANGES, 'name')},0),0)",
            "vd": f'IFERROR(MATCH("{DEEPENING.code}"&RIGHT({own("code")},LEN({own("code")})-1-1),'
            + f"{self.at.codes(DEEPENING)},0),1)",
            "per_person": f'IF({finer("units_per_person")}="",1,{finer("units_per_person")})',
            "reach": f"IF({own('kv')}=0,0,{given('reach')}*{own('per_person')})",
            "sign": f'IF({given("direction")}="{word("form.lists.direction.more")}",-1,1)',
            "deadweight": f"IFERROR({known('deadweight', given('deadweight'))},0)",
            "attribution": f"IFERROR({known('attribution', given('attribution'))},0)",
            "default_displacement": f"IF({own('kv')}=0,0,INDEX({self.at.column(CHANGES, 'displacement')},"
            f"{own('kv')}))",
            "displacement": f'IF({finer("displacement")}="",{own("default_displacement")},'
            f"{finer('displacement')}/100)",
            "net": f"{own('sign')}*(1-{own('deadweight')})*(1-{own('displacement')})"
            f"*(1-{own('attribution')})",
            "lasting": f"IF({own('kv')}=0,0,INDEX({self.at.column(CHANGES, 'lasting')},{own('kv')}))",
            "default_duration": f"IF({own('kv')}=0,1,INDEX({self.at.column(CHANGES, 'duration')},"
            f"{own('kv')}))",
            "known_duration": f'IF({given("still")}="{unknown}",1,{own("default_duration")})',
            "duration": f'IF({finer("duration")}="",{own("known_duration")},{finer("duration")})',
            "lag": f"{finer('lag')}+0",
            "drop_off": f"IFERROR({own('lasting')}*{known('still', given('still'))},0)",
            "keep": f"1-{own('drop_off')}",
            "keep_all": f"{own('keep')}^{own('duration')}",
            "ends": f"{own('lag')}+{own('duration')}",
            "who": f'IFERROR({who},"")',
            "participants": f'IF({own("who")}="{word("form.lists.person.deelnemers")}",1,0)',
            "residents": f'IF({own("who")}="{word("form.lists.person.wijkbewoners")}",1,0)',
        }[column]

    def _inflow(self, column: str, index: int) -> str:
        if column == "change":
            return self.at.cell(recheck.EFFECT, "change", index)
        reach, per_person, finer = (
            self.at.cell(recheck.EFFECT, c, index, "column") for c in ("reach", "per_person", "vd")
        )
        area = self.at.area(DEEPENING, "reach_1", "reach_10")
        own = f"INDEX({area},{finer},{self._year('number', column)})"
        active = self._year("active", column)
        return f'IFERROR({active}*IF({own}="",{reach},{own}*{per_person}),0)'

    def _units(self, column: str, index: int) -> str:
        if column == "change":
            return self.at.cell(recheck.EFFECT, "change", index)
        keep, keep_all, lag, ends = (
            self.at.cell(recheck.EFFECT, c, index, "column") for c in ("keep", "keep_all", "lag", "ends")
        )
        number, inflow = self._year("number", column), self.at.across(recheck.INFLOW, index, FIRST, LAST)
        before = self._before(recheck.UNITS, column, index)
        come = f"IF({number}>{lag},INDEX({inflow},1,{number}-{lag}),0)"
        gone = f"IF({number}>{ends},INDEX({inflow},1,{number}-{ends}),0)"
        return f"{before}*{keep}+{come}-{gone}*{keep_all}"

    def _part(self, column: str, index: int) -> str:
        effect, part = divmod(index, PARTS)

        def own(c: str) -> str:
            return self.at.cell(recheck.PART, c, index, "column")

        kv, kg = self.at.cell(recheck.EFFECT, "kv", effect, "column"), own("kg")
        if column.startswith("party_"):
            party = column.removeprefix("party_")
            share = f"INDEX({self.at.column(UNIT_VALUES, f'share_{party}')},{kg})"
            if party in ("deelnemers", "wijkbewoners"):
                who = "participants" if party == "deelnemers" else "residents"
                named = self.at.cell(recheck.EFFECT, who, effect, "column")
                share += f"+{named}*INDEX({self.at.column(UNIT_VALUES, 'share_persoon')},{kg})"
            return f"IF({kg}=0,0,{share})"
        mine = self.at.cell(EFFECTS, "own_value", effect)
        units = self.at.across(recheck.UNITS, effect, FIRST, LAST)
        return {
            "kengetal": f'IF({kv}=0,"",INDEX({self.at.column(CHANGES, f"part_{part + 1}")},{kv})&"")',
            "kg": f"IFERROR(MATCH({own('kengetal')},{self.at.column(UNIT_VALUES, 'code')},0),0)",
            "factor": f"IF({kg}=0,0,INDEX({self.at.column(CHANGES, f'factor_{part + 1}')},{kv}))",
            "library": f"IF({kg}=0,0,N(INDEX({self.at.column(UNIT_VALUES, 'level_value')},{kg})))",
            "amount": f'IF({mine}="",{own("library")},{mine})' if part == 0 else own("library"),
            "counted": f'IF({own("kengetal")}="{VOLUNTEER_HOUR}",{self._used("volunteers")},1)',
            "per_unit": f"{self.at.cell(recheck.EFFECT, 'net', effect, 'column')}*{own('factor')}"
            f"*{own('amount')}*{own('counted')}",
            "present_value": f"{own('per_unit')}*SUMPRODUCT({units},{self._factors('factor_b')})",
        }[column]

    def _worth(self, column: str, index: int) -> str:
        first, last = index * PARTS, index * PARTS + PARTS - 1
        if column == "change":
            return self.at.cell(recheck.EFFECT, "change", index)
        if column == "present_value":
            return f"SUM({self.at.down(recheck.PART, 'present_value', first, last)})"
        per_unit = self.at.down(recheck.PART, "per_unit", first, last, fixed=True)
        return f"SUMPRODUCT({per_unit},{self.at.down(recheck.PART, column, first, last)})"

    def _gains(self, column: str, index: int) -> str:
        if column == "present_value":
            flows = self.at.across(recheck.GAINS, index, FIRST, LAST)
            return f"SUMPRODUCT({flows},{self._factors('factor_b')})"
        worth = self.at.column(recheck.WORTH, f"party_{PARTIES[index]}")
        units = self.at.moving_column(recheck.UNITS, column)
        return f"{self._year('inside', column)}*SUMPRODUCT({worth},{units})"

    def _costs(self, column: str, index: int) -> str:
        def given(c: str) -> str:
            return self.at.cell(MONEY, c, index, "column")

        def own(c: str) -> str:
            return self.at.cell(recheck.COSTS, c, index, "column")

        if column.startswith("year_"):
            year = self._year("calendar", column)
            active = self._year("active", column)
            within = f"IF(AND({year}>={own('first')},{year}<={own('last')}),1,0)"
            return f"{active}*{own('price')}*{within}"
        hours, volunteers = word("form.lists.kind.volunteer_hours"), self._used("volunteers")
        value = self._used("hour_value")
        first, years = self._used("first_year"), self._used("activity_years")
        return {
            "name": f'{given("name")}&""',
            "party": f'{given("party")}&""',
            "price": f'{given("amount")}*IF({given("kind")}="{hours}",{volunteers}*{value},1)',
            "first": f'IF({given("from_year")}="",{first},{given("from_year")})',
            "last": f'IF({given("until")}="",{first}+{years}-1,{given("until")})',
        }[column]

    def _paid(self, column: str, index: int) -> str:
        if column == "present_value":
            flows = self.at.across(recheck.PAID, index, FIRST, LAST)
            return f"SUMPRODUCT({flows},{self._factors('factor_c')})"
        party = self.at.cell(recheck.PAID, "party", index, "column")
        amounts = self.at.moving_column(recheck.COSTS, column)
        return f"SUMIFS({amounts},{self.at.column(recheck.COSTS, 'party')},{party})"

    def _running(self, column: str, index: int) -> str:
        row = recheck.RUNNING.row_codes[index]
        here = {
            c: self.at.cell(recheck.RUNNING, column, recheck.RUNNING.row_codes.index(c))
            for c in ("benefits", "costs", "running_benefits", "running_costs")
        }
        if row in ("benefits", "costs"):
            table, factor = (recheck.GAINS, "factor_b") if row == "benefits" else (recheck.PAID, "factor_c")
            return f"SUM({self.at.moving_column(table, column)})*{self._year(factor, column)}"
        if row == "covered":
            number = int(column.removeprefix("year_"))
            later = self.at.cell(
                recheck.RUNNING, "after" if number == HORIZON else f"year_{number + 1}", index
            )
            gained, paid = here["running_benefits"], here["running_costs"]
            return f"IF(AND({gained}>={paid},{paid}>0),{later},0)"
        return f"{self._before(recheck.RUNNING, column, index)}+{here[row.removeprefix('running_')]}"

    def _readback(self, column: str, index: int) -> str:
        return readback_formula(self.at, column, index)


def library_formula(workbook: Workbook, table: Reference, column: str, index: int) -> str:
    """The live columns of sheet Kengetallen: amounts at the price level of the study."""
    at = Places(workbook, "library")
    if table == CHANGES:
        first = at.cell(CHANGES, "part_1", index, "column")
        values, codes = at.column(UNIT_VALUES, "level_value"), at.column(UNIT_VALUES, "code")
        return f'=IFERROR(INDEX({values},MATCH({first},{codes},0)),"")'
    level = at.cell(recheck.SETTINGS, "used", recheck.SETTINGS.row_codes.index("price_level"), "both")
    years, numbers = at.column(INDEX_NUMBERS, "year"), at.column(INDEX_NUMBERS, "index_number")
    amount, since = at.cell(UNIT_VALUES, "amount", index), at.cell(UNIT_VALUES, "index_from", index)
    if column == "index_from":
        year = at.cell(UNIT_VALUES, "price_year", index)
        return f'=IF({amount}="","",INDEX({numbers},MATCH({year},{years},1)))'
    if column == "index_to":
        return f'=IF({amount}="","",INDEX({numbers},MATCH({level},{years},1)))'
    to, series = at.cell(UNIT_VALUES, "index_to", index), at.cell(UNIT_VALUES, "index", index)
    return f'=IF({amount}="","",{amount}*({to}/{since})^{series})'
