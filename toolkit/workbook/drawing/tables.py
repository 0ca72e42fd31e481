"""Tables of results, live formulas and reference as they look before anything is computed."""

from __future__ import annotations

from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.workbook.drawing import style
from toolkit.workbook.layout import headings, measures
from toolkit.workbook.layout.books import FIRST_COLUMN, Placed, Workbook
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.parts import Line, Live, Poster, Reference, Result, Said
from toolkit.workbook.layout.screen import FIGURE, Cards, Lists
from toolkit.workbook.live.excel import excel
from toolkit.workbook.live.formulas import link
from toolkit.workbook.live.vocabulary import Cell

_WORDS = ("text", "wrap", "general", "note")
"""Formats of columns that stand to the left; the others hold numbers."""
_ALIGNMENT = {"text": style.TOP, "wrap": style.TOP, "general": style.TOP, "note": style.RUN_ON}


def results(sheet: Worksheet, placed: Placed, workbook: Workbook) -> None:
    """Draw the rows of a table of results below its header."""
    table = placed.table
    if isinstance(table, Poster):
        _poster(sheet, placed, table)
        return
    assert isinstance(table, Result)
    if isinstance(table, Cards):
        _cards(sheet, placed, table)
        return
    fixed = table.rows or tuple(Line(code) for code in table.row_codes)
    for line, row in zip(placed.rows, fixed, strict=True):
        _row(sheet, placed, table, line, row)
    if isinstance(table, Live):
        _formulas(sheet, placed, table, workbook)
    _links(sheet, placed, table, workbook)


def _row(sheet: Worksheet, placed: Placed, table: Result, line: int, fixed: Line) -> None:
    _mark(sheet, line, fixed.code)
    for column, spec in enumerate(table.columns, start=FIRST_COLUMN):
        cell = sheet.cell(line, column, spec.constant)
        number = fixed.format if spec.format == "row" else spec.format
        cell.number_format = style.NUMBER_FORMATS[number]
        cell.font = style.BOLD if fixed.is_total else style.PLAIN
        cell.border = style.RULED_TOTAL if fixed.is_total else style.RULE
        cell.alignment = style.TOP if column == FIRST_COLUMN else _ALIGNMENT.get(number, style.RIGHT)
        if number == "note":
            cell.border = style.NO_BOX
        if spec.is_code:
            cell.font, cell.alignment = style.CODE, style.RUN_ON
    if table.rows:
        _fixed(sheet, placed, table, line, fixed)


def header(cell: SheetCell, table: Result | Reference, column: str) -> None:
    """The header of a column that people read: light, and on the side where its values stand."""
    spec = next((c for c in table.columns if c.code == column), None)
    numbers = spec is not None and spec.format not in (*_WORDS, "row")
    rows = table.rows if isinstance(table, Result) else ()
    if spec is not None and spec.format == "row":
        numbers = any(line.format not in (*_WORDS, "") for line in rows)
    cell.font, cell.border = style.READ_HEADER, style.RULED_HEADER
    is_first = column == table.column_codes[0]
    cell.alignment = style.RIGHT_BOTTOM if numbers and not is_first else style.BOTTOM
    if isinstance(table, Cards):
        cell.fill, cell.border, cell.alignment = style.FILL_CARD, style.CARD_TOP, style.MIDDLE
    elif isinstance(table, Lists):
        cell.font = style.HEADING


def _cards(sheet: Worksheet, placed: Placed, cards: Cards) -> None:
    """A figure that is seen first, and what is told of it."""
    for line, row in zip(placed.rows, cards.rows, strict=True):
        _mark(sheet, line, row.code)
        is_figure = row.code == FIGURE
        sheet.row_dimensions[line].height = 33 if is_figure else 2 * measures.LINE_POINTS
        for column, spec in enumerate(cards.columns, start=FIRST_COLUMN):
            cell = sheet.cell(line, column)
            cell.fill, cell.border = style.FILL_CARD, style.CARD
            cell.font = style.FIGURE if is_figure else style.TOLD
            cell.alignment = style.MIDDLE if is_figure else style.TOP
            cell.number_format = style.NUMBER_FORMATS[spec.format]


