"""Chance: the study computed many times with inputs drawn from their ranges."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.quantiles import quantile
from toolkit.method.ranges import Assumption, Key, assumptions, is_shared, limits, varying_inputs
from toolkit.method.returns import LEAST_COSTS
from toolkit.method.totals import Calculator, Totals, add
from toolkit.model.arrays import Draws, Floats
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Initiative
from toolkit.model.portfolio import Portfolio, Sampling

PERCENTILES = {"p2_5": 2.5, "p5": 5, "p50": 50, "p95": 95, "p97_5": 97.5}
_MIDDLE = Estimate(0.0, -1.0, 1.0)
"""How the numbers of an assumption with several inputs are spread, for its part of the variance."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure is spread over the draws. percentiles: key of PERCENTILES -> value."""

    mean: float
    sd: float
    percentiles: Mapping[str, float]

    def as_dict(self) -> dict[str, float]:
        """mean, sd and percentiles as one flat table."""
        return {"mean": self.mean, "sd": self.sd, **self.percentiles}


@dataclass(frozen=True, slots=True)
class Chance:
    """The spread of one outcome. ratio is None where there are no costs.

    chance_benefits_exceed_costs: share of the draws with B > C; it contains no model error.
    contributions: each assumption with its contribution to the variance of the balance, largest first.
    """

    benefits_pv: Spread
    costs_pv: Spread
    npv: Spread
    ratio: Spread | None
    groups: Mapping[str, Spread]
    chance_benefits_exceed_costs: float
    contributions: tuple[tuple[Assumption, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    """Chance for the study and per initiative."""

    draws: int
    seed: int
    study: Chance
    initiatives: Mapping[str, Chance]

    @property
    def contributions(self) -> tuple[tuple[Assumption, float], ...]:
        """The contributions of the study."""
        return self.study.contributions


def generator_for(key: Key, seed: int) -> np.random.Generator:
    """A PCG64 stream of its own for each assumption, so that the order of rows does not matter."""
    digest = hashlib.sha256("\x1f".join(key).encode()).digest()[:16]
    return np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest, "big")]))


def spread(values: Draws, draws: int) -> Spread:
    """Mean, standard deviation and percentiles of draws; a constant has no spread."""
    drawn: Floats = np.broadcast_to(np.asarray(values, dtype=float), (draws,))
    if drawn.min() == drawn.max():
        constant = float(drawn[0])
        return Spread(constant, 0.0, dict.fromkeys(PERCENTILES, constant))
    return Spread(float(drawn.mean()), float(drawn.std()), _percentiles(drawn))


def _percentiles(values: Floats) -> dict[str, float]:
    """The PERCENTILES, linear between two draws.

    From the highest down: each split leaves less to look at, and a split at one place is several
    times as fast as numpy's split at ten places at once.
    """
    left = values.copy()
    found: dict[str, float] = {}
    for name, percent in reversed(PERCENTILES.items()):
        place, rest = divmod(percent / 100 * (len(values) - 1), 1.0)
        below = int(place)
        left.partition(below)
        above = left[below + 1 :].min(initial=np.inf) if rest else left[below]
        found[name] = float(left[below] + rest * (above - left[below]))
        left = left[: below + 2]  # of few draws the next percentile can lie between the same two
        left[below + 1 :] = above
    return {name: found[name] for name in PERCENTILES}


def _chance(
    totals: Totals,
    groups: tuple[str, ...],
    draws: int,
    moved: list[tuple[Assumption, float]],
    threads: ThreadPoolExecutor,
) -> Chance:
    benefits, costs, balance = totals.benefits, totals.costs, totals.balance
    rows: list[Draws] = [benefits, costs, balance, *totals.groups[: len(groups)]]
    if np.all(np.asarray(costs) > LEAST_COSTS):
        rows.append(benefits / costs)
    # side by side, as numpy lets go of Python
    gained, paid, left, *others = threads.map(lambda values: spread(values, draws), rows)
    return Chance(
        benefits_pv=gained,
        costs_pv=paid,
        npv=left,
        ratio=others[len(groups)] if len(others) > len(groups) else None,
        groups=dict(zip(groups, others, strict=False)),
        chance_benefits_exceed_costs=float(np.mean(balance > 0)),
        contributions=_contributions(balance, moved),
    )


