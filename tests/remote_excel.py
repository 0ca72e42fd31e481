"""Excel for the tests: a workbook as xlwings' remote engine has it, and a player of what it is told to do.

The engine takes the cells of a workbook and answers with a list of actions. The player does these to the
file, as Excel would: a text counts as typed, so one that Excel would not take as text is a mistake here.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

os.environ["XLWINGS_LICENSE_KEY"] = "noncommercial"  # for these tests only; the product does without

import pytest
import xlwings as xw
from python_calamine import CalamineWorkbook
from xlwings.pro import _xlremote

from toolkit.opc.references import column_letters
from toolkit.workbook.sheetfile import Package

_ROW, _ATTRIBUTE = re.compile(r"<row ([^>]*)>"), re.compile(r'(?<!\S)(\w+)="([^"]*)"')
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
_TYPED = re.compile(r"[=+\-@]|\d+([.,:/-]\d+)*$|(TRUE|FALSE|WAAR|ONWAAR)$")
"""What Excel takes for a formula, a number, a date or a truth value when it is typed."""


HEIGHTS = "row_heights"
"""Where a sheet of the tests says how high its rows are; the engine itself cannot say so."""
USUAL = 15.0


def tell_heights(patched: pytest.MonkeyPatch) -> None:
    """Let the engine tell how high rows are, as Excel on Windows does: 0 when hidden, None when not alike."""

    def told(area: _xlremote.Range) -> float | None:
        rows = range(area.row, area.row + area.shape[0])
        found = {area.sheet.api[HEIGHTS].get(row, USUAL) for row in rows}
        return found.pop() if len(found) == 1 else None

    patched.setattr(_xlremote.Range, "row_height", property(told, _xlremote.Range.row_height.fset))


def heights(path: Path) -> dict[str, dict[int, float]]:
    """The rows of every sheet of a file that are not as high as usual; 0 when they are hidden."""
    package, found = Package(path), {}
    for name, part in package.sheets.items():
        rows = found[name] = {}
        for row in _ROW.findall(package.read(part).decode()):
            told = dict(_ATTRIBUTE.findall(row))
            points = 0.0 if told.get("hidden") in ("1", "true") else float(told.get("ht", USUAL))
            if points != USUAL:
                rows[int(told["r"])] = points
    return found


def hidden(path: Path) -> dict[str, set[int]]:
    """The hidden rows of every sheet of a file."""
    return {name: {row for row, points in rows.items() if not points} for name, rows in heights(path).items()}


Sheets = list[dict[str, object]]


def opened(
    path: Path,
    selected: tuple[str, str] | None = None,
    unsaved: Callable[[Sheets], None] | None = None,
    name: str = "",
) -> xw.Book:
    """The workbook of a file, open in the remote engine.

    selected: sheet and cell.  unsaved: changes its sheets, as someone who has not saved yet.  name: of a
    workbook that was never saved.
    """
    return xw.Book(json=sent(path, selected, unsaved, name))


def sent(
    path: Path,
    selected: tuple[str, str] | None = None,
    unsaved: Callable[[Sheets], None] | None = None,
    name: str = "",
) -> dict[str, object]:
    """What Excel sends of a workbook, as for opened."""
    book = CalamineWorkbook.from_path(str(path))
    names = book.sheet_names
    rows = heights(path)
    sheets = [{"name": n, "values": _values(book, n), "tables": [], HEIGHTS: rows[n]} for n in names]
    if unsaved:
        unsaved(sheets)
    active, cell = selected or (names[0], "A1")
    told = {"name": name or str(path), "active_sheet_index": names.index(active), "selection": cell}
    return {
        "client": "Microsoft Office Scripts",
        "version": xw.__version__,
        "book": told,
        "names": [],
        "sheets": sheets,
    }


def _values(book: CalamineWorkbook, name: str) -> list[list[object]]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[_sent(value) for value in row] for row in rows] or [[""]]


def _sent(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return f"{value.isoformat()}T00:00:00.000Z" if isinstance(value, dt.date) else value


@dataclass
class Played:
    """What happened. alerts: the texts; selected: sheet and cell; cells: every cell that was written."""

    alerts: list[str] = field(default_factory=list)
    selected: tuple[str, str] | None = None
    cells: set[tuple[str, str]] = field(default_factory=set)
    blocks: int = 0
    settings: list[tuple[str, object]] = field(default_factory=list)


def play(book: xw.Book, path: Path) -> Played:
    """Do to the file what the engine was told to do, and forget it there."""
    package, played = Package(path), Played()
    hidden: dict[tuple[str, int], bool] = {}
    away: dict[tuple[str, int], bool] = {}
    names = [sheet.name for sheet in book.sheets]
    for action in book.json()["actions"]:
        sheet = names[action["sheet_position"]] if action["sheet_position"] is not None else ""
        match action["func"]:
            case "setValues":
                played.blocks += 1
                for cell, value in _cells(action):
                    package.set(sheet, cell, as_typed(value))
                    played.cells.add((sheet, cell))
            case "setRowHidden":
                hidden |= {(sheet, row): action["args"][0] for row in _rows(action)}
            case "setColumnHidden":
                first = action["start_column"] + 1
                for column in range(first, first + action["column_count"]):
                    away[sheet, column] = action["args"][0]
            case "setRowHeight":
                for row in _rows(action):
                    package.row_height(sheet, row, action["args"][0])
            case "activateSheet":
                played.selected = names[action["args"][0]], "A1"
            case "rangeSelect":
                played.selected = sheet, _cell(action["start_row"], action["start_column"])
            case "alert":
                played.alerts.append(action["args"][0])
            case "setScreenUpdating" | "setCalculation":
                played.settings.append((action["func"], action["args"][0]))
            case other:
                raise AssertionError(f"the player does not know {other}")
    for (sheet, row), is_hidden in hidden.items():
        package.hide_rows(sheet, *(([row], []) if is_hidden else ([], [row])))
    for (sheet, column), is_hidden in away.items():
        package.hide_columns(sheet, *(([column], []) if is_hidden else ([], [column])))
    package.save(path)
    book.json()["actions"].clear()
    return played


def as_typed(value: object) -> object:
    """What ends up in a cell, as Excel and its clients take it."""
    if not isinstance(value, str) or value == "":
        return None if value == "" else value
    if value.startswith("'"):
        return value[1:]
    if _DATE.fullmatch(value):
        return dt.datetime.fromisoformat(value)
    assert not _TYPED.match(value.upper()), f"Excel would not take this for text: {value!r}"
    return value


def _cells(action: dict) -> Iterator[tuple[str, object]]:
    for down, row in enumerate(action["values"]):
        for right, value in enumerate(row):
            yield _cell(action["start_row"] + down, action["start_column"] + right), value


def _rows(action: dict) -> range:
    return range(action["start_row"] + 1, action["start_row"] + 1 + action["row_count"])


def _cell(row: int, column: int) -> str:
    return f"{column_letters(column + 1)}{row + 1}"
