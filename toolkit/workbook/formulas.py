"""The few live formulas of the form: lookups beside an answer, and totals that recompute."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from toolkit.words.vocabulary import word
from toolkit.workbook.layout.parts import Block, Reference, Result, Workbook


def column_range(workbook: Workbook, code: str, column: str) -> str:
    """Absolute address of one column of a table, rows only: 'Kengetallen'!$B$9:$B$48."""
    sheet, part, row = workbook.find(code)
    codes = list(part.column_codes) if isinstance(part, Block) else [c.code for c in part.columns]
    letter = get_column_letter(codes.index(column) + 2)
    name = word(f"form.sheets.{sheet.code}.name")
    return f"'{name}'!${letter}${row + 3}:${letter}${row + part.height - 1}"


def list_range(workbook: Workbook, name: str, size: int) -> str:
    """Absolute address of the first `size` items of a closed list on sheet Begrippen."""
    sheet, part, row = workbook.find("LI")
    assert isinstance(part, Reference)
    letter = get_column_letter([c.code for c in part.columns].index(name) + 2)
    return f"'{word(f'form.sheets.{sheet.code}.name')}'!${letter}${row + 3}:${letter}${row + 2 + size}"


def lookup(code: str, line: int, workbook: Workbook) -> str:
    """The live lookup of one column: what belongs to the change picked in the same row."""
    if code == "row_change":
        sheet, _, row = workbook.find("EF")
        own_row = workbook.find("VD")[2]
        cell = f"'{word(f'form.sheets.{sheet.code}.name')}'!B{line - own_row + row}"
        return f'=IF({cell}="","",{cell})'
    wanted = column_range(workbook, "KV", code)
    names = column_range(workbook, "KV", "name")
    return f'=IFERROR(INDEX({wanted},MATCH($B{line},{names},0)),"")'


def recalculated(row: str, result: Result) -> str:
    """The total of one group (or of all) over sheet Rekenspoor."""
    from toolkit.workbook.layout.form import FORM

    values = column_range(FORM, "RS", "present_value")
    if row == "total":
        return f"=SUM({values})"
    groups = column_range(FORM, "RS", "group")
    return f'=SUMIFS({values},{groups},"{word("form.groups." + row.removeprefix("group_"))}")'
