"""Where every input was read: names of inputs and the cells they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from toolkit.app.walk import Computed, Loaded
from toolkit.reports.facts import Facts
from toolkit.reports.facts.source import Source
from toolkit.reports.trace import Place, Trail
from toolkit.workbook.layout.asked import DEEPENING, EFFECTS
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.form import FORM
from toolkit.workbook.layout.parts import table_code
from toolkit.workbook.layout.portfolio import INITIATIVES, MEANS, MUNICIPALITY, PORTFOLIO, RECOMMENDATIONS
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.reading.reader import RawWorkbook

_SAMPLING = ("draws", "seed")
_FINER = {DEEPENING.code: EFFECTS.code}
"""A row of the one says more about the row of the other with the same number."""
_OF_STUDY = (SETTINGS.code, MUNICIPALITY.code)
_LISTED = {MEANS: ("means", "scheme"), RECOMMENDATIONS: ("recommendations", "recommendation")}
"""Blocks of sheet Brief: field of the letter, and the column without which a row is not read."""


def trail(computed: Computed, facts: Facts) -> Trail:
    """Everything a trace of this study needs."""
    loaded = computed.loaded
    source = Source(
        computed.outcome,
        computed.simulation,
        computed.answers.study,
        loaded.portfolio,
        loaded.letter,
        computed.findings,
        loaded.library,
    )
    return Trail(source, facts, places(loaded), _settings_book(loaded).path.name)


def places(loaded: Loaded) -> dict[str, tuple[Place, ...]]:
    """Name of an input -> its cells: 'study.horizon', 'KADE.EF-01.reach', 'KADE.participants', 'KADE'."""
    found: dict[str, list[Place]] = defaultdict(list)
    named = [_of_study(_settings_book(loaded))]
    named += [_of_form(code, raw) for code, raw in loaded.forms.items()]
    if loaded.raw is not None:
        named.append(_of_portfolio(loaded, loaded.raw))
    for pairs in named:
        for name, place in pairs:
            found[name].append(place)
    return {name: tuple(cells) for name, cells in found.items()}


def _settings_book(loaded: Loaded) -> RawWorkbook:
    """The workbook with the settings: the portfolio, or the one form that was read by itself."""
    return loaded.raw or next(iter(loaded.forms.values()))


def _place(raw: RawWorkbook, row: str, column: str) -> Place | None:
    answer = raw.get(row, column)
    return Place(raw.path.name, answer.where, answer.value is not None) if answer else None


def _of_study(raw: RawWorkbook) -> Iterator[tuple[str, Place]]:
    for question in (*SETTINGS.questions, *MUNICIPALITY.questions):
        code = question.field.code
        if place := _place(raw, question.code, "answer"):
            yield f"{'sampling' if code in _SAMPLING else 'study'}.{code}", place


def _questions(workbook: Workbook) -> dict[str, str]:
    """Code of a single question -> code of its field."""
    return {q.code: q.field.code for _, block in workbook.blocks() for q in block.questions}


def _of_form(code: str, raw: RawWorkbook) -> Iterator[tuple[str, Place]]:
    """Every answer of a form; of a row of a grid first the row itself, by its first answer."""
    asked = _questions(FORM)
    for row, column in raw.answers:
        prefix, _, number = row.partition("-")
        place = _place(raw, row, column)
        if prefix == SETTINGS.code or place is None:
            continue
        if row in asked:
            yield f"{code}.{asked[row]}", place
        else:
            yield f"{code}.{_FINER.get(prefix, prefix)}-{number}.{column}", place
            if prefix not in _FINER:
                yield f"{code}.{row}", place


def _of_portfolio(loaded: Loaded, raw: RawWorkbook) -> Iterator[tuple[str, Place]]:
    asked = _questions(PORTFOLIO)
    for row, code in asked.items():
        if table_code(row) not in _OF_STUDY and (place := _place(raw, row, "answer")):
            yield f"letter.{code}", place
    for block, (field, needed) in _LISTED.items():
        given = [r for r in sorted(raw.rows_of(block)) if (a := raw.get(r, needed)) and a.value]
        for number, row in enumerate(given, 1):
            yield from ((f"letter.{field}.{number}", place) for place in _row(raw, row))
    for row in raw.rows_of(INITIATIVES):
        answer = raw.get(row, "code")
        if answer and answer.value is not None:
            yield from ((str(answer.value), place) for place in _row(raw, row))
    for overlap in loaded.portfolio.overlaps:
        yield f"{overlap.first}+{overlap.second}", Place(raw.path.name, overlap.cell)
    for tariff in loaded.tariffs:
        yield f"unit_value.{tariff.unit_value.code}", Place(raw.path.name, tariff.cell)


def _row(raw: RawWorkbook, row: str) -> Iterator[Place]:
    """The filled cells of a row."""
    for at, column in raw.answers:
        place = _place(raw, row, column) if at == row else None
        if place is not None and raw.value(row, column) is not None:
            yield place
