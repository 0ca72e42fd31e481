"""Text that begins like a formula stays text in everything we write."""

from __future__ import annotations

import html
import re
import zipfile
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest
from forms import change, examples
from imitations import with_macros
from pdfs import FIGURE, Pdf

from toolkit.app import cli
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.asked import CARE
from toolkit.workbook.layout.fields import LOOKUP, TEXT
from toolkit.workbook.reading.reader import read

MARK = "KWAAD"
FEW_DRAWS = {("ST-11", "answer"): 1000}
STARTS = ("=", "+", "-", "@", "\t=", "=cmd|' /C calc'!", "'=", "＝")
SPARED = {"path", "code", "first", "second", "previous_portfolio"}
"""What a portfolio must hold to find its forms; the code of a form has a test of its own."""


def poisoned(path: Path) -> Path:
    """The workbook with a text like a formula in every field that takes text."""
    workbook = PORTFOLIO if path.name == "portefeuille.xlsx" else FORM
    raw, starts = read(path, workbook), cycle(STARTS)
    answers = {}
    for _, block in workbook.blocks():
        for row in raw.rows_of(block):
            if block.questions:
                fields = [("answer", q.field) for q in block.questions if q.code == row]
            else:
                fields = [(f.code, f) for f in block.columns if f.kind != LOOKUP]
            used = block.questions or any(raw.get(row, column).value is not None for column, _ in fields)
            if block == CARE and used:
                # its rows name their change from the start
                answers |= {(row, "average"): 2, (row, "group"): 12}
            for column, field in fields:
                if used and field.kind == TEXT and field.code not in SPARED:
                    answers[row, column] = f"{next(starts)}{MARK}({row};{column})"
    groups = {
        raw.get(row, "name").value: answers[row, "name"]
        for row in raw.rows.get("DG", ())
        if (row, "name") in answers
    }
    for row in raw.rows.get("EF", ()):
        if raw.get(row, "target_group").value:
            answers[row, "target_group"] = groups[raw.get(row, "target_group").value]
    return change(path, answers | FEW_DRAWS)


@pytest.fixture(scope="module")
def written(tmp_path_factory, office) -> list[Path]:
    """Everything that is written for a portfolio and forms full of such text."""
    folder = examples(tmp_path_factory.mktemp("kwaad"))
    for path in folder.glob("*.xlsx"):
        poisoned(path)
    macros = folder / "met_macros.xlsm"
    macros.write_bytes(with_macros((folder / "de_kade.xlsx").read_bytes()))
    out = folder / "uit"
    assert cli.main(["alles", str(folder), "--uit", str(out), "--pdf"]) == 0
    assert cli.main(["bereken", str(macros), "--uit", str(out)]) == 0
    for path in (folder / "portefeuille.xlsx", macros):
        assert cli.main(["controleer", str(path), "--uit", str(out)]) == 0
    return sorted(out.iterdir())


def test_every_kind_of_file_was_written(written):
    names = {path.name for path in written}
    assert {"portefeuille.xlsx", "raadsbrief.docx", "raadsbrief.html", "raadsbrief.txt"} <= names
    assert {"de_kade_uitkomst.xlsx", "met_macros_uitkomst.xlsx", "met_macros_controles.xlsx"} <= names
    assert {"de_kade_controles.xlsx", "portefeuille_controles.xlsx"} <= names


def test_no_formula_name_rule_or_link_of_a_written_workbook_holds_it(written):
    texts = 0
    for path in (p for p in written if p.suffix == ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            for part in (n for n in archive.namelist() if n.endswith((".xml", ".rels"))):
                for element in ElementTree.fromstring(archive.read(part)).iter():
                    local = element.tag.rpartition("}")[2]
                    if MARK in (element.text or ""):
                        assert local in ("t", "v"), (path.name, part, local)
                        texts += 1
                    if local == "c" and any(MARK in (e.text or "") for e in element.iter()):
                        assert element.get("t") in ("inlineStr", "str", "s"), (path.name, part)
                    assert not any(MARK in value for value in element.attrib.values()), (path.name, part)
    assert texts > 1000


def test_the_letter_in_word_has_it_as_plain_text_only(written):
    (path,) = [p for p in written if p.suffix == ".docx"]
    with zipfile.ZipFile(path) as archive:
        for part in (n for n in archive.namelist() if n.endswith((".xml", ".rels"))):
            for element in ElementTree.fromstring(archive.read(part)).iter():
                local = element.tag.rpartition("}")[2]
                if MARK in (element.text or ""):
                    plain = ("v",) if "/charts/" in part else ("t", "title", "creator", "subject", "lpwstr")
                    assert local in plain, (part, local)
                assert local != "instrText" or MARK not in (element.text or "")


def test_the_pdf_of_the_letter_has_it_as_plain_text_only(written):
    (path,) = [p for p in written if p.suffix == ".pdf"]
    made = Pdf(path.read_bytes())
    assert sum(text.count(MARK) for text in made.pages) > 20
    assert any(MARK in figure.alt for figure in made.tags(FIGURE))
    assert not {"/Names", "/AA", "/AcroForm"} & set(made.root)
    assert not any("/Annots" in page for page in made.reader.pages)


def test_the_page_of_the_letter_has_it_as_plain_text_only(tmp_path):
    folder = examples(tmp_path)
    subject = f'=<script>{MARK}()</script>"onload="'
    change(folder / "portefeuille.xlsx", FEW_DRAWS | {("BR-03", "answer"): subject})
    assert cli.main(["brief", str(folder / "portefeuille.xlsx"), "--uit", str(folder / "uit")]) == 0
    page = (folder / "uit" / "raadsbrief.html").read_text(encoding="utf-8")
    assert f"<script>{MARK}" not in page
    assert MARK in html.unescape(re.sub(r"<[^>]*>", "", page))


def test_the_code_of_a_form_like_a_formula_stays_text(tmp_path):
    folder = examples(tmp_path)
    raw = read(folder / "portefeuille.xlsx", PORTFOLIO)
    codes = {raw.get(row, "code").value for row in raw.rows["IN"]} - {None}
    places = [(row, c) for row in raw.rows["IN"] for c in ("code",)]
    places += [(row, c) for row in raw.rows["OV"] for c in ("first", "second")]
    change(
        folder / "portefeuille.xlsx",
        {at: f"={MARK}+{raw.get(*at).value}" for at in places if raw.get(*at).value in codes} | FEW_DRAWS,
    )
    assert cli.main(["portefeuille", str(folder / "portefeuille.xlsx"), "--uit", str(folder / "uit")]) == 0
    with zipfile.ZipFile(folder / "uit" / "portefeuille.xlsx") as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/")]
    formulas = [f for part in parts for f in re.findall(r"<f[ >][^<]*", part)]
    assert any(MARK in part for part in parts)
    assert [f for f in formulas if MARK in f] == []
