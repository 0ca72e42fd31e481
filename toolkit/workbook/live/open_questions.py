"""Which questions of a form are still open, counted as its live formulas count them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.form import OPEN_QUESTIONS
from toolkit.workbook.layout.parts import Block, expected

Cell = Callable[[str, str], object]
"""What stands in a coded row and column; None where nothing does."""


def open_in_row(block: Block, row: str, cell: Cell) -> int | str:
    """How many answers a row still misses; '' where the row is empty."""
    if all(cell(row, column.code) is None for column in block.asked):
        return ""
    wanted = zip(block.columns, expected(block), strict=True)
    return sum(is_wanted and cell(row, column.code) is None for column, is_wanted in wanted)


def open_in_block(block: Block, rows: Sequence[str], cell: Cell) -> int:
    """How many questions of a block are open."""
    if block.questions:
        wanted = zip(block.questions, expected(block), strict=True)
        return sum(is_wanted and cell(question.code, "answer") is None for question, is_wanted in wanted)
    counts = [n for row in rows if isinstance(n := open_in_row(block, row, cell), int)]
    return sum(counts) if counts or not block.needs_row else 1


def open_rows(workbook: Workbook, rows: Callable[[Block], Sequence[str]], cell: Cell) -> list[Row]:
    """Table tblOpenVragen. rows: the row codes of a block."""
    counted = workbook.place(OPEN_QUESTIONS).table.row_codes
    return [
        {"row": block.code, "open": open_in_block(block, rows(block), cell)}
        for _, block in workbook.blocks()
        if block.code in counted
    ]
