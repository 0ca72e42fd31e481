"""The command line. Exit codes: 0 good, 1 findings that stop, 2 our fault."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn, TypedDict, Unpack

from toolkit import __version__
from toolkit.app import (
    check_command,
    commands,
    dropped,
    excel_commands,
    letter_commands,
    library_commands,
)
from toolkit.app.fault import reported
from toolkit.app.libraries import BUILT_IN
from toolkit.words.vocabulary import sections, word

OUR_FAULT = 2
LIBRARY, EXCEL = "kengetallen", "excel"
BELOW = {LIBRARY: library_commands, EXCEL: excel_commands}
"""Commands with commands of their own below them, in a module with the name of their words."""
ELSEWHERE = {"controleer": check_command.controleer, "controleer-brief": letter_commands.controleer_brief}
"""Commands that do not live in commands.py."""


class _Dutch(argparse.ArgumentParser):
    """argparse with Dutch words around it."""

    def in_dutch(self) -> None:
        """Give the headings of the help, and the help itself, their Dutch words."""
        self._positionals.title = word("screen.program.arguments")
        self._optionals.title = word("screen.program.options")
        self.add_argument("-h", "--help", action="help", help=word("screen.program.help"))

    def error(self, message: str) -> NoReturn:
        """A mistake on the command line is the user's to mend: a sentence and exit code 1."""
        self.print_usage(sys.stderr)
        self.exit(commands.STOPPED, word("screen.trouble.usage", reason=message) + "\n")


class _How(TypedDict, total=False):
    """What else is told of an argument."""

    action: str
    choices: Sequence[str]
    default: object
    metavar: str
    nargs: str
    type: Callable[[str], object]


class _Lines(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, word("screen.program.usage") if prefix is None else prefix)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; words come from words/screen.toml."""
    main = _Dutch(
        prog="wijkbaten",
        description=word("screen.program.description"),
        epilog=word("screen.program.more"),
        add_help=False,
        formatter_class=_Lines,
    )
    main.in_dutch()
    main.add_argument("--version", action="version", version=__version__, help=word("screen.program.version"))
    found = main.add_subparsers(title=word("screen.program.commands"), metavar="OPDRACHT", required=True)
    made: dict[str, _Dutch] = {}
    for name, said in sections("screen.commands").items():
        made[name] = _command(found, name, said)
        if name not in BELOW:
            made[name].set_defaults(run=ELSEWHERE.get(name) or getattr(commands, name))
    for group, module in BELOW.items():
        below = made[group].add_subparsers(
            title=word("screen.program.commands"), metavar="OPDRACHT", required=True
        )
        for name, said in sections(f"screen.{module.__name__.rpartition('.')[2]}").items():
            made[f"{group} {name}"] = command = _command(below, name, said)
            command.set_defaults(run=getattr(module, name))
    _arguments(made)
    return main


def _command(found: argparse._SubParsersAction[_Dutch], name: str, said: Mapping[str, str]) -> _Dutch:
    command = found.add_parser(
        name,
        help=said["help"],
        description=said["help"][0].upper() + said["help"][1:] + ".",
        epilog=word("screen.program.example", example=said["example"]),
        add_help=False,
        formatter_class=_Lines,
    )
    command.in_dutch()
    return command


def _arguments(made: Mapping[str, argparse.ArgumentParser]) -> None:
    def add_to(command: argparse._ActionsContainer, *flags: str, said: str, **how: Unpack[_How]) -> None:
        command.add_argument(*flags, help=word(f"screen.arguments.{said}"), **how)

    def add(name: str, *flags: str, said: str, **how: Unpack[_How]) -> None:
        add_to(made[name], *flags, said=said, **how)

    add("sjabloon", "--soort", said="kind", choices=tuple(commands.TEMPLATES), default="formulier")
    add("sjabloon", "--studie", said="study", type=Path, metavar="PORTEFEUILLE")
    add("sjabloon", "--vorig", said="last_year", type=Path, metavar="FORMULIER")
    add("sjabloon", "--uit", said="out_file", type=Path, metavar="BESTAND")
    add("voorbeelden", "map", said="folder", type=Path, metavar="MAP")
    add("controleer", "bestand", said="files", type=Path, nargs="+", metavar="BESTAND")
    add("controleer", "--uit", said="checks_folder", type=Path, metavar="MAP")
    add("controleer", "--json", said="findings_json", action="store_true")
    add("bereken", "bestand", said="file", type=Path, metavar="BESTAND")
    add("exporteer", "bestand", said="form_or_portfolio", type=Path, metavar="BESTAND")
    add("exporteer", "--uit", said="out_file", type=Path, metavar="BESTAND")
    add("herleid", "gevraagd", said="asked", metavar="CIJFER")
    book = Path(commands.TEMPLATES["portefeuille"])
    add("herleid", "--portefeuille", said="portfolio_or_form", type=Path, default=book, metavar="BESTAND")
    add("herleid", "--alles", said="everything", action="store_true")
    add("herleid", "--html", said="html", type=Path, metavar="BESTAND")
    proofread = "controleer-brief"
    add(proofread, "bestand", said="letter", type=Path, metavar="BRIEF")
    add(proofread, "--portefeuille", said="letter_portfolio", type=Path, default=book, metavar="BESTAND")
    add(proofread, "--json", said="json_findings", action="store_true")
    for name in ("portefeuille", "brief"):
        add(name, "bestand", said="portfolio", type=Path, metavar="PORTEFEUILLE")
    add("alles", "map", said="folder", type=Path, metavar="MAP")
    # one way to get the outcome at a time; of everything together, only the workbooks can stay where they are
    where: dict[str, argparse._ActionsContainer] = {
        name: made[name].add_mutually_exclusive_group() for name in ("bereken", "portefeuille")
    }
    where |= {name: made[name] for name in ("brief", "alles")}
    add_to(where["bereken"], "--json", said="json", action="store_true")
    for name, way in where.items():
        add_to(way, "--uit", said="out_folder", type=Path, default=Path("uitvoer"), metavar="MAP")
        if name != "brief":
            add_to(way, "--terplekke", said="in_place", action="store_true")
    for name in ("portefeuille", "brief", "alles"):
        add(name, "--huisstijl", said="house_style", type=Path, metavar="DOCX")
    for name in ("brief", "alles"):
        add(name, "--pdf", said="pdf", action="store_true")
    reckoning = ("controleer", "bereken", "exporteer", "herleid", "portefeuille", "brief", "alles", proofread)
    for name in reckoning:
        add(name, "--kengetallen", said="library", type=Path, metavar="BESTAND")
    add(f"{LIBRARY} controleer", "bestand", said="own_library", type=Path, metavar="BESTAND")
    compare, built_in = f"{LIBRARY} vergelijk", Path(BUILT_IN)
    add(compare, "oud", said="old_library", type=Path, metavar="OUD")
    add(compare, "nieuw", said="new_library", type=Path, nargs="?", default=built_in, metavar="NIEUW")
    add(compare, "--portefeuille", said="compared", type=Path, metavar="PORTEFEUILLE")
    add(f"{EXCEL} bouw", "doel", said="addin", type=Path, metavar="DOEL")
    add(f"{EXCEL} bouw", "--python", said="addin_python", metavar="PAD")


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
        given = parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = given.run
        return run(given)
    except BrokenPipeError:
        # whoever read our output has seen enough; nothing is left to write it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return commands.GOOD
    except Exception:
        commands.say(word("screen.trouble.our_fault"))
        commands.say(reported(traceback.format_exc(), [Path.cwd()]))
        return OUR_FAULT


if __name__ == "__main__":
    sys.exit(main())
