"""Write a form or a portfolio as a study in JSON."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app import walk
from toolkit.app.arguments import takes_library
from toolkit.app.libraries import opened
from toolkit.app.parsing import Parser
from toolkit.app.steps import save
from toolkit.app.telling import GOOD, as_json_text, report
from toolkit.exchange.writing import as_document


def arguments(parser: Parser) -> None:
    """The workbook, and where the study goes."""
    parser.takes("bestand", said="form_or_portfolio", type=Path, metavar="BESTAND")
    parser.takes("--uit", said="out_file", type=Path, metavar="BESTAND")
    takes_library(parser)


def run(given: Namespace) -> int:
    """Write the study, or print it where no file was named."""
    library, findings = opened(given.kengetallen)
    if library is None:
        return report(findings)
    loaded, findings = walk.load(given.bestand, library)
    if loaded is None:
        return report(findings)
    text = as_json_text(as_document(loaded.portfolio))
    if given.uit is None:
        print(text)
        return GOOD
    return save({given.uit: (text + "\n").encode()})
