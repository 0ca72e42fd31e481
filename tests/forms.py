"""Filled workbooks for tests: the shipped examples, changed cell by cell."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.package import Package, column_letters
from toolkit.workbook.reader import read

EXAMPLES = resources.files("toolkit.workbooks") / "voorbeelden"


def examples(folder: Path) -> Path:
    """A copy of the example portfolio with its six forms."""
    folder.mkdir(parents=True, exist_ok=True)
    for item in EXAMPLES.iterdir():
        if item.name.endswith(".xlsx"):
            (folder / item.name).write_bytes(item.read_bytes())
    return folder


def change(path: Path, answers: dict[tuple[str, str], object], into: Path | None = None) -> Path:
    """Type other answers into a filled workbook, by (row code, column code)."""
    target = into or path
    raw = read(path, PORTFOLIO if "portefeuille" in path.name else FORM)
    if into:
        shutil.copyfile(path, into)
    package = Package(target)
    for (row, column), value in answers.items():
        sheet, cell = raw.answers[row, column].where.rsplit("!", 1)
        package.set(sheet, cell, value)
    package.save(target)
    return target


def cell(raw, table: str, row: int, column: str) -> str:
    """Address of a cell of a result table; row counts from 0."""
    place = raw.places[table]
    return f"{column_letters(place.columns[column])}{place.row + 2 + row}"
