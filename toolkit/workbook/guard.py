"""The gate before any parser: is this file a spreadsheet, and is it safe to open?

A small zip can inflate to gigabytes, and one stray cell in the last row and column makes a reader lay
out the whole rectangle up to it: hundreds of gigabytes, an abort that no except clause catches. So
every member is inflated here in pieces, counted and looked at before a library sees the file.

The look at cells has two steps. A quick one passes every sheet whose cells all plainly lie in the
first 9 999 rows and 702 columns, which no rectangle over the limit can do. What remains is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolkit.workbook.package import Package, WorkbookRefused, column_letters, split_reference
from toolkit.workbook.package.archive import (
    ZIP_MAGIC,
    inflated_pieces,
    open_zip,
    refuse_other_formats,
)
from toolkit.workbook.package.cells import LAST_COLUMN
from toolkit.workbook.package.markup import as_utf8, local_name, new_parser, run

MIB = 1024 * 1024
FILE_LIMIT = 100 * MIB
PART_LIMIT = 100 * MIB
TOTAL_LIMIT = 300 * MIB
MEMBER_LIMIT = 5_000
CELL_LIMIT = 10_000_000
# sheets pack to about 100 : 1 at most, a bomb to 1000 : 1; below the size it does no harm
RATIO_LIMIT, RATIO_FROM = 250, 20 * MIB

_LONGEST_TAG = 4096
_KEPT = ("[content_types].xml", "mimetype", "meta-inf/manifest.xml")

_WORKBOOK_TYPE = re.compile(
    rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template|addin)\.macroEnabled)\.main\+xml"
)
_BINARY_TYPE = b"ms-excel.sheet.binary.macroEnabled.main"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_ENCRYPTED = b"encryption-data"
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-be")[1:])
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_SHEET_DATA, _SHEET_DATA_UTF16, _ODS_ROW = b"sheetData", "sheetData".encode("utf-16-be")[1:], b"table-row"
_NOT_PLAINLY_NEAR = re.compile(
    rb'<(?:[^<>\s/"=]*:)?c(?=[\s/>])(?! r="[A-Z]{1,2}[0-9]{1,4}"(?: (?:s|t|cm|vm|ph)="\w*")*\s*/?>)'
)


def inspect(path: Path) -> None:
    """Return where the file may be opened; raise WorkbookRefused where not.

    Codes about the file: 'missing', 'folder', 'unreadable', 'empty', 'too_large', 'encrypted',
    'legacy_xls', 'pdf', 'not_a_zip', 'truncated', 'damaged', 'other_document', 'binary_workbook'.
    Codes about what is inside: 'too_many_parts', 'too_large' (a part, or all together), 'bomb' (packed
    implausibly well), 'xml_entities', 'stray_cell' (facts part, sheet, cell), and, only where a sheet
    needs the closer look, 'not_xml' and 'bad_reference'.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise WorkbookRefused("folder")
        with open(path, "rb") as file:
            _inspect_file(file)
    except FileNotFoundError as error:
        raise WorkbookRefused("missing") from error
    except OSError as error:
        raise WorkbookRefused("unreadable", {"reason": error.strerror}) from error


def _inspect_file(file: io.BufferedReader) -> None:
    size = file.seek(0, io.SEEK_END)
    if size > FILE_LIMIT:
        raise WorkbookRefused("too_large", {"size": size, "limit": FILE_LIMIT})
    file.seek(0)
    head = file.read(len(ZIP_MAGIC))
    refuse_other_formats(head if head == ZIP_MAGIC else head + file.read())
    with open_zip(file) as archive:
        members = archive.infolist()
        if len(members) > MEMBER_LIMIT:
            raise WorkbookRefused("too_many_parts", {"count": len(members), "limit": MEMBER_LIMIT})
        for info, look in zip(members, _look_at_all(file, members), strict=True):
            if look.has_far_cells:
                _refuse_stray_sheet_cells(file, info)
            if look.has_ods_rows:
                _refuse_stray_ods_cells(file, info)


@dataclass(slots=True)
class _Look:
    """What the quick look saw of one member."""

    kept: bytes = b""
    has_far_cells: bool = False
    has_ods_rows: bool = False


def _look_at_all(file: io.BufferedReader, members: list[zipfile.ZipInfo]) -> list[_Look]:
    """The quick look at every member; refuses what is too large or no spreadsheet."""
    looks: list[_Look] = []
    kept: dict[str, bytes] = {}
    total = 0
    for info in members:
        total, look = _look_at(file, info, total)
        looks.append(look)
        kept[info.filename.lower()] = look.kept
    types, mimetype, manifest = (kept.get(name, b"") for name in _KEPT)
    types = as_utf8(types, _KEPT[0])
    if _BINARY_TYPE in types:
        raise WorkbookRefused("binary_workbook")
    if mimetype.startswith(_ODS_TYPE):
        if _ODS_ENCRYPTED in manifest:
            raise WorkbookRefused("encrypted")
    elif not _WORKBOOK_TYPE.search(types):
        raise WorkbookRefused("other_document")
    return looks


