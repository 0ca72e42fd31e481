"""The light markup that letter templates write, and the blocks that it becomes.

One block per paragraph, blocks separated by blank lines:

    # title        ## heading        ### subheading        --- (alone: the next block starts a new page)
    - bullet       1. numbered item (the figure typed does not matter; each list starts at 1)
    : caption of the table below it
    | header | header |
    |---|---:|                        a colon on the right: that column is aligned right
    | cell | cell |
    ::: header                        the address block of the letter: lines 'Label: value'
    :::
    ::: chart bars                    a picture (bars, lines or spread): first what it says in words, for who
    Text                              does not see it, then the table it draws, with its caption
    : caption
    | label | header |
    |---|---:|
    | cell | figure |
    :::
    **bold**

A figure stands between private-use characters together with the name of its fact; text of a user stands
between two others, and nothing inside either is markup. Only `figure` and `literal` write these characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.reports.letter.blocks import (
    CHART_FORMS,
    Block,
    Chart,
    HeaderBlock,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Table,
)
from toolkit.words.printable import printable

FIGURE_OPEN, FIGURE_TEXT, FIGURE_CLOSE = "\ue000", "\ue001", "\ue002"
LITERAL_OPEN, LITERAL_CLOSE = "\ue003", "\ue004"

_FACT_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}")  # Word holds at most 64 characters in a tag
_MARKED = re.compile(
    f"{FIGURE_OPEN}([^\ue000-\ue004]*){FIGURE_TEXT}([^\ue000-\ue004]*){FIGURE_CLOSE}"
    f"|{LITERAL_OPEN}([^\ue000-\ue004]*){LITERAL_CLOSE}"
)
_HEADING = re.compile(r"(#{1,3}) +(.*)")
_ITEM = re.compile(r"(?:-|(\d+)\.) +(.*)")
_CHART_FENCE = re.compile(f"::: chart ({'|'.join(CHART_FORMS)})")
_ALIGNMENT = re.compile(r":?-{3,}:?")
_LISTS = ("bullets", "numbers")
_HEADER, _CHART = "header", "chart"


class MarkupError(ValueError):
    """A template wrote something that is not our markup. `code` names the mistake, `line` shows where."""

    def __init__(self, code: str, line: str) -> None:
        super().__init__(f"{code}: {line}")
        self.code = code
        self.line = line


def literal(text: str) -> str:
    """Text of a user, marked so that nothing in it is markup.

    >>> parse(literal("# geen kop, **niet** vet"))
    (Paragraph(runs=(Run(text='# geen kop, **niet** vet', fact='', bold=False),)),)
    """
    return LITERAL_OPEN + re.sub(" {2,}", " ", printable(text)).strip(" ") + LITERAL_CLOSE


def figure(name: str, text: str) -> str:
    """A figure marked with the name of its fact; raises ValueError where the name cannot be a tag in Word.

    >>> parse("Samen " + figure("baten.totaal", "ruim 9,4 miljoen euro"))[0].runs[1]
    Run(text='ruim 9,4 miljoen euro', fact='baten.totaal', bold=False)
    """
    if not _FACT_NAME.fullmatch(name):
        raise ValueError(f"not the name of a fact: {name!r}")
    return FIGURE_OPEN + name + FIGURE_TEXT + printable(text).strip(" ") + FIGURE_CLOSE


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text in our markup; raises MarkupError.

    >>> [block.kind for block in parse("# Brief\\n\\nTwee punten:\\n- een\\n- twee\\n\\n---\\n\\n## Bijlage")]
    ['heading', 'paragraph', 'items', 'page', 'heading']
    """
    parser = _Parser()
    for line in text.split("\n"):
        parser.take(line.strip(" \t\r"))
    return parser.finish()


