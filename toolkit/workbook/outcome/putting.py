"""Puts filled tables into the user's own workbook, in known cells only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

from toolkit.model.narrowing import as_text
from toolkit.opc.references import column_letters
from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import measures
from toolkit.workbook.layout.books import FIRST_PART_ROW, Sheet, Workbook
from toolkit.workbook.layout.filled import UNUSED, Filled, Row
from toolkit.workbook.layout.freshness import Copy
from toolkit.workbook.layout.headings import above
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.outcomes import YEAR_COLUMN
from toolkit.workbook.layout.parts import (
    CODES_BELOW,
    Block,
    Line,
    Live,
    Poster,
    Reference,
    Result,
    ResultColumn,
    Said,
    Table,
)
from toolkit.workbook.layout.screen import Cards
from toolkit.workbook.opening.sheets import sheets
from toolkit.workbook.reading.reader import Place, RawWorkbook
from toolkit.workbook.sheetfile import Cached, Package

STATUS_ROW, ANSWER_ROW, STATE_ROW = 3, 4, 5
LONGEST_LIST = 10_000
_KEPT_FORMAT = ".xlsx"


class Cells(Protocol):
    """Where results are put: a file, or a workbook that is open."""

    def set(self, sheet: str, cell: str, value: object) -> None:
        """Give one cell a value; Cached is the result that the formula in it has."""

    def hide_rows(self, sheet: str, hidden: Iterable[int], shown: Iterable[int] = ()) -> None:
        """Hide and show rows."""

    def hide_columns(self, sheet: str, hidden: Iterable[int], shown: Iterable[int] = ()) -> None:
        """Hide and show columns."""

    def heading(self, sheet: str, cell: str, text: str) -> None:
        """Give the header cell of a column of a table another text."""

    def row_height(self, sheet: str, row: int, points: float) -> None:
        """Give one row a height."""

    def end_table(self, sheet: str, table: str, row: int) -> None:
        """Let a table end at a row."""


def require_room(raw: RawWorkbook, workbook: Workbook) -> None:
    """Return where the results can go into this very file; raise FileRefused where not.

    'other_format': only .xlsx keeps every byte, and macros are never kept. And what require_tables raises.
    """
    if raw.path.suffix.lower() != _KEPT_FORMAT or raw.macros:
        raise FileRefused("other_format")
    require_tables(raw, workbook)


def require_tables(raw: RawWorkbook, workbook: Workbook) -> None:
    """Return where every table for results is there; raise FileRefused 'results_missing' where not."""
    for placed in workbook.tables():
        table = placed.table
        if isinstance(table, Copy):
            _place(raw, table.of)
        if isinstance(table, Result) and not _can_do_without(raw, table):
            _place(raw, table)


def written(source: bytes, raw: RawWorkbook, workbook: Workbook, filled: Filled) -> bytes:
    """The workbook `source` with the tables in it, and every other part as it was.

    raw: where the tables of `source` stand. Raises FileRefused where the file forbids it: what
    require_room raises, and what Package raises.
    """
    require_room(raw, workbook)
    package = Package(source)
    put(package, raw, workbook, filled)
    return package.to_bytes()


def put(cells: Cells, raw: RawWorkbook, workbook: Workbook, filled: Filled) -> None:
    """Put the tables and the lines above them in their cells. raw: where these are."""
    for sheet in workbook.sheets:
        if not raw.earlier and sheet.kind in ("result", "poster"):
            _unfold(cells, sheet, raw)
        place = None
        for table in (placed.table for placed in sheet.tables()):
            if isinstance(table, Result) and _can_do_without(raw, table):
                continue
            if isinstance(table, Result) and filled.years:
                _years(cells, _place(raw, table), table, filled.years)
            if isinstance(table, Result) or (isinstance(table, Reference) and table in filled.tables):
                place, rows = _place(raw, table), filled.tables.get(table, ())
                if isinstance(table, Live | Reference):
                    _refresh(cells, place, table, rows)
                else:
                    _fill(cells, place, table, rows)
        if place is not None and sheet.kind in ("result", "poster"):
            _lines(cells, sheet, place, filled)


def _unfold(cells: Cells, sheet: Sheet, raw: RawWorkbook) -> None:
    """Show the rows of a sheet that was never filled; only the codes of columns stay away.

    The sheet may have another name by now: it is where its tables are.
    """
    own = (raw.place_of(placed.table) for placed in sheet.tables())
    for name in {place.sheet for place in own if place is not None}:
        here = [place for place in raw.places.values() if place.sheet == name]
        codes = {place.row for place in here}
        last = max((line for place in here for line in place.downward), default=0)
        cells.hide_rows(name, hidden=(), shown=[n for n in range(FIRST_PART_ROW, last + 1) if n not in codes])


def is_changed(path: Path, workbook: Workbook) -> bool:
    """True where someone changed answers in a computed workbook: its formulas say that it is stale.

    True as well for what cannot be read: it is not as it was written.
    """
    names = {sheet.name for sheet in workbook.sheets if sheet.kind == "result"}
    try:
        top = next(cells[:STATE_ROW] for name, cells in sheets(path) if name in names)
    except (FileRefused, StopIteration):
        return True
    return not any(word("form.state.fresh") in row for row in top)


def _can_do_without(raw: RawWorkbook, part: Result) -> bool:
    return part.optional and not _is_whole(raw, part)


def _place(raw: RawWorkbook, table: Table) -> Place:
    place = raw.place_of(table)
    if place is None or (not isinstance(table, Block) and not _is_whole(raw, table)):
        raise FileRefused("results_missing", {"table": above(table)})
    return place


def _is_whole(raw: RawWorkbook, table: Table) -> bool:
    place = raw.place_of(table)
    if place is None or not set(table.column_codes) <= set(place.columns):
        return False
    return place.lines.keys() >= set(table.row_codes)


def _lines(cells: Cells, sheet: Sheet, place: Place, filled: Filled) -> None:
    column = column_letters(place.code_column + 1)
    cells.set(place.sheet, f"{column}{STATUS_ROW}", filled.status.get(sheet.code))
    cells.set(place.sheet, f"{column}{ANSWER_ROW}", filled.answer.get(sheet.code))
    if filled.fresh:
        cells.set(place.sheet, f"{column}{STATE_ROW}", Cached(word("form.state.fresh")))


def _fill(cells: Cells, place: Place, table: Result, rows: Sequence[Row]) -> None:
    """Fixed rows go to the row with their code; other rows fill the table from the top."""
    if isinstance(table, Poster):
        _fill_poster(cells, place, table, rows)
        return
    if table.fades:
        _fade(cells, place, table, bool(rows))
    if table.rows:
        lines_of = {place.lines[as_text(row["row"])]: row for row in rows}
        for line, row in lines_of.items():
            _write_row(cells, place, table, line, row)
        unused = [line for line, row in lines_of.items() if row.get(UNUSED)]
        cells.hide_rows(place.sheet, hidden=unused, shown=[line for line in lines_of if line not in unused])
        return
    lines, shown = place.downward, list(rows[: table.size])
    if len(rows) > table.size:
        left = len(rows) - table.size + 1
        shown[-1] = {table.columns[0].code: word("form.status.full", left=left)}
    for line, row in zip(lines, shown, strict=False):
        _write_row(cells, place, table, line, row)
    for line in lines[len(shown) : place.filled]:
        _write_row(cells, place, table, line, {})
    # the first row stays visible, so that an empty table is still seen to be one
    used = max(1, len(shown))
    if table.fades and not shown:
        return
    cells.hide_rows(place.sheet, hidden=lines[used:], shown=lines[:used])
    cells.end_table(place.sheet, table.table, lines[used - 1])


def _fade(cells: Cells, place: Place, table: Result, is_shown: bool) -> None:
    """Show a table with its heading, or nothing of it."""
    lines = range(place.row - CODES_BELOW, place.downward[-1] + 1)
    cells.hide_rows(place.sheet, *(((), lines) if is_shown else (lines, ())))


def _years(cells: Cells, place: Place, table: Result, years: Sequence[int]) -> None:
    """Name the columns of years by their year; those after the last are hidden where they stand alone."""
    columns = [place.columns[c.code] for c in table.columns if c.code.startswith(YEAR_COLUMN)]
    for column, year in zip(columns, count(years[0]) if years else (), strict=False):
        cells.heading(place.sheet, f"{column_letters(column)}{place.row + 1}", str(year))
    if columns and not isinstance(table, Live):
        cells.hide_columns(place.sheet, hidden=columns[len(years) :], shown=columns[: len(years)])


def _fill_poster(cells: Cells, place: Place, poster: Poster, rows: Sequence[Row]) -> None:
    """Give every text the height it needs, and hide the rows without a text."""
    texts = {row["row"]: as_text(_fitting(row["said"])) for row in rows if row["said"] is not None}
    column = poster.columns[0]
    hidden: list[int] = []
    shown: list[int] = []
    for row in poster.rows:
        line, text = place.lines[row.code], texts.get(row.code)
        cells.set(place.sheet, f"{column_letters(place.columns[column.code])}{line}", text)
        cells.row_height(place.sheet, line, measures.poster_height(text or "", column.width, row.format))
        (shown if text else hidden).append(line)
    cells.hide_rows(place.sheet, hidden=hidden, shown=shown)


def _refresh(cells: Cells, place: Place, table: Live | Reference, rows: Sequence[Row]) -> None:
    """Give live formulas their results, and hide the rows that are not in use."""
    if isinstance(table, Live):
        plain = table.plain
    else:
        plain = tuple(c for c in table.column_codes if c not in LIVE_COLUMNS[table])
    fixed = isinstance(table, Live) and bool(table.rows)
    hidden: list[int] = []
    shown: list[int] = []
    for row, code in zip(rows, table.row_codes, strict=False):
        line = place.lines[as_text(row["row"]) if fixed else code]
        for column in table.columns:
            if column.code in row:
                value = row[column.code]
                cell = f"{column_letters(place.columns[column.code])}{line}"
                cells.set(place.sheet, cell, value if column.code in plain else Cached(value))
        (hidden if row.get(table.columns[0].code) == "" else shown).append(line)
    if not fixed:
        cells.hide_rows(place.sheet, hidden=hidden, shown=shown)


def _write_row(cells: Cells, place: Place, part: Result, line: int, row: Row) -> None:
    heights = [measures.LINE_POINTS]
    fixed = next((of_row for of_row in part.rows if of_row.code == row.get("row")), None)
    for column in part.columns:
        if fixed is not None and column.code not in row:
            heights.append(_height(column, _fitting(_from_start(part, fixed, column.code))))
            continue
        value = _fitting(row.get(column.code))
        if part.links and column.code == part.links[0]:
            value = Cached(word("form.screen.go_there") if row.get(part.links[1]) else "")
        cells.set(place.sheet, f"{column_letters(place.columns[column.code])}{line}", value)
        heights.append(_height(column, value))
    if not isinstance(part, Cards):
        cells.row_height(place.sheet, line, max(heights))


def _from_start(table: Result, line: Line, column: str) -> object:
    """What stands in a fixed row from the start."""
    return line.label if column == table.columns[0].code else line.fixed.get(column)


def _height(column: ResultColumn, value: object) -> float:
    """Points that a value needs; only a note runs on to the right."""
    if column.format == "note" or not isinstance(value, str):
        return measures.LINE_POINTS
    return measures.text_height(value, column.width)


def _fitting(value: object) -> object:
    """What a cell can hold: words as their text, and text that is too long for a cell ends in dots."""
    if isinstance(value, Said):
        return value.text
    return f"{value[:LONGEST_LIST]}..." if isinstance(value, str) and len(value) > LONGEST_LIST else value
