"""The open workbook as the buttons see it: read, load, write with a way back, and go to a cell."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.app import walk
from toolkit.app.walk import Loaded
from toolkit.app.writing import writing
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP, Finding
from toolkit.words.vocabulary import sentence, word
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO, SHORT, Workbook
from toolkit.workbook.layout.filled import Filled
from toolkit.workbook.openbook import Edits, OpenBook, keep, take, write
from toolkit.workbook.outcome import putting
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.raw import RawWorkbook
from toolkit.workbook.reading.reader import gathered

if TYPE_CHECKING:
    import xlwings


KEPT_SECONDS = 31 * 24 * 3600


class Told(Exception):
    """Why a button did nothing, as the sentence for the user."""


class Desk:
    """One open workbook, read once."""

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book
        self.cells = OpenBook(book)

    @property
    def folder(self) -> Path | None:
        """Where the workbook was saved; None where it was not."""
        return self.cells.folder

    def saved_in(self) -> Path:
        """The folder of the workbook. Raises Told where it was never saved."""
        if self.folder is None:
            raise Told(word("ribbon.saved.first"))
        return self.folder

    @cached_property
    def workbook(self) -> Workbook:
        """Form or portfolio. Raises FileRefused, and Told for a workbook of another kind."""
        kind = structure.kind(self._as_form)
        if kind in (LIBRARY_BOOK.code, SHORT.code):
            raise Told(sentence(Finding(STOP, f"refused_is_{kind}", "", {"name": self.cells.path.name})))
        return PORTFOLIO if kind == PORTFOLIO.code else FORM

    @cached_property
    def _as_form(self) -> RawWorkbook:
        return gathered(self.cells, FORM)

    @cached_property
    def raw(self) -> RawWorkbook:
        """The answers as they stand on the screen. Raises FileRefused and Told."""
        return self._as_form if self.workbook is FORM else gathered(self.cells, PORTFOLIO)

    def load(self) -> tuple[Loaded | None, list[Finding]]:
        """The study; the forms of a portfolio are read from the disk, beside it. Raises Told."""
        if self.workbook is FORM:
            return walk.of_form(self.raw, load_library())
        self.saved_in()
        return walk.of_portfolio(self.raw, load_library())

    def fill(self, workbook: Workbook, filled: Filled) -> None:
        """Put results into the workbook, all or nothing; what was there is kept for 'terugzetten'.

        Raises FileRefused 'results_missing' and 'sheet_protected', and CannotWrite.
        """
        putting.require_tables(self.raw, workbook)
        edits = Edits()
        putting.put(edits, self.raw, workbook, filled)
        before = take(self.cells, self.raw, edits)
        path = self.snapshot
        forget_old_snapshots(path.parent)
        with writing(path):
            keep(before, path)
        try:
            write(self.book, edits, before)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    @property
    def snapshot(self) -> Path:
        """The file with what stood in this workbook before the last button."""
        # a name such as Map1 is only one workbook as long as this Excel runs
        known_as = f"{self.cells.path}" if self.folder else f"{self.book.app.pid} {self.cells.path}"
        name = hashlib.sha256(known_as.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return cache_folder() / f"terugzetten-{name}.json"

    def go_to_first(self, findings: Sequence[Finding]) -> None:
        """Select the cell of the first finding that has one in this workbook."""
        for finding in findings:
            sheet, _, cell = finding.where.rpartition("!")
            if finding.file in ("", self.cells.path.name) and sheet in self.raw.sheet_names:
                self.go_to(sheet, cell)
                return

    def go_to(self, sheet: str, cell: str) -> None:
        """Show a sheet and select a cell of it."""
        there = self.book.sheets[sheet]
        there.activate()
        there.range(cell).select()


def forget_old_snapshots(folder: Path) -> None:
    """Remove what nobody put back for a month: it holds answers of a workbook."""
    with suppress(OSError):  # the next click tries again
        for path in folder.glob("terugzetten-*.json"):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()


def cache_folder() -> Path:
    """Where this system keeps what a program can do without, per user."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "wijkbaten"
