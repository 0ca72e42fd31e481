"""What may be said of an outcome: shares, who pays, domains, evidence, people and hours.

Each of these stands in the workbook and in the letter, so each has one rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from toolkit.method.returns import ratio
from toolkit.model.initiative import Effect, Initiative, Investment, PmEffect
from toolkit.model.result import Outcome
from toolkit.model.study import GOVERNMENT, INSURERS, MUNICIPALITY, Study
from toolkit.model.unit_value import VOLUNTEER_HOUR

NOTHING = 0.5
"""Below half a euro an amount is noise of binary arithmetic and counts as nothing."""
CENT = 0.005
"""Euros: two amounts that differ by less show the same cents."""


def group_shares(outcome: Outcome) -> dict[str, float] | None:
    """Share of each group in the benefits: B[group] / B.

    None where a group loses, as shares then say nothing, and where there are no benefits.
    """
    gained, whole = outcome.per_group(), outcome.benefits_pv
    if whole <= NOTHING or any(euros < -NOTHING for euros, _ in gained.values()):
        return None
    return {group: max(0.0, euros) / whole for group, (euros, _) in gained.items()}


def government_with_insurers(study: Study) -> tuple[str, ...] | None:
    """The parties of government if care insurers were counted among them.

    None where the study does not know both, or counts insurers as government already.
    """
    government = tuple(party for party, group in study.parties.items() if group == GOVERNMENT)
    if not government or study.parties.get(INSURERS, GOVERNMENT) == GOVERNMENT:
        return None
    return (*government, INSURERS)


MUNICIPAL_SHARE = 0.25


class Payer(NamedTuple):
    """A public payer: its name, the parties it is, and all benefits per euro that it pays."""

    name: str
    parties: tuple[str, ...]
    ratio: float


def public_payer(outcome: Outcome) -> Payer | None:
    """The municipality where it pays at least MUNICIPAL_SHARE of the costs, else government; B / its costs.

    None where neither pays.
    """
    paid = {party: costs for party, (_, costs) in outcome.per_party().items()}
    name, parties = GOVERNMENT, outcome.members(GOVERNMENT)
    if paid.get(MUNICIPALITY, 0.0) >= MUNICIPAL_SHARE * outcome.costs_pv > 0:
        name, parties = MUNICIPALITY, (MUNICIPALITY,)
    found = ratio(outcome.benefits_pv, sum(paid[party] for party in parties))
    return None if found is None else Payer(name, parties, found)


def paying_initiatives(outcome: Outcome) -> set[str]:
    """The codes of the initiatives of which costs inside the ratio are known."""
    return {cost.initiative for cost in outcome.costs if cost.inside and cost.per_year.sum() > NOTHING}


STRONG_GRADES = ("A", "B")
"""Evidence of what was counted or asked; all else is an estimate or an impression, or was not told."""


def evidence_shares(outcome: Outcome) -> dict[str, float]:
    """Share of the (absolute) benefits that rests on each grade of evidence, '' where none is given."""
    sums: dict[str, float] = defaultdict(float)
    for line in outcome.lines:
        amount = outcome.present_benefits(np.abs(line.benefits)).sum()
        sums[line.effect.grade] += float(amount)
    total = sum(sums.values())
    return {grade: amount / total for grade, amount in sorted(sums.items())} if total else {}


CROSSED_SHARE, LEAST_DOMAINS = 0.10, 3
"""What makes a domain crossed, and from how many on an initiative works across domains."""


def domains_crossed(outcome: Outcome, pm_effects: Iterable[PmEffect]) -> tuple[str, ...]:
    """The domains to which benefits go: CROSSED_SHARE of them, or a good PM effect with strong evidence.

    An unfavourable PM effect is told beside every total, but brings a domain nothing.
    """
    total, per_domain = outcome.benefits_pv, outcome.per_domain()
    large = [d for d, euros in per_domain.items() if total > NOTHING and euros >= CROSSED_SHARE * total]
    described = [e.domain for e in pm_effects if e.is_good and e.known_by in STRONG_GRADES]
    return tuple(filter(None, dict.fromkeys(large + described)))


def participants(initiatives: Sequence[Initiative]) -> float | None:
    """How many take part in all of these together; None where one of them did not tell."""
    answers = [one.participants for one in initiatives if one.participants is not None]
    return sum(answers) if len(answers) == len(initiatives) else None


def volunteer_hours(initiative: Initiative, study: Study) -> tuple[float, tuple[Investment | Effect, ...]]:
    """Hours of volunteers per year, and the answers that tell them.

    Those among the costs; where there are none, those among the changes: inflow / years of activity.
    """
    given = tuple(cost for cost in initiative.investments if cost.hours)
    if given:
        return float(sum(cost.hours or 0.0 for cost in given)), given
    told = tuple(effect for effect in initiative.effects if effect.unit_value.code == VOLUNTEER_HOUR)
    return sum(number.mode for effect in told for number in effect.inflow) / study.activity_years, told
