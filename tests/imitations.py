"""Imitations of how other programs write our workbooks: made here by hand, not by those programs.

What each does differently is what people's files show: Google Sheets drops tables and the calculation chain,
shares all strings and pads sheets to a thousand rows; Numbers puts every table on a sheet of its own behind
'Export Summary'; Excel adds spans and attributes of later versions.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from ooxml import BOOK_TYPE, MACRO_BOOK_TYPE, MAIN, POINTERS, sheet_xml, workbook_parts, zipped
from python_calamine import CalamineWorkbook

from toolkit.opc.references import column_letters
from toolkit.workbook.sheetfile.cells import date_number

Cells = list[list[object]]
Sheets = dict[str, Cells]
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def cells_of(path: Path) -> Sheets:
    """The values of every sheet, as rows of cells; formulas become what they showed."""
    book = CalamineWorkbook.from_path(str(path))
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def as_excel(sheets: Sheets) -> bytes:
    """As Excel writes: shared strings, spans, and attributes that only newer versions know."""
    return _book(sheets, lambda number, row: f' spans="1:{len(row)}" x14ac:dyDescent="0.25"', _EXCEL_SPACES)


def as_google(sheets: Sheets) -> bytes:
    """As Google Sheets exports: no tables, no calculation chain, every sheet padded to a thousand rows."""
    padded = {name: rows + [[""] for _ in range(1000 - len(rows))] for name, rows in sheets.items()}
    return _book(padded, lambda number, row: ' ht="15.75" customHeight="1"')


def as_numbers(sheets: Sheets) -> bytes:
    """As Numbers exports: a summary first, then every table on a sheet of its own."""
    split: Sheets = {
        "Export Summary": [["Dit document is geëxporteerd vanuit Numbers."], [""], ["Blad", "Tabel"]]
    }
    for name, rows in sheets.items():
        starts = [n for n, row in enumerate(rows) if row and str(row[0]).startswith("code ")]
        edges = [0, *(n - 1 for n in starts[1:]), len(rows)]
        for n, (first, last) in enumerate(pairwise(edges), start=1):
            split[f"{name} - Tabel {n}"[:31]] = rows[first:last]
    return _book(split, lambda number, row: "")


PROGRAMS: Mapping[str, Callable[[Sheets], bytes]] = {
    "Excel": as_excel,
    "Google Sheets": as_google,
    "Numbers": as_numbers,
}
_EXCEL_SPACES = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
)


def _book(sheets: Sheets, of_row: Callable[[int, list[object]], str], spaces: str = "") -> bytes:
    strings: dict[str, int] = {}
    quoted = {name: escape(name, {'"': "&quot;"}) for name in sheets}
    parts = workbook_parts(
        {quoted[name]: _sheet(rows, strings, of_row, spaces) for name, rows in sheets.items()}
    )
    types, pointers = parts["[Content_Types].xml"], parts["xl/_rels/workbook.xml.rels"]
    for part, kind in (("sharedStrings", STRINGS_TYPE), ("styles", STYLES_TYPE)):
        entry = f'<Override PartName="/xl/{part}.xml" ContentType="{kind}"/>'
        types = types.replace("</Types>", f"{entry}</Types>")
        pointer = f'<Relationship Id="rId{part}" Type="{POINTERS}/{part}" Target="{part}.xml"/>'
        pointers = pointers.replace("</Relationships>", f"{pointer}</Relationships>")
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    count = f'count="{len(strings)}" uniqueCount="{len(strings)}"'
    return zipped(
        parts
        | {"[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": pointers, "xl/styles.xml": STYLES}
        | {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" {count}>{items}</sst>'}
    )


def _sheet(
    rows: Cells, strings: dict[str, int], of_row: Callable[[int, list[object]], str], spaces: str
) -> str:
    written = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{column_letters(column)}{number}", value, strings)
            for column, value in enumerate(row, start=1)
            if value != ""
        )
        written.append(f'<row r="{number}"{of_row(number, row)}>{cells}</row>')
    return sheet_xml("".join(written)).replace("<worksheet ", f"<worksheet{spaces} ", 1)


def _cell(at: str, value: object, strings: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{at}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{at}" s="1"><v>{date_number(value, date1904=False)}</v></c>'
    return f'<c r="{at}"><v>{value!r}</v></c>'


def with_macros(data: bytes) -> bytes:
    """The same workbook with macros in it."""
    source = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: source.read(name) for name in source.namelist()}
    types = parts["[Content_Types].xml"].decode().replace(BOOK_TYPE, MACRO_BOOK_TYPE)
    project = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{project}</Types>").encode()
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 a macro that must never run"
    return zipped(parts)
