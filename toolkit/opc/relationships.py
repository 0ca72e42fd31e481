"""How the parts of a package point at each other, and what it says each of them is."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from html import escape
from itertools import count

from toolkit.opc import markup
from toolkit.opc.archive import Archive

CONTENT_TYPES = "[Content_Types].xml"


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


def related(archive: Archive, owner: str = "") -> list[Relationship]:
    """The same, of a part in an archive; none where it has no relationships."""
    part = relationships_part(owner)
    return relationships(archive.read(part), owner) if part in archive else []


def main_part(archive: Archive) -> str:
    """The part that the package is about: the workbook or the document; '' without one."""
    return next((one.target for one in related(archive) if one.kind == "officeDocument"), "")


def part_name(target: str, folder: str) -> str:
    """The part a target points at, seen from a folder.

    >>> part_name("../media/a.png", "xl/drawings"), part_name("/xl/workbook.xml", "")
    ('xl/media/a.png', 'xl/workbook.xml')
    """
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def with_relationship(data: bytes, owner: str, stem: str, kind: str, target: str) -> tuple[bytes, str]:
    """The relationships part with a pointer to one more part, and the id of that pointer.

    stem: what its id starts with; a number follows.  kind: the whole type.
    """
    tree = markup.Tree(data, relationships_part(owner))
    taken = {one.attributes.get("Id") for one in tree.elements}
    free = next(new for number in count(1) if (new := f"{stem}{number}") not in taken)
    return _with_child(tree, "Relationship", Id=free, Type=kind, Target=f"/{target}"), free


def with_content_type(data: bytes, target: str, content_type: str) -> bytes:
    """[Content_Types].xml with an entry for one more part."""
    tree = markup.Tree(data, CONTENT_TYPES)
    return _with_child(tree, "Override", PartName=f"/{target}", ContentType=content_type)


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


def without_content_type(data: bytes, target: str) -> bytes:
    """[Content_Types].xml without the entry of the target."""
    data = markup.as_utf8(data, CONTENT_TYPES)
    overrides = markup.elements(data, CONTENT_TYPES, lambda name: markup.local_name(name) == "Override")
    gone = [
        (element.start, element.end, b"")
        for element in overrides
        if part_name(element.attributes.get("PartName", ""), "").lower() == target.lower()
    ]
    return markup.spliced(data, gone)


def _with_child(tree: markup.Tree, local: str, **attributes: str) -> bytes:
    """The part with one more child of its root, under the prefix of that."""
    name = markup.prefix_of(tree.tag(tree.root)) + local.encode()
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return tree.edited([tree.appended(tree.root, b"<" + name + said.encode() + b"/>")])


def _relationship_elements(data: bytes, part: str) -> list[tuple[tuple[int, int], dict[str, str]]]:
    found = markup.elements(data, part, lambda name: markup.local_name(name) == "Relationship")
    return [
        ((element.start, element.end), element.attributes)
        for element in found
        if element.attributes.get("TargetMode") != "External"
    ]
