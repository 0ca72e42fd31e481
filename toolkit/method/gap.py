"""The gap that temporary money leaves, per year."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.method.figures import NOTHING
from toolkit.model.initiative import TEMPORARY
from toolkit.model.result import CostLine, Outcome


@dataclass(frozen=True, slots=True)
class Spent:
    """What some costs are in one year, as the place of that year in the study. Not discounted."""

    costs: tuple[CostLine, ...]
    place: int
    sign: float = 1.0

    @property
    def amount(self) -> float:
        """Euros of that year, without the sign."""
        return float(sum(cost.per_year[self.place] for cost in self.costs))


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap in one year, as the place of that year in the study, and what it is the sum of."""

    place: int
    spent: tuple[Spent, ...]

    @property
    def amount(self) -> float:
        """Euros, not discounted."""
        return sum(spent.sign * spent.amount for spent in self.spent)


def gaps(outcome: Outcome) -> tuple[Gap, ...]:
    """Per year the costs that nobody promised, and those that other money took over from temporary money.

    The second is by how much other money pays more than in the first year, up to what fell away. Only years
    with a gap.
    """
    costs = tuple(cost for cost in outcome.costs if cost.inside)
    passing = tuple(cost for cost in costs if cost.investment.term == TEMPORARY)
    lasting = tuple(cost for cost in costs if cost.investment.term != TEMPORARY)
    first = most = Spent((), 0)
    found = []
    for place in range(outcome.study.horizon):
        ended = Spent(tuple(cost for cost in costs if _is_open(cost, place)), place)
        going = Spent(tuple(cost for cost in passing if not _is_open(cost, place)), place)
        now = Spent(tuple(cost for cost in lasting if not _is_open(cost, place)), place)
        first = now if place == 0 else first
        most = max(most, going, key=lambda spent: spent.amount)
        # what other money took over, or what fell away: the smaller of the two
        after, before = min((now, first), (most, going), key=lambda pair: pair[0].amount - pair[1].amount)
        gap = Gap(place, (ended,))
        if after.amount - before.amount > NOTHING:
            gap = Gap(place, (ended, after, Spent(before.costs, before.place, -1.0)))
        if gap.amount > NOTHING:
            found.append(gap)
    return tuple(found)


def _is_open(cost: CostLine, place: int) -> bool:
    """Tell whether nobody promised a cost in that year."""
    return bool(cost.per_year[place] != cost.covered[place])
