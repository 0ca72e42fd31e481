"""What differs between two files, in lines that a person can read: the eye of compare_checkouts.py.

Read with the standard library alone, so that no reader of the toolkit hides what the toolkit changes.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from xml.etree import ElementTree
from zipfile import ZipFile, is_zipfile

Parts = dict[str, bytes]
"""What a file holds: the parts of a package by name, any other file as one part without a name."""

BOOK, POINTERS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MOST_LINES = 30
"""How much of a difference is shown."""

SENTENCES = {
    "only": "is er alleen {where}",
    "line": "regel {number}:",
    "more": "... en nog {count} regels",
    "largest": "grootste verschil in getallen: {apart:.3g} bij {path}: {other!r} wordt {here!r}",
}


def unpacked(data: bytes) -> Parts:
    """The parts of a file, in their order."""
    if not is_zipfile(io.BytesIO(data)):
        return {"": data}
    with ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def answer(code: int, out: str, err: str) -> str:
    """What a command said, as one text; `numbers` finds the JSON in it."""
    return f"{err}\nexitcode {code}\n{out}"


def lines(parts: Parts) -> list[str]:
    """A text as its lines; a package as a line per part, and what is in the parts that are XML.

    Of a sheet every row and cell (value, type, formula, number format, the rest of its look), and what
    surrounds them (widths, validations, formats, protection); of other parts every element.
    """
    if "" in parts:
        return parts[""].decode(errors="backslashreplace").split("\n")
    found = [f"{name}: {_short(part)}" for name, part in parts.items()]
    trees = dict(_trees(parts))
    strings = ["".join(item.itertext()) for item in trees.pop(STRINGS, ())]
    looks = list(_looks(trees[STYLES])) if STYLES in trees else []
    sheets = _sheets(trees) if BOOK in trees else {}
    for name, tree in trees.items():
        found.append(f"--- {sheets.get(name, name)}")
        found += _sheet(sheets[name], tree, strings, looks) if name in sheets else _tree(tree)
    return found


def _trees(parts: Parts) -> Iterator[tuple[str, ElementTree.Element]]:
    """The parts that are XML; what is not even well-formed has its checksum to tell it apart."""
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            with suppress(ElementTree.ParseError):
                yield name, ElementTree.fromstring(part)


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


# --- what differs


def difference(other: Parts | None, here: Parts | None) -> list[str]:
    """What differs between two files, the first lines of it; nothing where they are equal to the byte."""
    if other is None or here is None:
        return [SENTENCES["only"].format(where="hier" if other is None else "ander")]
    if list(other.items()) == list(here.items()):
        return []
    before, after = lines(other), lines(here)
    told = list(changes(before, after))
    if (rest := len(told) - MOST_LINES) > 0:
        told[MOST_LINES:] = [SENTENCES["more"].format(count=rest)]
    return [*told, *largest(numbers(before), numbers(after))]


def changes(other: Sequence[str], here: Sequence[str]) -> Iterator[str]:
    """Where lines differ, each with its counterpart below it: - for there, + for here."""
    for kind, start, end, *place in difflib.SequenceMatcher(None, other, here).get_opcodes():
        if kind != "equal":
            yield SENTENCES["line"].format(number=start + 1)
            for before, after in zip_longest(other[start:end], here[slice(*place)]):
                if before is not None:
                    yield f"- {before}"
                if after is not None:
                    yield f"+ {after}"


def numbers(text: Sequence[str]) -> dict[str, float]:
    """The numbers by their path in JSON, alone or as the answer of a command; none in anything else."""
    start = next((n for n, line in enumerate(text, start=1) if line.startswith("exitcode ")), 0)
    try:
        return dict(_numbers(json.loads("\n".join(text[start:])), "$"))
    except ValueError:
        return {}


def _numbers(value: object, path: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers(item, f"{path}.{key}")
    elif isinstance(value, int | float):
        yield path, value


def largest(other: Mapping[str, float], here: Mapping[str, float]) -> list[str]:
    """A sentence about the number that differs most; none where no number differs."""
    apart = {path: abs(other[path] - here[path]) for path in other if path in here}
    path = max(apart, key=apart.__getitem__, default=None)
    if path is None or not apart[path]:
        return []
    facts = {"apart": apart[path], "path": path, "other": other[path], "here": here[path]}
    return [SENTENCES["largest"].format(**facts)]