def _fixed(sheet: Worksheet, placed: Placed, table: Result, line: int, fixed: Line) -> None:
    """What stands in a row from the start, in a row that is high enough for it."""
    label = headings.shown(fixed.label)
    heights = [measures.LINE_POINTS]
    width = sheet.column_dimensions["B"].width
    if len(label) > measures.LETTERS * width:
        heights.append(measures.text_height(label, width))
    sheet.cell(line, FIRST_COLUMN, label)
    for code, said in fixed.fixed.items():
        value = said.text if isinstance(said, Said) else said
        sheet.cell(line, placed.column(code), value)
        if isinstance(value, str) and table.columns[table.column_codes.index(code)].format == "wrap":
            heights.append(measures.text_height(value, sheet.column_dimensions[placed.letter(code)].width))
    if max(heights) > measures.LINE_POINTS:
        sheet.row_dimensions[line].height = max(heights)


def _mark(sheet: Worksheet, line: int, code: str) -> None:
    """The code by which a row is found wherever it is moved."""
    cell = sheet.cell(line, 1, code)
    cell.font, cell.alignment = style.CODE, style.RUN_ON


def _poster(sheet: Worksheet, placed: Placed, poster: Poster) -> None:
    for line, row in zip(placed.rows, poster.rows, strict=True):
        _mark(sheet, line, row.code)
        cell = sheet.cell(line, FIRST_COLUMN)
        cell.font, cell.alignment = style.POSTER[row.format], style.BOTTOM
        cell.number_format = style.NUMBER_FORMATS["text"]


def _links(sheet: Worksheet, placed: Placed, table: Result, workbook: Workbook) -> None:
    if table.links is None:
        return
    here, target = table.links
    for index, line in enumerate(placed.rows):
        formula = excel(workbook).beside(link(Cell(table, target)), table, index)
        sheet.cell(line, placed.column(here), formula).font = style.LINK


def _formulas(sheet: Worksheet, placed: Placed, table: Live, workbook: Workbook) -> None:
    for index, line in enumerate(placed.rows):
        for spec in table.columns:
            if spec.code not in table.plain:
                cell = sheet.cell(line, placed.column(spec.code))
                cell.value = excel(workbook).formula(table, spec.code, index)


def totals(sheet: Worksheet, placed: Placed, name: str) -> None:
    """Let the rows with this name look as totals, wherever they end up in a table."""
    first, last = placed.first_row, placed.last_row
    cells = f"B{first}:{placed.letter(placed.table.column_codes[-1])}{last}"
    rule = Rule(type="expression", dxf=style.TOTAL, formula=[f'$B{first}="{name}"'])
    sheet.conditional_formatting.add(cells, rule)


def reference(sheet: Worksheet, placed: Placed, table: Reference, workbook: Workbook) -> None:
    """Look of a table that was filled when the workbook was built."""
    live_rows = workbook.code == "form" and table in LIVE_COLUMNS
    live = LIVE_COLUMNS[table] if live_rows else ()
    for index, line in enumerate(placed.rows):
        if live_rows:
            _mark(sheet, line, table.row_codes[index])
        heights = [measures.LINE_POINTS]
        for column, spec in enumerate(table.columns, start=FIRST_COLUMN):
            cell = sheet.cell(line, column)
            cell.font, cell.border, cell.alignment = style.PLAIN, style.RULE, style.TOP
            if spec.format not in _WORDS:
                cell.alignment = style.RIGHT
            cell.number_format = style.NUMBER_FORMATS[spec.format]
            if spec.code in live:
                cell.value = excel(workbook).formula(table, spec.code, index)
            elif isinstance(cell.value, str):
                width = sheet.column_dimensions[get_column_letter(column)].width
                heights.append(measures.text_height(cell.value, width))
        sheet.row_dimensions[line].height = max(heights)
        # spare rows come to light when a library with more of them is computed with
        spare = not any(sheet.cell(line, FIRST_COLUMN + n).value for n in range(len(table.columns)))
        sheet.row_dimensions[line].hidden = spare and workbook.code != "library"
