"""Is this believable? Findings that never stop the sum, but always travel with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.initiative import Initiative
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import InitiativeOutcome, StudyOutcome

OVERLAPPING_KIND = "uit_kosten"


def doubts(portfolio: Portfolio, outcome: StudyOutcome) -> list[Finding]:
    """Every believability finding of a study, initiative by initiative, then of the whole."""
    found: list[Finding] = []
    for one in outcome.initiatives.values():
        found.extend(_of_initiative(one))
    found.extend(_unanswered_overlaps(portfolio))
    return found


def _of_initiative(one: InitiativeOutcome) -> Iterator[Finding]:
    initiative, seen = one.initiative, set()
    for line in one.lines:
        effect = line.effect
        if line.beyond > 0:
            yield _about(
                initiative,
                INFO,
                "cut_by_horizon",
                effect.cells.get("reach", ""),
                effect=effect.name,
                units=line.beyond,
            )
        row = effect.row or effect.code
        if row in seen:
            continue
        seen.add(row)
        where = effect.cells.get("deadweight", "")
        if effect.deadweight.mode == 0 and effect.unit_value.kind != OVERLAPPING_KIND:
            yield _about(initiative, WARN, "deadweight_zero", where, effect=effect.change or effect.name)
        people = initiative.participants
        group = next((g for g in initiative.target_groups if g.name == effect.target_group), None)
        people = group.people if group and group.people is not None else people
        if effect.people is not None and people is not None and effect.people > people:
            yield _about(
                initiative,
                WARN,
                "reach_above_people",
                effect.cells.get("reach", ""),
                effect=effect.change or effect.name,
                reach=effect.people,
                people=people,
            )
    yield from _payments(one)


def _payments(one: InitiativeOutcome) -> Iterator[Finding]:
    """A payment out of the costs can never be more than the money that was spent that year."""
    initiative = one.initiative
    paid = sum(line.per_year for line in one.lines if line.effect.unit_value.kind == OVERLAPPING_KIND)
    spent = sum(c.per_year for c in one.costs if c.investment.kind == "money")
    years = one.study.years
    for year, (out, budget) in enumerate(zip(_flows(paid, years), _flows(spent, years), strict=True)):
        if out > budget + 0.005:
            yield _about(
                initiative, WARN, "payment_above_costs", "", year=years[year], paid=out, spent=budget
            )


def _flows(total, years) -> list[float]:
    return [0.0] * len(years) if isinstance(total, int) else [float(v) for v in total]


def _unanswered_overlaps(portfolio: Portfolio) -> Iterator[Finding]:
    answered = {frozenset((o.first, o.second)) for o in portfolio.overlaps if o.people is not None}
    for first, second in combinations(portfolio.counted, 2):
        shared = {e.change or e.name for e in first.effects} & {e.change or e.name for e in second.effects}
        same_area = first.area.casefold() == second.area.casefold()
        if same_area and shared and frozenset((first.code, second.code)) not in answered:
            yield Finding(WARN, "no_overlap_answer", "", {"first": first.name, "second": second.name})


def _about(initiative: Initiative, level: str, code: str, where: str, **facts: object) -> Finding:
    return Finding(level, code, where, {"initiative": initiative.name, **facts}, initiative.file)
