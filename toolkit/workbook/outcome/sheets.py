"""Which tables and lines go on the sheets of a computed form and of a computed portfolio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import headline as figures_of
from toolkit.method.montecarlo import Chance, Simulation
from toolkit.method.sensitivity import Analysis
from toolkit.model.finding import LEVELS, WARN, Finding
from toolkit.model.initiative import Initiative
from toolkit.model.narrowing import as_text, as_whole
from toolkit.model.result import InitiativeOutcome, Outcome, StudyOutcome
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.filled import Filled, Row
from toolkit.workbook.layout.form import OPEN_QUESTIONS, PER_EFFECT, TRAIL
from toolkit.workbook.layout.guide import PREVIEW
from toolkit.workbook.layout.headings import above
from toolkit.workbook.layout.lists import TEMPLATE_VERSION
from toolkit.workbook.layout.outcomes import (
    ASSUMPTIONS,
    BANDS,
    BUDGET,
    CONTRIBUTIONS,
    EVIDENCE,
    HEADLINE,
    MORE_FIGURES,
    NO_PRICE,
    PER_GROUP,
    PER_PARTY,
    PER_YEAR,
    SCENARIOS,
    SWITCHES,
    TASK_FIELDS,
    TRANSFERS,
    WHAT_CHANGED,
)
from toolkit.workbook.layout.parts import Table
from toolkit.workbook.layout.portfolio import COMPARISON, FACTS, QUESTIONS
from toolkit.workbook.layout.poster import POSTER
from toolkit.workbook.layout.recheck import TOTALS
from toolkit.workbook.layout.shared import CHECKS, VERSIONS
from toolkit.workbook.live import freshness
from toolkit.workbook.live import values as recheck
from toolkit.workbook.live.open_questions import open_rows
from toolkit.workbook.outcome import checks as check_tables
from toolkit.workbook.outcome import headline, lines, poster, titles, totals, uncertainty
from toolkit.workbook.outcome.changes import change_rows
from toolkit.workbook.reading.reader import RawWorkbook

MOST_ASSUMPTIONS = 12


@dataclass(frozen=True, slots=True)
class Origin:
    """With what and from what a result was made. checksum: SHA-256 of the input file."""

    toolkit: str
    library: Library
    computed_on: dt.date
    source_file: str
    checksum: str
    example: bool


def is_example(raw: RawWorkbook) -> bool:
    """True where a workbook says that its figures are invented."""
    return word("form.screen.invented") in " ".join(raw.marks.values())


def form(
    outcome: InitiativeOutcome,
    chance: Chance,
    analysis: Analysis,
    findings: Sequence[Finding],
    origin: Origin,
    raw: RawWorkbook,
) -> Filled:
    """The result sheets of one form."""
    again = recheck.rows(raw, outcome, origin.library)
    still_open = open_rows(FORM, raw.rows_of, raw.value)
    common = _common(outcome, chance, analysis, origin, [outcome.initiative], raw)
    tables = {
        **common,
        **titles.title_rows(FORM, titles.messages(outcome, _heaviest(common))),
        OPEN_QUESTIONS: still_open,
        PREVIEW: _preview(again[TOTALS], sum(as_whole(row["open"]) for row in still_open)),
        PER_EFFECT: lines.effect_rows(outcome),
        NO_PRICE: totals.pm_rows(outcome.initiative.pm_effects),
        **again,
        **freshness.rows(FORM, raw, again[TOTALS]),
        TRAIL: lines.trail_rows(outcome),
    }
    checks, full = _checks(FORM, outcome, findings, tables, raw)
    status = _status(FORM, checks, origin)
    said = poster.poster_rows(outcome, chance, origin.library, status["poster"])
    return Filled({**tables, CHECKS: checks, POSTER: said}, status, _answers(outcome, chance), findings=full)


def _heaviest(tables: Mapping[Table, Sequence[Row]]) -> str:
    return as_text(tables[ASSUMPTIONS][0]["input"]) if tables[ASSUMPTIONS] else ""


def _preview(totals: Sequence[Row], still_open: int) -> list[Row]:
    """Table tblVooruitblik: what the formulas of sheet Narekenen find, once every question is answered."""
    if still_open:
        return [{"row": code, "value": word("form.preview.still_open")} for code in PREVIEW.row_codes]
    found = {row["row"]: row["formula"] for row in totals}
    found |= {"benefits_pv": found["total"], "government": found["group_overheid"]}
    return [{"row": code, "value": found[code]} for code in PREVIEW.row_codes]


def portfolio(
    outcome: StudyOutcome,
    simulation: Simulation,
    analysis: Analysis,
    findings: Sequence[Finding],
    facts: Sequence[totals.FactRow],
    questions: Sequence[tuple[str, str, Sequence[str]]],
    origin: Origin,
    raw: RawWorkbook,
) -> Filled:
    """The result sheets of the portfolio."""
    effects = [e for one in outcome.counted for e in one.initiative.pm_effects]
    counted = [o.initiative for o in outcome.counted]
    common = _common(outcome, simulation.study, analysis, origin, counted, raw)
    said = titles.messages(outcome, _heaviest(common)) | titles.compared(outcome)
    tables = {
        **common,
        **titles.title_rows(PORTFOLIO, said),
        NO_PRICE: totals.pm_rows(effects),
        COMPARISON: totals.comparison_rows(outcome, simulation),
        QUESTIONS: totals.question_rows(questions),
        FACTS: totals.fact_rows(facts),
        **freshness.rows(PORTFOLIO, raw, []),
    }
    checks, full = _checks(PORTFOLIO, outcome, findings, tables, raw)
    status, answers = _status(PORTFOLIO, checks, origin), _answers(outcome, simulation.study)
    return Filled({**tables, CHECKS: checks}, status, answers, findings=full)


def _checks(
    workbook: Workbook,
    outcome: Outcome,
    findings: Sequence[Finding],
    tables: Mapping[Table, Sequence[Row]],
    raw: RawWorkbook,
) -> tuple[list[Row], tuple[Finding, ...]]:
    """Table tblControles, and what the tables could not hold, which it tells first; itself included."""
    full = overfull(workbook, tables, raw)
    rows = check_tables.check_rows(outcome, [*full, *findings], raw.path.name)
    if more := overfull(workbook, {CHECKS: rows}, raw):
        full = (*more, *full)
        rows = check_tables.check_rows(outcome, [*full, *findings], raw.path.name)
    return rows, full


def overfull(
    workbook: Workbook, tables: Mapping[Table, Sequence[Row]], raw: RawWorkbook
) -> tuple[Finding, ...]:
    """A finding for every table that has more rows than the workbook has room for."""
    return tuple(
        Finding(WARN, "table_full", _corner(raw, table), {"table": above(table), "left": left}, raw.path.name)
        for table, rows in tables.items()
        if (left := len(rows) - workbook.place(table).table.size + 1) > 1
    )


def _corner(raw: RawWorkbook, table: Table) -> str:
    place = raw.place_of(table)
    return f"{place.sheet}!A{place.row}" if place else ""


def checks(findings: Sequence[Finding], raw: RawWorkbook, toolkit: str, checked_on: dt.date) -> Filled:
    """Sheet Controles alone, of a workbook that was checked and not computed."""
    worst_first = sorted(findings, key=lambda f: LEVELS.index(f.level))
    rows = check_tables.check_rows(None, worst_first, raw.path.name)
    line = word("form.status.checked", date=dutch.date(checked_on), version=toolkit)
    status = {FORM.place(CHECKS).sheet.code: f"{line} {check_tables.verdict(rows)}"}
    return Filled({CHECKS: rows}, status, fresh=False)


def only_checks(workbook: Workbook) -> Workbook:
    """The part of a workbook's map that `checks` fills."""
    sheet = workbook.place(CHECKS).sheet
    return replace(workbook, sheets=(replace(sheet, parts=(CHECKS,)),))


