"""Effects over the years: cohorts, drop-off, horizon and discounting."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from toolkit.model.arrays import Draws, Floats

Number = TypeVar("Number", float, Fraction)


def discount_factors(rate: float, horizon: int, theta: float = 0.0) -> Floats:
    """Value today of one euro in each year.

    1 / (1 + rate)^(s + theta) for s = 0..horizon-1; theta 0 (begin), 0.5 or 1 (end of year).
    Source: Werkgroep discontovoet 2020; HM Treasury Green Book, annex 6.

    >>> discount_factors(0.25, 3).tolist()
    [1.0, 0.8, 0.64]
    """
    factors: Floats = (1.0 + rate) ** -(np.arange(horizon, dtype=float) + theta)
    return factors


def cohort_sums(
    inflow: Sequence[Number], drop_off: Number, duration: int, lag: int, horizon: int
) -> list[Number | int]:
    """Units that count in each year of the horizon, in the number type of the input.

    S[s] = sum over t of n[t] * (1 - drop_off)^(s - t - lag) with 0 <= s - t - lag < duration.
    Given fractions the answer is exact.

    >>> from fractions import Fraction
    >>> cohort_sums([Fraction(1, 3)], Fraction(1, 2), duration=2, lag=1, horizon=3)
    [0, Fraction(1, 3), Fraction(1, 6)]
    """
    units: list[Number | int] = [0] * horizon
    for start, number in enumerate(inflow):
        first = start + lag
        for year in range(first, min(first + duration, horizon)):
            units[year] += number * (1 - drop_off) ** (year - first)
    return units


def units_in_effect(
    inflow: Sequence[float], drop_off: float, duration: int, lag: int, horizon: int
) -> Floats:
    """Units that count in each year of the horizon, see cohort_sums.

    inflow: n[t], units per year.  Result: array of `horizon` years.

    >>> units_in_effect([10, 10], drop_off=0.5, duration=2, lag=0, horizon=4).tolist()
    [10.0, 15.0, 5.0, 0.0]
    """
    return np.array(cohort_sums(inflow, drop_off, duration, lag, horizon), dtype=float)


def units_beyond(inflow: Sequence[float], drop_off: float, duration: int, lag: int, horizon: int) -> float:
    """Unit-years that fall after the horizon and are cut.

    >>> units_beyond([10, 10], drop_off=0.5, duration=2, lag=0, horizon=2)
    5.0
    """
    longest = len(inflow) + lag + duration
    whole = units_in_effect(inflow, drop_off, duration, lag, max(longest, horizon))
    return float(whole[horizon:].sum())


def present_units(inflow: ArrayLike, drop_off: Draws, duration: int, lag: int, factors: Floats) -> Draws:
    """Discounted units over the whole horizon, for one case or for many draws at once.

    Sum over years of S[s] * factors[s]. inflow: (T,) or (draws, T); drop_off: number or
    (draws,). Result: number or (draws,). Equals units_in_effect(...) @ factors.

    >>> float(present_units([10, 10], 0.5, 2, 0, np.ones(4)))
    30.0
    """
    started: Floats = np.asarray(inflow, dtype=float)
    horizon, years = len(factors), started.shape[-1]
    ages = min(duration, horizon - lag)
    kept = 1 - drop_off
    total: Draws = 0.0
    for age in reversed(range(ages)):
        last = min(years, horizon - lag - age)
        total = total * kept + started[..., :last] @ factors[lag + age : lag + age + last]
    return total
