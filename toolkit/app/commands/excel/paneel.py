"""Show the buttons in a window beside Excel."""

from __future__ import annotations

from argparse import Namespace

from toolkit.app.panel import Panel
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, STOPPED, say
from toolkit.words.vocabulary import word


def arguments(parser: Parser) -> None:
    """Nothing."""


def run(given: Namespace) -> int:
    """Show it on top, until it is closed."""
    try:
        import tkinter
    except ImportError:
        say(word("ribbon.panel.no_window"))
        return STOPPED
    try:
        import xlwings
    except ImportError:
        say(word("ribbon.trouble.no_xlwings"))
        return STOPPED
    try:
        window = tkinter.Tk()
    except tkinter.TclError as trouble:
        say(word("ribbon.panel.no_screen", reason=trouble))
        return STOPPED
    Panel(window, lambda: xlwings.books.active)
    window.mainloop()
    return GOOD
