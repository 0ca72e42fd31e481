"""What of the benefits frees money in a budget, per year and not brought back to today."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from toolkit.model.arrays import Floats
from toolkit.model.result import Outcome
from toolkit.model.study import GOVERNMENT


def freed_cash(outcome: Outcome) -> Floats:
    """Euros per party and year (P, H) that benefits free, undiscounted, after the corrections for overlap.

    Only of government: what frees its budget may be another's loss of income.
    """
    cash, kept = np.zeros((len(outcome.parties), outcome.study.horizon)), outcome.kept_share()
    for line in outcome.lines:
        if line.effect.unit_value.is_cash:
            cash += line.benefits * kept(line)
    cash[[group != GOVERNMENT for group in outcome.study.parties.values()]] = 0.0
    return cash


def per_task_field(outcome: Outcome, party: str) -> dict[str, tuple[Floats, Floats]]:
    """A party's benefits per task field of the municipal accounts, and what of them frees cash.

    Both are euros per year (H), undiscounted, after the corrections for overlap; '' where a unit value
    names no field.
    """
    place, kept = outcome.parties.index(party), outcome.kept_share()
    none = np.zeros(outcome.study.horizon)
    fields: dict[str, tuple[Floats, Floats]] = defaultdict(lambda: (none, none))
    for line in outcome.lines:
        value, flows = line.effect.unit_value, line.benefits[place] * kept(line)
        benefits, cash = fields[value.task_field]
        fields[value.task_field] = benefits + flows, cash + flows if value.is_cash else cash
    return dict(fields)
