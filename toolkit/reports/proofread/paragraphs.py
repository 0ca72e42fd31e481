"""A letter as people left it: numbered paragraphs with their text and, where known, the figures in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import word

TEXT, HEADING, BULLET, NUMBERED, CELL = "text", "heading", "bullet", "numbered", "cell"
BODY, TOP, BOTTOM, NOTE = "body", "top", "bottom", "note"
"""Where a paragraph stands: the letter itself, the head or foot of the page, a footnote."""

MOST_PARAGRAPHS, MOST_CHARACTERS = 100_000, 5_000_000
"""Far above any letter; what lies higher would keep a computer busy for hours."""

_WORDS_SHOWN, _MOST_SHOWN = 5, 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters start to end of a paragraph that carry the name of a fact."""

    fact: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with single spaces; a tab stands between things beside each other.

    number: its place among the paragraphs outside tables, from 1.  table, row: from 1, 0 outside tables.
    """

    number: int
    text: str
    stretches: tuple[Stretch, ...] = ()
    kind: str = TEXT
    part: str = BODY
    table: int = 0
    row: int = 0

    @property
    def place(self) -> str:
        """Where it stands, with its first words, as a person can find it."""
        start = " ".join(self.text.split()[:_WORDS_SHOWN])
        if len(start) > _MOST_SHOWN:
            start = start[:_MOST_SHOWN].rstrip()
        if start != " ".join(self.text.split()):
            start += "…"
        name = "cell" if self.table and self.part == BODY else self.part
        return word(
            f"proofread.place.{name}", number=self.number, table=self.table, row=self.row, start=start
        )

    @property
    def is_item(self) -> bool:
        """True in a list."""
        return self.kind in (BULLET, NUMBERED)


@dataclass(frozen=True, slots=True)
class Document:
    """A letter that was read. kind: docx, odt, html or txt."""

    kind: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """Everything but the head and foot of the page, which belong to the house style."""
        return tuple(p for p in self.paragraphs if p.part in (BODY, NOTE))

    @property
    def facts(self) -> dict[str, Paragraph]:
        """Name of a fact -> the first paragraph that has it."""
        found: dict[str, Paragraph] = {}
        for paragraph in self.paragraphs:
            for stretch in paragraph.stretches:
                found.setdefault(stretch.fact, paragraph)
        return found


@dataclass(slots=True)
class _Open:
    """A paragraph under construction: its pieces of text, each with the tag it stands in."""

    slot: int
    kind: str
    part: str
    table: int
    row: int
    pieces: list[tuple[str, tuple[str, int] | None]] = field(default_factory=list)


class Builder:
    """Gathers paragraphs as a reader comes upon them; one may stand inside another, as in a text box."""

    def __init__(self) -> None:
        self.part = BODY
        self._slots: list[_Open | None] = []
        self._open: list[_Open] = []
        self._tags: list[tuple[str, int]] = []
        self._given = 0  # tags so far: two of one name side by side stay two
        self._length = 0
        self._tables: list[list[int]] = []  # of the tables we are in: number and row
        self._table_count = 0

    def open(self, kind: str = TEXT) -> None:
        """A paragraph begins; raises FileRefused 'too_large' above MOST_PARAGRAPHS."""
        if len(self._slots) >= MOST_PARAGRAPHS:
            raise FileRefused("too_large", {"limit": MOST_PARAGRAPHS})
        table, row = self._tables[0] if self._tables else (0, 0)
        if table and kind == TEXT:
            kind = CELL
        self._open.append(_Open(len(self._slots), kind, self.part, table, row))
        self._slots.append(None)

    def close(self) -> None:
        """The paragraph that was opened last ends."""
        if self._open:
            done = self._open.pop()
            self._slots[done.slot] = done

    def close_all(self) -> None:
        """Every open paragraph ends."""
        while self._open:
            self.close()

    @property
    def is_open(self) -> bool:
        """True inside a paragraph."""
        return bool(self._open)

    def become(self, kind: str) -> None:
        """The open paragraph turns out to be a heading or an item."""
        if self._open:
            self._open[-1].kind = kind

    def write(self, text: str) -> None:
        """Text in the open paragraph; outside one it belongs to nothing and is left out.

        Raises FileRefused 'too_large' above MOST_CHARACTERS.
        """
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise FileRefused("too_large", {"limit": MOST_CHARACTERS})
        if self._open:
            tag = next((tag for tag in reversed(self._tags) if tag[0]), None)
            self._open[-1].pieces.append((text, tag))

    def open_tag(self, fact: str) -> None:
        """What follows is the text of a fact; an empty name is no fact."""
        self._given += 1
        self._tags.append((fact, self._given))

    def close_tag(self) -> None:
        """The tag that was opened last ends."""
        if self._tags:
            self._tags.pop()

    def open_table(self) -> None:
        """A table begins; one inside a cell belongs to the row that it stands in."""
        if not self._tables:
            self._table_count += 1
        self._tables.append([self._table_count, 0])

    def open_row(self) -> None:
        """The next row of the open table."""
        if len(self._tables) == 1:
            self._tables[0][1] += 1

    def close_table(self) -> None:
        """The open table ends."""
        if self._tables:
            self._tables.pop()

    def document(self, kind: str) -> Document:
        """What was gathered, without paragraphs that hold nothing to read."""
        self.close_all()
        return Document(kind, tuple(self._finished()))

    def _finished(self) -> Iterator[Paragraph]:
        number = 0
        for slot in self._slots:
            text, stretches = _settled(slot.pieces) if slot else ("", ())
            if not slot or not text:
                continue
            counted = slot.part == BODY and not slot.table
            number += counted
            yield Paragraph(
                number if counted else 0, text, stretches, slot.kind, slot.part, slot.table, slot.row
            )


def _settled(pieces: list[tuple[str, tuple[str, int] | None]]) -> tuple[str, tuple[Stretch, ...]]:
    """The text with single spaces, and where in it each tag stands."""
    shown: list[str] = []
    spans: dict[tuple[str, int], list[int]] = {}
    for text, tag in pieces:
        for character in unicodedata.normalize("NFC", text):
            blank = "\t" if character == "\t" else " " if character.isspace() else ""
            if blank and (not shown or shown[-1] in " \t"):
                if shown and blank == "\t":
                    shown[-1] = blank
                continue
            if unicodedata.category(character) == "Cf":  # a soft hyphen or another mark nobody sees
                continue
            shown.append(blank or character)
            if tag and not blank:
                spans.setdefault(tag, [len(shown) - 1, 0])[1] = len(shown)
    text = "".join(shown)
    return text.rstrip(), tuple(Stretch(tag[0], *span) for tag, span in spans.items())
