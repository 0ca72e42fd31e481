"""Broken and hostile workbooks, each the same every time: the seed decides source, kind and place.

`python tests/mutations.py SEED FILE` writes one of them, to look at it alone.
"""

from __future__ import annotations

import functools
import io
import re
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

Member = tuple[str, bytes]
WORKBOOKS = resources.files("toolkit.workbooks")
FORMS = ("buurtwerkplaats_noord", "de_kade", "de_spil", "het_anker", "het_trefpunt", "ons_erf")
FORM, PORTFOLIO, LIBRARY = "form", "portfolio", "library"
BOOK, BOOK_POINTERS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
MAIN_TYPE = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MIB = 1024 * 1024


# --- what is mutated


@dataclass(frozen=True, slots=True)
class Source:
    """A good workbook; kind: what it is read as."""

    kind: str
    suffix: str
    members: tuple[Member, ...]

    @property
    def is_ods(self) -> bool:
        return self.suffix == ".ods"


@functools.cache
def source_of(name: str) -> Source:
    """A shipped workbook, or form 'shared' (texts in one part, as Excel saves) or 'ods'."""
    if name == "ods":
        return Source(FORM, ".ods", _as_ods(_shipped("voorbeelden/de_spil.xlsx")))
    if name == "shared":
        return Source(FORM, ".xlsx", _with_shared_strings(unpacked(_shipped("voorbeelden/de_kade.xlsx"))))
    if name == LIBRARY:
        return Source(LIBRARY, ".xlsx", unpacked(_shipped("kengetallen.xlsx")))
    if name == PORTFOLIO:
        return Source(PORTFOLIO, ".xlsx", unpacked(_shipped("voorbeelden/portefeuille.xlsx")))
    return Source(FORM, ".xlsx", unpacked(_shipped(f"voorbeelden/{name}.xlsx")))


SOURCES = (*FORMS, *FORMS, *("shared",) * 6, *("ods",) * 4, *(LIBRARY,) * 4, PORTFOLIO)


def _shipped(name: str) -> bytes:
    return WORKBOOKS.joinpath(name).read_bytes()


