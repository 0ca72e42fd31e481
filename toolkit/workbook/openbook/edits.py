"""What goes into an open workbook: gathered first, then in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from toolkit.opc.references import split_reference
from toolkit.workbook.sheetfile import Cached

if TYPE_CHECKING:
    import xlwings

LONGEST_IN_BLOCK = 8_000
"""Excel refuses a whole block for one text that is longer; by itself such a text is welcome."""

Cell = tuple[int, int]
Shared = TypeVar("Shared")


class Block(NamedTuple):
    """A rectangle of cells by its first row and column, 1-based."""

    row: int
    column: int
    values: list[list[object]]

    def on(self, sheet: xlwings.Sheet) -> xlwings.Range:
        """Its range on a sheet."""
        last = self.row + len(self.values) - 1, self.column + len(self.values[0]) - 1
        return sheet.range((self.row, self.column), last)


class Edits:
    """What becomes of an open workbook: values, heights, hidden rows and columns; nothing is touched yet."""

    def __init__(self) -> None:
        self.values: dict[str, dict[Cell, object]] = {}
        self.heights: dict[str, dict[int, float]] = {}
        self.hidden: dict[str, dict[int, bool]] = {}
        self.columns: dict[str, dict[int, bool]] = {}

    def set(self, sheet: str, cell: str, value: object) -> None:
        """Give one cell a value. The result of a formula is left alone: it is computed anew by itself."""
        if not isinstance(value, Cached):
            self.values.setdefault(sheet, {})[split_reference(cell)] = value

    def hide_rows(self, sheet: str, hidden: Iterable[int], shown: Iterable[int] = ()) -> None:
        """Hide the spare rows of a table and show the used ones."""
        self.hidden.setdefault(sheet, {}).update(_wishes(hidden, shown))

    def hide_columns(self, sheet: str, hidden: Iterable[int], shown: Iterable[int] = ()) -> None:
        """Hide the spare columns of a table and show the used ones."""
        self.columns.setdefault(sheet, {}).update(_wishes(hidden, shown))

    def heading(self, sheet: str, cell: str, text: str) -> None:
        """Give a header cell another text; the spreadsheet program renames the column itself."""
        self.set(sheet, cell, text)

    def row_height(self, sheet: str, row: int, points: float) -> None:
        """Give one row a height in points."""
        self.heights.setdefault(sheet, {})[row] = points

    def end_table(self, sheet: str, table: str, row: int) -> None:
        """Leave a table as it is: Excel resizes none on a protected sheet, not even for a program."""

    def sheets(self) -> list[str]:
        """The sheets on which anything changes."""
        return list(dict.fromkeys([*self.values, *self.heights, *self.hidden, *self.columns]))


def _wishes(hidden: Iterable[int], shown: Iterable[int]) -> dict[int, bool]:
    """Whether a row or a column is to be hidden."""
    return {**dict.fromkeys(shown, False), **dict.fromkeys(hidden, True)}


def blocks(cells: Mapping[Cell, object]) -> Iterator[Block]:
    """The cells in as few rectangles as their rows allow.

    >>> list(blocks({(2, 2): "a", (2, 3): "b", (3, 2): "c", (3, 3): "d", (9, 1): "e"}))
    [Block(row=2, column=2, values=[['a', 'b'], ['c', 'd']]), Block(row=9, column=1, values=[['e']])]
    """
    growing: dict[int, Block] = {}
    for row, line in groupby(sorted(cells), key=lambda cell: cell[0]):
        grown: dict[int, Block] = {}
        for run in _runs(row, [column for _, column in line], cells):
            above = growing.get(run.column)
            if above and _goes_on(above, run):
                above.values.extend(run.values)
                run = growing.pop(run.column)
            grown[run.column] = run
        yield from growing.values()
        growing = grown
    yield from growing.values()


def _runs(row: int, columns: list[int], cells: Mapping[Cell, object]) -> Iterator[Block]:
    """The stretches of a row without a gap."""
    run: Block | None = None
    for column in columns:
        value = cells[row, column]
        alone = _is_long(value)
        if run and not alone and column == run.column + len(run.values[0]):
            run.values[0].append(value)
            continue
        if run:
            yield run
        run = Block(row, column, [[value]])
        if alone:
            yield run
            run = None
    if run:
        yield run


def _goes_on(block: Block, run: Block) -> bool:
    width = len(run.values[0])
    follows = block.row + len(block.values) == run.row and len(block.values[0]) == width
    return follows and not (width == 1 and (_is_long(run.values[0][0]) or _is_long(block.values[-1][0])))


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > LONGEST_IN_BLOCK


def stretches(rows: Mapping[int, Shared]) -> Iterator[tuple[int, int, Shared]]:
    """First row, last row and what they have in common, of rows that follow each other.

    >>> list(stretches({3: True, 4: True, 5: False, 9: False}))
    [(3, 4, True), (5, 5, False), (9, 9, False)]
    """
    first = last = 0
    for row in sorted(rows):
        if last and (row != last + 1 or rows[row] != rows[first]):
            yield first, last, rows[first]
            first = row
        first, last = first or row, row
    if last:
        yield first, last, rows[first]
