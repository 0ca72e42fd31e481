"""Raw answers of a form become an Initiative, or ALL findings at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.kengetallen.library import Library
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.model.initiative import (
    STRUCTURAL,
    TEMPORARY,
    VOLUNTEER_HOURS,
    Effect,
    Initiative,
    Investment,
    PmEffect,
    TargetGroup,
)
from toolkit.model.study import Study
from toolkit.model.unit_value import VOLUNTEER_HOUR, Change, UnitValue
from toolkit.words.vocabulary import word
from toolkit.workbook.answers import UNKNOWN, Answers
from toolkit.workbook.layout.form import ABOUT, CHANGES, DEEPENING, FRAMEWORK, MONEY, NO_PRICE
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.layout.shared import ACTIVITY_YEARS
from toolkit.workbook.reader import RawWorkbook

DEFAULT_SHARE, DEFAULT_DURATION, DEFAULT_GRADE = 0.5, 1, "D"
"""What the study assumes where a coordinator does not know (method, 'weet ik niet')."""

_PEOPLE = ("mensen", "huishoudens")


def initiative(
    raw: RawWorkbook, study: Study, library: Library, code: str = ""
) -> tuple[Initiative | None, list[Finding]]:
    """Check a filled form and turn it into an Initiative.

    The study decides the years: what the form says of its reporting year holds in each year
    of activity, unless sheet Verdieping gives a year of its own. None where a finding stops.
    """
    answers = Answers(raw, {"change": {c.name: c for c in library.changes.values()}})
    for row, where in raw.repeated:
        answers.note(STOP, "row_repeated", where, row=row)
    about = questions(answers, _block(ABOUT, "OO"))
    accounts = questions(answers, _block(MONEY, "JR"))
    groups = _target_groups(answers)
    answers.lists["target_group"] = {g.name: g for g in groups}
    investments = _investments(answers, study, library)
    effects = _effects(answers, study, library)
    pm_effects = _pm_effects(answers)
    criteria = questions(answers, _block(FRAMEWORK, "AF"))
    _compare_year(answers, about["reporting_year"], study)
    _compare_accounts(answers, accounts.get("annual_accounts"), investments, study)
    if not effects and not any(f.level == STOP for f in answers.findings):
        answers.note(STOP, "no_effects", "")
    if any(f.level == STOP for f in answers.findings):
        return None, answers.findings
    texts = {k: str(v) for k, v in about.items() if v is not None}
    return (
        Initiative(
            code=code or Path(raw.path).stem,
            name=texts["name"],
            investments=investments,
            effects=effects,
            pm_effects=pm_effects,
            target_groups=groups,
            criteria={k: _said(v) for k, v in criteria.items() if v is not None},
            area=texts["area"],
            description=texts["description"],
            participants=about["participants"],
            volunteers=about["volunteers"],
            residents=about["residents"],
            reporting_year=about["reporting_year"],
            annual_accounts=accounts["annual_accounts"],
            about={k: texts[k] for k in ("used_more", "where_else", "checked_by") if k in texts},
            file=raw.path.name,
        ),
        answers.findings,
    )


def questions(answers: Answers, block: Block) -> dict[str, object]:
    """The typed answers of a block of single questions, by the code of their field."""
    return {q.field.code: answers.take(q.code, q.field, "answer") for q in block.questions}


def rows(answers: Answers, block: Block) -> list[tuple[str, dict[str, object]]]:
    """The typed answers of every row of a grid in which something was filled in."""
    found = []
    for row in sorted(answers.raw.rows.get(block.prefix, ())):
        if answers.filled(row, block.columns):
            found.append((row, {f.code: answers.take(row, f) for f in block.columns if f.kind != "lookup"}))
    return found


def _block(sheet, prefix: str) -> Block:
    return next(p for p in sheet.parts if p.prefix == prefix)


def _said(value: object) -> str:
    if value is UNKNOWN:
        return word("form.lists.unknown")
    if isinstance(value, bool):
        return word("form.lists.yes_no.yes") if value else word("form.lists.yes_no.no")
    return str(value)


def _target_groups(answers: Answers) -> tuple[TargetGroup, ...]:
    groups: list[TargetGroup] = []
    for row, given in rows(answers, _block(ABOUT, "DG")):
        name, person = given["name"], given["person"]
        if not name or not person:
            column = "person" if name else "name"
            answers.note(STOP, "target_group_incomplete", answers.cell(row, column))
            continue
        if any(g.name == name for g in groups):
            answers.note(STOP, "target_group_twice", answers.cell(row, "name"), found=name)
            continue
        groups.append(TargetGroup(**given))
    return tuple(groups)


def _investments(answers: Answers, study: Study, library: Library) -> tuple[Investment, ...]:
    found = []
    last_active = study.first_year + study.activity_years - 1
    for row, given in rows(answers, _block(MONEY, "GI")):
        if any(given[k] is None for k in ("name", "party", "kind", "amount", "term")):
            continue
        if given["term"] == TEMPORARY and given["until"] is None:
            answers.note(STOP, "temporary_without_end", answers.cell(row, "until"))
            continue
        first = max(given["from_year"] or study.first_year, study.first_year)
        last = min(given["until"] or last_active, last_active)
        if given["from_year"] and given["until"] and given["from_year"] > given["until"]:
            answers.note(
                STOP,
                "years_reversed",
                answers.cell(row, "until"),
                first=given["from_year"],
                last=given["until"],
            )
            continue
        amount = given["amount"]
        if given["kind"] == VOLUNTEER_HOURS:
            hour = library.unit_values[VOLUNTEER_HOUR]
            amount *= hour.amount.mode * _indexed(hour, library, study)
        cell = answers.cell(row, "amount")
        years = range(study.first_year, last + 1)
        amounts = tuple(Estimate(amount if year >= first else 0.0, cell=cell) for year in years)
        found.append(
            Investment(
                party=given["party"],
                name=given["name"],
                amounts=amounts,
                kind=given["kind"],
                term=given["term"],
                until=given["until"] if given["term"] == TEMPORARY else None,
                code=row,
                scheme=given["scheme"] or "",
                source=given["source"] or "",
                cell=cell,
                hours=given["amount"] if given["kind"] == VOLUNTEER_HOURS else None,
            )
        )
        if given["term"] == STRUCTURAL and given["scheme"]:
            answers.note(INFO, "structural_with_scheme", answers.cell(row, "scheme"), found=given["scheme"])
    return tuple(found)


def _indexed(value: UnitValue, library: Library, study: Study) -> float:
    return library.index.factor(value.index, value.price_year, study.price_level).factor


def _compare_year(answers: Answers, year: int | None, study: Study) -> None:
    last = study.first_year + study.activity_years - 1
    if year is not None and not study.first_year <= year <= last:
        answers.note(
            WARN,
            "reporting_year_outside",
            answers.cell("OO-04", "answer"),
            found=year,
            first=study.first_year,
            last=last,
        )


def _compare_accounts(answers, accounts, investments, study: Study) -> None:
    """The rows in money must add up to the annual accounts of the study's first year."""
    if accounts is None:
        return
    booked = sum(i.amounts[0].mode for i in investments if i.kind == "money" and i.amounts)
    if abs(booked - accounts) > 1.0:
        answers.note(
            WARN,
            "accounts_differ",
            answers.cell("JR-01", "answer"),
            accounts=accounts,
            booked=booked,
            difference=booked - accounts,
        )


