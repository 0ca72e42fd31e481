"""Compute one form into a workbook, or a JSON study into JSON."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from toolkit.app import output, walk
from toolkit.app.arguments import takes_folder, takes_in_place, takes_library
from toolkit.app.libraries import opened
from toolkit.app.parsing import Parser
from toolkit.app.steps import compute, written
from toolkit.app.telling import GOOD, STOPPED, as_json_text, report
from toolkit.exchange.outcome import as_json
from toolkit.exchange.reading import read_file
from toolkit.method.appraisal import appraise_study
from toolkit.method.montecarlo import simulate
from toolkit.method.objections import answer_objections
from toolkit.method.plausibility import doubts
from toolkit.model.finding import STOP, Finding, stops


def arguments(parser: Parser) -> None:
    """The form or study, and one way to get its outcome."""
    parser.takes("bestand", said="file", type=Path, metavar="BESTAND")
    with parser.one_at_most():
        parser.takes("--json", said="json", action="store_true")
        takes_folder(parser)
        takes_in_place(parser)
    takes_library(parser)


def run(given: Namespace) -> int:
    """Compute it, and write or print what came out."""
    if given.bestand.suffix.lower() == ".json":
        if given.terplekke:
            return report([Finding(STOP, "write_no_book", "", {}, given.bestand.name)])
        return _study(given)
    library, findings = opened(given.kengetallen)
    if library is None:
        return _stopped(findings, given.json)
    loaded, findings = walk.load_form(given.bestand, library)
    if loaded is None or stops(findings):
        return _stopped(findings, given.json)
    computed = compute(loaded)
    if given.json:
        print(
            as_json_text(as_json(computed.outcome, computed.answers, computed.simulation, computed.findings))
        )
        return GOOD
    report(computed.findings, brief=True)
    folder = None if given.terplekke else given.uit
    return written(lambda: output.forms(computed, folder), computed)


def _study(given: Namespace) -> int:
    """A study in JSON, of which the outcome is JSON too."""
    library, findings = opened(given.kengetallen)
    if library is None:
        return _stopped(findings, as_object=True)
    portfolio, findings = read_file(given.bestand, library)
    if portfolio is None:
        return _stopped(findings, as_object=True)
    outcome = appraise_study(portfolio, library.index)
    answers = answer_objections(portfolio, library)
    simulation = simulate(portfolio, library.index) if portfolio.sampling else None
    findings += doubts(portfolio, outcome, library.at(portfolio.study.price_level), dt.date.today())
    print(as_json_text(as_json(outcome, answers, simulation, findings)))
    return GOOD


def _stopped(findings: Sequence[Finding], as_object: bool) -> int:
    if as_object:
        print(as_json_text(as_json(None, None, None, findings)))
        return STOPPED
    return report(findings)
