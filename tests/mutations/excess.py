"""Workbooks that unfold: small files that would take all memory or all time."""

from __future__ import annotations

import struct
from random import Random

from mutations.kinds import KINDS, PART_KINDS, heavy, kind, part_of, with_parts
from mutations.sources import BOOK, BOOK_POINTERS, MIB, Source, packed, source_of, unpacked
from mutations.values import INPUT_SHEETS
from mutations.zips import central_entries

FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
ODS_END = b"</table:table>"


def _sheet(data: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + data
        + b"</sheetData></worksheet>"
    )


def _ods_cell_with(text: bytes, columns: int) -> bytes:
    return (
        b'<table:table-cell table:number-columns-repeated="%d" office:value-type="string">'
        b"<text:p>%s</text:p></table:table-cell>" % (columns, text)
    )


def _ods_rows(cell: bytes, rows: int) -> bytes:
    return b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>' % (rows, cell)


def grown(source: Source, sheet: bytes, table: bytes, **parts: bytes) -> bytes:
    """The workbook with this at the end of a sheet, or, for an .ods, of its last table."""
    if source.is_ods:
        content = dict(source.members)["content.xml"]
        return with_parts(
            source, {"content.xml": content[::-1].replace(ODS_END[::-1], (table + ODS_END)[::-1], 1)[::-1]}
        )
    name = "xl/worksheets/sheet2.xml"
    content = dict(source.members)[name].replace(b"</sheetData>", sheet + b"</sheetData>")
    return with_parts(source, {name: content, **{f"xl/{key}.xml": value for key, value in parts.items()}})


@kind
def a_stray_cell(rng: Random, source: Source) -> bytes:
    far = rng.choice(
        (
            (FAR, (1_048_000, 16_000)),
            (FAR.replace(b"XFD", b"J"), (1_000_000, 11)),
            (FAR.replace(b"1048576", b"700"), (700, 16_000)),
        )
    )
    rows, columns = far[1]
    beside = b'<table:table-cell table:number-columns-repeated="%d"/>' % (columns - 1)
    table = _ods_rows(b"<table:table-cell/>", rows) + _ods_rows(beside + _ods_cell_with(b"x", 1), 1)
    return grown(source, far[0].removesuffix(b"</sheetData>"), table)


@heavy
def a_sheet_at_the_limit_of_what_fits(rng: Random, source: Source) -> bytes:
    near = b'<row r="9990"><c r="ZZ9990"><v>1</v></c></row>'
    table = _ods_rows(
        b'<table:table-cell table:number-columns-repeated="700"/>' + _ods_cell_with(b"x", 1), 9_000
    )
    return grown(source, near, table)


@heavy
def many_large_sheets(rng: Random, source: Source) -> bytes:
    if source.is_ods:
        table = b'<table:table table:name="x">' + _ods_rows(_ods_cell_with(b"x", 900), 10_000) + ODS_END
        content = dict(source.members)["content.xml"]
        return with_parts(source, {"content.xml": content.replace(ODS_END, ODS_END + table * 40)})
    parts = dict(source.members)
    large = _sheet(b'<row r="9990"><c r="ZZ9990"><v>1</v></c></row>')
    named = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rIdL"/>' % (n, n) for n in range(100, 160))
    pointer = (
        b'<Relationship Id="rIdL" Target="worksheets/l.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    return with_parts(
        source,
        {
            "xl/worksheets/l.xml": large,
            BOOK: parts[BOOK].replace(b"</sheets>", named + b"</sheets>"),
            BOOK_POINTERS: parts[BOOK_POINTERS].replace(b"</Relationships>", pointer),
        },
    )


@heavy
def a_long_text_in_very_many_cells(rng: Random, source: Source) -> bytes:
    text = b"x" * rng.choice((30_000, 3_000_000))
    rows = b"".join(
        b'<row r="%d">%s</row>'
        % (n, b"".join(b'<c r="%s%d" t="s"><v>0</v></c>' % (c, n) for c in (b"A", b"B", b"C", b"D")))
        for n in range(900, 20_900)
    )
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
        % text
    )
    return grown(source, rows, _ods_rows(_ods_cell_with(text, 100), 1000), sharedStrings=strings)


@heavy
def a_million_texts(rng: Random, source: Source) -> bytes:
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % (
        b"<si><t>ab</t></si>" * 1_000_000
    )
    return grown(source, b"", _ods_rows(_ods_cell_with(b"ab", 1), 1) * 100_000, sharedStrings=strings)


