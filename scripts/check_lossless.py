"""Checks that writing loses nothing: `.venv/bin/python scripts/check_lossless.py MAP [--libreoffice]`.

Takes every .xlsx, .xlsm, .xltx, .xltm and .xlam in a folder and below, writes into each sheet (a new cell,
a cell that has a value, one with a formula, a cached result, a hidden row), and compares the result with the
original: every part that has no edit, byte for byte; what surrounds the cells of an edited sheet; pointers
and content types; faults of the package; and all other cells as another reader sees them. With
`--libreoffice` LibreOffice must open the result. The originals are only read. Exit code 1 on a loss.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from python_calamine import CalamineError, CalamineWorkbook

from toolkit.opc.markup import as_utf8
from toolkit.opc.references import column_letters
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile import Cached, Package
from toolkit.workbook.sheetfile.scan import CellSpan, scan

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

import office
import ooxml

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam")
NUMBER, TEXT = 1234.5, " proef <&é \n_x0041_ "
CONTENT_TYPES, BOOK, POINTERS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

SENTENCES = {
    "none": "In {folder} staat geen werkmap.",
    "heads": ("bestand", "delen", "gelijk", "bladen", "cellen", "oordeel"),
    "refused": "geweigerd: {code}",
    "closed": "{sheet} niet te bewerken ({code})",
    "good": "in orde",
    "part": "deel anders: {part}",
    "parts": "andere delen: {parts}",
    "around": "rond de cellen anders: {sheet}",
    "pointers": "verwijzingen anders: {part}",
    "fault": "fout in het pakket: {fault}",
    "cells": "andere cellen: {sheet} {cells}",
    "unread": "de uitkomst is niet te lezen: {reason}",
    "office": "LibreOffice opent het niet",
    "total": "{files} werkmappen: {written} beschreven, {refused} geweigerd, {lost} met verlies.\n"
    "Van {parts} delen bleven er {same} byte voor byte gelijk; {edited} hadden een bewerking.\n"
    "{cells} cellen geschreven.",
}


@dataclass
class Verdict:
    """What was found in one workbook. same: parts whose packed bytes did not change."""

    name: str
    parts: int = 0
    same: int = 0
    sheets: int = 0
    cells: int = 0
    refused: str = ""
    remarks: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)


@dataclass
class Edits:
    """What is written into one workbook: values by sheet and cell, None where a cell is cleared."""

    package: Package
    made: dict[str, dict[str, object]] = field(default_factory=dict)
    formula_lost: bool = False

    def put(self, sheet: str, cell: str, value: object) -> None:
        self.package.set(sheet, cell, value)
        self.made.setdefault(sheet, {})[cell] = value.value if isinstance(value, Cached) else value


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a folder, print the table, and give 1 where something was lost."""
    given = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    given.add_argument("folder", type=Path, metavar="MAP")
    given.add_argument("--libreoffice", action="store_true")
    asked = given.parse_args(arguments)
    paths = sorted(path for path in asked.folder.rglob("*") if path.suffix.lower() in ENDINGS)
    if not paths:
        print(SENTENCES["none"].format(folder=asked.folder))
        return 1
    with TemporaryDirectory() as folder:
        program = office.Office(Path(folder) / "profile") if asked.libreoffice else None
        verdicts = [check(path, Path(folder), program) for path in paths]
    show(verdicts)
    return 1 if any(verdict.losses for verdict in verdicts) else 0


def check(path: Path, folder: Path, program: office.Office | None = None) -> Verdict:
    """Write into a copy of one workbook and compare it with the original."""
    verdict = Verdict(path.name)
    source = path.read_bytes()
    try:
        edits = Edits(Package(source))
        for sheet in edits.package.sheets:
            try:
                edit(edits, sheet)
            except FileRefused as refused:
                closed = SENTENCES["closed"].format(sheet=sheet, code=refused.code)
                verdict.remarks.append(closed)
        written = edits.package.to_bytes()
    except FileRefused as refused:
        verdict.refused = refused.code
        return verdict
    verdict.sheets, verdict.cells = len(edits.made), sum(map(len, edits.made.values()))
    compare(verdict, source, written, edits)
    if program is not None and not verdict.losses:
        result = folder / path.name
        result.write_bytes(written)
        try:
            program.to_format(result, folder / "open", "ods")
        except office.OfficeError:
            verdict.losses.append(SENTENCES["office"])
    return verdict


def edit(edits: Edits, sheet: str) -> None:
    """Write at most five kinds of values into a sheet, where its own cells have room for them."""
    package = edits.package
    part = package.sheets[sheet]
    rows = scan(as_utf8(package.read(part), part), part, range(1, 2000))
    numbers = list(rows.row_starts)
    cells = [
        (n, cell) for n, row in rows.rows.items() for cell in row.cells if not _covered(rows.arrays, n, cell)
    ]
    valued = [place for place in cells if place[1].formula is None]
    computed = [place for place in cells if place[1].formula is not None and place[1].formula.covers is None]
    new = min(max(numbers, default=0) + 2, 1_048_576)
    edits.put(sheet, f"B{new}", NUMBER)
    edits.put(sheet, f"A{new}", TEXT)
    package.hide_rows(sheet, [new])
    for place, value in zip(valued[:2], (NUMBER, None), strict=False):
        edits.put(sheet, _reference(place), value)
    for place, value in zip(computed[:2], (NUMBER, Cached(NUMBER)), strict=False):
        edits.put(sheet, _reference(place), value)
        edits.formula_lost = True


