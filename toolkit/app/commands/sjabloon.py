"""Write an empty form, portfolio or library workbook; a form can take a study's settings over."""

from __future__ import annotations

import os
from argparse import Namespace
from importlib import resources
from pathlib import Path

from toolkit.app import output
from toolkit.app.parsing import Parser
from toolkit.app.steps import save
from toolkit.app.telling import STOPPED, report, say
from toolkit.kengetallen.library import load_library
from toolkit.words.vocabulary import word

FORM = "formulier"
TEMPLATES = {
    FORM: output.FORM_FILE,
    "portefeuille": output.PORTFOLIO_FILE,
    "kengetallen": "kengetallen.xlsx",
}


def arguments(parser: Parser) -> None:
    """What is made, with what in it, and where it goes."""
    parser.takes("--soort", said="kind", choices=tuple(TEMPLATES), default=FORM)
    parser.takes("--studie", said="study", type=Path, metavar="PORTEFEUILLE")
    parser.takes("--vorig", said="last_year", type=Path, metavar="FORMULIER")
    parser.takes("--uit", said="out_file", type=Path, metavar="BESTAND")


def run(given: Namespace) -> int:
    """Write it where nothing is yet."""
    target = given.uit or Path(TEMPLATES[given.soort])
    if os.path.exists(target):
        say(word("screen.trouble.exists", path=target))
        return STOPPED
    data = (resources.files("toolkit.workbooks") / TEMPLATES[given.soort]).read_bytes()
    if given.soort != FORM and (given.studie or given.vorig):
        say(word("screen.trouble.only_for_a_form"))
        return STOPPED
    if given.vorig:
        data, findings = output.form_with_last_year(data, given.vorig, load_library())
        if report(findings) == STOPPED:
            return STOPPED
    if given.studie:
        data, findings = output.form_for_study(data, given.studie)
        if report(findings) == STOPPED:
            return STOPPED
    return save({target: data})
