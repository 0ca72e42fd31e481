"""Colours, number formats and print set-up: one look for every workbook."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.workbook.layout.measures import POSTER_SIZES

# the order of the schema, which openpyxl does not keep
Font.__elements__ = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color"),
    *("name", "family", "charset", "scheme"),
)
NAVY, GREY, LIGHT, LINE, YELLOW, INPUT_BLUE = "154273", "595959", "F2F2F2", "BFBFBF", "FFF9D6", "1F3FBF"
FONT = "Calibri"

DOMAIN_COLOURS = (
    "0072B2",
    "D55E00",
    "E69F00",
    "009E73",
    "56B4E9",
    "CC79A7",
    "332288",
    "B8A800",
    "7F7F7F",
)
LOW_COLOUR, HIGH_COLOUR = "E69F00", "0072B2"

NUMBER_FORMATS = {
    "text": "@",
    "wrap": "@",
    "note": "@",
    "general": "General",
    "euro": '"€ "#,##0;-"€ "#,##0',
    "euro2": '"€ "#,##0.00;-"€ "#,##0.00',
    "ratio": '"€ "0.00;-"€ "0.00',
    "percent": "0.0%",
    "factor": "0.0000",
    "number": "#,##0",
    "number2": "#,##0.00",
    "whole": "0",
    "year": "0",
    "date": "d-m-yyyy",
}

TAB_COLOURS = {
    "guide": NAVY,
    "input": "F2C811",
    "finance": "A6A6A6",
    "result": "A6A6A6",
    "poster": "A6A6A6",
    "reference": "A6A6A6",
}

_THIN = Side(style="thin", color=LINE)
NO_BOX = Border()
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
FILL_HEADER = PatternFill("solid", fgColor=NAVY)
FILL_INPUT = PatternFill("solid", fgColor=YELLOW)
FILL_TOTAL = PatternFill("solid", fgColor=LIGHT)
TITLE = Font(name=FONT, size=18, bold=True, color=NAVY)
INTRO = Font(name=FONT, size=11, italic=True, color=GREY)
STATUS = Font(name=FONT, size=11, bold=True, color="9C2A00")
ANSWER = Font(name=FONT, size=13, bold=True, color=NAVY)
HEADING = Font(name=FONT, size=13, bold=True, color=NAVY)
HEADER = Font(name=FONT, size=11, bold=True, color="FFFFFF")
CODE = Font(name=FONT, size=8, color=GREY)
INPUT = Font(name=FONT, size=11, color=INPUT_BLUE)
PLAIN = Font(name=FONT, size=11, color="000000")
BOLD = Font(name=FONT, size=11, bold=True, color="000000")
LINK = Font(name=FONT, size=11, underline="single", color="0563C1")
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
RUN_ON = Alignment(vertical="top", horizontal="left", indent=1)
RIGHT = Alignment(vertical="top", horizontal="right", shrink_to_fit=True)
"""Numbers, and the words that stand where there is no number: smaller before they are cut or become ####."""
BOTTOM = Alignment(vertical="bottom", horizontal="left", wrap_text=True, indent=1)
OPEN = Protection(locked=False)


def print_setup(sheet: Worksheet, footer: str, title_row: int | None, pages: int, columns: str) -> None:
    """A4 landscape, so many pages side by side, header row and first columns repeated, a footer."""
    _page(sheet, "landscape", footer, pages, 0)
    if title_row:
        sheet.print_title_rows = f"{title_row}:{title_row}"
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
