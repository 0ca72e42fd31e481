"""Where cells and columns of a workbook stand, as formulas write them."""

from __future__ import annotations

from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.parts import Block, Workbook


def quoted(sheet: str) -> str:
    """A sheet name as formulas write it.

    >>> quoted("Over ons"), quoted("Verdieping")
    ("'Over ons'", 'Verdieping')
    """
    return sheet if sheet.isalpha() else f"'{sheet}'"


class Places:
    """Addresses in one workbook, seen from the sheet `home`."""

    def __init__(self, workbook: Workbook, home: str) -> None:
        self.home = home
        self._found = {}
        for sheet in workbook.sheets:
            for part, row in sheet.placed():
                code = part.prefix if isinstance(part, Block) else getattr(part, "code", None)
                if code:
                    name = "" if sheet.code == home else f"{quoted(word(f'form.sheets.{sheet.code}.name'))}!"
                    codes = (
                        list(part.column_codes) if isinstance(part, Block) else [c.code for c in part.columns]
                    )
                    self._found[code] = name, part, row + 3, codes

    def _column(self, code: str, column: str) -> str:
        return column_letters(self._found[code][3].index(column) + 2)

    def rows(self, code: str) -> int:
        """How many rows a table has."""
        part = self._found[code][1]
        return len(part.row_codes) if isinstance(part, Block) else getattr(part, "size", 0) or part.capacity

    def row_codes(self, code: str) -> tuple[str, ...]:
        """The codes of fixed rows or coded questions, in order."""
        part = self._found[code][1]
        return part.row_codes if isinstance(part, Block) else tuple(c for c, _ in part.rows)

    def place(self, code: str, row: str) -> int:
        """Index (from 0) of a fixed row or of a coded question."""
        return self.row_codes(code).index(row)

    def cell(self, code: str, column: str, index: int, fixed: str = "") -> str:
        """One cell; fixed: 'column', 'row' or 'both' stay put when the formula is copied."""
        sheet, _, first, _ = self._found[code]
        before = "$" if fixed in ("column", "both") else ""
        middle = "$" if fixed in ("row", "both") else ""
        return f"{sheet}{before}{self._column(code, column)}{middle}{first + index}"

    def label(self, code: str, index: int) -> str:
        """The cell with the row's own code, in column A."""
        sheet, _, first, _ = self._found[code]
        return f"{sheet}$A{first + index}"

    def codes(self, code: str) -> str:
        """All row codes of a table."""
        sheet, _, first, _ = self._found[code]
        return f"{sheet}$A${first}:$A${first + self.rows(code) - 1}"

    def column(self, code: str, column: str) -> str:
        """A whole column of a table, without its header; both ends fixed."""
        sheet, _, first, _ = self._found[code]
        letter = self._column(code, column)
        return f"{sheet}${letter}${first}:${letter}${first + self.rows(code) - 1}"

    def moving_column(self, code: str, column: str) -> str:
        """A whole column whose rows are fixed and whose letter moves along a row."""
        sheet, _, first, _ = self._found[code]
        letter = self._column(code, column)
        return f"{sheet}{letter}${first}:{letter}${first + self.rows(code) - 1}"

    def area(self, code: str, first_column: str, last_column: str) -> str:
        """Several columns of a table; all ends fixed."""
        sheet, _, first, _ = self._found[code]
        left, right = self._column(code, first_column), self._column(code, last_column)
        return f"{sheet}${left}${first}:${right}${first + self.rows(code) - 1}"

    def across(
        self, code: str, index: int, first_column: str, last_column: str, fixed_row: bool = False
    ) -> str:
        """Several columns of one row; columns fixed."""
        sheet, _, first, _ = self._found[code]
        left, right = self._column(code, first_column), self._column(code, last_column)
        mark = "$" if fixed_row else ""
        return f"{sheet}${left}{mark}{first + index}:${right}{mark}{first + index}"

    def down(self, code: str, column: str, first_index: int, last_index: int, fixed: bool = False) -> str:
        """Some rows of one column; `fixed` keeps the letter in place."""
        sheet, _, first, _ = self._found[code]
        mark = "$" if fixed else ""
        letter = self._column(code, column)
        return f"{sheet}{mark}{letter}{first + first_index}:{mark}{letter}{first + last_index}"
