"""What is told of people and of work done, beside the euros: how many, and when a number stays untold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.model.initiative import Activity, Initiative, PmEffect, Referral
from toolkit.words import dutch
from toolkit.words.vocabulary import UnknownWord, word

SMALLEST_GROUP = 10
"""Fewer people than this might be recognised; a convention of this method."""
SENSITIVE_DOMAINS = frozenset(
    ("schulden", "gezondheid", "maatschappelijke ondersteuning", "jeugd en onderwijs", "veiligheid")
)
HARMLESS_REFERRALS = frozenset(("work_and_income", "language", "welfare_work", "housing", "volunteering"))
"""Kinds of referral that say nothing about health or debts; own words may say anything."""


def tellable(people: float | None, is_sensitive: bool) -> int | None:
    """A number of people as it may be told, in whole people; None where nobody told it or there are none.

    Of what is sensitive, fewer than SMALLEST_GROUP are not told either.
    """
    told = round(people or 0.0)
    return None if told < 1 or (is_sensitive and told < SMALLEST_GROUP) else told


def people_of(effects: Iterable[PmEffect]) -> int | None:
    """At how many people the same effect without a price was seen; None where one of them may not be told.

    Who comes to two initiatives is counted at both.
    """
    found = [tellable(effect.people, effect.domain in SENSITIVE_DOMAINS) for effect in effects]
    told = [number for number in found if number is not None]
    return sum(told) if found and len(told) == len(found) else None


def people_said(number: int) -> str:
    """A number of people in words.

    >>> people_said(1), people_said(24)
    ('één mens', '24 mensen')
    """
    return dutch.count(number, *word("facts.wording.person_or_people").split("|"))


@dataclass(frozen=True, slots=True)
class Output:
    """One kind of output, added up. kind: '' for own words.  of: who told it, with the rows of the form."""

    what: str
    kind: str
    number: float
    of: tuple[tuple[Initiative, Activity], ...]

    @property
    def said(self) -> str:
        """The number with what is counted: '4.200 maaltijden'; own words have no form for one."""
        if self.number != 1:
            return f"{dutch.plain(self.number)} {self.what}"
        try:
            return word(f"form.output_one.{self.kind}")
        except UnknownWord:
            return f"{self.what} (1)"


def outputs(initiatives: Iterable[Initiative]) -> tuple[Output, ...]:
    """Each kind of output with how many there were in the reporting year, the largest number first.

    Number per kind: the sum over all activities of the initiatives that counted in it.
    """
    same: dict[tuple[str, str], list[tuple[Initiative, Activity]]] = defaultdict(list)
    for initiative in initiatives:
        for activity in initiative.activities:
            if activity.output and activity.number:
                same[activity.kind, activity.output.casefold()].append((initiative, activity))
    found = [
        Output(told[0][1].output, kind, sum(one.number or 0.0 for _, one in told), tuple(told))
        for (kind, _), told in same.items()
    ]
    return tuple(sorted(found, key=lambda output: -output.number))


@dataclass(frozen=True, slots=True)
class Referred:
    """Everybody who was brought to another organisation. people: None where that may not be told.

    to_whom: in words, each once, the most people first.  of: who told it, with the rows of the form.
    """

    people: int | None
    to_whom: tuple[str, ...]
    of: tuple[tuple[Initiative, Referral], ...]


def referred(initiatives: Iterable[Initiative]) -> Referred:
    """People brought to another organisation in the reporting year, over all rows that give a number.

    Among what may be told without any limit are only HARMLESS_REFERRALS.
    """
    told = [(one, row) for one in initiatives for row in one.referrals if round(row.people or 0.0)]
    per_organisation: dict[str, float] = defaultdict(float)
    for _, row in told:
        per_organisation[row.to_whom] += row.people or 0.0
    is_sensitive = any(row.kind not in HARMLESS_REFERRALS for _, row in told)
    people = tellable(sum(row.people or 0.0 for _, row in told), is_sensitive)
    return Referred(
        people, tuple(sorted(per_organisation, key=lambda whom: -per_organisation[whom])), tuple(told)
    )
