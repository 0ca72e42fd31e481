"""The text of an .odt: what stands in it now, as LibreOffice and Word save it."""

from __future__ import annotations

from toolkit.opc.archive import Archive
from toolkit.opc.markup import walk
from toolkit.opc.trouble import FileRefused
from toolkit.reports.proofread.paragraphs import (
    BODY,
    BOTTOM,
    BULLET,
    HEADING,
    NOTE,
    NUMBERED,
    TEXT,
    TOP,
    Builder,
    Document,
)

MIMETYPE = b"application/vnd.oasis.opendocument.text"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_LEFT_OUT = (
    "text:tracked-changes",  # what was taken out; what was put in stands in the text itself
    "text:note-citation",
    "office:annotation",
    "office:forms",
    "svg:title",
    "svg:desc",
)
_EDGES = {"style:header": TOP, "style:footer": BOTTOM}
_MOST_SPACES = 10


def read_opendocument(archive: Archive) -> Document:
    """Paragraphs of the document, with head, foot and notes; raises FileRefused."""
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise FileRefused("encrypted")
    parts = {name: archive.read(name) for name in (_CONTENT, _STYLES) if name == _CONTENT or name in archive}
    lists = _Lists()
    for name, part in parts.items():
        walk(part, name, lists.start)
    builder = Builder()
    reader = _Reader(builder, lists.ordered)
    for name, part in parts.items():
        reader.is_content = name == _CONTENT
        walk(part, name, reader.start, reader.end, reader.text)
    return builder.document("odt")


def _short(name: str) -> str:
    """'text:p' for p in the namespace of text, whatever its prefix in this file."""
    space, _, local = name.rpartition(" ")
    steps = space.split(":")
    return f"{steps[-2]}:{local}" if len(steps) > 2 else local


def _value(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if _short(key).endswith(f":{name}")), "")


class _Lists:
    """Which list styles number their first level."""

    def __init__(self) -> None:
        self.ordered: set[str] = set()
        self._at = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _short(name):
            case "text:list-style":
                self._at = _value(attributes, "name")
            case "text:list-level-style-number" if _value(attributes, "level") == "1":
                self.ordered.add(self._at)


class _Reader:
    """Calls the builder for what is seen in a part."""

    def __init__(self, builder: Builder, ordered: set[str]) -> None:
        self.builder, self._ordered = builder, ordered
        self.is_content = True
        self._skipped = self._inside = 0  # inside: deep in the page head or foot
        self._lists: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = _short(name)
        if self._skipped or short in _LEFT_OUT:
            self._skipped += 1
            return
        if self._inside or short in _EDGES:
            self._inside += 1
            self.builder.part = _EDGES.get(short, self.builder.part)
        if not (self.is_content or self._inside):
            return
        match short:
            case "text:p" | "text:h":
                kind = HEADING if short == "text:h" else TEXT
                if kind == TEXT and self._lists:
                    kind = NUMBERED if self._lists[0] in self._ordered else BULLET
                self.builder.open(kind)
            case "text:list":
                self._lists.append(_value(attributes, "style-name"))
            case "text:note":
                self.builder.part = NOTE
            case "table:table":
                self.builder.open_table()
            case "table:table-row":
                self.builder.open_row()
            case "text:tab":
                self.builder.write("\t")
            case "text:line-break":
                self.builder.write(" ")
            case "text:s":
                count = _value(attributes, "c")
                self.builder.write(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        if short.endswith(":content-control"):
            self.builder.open_tag(_value(attributes, "tag"))

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        short = _short(name)
        if self.is_content or self._inside:
            match short:
                case "text:p" | "text:h":
                    self.builder.close()
                case "text:list" if self._lists:
                    self._lists.pop()
                case "text:note":
                    self.builder.part = BODY
                case "table:table":
                    self.builder.close_table()
            if short.endswith(":content-control"):
                self.builder.close_tag()
        if self._inside:
            self._inside -= 1

    def text(self, text: str) -> None:
        if not self._skipped and (self.is_content or self._inside):
            self.builder.write(text)
