"""What the walk leaves behind, ready to be written: result workbooks and the letter."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit import __version__
from toolkit.app.refusals import refused
from toolkit.app.stale import made_of
from toolkit.app.walk import Computed, own_tariffs
from toolkit.app.writing import CannotWrite, Product, writing
from toolkit.kengetallen.library import Library
from toolkit.method import confirmation
from toolkit.model.finding import STOP, WARN, Finding
from toolkit.opc.trouble import FileRefused
from toolkit.reports.facts import Facts
from toolkit.words.vocabulary import sentence, word
from toolkit.workbook.intake import portfolios
from toolkit.workbook.intake.lapsed import renamed
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.filled import Filled
from toolkit.workbook.layout.shared import CHECKS, SETTINGS
from toolkit.workbook.outcome import putting, sheets
from toolkit.workbook.outcome.filling import fill, transcribed, with_last_year
from toolkit.workbook.outcome.said import Origin
from toolkit.workbook.reading.reader import RawWorkbook, read

FORM_FILE, PORTFOLIO_FILE, LETTER_NAME = "invulformulier.xlsx", "portefeuille.xlsx", "raadsbrief"
TEMPLATES = {FORM.code: FORM_FILE, PORTFOLIO.code: PORTFOLIO_FILE}
"""Workbook -> the empty one that comes with the toolkit."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that gets results. fill: the tables, given the workbook they go into and all findings."""

    computed: Computed
    raw: RawWorkbook
    workbook: Workbook
    fill: Callable[[RawWorkbook, Sequence[Finding]], Filled]
    findings: Sequence[Finding]


def new_form(
    library: Library,
    home: RawWorkbook | None = None,
    last_year: RawWorkbook | None = None,
    earlier: RawWorkbook | None = None,
) -> tuple[bytes, list[Finding]]:
    """An empty form with a library in its lists and on its sheet Kengetallen.

    home: a portfolio whose settings are filled in, and whose own tariffs are in the library.
    last_year: a form whose answers stand beside the questions, at the price level of `home` or its own.
    earlier: a form, full or short, whose answers are filled in, but for its settings where there is a `home`.
    With a finding that stops the form is not for use.
    """
    # only who needs another form than the one that is shipped waits for what draws it
    from toolkit.workbook.drawing.book import build

    study, findings, settings = None, list[Finding](), dict[tuple[str, str], object]()
    for raw in (home, last_year, earlier):
        if raw is not None and study is None:
            read_settings = portfolios.settings if raw is home else portfolios.settings_of_form
            study, _, found = read_settings(raw)
            findings += found if raw is home else []
    price_level = (study or portfolios.stand_in()).price_level
    if home is not None:
        library, _, told = own_tariffs(home, library.at(price_level))
        findings += told
        settings = {
            (q.code, "answer"): answer.value
            for q in SETTINGS.questions
            if (answer := home.get(q.code, "answer")) and answer.value is not None
        }
    data = build(FORM, library, price_level)
    if last_year is not None:
        data = with_last_year(data, last_year, library, price_level)
    mark = ""
    if earlier is not None:
        mark = word("form.screen.invented") if sheets.is_example(earlier) else ""
        earlier, told = renamed(earlier, library.at(price_level))
        findings += told
        own = {at: a for at, a in earlier.answers.items() if home is None or at[0] not in SETTINGS.row_codes}
        data = transcribed(data, FORM, replace(earlier, answers=own), library, price_level)
    return fill(data, FORM, settings, mark), findings


def letter(
    computed: Computed, worded: Facts, folder: Path, house_style: Path | None, as_pdf: bool = False
) -> list[Product]:
    """The letter as raadsbrief.docx, .html and .txt, and as .pdf where asked.

    Raises CannotWrite for an unfit house style, and where LibreOffice gives no PDF.
    """
    # only who makes a letter waits for what makes it
    from toolkit.reports.files.draft import draft
    from toolkit.reports.files.housestyle import HouseStyleError
    from toolkit.reports.files.pdf import PdfError

    loaded = computed.loaded
    properties: dict[str, str | dt.date] = {
        "subject": loaded.letter.subject,
        "creator": loaded.letter.municipality,
        "version": __version__,
        **({"date": loaded.letter.date} if loaded.letter.date else {}),
        "sha256": loaded.book.checksum,
    }
    try:
        content = confirmation.presentable(loaded.letter, computed.outcome, loaded.tariffs)
        formats = draft(worded, content, properties, house_style, as_pdf)
    except HouseStyleError as trouble:
        raise CannotWrite(refused(trouble, house_style or "")) from trouble
    except PdfError as trouble:
        raise CannotWrite(refused(trouble, folder / f"{LETTER_NAME}.pdf")) from trouble
    return [
        Product(folder / f"{LETTER_NAME}.{suffix}", text if isinstance(text, bytes) else text.encode())
        for suffix, text in formats.items()
    ]


def forms(computed: Computed, folder: Path | None) -> list[Product]:
    """Every form with its results: a copy *_uitkomst.xlsx in the folder, or the form itself where None."""
    products = []
    for code, raw in computed.loaded.forms.items():
        with writing(raw.path):
            products.append(_product(of_form(computed, code), folder, f"{raw.path.stem}_uitkomst"))
    return products


def portfolio(computed: Computed, folder: Path | None, worded: Facts) -> Product:
    """The portfolio with the results of all initiatives: a copy in the folder, or itself where None."""
    raw = computed.loaded.book
    with writing(raw.path):
        stem = raw.path.stem if folder else f"{raw.path.stem}_uitkomst"
        return _product(of_portfolio(computed, worded), folder, stem)


