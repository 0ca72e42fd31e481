"""The last touch on a built workbook: the same parts every time, and what openpyxl cannot say of charts."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import quoteattr

_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_FRAME = re.compile(rb'<(?:\w+:)?cNvPr id="\d+" name="Chart[^"]*" ?/>')
_FORMAT = re.compile(rb'(<(?:\w+:)?numFmt formatCode="[^"]*")( ?/>)')
"""A format that openpyxl cannot say is the chart's own; without that, some take the one of the cells."""
FIXED_MOMENT = b"2026-01-01T00:00:00Z"
FIXED_DATE = (2026, 1, 1, 0, 0, 0)


def stable(data: bytes, descriptions: list[list[str]] | None = None) -> bytes:
    """Give a workbook fixed dates, and its charts the alt text openpyxl cannot write.

    descriptions: per drawing, in order of the sheets, the alt text of each chart; None where
    the charts have it already.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>" + FIXED_MOMENT + rb"\3", part)
            elif descriptions and (match := _DRAWING.fullmatch(name)):
                part = _described(part, descriptions[int(match[1]) - 1])
            elif name.startswith("xl/charts/"):
                part = _FORMAT.sub(rb'\1 sourceLinked="0"\2', part)
            target.writestr(zipfile.ZipInfo(name, FIXED_DATE), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _described(part: bytes, texts: list[str]) -> bytes:
    remaining = iter(texts)

    def describe(match: re.Match[bytes]) -> bytes:
        text = quoteattr(next(remaining)).encode()
        return match[0].rstrip(b"/> ").rstrip() + b" descr=" + text + b"/>"

    return _FRAME.sub(describe, part)
