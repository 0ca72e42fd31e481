"""The sums of a study for one case or for many draws at once.

The same rules as appraisal, but every input may be a number or an array of draws. Used for
chance, for sensitivity and for break-even; appraisal keeps the full trace of the point estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.appraisal import shares_per_party
from toolkit.method.impact import net_factor
from toolkit.method.overlap import overlap_shares
from toolkit.method.ranges import (
    SHARES,
    Key,
    counts,
    inside_ratio,
    investment_keys,
    row_key,
    unit_value_key,
)
from toolkit.method.timeline import discount_factors, present_units
from toolkit.model.initiative import Effect, Initiative
from toolkit.model.portfolio import Portfolio
from toolkit.model.study import TIMINGS, Study

Values = Mapping[Key, object]


@dataclass(frozen=True, slots=True)
class Totals:
    """Present values: benefits per group (G, or G x draws) and costs (number or draws)."""

    groups: np.ndarray
    costs: object

    @property
    def benefits(self):
        """Sum over the groups."""
        return self.groups.sum(axis=0)


class Calculator:
    """Computes totals of one portfolio for any values of its uncertain inputs."""

    def __init__(self, portfolio: Portfolio, index: IndexTable) -> None:
        self.portfolio, self.study, self.index = portfolio, portfolio.study, index
        study = self.study
        self._benefit_factors = _factors(study, study.timing_benefits)
        self._cost_factors = _factors(study, study.timing_costs)
        place = {group: i for i, group in enumerate(study.groups)}
        self._group_of_party = np.zeros((len(place), len(study.parties)))
        for column, group in enumerate(study.parties.values()):
            self._group_of_party[place[group], column] = 1.0
        self.overlap_shares: dict[str, float] = {}
        for code, _, share in overlap_shares(portfolio.overlaps, {i.code: i for i in portfolio.counted}):
            self.overlap_shares[code] = self.overlap_shares.get(code, 0.0) + share

    def initiative(self, initiative: Initiative, values: Values, in_study: bool = False) -> Totals:
        """Present values of one initiative; inside the study its overlap is taken off."""
        groups: list = [0.0] * len(self.study.groups)
        lost = self.overlap_shares.get(initiative.code, 0.0) if in_study else 0.0
        for effect in initiative.effects:
            if not counts(effect, self.study):
                continue
            euros = self._effect(initiative.code, effect, values)
            if effect.people is not None:
                euros = euros * (1.0 - lost)
            for place, share in enumerate(self._group_of_party @ shares_per_party(effect, self.study)):
                if share:
                    groups[place] = groups[place] + share * euros
        shape = np.broadcast_shapes(*(np.shape(g) for g in groups))
        return Totals(np.array([np.broadcast_to(g, shape) for g in groups]), self._costs(initiative, values))

    def total(self, values: Values) -> Totals:
        """Present values of the counted initiatives together."""
        return add(
            [self.initiative(i, values, in_study=True) for i in self.portfolio.counted],
            len(self.study.groups),
        )

    def _effect(self, code: str, effect: Effect, values: Values):
        value = effect.unit_value
        amount = values.get(unit_value_key(code, effect), value.amount.mode)
        indexed = self.index.factor(value.index, value.price_year, self.study.price_level).factor
        deadweight, displacement, attribution, drop_off = (
            values.get(row_key(code, effect, name), getattr(effect, name).mode) for name in SHARES
        )
        reach = values.get(row_key(code, effect, "reach"), 1.0)
        inflow = _stacked(
            [
                values.get(row_key(code, effect, "inflow", str(year)), number.mode)
                for year, number in enumerate(effect.inflow)
            ]
        )
        units = present_units(inflow, drop_off, effect.duration, effect.lag, self._benefit_factors)
        fixed = effect.sign * effect.factor * indexed
        return fixed * reach * amount * net_factor(deadweight, displacement, attribution) * units

    def _costs(self, initiative: Initiative, values: Values):
        total = 0.0
        for name, investment in zip(investment_keys(initiative), initiative.investments, strict=True):
            if not inside_ratio(investment, self.study):
                continue
            for year, amount in enumerate(investment.amounts):
                key = (initiative.code, name, "amount", str(year))
                total = total + values.get(key, amount.mode) * self._cost_factors[year]
        return total


def add(parts: list[Totals], groups: int) -> Totals:
    """The sum of several totals."""
    if not parts:
        return Totals(np.zeros(groups), 0.0)
    total, costs = parts[0].groups, parts[0].costs
    for part in parts[1:]:
        left, right = np.broadcast_arrays(*_aligned(total, part.groups))
        total, costs = left + right, costs + part.costs
    return Totals(total, costs)


def _aligned(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give (G,) arrays a draw axis where the other has one."""
    if left.ndim < right.ndim:
        left = left[:, None]
    elif right.ndim < left.ndim:
        right = right[:, None]
    return left, right


def _stacked(numbers: list):
    """Per-year numbers or draws as (T,) or (draws, T)."""
    shape = np.broadcast_shapes(*(np.shape(n) for n in numbers)) if numbers else ()
    return np.stack([np.broadcast_to(n, shape) for n in numbers], axis=-1) if numbers else np.zeros(0)


def _factors(study: Study, timing: str) -> np.ndarray:
    return discount_factors(study.discount_rate, study.horizon, TIMINGS[timing])