class _Parser:
    """Gathers lines until the block they form is complete."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lines: list[str] = []  # of the open paragraph, item, table or header block
        self._kind = ""  # of what is open
        self._caption: str | None = None
        self._form = ""  # of the open chart

    def take(self, line: str) -> None:
        """One line, without the spaces around it."""
        if self._kind in (_HEADER, _CHART) and line != ":::":
            self._lines += [line] if line else []
        elif not line:
            self._close()
        elif match := _HEADING.fullmatch(line):
            self._close()
            if runs := _runs(match[2]):
                self._add(Heading(len(match[1]), runs))
        elif match := _ITEM.fullmatch(line):
            self._close()
            self._gather("numbers" if match[1] else "bullets", match[2])
        elif line.startswith("|"):
            self._gather("table", line)
        elif line == "---":
            self._close()
            self._add(PageBreak())
        elif line.startswith(": "):
            self._close()
            self._no_caption_waits()
            self._caption = line[2:]
        elif line.startswith(":::"):
            self._fence(line)
        else:
            self._gather(self._kind if self._kind in _LISTS else "paragraph", line)

    def finish(self) -> tuple[Block, ...]:
        """All blocks, after the last line."""
        if self._kind in (_HEADER, _CHART):
            raise MarkupError(f"{self._kind}_not_closed", self._lines[0] if self._lines else "")
        self._close()
        self._no_caption_waits()
        return tuple(self._blocks)

    def _gather(self, kind: str, line: str) -> None:
        if self._kind != kind:
            self._close()
            self._kind = kind
        self._lines.append(line)

    def _item(self, ordered: bool, runs: Runs) -> None:
        """Adds to the list above it, also over a blank line, as loops in templates leave those behind."""
        last = self._blocks[-1] if self._blocks else None
        if self._caption is None and isinstance(last, Items) and last.ordered == ordered:
            self._blocks[-1] = Items(ordered, (*last.items, runs))
        else:
            self._add(Items(ordered, (runs,)))

    def _fence(self, line: str) -> None:
        lines, kind = self._lines, self._kind
        if kind == _HEADER:
            self._lines, self._kind = [], ""
            self._add(HeaderBlock(tuple(_label_and_value(row) for row in lines)))
        elif kind == _CHART:
            self._lines, self._kind = [], ""
            self._add(_chart(self._form, lines))
        elif line == "::: header":
            self._close()
            self._kind = _HEADER
        elif match := _CHART_FENCE.fullmatch(line):
            self._close()
            self._kind, self._form = _CHART, match[1]
        else:
            raise MarkupError("unknown_fence", line)

    def _close(self) -> None:
        lines, kind = self._lines, self._kind
        self._lines, self._kind = [], ""
        if kind == "paragraph" and (runs := _runs(" ".join(lines))):
            self._add(Paragraph(runs))
        elif kind in _LISTS and (runs := _runs(" ".join(lines))):
            self._item(kind == "numbers", runs)
        elif kind == "table":
            caption, self._caption = self._caption or "", None
            self._add(_table(caption, lines))

    def _add(self, block: Block) -> None:
        self._no_caption_waits()
        self._blocks.append(block)

    def _no_caption_waits(self) -> None:
        if self._caption is not None:
            raise MarkupError("caption_without_table", self._caption)


def _table(caption: str, lines: list[str]) -> Table:
    cells = [_cells(line) for line in lines]
    if len(cells) < 2 or not all(_ALIGNMENT.fullmatch(mark) for mark in cells[1]):
        raise MarkupError("table_without_alignment", lines[0])
    for row, line in zip(cells, lines, strict=True):
        if len(row) != len(cells[0]):
            raise MarkupError("table_row_length", line)
    header, marks, *rows = cells
    return Table(
        caption=_runs(caption),
        header=tuple(_runs(cell) for cell in header),
        rows=tuple(tuple(_runs(cell) for cell in row) for row in rows),
        right=tuple(mark.endswith(":") for mark in marks),
    )


def _chart(form: str, lines: list[str]) -> Chart:
    """The picture of a table: what stands above the table is what the picture says."""
    drawn = [line for line in lines if line.startswith("|")]
    captions = [line[2:] for line in lines if line.startswith(": ")]
    told = [line for line in lines if not line.startswith(("|", ": "))]
    if not drawn or len(captions) != 1 or not told:
        raise MarkupError("chart_incomplete", lines[0] if lines else form)
    return Chart(form, _runs(" ".join(told)), _table(captions[0], drawn))


def _cells(line: str) -> list[str]:
    cells = _split(line, "|")
    if len(cells) < 3 or cells[-1].strip(" "):
        raise MarkupError("table_row_not_closed", line)
    return [cell.strip(" ") for cell in cells[1:-1]]


def _label_and_value(line: str) -> tuple[Runs, Runs]:
    label, *value = _split(line, ":")
    if not value:
        return (), _runs(line)
    return _runs(label.strip(" ")), _runs(":".join(value).strip(" "))


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The text in order: plain pieces (may hold markup) and marked pieces (may not)."""
    end = 0
    for match in _MARKED.finditer(text):
        yield text[end : match.start()], None
        yield match[0], match
        end = match.end()
    yield text[end:], None


def _split(text: str, separator: str) -> list[str]:
    """Splits at the separator, but not inside figures and text of users."""
    parts = [""]
    for piece, match in _pieces(text):
        first, *others = [piece] if match else piece.split(separator)
        parts[-1] += first
        parts += others
    return parts


def _runs(text: str) -> Runs:
    """The runs of one line of text; neighbours that look the same become one run."""
    runs: list[Run] = []
    bold = False
    for piece, match in _pieces(text):
        if match and match[1] is not None:
            runs.append(Run(printable(match[2]), match[1], bold))
            continue
        stretches = [match[3]] if match else piece.split("**")
        for index, stretch in enumerate(stretches):
            bold ^= index > 0
            if any(LITERAL_CLOSE >= character >= FIGURE_OPEN for character in stretch):
                raise MarkupError("broken_marker", printable(text))
            stretch = printable(stretch)
            if stretch and runs and not runs[-1].fact and runs[-1].bold == bold:
                runs[-1] = Run(runs[-1].text + stretch, "", bold)
            elif stretch:
                runs.append(Run(stretch, "", bold))
    if bold:
        raise MarkupError("bold_not_closed", printable(text))
    return tuple(runs)