def unpacked(data: bytes) -> tuple[Member, ...]:
    """Names and contents of a zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def packed(members: list[Member] | tuple[Member, ...], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The members as a zip; two may have one name."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _with_shared_strings(members: tuple[Member, ...]) -> tuple[Member, ...]:
    texts: dict[bytes, int] = {}

    def shared(found: re.Match) -> bytes:
        return b't="s"><v>%d</v></c>' % texts.setdefault(found[1], len(texts))

    inline = re.compile(rb't="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
    changed = {name: inline.sub(shared, content) for name, content in members if "worksheets/sheet" in name}
    strings = b"".join(b"<si>%s</si>" % text for text in texts)
    changed["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + strings + b"</sst>"
    )
    pointer = (
        b'<Relationship Id="rIdTexts" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    changed[BOOK_POINTERS] = dict(members)[BOOK_POINTERS].replace(b"</Relationships>", pointer)
    return tuple({**dict(members), **changed}.items())


def _as_ods(data: bytes) -> tuple[Member, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables = b"".join(
        b'<table:table table:name="%s">' % escape(name).encode()
        + b"".join(map(_ods_row, book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
        + b"</table:table>"
        for name in book.sheet_names[:10]
    )
    spaces = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    content = (
        b"<office:document-content" + spaces + b"><office:body><office:spreadsheet>"
        b"%s</office:spreadsheet></office:body></office:document-content>" % tables
    )
    manifest = b"<manifest/>"
    return (("mimetype", ODS_TYPE), ("META-INF/manifest.xml", manifest), ("content.xml", content))


def _ods_row(row: list[object]) -> bytes:
    return b"<table:table-row>" + b"".join(map(_ods_cell, row)) + b"</table:table-row>"


def _ods_cell(value: object) -> bytes:
    if value == "":
        return b"<table:table-cell/>"
    kind = "date" if isinstance(value, date) else "float" if isinstance(value, float) else "string"
    attribute = {
        "float": f' office:value="{value}"',
        "date": f' office:date-value="{value}"',
        "string": "",
    }[kind]
    text = escape(str(value))
    return (
        f'<table:table-cell office:value-type="{kind}"{attribute}><text:p>{text}</text:p></table:table-cell>'
    ).encode()


# --- the kinds, by name

Change = Callable[[Random, Source], bytes]
KINDS: dict[str, Change] = {}
PART_KINDS: set[str] = set()
HEAVY: dict[str, Change] = {}
"""Kinds that take long to make; each occurs once in a cycle, the others more often."""


def kind(change: Change) -> Change:
    """A kind that makes the whole file."""
    KINDS[change.__name__] = change
    return change


def heavy(change: Change) -> Change:
    """A kind that makes the whole file, a large one."""
    HEAVY[change.__name__] = change
    return change


def on_bytes(change: Callable[[Random, bytearray], bytes | None]) -> Callable:
    """A kind that changes the packed bytes."""

    def made(rng: Random, source: Source) -> bytes:
        data = bytearray(packed(source.members))
        return bytes(change(rng, data) or data)

    KINDS[change.__name__] = made
    return change


def on_members(change: Callable[[Random, list[Member]], list[Member] | None]) -> Callable:
    """A kind that changes the list of members."""

    def made(rng: Random, source: Source) -> bytes:
        members = list(source.members)
        return packed(change(rng, members) or members)

    KINDS[change.__name__] = made
    return change


def on_part(*wanted: str) -> Callable:
    """A kind that changes one part; wanted: words of which its name has one (any XML part by default)."""

    def register(change: Callable[[Random, bytes], bytes]) -> Callable:
        def made(rng: Random, source: Source) -> bytes:
            name = part_of(rng, source, *wanted)
            return with_parts(source, {name: change(rng, dict(source.members)[name])})

        KINDS[change.__name__] = made
        PART_KINDS.add(change.__name__)
        return change

    return register


def part_of(rng: Random, source: Source, *wanted: str) -> str:
    """One of the parts of which the name has a wanted word; of an .ods the contents."""
    if source.is_ods:
        return "content.xml"
    names = [name for name, _ in source.members if name.endswith((".xml", ".rels"))]
    fits = [name for name in names if any(word in name for word in wanted)]
    if wanted:
        return rng.choice(fits or names)
    # what is read decides more than the tables and charts of which there are so many
    read = [n for n in names if "sheet" in n or "workbook" in n or n in (TYPES, "_rels/.rels")]
    return rng.choice(read if rng.random() < 0.8 else names)


def with_parts(source: Source, changed: dict[str, bytes]) -> bytes:
    """The workbook with parts changed or added."""
    return packed(tuple({**dict(source.members), **changed}.items()))


def span(rng: Random, data: bytes | bytearray, longest: int) -> tuple[int, int]:
    """Begin and end of a stretch of the data."""
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.randint(1, longest))


# --- bytes of the file


@on_bytes
def bytes_flipped(rng: Random, data: bytearray) -> None:
    for _ in range(rng.choice((1, 3, 50))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


@on_bytes
def bytes_of_the_directory_flipped(rng: Random, data: bytearray) -> None:
    start = data.index(b"PK\x01\x02")
    for _ in range(rng.choice((1, 3))):
        data[rng.randrange(start, len(data))] ^= 1 << rng.randrange(8)


@on_bytes
def bytes_cut_out(rng: Random, data: bytearray) -> None:
    start, stop = span(rng, data, 5000)
    del data[start:stop]


@on_bytes
def bytes_doubled(rng: Random, data: bytearray) -> None:
    start, stop = span(rng, data, 5000)
    data[stop:stop] = data[start:stop]


@on_bytes
def bytes_zeroed(rng: Random, data: bytearray) -> None:
    start, stop = span(rng, data, 5000)
    data[start:stop] = bytes(stop - start)


@on_bytes
def truncated(rng: Random, data: bytearray) -> None:
    del data[rng.randrange(len(data)) :]


@on_bytes
def something_before_it(rng: Random, data: bytearray) -> None:
    data[:0] = rng.randbytes(rng.randint(1, 500))


@on_bytes
def something_after_it(rng: Random, data: bytearray) -> None:
    data += rng.choice((rng.randbytes(rng.randint(1, 500)), bytes(70_000), b"\r\n"))


@on_bytes
def another_zip_after_it(rng: Random, data: bytearray) -> None:
    data += packed((("xl/x.xml", b"<x/>"),))


@on_bytes
def pulled_through_a_text_editor(rng: Random, data: bytearray) -> bytes:
    return rng.choice(
        (
            bytes(data).replace(b"\n", b"\r\n"),
            bytes(data).decode("latin-1").encode("utf-8"),
            bytes(data).decode("utf-8", "replace").encode(),
        )
    )


# --- headers of the zip


def central_entries(data: bytes | bytearray) -> list[int]:
    """Offsets of the entries of the central directory."""
    found, at = [], data.index(b"PK\x01\x02")
    while data[at : at + 4] == b"PK\x01\x02":
        found.append(at)
        at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
    return found


def header_field(name: str, offset: int, form: str, *values: int) -> None:
    """A kind that puts a wrong number in one field of one central entry."""

    def change(rng: Random, data: bytearray) -> None:
        entry = rng.choice(central_entries(data))
        struct.pack_into(form, data, entry + offset, rng.choice(values))

    change.__name__ = name
    on_bytes(change)


header_field("encrypted_flag", 8, "<H", 1, 0x41, 0x2001)
header_field("other_method", 10, "<H", 1, 6, 9, 12, 14, 93, 95, 99, 65535)
header_field("impossible_time", 12, "<L", 0xFFFFFFFF, 1)
header_field("wrong_checksum", 16, "<L", 0, 1, 0xFFFFFFFF)
header_field("wrong_packed_size", 20, "<L", 0, 1, 1000, 0x7FFFFFFF, 0xFFFFFFFF)
header_field("wrong_size", 24, "<L", 0, 1, 1000, 0x7FFFFFFF, 0xFFFFFFFF)
header_field("wrong_name_length", 28, "<H", 0, 1, 5, 200, 65535)
header_field("wrong_extra_length", 30, "<H", 1, 8, 65535)
header_field("other_disk", 34, "<H", 1, 65535)
header_field("wrong_offset", 42, "<L", 0, 1, 5000, 0x7FFFFFFF, 0xFFFFFFFF)


@on_bytes
def last_record_spoiled(rng: Random, data: bytearray) -> None:
    last = data.rindex(b"PK\x05\x06")
    offset, form = rng.choice(
        ((4, "<H"), (6, "<H"), (8, "<H"), (10, "<H"), (12, "<L"), (16, "<L"), (20, "<H"))
    )
    struct.pack_into(form, data, last + offset, rng.choice((0, 1, 7, 0x7FFF, 0xFFFF)))


@on_bytes
def local_header_says_something_else(rng: Random, data: bytearray) -> None:
    at = struct.unpack_from("<L", data, rng.choice(central_entries(data)) + 42)[0]
    offset, form = rng.choice(
        ((6, "<H"), (8, "<H"), (14, "<L"), (18, "<L"), (22, "<L"), (26, "<H"), (28, "<H"))
    )
    struct.pack_into(form, data, at + offset, rng.choice((0, 1, 9, 0xFFFF)))


@on_bytes
def a_name_that_is_no_utf8(rng: Random, data: bytearray) -> None:
    entry = rng.choice(central_entries(data))
    struct.pack_into("<H", data, entry + 8, 0x800)
    data[entry + 46] = 0xFF


# --- members


@on_members
def member_removed(rng: Random, members: list[Member]) -> None:
    del members[rng.randrange(len(members))]


@on_members
def half_of_the_members_removed(rng: Random, members: list[Member]) -> list[Member]:
    return [member for member in members if rng.random() < 0.5]


@on_members
def important_member_removed(rng: Random, members: list[Member]) -> list[Member]:
    gone = rng.choice(
        (BOOK, BOOK_POINTERS, TYPES, "_rels/.rels", "xl/styles.xml", "xl/sharedStrings.xml", "mimetype")
    )
    return [member for member in members if member[0] != gone]


@on_members
def member_renamed(rng: Random, members: list[Member]) -> None:
    at = rng.randrange(len(members))
    name, content = members[at]
    other = rng.choice(
        (name.upper(), name + " ", name.replace("/", "\\"), "x" + name, "/" + name, "a" * 60_000)
    )
    members[at] = other, content


@on_members
def member_twice(rng: Random, members: list[Member]) -> None:
    name, content = rng.choice(members)
    members.append((rng.choice((name, name.upper())), rng.choice((content, b"", b"<x/>", content[:50]))))


@on_members
def contents_swapped(rng: Random, members: list[Member]) -> None:
    first, second = rng.sample(range(len(members)), 2)
    (name, content), (other, more) = members[first], members[second]
    members[first], members[second] = (name, more), (other, content)


@on_members
def content_gone(rng: Random, members: list[Member]) -> None:
    at = rng.randrange(len(members))
    members[at] = (
        members[at][0],
        rng.choice((b"", b" ", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 100, rng.randbytes(900))),
    )


@on_members
def a_path_out_of_the_folder(rng: Random, members: list[Member]) -> None:
    name = rng.choice(
        ("../../kwaad.xml", "/etc/kwaad", "C:\\kwaad.xml", "..\\kwaad.xml", "xl/../../kwaad", "xl/", ".")
    )
    members.append((name, b"<x/>"))


@on_members
def a_control_character_in_a_name(rng: Random, members: list[Member]) -> None:
    at = rng.randrange(len(members))
    members[at] = members[at][0] + rng.choice(("\x01", "\n", "\u202e", "é", "\U0001f600")), members[at][1]


@on_members
def a_zip_in_the_zip(rng: Random, members: list[Member]) -> None:
    members.append(("xl/embeddings/boek.xlsx", packed(members[:20])))


@on_members
def macros_added(rng: Random, members: list[Member]) -> None:
    _in(members, TYPES, MAIN_TYPE, b"ms-excel.sheet.macroEnabled.main+xml")
    members.append(
        ("xl/vbaProject.bin", rng.choice((b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(3000))))
    )


@on_members
def a_binary_workbook_beside_it(rng: Random, members: list[Member]) -> None:
    if rng.random() < 0.5:
        del members[rng.randrange(len(members))]
    members += [("xl/workbook.bin", rng.randbytes(2000)), ("xl/_rels/workbook.bin.rels", b"<Relationships/>")]


@on_members
def an_opendocument_beside_it(rng: Random, members: list[Member]) -> None:
    ods = dict(source_of("ods").members)
    members += [("mimetype", ODS_TYPE), ("content.xml", ods["content.xml"])]


@on_members
def links_to_other_workbooks(rng: Random, members: list[Member]) -> None:
    link = (
        b'<Relationship Id="rIdX" Type="x/externalLink" Target="%s" TargetMode="External"/></Relationships>'
    )
    target = rng.choice((b"file:///etc/passwd", b"http://127.0.0.1:9/x.xlsx", b"\\\\server\\x.xlsx", b""))
    _in(members, BOOK_POINTERS, b"</Relationships>", link % target)
    _in(
        members,
        BOOK,
        b"</sheets>",
        b'</sheets><externalReferences><externalReference r:id="rIdX"/></externalReferences>',
    )


@on_members
def signed(rng: Random, members: list[Member]) -> None:
    members.append(("_xmlsignatures/sig1.xml", b"<Signature/>"))


def _in(members: list[Member], part: str, old: bytes, new: bytes) -> None:
    members[:] = [(n, c.replace(old, new, 1) if n == part else c) for n, c in members]


# --- XML that is broken

TAG = re.compile(rb"<[A-Za-z][^<>]*>")
ANY_TAG = re.compile(rb"</?[A-Za-z][^<>]*>")


def one(rng: Random, pattern: re.Pattern, data: bytes) -> re.Match:
    """One of the places where the pattern occurs; the whole data where it does not."""
    return rng.choice(list(pattern.finditer(data)) or [re.match(rb"(?s).*", data)])


def replaced(found: re.Match, new: bytes) -> bytes:
    """The data with what was found replaced."""
    return found.string[: found.start()] + new + found.string[found.end() :]


@on_part()
def tag_cut(rng: Random, xml: bytes) -> bytes:
    found = one(rng, ANY_TAG, xml)
    return replaced(found, found[0][: rng.randrange(len(found[0]) or 1)])


@on_part()
def tag_gone(rng: Random, xml: bytes) -> bytes:
    return replaced(one(rng, ANY_TAG, xml), b"")


@on_part()
def tag_twice(rng: Random, xml: bytes) -> bytes:
    found = one(rng, ANY_TAG, xml)
    return replaced(found, found[0] * 2)


@on_part()
def element_gone(rng: Random, xml: bytes) -> bytes:
    return replaced(one(rng, re.compile(rb"<([A-Za-z:]+)\b[^<>]*>(?:[^<]*</\1>)"), xml), b"")


@on_part()
def attribute_twice(rng: Random, xml: bytes) -> bytes:
    found = one(rng, re.compile(rb' [A-Za-z:]+="[^"]*"'), xml)
    return replaced(found, found[0] * 2)


@on_part()
def attribute_gone(rng: Random, xml: bytes) -> bytes:
    return replaced(one(rng, re.compile(rb' [A-Za-z:]+="[^"]*"'), xml), b"")


@on_part()
def attribute_with_something_else(rng: Random, xml: bytes) -> bytes:
    found = one(rng, re.compile(rb'="[^"]*"'), xml)
    return replaced(found, b'="' + rng.choice((*STRANGE_NUMBERS, *STRANGE_TEXTS, *STRANGE_REFERENCES)) + b'"')


@on_part()
def attribute_without_quotes(rng: Random, xml: bytes) -> bytes:
    found = one(rng, re.compile(rb'="[^"]*"'), xml)
    return replaced(found, found[0].replace(b'"', b""))


@on_part()
def unknown_entity(rng: Random, xml: bytes) -> bytes:
    found = one(rng, TAG, xml)
    return replaced(
        found, found[0] + rng.choice((b"&kwaad;", b"&#0;", b"&#xD800;", b"&#x110000;", b"&", b"&amp"))
    )


@on_part()
def unknown_prefix(rng: Random, xml: bytes) -> bytes:
    found = one(rng, TAG, xml)
    return replaced(found, rng.choice((b"<p:q/>", b'<q p:r="1"/>', b"<:/>", b"<a:b:c/>")) + found[0])


@on_part()
def nesting_broken(rng: Random, xml: bytes) -> bytes:
    found = one(rng, re.compile(rb"</[A-Za-z:]+>"), xml)
    return replaced(found, rng.choice((b"</x>", b"", b"</>", b"<![CDATA[", b"<!--", b"<?x")))


@on_part()
def bytes_that_are_no_utf8(rng: Random, xml: bytes) -> bytes:
    at = rng.randrange(len(xml) + 1)
    return (
        xml[:at]
        + rng.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80"))
        + xml[at:]
    )


@on_part()
def zero_bytes(rng: Random, xml: bytes) -> bytes:
    at = rng.randrange(len(xml) + 1)
    return xml[:at] + bytes(rng.choice((1, 100))) + xml[at:]


@on_part()
def another_encoding(rng: Random, xml: bytes) -> bytes:
    encoding = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp500", "utf-7"))
    return xml.decode("utf-8", "replace").encode(encoding, "replace")


@on_part()
def a_declared_encoding(rng: Random, xml: bytes) -> bytes:
    names = (
        "utf-16 shift_jis gb18030 base64 rot13 undefined idna punycode onbekend latin-1 utf-7 unicode_escape"
    )
    lead = b" " * 300 if rng.random() < 0.3 else b""
    return b'<?xml version="1.0"' + lead + b' encoding="%s"?>' % rng.choice(names.split()).encode() + xml


@on_part()
def comments_and_instructions(rng: Random, xml: bytes) -> bytes:
    found = one(rng, TAG, xml)
    extra = rng.choice(
        (b"<!-- <c r='XFD1048576'><v>1</v></c> -->", b"<?pi <x> ?>", b"<![CDATA[<v>]]>", b"<!x>", b"<!---->")
    )
    return replaced(found, found[0] + extra)


@on_part()
def markup_flipped(rng: Random, xml: bytes) -> bytes:
    spoiled = bytearray(xml or b"<x/>")
    for _ in range(rng.choice((1, 5))):
        spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    return bytes(spoiled)


@on_part()
def part_cut_short(rng: Random, xml: bytes) -> bytes:
    return xml[: rng.randrange(len(xml) + 1)]


@on_part()
def entities_declared(rng: Random, xml: bytes) -> bytes:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    declared = rng.choice(
        (
            b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>",
            b'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
            b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
            b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>',
        )
    )
    found = one(rng, re.compile(rb"(?<=>)(?=<)"), xml)
    text = declared + replaced(found, b"&l9;")
    return text.decode("utf-8", "replace").encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be")))


@on_part()
def very_deep(rng: Random, xml: bytes) -> bytes:
    found = one(rng, TAG, xml)
    closed = b"</a>" * 100_000 if rng.random() < 0.7 else b""
    return replaced(found, found[0] + b"<a>" * 100_000 + closed)


@on_part()
def enormous_attribute(rng: Random, xml: bytes) -> bytes:
    found = one(rng, TAG, xml)
    return replaced(found, b'<a b="' + b"x" * 10 * MIB + b'"/>' + found[0])


@on_part()
def a_hundred_thousand_attributes(rng: Random, xml: bytes) -> bytes:
    found = one(rng, TAG, xml)
    return replaced(found, b"<a%s/>" % b"".join(b' b%d=""' % n for n in range(100_000)) + found[0])


@on_part("workbook.xml", "sheet")
def very_long_prefix(rng: Random, xml: bytes) -> bytes:
    prefix = b"p" * rng.choice((100, 400, 5000)) + "é".encode() * rng.choice((0, 300))
    renamed = re.sub(rb"<(/?)(?=[a-z])(?![a-z]+:)", rb"<\1" + prefix + b":", xml)
    return renamed.replace(b" xmlns=", b" xmlns:" + prefix + b"=", 1)


# --- values that no cell should hold

STRANGE_NUMBERS = (
    *b"-1 0 1e308 -1e308 1e999 NaN nan inf -inf Infinity 1e-320 0x10 1,5 1_000 --1 1e +5 2958466 -693594".split(),
    *b"1e15 2147483648 4294967296 18446744073709551616 -9223372036854775809 true 12-13-2025 0.1e1.2".split(),
    b"",
    b" ",
    b"9" * 400,
    b"9" * 40_000,
    "١٢".encode(),
    b"#REF!",
    b"#N/A",
    b"&#1;",
)
STRANGE_REFERENCES = (
    *b"A0 XFE1 AAAA1 1A a1 $A$1 A1:B2 A99999999999 A-1 R1C1 A1048577 XFD1048576 ZZZZZZZZZZZZ9 A A1B2 A01".split(),
    b"",
    "Ä1".encode(),
    b"A" * 70_000 + b"1",
)
STRANGE_TEXTS = (
    b"{where}",
    b"{0}{found!r:>999999}",
    b"%s%n",
    b"=1+1",
    b"_xD800_",
    b"_x0000_",
    b"_xZZZZ_",
    b"../../x.xlsx",
    b"x" * 300 + b".xlsx",
    b"x" * 1900,
    b"x" * 40_000,
    b"\n\n\t",
    b"code EF",
    b"code VE",
    b"EF-01",
    b"VD-99",
    b"weet ik niet",
    b"CON",
    "\u202eelgoog".encode(),
    "\U0001f600".encode() * 50,
    b"31-12-9999",
    b"1-1-0001",
    b"ja",
    b"9" * 400,
    b"1.234.567,89",
)
NUMBER = re.compile(rb"<v>[^<]*</v>")
TEXT = re.compile(rb"<(?:text:p|t)(?: [^>]*)?>[^<]+</(?:text:p|t)>")
INPUT_SHEETS = tuple(f"sheet{n}.xml" for n in range(2, 8))


def here_and_there(rng: Random, pattern: re.Pattern, new: Callable[[re.Match], bytes], data: bytes) -> bytes:
    """The data with some of the places found replaced: one, or one in five."""
    places = list(pattern.finditer(data))
    chosen = places if not places else rng.sample(places, rng.choice((1, 1, 1 + len(places) // 5)))
    starts = {found.start() for found in chosen}
    return pattern.sub(lambda found: new(found) if found.start() in starts else found[0], data)


@on_part(*INPUT_SHEETS)
def strange_numbers(rng: Random, xml: bytes) -> bytes:
    xml = here_and_there(rng, NUMBER, lambda _: b"<v>%s</v>" % rng.choice(STRANGE_NUMBERS), xml)
    value = re.compile(rb'office:(?:date-)?value="[^"]*"')
    return here_and_there(rng, value, lambda _: b'office:value="%s"' % rng.choice(STRANGE_NUMBERS), xml)


@on_part(*INPUT_SHEETS, "sharedStrings")
def strange_texts(rng: Random, xml: bytes) -> bytes:
    def other(found: re.Match) -> bytes:
        return re.sub(rb">[^<]+<", lambda _: b">" + rng.choice(STRANGE_TEXTS) + b"<", found[0], count=1)

    return here_and_there(rng, TEXT, other, xml)


@on_part(*INPUT_SHEETS, "sharedStrings")
def texts_moved(rng: Random, xml: bytes) -> bytes:
    texts = [found[0] for found in TEXT.finditer(xml)] or [b""]
    return here_and_there(rng, TEXT, lambda _: rng.choice(texts), xml)


@on_part(*INPUT_SHEETS)
def strange_types(rng: Random, xml: bytes) -> bytes:
    kinds = (b"s", b"b", b"e", b"d", b"str", b"n", b"inlineStr", b"z", b"", b"x" * 1000)
    xml = here_and_there(rng, re.compile(rb' t="[^"]*"'), lambda _: b' t="%s"' % rng.choice(kinds), xml)
    others = (b"float", b"date", b"time", b"boolean", b"percentage", b"currency", b"x", b"")
    value = re.compile(rb'office:value-type="[^"]*"')
    return here_and_there(rng, value, lambda _: b'office:value-type="%s"' % rng.choice(others), xml)


@on_part(*INPUT_SHEETS)
def numbers_become_another_type(rng: Random, xml: bytes) -> bytes:
    kinds = (b"s", b"b", b"e", b"d", b"str", b"z")

    def typed(found: re.Match) -> bytes:
        return b' t="%s"><v>%s</v>' % (rng.choice(kinds), rng.choice((found[1], *STRANGE_NUMBERS)))

    return here_and_there(rng, re.compile(rb"(?: t=\"n\")?><v>([^<]*)</v>"), typed, xml)


@on_part(*INPUT_SHEETS)
def strange_references(rng: Random, xml: bytes) -> bytes:
    return here_and_there(
        rng, re.compile(rb'<c r="[^"]*"'), lambda _: b'<c r="%s"' % rng.choice(STRANGE_REFERENCES), xml
    )


@on_part(*INPUT_SHEETS)
def strange_row_numbers(rng: Random, xml: bytes) -> bytes:
    numbers = (b"0", b"-1", b"1", b"1048577", b"99999999999999999999", b"x", b"", b"1048576", b"3.5")
    return here_and_there(
        rng, re.compile(rb'<row r="[^"]*"'), lambda _: b'<row r="%s"' % rng.choice(numbers), xml
    )


@on_part(*INPUT_SHEETS)
def no_references(rng: Random, xml: bytes) -> bytes:
    return here_and_there(rng, re.compile(rb'(?<=<c) r="[^"]*"|(?<=<row) r="[^"]*"'), lambda _: b"", xml)


@on_part(*INPUT_SHEETS)
def rows_in_another_order(rng: Random, xml: bytes) -> bytes:
    row = re.compile(rb"(?s)<row [^>]*>.*?</row>|<table:table-row>.*?</table:table-row>")
    rows = [found[0] for found in row.finditer(xml)]
    rng.shuffle(rows)
    return row.sub(lambda _: rows.pop(), xml)


@on_part(*INPUT_SHEETS)
def cells_twice(rng: Random, xml: bytes) -> bytes:
    return here_and_there(rng, re.compile(rb"<c [^>]*>(?:(?!</c>).)*</c>"), lambda found: found[0] * 2, xml)


@on_part(*INPUT_SHEETS)
def strange_styles(rng: Random, xml: bytes) -> bytes:
    return here_and_there(
        rng, re.compile(rb' s="[0-9]+"'), lambda _: b' s="%s"' % rng.choice(STRANGE_NUMBERS), xml
    )


@on_part("sheet")
def strange_formulas(rng: Random, xml: bytes) -> bytes:
    formulas = (
        b'<f t="shared" si="99999999999"/>',
        b'<f t="shared" ref="A1:XFD1048576" si="0">A1</f>',
        b'<f t="array" ref="A1:XFD1048576">1</f>',
        b'<f t="array" ref="x">1</f>',
        b"<f>" + b"(" * 50_000 + b"</f>",
        b'<f t="dataTable" ref="A1:B2" r1="x"/>',
        b"<f/>",
    )
    return here_and_there(
        rng,
        re.compile(rb"<f>[^<]*</f>|<v>"),
        lambda found: rng.choice(formulas) + (b"<v>" if found[0] == b"<v>" else b""),
        xml,
    )


@on_part("sheet")
def strange_extent(rng: Random, xml: bytes) -> bytes:
    ref = rng.choice((b"A1:XFD1048576", b"XFD1048576:A1", *STRANGE_REFERENCES))
    return re.sub(rb'<dimension ref="[^"]*"', lambda _: b'<dimension ref="%s"' % ref, xml)


@on_part("styles.xml")
def strange_formats(rng: Random, xml: bytes) -> bytes:
    formats = (b"14", b"21", b"46", b"164", b"99999999999", b"-1", b"x")
    return here_and_there(
        rng, re.compile(rb'numFmtId="[^"]*"'), lambda _: b'numFmtId="%s"' % rng.choice(formats), xml
    )


@kind
def numbers_become_dates(rng: Random, source: Source) -> bytes:
    parts = dict(source.members)
    sheet = part_of(rng, source, *INPUT_SHEETS)
    shown = here_and_there(rng, NUMBER, lambda _: b"<v>%s</v>" % rng.choice(STRANGE_NUMBERS), parts[sheet])
    styles = re.sub(
        rb'numFmtId="[0-9]+"',
        b'numFmtId="%s"' % rng.choice((b"14", b"21", b"22", b"46")),
        parts.get("xl/styles.xml", b""),
    )
    book = parts.get(BOOK, b"").replace(
        b"<workbookPr", b'<workbookPr date1904="1"' if rng.random() < 0.5 else b"<workbookPr"
    )
    return with_parts(source, {sheet: shown, "xl/styles.xml": styles, BOOK: book})


# --- pointers, names and types


@on_part(".rels")
def strange_targets(rng: Random, xml: bytes) -> bytes:
    targets = (
        *b"../../../../etc/passwd /etc/passwd file:///etc/passwd http://127.0.0.1:9/x worksheets/weg.xml".split(),
        *b"workbook.xml _rels/workbook.xml.rels worksheets/sheet2.xml /xl/worksheets/sheet2.xml # ? . .. /".split(),
        b"",
        b"worksheets\\sheet2.xml",
        b"x" * 70_000,
        b"%2e%2e/%00",
    )
    return here_and_there(
        rng, re.compile(rb'Target="[^"]*"'), lambda _: b'Target="%s"' % rng.choice(targets), xml
    )


@on_part(".rels")
def pointers_become_external(rng: Random, xml: bytes) -> bytes:
    return here_and_there(
        rng, re.compile(rb"<Relationship "), lambda _: b'<Relationship TargetMode="External" ', xml
    )


@on_part(".rels")
def pointers_of_another_kind(rng: Random, xml: bytes) -> bytes:
    kinds = (b"chartsheet", b"dialogsheet", b"externalLink", b"worksheet", b"macrosheet", b"")
    return here_and_there(
        rng, re.compile(rb'/[A-Za-z]+"(?= Target)'), lambda _: b'/%s"' % rng.choice(kinds), xml
    )


@on_part(".rels", BOOK)
def pointers_confused(rng: Random, xml: bytes) -> bytes:
    return here_and_there(
        rng, re.compile(rb'rId[0-9]+"'), lambda _: rng.choice((b'rId1"', b'rId99"', b'"')), xml
    )


@on_part(BOOK)
def strange_sheet_names(rng: Random, xml: bytes) -> bytes:
    names = (
        b"Over ons",
        b"Geld en inzet",
        b"",
        b"'!'",
        b"a" * 5000,
        b"[1]",
        b"&#10;",
        b"{where}",
        b"_x0000_",
    )
    return here_and_there(
        rng, re.compile(rb'(?<= |:)name="[^"]*"'), lambda _: b'name="%s"' % rng.choice(names), xml
    )


@on_part(TYPES)
def strange_content_types(rng: Random, xml: bytes) -> bytes:
    types = (
        MAIN_TYPE,
        b"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        b"image/png",
        b"",
    )
    return here_and_there(
        rng, re.compile(rb'ContentType="[^"]*"'), lambda _: b'ContentType="%s"' % rng.choice(types), xml
    )


# --- what is too much

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
            (FAR.replace(b"XFD", b"J"), (1_000_000, 9)),
            (FAR.replace(b"1048576", b"600"), (500, 16_000)),
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
    pointer = b'<Relationship Id="rIdL" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/l.xml"/></Relationships>'
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
def packed_in_another_way(rng: Random, source: Source) -> bytes:
    return packed(source.members, rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


@kind
def data_goes_on_after_its_end(rng: Random, source: Source) -> bytes:
    """A member whose compressed stream ends before its packed size does."""
    data = packed((("xl/x.xml", b"<x/>"), *source.members))
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    short = squeeze.compress(b"<x/>") + squeeze.flush()
    return data.replace(short, short[:-1] + b"\0", 1)


@kind
def something_that_is_no_workbook(rng: Random, source: Source) -> bytes:
    return rng.choice(
        (
            b"",
            rng.randbytes(3000),
            b"PK\x03\x04",
            b"PK\x05\x06" + bytes(18),
            b"%PDF-1.7",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(5000),
            packed((("word/document.xml", b"<a/>"),)),
        )
    )


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


# --- one of them, by number


@dataclass(frozen=True, slots=True)
class Case:
    """One mutated workbook; read_as: what the good one was."""

    seed: int
    name: str
    source: str
    read_as: str
    file: str
    data: bytes


CYCLE = (*KINDS, *HEAVY, *KINDS)
"""The kinds in the order of the seeds, so that as many seeds as this is long show them all."""
OTHER_SUFFIXES = (".xlsm", ".xlsb", ".xls", ".ods", ".XLSX", ".txt", "")


def name_of(seed: int) -> str:
    """The kind of damage of a seed."""
    return CYCLE[seed % len(CYCLE)]


def case(seed: int) -> Case:
    """The mutated workbook of a seed."""
    rng = Random(seed)
    name, chosen = name_of(seed), rng.choice(SOURCES)
    good = source_of(chosen)
    suffix = rng.choice(OTHER_SUFFIXES) if rng.random() < 0.1 else good.suffix
    data = ({**KINDS, **HEAVY}[name])(rng, good)
    return Case(seed, name, chosen, good.kind, f"proef{suffix}", data)


if __name__ == "__main__":
    made = case(int(sys.argv[1]))
    print(made.name, made.source, made.file)
    Path(sys.argv[2]).write_bytes(made.data)
