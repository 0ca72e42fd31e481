"""Titles of charts that show the text of a cell: the text that is kept beside the reference to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from toolkit.opc import markup
from toolkit.opc.markup import Splice
from toolkit.opc.trouble import FileRefused

CHART_PART = re.compile(r"(.*/)?charts/chart[^/]*\.xml")
_NAMESPACES = (
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
)
_WANTED = frozenset(f"{namespace} {local}" for namespace in _NAMESPACES for local in ("title", "f", "v"))


def retitled(data: bytes, part: str, shown: Mapping[tuple[str, str], str]) -> bytes:
    """A chart part whose titles say what now stands in the cells they refer to.

    A program that does not compute shows the kept text, so it must be that of today. A chart that cannot be
    read is left as it is.
    shown: sheet and cell -> its text as it stands between tags.
    """
    try:
        read = markup.as_utf8(data, part)
        splices = list(_splices(read, part, shown))
    except FileRefused:
        return data
    return markup.spliced(read, splices) if splices else data


def _splices(data: bytes, part: str, shown: Mapping[tuple[str, str], str]) -> Iterator[Splice]:
    found = markup.elements(data, part, _WANTED.__contains__)
    for title in (element for element in found if element.local == "title"):
        inside = [e for e in found if title.start < e.start and e.end <= title.end]
        references = [_cell(_text(data, e.start, e.end)) for e in inside if e.local == "f"]
        kept = [e for e in inside if e.local == "v"]
        if len(references) == len(kept) == 1 and references[0] in shown:
            (value,) = kept
            stop = markup.tag_end(data, value.start)
            end = data.rfind(b"</", value.start, value.end)
            if end >= stop:
                yield stop, end, shown[references[0]].encode()


def _text(data: bytes, start: int, end: int) -> str:
    return unescape(data[markup.tag_end(data, start) : data.rfind(b"</", start, end)].decode())


def _cell(reference: str) -> tuple[str, str]:
    """Sheet and cell of a reference.

    >>> _cell("'Dit doen wij'!$C$30"), _cell("Tabellen!$C$30")
    (('Dit doen wij', 'C30'), ('Tabellen', 'C30'))
    """
    sheet, _, cell = reference.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, cell.replace("$", "")