def _pm_effects(answers: Answers) -> tuple[PmEffect, ...]:
    found = []
    for row, given in rows(answers, _block(NO_PRICE, "PM")):
        if any(v is None for v in given.values()):
            continue
        found.append(
            PmEffect(
                given["name"],
                given["domain"],
                given["pm_grade"],
                given["evidence"],
                given["grade"],
                row,
                answers.cell(row, "name"),
            )
        )
    return tuple(found)


def _effects(answers: Answers, study: Study, library: Library) -> tuple[Effect, ...]:
    found: list[Effect] = []
    deepening = _block(DEEPENING, "VD")
    for row, given in rows(answers, _block(CHANGES, "EF")):
        number = row.partition("-")[2]
        finer_row = f"VD-{number}"
        finer = {f.code: answers.take(finer_row, f) for f in deepening.columns if f.kind != "lookup"}
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
        duration, drop_off = DEFAULT_DURATION, 0.0
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
        "people": given["reach"] if change.unit in _PEOPLE else None,
        "units_per_person": per_person,
        "target_group": given["target_group"].name,
        "person": given["target_group"].person,
        "grade": grade,
        "reasons": {k: given[k] for k in ("helper", "source", "own_reason") if given[k]},
        "cells": {k: answers.cell(row, k) for k in ("reach", "deadweight", "attribution", "still", "change")}
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
