"""A short form: nothing is computed of it, so all there is are the findings."""

from __future__ import annotations

from toolkit.kengetallen.library import Library
from toolkit.model.finding import INFO, STOP, Finding
from toolkit.workbook.intake import privacy
from toolkit.workbook.intake.answers import Answers, named_changes, questions, rows
from toolkit.workbook.layout.short import (
    SHORT,
    SHORT_ACCOUNTS,
    SHORT_EFFECTS,
    SHORT_NO_PRICE,
    SHORT_ORGANISATION,
)
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.raw import RawWorkbook


def short_form(raw: RawWorkbook, library: Library) -> list[Finding]:
    """What is missing or wrong in a short form, as in the full form, and that it is a short one."""
    answers = Answers(raw, named_changes(library))
    answers.note(INFO, "short_form", "", name=raw.path.name)
    answers.findings.extend(structure.findings(raw, SHORT))
    answers.findings.extend(privacy.findings(raw, SHORT))
    questions(answers, SHORT_ORGANISATION)
    questions(answers, SHORT_ACCOUNTS)
    changes = rows(answers, SHORT_EFFECTS)
    rows(answers, SHORT_NO_PRICE)
    if not changes and raw.place_of(SHORT_EFFECTS):
        answers.note(STOP, "short_no_changes", answers.cell(SHORT_EFFECTS.row_codes[0], "change"))
    return answers.findings
