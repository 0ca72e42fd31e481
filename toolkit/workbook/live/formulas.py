"""The formulas of sheet Narekenen and of the library on sheet Kengetallen.

Rules: at most 120 characters, the same formula along a row, constants 0, 1, 12 and 100 only,
no IF inside an IF, and only functions that Excel 2016 and LibreOffice share.
"""

from __future__ import annotations

from toolkit.model.study import PARTY_GROUPS
from toolkit.model.unit_value import VOLUNTEER_HOUR
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.lists import HORIZON, PARTIES
from toolkit.workbook.layout.parts import Workbook
from toolkit.workbook.layout.recheck import PARTS, SETTING_DEFAULTS
from toolkit.workbook.live.addresses import Places
from toolkit.workbook.live.readback_formulas import readback_formula

FIRST, LAST = "year_1", f"year_{HORIZON}"
_SETTINGS = {
    "first_year": "ST-02",
    "activity_years": "ST-03",
    "horizon": "ST-04",
    "price_level": "ST-05",
    "discount_rate": "ST-06",
    "theta_benefits": "ST-07",
    "theta_costs": "ST-08",
    "volunteers": "ST-10",
}


class Recheck:
    """Gives the formula of every cell of sheet Narekenen."""

    def __init__(self, workbook: Workbook) -> None:
        self.at = Places(workbook, "recalculation")

    def formula(self, table: str, column: str, index: int) -> str:
        """The formula of one cell; index is the row of the table from 0."""
        return "=" + getattr(self, f"_{table.lower()}")(column, index)

    def _used(self, setting: str) -> str:
        return self.at.cell("NS", "used", self.at.place("NS", setting), "both")

    def _year(self, row: str, column: str) -> str:
        return self.at.cell("ND", column, self.at.place("ND", row), "row")

    def _factors(self, row: str) -> str:
        return self.at.across("ND", self.at.place("ND", row), FIRST, LAST, fixed_row=True)

    def _before(self, table: str, column: str, index: int) -> str:
        number = int(column.removeprefix("year_"))
        return self.at.cell(table, "start" if number == 1 else f"year_{number - 1}", index)

    def _nr(self, column: str, index: int) -> str:
        cell = self.at.cell
        if column == "difference":
            formula, python = cell("NR", "formula", index), cell("NR", "python", index)
            return f'IF(({python}="")+({formula}={python})>0,0,IFERROR({python}-{formula},1))'
        if column == "verdict":
            good, wrong = word("form.verdicts.good"), word("form.verdicts.wrong")
            return f'IF(ABS({cell("NR", "difference", index)})*100<1,"{good}","{wrong}")'
        codes = self.at.row_codes("NR")
        row = codes[index]
        kind, _, name = row.partition("_")
        if kind == "group":
            rows = [self.at.place("NX", p) for p in PARTIES if PARTY_GROUPS[p] == name]
            return "+".join(cell("NX", "present_value", r) for r in rows)
        if kind in ("gain", "paid"):
            table = "NX" if kind == "gain" else "NY"
            return cell(table, "present_value", self.at.place(table, name))
        total = cell("NR", "formula", codes.index("total"))
        costs = cell("NR", "formula", codes.index("costs_pv"))
        absent_ratio, absent_year = word("form.absent.ratio"), word("form.absent.payback_year")
        covered = self.at.across("NZ", self.at.place("NZ", "covered"), FIRST, LAST)
        return {
            "total": f"SUM({self.at.column('NX', 'present_value')})",
            "costs_pv": f"SUM({self.at.column('NY', 'present_value')})",
            "npv": f"{total}-{costs}",
            "ratio": f'IF({costs}>0,{total}/{costs},"{absent_ratio}")',
            "payback_year": f'IFERROR(MATCH(1,{covered},0),"{absent_year}")',
        }[row]

    def _ns(self, column: str, index: int) -> str:
        row = self.at.row_codes("NS")[index]
        if column == "used":
            form, computed = self.at.cell("NS", "form", index), self.at.cell("NS", "computed", index)
            return f'IF({computed}="",{form},{computed})'
        if row == "longest_horizon":
            return self.at.cell("NS", "default", index)
        if row == "hour_value":
            levels, codes = self.at.column("KG", "level_value"), self.at.column("KG", "code")
            return f'INDEX({levels},MATCH("{VOLUNTEER_HOUR}",{codes},0))'
        answer = self.at.cell("ST", "answer", self.at.place("ST", _SETTINGS[row]))
        if row == "horizon":
            years, longest = self._used("activity_years"), self._used("longest_horizon")
            durations = self.at.column("NE", "duration")
            return f'IF({answer}="",MAX({years},MIN({longest},{years}+MAX({durations}))),{answer})'
        if row in SETTING_DEFAULTS:
            default = self.at.cell("NS", "default", index)
            given = f"{answer}/100" if row == "discount_rate" else f"{answer}+0"
            return f'IF({answer}="",{default},{given})'
        if row.startswith("theta"):
            labels, values = self.at.column("LW", "timing"), self.at.column("LW", "timing_value")
            return f"IFERROR(INDEX({values},MATCH({answer},{labels},0)),0)"
        return f'IF({answer}="{word("form.lists.yes_no.yes")}",1,0)'

    def _nd(self, column: str, index: int) -> str:
        row = self.at.row_codes("ND")[index]
        if row == "number":
            return f"{self._before('ND', column, index)}+1"
        number = self._year("number", column)
        if row == "calendar":
            return f"{self._used('first_year')}+{number}-1"
        if row in ("active", "inside"):
            last = self._used("activity_years" if row == "active" else "horizon")
            return f"IF({number}<={last},1,0)"
        theta = self._used("theta_benefits" if row == "factor_b" else "theta_costs")
        return f"{self._year('inside', column)}/(1+{self._used('discount_rate')})^({number}-1+{theta})"

    def _ne(self, column: str, index: int) -> str:
        def own(c: str) -> str:
            return self.at.cell("NE", c, index, "column")

        def given(c: str) -> str:
            return self.at.cell("EF", c, index)

        def finer(c: str) -> str:
            return f"INDEX({self.at.column('VD', c)},{own('vd')})"

        def known(name: str, answer: str) -> str:
            labels, values = self.at.column("LW", name), self.at.column("LW", f"{name}_value")
            return f"INDEX({values},MATCH({answer},{labels},0))"

        unknown = word("form.lists.unknown")
        person = f"MATCH({given('target_group')},{self.at.column('DG', 'name')},0)"
        who = f"INDEX({self.at.column('DG', 'person')},{person})"
        return {
            "change": f'{given("change")}&""',
            "code": f'{self.at.label("EF", index)}&""',
            "kv": f"IFERROR(MATCH({own('change')},{self.at.column('KV', 'name')},0),0)",
            "vd": f'IFERROR(MATCH("VD"&RIGHT({own("code")},LEN({own("code")})-1-1),'
            + f"{self.at.codes('VD')},0),1)",
            "per_person": f'IF({finer("units_per_person")}="",1,{finer("units_per_person")})',
            "reach": f"IF({own('kv')}=0,0,{given('reach')}*{own('per_person')})",
            "sign": f'IF({given("direction")}="{word("form.lists.direction.more")}",-1,1)',
            "deadweight": f"IFERROR({known('deadweight', given('deadweight'))},0)",
            "attribution": f"IFERROR({known('attribution', given('attribution'))},0)",
            "default_displacement": f"IF({own('kv')}=0,0,INDEX({self.at.column('KV', 'displacement')},"
            f"{own('kv')}))",
            "displacement": f'IF({finer("displacement")}="",{own("default_displacement")},'
            f"{finer('displacement')}/100)",
            "net": f"{own('sign')}*(1-{own('deadweight')})*(1-{own('displacement')})"
            f"*(1-{own('attribution')})",
            "lasting": f"IF({own('kv')}=0,0,INDEX({self.at.column('KV', 'lasting')},{own('kv')}))",
            "default_duration": f"IF({own('kv')}=0,1,INDEX({self.at.column('KV', 'duration')},{own('kv')}))",
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

    def _nn(self, column: str, index: int) -> str:
        if column == "change":
            return self.at.cell("NE", "change", index)
        reach, per_person, finer = (
            self.at.cell("NE", c, index, "column") for c in ("reach", "per_person", "vd")
        )
        area = self.at.area("VD", "reach_1", "reach_10")
        own = f"INDEX({area},{finer},{self._year('number', column)})"
        active = self._year("active", column)
        return f'IFERROR({active}*IF({own}="",{reach},{own}*{per_person}),0)'

    def _nu(self, column: str, index: int) -> str:
        if column == "change":
            return self.at.cell("NE", "change", index)
        keep, keep_all, lag, ends = (
            self.at.cell("NE", c, index, "column") for c in ("keep", "keep_all", "lag", "ends")
        )
        number, inflow = self._year("number", column), self.at.across("NN", index, FIRST, LAST)
        before = self._before("NU", column, index)
        come = f"IF({number}>{lag},INDEX({inflow},{number}-{lag}),0)"
        gone = f"IF({number}>{ends},INDEX({inflow},{number}-{ends}),0)"
        return f"{before}*{keep}+{come}-{gone}*{keep_all}"

    def _np(self, column: str, index: int) -> str:
        effect, part = divmod(index, PARTS)

        def own(c: str) -> str:
            return self.at.cell("NP", c, index, "column")

        kv, kg = self.at.cell("NE", "kv", effect, "column"), own("kg")
        if column.startswith("party_"):
            party = column.removeprefix("party_")
            share = f"INDEX({self.at.column('KG', f'share_{party}')},{kg})"
            if party in ("deelnemers", "wijkbewoners"):
                who = "participants" if party == "deelnemers" else "residents"
                named = self.at.cell("NE", who, effect, "column")
                share += f"+{named}*INDEX({self.at.column('KG', 'share_persoon')},{kg})"
            return f"IF({kg}=0,0,{share})"
        mine = self.at.cell("EF", "own_value", effect)
        units = self.at.across("NU", effect, FIRST, LAST)
        return {
            "kengetal": f'IF({kv}=0,"",INDEX({self.at.column("KV", f"part_{part + 1}")},{kv})&"")',
            "kg": f"IFERROR(MATCH({own('kengetal')},{self.at.column('KG', 'code')},0),0)",
            "factor": f"IF({kg}=0,0,INDEX({self.at.column('KV', f'factor_{part + 1}')},{kv}))",
            "library": f"IF({kg}=0,0,N(INDEX({self.at.column('KG', 'level_value')},{kg})))",
            "amount": f'IF({mine}="",{own("library")},{mine})' if part == 0 else own("library"),
            "counted": f'IF({own("kengetal")}="{VOLUNTEER_HOUR}",{self._used("volunteers")},1)',
            "per_unit": f"{self.at.cell('NE', 'net', effect, 'column')}*{own('factor')}*{own('amount')}"
            f"*{own('counted')}",
            "present_value": f"{own('per_unit')}*SUMPRODUCT({units},{self._factors('factor_b')})",
        }[column]

    def _nw(self, column: str, index: int) -> str:
        first, last = index * PARTS, index * PARTS + PARTS - 1
        if column == "change":
            return self.at.cell("NE", "change", index)
        if column == "present_value":
            return f"SUM({self.at.down('NP', 'present_value', first, last)})"
        per_unit = self.at.down("NP", "per_unit", first, last, fixed=True)
        return f"SUMPRODUCT({per_unit},{self.at.down('NP', column, first, last)})"

    def _nx(self, column: str, index: int) -> str:
        if column == "present_value":
            flows = self.at.across("NX", index, FIRST, LAST)
            return f"SUMPRODUCT({flows},{self._factors('factor_b')})"
        worth = self.at.column("NW", f"party_{PARTIES[index]}")
        units = self.at.moving_column("NU", column)
        return f"{self._year('inside', column)}*SUMPRODUCT({worth},{units})"

    def _nk(self, column: str, index: int) -> str:
        def given(c: str) -> str:
            return self.at.cell("GI", c, index, "column")

        def own(c: str) -> str:
            return self.at.cell("NK", c, index, "column")

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

    def _ny(self, column: str, index: int) -> str:
        if column == "present_value":
            flows = self.at.across("NY", index, FIRST, LAST)
            return f"SUMPRODUCT({flows},{self._factors('factor_c')})"
        party = self.at.cell("NY", "party", index, "column")
        amounts = self.at.moving_column("NK", column)
        return f"SUMIFS({amounts},{self.at.column('NK', 'party')},{party})"

    def _nz(self, column: str, index: int) -> str:
        row = self.at.row_codes("NZ")[index]
        here = {
            c: self.at.cell("NZ", column, self.at.place("NZ", c))
            for c in ("benefits", "costs", "running_benefits", "running_costs")
        }
        if row in ("benefits", "costs"):
            table, factor = ("NX", "factor_b") if row == "benefits" else ("NY", "factor_c")
            return f"SUM({self.at.moving_column(table, column)})*{self._year(factor, column)}"
        if row == "covered":
            number = int(column.removeprefix("year_"))
            later = self.at.cell("NZ", "after" if number == HORIZON else f"year_{number + 1}", index)
            gained, paid = here["running_benefits"], here["running_costs"]
            return f"IF(AND({gained}>={paid},{paid}>0),{later},0)"
        return f"{self._before('NZ', column, index)}+{here[row.removeprefix('running_')]}"

    def _nt(self, column: str, index: int) -> str:
        return readback_formula(self.at, column, index)


def library_formula(workbook: Workbook, table: str, column: str, index: int) -> str:
    """The live columns of sheet Kengetallen: amounts at the price level of the study."""
    at = Places(workbook, "library")
    if table == "KV":
        first = at.cell("KV", "part_1", index, "column")
        values, codes = at.column("KG", "level_value"), at.column("KG", "code")
        return f'=IFERROR(INDEX({values},MATCH({first},{codes},0)),"")'
    level = at.cell("NS", "used", at.place("NS", "price_level"), "both")
    years, numbers = at.column("KX", "year"), at.column("KX", "index_number")
    amount, since = at.cell("KG", "amount", index), at.cell("KG", "index_from", index)
    if column == "index_from":
        year = at.cell("KG", "price_year", index)
        return f'=IF({amount}="","",INDEX({numbers},MATCH({year},{years},1)))'
    if column == "index_to":
        return f'=IF({amount}="","",INDEX({numbers},MATCH({level},{years},1)))'
    to, series = at.cell("KG", "index_to", index), at.cell("KG", "index", index)
    return f'=IF({amount}="","",{amount}*({to}/{since})^{series})'
