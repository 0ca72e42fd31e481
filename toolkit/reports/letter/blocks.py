"""What a document is made of: blocks of runs, the same for plain text, HTML and Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

CHART_FORMS = BARS, LINES, SPREAD = ("bars", "lines", "spread")
"""Lying bars; rising lines over the years; lying bars, each with a line from low to high."""

MOST_WHOLE = 10
"""A table of so many rows stays on one page."""


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

    form: how it is drawn, one of CHART_FORMS.  alt: what it says, for who does not see it.
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
