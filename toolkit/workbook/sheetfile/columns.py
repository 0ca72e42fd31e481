"""Hidden columns of a sheet part, and the names of the columns of a table part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from toolkit.opc import markup
from toolkit.opc.markup import Element, Splice
from toolkit.workbook.sheetfile.cells import split_range
from toolkit.workbook.sheetfile.scan import MAIN_NAMESPACES


def _named(*names: str) -> frozenset[str]:
    return frozenset(f"{namespace} {name}" for namespace in MAIN_NAMESPACES for name in names)


def with_columns(data: bytes, part: str, hidden: Mapping[int, bool]) -> bytes:
    """The sheet part in which these columns are hidden or shown.

    Columns the part says nothing of are shown, and stay so.
    """
    if not hidden:
        return data
    data = markup.as_utf8(data, part)
    columns = markup.elements(data, part, _named("col").__contains__)
    return markup.spliced(data, [splice for column in columns for splice in _resplit(data, column, hidden)])


def _resplit(data: bytes, column: Element, hidden: Mapping[int, bool]) -> Iterator[Splice]:
    """One col element, in as many as its columns now need."""
    first, last = int(column.attributes["min"]), int(column.attributes["max"])
    tag = data[column.start : column.end]
    before = column.attributes.get("hidden") in ("1", "true")
    wanted = [hidden.get(number, before) for number in range(first, min(last, max(hidden)) + 1)]
    if all(is_hidden == before for is_hidden in wanted):
        return
    runs: list[tuple[int, int, bool]] = []
    for number, is_hidden in enumerate(wanted, start=first):
        if runs and runs[-1][2] == is_hidden:
            runs[-1] = (runs[-1][0], number, is_hidden)
        else:
            runs.append((number, number, is_hidden))
    if (rest := first + len(wanted)) <= last:
        runs.append((rest, last, before))
    yield column.start, column.end, b"".join(_column(tag, *run) for run in runs)


def _column(tag: bytes, first: int, last: int, is_hidden: bool) -> bytes:
    tag = markup.with_attribute(tag, b"min", str(first).encode())
    tag = markup.with_attribute(tag, b"max", str(last).encode())
    return markup.with_attribute(tag, b"hidden", b"1" if is_hidden else None)


def renamed(data: bytes, part: str, headings: Mapping[tuple[int, int], str]) -> bytes:
    """The table part whose columns have the names that now stand in its header.

    A table with another name than its header is one that Excel repairs.
    headings: row and column of a header cell -> its text.
    """
    read = markup.as_utf8(data, part)
    found = markup.elements(read, part, _named("table", "tableColumn").__contains__)
    tables = [element for element in found if element.local == "table"]
    if not tables:
        return data
    top, left, _, _ = split_range(tables[0].attributes["ref"])
    splices: list[Splice] = []
    columns = (element for element in found if element.local == "tableColumn")
    for number, column in enumerate(columns, start=left):
        text = headings.get((top, number))
        if text is not None and text != column.attributes.get("name"):
            stop = markup.tag_end(read, column.start)
            tag = markup.with_attribute(read[column.start : stop], b"name", escape(text).encode())
            splices.append((column.start, stop, tag))
    return markup.spliced(read, splices) if splices else data
