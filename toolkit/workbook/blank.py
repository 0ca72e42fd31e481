"""Layout, words and library become an empty workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.kengetallen.library import Library
from toolkit.words.vocabulary import word, words
from toolkit.workbook import charts, formulas, headings, library_sheet, reference, style, validation
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.lists import TEMPLATE_VERSION
from toolkit.workbook.layout.parts import Block, Charts, Field, Live, Reference, Result, Sheet, Workbook
from toolkit.workbook.package import Cached, Package
from toolkit.workbook.recheck import prices
from toolkit.workbook.recheck.formulas import Recheck, library_formula
from toolkit.workbook.recheck.freshness import changed_formula, repeated_formula, state_formula
from toolkit.workbook.stable import stable

LONG_ANSWERS = ("description", "used_more", "where_else", "counterfactual", "attachments", "financial_cover")
CONSTANTS = {("ND", "start"): 0, ("NU", "start"): 0, ("NZ", "start"): 0, ("NZ", "after"): 1}
CHART_GAP, ROW_PIXELS = 12, 20
CODE_WIDTHS = {"result": 15.0}
CODE_WIDTH = 9.0
_ALIGNMENT = {"text": style.TOP, "wrap": style.TOP, "general": style.TOP, "note": style.RUN_ON}


def build(workbook: Workbook, library: Library, price_level: int) -> bytes:
    """Draw an empty workbook. The same input gives the same uncompressed parts."""
    book = OpenpyxlWorkbook()
    book.remove(book.active)
    names = {s.code: word(f"form.sheets.{s.code}.name") for s in workbook.sheets}
    sheets = {s.code: book.create_sheet(names[s.code]) for s in workbook.sheets}
    descriptions: list[list[str]] = []
    for plan in workbook.sheets:
        sheet = sheets[plan.code]
        _head(sheet, plan)
        if plan.kind == "guide":
            _guide(sheet, plan, [s for s in workbook.sheets if s is not plan], names)
        widths = _widths(plan)
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        # one table: its header repeats on every page; more tables: the title of the sheet does
        title_row: int | None = None
        for part, row in plan.placed():
            if isinstance(part, Charts):
                _place_charts(part, row, workbook, sheet, sheets, widths)
                descriptions.append([word(f"form.charts.{n}.alt") for n in part.names])
                continue
            _table(sheet, part, row, list(widths.values())[1:])
            title_row = row + 2 if title_row is None else 1
            if isinstance(part, Block):
                _inputs(sheet, part, row, workbook)
                if workbook.code == "library":
                    library_sheet.fill(sheet, part, row, library)
            elif isinstance(part, Reference):
                reference.fill(sheet, part, row, library, price_level)
                _plain_rows(sheet, part, row, workbook)
            elif isinstance(part, Live):
                _results(sheet, part, row)
                _formulas(sheet, part, row, workbook)
            else:
                _results(sheet, part, row)
                _links(sheet, part, row)
        if plan.kind == "result":
            sheet.cell(5, 2, repeated_formula(workbook, plan.code)).font = style.STATUS
        footer = word("form.screen.footer", version=TEMPLATE_VERSION)
        style.print_setup(sheet, footer, title_row, plan.pages_wide)
        if plan.kind in ("result", "reference"):
            sheet.protection.sheet = True
            sheet.protection.autoFilter = sheet.protection.sort = sheet.protection.formatColumns = False
    buffer = io.BytesIO()
    book.save(buffer)
    built = stable(buffer.getvalue(), descriptions)
    return _priced(built, workbook, library, price_level) if workbook.code == "form" else built


def _priced(built: bytes, workbook: Workbook, library: Library, price_level: int) -> bytes:
    """Give the live prices their results, so that a form needs no recalculation to show them."""
    package = Package(built)
    for code, rows in prices.rows(library, price_level).items():
        sheet, part, top = workbook.find(code)
        for line, row in enumerate(rows, start=top + 3):
            for column, value in row.items():
                letter = get_column_letter(headings.codes(part).index(column) + 2)
                held = Cached(value) if column in LIVE_COLUMNS[code] else value
                package.set(word(f"form.sheets.{sheet.code}.name"), f"{letter}{line}", held)
    return stable(package.to_bytes())


def _head(sheet: Worksheet, plan: Sheet) -> None:
    sheet.sheet_properties.tabColor = style.TAB_COLOURS[plan.kind]
    sheet.sheet_view.showGridLines = False
    for row, text, font in (
        (1, word(f"form.sheets.{plan.code}.title"), style.TITLE),
        (2, word(f"form.sheets.{plan.code}.intro"), style.INTRO),
        (3, word("form.screen.not_computed") if plan.kind == "result" else None, style.STATUS),
        (4, None, style.ANSWER),
    ):
        cell = sheet.cell(row, 2, text)
        cell.font = font
    sheet.row_dimensions[1].height = 26
    if plan.kind != "guide":
        back = sheet.cell(1, 1, "◄")
        _link(back, word("form.sheets.guide.name"))


def _link(cell: Cell, sheet: str) -> None:
    """A link to the top of another sheet of the same workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = style.LINK


