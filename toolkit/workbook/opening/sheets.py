"""Lets calamine read a workbook, one sheet at a time; whatever goes wrong there is a refusal here."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from toolkit.opc.archive import Archive
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.opening.far_cells import CELL_LIMIT
from toolkit.workbook.opening.gate import inspect
from toolkit.workbook.opening.unread import with_known_errors

Cells = Sequence[Sequence[object]]
SHEET_LIMIT = 250


def sheets(path: Path) -> Iterator[tuple[str, Cells]]:
    """Every sheet of a workbook: its name, and its cells by row and column from A1.

    Raises FileRefused: what inspect raises, 'unreadable', 'too_many_sheets' (facts count, limit),
    and 'too_many_cells' (fact limit) of all sheets together; a workbook can show one part as many sheets.
    """
    inspect(path)
    with _trouble_refused():
        # a zip can hold two directories; what calamine gets has only the one that was inspected
        inspected = Archive(Path(path).read_bytes()).rebuilt({})
        book = CalamineWorkbook.from_filelike(io.BytesIO(inspected))
        names = book.sheet_names
    if len(names) > SHEET_LIMIT:
        raise FileRefused("too_many_sheets", {"count": len(names), "limit": SHEET_LIMIT})
    total = 0
    for name in names:
        with _trouble_refused():
            sheet = _sheet(book, name, inspected)
            total += sheet.total_height * sheet.total_width
            if total > CELL_LIMIT:
                raise FileRefused("too_many_cells", {"limit": CELL_LIMIT})
            cells = sheet.to_python(skip_empty_area=False)
        yield name, cells


def _sheet(book: CalamineWorkbook, name: str, inspected: bytes) -> CalamineSheet:
    """One sheet; where it holds errors that only newer Excels know, with errors that all know."""
    try:
        return book.get_sheet_by_name(name)
    except CalamineError:
        mended = io.BytesIO(with_known_errors(inspected))
        return CalamineWorkbook.from_filelike(mended).get_sheet_by_name(name)


def finite(value: object) -> object:
    """The value of a cell; a number that is none (a file can say 'nan' or 1e999) as the text it is.

    >>> finite(2.5), finite(math.inf)
    (2.5, 'inf')
    """
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


@contextmanager
def _trouble_refused() -> Iterator[None]:
    """Turn the ways in which calamine gives up into FileRefused."""
    try:
        yield
    except (CalamineError, OSError, ValueError) as trouble:
        raise FileRefused("unreadable", {"reason": str(trouble)}) from trouble
    except MemoryError as trouble:
        raise FileRefused("too_many_cells", {"limit": CELL_LIMIT}) from trouble
    except BaseException as trouble:
        # a panic of the library in Rust: no Exception, and of a class that cannot be imported
        if type(trouble).__name__ != "PanicException":
            raise
        raise FileRefused("unreadable", {"reason": str(trouble)}) from trouble
