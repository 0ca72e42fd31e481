"""What stood in an open workbook before we wrote in it: kept, and put back cell by cell."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.workbook.openbook.calm import calm, open_for_us
from toolkit.workbook.openbook.cells import OpenBook
from toolkit.workbook.openbook.edits import Block, Edits, blocks, stretches
from toolkit.workbook.openbook.writing import look, put
from toolkit.workbook.package import save_atomically
from toolkit.workbook.raw import RawWorkbook

if TYPE_CHECKING:
    import xlwings


class NoSnapshot(Exception):
    """There is nothing to put back."""


class Moved(Exception):
    """The tables stand in other cells than when the snapshot was taken."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was there, all of it fit for JSON.

    places: where the tables stood.
    sheets: per sheet its 'blocks' of cells (a value, {"formula": "=A1"} or {"date": "2026-11-22"}), and
    by row which were 'hidden' and how high they were ('heights').
    """

    places: Mapping[str, object]
    sheets: Mapping[str, Mapping[str, object]]

    def restore(self, book: xlwings.Book) -> None:
        """Put every cell back."""
        for name, held in self.sheets.items():
            sheet = book.sheets[name]
            open_for_us(sheet)
            for row, column, cells in held["blocks"]:
                put(sheet, Block(row, column, [[_value(cell) for cell in line] for line in cells]))
                for down, line in enumerate(cells):
                    for right, cell in enumerate(line):
                        if isinstance(cell, dict) and "formula" in cell:
                            sheet.range((row + down, column + right)).formula = cell["formula"]
            heights, hidden = ({int(row): how for row, how in held[k].items()} for k in ("heights", "hidden"))
            look(sheet, heights, hidden)


def take(open_book: OpenBook, raw: RawWorkbook, edits: Edits) -> Snapshot:
    """What now stands where the edits will go."""
    sheets = {}
    for name in edits.sheets():
        sheet = open_book.book.sheets[name]
        cells, hidden = dict.fromkeys(edits.values.get(name, {})), edits.hidden.get(name, {})
        points = _heights(sheet, {**hidden, **edits.heights.get(name, {})})
        sheets[name] = {
            "blocks": [_held(open_book, sheet, block) for block in blocks(cells)],
            "heights": {row: height for row, height in points.items() if height},
            # where the engine does not tell, every row shows: nothing gets lost from sight
            "hidden": {row: points.get(row) == 0 for row in hidden},
        }
    return Snapshot(_places(raw), sheets)


def keep(snapshot: Snapshot, path: Path) -> None:
    """Save a snapshot for later. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_atomically(
        path,
        json.dumps({"places": snapshot.places, "sheets": snapshot.sheets}, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        ),
    )


def put_back(open_book: OpenBook, raw: RawWorkbook, path: Path) -> None:
    """Put a saved snapshot back, every cell as it was; it is gone afterwards.

    Raises NoSnapshot, and Moved where its cells are no longer the same ones.
    """
    try:
        snapshot = Snapshot(**json.loads(path.read_bytes().decode("utf-8", "surrogatepass")))
    except (FileNotFoundError, ValueError, TypeError) as trouble:
        raise NoSnapshot from trouble
    if snapshot.places != _places(raw) or not set(snapshot.sheets) <= set(raw.sheet_names):
        raise Moved
    with calm(open_book.book.app):
        snapshot.restore(open_book.book)
    path.unlink()


def _places(raw: RawWorkbook) -> dict[str, list[object]]:
    return {code: [p.sheet, p.row, p.code_column, dict(p.columns)] for code, p in sorted(raw.places.items())}


def _held(open_book: OpenBook, sheet: xlwings.Sheet, block: Block) -> list[object]:
    try:
        formulas = block.on(sheet).formula
    except NotImplementedError:
        formulas = None  # this engine does not show its formulas
    if isinstance(formulas, str):
        formulas = [[formulas]]
    cells = [
        [
            _stored(
                open_book.at(sheet.name, block.row + down, block.column + right),
                formulas[down][right] if formulas else None,
            )
            for right in range(len(line))
        ]
        for down, line in enumerate(block.values)
    ]
    return [block.row, block.column, cells]


def _stored(value: object, formula: object) -> object:
    """A cell for the snapshot. A text that reads like a formula is its own value; a formula is not."""
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return {"formula": formula}
    return {"date": value.isoformat()} if isinstance(value, dt.datetime) else value


def _value(cell: object) -> object:
    """The value of a cell in a snapshot; nothing for a formula, which is put there after it."""
    if isinstance(cell, dict):
        return dt.datetime.fromisoformat(cell["date"]) if "date" in cell else None
    return cell


def _heights(sheet: xlwings.Sheet, rows: Iterable[int]) -> dict[int, float]:
    """How high the rows are, 0 where they are hidden; nothing where the engine does not tell."""
    found: dict[int, float] = {}
    try:
        for first, last, _ in stretches(dict.fromkeys(rows)):
            found |= _told(sheet, first, last)
    except NotImplementedError:
        return {}
    return found


def _told(sheet: xlwings.Sheet, first: int, last: int) -> dict[int, float]:
    """The same for rows that follow each other, asked in as few questions as they allow."""
    points = sheet.range((first, 1), (last, 1)).row_height
    if points is not None:
        return dict.fromkeys(range(first, last + 1), points)
    middle = (first + last) // 2
    return _told(sheet, first, middle) | _told(sheet, middle + 1, last)
