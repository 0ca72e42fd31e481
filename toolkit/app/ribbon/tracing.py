"""Button Herleid: where the figure in the selected cell comes from, or what rests on that cell."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from pathlib import Path

from toolkit.app import walk, writing
from toolkit.app.ribbon.desk import Desk, Told, cache_folder
from toolkit.app.writing import Product
from toolkit.model.finding import STOP, stops
from toolkit.opc.references import column_letters
from toolkit.words import dutch
from toolkit.words.vocabulary import located, word
from toolkit.workbook.layout.form import PER_EFFECT, TRAIL
from toolkit.workbook.layout.portfolio import FACTS
from toolkit.workbook.reading.raw import Place

SHOWN = 24
"""So many lines fit a message; the page has them all."""
_NAMED_BY = {FACTS: "name", TRAIL: "code", PER_EFFECT: "code"}
"""Tables of results in which a row says by this column what it is about."""


def herleid(desk: Desk) -> str:
    """Trace the selected cell: the start of it as text, and all of it on a page."""
    from toolkit.app.places import trail
    from toolkit.reports.trace import NotFound, find, to_html, to_text

    selection = desk.book.app.selection
    if selection is None:
        raise Told(word("ribbon.trace.no_cell"))
    loaded, findings = desk.load()
    if loaded is None or stops(findings):
        raise Told("\n".join(located(f) for f in findings if f.level == STOP))
    computed = walk.compute(loaded)
    known = trail(computed, walk.facts(computed))
    missing: NotFound | None = None
    for asked in _questions(desk, selection.sheet.name, selection.row, selection.column):
        try:
            first, *others = find(asked, known)
        except NotFound as trouble:
            missing = missing or trouble
            continue
        trees, beside = first.trees(known), [(other.name, other.told) for other in others]
        lines = to_text(trees, beside, False).splitlines()
        return "\n".join([*_start(lines), "", _page(to_html(trees, beside))])
    raise Told(word("ribbon.trace.no_cell") if missing is None else _not_found(missing.asked))


def _questions(desk: Desk, sheet: str, row: int, column: int) -> Iterator[str]:
    """What a cell may be asked after as: an input, what its row is about, and the figure in it."""
    yield f"{desk.raw.path.name} {sheet}!{column_letters(column)}{row}"
    for table, named_by in _NAMED_BY.items():
        place = desk.raw.place_of(table)
        if place is not None and _holds(place, sheet, row) and named_by in place.columns:
            yield str(desk.cells.at(sheet, row, place.columns[named_by]))
    value = desk.cells.at(sheet, row, column)
    if isinstance(value, float):
        yield from (dutch.number(value, 2), dutch.euro(value, 2), dutch.percent(value))
    elif isinstance(value, str) and value.strip():
        yield value


def _holds(place: Place, sheet: str, row: int) -> bool:
    return place.sheet == sheet and row in place.downward[: place.filled]


def _start(lines: list[str]) -> list[str]:
    return lines if len(lines) <= SHOWN else [*lines[:SHOWN], word("ribbon.trace.more")]


def _page(html: str) -> str:
    """Save the page where it bothers nobody, show it, and tell where it is."""
    path: Path = cache_folder() / "herleid.html"
    writing.save_all([Product(path, html.encode())])
    return word(f"ribbon.trace.{'opened' if webbrowser.open(path.as_uri()) else 'closed'}", path=path)


def _not_found(asked: str) -> str:
    return f"{word('trace.text.not_found', asked=asked)}\n{word('ribbon.trace.no_cell')}"
