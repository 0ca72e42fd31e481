"""The live formulas on the sheets that people fill in, and on Uitleg."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.books import FIRST_COLUMN, Placed, Sheet, Workbook
from toolkit.workbook.layout.form import EFFECTS, OPEN_QUESTIONS
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.parts import Block, Reference, Table, expected
from toolkit.workbook.layout.shared import LISTS
from toolkit.workbook.live.addresses import Places, quoted


def column_range(workbook: Workbook, table: Table, column: str) -> str:
    """Absolute address of one column of a table, rows only: 'Kengetallen'!$B$9:$B$48."""
    return Places(workbook).column(table, column)


def link(target: str) -> str:
    """A link to the cell whose address stands in `target`, shown only where there is one."""
    place = f'"#\'"&SUBSTITUTE({target},"!","\'!")'
    return f'=IF({target}="","",HYPERLINK({place},"{word("form.screen.go_there")}"))'


def list_range(workbook: Workbook, name: str, size: int, table: Reference = LISTS) -> str:
    """Absolute address of the first `size` items of a closed list in the table of lists."""
    placed = workbook.place(table)
    letter, first = placed.letter(name), placed.first_row
    return f"{quoted(placed.sheet.name)}!${letter}${first}:${letter}${first + size - 1}"


def beside(placed: Placed, block: Block, code: str, line: int, workbook: Workbook) -> str:
    """The live formula in a column that nobody fills in; `line` is its row on the sheet."""
    index = line - placed.first_row
    if code == "row_change":
        cell = Places(workbook, placed.sheet.code).cell(EFFECTS, "change", index)
        return f'=IF({cell}="","",{cell})'
    if code == "open":
        return _open_in_row(block, line)
    if code == "said":
        here = f"{placed.letter('open')}{line}"
        sentence = Places(workbook, placed.sheet.code).cell(recheck.READBACK, "sentence", index)
        return f'=IF(N({here})>0,"{word("form.open_questions.in_row")}"&{here},{sentence})'
    wanted, names = column_range(workbook, CHANGES, code), column_range(workbook, CHANGES, "name")
    return f'=IFERROR(INDEX({wanted},MATCH($B{line},{names},0)),"")'


def _open_in_row(block: Block, line: int) -> str:
    """How many answers a row still misses; '' where the row is empty."""
    filled = ",".join(_runs(block, [c.asked for c in block.columns], line))
    missing = "+".join(f"COUNTBLANK({run})" for run in _runs(block, expected(block), line))
    return f'=IF(COUNTA({filled})=0,"",{missing})'


def _runs(block: Block, wanted: Sequence[bool], line: int) -> list[str]:
    """The stretches of wanted columns in one row: ['B9', 'D9:E9']."""
    return [
        f"{column_letters(first + FIRST_COLUMN)}{line}"
        + (f":{column_letters(last + FIRST_COLUMN)}{line}" if last > first else "")
        for first, last in _stretches(wanted)
    ]


def _stretches(wanted: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last position of each unbroken stretch.

    >>> _stretches([True, False, True, True])
    [(0, 0), (2, 3)]
    """
    found = []
    for is_wanted, run in groupby(enumerate(wanted), key=lambda pair: pair[1]):
        places = [place for place, _ in run]
        if is_wanted:
            found.append((places[0], places[-1]))
    return found


def open_in_block(workbook: Workbook, code: str) -> str:
    """How many questions of one block are still open, counted from sheet Uitleg."""
    at, block = Places(workbook, "guide"), next(b for _, b in workbook.blocks() if b.code == code)
    if block.questions:
        answers = [at.down(block, "answer", *run) for run in _stretches(expected(block))]
        return "=" + "+".join(f"COUNTBLANK({run})" for run in answers)
    started = at.column(block, "open")
    empty = f"+IF(COUNT({started})=0,1,0)" if block.needs_row else ""
    return f"=SUM({started}){empty}"


def open_on_sheet(workbook: Workbook, sheet: Sheet) -> str:
    """The line at the top of a sheet: how many of its questions are open."""
    at = Places(workbook, sheet.code)
    rows = [OPEN_QUESTIONS.row_codes.index(placed.table.code) for placed in sheet.tables()]
    counts = at.down(OPEN_QUESTIONS, "open", rows[0], rows[-1])
    return f'="{word("form.open_questions.on_sheet")}"&SUM({counts})'


def open_in_form(workbook: Workbook) -> str:
    """The same line for the whole form, on sheet Uitleg."""
    counts = Places(workbook, "guide").column(OPEN_QUESTIONS, "open")
    return f'="{word("form.open_questions.in_form")}"&SUM({counts})'


def preview(workbook: Workbook, figure: str) -> str:
    """A figure of sheet Narekenen, shown on Uitleg before Python has computed."""
    at = Places(workbook, "guide")
    row = {"benefits_pv": "total", "government": "group_overheid"}.get(figure, figure)
    cell = at.cell(recheck.TOTALS, "formula", recheck.TOTALS.row_codes.index(row))
    still_open, absent = word("form.preview.still_open"), word("form.preview.absent")
    return f'=IF(SUM({at.column(OPEN_QUESTIONS, "open")})>0,"{still_open}",IFERROR({cell},"{absent}"))'
