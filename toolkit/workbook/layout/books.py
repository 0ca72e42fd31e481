"""Where the parts of a workbook stand: sheets from left to right, and tables from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.parts import (
    CODES_BELOW,
    HEADER_BELOW,
    ROWS_BELOW,
    Block,
    Charts,
    Reference,
    Result,
    Table,
    table_code,
)

FIRST_PART_ROW = 6
"""Rows 1 to 5 of every sheet: title, what it is for, verdict or link, answer sentence, blank."""
FIRST_COLUMN = 2
"""Column A holds the codes of rows; the columns of a table start beside it."""

Part = Table | Charts


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. kind: 'guide', 'input', 'finance', 'result', 'poster' or 'reference'.

    top: the row at which the first part starts.
    """

    code: str
    kind: str
    parts: tuple[Part, ...] = ()
    top: int = FIRST_PART_ROW

    @property
    def name(self) -> str:
        """What its tab says."""
        return word(f"form.sheets.{self.code}.name")

    @property
    def is_ours(self) -> bool:
        """True where results or the library are written, and nothing is asked."""
        return any(isinstance(part, Result | Reference) for part in self.parts)

    def placed(self) -> Iterator[tuple[Part, int]]:
        """Each part with the row at which it starts (1-based); a blank row between parts."""
        row = self.top
        for part in self.parts:
            yield part, row
            row += part.height + 1

    def tables(self) -> Iterator[Placed]:
        """Its tables where they stand."""
        return (Placed(self, part, row) for part, row in self.placed() if isinstance(part, Table))


@dataclass(frozen=True, slots=True)
class Placed:
    """A table where a new workbook has it. top: the row of its heading."""

    sheet: Sheet
    table: Table
    top: int

    @property
    def codes_row(self) -> int:
        """The row of its column codes."""
        return self.top + CODES_BELOW

    @property
    def header_row(self) -> int:
        """The row of its header."""
        return self.top + HEADER_BELOW

    @property
    def first_row(self) -> int:
        """Its first row."""
        return self.top + ROWS_BELOW

    @property
    def last_row(self) -> int:
        """Its last row."""
        return self.top + self.table.height - 1

    @property
    def rows(self) -> range:
        """All its rows."""
        return range(self.first_row, self.last_row + 1)

    def row(self, code: str) -> int:
        """The row with a code. Raises ValueError where the table has none."""
        return self.first_row + self.table.row_codes.index(code)

    def column(self, code: str) -> int:
        """The number of a column. Raises ValueError where the table has none."""
        return FIRST_COLUMN + self.table.column_codes.index(code)

    def letter(self, code: str) -> str:
        """The letters of a column."""
        return column_letters(self.column(code))

    def cell(self, row: str, column: str) -> str:
        """The reference of one cell: 'C9'."""
        return f"{self.letter(column)}{self.row(row)}"


@dataclass(frozen=True, eq=False)
class Workbook:
    """A workbook: its code and its sheets from left to right."""

    code: str
    sheets: tuple[Sheet, ...]

    def sheet(self, code: str) -> Sheet:
        """The sheet with this code."""
        return next(s for s in self.sheets if s.code == code)

    def tables(self) -> Iterator[Placed]:
        """Every table where it stands."""
        for sheet in self.sheets:
            yield from sheet.tables()

    def place(self, table: Table) -> Placed:
        """Where this workbook has a table, with the rows it has here. KeyError where it has none."""
        return self._places[table.code]

    def has(self, table: Table) -> bool:
        """True where this workbook has the table."""
        return table.code in self._places

    def holding(self, row: str) -> Placed:
        """The table of input that a coded row belongs to, where it stands. KeyError where there is none."""
        return self._places[table_code(row)]

    def block_of(self, row: str) -> Block:
        """The block of input that a coded row belongs to. KeyError where there is none."""
        return {block.code: block for _, block in self.blocks()}[table_code(row)]

    @cached_property
    def _places(self) -> dict[str, Placed]:
        return {placed.table.code: placed for placed in self.tables()}

    def blocks(self) -> Iterator[tuple[Placed, Block]]:
        """Every input block where it stands."""
        for placed in self.tables():
            if isinstance(placed.table, Block):
                yield placed, placed.table