def _guide(sheet: Worksheet, plan: Sheet, others: Iterable[Sheet], names: dict[str, str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 3, 26
    sheet.column_dimensions["C"].width = 110
    row = 5
    for line in words(f"form.sheets.{plan.code}.lines"):
        label, text = line.split("|", 1)
        sheet.cell(row, 2, label).font = style.BOLD
        sheet.cell(row, 3, text).font = style.PLAIN
        if label == word("form.screen.yellow"):
            sheet.cell(row, 2).fill, sheet.cell(row, 2).border = style.FILL_INPUT, style.BOX
        row += 1
    row += 1
    for other in others:
        link = sheet.cell(row, 2, names[other.code])
        _link(link, names[other.code])
        sheet.cell(row, 3, word(f"form.sheets.{other.code}.intro")).font = style.PLAIN
        row += 1


def _widths(plan: Sheet) -> dict[int, float]:
    widths: dict[int, float] = {} if plan.kind == "guide" else {1: CODE_WIDTHS.get(plan.kind, CODE_WIDTH)}
    for part, _ in plan.placed():
        for column, width in enumerate(headings.widths(part), start=2):
            widths[column] = max(widths.get(column, 0.0), width)
    return widths


def _table(sheet: Worksheet, part: Block | Result | Reference, row: int, widths: list[float]) -> None:
    """Heading, grey codes, header and an Excel table around the rows."""
    code = part.prefix if isinstance(part, Block) else part.code
    sheet.cell(row, 2, headings.block_heading(code)).font = style.HEADING
    codes = headings.codes(part)
    sheet.cell(row + 1, 1, f"code {code}").font = style.CODE
    for column, text in enumerate(codes, start=2):
        sheet.cell(row + 1, column, text).font = style.CODE
    for column, text in enumerate((word("form.row_code.text"), *headings.headings(part)), start=1):
        cell = sheet.cell(row + 2, column, text)
        cell.font, cell.fill, cell.border, cell.alignment = (
            style.HEADER,
            style.FILL_HEADER,
            style.BOX,
            style.TOP,
        )
    tallest = max(
        style.text_height(h, w, bold=True) for h, w in zip(headings.headings(part), widths, strict=False)
    )
    sheet.row_dimensions[row + 2].height = tallest + 3
    last = row + part.height - 1
    table = Table(displayName=part.table, ref=f"A{row + 2}:{get_column_letter(len(codes) + 1)}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    if isinstance(part, Block):
        table.autoFilter = None


def _inputs(sheet: Worksheet, block: Block, row: int, workbook: Workbook) -> None:
    first = row + 3
    for line, code in enumerate(block.row_codes, start=first):
        mark = sheet.cell(line, 1, code)
        mark.font, mark.alignment = style.CODE, style.RUN_ON
        if block.questions:
            question = block.questions[line - first]
            cell = sheet.cell(line, 2, word(f"form.questions.{code}.text"))
            cell.font, cell.alignment, cell.border = style.PLAIN, style.TOP, style.BOX
            _input_cell(sheet, line, 3, question.field.kind)
            note = sheet.cell(line, 4, word(f"form.questions.{code}.help"))
            note.font, note.alignment = style.INTRO, style.RUN_ON
            least = style.LINE_POINTS * _lines(question.field)
            asked = style.text_height(cell.value, headings.QUESTION_WIDTHS[0])
            sheet.row_dimensions[line].height = max(least, asked) + 3
            continue
        sheet.row_dimensions[line].height = style.LINE_POINTS * block.lines
        for column, field in enumerate(block.columns, start=2):
            if field.kind == "lookup":
                cell = sheet.cell(line, column, formulas.lookup(field.code, line, workbook))
                cell.font, cell.alignment, cell.border = style.PLAIN, style.TOP, style.BOX
                if field.code == "value":
                    cell.number_format = style.NUMBER_FORMATS["euro2"]
            else:
                _input_cell(sheet, line, column, field.kind)
    validation.add(sheet, block, first, workbook)
    if not block.questions and block.capacity >= 20:
        sheet.freeze_panes = sheet.cell(first, 3)


def _lines(field: Field) -> int:
    """Lines of text an answer needs room for."""
    if field.code in LONG_ANSWERS:
        return 3
    return 2 if field.kind == "text" else 1


def _input_cell(sheet: Worksheet, row: int, column: int, kind: str) -> None:
    cell = sheet.cell(row, column)
    cell.font, cell.fill, cell.border = style.INPUT, style.FILL_INPUT, style.BOX
    cell.alignment, cell.protection = style.TOP, style.OPEN
    cell.number_format = {"euro": "#,##0.##", "date": "d-m-yyyy"}.get(kind, "General")


def _results(sheet: Worksheet, result: Result, row: int) -> None:
    first = row + 3
    for offset in range(result.size):
        code, row_format = result.rows[offset] if result.rows else ("", "")
        bold = code in ("total", "insurers_as_government")
        line = first + offset
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
            sheet.cell(line, 2, headings.row_label(result.code, code))
        if result.code == "KO":
            sheet.cell(line, 6, word(f"form.figures.{code}.meaning"))
        if (result.code, code) == ("VE", "template"):
            sheet.cell(line, 3, TEMPLATE_VERSION)
        if result.code == "OS":
            sheet.cell(line, 7, word(f"form.scenarios.{code}.meaning"))


def _links(sheet: Worksheet, table: Result, row: int) -> None:
    if table.links is None:
        return
    codes = [c.code for c in table.columns]
    here, target = (codes.index(c) + 2 for c in table.links)
    for line in range(row + 3, row + table.height):
        cell = sheet.cell(line, here, formulas.link(f"{get_column_letter(target)}{line}"))
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
                    state = changed_formula if table.code == "VS" else state_formula
                    cell.value = state(workbook, table.rows[index][0])
            elif (table.code, spec.code) in CONSTANTS:
                cell.value = CONSTANTS[table.code, spec.code]


def _plain_rows(sheet: Worksheet, part: Reference, row: int, workbook: Workbook) -> None:
    for line in range(row + 3, row + part.height):
        heights = [style.LINE_POINTS]
        for column, spec in enumerate(part.columns, start=2):
            cell = sheet.cell(line, column)
            cell.font, cell.border, cell.alignment = style.PLAIN, style.BOX, style.TOP
            cell.number_format = style.NUMBER_FORMATS[spec.format]
            if workbook.code == "form" and spec.code in LIVE_COLUMNS.get(part.code, ()):
                cell.value = library_formula(workbook, part.code, spec.code, line - row - 3)
            elif isinstance(cell.value, str):
                width = sheet.column_dimensions[get_column_letter(column)].width
                heights.append(style.text_height(cell.value, width))
        sheet.row_dimensions[line].height = max(heights)


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
        left = place * (part.width + CHART_GAP)
        column = 2
        while left >= style.pixels(widths.get(column, 8.43)):
            left -= style.pixels(widths.get(column, 8.43))
            column += 1
        marker = AnchorMarker(col=column - 1, colOff=pixels_to_EMU(left), row=row - 1, rowOff=0)
        size = XDRPositiveSize2D(pixels_to_EMU(part.width), pixels_to_EMU((part.height - 1) * ROW_PIXELS))
        chart.anchor = OneCellAnchor(_from=marker, ext=size)
        sheet.add_chart(chart)
