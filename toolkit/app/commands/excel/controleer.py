"""Look whether the add-in can work."""

from __future__ import annotations

from argparse import Namespace

from toolkit.app.commands.excel import in_sentences
from toolkit.app.excel import health, system
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, LEVEL_WORDS, STOPPED, say
from toolkit.model.finding import STOP
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """Nothing."""


@in_sentences
def run(given: Namespace) -> int:
    """Tell what is in order and what is wrong."""
    remarks = health.remarks(system.this_system())
    for level, text in remarks:
        said = word(f"screen.result.{LEVEL_WORDS[level]}" if level else "excel.checks.good")
        say(f"{said}: {text}")
    stopped = any(level == STOP for level, _ in remarks)
    say(word("excel.checks.wrong" if stopped else "excel.checks.sound"))
    return STOPPED if stopped else GOOD