def simulate(portfolio: Portfolio, index: IndexTable) -> Simulation:
    """Compute the portfolio for `portfolio.sampling.draws` draws of every uncertain input.

    Each assumption is one number between 0 and 1 per draw, and each of its inputs is what its own
    quantile function makes of that number; so inputs of one assumption err the same way. A value
    that would lie where an input cannot be (a share outside 0..1) is put at that bound.
    Contribution to variance: squared correlation of an assumption with the total benefits minus
    costs. No other initiative depends on an initiative's own assumptions, so in the study those are
    compared with its own part of the total, and only the draws of one initiative are in memory at a
    time. Raises ValueError for a portfolio without sampling.
    """
    if portfolio.sampling is None:
        raise ValueError("a portfolio without sampling cannot be simulated")
    groups, draws = portfolio.study.groups, portfolio.sampling.draws
    calculator = Calculator(portfolio, index)
    study = add([], len(groups))
    alone: dict[str, Chance] = {}
    moved: list[tuple[Assumption, float]] = []
    with ThreadPoolExecutor() as threads:
        drawn = _Drawn(portfolio.sampling, threads)
        for initiative in portfolio.initiatives:
            inputs = varying_inputs(portfolio, (initiative,))
            found = assumptions(inputs.values())
            values = drawn.values(found)
            totals = calculator.initiative(initiative, values)
            moved_alone = drawn.moved(totals, found.values(), values)
            alone[initiative.code] = _chance(totals, groups, draws, moved_alone, threads)
            if _is_all(initiative, portfolio):
                return Simulation(draws, portfolio.sampling.seed, alone[initiative.code], alone)
            if initiative.counted:
                totals = calculator.in_study(initiative, totals)
                study = add([study, totals], len(groups))
                own = [one for key, one in found.items() if not is_shared(key)]
                moved += drawn.moved(totals, own, values)
            drawn.forget()
        counted = assumptions(varying_inputs(portfolio, portfolio.counted).values())
        shared = {key: one for key, one in counted.items() if is_shared(key)}
        moved += drawn.moved(study, shared.values(), drawn.values(shared))
        whole = _chance(study, groups, draws, moved, threads)
    return Simulation(draws=draws, seed=portfolio.sampling.seed, study=whole, initiatives=alone)


def _is_all(initiative: Initiative, portfolio: Portfolio) -> bool:
    """True where the study is this initiative and nothing else, so that its chance is that of the study."""
    return portfolio.initiatives == portfolio.counted == (initiative,) and not portfolio.overlaps


class _Drawn:
    """The numbers of the assumptions and the values of their inputs, each computed once.

    Side by side, as each assumption has a stream of its own and numpy lets go of Python.
    """

    def __init__(self, sampling: Sampling, threads: ThreadPoolExecutor) -> None:
        self._sampling, self._threads = sampling, threads
        self._numbers: dict[Key, Floats] = {}
        self._values: dict[tuple[Key, Estimate, tuple[float, float]], Floats] = {}

    def forget(self) -> None:
        """Let go of what only one initiative uses."""
        self._numbers = {key: numbers for key, numbers in self._numbers.items() if is_shared(key)}
        self._values = {key: values for key, values in self._values.items() if is_shared(key[0])}

    def values(self, found: Mapping[Key, Assumption]) -> dict[Key, Floats]:
        """The draws of each input of these assumptions, by its key."""
        new = [key for key in found if key not in self._numbers]
        self._numbers |= zip(new, self._threads.map(self._uniform, new), strict=True)
        same = {
            varying.key: (varying.together, replace(varying.estimate, cell=""), limits(varying))
            for assumption in found.values()
            for varying in assumption.inputs
        }
        missing = [key for key in dict.fromkeys(same.values()) if key not in self._values]
        self._values |= zip(missing, self._threads.map(self._quantile, missing), strict=True)
        return {key: self._values[kind] for key, kind in same.items()}

    def _uniform(self, key: Key) -> Floats:
        return generator_for(key, self._sampling.seed).random(self._sampling.draws)

    def _quantile(self, kind: tuple[Key, Estimate, tuple[float, float]]) -> Floats:
        key, estimate, bounds = kind
        values = quantile(estimate, self._numbers[key])
        return values.clip(*bounds, out=values)

    def moved(
        self, totals: Totals, found: Iterable[Assumption], values: Mapping[Key, Floats]
    ) -> list[tuple[Assumption, float]]:
        """The variance of benefits minus costs that goes along with each: covariance^2 / variance.

        Of an assumption with one input those of its values; with more, those of its number as a
        symmetric PERT distribution, to which all its inputs are nearly linear.
        """
        balance = totals.balance
        deviation = balance - np.mean(balance)
        parts = []
        for assumption in found:
            if len(assumption.inputs) == 1:
                drawn = values[assumption.first.key]
            else:
                drawn = quantile(_MIDDLE, self._numbers[assumption.key])
            if variance := float(drawn.var()):
                # a sum, not a product of vectors: that may come out differently on another number of cores
                covariance = float(np.mean(drawn * deviation))
                parts.append((assumption, covariance**2 / variance))
        return parts


def _contributions(
    balance: Draws, moved: list[tuple[Assumption, float]]
) -> tuple[tuple[Assumption, float], ...]:
    """What moved as shares of the variance; with few draws one might seem to exceed it."""
    variance = float(np.var(balance))
    if not variance:
        return ()
    found = [(assumption, min(1.0, part / variance)) for assumption, part in moved]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].key)))
