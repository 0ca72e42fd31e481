"""Rows of a form as a reader sees them, and how findings name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.model.finding import Finding
from toolkit.model.initiative import Effect, Initiative, TargetGroup
from toolkit.model.result import InitiativeOutcome

MOST_NAMES = 5
"""So many names fit in a sentence; what follows becomes three dots."""

SamePeople = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """The effects that came from one row of the form: they share people, reach and percentages."""

    initiative: Initiative
    effects: tuple[Effect, ...]

    @property
    def first(self) -> Effect:
        """Any of the effects, for what they share."""
        return self.effects[0]

    @property
    def name(self) -> str:
        """What the coordinator picked, or else the name of the effect."""
        return self.first.what_changes

    @property
    def group(self) -> TargetGroup | None:
        """The target group, None where the row names none."""
        groups = self.initiative.target_groups
        return next((g for g in groups if g.name == self.first.target_group), None)

    @property
    def same_people(self) -> SamePeople:
        """Equal for rows about the same people, as far as is known."""
        return self.first.target_group, self.first.person

    def cell(self, column: str = "change") -> str:
        """Where the row was read, by default at its change; empty where it came from no workbook."""
        return self.first.cells.get(column, "")

    def gaining(self, *codes: str) -> Effect | None:
        """The effect with one of these unit values that adds to the benefits."""
        return next((e for e in self.effects if e.unit_value.code in codes and gains(e)), None)


def rows_of(one: InitiativeOutcome) -> list[Row]:
    """The rows of an initiative that count in the sums and reach anyone, in their order."""
    found: dict[str, list[Effect]] = {}
    for line in one.lines:
        if any(n.mode for n in line.effect.inflow):
            found.setdefault(line.effect.row or line.effect.code, []).append(line.effect)
    return [Row(one.initiative, tuple(effects)) for effects in found.values()]


def gains(effect: Effect) -> bool:
    """Tell whether more of it is a benefit: not the mirror of a change and not direction 'more'."""
    return effect.sign * effect.factor * effect.unit_value.priced.mode > 0


def about(initiative: Initiative, level: str, code: str, where: str = "", **facts: object) -> Finding:
    """A finding about one initiative; without a workbook its name says where."""
    place = where if where or initiative.file else initiative.name
    return Finding(level, code, place, facts, initiative.file)


def about_rows(
    level: str, code: str, rows: Sequence[Row], column: str = "change", **facts: object
) -> Finding:
    """One finding about several rows: at the cell of the first, the others named with their cells."""
    facts |= {"effects": places(rows, column)}
    return about(rows[0].initiative, level, code, rows[0].cell(column), **facts)


def places(rows: Sequence[Row], column: str = "change") -> str:
    """The names of rows; with more than one, each with the address of its cell on the sheet."""
    if len(rows) == 1:
        return named([rows[0].name])
    cells = [row.cell(column).rpartition("!")[2] for row in rows]
    return shortened(
        f"'{row.name}' ({cell})" if cell else f"'{row.name}'" for row, cell in zip(rows, cells, strict=True)
    )


def named(names: Iterable[str]) -> str:
    """Names in quotation marks, each once.

    >>> named(["work", "debts", "work"])
    "'work', 'debts'"
    """
    return shortened(f"'{name}'" for name in dict.fromkeys(names))


def shortened(items: Iterable[str]) -> str:
    """Items with commas between them, the sixth and further left out.

    >>> shortened("abcdefg")
    'a, b, c, d, e, ...'
    """
    shown = list(items)
    return ", ".join(shown if len(shown) <= MOST_NAMES else [*shown[:MOST_NAMES], "..."])