def _look_at(file: io.BufferedReader, info: zipfile.ZipInfo, total: int) -> tuple[int, _Look]:
    """Count and look at one member; give back the new total with what was seen."""
    look = _Look()
    size, carry = 0, b""
    has_sheet = has_far = False
    is_markup: bool | None = None
    for piece in inflated_pieces(file, info):
        size += len(piece)
        total += len(piece)
        _refuse_too_large(info, size, total)
        if is_markup is None:
            is_markup = piece.lstrip(_BEFORE_MARKUP)[:1] in (b"<", b"")
            if info.filename.lower() in _KEPT:
                look.kept = piece
        window = carry + piece
        if is_markup and any(doctype in window for doctype in _DOCTYPES):
            raise WorkbookRefused("xml_entities", {"part": info.filename})
        look.has_ods_rows = look.has_ods_rows or _ODS_ROW in window
        has_sheet = has_sheet or _SHEET_DATA in window
        if _SHEET_DATA_UTF16 in window:
            has_sheet = has_far = True
        # the last tag may go on in the next piece; one without an end is worth the closer look
        last_tag = max(window.rfind(b"<"), 0)
        has_far = has_far or _NOT_PLAINLY_NEAR.search(window, 0, last_tag) is not None
        carry = window[last_tag:]
        if len(carry) > _LONGEST_TAG:
            has_far, carry = True, carry[-_LONGEST_TAG:]
    has_far = has_far or _NOT_PLAINLY_NEAR.search(carry) is not None
    look.has_far_cells = has_sheet and has_far
    return total, look


def _refuse_too_large(info: zipfile.ZipInfo, size: int, total: int) -> None:
    if size > PART_LIMIT:
        raise WorkbookRefused("too_large", {"part": info.filename, "limit": PART_LIMIT})
    if total > TOTAL_LIMIT:
        raise WorkbookRefused("too_large", {"limit": TOTAL_LIMIT})
    if size > RATIO_FROM and size > RATIO_LIMIT * info.compress_size:
        raise WorkbookRefused("bomb", {"part": info.filename})


def _parse(file: io.BufferedReader, info: zipfile.ZipInfo, start: Callable, end: Callable) -> None:
    parser = new_parser(info.filename)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    for piece in inflated_pieces(file, info):
        run(parser, piece, info.filename, last=False)
    run(parser, b"", info.filename)


class _Spread:
    """The rectangle from A1 to the last filled row and column of one sheet."""

    def __init__(self) -> None:
        self.rows = self.columns = 0

    def is_too_large_with(self, row: int, column: int) -> bool:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        return self.rows * self.columns > CELL_LIMIT


def _stray_cell(part: str, sheet: str, row: int, column: int) -> WorkbookRefused:
    letters = column_letters(column) if column <= LAST_COLUMN else f"column {column}, row "
    return WorkbookRefused("stray_cell", {"part": part, "sheet": sheet, "cell": f"{letters}{row}"})


def _refuse_stray_sheet_cells(file: io.BufferedReader, info: zipfile.ZipInfo) -> None:
    """Parse a sheet part and refuse it where its filled cells span too large a rectangle."""
    part, spread = info.filename, _Spread()
    inside = False
    row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, row, column
        local = local_name(name)
        if local == "sheetData":
            inside = True
        elif not inside:
            return
        elif local == "row":
            row = split_at("A" + attributes["r"])[0] if "r" in attributes else row + 1
            column = 0
        elif local == "c":
            if "r" in attributes:
                row, column = split_at(attributes["r"])
            else:
                column += 1
        elif column and local in ("v", "is", "f") and spread.is_too_large_with(row, column):
            raise _stray_cell(part, _sheet_name(file, part), row, column)

    def end(name: str) -> None:
        nonlocal inside
        if local_name(name) == "sheetData":
            inside = False

    def split_at(reference: str) -> tuple[int, int]:
        try:
            return split_reference(reference)
        except ValueError as error:
            raise WorkbookRefused("bad_reference", {"part": part, "cell": reference}) from error

    _parse(file, info, start, end)


def _sheet_name(file: io.BufferedReader, part: str) -> str:
    """The name on the tab of a sheet part; the part itself where the workbook cannot tell."""
    file.seek(0)
    try:
        sheets = Package(file.read()).sheets
    except WorkbookRefused:
        return part
    return next((name for name, target in sheets.items() if target.lower() == part.lower()), part)


def _refuse_stray_ods_cells(file: io.BufferedReader, info: zipfile.ZipInfo) -> None:
    """The same for the tables of OpenDocument, where a cell and a row say how often they repeat."""
    part, spread = info.filename, _Spread()
    sheet = ""
    depth = row = column = row_repeats = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal spread, sheet, depth, row, column, row_repeats
        local = local_name(name)
        if local not in ("table", "table-row", "table-cell", "covered-table-cell"):
            return
        plain = {local_name(key): value for key, value in attributes.items()}
        if local == "table":
            depth += 1
            if depth == 1:
                spread, sheet, row = _Spread(), plain.get("name", ""), 0
        elif depth == 1 and local == "table-row":
            column, row_repeats = 0, repeats(plain.get("number-rows-repeated", "1"))
        elif depth == 1:
            column += repeats(plain.get("number-columns-repeated", "1"))
            filled = "value-type" in plain or "formula" in plain
            if filled and spread.is_too_large_with(row + row_repeats, column):
                raise _stray_cell(part, sheet, row + row_repeats, column)

    def end(name: str) -> None:
        nonlocal depth, row
        local = local_name(name)
        if local == "table":
            depth -= 1
        elif depth == 1 and local == "table-row":
            row += row_repeats

    def repeats(written: str) -> int:
        if not (written.isascii() and written.isdigit() and len(written) < 10):
            raise WorkbookRefused("bad_reference", {"part": part, "cell": written})
        return int(written)

    _parse(file, info, start, end)
