"""The bookkeeping parts: workbook.xml, relationships and content types."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from toolkit.opc import markup
from toolkit.opc.trouble import WorkbookRefused
from toolkit.workbook.sheetfile.scan import MAIN_NAMESPACES

_ID_ATTRIBUTES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
# the children of workbook that stand before calcPr
_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another; kind is the last word of its type."""

    id: str
    kind: str
    target: str


def relationships_part(part: str) -> str:
    """The part that holds the relationships of a part; '' stands for the package itself.

    >>> relationships_part("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    >>> relationships_part("")
    '_rels/.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def relationships(data: bytes, owner: str) -> list[Relationship]:
    """The internal relationships of the owner, with targets as part names."""
    part = relationships_part(owner)
    return [
        Relationship(
            attributes.get("Id", ""),
            attributes.get("Type", "").rpartition("/")[2],
            part_name(attributes.get("Target", ""), posixpath.dirname(owner)),
        )
        for _, attributes in _relationship_elements(markup.as_utf8(data, part), part)
    ]


def part_name(target: str, folder: str) -> str:
    """The part a target points at, seen from a folder.

    >>> part_name("../media/a.png", "xl/drawings"), part_name("/xl/workbook.xml", "")
    ('xl/media/a.png', 'xl/workbook.xml')
    """
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def sheets_and_calendar(data: bytes, part: str) -> tuple[list[tuple[str, str]], bool]:
    """Sheet names with their relationship ids, in the order of the tabs; and: is it the 1904 calendar?"""
    wanted = {f"{namespace} {local}" for namespace in MAIN_NAMESPACES for local in ("sheet", "workbookPr")}
    sheets, date1904 = [], False
    for element in markup.elements(markup.as_utf8(data, part), part, wanted.__contains__):
        if element.local == "sheet":
            key = next((key for key in _ID_ATTRIBUTES if key in element.attributes), None)
            if key and "name" in element.attributes:
                sheets.append((element.attributes["name"], element.attributes[key]))
        else:
            date1904 = element.attributes.get("date1904") in ("1", "true")
    return sheets, date1904


def with_full_calculation(data: bytes, part: str) -> bytes:
    """workbook.xml that makes the program compute every formula when it opens the file."""
    data = markup.as_utf8(data, part)
    wanted = {
        f"{namespace} {local}" for namespace in MAIN_NAMESPACES for local in ("calcPr", *_BEFORE_CALCULATION)
    }
    found = [element for element in markup.elements(data, part, wanted.__contains__) if element.depth == 1]
    for element in found:
        if element.local == "calcPr":
            if element.attributes.get("fullCalcOnLoad") in ("1", "true"):
                return data
            stop = markup.tag_end(data, element.start)
            tag = markup.with_attribute(data[element.start : stop], b"fullCalcOnLoad", b"1")
            return markup.spliced(data, [(element.start, stop, tag)])
    if not found:
        raise WorkbookRefused("no_sheets", {"part": part})
    after = found[-1]
    name = markup.qualified_name(data[after.start : after.end]).replace(after.local.encode(), b"calcPr")
    return markup.spliced(data, [(after.end, after.end, b"<" + name + b' fullCalcOnLoad="1"/>')])


def without_relationship(data: bytes, owner: str, target: str) -> bytes:
    """The relationships part without those that point at the target."""
    part, folder = relationships_part(owner), posixpath.dirname(owner)
    data = markup.as_utf8(data, part)
    gone = [
        span
        for span, attributes in _relationship_elements(data, part)
        if part_name(attributes.get("Target", ""), folder).lower() == target.lower()
    ]
    return markup.spliced(data, [(start, end, b"") for start, end in gone])


def without_content_type(data: bytes, part: str, target: str) -> bytes:
    """[Content_Types].xml without the entry of the target."""
    data = markup.as_utf8(data, part)
    overrides = markup.elements(data, part, lambda name: markup.local_name(name) == "Override")
    gone = [
        (element.start, element.end, b"")
        for element in overrides
        if part_name(element.attributes.get("PartName", ""), "").lower() == target.lower()
    ]
    return markup.spliced(data, gone)


def _relationship_elements(data: bytes, part: str) -> list[tuple[tuple[int, int], dict[str, str]]]:
    found = markup.elements(data, part, lambda name: markup.local_name(name) == "Relationship")
    return [
        ((element.start, element.end), element.attributes)
        for element in found
        if element.attributes.get("TargetMode") != "External"
    ]
