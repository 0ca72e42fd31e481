"""The study as a critic would compute it: one change, and the total and the ratio after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from toolkit.kengetallen.library import Library
from toolkit.kengetallen.objections import Change, Objection, Objections, load_objections
from toolkit.kengetallen.peers import comparable
from toolkit.method.overlap import unanswered
from toolkit.method.ranges import Key
from toolkit.method.returns import ratio
from toolkit.method.sensitivity import Swing, input_swings, width
from toolkit.method.totals import Calculator, Totals, add
from toolkit.model.arrays import Draws
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import IN_KIND, VOLUNTEER_HOURS, Effect, Initiative, Investment
from toolkit.model.portfolio import Overlap, Portfolio
from toolkit.model.study import PERSONS
from toolkit.model.unit_value import PERSON, REAL_GAIN

COUNTED_YEAR, CAUTIOUS = "counted_year", "cautious"
"""The objection of which the ratio stands beside every headline, and the last one."""


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


def answer_objections(portfolio: Portfolio, library: Library) -> Answers:
    """Compute the study and each initiative again for every objection.

    Each is the whole sum once more, with one thing changed: see Change. The study takes the overlap
    between initiatives off; an initiative by itself has none.
    """
    critics = load_objections()
    study: list[Answer] = []
    alone: dict[str, list[Answer]] = {initiative.code: [] for initiative in portfolio.initiatives}
    swings = _Swings(portfolio, library)
    for objection in critics.every:
        totals, whole = _again(objection, portfolio, library, critics, swings)
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


class _Swings:
    """The assumption that each outcome hangs on most, at its unfavourable end; computed when asked."""

    def __init__(self, portfolio: Portfolio, library: Library) -> None:
        self.portfolio, self.library = portfolio, library

    def of_study(self) -> dict[Key, Draws]:
        """For the counted initiatives together."""
        return _hardest(input_swings(self.portfolio, self.library.index))

    def of_initiative(self, initiative: Initiative) -> dict[Key, Draws]:
        """For one initiative by itself."""
        alone = replace(self.portfolio, initiatives=(replace(initiative, counted=True),), overlaps=())
        return _hardest(input_swings(alone, self.library.index))


def _hardest(swings: list[Swing]) -> dict[Key, Draws]:
    """The values of the inputs of the assumption with the widest swing; of equals the first by name."""
    widest = min(swings, key=width, default=None)
    if widest is None:
        return {}
    end = 0 if widest.low_result < widest.high_result else 1
    return {varying.key: varying.estimate.bounds[end] for varying in widest.assumption.inputs}


def _again(
    objection: Objection,
    portfolio: Portfolio,
    library: Library,
    critics: Objections,
    swings: _Swings,
) -> tuple[dict[str, Totals], Totals]:
    """The totals of each initiative by itself, and of the counted ones together."""
    hardest = any(change.hardest for change in objection.changes)
    for change in objection.changes:
        portfolio = changed(portfolio, change, partial(critics.concerns, change, library=library))
    calculator = Calculator(portfolio, library.index)
    alone = {
        i.code: calculator.initiative(i, swings.of_initiative(i) if hardest else {})
        for i in portfolio.initiatives
    }
    together = swings.of_study() if hardest else {}
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
