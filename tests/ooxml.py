"""Spreadsheet packages for tests: built by hand, taken apart, and checked for what Excel would repair."""

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
POINTERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_POINTERS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_BOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

SHEET_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
)
BOOK_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes "
    "webPublishing fileRecoveryPr webPublishObjects extLst"
)


def sheet_xml(data: str, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A worksheet part around the content of sheetData."""
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def workbook_parts(sheets: Mapping[str, str | bytes], settings: str = "") -> dict[str, str | bytes]:
    """The parts of the smallest workbook with these sheets; settings stand before sheets in workbook.xml."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1)
    )
    pointers = "".join(
        f'<Relationship Id="rId{n}" Type="{POINTERS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{BOOK_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{POINTERS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{POINTERS}">{settings}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{pointers}</Relationships>",
    }
    for n, name in enumerate(names, start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheets[name]
    return parts


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def streamed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip whose sizes stand after the data (flag bit 3), as programs that stream write it."""

    class OneWay(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("seek")

    buffer = OneWay()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def raw_members(data: bytes) -> list[tuple[str, int, bytes]]:
    """Name, checksum and compressed bytes of every member, in the order of the file."""
    members = []
    for info in zipfile.ZipFile(io.BytesIO(data)).infolist():
        name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + 26)
        start = info.header_offset + 30 + name_length + extra_length
        members.append((info.filename, info.CRC, data[start : start + info.compress_size]))
    return members


def part_of(data: bytes, name: str) -> str:
    """One part as text."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def faults(data: bytes) -> set[str]:
    """What is wrong with a package; empty where a strict program would open it without a word."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    found = {"two members with one name"} if len(set(archive.namelist())) < len(archive.namelist()) else set()
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                trees[name] = _Part(content)
            except expat.ExpatError as error:
                found.add(f"{name}: {error}")
    found |= _content_type_faults(set(parts), trees)
    pointers = {name: tree for name, tree in trees.items() if name.endswith(".rels")}
    ids: dict[str, set[str]] = {}
    for name, tree in pointers.items():
        owner = posixpath.join(
            posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name).removesuffix(".rels")
        )
        ids[owner] = {attributes["Id"] for _, _, attributes in tree.named("Relationship")}
        found |= _pointer_faults(name, owner, tree, set(parts))
    for name, tree in trees.items():
        found |= {f"{name}: {fault}" for fault in tree.prefix_faults}
        for _, _, attributes in tree.elements:
            for key, value in attributes.items():
                space, _, local = key.rpartition(" ")
                is_pointer = space in (POINTERS, STRICT_POINTERS) and local in ("id", "embed", "link", "pict")
                if is_pointer and value and value not in ids.get(name, set()):
                    found.add(f"{name}: {local} {value} points nowhere")
        if tree.root == "worksheet":
            found |= {
                f"{name}: {fault}" for fault in [*_order_faults(tree, SHEET_ORDER), *_cell_faults(tree)]
            }
        elif tree.root == "workbook":
            found |= {f"{name}: {fault}" for fault in _order_faults(tree, BOOK_ORDER)}
    return found | _chain_faults(trees) | _table_faults(trees)


class _Part:
    """The elements of a part as (depth, 'namespace name', attributes), and its undeclared prefixes."""

    def __init__(self, content: bytes):
        self.elements: list[tuple[int, str, dict[str, str]]] = []
        self.prefix_faults: set[str] = set()
        declared: list[str | None] = []
        depth = 0
        parser = expat.ParserCreate(namespace_separator=" ")

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            self.elements.append((depth, name, attributes))
            depth += 1
            needed = attributes.get(f"{COMPATIBILITY} Ignorable", "")
            needed += " " + (attributes.get("Requires", "") if name == f"{COMPATIBILITY} Choice" else "")
            self.prefix_faults.update(
                f"undeclared prefix {prefix}" for prefix in needed.split() if prefix not in declared
            )

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartNamespaceDeclHandler = lambda prefix, uri: declared.append(prefix)
        parser.EndNamespaceDeclHandler = lambda prefix: declared.pop()
        parser.Parse(content, True)

    @property
    def root(self) -> str:
        return _local(self.elements[0][1])

    def named(self, *locals_: str) -> list[tuple[int, str, dict[str, str]]]:
        return [element for element in self.elements if _local(element[1]) in locals_]


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _content_type_faults(parts: set[str], trees: Mapping[str, _Part]) -> set[str]:
    types = trees["[Content_Types].xml"]
    extensions = {attributes["Extension"].lower() for _, _, attributes in types.named("Default")}
    overrides = {attributes["PartName"].lstrip("/") for _, _, attributes in types.named("Override")}
    found = {f"content type for {name}, which is not there" for name in overrides - parts}
    for name in parts - overrides - {"[Content_Types].xml"}:
        if name.rpartition(".")[2].lower() not in extensions:
            found.add(f"{name}: no content type")
    return found


def _pointer_faults(name: str, owner: str, tree: _Part, parts: set[str]) -> set[str]:
    found = set() if owner in parts or not posixpath.basename(owner) else {f"{name}: owner is not there"}
    pointers = [attributes for _, _, attributes in tree.named("Relationship")]
    if len({attributes["Id"] for attributes in pointers}) < len(pointers):
        found.add(f"{name}: one id twice")
    for attributes in pointers:
        target = attributes["Target"]
        if attributes.get("TargetMode") != "External" and not target.startswith("#"):
            joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target)).lstrip("/")
            if joined not in parts:
                found.add(f"{name}: {target} is not there")
    return found


def _order_faults(tree: _Part, order: str) -> list[str]:
    """Children of the root that come later than the schema says."""
    ranked = order.split()
    known = [_local(name) for depth, name, _ in tree.elements if depth == 1 and _local(name) in ranked]
    ranks = [ranked.index(name) for name in known]
    return [f"{name} too late" for name, a, b in zip(known[1:], ranks, ranks[1:], strict=False) if b < a]


def _cell_faults(tree: _Part) -> list[str]:
    """Rows and cells out of order, and cells outside the dimension."""
    found = []
    row = column = 0
    area = None
    for depth, name, attributes in tree.elements:
        local = _local(name)
        if local == "dimension" and depth == 1:
            first, _, last = attributes["ref"].partition(":")
            area = (*_place(first), *_place(last or first))
        elif local == "row" and depth == 2 and "r" in attributes:
            if int(attributes["r"]) <= row:
                found.append(f"row {attributes['r']} out of order")
            row, column = int(attributes["r"]), 0
        elif local == "c" and depth == 3 and "r" in attributes:
            at, place = attributes["r"], _place(attributes["r"])
            if place[0] != row or place[1] <= column:
                found.append(f"cell {at} out of order")
            column = place[1]
            if area and not (area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]):
                found.append(f"cell {at} outside the dimension")
    return found


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def _chain_faults(trees: Mapping[str, _Part]) -> set[str]:
    """Every entry of the calculation chain names a cell with a formula."""
    chain, book = trees.get("xl/calcChain.xml"), trees.get("xl/workbook.xml")
    pointers = trees.get("xl/_rels/workbook.xml.rels")
    if chain is None or book is None or pointers is None:
        return set()
    targets = {a["Id"]: posixpath.join("xl", a["Target"]) for _, _, a in pointers.named("Relationship")}
    sheet_of = {}
    for _, _, attributes in book.named("sheet"):
        pointer = next((value for key, value in attributes.items() if _local(key) == "id"), "")
        sheet_of[attributes["sheetId"]] = targets.get(pointer, "")
    found, sheet = set(), ""
    formulas: dict[str, set[str]] = {}
    for _, _, attributes in chain.named("c"):
        sheet = attributes.get("i", sheet)
        part = sheet_of.get(sheet, "")
        if part in trees and part not in formulas:
            formulas[part] = _formula_cells(trees[part])
        if attributes["r"] not in formulas.get(part, set()):
            found.add(f"calculation chain names {attributes['r']} of {part}, which has no formula")
    return found


def _table_faults(trees: Mapping[str, _Part]) -> set[str]:
    """Two tables, or two columns of one, with the same name: no schema forbids it, but Excel repairs them."""
    tables = {name: tree for name, tree in trees.items() if tree.root == "table"}
    names = [tree.elements[0][2]["displayName"].lower() for tree in tables.values()]
    found = {f"two tables have the name {name}" for name in names if names.count(name) > 1}
    for part, tree in tables.items():
        columns = [attributes["name"].lower() for _, _, attributes in tree.named("tableColumn")]
        found |= {f"{part}: two columns have the name {name}" for name in columns if columns.count(name) > 1}
    return found


def _formula_cells(tree: _Part) -> set[str]:
    cell, found = "", set()
    for _, name, attributes in tree.elements:
        if _local(name) == "c":
            cell = attributes.get("r", "")
        elif _local(name) == "f":
            found.add(cell)
    return found


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part changed."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return zipped(
        {
            info: change(archive.read(info)) if info == name else archive.read(info)
            for info in archive.namelist()
        }
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every member of a package with what is in it."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def around(sheet: bytes) -> bytes:
    """A sheet part without its cells and without the area that it says they cover."""
    own = rb"<((?:\w+:)?)sheetData\b.*</\1sheetData\s*>|<(?:\w+:)?(?:sheetData|dimension)\b[^>]*>"
    return re.sub(own, b"", sheet, flags=re.DOTALL)


def retitled(before: bytes, after: bytes) -> set[str]:
    """The charts and tables in which only the kept text of a title, or the name of a column, differs."""
    then, now = (
        {p: x for p, x in parts_of(data).items() if "/charts/" in p or "/tables/" in p}
        for data in (before, after)
    )
    return {
        p for p in then.keys() & now.keys() if then[p] != now[p] and _unnamed(then[p]) == _unnamed(now[p])
    }


def _unnamed(part: bytes) -> bytes:
    part = re.sub(rb"(<(?:c:)?title>.*?<(?:c:)?v>)[^<]*", rb"\1", part, count=1, flags=re.DOTALL)
    return re.sub(rb'(<tableColumn [^>]*name=")[^"]*" ?', rb"\1", part)
