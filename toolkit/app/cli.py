"""The command line: finds the command that is asked for, and runs it."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from toolkit import __version__
from toolkit.app import dropped
from toolkit.app.commands import COMMANDS, below, module
from toolkit.app.fault import reported
from toolkit.app.parsing import PROGRAM, Misunderstood, Parser, nearest
from toolkit.app.telling import GOOD, OUR_FAULT, STOPPED, say
from toolkit.words.dutch import capital
from toolkit.words.vocabulary import sections, word


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a file name need not be text: what cannot be written is shown as its number
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if dropped.are_files(arguments):
            return dropped.compute(arguments, main)
        run, given = understood(arguments)
        return run(given)
    except Misunderstood as mistake:
        say(mistake.usage)
        say(mistake.sentence)
        return STOPPED
    except BrokenPipeError:
        # whoever read our output has seen enough; nothing is left to write it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except Exception:
        say(word("screen.trouble.our_fault"))
        say(reported(traceback.format_exc(), [Path.cwd()]))
        return OUR_FAULT


def understood(arguments: Sequence[str]) -> tuple[Callable[[Namespace], int], Namespace]:
    """What does the command, and what it is given. Raises Misunderstood."""
    name, given = "", list(arguments)
    while name not in COMMANDS:
        if not given or given[0].startswith("-"):
            page(name).read(given[:1])
            raise page(name).mistake("no_command")
        asked, *given = given
        found = f"{name} {asked}".lstrip()
        if found not in below(name):
            raise _unknown(name, asked)
        name = found
    command = import_module(module(name))
    parser = Parser(name, _described(name), _example(name))
    command.arguments(parser)
    return command.run, parser.read(given)


def page(name: str) -> Parser:
    """What is told of a group of commands, or of the program where there is no name."""
    if name:
        parser = Parser(name, _described(name), _example(name))
    else:
        parser = Parser(name, word("screen.program.description"), word("screen.program.more"))
        parser.takes("--version", said="version", action="version", version=__version__)
    parser.lists({one.rpartition(" ")[2]: _words(one)["help"] for one in below(name)})
    return parser


def _unknown(name: str, asked: str) -> Misunderstood:
    """The mistake of a command that is not there; one that stands elsewhere may be meant."""
    meant = {one.rpartition(" ")[2]: one for one in (*reversed(COMMANDS), *below(name))}
    near = nearest(asked, meant)
    return page(name).mistake("no_such_command", f"{PROGRAM} {meant[near]}" if near else "", value=asked)


def _words(name: str) -> Mapping[str, str]:
    return sections("screen.commands")[name]


def _described(name: str) -> str:
    return f"{capital(_words(name)['help'])}."


def _example(name: str) -> str:
    return word("screen.program.example", example=_words(name)["example"])


if __name__ == "__main__":
    sys.exit(main())
