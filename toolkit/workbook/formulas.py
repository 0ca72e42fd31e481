"""The live lookups of the form, beside an answer."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from toolkit.words.vocabulary import word
from toolkit.workbook.layout.parts import Block, Reference, Workbook
from toolkit.workbook.recheck.places import quoted


def column_range(workbook: Workbook, code: str, column: str) -> str:
    """Absolute address of one column of a table, rows only: 'Kengetallen'!$B$9:$B$48."""
    sheet, part, row = workbook.find(code)
    codes = list(part.column_codes) if isinstance(part, Block) else [c.code for c in part.columns]
    letter = get_column_letter(codes.index(column) + 2)
    name = word(f"form.sheets.{sheet.code}.name")
    return f"{quoted(name)}!${letter}${row + 3}:${letter}${row + part.height - 1}"


def link(target: str) -> str:
    """A link to the cell whose address stands in `target`, shown only where there is one."""
    place = f'"#\'"&SUBSTITUTE({target},"!","\'!")'
    return f'=IF({target}="","",HYPERLINK({place},"{word("form.screen.go_there")}"))'


def list_range(workbook: Workbook, name: str, size: int, table: str = "LI") -> str:
    """Absolute address of the first `size` items of a closed list in the table of lists."""
    sheet, part, row = workbook.find(table)
    assert isinstance(part, Reference)
    letter = get_column_letter([c.code for c in part.columns].index(name) + 2)
    name = quoted(word(f"form.sheets.{sheet.code}.name"))
    return f"{name}!${letter}${row + 3}:${letter}${row + 2 + size}"


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
