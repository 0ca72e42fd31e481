"""Each filled row of sheet Wat verandert er becomes effects: one per unit value of the change."""

from __future__ import annotations

from dataclasses import replace

from toolkit.kengetallen.library import Library
from toolkit.method.defaults import DEFAULT_DROP_OFF, DEFAULT_DURATION, DEFAULT_GRADE, DEFAULT_SHARE
from toolkit.model.estimate import Estimate
from toolkit.model.finding import STOP, WARN
from toolkit.model.initiative import Effect
from toolkit.model.study import Study
from toolkit.model.unit_value import Change, UnitValue
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.answers import UNKNOWN, Answers, rows
from toolkit.workbook.layout.form import DEEPENING, EFFECTS
from toolkit.workbook.layout.lists import ACTIVITY_YEARS


def effects(answers: Answers, study: Study, library: Library) -> tuple[Effect, ...]:
    """The effects of a form, with what sheet Verdieping refines; problems are noted in `answers`."""
    found: list[Effect] = []
    for row, given in rows(answers, EFFECTS):
        finer_row = DEEPENING.beside(row)
        finer = {f.code: answers.take(finer_row, f) for f in DEEPENING.asked}
        change: Change | None = given["change"]
        if change is None:
            continue
        values = _unit_values(answers, row, given, change, library, study)
        if values is None or any(
            given[k] is None for k in ("target_group", "reach", "deadweight", "attribution", "still", "grade")
        ):
            continue
        found.extend(_expand(answers, row, given, finer_row, finer, change, values, study))
    return tuple(found)


def _unit_values(
    answers: Answers, row: str, given, change: Change, library: Library, study: Study
) -> list[UnitValue] | None:
    """The unit values of a change; an own amount replaces the first and needs its reason."""
    values = [library.unit_values[part.kengetal] for part in change.parts]
    own = given["own_value"]
    if own is None:
        if values[0].amount is None:
            answers.note(STOP, "own_value_needed", answers.cell(row, "own_value"), change=change.name)
            return None
        return values
    if not given["own_reason"]:
        answers.note(STOP, "own_value_without_reason", answers.cell(row, "own_reason"), found=own)
        return None
    values[0] = replace(
        values[0],
        amount=Estimate(own, cell=answers.cell(row, "own_value")),
        price_year=study.price_level,
        index="geen",
        own=True,
        source=given["own_reason"],
        amount_is=word("form.screen.own_value"),
    )
    return values


def _expand(answers, row, given, finer_row, finer, change, values, study) -> list[Effect]:
    """One row of the form: an effect per unit value of the change."""
    defaults = tuple(k for k in ("deadweight", "attribution", "still") if given[k] is UNKNOWN)
    for name in defaults:
        answers.note(WARN, f"default_{name}", answers.cell(row, name), change=change.name)
    grade = DEFAULT_GRADE if defaults else given["grade"]
    lasting = values[0].counting == "instroom"
    if not lasting and (finer["duration"] or 1) > 1:
        answers.note(STOP, "duration_of_year", answers.cell(finer_row, "duration"), change=change.name)
    if given["still"] is UNKNOWN:
        duration, drop_off = DEFAULT_DURATION, DEFAULT_DROP_OFF
    else:
        duration = values[0].max_duration if lasting else 1
        drop_off = 1 - given["still"] / 10 if lasting else 0.0
    duration = finer["duration"] or duration
    displacement = finer["displacement"]
    displacement = change.displacement if displacement is None else displacement / 100
    per_person = 1.0 if finer["units_per_person"] is None else finer["units_per_person"]
    reach_cell = answers.cell(row, "reach")
    inflow = []
    for year in range(1, study.activity_years + 1):
        own = finer[f"reach_{year}"] if year <= ACTIVITY_YEARS else None
        cell = answers.cell(finer_row, f"reach_{year}") if own is not None else reach_cell
        inflow.append(Estimate((given["reach"] if own is None else own) * per_person, cell=cell))
    shared = {
        "inflow": tuple(inflow),
        "deadweight": _share(answers, row, "deadweight", given),
        "displacement": Estimate(displacement, cell=answers.cell(finer_row, "displacement")),
        "attribution": _share(answers, row, "attribution", given),
        "drop_off": Estimate(drop_off, cell=answers.cell(row, "still")),
        "duration": duration,
        "lag": finer["lag"] or 0,
        "direction": given["direction"] or "less",
        "row": row,
        "change": change.name,
        "people": given["reach"] if change.of_people else None,
        "units_per_person": per_person,
        "target_group": given["target_group"].name,
        "person": given["target_group"].person,
        "grade": grade,
        "reasons": {k: given[k] for k in ("helper", "source", "own_reason") if given[k]},
        "cells": {k: answers.cell(row, k) for k in ("reach", "deadweight", "attribution", "still", "change")}
        | {"duration": answers.cell(*((finer_row, "duration") if finer["duration"] else (row, "change")))}
        | {"drop_off": answers.cell(row, "still")},
        "defaults": defaults,
    }
    return [
        Effect(
            code=row if len(values) == 1 else f"{row}.{place}",
            name=change.name if len(values) == 1 else f"{change.name}: {value.name.lower()}",
            unit_value=value,
            domain=value.domain,
            factor=part.factor,
            **shared,
        )
        for place, (part, value) in enumerate(zip(change.parts, values, strict=True), start=1)
    ]


def _share(answers: Answers, row: str, column: str, given: dict[str, object]) -> Estimate:
    value = given[column]
    return Estimate(DEFAULT_SHARE if value is UNKNOWN else value, cell=answers.cell(row, column))
