"""Commands about the add-in for Excel: build it, install it, take it away, and look whether it can work."""

from __future__ import annotations

import functools
from argparse import Namespace
from collections.abc import Callable

from toolkit.app.commands import GOOD, LEVEL_WORDS, STOPPED, not_written, say, told
from toolkit.app.excel import addin, health, installing
from toolkit.app.excel.installing import CannotInstall
from toolkit.app.excel.shipped import CannotBuild
from toolkit.app.excel.system import this_system
from toolkit.app.panel import paneel as paneel
from toolkit.app.writing import CannotWrite, Product, save_all, writing
from toolkit.model.finding import STOP
from toolkit.words.vocabulary import word


def _in_sentences(command: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """What stands in the way of a command becomes sentences and an exit code."""

    @functools.wraps(command)
    def run(given: Namespace) -> int:
        try:
            return command(given)
        except CannotInstall as trouble:
            for sentence in trouble.sentences:
                say(sentence)
        except CannotBuild as trouble:
            say(str(trouble))
        except CannotWrite as trouble:
            return not_written(trouble)
        return STOPPED

    return run


@_in_sentences
def bouw(given: Namespace) -> int:
    """Write the add-in and its licences; nothing is overwritten."""
    target = given.doel
    if target.suffix.lower() != ".xlam":
        raise CannotBuild(word("excel.trouble.not_xlam", path=target))
    python = given.python or this_system().python
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


@_in_sentences
def installeer(given: Namespace) -> int:
    """Put the add-in where Excel loads it."""
    written = installing.install(this_system())
    installing.compile_ahead()
    for path in written:
        say(word("screen.progress.writing", path=path))
    say(word("excel.done.installed" if written else "excel.done.nothing_changed"))
    return GOOD


@_in_sentences
def verwijder(given: Namespace) -> int:
    """Take away what was installed."""
    try:
        removed = installing.remove(this_system())
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


@_in_sentences
def controleer(given: Namespace) -> int:
    """Tell what is in order and what is wrong."""
    remarks = health.remarks(this_system())
    for level, text in remarks:
        said = word(f"screen.result.{LEVEL_WORDS[level]}" if level else "excel.checks.good")
        say(f"{said}: {text}")
    stopped = any(level == STOP for level, _ in remarks)
    say(word("excel.checks.wrong" if stopped else "excel.checks.sound"))
    return STOPPED if stopped else GOOD
