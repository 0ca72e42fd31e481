"""argparse in Dutch: what a command takes, its help, and a sentence for every mistake on the command line."""

from __future__ import annotations

import argparse
import re
from argparse import Action, ArgumentError, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn, TypedDict, Unpack

from toolkit.words.dutch import enumeration
from toolkit.words.vocabulary import word

PROGRAM = "wijkbaten"
_USAGE = "usage: "
_KINDS = {
    "missing": r"the following arguments are required: (?P<missing>.+)",
    "incomplete": r"expected (?:at least )?one argument",
    "not_together": r"not allowed with argument (?P<other>.+)",
    "nothing_fits": r"ignored explicit argument (?P<value>.+)",
    "too_short": r"ambiguous option: (?P<value>.+) could match (?P<matches>.+)",
    "not_listed": r"invalid choice: (?P<value>.+?)(?:, maybe you meant .+)? \(choose from .+\)",
    "unfit": r"invalid \S+ value: (?P<value>.+)",
}
"""Our sentence -> what argparse says of the mistake, in English, as Python comes without other languages."""


class How(TypedDict, total=False):
    """How an argument is read, as add_argument takes it."""

    action: str
    choices: Sequence[str]
    default: object
    metavar: str
    nargs: str
    type: Callable[[str], object]
    version: str


class Misunderstood(Exception):
    """A mistake on the command line: how the command is used, and a sentence about the mistake."""

    def __init__(self, usage: str, sentence: str) -> None:
        self.usage = usage
        self.sentence = sentence
        super().__init__(sentence)


class Parser(argparse.ArgumentParser):
    """The command line of a command, or of a page that lists commands.

    name: what stands behind the name of the program; nothing for the page of the program itself.
    """

    def __init__(self, name: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=f"{PROGRAM} {name}".rstrip(),
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            exit_on_error=False,
        )
        self.taken: dict[str, Action] = {}
        self.arguments = self.add_argument_group(word("screen.program.arguments"))
        self.options = self.add_argument_group(word("screen.program.options"))
        self.takes("-h", "--help", said="help", action="help")

    def takes(self, *flags: str, said: str, **how: Unpack[How]) -> None:
        """Add an argument or an option. said: its help, in screen.arguments.  how: as for add_argument."""
        group = self.options if flags[0].startswith("-") else self.arguments
        action = group.add_argument(*flags, help=word(f"screen.arguments.{said}"), **how)
        self.taken["/".join(action.option_strings) or str(action.metavar)] = action

    @contextmanager
    def one_at_most(self) -> Iterator[None]:
        """The options added meanwhile do not go together."""
        every = self.options
        self.options = every.add_mutually_exclusive_group()
        yield
        self.options = every

    def lists(self, commands: Mapping[str, str]) -> None:
        """Add commands to the help, each with what it does."""
        listed = self.add_subparsers(
            title=word("screen.program.commands"), metavar="OPDRACHT", parser_class=argparse.ArgumentParser
        )
        for name, does in commands.items():
            listed.add_parser(name, help=does)

    def read(self, given: Sequence[str]) -> Namespace:
        """What the words on the command line say. Raises Misunderstood."""
        try:
            found, surplus = self.parse_known_args(given)
        except ArgumentError as mistake:
            raise self._in_dutch(mistake.argument_name or "", mistake.message) from None
        for text in surplus:
            if text.startswith("-"):
                option, _, _ = text.partition("=")
                raise self.mistake("unknown", self._nearest_option(option), value=option)
        if surplus:
            raise self.mistake("surplus", value=" ".join(surplus))
        return found

    def format_usage(self) -> str:
        """The lines that show how the command is used, with a Dutch word in front."""
        ours = word("screen.program.usage")
        first, *more = super().format_usage().splitlines()
        longer = " " * (len(ours) - len(_USAGE))
        return "\n".join([first.replace(_USAGE, ours, 1), *(longer + line for line in more), ""])

    def format_help(self) -> str:
        """The same lines, and what there is to know about the command."""
        return super().format_help().replace(super().format_usage(), self.format_usage(), 1)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise ArgumentError(None, message)

    def mistake(self, kind: str, near: str = "", **facts: object) -> Misunderstood:
        """A mistake, to be raised. kind: of screen.mistakes.  near: what was probably meant."""
        told = word(f"screen.mistakes.{kind}", **facts)
        more = word("screen.mistakes.more", name=self.prog)
        hint = word("screen.mistakes.near", near=near) if near else more
        return Misunderstood(self.format_usage().rstrip(), f"{told} {hint}")

    def _nearest_option(self, option: str) -> str:
        known = {flag.strip("-"): flag for action in self.taken.values() for flag in action.option_strings}
        return known.get(nearest(option.strip("-"), known), "")

    def _in_dutch(self, about: str, message: str) -> Misunderstood:
        """The mistake that argparse tells of an argument."""
        for kind, pattern in _KINDS.items():
            if said := re.fullmatch(pattern, message, re.DOTALL):
                return self._told(kind, about, said.groupdict())
        return self.mistake("other")

    def _told(self, kind: str, about: str, facts: dict[str, str]) -> Misunderstood:
        choices = [str(choice) for choice in self.taken[about].choices or ()] if about else []
        match kind:
            case "incomplete":
                facts["missing"] = str(self.taken[about].metavar or enumeration(choices, "of"))
            case "too_short":
                facts["listed"] = enumeration(facts["matches"].split(", "), "of")
            case "not_listed":
                facts["listed"] = enumeration(choices, "of")
        near = nearest(facts.get("value", "").strip("'"), choices)
        return self.mistake(kind, near, about=about, **facts)


def nearest(given: str, known: Iterable[str]) -> str:
    """What someone who typed `given` probably meant; nothing where that is not plain.

    >>> nearest("berekn", ["brief", "bereken"]), nearest("onzin", ["brief"])
    ('bereken', '')
    """
    from difflib import get_close_matches  # only a mistake waits for it

    return next(iter(get_close_matches(given, known, n=1)), "")
