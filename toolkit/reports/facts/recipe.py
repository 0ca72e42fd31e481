"""How a figure is made, and what comes out: the lines it adds up, the sums it divides, the draws it ranks.

A recipe is worked out here and nowhere else. A fact takes its value from it, and a trace shows its terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.method.appraisal import correction, of_inflow
from toolkit.method.figures import net
from toolkit.method.montecarlo import Chance, Simulation, Spread
from toolkit.method.objections import Answer
from toolkit.model.arrays import Floats
from toolkit.model.narrowing import as_a, as_number
from toolkit.model.result import Correction, CostLine, Line, Outcome, StudyOutcome
from toolkit.model.study import NO_COVER, Study

BENEFITS, COSTS, OVERLAP = "benefits", "costs", "overlap"
NOISE = 1e-6
"""Euros: what sums that cancel leave behind in binary arithmetic is less, and is nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One line with its euros in a figure.

    line: a benefit line, the cost of something, or a correction for overlap.
    weights: what a euro of each year counts for (H).  shares: what counts of each party's share (P).
    """

    key: str
    line: Line | CostLine | Correction
    amount: float
    weights: Floats
    shares: Floats
    sign: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """Euros of benefit lines, of costs or of overlap corrections, as a term of a figure.

    Of benefits the corrections for overlap belong to it, unless it is about one initiative alone.
    keys: only these lines; None for all.  parties: only what they gain or pay; None for all.
    initiative: the code of an initiative on its own; empty for the study.
    present: as present value, else undiscounted.  year: only that calendar year.
    inflow: only what the inflow of these years brings, as places in the study; None for all.
    sizes: the net benefit of each line by its size, so that a transfer is nothing.
    """

    side: str
    sign: float = 1.0
    keys: frozenset[str] | None = None
    parties: frozenset[str] | None = None
    initiative: str = ""
    present: bool = True
    year: int | None = None
    inflow: tuple[int, ...] | None = None
    sizes: bool = False

    def __neg__(self) -> Part:
        return replace(self, sign=-self.sign)

    def of(self, parties: Sequence[str]) -> Part:
        """The same, for these parties only."""
        return replace(self, parties=frozenset(parties))

    def only(self, keys: Sequence[str]) -> Part:
        """The same, for these lines only."""
        return replace(self, keys=frozenset(keys))

    def euros(self, study: StudyOutcome) -> float:
        """What it is: as the method adds up an outcome that holds nothing else."""
        held = self._held(study)
        if self.parties is None:
            return self.sign * (held.costs_pv if self.side == COSTS else held.benefits_pv)
        gained_or_paid = 1 if self.side == COSTS else 0
        sides = held.per_party().items()
        return self.sign * sum(both[gained_or_paid] for party, both in sides if party in self.parties)

    def terms(self, study: StudyOutcome) -> list[Term]:
        """The same one by one, in the order of the study; they add up to its euros."""
        held = self._held(study)
        counted: Floats = np.array(
            [float(self.parties is None or party in self.parties) for party in held.parties]
        )
        return list(self._costs(held) if self.side == COSTS else self._benefits(held, counted))

    def _held(self, study: StudyOutcome) -> Outcome:
        """An outcome with only the lines, costs, corrections and years that this part is about."""
        whole = study.initiatives[self.initiative] if self.initiative else study
        held = replace(
            whole,
            lines=tuple(line for line in whole.lines if self._holds(line.key)),
            costs=tuple(cost for cost in whole.costs if cost.inside and self._holds(cost.key)),
            corrections=(),
            benefit_factors=self._weights(whole.benefit_factors, whole.study),
            cost_factors=self._weights(whole.cost_factors, whole.study),
        )
        if self.inflow is not None:
            held = replace(held, lines=tuple(of_inflow(line, self.inflow) for line in held.lines))
        if self.sizes:
            held = replace(held, lines=tuple(map(_by_size, held.lines)))
        again = tuple(correction(c.initiative, c.other, c.share, held) for c in whole.corrections)
        return replace(held, lines=() if self.side == OVERLAP else held.lines, corrections=again)

    def _holds(self, key: str) -> bool:
        return self.keys is None or key in self.keys

    def _weights(self, factors: Floats, study: Study) -> Floats:
        weights = factors if self.present else np.ones_like(factors)
        if self.year is None:
            return weights
        in_year: Floats = np.array([float(year == self.year) for year in study.years])
        return weights * in_year

    def _benefits(self, held: Outcome, counted: Floats) -> Iterator[Term]:
        weights = held.benefit_factors
        for line in held.lines:
            shares = line.shares * counted
            if shares.any():
                amount = self.sign * float(line.per_year @ weights * shares.sum())
                yield Term(line.key, line, amount, weights, shares, self.sign)
        for taken in held.corrections:
            amount = self.sign * float(counted @ taken.benefits @ weights)
            if abs(amount) > NOISE:
                yield Term(f"{taken.initiative}+{taken.other}", taken, amount, weights, counted, self.sign)

    def _costs(self, held: Outcome) -> Iterator[Term]:
        for cost in held.costs:
            flows = self._paid(cost)
            if flows is not None:
                amount = self.sign * float(flows @ held.cost_factors)
                weights = np.where(flows == cost.per_year, held.cost_factors, 0.0)
                yield Term(cost.key, cost, amount, weights, np.ones(0), self.sign)

    def _paid(self, cost: CostLine) -> Floats | None:
        """What of a cost belongs here, per year: what its party promised, what has no cover, or both."""
        if self.parties is None:
            return cost.per_year
        promised, open_ = cost.investment.party in self.parties, NO_COVER in self.parties
        if promised and open_:
            return cost.per_year
        without_cover = cost.per_year - cost.covered
        if open_:
            return without_cover if without_cover.any() else None
        return cost.covered if promised else None


def _by_size(line: Line) -> Line:
    """A line of which the net benefit counts by its size; a transfer has none."""
    left = net(line.shares)
    if not left:
        return replace(line, shares=np.zeros_like(line.shares))
    turned = -1.0 if line.net_factor * line.unit_amount * left < 0 else 1.0
    return replace(line, net_factor=turned * line.net_factor)


GAINED, PAID = Part(BENEFITS), Part(COSTS)
BALANCE = (GAINED, -PAID)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of parts. is_floored: never below zero."""

    parts: tuple[Part, ...]
    is_floored: bool = False

    def value(self, study: StudyOutcome, simulation: Simulation) -> float:
        """Euros."""
        euros = sum(part.euros(study) for part in self.parts)
        return 0.0 if abs(euros) < NOISE or (self.is_floored and euros < 0) else euros


