"""What of the benefits frees money in a budget, and what costs a budget more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from toolkit.kengetallen.budgets import load_budgets
from toolkit.method.figures import NOTHING
from toolkit.model.arrays import Floats
from toolkit.model.result import Gain, Line, Outcome
from toolkit.model.study import MUNICIPALITY, Study


@dataclass(frozen=True, slots=True)
class Cash:
    """What parties spend less and more, in euros, positive; the last axis is the year, or there is none.

    saved: benefit lines of a party that free money.  extra: lines on which it loses, whether that is money
    or not.  own: what it pays for the initiatives.
    """

    saved: Floats
    extra: Floats
    own: Floats

    @property
    def net(self) -> Floats:
        """Less spent minus more spent, before its own contribution."""
        return self.saved - self.extra

    def of(self, place: int) -> Cash:
        """That of one party, by its place."""
        return Cash(self.saved[place], self.extra[place], self.own[place])


def frees_cash(line: Line, study: Study) -> bool:
    """Tell whether what a line brings is money that can be spent otherwise."""
    return load_budgets().frees_cash(line.effect.unit_value, study)


def moving(outcome: Outcome, party: str) -> tuple[list[Gain], list[Gain]]:
    """The gains by which a party spends less, and those by which it spends more."""
    place = outcome.parties.index(party)
    less = [g for g in outcome.gains if g.amounts[place] > 0 and frees_cash(g.line, outcome.study)]
    return less, [gain for gain in outcome.gains if gain.amounts[place] < 0]


def per_year(outcome: Outcome) -> Cash:
    """Cash per party and year (P, H), undiscounted, after the corrections for overlap."""
    saved, kept = np.zeros((len(outcome.parties), outcome.study.horizon)), outcome.kept_share()
    extra = saved.copy()
    for line in outcome.lines:
        flows = line.benefits * kept(line)
        if frees_cash(line, outcome.study):
            saved += np.maximum(flows, 0.0)
        extra -= np.minimum(flows, 0.0)
    return Cash(saved, extra, outcome.cost_per_party)


def present(outcome: Outcome) -> Cash:
    """Cash per party (P) in present value."""
    flows = per_year(outcome)
    gained = outcome.present_benefits
    return Cash(gained(flows.saved), gained(flows.extra), outcome.present_costs(flows.own))


def above_gain(outcome: Outcome) -> tuple[str, ...]:
    """The parties that spend less, and by more than they gain: on other lines they lose what is no cash."""
    gained, saved = outcome.present_benefits(outcome.benefits), present(outcome).saved
    sides = zip(outcome.parties, gained, saved, strict=True)
    return tuple(party for party, gain, less in sides if less > NOTHING and less - gain > NOTHING)


def per_task_field(outcome: Outcome, party: str = MUNICIPALITY) -> dict[str, tuple[Floats, Cash]]:
    """A party's benefits per task field of the municipal accounts, and the cash among them.

    Both per year (H), undiscounted, after the corrections for overlap; its own contribution belongs to no
    field. '' where a unit value names no field.
    """
    place, kept = outcome.parties.index(party), outcome.kept_share()
    none = np.zeros(outcome.study.horizon)
    fields: dict[str, tuple[Floats, Cash]] = defaultdict(lambda: (none, Cash(none, none, none)))
    for line in outcome.lines:
        value, flows = line.effect.unit_value, line.benefits[place] * kept(line)
        benefits, cash = fields[value.task_field]
        saved = np.maximum(flows, 0.0) if frees_cash(line, outcome.study) else none
        fields[value.task_field] = (
            benefits + flows,
            Cash(cash.saved + saved, cash.extra - np.minimum(flows, 0.0), none),
        )
    return dict(fields)
