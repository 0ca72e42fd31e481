"""What stood in an open workbook before we wrote in it, kept for when it is to be put back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model.narrowing import as_a, as_list, as_numbers, as_table, as_whole
from toolkit.model.refused import Refused
from toolkit.opc.saving import save_atomically
from toolkit.workbook.openbook.cells import OpenBook
from toolkit.workbook.openbook.edits import Block, Edits, blocks, stretches
from toolkit.workbook.reading.raw import RawWorkbook

if TYPE_CHECKING:
    import xlwings


class NotPutBack(Refused):
    """The workbook does not become what it was.

    'nothing': there is no snapshot.  'moved': the tables stand in other cells than when it was taken.
    """


@dataclass(frozen=True, slots=True)
class Held:
    """What was there on one sheet, all of it fit for JSON.

    blocks: first row, first column and the cells: a value, {"formula": "=A1"} or {"date": "2026-11-22"}.
    heights, hidden: by row, how high it was and whether it was hidden.  columns: the latter by column.
    """

    blocks: Sequence[tuple[int, int, list[list[object]]]]
    heights: Mapping[int, float]
    hidden: Mapping[int, bool]
    columns: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was there, by sheet. places: where the tables stood."""

    places: Mapping[str, object]
    sheets: Mapping[str, Held]


def take(open_book: OpenBook, raw: RawWorkbook, edits: Edits) -> Snapshot:
    """What now stands where the edits will go."""
    sheets = {}
    for name in edits.sheets():
        sheet = open_book.book.sheets[name]
        cells, hidden = dict.fromkeys(edits.values.get(name, {})), edits.hidden.get(name, {})
        points = _heights(sheet, {**hidden, **edits.heights.get(name, {})})
        sheets[name] = Held(
            blocks=[_held(open_book, sheet, block) for block in blocks(cells)],
            heights={row: height for row, height in points.items() if height},
            # where the engine does not tell, every row shows: nothing gets lost from sight
            hidden={row: points.get(row) == 0 for row in hidden},
            columns={column: _is_away(sheet, column) for column in edits.columns.get(name, {})},
        )
    return Snapshot(places_of(raw), sheets)


def keep(snapshot: Snapshot, path: Path) -> None:
    """Save a snapshot for later. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(snapshot), ensure_ascii=False)
    save_atomically(path, text.encode("utf-8", "surrogatepass"))


def load(path: Path) -> Snapshot:
    """A snapshot that was kept. Raises NotPutBack 'nothing'."""
    try:
        kept = as_table(json.loads(path.read_bytes().decode("utf-8", "surrogatepass")))
        sheets = {name: _kept(as_table(held)) for name, held in as_table(kept["sheets"]).items()}
        return Snapshot(as_table(kept["places"]), sheets)
    except (FileNotFoundError, KeyError, ValueError, TypeError) as trouble:
        raise NotPutBack("nothing") from trouble


def _kept(held: Mapping[str, object]) -> Held:
    """One sheet as it was kept, where every number of a row became a text."""
    found = []
    for block in as_list(held["blocks"]):
        row, column, cells = as_list(block)
        found.append((as_whole(row), as_whole(column), [list(as_list(line)) for line in as_list(cells)]))
    heights = {int(row): height for row, height in as_numbers(held["heights"]).items()}
    hidden = {int(row): as_a(bool, is_hidden) for row, is_hidden in as_table(held["hidden"]).items()}
    columns = {int(one): as_a(bool, is_hidden) for one, is_hidden in as_table(held["columns"]).items()}
    return Held(found, heights, hidden, columns)


def places_of(raw: RawWorkbook) -> dict[str, list[object]]:
    """Where the tables stand, fit for JSON."""
    return {
        code: [p.sheet, p.row, p.code_column, dict(p.columns), dict(p.lines)]
        for code, p in sorted(raw.places.items())
    }


def _held(open_book: OpenBook, sheet: xlwings.Sheet, block: Block) -> tuple[int, int, list[list[object]]]:
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
    return block.row, block.column, cells


def _stored(value: object, formula: object) -> object:
    """A cell for the snapshot. A text that reads like a formula is its own value; a formula is not."""
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return {"formula": formula}
    return {"date": value.isoformat()} if isinstance(value, dt.datetime) else value


def _heights(sheet: xlwings.Sheet, rows: Iterable[int]) -> dict[int, float]:
    """How high the rows are, 0 where they are hidden; nothing where the engine does not tell."""
    found: dict[int, float] = {}
    try:
        for first, last, _ in stretches(dict.fromkeys(rows)):
            found |= _told(sheet, first, last)
    except NotImplementedError:
        return {}
    return found


def _is_away(sheet: xlwings.Sheet, column: int) -> bool:
    """Whether a column is hidden; where the engine does not tell, it shows."""
    try:
        return sheet.range((1, column)).columns.hidden is True
    except NotImplementedError:
        return False


def _told(sheet: xlwings.Sheet, first: int, last: int) -> dict[int, float]:
    """The same for rows that follow each other, asked in as few questions as they allow."""
    points = sheet.range((first, 1), (last, 1)).row_height
    if points is not None:
        return dict.fromkeys(range(first, last + 1), points)
    middle = (first + last) // 2
    return _told(sheet, first, middle) | _told(sheet, middle + 1, last)
