"""Every command in a file of its own: `arguments` adds what it takes, `run` does it and gives the exit code.

A file is imported only when its command is asked for.
"""

from __future__ import annotations

COMMANDS = (
    "sjabloon",
    "voorbeelden",
    "controleer",
    "bereken",
    "exporteer",
    "portefeuille",
    "brief",
    "alles",
    "herleid",
    "controleer-brief",
    "kengetallen controleer",
    "kengetallen vergelijk",
    "excel bouw",
    "excel installeer",
    "excel verwijder",
    "excel paneel",
    "excel controleer",
)
"""Every command, in the order of the help; its words stand in screen.commands."""


def module(command: str) -> str:
    """The module of a command.

    >>> module("controleer-brief"), module("excel bouw")
    ('toolkit.app.commands.controleer_brief', 'toolkit.app.commands.excel.bouw')
    """
    return f"{__name__}.{command.replace(' ', '.').replace('-', '_')}"


def below(page: str) -> list[str]:
    """The commands, and groups of commands, on a page; '' is the page of the program.

    >>> below("kengetallen"), below("sjabloon")
    (['kengetallen controleer', 'kengetallen vergelijk'], [])
    """
    words = page.split()
    depth = len(words)
    found = (name.split() for name in COMMANDS)
    names = [" ".join(name[: depth + 1]) for name in found if name[:depth] == words and len(name) > depth]
    return list(dict.fromkeys(names))
