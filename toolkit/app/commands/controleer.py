"""Check forms and portfolios: findings on the screen, as JSON, or in copies of the workbooks."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from toolkit.app import carrying, output, stale, walk
from toolkit.app.arguments import takes_library
from toolkit.app.libraries import opened
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, as_json_text, exit_code, not_written, report, say
from toolkit.app.writing import CannotWrite, save_all
from toolkit.exchange.outcome import findings_as_json
from toolkit.model.finding import INFO, Finding
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import PORTFOLIO, Workbook
from toolkit.workbook.reading.raw import RawWorkbook


def arguments(parser: Parser) -> None:
    """The files, and how the findings are told."""
    parser.takes("bestand", said="files", type=Path, nargs="+", metavar="BESTAND")
    parser.takes("--uit", said="checks_folder", type=Path, metavar="MAP")
    parser.takes("--portefeuille", said="study_of_forms", type=Path, metavar="PORTEFEUILLE")
    parser.takes("--json", said="findings_json", action="store_true")
    takes_library(parser)


def run(given: Namespace) -> int:
    """Tell every finding, of all files."""
    library, findings = opened(given.kengetallen)
    if library is None:
        return _told(findings, given.json)
    study = None
    if given.portefeuille:
        study, findings = walk.read_raw(given.portefeuille, PORTFOLIO)
        if study is None:
            return _told(findings, given.json)
    worst = GOOD
    everything: list[Finding] = []
    copies: dict[Path, tuple[RawWorkbook, Workbook, list[Finding]]] = {}
    for path in given.bestand:
        loaded, findings = walk.load(path, library, study)
        closing = "mend_first"
        if carrying.is_short(findings):
            findings, closing = carrying.check_short(path, library), "mend_short"
            if given.uit:
                findings.append(Finding(INFO, "short_without_copy", "", {}, path.name))
        if loaded is not None:
            findings = [*walk.compute(loaded, draws=1000).findings, *stale.remarks(loaded)]
        everything += findings
        if given.uit:
            for raw, workbook in walk.readable(path):
                copies[_free(given.uit, raw.path.stem, copies)] = (raw, workbook, findings)
        if not given.json:
            if not findings:
                say(word("screen.result.good", name=path.name))
            worst = max(worst, report(findings, closing=closing))
    if given.json:
        worst = _told(everything, as_json=True)
    return max(worst, _save_checks(copies))


def _told(findings: Sequence[Finding], as_json: bool) -> int:
    """The findings alone, on the screen or as JSON."""
    if not as_json:
        return report(findings)
    print(as_json_text(findings_as_json(findings)))
    return exit_code(findings)


def _free(folder: Path, stem: str, taken: Collection[Path]) -> Path:
    """Where the checked copy of a workbook goes; two workbooks with one name get two copies."""
    names = chain([stem], (f"{stem}_{n}" for n in count(2)))
    return next(p for name in names if (p := folder / f"{name}_controles.xlsx") not in taken)


def _save_checks(copies: Mapping[Path, tuple[RawWorkbook, Workbook, Sequence[Finding]]]) -> int:
    try:
        products = [output.checks(*checked, target) for target, checked in copies.items()]
        written = save_all(products)
    except CannotWrite as trouble:
        return not_written(trouble)
    for path, _ in written:
        say(word("screen.progress.writing", path=path))
    return GOOD
