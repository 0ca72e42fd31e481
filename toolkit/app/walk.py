"""The one walk: read, check, compute, write. The command line and the buttons both take it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path

from toolkit import __version__
from toolkit.kengetallen.library import Library, load_library
from toolkit.method import plausibility
from toolkit.method.appraisal import appraise_study
from toolkit.method.montecarlo import Simulation, simulate
from toolkit.method.sensitivity import Analysis, analyse
from toolkit.model.finding import INFO, STOP, Finding, stops
from toolkit.model.initiative import Initiative
from toolkit.model.letter import Letter
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import StudyOutcome
from toolkit.reports.facts import Facts
from toolkit.reports.facts import build as build_facts
from toolkit.reports.housestyle import HouseStyleError
from toolkit.reports.letter import draft
from toolkit.workbook import portfolio_intake, sheets
from toolkit.workbook.filling import fill
from toolkit.workbook.intake import initiative as take_in
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.package import WorkbookRefused, save_atomically
from toolkit.workbook.reader import RawWorkbook, read
from toolkit.workbook.results import fits, write
from toolkit.workbook.sheets import Origin

PORTFOLIO_FILE, LETTER_NAME = "portefeuille.xlsx", "raadsbrief"
_SENTENCES = (
    "missing",
    "folder",
    "empty",
    "encrypted",
    "legacy_xls",
    "pdf",
    "not_a_zip",
    "truncated",
    "other_document",
    "not_our_form",
    "xml_entities",
    "stray_cell",
    "too_large",
    "unreadable",
    "signed",
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A study read from files, ready to compute.

    forms: code -> the raw form it was read from.  raw: the portfolio's own workbook, None where
    a single form was read.
    """

    portfolio: Portfolio
    library: Library
    forms: dict[str, RawWorkbook]
    findings: tuple[Finding, ...]
    raw: RawWorkbook | None = None
    letter: Letter = field(default_factory=Letter)
    example: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """A loaded study with everything that came out.

    analyses: what it hangs on, per initiative code, and under '' for the study.
    """

    loaded: Loaded
    outcome: StudyOutcome
    simulation: Simulation
    analyses: dict[str, Analysis]
    findings: tuple[Finding, ...]


def refused(path: Path, trouble: WorkbookRefused) -> Finding:
    """The finding that tells why a file was refused."""
    code = f"refused_{trouble.code}" if trouble.code in _SENTENCES else "refused"
    return Finding(STOP, code, "", {**trouble.facts, "code": trouble.code}, path.name)


def read_raw(path: Path, workbook: Workbook) -> tuple[RawWorkbook | None, list[Finding]]:
    """Read the coded cells of a file, or the finding that says why not."""
    try:
        return read(path, workbook), []
    except WorkbookRefused as trouble:
        return None, [refused(path, trouble)]


def load(path: Path) -> tuple[Loaded | None, list[Finding]]:
    """Read a form or a portfolio, whichever the file turns out to be."""
    raw, findings = read_raw(path, PORTFOLIO)
    if raw is None:
        return None, findings
    return load_portfolio(path) if "IN" in raw.places else load_form(path)


def load_form(path: Path) -> tuple[Loaded | None, list[Finding]]:
    """Read one filled form with the settings on its own sheet Verdieping."""
    library = load_library()
    raw, findings = read_raw(path, FORM)
    if raw is None:
        return None, findings
    study, sampling, findings = portfolio_intake.settings(raw)
    provisional = study or portfolio_intake.stand_in()
    found, more = take_in(raw, provisional, library)
    findings += more
    if study is None or found is None:
        return None, findings
    study = portfolio_intake.with_horizon(study, (found,))
    portfolio = Portfolio(study, (found,), (), sampling)
    return Loaded(portfolio, library, {found.code: raw}, tuple(findings)), findings


def load_portfolio(path: Path) -> tuple[Loaded | None, list[Finding]]:
    """Read a portfolio and every form it names; all findings of all files at once."""
    library = load_library()
    raw, findings = read_raw(path, PORTFOLIO)
    if raw is None:
        return None, findings
    plan, findings = portfolio_intake.plan(raw)
    study = plan.study if plan else portfolio_intake.stand_in()
    entries = plan.entries if plan else portfolio_intake.named_forms(raw)
    forms: dict[str, RawWorkbook] = {}
    initiatives: list[Initiative] = []
    for entry in entries:
        form, more = read_raw(entry.path, FORM)
        findings += more
        if form is None:
            continue
        found, more = take_in(form, study, library, entry.code)
        findings += more
        if found is not None:
            forms[entry.code] = form
            initiatives.append(replace(found, counted=entry.counted, counted_reason=entry.reason))
    if plan is None or stops(findings):
        return None, findings
    study = portfolio_intake.with_horizon(study, tuple(initiatives))
    findings += [f for form in forms.values() for f in _settings_differ(form, plan.study)]
    portfolio = Portfolio(study, tuple(initiatives), plan.overlaps, plan.sampling)
    return Loaded(portfolio, library, forms, tuple(findings), raw, plan.letter, plan.example), findings


def _settings_differ(form: RawWorkbook, study) -> list[Finding]:
    own, _, _ = portfolio_intake.settings(form)
    if own is None or replace(own, name=study.name) == study:
        return []
    return [Finding(INFO, "settings_differ", "", {}, form.path.name)]


