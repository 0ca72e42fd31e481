"""What the walk leaves behind: result workbooks, the letter, and why a file could not be written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit import __version__
from toolkit.app.walk import Computed, read_raw, refused
from toolkit.method import confirmation
from toolkit.model.finding import STOP, Finding
from toolkit.reports.facts import Facts
from toolkit.reports.housestyle import HouseStyleError
from toolkit.reports.letter import draft
from toolkit.workbook import portfolio_intake, sheets
from toolkit.workbook.filling import fill, transcribed
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.package import WorkbookRefused, save_atomically
from toolkit.workbook.reader import RawWorkbook, read
from toolkit.workbook.results import fits, write
from toolkit.workbook.sheets import Origin

FORM_FILE, PORTFOLIO_FILE, LETTER_NAME = "invulformulier.xlsx", "portefeuille.xlsx", "raadsbrief"
TEMPLATES = {FORM.code: FORM_FILE, PORTFOLIO.code: PORTFOLIO_FILE}
"""Workbook -> the empty one that comes with the toolkit."""


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
        letter = confirmation.presentable(loaded.letter, computed.outcome, loaded.tariffs)
        formats = draft(worded, letter, properties, house_style)
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
        with writing(target), _home(raw, FORM, FORM_FILE) as home:
            filled = sheets.form(
                computed.outcome.initiatives[code],
                computed.simulation.initiatives[code],
                computed.analyses[code],
                of_form,
                _origin(computed, raw),
                home,
            )
            write(home.path, home, FORM, filled, target)
        written.append(target)
    return written


def write_portfolio(computed: Computed, folder: Path, worded: Facts) -> Path:
    """Write the portfolio workbook with the results of all initiatives together."""
    raw = computed.loaded.raw
    target = folder / f"{raw.path.stem}.xlsx"
    with writing(target), _home(raw, PORTFOLIO, PORTFOLIO_FILE) as home:
        filled = sheets.portfolio(
            computed.outcome,
            computed.simulation,
            computed.analyses[""],
            computed.findings,
            [(f.name, f.value, f.text, f.unit, f.meaning, f.provenance) for f in worded],
            _origin(computed, raw),
            home,
        )
        write(home.path, home, PORTFOLIO, filled, target)
    return target


def write_checks(raw: RawWorkbook, workbook: Workbook, findings: Sequence[Finding], target: Path) -> Path:
    """Write a copy of the user's own workbook in which only sheet Controles is filled, with its findings."""
    only, template = sheets.only_checks(workbook), TEMPLATES[workbook.code]
    own = [f for f in findings if f.file in ("", raw.path.name)]
    filled = sheets.checks(own if workbook is FORM else findings, raw, __version__, dt.date.today())
    with writing(target), nullcontext(raw) if fits(raw, only) else _home(raw, workbook, template) as home:
        if home is not raw:  # its answers stand in other cells than the findings say
            rows = [{**row, "target": None} for row in filled.tables[sheets.CHECKS_TABLE]]
            filled = replace(filled, tables={sheets.CHECKS_TABLE: rows})
        write(home.path, home, only, filled, target)
    return target


@contextmanager
def _home(raw: RawWorkbook, workbook: Workbook, template: str) -> Iterator[RawWorkbook]:
    """The workbook that results go into: the file itself, or our template with its answers in it.

    The template serves where the file is no .xlsx or where its result sheets are gone.
    """
    if fits(raw, workbook):
        yield raw
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{raw.path.stem}.xlsx"
        empty = (resources.files("toolkit.workbooks") / template).read_bytes()
        path.write_bytes(transcribed(empty, workbook, raw))
        yield read(path, workbook)


def _origin(computed: Computed, raw: RawWorkbook) -> Origin:
    return Origin(
        toolkit=__version__,
        library=computed.loaded.library,
        computed_on=dt.date.today(),
        source_file=raw.path.name,
        checksum=hashlib.sha256(raw.path.read_bytes()).hexdigest(),
        example=computed.loaded.example or sheets.is_example(raw),
    )
