"""Layout, words and library become an empty workbook."""

from __future__ import annotations

import io

from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.kengetallen.library import Library
from toolkit.words.vocabulary import word
from toolkit.workbook.drawing import charts, guide, library_book, paper, reference, style, tables, validation
from toolkit.workbook.drawing.paper import COMPUTED
from toolkit.workbook.drawing.stable import stable
from toolkit.workbook.layout import headings, measures
from toolkit.workbook.layout.books import FIRST_COLUMN, Placed, Sheet, Workbook
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.outcomes import BUDGET
from toolkit.workbook.layout.parts import (
    AS_TYPED,
    PREVIOUS,
    Block,
    Charts,
    Field,
    Reference,
    Result,
)
from toolkit.workbook.layout.screen import Cards, Lists
from toolkit.workbook.live import results
from toolkit.workbook.live.excel import excel
from toolkit.workbook.live.formulas import STATE_OF_BOOK, open_on_sheet
from toolkit.workbook.sheetfile import Cached, Package

LONG_ANSWERS = (
    "description",
    "used_more",
    "where_else",
    "counterfactual",
    "attachments",
    "financial_cover",
    "funding",
)
INPUT_FORMATS = {"euro": "#,##0.00", "date": "d-m-yyyy", AS_TYPED: style.NUMBER_FORMATS["text"]}
CHART_GAP = 12
"""Pixels between two charts."""
CODE_WIDTHS = {"result": 15.0, "poster": 9.0}
CODE_WIDTH = 9.0
SCREEN_ZOOM = 85
"""Per cent at which all of Uitkomsten is seen at once below the ribbon of a small screen."""
AIR, CODES_HEIGHT = 7.0, 12.0
"""Heights of a row that only keeps two things apart, and of a row of grey codes."""


def build(workbook: Workbook, library: Library, price_level: int) -> bytes:
    """Draw an empty workbook. The same input gives the same uncompressed parts.

    kengetallen.xlsx holds the newest unit values; every other workbook those at the price level.
    """
    if workbook.code != "library":
        library = library.at(price_level)
    book = OpenpyxlWorkbook()
    book.remove(book.active)
    sheets = {s.code: book.create_sheet(s.name) for s in workbook.sheets}
    descriptions: list[list[str]] = []
    for plan in workbook.sheets:
        sheet = sheets[plan.code]
        _head(sheet, plan)
        if plan.kind == "guide":
            guide.draw(sheet, plan, workbook)
        widths = _widths(plan)
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        for part, row in plan.placed():
            if isinstance(part, Charts):
                _place_charts(part, row, workbook, sheet, sheets, widths)
                descriptions.append([word(f"form.charts.{n}.alt") for n in part.names])
                continue
            placed = Placed(plan, part, row)
            _table(sheet, placed, [width for column, width in sorted(widths.items()) if column > 1])
            if isinstance(part, Block):
                _inputs(sheet, placed, part, workbook)
                if workbook.code == "library":
                    library_book.fill(sheet, placed, part, library)
            elif isinstance(part, Reference):
                reference.fill(sheet, placed, library, price_level)
                tables.reference(sheet, placed, part, workbook)
            else:
                tables.results(sheet, placed, workbook)
                if part == BUDGET:
                    tables.totals(sheet, placed, word("form.budget.total"))
        paper.freeze(sheet, plan, workbook)
        if paper.folds(plan, workbook):
            paper.fold(sheet, plan)
        if plan.kind in COMPUTED:
            paper.state(sheet, excel(workbook).above(STATE_OF_BOOK, plan.code))
        elif plan.kind == "input" and workbook.code == "form":
            sheet.cell(4, 2, excel(workbook).above(open_on_sheet(plan), plan.code))
        paper.print_setup(sheet, plan, workbook, widths)
        if plan.kind in (*COMPUTED, "reference"):
            sheet.protection.sheet = True
            sheet.protection.autoFilter = sheet.protection.sort = sheet.protection.formatColumns = False
    buffer = io.BytesIO()
    book.save(buffer)
    built = stable(buffer.getvalue(), descriptions)
    return _priced(built, workbook, library, price_level) if workbook.code == "form" else built


