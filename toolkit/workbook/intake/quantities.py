"""How much of a change there was: counted, known to the care team, or usual per person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, WARN
from toolkit.model.narrowing import Given
from toolkit.model.unit_value import CARE_TEAM, Change
from toolkit.workbook.intake.answers import Answers, rows
from toolkit.workbook.layout.asked import CARE
from toolkit.workbook.layout.lists import OTHER

_FAR_FROM_USUAL = 3.0
"""So many times above or below the usual range a total is asked about; a convention of this form."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Units in the reporting year, and where they come from. is_usual: per person as the library has it."""

    units: Estimate
    is_usual: bool = False


def care_averages(answers: Answers) -> Mapping[str, Estimate]:
    """What the care team says of each change: units per person and year, by the name of the change."""
    found = {}
    for row, given in rows(answers, CARE):
        name, average = answers.raw.value(row, "change"), given.number("average")
        if name is not None and average is not None and given.number("group") is not None:
            found[" ".join(str(name).split())] = Estimate(average, cell=answers.cell(row, "average"))
    return found


def quantity(
    answers: Answers, row: str, given: Given, change: Change, care: Mapping[str, Estimate]
) -> Quantity | None:
    """How much there was of a change: people x what each had of it, or the total that somebody counted.

    None, with a finding that says why, where nobody knows: then the change has no price.
    """
    people, total = given.number("reach"), given.number("total")
    if change.code == OTHER:
        return _own(answers, row, given, change)
    if change.of_people:
        if total is not None:
            answers.note(WARN, "total_not_asked", answers.cell(row, "total"), change=change.name, found=total)
        if people is None:
            _nobody_knows(answers, row, change)
            return None
        return Quantity(Estimate(people, cell=answers.cell(row, "reach")))
    if total is not None:
        _believable(answers, row, change, people, total)
        return Quantity(Estimate(total, cell=answers.cell(row, "total")))
    if people is None:
        _nobody_knows(answers, row, change)
        return None
    average = care.get(change.name)
    if average is not None:
        return Quantity(replace(average, mode=average.mode * people))
    facts = {"change": change.name, "people": people, "unit": change.unit_short}
    if change.asked_of == CARE_TEAM:
        answers.note(WARN, "care_not_answered", answers.cell(row, "total"), **facts)
        return None
    if change.usual is None:
        answers.note(WARN, "total_needed", answers.cell(row, "total"), **facts)
        return None
    answers.note(INFO, "usual_quantity", answers.cell(row, "total"), **facts, usual=change.usual.mode)
    low, high = change.usual.bounds
    units = Estimate(change.usual.mode * people, low * people, high * people, cell=answers.cell(row, "reach"))
    return Quantity(units, is_usual=True)


def _own(answers: Answers, row: str, given: Given, change: Change) -> Quantity | None:
    """Of a change of their own: the total they counted, or the people where it counts nothing else."""
    column = "reach" if given.number("total") is None else "total"
    number = given.number(column)
    if number is None:
        _nobody_knows(answers, row, change)
        return None
    return Quantity(Estimate(number, cell=answers.cell(row, column)))


def _nobody_knows(answers: Answers, row: str, change: Change) -> None:
    """Say that nobody knows how many people it were; what is wrong in the cell is told already."""
    if answers.is_unknown(row, "reach"):
        answers.note(WARN, "reach_unknown", answers.cell(row, "reach"), change=change.name)


def _believable(answers: Answers, row: str, change: Change, people: float | None, total: float) -> None:
    """A total of hours, euros or items that looks like a number of people, or is far from what is usual."""
    if not people or not total:
        return
    where, facts = answers.cell(row, "total"), {"unit": change.unit_short, "people": people, "total": total}
    per_person = total / people
    if change.usual is not None:
        low, high = change.usual.bounds
        if not low / _FAR_FROM_USUAL <= per_person <= high * _FAR_FROM_USUAL:
            usual = {"per_person": per_person, "low": low, "high": high}
            answers.note(WARN, "total_unusual", where, unit=change.unit_short, **usual)
        return
    if per_person < 1:
        answers.note(WARN, "total_below_people", where, **facts)
