"""Blocks as plain text of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from toolkit.reports.files.templates import page_templates
from toolkit.reports.letter.blocks import (
    Block,
    Chart,
    HeaderBlock,
    Heading,
    Items,
    Paragraph,
    Runs,
    Table,
    with_title,
)

WIDTH = 80
_NBSP = "\u00a0"
_LONGEST_UNBROKEN = (
    60  # a figure up to this length stays on one line; a fact may also be a long list of names
)
_LONGEST_IN_CELL = 24
_GAP = "  "


def to_text(blocks: Sequence[Block], title: str, concept: bool = False) -> str:
    """Plain text, wrapped at 80 columns; no figure is broken over two lines (up to 60 characters)."""
    paragraphs = [_text(block) for block in with_title(blocks, title)]
    if concept:
        chrome = page_templates().get_template("chrome.j2").module
        paragraphs.insert(0, "\n".join(_wrapped(str(vars(chrome)["concept_text"]()))))
    lines = "\n\n".join(filter(None, paragraphs)).replace(_NBSP, " ").split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading(level, runs):
            lines = _wrapped(_flat(runs))
            underline = {1: "=", 2: "-"}.get(level, "")
            return "\n".join([*lines, underline * max(map(len, lines))] if underline else lines)
        case Paragraph(runs):
            return "\n".join(_wrapped(_flat(runs)))
        case Items(ordered, items):
            marks = [f"{number}. " if ordered else "- " for number in range(1, len(items) + 1)]
            indent = max(map(len, marks))
            return "\n".join(
                line
                for mark, runs in zip(marks, items, strict=True)
                for line in _wrapped(_flat(runs), mark.ljust(indent), " " * indent)
            )
        case HeaderBlock(rows):
            return _header_text(rows)
        case Table():
            return _table_text(block)
        case Chart():
            return ""  # its figures stand in a table as well
        case _:
            return "-" * WIDTH


def _flat(runs: Runs, keep: int = _LONGEST_UNBROKEN) -> str:
    """The text of the runs, with unbreakable spaces inside figures of at most `keep` characters."""
    return "".join(_whole(run.text) if run.fact and len(run.text) <= keep else run.text for run in runs)


def _whole(figure: str) -> str:
    """A figure that stays on one line; spaces around it and names without a figure may break."""
    inside = figure.strip(" ")
    if not any(map(str.isdigit, inside)):
        return figure
    return figure.replace(inside, inside.replace(" ", _NBSP))


def _wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Lines of at most `width` columns; a longer word keeps a line of its own."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first]


def _header_text(rows: Sequence[tuple[Runs, Runs]]) -> str:
    labels = [_flat(label) + ":" if label else "" for label, _ in rows]
    indent = max(map(len, labels), default=0) + len(_GAP)
    return "\n".join(
        line
        for label, (_, value) in zip(labels, rows, strict=True)
        for line in _wrapped(_flat(value), label.ljust(indent), " " * indent)
    )


def _table_text(table: Table) -> str:
    """Aligned columns under the caption; cells are wrapped where the table is wider than the page."""
    grid = [[_flat(cell, _LONGEST_IN_CELL) for cell in row] for row in (table.header, *table.rows)]
    widths = _column_widths(grid)
    rule = _GAP.join("-" * width for width in widths)
    lines = _wrapped(_flat(table.caption)) if table.caption else []
    lines += [*_row_lines(grid[0], widths, table.right), rule]
    for row in grid[1:]:
        lines += _row_lines(row, widths, table.right)
    return "\n".join(lines)


def _column_widths(grid: Sequence[Sequence[str]]) -> list[int]:
    """Widths that fit the page: the widest column gives way first, down to its longest word."""
    columns = list(zip(*grid, strict=True))
    widths = [max(map(len, column)) for column in columns]
    least = [max((len(word) for cell in column for word in cell.split(" ")), default=0) for column in columns]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - WIDTH
    for _ in range(excess):
        room = [width - low for width, low in zip(widths, least, strict=True)]
        if max(room) <= 0:
            break
        widths[room.index(max(room))] -= 1
    return widths


def _row_lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    cells = [_wrapped(cell, width=max(width, 1)) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    padded = [
        [line.rjust(width) if flush else line.ljust(width) for line in cell + [""] * (height - len(cell))]
        for cell, width, flush in zip(cells, widths, right, strict=True)
    ]
    return [_GAP.join(line) for line in zip(*padded, strict=True)]
