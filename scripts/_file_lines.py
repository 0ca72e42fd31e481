"""A file as lines that a person can read and compare: compare_checkouts.py shows differences in them.

Read with the standard library alone, so that no reader of the toolkit hides what the toolkit changes.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from zipfile import ZipFile, is_zipfile

Parts = dict[str, bytes]
"""What a file holds: the parts of a package by name, any other file as one part without a name."""

BOOK, POINTERS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"


def unpacked(data: bytes) -> Parts:
    """The parts of a file, in their order."""
    if not is_zipfile(io.BytesIO(data)):
        return {"": data}
    with ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def lines(parts: Parts) -> list[str]:
    """A text as its lines; a package as a line per part, and what is in the parts that are XML.

    Of a sheet every row and cell (value, type, formula, number format, the rest of its look), and what
    surrounds them (widths, validations, formats, protection); of other parts every element.
    """
    if "" in parts:
        return parts[""].decode(errors="backslashreplace").splitlines()
    found = [f"{name}: {_short(part)}" for name, part in parts.items()]
    trees = {
        name: ElementTree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))
    }
    strings = ["".join(item.itertext()) for item in trees.pop(STRINGS, ())]
    looks = list(_looks(trees[STYLES])) if STYLES in trees else []
    sheets = _sheets(trees) if BOOK in trees else {}
    for name, tree in trees.items():
        found.append(f"--- {sheets.get(name, name)}")
        found += _sheet(sheets[name], tree, strings, looks) if name in sheets else _tree(tree)
    return found


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _tree(element: ElementTree.Element, depth: int = 0) -> Iterator[str]:
    """A line per element."""
    attributes = "".join(f" {_local(key)}={value!r}" for key, value in element.items())
    text = f": {element.text!r}" if (element.text or "").strip() else ""
    yield f"{'  ' * depth}{_local(element.tag)}{attributes}{text}"
    for child in element:
        yield from _tree(child, depth + 1)


def _sheets(trees: dict[str, ElementTree.Element]) -> dict[str, str]:
    """The part of each sheet, and the name on its tab."""
    targets = {pointer.get("Id"): pointer.get("Target") for pointer in trees[POINTERS]}
    found = {}
    for sheet in trees[BOOK].iterfind("{*}sheets/{*}sheet"):
        pointer = next(value for key, value in sheet.items() if key.endswith("}id"))
        found[posixpath.join("/xl", targets[pointer]).lstrip("/")] = sheet.get("name")
    return found


def _sheet(
    name: str, tree: ElementTree.Element, strings: Sequence[str], looks: Sequence[str]
) -> Iterator[str]:
    """What surrounds the cells as elements, and each row and cell with its place."""
    for child in tree:
        if _local(child.tag) != "sheetData":
            yield from _tree(child)
            continue
        for row in child:
            yield f"{name}!{row.get('r')}: {dict(row.items())}"
            for cell in row:
                yield f"{name}!{cell.get('r')}: {_cell(cell, strings)} | {_look(cell, looks)}"


def _cell(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    """Value, type and formula."""
    found = {_local(part.tag): part for part in cell}
    value = "".join(part for key in ("is", "v") if key in found for part in found[key].itertext())
    if cell.get("t") == "s":
        value = strings[int(value)]
    formula = f" ={found['f'].text or ''} {found['f'].attrib or ''}".rstrip() if "f" in found else ""
    return f"{value!r} {cell.get('t', '')}{formula}"


def _look(cell: ElementTree.Element, looks: Sequence[str]) -> str:
    return looks[int(cell.get("s", 0))] if looks else ""


def _looks(styles: ElementTree.Element) -> Iterator[str]:
    """The number format of each kind of cell, and the rest of its look as a checksum."""
    codes = {one.get("numFmtId"): one.get("formatCode") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    groups = {kind: list(styles.iterfind(f"{{*}}{kind}s/{{*}}{kind}")) for kind in ("font", "fill", "border")}
    for one in styles.iterfind("{*}cellXfs/{*}xf"):
        used = [found[int(one.get(f"{kind}Id", 0))] for kind, found in groups.items()]
        rest = [line for element in (*used, *one) for line in _tree(element)]
        number = one.get("numFmtId", "0")
        yield f"{codes.get(number, number)} {_short(repr(rest).encode())}"
