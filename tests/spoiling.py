"""Spoils filled workbooks the way people do: wrong answers, and codes, rows and sheets that are gone."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path

from forms import change
from ooxml import BOOK_TYPE, sheet_xml, workbook_parts, zipped

from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

BOOKS = (FORM, PORTFOLIO)


def spoil(path: Path, mistake: Mapping[str, object]) -> Path:
    """Make the mistake in the file at path.

    put: answers by 'EF-01 reach'; cells: by 'Blad!A1'; an empty text clears, LONG is a text that is too
    long and LONG NAME one that fits.  formula: these cells get a formula with this error as result, or
    without a result where it is empty.  does: names in DEEDS.  replaces: file in the same folder -> what
    it holds, a name in CONTENTS.
    """
    typed = {"": None, "LONG": "x" * 2001, "LONG NAME": "x" * 1000}
    answers = {
        tuple(at.split()): typed.get(value, value) if isinstance(value, str) else value
        for at, value in _of(mistake, "put")
    }
    moments = {at: value for at, value in answers.items() if isinstance(value, dt.date | dt.time)}
    change(path, answers | dict.fromkeys(moments, 0))
    for at, value in moments.items():
        _moment(path, at, value)
    if "cells" in mistake:
        package = Package(path)
        for at, value in _of(mistake, "cells"):
            package.set(*at.rsplit("!", 1), None if value == "" else value)
        package.save(path)
    for at, result in _of(mistake, "formula"):
        _formula(path, at, result)
    for does in mistake.get("does", ()):
        DEEDS[does](path)
    for name, holds in _of(mistake, "replaces"):
        (path.parent / name).write_bytes(CONTENTS[holds]())
    return path


def _of(mistake: Mapping[str, object], key: str):
    return mistake.get(key, {}).items()


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the XML of one part; every other part stays."""
    old = path.with_suffix(".old")
    shutil.move(path, old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data.decode()).encode() if name == part else data)
    old.unlink()


def _moment(path: Path, at: tuple[str, str], value: dt.date | dt.time) -> None:
    """Put a date or a time in a cell, with a format that makes it one."""
    sheet, cell = read(path, BOOKS[path.name == "portefeuille.xlsx"]).answers[at].where.rsplit("!", 1)
    number_format = 20 if isinstance(value, dt.time) else 22 if isinstance(value, dt.datetime) else 14
    package = Package(path)
    styles = package.read("xl/styles.xml").decode()
    formats = re.search(r'<cellXfs count="(\d+)">', styles)
    package.set(sheet, cell, value)
    package.save(path)
    added = f'<xf numFmtId="{number_format}" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    rewritten(path, "xl/styles.xml", lambda text: text.replace("</cellXfs>", added))
    pattern = re.compile(rf'(<c r="{cell}")( s="\d+")?')
    rewritten(path, package.sheets[sheet], lambda text: pattern.sub(rf'\1 s="{formats[1]}"', text))


def _formula(path: Path, at: str, result: str) -> None:
    sheet, cell = at.rsplit("!", 1)
    part = Package(path).sheets[sheet]
    kind, value = (' t="e"', f"<v>{result}</v>") if result else ("", "")

    def put(text: str) -> str:
        found = re.search(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', text)
        new = f'<c r="{cell}"{found[1] or ""}{kind}><f>1/0</f>{value}</c>'
        return text[: found.start()] + new + text[found.end() :]

    rewritten(path, part, put)


def _without(sheet: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        pattern = re.compile(rf'<sheet [^>]*name="{sheet}"[^>]*/>')
        rewritten(path, "xl/workbook.xml", lambda text: pattern.sub("", text))

    return run


def _hidden(sheet: str) -> Callable[[Path], None]:
    def hide(text: str) -> str:
        entry = re.search(rf'<sheet [^>]*name="{sheet}"[^>]*/>', text)[0]
        return text.replace(entry, re.sub(r' state="\w+"', "", entry).replace("/>", ' state="hidden"/>'))

    return lambda path: rewritten(path, "xl/workbook.xml", hide)


def _merged(sheet: str, cells: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
        package = Package(path)
        package.set(sheet, cells.partition(":")[2], None)
        package.save(path)
        rewritten(path, package.sheets[sheet], lambda text: text.replace("</sheetData>", merge))

    return run


def _cleared(prefix: str, columns: tuple[str, ...]) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        rows = read(path, PORTFOLIO).rows[prefix]
        change(path, {(row, column): None for row in rows for column in columns})

    return run


DEEDS: dict[str, Callable[[Path], None]] = {
    "clear the list of forms": _cleared("IN", ("code", "path", "counted", "reason")),
    "delete the sheet with money": _without("Geld en inzet"),
    "delete the sheet Niet in geld": _without("Niet in geld"),
    "hide the sheet with changes": _hidden("Wat verandert er"),
    "delete the sheet with the letter": _without("Brief"),
    "merge the reach of two changes": _merged("Wat verandert er", "E9:E10"),
}

WORKBOOKS = resources.files("toolkit.workbooks")


def _example(name: str) -> bytes:
    return (WORKBOOKS / "voorbeelden" / name).read_bytes()


def _typed(content_type: str) -> bytes:
    parts = workbook_parts({"Blad1": sheet_xml("")})
    return zipped({name: part.replace(BOOK_TYPE, content_type) for name, part in parts.items()})


def _far_away() -> bytes:
    source, buffer = zipfile.ZipFile(io.BytesIO(_example("de_kade.xlsx"))), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", stray)
            target.writestr(name, data)
    return buffer.getvalue()


CONTENTS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a pdf": lambda: b"%PDF-1.7\n" + bytes(100),
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a workbook with a password": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    ),
    "a letter": lambda: _typed(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    "a binary workbook": lambda: _typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    "half a form": lambda: _example("de_kade.xlsx")[:60_000],
    "a text file": lambda: b"naam;aantal\r\nDe Kade;14\r\n",
    "a study in JSON": lambda: b'{"study": {}}',
    "a web page": lambda: b"<html><table><tr><td>14</td></tr></table></html>",
    "someone's own workbook": lambda: zipped(workbook_parts({"Blad1": sheet_xml("")})),
    "the library": lambda: (WORKBOOKS / "kengetallen.xlsx").read_bytes(),
    "a portfolio": lambda: _example("portefeuille.xlsx"),
    "a form": lambda: _example("de_kade.xlsx"),
    "an empty form": lambda: (WORKBOOKS / "invulformulier.xlsx").read_bytes(),
    "a form with a cell far away": _far_away,
}
"""What a file can hold, by the names in files.toml and portfolio.toml."""
