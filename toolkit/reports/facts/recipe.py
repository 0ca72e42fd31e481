"""How a figure is made: which lines, of which parties and years, added up or divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

BENEFITS, COSTS, OVERLAP = "benefits", "costs", "overlap"


@dataclass(frozen=True, slots=True)
class Part:
    """Euros of benefit lines, of costs or of overlap corrections, as a term of a figure.

    Of benefits the corrections for overlap belong to it, unless it is about one initiative alone.
    keys: only these lines; None for all.  parties: only what they gain or pay; None for all.
    initiative: the code of an initiative on its own; empty for the study.
    present: as present value, else undiscounted.  year: only that calendar year.
    sizes: what a party loses counts as much as what another gains.
    """

    side: str
    sign: float = 1.0
    keys: frozenset[str] | None = None
    parties: frozenset[str] | None = None
    initiative: str = ""
    present: bool = True
    year: int | None = None
    sizes: bool = False

    def __neg__(self) -> Part:
        return replace(self, sign=-self.sign)

    def of(self, parties: Sequence[str]) -> Part:
        """The same, for these parties only."""
        return replace(self, parties=frozenset(parties))

    def only(self, keys: Sequence[str]) -> Part:
        """The same, for these lines only."""
        return replace(self, keys=frozenset(keys))


@dataclass(frozen=True, slots=True)
class Made:
    """The sum of `plus`, divided by the sum of `per` where there is one.

    floored: never below zero.  percentile: not the sum itself but this percentile of it over all
    draws, such as 'p5'.
    """

    plus: tuple[Part, ...]
    per: tuple[Part, ...] = ()
    floored: bool = False
    percentile: str = ""


GAINED, PAID = Part(BENEFITS), Part(COSTS)
BALANCE = (GAINED, -PAID)


def total(*parts: Part) -> Made:
    """A sum."""
    return Made(parts)


def loss(*parts: Part) -> Made:
    """How far a sum lies below zero, without its sign; nothing where it does not."""
    return Made(tuple(-part for part in parts), floored=True)
