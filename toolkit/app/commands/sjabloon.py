"""Write an empty form, portfolio or library workbook; a form can take over a library,
a study and the answers of another form.
"""

from __future__ import annotations

import os
from argparse import Namespace
from importlib import resources
from pathlib import Path

from toolkit.app import output, walk
from toolkit.app.carrying import read_earlier
from toolkit.app.libraries import opened
from toolkit.app.parsing import Parser
from toolkit.app.steps import save
from toolkit.app.telling import STOPPED, report, say
from toolkit.model.finding import stops
from toolkit.words.vocabulary import word
from toolkit.workbook import layout as workbook

FORM = "formulier"
TEMPLATES = {
    FORM: output.FORM_FILE,
    "kort": "kortformulier.xlsx",
    "portefeuille": output.PORTFOLIO_FILE,
    "kengetallen": "kengetallen.xlsx",
}


def arguments(parser: Parser) -> None:
    """What is made, with what in it, and where it goes."""
    parser.takes("--soort", said="kind", choices=tuple(TEMPLATES), default=FORM)
    parser.takes("--kengetallen", said="form_library", type=Path, metavar="BESTAND")
    parser.takes("--studie", said="study", type=Path, metavar="PORTEFEUILLE")
    with parser.one_at_most():
        parser.takes("--vorig", said="last_year", type=Path, metavar="FORMULIER")
        parser.takes("--overnemen", said="carried_over", type=Path, metavar="BESTAND")
    parser.takes("--uit", said="out_file", type=Path, metavar="BESTAND")


def run(given: Namespace) -> int:
    """Write it where nothing is yet."""
    target = given.uit or Path(TEMPLATES[given.soort])
    if os.path.exists(target):
        say(word("screen.trouble.exists", path=target))
        return STOPPED
    if not (given.kengetallen or given.studie or given.vorig or given.overnemen):
        data = (resources.files("toolkit.workbooks") / TEMPLATES[given.soort]).read_bytes()
        return save({target: data})
    if given.soort != FORM:
        say(word("screen.trouble.only_for_a_form"))
        return STOPPED
    library, findings = opened(given.kengetallen)
    asked = ((given.studie, workbook.PORTFOLIO), (given.vorig, workbook.FORM))
    raws = [walk.read_raw(path, kind) if path else (None, []) for path, kind in asked]
    raws.append(read_earlier(given.overnemen) if given.overnemen else (None, []))
    findings = [*findings, *(finding for _, found in raws for finding in found)]
    if library is None or stops(findings):
        return report(findings)
    data, told = output.new_form(library, *(raw for raw, _ in raws))
    if report([*findings, *told]) == STOPPED:
        return STOPPED
    return save({target: data})
