"""Chance: the study computed many times with inputs drawn from their ranges."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.ranges import Key, Varying, limits, varying_inputs
from toolkit.method.totals import Calculator, Totals, add
from toolkit.model.estimate import Estimate
from toolkit.model.portfolio import Portfolio

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


def draw(estimate: Estimate, draws: int, generator: np.random.Generator) -> np.ndarray:
    """Draw from an estimate's distribution.

    pert: low + (high - low) * beta(1 + 4(mode - low)/(high - low), 1 + 4(high - mode)/(high - low)).
    normal and lognormal: low and high are the 5th and 95th percentile.
    """
    low, mode, high = estimate.low, estimate.mode, estimate.high
    width = high - low
    if estimate.dist == "pert":
        weight = 4 * (mode - low) / width
        return low + width * generator.beta(1 + weight, 5 - weight, draws)
    if estimate.dist == "triangular":
        return generator.triangular(low, mode, high, draws)
    if estimate.dist == "uniform":
        return generator.uniform(low, high, draws)
    if estimate.dist == "normal":
        return generator.normal((low + high) / 2, width / (2 * _Z95), draws)
    low, high = np.log(low), np.log(high)
    return generator.lognormal((low + high) / 2, (high - low) / (2 * _Z95), draws)


def generator_for(key: Key, seed: int) -> np.random.Generator:
    """A PCG64 stream of its own for each input, so that the order of rows does not matter."""
    digest = hashlib.sha256("\x1f".join(key).encode()).digest()[:16]
    return np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest, "big")]))


def spread(values, draws: int) -> Spread:
    """Mean, standard deviation and percentiles of draws; a constant has no spread."""
    values = np.broadcast_to(np.asarray(values, dtype=float), (draws,))
    if values.min() == values.max():
        constant = float(values[0])
        return Spread(constant, 0.0, dict.fromkeys(PERCENTILES, constant))
    points = np.percentile(values, list(PERCENTILES.values()))
    return Spread(
        float(values.mean()), float(values.std()), dict(zip(PERCENTILES, map(float, points), strict=True))
    )


def _chance(totals: Totals, groups: tuple[str, ...], draws: int, inputs, values) -> Chance:
    benefits, costs = totals.benefits, totals.costs
    balance = benefits - costs
    ratio = spread(benefits / costs, draws) if np.all(np.asarray(costs) > 0) else None
    return Chance(
        benefits_pv=spread(benefits, draws),
        costs_pv=spread(costs, draws),
        npv=spread(balance, draws),
        ratio=ratio,
        groups={g: spread(totals.groups[i], draws) for i, g in enumerate(groups)},
        chance_benefits_exceed_costs=float(np.mean(balance > 0)),
        contributions=_contributions(balance, inputs, values),
    )


def simulate(portfolio: Portfolio, index: IndexTable) -> Simulation:
    """Compute the portfolio for `portfolio.sampling.draws` draws of every uncertain input.

    A unit value is drawn once and shared by all initiatives that use it. A draw that would lie
    where an input cannot be (a share outside 0..1) is put at that bound. Contribution to
    variance: squared correlation of an input with the total benefits minus costs.
    """
    sampling, groups = portfolio.sampling, portfolio.study.groups
    values = {
        key: draw(varying.estimate, sampling.draws, generator_for(key, sampling.seed)).clip(*limits(varying))
        for key, varying in varying_inputs(portfolio, portfolio.initiatives).items()
    }
    calculator = Calculator(portfolio, index)
    alone, together = {}, []
    for initiative in portfolio.initiatives:
        totals = calculator.initiative(initiative, values)
        own = varying_inputs(portfolio, (initiative,))
        alone[initiative.code] = _chance(totals, groups, sampling.draws, own, values)
        if initiative.counted:
            corrected = initiative.code in calculator.overlap_shares
            together.append(calculator.initiative(initiative, values, in_study=True) if corrected else totals)
    study, shared = add(together, len(groups)), varying_inputs(portfolio, portfolio.counted)
    return Simulation(
        draws=sampling.draws,
        seed=sampling.seed,
        study=_chance(study, groups, sampling.draws, shared, values),
        initiatives=alone,
    )


def _contributions(balance, inputs, values) -> tuple[tuple[Varying, float], ...]:
    balance = np.asarray(balance)
    deviation = balance - balance.mean()
    power = float(deviation @ deviation) if balance.ndim else 0.0
    if not power:
        return ()
    found = []
    for key, varying in inputs.items():
        own = values[key] - values[key].mean()
        if spread_of_own := float(own @ own):
            found.append((varying, float((own @ deviation) ** 2 / (power * spread_of_own))))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].key)))
