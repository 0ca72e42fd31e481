"""Doubts about unit values side by side: one gain twice for the same people, or one that stands alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit.method.plausibility.rows import Row, SamePeople, about, about_rows, gains, places
from toolkit.model.finding import WARN, Finding
from toolkit.model.initiative import Effect
from toolkit.model.result import InitiativeOutcome
from toolkit.model.study import INSURERS
from toolkit.model.unit_value import REAL_GAIN, UnitValue

OWN_RISK, GENERAL_PRACTICE = "eigen_risico", ("huisartsconsult", "poh_ggz_consult")
MOSTLY = 0.5
"""From this share on a gain is care that insurers pay (Zvw)."""
HEALTHY_YEAR, WELLBEING = ("qaly",), ("welbevinden", "wellbeing", "wellby")
"""What the name of such an effect, or the code, name or unit of its unit value, holds."""


def of_initiative(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """The doubts about the unit values of one initiative."""
    yield from _own_risk(rows)
    yield from _healthy_years(rows)
    yield from _overlaps(rows)


def _own_risk(rows: Sequence[Row]) -> Iterator[Finding]:
    """Own risk falls only with less insured care; at the general practitioner there is none."""
    caring = {row.same_people for row in rows if any(map(_is_insured_care, row.effects))}
    for row in rows:
        effect = row.gaining(OWN_RISK)
        if not effect:
            continue
        if row.same_people not in caring:
            yield about_rows(WARN, "own_risk_without_care", [row])
        limit = effect.unit_value.most_per_person
        each = effect.unit_value.priced.mode * effect.factor * effect.units_per_person
        if limit is not None and each > limit:
            facts = {"effect": row.name, "each": float(each), "limit": float(limit)}
            yield about(row.initiative, WARN, "own_risk_above_maximum", row.cell(), **facts)


def _is_insured_care(effect: Effect) -> bool:
    value = effect.unit_value
    if value.code in (OWN_RISK, *GENERAL_PRACTICE) or value.kind != REAL_GAIN:
        return False
    return gains(effect) and value.shares.get(INSURERS, 0.0) >= MOSTLY


def _healthy_years(rows: Sequence[Row]) -> Iterator[Finding]:
    """A healthy year of life already holds the wellbeing that comes with it."""
    wellbeing = {row.same_people: row for row in rows if _speaks_of(row, WELLBEING)}
    for row in rows:
        other = wellbeing.get(row.same_people)
        if other and other is not row and _speaks_of(row, HEALTHY_YEAR):
            yield about_rows(WARN, "qaly_with_wellbeing", [row, other])


def _speaks_of(row: Row, marks: tuple[str, ...]) -> bool:
    gaining = [(effect.name, effect.unit_value) for effect in row.effects if gains(effect)]
    texts = [f"{name} {value.code} {value.name} {value.unit}".casefold() for name, value in gaining]
    return any(mark in text for mark in marks for text in texts)


def _overlaps(rows: Sequence[Row]) -> Iterator[Finding]:
    """Two unit values of which at least one says that it overlaps with the other, for the same people."""
    found: dict[tuple[SamePeople, frozenset[str]], list[Row]] = defaultdict(list)
    for first, second in combinations(rows, 2):
        if first.same_people != second.same_people:
            continue
        for one in filter(gains, first.effects):
            for other in filter(gains, second.effects):
                if _overlap(one.unit_value, other.unit_value):
                    codes = frozenset((one.unit_value.code, other.unit_value.code))
                    found[first.same_people, codes] += [first, second]
    for together in found.values():
        met = list({id(row): row for row in together}.values())
        yield about(met[0].initiative, WARN, "values_overlap", met[0].cell(), effects=places(met))


def _overlap(one: UnitValue, other: UnitValue) -> bool:
    return one.code in other.overlaps or other.code in one.overlaps
