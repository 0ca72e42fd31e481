"""Is a workbook still built as we made it? Its version, and its tables, columns and rows with their codes."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO, SHORT
from toolkit.workbook.layout.asked import ACCOUNTS, EFFECTS, MONEY, ORGANISATION, TARGET_GROUPS
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.headings import above, heading
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.layout.portfolio import INITIATIVES, LETTER
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.layout.versions import TEMPLATE_VERSION, is_known
from toolkit.workbook.reading.raw import Oddity, Place, RawWorkbook

NEEDED = frozenset({ORGANISATION, TARGET_GROUPS, ACCOUNTS, MONEY, EFFECTS, SETTINGS, INITIATIVES, LETTER})
"""Tables without which nothing can be computed; without another, only what it adds is missing."""


def kind(raw: RawWorkbook) -> str:
    """Which workbook this is: the code of the one most of whose own tables it announces, '' if none."""
    books = (FORM, PORTFOLIO, LIBRARY_BOOK, SHORT)
    codes = {book.code: {placed.table.code for placed in book.tables()} for book in books}
    own = {
        code: found - set().union(*(other for name, other in codes.items() if name != code))
        for code, found in codes.items()
    }
    score = {code: len(raw.announced & found) for code, found in own.items()}
    best = max(score, key=lambda code: score[code])
    return best if score[best] else ""


def findings(raw: RawWorkbook, workbook: Workbook) -> list[Finding]:
    """Everything about the codes that keeps answers from being read, or makes them doubtful."""
    found = [*_version(raw)]
    for placed, block in workbook.blocks():
        place = raw.place_of(block)
        if place is not None:
            found += _columns(raw, block, place)
            found += _rows(raw, block, place)
        elif block.code not in raw.later:
            found.append(_table_missing(raw, placed.sheet, block))
    return found + [_oddity(raw, oddity) for oddity in raw.oddities]


def _version(raw: RawWorkbook) -> Iterator[Finding]:
    facts = {"found": raw.template or "-", "known": TEMPLATE_VERSION}
    if not is_known(raw.template):
        yield Finding(WARN, "template_unknown", "", facts, raw.path.name)
    elif raw.template != TEMPLATE_VERSION:
        yield Finding(INFO, "template_older", "", facts, raw.path.name)


def _table_missing(raw: RawWorkbook, sheet: Sheet, block: Block) -> Finding:
    facts = {
        "table": above(block),
        "sheet": sheet.name,
        "code": f"code {block.code}",
    }
    return Finding(STOP if block in NEEDED else WARN, "table_missing", "", facts, raw.path.name)


def _columns(raw: RawWorkbook, block: Block, place: Place) -> Iterator[Finding]:
    """Input columns whose grey code is gone; where it should stand follows from the code before it."""
    codes = list(block.column_codes)
    for column in block.asked_codes:
        if column in place.columns or f"{block.code}.{column}" in raw.later:
            continue
        before = [place.columns[c] for c in codes[: codes.index(column)] if c in place.columns]
        position = (before[-1] if before else place.code_column) + 1
        facts = {"column": column, "heading": heading(block, column)}
        where = f"{place.sheet}!{column_letters(position)}{place.row}"
        yield Finding(STOP, "column_missing", where, facts, raw.path.name)


def _rows(raw: RawWorkbook, block: Block, place: Place) -> Iterator[Finding]:
    """Questions that are gone, and rows with a code that the block does not have."""
    known, found = block.row_codes, raw.rows_of(block)
    corner = f"{place.sheet}!{column_letters(place.code_column)}{place.row}"
    for question in block.questions:
        later = f"{block.code}.{question.code}" in raw.later
        if question.code not in found and not question.field.required and not later:
            yield Finding(WARN, "row_missing", corner, {"row": question.code}, raw.path.name)
    for row in found:
        if row not in known:
            answers = [raw.answers[row, c] for c in place.columns if (row, c) in raw.answers]
            if any(answer.value is not None for answer in answers):
                where = f"{place.sheet}!{column_letters(place.code_column)}{_line(answers[0].where)}"
                facts = {"row": row, "first": known[0], "last": known[-1]}
                yield Finding(STOP, "row_unknown", where, facts, raw.path.name)


def _line(where: str) -> str:
    return where.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _oddity(raw: RawWorkbook, oddity: Oddity) -> Finding:
    level = STOP
    if oddity.code in ("row_lost_its_code", "row_without_code") and not oddity.complete:
        level = WARN
    facts = {**oddity.facts, "table": word(f"form.blocks.{oddity.block}")}
    return Finding(level, oddity.code, oddity.where, facts, raw.path.name)
