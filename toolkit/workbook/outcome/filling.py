"""Puts answers into an empty workbook: settings in a form, the shipped examples, test forms."""

from __future__ import annotations

import math
from collections.abc import Mapping

from toolkit.kengetallen.library import Library
from toolkit.words.dutch import plain
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import headings, measures
from toolkit.workbook.layout.books import Placed, Workbook
from toolkit.workbook.layout.fields import YEAR, Field
from toolkit.workbook.layout.form import FORM
from toolkit.workbook.layout.labels import label
from toolkit.workbook.layout.lists import CHOICES, OTHER
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.live import results
from toolkit.workbook.reading.raw import RawWorkbook
from toolkit.workbook.reading.showing import as_text
from toolkit.workbook.sheetfile import Cached, Package
from toolkit.workbook.sheetfile.cells import LONGEST_TEXT, content_of

UNKNOWN = "?"
"""In answers that are put in: 'weet ik niet'."""


def fill(
    template: bytes,
    workbook: Workbook,
    answers: Mapping[tuple[str, str], object],
    mark: str = "",
    library: Library | None = None,
    price_level: int = 0,
) -> bytes:
    """Put answers in, by (row code, column code); choices by their code.

    mark: a line at the top of every sheet, such as the warning that the figures are invented.
    library, price_level: where given, the live formulas of a form get their results too.
    """
    package = Package(template)
    if mark:
        for sheet in workbook.sheets:
            if sheet.kind not in ("result", "poster"):
                package.set(sheet.name, "B3", mark)
    shown = {
        (row, column): _shown(workbook.block_of(row), row, column, value)
        for (row, column), value in answers.items()
    }
    for (row, column), value in shown.items():
        _put(package, workbook, row, column, value)
    if library is not None and workbook.code == "form":
        _refresh(package, shown, library, price_level)
    return package.to_bytes()


def transcribed(
    template: bytes,
    workbook: Workbook,
    raw: RawWorkbook,
    library: Library | None = None,
    price_level: int = 0,
    unknown_where_new: bool = False,
) -> bytes:
    """The answers of a workbook, as they stand, in an empty one of the current version.

    unknown_where_new: what must be answered and came after the version of that workbook says 'weet ik
    niet', as it was computed; otherwise it stays an open question.
    """
    package = Package(template)
    answers: dict[tuple[str, str], object] = {}
    for placed, block in workbook.blocks():
        for row in block.row_codes:
            given = {c: value for c in block.asked_codes if (value := raw.value(row, c)) is not None}
            if unknown_where_new and (given or block.questions):
                given |= _never_asked(block, row, raw)
            for column, value in given.items():
                answers[row, column] = value
                _put(package, workbook, row, column, _storable(value))
            if (said := raw.value(row, "previous")) is not None:
                _put(package, workbook, row, "previous", _storable(said))
                _make_room(package, placed, block, row, as_text(said))
    if library is not None and workbook.code == "form":
        _refresh(package, answers, library, price_level)
    return package.to_bytes()


def _never_asked(block: Block, row: str, raw: RawWorkbook) -> dict[str, object]:
    """'Weet ik niet' for what a row must answer and nobody could."""
    return {
        column: word("form.lists.unknown")
        for column in block.asked_codes
        if (field := block.field_of(row, column)).required and field.unknown
        if raw.is_later(row, column) and raw.value(row, column) is None
    }


def with_last_year(template: bytes, raw: RawWorkbook, library: Library, price_level: int) -> bytes:
    """A form that shows last year's answers beside this year's questions.

    What seldom changes (names, who pays, which change) is filled in already; numbers and evidence
    are asked anew.
    """
    package = Package(template)
    answers: dict[tuple[str, str], object] = {}
    for placed, block in FORM.blocks():
        for row in block.row_codes:
            for column in _carried(block, row):
                value = raw.value(row, column)
                if value is not None:
                    answers[row, column] = value
                    _put(package, FORM, row, column, _storable(value))
            if "previous" in block.column_codes and (said := _last_year(block, row, raw)):
                _put(package, FORM, row, "previous", said)
                _make_room(package, placed, block, row, said)
    _refresh(package, answers, library, price_level)
    return package.to_bytes()


def _make_room(package: Package, placed: Placed, block: Block, row: str, text: str) -> None:
    """Make a row as high as last year's answers need."""
    width = headings.widths(block)[block.column_codes.index("previous")]
    height = max(measures.LINE_POINTS * block.lines, measures.text_height(text, width))
    if not block.questions:
        package.row_height(placed.sheet.name, placed.row(row), height)


def _carried(block: Block, row: str) -> tuple[str, ...]:
    if block.questions:
        return ("answer",) if row in block.carried else ()
    return block.carried


def _last_year(block: Block, row: str, raw: RawWorkbook) -> str:
    """Last year's answer to a question, or all that was said in a row and is asked anew."""
    if block.questions:
        return _readable(raw.value(row, "answer"), block.field_of(row, "answer"))
    said = [
        f"{headings.heading(block, field.code)}: {_readable(value, field)}"
        for field in block.asked
        if field.code not in block.carried and (value := raw.value(row, field.code)) is not None
    ]
    return "; ".join(said)


def _readable(value: object, field: Field) -> str:
    """An answer as a person reads it; a year has no point between its thousands."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return as_text(value)
    return str(int(value)) if field.kind == YEAR else plain(value)


def _refresh(
    package: Package, cells: Mapping[tuple[str, str], object], library: Library, price_level: int
) -> None:
    for sheet, cell, value in results.beside(cells, library, price_level):
        package.set(sheet, cell, Cached(value))


def _storable(value: object) -> object:
    """The value, or its text where no cell of an .xlsx can hold it (infinity, a day before 1900)."""
    try:
        content_of(value, date1904=False)
    except ValueError:
        return as_text(value)[:LONGEST_TEXT]
    return value


def _put(package: Package, workbook: Workbook, row: str, column: str, value: object) -> None:
    placed = workbook.holding(row)
    package.set(placed.sheet.name, placed.cell(row, column), value)


def _shown(block: Block, row: str, column: str, value: object) -> object:
    field = block.field_of(row, column)
    if value == UNKNOWN:
        return word("form.lists.unknown")
    if field.kind == "choice" and value == OTHER:
        return label(field.choices, OTHER)
    if field.kind == "choice" and field.choices in CHOICES:
        for choice, meaning in CHOICES[field.choices].items():
            if value in (choice, meaning):
                return label(field.choices, choice)
    return value
