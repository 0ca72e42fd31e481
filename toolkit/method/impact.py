"""Which part of a change is due to the initiative."""

from __future__ import annotations

from typing import TypeVar

from toolkit.model.arrays import Draws

Number = TypeVar("Number", float, Draws)


def net_factor(deadweight: Number, displacement: Number, attribution: Number) -> Number:
    """Share of the change that the initiative itself brings about.

    f = (1 - deadweight) * (1 - displacement) * (1 - attribution): multiplied, never added.
    Takes numbers or arrays between 0 and 1. `attribution` is the share caused by OTHERS.
    Source: A guide to Social Return on Investment (2012), stage 4.

    >>> round(net_factor(0.25, 0.0, 0.1), 3)
    0.675
    """
    return (1 - deadweight) * (1 - displacement) * (1 - attribution)
