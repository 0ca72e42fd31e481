"""What is shown of an outcome, every figure computed once: the tables of a workbook only lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.method import cash
from toolkit.method.appraisal import headline
from toolkit.method.cash import Cash
from toolkit.method.figures import (
    NOTHING,
    Payer,
    Weighty,
    domains_crossed,
    evidence_shares,
    government_with_insurers,
    group_shares,
    largest_change,
    participants,
    per_participant,
    public_payer,
    volunteer_hours,
)
from toolkit.method.montecarlo import Chance
from toolkit.method.objections import CAUTIOUS, COUNTED_YEAR, Answer, heaviest, named
from toolkit.method.ranges import Assumption
from toolkit.method.returns import break_even_participants, ratio
from toolkit.method.sensitivity import STUDY, Analysis, benefit_fall
from toolkit.method.totals import Totals
from toolkit.method.transfers import Transfer, transfers
from toolkit.model.arrays import Floats
from toolkit.model.initiative import Initiative
from toolkit.model.result import Headline, Outcome
from toolkit.model.study import GOVERNMENT, MUNICIPALITY


class Sums(NamedTuple):
    """Present values of one scenario, and their ratio; None without costs."""

    benefits: float
    costs: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """An outcome with all that is said of it. Euros of the price level; present values unless told.

    initiatives: those it is about.  per_group, per_party: (benefits, costs).  shares: of each group in the
    benefits, None where a group loses.  with_insurers: benefits of government if care insurers were part of
    it, None where that cannot be.  handed: what transfers hand to each party.  cash: euros per party and
    year (P, H) that benefits free, undiscounted.  task_fields: benefits of the municipality and what of them
    frees cash, per year (H), undiscounted.  per_line: euros per party (P) of each benefit line, in the order
    of the outcome, before corrections for overlap.
    """

    outcome: Outcome
    chance: Chance
    analysis: Analysis
    initiatives: tuple[Initiative, ...]
    headline: Headline
    per_group: Mapping[str, tuple[float, float]]
    per_party: Mapping[str, tuple[float, float]]
    per_domain: Mapping[str, float]
    per_group_and_domain: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, float] | None
    with_insurers: float | None
    handed: Mapping[str, float]
    transfers: tuple[Transfer, ...]
    evidence: Mapping[str, float] | None
    largest: Weighty | None
    payer: Payer | None
    benefit_fall: float | None
    break_even_participants: float | None
    domains: tuple[str, ...]
    volunteer_hours: float
    scenarios: Mapping[str, Sums]
    cash: Cash
    cash_pv: Cash
    task_fields: Mapping[str, tuple[Floats, Cash]]
    objections: tuple[Answer, ...]
    per_line: tuple[Floats, ...]

    @property
    def counted_year(self) -> Answer:
        """Benefits and costs of the reporting year alone."""
        return named(self.objections, COUNTED_YEAR)

    @property
    def cautious(self) -> Answer:
        """What the cautious reading leaves."""
        return named(self.objections, CAUTIOUS)

    @property
    def computed_again(self) -> tuple[Answer, ...]:
        """The answers that are this sum once more: all but the ratio that was found elsewhere."""
        return tuple(a for a in self.objections if not any(c.peer for c in a.objection.changes))

    @property
    def withstood(self) -> tuple[Answer, ...]:
        """Those of computed_again in which the benefits exceed the costs."""
        return tuple(answer for answer in self.computed_again if answer.benefits_pv > answer.costs_pv)

    @property
    def heaviest_objection(self) -> Answer | None:
        """The one objection that leaves the least, as the letter names it too."""
        return heaviest(self.objections)

    @property
    def hardest(self) -> Assumption | None:
        """The assumption that the balance hangs on most, of objection hardest; None where nothing varies."""
        own = (swing.assumption for swing in self.analysis.swings if swing.assumption.key[0] != STUDY)
        return next(own, None)

    @property
    def cash_above_gain(self) -> tuple[str, ...]:
        """The parties that spend less, and by more than they gain."""
        return cash.above_gain(self.outcome)

    @property
    def municipal_cash(self) -> float | None:
        """What the municipality spends less minus what it spends more, before its own contribution.

        Present value; None where the study does not know that party.
        """
        parties = self.outcome.parties
        if MUNICIPALITY not in parties:
            return None
        return float(self.cash_pv.of(parties.index(MUNICIPALITY)).net)

    def each_year(self, euros: float) -> float | None:
        """Euros per participant in a year, None where it is not known how many there are."""
        return per_participant(euros, participants(self.initiatives), self.outcome.study)

    @property
    def evidence_per_group(self) -> dict[str, dict[str, float] | None]:
        """The evidence of what each group gains and loses; None where that is nothing."""
        groups = self.outcome.study.groups
        return {group: evidence_shares(self.outcome, self.outcome.members(group)) for group in groups}

    @property
    def government_share_without_transfers(self) -> float | None:
        """Share of government in the benefits if no transfer counted.

        (B[government] - its transfers) / B, as transfers cancel in B; None where group_shares has none: a
        group loses, or there are no benefits.
        """
        left = {group: self.per_group[group][0] for group in self.outcome.study.groups}
        for party, group in self.outcome.study.parties.items():
            left[group] -= self.handed[party]
        whole = self.headline.benefits_pv
        if whole <= NOTHING or any(euros < -NOTHING for euros in left.values()):
            return None
        return left[GOVERNMENT] / whole


def summarise(
    outcome: Outcome,
    chance: Chance,
    analysis: Analysis,
    objections: tuple[Answer, ...],
    initiatives: tuple[Initiative, ...],
) -> Summary:
    """The summary of one initiative or of the counted ones together."""
    figures, study, per_party = headline(outcome), outcome.study, outcome.per_party()
    together = government_with_insurers(study)
    described = [effect for initiative in initiatives for effect in initiative.pm_effects]
    people = participants(initiatives)
    scenarios = analysis.scenarios
    return Summary(
        outcome=outcome,
        chance=chance,
        analysis=analysis,
        initiatives=initiatives,
        headline=figures,
        per_group=outcome.per_group(),
        per_party=per_party,
        per_domain=outcome.per_domain(),
        per_group_and_domain=outcome.per_group_and_domain(),
        shares=group_shares(outcome),
        with_insurers=sum(per_party[party][0] for party in together) if together else None,
        handed=outcome.transfers,
        transfers=transfers(outcome),
        evidence=evidence_shares(outcome),
        largest=largest_change(outcome),
        payer=public_payer(outcome),
        benefit_fall=benefit_fall(outcome),
        break_even_participants=break_even_participants(people, figures.benefits_pv, figures.costs_pv),
        domains=domains_crossed(outcome, described),
        volunteer_hours=sum(volunteer_hours(initiative, study)[0] for initiative in initiatives),
        scenarios={
            "cautious": _sums(scenarios.cautious),
            "middle": _sums(scenarios.middle),
            "favourable": _sums(scenarios.favourable),
        },
        cash=cash.per_year(outcome),
        cash_pv=cash.present(outcome),
        task_fields=cash.per_task_field(outcome),
        objections=objections,
        per_line=tuple(outcome.present_benefits(line.benefits) for line in outcome.lines),
    )


def _sums(totals: Totals) -> Sums:
    benefits, costs = float(totals.benefits), float(totals.costs)
    return Sums(benefits, costs, ratio(benefits, costs))
