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
from toolkit.workbook.drawing import asking, charts, guide, library_book, paper, reference, style, tables
from toolkit.workbook.drawing.paper import COMPUTED
from toolkit.workbook.drawing.stable import stable
from toolkit.workbook.layout import headings, measures
from toolkit.workbook.layout.asked import CARE, TARGET_GROUPS
from toolkit.workbook.layout.books import FIRST_COLUMN, Placed, Sheet, Workbook
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.outcomes import BUDGET
from toolkit.workbook.layout.parts import Block, Charts, Reference, Result
from toolkit.workbook.layout.screen import Cards, Lists
from toolkit.workbook.live import results
from toolkit.workbook.live.excel import excel
from toolkit.workbook.live.formulas import STATE_OF_BOOK, is_counted, open_on_sheet
from toolkit.workbook.live.library import care_changes
from toolkit.workbook.sheetfile import Cached, Package

CHART_GAP = 12
"""Pixels between two charts."""
CODE_WIDTHS = {"result": 15.0, "poster": 9.0, "input": 5.5, "finance": 5.5}
CODE_WIDTH = 9.0
SCREEN_ZOOM = 85
"""Per cent at which all of Uitkomsten is seen at once below the ribbon of a small screen."""
_LOW_HEAD = {1: 19.0, 2: 14.0, 3: 12.0, 4: 15.0, 5: 3.0}
"""Heights of the lines above what people fill in, so that as much of that as can be is seen."""
AIR, CODES_HEIGHT = 7.0, 10.5
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
                asking.inputs(sheet, placed, part, workbook)
                if workbook.code == "library":
                    library_book.fill(sheet, placed, part, library)
                elif part == TARGET_GROUPS:
                    below = sheet.cell(placed.last_row + 1, placed.column("name"), word("form.lists.unknown"))
                    below.font, below.alignment = style.CODE, style.RUN_ON
                elif part == CARE:
                    for line, name in zip(placed.rows, care_changes(library), strict=False):
                        sheet.cell(line, placed.column("change"), name)
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
        elif workbook.code == "form" and is_counted(plan):
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
    if plan.kind in ("input", "finance"):
        for row, height in _LOW_HEAD.items():
            sheet.row_dimensions[row].height = height
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
    has_grid = any(isinstance(part, Block) and part.columns for part in plan.parts)
    for part, _ in plan.placed():
        for column, width in enumerate(headings.widths(part, has_grid), start=FIRST_COLUMN):
            widths[column] = max(widths.get(column, 0.0), width)
    return widths


def _table(sheet: Worksheet, placed: Placed, widths: list[float]) -> None:
    """Heading, grey codes, header and an Excel table around the rows."""
    part, codes = placed.table, placed.table.column_codes
    if isinstance(part, Cards | Lists):
        sheet.row_dimensions[placed.top].height = AIR
    elif isinstance(part, Block) and len(list(placed.sheet.tables())) == 1:
        # the title of the sheet says it already
        sheet.row_dimensions[placed.top].height = AIR / 2
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
        is_narrow = column == 1 or (column > 1 and codes[column - 2] == "open")
        cell.font, cell.fill, cell.border, cell.alignment = (
            style.SMALL_HEADER if is_narrow else style.HEADER,
            style.FILL_HEADER,
            style.BOX,
            style.CLOSE if is_narrow else style.TOP,
        )
    tallest = max(
        measures.text_height(h, w, bold=True) for h, w in zip(headings.headings(part), widths, strict=False)
    )
    sheet.row_dimensions[placed.header_row].height = 18 if isinstance(part, Lists) else tallest + 3
    if isinstance(part, Block) and part.compact:
        asking.header(sheet, placed, part)
    ref = f"A{placed.header_row}:{placed.letter(codes[-1])}{placed.last_row}"
    table = Table(displayName=part.table, ref=ref)
    table.tableStyleInfo = TableStyleInfo(showRowStripes=False)
    sheet.add_table(table)
    if isinstance(part, Block | Cards | Lists) or (isinstance(part, Result) and part.rows):
        table.autoFilter = None


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
