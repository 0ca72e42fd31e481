"""Put the add-in where Excel loads it."""

from __future__ import annotations

from argparse import Namespace

from toolkit.app.commands.excel import in_sentences
from toolkit.app.excel import installing, system
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, say
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """Nothing."""


@in_sentences
def run(given: Namespace) -> int:
    """Write only what is not there yet."""
    written = installing.install(system.this_system())
    installing.compile_ahead()
    for path in written:
        say(word("screen.progress.writing", path=path))
    say(word("excel.done.installed" if written else "excel.done.nothing_changed"))
    return GOOD
