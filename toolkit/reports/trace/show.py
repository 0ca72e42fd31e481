"""Trees as indented text and as one self-contained HTML file."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

from toolkit.reports.files.templates import page_templates
from toolkit.reports.trace.trail import Node, Place, Trees
from toolkit.reports.trace.values import UNIT_VALUE
from toolkit.words import dutch
from toolkit.words.printable import printable
from toolkit.words.vocabulary import word

WIDTH = 96
MOST_LINES = 8
"""So many lines of a figure are shown before the rest is folded."""
MOST_ANSWERS = 12
_NBSP, _STEP, _ITEM = "\u00a0", "    ", "-"


@dataclass(frozen=True, slots=True)
class Row:
    """A node as it is shown: `lead` is its amount or factor."""

    lead: str
    text: str
    cell: str
    source: str
    children: tuple[Row, ...] = ()


def to_text(
    trees: Trees, others: Sequence[tuple[str, str]] = (), everything: bool = False, width: int = WIDTH
) -> str:
    """The tree indented; the largest line with all its factors, the next ones in short, the rest folded.

    others: names and wordings of what was found beside it.  everything: every line in full.
    """
    printer = _Printer(everything, width)
    out = list(_others(trees, others, everything, width))
    out += _wrapped(f"{trees.heading}  ({trees.name})", "", width)
    out.append("=" * min(width, len(trees.heading) + len(trees.name) + 4))
    for sentence in filter(None, trees.about):
        out += _wrapped(sentence, "", width)
    out.append("")
    place = trees.root.place
    out += printer.children(trees.root, "", place.file if place else "")
    if printer.folded:
        out += ["", *_wrapped(word("trace.text.all_lines"), "", width)]
    return "\n".join(line.replace(_NBSP, " ").rstrip() for line in out) + "\n"


def _others(trees: Trees, others: Sequence[tuple[str, str]], everything: bool, width: int) -> Iterator[str]:
    """What else was found, each on one line."""
    if not others:
        return
    yield word("trace.text.found_many", n=len(others) + 1)
    shown = [(trees.name, trees.heading), *others]
    for name, told in shown if everything else shown[:MOST_ANSWERS]:
        line = printable(f"{name}: {told}" if told else name).replace(_NBSP, " ")
        yield f"  {textwrap.shorten(line, width - 2, placeholder=' ...')}"
    if not everything and len(shown) > MOST_ANSWERS:
        yield "  " + word("trace.text.more_facts", n=len(shown) - MOST_ANSWERS)
    yield from (word("trace.text.found_first"), "")


class _Printer:
    """Prints a tree, and knows what it left out and which sources it told already."""

    def __init__(self, everything: bool, width: int) -> None:
        self.everything = everything
        self.width = width
        self.folded = False
        self._told: set[str] = set()

    def children(self, node: Node, indent: str, file: str, first: bool = True) -> Iterator[str]:
        """The children of a node, each with its own below it. first: of its first line, every factor."""
        shown, rest = _kept(node.children, self.everything)
        self.folded = self.folded or bool(rest)
        leads = [_lead(child, number) for number, child in enumerate(shown)]
        widest = max((len(lead) for lead in leads if lead != _ITEM), default=0)
        lines_left = sum(child.folds for child in shown)
        for number, (child, lead) in enumerate(zip(shown, leads, strict=True)):
            here = child.place.file if child.place else file
            column = len(_ITEM) if lead == _ITEM else widest
            hanging = indent + " " * (column + 2)
            yield from _wrapped(
                " ".join(filter(None, (_told(child), _bracket(child.place, file)))),
                hanging,
                self.width,
                f"{indent}{lead.rjust(column)}  ",
            )
            opened = not child.folds or (first and not number)
            detailed = self.everything or (opened and not child.closed)
            if child.source and (detailed or not child.children):
                yield from self._source(child.source, hanging)
            if detailed:
                yield from self.children(child, indent + _STEP, here, first and not number)
            else:
                yield from self._in_short(child, hanging, here)
            lines_left -= child.folds
            if rest and child.folds and not lines_left:
                yield f"{hanging}{_rest(rest)}"

    def _in_short(self, node: Node, indent: str, file: str) -> Iterator[str]:
        """A line without its factors one by one: their product, the cells and the source."""
        self.folded = self.folded or bool(node.children)
        if node.closed:
            return
        if factors := [child.shown for child in node.children if child.factor is not None]:
            yield from _wrapped("= " + " × ".join(factors), indent, self.width)
        below = [one for child in node.children for one in child.walk()]
        if cells := [one.place for one in below if one.place and one.place != node.place]:
            yield from _wrapped(f"[{_together(cells, file)}]", indent, self.width)
        for one in below:
            if one.key.startswith(UNIT_VALUE) and one.source:
                yield from self._source(one.source, indent)

    def _source(self, source: str, indent: str) -> Iterator[str]:
        """A source, the first time that it is met."""
        if self.everything or source not in self._told:
            self._told.add(source)
            yield from _wrapped(word("trace.text.source", source=source), indent, self.width)


def _kept(children: Sequence[Node], full: bool) -> tuple[list[Node], list[Node]]:
    """What is shown of the children, and what is folded: one left over is never worth folding."""
    folding = [child for child in children if child.folds]
    if full or len(folding) <= MOST_LINES + 1:
        return list(children), []
    rest = folding[MOST_LINES:]
    gone = set(map(id, rest))
    return [child for child in children if id(child) not in gone], rest


def _rest(rest: Sequence[Node]) -> str:
    amounts = [child.amount for child in rest if child.amount is not None]
    if len(amounts) < len(rest):
        return word("trace.text.folded_plain", n=len(rest))
    return word("trace.text.folded", n=len(rest), amount=dutch.euro(sum(amounts), 2))


def _together(places: Sequence[Place], file: str) -> str:
    """Cells by sheet: 'Blad!E9, G9; Verdieping!H25'."""
    sheets: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for place in places:
        sheet, _, cell = place.where.rpartition("!")
        sheets[place.file, sheet][cell] = None
    return "; ".join(
        _cell(Place(name, f"{sheet}!{f',{_NBSP}'.join(cells)}" if sheet else next(iter(cells))), file)
        for (name, sheet), cells in sheets.items()
    )


def _lead(node: Node, number: int) -> str:
    """An amount, or a factor: the first follows '=', the others 'x'."""
    if node.amount is not None:
        return dutch.euro(node.amount, 2)
    if node.factor is not None:
        return f"{'×' if number else '='} {node.shown}"
    return _ITEM


def _told(node: Node) -> str:
    return node.label if node.factor is not None or not node.shown else f"{node.label}: {node.shown}"


def _bracket(place: Place | None, file: str) -> str:
    return f"[{_cell(place, file)}]" if place else ""


def _cell(place: Place, file: str) -> str:
    """A cell; its workbook is named where it is not the one that was named above."""
    where = place.where if place.filled else f"{place.where} {word('trace.text.nothing')}"
    told = where if place.file == file else f"{place.file} {where}"
    return told.replace(" ", _NBSP)


def _wrapped(text: str, indent: str, width: int, first: str | None = None) -> list[str]:
    """Lines that leave room for text however deep the indent; nothing unprintable gets out."""
    return textwrap.wrap(
        printable(text),
        max(width, len(indent) + 40),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def to_html(trees: Trees, others: Iterable[tuple[str, str]] = ()) -> str:
    """One HTML file in which every branch opens and closes; all text is escaped."""
    css = (resources.files("toolkit.templates") / "huisstijl.css").read_text(encoding="utf-8")
    return (
        page_templates()
        .get_template("herleid.html.j2")
        .render(
            title=word("trace.text.title", figure=trees.heading),
            trees=trees,
            about=list(filter(None, trees.about)),
            rows=_rows(trees.root),
            others=list(others),
            others_told=word("trace.text.found_others"),
            css=Markup(css),
        )
    )


def _rows(node: Node) -> tuple[Row, ...]:
    return tuple(
        Row(
            "" if (lead := _lead(child, number)) == _ITEM else lead,
            _told(child),
            _cell(child.place, "").replace(_NBSP, " ") if child.place else "",
            word("trace.text.source", source=child.source) if child.source else "",
            _rows(child),
        )
        for number, child in enumerate(node.children)
    )
