"""Opens a workbook read-only; cells become raw answers with their address.

Rows and columns are found by their codes, not by their place: a table is announced by a cell
'code EF' with its column codes beside it, and a row by its own code ('EF-03') in that column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.workbook.layout.parts import Block, Reference, Result, Workbook
from toolkit.workbook.package import WorkbookRefused, column_letters
from toolkit.workbook.raw_cells import Cells, finite, sheets

_TABLE = re.compile(r"code ([A-Z]{2})")
_STATUS_ROW = 3


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What stands in one cell. where: 'Blad!F9'."""

    value: object
    where: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table was found: sheet name, row of its codes, and columns by code (1-based).

    filled: of a table of results, how many rows hold something in the first column.
    """

    sheet: str
    row: int
    code_column: int
    columns: Mapping[str, int]
    filled: int = 0


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """Every coded answer of a workbook, and where its tables stand."""

    path: Path
    sheet_names: tuple[str, ...]
    answers: Mapping[tuple[str, str], RawAnswer]
    rows: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place]
    repeated: tuple[tuple[str, str], ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    template: str = ""

    def get(self, row: str, column: str) -> RawAnswer | None:
        """The answer in a coded row and column, None where row or column is gone."""
        return self.answers.get((row, column))

    def value(self, row: str, column: str) -> object:
        """What stands in a coded row and column, None where nothing does."""
        answer = self.answers.get((row, column))
        return answer.value if answer else None


def read(path: Path, workbook: Workbook) -> RawWorkbook:
    """Read the coded cells of a workbook.

    Raises WorkbookRefused where the file cannot be read safely or is not a spreadsheet.
    """
    collector = _Collector(workbook)
    names = []
    for name, cells in sheets(path):
        names.append(name)
        collector.collect(name, cells)
    if not collector.places:
        raise WorkbookRefused("not_our_form", {})
    return RawWorkbook(
        path,
        tuple(names),
        collector.answers,
        {prefix: tuple(codes) for prefix, codes in collector.rows.items()},
        collector.places,
        tuple(collector.repeated),
        collector.marks,
        collector.template,
    )


class _Collector:
    """Gathers the answers of all sheets, whatever order tables and rows stand in."""

    def __init__(self, workbook: Workbook) -> None:
        self.codes: dict[str, tuple[str, ...]] = {}
        for sheet in workbook.sheets:
            for part, _ in sheet.placed():
                if isinstance(part, Block):
                    self.codes[part.prefix] = part.column_codes
                elif isinstance(part, Result | Reference):
                    self.codes[part.code] = tuple(c.code for c in part.columns)
        self.inputs = {block.prefix for _, block, _ in workbook.blocks()}
        self.sizes = {
            part.code: part.size
            for sheet in workbook.sheets
            for part, _ in sheet.placed()
            if isinstance(part, Result)
        }
        self.answers: dict[tuple[str, str], RawAnswer] = {}
        self.rows: dict[str, list[str]] = {}
        self.places: dict[str, Place] = {}
        self.repeated: list[tuple[str, str]] = []
        self.marks: dict[str, str] = {}
        self.template = ""

    def collect(self, sheet: str, cells: Cells) -> None:
        """Find the tables of one sheet, then the rows that belong to them."""
        here = dict(self._tables(sheet, cells))
        for prefix, place in here.items():
            self.places.setdefault(prefix, place)
        wanted = {p: place for p, place in here.items() if p in self.inputs}
        if "VE" in here:
            self.template = _template(here["VE"], cells)
        for code_column in {place.code_column for place in wanted.values()}:
            for number, row in enumerate(cells, start=1):
                text = row[code_column - 1] if len(row) >= code_column else ""
                if isinstance(text, str) and text[2:3] == "-":
                    place = wanted.get(text[:2])
                    if place and place.code_column == code_column:
                        self._row(sheet, text.strip(), number, row, place)
        if here and len(cells) >= _STATUS_ROW:
            self.marks[sheet] = " ".join(str(c) for c in cells[_STATUS_ROW - 1] if c != "")

    def _tables(self, sheet: str, cells: Cells) -> Iterator[tuple[str, Place]]:
        for number, row in enumerate(cells, start=1):
            for position, text in enumerate(row, start=1):
                if not isinstance(text, str) or not text.startswith("code "):
                    continue
                match = _TABLE.fullmatch(text.strip())
                if match and match[1] in self.codes:
                    known = self.codes[match[1]]
                    columns = {c: n for n, c in enumerate(row, start=1) if c in known and n != position}
                    filled = self._filled(match[1], cells, number + 1, columns)
                    yield match[1], Place(sheet, number, position, columns, filled)

    def _filled(self, code: str, cells: Cells, first: int, columns: Mapping[str, int]) -> int:
        column = columns.get(self.codes[code][0])
        if code not in self.sizes or column is None:
            return 0
        held = [len(r) >= column and r[column - 1] != "" for r in cells[first : first + self.sizes[code]]]
        return max((n for n, filled in enumerate(held, 1) if filled), default=0)

    def _row(self, sheet: str, code: str, number: int, row: list[object], place: Place) -> None:
        rows = self.rows.setdefault(code[:2], [])
        if code in rows:
            self.repeated.append((code, f"{sheet}!{column_letters(place.code_column)}{number}"))
            return
        rows.append(code)
        for column, position in place.columns.items():
            value = row[position - 1] if len(row) >= position else ""
            empty = isinstance(value, str) and not value.strip()
            self.answers[code, column] = RawAnswer(
                None if empty else finite(value), f"{sheet}!{column_letters(position)}{number}"
            )


def _template(place: Place, cells: Cells) -> str:
    """The version that the workbook says its form has; empty where it does not say so."""
    column = place.columns.get("value", 0)
    for row in cells[place.row + 1 :]:
        if len(row) >= max(column, place.code_column) and row[place.code_column - 1] == "template":
            return str(row[column - 1])
    return ""
