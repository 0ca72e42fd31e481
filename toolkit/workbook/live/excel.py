"""The first renderer: formulas as the text that stands in a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from toolkit.opc.references import column_letters
from toolkit.workbook.layout.books import Placed, Workbook
from toolkit.workbook.layout.parts import Table
from toolkit.workbook.live import vocabulary
from toolkit.workbook.live.formulas import formulas_of
from toolkit.workbook.live.vocabulary import (
    Area,
    Call,
    Cell,
    Constant,
    Expression,
    Formulas,
    Negative,
    Operation,
)

_STRENGTH = {"&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
"""The stronger an operator, the earlier it is done; of equals the left one. Comparing comes last."""
_WEAKEST, _STRONGEST = 1, 6


class _Place(NamedTuple):
    """Where a formula stands: sheet, table, column, and the row of the table, from 0."""

    sheet: str = ""
    table: Table | None = None
    column: str = ""
    line: int = 0


class Excel:
    """The formulas of one workbook."""

    def __init__(self, workbook: Workbook, formulas: Mapping[Table, Formulas]) -> None:
        self._workbook, self._formulas = workbook, formulas

    def formula(self, table: Table, column: str, index: int) -> str:
        """The formula in a column of a table; index: its row, from 0."""
        sets = self._formulas[table].sets
        return self.beside(sets[index % len(sets)][column], table, index, column)

    def beside(self, expression: Expression, table: Table, index: int, column: str = "") -> str:
        """A formula in a row of a table, whether or not it is one of the formulas of the table."""
        place = _Place(self._workbook.place(table).sheet.code, table, column, index)
        return "=" + self._text(expression, place)

    def above(self, expression: Expression, sheet: str) -> str:
        """A formula above the tables of a sheet."""
        return "=" + self._text(expression, _Place(sheet))

    def reference(self, area: Area) -> str:
        """Cells as any sheet names them: Kengetallen!$B$9:$B$48."""
        return self._text(area, _Place())

    def _text(self, node: Expression, place: _Place) -> str:
        match node:
            case Constant(value=str(text)):
                return '"{}"'.format(text.replace('"', '""'))
            case Constant(value=number):
                return str(number)
            case Call(name, arguments):
                return f"{name}({','.join(self._text(argument, place) for argument in arguments)})"
            case Operation(symbol, left, right):
                strength = _STRENGTH.get(symbol, _WEAKEST)
                return f"{self._part(left, strength, place)}{symbol}{self._part(right, strength + 1, place)}"
            case Negative(of):
                return f"-{self._part(of, _STRONGEST, place)}"
            case Cell(table, column, row, pinned, shift):
                placed = self._workbook.place(table)
                number = placed.row(row) if row else self._own_rows(placed, place)[0]
                reference = _reference(placed, column or place.column, number, pinned, shift)
                return f"{_sheet(placed, place)}{reference}"
            case Area(table, first, last, _, pinned):
                placed = self._workbook.place(table)
                rows, first = self._rows(node, placed, place), self._column(first, place)
                ends = (first, rows[0]), (last or first, rows[-1])
                return _sheet(placed, place) + ":".join(_reference(placed, *end, pinned) for end in ends)
        raise TypeError(f"{node!r} is no expression")

    def _part(self, node: Expression, strength: int, place: _Place) -> str:
        """Part of an operation, between brackets where it would be done too late."""
        text = self._text(node, place)
        weaker = isinstance(node, Operation) and _STRENGTH.get(node.symbol, _WEAKEST) < strength
        return f"({text})" if weaker else text

    def _column(self, code: str, place: _Place) -> str:
        """The code of a column, with the row of the formula filled in."""
        if "{" in code and place.table is not None:
            return code.format(row=self._workbook.place(place.table).table.row_codes[place.line])
        return code or place.column

    def _rows(self, area: Area, placed: Placed, place: _Place) -> Sequence[int]:
        if area.rows == vocabulary.ALL:
            return placed.rows
        if area.rows == vocabulary.OWN:
            return self._own_rows(placed, place)
        return [placed.row(code) for code in area.rows]

    def _own_rows(self, placed: Placed, place: _Place) -> range:
        """The rows of a table that belong to the row of the formula."""
        there, here = self._sets(placed.table), self._sets(place.table)
        first = placed.first_row + place.line * there // here
        return range(first, first + max(1, there // here))

    def _sets(self, table: Table | None) -> int:
        formulas = self._formulas.get(table) if table else None
        return len(formulas.sets) if formulas else 1


@cache
def excel(workbook: Workbook) -> Excel:
    """All live formulas of a workbook."""
    return Excel(workbook, formulas_of(workbook))


def _reference(placed: Placed, column: str, row: int, pinned: str, shift: int = 0) -> str:
    letters = "A" if column == vocabulary.CODES else column_letters(placed.column(column) + shift)
    before = "$" if pinned in (vocabulary.COLUMN, vocabulary.BOTH) else ""
    between = "$" if pinned in (vocabulary.ROW, vocabulary.BOTH) else ""
    return f"{before}{letters}{between}{row}"


def _sheet(placed: Placed, place: _Place) -> str:
    """The name of a sheet as formulas write it; nothing on the sheet itself."""
    if placed.sheet.code == place.sheet:
        return ""
    name = placed.sheet.name
    return f"{name}!" if name.isalpha() else f"'{name}'!"
