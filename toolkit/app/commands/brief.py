"""Draft the letter of a portfolio."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app.arguments import takes_folder, takes_house_style, takes_library, takes_pdf
from toolkit.app.parsing import Parser
from toolkit.app.steps import study


def arguments(parser: Parser) -> None:
    """The portfolio, and how its letter looks."""
    parser.takes("bestand", said="portfolio", type=Path, metavar="PORTEFEUILLE")
    takes_folder(parser)
    takes_house_style(parser)
    takes_pdf(parser)
    takes_library(parser)


def run(given: Namespace) -> int:
    """Write only the letter."""
    return study(given, in_place=False, book=False, forms=False)
