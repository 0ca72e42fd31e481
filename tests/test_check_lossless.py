"""The script that checks real workbooks for losses: it passes what is whole, and sees every kind of loss."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import ooxml
import openpyxl
import pytest
from decorations import decorated
from forms import EXAMPLES

from toolkit.workbook.sheetfile import Package

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "check_lossless.py"
TO_BYTES = Package.to_bytes


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("check_lossless", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A decorated form, a workbook with a calculation chain, and one that cannot be written."""
    made = tmp_path_factory.mktemp("werkmappen")
    example = (EXAMPLES / "het_trefpunt.xlsx").read_bytes()
    (made / "versierd.xlsx").write_bytes(decorated(example, "Over ons", "Uitkomsten"))
    (made / "dieper").mkdir()
    (made / "dieper" / "keten.xlsx").write_bytes(with_chain())
    parts = ooxml.workbook_parts(
        {"Blad": ooxml.sheet_xml(""), "Dialoog": f'<dialogsheet xmlns="{ooxml.MAIN}"/>'}
    )
    (made / "dialoog.xlsx").write_bytes(ooxml.zipped(parts))
    (made / "ondertekend.xlsm").write_bytes(ooxml.zipped({**parts, "_xmlsignatures/origin.sigs": ""}))
    (made / "geen werkmap.txt").write_bytes(b"")
    return made


def with_chain() -> bytes:
    """A small workbook with formulas, their calculation chain, and a part that nobody knows."""
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f><v>2</v></c><c r="C1"><v>5</v></c>'
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2"><v>6</v></c><c r="B2"><v>7</v></c></row>'
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml(rows, after="<pageMargins/>")})
    chain = f'<calcChain xmlns="{ooxml.MAIN}"><c r="A1" i="1"/><c r="B1" i="1"/></calcChain>'
    pointers = "xl/_rels/workbook.xml.rels"
    to_chain = f'<Relationship Id="rId9" Type="{ooxml.POINTERS}/calcChain" Target="calcChain.xml"/>'
    parts[pointers] = parts[pointers].replace("</Relationships>", f"{to_chain}</Relationships>")
    return ooxml.zipped({**parts, "xl/calcChain.xml": chain, "xl/eigen.xml": "<zaak>0417</zaak>"})


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_a_folder_of_whole_workbooks_passes_with_a_table_and_totals(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = run(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "bestand delen gelijk bladen cellen oordeel"
    assert "keten.xlsx 7 3 1 6 in orde" in lines
    assert "dialoog.xlsx 6 4 1 2 in orde; Dialoog niet te bewerken (no_sheet_data)" in lines
    assert "ondertekend.xlsm geweigerd: signed" in lines
    assert any(re.fullmatch(r"versierd.xlsx 1\d\d \d+ 23 \d+ in orde", line) for line in lines)
    assert "4 werkmappen: 3 beschreven, 1 geweigerd, 0 met verlies." in lines


def test_a_folder_without_workbooks_is_no_success(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stdout.strip() == f"In {tmp_path} staat geen werkmap."


def dropping(part: str):
    def lossy(package: Package) -> bytes:
        parts = ooxml.parts_of(TO_BYTES(package))
        del parts[part]
        return ooxml.zipped(parts)

    return lossy


def replacing(part: str, old: bytes, new: bytes):
    def lossy(package: Package) -> bytes:
        def change(xml: bytes) -> bytes:
            assert old in xml
            return xml.replace(old, new, 1)

        return ooxml.with_part(TO_BYTES(package), part, change)

    return lossy


def saved_by_openpyxl(package: Package) -> bytes:
    buffer = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(TO_BYTES(package))).save(buffer)
    return buffer.getvalue()


BLAD = "xl/worksheets/sheet1.xml"
LOSSES = {
    "a part gone": (dropping("xl/eigen.xml"), "andere delen: ['xl/eigen.xml']"),
    "a part changed": (replacing("xl/eigen.xml", b"0417", b"0418"), "deel anders: xl/eigen.xml"),
    "around the cells": (replacing(BLAD, b"<pageM", b"<!-- --><pageM"), "rond de cellen anders: Blad"),
    "a pointer": (
        replacing("xl/_rels/workbook.xml.rels", b'Id="rId1"', b'Id="rId2"'),
        "verwijzingen anders: xl/_rels/workbook.xml.rels",
    ),
    "a cell": (replacing(BLAD, b"<v>7</v>", b"<v>8</v>"), "andere cellen: Blad ['B2']"),
    "order": (
        replacing(BLAD, b'<row r="2"', b'<row r="1"'),
        "fout in het pakket: xl/worksheets/sheet1.xml: row 1 out of order",
    ),
    "what cannot be read": (replacing(BLAD, b"<v>7</v>", b"<v>7</w>"), "de uitkomst is niet te lezen: "),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_every_kind_of_loss_is_seen(loss, script, tmp_path, monkeypatch, capsys):
    lossy, told = LOSSES[loss]
    (tmp_path / "keten.xlsx").write_bytes(with_chain())
    monkeypatch.setattr(Package, "to_bytes", lossy)
    assert script.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert told in said
    assert "1 met verlies" in said


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_library_that_reads_and_writes_a_form_loses_most_of_it(script, folder, monkeypatch):
    monkeypatch.setattr(Package, "to_bytes", saved_by_openpyxl)
    found = script.check(folder / "versierd.xlsx", folder)
    assert {"docMetadata/LabelInfo.xml", "xl/persons/person.xml"} <= gone(found)
    assert sum(loss.startswith("rond de cellen anders") for loss in found.losses) > 2


def gone(verdict) -> set[str]:
    told = next(loss for loss in verdict.losses if loss.startswith("andere delen"))
    return set(re.findall("'(.*?)'", told))


def test_libreoffice_must_open_the_result(script, folder, tmp_path, capsys):
    (tmp_path / "keten.xlsx").write_bytes((folder / "dieper" / "keten.xlsx").read_bytes())
    assert script.main([str(tmp_path), "--libreoffice"]) == 0
    assert "0 met verlies" in capsys.readouterr().out
