"""What each button does. A button gives the text to tell, or raises what the door turns into that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from importlib import resources
from itertools import chain, count
from pathlib import Path

from toolkit import __version__
from toolkit.app import output, stale, walk, writing
from toolkit.app.output import Book
from toolkit.app.ribbon.desk import Desk, Told
from toolkit.app.ribbon.tracing import herleid
from toolkit.app.walk import Computed
from toolkit.app.writing import Product
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import LEVELS, WARN, Finding, stops
from toolkit.opc.references import column_letters
from toolkit.opc.trouble import FileRefused
from toolkit.words import dutch
from toolkit.words.vocabulary import located, sections, sentence, word
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.outcomes import BANDS
from toolkit.workbook.layout.parts import Table
from toolkit.workbook.layout.screen import CARDS
from toolkit.workbook.openbook import NotPutBack, put_back
from toolkit.workbook.outcome import sheets

SHOWN = 3
"""So many findings are told in full; the others stand on sheet Controles."""
_MANUAL = Path(__file__).parents[3] / "docs" / "handleiding" / "excel.md"


def controleer(desk: Desk) -> str:
    """Check the workbook: sheet Controles, and the first cell that asks for attention."""
    loaded, findings = desk.load()
    if loaded is not None and not stops(findings):
        findings = [*walk.compute(loaded, draws=1000).findings, *stale.remarks(loaded)]
    return _checked(desk, findings)


def herbereken(desk: Desk) -> str:
    """Compute everything anew and go to the outcome."""
    return _computed(desk, CARDS)


def onzekerheid(desk: Desk) -> str:
    """Compute everything anew and go to how sure the outcome is."""
    return _computed(desk, BANDS)


def brief(desk: Desk) -> str:
    """Make the letter beside the portfolio; a letter that is there already is kept as a copy."""
    if desk.workbook is FORM:
        raise Told(word("ribbon.letter.only_portfolio"))
    folder = desk.saved_in()
    loaded, findings = desk.load()
    if loaded is None or stops(findings):
        return _stopped(desk, findings)
    computed = walk.compute(loaded)
    made = output.letter(computed, walk.facts(computed), folder, None)
    written = writing.save_all([_kept(product) for product in made])
    lines = [
        word("ribbon.letter.kept", path=path, copy=copy.name) if copy else str(path) for path, copy in written
    ]
    return "\n".join([word("ribbon.letter.made"), *lines])


def terugzetten(desk: Desk) -> str:
    """Put back what stood in the workbook before the last button."""
    try:
        put_back(desk.cells, desk.raw, desk.snapshot)
    except NotPutBack as trouble:
        raise Told(word(f"ribbon.back.{trouble.code}")) from None
    return word("ribbon.back.done")


def nieuw(desk: Desk) -> str:
    """Put an empty form beside the workbook; one of a portfolio has its settings."""
    folder = desk.saved_in()
    if desk.workbook is FORM:
        data = (resources.files("toolkit.workbooks") / output.FORM_FILE).read_bytes()
    else:
        data, _ = output.new_form(load_library(), desk.raw)
    empty = Path(output.FORM_FILE)
    names = chain([empty.name], (f"{empty.stem}_{n}{empty.suffix}" for n in count(2)))
    path = next(folder / name for name in names if not (folder / name).exists())
    writing.save_all([Product(path, data)])
    return word("ribbon.new.made", path=path)


def hulp(desk: Desk) -> str:
    """What every button does, and where more is told."""
    said = sections("ribbon.buttons")
    told = [f"{said[name]['label']}: {said[name]['help']}." for name in BUTTONS]
    more = [word("ribbon.help.manual", path=_MANUAL)] if _MANUAL.exists() else []
    return "\n".join([*told, *more])


BUTTONS: dict[str, Callable[[Desk], str]] = {
    "controleer": controleer,
    "herbereken": herbereken,
    "onzekerheid": onzekerheid,
    "brief": brief,
    "herleid": herleid,
    "terugzetten": terugzetten,
    "nieuw": nieuw,
    "help": hulp,
}
"""Name of a button -> what it does."""


def _stopped(desk: Desk, findings: Sequence[Finding]) -> str:
    return f"{word('ribbon.checked.stopped')}\n\n{_checked(desk, findings)}"


def _checked(desk: Desk, findings: Sequence[Finding]) -> str:
    """Put the findings on sheet Controles, go to the first, and tell what they are."""
    worst_first = sorted(findings, key=lambda f: LEVELS.index(f.level))
    own = worst_first if desk.workbook is not FORM else [f for f in worst_first if _is_own(desk, f)]
    filled = sheets.checks(own, desk.raw, __version__, dt.date.today())
    counted = "found_one" if len(findings) == 1 else "found"
    try:
        desk.fill(sheets.only_checks(desk.workbook), filled)
    except FileRefused as trouble:
        if trouble.code != "results_missing":
            raise
        counted = "found_apart"
    desk.go_to_first(worst_first)
    told = [word(f"ribbon.checked.{counted}", n=len(findings)) if findings else word("ribbon.checked.good")]
    told += [word("ribbon.checked.line", finding=located(f)) for f in worst_first[:SHOWN]]
    if len(findings) > SHOWN:
        told.append(word("ribbon.checked.more", n=len(findings) - SHOWN))
    if desk.workbook is not FORM:
        told.append(word("ribbon.checked.forms"))
    return "\n".join(told)


def _is_own(desk: Desk, finding: Finding) -> bool:
    return finding.file in ("", desk.raw.path.name)


def _computed(desk: Desk, show: Table) -> str:
    """Compute, put the results into the workbook, and go to a table of them."""
    loaded, findings = desk.load()
    if loaded is None or stops(findings):
        return _stopped(desk, findings)
    computed = walk.compute(loaded)
    if desk.workbook is FORM:
        (code,) = loaded.forms
        book = output.of_form(computed, code)
    else:
        book = output.of_portfolio(computed, walk.facts(computed))
    filled = book.fill(desk.raw, book.findings)
    try:
        desk.fill(desk.workbook, filled)
    except FileRefused as trouble:
        if trouble.code != "results_missing":
            raise
        return _apart(desk, book, trouble)
    place = desk.raw.place(show)
    desk.go_to(place.sheet, f"{column_letters(place.code_column + 1)}{place.row + 1}")
    told = [word("ribbon.computed.done"), _difference(desk, computed)]
    if doubts := sum(f.level == WARN for f in (*book.findings, *filled.findings)):
        told.append(word(f"ribbon.computed.attention{'' if doubts > 1 else '_one'}", n=doubts))
    if desk.workbook is not FORM:
        told += [word("ribbon.computed.own_sheets"), word("ribbon.checked.forms")]
    return "\n".join(told)


def _apart(desk: Desk, book: Book, trouble: FileRefused) -> str:
    """The results beside a workbook that has no room for them."""
    product = output.apart(book, desk.saved_in() / f"{desk.raw.path.stem}_uitkomst.xlsx", trouble)
    writing.save_all([product])
    return word("ribbon.computed.apart", why=sentence(product.remarks[0]), path=product.path)


def _difference(desk: Desk, computed: Computed) -> str:
    """What became of the benefits since the last time."""
    outcomes = computed.outcome.initiatives.values()
    after = (next(iter(outcomes)) if desk.workbook is FORM else computed.outcome).benefits_pv
    before = desk.raw.earlier.get("benefits_pv")
    shown = {"after": dutch.euro(after)}
    if before is None:
        return word("ribbon.computed.first", **shown)
    if dutch.euro(before) == shown["after"]:
        return word("ribbon.computed.same", **shown)
    change = after - before
    sign = "+" if change > 0 else ""
    shown |= {"before": dutch.euro(before), "difference": f"{sign}{dutch.euro(change)}"}
    return word("ribbon.computed.changed", **shown)


def _kept(product: Product) -> Product:
    """The product over an earlier one, which is kept where it differs: someone may have worked on it."""
    try:
        earlier = product.path.read_bytes()
    except FileNotFoundError:
        return product
    return product if earlier == product.data else Product(product.path, product.data, earlier)
