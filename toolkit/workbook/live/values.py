"""The results that belong in the formulas of sheet Narekenen.

Computed here once more, by the recursion that the formulas follow and from the same answers, so
that previews and readers that do not recompute see fresh numbers. Python's own totals stand beside
them and the sheet shows the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import headline
from toolkit.method.defaults import LONGEST_DEFAULT_HORIZON
from toolkit.model.narrowing import Given, as_number, as_text
from toolkit.model.result import Outcome
from toolkit.model.study import PARTY_GROUPS, TIMINGS, Study
from toolkit.model.unit_value import PERSON, VOLUNTEER_HOUR, Change
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.answers import Answers
from toolkit.workbook.intake.portfolios import raw_settings
from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.form import DEEPENING, EFFECTS, MONEY, TARGET_GROUPS
from toolkit.workbook.layout.lists import GROUPS, HORIZON, PARTIES
from toolkit.workbook.layout.parts import Block, Table
from toolkit.workbook.layout.recheck import PARTS, SETTING_DEFAULTS
from toolkit.workbook.live import prices
from toolkit.workbook.live.effect import YEARS, Effect, effect
from toolkit.workbook.live.library import at_price_level
from toolkit.workbook.live.readback import pieces
from toolkit.workbook.reading.reader import RawWorkbook

PERSONS = ("deelnemers", "wijkbewoners")
"""Whom a target group can be."""


def rows(raw: RawWorkbook, outcome: Outcome, library: Library) -> dict[Table, list[Row]]:
    """The rows of every table of sheet Narekenen."""
    return _Rows(raw, outcome, library).tables()


class _Rows:
    def __init__(self, raw: RawWorkbook, outcome: Outcome, library: Library) -> None:
        self.raw, self.outcome, self.library = raw, outcome, library
        self.study: Study = outcome.study
        self.changes = {c.name: (n, c) for n, c in enumerate(library.changes.values(), 1)}
        self.values = {code: n for n, code in enumerate(library.unit_values, 1)}
        self.answers = Answers(raw, {"change": {name: name for name in self.changes}})
        self.persons: dict[str, str] = {}
        for row in raw.rows_of(TARGET_GROUPS):
            given = self._given(TARGET_GROUPS, row)
            name, person = given.text("name"), given.text("person")
            if name and person:
                self.persons.setdefault(name, person)
        self.answers.lists["target_group"] = {name: name for name in self.persons}

    def _given(self, block: Block, row: str) -> Given:
        return Given({f.code: self.answers.take(row, f) for f in block.asked})

    def tables(self) -> dict[Table, list[Row]]:
        """All tables; those with fixed rows carry the row code."""
        study = self.study
        factors = {
            "factor_b": self._discount(TIMINGS[study.timing_benefits]),
            "factor_c": self._discount(TIMINGS[study.timing_costs]),
        }
        effects = [self._effect(row) for row in self.raw.rows_of(EFFECTS)]
        parts = [self._part(e, n, factors["factor_b"]) for e in effects for n in range(PARTS)]
        worth = [self._worth(e, parts[n * PARTS : (n + 1) * PARTS]) for n, e in enumerate(effects)]
        gains = [self._gain(p, worth, effects, factors["factor_b"]) for p in PARTIES]
        costs = [self._cost(row) for row in self.raw.rows_of(MONEY)]
        paid = [self._paid(p, costs, factors["factor_c"]) for p in PARTIES]
        running = self._running(gains, paid, factors)
        return {
            recheck.TOTALS: self._totals(gains, paid, running),
            recheck.SETTINGS: self._settings(effects),
            recheck.YEARS: self._years(factors),
            recheck.EFFECT: [dict(e.cells) for e in effects],
            recheck.INFLOW: [{"change": e.change, **_years(e.inflow)} for e in effects],
            recheck.UNITS: [{"change": e.change, **_years(e.units)} for e in effects],
            recheck.PART: parts,
            recheck.WORTH: worth,
            recheck.GAINS: gains,
            recheck.COSTS: costs,
            recheck.PAID: paid,
            recheck.RUNNING: running,
            recheck.READBACK: [self._readback(e) for e in effects],
            **prices.rows(self.library, study.price_level),
        }

    def _discount(self, theta: float) -> list[float]:
        rate, last = 1 + self.study.discount_rate, self.study.horizon
        return [(1.0 if n < last else 0.0) / rate ** (n + theta) for n in YEARS]

    def _effect(self, row: str) -> Effect:
        given, vd_row = self._given(EFFECTS, row), DEEPENING.beside(row)
        kv, change = self._picked(given.text("change"))
        first = self.library.unit_values[change.parts[0].kengetal] if change else None
        person = self.persons.get(given.text("target_group") or "")
        finer = self.raw.rows_of(DEEPENING)
        # where that row is gone the live formula takes the first
        places = {"kv": kv, "vd": finer.index(vd_row) + 1 if vd_row in finer else 1}
        return effect(row, given, self._given(DEEPENING, vd_row), places, change, first, person, self.study)

    def _picked(self, name: str | None) -> tuple[int, Change | None]:
        """Which change has this name, counted from 1; 0 where none has."""
        return self.changes.get(name or "", (0, None))

    def _readback(self, effect: Effect) -> Row:
        cells = {c.code: self.raw.value(effect.code, c.code) for c in EFFECTS.asked}
        return pieces(self._picked(effect.change)[1], effect.lasting, cells)

    def _part(self, effect: Effect, number: int, factors: Sequence[float]) -> Row:
        picked = self._picked(effect.change)[1]
        part = picked.parts[number] if picked and number < len(picked.parts) else None
        value = self.library.unit_values[part.kengetal] if part else None
        listed = (at_price_level(value, self.library, self.study.price_level) or 0.0) if value else 0.0
        own = effect.own_value if number == 0 else None
        amount = listed if own is None else own
        counted = 1
        if value and value.code == VOLUNTEER_HOUR:
            counted = int(self.study.include_volunteer_hours)
        factor = part.factor if part else 0
        per_unit = effect.net * factor * amount * counted
        shares = dict.fromkeys(PARTIES, 0.0)
        for party, share in value.shares.items() if value else ():
            if party != PERSON:
                shares[party] += share
            elif effect.person in PERSONS:
                shares[effect.person] += share
        return {
            "kengetal": value.code if value else "",
            "kg": self.values[value.code] if value else 0,
            "factor": factor,
            "library": listed,
            "amount": amount,
            "counted": counted,
            "per_unit": per_unit,
            "present_value": per_unit * sum(u * f for u, f in zip(effect.units, factors, strict=True)),
            **{f"party_{p}": s for p, s in shares.items()},
        }

    def _worth(self, effect: Effect, parts: Sequence[Row]) -> Row:
        return {
            "change": effect.change,
            "present_value": sum(as_number(p["present_value"]) for p in parts),
            **{
                f"party_{q}": sum(as_number(p["per_unit"]) * as_number(p[f"party_{q}"]) for p in parts)
                for q in PARTIES
            },
        }

    def _gain(
        self, party: str, worth: Sequence[Row], effects: Sequence[Effect], factors: Sequence[float]
    ) -> Row:
        last = self.study.horizon
        flows = [
            sum(as_number(w[f"party_{party}"]) * e.units[n] for w, e in zip(worth, effects, strict=True))
            if n < last
            else 0.0
            for n in YEARS
        ]
        value = sum(a * f for a, f in zip(flows, factors, strict=True))
        return {"row": party, "present_value": value, **_years(flows)}

    def _cost(self, row: str) -> Row:
        given, study = self._given(MONEY, row), self.study
        hour = self._hour()
        price = given.number("amount") or 0.0
        if given["kind"] == "volunteer_hours":
            price *= int(study.include_volunteer_hours) * hour
        first = given.whole("from_year") or study.first_year
        last = given.whole("until") or study.first_year + study.activity_years - 1
        flows = [
            price if n < study.activity_years and first <= study.first_year + n <= last else 0.0
            for n in YEARS
        ]
        party = word(f"form.parties.{given['party']}") if given["party"] else ""
        return {
            "name": given["name"] or "",
            "party": party,
            "price": price,
            "first": first,
            "last": last,
            **_years(flows),
        }

    def _hour(self) -> float:
        value = self.library.unit_values[VOLUNTEER_HOUR]
        return as_number(at_price_level(value, self.library, self.study.price_level))

    def _paid(self, party: str, costs: Sequence[Row], factors: Sequence[float]) -> Row:
        label = word(f"form.parties.{party}")
        flows = [sum(as_number(c[f"year_{n + 1}"]) for c in costs if c["party"] == label) for n in YEARS]
        value = sum(a * f for a, f in zip(flows, factors, strict=True))
        return {"row": party, "present_value": value, **_years(flows)}

    def _running(
        self, gains: Sequence[Row], paid: Sequence[Row], factors: Mapping[str, Sequence[float]]
    ) -> list[Row]:
        benefits, costs = (
            [sum(as_number(r[f"year_{n + 1}"]) for r in table) * factors[f][n] for n in YEARS]
            for table, f in ((gains, "factor_b"), (paid, "factor_c"))
        )
        running_b, running_c = _cumulative(benefits), _cumulative(costs)
        covered, later = [0] * HORIZON, 1
        for n in reversed(YEARS):
            later = later if running_b[n] >= running_c[n] > 0 else 0
            covered[n] = later
        named: dict[str, Sequence[float]] = {
            "benefits": benefits,
            "costs": costs,
            "running_benefits": running_b,
            "running_costs": running_c,
            "covered": covered,
        }
        return [{"row": code, **_years(flows)} for code, flows in named.items()]

    def _totals(self, gains: Sequence[Row], paid: Sequence[Row], running: Sequence[Row]) -> list[Row]:
        gained = {as_text(g["row"]): as_number(g["present_value"]) for g in gains}
        spent = {as_text(p["row"]): as_number(p["present_value"]) for p in paid}
        total, costs = sum(gained.values()), sum(spent.values())
        covered = [running[-1][f"year_{n + 1}"] for n in YEARS]
        formula: dict[str, object] = {
            **{f"group_{g}": sum(v for p, v in gained.items() if PARTY_GROUPS[p] == g) for g in GROUPS},
            "total": total,
            "costs_pv": costs,
            "npv": total - costs,
            "ratio": absent("ratio", total / costs if costs > 0 else None),
            "payback_year": absent("payback_year", covered.index(1) + 1 if 1 in covered else None),
            **{f"gain_{p}": v for p, v in gained.items()},
            **{f"paid_{p}": v for p, v in spent.items()},
        }
        own = self._python()
        return [
            {
                "row": code,
                "formula": formula[code],
                "python": own[code],
                "difference": _difference(formula[code], own[code]),
                "verdict": word("form.verdicts.good")
                if abs(_difference(formula[code], own[code])) * 100 < 1
                else word("form.verdicts.wrong"),
            }
            for code in recheck.TOTALS.row_codes
        ]

    def _python(self) -> dict[str, object]:
        figures, parties = headline(self.outcome), self.outcome.per_party()
        return {
            **{f"group_{g}": gained for g, (gained, _) in self.outcome.per_group().items()},
            "total": figures.benefits_pv,
            "costs_pv": figures.costs_pv,
            "npv": figures.npv,
            "ratio": absent("ratio", figures.ratio),
            "payback_year": absent("payback_year", figures.payback_year),
            **{f"gain_{p}": gained for p, (gained, _) in parties.items()},
            **{f"paid_{p}": spent for p, (_, spent) in parties.items()},
        }

    def _settings(self, effects: Sequence[Effect]) -> list[Row]:
        study, form = self.study, raw_settings(self.raw)
        computed: dict[str, object] = {
            "first_year": study.first_year,
            "activity_years": study.activity_years,
            "longest_horizon": LONGEST_DEFAULT_HORIZON,
            "horizon": study.horizon,
            "price_level": study.price_level,
            "discount_rate": study.discount_rate,
            "theta_benefits": TIMINGS[study.timing_benefits],
            "theta_costs": TIMINGS[study.timing_costs],
            "volunteers": int(study.include_volunteer_hours),
            "hour_value": self._hour(),
        }
        longest = max((e.duration for e in effects), default=1)
        wanted = min(LONGEST_DEFAULT_HORIZON, study.activity_years + longest)
        own: dict[str, object] = {
            **SETTING_DEFAULTS,
            "horizon": form["horizon"] or max(study.activity_years, wanted),
            "theta_benefits": TIMINGS[form.text("timing_benefits") or "begin"],
            "theta_costs": TIMINGS[form.text("timing_costs") or "begin"],
            "volunteers": int(bool(form["include_volunteer_hours"])),
            "hour_value": self._hour(),
        }
        own |= {c: form[c] for c in SETTING_DEFAULTS if form.get(c) is not None}
        percentage = form.number("discount_rate")
        if percentage is not None:
            own["discount_rate"] = percentage / 100
        return [
            {"row": c, "form": own[c], "computed": computed[c], "used": computed[c]}
            for c in recheck.SETTINGS.row_codes
        ]

    def _years(self, factors: Mapping[str, Sequence[float]]) -> list[Row]:
        study = self.study
        named: dict[str, Sequence[float]] = {
            "number": [n + 1 for n in YEARS],
            "calendar": [study.first_year + n for n in YEARS],
            "active": [int(n < study.activity_years) for n in YEARS],
            "inside": [int(n < study.horizon) for n in YEARS],
            **factors,
        }
        return [{"row": code, **_years(flows)} for code, flows in named.items()]


def _years(flows: Sequence[float]) -> dict[str, float]:
    return {f"year_{n}": flow for n, flow in enumerate(flows, 1)}


def _cumulative(flows: Sequence[float]) -> list[float]:
    total, out = 0.0, []
    for flow in flows:
        total += flow
        out.append(total)
    return out


def _difference(formula: object, python: object) -> float:
    if formula == python:
        return 0.0
    if isinstance(formula, str) or isinstance(python, str):
        return 1.0
    return as_number(python) - as_number(formula)
