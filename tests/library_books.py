"""Workbooks with unit values for the tests: the library as finance gets it, with some cells changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from toolkit.app.libraries import open_library
from toolkit.kengetallen.library import Library, load_library
from toolkit.model.finding import STOP
from toolkit.words.vocabulary import located
from toolkit.workbook.drawing.book import build
from toolkit.workbook.layout import LIBRARY_BOOK
from toolkit.workbook.layout.library_book import CHANGES, PRICE_INDEX, UNIT_VALUES
from toolkit.workbook.sheetfile import Package

BUILT_IN = load_library()
NAME = "kengetallen.xlsx"
FIRST_YEAR = 2012


@cache
def built() -> bytes:
    """The workbook as it is shipped."""
    return build(LIBRARY_BOOK, BUILT_IN, 2025)


def book(folder: Path, **changed: object) -> Path:
    """The workbook in a folder, some cells changed.

    changed: 'CODE__COLUMN' or 'y2024__COLUMN' = what to type there; 'free__COLUMN' is the first free
    row of the unit values, 'yfree__COLUMN' that of the price index, 'c_CODE__COLUMN' a change and
    'c_free__COLUMN' the first free row of the changes. None makes a cell empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    package = Package(built())
    for name, value in changed.items():
        code, column = name.rsplit("__", 1)
        package.set(*cell(code, column).split("!"), value)
    path.write_bytes(package.to_bytes())
    return path


def cell(code: str, column: str) -> str:
    """The address of a cell, with its sheet: 'Bron en verdeling!G25'."""
    codes = [*BUILT_IN.unit_values, "free"]
    years = [*(f"y{FIRST_YEAR + n}" for n in range(len(BUILT_IN.index.series["cpi"]))), "yfree"]
    changes = [*(f"c_{code}" for code in (*BUILT_IN.changes, *BUILT_IN.unpriced)), "c_free", "c_next"]
    tables = {UNIT_VALUES: codes, PRICE_INDEX: years, CHANGES: changes}
    block, rows = next((block, rows) for block, rows in tables.items() if code in rows)
    sheet = LIBRARY_BOOK.place(block).sheet.name
    placed = LIBRARY_BOOK.place(block)
    return f"{sheet}!{placed.letter(column)}{placed.first_row + rows.index(code)}"


def opened(path: Path) -> Library:
    """The library of a file in which nothing is wrong or remarkable."""
    library, findings = open_library(path)
    assert not findings, [located(finding) for finding in findings]
    return library


def mistakes(path: Path) -> list[str]:
    """What is told of a file that is refused."""
    library, findings = open_library(path)
    assert library is None
    assert {f.level for f in findings} == {STOP}
    return [located(f) for f in findings]
