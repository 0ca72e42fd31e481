"""Objections as data: what critics say of an outcome, and what the sum must become to answer them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from toolkit.kengetallen.library import OBJECTIONS_FILE, Library
from toolkit.model.initiative import Effect
from toolkit.model.narrowing import as_table, as_tables, as_text, as_texts, made

ALL, WORK, AVERAGE = EFFECTS = "all", "work", "average"
"""Which effects an objection is about: every one, work found, or those with an average price."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one objection changes in a study. What is not named stays as it is.

    effects: one of EFFECTS.  deadweight_at_least, displacement_at_least: shares that are raised to this.
    deadweight_more: added to every deadweight, up to 1.  leisure: share of what a person gains from wages
    that goes off.  benefits_times: factor of the benefits.  overlap: share of the participants of the
    smaller of two initiatives who come to both where nobody told.  rate_more: added to the discount rate.
    first_year: the first year's inflow and costs only.  within_activity: the horizon is the years of
    activity.  volunteers: their hours are costs.  hardest: the assumption with the widest swing lies at
    its unfavourable end.  without_transfers: changes shares only.  peer: the lowest ratio found elsewhere.
    """

    effects: str = ALL
    deadweight_at_least: float = 0.0
    displacement_at_least: float = 0.0
    deadweight_more: float = 0.0
    leisure: float = 0.0
    benefits_times: float = 1.0
    overlap: float = 0.0
    rate_more: float = 0.0
    first_year: bool = False
    within_activity: bool = False
    volunteers: bool = False
    hardest: bool = False
    without_transfers: bool = False
    peer: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody may say. name: as the line of a table; said: in a sentence; who: who usually says it."""

    code: str
    name: str
    who: str
    said: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Objections:
    """All objections in order, and which effects are work and which have an average price."""

    version: str
    every: tuple[Objection, ...]
    work_changes: tuple[str, ...]
    work_domain: str
    average_domains: tuple[str, ...]

    def concerns(self, change: Change, effect: Effect, library: Library) -> bool:
        """Tell whether a change is about an effect.

        Work is known by the code of the change, and by the domain where the library does not know it.
        """
        if change.effects == AVERAGE:
            return effect.domain in self.average_domains
        if change.effects == WORK:
            code = _codes(library).get(effect.change)
            return effect.domain == self.work_domain if code is None else code in self.work_changes
        return True


def _codes(library: Library) -> dict[str, str]:
    return {change.name: code for code, change in library.changes.items()}


@cache
def load_objections() -> Objections:
    """The objections that come with the toolkit."""
    file = resources.files("toolkit.kengetallen") / OBJECTIONS_FILE
    content: Mapping[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    found: dict[str, Objection] = {}
    for record in as_tables(content["objection"]):
        if "together" in record:
            parts = [found[code] for code in as_texts(record["together"])]
            changes = tuple(change for part in parts for change in part.changes)
        else:
            changes = (made(Change, as_table(record["change"])),)
        texts = {key: as_text(record[key]) for key in ("code", "name", "who", "said")}
        found[texts["code"]] = Objection(**texts, changes=changes)
    return Objections(
        version=str(content["version"]),
        every=tuple(found.values()),
        work_changes=tuple(as_texts(content["work_changes"])),
        work_domain=as_text(content["work_domain"]),
        average_domains=tuple(as_texts(content["average_domains"])),
    )
