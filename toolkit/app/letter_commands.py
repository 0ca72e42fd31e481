"""The command that reads an edited letter back and holds it against its portfolio."""

from __future__ import annotations

from argparse import Namespace

from toolkit.app import walk
from toolkit.app.commands import GOOD, STOPPED, as_json_text, say, told
from toolkit.app.libraries import open_library
from toolkit.exchange.outcome import findings_as_json
from toolkit.method import confirmation
from toolkit.model.finding import LEVELS, STOP, Finding, stops
from toolkit.reports.facts import NothingCounted
from toolkit.reports.proofread import proofread
from toolkit.words.vocabulary import word


def controleer_brief(given: Namespace) -> int:
    """Tell what is wrong with a letter that people edited; nothing is written."""
    findings = _findings(given)
    if given.json:
        print(as_json_text(findings_as_json(findings)))
        return STOPPED if stops(findings) else GOOD
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
        return [Finding(STOP, none.code, "", {}, given.portefeuille.name)]
    letter = confirmation.presentable(loaded.letter, computed.outcome, loaded.tariffs)
    return proofread(given.bestand, facts, letter)
