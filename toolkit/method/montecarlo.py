"""Chance: the study computed many times with inputs drawn from their ranges."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.ranges import Key, Varying, is_shared, limits, varying_inputs
from toolkit.method.returns import LEAST_COSTS
from toolkit.method.totals import Calculator, Totals, add
from toolkit.model.arrays import Draws, Floats
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Initiative
from toolkit.model.portfolio import Portfolio, Sampling

PERCENTILES = {"p2_5": 2.5, "p5": 5, "p50": 50, "p95": 95, "p97_5": 97.5}
_Z95 = 1.6448536269514722


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
    contributions: each input with its contribution to the variance of the balance, largest first.
    """

    benefits_pv: Spread
    costs_pv: Spread
    npv: Spread
    ratio: Spread | None
    groups: Mapping[str, Spread]
    chance_benefits_exceed_costs: float
    contributions: tuple[tuple[Varying, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    """Chance for the study and per initiative."""

    draws: int
    seed: int
    study: Chance
    initiatives: Mapping[str, Chance]

    @property
    def contributions(self) -> tuple[tuple[Varying, float], ...]:
        """The contributions of the study."""
        return self.study.contributions


def draw(estimate: Estimate, draws: int, generator: np.random.Generator) -> Floats:
    """Draw from an estimate's distribution.

    pert: low + (high - low) * beta(1 + 4(mode - low)/(high - low), 1 + 4(high - mode)/(high - low)).
    normal and lognormal: low and high are the 5th and 95th percentile.
    """
    mode, (low, high) = estimate.mode, estimate.bounds
    width = high - low
    if estimate.dist == "pert":
        weight = 4 * (mode - low) / width
        values = generator.beta(1 + weight, 5 - weight, draws)
        values *= width
        values += low
        return values
    if estimate.dist == "triangular":
        return generator.triangular(low, mode, high, draws)
    if estimate.dist == "uniform":
        return generator.uniform(low, high, draws)
    if estimate.dist == "normal":
        return generator.normal((low + high) / 2, width / (2 * _Z95), draws)
    low, high = float(np.log(low)), float(np.log(high))
    return generator.lognormal((low + high) / 2, (high - low) / (2 * _Z95), draws)


def generator_for(key: Key, seed: int) -> np.random.Generator:
    """A PCG64 stream of its own for each input, so that the order of rows does not matter."""
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
    moved: list[tuple[Varying, float]],
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

    A unit value is drawn once and shared by all initiatives that use it. A draw that would lie
    where an input cannot be (a share outside 0..1) is put at that bound. Contribution to
    variance: squared correlation of an input with the total benefits minus costs. No other
    initiative depends on an initiative's own inputs, so in the study those are compared with its
    own part of the total, and only the draws of one initiative are in memory at a time. Raises
    ValueError for a portfolio without sampling.
    """
    sampling = portfolio.sampling
    if sampling is None:
        raise ValueError("a portfolio without sampling cannot be simulated")
    groups, draws = portfolio.study.groups, sampling.draws
    calculator = Calculator(portfolio, index)
    everywhere = varying_inputs(portfolio, portfolio.initiatives)
    study = add([], len(groups))
    alone: dict[str, Chance] = {}
    moved: list[tuple[Varying, float]] = []
    with ThreadPoolExecutor() as threads:
        shared = _drawn({k: v for k, v in everywhere.items() if is_shared(k)}, sampling, threads)
        variances = {key: float(drawn.var()) for key, drawn in shared.items()}
        for initiative in portfolio.initiatives:
            inputs = varying_inputs(portfolio, (initiative,))
            own = {key: varying for key, varying in inputs.items() if not is_shared(key)}
            values = shared | _drawn(own, sampling, threads)
            variances |= {key: float(values[key].var()) for key in own}
            totals = calculator.initiative(initiative, values)
            moved_alone = _moved(totals, inputs, values, variances)
            alone[initiative.code] = _chance(totals, groups, draws, moved_alone, threads)
            if _is_all(initiative, portfolio):
                return Simulation(draws, sampling.seed, alone[initiative.code], alone)
            if initiative.counted:
                totals = calculator.in_study(initiative, totals)
                study = add([study, totals], len(groups))
                moved += _moved(totals, own, values, variances)
        counted = varying_inputs(portfolio, portfolio.counted)
        moved += _moved(study, {key: counted[key] for key in counted if is_shared(key)}, shared, variances)
        whole = _chance(study, groups, draws, moved, threads)
    return Simulation(draws=draws, seed=sampling.seed, study=whole, initiatives=alone)


def _is_all(initiative: Initiative, portfolio: Portfolio) -> bool:
    """True where the study is this initiative and nothing else, so that its chance is that of the study."""
    return portfolio.initiatives == portfolio.counted == (initiative,) and not portfolio.overlaps


def _drawn(
    inputs: Mapping[Key, Varying], sampling: Sampling, threads: ThreadPoolExecutor
) -> dict[Key, Floats]:
    """Draws of each input. Side by side, as each has a stream of its own and numpy lets go of Python."""

    def drawn(varying: Varying) -> Floats:
        values = draw(varying.estimate, sampling.draws, generator_for(varying.key, sampling.seed))
        return values.clip(*limits(varying), out=values)

    return dict(zip(inputs, threads.map(drawn, inputs.values()), strict=True))


def _moved(
    totals: Totals,
    inputs: Mapping[Key, Varying],
    values: Mapping[Key, Floats],
    variances: Mapping[Key, float],
) -> list[tuple[Varying, float]]:
    """The variance of benefits minus costs that goes along with each input: covariance^2 / variance."""
    balance = totals.balance
    deviation = balance - np.mean(balance)
    found = []
    for key, varying in inputs.items():
        if variances[key]:
            # a sum, not a product of vectors: that may come out differently on another number of cores
            covariance = float(np.mean(values[key] * deviation))
            found.append((varying, covariance**2 / variances[key]))
    return found


def _contributions(balance: Draws, moved: list[tuple[Varying, float]]) -> tuple[tuple[Varying, float], ...]:
    """What moved as shares of the variance; with few draws one might seem to exceed it."""
    variance = float(np.var(balance))
    if not variance:
        return ()
    found = [(varying, min(1.0, part / variance)) for varying, part in moved]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].key)))
