"""Take away what was installed."""

from __future__ import annotations

from argparse import Namespace

from toolkit.app.commands.excel import in_sentences
from toolkit.app.excel import installing, system
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, STOPPED, say, told
from toolkit.app.writing import CannotWrite
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """Nothing."""


@in_sentences
def run(given: Namespace) -> int:
    """Remove it; what someone changed since stays."""
    try:
        removed = installing.remove(system.this_system())
    except CannotWrite as trouble:
        say(told(trouble.finding))
        say(word("excel.trouble.still_there"))
        return STOPPED
    for path in removed.gone:
        say(word("excel.done.gone", path=path))
    for path in removed.kept:
        say(word("excel.trouble.changed", path=path))
    if not removed.gone and not removed.kept:
        say(word("excel.done.nothing_there"))
    return STOPPED if removed.kept else GOOD
