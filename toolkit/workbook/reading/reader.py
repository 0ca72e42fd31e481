"""Opens a workbook read-only; cells become raw answers with their address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from toolkit.opc.archive import Archive
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.opening.sheets import Cells, sheets
from toolkit.workbook.opening.unread import Cell, Unread, unread
from toolkit.workbook.reading.collector import Collector
from toolkit.workbook.reading.migration import migrated
from toolkit.workbook.reading.raw import Oddity, Place, RawAnswer, RawWorkbook

__all__ = ["CellsOf", "Oddity", "Place", "RawAnswer", "RawWorkbook", "gathered", "read"]


class CellsOf(Protocol):
    """Where cells are: a file, or a workbook that is open in a spreadsheet program.

    path: its name, and the folder that other files are looked for in.
    """

    path: Path

    def sheets(self) -> Iterator[tuple[str, Cells]]:
        """Every sheet: its name, and its cells by row and column from A1."""

    def unread(self, wanted: Mapping[str, Iterable[Cell]]) -> Mapping[tuple[str, Cell], Unread]:
        """Those of the wanted cells, empty by their value, that hold something all the same."""

    def has_macros(self) -> bool:
        """True where writing its results would have to keep macros."""

    def checksum(self) -> str:
        """SHA-256 of what was read."""


class _File:
    """A closed file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sheets(self) -> Iterator[tuple[str, Cells]]:
        return sheets(self.path)

    def unread(self, wanted: Mapping[str, Iterable[Cell]]) -> Mapping[tuple[str, Cell], Unread]:
        return unread(self.path, wanted)

    def has_macros(self) -> bool:
        names = Archive(self.path.read_bytes()).names
        return any(name.lower().endswith("vbaproject.bin") for name in names)

    def checksum(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def read(path: Path, workbook: Workbook) -> RawWorkbook:
    """Read the coded cells of a file, under the codes and labels of today's version.

    Raises FileRefused where the file cannot be read safely or is not a spreadsheet of ours.
    """
    return gathered(_File(path), workbook)


def gathered(source: CellsOf, workbook: Workbook) -> RawWorkbook:
    """The coded cells of a file or an open workbook.

    Raises FileRefused 'not_our_form', and what the source raises.
    """
    collector = Collector(workbook)
    names = []
    for name, cells in source.sheets():
        names.append(name)
        collector.collect(name, cells)
    if not collector.announced:
        raise FileRefused("not_our_form", {})
    raw = RawWorkbook(
        source.path,
        tuple(names),
        collector.answers,
        {prefix: tuple(codes) for prefix, codes in collector.rows.items()},
        collector.places,
        frozenset(collector.announced),
        tuple(collector.oddities),
        _unread(source, collector),
        collector.marks,
        collector.template,
        macros=source.has_macros(),
        earlier=collector.earlier,
        computed=collector.computed(),
        computed_with=collector.computed_with,
        checksum=source.checksum(),
    )
    return migrated(raw, workbook)


def _unread(source: CellsOf, collector: Collector) -> dict[tuple[str, str], Unread]:
    """Why some coded cells look empty."""
    empty = {
        sheet: [at for at, key in cells.items() if collector.answers[key].value is None]
        for sheet, cells in collector.cells.items()
    }
    return {collector.cells[sheet][at]: why for (sheet, at), why in source.unread(empty).items()}