def of_form(computed: Computed, code: str) -> Book:
    """What one form gets of what was computed."""
    raw = computed.loaded.forms[code]

    def fill(home: RawWorkbook, findings: Sequence[Finding]) -> Filled:
        return sheets.form(
            computed.summaries[code],
            computed.known,
            findings,
            _origin(computed, raw),
            home,
        )

    findings = [f for f in computed.findings if f.file in ("", raw.path.name)]
    return Book(computed, raw, FORM, fill, findings)


def of_portfolio(computed: Computed, worded: Facts) -> Book:
    """What the portfolio gets of what was computed."""
    from toolkit.reports.letter.questions import answers  # as for the letter

    raw = computed.loaded.book

    def fill(home: RawWorkbook, findings: Sequence[Finding]) -> Filled:
        return sheets.portfolio(
            computed.summary,
            computed.summaries,
            findings,
            [(f.name, f.value, f.text, f.unit, f.meaning, f.provenance) for f in worded],
            [(one.question, one.answer, one.facts) for one in answers(worded)],
            _origin(computed, raw),
            home,
            made_of(computed.loaded),
            computed.loaded.letter,
            computed.before.outcome if computed.before else None,
        )

    return Book(computed, raw, PORTFOLIO, fill, computed.findings)


def checks(raw: RawWorkbook, workbook: Workbook, findings: Sequence[Finding], target: Path) -> Product:
    """A copy of the user's own workbook in which only sheet Controles is filled, with its findings."""
    only = sheets.only_checks(workbook)
    own = findings if workbook is PORTFOLIO else [f for f in findings if f.file in ("", raw.path.name)]
    filled = sheets.checks(own, raw, __version__, dt.date.today())
    try:
        with writing(raw.path):
            return Product(target, putting.written(raw.path.read_bytes(), raw, only, filled))
    except FileRefused:
        pass  # told where the results are written; a list of findings can do without the user's own file
    # the answers stand in other cells than the findings say
    rows = [{**row, "target": None} for row in filled.tables[CHECKS]]
    filled = replace(filled, tables={CHECKS: rows})
    empty = (resources.files("toolkit.workbooks") / TEMPLATES[workbook.code]).read_bytes()
    with _read_back(transcribed(empty, workbook, raw), raw, workbook) as home:
        return Product(
            target.with_suffix(".xlsx"), putting.written(home.path.read_bytes(), home, only, filled)
        )


@contextmanager
def _read_back(data: bytes, raw: RawWorkbook, workbook: Workbook) -> Iterator[RawWorkbook]:
    """Our own workbook in the place of the user's, as it is read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{raw.path.stem}.xlsx"
        path.write_bytes(data)
        yield read(path, workbook)


def _product(book: Book, folder: Path | None, stem: str) -> Product:
    """The results in the file itself or a copy, or else in our template with the answers in it.

    folder: where the copy goes; None puts the results into the file itself.
    stem: the name of what is not the file itself.
    """
    path = book.raw.path
    try:
        source = path.read_bytes()
        if folder is None and read(path, book.workbook) != book.raw:
            raise CannotWrite(Finding(STOP, "write_changed", "", {}, str(path)))
        putting.require_room(book.raw, book.workbook)
        filled = book.fill(book.raw, book.findings)
        data = putting.written(source, book.raw, book.workbook, filled)
        if folder is None:
            return Product(path, data, source, filled.findings)
        return _over(folder / f"{stem}{path.suffix.lower()}", data, book.workbook, filled.findings)
    except FileRefused as trouble:
        return apart(book, (folder or path.parent) / f"{stem}.xlsx", trouble)


def apart(book: Book, target: Path, trouble: FileRefused) -> Product:
    """The results in our own template with the answers in it, and a remark that says why."""
    why = sentence(refused(trouble, book.raw.path.name))
    remark = Finding(WARN, "written_apart", "", {"why": why, "name": target.name}, book.raw.path.name)
    data, full = _in_our_template(book, remark)
    return _over(target, data, book.workbook, (remark, *full))


def _over(target: Path, data: bytes, workbook: Workbook, remarks: tuple[Finding, ...]) -> Product:
    """The data over an earlier outcome; where someone went on working in that, it is kept as a copy."""
    earlier = os.path.isfile(target) and putting.is_changed(target, workbook)
    return Product(target, data, target.read_bytes() if earlier else None, remarks)


def _in_our_template(book: Book, remark: Finding) -> tuple[bytes, tuple[Finding, ...]]:
    """Our template with the answers and the results in it, and what its tables could not hold."""
    empty = (resources.files("toolkit.workbooks") / TEMPLATES[book.workbook.code]).read_bytes()
    library, price_level = book.computed.loaded.library, book.computed.outcome.study.price_level
    data = transcribed(empty, book.workbook, book.raw, library, price_level, unknown_where_new=True)
    with _read_back(data, book.raw, book.workbook) as home:
        filled = book.fill(home, [*book.findings, remark])
        return putting.written(data, home, book.workbook, filled), filled.findings


def _origin(computed: Computed, raw: RawWorkbook) -> Origin:
    return Origin(
        toolkit=__version__,
        library=computed.loaded.library,
        computed_on=dt.date.today(),
        source_file=raw.path.name,
        checksum=raw.checksum,
        example=computed.loaded.example or sheets.is_example(raw),
    )
