"""The house style of a municipality: a .docx of its own, of which only the body is replaced.

Header, footer, margins, logo and styles stay. A style or list that the document does not have is taken
from our own house style. Styles are found by name, as a Dutch Word numbers its ids differently ('Kop1').
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import cache
from importlib import resources
from itertools import count
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from toolkit.reports.files.wordchart import CONTENT_TYPE, RELATION

_MAX_BYTES = 50_000_000
_A4_TEXT, _LEAST_TEXT = 9000, 4000  # twentieths of a point between the margins
_DATE = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


class HouseStyleError(Exception):
    """A file that cannot serve as a house style; `code` is the key of the sentence that says why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code


class HouseStyle:
    """One copy of a house style, in which one letter is written."""

    def __init__(self, data: bytes) -> None:
        """Reads the bytes of a .docx or .dotx; raises HouseStyleError."""
        self._parts = _read_parts(data)
        self._accept_kind()
        self._main = self._related("_rels/.rels", "/officeDocument") or ""
        self._rels = posixpath.join(
            posixpath.dirname(self._main), "_rels", posixpath.basename(self._main) + ".rels"
        )
        self._head, self._tail = self._around_body()
        self._styles = self._related(self._rels, "/styles") or ""
        root = self._tree(self._styles)
        self._style_elements = {_name(style).lower(): style for style in root.iter(f"{_W}style")}
        self._style_ids = {
            name: style.get(f"{_W}styleId", "") for name, style in self._style_elements.items()
        }
        self._new_styles: list[str] = []
        self._open_numbering()

    @classmethod
    def open(cls, path: Path | None) -> HouseStyle:
        """The house style at the path, or ours where none is given; raises HouseStyleError."""
        if path is None:
            return cls(_own_bytes())
        try:
            return cls(path.read_bytes())
        except OSError as error:
            raise HouseStyleError("house_style_unreadable", str(error)) from error

    def style(self, name: str) -> str:
        """The id of the style with this name; a style that is missing is added from our own house style."""
        key = name.lower()
        if key not in self._style_ids:
            own = _own()
            own_id = style_id = own._style_ids[key]
            while style_id in self._style_ids.values():
                style_id += "x"
            self._style_ids[key] = style_id
            source = own.style_source(name).replace(f'w:styleId="{own_id}"', f'w:styleId="{style_id}"')
            self._new_styles.append(
                re.sub(
                    r'<w:(basedOn|next|link) w:val="([^"]+)"/>',
                    lambda link: f'<w:{link[1]} w:val="{self.style(own.style_name(link[2]))}"/>',
                    re.sub(r'<w:numPr>.*?</w:numPr>| w:default="1"', "", source),
                )
            )
        return self._style_ids[key]

    def style_name(self, style_id: str) -> str:
        """The name of the style with this id; raises KeyError."""
        return {found: name for name, found in self._style_ids.items()}[style_id]

    def style_source(self, name: str) -> str:
        """The XML of a style as it is written in the package; raises KeyError for an unknown name."""
        style_id = re.escape(self._style_ids[name.lower()])
        return _first(rf'<w:style [^>]*w:styleId="{style_id}".*?</w:style>', self._text(self._styles))

    def new_list(self, style_name: str) -> int:
        """The number id of a new list in the look of a list style, which starts at 1."""
        if style_name not in self._abstract_ids:
            self._abstract_ids[style_name] = self._abstract_of(style_name) or self._adopt_abstract(style_name)
        self._last_num += 1
        self._new_nums.append(
            f'<w:num w:numId="{self._last_num}"><w:abstractNumId w:val="{self._abstract_ids[style_name]}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        return self._last_num

    @property
    def text_width(self) -> int:
        """The width between the margins of the page, in twentieths of a point."""
        page = re.search(r'<w:pgSz [^>]*w:w="(\d+)"', self._tail)
        left, right = (
            re.search(rf'<w:pgMar [^>]*w:{side}="(\d+)"', self._tail) for side in ("left", "right")
        )
        if not (page and left and right):
            return _A4_TEXT
        return max(int(page[1]) - int(left[1]) - int(right[1]), _LEAST_TEXT)

    @property
    def font(self) -> str:
        """The typeface of its text; empty where that is the one of its theme."""
        fonts = self._tree(self._styles).find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}rFonts")
        return fonts.get(f"{_W}ascii", "") if fonts is not None else ""

    def add_chart(self, data: bytes) -> str:
        """Puts a chart part into the package; gives the id of its relationship."""
        folder = posixpath.join(posixpath.dirname(self._main), "charts")
        names = (posixpath.join(folder, f"letter{number}.xml") for number in count(1))
        name = next(name for name in names if name not in self._parts)
        relation = self._declare(name, self._rels, CONTENT_TYPE, RELATION)
        self._parts[name] = data
        return relation

    def package(self, body: str, core: str) -> bytes:
        """The .docx with this body and these core properties; the same input gives the same bytes."""
        self._parts[self._main] = (self._head + body + self._tail).encode()
        self._insert(self._styles, "</w:styles>", "".join(self._new_styles))
        if self._new_nums:
            self._insert(
                self._numbering, r"<w:num |<w:numIdMacAtCleanup|</w:numbering>", "".join(self._new_abstracts)
            )
            self._insert(self._numbering, r"<w:numIdMacAtCleanup|</w:numbering>", "".join(self._new_nums))
        core_part = self._related("_rels/.rels", "/core-properties") or self._new_part(
            "docProps/core.xml", "_rels/.rels", _CORE_TYPE, _CORE_RELATION
        )
        self._parts[core_part] = core.encode()
        return _write_parts(self._parts)

    def _accept_kind(self) -> None:
        """A document or a template without macros; a template becomes a document."""
        types = self._text("[Content_Types].xml")
        if "macroEnabled" in types:
            raise HouseStyleError("house_style_macros", "macro-enabled document")
        types = types.replace(f"{_TYPE}template.main+xml", f"{_TYPE}document.main+xml")
        if f"{_TYPE}document.main+xml" not in types:
            raise HouseStyleError("house_style_not_word", "no Word document inside")
        self._parts["[Content_Types].xml"] = types.encode()

    def _around_body(self) -> tuple[str, str]:
        """What stands before the contents of the body, and its section properties with all that follows."""
        data = self._text(self._main).encode()
        if self._tree(self._main).tag != f"{_W}document":
            raise HouseStyleError("house_style_not_word", "not a transitional Word document")
        parser = expat.ParserCreate()
        path: list[str] = []
        marks: dict[tuple[str, ...], int] = {}

        def start(name: str, _attributes: object) -> None:
            path.append(name)
            marks[tuple(path)] = parser.CurrentByteIndex

        def end(name: str) -> None:
            marks[("/", *path)] = parser.CurrentByteIndex
            path.pop()

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.Parse(data, True)
        body = ("w:document", "w:body")
        if body not in marks or marks[body] == marks[("/", *body)]:
            raise HouseStyleError("house_style_not_word", "no body")
        head_end = data.index(b">", marks[body]) + 1
        tail_start = marks.get((*body, "w:sectPr"), marks[("/", *body)])
        return data[:head_end].decode(), data[tail_start:].decode()

    def _open_numbering(self) -> None:
        self._numbering = self._related(self._rels, "/numbering") or self._new_part(
            posixpath.join(posixpath.dirname(self._main), "numbering.xml"),
            self._rels,
            f"{_TYPE}numbering+xml",
            f"{_RELATIONS}numbering",
        )
        if self._numbering not in self._parts:
            self._parts[self._numbering] = f'<w:numbering xmlns:w="{_MAIN}"></w:numbering>'.encode()
        self._numbering_tree = self._tree(self._numbering)
        self._last_num = max(self._ids("num", "numId"), default=0)
        self._last_abstract = max(self._ids("abstractNum", "abstractNumId"), default=0)
        self._abstract_ids: dict[str, str] = {}
        self._new_abstracts: list[str] = []
        self._new_nums: list[str] = []

    def _ids(self, element: str, attribute: str) -> list[int]:
        found = [node.get(_W + attribute, "") for node in self._numbering_tree.iter(_W + element)]
        return [int(number) for number in found if number.isdecimal()]

    def _abstract_of(self, style_name: str) -> str | None:
        """The id of the list definition that a style points to."""
        style = self._style_elements.get(style_name.lower())
        link = style.find(f"{_W}pPr/{_W}numPr/{_W}numId") if style is not None else None
        for num in self._numbering_tree.iter(f"{_W}num"):
            target = num.find(f"{_W}abstractNumId")
            if link is not None and target is not None and num.get(f"{_W}numId") == link.get(f"{_W}val"):
                return target.get(f"{_W}val")
        return None

    def _adopt_abstract(self, style_name: str) -> str:
        """Adds our own list definition for a style that has none."""
        own = _own()
        mark = f'<w:abstractNum w:abstractNumId="{own._abstract_of(style_name)}"'
        source = _first(rf"{mark}.*?</w:abstractNum>", own._text(own._numbering))
        self._last_abstract += 1
        self._new_abstracts.append(
            source.replace(mark, f'<w:abstractNum w:abstractNumId="{self._last_abstract}"')
        )
        return str(self._last_abstract)

    def _related(self, rels: str, kind: str) -> str | None:
        """The part that a relationship of this kind points to, None without one."""
        for relation in self._tree(rels):
            if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
                base = posixpath.dirname(posixpath.dirname(rels))
                return posixpath.normpath(posixpath.join("/", base, relation.get("Target", ""))).lstrip("/")
        return None

    def _new_part(self, name: str, rels: str, content_type: str, relation: str) -> str:
        """Declares a part that the package does not have yet; returns its name."""
        self._declare(name, rels, content_type, relation)
        return name

    def _declare(self, name: str, rels: str, content_type: str, relation: str) -> str:
        """The same, but returns the id of the relationship."""
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        self._insert("[Content_Types].xml", "</Types>", override)
        taken = {link.get("Id") for link in self._tree(rels)}
        free = next(new for number in count(1) if (new := f"letter{number}") not in taken)
        link = f'<Relationship Id="{free}" Type="{relation}" Target="/{name}"/>'
        self._insert(rels, "</Relationships>", link)
        return free

    def _insert(self, part: str, before: str, addition: str) -> None:
        """Puts text before the first place in a part where the pattern matches."""
        text = self._text(part)
        place = re.search(before, text)
        if place is None:
            raise HouseStyleError("house_style_not_word", f"unexpected form of {part}")
        self._parts[part] = (text[: place.start()] + addition + text[place.start() :]).encode()

    def _text(self, part: str) -> str:
        try:
            text = self._parts[part].decode("utf-8-sig")
        except (KeyError, UnicodeDecodeError) as error:
            raise HouseStyleError("house_style_not_word", f"part {part or 'missing'}") from error
        if "<!DOCTYPE" in text:
            raise HouseStyleError("house_style_not_word", f"document type in {part}")
        return text

    def _tree(self, part: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self._text(part).encode())
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise HouseStyleError("house_style_not_word", f"{part}: {error}") from error


def _first(pattern: str, text: str) -> str:
    """The first stretch that fits; KeyError where there is none."""
    found = re.search(pattern, text, re.DOTALL)
    if found is None:
        raise KeyError(pattern)
    return found.group()


def _name(style: ElementTree.Element) -> str:
    name = style.find(f"{_W}name")
    return name.get(f"{_W}val", "") if name is not None else ""


def _own_bytes() -> bytes:
    return (resources.files("toolkit.templates") / "huisstijl.docx").read_bytes()


@cache
def _own() -> HouseStyle:
    """Our own house style, only read from."""
    return HouseStyle(_own_bytes())


def _read_parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > _MAX_BYTES:
                raise HouseStyleError("house_style_too_large", f"more than {_MAX_BYTES} bytes")
            return {member.filename: package.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError) as error:
        raise HouseStyleError("house_style_unreadable", str(error)) from error


def _write_parts(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _DATE)
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, data)
    return target.getvalue()
