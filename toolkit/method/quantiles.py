"""From a number between 0 and 1 to a value: the quantile functions of the distributions."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from toolkit.model.arrays import Floats
from toolkit.model.estimate import Estimate

_Z95 = 1.6448536269514722
_CELLS, _STEPS, _TAIL = 2048, 8192, 1 / 64
_FARTHEST = 8.5
"""How many standard deviations a normal table reaches: as far as binary numbers tell."""


class _Curve(NamedTuple):
    """A quantile function by points. chances, values: close together at both ends, for the tails.

    starts, rises: per equal step of chance where it starts and how much it rises, for what lies between.
    """

    chances: Floats
    values: Floats
    starts: Floats
    rises: Floats


def quantile(estimate: Estimate, chances: Floats) -> Floats:
    """The values below which the estimate lies with these chances (each between 0 and 1).

    pert: low + (high - low) * Q, Q the quantile function of beta(1 + 4(mode - low)/(high - low),
    1 + 4(high - mode)/(high - low)), linear between the points of a table. normal and lognormal: low
    and high are the 5th and 95th percentile.

    >>> quantile(Estimate(3.0, 2.0, 6.0, "uniform"), np.array([0.0, 0.5, 1.0])).tolist()
    [2.0, 4.0, 6.0]
    >>> quantile(Estimate(1.0, 0.0, 2.0), np.array([0.5])).round(6).tolist()
    [1.0]
    """
    mode, (low, high) = estimate.mode, estimate.bounds
    width = high - low
    if estimate.dist == "pert":
        found = _read(_pert((mode - low) / width), chances)
        found *= width
        found += low
        return found
    if estimate.dist == "triangular":
        turn = (mode - low) / width
        rising = low + np.sqrt(chances * width * (mode - low))
        falling = high - np.sqrt((1 - chances) * width * (high - mode))
        return np.where(chances <= turn, rising, falling)
    if estimate.dist == "uniform":
        return low + chances * width
    deviations = _read(_normal(), chances)
    if estimate.dist == "normal":
        return (low + high) / 2 + deviations * width / (2 * _Z95)
    low, high = math.log(low), math.log(high)
    return np.exp((low + high) / 2 + deviations * (high - low) / (2 * _Z95))


def _read(curve: _Curve, chances: Floats) -> Floats:
    """Look up in equal steps, which needs no search; in the tails, where a step is coarse, search."""
    steps = chances * _STEPS
    places = steps.astype(np.intp)
    steps -= places
    steps *= curve.rises[places]
    steps += curve.starts[places]
    tails = np.flatnonzero((chances < _TAIL) | (chances > 1 - _TAIL))
    steps[tails] = np.interp(chances[tails], curve.chances, curve.values)
    return steps


def _curve(chances: Floats, values: Floats) -> _Curve:
    starts: Floats = np.interp(np.arange(_STEPS + 1) / _STEPS, chances, values)
    return _Curve(chances, values, starts, np.append(np.diff(starts), 0.0))


@lru_cache(maxsize=256)
def _pert(turn: float) -> _Curve:
    """The quantile function on [0, 1] with the mode at `turn`.

    The density x^(4 turn) (1 - x)^(4 - 4 turn), added up over points that lie close together at both ends.
    """
    angles = np.linspace(0.0, math.pi, _CELLS + 1)
    values: Floats = (1 - np.cos(angles)) / 2
    density = values ** (4 * turn) * (1 - values) ** (4 - 4 * turn) * np.sin(angles)
    below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    return _curve(below / below[-1], values)


@lru_cache(maxsize=1)
def _normal() -> _Curve:
    """The standard normal quantile function."""
    values: Floats = np.linspace(-_FARTHEST, _FARTHEST, 4 * _CELLS + 1)
    return _curve(np.array([math.erfc(-z / math.sqrt(2)) / 2 for z in values]), values)
