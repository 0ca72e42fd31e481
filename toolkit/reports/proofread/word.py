"""The text of a .docx: what stands in it now, with the figures that still have a content control."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.opc.archive import Archive
from toolkit.opc.markup import walk
from toolkit.opc.relationships import Relationship, main_part, related
from toolkit.reports.proofread.paragraphs import (
    BODY,
    BOTTOM,
    BULLET,
    HEADING,
    NOTE,
    NUMBERED,
    TOP,
    Builder,
    Document,
)

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_BESIDE = (("header", TOP), ("footer", BOTTOM), ("footnotes", NOTE), ("endnotes", NOTE))
_GONE = ("del", "moveFrom")
_HEADING_STYLES = ("heading", "title", "kop")
_OFF = ("0", "false", "off")
_SPACES = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}


def read_word(archive: Archive) -> Document:
    """Paragraphs of the document, its head and foot and its notes; raises FileRefused.

    What a tracked change puts in counts and what it takes out does not; comments are not read.
    A text box is read once, and what is formatted as hidden not at all.
    """
    main = main_part(archive)
    pointers = [one for one in related(archive, main) if one.target in archive]
    builder = Builder()
    reader = _Reader(builder, _Styles(archive, pointers))
    _walk(archive, main, reader, BODY)
    for wanted, place in _BESIDE:
        for pointer in pointers:
            if pointer.kind == wanted:
                _walk(archive, pointer.target, reader, place)
    return builder.document("docx")


def _walk(archive: Archive, part: str, reader: _Reader, place: str) -> None:
    reader.builder.part = place
    walk(archive.read(part), part, reader.start, reader.end, reader.text)
    reader.builder.close_all()


def _local(name: str) -> str:
    """The name of an element of Word, '' for any other."""
    space, _, local = name.rpartition(" ")
    return local if space in _WORD else ""


def _value(attributes: dict[str, str], name: str = "val") -> str:
    return next((value for key, value in attributes.items() if _local(key) == name), "")


class _Styles:
    """Which styles are headings, and which styles and lists number their paragraphs."""

    def __init__(self, archive: Archive, pointers: Iterable[Relationship]) -> None:
        self.headings: set[str] = set()
        self.lists: dict[str, str] = {}  # style -> number id
        self._formats: dict[str, str] = {}  # abstract id -> format of its first level
        self._abstract: dict[str, str] = {}  # number id -> abstract id
        self._at = self._level = ""
        seen = {"styles": self._style, "numbering": self._numbering}
        for pointer in pointers:
            if pointer.kind in seen:
                walk(archive.read(pointer.target), pointer.target, seen[pointer.kind])

    def kind(self, style: str, number: str) -> str:
        """What a paragraph with this style and number id is, '' for plain text."""
        if style in self.headings:
            return HEADING
        number = number or self.lists.get(style, "")
        if number in ("", "0"):
            return ""
        return BULLET if self._formats.get(self._abstract.get(number, "")) == "bullet" else NUMBERED

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "style":
                self._at = _value(attributes, "styleId")
            case "name" if _value(attributes).casefold().startswith(_HEADING_STYLES):
                self.headings.add(self._at)
            case "numId":
                self.lists[self._at] = _value(attributes)

    def _numbering(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "abstractNum" | "num":
                self._at = _value(attributes, "abstractNumId") or _value(attributes, "numId")
            case "lvl":
                self._level = _value(attributes, "ilvl")
            case "numFmt" if self._level == "0":
                self._formats.setdefault(self._at, _value(attributes))
            case "abstractNumId":
                self._abstract[self._at] = _value(attributes)


class _Reader:
    """Calls the builder for what is seen in a part."""

    def __init__(self, builder: Builder, styles: _Styles) -> None:
        self.builder, self._styles = builder, styles
        self._path: list[str] = []
        self._skipped = 0  # deep inside something that does not count
        self._controls: list[str] = []
        self._hidden: list[bool] = []  # per open run
        self._marks: list[dict[str, str]] = []  # per open paragraph: style, list, whether its end is deleted
        self._joins = False  # the paragraph before lost its end, so this one goes on in it

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        inside = self._path[-1] if self._path else ""
        self._path.append(local)
        if local == "del" and inside == "rPr" and self._path[-3:-2] == ["pPr"] and self._marks:
            self._marks[-1]["deleted"] = "1"
        if self._skipped or local in _GONE or name == _FALLBACK:
            self._skipped += 1
            return
        match local:
            case "p":
                if not self._joins:
                    self.builder.open()
                self._joins = False
                self._marks.append({})
            case "pStyle" | "numId":
                if self._marks:
                    self._marks[-1][local] = _value(attributes)
            case "r":
                self._hidden.append(False)
            case "vanish" if inside == "rPr" and self._hidden and "pPr" not in self._path[-3:]:
                self._hidden[-1] = _value(attributes) not in _OFF
            case "sdt":
                self._controls.append("")
            case "tag" if inside == "sdtPr" and self._controls:
                self._controls[-1] = _value(attributes)
            case "showingPlcHdr" if inside == "sdtPr" and self._controls and _value(attributes) not in _OFF:
                self._controls[-1] = ""
            case "sdtContent":
                self.builder.open_tag(self._controls[-1] if self._controls else "")
            case "tbl":
                self.builder.open_table()
            case "tr":
                self.builder.open_row()
            case "tab" | "br" | "cr" | "noBreakHyphen" if inside == "r":
                self._write(_SPACES[local])

    def end(self, _: str) -> None:
        local = self._path.pop()
        if self._skipped:
            self._skipped -= 1
            return
        match local:
            case "p":
                self._end_paragraph(self._marks.pop())
            case "r" if self._hidden:
                self._hidden.pop()
            case "sdtContent":
                self.builder.close_tag()
            case "sdt":
                self._controls.pop()
            case "tbl":
                self.builder.close_table()

    def text(self, text: str) -> None:
        if not self._skipped and self._path[-1:] == ["t"]:
            self._write(text)

    def _write(self, text: str) -> None:
        if not any(self._hidden[-1:]):
            self.builder.write(text)

    def _end_paragraph(self, marks: dict[str, str]) -> None:
        if kind := self._styles.kind(marks.get("pStyle", ""), marks.get("numId", "")):
            self.builder.become(kind)
        self._joins = "deleted" in marks
        if not self._joins:
            self.builder.close()
