"""Older versions of the form and the portfolio: what was called otherwise, step by step to today.

The codes decide, not the places. So a version needs a step only for what changed under a code: a
row or a column with another code, an answer with another label, and what was not there yet. Form
and portfolio share one series of versions.

To raise the version: put it in layout/lists.py, and write the step from the old version to it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.lists import TEMPLATE_VERSION
from toolkit.workbook.layout.parts import CHOICE, table_code
from toolkit.workbook.reading.raw import RawAnswer, RawWorkbook


@dataclass(frozen=True, slots=True)
class Step:
    """What a version says differently from the version that follows it.

    to: the version that follows.
    rows: old code -> new code.  columns: (block, old code) -> new code.
    labels: (name of a list, old label) -> new label.
    added: blocks ('ET'), columns and rows ('EF.helper', 'OO.OO-12') that the old version lacks.
    """

    to: str
    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()


STEPS: dict[str, Step] = {
    # the first forms did not say their version; their portfolio had no sheet with own tariffs
    "": Step("2026.1", added=frozenset({"ET"})),
    # what came with 2026.2 is shown and not asked: the sentence, the open questions, last year
    "2026.1": Step("2026.2"),
    # the portfolio learned of the letter before, of what was done since, and of numbers of its own
    "2026.2": Step("2026.3", added=frozenset({"EG", "BA.progress", "BR.BR-30", "BR.BR-31", "BR.BR-32"})),
}
"""Every version that went before, with the step to the next."""


def is_known(version: str | None) -> bool:
    """True for today's version and for every version with a step."""
    return version == TEMPLATE_VERSION or version in STEPS


def old_columns(prefix: str) -> set[str]:
    """The codes that columns of a block had in older versions."""
    return {old for step in STEPS.values() for block, old in step.columns if block == prefix}


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
    return replace(
        raw,
        answers={key(at): answer(key(at), given) for at, given in raw.answers.items()},
        rows={prefix: tuple(step.rows.get(r, r) for r in rows) for prefix, rows in raw.rows.items()},
        places=places,
        unread={key(at): why for at, why in raw.unread.items()},
        later=raw.later | step.added,
    )


def _field(workbook: Workbook, row: str) -> str:
    """The code of the field that a single question asks for."""
    asked = (q for _, block in workbook.blocks() for q in block.questions)
    return next((q.field.code for q in asked if q.code == row), "")
