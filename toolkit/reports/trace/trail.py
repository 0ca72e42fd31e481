"""What a trace is made of and made from: nodes, places in workbooks, and the study behind the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.method.ranges import Assumption
from toolkit.model.initiative import Activity, Initiative, PmEffect, Referral
from toolkit.model.result import CostLine, Line
from toolkit.reports.facts import Facts
from toolkit.reports.facts.source import Source, called
from toolkit.words.vocabulary import word


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a workbook. where: 'Blad!F9', or a path in a JSON file. filled: something stands in it."""

    file: str
    where: str
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Node:
    """A figure, a line or an input, with what it rests on.

    amount: euros in the figure above it; children with amounts add up to it.
    factor: a number by which, with those beside it, the figure above is multiplied out.
    shown: what it says, in words.  key: the line, cost or fact it is.
    folds: may be folded away with its neighbours where there are many.  closed: can be asked after
    by itself, so that what is under it is only told where everything is asked.
    """

    label: str
    shown: str = ""
    amount: float | None = None
    factor: float | None = None
    place: Place | None = None
    source: str = ""
    key: str = ""
    folds: bool = False
    closed: bool = False
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and everything under it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Trees:
    """A heading, a few lines about it, and the tree below."""

    heading: str
    name: str
    about: tuple[str, ...]
    root: Node


@dataclass(frozen=True)
class Trail:
    """Everything a trace needs.

    places: name of an input ('KADE.EF-01.reach', 'study.horizon') -> every cell it was read from.
    study_file: the workbook with the settings.
    """

    source: Source
    facts: Facts
    places: Mapping[str, tuple[Place, ...]]
    study_file: str

    def place(self, name: str) -> Place | None:
        """The filled cell of an input, None where there is none."""
        return next((place for place in self.places.get(name, ()) if place.filled), None)

    def at(self, initiative: str, where: str) -> Place | None:
        """A cell in the form of an initiative."""
        return Place(self.initiatives[initiative].file, where) if where else None

    def entered(self, initiative: str, place: Place | None) -> str:
        """The source of what an initiative filled in: nothing to add where the cell is known."""
        return "" if place else word("trace.source.entered", file=self.initiatives[initiative].file)

    @cached_property
    def initiatives(self) -> dict[str, Initiative]:
        """All initiatives by code, also those outside the total."""
        return {initiative.code: initiative for initiative in self.source.portfolio.initiatives}

    @cached_property
    def lines(self) -> dict[str, list[Line]]:
        """The benefit lines of all initiatives, by line key and by the key of their form row."""
        found: dict[str, list[Line]] = defaultdict(list)
        for outcome in self.source.outcome.initiatives.values():
            for line in outcome.lines:
                for key in {line.key, row_key(line)}:
                    found[key].append(line)
        return dict(found)

    @cached_property
    def costs(self) -> dict[str, list[CostLine]]:
        """The costs of all initiatives by key, also those outside the ratio."""
        found: dict[str, list[CostLine]] = defaultdict(list)
        for outcome in self.source.outcome.initiatives.values():
            for cost in outcome.costs:
                found[cost.key].append(cost)
        return dict(found)

    @cached_property
    def pm_effects(self) -> dict[str, tuple[Initiative, PmEffect]]:
        """Effects without a price by INITIATIVE.CODE."""
        return {f"{i.code}.{e.code}": (i, e) for i in self.initiatives.values() for e in i.pm_effects}

    @cached_property
    def work(self) -> dict[str, tuple[Initiative, Activity | Referral]]:
        """What was done and who was referred, by INITIATIVE.CODE."""
        every = self.initiatives.values()
        done = {f"{i.code}.{row.code}": (i, row) for i in every for row in i.activities}
        return {**done, **{f"{i.code}.{row.code}": (i, row) for i in every for row in i.referrals}}

    @cached_property
    def varied(self) -> dict[str, Assumption]:
        """The assumptions that were drawn, by their key written with points."""
        simulation = self.source.simulation
        chances = (simulation.study, *simulation.initiatives.values())
        found: dict[str, Assumption] = {}
        for one in (one for chance in chances for one, _ in chance.contributions):
            found.setdefault(".".join(one.key), one)
        return found

    def called(self, code: str) -> str:
        """The name of an initiative."""
        return called(self.initiatives[code])


def row_key(line: Line) -> str:
    """INITIATIVE.ROW: the row of the form that a benefit line was filled in on."""
    return f"{line.initiative}.{line.effect.row or line.effect.code}"
