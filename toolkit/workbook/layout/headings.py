"""Widths and headings of the tables, from the layout and the words."""

from __future__ import annotations

from toolkit.words.vocabulary import word, words
from toolkit.workbook.layout import measures
from toolkit.workbook.layout.freshness import Copy
from toolkit.workbook.layout.parts import Block, Charts, Reference, Result, ResultColumn, Said, Table

QUESTION_WIDTHS = {"question": 62.0, "answer": 52.0, "previous": 26.0}
BESIDE_A_GRID = {"question": 46.0, "answer": 30.0, "previous": 16.0}
"""The same on a sheet that has a table of rows too."""


def widths(part: Table | Charts, beside_a_grid: bool = False) -> list[float]:
    """Column widths of a part from column B on, no heading too narrow; nothing for charts."""
    if isinstance(part, Charts):
        return []
    if isinstance(part, Block) and part.questions:
        asked = BESIDE_A_GRID if beside_a_grid else QUESTION_WIDTHS
        planned = [asked.get(c, 0.0) for c in part.column_codes]
    else:
        planned = [float(c.width) for c in part.columns]
    if isinstance(part, Block) and part.compact:
        return planned
    return [max(w, measures.heading_width(h)) for w, h in zip(planned, headings(part), strict=True)]


def headings(table: Table) -> list[str]:
    """The Dutch column headings of a table."""
    return [heading(table, code) for code in table.column_codes]


def heading(table: Table, column: str) -> str:
    """The Dutch heading of one column."""
    if isinstance(table, Copy):
        return heading(table.of, column)
    if isinstance(table, Block) and table.questions:
        return word(f"form.question_columns.{column}")
    if isinstance(table, Result | Reference) and (own := _column(table, column).heading):
        return shown(own)
    return words(f"form.columns.{table.key}.{column}")[0]


def _column(table: Result | Reference, code: str) -> ResultColumn:
    return next(column for column in table.columns if column.code == code)


def above(table: Table) -> str:
    """The Dutch heading above a table."""
    if isinstance(table, Copy):
        return word("form.screen.copy_of", name=above(table.of))
    return word(f"form.blocks.{table.key}")


def shown(said: Said | str) -> str:
    """What a label or a heading says."""
    return said.text if isinstance(said, Said) else said
