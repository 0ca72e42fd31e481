"""What only changes hands: a transfer is a gain of one party that another pays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from toolkit.method.figures import NOTHING
from toolkit.model.arrays import Floats
from toolkit.model.result import Gain, Outcome
from toolkit.model.unit_value import TRANSFER


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one unit value moves in one direction.

    is_reversed: against the direction of the unit value, as where an allowance is lost.
    parties: in the order of the study (P).
    """

    name: str
    is_reversed: bool
    parties: tuple[str, ...]
    gains: tuple[Gain, ...]

    @property
    def amounts(self) -> Floats:
        """Present value per party (P), after the corrections for overlap; they add up to nothing."""
        return sum((gain.amounts for gain in self.gains), np.zeros(len(self.parties)))

    @property
    def amount(self) -> float:
        """Euros that change hands: what all who receive receive together."""
        return float(self.amounts[self.amounts > 0].sum())

    @property
    def payers(self) -> tuple[str, ...]:
        """The parties that hand over."""
        return tuple(p for p, euros in zip(self.parties, self.amounts, strict=True) if euros < -NOTHING)

    @property
    def receivers(self) -> tuple[str, ...]:
        """The parties that receive."""
        return tuple(p for p, euros in zip(self.parties, self.amounts, strict=True) if euros > NOTHING)


def transferring(outcome: Outcome) -> tuple[Gain, ...]:
    """The gains that are a transfer."""
    return tuple(gain for gain in outcome.gains if gain.line.effect.unit_value.kind == TRANSFER)


def transfers(outcome: Outcome) -> tuple[Transfer, ...]:
    """The transfers per unit value and direction, in order of first mention; one of nothing is none."""
    kinds: dict[tuple[str, bool], list[Gain]] = defaultdict(list)
    for gain in transferring(outcome):
        effect = gain.line.effect
        kinds[effect.unit_value.name or effect.what_changes, gain.line.net_factor < 0].append(gain)
    found = (Transfer(*kind, outcome.parties, tuple(gains)) for kind, gains in kinds.items())
    return tuple(transfer for transfer in found if np.abs(transfer.amounts).max() > NOTHING)
