"""The letter as a PDF: what a machine can check of PDF/UA, and a sentence where no PDF can be made.

That is not a certificate: whether the order and the words are good, only a person can judge.
"""

import os
import stat
import sys
from functools import cache
from pathlib import Path

import pytest
from forms import change, examples
from pdfs import CELL, FIGURE, HEADER_CELL, LIST_ITEM, TABLE, Pdf
from situations import SITUATIONS

from toolkit.app import cli, steps
from toolkit.reports.files import pdf
from toolkit.reports.files.draft import draft
from toolkit.reports.files.pdf import PdfError, to_pdf
from toolkit.reports.files.word import to_docx
from toolkit.reports.letter.blocks import text_of
from toolkit.reports.letter.drafting import render
from toolkit.reports.letter.markup import parse

LONG_RUN = os.environ.get("WIJKBATEN_ALLES") == "1"
SHOWN = tuple(SITUATIONS) if LONG_RUN else ("all_pay", "harmful")
HEADINGS = tuple(f"H{level}" for level in range(1, 7))
FEW_DRAWS = {("ST-11", "answer"): 1000}


@cache
def letter(name: str):
    """The blocks of the letter in a situation, and its PDF."""
    case = SITUATIONS[name]()
    facts = case.facts()
    return parse(render(facts, case.letter)), Pdf(draft(facts, case.letter, as_pdf=True)["pdf"])


@pytest.fixture(params=SHOWN)
def both(request, office):
    return letter(request.param)


def of_kind(blocks, kind):
    return [block for block in blocks if block.kind == kind]


def flat(text: str) -> str:
    return "".join(text.split())


# --- what a machine can check ---


def test_the_pdf_says_that_it_can_be_read_aloud_in_dutch_and_by_which_title(both):
    _, made = both
    assert made.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (an object of the PDF, not a bool)
    assert made.root["/Lang"] == "nl-NL"
    assert made.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert made.reader.metadata.title and made.reader.metadata.title in made.properties
    assert "<pdfuaid:part>1</pdfuaid:part>" in made.properties


def test_headings_lists_and_tables_are_tagged_as_such(both):
    blocks, made = both
    assert len(made.tags(*HEADINGS)) == len(of_kind(blocks, "heading"))
    assert len(made.tags(LIST_ITEM)) == sum(len(block.items) for block in of_kind(blocks, "items"))
    assert len(made.tags(TABLE)) == len(of_kind(blocks, "table"))


def test_every_header_cell_says_that_it_is_one_and_of_what(both):
    blocks, made = both
    heads = made.tags(HEADER_CELL)
    assert len(heads) == sum(len(table.header) for table in of_kind(blocks, "table"))
    assert {head.scope for head in heads} == {"Column"}
    assert len(made.tags(CELL)) > len(heads)


def test_every_picture_says_in_words_what_it_shows(both):
    blocks, made = both
    assert [figure.alt for figure in made.tags(FIGURE)] == [
        text_of(block.alt) for block in of_kind(blocks, "chart")
    ]


def test_every_font_is_embedded_and_every_page_is_tagged(both):
    _, made = both
    assert made.fonts() and all(made.fonts().values())
    assert made.untagged() == []


def test_no_page_ends_with_a_heading(both):
    blocks, made = both
    headings = {flat(text_of(block.runs)) for block in of_kind(blocks, "heading")}
    for page in made.pages:
        body = [line for line in page.splitlines() if line.strip() and not line.startswith("pagina ")]
        assert flat(body[-1]) not in headings, body[-3:]


def test_what_people_typed_is_plain_text_in_the_pdf(office):
    nasty = "<b>&amp; {{ 1 + 1 }} {% raw %} =1+1 **x** | # $%^"
    blocks = parse("tekst")
    title = f"Onderwerp {nasty}"
    made = Pdf(to_pdf(to_docx(blocks, title, False, {})))
    assert made.reader.metadata.title == title
    assert flat(title) in flat(made.pages[0])


# --- the command ---


