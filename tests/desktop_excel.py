"""A small stand-in for xlwings on Windows: it tells its formulas, heights and hidden rows, and is protected.

Only what the buttons ask of it. It does what Excel is known to do, and proves nothing about Excel itself.
"""

from __future__ import annotations

from types import SimpleNamespace


class App:
    """An Excel that tells how it is set."""

    def __init__(self, screen_updating: bool = True, calculation: str = "automatic") -> None:
        self.screen_updating, self.calculation = screen_updating, calculation


class Book:
    """A workbook with the sheets that are given: name -> {(row, column): value or formula}."""

    def __init__(self, sheets: dict[str, dict[tuple[int, int], object]], password: bool = False) -> None:
        self.app, self.name, self.fullname = App(), "Map1", "Map1"
        self.sheets = {name: Sheet(name, cells, password) for name, cells in sheets.items()}


class Sheet:
    """A protected sheet; with a password nobody gets in."""

    def __init__(self, name: str, cells: dict[tuple[int, int], object], password: bool) -> None:
        self.name, self.cells, self.password = name, dict(cells), password
        self.heights: dict[int, float] = {}
        self.hidden: set[int] = set()
        self.away: set[int] = set()
        self.asked: list[tuple[int, int]] = []
        allowed = SimpleNamespace(**{a: a == "AllowFiltering" for a in ALLOWED})
        self.api = SimpleNamespace(
            ProtectContents=True,
            ProtectionMode=False,
            ProtectDrawingObjects=False,
            ProtectScenarios=True,
            Protection=allowed,
            Protect=self._protect,
        )

    def _protect(self, **rules: bool) -> None:
        self.rules = rules
        self.api.ProtectionMode = rules["UserInterfaceOnly"] and not self.password

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> Range:
        """A rectangle of cells."""
        return Range(self, first, last or first)


class Range:
    """A rectangle of cells."""

    def __init__(self, sheet: Sheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        self.sheet, self.first, self.last = sheet, first, last

    def _grid(self, of):
        rows, columns = ((a, b + 1) for a, b in zip(self.first, self.last, strict=True))
        grid = [[of(self.sheet.cells.get((r, c), "")) for c in range(*columns)] for r in range(*rows)]
        return grid[0][0] if self.first == self.last else tuple(map(tuple, grid))

    @property
    def formula(self):
        """What stands in the cells: formulas, and the values as text without their apostrophe."""
        return self._grid(str)

    @formula.setter
    def formula(self, text: str) -> None:
        self.sheet.cells[self.first] = Formula(text)

    @property
    def value(self):
        """What the cells show."""
        return self._grid(lambda held: 42.0 if isinstance(held, Formula) else held)

    @value.setter
    def value(self, rows: list[list[object]]) -> None:
        if not self.sheet.api.ProtectionMode:
            raise RuntimeError("protected")
        for down, row in enumerate(rows):
            for right, value in enumerate(row):
                at = self.first[0] + down, self.first[1] + right
                is_text = isinstance(value, str) and value.startswith("'")
                self.sheet.cells[at] = value[1:] if is_text else "" if value is None else value

    @property
    def row_height(self) -> float | None:
        """Of a hidden row 0; None where they are not alike."""
        self.sheet.asked.append((self.first[0], self.last[0]))
        rows = range(self.first[0], self.last[0] + 1)
        found = {0.0 if row in self.sheet.hidden else self.sheet.heights.get(row, 15.0) for row in rows}
        return found.pop() if len(found) == 1 else None

    @row_height.setter
    def row_height(self, points: float) -> None:
        for row in range(self.first[0], self.last[0] + 1):
            self.sheet.heights[row] = points
            self.sheet.hidden.discard(row)

    @property
    def rows(self) -> Rows:
        """Its rows."""
        return Rows(self)

    @property
    def columns(self) -> Columns:
        """Its columns."""
        return Columns(self)


class Rows:
    """The rows of a rectangle."""

    def __init__(self, area: Range) -> None:
        self.sheet, self.numbers = area.sheet, range(area.first[0], area.last[0] + 1)

    def _hide(self, wish: bool) -> None:
        change = self.sheet.hidden.update if wish else self.sheet.hidden.difference_update
        change(self.numbers)

    hidden = property(fset=_hide)


class Columns:
    """The columns of a rectangle."""

    def __init__(self, area: Range) -> None:
        self.sheet, self.numbers = area.sheet, range(area.first[1], area.last[1] + 1)

    def _hide(self, wish: bool) -> None:
        change = self.sheet.away.update if wish else self.sheet.away.difference_update
        change(self.numbers)

    def _are_hidden(self) -> bool | None:
        found = {number in self.sheet.away for number in self.numbers}
        return found.pop() if len(found) == 1 else None

    hidden = property(_are_hidden, _hide)


class Formula(str):
    """A formula, apart from a text that looks like one."""


ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
