"""What several commands take."""

from __future__ import annotations

from pathlib import Path

from toolkit.app.parsing import Parser


def takes_library(parser: Parser) -> None:
    """The library to compute with."""
    parser.takes("--kengetallen", said="library", type=Path, metavar="BESTAND")


def takes_folder(parser: Parser) -> None:
    """Where everything goes that is made."""
    parser.takes("--uit", said="out_folder", type=Path, default=Path("uitvoer"), metavar="MAP")


def takes_in_place(parser: Parser) -> None:
    """The workbook itself instead of a copy."""
    parser.takes("--terplekke", said="in_place", action="store_true")


def takes_house_style(parser: Parser) -> None:
    """How the letter looks."""
    parser.takes("--huisstijl", said="house_style", type=Path, metavar="DOCX")


def takes_pdf(parser: Parser) -> None:
    """The letter as PDF too."""
    parser.takes("--pdf", said="pdf", action="store_true")
