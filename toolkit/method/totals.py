"""The sums of a study for one case or for many draws at once.

The same rules as appraisal, but every input may be a number or an array of draws. Used for
chance, for sensitivity and for break-even; appraisal keeps the full trace of the point estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.appraisal import NOISE, factors, shares_per_party
from toolkit.method.impact import net_factor
from toolkit.method.overlap import overlap_shares
from toolkit.method.ranges import (
    SHARES,
    SPREAD,
    Key,
    counts,
    inside_ratio,
    investment_keys,
    reach_spreads,
    row_key,
    unit_value_key,
)
from toolkit.method.timeline import present_units
from toolkit.model.arrays import Draws, Floats
from toolkit.model.initiative import Effect, Initiative
from toolkit.model.portfolio import Portfolio

Values = Mapping[Key, Draws]


@dataclass(frozen=True, slots=True)
class Totals:
    """Present values: benefits per group (G, or G x draws) and costs (number or draws).

    personal: the part of the benefits that comes with people, and so can be counted twice.
    turnover: the sum of |benefits| per effect and party and of |costs|.
    """

    groups: Floats
    costs: Draws
    personal: Floats
    turnover: Draws

    @property
    def benefits(self) -> Draws:
        """Sum over the groups."""
        total: Draws = self.groups.sum(axis=0)
        return total

    @property
    def balance(self) -> Draws:
        """Benefits minus costs; nothing where only the noise of adding up is left."""
        left = self.benefits - self.costs
        return np.where(np.abs(left) <= NOISE * self.turnover, 0.0, left)


class Calculator:
    """Computes totals of one portfolio for any values of its uncertain inputs."""

    def __init__(self, portfolio: Portfolio, index: IndexTable) -> None:
        self.portfolio, self.study, self.index = portfolio, portfolio.study, index
        study = self.study
        self._benefit_factors = factors(study, study.timing_benefits)
        self._cost_factors = factors(study, study.timing_costs)
        place = {group: i for i, group in enumerate(study.groups)}
        self._group_of_party = np.zeros((len(place), len(study.parties)))
        for column, group in enumerate(study.parties.values()):
            self._group_of_party[place[group], column] = 1.0
        self.overlap_shares: dict[str, float] = {}
        for code, _, share in overlap_shares(portfolio.overlaps, {i.code: i for i in portfolio.counted}):
            self.overlap_shares[code] = self.overlap_shares.get(code, 0.0) + share

    def initiative(self, initiative: Initiative, values: Values) -> Totals:
        """Present values of one initiative by itself."""
        personal: list[Draws] = [0.0] * len(self.study.groups)
        others, turnover = personal.copy(), 0.0
        for effect in initiative.effects:
            if not counts(effect, self.study):
                continue
            euros = self._effect(initiative.code, effect, values)
            groups, shares = (
                others if effect.people is None else personal,
                shares_per_party(effect, self.study),
            )
            turnover = turnover + np.abs(euros) * np.abs(shares).sum()
            for place, share in enumerate(self._group_of_party @ shares):
                if share:
                    groups[place] = groups[place] + share * euros
        together, (costs, spent) = _rows(personal), self._costs(initiative, values)
        return Totals(_sum(together, _rows(others)), costs, together, turnover + spent)

    def in_study(self, initiative: Initiative, totals: Totals) -> Totals:
        """Totals of one initiative as they count in the study: its overlap taken off."""
        lost = self.overlap_shares.get(initiative.code)
        if not lost:
            return totals
        personal = totals.personal * (1.0 - lost)
        groups = _sum(totals.groups, personal - totals.personal)
        return Totals(groups, totals.costs, personal, totals.turnover)

    def total(self, values: Values) -> Totals:
        """Present values of the counted initiatives together."""
        parts = [self.in_study(i, self.initiative(i, values)) for i in self.portfolio.counted]
        return add(parts, len(self.study.groups))

    def _effect(self, code: str, effect: Effect, values: Values) -> Draws:
        value = effect.unit_value
        amount = values.get(unit_value_key(code, effect), value.priced.mode)
        indexed = self.index.factor(value.index, value.price_year, self.study.price_level).factor
        deadweight, displacement, attribution, drop_off = (
            values.get(row_key(code, effect, name), getattr(effect, name).mode) for name in SHARES
        )
        inflow = [
            values.get(row_key(code, effect, "inflow", str(year)), number.mode)
            for year, number in enumerate(effect.inflow)
        ]
        when = (drop_off, effect.duration, effect.lag, self._benefit_factors)
        units = present_units(_stacked(inflow), *when)
        if (spread := values.get(row_key(code, effect, "reach", SPREAD))) is not None:
            modes = np.array([number.mode for number in effect.inflow])
            units = units + spread * present_units(modes * reach_spreads(effect), *when)
        euros = effect.sign * effect.factor * indexed * units
        euros = euros * values.get(row_key(code, effect, "reach"), 1.0)
        worth: Draws = euros * amount * net_factor(deadweight, displacement, attribution)
        return worth

    def _costs(self, initiative: Initiative, values: Values) -> tuple[Draws, Draws]:
        """Present value of the costs, and of all that is paid or comes back."""
        total: Draws = 0.0
        moved: Draws = 0.0
        for name, investment in zip(investment_keys(initiative), initiative.investments, strict=True):
            if not inside_ratio(investment, self.study):
                continue
            for year, amount in enumerate(investment.amounts):
                key = (initiative.code, name, "amount", str(year))
                paid = values.get(key, amount.mode) * self._cost_factors[year]
                total, moved = total + paid, moved + np.abs(paid)
        return total, moved


def add(parts: list[Totals], groups: int) -> Totals:
    """The sum of several totals."""
    total = Totals(np.zeros(groups), 0.0, np.zeros(groups), 0.0)
    for part in parts:
        total = Totals(
            _sum(total.groups, part.groups),
            total.costs + part.costs,
            _sum(total.personal, part.personal),
            total.turnover + part.turnover,
        )
    return total


def _rows(numbers: list[Draws]) -> Floats:
    """Numbers or draws one below the other: (R,) or (R, draws)."""
    if any(isinstance(n, np.ndarray) for n in numbers):
        return np.array(np.broadcast_arrays(*numbers))
    return np.array(numbers, dtype=float)


def _stacked(numbers: list[Draws]) -> Floats:
    """Per-year numbers or draws as (T,) or (draws, T)."""
    return _rows(numbers).T


def _sum(left: Floats, right: Floats) -> Floats:
    """The sum of (G,) or (G, draws) arrays; one without draws holds for every draw of the other."""
    total: Floats = (left.T + right.T).T
    return total