def _priced(built: bytes, workbook: Workbook, library: Library, price_level: int) -> bytes:
    """Give the live prices their results, so that a form needs no recalculation to show them."""
    package = Package(built)
    for table, rows in results.prices(library, price_level).items():
        placed = workbook.place(table)
        for line, row in zip(placed.rows, rows, strict=True):
            for column, value in row.items():
                held = Cached(value) if column in LIVE_COLUMNS[table] else value
                package.set(placed.sheet.name, f"{placed.letter(column)}{line}", held)
    return stable(package.to_bytes())


def _head(sheet: Worksheet, plan: Sheet) -> None:
    sheet.sheet_properties.tabColor = style.TAB_COLOURS[plan.kind]
    sheet.sheet_view.showGridLines = False
    for row, text, font in (
        (1, word(f"form.sheets.{plan.code}.title"), style.TITLE),
        (2, word(f"form.sheets.{plan.code}.intro"), style.INTRO),
        (3, word("form.screen.not_computed") if plan.kind in COMPUTED else None, style.STATUS),
        (4, None, style.ANSWER),
    ):
        cell = sheet.cell(row, 2, text)
        cell.font = font
    sheet.row_dimensions[1].height = 22
    if plan.kind not in (*COMPUTED, "reference", "guide"):
        # low, as all of this stays in sight above a long table
        sheet.row_dimensions[5].height = AIR
    if plan.kind in (*COMPUTED, "reference"):
        guide.link(sheet.cell(5, 3, word("form.screen.back")), word("form.sheets.guide.name"))
    elif plan.kind != "guide":
        guide.link(sheet.cell(1, 1, "◄"), word("form.sheets.guide.name"))
    if any(isinstance(part, Cards) for part in plan.parts):
        sheet.sheet_view.zoomScale = SCREEN_ZOOM
        sheet.row_dimensions[4].height = 24
        for column in range(2, 6):
            sheet.cell(4, column).fill = style.FILL_CARD
        sheet.cell(4, 2).border, sheet.cell(4, 2).alignment = style.ANSWERED, style.MIDDLE


def _widths(plan: Sheet) -> dict[int, float]:
    widths: dict[int, float] = {} if plan.kind == "guide" else {1: CODE_WIDTHS.get(plan.kind, CODE_WIDTH)}
    for part, _ in plan.placed():
        for column, width in enumerate(headings.widths(part), start=FIRST_COLUMN):
            widths[column] = max(widths.get(column, 0.0), width)
    return widths


def _table(sheet: Worksheet, placed: Placed, widths: list[float]) -> None:
    """Heading, grey codes, header and an Excel table around the rows."""
    part, codes = placed.table, placed.table.column_codes
    if isinstance(part, Cards | Lists):
        sheet.row_dimensions[placed.top].height = AIR
    else:
        sheet.cell(placed.top, FIRST_COLUMN, headings.above(part)).font = style.HEADING
    sheet.cell(placed.codes_row, 1, f"code {part.code}").font = style.CODE
    sheet.row_dimensions[placed.codes_row].height = CODES_HEIGHT
    for column, text in enumerate(codes, start=FIRST_COLUMN):
        sheet.cell(placed.codes_row, column, text).font = style.CODE
    for column, text in enumerate((word("form.row_code.text"), *headings.headings(part)), start=1):
        cell = sheet.cell(placed.header_row, column, text)
        if isinstance(part, Result | Reference):
            tables.header(cell, part, codes[column - 2] if column > 1 else "")
            continue
        cell.font, cell.fill, cell.border, cell.alignment = (
            style.HEADER,
            style.FILL_HEADER,
            style.BOX,
            style.TOP,
        )
    tallest = max(
        measures.text_height(h, w, bold=True) for h, w in zip(headings.headings(part), widths, strict=False)
    )
    sheet.row_dimensions[placed.header_row].height = 18 if isinstance(part, Lists) else tallest + 3
    ref = f"A{placed.header_row}:{placed.letter(codes[-1])}{placed.last_row}"
    table = Table(displayName=part.table, ref=ref)
    table.tableStyleInfo = TableStyleInfo(showRowStripes=False)
    sheet.add_table(table)
    if isinstance(part, Block | Cards | Lists) or (isinstance(part, Result) and part.rows):
        table.autoFilter = None


