"""What a form tells without euros: what was done, whom they sent on, and what changed that has no price."""

from __future__ import annotations

from toolkit.model.initiative import Activity, PmEffect, Referral
from toolkit.model.narrowing import as_a
from toolkit.model.unit_value import Change
from toolkit.workbook.intake.answers import Answers, rows
from toolkit.workbook.layout.asked import ACTIVITIES, NO_PRICE, REFERRALS
from toolkit.workbook.layout.labels import label
from toolkit.workbook.layout.lists import OTHER


def pm_effects(answers: Answers) -> tuple[PmEffect, ...]:
    """Sheet Niet in geld: what was picked from the list, or what they described themselves."""
    found = []
    for row, given in rows(answers, NO_PRICE):
        picked, grade, known_by = given["effect"], given.text("pm_grade"), given.text("grade")
        name, domain, evidence = given.text("name"), given.text("domain"), given.text("evidence")
        if picked is not None and picked != OTHER:
            change = as_a(Change, picked)
            name, domain = change.name, change.domain
        if picked is None or None in (name, domain, grade, known_by, evidence):
            continue
        found.append(
            PmEffect(
                name=name or "",
                domain=domain or "",
                grade=grade or "",
                evidence=evidence or "",
                known_by=known_by or "",
                code=row,
                cell=answers.cell(row, "name" if picked == OTHER else "effect"),
                people=given.number("people"),
                outputs=given.text("outputs") or "",
                people_cell=answers.cell(row, "people"),
            )
        )
    return tuple(found)


def activities(answers: Answers) -> tuple[Activity, ...]:
    """What they did, and what each amounted to."""
    found = []
    for row, given in rows(answers, ACTIVITIES):
        name, output = given.text("activity"), given.text("output")
        said = given.text("other") if output == OTHER else output and label("output", output)
        if name is not None:
            cell, people = answers.cell(row, "number"), given.number("people")
            kind = output if output and output != OTHER else ""
            found.append(Activity(name, said or "", given.number("number"), people, row, cell, kind))
    return tuple(found)


def referrals(answers: Answers) -> tuple[Referral, ...]:
    """Whom they brought to another organisation."""
    found = []
    for row, given in rows(answers, REFERRALS):
        to_whom, people = given.text("to_whom"), given.number("people")
        said = given.text("other") if to_whom == OTHER else label("referral", to_whom or OTHER)
        if said is not None:
            kind = to_whom if to_whom and to_whom != OTHER else ""
            found.append(Referral(said, people, row, answers.cell(row, "people"), kind))
    return tuple(found)