def test_the_command_writes_a_pdf_beside_the_letter_only_where_asked(tmp_path, office, capsys):
    book = examples(tmp_path) / "portefeuille.xlsx"
    change(book, FEW_DRAWS)
    assert cli.main(["brief", str(book), "--uit", str(tmp_path / "zonder")]) == 0
    assert not (tmp_path / "zonder" / "raadsbrief.pdf").exists()
    assert cli.main(["brief", str(book), "--uit", str(tmp_path / "met"), "--pdf"]) == 0
    assert (tmp_path / "met" / "raadsbrief.pdf").read_bytes().startswith(b"%PDF-")
    assert "raadsbrief.pdf" in capsys.readouterr().out


def test_without_libreoffice_the_command_says_so_before_it_starts(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(steps, "office", lambda: None)
    book = examples(tmp_path) / "portefeuille.xlsx"
    assert cli.main(["brief", str(book), "--uit", str(tmp_path / "uit"), "--pdf"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Moet anders: U vraagt om een PDF. Daarvoor is LibreOffice nodig, en dat staat niet op deze "
        "computer. Installeer LibreOffice, of laat --pdf weg en sla de brief in Word zelf op als PDF.",
        "Er is niets geschreven. Verbeter eerst wat hierboven staat.",
    ]
    assert not (tmp_path / "uit").exists()


def test_where_libreoffice_fails_nothing_is_written_and_the_user_is_told(tmp_path, monkeypatch, capsys):
    book = examples(tmp_path) / "portefeuille.xlsx"
    change(book, FEW_DRAWS)
    monkeypatch.setattr(pdf, "office", lambda: str(program(tmp_path, "import sys; sys.exit(1)")))
    monkeypatch.setattr(steps, "office", pdf.office)
    assert cli.main(["brief", str(book), "--uit", str(tmp_path / "uit"), "--pdf"]) == 1
    assert (
        f"Moet anders: {tmp_path / 'uit' / 'raadsbrief.pdf'}: LibreOffice heeft geen PDF gemaakt. Start "
        "LibreOffice een keer zelf om te zien of het werkt, of laat --pdf weg en sla de brief in Word zelf "
        "op als PDF."
    ) in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


# --- when it goes wrong ---


def program(folder: Path, source: str) -> Path:
    """A program in the place of LibreOffice."""
    path = folder / "namaak"
    path.write_text(f"#!{sys.executable}\n{source}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


COPIES = """
import sys, zipfile
from pathlib import Path
into, source = Path(sys.argv[sys.argv.index("--outdir") + 1]), Path(sys.argv[-1])
if source.suffix == ".docx":
    with zipfile.ZipFile(into / "brief.odt", "w") as package:
        space = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
        package.writestr("content.xml", f"<d:frame xmlns:d='{space}'><d:object /></d:frame>")
else:
    (into / "brief.pdf").write_bytes(b"%PDF-1.4 zonder kenmerk")
"""


@pytest.mark.parametrize(
    ("source", "alts", "code"),
    [
        ("import sys; sys.exit(0)", (), "pdf_failed"),
        ("import time; time.sleep(60)", (), "pdf_too_slow"),
        (COPIES, ("Een grafiek",), "pdf_too_old"),
        (COPIES, (), "pdf_failed"),
    ],
)
def test_what_libreoffice_does_wrong_has_a_code_of_its_own(tmp_path, monkeypatch, source, alts, code):
    monkeypatch.setattr(pdf, "office", lambda: str(program(tmp_path, source)))
    monkeypatch.setattr(pdf, "TIMEOUT_SECONDS", 1)
    with pytest.raises(PdfError) as told:
        to_pdf(b"een brief", alts)
    assert told.value.code == code


def test_a_program_that_cannot_start_is_told_too(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "office", lambda: str(tmp_path / "weg"))
    with pytest.raises(PdfError) as told:
        to_pdf(b"een brief")
    assert told.value.code == "pdf_failed"


def test_libreoffice_is_looked_for_on_the_path_and_where_it_is_usually_installed(tmp_path, monkeypatch):
    own = program(tmp_path, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf.office() is None
    monkeypatch.setitem(pdf._PLACES, sys.platform, (str(tmp_path / "weg"), str(own)))
    assert pdf.office() == str(own)
    soffice = tmp_path / "soffice"
    own.rename(soffice)
    assert pdf.office() == str(soffice)
