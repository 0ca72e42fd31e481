"""Puts answers into an empty workbook: settings in a form, the shipped examples, test forms."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.kengetallen.library import Library
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import LOOKUP, Block, Workbook
from toolkit.workbook.package import Cached, Package, column_letters
from toolkit.workbook.package.cells import LONGEST_TEXT, content_of
from toolkit.workbook.raw import RawWorkbook
from toolkit.workbook.reference import at_price_level, label
from toolkit.workbook.showing import as_text

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
    library, price_level: where given, the lookups beside the answers get their results too.
    """
    package = Package(template)
    if mark:
        for sheet in workbook.sheets:
            if sheet.kind != "result":
                package.set(word(f"form.sheets.{sheet.code}.name"), "B3", mark)
    for (row, column), value in answers.items():
        block = workbook.find(row[:2])[1]
        _put(package, workbook, row, column, _shown(block, row, column, value))
    if library is not None:
        for (row, column), value in _looked_up(answers, library, price_level).items():
            _put(package, workbook, row, column, Cached(value))
    return package.to_bytes()


def transcribed(template: bytes, workbook: Workbook, raw: RawWorkbook) -> bytes:
    """The answers of a workbook, as they stand, in an empty one of the current version."""
    package = Package(template)
    for _, block, _ in workbook.blocks():
        answered = {"answer"} if block.questions else {f.code for f in block.columns if f.kind != LOOKUP}
        for row in raw.rows.get(block.prefix, ()):
            for column in answered:
                answer = raw.get(row, column)
                if row in block.row_codes and answer is not None and answer.value is not None:
                    _put(package, workbook, row, column, _storable(answer.value))
    return package.to_bytes()


def _storable(value: object) -> object:
    """The value, or its text where no cell of an .xlsx can hold it (infinity, a day before 1900)."""
    try:
        content_of(value, date1904=False)
    except ValueError:
        return as_text(value)[:LONGEST_TEXT]
    return value


def _looked_up(
    answers: Mapping[tuple[str, str], object], library: Library, price_level: int
) -> dict[tuple[str, str], object]:
    """What the live lookups beside the answers show."""
    shown: dict[tuple[str, str], object] = {}
    changes = {change.name: change for change in library.changes.values()}
    for (row, column), value in answers.items():
        change = changes.get(value) if column == "change" else None
        if change:
            first = library.unit_values[change.parts[0].kengetal]
            amount = at_price_level(first, library, price_level)
            shown[row, "unit"], shown[row, "watch_for"] = change.unit, change.watch_for
            shown[row, "value"] = "" if amount is None else amount
            shown[f"VD{row[2:]}", "row_change"] = change.name
    return shown


def _put(package: Package, workbook: Workbook, row: str, column: str, value: object) -> None:
    sheet, block, top = workbook.find(row[:2])
    line = top + 3 + block.row_codes.index(row)
    position = 2 + list(block.column_codes).index(column)
    package.set(word(f"form.sheets.{sheet.code}.name"), f"{column_letters(position)}{line}", value)


def _shown(block: Block, row: str, column: str, value: object) -> object:
    if block.questions:
        field = next(q.field for q in block.questions if q.code == row)
    else:
        field = next(f for f in block.columns if f.code == column)
    if value == UNKNOWN:
        return word("form.lists.unknown")
    if field.kind == "choice" and field.choices in CHOICES:
        for choice, meaning in CHOICES[field.choices].items():
            if value in (choice, meaning):
                return label(field.choices, choice)
    return value
