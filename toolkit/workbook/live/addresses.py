"""Where cells and columns of a workbook stand, as formulas write them."""

from __future__ import annotations

from toolkit.opc.references import column_letters
from toolkit.workbook.layout.books import FIRST_COLUMN, Workbook
from toolkit.workbook.layout.parts import Table


def quoted(sheet: str) -> str:
    """A sheet name as formulas write it.

    >>> quoted("Over ons"), quoted("Verdieping")
    ("'Over ons'", 'Verdieping')
    """
    return sheet if sheet.isalpha() else f"'{sheet}'"


class Places:
    """Addresses in one workbook, seen from the sheet `home`, which they do not name."""

    def __init__(self, workbook: Workbook, home: str = "") -> None:
        self._found: dict[Table, tuple[str, int, int, dict[str, str]]] = {}
        for placed in workbook.tables():
            name = "" if placed.sheet.code == home else f"{quoted(placed.sheet.name)}!"
            codes = enumerate(placed.table.column_codes, start=FIRST_COLUMN)
            letters = {code: column_letters(n) for n, code in codes}
            self._found[placed.table] = name, placed.first_row, placed.last_row, letters

    def cell(self, table: Table, column: str, index: int, fixed: str = "") -> str:
        """One cell; fixed: 'column', 'row' or 'both' stay put when the formula is copied."""
        sheet, first, _, letters = self._found[table]
        before = "$" if fixed in ("column", "both") else ""
        middle = "$" if fixed in ("row", "both") else ""
        return f"{sheet}{before}{letters[column]}{middle}{first + index}"

    def label(self, table: Table, index: int) -> str:
        """The cell with the row's own code, in column A."""
        sheet, first, _, _ = self._found[table]
        return f"{sheet}$A{first + index}"

    def codes(self, table: Table) -> str:
        """All row codes of a table."""
        sheet, first, last, _ = self._found[table]
        return f"{sheet}$A${first}:$A${last}"

    def column(self, table: Table, column: str) -> str:
        """A whole column of a table, without its header; both ends fixed."""
        return self.area(table, column, column)

    def moving_column(self, table: Table, column: str) -> str:
        """A whole column whose rows are fixed and whose letter moves along a row."""
        sheet, first, last, letters = self._found[table]
        return f"{sheet}{letters[column]}${first}:{letters[column]}${last}"

    def area(self, table: Table, first_column: str, last_column: str) -> str:
        """Several columns of a table; all ends fixed."""
        sheet, first, last, letters = self._found[table]
        return f"{sheet}${letters[first_column]}${first}:${letters[last_column]}${last}"

    def across(
        self, table: Table, index: int, first_column: str, last_column: str, fixed_row: bool = False
    ) -> str:
        """Several columns of one row; columns fixed."""
        sheet, first, _, letters = self._found[table]
        row = f"{'$' if fixed_row else ''}{first + index}"
        return f"{sheet}${letters[first_column]}{row}:${letters[last_column]}{row}"

    def down(self, table: Table, column: str, first_index: int, last_index: int, fixed: bool = False) -> str:
        """Some rows of one column; `fixed` keeps the letter in place."""
        sheet, first, _, letters = self._found[table]
        letter = f"{'$' if fixed else ''}{letters[column]}"
        return f"{sheet}{letter}{first + first_index}:{letter}{first + last_index}"
