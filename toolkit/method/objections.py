"""The study as a critic would compute it: one change, and the total and the ratio after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from toolkit.kengetallen.indexing import IndexTable
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.objections import Change, Objection, Objections, load_objections
from toolkit.kengetallen.peers import comparable
from toolkit.method.overlap import unanswered
from toolkit.method.ranges import Key
from toolkit.method.returns import ratio
from toolkit.method.sensitivity import input_swings, width
from toolkit.method.totals import Calculator, Totals, add
from toolkit.model.arrays import Draws
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import IN_KIND, VOLUNTEER_HOURS, Effect, Investment
from toolkit.model.portfolio import Overlap, Portfolio
from toolkit.model.study import PERSONS
from toolkit.model.unit_value import PERSON, REAL_GAIN

COUNTED_YEAR, TRANSFERS, PEER, CAUTIOUS = BESIDE = "counted_year", "transfers", "peer", "cautious"
"""Objections that are never named as the heaviest, see `heaviest`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is left if an objection is right: present values in euros; ratio None without costs."""

    objection: Objection
    benefits_pv: float
    costs_pv: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answer to every objection, in order, for the study and for each initiative by itself."""

    study: tuple[Answer, ...]
    initiatives: Mapping[str, tuple[Answer, ...]]


def named(answers: tuple[Answer, ...], code: str) -> Answer:
    """The answer to one objection."""
    return next(answer for answer in answers if answer.objection.code == code)


def heaviest(answers: Iterable[Answer]) -> Answer | None:
    """The objection that leaves the lowest ratio; None without costs. The first of equals.

    Not the cautious reading, which is several at once and is told beside it; nor transfers, which
    leave the ratio as it is; nor what others found, which is a comparison and no sum. Nor the
    reporting year: its ratio stands beside every headline already, and one remark told twice would
    hide the second heaviest.
    """
    against = (a for a in answers if a.objection.code not in BESIDE and a.ratio is not None)
    return min(against, key=lambda answer: answer.ratio or 0.0, default=None)


def answer_objections(portfolio: Portfolio, library: Library) -> Answers:
    """Compute the study and each initiative again for every objection.

    Each is the whole sum once more, with one thing changed: see Change. The study takes the overlap
    between initiatives off; an initiative by itself has none.
    """
    critics = load_objections()
    study: list[Answer] = []
    alone: dict[str, list[Answer]] = {initiative.code: [] for initiative in portfolio.initiatives}
    for objection in critics.every:
        totals, whole = _again(objection, portfolio, library, critics)
        study.append(_answer(objection, whole, library))
        for code, own in totals.items():
            alone[code].append(_answer(objection, own, library))
    return Answers(tuple(study), {code: tuple(answers) for code, answers in alone.items()})


def _answer(objection: Objection, totals: Totals, library: Library) -> Answer:
    benefits, costs = float(totals.benefits), float(totals.costs)
    elsewhere = min((peer.ratio for peer in comparable(library.peers)), default=None)
    if elsewhere is not None and any(change.peer for change in objection.changes):
        benefits = elsewhere * costs
    return Answer(objection, benefits, costs, ratio(benefits, costs))


def _hardest(portfolio: Portfolio, index: IndexTable) -> dict[Key, Draws]:
    """The inputs of the assumption with the widest swing, at its unfavourable end."""
    widest = min(input_swings(portfolio, index), key=width, default=None)
    if widest is None:
        return {}
    end = 0 if widest.low_result < widest.high_result else 1
    return {varying.key: varying.estimate.bounds[end] for varying in widest.assumption.inputs}


def _again(
    objection: Objection, portfolio: Portfolio, library: Library, critics: Objections
) -> tuple[dict[str, Totals], Totals]:
    """The totals of each initiative by itself, and of the counted ones together."""
    hardest = any(change.hardest for change in objection.changes)
    for change in objection.changes:
        portfolio = changed(portfolio, change, partial(critics.concerns, change, library=library))
    calculator, index = Calculator(portfolio, library.index), library.index
    alone = {
        i.code: calculator.initiative(i, _hardest(portfolio.alone(i), index) if hardest else {})
        for i in portfolio.initiatives
    }
    together = _hardest(portfolio, index) if hardest else {}
    parts = [
        calculator.in_study(i, calculator.initiative(i, together) if hardest else alone[i.code])
        for i in portfolio.counted
    ]
    return alone, add(parts, len(portfolio.study.groups))


def changed(portfolio: Portfolio, change: Change, concerns: Callable[[Effect], bool]) -> Portfolio:
    """The portfolio with what one objection changes. concerns: which effects it is about."""
    study = portfolio.study
    study = replace(study, discount_rate=study.discount_rate + change.rate_more)
    if change.within_activity:
        study = replace(study, horizon=min(study.horizon, study.activity_years))
    initiatives = tuple(
        replace(
            initiative,
            effects=tuple(
                _within(_changed_effect(e, change) if concerns(e) else e, change, study.horizon)
                for e in initiative.effects
            ),
            investments=tuple(
                _changed_cost(cost, change, study.activity_years, study.horizon)
                for cost in initiative.investments
            ),
        )
        for initiative in portfolio.initiatives
    )
    overlaps = portfolio.overlaps
    if change.overlap:
        overlaps = (*overlaps, *_assumed(portfolio, change.overlap))
    return replace(portfolio, study=study, initiatives=initiatives, overlaps=overlaps)


def _within(effect: Effect, change: Change, horizon: int) -> Effect:
    """The inflow of the years that are looked at."""
    return replace(effect, inflow=effect.inflow[: 1 if change.first_year else horizon])


def _changed_effect(effect: Effect, change: Change) -> Effect:
    deadweight = max(effect.deadweight.mode, change.deadweight_at_least) + change.deadweight_more
    displacement = max(effect.displacement.mode, change.displacement_at_least)
    value = effect.unit_value
    if change.leisure and value.kind == REAL_GAIN:
        persons, way = (PERSON, *PERSONS), effect.sign * effect.factor * value.priced.mode
        kept = {
            party: share * (1 - change.leisure if party in persons and share * way > 0 else 1)
            for party, share in value.shares.items()
        }
        value = replace(value, shares=kept)
    return replace(
        effect,
        deadweight=_moved(effect.deadweight, min(1.0, deadweight)),
        displacement=_moved(effect.displacement, displacement),
        factor=effect.factor * change.benefits_times,
        unit_value=value,
    )


def _moved(estimate: Estimate, mode: float) -> Estimate:
    """The estimate itself where nothing changes, else the number without a range."""
    return estimate if mode == estimate.mode else Estimate(mode)


def _changed_cost(cost: Investment, change: Change, years: int, horizon: int) -> Investment:
    """A cost line. Of one that falls in one year only, the first year bears an equal part of the activity."""
    if change.volunteers and cost.kind == VOLUNTEER_HOURS:
        cost = replace(cost, kind=IN_KIND)
    amounts = cost.amounts[:horizon]
    if change.first_year:
        filled = [amount for amount in amounts if amount.mode]
        amounts = amounts[:1]
        if len(filled) == 1:
            amounts = (Estimate(filled[0].mode / years),)
    return replace(cost, amounts=amounts)


def _assumed(portfolio: Portfolio, share: float) -> list[Overlap]:
    """The pairs of which nobody told how many come to both, with this share of the smaller of the two."""
    return [
        Overlap(first.code, second.code, share * min(first.participants, second.participants))
        for first, second in unanswered(portfolio, portfolio.counted)
        if first.participants and second.participants
    ]
