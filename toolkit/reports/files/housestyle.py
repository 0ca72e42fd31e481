"""The house style of a municipality: a .docx of its own, of which only the body is replaced.

Header, footer, margins, logo and styles stay. A style or list that the document does not have is taken
from our own house style. Styles are found by name, as a Dutch Word numbers its ids differently ('Kop1').
"""

from __future__ import annotations

import posixpath
from contextlib import AbstractContextManager
from functools import cache
from importlib import resources
from itertools import count
from pathlib import Path

from toolkit.model.refused import Refused
from toolkit.opc import markup
from toolkit.opc.archive import Archive, Limits, opened_file, packed
from toolkit.opc.markup import Element, Splice, Tree
from toolkit.opc.relationships import (
    CONTENT_TYPES,
    relationships,
    relationships_part,
    with_content_type,
    with_relationship,
)
from toolkit.opc.trouble import retold
from toolkit.reports.files.wordchart import CONTENT_TYPE, RELATION

_MAX_BYTES = 50_000_000
_A4_TEXT, _LEAST_TEXT = 9000, 4000  # twentieths of a point between the margins
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DOCUMENT, _TEMPLATE = f"{_TYPE}document.main+xml", f"{_TYPE}template.main+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_SAID = {
    **dict.fromkeys(("too_large", "too_many_parts", "bomb"), "house_style_too_large"),
    **dict.fromkeys(("not_xml", "xml_entities"), "house_style_not_word"),
}
"""What the ground says of a file -> what is said of a house style; of all else that it is unreadable."""


class HouseStyleError(Refused):
    """A file that cannot serve as a house style."""


