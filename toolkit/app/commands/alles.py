"""Compute a folder: every form, the portfolio and the letter."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app.arguments import (
    takes_folder,
    takes_house_style,
    takes_in_place,
    takes_library,
    takes_pdf,
)
from toolkit.app.output import PORTFOLIO_FILE
from toolkit.app.parsing import Parser
from toolkit.app.steps import study
from toolkit.app.telling import report
from toolkit.model.finding import STOP, Finding


def arguments(parser: Parser) -> None:
    """The folder; the letter always goes to another, also where the workbooks get their own outcome."""
    parser.takes("map", said="folder", type=Path, metavar="MAP")
    takes_folder(parser)
    takes_in_place(parser)
    takes_house_style(parser)
    takes_pdf(parser)
    takes_library(parser)


def run(given: Namespace) -> int:
    """Write everything there is to make."""
    given.bestand = given.map / PORTFOLIO_FILE
    if not given.bestand.is_file():
        return report([Finding(STOP, "no_portfolio", "", {}, given.map.name)])
    return study(given, given.terplekke)
