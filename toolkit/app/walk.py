"""The one walk: read, check, compute, write. The command line and the buttons both take it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.app.refusals import refused
from toolkit.kengetallen.library import Library, load_library
from toolkit.kengetallen.tariffs import Tariff, with_tariffs
from toolkit.method import confirmation, means, plausibility
from toolkit.method.appraisal import appraise_study
from toolkit.method.defaults import with_horizon
from toolkit.method.montecarlo import Simulation, simulate
from toolkit.method.objections import Answers, answer_objections
from toolkit.method.sensitivity import analyse
from toolkit.method.summary import Summary, summarise
from toolkit.model.finding import INFO, STOP, Finding, stops
from toolkit.model.initiative import Initiative
from toolkit.model.letter import Letter
from toolkit.model.portfolio import Portfolio, Sampling
from toolkit.model.result import StudyOutcome
from toolkit.model.study import Study
from toolkit.opc.trouble import FileRefused
from toolkit.reports.facts import Earlier, Facts
from toolkit.reports.facts import build as build_facts
from toolkit.words.vocabulary import located
from toolkit.workbook.intake import portfolios
from toolkit.workbook.intake.forms import initiative as take_in
from toolkit.workbook.intake.lapsed import renamed
from toolkit.workbook.intake.tariffs import tariffs
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.parts import table_code
from toolkit.workbook.layout.portfolio import TARIFFS, USUAL_CONFIRMED
from toolkit.workbook.live.library import Listed, listed
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.reader import RawWorkbook, read


@dataclass(frozen=True, slots=True)
class Loaded:
    """A study read from files, ready to compute.

    forms: code -> the raw form it was read from.  raw: the portfolio's own workbook, None where
    a single form was read.  tariffs: what the municipality says of unit values; the library has
    its amounts already.  before: the study of the letter before this one.
    """

    portfolio: Portfolio
    library: Library
    forms: dict[str, RawWorkbook]
    findings: tuple[Finding, ...]
    raw: RawWorkbook | None = None
    letter: Letter = field(default_factory=Letter)
    example: bool = False
    tariffs: tuple[Tariff, ...] = ()
    before: Portfolio | None = None

    @property
    def book(self) -> RawWorkbook:
        """The portfolio's own workbook where one was read. ValueError for a form by itself."""
        if self.raw is None:
            raise ValueError("a form by itself has no portfolio")
        return self.raw


@dataclass(frozen=True, slots=True)
class Computed:
    """A loaded study with everything that came out.

    answers: what is left if a critic is right.  summary: of the counted initiatives together.
    summaries: of each initiative, by its code.  known: the library at the price level of the study, as its
    forms list it.
    """

    loaded: Loaded
    outcome: StudyOutcome
    answers: Answers
    simulation: Simulation
    summary: Summary
    summaries: dict[str, Summary]
    known: Listed
    findings: tuple[Finding, ...]
    before: Earlier | None = None


def read_raw(path: Path, workbook: Workbook, named: bool = False) -> tuple[RawWorkbook | None, list[Finding]]:
    """Read the coded cells of a file, or the finding that says why not.

    named: the file is named by a portfolio, not by the person at the keyboard.
    """
    try:
        raw = read(path, workbook)
    except FileRefused as trouble:
        return None, [refused(trouble, path.name)]
    kind = structure.kind(raw)
    if kind in ("", workbook.code):
        return raw, []
    code = f"refused_form_is_{kind}" if named else f"refused_is_{kind}"
    return None, [Finding(STOP, code, "", {"name": path.name}, path.name)]


def readable(path: Path) -> list[tuple[RawWorkbook, Workbook]]:
    """What can be read of a form, or of a portfolio with the forms it names."""
    if (raw := read_raw(path, FORM)[0]) is not None:
        return [(raw, FORM)]
    if (raw := read_raw(path, PORTFOLIO)[0]) is None:
        return []
    entries = portfolios.named_forms(raw)
    forms = [form for entry in entries if (form := read_raw(entry.path, FORM, named=True)[0]) is not None]
    return [(raw, PORTFOLIO), *((form, FORM) for form in forms)]


def load(
    path: Path, library: Library | None = None, study: RawWorkbook | None = None
) -> tuple[Loaded | None, list[Finding]]:
    """Read a form or a portfolio. library: by default the one of the toolkit.  study: as for of_form."""
    raw, findings = read_raw(path, FORM)
    if raw is not None:
        return of_form(raw, library or load_library(), study)
    is_portfolio = any(f.code == "refused_is_portfolio" for f in findings)
    return load_portfolio(path, library) if is_portfolio else (None, findings)


