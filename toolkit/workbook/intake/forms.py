"""Raw answers of a form become an Initiative, or ALL findings at once."""

from __future__ import annotations

from pathlib import Path

from toolkit.kengetallen.library import Library
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, STOP, WARN, Finding, stops
from toolkit.model.initiative import (
    STRUCTURAL,
    TEMPORARY,
    VOLUNTEER_HOURS,
    Initiative,
    Investment,
    PmEffect,
    TargetGroup,
)
from toolkit.model.study import Study
from toolkit.model.unit_value import VOLUNTEER_HOUR, UnitValue
from toolkit.words.vocabulary import word
from toolkit.workbook.intake import privacy
from toolkit.workbook.intake.answers import UNKNOWN, Answers, questions, rows
from toolkit.workbook.intake.effects import effects as effects_of
from toolkit.workbook.layout.form import (
    ACCOUNTS,
    EFFECTS,
    FORM,
    FRAMEWORK,
    MONEY,
    NO_PRICE,
    ORGANISATION,
    TARGET_GROUPS,
)
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.raw import RawWorkbook
from toolkit.workbook.reading.showing import shown


def initiative(
    raw: RawWorkbook, study: Study, library: Library, code: str = ""
) -> tuple[Initiative | None, list[Finding]]:
    """Check a filled form and turn it into an Initiative.

    The study decides the years: what the form says of its reporting year holds in each year
    of activity, unless sheet Verdieping gives a year of its own. None where a finding stops.
    """
    answers = Answers(raw, {"change": {c.name: c for c in library.changes.values()}})
    answers.findings.extend(structure.findings(raw, FORM))
    answers.findings.extend(privacy.findings(raw, FORM))
    about = questions(answers, ORGANISATION)
    accounts = questions(answers, ACCOUNTS)
    groups = _target_groups(answers)
    investments = _investments(answers, study, library)
    effects = effects_of(answers, study, library)
    pm_effects = _pm_effects(answers)
    criteria = questions(answers, FRAMEWORK)
    _compare_year(answers, about["reporting_year"], study)
    if not answers.stopped(MONEY):
        _compare_accounts(answers, accounts["annual_accounts"], investments, study)
    if not effects and not stops(answers.findings):
        answers.note(STOP, "no_effects", answers.cell(EFFECTS.row_codes[0], "change"))
    if stops(answers.findings):
        return None, answers.findings
    texts = {k: str(v) for k, v in about.items() if v is not None}
    return (
        Initiative(
            # a file name need not be text, a code must be
            code=code or Path(raw.path).stem.encode("utf-8", "backslashreplace").decode(),
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


def _said(value: object) -> str:
    if value is UNKNOWN:
        return word("form.lists.unknown")
    if isinstance(value, bool):
        return word("form.lists.yes_no.yes") if value else word("form.lists.yes_no.no")
    return str(value)


def _target_groups(answers: Answers) -> tuple[TargetGroup, ...]:
    """The target groups, which are also what the column with the same name can choose from.

    A group that lacks something can still be chosen: its own mistake is told once, not at every row.
    """
    named: dict[str, TargetGroup] = {}
    found = rows(answers, TARGET_GROUPS)
    for row, given in found:
        name, person = given["name"], given["person"]
        if not name or not person:
            column = "person" if name else "name"
            if answers.is_empty(row, column):
                answers.note(STOP, "target_group_incomplete", answers.cell(row, column))
        if name in named:
            answers.note(STOP, "target_group_twice", answers.cell(row, "name"), found=shown(name))
        elif name:
            known = {key: value for key, value in given.items() if value is not None}
            named[name] = TargetGroup(**known)
    if not found and answers.raw.place_of(TARGET_GROUPS):
        answers.note(STOP, "no_target_groups", answers.cell(TARGET_GROUPS.row_codes[0], "name"))
    answers.lists["target_group"] = named
    return tuple(named.values())


def _investments(answers: Answers, study: Study, library: Library) -> tuple[Investment, ...]:
    found = []
    last_active = study.first_year + study.activity_years - 1
    for row, given in rows(answers, MONEY):
        if any(given[k] is None for k in ("name", "party", "kind", "amount", "term")):
            continue
        if given["term"] == TEMPORARY and answers.is_empty(row, "until"):
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
            answers.where(ORGANISATION, "reporting_year"),
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
            answers.where(ACCOUNTS, "annual_accounts"),
            accounts=accounts,
            booked=booked,
            difference=booked - accounts,
        )


def _pm_effects(answers: Answers) -> tuple[PmEffect, ...]:
    found = []
    for row, given in rows(answers, NO_PRICE):
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
