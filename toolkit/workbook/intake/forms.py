"""Raw answers of a form become an Initiative, or ALL findings at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from toolkit.kengetallen.library import Library
from toolkit.model.finding import STOP, WARN, Finding, stops
from toolkit.model.initiative import Initiative, TargetGroup
from toolkit.model.narrowing import Given
from toolkit.model.study import Study
from toolkit.words.vocabulary import word
from toolkit.workbook.intake import money, privacy, told
from toolkit.workbook.intake.answers import UNKNOWN, Answers, named_changes, questions, rows
from toolkit.workbook.intake.effects import effects as effects_of
from toolkit.workbook.layout.asked import (
    ACCOUNTS,
    DEEPENING,
    EFFECTS,
    FRAMEWORK,
    MONEY,
    ORGANISATION,
    STORY,
    TARGET_GROUPS,
)
from toolkit.workbook.layout.form import FORM
from toolkit.workbook.layout.labels import label
from toolkit.workbook.layout.lists import ACTIVITY_YEARS
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.raw import RawWorkbook
from toolkit.workbook.reading.showing import shown

_SCORED_TOO = ("unseen", "complements")
"""Answers of their own story that the assessors of the framework read as well."""
_NAMED = {field.name for field in fields(Initiative)} | privacy.EXEMPT[FORM.code]
"""Answers about an organisation that are a field of their own, or nobody's business after this."""


def initiative(
    raw: RawWorkbook, study: Study, library: Library, code: str = ""
) -> tuple[Initiative | None, list[Finding]]:
    """Check a filled form and turn it into an Initiative.

    The study decides the years: what the form says of its reporting year holds in each year
    of activity, unless sheet Verdieping gives a year of its own. None where a finding stops.
    """
    answers = Answers(raw, named_changes(library))
    answers.findings.extend(structure.findings(raw, FORM))
    answers.findings.extend(privacy.findings(raw, FORM))
    about = questions(answers, ORGANISATION)
    accounts = questions(answers, ACCOUNTS)
    groups = _target_groups(answers)
    investments = money.investments(answers, study, library)
    effects, unpriced = effects_of(answers, study, library)
    pm_effects = (*told.pm_effects(answers), *unpriced)
    activities, referrals = told.activities(answers), told.referrals(answers)
    story = _texts(questions(answers, STORY))
    criteria = _texts(questions(answers, FRAMEWORK)) | {k: story[k] for k in _SCORED_TOO if k in story}
    _compare_year(answers, about.whole("reporting_year"), study)
    _growth(answers, about.text("growth"))
    if not answers.stopped(MONEY):
        money.compare(answers, accounts, investments)
    if not effects and not unpriced and not stops(answers.findings):
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
            activities=activities,
            referrals=referrals,
            criteria=criteria,
            story=story,
            area=texts["area"],
            description=texts["description"],
            participants=about.number("participants"),
            volunteers=about.number("volunteers"),
            residents=about.number("residents"),
            reporting_year=about.whole("reporting_year"),
            annual_accounts=accounts.number("annual_accounts"),
            volunteer_hours=accounts.number("volunteer_hours"),
            about={k: text for k, text in texts.items() if k not in _NAMED},
            file=raw.path.name,
        ),
        answers.findings,
    )


def _texts(given: Given) -> dict[str, str]:
    """The answers that were given, as people read them."""
    return {name: _said(value) for name, value in given.items() if value is not None}


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
                different_people=given.number("different_people"),
            )
    if not found and answers.raw.place_of(TARGET_GROUPS):
        answers.note(STOP, "no_target_groups", answers.cell(TARGET_GROUPS.row_codes[0], "name"))
    answers.lists["target_group"] = named
    return tuple(named.values())


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


def _growth(answers: Answers, growth: str | None) -> None:
    """An expected growth is counted only where finance filled it in, so what is said without is told."""
    years = [f"reach_{n}" for n in range(2, ACTIVITY_YEARS + 1)]
    filled = any(answers.raw.value(row, year) is not None for row in DEEPENING.row_codes for year in years)
    if growth in ("more", "fewer") and not filled:
        said = label("growth", growth)
        answers.note(WARN, "growth_not_counted", answers.where(ORGANISATION, "growth"), growth=said)