def load_form(path: Path, library: Library | None = None) -> tuple[Loaded | None, list[Finding]]:
    """Read one filled form with the settings on its own sheet Verdieping."""
    raw, findings = read_raw(path, FORM)
    return (None, findings) if raw is None else of_form(raw, library or load_library())


def of_form(
    raw: RawWorkbook, library: Library, home: RawWorkbook | None = None
) -> tuple[Loaded | None, list[Finding]]:
    """A study of one form as it was read, with the settings on its own sheet Verdieping.

    home: a portfolio whose settings and own tariffs hold instead.
    """
    study, sampling, more = portfolios.settings(home) if home else portfolios.settings_of_form(raw)
    provisional = study or portfolios.stand_in()
    library = library.at(provisional.price_level)
    given: tuple[Tariff, ...] = ()
    if home is not None:
        library, given, told = own_tariffs(home, library)
        more += [*told, *(_settings_differ(raw, study) if study else ())]
    raw, lapsed = renamed(raw, library)
    found, findings = take_in(raw, provisional, library)
    findings += [*lapsed, *more]
    if study is None or found is None or stops(more):
        return None, findings
    study = with_horizon(study, (found,))
    portfolio = Portfolio(study, (found,), (), sampling)
    loaded = Loaded(portfolio, library, {found.code: raw}, tuple(findings), tariffs=given)
    return loaded, findings


def own_tariffs(raw: RawWorkbook, library: Library) -> tuple[Library, tuple[Tariff, ...], list[Finding]]:
    """A library at a price level with what a portfolio says of it on sheet Eigen tarieven, what that is, and
    what is wrong with it; then nothing of it is taken.
    """
    raw, findings = renamed(raw, library)
    given, more = tariffs(raw, library)
    return with_tariffs(library, () if stops(more) else given), given, [*findings, *more]


def load_portfolio(path: Path, library: Library | None = None) -> tuple[Loaded | None, list[Finding]]:
    """Read a portfolio and every form it names; all findings of all files at once."""
    raw, findings = read_raw(path, PORTFOLIO)
    return (None, findings) if raw is None else of_portfolio(raw, library or load_library())


def of_portfolio(raw: RawWorkbook, library: Library) -> tuple[Loaded | None, list[Finding]]:
    """A study of a portfolio as it was read, with every form that it names read from the disk."""
    forms, findings = _forms(raw)
    loaded, more = assemble(raw, forms, library)
    findings += more
    if loaded is not None:
        told = means.remarks(loaded.letter, loaded.portfolio.counted, loaded.portfolio.study, raw.path.name)
        findings += told
        loaded = replace(loaded, findings=(*loaded.findings, *told))
    before, more = _before(raw, loaded)
    findings += more
    return (None if loaded is None or stops(findings) else replace(loaded, before=before)), findings


def _forms(raw: RawWorkbook) -> tuple[dict[str, RawWorkbook], list[Finding]]:
    """The forms that a portfolio names, by code."""
    findings: list[Finding] = []
    forms: dict[str, RawWorkbook] = {}
    for entry in portfolios.named_forms(raw):
        form, more = read_raw(entry.path, FORM, named=True)
        findings += more
        if form is not None:
            forms[entry.code] = form
    return forms, findings


def _before(raw: RawWorkbook, now: Loaded | None) -> tuple[Portfolio | None, list[Finding]]:
    """The answers behind the letter before, with the unit values, price level and discount rate of now."""
    path, cell, findings = portfolios.previous(raw)
    if path is None or now is None:
        return None, findings
    older, found = read_raw(path, PORTFOLIO)
    loaded = None
    if older is not None:
        forms, found = _forms(older)
        answers = {at: given for at, given in older.answers.items() if table_code(at[0]) != TARIFFS.code}
        loaded, more = assemble(replace(older, answers=answers), forms, now.library)
        found += more
    if loaded is None or stops(found):
        reason = located(next(f for f in found if f.level == STOP))
        facts = {"found": path.relative_to(raw.path.parent).as_posix(), "reason": reason}
        return None, [Finding(STOP, "previous_unusable", cell, facts, raw.path.name)]
    study = now.portfolio.study
    same = replace(
        loaded.portfolio.study,
        price_level=study.price_level,
        discount_rate=study.discount_rate,
        timing_benefits=study.timing_benefits,
        timing_costs=study.timing_costs,
        include_volunteer_hours=study.include_volunteer_hours,
        inhabitants=study.inhabitants,
        care_bought=study.care_bought,
    )
    return replace(loaded.portfolio, study=same), []


