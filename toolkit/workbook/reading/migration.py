"""Older versions of the form and the portfolio: what was called otherwise, step by step to today.

layout/versions.py says what each version says differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.fields import CHOICE
from toolkit.workbook.layout.parts import table_code
from toolkit.workbook.layout.versions import STEPS, Step
from toolkit.workbook.reading.raw import RawAnswer, RawWorkbook


def migrated(raw: RawWorkbook, workbook: Workbook) -> RawWorkbook:
    """The same answers under the codes and labels of today; of an unknown version, as they are."""
    for step in _steps(raw.template):
        raw = _taken(raw, step, workbook)
    return raw


def _steps(version: str | None) -> Iterator[Step]:
    while version in STEPS:
        yield STEPS[version]
        version = STEPS[version].to


def _taken(raw: RawWorkbook, step: Step, workbook: Workbook) -> RawWorkbook:
    lists = {
        (block.code, f.code): f.choices
        for _, block in workbook.blocks()
        for f in (block.columns or (q.field for q in block.questions))
        if f.kind == CHOICE
    }

    def key(old: tuple[str, str]) -> tuple[str, str]:
        row, column = old
        return step.rows.get(row, row), step.columns.get((table_code(row), column), column)

    def answer(at: tuple[str, str], given: RawAnswer) -> RawAnswer:
        row, column = at
        name = lists.get((table_code(row), _field(workbook, row) if column == "answer" else column))
        label = step.labels.get((name, given.value)) if name and isinstance(given.value, str) else None
        return replace(given, value=label) if label else given

    places = {
        prefix: replace(p, columns={step.columns.get((prefix, c), c): n for c, n in p.columns.items()})
        for prefix, p in raw.places.items()
    }
    rows: dict[str, list[str]] = {}
    for old_row in (row for of_table in raw.rows.values() for row in of_table):
        row = step.rows.get(old_row, old_row)
        rows.setdefault(table_code(row), []).append(row)
    return replace(
        raw,
        answers={key(at): answer(key(at), given) for at, given in raw.answers.items()},
        rows={prefix: tuple(of_table) for prefix, of_table in rows.items()},
        places=places,
        unread={key(at): why for at, why in raw.unread.items()},
        later=raw.later | step.added,
    )


def _field(workbook: Workbook, row: str) -> str:
    """The code of the field that a single question asks for."""
    asked = (q for _, block in workbook.blocks() for q in block.questions)
    return next((q.field.code for q in asked if q.code == row), "")