def _inputs(sheet: Worksheet, placed: Placed, block: Block, workbook: Workbook) -> None:
    first = placed.first_row
    for line, code in zip(placed.rows, block.row_codes, strict=True):
        mark = sheet.cell(line, 1, code)
        mark.font, mark.alignment = style.CODE, style.RUN_ON
        if block.questions:
            question = block.questions[line - first]
            cell = sheet.cell(line, FIRST_COLUMN, word(f"form.questions.{code}.text"))
            cell.font, cell.alignment, cell.border = style.PLAIN, style.TOP, style.BOX
            _input_cell(sheet, line, placed.column("answer"), question.field.kind)
            if block.remembers:
                _remembered(sheet, line, placed.column("previous"))
            note = sheet.cell(line, placed.column("note"), word(f"form.questions.{code}.help"))
            note.font, note.alignment = style.INTRO, style.RUN_ON
            least = measures.LINE_POINTS * _lines(question.field)
            asked = measures.text_height(cell.value, headings.QUESTION_WIDTHS["question"])
            sheet.row_dimensions[line].height = max(least, asked) + 3
            continue
        sheet.row_dimensions[line].height = measures.LINE_POINTS * block.lines
        for column, field in enumerate(block.columns, start=FIRST_COLUMN):
            if field.asked:
                _input_cell(sheet, line, column, field.kind)
            elif field.kind == PREVIOUS:
                _remembered(sheet, line, column)
            else:
                cell = sheet.cell(line, column, excel(workbook).formula(block, field.code, line - first))
                cell.font, cell.alignment, cell.border = style.PLAIN, style.TOP, style.BOX
                if field.code == "value":
                    cell.number_format = style.NUMBER_FORMATS["euro2"]
    validation.add(sheet, placed, block, workbook)


def _remembered(sheet: Worksheet, row: int, column: int) -> None:
    """Room for what was answered last year."""
    cell = sheet.cell(row, column)
    cell.font, cell.alignment, cell.border = style.INTRO, style.TOP, style.BOX


def _lines(field: Field) -> int:
    """Lines of text an answer needs room for."""
    if field.code in LONG_ANSWERS:
        return 3
    return 2 if field.kind == "text" else 1


def _input_cell(sheet: Worksheet, row: int, column: int, kind: str) -> None:
    cell = sheet.cell(row, column)
    cell.font, cell.fill, cell.border = style.INPUT, style.FILL_INPUT, style.BOX
    cell.alignment, cell.protection = style.TOP, style.OPEN
    cell.number_format = INPUT_FORMATS.get(kind, "General")


def _place_charts(
    part: Charts,
    row: int,
    workbook: Workbook,
    sheet: Worksheet,
    sheets: dict[str, Worksheet],
    widths: dict[int, float],
) -> None:
    """Charts side by side, a gap between them, whatever the column widths are."""
    for place, name in enumerate(part.names):
        chart = charts.draw(name, workbook, sheets)
        marker = _marker(widths, place * (part.width + CHART_GAP), row)
        end = _marker(widths, place * (part.width + CHART_GAP) + part.width, row + part.height - 1)
        chart.anchor = TwoCellAnchor(editAs="twoCell", _from=marker, to=end)
        sheet.add_chart(chart)


def _marker(widths: dict[int, float], left: int, row: int) -> AnchorMarker:
    """The place so many pixels from the first column, at the top of a row."""
    column = FIRST_COLUMN
    while left >= (width := measures.pixels(widths.get(column, 8.43))):
        left -= width
        column += 1
    return AnchorMarker(col=column - 1, colOff=pixels_to_EMU(left), row=row - 1, rowOff=0)
