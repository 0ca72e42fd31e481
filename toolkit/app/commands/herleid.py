"""Tell where a figure of the letter comes from, or what rests on a cell."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app import walk
from toolkit.app.arguments import takes_library
from toolkit.app.libraries import opened
from toolkit.app.output import PORTFOLIO_FILE
from toolkit.app.parsing import Parser
from toolkit.app.places import trail
from toolkit.app.refusals import refused
from toolkit.app.steps import compute, save
from toolkit.app.telling import GOOD, STOPPED, report, say
from toolkit.model.finding import stops
from toolkit.reports.facts import NothingCounted
from toolkit.reports.trace import NotFound, find, to_html, to_text
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """What is asked after, of which study, and how far."""
    parser.takes("gevraagd", said="asked", metavar="CIJFER")
    parser.takes(
        "--portefeuille",
        said="portfolio_or_form",
        type=Path,
        default=Path(PORTFOLIO_FILE),
        metavar="BESTAND",
    )
    parser.takes("--alles", said="everything", action="store_true")
    parser.takes("--html", said="html", type=Path, metavar="BESTAND")
    takes_library(parser)


def run(given: Namespace) -> int:
    """Print the trace; nothing is written but the page that was asked for."""
    library, findings = opened(given.kengetallen)
    if library is None:
        return report(findings)
    loaded, findings = walk.load(given.portefeuille, library)
    if loaded is None or stops(findings):
        return report(findings)
    computed = compute(loaded)
    try:
        known = trail(computed, walk.facts(computed))
        first, *others = find(given.gevraagd, known)
    except NothingCounted as none:
        return report([refused(none, given.portefeuille.name)])
    except NotFound as missing:
        say(word("trace.text.not_found", asked=missing.asked))
        if missing.near:
            say(word("trace.text.nearby", names=" / ".join(missing.near)))
        say(word("trace.text.how_to_ask"))
        return STOPPED
    trees, beside = first.trees(known), [(other.name, other.told) for other in others]
    print(to_text(trees, beside, given.alles), end="")
    return save({given.html: to_html(trees, beside).encode()}) if given.html else GOOD
