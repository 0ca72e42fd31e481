"""Compute a portfolio into its workbook."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app.arguments import takes_folder, takes_house_style, takes_in_place, takes_library
from toolkit.app.parsing import Parser
from toolkit.app.steps import study


def arguments(parser: Parser) -> None:
    """The portfolio, and one place for its outcome."""
    parser.takes("bestand", said="portfolio", type=Path, metavar="PORTEFEUILLE")
    with parser.one_at_most():
        takes_folder(parser)
        takes_in_place(parser)
    takes_house_style(parser)
    takes_library(parser)


def run(given: Namespace) -> int:
    """Write only its workbook."""
    return study(given, given.terplekke, forms=False, letter=False)
