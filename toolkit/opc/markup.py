"""XML as bytes: read with expat, changed by splicing, so that what is not edited stays byte for byte.

A parser that writes the tree back would rename prefixes and break mc:Ignorable; therefore nothing
is ever serialised here. Positions are byte offsets into the UTF-8 text of a part.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from toolkit.opc.trouble import FileRefused

Splice = tuple[int, int, bytes]
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_QUALIFIED_NAME = re.compile(rb"[^\s/>]+")


def as_utf8(data: bytes, part: str) -> bytes:
    """The same XML text in UTF-8; parts that are UTF-8 already come back untouched.

    Raises FileRefused 'not_xml' where the declared encoding is unknown or does not fit.
    """
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16"
    elif data[:2] == b"<\0":
        encoding = "utf-16-le"
    elif data[:2] == b"\0<":
        encoding = "utf-16-be"
    else:
        declared = _DECLARED.match(data[:200])
        encoding = declared[1].decode("ascii") if declared else "utf-8"
        if encoding.lower() in ("utf-8", "utf8"):
            return data
    try:
        text = data.decode(encoding).encode("utf-8")
    except (LookupError, UnicodeError) as error:
        raise FileRefused("not_xml", {"part": part}) from error
    declared = _DECLARED.match(text[:200])
    return text[: declared.start(1)] + b"UTF-8" + text[declared.end(1) :] if declared else text


def new_parser(part: str) -> expat.XMLParserType:
    """A namespace-aware parser ('namespace name') that refuses document types, and so entities."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise FileRefused("xml_entities", {"part": part})

    parser.StartDoctypeDeclHandler = refuse
    return parser


def run(parser: expat.XMLParserType, data: bytes, part: str, last: bool = True) -> None:
    """Feed the parser; malformed XML becomes FileRefused 'not_xml'.

    So does a declared encoding that expat does not read: an unknown one, or one of several bytes.
    """
    try:
        parser.Parse(data, last)
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", parser.CurrentLineNumber)
        raise FileRefused("not_xml", {"part": part, "line": line}) from error


def walk(
    data: bytes | Iterable[bytes], part: str, start: Start, end: End | None = None, text: End | None = None
) -> None:
    """Call back for every element ('namespace name' and attributes), its end and its text, in order.

    data: the part, whole or in pieces. Raises FileRefused 'xml_entities' and 'not_xml'.
    """
    parser = new_parser(part)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    for piece in [data] if isinstance(data, bytes) else data:
        run(parser, piece, part, last=False)
    run(parser, b"", part)


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """Where one element stands: namespace and local name, depth (root = 0), byte span, attributes."""

    name: str
    depth: int
    start: int
    end: int
    attributes: dict[str, str]

    @property
    def local(self) -> str:
        return local_name(self.name)

    def own(self, attribute: str) -> str:
        """What an attribute in the namespace of the element says, '' where it is not there."""
        return self.attributes.get(f"{self.name.rpartition(' ')[0]} {attribute}", "")


def local_name(name: str) -> str:
    """The name without its namespace.

    >>> local_name("http://example.org/a row")
    'row'
    """
    return name.rpartition(" ")[2]


def elements(data: bytes, part: str, wanted: Callable[[str], bool] = lambda name: True) -> list[Element]:
    """All elements whose name is wanted, in the order in which they begin. For small parts."""
    parser = new_parser(part)
    found: list[Element | None] = []
    opened: list[tuple[int, int, dict[str, str]] | None] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if wanted(name):
            opened.append((len(found), parser.CurrentByteIndex, attributes))
            found.append(None)
        else:
            opened.append(None)

    def end(name: str) -> None:
        at = opened.pop()
        if at is not None:
            place, begin, attributes = at
            stop = element_end(data, begin, parser.CurrentByteIndex)
            found[place] = Element(name, len(opened), begin, stop, attributes)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    run(parser, data, part)
    return [element for element in found if element is not None]


def tag_end(data: bytes, start: int) -> int:
    """The offset just past the tag that begins at start; a '>' inside an attribute is no end."""
    return _found(_TAG, data, start).end()


def _found(pattern: re.Pattern[bytes], data: bytes, start: int) -> re.Match[bytes]:
    """What must begin there, as expat saw it; ValueError where it does not."""
    found = pattern.match(data, start)
    if found is None:
        raise ValueError(f"no tag at byte {start}")
    return found


def element_end(data: bytes, start: int, end_event: int) -> int:
    """The offset just past an element.

    end_event: where expat stood at the end event: at '</x>', or, for '<x/>', already past the tag.
    """
    if data.startswith(b"</", end_event) and data[end_event - 2 : end_event] != b"/>":
        return data.index(b">", end_event) + 1
    stop = tag_end(data, start)
    return stop if data[stop - 2 : stop] == b"/>" else tag_end(data, end_event)


