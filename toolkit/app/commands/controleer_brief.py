"""Read an edited letter back and hold it against its portfolio."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app import walk
from toolkit.app.arguments import takes_library
from toolkit.app.libraries import open_library
from toolkit.app.output import PORTFOLIO_FILE
from toolkit.app.parsing import Parser
from toolkit.app.refusals import refused
from toolkit.app.telling import GOOD, STOPPED, as_json_text, exit_code, say, told
from toolkit.exchange.outcome import findings_as_json
from toolkit.method import confirmation
from toolkit.model.finding import LEVELS, Finding, stops
from toolkit.reports.facts import NothingCounted
from toolkit.reports.proofread import LetterRefused, proofread
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """The letter, and its portfolio."""
    parser.takes("bestand", said="letter", type=Path, metavar="BRIEF")
    parser.takes(
        "--portefeuille", said="letter_portfolio", type=Path, default=Path(PORTFOLIO_FILE), metavar="BESTAND"
    )
    parser.takes("--json", said="findings_json", action="store_true")
    takes_library(parser)


def run(given: Namespace) -> int:
    """Tell what is wrong with the letter; nothing is written."""
    findings = _findings(given)
    if given.json:
        print(as_json_text(findings_as_json(findings)))
        return exit_code(findings)
    for finding in sorted(findings, key=lambda f: LEVELS.index(f.level)):
        say(told(finding))
    if stops(findings):
        say(word("screen.result.letter_wrong"))
        return STOPPED
    say(word("screen.result.letter_sound", name=given.bestand.name))
    return GOOD


def _findings(given: Namespace) -> list[Finding]:
    """About the letter; about the library or the portfolio where those stop the computation."""
    library, findings = open_library(given.kengetallen)
    if library is None:
        return findings
    loaded, found = walk.load_portfolio(given.portefeuille, library)
    if loaded is None or stops(found):
        return [*findings, *found]
    computed = walk.compute(loaded)
    try:
        facts = walk.facts(computed)
    except NothingCounted as none:
        return [refused(none, given.portefeuille.name)]
    letter = confirmation.presentable(loaded.letter, computed.outcome, loaded.tariffs)
    try:
        return proofread(given.bestand, facts, letter)
    except LetterRefused as trouble:
        return [refused(trouble, given.bestand.name)]
