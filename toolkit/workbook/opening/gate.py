"""The gate before any parser: is this file a spreadsheet, and is it safe to open?

A small zip can inflate to gigabytes, and one stray cell in the last row and column makes a reader lay
out the whole rectangle up to it: hundreds of gigabytes, an abort that no except clause catches. So
every member is inflated here in pieces, counted and looked at before a library sees the file.

The look at cells has two steps. A quick one passes every sheet whose cells all plainly lie in the
first 9 999 rows and 702 columns, which no rectangle over the limit can do. What remains is parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from toolkit.opc.archive import MIB, WIDEST, Member, Zip, opened_file
from toolkit.opc.markup import as_utf8
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.opening.far_cells import (
    refuse_heavy_texts,
    refuse_stray_ods_cells,
    refuse_stray_sheet_cells,
)

FILE_LIMIT = 100 * MIB
LIMITS = WIDEST

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
_BINARY_BOOK = "xl/workbook.bin"
_SHEET_DATA, _SHEET_DATA_UTF16, _ODS_ROW = b"sheetData", "sheetData".encode("utf-16-be")[1:], b"table-row"
_TEXT_TABLE, _TEXT_OF_TABLE = (b"<sst", b":sst"), (b'"s"', b"'s'")
_NOT_PLAINLY_NEAR = re.compile(
    rb'<(?:[^<>\s/"=]*:)?c(?=[\s/>])(?! r="[A-Z]{1,2}[0-9]{1,4}"(?: (?:s|t|cm|vm|ph)="\w*")*\s*/?>)'
)


def inspect(path: Path) -> None:
    """Return where the file may be opened; raise FileRefused where not.

    Codes about the file: 'missing', 'folder', 'unreadable', 'empty', 'too_large', 'encrypted',
    'legacy_xls', 'pdf', 'not_a_zip', 'truncated', 'damaged', 'other_document', 'binary_workbook'.
    Codes about what is inside: 'too_many_parts', 'too_large' (a part, or all together), 'bomb' (packed
    implausibly well), 'xml_entities', 'stray_cell' (facts part, sheet, cell), 'too_much_text' (a text
    that very many cells repeat; facts part, limit in characters), and, only where a part needs the
    closer look, 'not_xml' and 'bad_reference'.
    """
    with opened_file(Path(path), FILE_LIMIT) as file:
        package = Zip(file, LIMITS)
        looks = _look_at_all(package)
        for info, look in looks.items():
            if look.has_far_cells:
                refuse_stray_sheet_cells(package, info)
            if look.has_ods_rows:
                refuse_stray_ods_cells(package, info)
        tables = [info for info, look in looks.items() if look.has_texts]
        sheets = {info: look.texts for info, look in looks.items() if look.texts}
        refuse_heavy_texts(package, tables, sheets)


@dataclass(slots=True)
class _Look:
    """What the quick look saw of one member.

    texts: at most how many of its cells point at a text in the table of texts (has_texts).
    """

    kept: bytes = b""
    has_far_cells: bool = False
    has_ods_rows: bool = False
    has_texts: bool = False
    texts: int = 0


def _look_at_all(package: Zip) -> dict[Member, _Look]:
    """The quick look at every member; refuses what is too large or no spreadsheet."""
    looks = {info: _look_at(package, info) for info in package.members}
    kept = {info.filename.lower(): look.kept for info, look in looks.items()}
    types, mimetype, manifest = (kept.get(name, b"") for name in _KEPT)
    types = as_utf8(types, _KEPT[0])
    if _BINARY_TYPE in types or _BINARY_BOOK in kept:
        raise FileRefused("binary_workbook")
    if mimetype.startswith(_ODS_TYPE):
        if _ODS_ENCRYPTED in manifest:
            raise FileRefused("encrypted")
    elif not _WORKBOOK_TYPE.search(types):
        raise FileRefused("other_document")
    return looks


def _look_at(package: Zip, info: Member) -> _Look:
    """Look at all of one member."""
    look, carry = _Look(), b""
    has_sheet = has_far = False
    is_markup: bool | None = None
    for piece in package.pieces(info):
        if is_markup is None:
            is_markup = piece.lstrip(_BEFORE_MARKUP)[:1] in (b"<", b"")
            if info.filename.lower() in _KEPT:
                look.kept = piece
        window = carry + piece
        if is_markup and any(doctype in window for doctype in _DOCTYPES):
            raise FileRefused("xml_entities", {"part": info.filename})
        look.has_ods_rows = look.has_ods_rows or _ODS_ROW in window
        look.has_texts = look.has_texts or any(name in window for name in _TEXT_TABLE)
        look.texts += sum(map(window.count, _TEXT_OF_TABLE))
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
    return look
