"""What may be said of an outcome: shares, who pays, domains, evidence, people and hours.

Each of these stands in the workbook and in the letter, so each has one rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from toolkit.method.appraisal import NOISE, of_inflow
from toolkit.method.defaults import USUAL
from toolkit.method.direction import change_name
from toolkit.method.impact import net_factor
from toolkit.method.returns import ratio
from toolkit.model.arrays import Floats
from toolkit.model.initiative import Effect, Initiative, Investment, PmEffect
from toolkit.model.result import Gain, Outcome
from toolkit.model.study import GOVERNMENT, INSURERS, MUNICIPALITY, Study
from toolkit.model.unit_value import GRADES, VOLUNTEER_HOUR

NOTHING = 0.5
"""Below half a euro an amount is noise of binary arithmetic and counts as nothing."""
CENT = 0.005
"""Euros: two amounts that differ by less show the same cents."""


def group_shares(outcome: Outcome) -> dict[str, float] | None:
    """Share of each group in the benefits: B[group] / B.

    None where a group loses, as shares then say nothing, and where there are no benefits.
    """
    sides, whole = outcome.per_group(), outcome.benefits_pv
    gained = {group: sides[group][0] for group in outcome.study.groups}
    if whole <= NOTHING or any(euros < -NOTHING for euros in gained.values()):
        return None
    return {group: max(0.0, euros) / whole for group, euros in gained.items()}


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
    """A public payer: its name, the parties it is, and benefits per euro that it pays.

    ratio: of the years in which all costs have cover.  with_gap: of all years, if it pays for what has no
    cover too; None where everything has cover.
    """

    name: str
    parties: tuple[str, ...]
    ratio: float
    with_gap: float | None


def public_payer(outcome: Outcome) -> Payer | None:
    """The municipality where it pays at least MUNICIPAL_SHARE of the costs, else government.

    Benefits that the inflow of the years with full cover brings / what the payer pays in those years;
    without any gap that is B / its costs. None where neither pays in such a year.
    """
    spent = outcome.present_costs(outcome.cost_per_party).tolist()
    paid = dict(zip(outcome.parties, spent, strict=True))
    name, parties = GOVERNMENT, outcome.members(GOVERNMENT)
    if paid.get(MUNICIPALITY, 0.0) >= MUNICIPAL_SHARE * outcome.costs_pv > 0:
        name, parties = MUNICIPALITY, (MUNICIPALITY,)
    whole = sum(paid[party] for party in parties)
    if not outcome.uncovered_pv:
        found = ratio(outcome.benefits_pv, whole)
        return None if found is None else Payer(name, parties, found, None)
    covered = list(covered_years(outcome))
    places = [outcome.parties.index(party) for party in parties]
    per_year = outcome.cost_per_party[places].sum(axis=0) * outcome.cost_factors
    gained = sum(float(gain.amounts.sum()) for gain in gains_of(outcome, covered))
    found = ratio(gained, float(per_year[covered].sum()))
    if found is None:
        return None
    return Payer(name, parties, found, ratio(outcome.benefits_pv, whole + outcome.uncovered_pv))


def covered_years(outcome: Outcome) -> tuple[int, ...]:
    """The years in which all costs have cover, as places in the study."""
    return tuple(np.flatnonzero(np.abs(outcome.uncovered) <= NOTHING).tolist())


def gains_of(outcome: Outcome, years: Collection[int]) -> tuple[Gain, ...]:
    """What each line brings by the inflow of some years, as places in the study."""
    return replace(outcome, lines=tuple(of_inflow(line, years) for line in outcome.lines)).gains


def paying_initiatives(outcome: Outcome) -> set[str]:
    """The codes of the initiatives of which costs inside the ratio are known."""
    return {cost.initiative for cost in outcome.costs if cost.inside and cost.per_year.sum() > NOTHING}


STRONG_GRADES = ("A", "B")
"""Evidence of what was counted or asked; all else is an estimate or an impression, or was not told."""
EXPECTED = "expected"
"""What stands where a grade stands for inflow of later years: nobody can have counted that."""


def evidence_shares(outcome: Outcome, parties: Iterable[str] | None = None) -> dict[str, float] | None:
    """Share of the benefits that rests on each grade of evidence, and on what is only expected.

    Each effect weighs by |its net benefit| for these parties, by default all, so that a transfer between
    them weighs nothing. What the inflow of the reporting year brings has the grade of its effect (D
    without one), what later inflow brings is EXPECTED. None where every net benefit is nothing.
    """
    among = [outcome.parties.index(party) for party in (outcome.parties if parties is None else parties)]
    sums = dict.fromkeys((*GRADES, EXPECTED), 0.0)
    for gain, counted in zip(outcome.gains, gains_of(outcome, (0,)), strict=True):
        now, all_years = net(counted.amounts[among]), net(gain.amounts[among])
        sums[gain.line.effect.grade or GRADES[-1]] += abs(now)
        sums[EXPECTED] += abs(all_years - now)
    total = sum(sums.values())
    return {grade: amount / total for grade, amount in sums.items()} if total else None


MOST_USUAL = 0.10
"""More of the benefits than this on usual quantities, and somebody must say that they hold here."""


def usual_share(outcome: Outcome) -> float:
    """Share of the benefits that rests on usual quantities per person, as nobody counted the total.

    Each effect weighs by |its net benefit| over all parties, as in evidence_shares. 0 without any benefit.
    """
    sizes = [(USUAL in gain.line.effect.defaults, abs(net(gain.amounts))) for gain in outcome.gains]
    whole = sum(size for _, size in sizes)
    return sum(size for is_usual, size in sizes if is_usual) / whole if whole else 0.0


def of_reporting_year(shares: Mapping[str, float] | None) -> dict[str, float]:
    """The shares of the grades among themselves, so of what the reporting year brings; maybe none."""
    graded = {grade: share for grade, share in (shares or {}).items() if grade in GRADES}
    whole = sum(graded.values())
    return {grade: share / whole for grade, share in graded.items()} if whole else {}


def net(amounts: Floats) -> float:
    """The sum of amounts or shares, nothing where they cancel but for the noise of adding up."""
    left = float(amounts.sum())
    return left if abs(left) > NOISE * float(np.abs(amounts).sum()) else 0.0


@dataclass(frozen=True, slots=True)
class Weighty:
    """One change with all its benefit lines, in all initiatives of an outcome.

    share: its net benefit as a share of all benefits.  keys: its lines.  gross: how many it is about in the
    years of the study together; net: what is left after what would have happened anyway, what is at the
    expense of others and what others did.  of_people: whether that counts people, else the unit of the form.
    """

    name: str
    share: float
    keys: tuple[str, ...]
    gross: float
    net: float
    of_people: bool


def largest_change(outcome: Outcome) -> Weighty | None:
    """The change with the largest net benefit over all parties; None where nothing brings a benefit."""
    changes: dict[str, list[Gain]] = defaultdict(list)
    for gain in outcome.gains:
        changes[change_name(gain.line.effect)].append(gain)
    worth = {name: sum(net(gain.amounts) for gain in gains) for name, gains in changes.items()}
    name = max(worth, key=worth.__getitem__, default="")
    total = outcome.benefits_pv
    if not name or total <= NOTHING or worth[name] <= NOTHING:
        return None
    lines = [gain.line for gain in changes[name]]
    rows = {(line.initiative, line.effect.row or line.effect.code): line.effect for line in lines}
    of_people = all(effect.people is not None and not effect.of_units for effect in rows.values())
    gross = {key: sum(n.mode for n in effect.inflow) for key, effect in rows.items()}
    if of_people:
        gross = {key: units / (rows[key].units_per_person or 1.0) for key, units in gross.items()}
    left = {
        key: net_factor(effect.deadweight.mode, effect.displacement.mode, effect.attribution.mode)
        for key, effect in rows.items()
    }
    return Weighty(
        name=name,
        share=worth[name] / total,
        keys=tuple(line.key for line in lines),
        gross=sum(gross.values()),
        net=sum(number * left[key] for key, number in gross.items()),
        of_people=of_people,
    )


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


def per_participant(euros: float, people: float | None, study: Study) -> float | None:
    """Euros per participant in a year: euros / (participants in a year * years of activity).

    None where nobody takes part, or nobody told how many do.
    """
    return euros / (people * study.activity_years) if people else None


def volunteer_hours(initiative: Initiative, study: Study) -> tuple[float, tuple[Investment | Effect, ...]]:
    """Hours of volunteers per year, and the answers that tell them.

    Those among the costs; where there are none, those among the changes: inflow / years of activity.
    """
    given = tuple(cost for cost in initiative.investments if cost.hours)
    if given:
        return float(sum(cost.hours or 0.0 for cost in given)), given
    told = tuple(effect for effect in initiative.effects if effect.unit_value.code == VOLUNTEER_HOUR)
    return sum(number.mode for effect in told for number in effect.inflow) / study.activity_years, told
