"""Damage to the file itself: its bytes, the headers of the zip, and its members."""

from __future__ import annotations

import struct
import zipfile
import zlib
from random import Random

from mutations.kinds import kind, on_bytes, on_members, span
from mutations.sources import (
    BOOK,
    BOOK_POINTERS,
    MAIN_TYPE,
    ODS_TYPE,
    TYPES,
    Member,
    Source,
    packed,
    source_of,
)

# --- bytes


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


# --- headers


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
