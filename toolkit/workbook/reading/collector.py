"""Finds the tables of a workbook by their codes, wherever they stand, and the answers in them.

A table is announced by a cell 'code EF' with its column codes beside it; a row by its own code
('EF-03') in the same column. What lies beside, above and between is the coordinator's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from toolkit.opc.references import column_letters, split_reference
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.freshness import COMPUTED_WITH, Copy
from toolkit.workbook.layout.headings import headings
from toolkit.workbook.layout.outcomes import HEADLINE, MORE_FIGURES
from toolkit.workbook.layout.parts import Block, Reference, Result, table_code
from toolkit.workbook.layout.shared import VERSIONS
from toolkit.workbook.layout.versions import old_columns
from toolkit.workbook.opening.sheets import Cells, finite
from toolkit.workbook.reading.raw import Oddity, Place, RawAnswer

_TABLE = re.compile(r"code ([A-Z]{2})")
_ROW = re.compile(r"[A-Z]{2}-\d{2,4}")
_FIGURES = frozenset({HEADLINE.code, MORE_FIGURES.code})
_NOTE = 1
"""So many filled cells in a row without a code are a note and no forgotten answer."""


class Collector:
    """Gathers the answers of all sheets, whatever order tables and rows stand in."""

    def __init__(self, workbook: Workbook) -> None:
        tables = [placed.table for placed in workbook.tables()]
        self.blocks = {table.code: table for table in tables if isinstance(table, Block)}
        self.codes = {table.code: [*table.column_codes, *old_columns(table.code)] for table in tables}
        self.written = {
            table.code: table.row_codes for table in tables if isinstance(table, Result | Reference)
        }
        self.below = _next_tables(workbook)
        self.answers: dict[tuple[str, str], RawAnswer] = {}
        self.cells: dict[str, dict[tuple[int, int], tuple[str, str]]] = {}
        self.rows: dict[str, list[str]] = {}
        self.places: dict[str, Place] = {}
        self.announced: set[str] = set()
        self.oddities: list[Oddity] = []
        self.marks: dict[str, str] = {}
        self.copies = {table.code: table for table in tables if isinstance(table, Copy)}
        self.copied: dict[str, dict[int, dict[str, object]]] = {}
        self.earlier: dict[str, float] = {}
        self.computed_with: dict[str, str] = {}
        self.template: str | None = None

    def collect(self, sheet: str, cells: Cells) -> None:
        """Find the tables of one sheet, then the rows that belong to them."""
        here: dict[str, Place] = {}
        for code, place in self._tables(sheet, cells):
            if code in self.blocks and (code in self.places or code in here):
                facts = {"table": code, "first": _code_cell(self.places.get(code) or here[code])}
                self.oddities.append(Oddity("table_repeated", code, _code_cell(place), facts))
            else:
                here.setdefault(code, place)
        for code, place in here.items():
            if code in self.written:
                place = self._with_rows(code, place, here, cells)
            self.places.setdefault(code, place)
            if code in self.blocks:
                self._rows(self.blocks[code], place, cells)
            elif code in _FIGURES:
                self.earlier |= _figures(self.places[code], cells)
            elif code in self.copies:
                self.copied[self.copies[code].of.code] = _held_in(self.places[code], cells)
            elif code == COMPUTED_WITH.code:
                held = _held_in(self.places[code], cells).values()
                self.computed_with |= {
                    str(row["name"]): str(row.get("checksum", "")) for row in held if "name" in row
                }
        if VERSIONS.code in here:
            self.template = _template(here[VERSIONS.code], cells)
        if here:
            above = cells[: min(place.row for place in here.values()) - 1]
            self.marks[sheet] = " ".join(str(c) for row in above for c in row if c != "")

    def computed(self) -> dict[tuple[str, str], object]:
        """The answers as they were computed, under the code of the row that stands there now.

        A copy holds the cells of its block one for one. Nothing where no answer was ever computed.
        """
        blocks = {code for code, rows in self.copied.items() if rows}
        found: dict[tuple[str, str], object] = {}
        for (row, column), answer in self.answers.items():
            block = table_code(row)
            if block in blocks and column in self.blocks[block].asked_codes:
                line = split_reference(answer.where.rpartition("!")[2])[0] - self.places[block].first_row
                found[row, column] = self.copied[block].get(line, {}).get(column)
        return found

    def _tables(self, sheet: str, cells: Cells) -> Iterator[tuple[str, Place]]:
        for number, row in enumerate(cells, start=1):
            starts = [
                (position, match[1])
                for position, text in enumerate(row, start=1)
                if isinstance(text, str) and (match := _TABLE.fullmatch(text.strip()))
            ]
            self.announced.update(code for _, code in starts)
            for n, (position, code) in enumerate(starts):
                if code in self.codes:
                    first = 1 if len(starts) == 1 else position + 1
                    last = starts[n + 1][0] - 1 if n + 1 < len(starts) else len(row)
                    columns = self._columns(code, sheet, number, row, range(first, last + 1))
                    yield code, Place(sheet, number, position, columns)

    def _columns(
        self, code: str, sheet: str, number: int, row: Sequence[object], within: range
    ) -> dict[str, int]:
        columns: dict[str, int] = {}
        for position in within:
            text = row[position - 1]
            name = text.strip() if isinstance(text, str) else ""
            if name not in self.codes[code]:
                continue
            if name in columns and code in self.blocks:
                first = f"{column_letters(columns[name])}{number}"
                where = f"{sheet}!{column_letters(position)}{number}"
                self.oddities.append(Oddity("column_repeated", code, where, {"column": name, "first": first}))
            columns.setdefault(name, position)
        return columns

    def _with_rows(self, code: str, place: Place, here: Mapping[str, Place], cells: Cells) -> Place:
        """The place of a table that we fill, with the rows that carry its codes."""
        below = [p.row for p in here.values() if p.row > place.row and p.code_column == place.code_column]
        last = min(below, default=len(cells) + 1) - 1
        wanted = frozenset(self.written[code])
        lines: dict[str, int] = {}
        for number in range(place.first_row, last + 1):
            mark = _text(cells[number - 1], place.code_column)
            if mark in wanted:
                lines.setdefault(mark, number)
        if not lines and self._is_untouched(code, place, here):
            # workbooks of before rows had codes: they stand as they were made
            lines = {mark: place.first_row + n for n, mark in enumerate(self.written[code])}
        place = replace(place, lines=lines)
        column = place.columns.get(self.codes[code][0], 0)
        held = [column and _cell(cells, line, column) != "" for line in place.downward]
        return replace(place, filled=max((n for n, filled in enumerate(held, 1) if filled), default=0))

    def _is_untouched(self, code: str, place: Place, here: Mapping[str, Place]) -> bool:
        """Does the next table stand as far below this one as it was made?"""
        following, distance = self.below.get(code, ("", 0))
        return following not in here or here[following].row - place.row == distance

    def _rows(self, block: Block, place: Place, cells: Cells) -> None:
        """The coded rows of a block, above or below its codes, and the rows that lost their code."""
        lines: list[int] = []
        for number, row in enumerate(cells, start=1):
            code = _row_code(row, place.code_column)
            if table_code(code) == block.code:
                lines.append(number)
                self._row(code, number, row, place)
        missing = [code for code in block.row_codes if code not in self.rows.get(block.code, ())]
        for number in _without_code(block, place, cells, lines):
            self._row_without_code(block, place, number, cells[number - 1], missing)

    def _row(self, code: str, number: int, row: Sequence[object], place: Place) -> None:
        rows = self.rows.setdefault(table_code(code), [])
        if code in rows:
            where = f"{place.sheet}!{column_letters(place.code_column)}{number}"
            self.oddities.append(Oddity("row_repeated", table_code(code), where, {"row": code}))
            return
        rows.append(code)
        for column, position in place.columns.items():
            value = finite(row[position - 1]) if len(row) >= position else ""
            empty = isinstance(value, str) and not value.strip()
            where = f"{place.sheet}!{column_letters(position)}{number}"
            self.answers[code, column] = RawAnswer(None if empty else value, where)
            self.cells.setdefault(place.sheet, {})[number, position] = (code, column)

    def _row_without_code(
        self, block: Block, place: Place, number: int, row: Sequence[object], missing: list[str]
    ) -> None:
        """Answers that nobody would read: told, unless they are plainly a note of the coordinator."""
        filled = set(_held(block, place, row))
        needed = {f.code for f in block.columns if f.required}
        complete = bool(needed) and needed <= filled
        if complete or len(filled) > _NOTE or (filled and missing):
            where = f"{place.sheet}!{column_letters(place.code_column)}{number}"
            code = "row_lost_its_code" if missing else "row_without_code"
            facts = {"free": missing[0] if missing else block.row_codes[-1]}
            self.oddities.append(Oddity(code, block.code, where, facts, complete))


def _without_code(block: Block, place: Place, cells: Cells, lines: list[int]) -> Iterator[int]:
    """Lines without a code among those of a table and right below them, its headings left out."""
    names = set(headings(block))
    first, last = place.row + 1, max(lines, default=place.row)
    for number in range(first, len(cells) + 1):
        row = cells[number - 1]
        if _TABLE.fullmatch(_text(row, place.code_column)):
            return
        if number in lines or any(isinstance(c, str) and c.strip() in names for c in row):
            continue
        if number > last and not any(True for _ in _held(block, place, row)):
            return
        if not _row_code(row, place.code_column):
            yield number


def _held(block: Block, place: Place, row: Sequence[object]) -> Iterator[str]:
    """The columns of a block in which a row holds an answer."""
    for code in block.asked_codes:
        position = place.columns.get(code, 0)
        if position and len(row) >= position and str(row[position - 1]).strip():
            yield code


def _next_tables(workbook: Workbook) -> dict[str, tuple[str, int]]:
    """Per table the one below it on its sheet, and how far below."""
    found = {}
    for sheet in workbook.sheets:
        for placed, below in pairwise(sheet.tables()):
            found[placed.table.code] = below.table.code, below.top - placed.top
    return found


def _cell(cells: Cells, line: int, column: int) -> object:
    row = cells[line - 1] if line <= len(cells) else []
    return row[column - 1] if len(row) >= column else ""


def _text(row: Sequence[object], column: int) -> str:
    text = row[column - 1] if len(row) >= column else ""
    return text.strip() if isinstance(text, str) else ""


def _row_code(row: Sequence[object], column: int) -> str:
    text = _text(row, column)
    return text if _ROW.fullmatch(text) else ""


def _code_cell(place: Place) -> str:
    return f"{place.sheet}!{column_letters(place.code_column)}{place.row}"


def _figures(place: Place, cells: Cells) -> dict[str, float]:
    """The figures of a table of results, by their row; what is no number was no figure."""
    column = place.columns.get("value")
    found = {name: _cell(cells, line, column) for name, line in place.lines.items()} if column else {}
    return {
        name: float(value)
        for name, value in found.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _held_in(place: Place, cells: Cells) -> dict[int, dict[str, object]]:
    """What a table of results holds, by the number of its row from the top and by column; no empty rows."""
    found = {}
    for number, line in enumerate(place.downward):
        values = {code: finite(_cell(cells, line, column)) for code, column in place.columns.items()}
        if held := {code: value for code, value in values.items() if str(value).strip()}:
            found[number] = held
    return found


def _template(place: Place, cells: Cells) -> str:
    """The version that the workbook says its form has; empty where it does not say so."""
    column = place.columns.get("value", 0)
    for row in cells[place.row + 1 :]:
        if len(row) >= max(column, place.code_column) and _text(row, place.code_column) == "template":
            return str(row[column - 1]).strip()
    return ""
