"""Opens a workbook read-only; cells become raw answers with their address."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from toolkit.workbook.collector import Collector
from toolkit.workbook.layout.parts import Workbook
from toolkit.workbook.migration import migrated
from toolkit.workbook.package import WorkbookRefused
from toolkit.workbook.raw import Oddity, Place, RawAnswer, RawWorkbook
from toolkit.workbook.raw_cells import sheets
from toolkit.workbook.unread import Unread, unread

__all__ = ["Oddity", "Place", "RawAnswer", "RawWorkbook", "read"]


def read(path: Path, workbook: Workbook) -> RawWorkbook:
    """Read the coded cells of a workbook, under the codes and labels of today's version.

    Raises WorkbookRefused where the file cannot be read safely or is not a spreadsheet of ours.
    """
    collector = Collector(workbook)
    names = []
    for name, cells in sheets(path):
        names.append(name)
        collector.collect(name, cells)
    if not collector.announced:
        raise WorkbookRefused("not_our_form", {})
    raw = RawWorkbook(
        path,
        tuple(names),
        collector.answers,
        {prefix: tuple(codes) for prefix, codes in collector.rows.items()},
        collector.places,
        frozenset(collector.announced),
        tuple(collector.oddities),
        _unread(path, collector),
        collector.marks,
        collector.template,
        macros=_has_macros(path),
    )
    return migrated(raw, workbook)


def _unread(path: Path, collector: Collector) -> dict[tuple[str, str], Unread]:
    """Why some coded cells look empty."""
    empty = {
        sheet: [at for at, key in cells.items() if collector.answers[key].value is None]
        for sheet, cells in collector.cells.items()
    }
    return {collector.cells[sheet][at]: why for (sheet, at), why in unread(path, empty).items()}


def _has_macros(path: Path) -> bool:
    with ZipFile(path) as archive:
        return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
