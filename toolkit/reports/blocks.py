"""What a document is made of: blocks of runs, the same for plain text, HTML and Word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

MOST_WHOLE = 10
"""A table of so many rows stays on one page."""

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069"  # direction overrides: they make a figure read otherwise than it is stored
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"  # surrogates, private use, non-characters
    "\U000f0000-\U0010ffff]"
)


def printable(text: str) -> str:
    """Text without characters that XML forbids or that a reader cannot see; line breaks become spaces.

    >>> printable("een\\r\\ntwee\\x00drie")
    'een tweedrie'
    """
    return _UNPRINTABLE.sub("", _LINE_BREAKS.sub(" ", text))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `fact` is the name of the figure it shows, empty for running text."""

    text: str
    fact: str = ""
    bold: bool = False


Runs = tuple[Run, ...]


def text_of(runs: Runs) -> str:
    """The text of the runs, without their facts."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is the title of the letter or the annex."""

    kind: ClassVar[str] = "heading"
    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    kind: ClassVar[str] = "items"
    ordered: bool
    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; `right` says per column whether it is aligned right."""

    kind: ClassVar[str] = "table"
    caption: Runs
    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table that also stands in the text with the same figures.

    form: how it is drawn, one of charts.plot.FORMS.  alt: what it says, for who does not see it.
    table: labels in the first column, figures in the others.
    """

    kind: ClassVar[str] = "chart"
    form: str
    alt: Runs
    table: Table


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Labels and values above the letter; an empty label continues the value above it."""

    kind: ClassVar[str] = "header"
    rows: tuple[tuple[Runs, Runs], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    kind: ClassVar[str] = "page"


Block = Heading | Paragraph | Items | Table | Chart | HeaderBlock | PageBreak


def with_title(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The blocks, with the title above them where they hold no title of their own."""
    if any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        return tuple(blocks)
    return (Heading(1, (Run(title),)), *blocks)
