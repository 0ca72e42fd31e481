"""What only changes hands: a transfer is a gain of one party that another pays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from toolkit.method.direction import value_name
from toolkit.method.figures import NOTHING
from toolkit.model.arrays import Floats
from toolkit.model.result import Gain, Outcome
from toolkit.model.unit_value import TRANSFER


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one unit value moves in one direction.

    name: of the unit value in that direction.  parties: in the order of the study (P).
    """

    name: str
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
    def payers(self) -> dict[str, float]:
        """The parties that hand over and their euros, the largest first."""
        return self._side(-self.amounts)

    @property
    def receivers(self) -> dict[str, float]:
        """The parties that receive and their euros, the largest first."""
        return self._side(self.amounts)

    def _side(self, amounts: Floats) -> dict[str, float]:
        found = {p: float(euros) for p, euros in zip(self.parties, amounts, strict=True) if euros > NOTHING}
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    def among(self, parties: tuple[str, ...]) -> float:
        """Euros that these parties gain by it together; below nothing where they lose."""
        return float(sum(self.amounts[self.parties.index(party)] for party in parties))


def transferring(outcome: Outcome) -> tuple[Gain, ...]:
    """The gains that are a transfer."""
    return tuple(gain for gain in outcome.gains if gain.line.effect.unit_value.kind == TRANSFER)


def transfers(outcome: Outcome) -> tuple[Transfer, ...]:
    """The transfers per unit value and direction, the largest first; one of nothing is none."""
    kinds: dict[str, list[Gain]] = defaultdict(list)
    for gain in transferring(outcome):
        kinds[value_name([gain.line.effect])].append(gain)
    found = (Transfer(name, outcome.parties, tuple(gains)) for name, gains in kinds.items())
    moving = (transfer for transfer in found if np.abs(transfer.amounts).max() > NOTHING)
    return tuple(sorted(moving, key=lambda transfer: -transfer.amount))
