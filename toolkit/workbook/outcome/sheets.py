"""Which tables and lines go on the sheets of a computed form and of a computed portfolio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.method.summary import Summary
from toolkit.model.finding import LEVELS, WARN, Finding
from toolkit.model.letter import Letter
from toolkit.model.narrowing import as_a
from toolkit.model.result import StudyOutcome
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.compared import COMPARED_TOTAL, COMPARISON, LINES, PER_INITIATIVE
from toolkit.workbook.layout.filled import Filled, Row
from toolkit.workbook.layout.form import PER_EFFECT, TRAIL
from toolkit.workbook.layout.freshness import COMPUTED_WITH
from toolkit.workbook.layout.headings import above
from toolkit.workbook.layout.objections import OBJECTIONS
from toolkit.workbook.layout.outcomes import (
    ASSUMPTIONS,
    EVIDENCE,
    HEADLINE,
    MORE_FIGURES,
    NO_PRICE,
    PER_GROUP,
    PER_PARTY,
    PER_YEAR,
    TRANSFERS,
    WHAT_CHANGED,
)
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.portfolio import FACTS, OBJECTIONS_EACH, QUESTIONS
from toolkit.workbook.layout.poster import POSTER, REACHED
from toolkit.workbook.layout.shared import CHECKS, VERSIONS
from toolkit.workbook.layout.side_by_side import PICTURED
from toolkit.workbook.live import results
from toolkit.workbook.live.library import Listed
from toolkit.workbook.outcome import (
    budget,
    compared,
    hung_up,
    objections,
    said,
    screen,
    side_by_side,
    tables,
    uncertainty,
)
from toolkit.workbook.outcome.checks import change_rows, check_rows, verdict
from toolkit.workbook.outcome.said import Origin
from toolkit.workbook.reading.reader import RawWorkbook


def is_example(raw: RawWorkbook) -> bool:
    """True where a workbook says that its figures are invented."""
    return word("form.screen.invented") in " ".join(raw.marks.values())


def form(
    summary: Summary, known: Listed, findings: Sequence[Finding], origin: Origin, raw: RawWorkbook
) -> Filled:
    """The result sheets of one form. known: the library that it was computed with."""
    common = _common(summary, origin, raw)
    rows = {
        **common,
        **said.title_rows(FORM, _messages(summary, common)),
        PER_EFFECT: tables.effect_rows(summary),
        **results.of_form(raw, summary, known, said.version_rows(summary, origin)),
        TRAIL: tables.trail_rows(summary),
    }
    filled = _finished(FORM, summary, findings, rows, origin, raw)
    page = hung_up.poster_rows(summary, origin.library, said.status(FORM, "", origin)["poster"])
    people = hung_up.reached_rows(summary)
    return replace(filled, tables={**filled.tables, POSTER: page, REACHED: people})


def _messages(summary: Summary, filled: Mapping[Table, Sequence[Row]]) -> dict[str, Said]:
    """Chart -> what it says of an outcome."""
    heaviest = str(filled[ASSUMPTIONS][0]["input"]) if filled[ASSUMPTIONS] else ""
    return said.messages(summary, heaviest) | screen.messages(filled)


def portfolio(
    summary: Summary,
    initiatives: Mapping[str, Summary],
    findings: Sequence[Finding],
    facts: Sequence[tables.FactRow],
    questions: Sequence[tuple[str, str, Sequence[str]]],
    origin: Origin,
    raw: RawWorkbook,
    made_of: Mapping[str, str],
    letter: Letter,
    before: StudyOutcome | None = None,
) -> Filled:
    """The result sheets of the portfolio.

    summary: of the counted initiatives.  initiatives: of each one.  made_of: name -> checksum of every form
    and of the unit values.  letter: the answers on sheet Brief.  before: the study of the letter before.
    """
    common = _common(summary, origin, raw)
    messages = _messages(summary, common) | said.compared(initiatives)
    added_up: dict[Table, Sequence[Row]] = {
        COMPARISON: compared.comparison_rows(initiatives),
        COMPARED_TOTAL: compared.total_rows(summary, initiatives),
        PER_INITIATIVE: compared.initiative_rows(summary, initiatives),
        LINES: compared.line_rows(initiatives),
    }
    rows = {
        **common,
        **said.title_rows(PORTFOLIO, messages),
        **added_up,
        PICTURED: side_by_side.rows(initiatives),
        **compared.last_time(before, as_a(StudyOutcome, summary.outcome), letter),
        COMPUTED_WITH: [{"name": name, "checksum": checksum} for name, checksum in made_of.items()],
        OBJECTIONS_EACH: objections.each(initiatives),
        QUESTIONS: tables.question_rows(questions),
        FACTS: tables.fact_rows(facts),
        **results.of_portfolio(raw, summary, added_up, said.version_rows(summary, origin)),
    }
    return _finished(PORTFOLIO, summary, findings, rows, origin, raw)


def _finished(
    workbook: Workbook,
    summary: Summary,
    findings: Sequence[Finding],
    filled: Mapping[Table, Sequence[Row]],
    origin: Origin,
    raw: RawWorkbook,
) -> Filled:
    """The tables with what is said of them all: their checks, what they could not hold, state and answer."""
    full = overfull(workbook, filled, raw)
    checked = check_rows(summary, [*full, *findings], raw.path.name)
    status = said.status(workbook, verdict(checked), origin)
    last: dict[Table, Sequence[Row]] = {CHECKS: checked, VERSIONS: said.version_rows(summary, origin)}
    full += overfull(workbook, last, raw)
    return Filled(
        {**filled, **last}, status, said.answers(summary), findings=full, years=summary.outcome.study.years
    )


def overfull(
    workbook: Workbook, filled: Mapping[Table, Sequence[Row]], raw: RawWorkbook
) -> tuple[Finding, ...]:
    """A finding for every table that has more rows than the workbook has room for."""
    return tuple(
        Finding(WARN, "table_full", _corner(raw, table), {"table": above(table), "left": left}, raw.path.name)
        for table, rows in filled.items()
        if (left := len(rows) - workbook.place(table).table.size + 1) > 1
    )


def _corner(raw: RawWorkbook, table: Table) -> str:
    place = raw.place_of(table)
    return f"{place.sheet}!A{place.row}" if place else ""


def checks(findings: Sequence[Finding], raw: RawWorkbook, toolkit: str, checked_on: dt.date) -> Filled:
    """Sheet Controles alone, of a workbook that was checked and not computed."""
    worst_first = sorted(findings, key=lambda f: LEVELS.index(f.level))
    rows = check_rows(None, worst_first, raw.path.name)
    line = word("form.status.checked", date=dutch.date(checked_on), version=toolkit)
    status = {FORM.place(CHECKS).sheet.code: f"{line} {verdict(rows)}"}
    return Filled({CHECKS: rows}, status, fresh=False)


def only_checks(workbook: Workbook) -> Workbook:
    """The part of a workbook's map that `checks` fills."""
    sheet = workbook.place(CHECKS).sheet
    return replace(workbook, sheets=(replace(sheet, parts=(CHECKS,)),))


def _common(summary: Summary, origin: Origin, raw: RawWorkbook) -> dict[Table, Sequence[Row]]:
    figures = tables.headline_rows(summary)
    return {
        HEADLINE: [row for row in figures if row["row"] in HEADLINE.row_codes],
        MORE_FIGURES: [row for row in figures if row["row"] in MORE_FIGURES.row_codes],
        PER_GROUP: tables.group_rows(summary),
        PER_PARTY: tables.party_rows(summary),
        PER_YEAR: tables.year_rows(summary),
        TRANSFERS: tables.transfer_rows(summary),
        EVIDENCE: tables.evidence_rows(summary),
        NO_PRICE: tables.pm_rows(summary),
        OBJECTIONS: objections.rows(summary, origin.library),
        **screen.rows(summary),
        **budget.rows(summary),
        **uncertainty.rows(summary, origin.library),
        WHAT_CHANGED: change_rows(raw.earlier, figures),
    }
