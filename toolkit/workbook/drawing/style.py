"""Fonts, lines, number formats and print set-up: one look for every workbook."""

from __future__ import annotations

from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.model import palette
from toolkit.workbook.layout.measures import POSTER_SIZES

# the order of the schema, which openpyxl does not keep
Font.__elements__ = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color"),
    *("name", "family", "charset", "scheme"),
)
InlineFont.__elements__ = tuple("rFont" if name == "name" else name for name in Font.__elements__)
NAVY, GREY, LINE = palette.INK_COLOUR, palette.NOTE_COLOUR, "BFBFBF"
YELLOW, INPUT_BLUE = "FFF9D6", "1F3FBF"
FONT = "Calibri"
LOW_COLOUR, HIGH_COLOUR = "E69F00", "0072B2"

NUMBER_FORMATS = {
    "text": "@",
    "wrap": "@",
    "note": "@",
    "general": "General",
    # a loss that rounds to nothing is nothing, and has no sign
    "euro": '[>=0.5]"€ "#,##0;[<=-0.5]-"€ "#,##0;"€ 0"',
    "euro2": '[>=0.005]"€ "#,##0.00;[<=-0.005]-"€ "#,##0.00;"€ 0"',
    "euro_short": '[>=999500]"€ "0.0,," mln.";[<=-0.5]-"€ "#,##0;"€ "#,##0',
    "ratio": '[>=0.005]"€ "0.00;[<=-0.005]-"€ "0.00;"€ 0"',
    "percent_whole": "0%",
    "percent": "0.0%",
    "factor": "0.0000",
    "number": "#,##0",
    "number2": "#,##0.00",
    "whole": "0",
    "year": "0",
    "date": "d-m-yyyy",
}

NOT_ZERO = "#,##0;-#,##0;"
"""A number that is not shown where it is zero."""
TAB_COLOURS = {
    "guide": NAVY,
    "input": "F2C811",
    "finance": "A6A6A6",
    "result": "A6A6A6",
    "poster": "A6A6A6",
    "reference": "A6A6A6",
}

_THIN = Side(style="thin", color=LINE)
_RULE = Side(style="thin", color=palette.RULE_COLOUR)
_DARK, _THICK, _GAP = (
    Side(style="thin", color=NAVY),
    Side(style="thick", color=NAVY),
    Side(style="thick", color="FFFFFF"),
)
NO_BOX = Border()
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
"""Round what people fill in."""
RULE, RULED_HEADER, RULED_TOTAL = Border(bottom=_RULE), Border(bottom=_DARK), Border(top=_DARK, bottom=_RULE)
"""Tables that people read have lines between their rows only."""
CARD_TOP, CARD, ANSWERED = Border(top=_THICK, right=_GAP), Border(right=_GAP), Border(left=_THICK)
FILL_HEADER = PatternFill("solid", fgColor=NAVY)
FILL_INPUT = PatternFill("solid", fgColor=YELLOW)
FILL_CARD = PatternFill("solid", fgColor=palette.CARD_COLOUR)


def _font(size: int, colour: str = "000000", bold: bool = False, italic: bool = False) -> Font:
    return Font(name=FONT, size=size, bold=bold, italic=italic, color=colour)


TITLE = _font(palette.TITLE_SIZE, NAVY, bold=True)
INTRO = _font(10, GREY, italic=True)
STATUS = _font(palette.NOTE_SIZE, GREY)
FRESH = _font(palette.TEXT_SIZE, palette.CALM_COLOUR, bold=True)
ANSWER = HEADING = _font(palette.HEADING_SIZE, NAVY, bold=True)
HEADER = _font(palette.TEXT_SIZE, "FFFFFF", bold=True)
READ_HEADER = _font(palette.TEXT_SIZE, NAVY, bold=True)
FIGURE = _font(palette.FIGURE_SIZE, NAVY, bold=True)
TOLD = _font(palette.TEXT_SIZE, GREY)
CODE = _font(palette.NOTE_SIZE, GREY)
INPUT = _font(palette.TEXT_SIZE, INPUT_BLUE)
PLAIN = _font(palette.TEXT_SIZE)
BOLD = _font(palette.TEXT_SIZE, bold=True)
LINK = Font(name=FONT, size=palette.TEXT_SIZE, underline="single", color="0563C1")
SMALL_HEADER, SMALL_INPUT, SMALL = _font(10, "FFFFFF", bold=True), _font(10, INPUT_BLUE), _font(9)
"""Letters of a table with many columns that are seen at once."""
ALARM = DifferentialStyle(font=Font(bold=True, color=palette.ALARM_COLOUR))
TOTAL = DifferentialStyle(font=Font(bold=True))
MUTED = DifferentialStyle(font=Font(bold=False, color=GREY))
"""What a state looks like when it is not what it should be, a total, and a state when there is none yet."""
POSTER = {
    look: Font(name=FONT, size=POSTER_SIZES[look], bold=bold, color=colour)
    for look, bold, colour in (
        ("poster_title", True, NAVY),
        ("poster_heading", True, NAVY),
        ("poster_strong", True, "A6206A"),
        ("poster_line", False, "000000"),
        ("poster_small", False, GREY),
    )
}
"""Looks of the rows of a page to hang up."""
TOP = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)
CODED = Alignment(vertical="top", horizontal="left")
CLOSE = Alignment(vertical="top", horizontal="left", wrap_text=True)
RUN_ON = Alignment(vertical="top", horizontal="left", indent=1)
RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
"""Numbers, and the words that stand where there is no number: those go on below."""
MIDDLE = Alignment(vertical="center", horizontal="left", indent=1)
BOTTOM = Alignment(vertical="bottom", horizontal="left", wrap_text=True, indent=1)
RIGHT_BOTTOM = Alignment(vertical="bottom", horizontal="right", wrap_text=True)
OPEN = Protection(locked=False)


def print_setup(
    sheet: Worksheet,
    footer: str,
    title_rows: tuple[int, int],
    pages: int,
    columns: str,
    tall: int = 0,
    area: str = "",
) -> None:
    """A4 landscape, so many pages side by side and below each other (0: as needed), a footer.

    Title rows and first columns are repeated. area: what is printed, '' for everything.
    """
    _page(sheet, "landscape", footer, pages, tall)
    sheet.print_title_rows = "{}:{}".format(*title_rows)
    if area:
        sheet.print_area = area
    if pages > 1:
        sheet.print_title_cols = columns
        sheet.page_setup.pageOrder = "overThenDown"


def print_guide(sheet: Worksheet, footer: str) -> None:
    """One page of A4 landscape."""
    _page(sheet, "landscape", footer, 1, 1)


def print_poster(sheet: Worksheet, footer: str, area: str) -> None:
    """One page of A4, upright, with nothing but the area."""
    _page(sheet, "portrait", footer, 1, 1)
    sheet.print_area = area
    sheet.print_options.horizontalCentered = True


def _page(sheet: Worksheet, orientation: str, footer: str, wide: int, tall: int) -> None:
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, tall
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.oddFooter.center.text = footer
    sheet.oddFooter.center.size = 8
