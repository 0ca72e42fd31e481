"""What older files say otherwise: names that lapsed, and numbers that were asked in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.kengetallen.library import Library
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.workbook.layout.asked import EFFECTS, NO_PRICE
from toolkit.workbook.layout.labels import label
from toolkit.workbook.layout.lists import OTHER
from toolkit.workbook.layout.parts import Block, table_code
from toolkit.workbook.layout.portfolio import TARIFFS
from toolkit.workbook.reading.raw import RawAnswer, RawWorkbook


def renamed(raw: RawWorkbook, library: Library) -> tuple[RawWorkbook, list[Finding]]:
    """A form or a portfolio with the names of today in it, and what somebody must look at again.

    A change or a unit value that lapsed was counted otherwise: each row that names it gets a remark at
    the number that was counted, which is read as it is.
    """
    raw, findings = _in_table(raw, EFFECTS, "change", ("total", "reach"), library)
    raw, more = _in_table(raw, TARIFFS, "unit_value", ("own_amount",), library)
    raw, counted = _totals(_own_words(raw), library)
    return raw, [*findings, *more, *counted]


def _totals(raw: RawWorkbook, library: Library) -> tuple[RawWorkbook, list[Finding]]:
    """Older forms asked one number: of hours, euros or items it is the total, and nobody told the people."""
    if f"{EFFECTS.code}.total" not in raw.later:
        return raw, []
    changes = {change.name: change for change in library.changes.values()}
    answers, later, findings = dict(raw.answers), set(raw.later), []
    for row in raw.rows_of(EFFECTS):
        change, given = changes.get(str(raw.value(row, "change"))), raw.get(row, "reach")
        if change is None or change.of_people or given is None or given.value is None:
            continue
        answers[row, "total"] = answers.pop((row, "reach"))
        later.add(row)
        facts = {"change": change.name, "total": given.value, "unit": change.unit_short}
        findings.append(Finding(INFO, "people_missing", given.where, facts, raw.path.name))
    return replace(raw, answers=answers, later=frozenset(later)), findings


def _own_words(raw: RawWorkbook) -> RawWorkbook:
    """Older forms let people describe what has no price: that is something else than the list has."""
    if f"{NO_PRICE.code}.effect" not in raw.later:
        return raw
    named = {row: raw.get(row, "name") for row in raw.rows_of(NO_PRICE)}
    other = label("unpriced", OTHER)
    answers = {
        (row, "effect"): RawAnswer(other, name.where)
        for row, name in named.items()
        if name is not None and name.value is not None
    }
    return replace(raw, answers={**raw.answers, **answers})


def _in_table(
    raw: RawWorkbook, block: Block, column: str, numbers: Sequence[str], library: Library
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
        filled = (raw.get(row, number) for number in numbers)
        counted = next((one for one in filled if one is not None and one.value is not None), answer)
        facts = {
            "found": answer.value,
            "now": today[lapsed.now],
            "unit": lapsed.unit,
            "counted": lapsed.counted,
        }
        findings.append(Finding(WARN, f"lapsed_{column}", counted.where, facts, raw.path.name))
    return replace(raw, answers={**raw.answers, **answers}) if answers else raw, findings
