"""What people fill in: yellow cells with their questions, help and validation."""

from __future__ import annotations

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.model import palette
from toolkit.words.vocabulary import word
from toolkit.workbook.drawing import style, validation
from toolkit.workbook.layout import measures
from toolkit.workbook.layout.asked import CARE
from toolkit.workbook.layout.books import FIRST_COLUMN, Placed, Workbook
from toolkit.workbook.layout.fields import AS_TYPED, LISTED, LOOKUP, PREVIOUS, Field, Question
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.live.excel import excel

LONG_ANSWERS = (
    "description",
    "used_more",
    "where_else",
    "counterfactual",
    "attachments",
    "financial_cover",
    "funding",
    "position",
    "accepted_proof",
    "short_term",
    "story",
    "growth_why",
    "reaction",
)
INPUT_FORMATS = {"euro": "#,##0.00", "date": "d-m-yyyy", AS_TYPED: style.NUMBER_FORMATS["text"]}
_HELP = InlineFont(rFont=style.FONT, sz=palette.NOTE_SIZE, color=style.GREY)
_ASKED = InlineFont(rFont=style.FONT, sz=palette.TEXT_SIZE, color="000000")


def inputs(sheet: Worksheet, placed: Placed, block: Block, workbook: Workbook) -> None:
    """Draw the rows of a block of input."""
    for index, (line, code) in enumerate(zip(placed.rows, block.row_codes, strict=True)):
        mark = sheet.cell(line, 1, code)
        mark.font, mark.alignment = style.CODE, style.CODED
        if block.questions:
            _question(sheet, placed, line, block.questions[index], block)
        else:
            _row(sheet, placed, line, block, workbook)
    validation.add(sheet, placed, block, workbook)


def header(sheet: Worksheet, placed: Placed, block: Block) -> None:
    """The small letters of a header over many columns."""
    for column in range(1, FIRST_COLUMN + len(block.columns)):
        cell = sheet.cell(placed.header_row, column)
        cell.font, cell.alignment = style.SMALL_HEADER, style.CLOSE
    sheet.row_dimensions[placed.header_row].height = measures.COMPACT_HEADER


def _question(sheet: Worksheet, placed: Placed, line: int, question: Question, block: Block) -> None:
    """A question with its help below it, so that neither is out of sight, and the cell for the answer."""
    asked, help_text = (word(f"form.questions.{question.key}.{key}") for key in ("text", "help"))
    cell = sheet.cell(line, FIRST_COLUMN, asked)
    if help_text:
        cell.value = CellRichText(TextBlock(_ASKED, asked), TextBlock(_HELP, f"\n{help_text}"))
    cell.font, cell.alignment, cell.border = style.PLAIN, style.TOP, style.BOX
    _input_cell(sheet, line, placed.column("answer"), question.field.kind, style.INPUT)
    if block.remembers:
        _remembered(sheet, line, placed.column("previous"))
    width = sheet.column_dimensions[placed.letter("question")].width
    needed = measures.text_height(asked, width) + (measures.note_height(help_text, width) if help_text else 0)
    least = measures.LINE_POINTS * _lines(question.field)
    sheet.row_dimensions[line].height = max(least, needed) + 3


def _row(sheet: Worksheet, placed: Placed, line: int, block: Block, workbook: Workbook) -> None:
    index = line - placed.first_row
    points = measures.COMPACT_LINE if block.compact else measures.LINE_POINTS
    sheet.row_dimensions[line].height = points * block.lines
    asked, shown = (style.SMALL_INPUT, style.SMALL) if block.compact else (style.INPUT, style.PLAIN)
    for column, field in enumerate(block.columns, start=FIRST_COLUMN):
        if field.asked:
            _input_cell(sheet, line, column, field.kind, asked)
            if block.compact:
                sheet.cell(line, column).alignment = style.CLOSE
            continue
        if field.kind == PREVIOUS:
            _remembered(sheet, line, column)
            continue
        cell = sheet.cell(line, column)
        cell.font, cell.alignment, cell.border = shown, style.CLOSE if block.compact else style.TOP, style.BOX
        if field.kind == LOOKUP:
            cell.value = excel(workbook).formula(block, field.code, index)
        assert field.kind in (LOOKUP, LISTED)
        if block == CARE and field.code == "people":
            cell.number_format = style.NOT_ZERO
        if field.code == "value":
            cell.number_format = style.NUMBER_FORMATS["euro2"]


def _remembered(sheet: Worksheet, row: int, column: int) -> None:
    """Room for what was answered last year."""
    cell = sheet.cell(row, column)
    cell.font, cell.alignment, cell.border = style.INTRO, style.TOP, style.BOX


def _lines(field: Field) -> int:
    """Lines of text an answer needs room for."""
    if field.code in LONG_ANSWERS:
        return 3
    return 2 if field.kind == "text" else 1


def _input_cell(sheet: Worksheet, row: int, column: int, kind: str, font: Font) -> None:
    cell = sheet.cell(row, column)
    cell.font, cell.fill, cell.border = font, style.FILL_INPUT, style.BOX
    cell.alignment, cell.protection = style.TOP, style.OPEN
    cell.number_format = INPUT_FORMATS.get(kind, "General")