def _covered(arrays: Sequence[tuple[int, int, int, int]], row: int, cell: CellSpan) -> bool:
    return any(top <= row <= down and left <= cell.column <= right for top, left, down, right in arrays)


def _reference(place: tuple[int, CellSpan]) -> str:
    return f"{column_letters(place[1].column)}{place[0]}"


# --- what may not differ


def compare(verdict: Verdict, source: bytes, written: bytes, edits: Edits) -> None:
    """Note every loss."""
    before, after = _members(source), _members(written)
    parts = {sheet: edits.package.sheets[sheet] for sheet in edits.made}
    chains = (
        {name for name in before if name.lower().endswith("calcchain.xml")} if edits.formula_lost else set()
    )
    bookkeeping = {BOOK, *((POINTERS, CONTENT_TYPES) if chains else ())}
    touched = {name.lower() for name in (*parts.values(), *bookkeeping)}
    verdict.parts = len(before)
    verdict.same = sum(after.get(name) == digest for name, digest in before.items())
    if missing := (before.keys() ^ after.keys()) - chains:
        _lose(verdict, "parts", parts=sorted(missing))
    for name in before.keys() & after.keys():
        if before[name] != after[name] and name.lower() not in touched:
            _lose(verdict, "part", part=name)
    result = Package(written)
    for sheet, part in parts.items():
        if part not in result.names:
            continue  # told already
        before_text, after_text = (as_utf8(one.read(part), part) for one in (edits.package, result))
        if ooxml.around(before_text) != ooxml.around(after_text):
            _lose(verdict, "around", sheet=sheet)
    for part in bookkeeping & before.keys() & after.keys():
        if _tags(edits.package.read(part), part) != _tags(result.read(part), part):
            _lose(verdict, "pointers", part=part)
    for fault in sorted(ooxml.faults(written) - ooxml.faults(source)):
        _lose(verdict, "fault", fault=fault)
    _compare_cells(verdict, source, written, edits)


def _lose(verdict: Verdict, key: str, **facts: object) -> None:
    verdict.losses.append(SENTENCES[key].format(**facts))


def _members(data: bytes) -> dict[str, str]:
    """Hash of the packed bytes of every member."""
    return {name: hashlib.sha256(packed).hexdigest() for name, _, packed in ooxml.raw_members(data)}


def _tags(data: bytes, part: str) -> list[bytes]:
    """The tags of a bookkeeping part, but for the calculation chain and recalculating on opening."""
    tags = re.findall(rb"<[^>]*>", as_utf8(data, part))
    return [
        tag for tag in tags if b"calcchain" not in tag.lower() and not re.match(rb"</?(\w+:)?calcPr\b", tag)
    ]


def _cells(data: bytes) -> dict[str, dict[str, object]]:
    book = CalamineWorkbook.from_object(io.BytesIO(data))
    return {
        sheet: {
            f"{column_letters(column)}{row}": value
            for row, line in enumerate(
                book.get_sheet_by_name(sheet).to_python(skip_empty_area=False), start=1
            )
            for column, value in enumerate(line, start=1)
            if value != ""
        }
        for sheet in book.sheet_names
    }


def _compare_cells(verdict: Verdict, source: bytes, written: bytes, edits: Edits) -> None:
    try:
        before = _cells(source)
    except CalamineError:
        return  # the other reader cannot read the original either
    try:
        after = _cells(written)
    except CalamineError as trouble:
        _lose(verdict, "unread", reason=trouble)
        return
    for sheet, cells in before.items():
        made = edits.made.get(sheet, {})
        expected = {**cells, **made}
        wrong = [
            at for at in expected.keys() | after[sheet].keys() if expected.get(at) != after[sheet].get(at)
        ]
        # a number may be shown as a date or a percentage by its style
        wrong = [at for at in wrong if not (at in made and made[at] == NUMBER and at in after[sheet])]
        if wrong:
            _lose(verdict, "cells", sheet=sheet, cells=sorted(wrong)[:5])


# --- the table


def show(verdicts: Sequence[Verdict]) -> None:
    """Print a line per workbook, with every loss below it, and the totals."""
    rows = [SENTENCES["heads"]]
    for one in verdicts:
        if one.refused:
            rows.append((one.name, "", "", "", "", SENTENCES["refused"].format(code=one.refused)))
        else:
            told = "; ".join(one.losses) or "; ".join((SENTENCES["good"], *one.remarks))
            rows.append((one.name, str(one.parts), str(one.same), str(one.sheets), str(one.cells), told))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for name, *counts, told in rows:
        shown = "  ".join(count.rjust(width) for count, width in zip(counts, widths[1:], strict=True))
        print(f"{name.ljust(widths[0])}  {shown}  {told}")
    done = [one for one in verdicts if not one.refused]
    parts, same = sum(one.parts for one in done), sum(one.same for one in done)
    facts = {"files": len(verdicts), "written": len(done), "refused": len(verdicts) - len(done)}
    facts |= {"lost": sum(bool(one.losses) for one in done), "cells": sum(one.cells for one in done)}
    print("\n" + SENTENCES["total"].format(**facts, parts=parts, same=same, edited=parts - same))


if __name__ == "__main__":
    sys.exit(main())