def qualified_name(tag: bytes) -> bytes:
    """The name in a start tag, as it is written.

    >>> qualified_name(b'<x:row r="1">')
    b'x:row'
    """
    return _found(_QUALIFIED_NAME, tag, 1).group()


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The value of one attribute of a start tag as it is written, or None.

    >>> attribute(b"<row r='5' ht='12.8'/>", b"ht")
    b'12.8'
    """
    return next((found[2][1:-1] for found in _ATTRIBUTE.finditer(tag) if found[1] == name), None)


def with_attribute(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    """The start tag with one attribute set, or removed where value is None; the rest stays as it is.

    >>> with_attribute(b'<row r="5" spans="1:3"/>', b"spans", None)
    b'<row r="5"/>'
    >>> with_attribute(b'<row r="5">', b"hidden", b"1")
    b'<row r="5" hidden="1">'
    """
    kept = _ATTRIBUTE.sub(lambda found: b"" if found[1] == name else found[0], tag)
    if value is None:
        return kept
    head = kept[: -2 if kept.endswith(b"/>") else -1]
    return head.rstrip() + b" " + name + b'="' + value + b'"' + kept[len(head) :]


def opened(tag: bytes, content: bytes) -> bytes:
    """An empty-element tag turned into an element with content.

    >>> opened(b'<x:row r="5"/>', b"<x:c/>")
    b'<x:row r="5"><x:c/></x:row>'
    """
    return tag[:-2].rstrip() + b">" + content + b"</" + qualified_name(tag) + b">"


def prefix_of(tag: bytes) -> bytes:
    """The prefix in a start tag with its colon, or nothing.

    >>> prefix_of(b'<x:row r="1">'), prefix_of(b"<row/>")
    (b'x:', b'')
    """
    return b"".join(qualified_name(tag).rpartition(b":")[:2])


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The data with each span replaced by its new bytes; insertions at one place keep their order.

    >>> spliced(b"abcdef", [(4, 4, b"+"), (1, 2, b"B")])
    b'aBcd+ef'
    """
    pieces: list[bytes] = []
    position = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if start < position:
            raise ValueError(f"two edits overlap at byte {start}")
        pieces += (data[position:start], new)
        position = end
    pieces.append(data[position:])
    return b"".join(pieces)


class Tree:
    """A small part to look around in; what is changed in it is spliced into its bytes."""

    def __init__(self, data: bytes, part: str) -> None:
        """Raises FileRefused 'not_xml' and 'xml_entities'."""
        self.data, self.part = as_utf8(data, part), part
        self.elements = elements(self.data, part)
        self._places = {element: place for place, element in enumerate(self.elements)}

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.elements[0]

    def named(self, name: str) -> list[Element]:
        """All elements of this name, 'namespace name'."""
        return [element for element in self.elements if element.name == name]

    def inside(self, element: Element) -> Iterator[Element]:
        """Everything in an element, in order."""
        for place in range(self._places[element] + 1, len(self.elements)):
            if self.elements[place].depth <= element.depth:
                return
            yield self.elements[place]

    def children(self, element: Element) -> Iterator[Element]:
        """What stands right inside an element, in order."""
        return (one for one in self.inside(element) if one.depth == element.depth + 1)

    def child(self, element: Element, *names: str) -> Element | None:
        """The first child of this name in the namespace of the element, then the first of that, and so on."""
        found: Element | None = element
        for name in names:
            if found is None:
                return None
            wanted = f"{found.name.rpartition(' ')[0]} {name}"
            found = next((one for one in self.children(found) if one.name == wanted), None)
        return found

    def tag(self, element: Element) -> bytes:
        """The start tag of an element."""
        return self.data[element.start : tag_end(self.data, element.start)]

    def retagged(self, element: Element, name: bytes, value: bytes | None) -> Splice:
        """The splice that sets one attribute of an element, or removes it."""
        tag = self.tag(element)
        return element.start, element.start + len(tag), with_attribute(tag, name, value)

    def appended(self, element: Element, content: bytes) -> Splice:
        """The splice that puts content at the end of an element."""
        tag = self.tag(element)
        if element.start + len(tag) == element.end:
            return element.start, element.end, opened(tag, content) if content else tag
        place = self.data.rindex(b"</", element.start, element.end)
        return place, place, content

    def written(self, element: Element, splices: Iterable[Splice] = ()) -> bytes:
        """An element as it stands in the part, after splices inside it."""
        begin = element.start
        moved = [(start - begin, end - begin, new) for start, end, new in splices]
        return spliced(self.data[begin : element.end], moved)

    def edited(self, splices: Iterable[Splice]) -> bytes:
        """The whole part after splices."""
        return spliced(self.data, splices)