@dataclass(frozen=True, slots=True)
class Ratio:
    """One sum divided by another; where that is nothing, so is this."""

    above: Sum
    below: Sum

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of both sums."""
        return self.above.parts + self.below.parts

    def value(self, study: StudyOutcome, simulation: Simulation) -> float:
        """Euros per euro, or a share."""
        below = self.below.value(study, simulation)
        return self.above.value(study, simulation) / below if below else 0.0


def total(*parts: Part) -> Sum:
    """A sum."""
    return Sum(parts)


def at_least_nothing(*parts: Part) -> Sum:
    """A sum; nothing where it lies below zero."""
    return Sum(parts, is_floored=True)


def loss(*parts: Part) -> Sum:
    """How far a sum lies below zero, without its sign; nothing where it does not."""
    return at_least_nothing(*(-part for part in parts))


def ratio(above: Part | Sum, below: Part) -> Ratio:
    """What stands above per euro of what stands below."""
    return Ratio(above if isinstance(above, Sum) else total(above), total(below))


DRAWN: Mapping[str, Callable[[Part, Part], Sum | Ratio]] = {
    "benefits_pv": lambda gained, paid: total(gained),
    "npv": lambda gained, paid: total(gained, -paid),
    "ratio": ratio,
}
"""Figures of Chance, and how each is made of what is gained and what is paid."""


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile of a figure over all draws.

    figure: one of DRAWN.  point: such as 'p5'.  initiative: the code of an initiative on its own; empty
    for the study.  is_loss: how far it lies below zero, without its sign.
    """

    figure: str
    point: str
    initiative: str = ""
    is_loss: bool = False

    @property
    def estimate(self) -> Sum | Ratio:
        """The same figure without chance, which may lie on the other side of zero."""
        sign = -1.0 if self.is_loss else 1.0
        gained, paid = (replace(part, initiative=self.initiative, sign=sign) for part in (GAINED, PAID))
        return DRAWN[self.figure](gained, paid)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the point estimate."""
        return self.estimate.parts

    def chance(self, simulation: Simulation) -> Chance:
        """The draws it is taken from."""
        return simulation.initiatives[self.initiative] if self.initiative else simulation.study

    def value(self, study: StudyOutcome, simulation: Simulation) -> float:
        """Euros, or euros per euro."""
        spread = as_a(Spread, getattr(self.chance(simulation), self.figure))
        found = spread.percentiles[self.point]
        return max(0.0, -found) if self.is_loss else found


@dataclass(frozen=True, slots=True)
class Answered:
    """What is left if a critic is right: the study was computed again with what the objection changes.

    figure: benefits_pv, costs_pv or ratio of the answer.
    """

    answer: Answer
    figure: str

    @property
    def before(self) -> Sum | Ratio:
        """The same figure without the objection."""
        return {"benefits_pv": total(GAINED), "costs_pv": total(PAID)}.get(self.figure) or ratio(GAINED, PAID)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the figure without the objection."""
        return self.before.parts

    def value(self, study: StudyOutcome, simulation: Simulation) -> float:
        """Euros, or euros per euro."""
        return float(as_number(getattr(self.answer, self.figure)))


Recipe = Sum | Ratio | Percentile | Answered
