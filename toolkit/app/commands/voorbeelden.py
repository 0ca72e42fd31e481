"""Copy the shipped examples into a folder."""

from __future__ import annotations

import os
from argparse import Namespace
from importlib import resources
from pathlib import Path

from toolkit.app.parsing import Parser
from toolkit.app.steps import save
from toolkit.app.telling import STOPPED, say
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """The folder."""
    parser.takes("map", said="folder", type=Path, metavar="MAP")


def run(given: Namespace) -> int:
    """Copy them; where one is there already, nothing is."""
    source = resources.files("toolkit.workbooks") / "voorbeelden"
    files = {given.map / item.name: item for item in source.iterdir() if item.name.endswith(".xlsx")}
    taken = [path for path in files if os.path.exists(path)]
    if taken:
        for path in taken:
            say(word("screen.trouble.exists", path=path))
        return STOPPED
    return save({path: item.read_bytes() for path, item in files.items()})
