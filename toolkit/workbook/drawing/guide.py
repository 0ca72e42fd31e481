"""Sheet Uitleg: lines of explanation at the top, links to every sheet at the bottom."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.words.vocabulary import word, words
from toolkit.workbook.drawing import style
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.form import OPEN_QUESTIONS
from toolkit.workbook.live.excel import excel
from toolkit.workbook.live.formulas import OPEN_IN_FORM

FIRST_LINE = 5
_WIDTHS = {"A": 9, "B": 30, "C": 100}


def draw(sheet: Worksheet, plan: Sheet, workbook: Workbook) -> None:
    """Draw everything on Uitleg but its tables."""
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    if workbook.has(OPEN_QUESTIONS):
        sheet.cell(4, 2, excel(workbook).above(OPEN_IN_FORM, plan.code))
    lines = words(f"form.sheets.{plan.code}.lines")
    for row, line in enumerate(lines, start=FIRST_LINE):
        label, text = line.split("|", 1)
        sheet.cell(row, 2, label).font = style.BOLD
        sheet.cell(row, 3, text).font = style.PLAIN
        if label == word("form.screen.yellow"):
            sheet.cell(row, 2).fill, sheet.cell(row, 2).border = style.FILL_INPUT, style.BOX
    below = max([FIRST_LINE + len(lines), *(row + part.height for part, row in plan.placed())])
    for row, other in enumerate((s for s in workbook.sheets if s is not plan), start=below + 1):
        link(sheet.cell(row, 2, other.name), other.name)
        sheet.cell(row, 3, word(f"form.sheets.{other.code}.intro")).font = style.PLAIN


def link(cell: Cell, sheet: str) -> None:
    """Make a cell lead to the top of another sheet of the same workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = style.LINK