def _common(
    outcome: Outcome,
    chance: Chance,
    analysis: Analysis,
    origin: Origin,
    initiatives: Sequence[Initiative],
    raw: RawWorkbook,
) -> dict[Table, Sequence[Row]]:
    names = uncertainty.assumption_names(initiatives, origin.library)
    base = figures_of(outcome).npv
    figures = headline.headline_rows(outcome, chance, initiatives)
    return {
        HEADLINE: [row for row in figures if row["row"] in HEADLINE.row_codes],
        MORE_FIGURES: [row for row in figures if row["row"] in MORE_FIGURES.row_codes],
        WHAT_CHANGED: change_rows(raw.earlier, figures),
        PER_GROUP: totals.group_rows(outcome),
        PER_PARTY: totals.party_rows(outcome),
        PER_YEAR: totals.year_rows(outcome),
        TRANSFERS: totals.transfer_rows(outcome),
        EVIDENCE: headline.evidence_rows(outcome),
        BANDS: uncertainty.band_rows(outcome, chance),
        SCENARIOS: uncertainty.scenario_rows(analysis.scenarios),
        ASSUMPTIONS: uncertainty.assumption_rows(analysis, names, base, MOST_ASSUMPTIONS),
        SWITCHES: uncertainty.switch_rows(analysis, names, MOST_ASSUMPTIONS),
        CONTRIBUTIONS: uncertainty.contribution_rows(chance.contributions, names, MOST_ASSUMPTIONS),
        BUDGET: lines.budget_rows(outcome),
        TASK_FIELDS: lines.task_field_rows(outcome),
        VERSIONS: _version_rows(outcome, origin),
    }


def _version_rows(outcome: Outcome, origin: Origin) -> list[Row]:
    values = {
        "template": TEMPLATE_VERSION,
        "toolkit": origin.toolkit,
        "library": origin.library.version,
        "computed_on": dutch.date(origin.computed_on),
        "source_file": origin.source_file,
        "checksum": origin.checksum,
        "study": outcome.study.name,
    }
    return [{"row": what, "value": value} for what, value in values.items()]


def _status(workbook: Workbook, checks: Sequence[Row], origin: Origin) -> dict[str, str]:
    line = word(
        "form.status.computed",
        date=dutch.date(origin.computed_on),
        version=origin.toolkit,
        library=origin.library.version,
    )
    parts = [line, check_tables.verdict(checks)]
    if origin.example:
        parts.append(word("form.screen.invented") + ".")
    return {sheet.code: " ".join(parts) for sheet in workbook.sheets}


def _answers(outcome: Outcome, chance: Chance) -> dict[str, str]:
    """The answer in one sentence, on the sheets that have one."""
    study, figures = outcome.study, figures_of(outcome)
    if figures.ratio is None or chance.ratio is None:
        amount = dutch.rounded_amount(figures.benefits_pv, "miljoen")
        answer = word("form.status.answer_without_costs", benefits=amount, price_level=study.price_level)
    else:
        low, high = (dutch.euro(chance.ratio.percentiles[p], 2) for p in ("p5", "p95"))
        ratio = dutch.euro(figures.ratio, 2)
        answer = word("form.status.answer", ratio=ratio, price_level=study.price_level, low=low, high=high)
    share = dutch.percent(chance.chance_benefits_exceed_costs)
    last = study.first_year + study.horizon - 1
    return {
        "results": answer,
        "uncertainty": word("form.status.chance", share=share),
        "budget": word("form.status.budget", first=study.first_year, last=last),
    }
