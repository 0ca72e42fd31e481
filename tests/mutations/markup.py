"""Damage to the XML of one part: what no parser should accept, and some that one might."""

from __future__ import annotations

import re
from random import Random

from mutations.kinds import on_part, one, replaced
from mutations.sources import MIB
from mutations.values import STRANGE_NUMBERS, STRANGE_REFERENCES, STRANGE_TEXTS

TAG = re.compile(rb"<[A-Za-z][^<>]*>")
ANY_TAG = re.compile(rb"</?[A-Za-z][^<>]*>")


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
