"""Build the add-in, on any computer."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from toolkit.app.commands.excel import in_sentences
from toolkit.app.excel import addin, system
from toolkit.app.excel.shipped import CannotBuild
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, say
from toolkit.app.writing import Product, save_all, writing
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """The file, and the Python that it starts."""
    parser.takes("doel", said="addin", type=Path, metavar="DOEL")
    parser.takes("--python", said="addin_python", metavar="PAD")


@in_sentences
def run(given: Namespace) -> int:
    """Write the add-in and its licences; nothing is overwritten."""
    target = given.doel
    if target.suffix.lower() != ".xlam":
        raise CannotBuild(word("excel.trouble.not_xlam", path=target))
    python = given.python or system.this_system().python
    beside = target.with_name(word("excel.addin.licences_file"))
    products = {target: addin.build(python), beside: addin.licences().encode()}
    with writing(beside):
        if beside.is_file() and beside.read_bytes() == products[beside]:
            del products[beside]
    for path in products:
        if path.exists():
            raise CannotBuild(word("excel.trouble.exists", path=path))
    for path, _ in save_all([Product(path, content) for path, content in products.items()]):
        say(word("screen.progress.writing", path=path))
    say(word("excel.done.built", python=python))
    return GOOD
