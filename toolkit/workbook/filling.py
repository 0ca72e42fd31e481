"""Puts answers into an empty workbook: settings in a form, the shipped examples, test forms."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.words.vocabulary import word
from toolkit.workbook.layout.parts import Block, Workbook
from toolkit.workbook.layout.shared import CHOICES
from toolkit.workbook.package import Package, column_letters
from toolkit.workbook.reference import label

UNKNOWN = "?"
"""In answers that are put in: 'weet ik niet'."""


def fill(
    template: bytes, workbook: Workbook, answers: Mapping[tuple[str, str], object], mark: str = ""
) -> bytes:
    """Put answers in, by (row code, column code); choices by their code.

    mark: a line at the top of every sheet, such as the warning that the figures are invented.
    """
    package = Package(template)
    if mark:
        for sheet in workbook.sheets:
            if sheet.kind != "result":
                package.set(word(f"form.sheets.{sheet.code}.name"), "B3", mark)
    for (row, column), value in answers.items():
        sheet, block, top = workbook.find(row[:2])
        line = top + 3 + block.row_codes.index(row)
        position = 2 + list(block.column_codes).index(column)
        cell = f"{column_letters(position)}{line}"
        package.set(word(f"form.sheets.{sheet.code}.name"), cell, _shown(block, row, column, value))
    return package.to_bytes()


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