@heavy
def a_million_names(rng: Random, source: Source) -> bytes:
    names = b"".join(b'<definedName name="n%d">Blad!$A$1</definedName>' % n for n in range(1_000_000))
    book = (
        dict(source.members)
        .get(BOOK, b"")
        .replace(b"</sheets>", b"</sheets><definedNames>" + names + b"</definedNames>")
    )
    return with_parts(source, {BOOK: book})


@heavy
def a_million_merged_ranges(rng: Random, source: Source) -> bytes:
    merged = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 1_000_001))
    name = part_of(rng, source, *INPUT_SHEETS)
    content = dict(source.members)[name].replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>"
    )
    return with_parts(source, {name: content})


@heavy
def a_hundred_thousand_rows(rng: Random, source: Source) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1000, 101_000))
    return grown(source, rows, _ods_rows(_ods_cell_with(b"x", 3), 1) * 100_000)


@heavy
def a_part_that_inflates_far(rng: Random, source: Source) -> bytes:
    return with_parts(
        source, {rng.choice(("xl/bom.xml", "xl/media/bom.png", "docProps/app.xml")): b"<a>" + b" " * 40 * MIB}
    )


@heavy
def parts_that_together_inflate_far(rng: Random, source: Source) -> bytes:
    """Twenty entries that all point at one piece of data, so that the file itself stays small."""
    members = list(source.members)
    data = bytearray(packed((*members, ("xl/media/bom0.bin", bytes(19 * MIB)))))
    last = data.rindex(b"PK\x05\x06")
    entry = bytes(data[central_entries(data)[-1] : last])
    more = b"".join(entry.replace(b"bom0", b"bom%c" % (65 + n)) for n in range(20))
    count, size = len(members) + 21, last + len(more) - struct.unpack_from("<L", data, last + 16)[0]
    struct.pack_into("<HHL", data, last + 8, count, count, size)
    data[last:last] = more
    return bytes(data)


@kind
def very_many_members(rng: Random, source: Source) -> bytes:
    data = bytearray(packed(source.members))
    last = data.rindex(b"PK\x05\x06")
    entry = bytes(data[central_entries(data)[-1] : last])
    more = entry * 6000
    count, size = len(source.members) + 6000, last + len(more) - struct.unpack_from("<L", data, last + 16)[0]
    struct.pack_into("<HHL", data, last + 8, count, count, size)
    data[last:last] = more
    return bytes(data)


@kind
def two_directories(rng: Random, source: Source) -> bytes:
    """A huge workbook before a harmless one; a flaw in the last record makes some readers look further."""
    huge = grown(
        source, FAR.removesuffix(b"</sheetData>"), _ods_rows(_ods_cell_with(b"x", 16_000), 1_000_000)
    )
    return behind(packed(source.members), huge, *rng.choice(((4, 1), (8, 1), (10, 3), (20, 9), (20, 60_000))))


def behind(harmless: bytes, hidden: bytes, offset: int, value: int) -> bytes:
    """The second zip and then the first, whose last record says this at this offset."""
    data = bytearray(harmless)
    last = data.rindex(b"PK\x05\x06")
    for place in (*(entry + 42 for entry in central_entries(data)), last + 16):
        struct.pack_into("<L", data, place, struct.unpack_from("<L", data, place)[0] + len(hidden))
    struct.pack_into("<H", data, last + offset, value)
    return hidden + bytes(data)


@kind
def an_opendocument_that_unfolds(rng: Random, source: Source) -> bytes:
    """Few bytes that say how often something repeats: spaces, a formula, or a value of no stated type."""
    cell = rng.choice(
        (
            b'<table:table-cell office:value-type="string"><text:p><text:s text:c="900000000"/></text:p>'
            b"</table:table-cell>",
            b'<table:table-cell table:number-columns-repeated="9000" table:formula="%s"/>' % (b"x" * 50_000),
            b'<table:table-cell table:number-columns-repeated="900000000" office:value="1"/>',
            b'<table:table-cell table:number-columns-repeated="16384" office:string-value="x"/>' * 900,
            b'<table:table-cell table:number-columns-repeated="-1" office:value="1"/>',
        )
    )
    ods = source_of("ods") if not source.is_ods else source
    return grown(ods, b"", _ods_rows(cell, rng.choice((1, 90))))


@kind
def twice_broken(rng: Random, source: Source) -> bytes:
    """Two changes of values or markup, one after the other."""
    first, second = rng.sample(sorted(PART_KINDS), 2)
    once = KINDS[first](rng, source)
    return KINDS[second](rng, Source(source.kind, source.suffix, unpacked(once)))
