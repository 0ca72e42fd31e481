"""Check a library of one's own."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path

from toolkit.app.libraries import open_library
from toolkit.app.parsing import Parser
from toolkit.app.telling import report
from toolkit.method.plausibility.sources import of_library
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """The library."""
    parser.takes("bestand", said="own_library", type=Path, metavar="BESTAND")


def run(given: Namespace) -> int:
    """Tell every finding, and which amounts and sources are old today; nothing is written."""
    library, findings = open_library(given.bestand)
    if library is not None:
        findings = [*findings, *of_library(library, dt.date.today())]
        picked = len(library.changes) + len(library.unpriced)
        print(
            word("screen.compare.sound", n=len(library.unit_values), changes=picked, version=library.version)
        )
    return report(findings)
