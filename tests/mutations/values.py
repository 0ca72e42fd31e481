"""Well-formed workbooks that say impossible things: values, references, pointers, names and types."""

from __future__ import annotations

import re
from random import Random

from mutations.kinds import here_and_there, kind, on_part, part_of, with_parts
from mutations.sources import BOOK, MAIN_TYPE, TYPES, Source

STRANGE_NUMBERS = (
    *b"-1 0 1e308 -1e308 1e999 NaN nan inf -inf Infinity 1e-320 0x10 1,5 1_000 --1 1e +5".split(),
    *b"2958466 -693594 1e15 2147483648 4294967296".split(),
    *b"18446744073709551616 -9223372036854775809 true 12-13-2025 0.1e1.2".split(),
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
    *b"A0 XFE1 AAAA1 1A a1 $A$1 A1:B2 A99999999999 A-1 R1C1 A1048577".split(),
    *b"XFD1048576 ZZZZZZZZZZZZ9 A A1B2 A01".split(),
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
        *b"../../../../etc/passwd /etc/passwd file:///etc/passwd http://127.0.0.1:9/x".split(),
        *b"worksheets/weg.xml workbook.xml _rels/workbook.xml.rels worksheets/sheet2.xml".split(),
        *b"/xl/worksheets/sheet2.xml # ? . .. /".split(),
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
