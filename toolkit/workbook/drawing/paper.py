"""How a sheet is seen and printed: what is folded away, what stays in sight, and what goes on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.words.vocabulary import word
from toolkit.workbook.drawing import library_book, style
from toolkit.workbook.layout.asked import EFFECTS
from toolkit.workbook.layout.books import FIRST_COLUMN, FIRST_PART_ROW, Placed, Sheet, Workbook
from toolkit.workbook.layout.form import TRAIL
from toolkit.workbook.layout.freshness import CHANGED
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.lists import HORIZON
from toolkit.workbook.layout.measures import LINE_POINTS
from toolkit.workbook.layout.outcomes import YEAR_COLUMN
from toolkit.workbook.layout.parts import Block, Charts, Result, ResultColumn, Table, Titles
from toolkit.workbook.layout.recheck import SETTINGS as RECHECKED_SETTINGS
from toolkit.workbook.layout.screen import READINGS, Cards
from toolkit.workbook.layout.shared import CHECKS, TERMS
from toolkit.workbook.layout.side_by_side import PICTURED
from toolkit.workbook.layout.versions import TEMPLATE_VERSION

COMPUTED = ("result", "poster")
"""Kinds of sheet that hold nothing but what was computed."""
PAGE_WIDTH, WIDEST_PAGE = 180, 330
"""Characters that read well on one page, and that still fit on it."""
MOST_FROZEN = 200
"""Pixels that may stay in sight while the rest moves."""
NOTE_WIDTH, USUAL_WIDTH, LAST_COLUMN = 150.0, 8.43, 60
"""Characters that a note runs on for, and that a column without a width of its own has."""
PRINTED_ROWS = 24
"""Of a longer table that people fill in, so many rows go on paper."""
_BEHIND_CHARTS = (READINGS, PICTURED)
"""Tables that charts show and nobody needs on paper."""
_LAST_PRINTED: Mapping[Table, str] = {
    CHANGES: "parts",
    TRAIL: "present_value",
    CHECKS: "where",
    EFFECTS: "said",
    RECHECKED_SETTINGS: "used",
    TERMS: "meaning",
    CHANGED: "changed",
}
"""Tables after which nothing on their sheet is printed, below or to the right of this column."""
_PAGES_TALL = {
    "about": 1,
    "story": 1,
    "care": 1,
    "study": 1,
    "changes": 2,
    "deepening": 1,
    "initiatives": 1,
    "uncertainty": 2,
    "recalculation": 1,
    "short": 1,
}
"""Sheets that are made to fit on so many pages; others take what they need."""
_YEARS_OFTEN_AWAY = frozenset(f"{YEAR_COLUMN}{n}" for n in range(9, HORIZON + 1))
"""Columns of years after those of most studies, which are hidden then."""
_NOT_PRINTED = ("facts", "short_lists", "library")
"""Sheets to look things up in: their part that is printed is what is folded away."""


def state(sheet: Worksheet, formula: str) -> None:
    """Whether the sheet still shows what the answers say: calm, and loud only when something must change."""
    sheet.cell(5, 2, formula).font = style.FRESH
    stale, not_computed = word("form.state.stale"), word("form.state.not_computed")
    for cell, told, look in (
        ("B5", f'$B$5="{stale}"', style.ALARM),
        ("B5", f'$B$5="{not_computed}"', style.MUTED),
        ("B3", f'ISNUMBER(SEARCH("{word("form.screen.wrong_mark")}",$B$3))', style.ALARM),
    ):
        sheet.conditional_formatting.add(cell, Rule(type="expression", dxf=look, formula=[told]))


def folds(plan: Sheet, workbook: Workbook) -> bool:
    """True for sheets that people read: of those the codes are folded away."""
    return plan.kind in COMPUTED or (plan.kind == "reference" and workbook.code != "library")


def fold(sheet: Worksheet, plan: Sheet) -> None:
    """Put every code behind the plus signs beside the sheet: of rows, of columns, and columns of codes.

    Of a sheet with outcomes all rows below its title are hidden until there is an outcome, so that an empty
    workbook shows and prints no empty tables.
    """
    folded = {1}
    for placed in plan.tables():
        columns = () if isinstance(placed.table, Block) else placed.table.columns
        folded |= {
            FIRST_COLUMN + n for n, c in enumerate(columns) if isinstance(c, ResultColumn) and c.is_code
        }
        row = sheet.row_dimensions[placed.codes_row]
        row.outlineLevel, row.hidden = 1, True
        sheet.row_dimensions[placed.header_row].collapsed = True
    for column in folded:
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].outlineLevel, sheet.column_dimensions[letter].hidden = 1, True
        sheet.column_dimensions[get_column_letter(column + 1)].collapsed = True
    if plan.kind in COMPUTED:
        for row_number in range(FIRST_PART_ROW, _last_row(plan) + 1):
            sheet.row_dimensions[row_number].hidden = True


def _last_row(plan: Sheet) -> int:
    return max(row + part.height - 1 for part, row in plan.placed())


def freeze(sheet: Worksheet, plan: Sheet, workbook: Workbook) -> None:
    """Keep the first columns of the last long table in sight, and its header where that leaves enough room.

    Once for a sheet: openpyxl adds a selection for every pane each time, and a pane can have only one.
    """
    blocks = [(placed, placed.table) for placed in plan.tables() if isinstance(placed.table, Block)]
    long = [(placed, block) for placed, block in blocks if not block.questions and block.capacity >= 20]
    for placed, block in long[-1:]:
        wide = workbook.code == "library" and len(block.columns) > library_book.FIRST_FREE_COLUMN
        row = placed.first_row if frozen_pixels(sheet, placed.first_row) <= MOST_FROZEN else 1
        sheet.freeze_panes = sheet.cell(row, library_book.FIRST_FREE_COLUMN if wide else 3)


def frozen_pixels(sheet: Worksheet, row: int) -> float:
    """Height of all that stands above a row."""
    looks = (sheet.row_dimensions[number] for number in range(1, row))
    return sum(0 if look.hidden else look.height or LINE_POINTS for look in looks) / 0.75


def print_setup(sheet: Worksheet, plan: Sheet, workbook: Workbook, widths: Mapping[int, float]) -> None:
    """A4; a sheet that would get too small goes over several pages, each with the first columns."""
    footer = word("form.screen.footer", version=TEMPLATE_VERSION)
    if plan.kind == "guide":
        style.print_guide(sheet, footer)
        return
    if plan.kind == "poster":
        text = next(plan.tables())
        last = next(row + p.height - 1 for p, row in plan.placed() if isinstance(p, Charts))
        style.print_poster(sheet, footer, f"B{text.first_row}:B{last}")
        return
    tables_ = list(plan.tables())
    # one table: its header repeats on every page; more tables: the title of the sheet does
    title_rows = (tables_[0].header_row,) * 2 if len(tables_) == 1 else (1, 1)
    if workbook.code == "library":
        total = sum(widths.values())
        pages = round(total / PAGE_WIDTH) if total > WIDEST_PAGE else 1
        style.print_setup(sheet, footer, title_rows, pages, "A:C")
        return
    if plan.kind in COMPUTED:
        # the title repeats, as what is printed begins below it: hidden as long as there is no outcome
        title_rows = (1, 4)
    tall = 1 if any(isinstance(part, Cards) for part in plan.parts) else _PAGES_TALL.get(plan.code, 0)
    style.print_setup(sheet, footer, title_rows, 1, "A:A", tall, ",".join(_areas(plan, widths)))


def _areas(plan: Sheet, widths: Mapping[int, float]) -> Iterator[str]:
    """What is printed of a sheet."""
    if plan.code in _NOT_PRINTED:
        yield "A1:A1"
        return
    printed = [placed for placed in plan.tables() if not _is_behind(placed.table)]
    ending = next((placed for placed in printed if _ends(placed.table)), None)
    if ending is not None:
        printed = printed[: printed.index(ending) + 1]
    first = "B" if plan.kind in (*COMPUTED, "reference") else "A"
    top = FIRST_PART_ROW if plan.kind in COMPUTED else 1
    blocks = [placed for placed in printed if isinstance(placed.table, Block)]
    for placed in blocks[:-1]:
        if placed.table.size > PRINTED_ROWS:
            yield f"{first}{top}:{_last_column([placed])}{placed.first_row + PRINTED_ROWS - 1}"
            top = placed.last_row + 2
    last = printed[-1]
    bottom = min(last.last_row, last.first_row + PRINTED_ROWS - 1) if blocks else last.last_row
    right = last.letter(_LAST_PRINTED[last.table]) if ending is not None else _last_column(printed)
    if plan.kind in COMPUTED and not any(isinstance(part, Cards) for part in plan.parts):
        right = _with_what_runs_on(plan, printed, column_index_from_string(right), widths)
    yield f"{first}{top}:{right}{bottom}"


def _with_what_runs_on(plan: Sheet, printed: list[Placed], right: int, widths: Mapping[int, float]) -> str:
    """The column up to which the intro of a sheet and the notes in its last columns run on."""
    needed = {FIRST_COLUMN: float(len(word(f"form.sheets.{plan.code}.intro")))}
    for placed in printed:
        for column in placed.table.columns if isinstance(placed.table, Result) else ():
            if column.format == "note":
                needed[placed.column(column.code)] = NOTE_WIDTH
    away = {
        placed.column(column.code)
        for placed in printed
        for column in placed.table.columns
        if column.code in _YEARS_OFTEN_AWAY
    }
    for start, letters in needed.items():
        room = 0.0
        for column_number in range(start, LAST_COLUMN):
            room += 0.0 if column_number in away else widths.get(column_number, USUAL_WIDTH)
            if room >= letters:
                right = max(right, column_number)
                break
    return str(get_column_letter(right))


def _ends(table: Table) -> bool:
    return _LAST_PRINTED.get(table) in table.column_codes


def _is_behind(table: Table) -> bool:
    return isinstance(table, Titles) or table in _BEHIND_CHARTS


def _last_column(printed: list[Placed]) -> str:
    """The last column that people read; what runs on to the right of a note is told from its width."""
    columns = [FIRST_COLUMN + len(_read(placed.table)) - 1 for placed in printed]
    return str(get_column_letter(max(columns)))


def _read(table: Table) -> tuple[str, ...]:
    """The columns of a table that people read."""
    codes = {c.code for c in table.columns if isinstance(c, ResultColumn) and c.is_code}
    return tuple(code for code in table.column_codes if code not in codes)
