"""What a PDF tells a program that reads aloud: its properties, its tags in order, and its fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

HEADING, TABLE, HEADER_CELL, CELL, FIGURE, LIST_ITEM = "H", "Table", "TH", "TD", "Figure", "LI"


@dataclass(frozen=True)
class Tag:
    """An element of the structure; name: as the standard knows it, a style of Word is looked up."""

    name: str
    element: DictionaryObject

    @property
    def alt(self) -> str:
        """What it says in words."""
        return str(self.element.get("/Alt", ""))

    @property
    def scope(self) -> str:
        """What a header cell is the header of."""
        given = self.element.get("/A", [])
        for attributes in given if isinstance(given, list) else [given]:
            if scope := attributes.get_object().get("/Scope"):
                return scope.lstrip("/")
        return ""


class Pdf:
    """A PDF as it is read aloud."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data))
        self.root = self.reader.trailer["/Root"]

    @property
    def pages(self) -> list[str]:
        """The text of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @property
    def properties(self) -> str:
        """The properties as XML."""
        return self.root["/Metadata"].get_data().decode()

    def tags(self, *names: str) -> list[Tag]:
        """The tags with one of these names, in the order of reading."""
        tree = self.root["/StructTreeRoot"]
        roles = {str(style): str(role) for style, role in tree.get("/RoleMap", {}).items()}
        return [tag for tag in _walk(tree, roles) if tag.name in names]

    def fonts(self) -> dict[str, bool]:
        """Each font that a page uses, and whether it is embedded."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                font = font.get_object()
                descendants = font.get("/DescendantFonts")
                described = descendants[0].get_object() if descendants else font
                descriptor = described.get("/FontDescriptor", {})
                found[str(font["/BaseFont"])] = any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
        return found

    def untagged(self) -> list[int]:
        """The numbers of the pages that no tag can point into."""
        return [n for n, page in enumerate(self.reader.pages, 1) if "/StructParents" not in page]


def _walk(element: DictionaryObject, roles: dict[str, str]) -> Iterator[Tag]:
    if "/S" in element:
        style = str(element["/S"])
        yield Tag(roles.get(style, style).lstrip("/"), element)
    below = element.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        child = child.get_object()
        if isinstance(child, DictionaryObject) and child.get("/Type") != "/MCR":
            yield from _walk(child, roles)
