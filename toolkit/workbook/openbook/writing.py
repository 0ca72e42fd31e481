"""Puts values into an open workbook, in blocks, and back; where that fails, everything is as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.words.vocabulary import words
from toolkit.workbook.openbook.calm import calm, open_for_us
from toolkit.workbook.openbook.cells import OpenBook
from toolkit.workbook.openbook.edits import Block, Edits, blocks, stretches
from toolkit.workbook.openbook.snapshot import NotPutBack, Snapshot, load, places_of
from toolkit.workbook.reading.raw import RawWorkbook

if TYPE_CHECKING:
    import xlwings


def write(book: xlwings.Book, edits: Edits, before: Snapshot) -> None:
    """Put the edits into the workbook; where that fails put back what was there, and tell the failure.

    Raises FileRefused 'sheet_protected' for a sheet with a password; nothing is touched then.
    """
    sheets = {name: book.sheets[name] for name in edits.sheets()}
    for sheet in sheets.values():
        open_for_us(sheet)
    with calm(book.app):
        try:
            for name, sheet in sheets.items():
                for block in blocks(edits.values.get(name, {})):
                    put(sheet, block)
                look(
                    sheet,
                    edits.heights.get(name, {}),
                    edits.hidden.get(name, {}),
                    edits.columns.get(name, {}),
                )
        except BaseException:
            restore(book, before)
            raise


def put_back(open_book: OpenBook, raw: RawWorkbook, path: Path) -> None:
    """Put a kept snapshot back, every cell as it was; it is gone afterwards.

    Raises NotPutBack where nothing was kept, or its cells are no longer the same ones.
    """
    snapshot = load(path)
    if snapshot.places != places_of(raw) or not set(snapshot.sheets) <= set(raw.sheet_names):
        raise NotPutBack("moved")
    with calm(open_book.book.app):
        restore(open_book.book, snapshot)
    path.unlink()


def restore(book: xlwings.Book, snapshot: Snapshot) -> None:
    """Put every cell of a snapshot back."""
    for name, held in snapshot.sheets.items():
        sheet = book.sheets[name]
        open_for_us(sheet)
        for row, column, cells in held.blocks:
            put(sheet, Block(row, column, [[_value(cell) for cell in line] for line in cells]))
            for down, line in enumerate(cells):
                for right, cell in enumerate(line):
                    if isinstance(cell, dict) and "formula" in cell:
                        sheet.range((row + down, column + right)).formula = cell["formula"]
        look(sheet, held.heights, held.hidden, held.columns)


def _value(cell: object) -> object:
    """The value of a cell in a snapshot; nothing for a formula, which is put there after it."""
    if isinstance(cell, dict):
        return dt.datetime.fromisoformat(cell["date"]) if "date" in cell else None
    return cell


def put(sheet: xlwings.Sheet, block: Block) -> None:
    """Write one block."""
    block.on(sheet).value = [[typed(value) for value in row] for row in block.values]


def look(
    sheet: xlwings.Sheet,
    heights: Mapping[int, float],
    hidden: Mapping[int, bool],
    columns: Mapping[int, bool],
) -> None:
    """Set heights and hide rows and columns; heights first, as a height shows a hidden row."""
    for first, last, points in stretches(heights):
        sheet.range((first, 1), (last, 1)).row_height = points
    for first, last, is_hidden in stretches(hidden):
        sheet.range((first, 1), (last, 1)).rows.hidden = is_hidden
    for first, last, is_hidden in stretches(columns):
        sheet.range((1, first), (1, last)).columns.hidden = is_hidden


def typed(value: object) -> object:
    """A value as it has to be handed over to end up in a cell as what it is.

    Excel reads a text that is handed over as if someone typed it: '=1+1' would compute, '007' become a
    number and '3-4' a date. An apostrophe in front, which is no part of the text, keeps all that from
    happening. A text that starts with a letter and has no digit needs none, save the words for true
    and false.

    >>> typed("=1+1"), typed("'s avonds"), typed("De Kade"), typed("WAAR"), typed("")
    ("'=1+1", "''s avonds", 'De Kade', "'WAAR", None)
    """
    match value:
        case None | "":
            return None
        case bool() | dt.datetime():
            return value
        case str():
            plainly = value[0].isalpha() and not any(map(str.isdigit, value))
            return value if plainly and value.strip().upper() not in words("ribbon.truth") else f"'{value}"
        case dt.date():
            return dt.datetime(value.year, value.month, value.day)
        case Integral():
            return int(value)
        case Real() | Decimal():
            return float(value)
    raise TypeError(f"no cell holds a {type(value).__name__}")