def compute(loaded: Loaded, draws: int | None = None) -> Computed:
    """Compute a loaded study: outcome, chance, heaviest assumptions, believability.

    draws: fewer or more than the study asks, where only the findings matter.
    """
    portfolio, index = loaded.portfolio, loaded.library.index
    if draws is not None:
        portfolio = replace(portfolio, sampling=replace(portfolio.sampling, draws=draws))
    outcome = appraise_study(portfolio, index)
    analyses = {"": analyse(portfolio, index)}
    for initiative in portfolio.initiatives:
        alone = replace(portfolio, initiatives=(replace(initiative, counted=True),), overlaps=())
        analyses[initiative.code] = analyse(alone, index)
    doubts = plausibility.doubts(portfolio, outcome, loaded.library, dt.date.today())
    findings = (*loaded.findings, *doubts)
    return Computed(loaded, outcome, simulate(portfolio, index), analyses, findings)


def facts(computed: Computed) -> Facts:
    """The figures a letter may use, worded and with their provenance."""
    loaded = computed.loaded
    return build_facts(
        computed.outcome,
        computed.simulation,
        loaded.portfolio,
        loaded.letter,
        computed.findings,
        loaded.example,
    )


class CannotWrite(Exception):
    """A file that could not be written, as a finding for the user."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what stands in the way of writing `path` into CannotWrite."""
    try:
        yield
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise CannotWrite(Finding(STOP, "not_writable", "", {"reason": reason}, str(path))) from trouble
    except WorkbookRefused as trouble:
        raise CannotWrite(refused(path, trouble)) from trouble


def form_for_study(data: bytes, path: Path) -> tuple[bytes, list[Finding]]:
    """An empty form with the settings of a portfolio filled in on sheet Verdieping."""
    raw, findings = read_raw(path, PORTFOLIO)
    if raw is None:
        return data, findings
    study, _, findings = portfolio_intake.settings(raw)
    if study is None:
        return data, findings
    answers = {
        (q.code, "answer"): answer.value
        for q in SETTINGS.questions
        if (answer := raw.get(q.code, "answer")) and answer.value is not None
    }
    return fill(data, FORM, answers), findings


def write_letter(computed: Computed, worded: Facts, folder: Path, house_style: Path | None) -> list[Path]:
    """Write the letter as raadsbrief.docx, .html and .txt."""
    loaded = computed.loaded
    properties = {
        "subject": loaded.letter.subject,
        "creator": loaded.letter.municipality,
        "version": __version__,
        **({"date": loaded.letter.date} if loaded.letter.date else {}),
        "sha256": hashlib.sha256(loaded.raw.path.read_bytes()).hexdigest(),
    }
    try:
        formats = draft(worded, loaded.letter, properties, house_style)
    except HouseStyleError as trouble:
        raise CannotWrite(Finding(STOP, trouble.code, "", {}, str(house_style))) from trouble
    written = []
    for suffix in ("docx", "html", "txt"):
        target = folder / f"{LETTER_NAME}.{suffix}"
        text = formats[suffix]
        with writing(target):
            save_atomically(target, text if isinstance(text, bytes) else text.encode())
        written.append(target)
    return written


def write_forms(computed: Computed, folder: Path) -> list[Path]:
    """Write *_uitkomst.xlsx for every form: a copy of the coordinator's file with the results in it."""
    written = []
    for code, raw in computed.loaded.forms.items():
        target = folder / f"{raw.path.stem}_uitkomst.xlsx"
        of_form = [f for f in computed.findings if f.file in ("", raw.path.name)]
        filled = sheets.form(
            computed.outcome.initiatives[code],
            computed.simulation.initiatives[code],
            computed.analyses[code],
            of_form,
            _origin(computed, raw),
        )
        _write(raw, FORM, "invulformulier.xlsx", filled, target)
        written.append(target)
    return written


def write_portfolio(computed: Computed, folder: Path, worded: Facts) -> Path:
    """Write the portfolio workbook with the results of all initiatives together."""
    raw = computed.loaded.raw
    target = folder / raw.path.name
    filled = sheets.portfolio(
        computed.outcome,
        computed.simulation,
        computed.analyses[""],
        computed.findings,
        [(f.name, f.value, f.text, f.unit, f.meaning, f.provenance) for f in worded],
        _origin(computed, raw),
    )
    _write(raw, PORTFOLIO, PORTFOLIO_FILE, filled, target)
    return target


def _write(raw: RawWorkbook, workbook: Workbook, template: str, filled, target: Path) -> None:
    """Into a copy of the file itself, or into a separate workbook where its result sheets are gone."""
    with writing(target):
        if fits(raw, workbook):
            write(raw.path, raw, workbook, filled, target)
            return
        with resources.as_file(resources.files("toolkit.workbooks") / template) as path:
            write(path, read(path, workbook), workbook, filled, target)


def _origin(computed: Computed, raw: RawWorkbook) -> Origin:
    return Origin(
        toolkit=__version__,
        library=computed.loaded.library,
        computed_on=dt.date.today(),
        source_file=raw.path.name,
        checksum=hashlib.sha256(raw.path.read_bytes()).hexdigest(),
        example=computed.loaded.example or sheets.is_example(raw),
    )
