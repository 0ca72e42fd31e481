"""The study of the letter before beside that of now: which initiatives stayed, came and went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.method.appraisal import headline
from toolkit.method.returns import ratio
from toolkit.model.initiative import Initiative
from toolkit.model.result import Headline, InitiativeOutcome, StudyOutcome
from toolkit.words.printable import printable

STAYED, NEW, WENT, JOINED, LEFT = "stayed", "new", "went", "joined", "left"
"""Counts both times; was not there, is not there any more; was there, or is still, without counting."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An initiative that counts now or did then. then, now: its figures where it counts, else None."""

    initiative: Initiative
    state: str
    then: Headline | None
    now: Headline | None


@dataclass(frozen=True, slots=True)
class Together:
    """Several initiatives added up, before what goes off for people who come to more than one of them."""

    number: int
    costs: float
    benefits: float

    @property
    def ratio(self) -> float | None:
        """Benefits per euro of costs, None without costs."""
        return ratio(self.benefits, self.costs)


def found_again(initiative: Initiative, others: Iterable[Initiative]) -> Initiative | None:
    """The one of the others that is this initiative: its code or else its name is the same."""
    others, name = tuple(others), _name(initiative)
    by_code = (other for other in others if other.code == initiative.code)
    by_name = (other for other in others if name and _name(other) == name)
    return next(by_code, None) or next(by_name, None)


def beside(then: StudyOutcome, now: StudyOutcome) -> tuple[Beside, ...]:
    """Every initiative that counts in one of the two studies: those of now in their order, then who went."""
    left = {one.initiative.code: one for one in then.initiatives.values()}
    found = []
    for one in now.initiatives.values():
        before = found_again(one.initiative, (earlier.initiative for earlier in left.values()))
        earlier = left.pop(before.code) if before else None
        if one.initiative.counted or (earlier and earlier.initiative.counted):
            state = _state(earlier, one)
            found.append(Beside(one.initiative, state, _counted(earlier), _counted(one)))
    gone = (one for one in left.values() if one.initiative.counted)
    return (*found, *(Beside(one.initiative, WENT, headline(one), None) for one in gone))


def added(figures: Sequence[Headline | None]) -> Together:
    """Figures added up; None adds nothing."""
    known = [one for one in figures if one is not None]
    return Together(len(known), sum(one.costs_pv for one in known), sum(one.benefits_pv for one in known))


def _state(then: InitiativeOutcome | None, now: InitiativeOutcome) -> str:
    if then is None:
        return NEW
    if then.initiative.counted and now.initiative.counted:
        return STAYED
    return JOINED if now.initiative.counted else LEFT


def _counted(one: InitiativeOutcome | None) -> Headline | None:
    return headline(one) if one and one.initiative.counted else None


def _name(initiative: Initiative) -> str:
    """Its name for comparing; nothing where that holds no letter or digit."""
    name = " ".join(printable(initiative.name).split()).casefold()
    return name if any(map(str.isalnum, name)) else ""