def assemble(
    raw: RawWorkbook, forms: dict[str, RawWorkbook], library: Library
) -> tuple[Loaded | None, list[Finding]]:
    """Turn a portfolio and its forms, as they were read, into a study with this library."""
    plan, findings = portfolios.plan(raw)
    forms = dict(forms)
    study = plan.study if plan else portfolios.stand_in()
    library = library.at(study.price_level)
    raw, more = renamed(raw, library)
    findings += more
    library, given, more = own_tariffs(raw, library)
    findings += more
    findings += portfolios.copied(raw, forms)
    initiatives: list[Initiative] = []
    for entry in plan.entries if plan else portfolios.named_forms(raw):
        if entry.code not in forms:
            continue
        forms[entry.code], lapsed = renamed(forms[entry.code], library)
        found, more = take_in(forms[entry.code], study, library, entry.code)
        findings += [*lapsed, *more]
        if found is not None:
            initiatives.append(
                replace(
                    found,
                    counted=entry.counted,
                    counted_reason=entry.reason,
                    publish_ratio=entry.publish_ratio,
                )
            )
    if plan is None or stops(findings):
        return None, findings
    findings += portfolios.too_many_shared(raw, initiatives, plan.overlaps)
    study = with_horizon(study, tuple(initiatives))
    findings += [f for form in forms.values() for f in _settings_differ(form, plan.study)]
    portfolio = Portfolio(study, tuple(initiatives), plan.overlaps, plan.sampling)
    return Loaded(portfolio, library, forms, tuple(findings), raw, plan.letter, plan.example, given), findings


def _settings_differ(form: RawWorkbook, study: Study) -> list[Finding]:
    own, _, _ = portfolios.settings(form)
    if own is None:
        return []
    same = replace(own, name=study.name, inhabitants=study.inhabitants, care_bought=study.care_bought)
    if same == study:
        return []
    return [Finding(INFO, "settings_differ", "", {}, form.path.name)]


def compute(loaded: Loaded, draws: int | None = None) -> Computed:
    """Compute a loaded study: outcome, chance, heaviest assumptions, believability.

    draws: fewer or more than the study asks, where only the findings matter.
    """
    portfolio, index = loaded.portfolio, loaded.library.index
    if draws is not None:
        portfolio = replace(portfolio, sampling=replace(portfolio.sampling or Sampling(), draws=draws))
    with ThreadPoolExecutor(1) as aside:
        # the draws are numpy's work, the rest is Python's; so they get on side by side
        chance = aside.submit(simulate, portfolio, index)
        outcome = appraise_study(portfolio, index)
        together, analyses = analyse(portfolio, index), {}
        for initiative in portfolio.initiatives:
            alone = portfolio.alone(initiative)
            analyses[initiative.code] = together if alone == portfolio else analyse(alone, index)
        answers = answer_objections(portfolio, loaded.library)
        simulation = chance.result()
    counted = tuple(one.initiative for one in outcome.counted)
    summary = summarise(outcome, simulation.study, together, answers.study, counted)
    summaries = {
        code: summarise(
            one, simulation.initiatives[code], analyses[code], answers.initiatives[code], (one.initiative,)
        )
        for code, one in outcome.initiatives.items()
    }
    known = listed(loaded.library, portfolio.study.price_level)
    doubts = plausibility.doubts(portfolio, outcome, loaded.library, dt.date.today())
    if (raw := loaded.raw) is not None:
        cells = raw.get(TARIFFS.row_codes[0], "unit_value"), raw.get(USUAL_CONFIRMED, "answer")
        where = cells[0].where if cells[0] else "", cells[1].where if cells[1] else ""
        doubts += confirmation.remarks(loaded.letter, outcome, loaded.tariffs, where, raw.path.name)
    findings = (*loaded.findings, *doubts)
    before = Earlier(loaded.before, appraise_study(loaded.before, index)) if loaded.before else None
    return Computed(loaded, outcome, answers, simulation, summary, summaries, known, findings, before)


def facts(computed: Computed) -> Facts:
    """The figures a letter may use, worded and with their provenance."""
    loaded = computed.loaded
    return build_facts(
        computed.outcome,
        computed.simulation,
        computed.answers.study,
        loaded.portfolio,
        loaded.letter,
        loaded.library,
        computed.findings,
        loaded.example,
        loaded.raw.path.name if loaded.raw else "",
        computed.before,
    )
