"""Blocks as a Word document in the house style, each figure in a content control with its fact name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from toolkit.reports.files import wordchart
from toolkit.reports.files.housestyle import HouseStyle
from toolkit.reports.files.plot import Plot
from toolkit.reports.files.templates import page_templates
from toolkit.reports.letter.blocks import (
    MOST_WHOLE,
    Block,
    Chart,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    text_of,
    with_title,
)

_CORE_NAMES = ("subject", "keywords", "creator", "version", "date")
_FIRST_CONTROL = 1_200_000_001  # far from the ids that Word gives to controls in a letterhead
_CHARACTER = 118  # twentieths of a point of one bold character
_LONGEST_LINE = 36  # characters from which a text may wrap
_GRID = 9000  # twentieths of a point; widths are relative, as margins belong to the house style


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block with what its place in the letter asks.

    new_page: it starts one.  keep: what follows stands on the same page.  widths: of columns.
    """

    block: Block
    new_page: bool
    keep: bool
    widths: tuple[int, ...] = ()
    chart: wordchart.Placed | None = None


def to_docx(
    blocks: Sequence[Block],
    title: str,
    concept: bool,
    properties: Mapping[str, str | dt.date],
    house_style: Path | None = None,
) -> bytes:
    """The bytes of a .docx: a copy of the house style with the letter as its body.

    properties: subject, keywords, creator, version (text) and date (a date: created and modified);
    any other name goes into the description as 'name: value', such as the checksum of the inputs.
    Raises HouseStyleError where the house style cannot be used. The same input gives the same bytes.
    """
    house = HouseStyle.open(house_style)
    templates = page_templates()
    body = templates.get_template("document.xml.j2").render(
        placed=_placed(with_title(blocks, title), house),
        concept=concept,
        style=house.style,
        new_list=house.new_list,
        new_id=partial(next, count(_FIRST_CONTROL)),
        grid=_GRID,
        most_whole=MOST_WHOLE,
    )
    notes = [f"{name}: {value}" for name, value in properties.items() if name not in _CORE_NAMES]
    core = templates.get_template("core.xml.j2").render(
        title=title,
        concept=concept,
        description="; ".join(notes),
        **{name: properties.get(name, "") for name in _CORE_NAMES},
    )
    return house.package(body, core)


def _placed(blocks: Sequence[Block], house: HouseStyle) -> list[_Placed]:
    """The blocks without page breaks: the block after one starts a new page.

    So does a heading right above a chart: LibreOffice leaves it behind at the foot of the page before.
    """
    placed: list[_Placed] = []
    new_page = False
    for place, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            new_page = True
            continue
        widths = _widths(block) if isinstance(block, Table) else ()
        chart = _chart(block, house) if isinstance(block, Chart) else None
        following = blocks[place + 1 :][:1]
        above_chart = isinstance(block, Heading) and isinstance(following[0] if following else None, Chart)
        keep = _leads_on(block, following)
        placed.append(_Placed(block, new_page or above_chart, keep, widths, chart))
        new_page = False
    return placed


def _leads_on(block: Block, following: Sequence[Block]) -> bool:
    """True for a paragraph that is no end: one before a list, and the lines of the signing but the last."""
    after = following[0] if following else PageBreak()
    ends = isinstance(block, Paragraph) and text_of(block.runs).endswith((".", "!", "?"))
    return isinstance(block, Paragraph) and not ends and not isinstance(after, PageBreak)


def _chart(block: Chart, house: HouseStyle) -> wordchart.Placed:
    plot = Plot.of(block)
    relation = house.add_chart(
        wordchart.part(plot, house.font, page_templates().get_template("chart.xml.j2"))
    )
    title, alt = text_of(block.table.caption), text_of(block.alt)
    return wordchart.placed(plot, relation, house.text_width, title, alt)


def _widths(table: Table) -> tuple[int, ...]:
    """Column widths on the grid: room for the longest word, the rest by the length of the text."""
    least, wanted = [], []
    for column in zip(table.header, *table.rows, strict=True):
        texts = [text_of(cell) for cell in column]
        longest_word = max(len(word) for text in texts for word in text.split(" "))
        least.append((longest_word + 2) * _CHARACTER)
        wanted.append(min(max(map(len, texts)), _LONGEST_LINE))
    spare = _GRID - sum(least)
    if spare < 0:
        return tuple(_GRID * width // sum(least) for width in least)
    return tuple(width + spare * share // sum(wanted) for width, share in zip(least, wanted, strict=True))
