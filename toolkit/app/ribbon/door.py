"""The one door of the buttons: which button, on which workbook, and what to tell."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.app.fault import reported
from toolkit.app.refusals import refused
from toolkit.app.ribbon.buttons import BUTTONS
from toolkit.app.ribbon.desk import Desk, Told
from toolkit.app.writing import CannotWrite
from toolkit.opc.trouble import FileRefused
from toolkit.reports.facts import NothingCounted
from toolkit.words.vocabulary import located, sentence, word

if TYPE_CHECKING:
    import xlwings

_BUSY = (-2146777998, -2147418111)
"""What Excel answers while someone types in a cell or a window of it is open."""


def knop(actie: str, boek: xlwings.Book | None = None, melding: Callable[[str], None] | None = None) -> None:
    """Do what a button says, and tell how it went.

    actie: the name of a button, of BUTTONS.  boek: the workbook; the one that calls from Excel by default.
    melding: what shows a text; a message of the spreadsheet program by default.
    Nothing is raised: trouble with what the user made is told in sentences. Of a bug of ours a report is
    saved, and the workbook is as it was.
    """
    book = _caller() if boek is None else boek
    with _without_collecting():
        told = _done(actie, book)
    (melding or _alert(book))(told)
    if boek is None:
        gc.freeze()  # Excel waits for this Python to end, and need not wait for a last look for garbage


def _done(action: str, book: xlwings.Book) -> str:
    """What there is to tell after the button."""
    folders = []
    try:
        if action not in BUTTONS:
            return word("ribbon.buttons.unknown", name=action)
        desk = Desk(book)
        folders += [desk.folder] if desk.folder else []
        return BUTTONS[action](desk)
    except Told as told:
        return str(told)
    except (FileRefused, NothingCounted) as trouble:
        return sentence(refused(trouble, desk.cells.path.name))
    except CannotWrite as trouble:
        return located(trouble.finding)
    except Exception as trouble:
        if any(code in _BUSY for code in trouble.args if isinstance(code, int)):
            return word("ribbon.trouble.busy")
        return f"{word('ribbon.trouble.our_fault')}\n\n{reported(traceback.format_exc(), folders)}"


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A click makes little garbage; looking for it among all that xlwings loads takes a fifth of a second."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _caller() -> xlwings.Book:
    """The workbook from which a button of Excel was pressed."""
    import xlwings

    return xlwings.Book.caller()


def _alert(book: xlwings.Book) -> Callable[[str], None]:
    def alert(text: str) -> None:
        book.app.alert(text, word("ribbon.buttons.title"))

    return alert
