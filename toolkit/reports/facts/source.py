"""What the facts are made from: one study with its chance, and sums that several facts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.kengetallen.library import Library
from toolkit.method.figures import covered_years
from toolkit.method.montecarlo import Simulation
from toolkit.method.objections import Answer
from toolkit.model.finding import Finding
from toolkit.model.initiative import Effect, Initiative
from toolkit.model.letter import Letter
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import CostLine, Gain, StudyOutcome
from toolkit.model.study import NO_COVER, Study
from toolkit.reports.facts.fact import clean, tags
from toolkit.words.vocabulary import UnknownWord, section, word


@dataclass(frozen=True, slots=True)
class Earlier:
    """The study of the letter before, computed with the unit values and the price level of now."""

    portfolio: Portfolio
    outcome: StudyOutcome


@dataclass(frozen=True)
class Source:
    """Everything `build` was given.

    answers: what is left of the study if a critic is right.  library: what it was computed with.
    """

    outcome: StudyOutcome
    simulation: Simulation
    answers: tuple[Answer, ...]
    portfolio: Portfolio
    letter: Letter
    findings: Sequence[Finding]
    library: Library
    earlier: Earlier | None = None

    @property
    def study(self) -> Study:
        """The settings of the study."""
        return self.outcome.study

    @property
    def counted(self) -> tuple[Initiative, ...]:
        """The initiatives inside the total."""
        return self.portfolio.counted

    @cached_property
    def gains(self) -> tuple[Gain, ...]:
        """The lines of the counted initiatives."""
        return self.outcome.gains

    @cached_property
    def costs(self) -> tuple[CostLine, ...]:
        """The costs of the counted initiatives that the ratio counts."""
        return tuple(cost for cost in self.outcome.costs if cost.inside)

    @cached_property
    def per_party(self) -> dict[str, tuple[float, float]]:
        """Present value of (benefits, costs) per party."""
        return self.outcome.per_party()

    @cached_property
    def per_group_and_domain(self) -> dict[str, dict[str, float]]:
        """Present value of benefits per group and domain."""
        return self.outcome.per_group_and_domain()

    @cached_property
    def line_keys(self) -> tuple[str, ...]:
        """The keys of all benefit lines in the total."""
        return tuple(line.key for line in self.outcome.lines)

    @cached_property
    def cost_keys(self) -> tuple[str, ...]:
        """The keys of all costs in the total."""
        return tuple(cost.key for cost in self.costs)

    @property
    def covered_years(self) -> tuple[int, ...]:
        """The calendar years in which all costs have cover."""
        return tuple(self.study.years[place] for place in covered_years(self.outcome))

    def costs_of(self, party: str) -> list[str]:
        """The keys of the costs that a party has promised, or that have no cover."""
        return [cost.key for cost in self.costs if paid_by(cost, party)]

    @cached_property
    def initiative_tags(self) -> dict[str, str]:
        """Code of an initiative -> its form inside the name of a fact."""
        return tags([initiative.code for initiative in self.portfolio.initiatives])

    @cached_property
    def group_tags(self) -> dict[str, str]:
        """Group -> the branch of its facts: its own name for the four of the letter."""
        known = section("facts.groups")
        plain = tags(self.study.groups)
        return {group: group if group in known else f"groep.{tag}" for group, tag in plain.items()}

    @cached_property
    def party_tags(self) -> dict[str, str]:
        """Party -> its form inside the name of a fact."""
        return tags(tuple(self.study.parties)) | {NO_COVER: NO_COVER}

    def unit_of(self, effect: Effect) -> str:
        """What is counted for a change; for one that the library does not know, the unit of its value."""
        return self._units.get(effect.change) or effect.unit_value.unit

    @cached_property
    def _units(self) -> dict[str, str]:
        return {change.name: change.unit for change in self.library.changes.values()}

    def place(self, party: str) -> int | None:
        """The index of a party in arrays, None where this study does not know it."""
        return self.outcome.parties.index(party) if party in self.study.parties else None

    def members(self, group: str) -> list[int]:
        """The indices of the parties of a group."""
        return self.places(self.outcome.members(group))

    def places(self, parties: Sequence[str]) -> list[int]:
        """The indices of parties that this study knows."""
        return [self.outcome.parties.index(party) for party in parties]


def paid_by(cost: CostLine, party: str) -> bool:
    """Tell whether a party has promised part of a cost; NO_COVER: whether part of it has no cover."""
    if party == NO_COVER:
        return bool((cost.per_year - cost.covered).any())
    return cost.investment.party == party and bool(cost.covered.any())


def called(initiative: Initiative) -> str:
    """The name of an initiative, or its code where it has none."""
    return clean(initiative.name) or initiative.code


def label(section: str, key: str) -> str:
    """The word for a party or group in a sentence; a name of the study's own stands as it is."""
    try:
        return word(f"facts.{section}.{key}")
    except UnknownWord:
        return key


def party_name(party: str) -> str:
    """The full name of a party, as tables have it."""
    if party == NO_COVER:
        return word("facts.no_cover.table")
    try:
        return word(f"form.parties.{party}")
    except UnknownWord:
        return party
