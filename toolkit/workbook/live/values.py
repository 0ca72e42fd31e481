"""The second renderer: what formulas give on the answers as they stand, a whole column at a time.

A value stands in the workbook beside its formula, so that previews and readers that do not recompute see
fresh numbers too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.headings import shown
from toolkit.workbook.layout.parts import Line, Result, Said, Table
from toolkit.workbook.live.functions import FUNCTIONS, Column, Extent, Value
from toolkit.workbook.live.vocabulary import (
    ALL,
    OWN,
    Area,
    Call,
    Cell,
    Constant,
    Expression,
    Formulas,
    Negative,
    Operation,
)


class _Place(NamedTuple):
    """Where formulas stand: a column of a table, in the rows that have one set of formulas.

    which: the set.  size: how many rows have it.
    """

    table: str
    column: str
    which: int
    size: int


class Values:
    """What the formulas of one workbook give. Each is computed when it is asked for, and once.

    given: what stands in cells without a formula, by table and row; the first row has every column that is
    given. Other columns are empty, or hold what the layout puts there.
    """

    def __init__(
        self, workbook: Workbook, formulas: Mapping[Table, Formulas], given: Mapping[Table, Sequence[Row]]
    ) -> None:
        self._tables = {placed.table.code: placed.table for placed in workbook.tables()}
        self._formulas = {table.code: of_table for table, of_table in formulas.items()}
        self._given = {table.code: rows for table, rows in given.items()}
        self._sets = {code: 1 for code in self._tables} | {c: len(f.sets) for c, f in self._formulas.items()}
        self._known: dict[tuple[str, str, int], list[Value]] = {}
        self._fixed: dict[tuple[str, str, str], Value] = {}
        self._shared: dict[tuple[str, str, str, str | tuple[str, str]], Extent] = {}
        self._own: dict[tuple[str, str, str, tuple[int, ...]], list[Extent]] = {}

    def rows(self, table: Table) -> list[Row]:
        """What a table holds: what was given, and what its formulas give."""
        table = self._tables[table.code]
        formulas, given = self._formulas.get(table.code), self._given.get(table.code, ())
        known = {*(formulas.sets[0] if formulas else ()), *(given[0] if given else ())}
        codes = [column for column in table.column_codes if column in known]
        columns: list[Sequence[object]] = [self.column(table, column) for column in codes]
        if isinstance(table, Result) and table.rows:
            codes, columns = ["row", *codes], [table.row_codes, *columns]
        return [dict(zip(codes, values, strict=True)) for values in zip(*columns, strict=True)]

    def column(self, table: Table, column: str) -> list[Value]:
        """A column of a table, from the top."""
        return self._column(table.code, column)

    def above(self, expression: Expression) -> object:
        """What a formula above the tables of a sheet gives."""
        return self._values(expression, _Place("", "", 0, 1))[0]

    def _column(self, table: str, column: str) -> list[Value]:
        if self._sets[table] == 1:
            return self._cells(table, column, 0)
        columns = [self._cells(table, column, which) for which in range(self._sets[table])]
        return [value for values in zip(*columns, strict=True) for value in values]

    def _cells(self, table: str, column: str, which: int) -> list[Value]:
        """A column in the rows that have one set of formulas."""
        key = table, column, which
        if key not in self._known:
            formulas = self._formulas.get(table)
            formula = formulas.sets[which].get(column) if formulas else None
            if formula is None:
                self._known[key] = self._plain(table, column)[which :: self._sets[table]]
            else:
                values = self._values(formula, _Place(table, column, which, self._size(table)))
                self._known[key] = [0 if v is None else v for v in values if not isinstance(v, Extent)]
        return self._known[key]

    def _plain(self, table: str, column: str) -> list[Value]:
        """What stands in a column without formulas."""
        given, layout = self._given.get(table, ()), self._tables[table]
        if given and column in given[0]:
            return [_as_value(row.get(column)) for row in given]
        if not isinstance(layout, Result):
            return [None] * len(given)
        if layout.rows and column == layout.column_codes[0]:
            return [shown(line.label) for line in layout.rows]
        constant = next(spec.constant for spec in layout.columns if spec.code == column)
        lines = layout.rows or (Line(""),) * self._size(table)
        return [_as_value(line.fixed.get(column, constant)) for line in lines]

    def _size(self, table: str) -> int:
        """How many rows have the same set of formulas."""
        formulas = self._formulas.get(table)
        if formulas and formulas.per is not None:
            return len(self._given[formulas.per.code])
        return self._tables[table].size // self._sets[table]

    def _values(self, node: Expression, place: _Place) -> Column:
        """What an expression gives in every row of a place."""
        if isinstance(node, Cell):
            return self._cell(node, place)
        if isinstance(node, Constant):
            return [node.value] * place.size
        if isinstance(node, Operation):
            return FUNCTIONS[node.symbol](self._values(node.left, place), self._values(node.right, place))
        if isinstance(node, Call):
            return FUNCTIONS[node.name](*[self._values(argument, place) for argument in node.arguments])
        if isinstance(node, Area):
            return self._area(node, place)
        if isinstance(node, Negative):
            return FUNCTIONS["-"]([0] * place.size, self._values(node.of, place))
        raise TypeError(f"{node!r} is no expression")

    def _cell(self, cell: Cell, place: _Place) -> list[Value]:
        table, column = cell.table.code, cell.column or place.column
        if cell.shift:
            codes = self._tables[table].column_codes
            column = codes[codes.index(column) + cell.shift]
        if cell.row:
            return [self._cell_at(table, cell.row, column)] * place.size
        same = self._sets[table] == self._sets[place.table]
        return self._cells(table, column, place.which if same else 0)

    def _cell_at(self, table: str, row: str, column: str) -> Value:
        """One cell of a table with fixed rows."""
        key = table, row, column
        if key not in self._fixed:
            index, which = divmod(self._tables[table].row_codes.index(row), self._sets[table])
            self._fixed[key] = self._cells(table, column, which)[index]
        return self._fixed[key]

    def _area(self, area: Area, place: _Place) -> list[Extent]:
        """The area as it is in every row."""
        table, first = area.table.code, area.first or place.column
        if "{" in first:
            codes = self._tables[place.table].row_codes
            return [self._extent(table, [first.format(row=code)], ALL) for code in codes]
        columns = self._between(table, first, area.last or first)
        if area.rows != OWN:
            return [self._extent(table, columns, area.rows)] * place.size
        sets = self._sets[table]
        own = (place.which,) if sets == self._sets[place.table] else tuple(range(sets))
        key = table, columns[0], columns[-1], own
        if key not in self._own:
            lists = [self._cells(table, column, which) for which in own for column in columns]
            self._own[key] = [Extent(cells, len(columns)) for cells in zip(*lists, strict=True)]
        return self._own[key]

    def _extent(self, table: str, columns: Sequence[str], rows: str | tuple[str, str]) -> Extent:
        """Cells that are the same for every row."""
        key = table, columns[0], columns[-1], rows
        if key not in self._shared:
            if isinstance(rows, str):
                lists = [self._column(table, column) for column in columns]
            else:
                codes = self._tables[table].row_codes
                codes = codes[codes.index(rows[0]) : codes.index(rows[1]) + 1]
                lists = [[self._cell_at(table, row, column) for row in codes] for column in columns]
            self._shared[key] = Extent([v for row in zip(*lists, strict=True) for v in row], len(columns))
        return self._shared[key]

    def _between(self, table: str, first: str, last: str) -> Sequence[str]:
        if first == last:
            return (first,)
        codes = self._tables[table].column_codes
        return codes[codes.index(first) : codes.index(last) + 1]


def _as_value(held: object) -> Value:
    """What stands in a cell, as a formula sees it: what is no number is text."""
    if isinstance(held, Said):
        return held.text
    if isinstance(held, dt.date):
        # a day is a number to a calculator, counted from the last day of 1899
        return held.toordinal() - dt.date(1899, 12, 30).toordinal()
    return held if held is None or isinstance(held, (int, float, str)) else str(held)
