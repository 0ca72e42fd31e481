"""Headline figures of two flows: ratio, internal rate of return, payback."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from toolkit.model.arrays import Draws, Floats

LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
_GRID = np.expm1(np.linspace(np.log1p(LOWEST_RATE), np.log1p(HIGHEST_RATE), 8001))
_HALVINGS = 80
_NEAR_ZERO, _NOISE = 1e-4, 1e-12
Balance = Callable[[Draws], Floats]
LEAST_COSTS = 1e-6
"""Euros; costs below this are none, and dividing by them could go beyond what a number can hold."""


def ratio(benefits_pv: float, costs_pv: float) -> float | None:
    """Benefits per euro of costs; None where there are no costs.

    >>> ratio(3.0, 2.0)
    1.5
    """
    return benefits_pv / costs_pv if costs_pv > LEAST_COSTS else None


def break_even_participants(participants: float | None, benefits_pv: float, costs_pv: float) -> float | None:
    """Number of participants per year at which benefits equal costs, all benefits moving with them.

    participants * C / B; None where the number is unknown, and where there are no benefits or no costs.

    >>> break_even_participants(40, benefits_pv=200.0, costs_pv=50.0)
    10.0
    """
    if not participants or benefits_pv <= 0 or costs_pv <= LEAST_COSTS:
        return None
    return participants * costs_pv / benefits_pv


def payback_year(benefits: ArrayLike, costs: ArrayLike) -> int | None:
    """First year (counted from 1) at whose end the running benefits cover the running costs.

    benefits, costs: present values per year. It must stay so to the horizon, and there must
    be costs; otherwise None.

    >>> payback_year([0, 3, 3], [4, 0, 0])
    3
    >>> payback_year([5, 0, 0], [4, 0, 2]) is None
    True
    """
    running_benefits, running_costs = np.cumsum(benefits), np.cumsum(costs)
    tolerance = 1e-9 * max(1.0, float(np.abs(running_costs).max(initial=0.0)))
    covered = (running_benefits >= running_costs - tolerance) & (running_costs > 0)
    for year in range(len(covered)):
        if covered[year:].all():
            return year + 1
    return None


def internal_rates(
    benefits: ArrayLike, costs: ArrayLike, theta_benefits: float = 0.0, theta_costs: float = 0.0
) -> list[float]:
    """Rates at which the present values of benefits and costs are equal.

    Solves sum B[s] (1+r)^-(s+theta_b) = sum C[s] (1+r)^-(s+theta_c) on (-0.99, 10): every
    change of sign on a fine grid, then halving; where the balance comes near zero and turns
    back, its turning point is looked at too. Result: rates in rising order, maybe none. Where
    both flows are the same every rate would do, and there is none to report.

    >>> [round(r, 4) for r in internal_rates([0, 39, 59, 55, 20], [100, 0, 0, 0, 0])]
    [0.2809]
    >>> [round(r, 4) for r in internal_rates([0, 220, 0], [100, 0, 121])]
    [0.1]
    """
    gains: Floats = np.asarray(benefits, dtype=float)
    spends: Floats = np.asarray(costs, dtype=float)
    if theta_benefits == theta_costs:
        net = gains - spends
        net[np.abs(net) <= _NOISE * (np.abs(gains) + np.abs(spends))] = 0.0
        gains, spends = net, np.zeros_like(net)
    if not np.any(gains) and not np.any(spends):
        return []
    years = np.arange(len(gains))
    first = min(theta_benefits, theta_costs)

    def balance(rates: Draws) -> Floats:
        """Present value of benefits minus costs, as a share of the sum of both."""
        growth = np.atleast_1d(1.0 + rates)[:, None]
        gained = gains * growth ** -(years + theta_benefits - first)
        paid = spends * growth ** -(years + theta_costs - first)
        size = np.abs(gained).sum(axis=1) + np.abs(paid).sum(axis=1)
        shares: Floats = (gained.sum(axis=1) - paid.sum(axis=1)) / size
        return shares

    values = balance(_GRID)
    roots = [float(rate) for rate, value in zip(_GRID, values, strict=True) if value == 0.0]
    for place in np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0):
        roots.append(_halved(balance, _GRID[place], _GRID[place + 1]))
    for place in _turning_points(values):
        roots += _near_touch(balance, _GRID[place - 1], _GRID[place + 1])
    return sorted(roots)


def _halved(balance: Balance, low: float, high: float) -> float:
    """The rate between two rates of opposite sign at which the balance is zero."""
    sign = np.sign(balance(low)[0])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if np.sign(balance(middle)[0]) == sign:
            low = middle
        else:
            high = middle
    return float((low + high) / 2)


def _turning_points(values: Floats) -> NDArray[np.intp]:
    """Places on the grid where the balance is near zero and turns back without crossing it."""
    size = np.abs(values)
    lowest = (size[1:-1] <= size[:-2]) & (size[1:-1] <= size[2:]) & (size[1:-1] < _NEAR_ZERO)
    same_side = (values[1:-1] * values[:-2] > 0) & (values[1:-1] * values[2:] > 0)
    return np.flatnonzero(lowest & same_side) + 1


def _near_touch(balance: Balance, low: float, high: float) -> list[float]:
    """Roots between two rates of equal sign: none, one where the balance touches zero, or two."""
    sign, left, right = np.sign(balance(low)[0]), low, high
    for _ in range(_HALVINGS):
        third = (right - left) / 3
        if sign * balance(left + third)[0] < sign * balance(right - third)[0]:
            right -= third
        else:
            left += third
    bottom = (left + right) / 2
    depth = sign * balance(bottom)[0]
    if depth > _NOISE:
        return []
    if depth >= -_NOISE:
        return [float(bottom)]
    return [_halved(balance, low, bottom), _halved(balance, bottom, high)]


def internal_rate(rates: list[float]) -> float | None:
    """The internal rate of return to report: of several the one nearest zero.

    >>> internal_rate([-0.68, -0.08])
    -0.08
    """
    return min(rates, key=abs) if rates else None
