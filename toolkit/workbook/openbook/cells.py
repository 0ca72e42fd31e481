"""Reads an open workbook as it stands on the screen, with what was not saved yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.opc.trouble import FileRefused
from toolkit.workbook.opening.far_cells import CELL_LIMIT
from toolkit.workbook.opening.sheets import SHEET_LIMIT, Cells
from toolkit.workbook.opening.unread import Cell, Unread

if TYPE_CHECKING:
    import xlwings


class OpenBook:
    """Where the cells of an open workbook are; read once, a sheet at a time.

    path: of its file; a name without a folder where it was never saved.
    """

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book
        self.path = _path(book)

    @property
    def folder(self) -> Path | None:
        """Where the workbook was saved; None where it was not."""
        return self.path.parent if self.path.is_absolute() else None

    @cached_property
    def _cells(self) -> dict[str, Cells]:
        """Raises FileRefused 'too_many_sheets' and 'too_many_cells', as for a file."""
        count = len(self.book.sheets)
        if count > SHEET_LIMIT:
            raise FileRefused("too_many_sheets", {"count": count, "limit": SHEET_LIMIT})
        found: dict[str, Cells] = {}
        total = 0
        for sheet in self.book.sheets:
            last = sheet.used_range.last_cell
            total += last.row * last.column
            if total > CELL_LIMIT:
                raise FileRefused("too_many_cells", {"limit": CELL_LIMIT})
            # an error must not look like an empty cell, and a single cell is a table too
            area = sheet.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True)
            found[sheet.name] = [[plain(value) for value in row] for row in area.value]
        return found

    def sheets(self) -> Iterator[tuple[str, Cells]]:
        """Every sheet: its name, and its cells by row and column from A1."""
        yield from self._cells.items()

    def at(self, sheet: str, row: int, column: int) -> object:
        """What stood in a cell when it was read; '' where nothing did."""
        rows = self._cells[sheet]
        line = rows[row - 1] if row <= len(rows) else []
        return line[column - 1] if column <= len(line) else ""

    def unread(self, wanted: Mapping[str, Iterable[Cell]]) -> Mapping[tuple[str, Cell], Unread]:
        """Nothing: an open workbook has computed its formulas, and shows its errors as their names."""
        return {}

    def has_macros(self) -> bool:
        """False: the spreadsheet program keeps what is its own."""
        return False

    def checksum(self) -> str:
        """SHA-256 of all cells, as nothing says that they are in a file."""
        return hashlib.sha256(repr(self._cells).encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: object) -> object:
    """A value as a file gives it: numbers are floats, and an empty cell is ''.

    >>> plain(None), plain(3), plain(True), plain(Decimal("1.5"))
    ('', 3.0, True, 1.5)
    """
    if value is None:
        return ""
    # of tens of thousands of cells nearly every one is text or a float
    return float(value) if type(value) is int or type(value) is Decimal else value


def _path(book: xlwings.Book) -> Path:
    """Where it was saved; of a workbook in the cloud that has no folder here, its name."""
    try:
        return Path(book.fullname)
    except Exception:  # of xlwings, which is not imported here: it cannot tell the folder of an address
        return Path(book.name)