class HouseStyle:
    """One copy of a house style, in which one letter is written."""

    def __init__(self, data: bytes) -> None:
        """Reads the bytes of a .docx or .dotx; raises HouseStyleError."""
        with _refusing():
            archive = Archive(data, Limits(part=_MAX_BYTES, total=_MAX_BYTES))
            self._parts = {name: archive.read(name) for name in archive.names if not name.endswith("/")}
            self._accept_kind()
            self._main = self._related("", "officeDocument")
            self._open_body()
            self._styles = self._tree(self._related(self._main, "styles"))
            self._open_numbering()
        found = self._styles.named(f"{_MAIN} style")
        self._style_elements = {self._value(self._styles, one, "name").lower(): one for one in found}
        self._style_ids = {name: one.own("styleId") for name, one in self._style_elements.items()}
        self._new_styles: list[bytes] = []

    @classmethod
    def open(cls, path: Path | None) -> HouseStyle:
        """The house style at the path, or ours where none is given; raises HouseStyleError."""
        if path is None:
            return cls(_own_bytes())
        with _refusing(), opened_file(path, _MAX_BYTES) as file:
            return cls(file.read())

    def style(self, name: str) -> str:
        """The id of the style with this name; a style that is missing is added from our own house style."""
        key = name.lower()
        if key not in self._style_ids:
            own = _own()
            style_id = own._style_ids[key]
            while style_id in self._style_ids.values():
                style_id += "x"
            self._style_ids[key] = style_id
            self._new_styles.append(_in(self._styles, self._adopted(own, key)))
        return self._style_ids[key]

    def _adopted(self, own: HouseStyle, key: str) -> bytes:
        """A style of our own as it stands here: under its new id, no default, on styles that are here."""
        tree, style = own._styles, own._style_elements[key]
        tag = markup.with_attribute(tree.tag(style), b"w:default", None)
        if self._style_ids[key] != own._style_ids[key]:
            tag = markup.with_attribute(tag, b"w:styleId", self._style_ids[key].encode())
        splices: list[Splice] = [(style.start, style.start + len(tree.tag(style)), tag)]
        names = {found: name for name, found in own._style_ids.items()}
        for one in tree.inside(style):
            if one.local == "numPr":
                splices.append((one.start, one.end, b""))
            elif one.local in ("basedOn", "next", "link"):
                here = self.style(names[one.own("val")]).encode()
                splices.append(tree.retagged(one, b"w:val", here))
        return tree.written(style, splices)

    def new_list(self, style_name: str) -> int:
        """The number id of a new list in the look of a list style, which starts at 1."""
        if style_name not in self._abstract_ids:
            self._abstract_ids[style_name] = self._abstract_of(style_name) or self._adopt_abstract(style_name)
        self._last_num += 1
        num = (
            f'<w:num w:numId="{self._last_num}"><w:abstractNumId w:val="{self._abstract_ids[style_name]}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        self._new_nums.append(_in(self._numbering, num.encode()))
        return self._last_num

    @property
    def text_width(self) -> int:
        """The width between the margins of the page, in twentieths of a point."""
        sizes = [("pgSz", "w"), ("pgMar", "left"), ("pgMar", "right")]
        found = [self._value(self._document, self._section, *size) for size in sizes] if self._section else []
        if not found or not all(map(str.isdecimal, found)):
            return _A4_TEXT
        page, left, right = map(int, found)
        return max(page - left - right, _LEAST_TEXT)

    @property
    def font(self) -> str:
        """The typeface of its text; empty where that is the one of its theme."""
        fonts = self._styles.child(self._styles.root, "docDefaults", "rPrDefault", "rPr", "rFonts")
        return fonts.own("ascii") if fonts else ""

    def add_chart(self, data: bytes) -> str:
        """Puts a chart part into the package; gives the id of its relationship."""
        folder = posixpath.join(posixpath.dirname(self._main), "charts")
        names = (posixpath.join(folder, f"letter{number}.xml") for number in count(1))
        name = next(name for name in names if name not in self._parts)
        self._parts[name] = data
        return self._declare(name, self._main, CONTENT_TYPE, RELATION)

    def package(self, body: str, core: str) -> bytes:
        """The .docx with this body and these core properties; the same input gives the same bytes."""
        self._parts[self._main] = self._head + body.encode() + self._tail
        added = self._styles.appended(self._styles.root, b"".join(self._new_styles))
        self._parts[self._styles.part] = self._styles.edited([added])
        if self._new_nums:
            self._parts[self._numbering.part] = self._numbering.edited(self._numbered())
        core_part = self._related("", "core-properties")
        if not core_part:
            core_part = "docProps/core.xml"
            self._declare(core_part, "", _CORE_TYPE, _CORE_RELATION)
        self._parts[core_part] = core.encode()
        return packed(self._parts)

    def _accept_kind(self) -> None:
        """A document or a template without macros; a template becomes a document."""
        types = self._tree(CONTENT_TYPES)
        kinds = {one: one.attributes.get("ContentType", "") for one in types.elements}
        if any("macroEnabled" in kind for kind in kinds.values()):
            raise HouseStyleError("house_style_macros", {"reason": "macro-enabled document"})
        changed = [
            types.retagged(one, b"ContentType", _DOCUMENT.encode())
            for one, kind in kinds.items()
            if kind == _TEMPLATE
        ]
        if not changed and _DOCUMENT not in kinds.values():
            raise HouseStyleError("house_style_not_word", {"reason": "no Word document inside"})
        self._parts[CONTENT_TYPES] = types.edited(changed)

    def _open_body(self) -> None:
        """What stands before the contents of the body, and its section properties with all that follows."""
        self._document = tree = self._tree(self._main)
        body = tree.child(tree.root, "body")
        if tree.root.name != f"{_MAIN} document" or body is None or tree.tag(body).endswith(b"/>"):
            raise HouseStyleError("house_style_not_word", {"reason": "no body of a transitional document"})
        sections = [one for one in tree.children(body) if one.local == "sectPr"]
        self._section = sections[-1] if sections else None
        self._head = tree.data[: body.start] + _in(tree, tree.tag(body))
        self._tail = tree.data[self._section.start if self._section else tree.appended(body, b"")[0] :]

    def _open_numbering(self) -> None:
        part = self._related(self._main, "numbering")
        if not part:
            part = posixpath.join(posixpath.dirname(self._main), "numbering.xml")
            self._declare(part, self._main, f"{_TYPE}numbering+xml", f"{_RELATIONS}numbering")
        self._parts.setdefault(part, f'<w:numbering xmlns:w="{_MAIN}"></w:numbering>'.encode())
        self._numbering = self._tree(part)
        self._last_num = self._last("num", "numId")
        self._last_abstract = self._last("abstractNum", "abstractNumId")
        self._abstract_ids: dict[str, str] = {}
        self._new_abstracts: list[bytes] = []
        self._new_nums: list[bytes] = []

    def _numbered(self) -> list[Splice]:
        """Where the new list definitions and lists go: definitions before lists, and both before one mark."""
        tree = self._numbering
        abstracts, nums = b"".join(self._new_abstracts), b"".join(self._new_nums)
        mark = tree.child(tree.root, "numIdMacAtCleanup")
        first = tree.child(tree.root, "num") or mark
        if first is None:
            return [tree.appended(tree.root, abstracts + nums)]
        last = (mark.start, mark.start, nums) if mark else tree.appended(tree.root, nums)
        return [(first.start, first.start, abstracts), last]

    def _last(self, element: str, attribute: str) -> int:
        found = [one.own(attribute) for one in self._numbering.named(f"{_MAIN} {element}")]
        return max((int(number) for number in found if number.isdecimal()), default=0)

    def _abstract_of(self, style_name: str) -> str:
        """The id of the list definition that a style points to, '' for none."""
        style, tree = self._style_elements.get(style_name.lower()), self._numbering
        link = self._styles.child(style, "pPr", "numPr", "numId") if style else None
        for num in tree.named(f"{_MAIN} num"):
            if link and num.own("numId") == link.own("val"):
                return self._value(tree, num, "abstractNumId")
        return ""

    def _adopt_abstract(self, style_name: str) -> str:
        """Adds our own list definition for a style that has none."""
        own, wanted = _own()._numbering, _own()._abstract_of(style_name)
        source = next(one for one in own.elements if one.own("abstractNumId") == wanted)
        self._last_abstract += 1
        numbered = own.retagged(source, b"w:abstractNumId", str(self._last_abstract).encode())
        self._new_abstracts.append(_in(self._numbering, own.written(source, [numbered])))
        return str(self._last_abstract)

    def _related(self, owner: str, kind: str) -> str:
        """The part that a relationship of this kind points to, '' without one."""
        pointers = relationships(self._part(relationships_part(owner)), owner)
        return next((one.target for one in pointers if one.kind == kind), "")

    def _declare(self, name: str, owner: str, content_type: str, relation: str) -> str:
        """Says that the package has one more part, to which the owner points; gives the id of that."""
        rels = relationships_part(owner)
        self._parts[CONTENT_TYPES] = with_content_type(self._parts[CONTENT_TYPES], name, content_type)
        self._parts[rels], key = with_relationship(self._parts[rels], owner, "letter", relation, name)
        return key

    def _part(self, name: str) -> bytes:
        if name not in self._parts:
            raise HouseStyleError("house_style_not_word", {"reason": f"part {name or 'missing'}"})
        return self._parts[name]

    def _tree(self, name: str) -> Tree:
        return Tree(self._part(name), name)

    @staticmethod
    def _value(tree: Tree, element: Element, child: str, attribute: str = "val") -> str:
        """What an attribute of a child says, '' where one of them is not there."""
        found = tree.child(element, child)
        return found.own(attribute) if found else ""


def _in(tree: Tree, element: bytes) -> bytes:
    """An element under the prefix w, as it may stand in a part that knows Word by another prefix."""
    if markup.prefix_of(tree.tag(tree.root)) == b"w:":
        return element
    stop = markup.tag_end(element, 0)
    return markup.with_attribute(element[:stop], b"xmlns:w", _MAIN.encode()) + element[stop:]


def _own_bytes() -> bytes:
    return (resources.files("toolkit.templates") / "huisstijl.docx").read_bytes()


@cache
def _own() -> HouseStyle:
    """Our own house style, only read from."""
    return HouseStyle(_own_bytes())


def _refusing() -> AbstractContextManager[None]:
    """Turns what the ground says of a file into what is said of a house style."""
    return retold(HouseStyleError, lambda code: _SAID.get(code, "house_style_unreadable"))
