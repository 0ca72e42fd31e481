"""Raw answers of a form become an Initiative, or ALL findings at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from toolkit.kengetallen.library import Library
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, STOP, WARN, Finding, stops
from toolkit.model.initiative import (
    IN_KIND,
    STRUCTURAL,
    TEMPORARY,
    VOLUNTEER_HOURS,
    Initiative,
    Investment,
    PmEffect,
    TargetGroup,
)
from toolkit.model.narrowing import Given
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

_PM_FIELDS = {
    "name": "name",
    "domain": "domain",
    "grade": "pm_grade",
    "evidence": "evidence",
    "known_by": "grade",
}
"""Field of a PM effect -> the column that asks for it."""


_HIDDEN_COSTS = ("rent_below_cost", "subsidised_jobs", "secondments")
"""Questions about costs that someone else bears, so that the annual accounts do not hold them."""

_NAMED = {field.name for field in fields(Initiative)} | privacy.EXEMPT[FORM.code]
"""Answers about an organisation that are a field of their own, or nobody's business after this."""


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
    _compare_year(answers, about.whole("reporting_year"), study)
    if not answers.stopped(MONEY):
        _compare_accounts(answers, accounts.number("annual_accounts"), investments, study)
        _hidden_costs(answers, accounts, investments)
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
            participants=about.number("participants"),
            volunteers=about.number("volunteers"),
            residents=about.number("residents"),
            reporting_year=about.whole("reporting_year"),
            annual_accounts=accounts.number("annual_accounts"),
            about={k: text for k, text in texts.items() if k not in _NAMED},
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
        name, person = given.text("name"), given.text("person")
        if not name or not person:
            column = "person" if name else "name"
            if answers.is_empty(row, column):
                answers.note(STOP, "target_group_incomplete", answers.cell(row, column))
        if name in named:
            answers.note(STOP, "target_group_twice", answers.cell(row, "name"), found=shown(name))
        elif name:
            named[name] = TargetGroup(
                name=name,
                person=person or "deelnemers",
                people=given.number("people"),
                under_27=given.number("under_27"),
                on_welfare=given.number("on_welfare"),
                in_paid_work=given.number("in_paid_work"),
            )
    if not found and answers.raw.place_of(TARGET_GROUPS):
        answers.note(STOP, "no_target_groups", answers.cell(TARGET_GROUPS.row_codes[0], "name"))
    answers.lists["target_group"] = named
    return tuple(named.values())


def _investments(answers: Answers, study: Study, library: Library) -> tuple[Investment, ...]:
    found = []
    last_active = study.first_year + study.activity_years - 1
    for row, given in rows(answers, MONEY):
        name, party, kind = given.text("name"), given.text("party"), given.text("kind")
        amount, term = given.number("amount"), given.text("term")
        if name is None or party is None or kind is None or amount is None or term is None:
            continue
        from_year, until, scheme = given.whole("from_year"), given.whole("until"), given.text("scheme")
        if term == TEMPORARY and answers.is_empty(row, "until"):
            answers.note(STOP, "temporary_without_end", answers.cell(row, "until"))
            continue
        first = max(from_year or study.first_year, study.first_year)
        last = min(until or last_active, last_active)
        if from_year and until and from_year > until:
            cell = answers.cell(row, "until")
            answers.note(STOP, "years_reversed", cell, first=from_year, last=until)
            continue
        hours = amount if kind == VOLUNTEER_HOURS else None
        if hours is not None:
            hour = library.unit_values[VOLUNTEER_HOUR]
            amount *= hour.priced.mode * _indexed(hour, library, study)
        cell = answers.cell(row, "amount")
        years = range(study.first_year, last + 1)
        amounts = tuple(Estimate(amount if year >= first else 0.0, cell=cell) for year in years)
        found.append(
            Investment(
                party=party,
                name=name,
                amounts=amounts,
                kind=kind,
                term=term,
                until=until if term == TEMPORARY else None,
                code=row,
                scheme=scheme or "",
                source=given.text("source") or "",
                cell=cell,
                hours=hours,
            )
        )
        if term == STRUCTURAL and scheme:
            answers.note(INFO, "structural_with_scheme", answers.cell(row, "scheme"), found=scheme)
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


def _compare_accounts(
    answers: Answers, accounts: float | None, investments: tuple[Investment, ...], study: Study
) -> None:
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


def _hidden_costs(answers: Answers, accounts: Given, investments: tuple[Investment, ...]) -> None:
    """Costs that someone else bears stand among the costs too, or the ratio is too high.

    Which row is about which question is not asked, so one row in kind with an amount answers them all.
    """
    counted = any(i.kind == IN_KIND and any(a.mode > 0 for a in i.amounts) for i in investments)
    for name in _HIDDEN_COSTS:
        if accounts[name] is UNKNOWN:
            answers.note(INFO, "hidden_cost_unknown", answers.where(ACCOUNTS, name))
        elif accounts[name] is True and not counted:
            answers.note(WARN, f"hidden_cost_{name}", answers.where(ACCOUNTS, name))


def _pm_effects(answers: Answers) -> tuple[PmEffect, ...]:
    found = []
    for row, given in rows(answers, NO_PRICE):
        if any(v is None for v in given.values()):
            continue
        said = {field: given.text(column) or "" for field, column in _PM_FIELDS.items()}
        found.append(PmEffect(**said, code=row, cell=answers.cell(row, "name")))
    return tuple(found)
