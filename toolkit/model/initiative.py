"""One initiative: who it reaches, what it costs, what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.model.estimate import Estimate
from toolkit.model.unit_value import UnitValue

MONEY, IN_KIND, VOLUNTEER_HOURS = "money", "in_kind", "volunteer_hours"
TEMPORARY, STRUCTURAL = "temporary", "structural"
CERTAINTIES = ("granted", "budgeted", "expected")
GROWTH = "growth"
"""Key of an effect's reasons: why later years bring more."""


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """People an effect can be about. person: the party that PERSON stands for in its effects.

    people: in one year.  different_people: over all years of the study, each counted once; None where
    nobody told.
    """

    name: str
    person: str = "deelnemers"
    people: float | None = None
    under_27: float | None = None
    on_welfare: float | None = None
    in_paid_work: float | None = None
    different_people: float | None = None


@dataclass(frozen=True, slots=True)
class Investment:
    """An amount per year by a party, in euros of the study's price level.

    amounts: per year from the study's first year; below zero where money comes back, with a reason.
    party: who pays, NO_COVER where nobody does yet.
    until: the last calendar year that this party has promised to pay; what falls later has no cover.
    certainty: one of CERTAINTIES, '' where nobody told.  hours: per year, of volunteers.
    since: the first year in which this party paid it.  spend_by, account_by: ISO dates before which temporary
    money must be spent and accounted for.  cofinancing: the share that somebody else must add.
    """

    party: str
    name: str
    amounts: tuple[Estimate, ...]
    kind: str = MONEY
    term: str = STRUCTURAL
    until: int | None = None
    code: str = ""
    scheme: str = ""
    source: str = ""
    cell: str = ""
    hours: float | None = None
    certainty: str = ""
    reason: str = ""
    since: int | None = None
    spend_by: str = ""
    account_by: str = ""
    cofinancing: float | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One row of the impact map, for one unit value.

    inflow: units per year from the first year.  deadweight: share that would have happened
    anyway.  displacement: share at the expense of others.  attribution: share caused by OTHERS.
    drop_off: share of the effect lost per year.  duration: whole years the effect lasts.
    lag: 0 or 1 year before it starts.  direction: 'less' or 'more' (changes the sign).
    factor: units of the unit value per unit of inflow (of a change that brings several).
    row: code of the form row it came from; several effects can share one row.
    change: what changes, as the coordinator picked it.  change_more: the same in the direction 'more'.
    people: in the reporting year, where the effect is about people.
    of_units: the inflow counts something else of them than people: hours, euros.
    grade: how the numbers of the reporting year are known, A to D; gives a range to numbers that have none.
    expected_grade: the same of later years, which nobody can have counted; '' for what `grade` implies.
    defaults: names of the numbers for which the study's default was used.
    """

    code: str
    name: str
    inflow: tuple[Estimate, ...]
    unit_value: UnitValue
    domain: str = ""
    deadweight: Estimate = Estimate(0.0)
    displacement: Estimate = Estimate(0.0)
    attribution: Estimate = Estimate(0.0)
    drop_off: Estimate = Estimate(0.0)
    duration: int = 1
    lag: int = 0
    direction: str = "less"
    factor: float = 1.0
    row: str = ""
    change: str = ""
    change_more: str = ""
    people: float | None = None
    of_units: bool = False
    units_per_person: float = 1.0
    target_group: str = ""
    person: str = "deelnemers"
    grade: str = ""
    expected_grade: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    defaults: tuple[str, ...] = ()

    @property
    def sign(self) -> float:
        """-1 for direction 'more', else 1."""
        return -1.0 if self.direction == "more" else 1.0

    @property
    def what_changes(self) -> str:
        """What changes, as the coordinator picked it; else the name of the effect."""
        return self.change or self.name or self.unit_value.name or self.code


@dataclass(frozen=True, slots=True)
class PmEffect:
    """An effect without a price: described, graded (++ to --), evidenced, never in euros.

    people: at whom it was seen, None where nobody told.  outputs: what was done for it, in words.
    cell, people_cell: where the effect and the number stand.
    """

    name: str
    domain: str
    grade: str
    evidence: str = ""
    known_by: str = ""
    code: str = ""
    cell: str = ""
    people: float | None = None
    outputs: str = ""
    people_cell: str = ""

    @property
    def is_good(self) -> bool:
        """True where the change is an improvement (+ or ++)."""
        return self.grade.startswith("+")


@dataclass(frozen=True, slots=True)
class Activity:
    """What an initiative does, and what that amounted to in the reporting year.

    output: what is counted, in words; '' where nobody told.  number: how many of it.  people: who took part.
    kind: the choice that the output is, '' for own words.  cell: where the number stands.
    """

    name: str
    output: str = ""
    number: float | None = None
    people: float | None = None
    code: str = ""
    cell: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """People that an initiative brought to another organisation in the reporting year. to_whom: in words.

    kind: the choice that the organisation is, '' for own words.  cell: where the number stands.
    """

    to_whom: str
    people: float | None = None
    code: str = ""
    cell: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Initiative:
    """One organisation (wijkbedrijf) with its money, its effects and what has no price.

    publish_ratio: whether its ratio may go out under its name, None where nobody said.
    """

    code: str
    name: str
    counted: bool = True
    counted_reason: str = ""
    investments: tuple[Investment, ...] = ()
    effects: tuple[Effect, ...] = ()
    pm_effects: tuple[PmEffect, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    activities: tuple[Activity, ...] = ()
    referrals: tuple[Referral, ...] = ()
    criteria: Mapping[str, str] = field(default_factory=dict)
    story: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    description: str = ""
    participants: float | None = None
    volunteers: float | None = None
    residents: float | None = None
    reporting_year: int | None = None
    annual_accounts: float | None = None
    volunteer_hours: float | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    publish_ratio: bool | None = None
