"""Names that lapsed: an older file says them, and is read with what took their place and a remark."""

from __future__ import annotations

from dataclasses import replace

from toolkit.kengetallen.library import Library
from toolkit.model.finding import WARN, Finding
from toolkit.workbook.layout.form import EFFECTS
from toolkit.workbook.layout.parts import Block, table_code
from toolkit.workbook.layout.portfolio import TARIFFS
from toolkit.workbook.reading.raw import RawWorkbook


def renamed(raw: RawWorkbook, library: Library) -> tuple[RawWorkbook, list[Finding]]:
    """A form or a portfolio with the names of today in it, and what somebody must look at again.

    A change or a unit value that lapsed was counted otherwise: each row that names it gets a remark at
    the number that was counted, which is read as it is.
    """
    raw, findings = _in_table(raw, EFFECTS, "change", "reach", library)
    raw, more = _in_table(raw, TARIFFS, "unit_value", "own_amount", library)
    return raw, [*findings, *more]


def _in_table(
    raw: RawWorkbook, block: Block, column: str, number: str, library: Library
) -> tuple[RawWorkbook, list[Finding]]:
    now = {name.casefold(): lapsed for lapsed in library.lapsed for name in lapsed.names}
    today = {code: change.name for code, change in library.changes.items()}
    today |= {code: value.name for code, value in library.unit_values.items()}
    answers, findings = {}, []
    for (row, asked), answer in raw.answers.items():
        lapsed = now.get(" ".join(str(answer.value).split()).casefold())
        if table_code(row) != block.code or asked != column or lapsed is None or lapsed.now not in today:
            continue
        answers[row, asked] = replace(answer, value=today[lapsed.now])
        counted = raw.get(row, number)
        facts = {
            "found": answer.value,
            "now": today[lapsed.now],
            "unit": lapsed.unit,
            "counted": lapsed.counted,
        }
        where = (counted or answer).where
        findings.append(Finding(WARN, f"lapsed_{column}", where, facts, raw.path.name))
    return replace(raw, answers={**raw.answers, **answers}) if answers else raw, findings
