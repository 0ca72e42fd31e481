"""The figures and judgements of a letter, each with its name, wording, meaning and provenance."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.kengetallen.library import Library
from toolkit.method.montecarlo import Simulation
from toolkit.method.objections import Answer
from toolkit.model.finding import Finding
from toolkit.model.letter import Letter
from toolkit.model.portfolio import Portfolio
from toolkit.model.refused import Refused
from toolkit.model.result import StudyOutcome
from toolkit.reports.facts import (
    earlier,
    elsewhere,
    evidence,
    gap,
    groups,
    initiatives,
    money,
    objections,
    running,
    totals,
    work,
)
from toolkit.reports.facts.fact import Fact, FactBook, FactError, Facts
from toolkit.reports.facts.source import Earlier, Source

__all__ = ["Earlier", "Fact", "FactError", "Facts", "NothingCounted", "build"]


class NothingCounted(Refused):
    """No initiative counts in the total, so there is nothing to write about."""


def build(
    outcome: StudyOutcome,
    simulation: Simulation,
    answers: tuple[Answer, ...],
    portfolio: Portfolio,
    letter: Letter,
    library: Library,
    findings: Sequence[Finding] = (),
    example: bool = False,
    workbook: str = "",
    before: Earlier | None = None,
) -> Facts:
    """Everything a letter about this study may say in figures, computed and worded here.

    answers: what is left of the study if a critic is right, per objection.
    library: what the study was computed with, for what it tells beside the sums.
    example: the names and figures are invented, and the letter must say so.
    workbook: the name of the file in which the sums can be found.
    before: the study of the letter before this one.
    Raises NothingCounted where no initiative counts.
    """
    if not portfolio.counted:
        raise NothingCounted("letter_nothing_counted")
    source = Source(outcome, simulation, answers, portfolio, letter, findings, library, before)
    book = FactBook(letter.notation, outcome, simulation)
    book.flag("voorbeeld", example, sources=("example",))
    book.text("werkmap", workbook, sources=("workbook",))
    for chapter in (
        totals.settings,
        totals.total,
        groups.groups,
        initiatives.initiatives,
        money.costs,
        running.running,
        money.temporary,
        gap.gap,
        money.cash,
        money.transfers,
        evidence.band,
        evidence.evidence,
        evidence.largest,
        evidence.no_price,
        evidence.reach,
        work.work,
        evidence.findings,
        groups.partners,
        elsewhere.compared,
        objections.objections,
        objections.work,
        earlier.published,
        earlier.earlier,
        _recommendations,
    ):
        chapter(book, source)
    return book.facts()


def _recommendations(book: FactBook, source: Source) -> None:
    """aanbevelingen.*: how many the letter lists."""
    given = [r for r in source.letter.recommendations if r.text.strip()]
    sources = [f"letter.recommendations.{number}" for number in range(1, len(given) + 1)]
    book.count("aanbevelingen.aantal", len(given), sources=sources)
    book.flag("aanbevelingen.bestaan", given, sources=sources)
    book.flag("aanbevelingen.een", len(given) == 1, sources=sources)
