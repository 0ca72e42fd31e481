"""The Excel table around rows of a sheet: where it ends, so that its filter knows no spare rows."""

from __future__ import annotations

from toolkit.opc import markup
from toolkit.opc.references import column_letters
from toolkit.workbook.sheetfile.cells import split_range
from toolkit.workbook.sheetfile.scan import MAIN_NAMESPACES

_AREAS = ("table", "autoFilter", "sortState", "sortCondition")
"""What a table part says an area of."""
_WANTED = {f"{namespace} {local}" for namespace in MAIN_NAMESPACES for local in _AREAS}


def name_of(data: bytes, part: str) -> str:
    """The name by which formulas know the table of a part."""
    root = markup.elements(markup.as_utf8(data, part), part, _WANTED.__contains__)[:1]
    return root[0].attributes.get("displayName", "") if root else ""


def ending_at(data: bytes, part: str, last: int) -> bytes:
    """The part of a table that ends at a row; one with a row of totals, or that starts below, stays as is."""
    data = markup.as_utf8(data, part)
    found = markup.elements(data, part, _WANTED.__contains__)
    if not found or "totalsRowCount" in found[0].attributes:
        return data
    top, _, bottom, _ = split_range(found[0].attributes["ref"])
    if last <= top or last == bottom:
        return data
    splices = []
    for element in found:
        first, left, end, right = split_range(element.attributes["ref"])
        ends = last if end == bottom else min(end, last)
        area = f"{column_letters(left)}{first}:{column_letters(right)}{max(first, ends)}".encode()
        stop = markup.tag_end(data, element.start)
        tag = markup.with_attribute(data[element.start : stop], b"ref", area)
        splices.append((element.start, stop, tag))
    return markup.spliced(data, splices)
