"""Tables of results, live formulas and reference as they look before anything is computed."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.words.vocabulary import word
from toolkit.workbook.drawing import style
from toolkit.workbook.layout import headings, measures
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.lists import TEMPLATE_VERSION
from toolkit.workbook.layout.parts import Live, Poster, Reference, Result, Titles, Workbook
from toolkit.workbook.layout.recheck import SETTING_DEFAULTS
from toolkit.workbook.live import beside
from toolkit.workbook.live.formulas import Recheck, library_formula
from toolkit.workbook.live.freshness import changed_formula, state_formula

CONSTANTS = {("ND", "start"): 0, ("NU", "start"): 0, ("NZ", "start"): 0, ("NZ", "after"): 1}
_LIVE = {
    "OP": beside.open_in_block,
    "VU": beside.preview,
    "VS": changed_formula,
    "CL": state_formula,
}
"""Table of live formulas outside Narekenen -> what gives the formula of one of its rows."""
_ALIGNMENT = {"text": style.TOP, "wrap": style.TOP, "general": style.TOP, "note": style.RUN_ON}


def results(sheet: Worksheet, part: Result, row: int, workbook: Workbook) -> None:
    """Draw the rows of a table of results below its header."""
    if isinstance(part, Poster):
        _poster(sheet, part, row)
        return
    _rows(sheet, part, row)
    if isinstance(part, Live):
        _formulas(sheet, part, row, workbook)
    _links(sheet, part, row)


def _rows(sheet: Worksheet, result: Result, row: int) -> None:
    for line in range(row + 3, row + 3 + result.size):
        code, row_format = result.rows[line - row - 3] if result.rows else ("", "")
        bold = code in ("total", "insurers_as_government")
        mark = sheet.cell(line, 1, code or None)
        mark.font, mark.alignment = style.CODE, style.RUN_ON
        for column, spec in enumerate(result.columns, start=2):
            cell = sheet.cell(line, column)
            number = row_format if spec.format == "row" else spec.format
            cell.number_format = style.NUMBER_FORMATS[number]
            cell.font = style.BOLD if bold else style.PLAIN
            cell.border = style.BOX
            cell.alignment = _ALIGNMENT.get(number, style.RIGHT)
            if number == "note":
                cell.border = style.NO_BOX
            if bold:
                cell.fill = style.FILL_TOTAL
        if result.rows:
            label = headings.row_label(result.code, code)
            width = sheet.column_dimensions["B"].width
            if len(label) > measures.LETTERS * width:
                sheet.row_dimensions[line].height = measures.text_height(label, width)
            sheet.cell(line, 2, label)
            for column, text in _said_of(result, code).items():
                sheet.cell(line, 2 + [c.code for c in result.columns].index(column), text)


def _said_of(result: Result, code: str) -> dict[str, str]:
    """What stands in a fixed row from the start, by column."""
    if isinstance(result, Titles):
        return {"title": word(f"form.charts.{code}.title")}
    if result.code in ("KO", "KM"):
        return {"meaning": word(f"form.figures.{code}.meaning")}
    if result.code == "OS":
        return {"meaning": word(f"form.scenarios.{code}.meaning")}
    if result.code == "OP":
        return {"whom": word(f"form.open_questions.{code}")}
    if result.code == "VU":
        return {"meaning": word(f"form.preview.{code}")}
    return {"value": TEMPLATE_VERSION} if (result.code, code) == ("VE", "template") else {}


def _poster(sheet: Worksheet, poster: Poster, row: int) -> None:
    for line, (code, look) in enumerate(poster.rows, start=row + 3):
        mark = sheet.cell(line, 1, code)
        mark.font, mark.alignment = style.CODE, style.RUN_ON
        cell = sheet.cell(line, 2)
        cell.font, cell.alignment = style.POSTER[look], style.BOTTOM
        cell.number_format = style.NUMBER_FORMATS["text"]


def _links(sheet: Worksheet, table: Result, row: int) -> None:
    if table.links is None:
        return
    codes = [c.code for c in table.columns]
    here, target = (codes.index(c) + 2 for c in table.links)
    for line in range(row + 3, row + table.height):
        cell = sheet.cell(line, here, beside.link(f"{get_column_letter(target)}{line}"))
        cell.font = style.LINK


def _formulas(sheet: Worksheet, table: Live, row: int, workbook: Workbook) -> None:
    recheck = Recheck(workbook) if table.code.startswith("N") else None
    for index in range(table.size):
        for column, spec in enumerate(table.columns, start=2):
            cell = sheet.cell(row + 3 + index, column)
            if spec.code not in table.plain:
                if recheck:
                    cell.value = recheck.formula(table.code, spec.code, index)
                else:
                    cell.value = _LIVE[table.code](workbook, table.rows[index][0])
            elif (table.code, spec.code) in CONSTANTS:
                cell.value = CONSTANTS[table.code, spec.code]
            elif (table.code, spec.code) == ("NS", "default"):
                cell.value = SETTING_DEFAULTS.get(table.rows[index][0])


def reference(sheet: Worksheet, part: Reference, row: int, workbook: Workbook) -> None:
    """Look of a table that was filled when the workbook was built."""
    for line in range(row + 3, row + part.height):
        heights = [measures.LINE_POINTS]
        for column, spec in enumerate(part.columns, start=2):
            cell = sheet.cell(line, column)
            cell.font, cell.border, cell.alignment = style.PLAIN, style.BOX, style.TOP
            cell.number_format = style.NUMBER_FORMATS[spec.format]
            if workbook.code == "form" and spec.code in LIVE_COLUMNS.get(part.code, ()):
                cell.value = library_formula(workbook, part.code, spec.code, line - row - 3)
            elif isinstance(cell.value, str):
                width = sheet.column_dimensions[get_column_letter(column)].width
                heights.append(measures.text_height(cell.value, width))
        sheet.row_dimensions[line].height = max(heights)
