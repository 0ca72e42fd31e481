"""What a reader of values passes over in silence: errors, formulas without a result, merged cells.

To the reader each of these is an empty cell. To the person who filled in the form it is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.opc.archive import Archive
from toolkit.opc.markup import as_utf8, local_name, walk
from toolkit.opc.references import column_letters, split_reference
from toolkit.opc.relationships import main_part, related, relationships_part
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile import book
from toolkit.workbook.sheetfile.cells import split_range

ERROR, NO_RESULT, MERGED = "error_value", "formula_without_result", "merged_cell"
ODS_CONTENT = "content.xml"

Cell = tuple[int, int]
_NEW_ERROR = re.compile(
    rb"""(<(?:\w+:)?c\b[^<>]*\bt=["']e["'][^<>]*>"""
    rb"""(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>)"""
    rb"""#(?!N/A<|DIV/0!<|REF!<|NAME\?<|NULL!<|NUM!<|VALUE!<)[^<]*"""
)
_WORTH_A_LOOK = re.compile(
    rb"""\bt=["']e["']|mergeCell\b|</(?:\w+:)?f>\s*</(?:\w+:)?c>|<(?:\w+:)?f\b[^<>]*/>\s*</(?:\w+:)?c>"""
)
"""What a sheet without errors, merged cells and formulas without a result never holds."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a cell gives no value. code: of its finding; found: the error, or the cell it is merged with."""

    code: str
    found: str = ""


def unread(path: Path, wanted: Mapping[str, Iterable[Cell]]) -> dict[tuple[str, Cell], Unread]:
    """Those of the wanted cells (row, column), per sheet, that hold something which no value tells.

    The file has passed gate.inspect. Raises FileRefused where its XML is broken.
    """
    archive = Archive(path.read_bytes())
    try:
        if ODS_CONTENT in archive:
            return _of_ods(archive.read(ODS_CONTENT), wanted)
        found: dict[tuple[str, Cell], Unread] = {}
        parts = _sheet_parts(archive)
        for sheet, cells in wanted.items():
            look = _of_sheet(archive.read(parts[sheet]), parts[sheet], frozenset(cells))
            found |= {(sheet, cell): why for cell, why in look.items()}
        return found
    except KeyError as error:
        raise FileRefused("damaged", {"part": str(error)}) from error
    except ValueError as error:
        raise FileRefused("bad_reference", {"cell": str(error)}) from error


def with_known_errors(data: bytes) -> bytes:
    """A copy in which errors of newer Excels (#SPILL!) are #VALUE!, which every reader knows.

    Raises FileRefused where a sheet cannot be read, or where two parts have one name.
    """
    archive = Archive(data)
    replaced = {}
    for name in archive.names:
        if name.lower().startswith("xl/worksheets/sheet"):
            replaced[name] = _NEW_ERROR.sub(rb"\1#VALUE!", as_utf8(archive.read(name), name))
    return archive.rebuilt(replaced)


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """The part of every sheet; also of a signed workbook, which may be read but not written."""
    main = main_part(archive)
    if not main:
        raise FileRefused("missing_part", {"part": relationships_part("")})
    targets = {pointer.id: pointer.target for pointer in related(archive, main)}
    listed, _ = book.sheets_and_calendar(archive.read(main), main)
    return {name: targets[id_] for name, id_ in listed if id_ in targets}


def _of_sheet(data: bytes, part: str, wanted: frozenset[Cell]) -> dict[Cell, Unread]:
    """The same for one sheet of an .xlsx."""
    found: dict[Cell, Unread] = {}
    data = as_utf8(data, part)
    if not _WORTH_A_LOOK.search(data):
        return found
    row = column = 0
    is_error = has_formula = False
    value: list[str] | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, is_error, has_formula, value
        match local_name(name):
            case "row":
                row, column = int(attributes.get("r", row + 1)), 0
            case "c":
                row, column = split_reference(attributes["r"]) if "r" in attributes else (row, column + 1)
                is_error, has_formula, value = attributes.get("t") == "e", False, None
            case "f":
                has_formula = True
            case "v" | "is":
                value = []
            case "mergeCell":
                found.update(_covered(wanted, *split_range(attributes["ref"])))

    def end(name: str) -> None:
        if local_name(name) != "c" or (row, column) not in wanted:
            return
        if is_error and value:
            found[row, column] = Unread(ERROR, "".join(value).strip())
        elif has_formula and value is None:
            found[row, column] = Unread(NO_RESULT)

    def text(piece: str) -> None:
        if value is not None:
            value.append(piece)

    walk(data, part, start, end, text)
    return found


def _of_ods(data: bytes, wanted: Mapping[str, Iterable[Cell]]) -> dict[tuple[str, Cell], Unread]:
    """The same for an .ods, where cells and rows say how often they repeat and how far they reach."""
    found: dict[tuple[str, Cell], Unread] = {}
    sheet, cells = "", frozenset[Cell]()
    row = row_repeats = column = column_repeats = 0
    error: list[str] | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, cells, row, row_repeats, column, column_repeats, error
        plain = {local_name(key): value for key, value in attributes.items()}
        match local_name(name):
            case "table":
                sheet, row, row_repeats = plain.get("name", ""), 0, 0
                cells = frozenset(wanted.get(sheet, ()))
            case "table-row":
                row, row_repeats = row + row_repeats, int(plain.get("number-rows-repeated", 1))
                column = column_repeats = 0
            case "table-cell" | "covered-table-cell":
                column += column_repeats
                column_repeats = int(plain.get("number-columns-repeated", 1))
                # a cell has two value types: in the standard (string) and in LibreOffice's own space (error)
                error = [] if "error" in plain_types(attributes) else None
                wide, high = (int(plain.get(f"number-{way}-spanned", 1)) for way in ("columns", "rows"))
                if wide * high > 1:
                    reach = (row + 1, column + 1, row + high, column + wide)
                    found.update({(sheet, at): why for at, why in _covered(cells, *reach).items()})

    def end(name: str) -> None:
        if local_name(name) == "table-cell" and error is not None:
            for at in cells:
                if row < at[0] <= row + row_repeats and column < at[1] <= column + column_repeats:
                    found[sheet, at] = Unread(ERROR, "".join(error).strip())

    def text(piece: str) -> None:
        if error is not None:
            error.append(piece)

    def plain_types(attributes: dict[str, str]) -> list[str]:
        return [value for key, value in attributes.items() if local_name(key) == "value-type"]

    walk(data, ODS_CONTENT, start, end, text)
    return found


def _covered(wanted: Iterable[Cell], top: int, left: int, bottom: int, right: int) -> dict[Cell, Unread]:
    """The wanted cells that lie under a merged one; what it holds stands in its first cell."""
    first = f"{column_letters(left)}{top}"
    return {
        (row, column): Unread(MERGED, first)
        for row, column in wanted
        if top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
    }
