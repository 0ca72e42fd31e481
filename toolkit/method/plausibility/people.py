"""Doubts about people: more than there are, or people for whom the effect cannot be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import isclose

import numpy as np

from toolkit.method.defaults import is_nobody
from toolkit.method.plausibility.growth import growth
from toolkit.method.plausibility.rows import Row, SamePeople, about, about_rows
from toolkit.model.arrays import Floats
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.initiative import GROWTH, Effect, TargetGroup
from toolkit.model.result import InitiativeOutcome
from toolkit.model.unit_value import OUT_OF_COSTS

WORK, SICK_LEAVE, ALLOWANCE = "werk_minimumloon", "ziekteverzuim", "vrijwilligersvergoeding"
WELFARE = ("bijstand_alleenstaande", "bijstand_paar")
CLAIMED = ("zorgtoeslag_alsnog", "huurtoeslag_alsnog")
NO_REASON_FOR_WELFARE = ("helper", "source", GROWTH)
"""Notes of a row that say who helped, how it is known and why it grows, not why welfare ended."""


def of_initiative(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """The doubts about the people of one initiative."""
    zero = [r for r in rows if is_nobody(r.first.deadweight) and any(map(_could_happen_anyway, r.effects))]
    if zero:
        yield about_rows(WARN, "deadweight_zero", zero, "deadweight")
    for row in rows:
        yield from _more_than_there_are(row)
    yield from growth(one, rows)
    yield from _left_welfare(rows)
    yield from _volunteers(one, rows)
    yield from _claimed_on_welfare(rows)
    yield from _employers(rows)
    unexplained = [row for row in rows if row.gaining(*WELFARE) and not _explained(row, rows)]
    if unexplained:
        yield about_rows(WARN, "welfare_ended_unexplained", unexplained)


def _could_happen_anyway(effect: Effect) -> bool:
    """A payment out of the costs would not have come anyway; of extra costs zero is the cautious answer."""
    return effect.unit_value.kind != OUT_OF_COSTS and effect.direction == "less"


def people_reached(effect: Effect) -> float | None:
    """The most people an effect reaches in a year; None where its units are no people.

    A year of its own counts too, where the inflow is people times units per person.
    """
    if effect.people is None or effect.units_per_person <= 0:
        return effect.people
    years = [n.mode / effect.units_per_person for n in effect.inflow]
    return max(years) if any(isclose(year, effect.people) for year in years) else effect.people


def _more_than_there_are(row: Row) -> Iterator[Finding]:
    reached, initiative = people_reached(row.first), row.initiative
    everyone = initiative.participants if row.first.person == "deelnemers" else initiative.residents
    known = [n for n in (row.group.people if row.group else None, everyone) if n is not None]
    if reached is not None and known and reached > min(known):
        facts = {"effect": row.name, "reach": float(reached), "people": float(min(known))}
        yield about(initiative, WARN, "reach_above_people", row.cell("reach"), **facts)


def _left_welfare(rows: Sequence[Row]) -> Iterator[Finding]:
    """All who left welfare over the years, held against all different people of their group.

    Where nobody told how many those are, against the people on welfare of one year.
    """
    leaving: dict[SamePeople, list[Row]] = defaultdict(list)
    for row in rows:
        if row.gaining(*WELFARE):
            leaving[row.same_people].append(row)
    for found in leaving.values():
        group = found[0].group
        left = sum(n.mode / (row.first.units_per_person or 1.0) for row in found for n in row.first.inflow)
        if group is None:
            continue
        facts: dict[str, object] = {"group": group.name, "left": float(left)}
        different, one_year = group.different_people, group.on_welfare
        if different is not None and left > different:
            yield about_rows(WARN, "exits_above_people", found, "reach", **facts, people=float(different))
        elif different is None and one_year is not None and left > one_year:
            yield about_rows(WARN, "exits_above_welfare", found, "reach", **facts, people=float(one_year))


def _volunteers(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """The allowance per receiver, and receivers whose welfare is cut because of it."""
    paid: dict[SamePeople, Floats] = defaultdict(lambda: np.zeros(one.study.horizon))
    first: dict[SamePeople, tuple[Row, TargetGroup, float | None]] = {}
    for row in rows:
        effect, group = row.gaining(ALLOWANCE), row.group
        if effect and group:
            euros = effect.factor * effect.unit_value.priced.mode
            amounts = [n.mode * euros for n in effect.inflow[: one.study.horizon]]
            paid[row.same_people][: len(amounts)] += amounts
            first.setdefault(row.same_people, (row, group, effect.unit_value.most_per_person))
    for key, (row, group, limit) in first.items():
        year = int(np.argmax(paid[key]))
        total = float(paid[key][year])
        if limit is not None and group.people and total > limit * group.people:
            yield about(
                row.initiative,
                WARN,
                "allowance_above_maximum",
                row.cell("reach"),
                group=group.name,
                people=float(group.people),
                year=one.study.years[year],
                paid=total,
                each=total / group.people,
                limit=float(limit),
            )
        yield from _young_on_welfare(row, group)


def _young_on_welfare(row: Row, group: TargetGroup) -> Iterator[Finding]:
    """Below 27 the exemption does not hold. Who is both is not asked, so only sometimes it is certain."""
    if not group.under_27 or not group.on_welfare:
        return
    facts: dict[str, object]
    facts = {"group": group.name, "under_27": float(group.under_27), "on_welfare": float(group.on_welfare)}
    both = 0.0 if group.people is None else group.under_27 + group.on_welfare - group.people
    if both > 0:
        yield about(row.initiative, WARN, "allowance_under_27", row.cell("reach"), **facts, both=float(both))
    else:
        yield about(row.initiative, INFO, "allowance_maybe_under_27", row.cell("reach"), **facts)


def _claimed_on_welfare(rows: Sequence[Row]) -> Iterator[Finding]:
    """People on welfare hardly ever leave these allowances unclaimed (CPB 2025: one or two per cent)."""
    possible: dict[SamePeople, list[Row]] = defaultdict(list)
    groups: dict[SamePeople, dict[str, object]] = {}
    for row in rows:
        effect, group = row.gaining(*CLAIMED), row.group
        if not effect or not group or not group.on_welfare:
            continue
        reached = people_reached(effect)
        others = None if group.people is None else max(0.0, group.people - group.on_welfare)
        if reached is not None and others is not None and reached > others:
            yield about(
                row.initiative,
                WARN,
                "claimed_on_welfare",
                row.cell("reach"),
                effect=row.name,
                reach=float(reached),
                group=group.name,
                others=float(others),
                on_welfare=float(group.on_welfare),
            )
        else:
            possible[row.same_people].append(row)
            groups[row.same_people] = {"group": group.name, "on_welfare": float(group.on_welfare)}
    for key, found in possible.items():
        yield about_rows(INFO, "claimed_maybe_on_welfare", found, "reach", **groups[key])


def _employers(rows: Sequence[Row]) -> Iterator[Finding]:
    """Fewer days of sick leave are an employer's gain only for people with a job."""
    for row in rows:
        if not row.gaining(SICK_LEAVE):
            continue
        group = row.group
        if group is None or group.in_paid_work is None:
            yield about_rows(INFO, "employer_gain_unknown", [row])
        elif group.in_paid_work == 0:
            yield about_rows(WARN, "employer_gain_without_job", [row], group=group.name)


def _explained(row: Row, rows: Sequence[Row]) -> bool:
    """Work comes with the welfare that ended, or the row gives a reason of its own."""
    if any(text.strip() for key, text in row.first.reasons.items() if key not in NO_REASON_FOR_WELFARE):
        return True
    together = [r for r in rows if r.same_people == row.same_people and r.first.change == row.first.change]
    return any(r.gaining(WORK) for r in (together if row.first.change else [row]))
