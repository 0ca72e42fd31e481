"""Filled workbooks for tests: the shipped examples, changed cell by cell."""

from __future__ import annotations

import io
import re
import shutil
from functools import cache
from importlib import resources
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from toolkit.opc.archive import Archive
from toolkit.opc.references import column_letters
from toolkit.opc.relationships import related
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

HEAVY = ("Kengetallen", "Controles", "Uitkomsten", "Vergelijking", "Onzekerheid", "Begroting", "Narekenen")
HEAVY += ("Tabellen", "Tegenwerpingen", "Rekenspoor", "Feiten", "Begrippen")
EXAMPLES = resources.files("toolkit.workbooks") / "voorbeelden"


def examples(folder: Path) -> Path:
    """A copy of the example portfolio with its six forms."""
    folder.mkdir(parents=True, exist_ok=True)
    for item in EXAMPLES.iterdir():
        if item.name.endswith(".xlsx"):
            (folder / item.name).write_bytes(item.read_bytes())
    return folder


@cache
def light(name: str) -> bytes:
    """An example without its sheets of results: quick to read where nothing is written into it."""
    source, buffer = ZipFile(io.BytesIO((EXAMPLES / name).read_bytes())), io.BytesIO()
    book = source.read("xl/workbook.xml").decode()
    pointers = source.read("xl/_rels/workbook.xml.rels").decode()
    heavy = {}
    for title in HEAVY:
        if found := re.search(rf'<sheet [^>]*name="{title}"[^>]*r:id="(\w+)"[^>]*/>', book):
            book = book.replace(found[0], "")
            entry = re.search(rf'<Relationship [^>]*Id="{found[1]}"[^>]*/>', pointers)[0]
            heavy[re.search(r"worksheets/sheet\d+\.xml", entry)[0]] = pointers = pointers.replace(entry, "")
    edited = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": pointers}
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part.removeprefix("xl/") not in heavy and not part.startswith(("xl/charts", "xl/drawings")):
                target.writestr(part, edited.get(part) or source.read(part))
    return buffer.getvalue()


def light_example(folder: Path, name: str) -> Path:
    """A copy of one example without its sheets of results."""
    path = folder / name
    path.write_bytes(light(name))
    return path


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


def result_parts(path: Path, workbook: Workbook) -> set[str]:
    """The sheets that we fill, and the tables on them, which end where their rows do."""
    archive, sheets = Archive(path.read_bytes()), Package(path).sheets
    ours = {sheets[word(f"form.sheets.{sheet.code}.name")] for sheet in workbook.sheets if sheet.is_ours}
    return ours | {one.target for part in ours for one in related(archive, part) if one.kind == "table"}
