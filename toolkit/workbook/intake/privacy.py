"""Personal data of participants in what people typed: found and located before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.finding import STOP, WARN, Finding
from toolkit.words.personal import kinds
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.fields import LOOKUP, TEXT, Field
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.reading.raw import RawAnswer, RawWorkbook
from toolkit.workbook.reading.showing import as_text

EXEMPT = {
    "form": frozenset({"contact"}),
    "short": frozenset(),
    "portfolio": frozenset(
        {"addressee", "author", "phone", "portfolio_holder", "researcher", "client", "salutation"}
        | {"checked_by", "signer_1", "signer_2", "confirmed_by", "usual_confirmed_by"}
    ),
}
"""Fields that ask for a person in office or a way to reach one, per workbook."""


def findings(raw: RawWorkbook, workbook: Workbook) -> Iterator[Finding]:
    """Every answer that seems to hold personal data, whatever was asked in its cell."""
    exempt = EXEMPT[workbook.code]
    for _, block in workbook.blocks():
        for row in sorted(raw.rows_of(block)):
            for column, field in _fields(block, row):
                answer = raw.get(row, column)
                if answer is not None and field.code not in exempt:
                    for is_sure, code in kinds(_free_text(field, answer)):
                        level = STOP if is_sure else WARN
                        yield Finding(level, code, answer.where, {}, raw.path.name)


def _fields(block: Block, row: str) -> list[tuple[str, Field]]:
    if block.questions:
        return [("answer", q.field) for q in block.questions if q.code == row]
    return [(f.code, f) for f in block.columns if f.kind != LOOKUP]


def _free_text(field: Field, answer: RawAnswer) -> str:
    """What may hold personal data: any text, and a bare number where words were asked."""
    value = answer.value
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return as_text(value) if is_number and field.kind == TEXT else ""
