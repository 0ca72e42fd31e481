"""A house style of a municipality: what is its own stays, and a file that cannot serve gets a sentence."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from forms import change, examples
from pdfs import Pdf
from situations import all_pay
from test_document import assert_sound_package, changed_house_style, docx_parts, docx_tree

from toolkit.app import cli
from toolkit.app.refusals import refused
from toolkit.reports.files.draft import draft
from toolkit.reports.files.housestyle import HouseStyleError
from toolkit.reports.files.word import to_docx
from toolkit.reports.letter.markup import parse
from toolkit.words.vocabulary import sentence

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FEW_DRAWS = {("ST-11", "answer"): 1000}
LETTERHEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:p><w:r><w:drawing>
<wp:inline><wp:extent cx="720000" cy="360000"/><wp:docPr id="1" name="logo" descr="Logo"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>
<pic:cNvPr id="1" name="logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>
<a:ext cx="720000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>
</a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve"> Gemeente Waterstad</w:t></w:r></w:p>
</w:hdr>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/logo.png"/>
</Relationships>"""


def png(width: int, height: int, colour: bytes) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def municipality(folder: Path) -> Path:
    """A house style with other letters, colours and margins, Dutch ids, and a letterhead with a logo."""

    def own_styles(styles: str) -> str:
        styles = styles.replace("Calibri", "Liberation Serif").replace("154273", "006644")
        styles = styles.replace('"Heading1"', '"Kop1"').replace('"Heading2"', '"Kop2"')
        for ours in ("Raadstabel", "Grafiek", "Tabelkop", "Concept"):
            styles = re.sub(rf'<w:style [^>]*w:styleId="{ours}">.*?</w:style>', "", styles, flags=re.DOTALL)
        return styles

    path = changed_house_style(
        folder,
        styles=own_styles,
        header1=lambda _: LETTERHEAD,
        footer1=lambda text: text.replace("pagina ", "Postbus 1, Waterstad, blad "),
        document=lambda text: text.replace('w:left="1418"', 'w:left="1800"'),
        Content_Types=lambda text: text.replace(
            "<Override ", '<Default Extension="png" ContentType="image/png"/><Override ', 1
        ),
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/_rels/header1.xml.rels", RELATIONS)
        package.writestr("word/media/logo.png", png(40, 20, b"\x00\x66\x44"))
    return path


@pytest.fixture
def municipal(tmp_path) -> Path:
    return municipality(tmp_path)


def test_the_letterhead_and_the_styles_of_a_municipality_stay(municipal):
    case = all_pay()
    data = draft(case.facts(), case.letter, house_style=municipal)["docx"]
    before, after = docx_parts(municipal.read_bytes()), docx_parts(data)
    for kept in (
        "word/header1.xml",
        "word/_rels/header1.xml.rels",
        "word/media/logo.png",
        "word/footer1.xml",
    ):
        assert after[kept] == before[kept]
    used = {node.get(f"{W}val") for node in docx_tree(data).iter(f"{W}pStyle")}
    assert "Kop1" in used and not {"Heading1", "Heading2"} & used
    known = {node.get(f"{W}styleId") for node in docx_tree(data, "word/styles.xml").iter(f"{W}style")}
    assert used <= known and {"Raadstabel", "Grafiek", "Tabelkop"} <= known


def test_its_letterhead_and_foot_are_on_every_page_of_the_pdf(municipal, office):
    case = all_pay()
    made = Pdf(draft(case.facts(), case.letter, house_style=municipal, as_pdf=True)["pdf"])
    assert len(made.pages) > 5
    for page, text in zip(made.reader.pages, made.pages, strict=True):
        assert "Gemeente Waterstad" in text and "Postbus 1, Waterstad, blad" in text
        pictures = page["/Resources"]["/XObject"].values()
        assert "/Image" in {picture.get_object()["/Subtype"] for picture in pictures}
    assert any("LiberationSerif" in name for name in made.fonts())


def test_a_house_style_that_libreoffice_saved_serves_too(tmp_path, office, municipal):
    saved = office.to_format(municipal, tmp_path / "bewaard", "docx")
    data = to_docx(parse("# Kop\n\nTekst.\n\n- een\n- twee"), "T", True, {}, saved)
    parts = docx_parts(data)
    # a picture is no XML, which is all that is looked into
    assert_sound_package({name: b"<logo/>" if name.endswith(".png") else p for name, p in parts.items()})
    heads = [part for name, part in parts.items() if name.startswith("word/header")]
    assert b"Gemeente Waterstad" in b"".join(heads)


def renamed(text: str) -> str:
    """The same XML under the prefix x, without our styles for tables and bullets."""
    for ours in ("Raadstabel", "ListBullet"):
        text = re.sub(rf'<w:style [^>]*w:styleId="{ours}">.*?</w:style>', "", text, flags=re.DOTALL)
    return re.sub(r"(</?| )w:", r"\1x:", text).replace("xmlns:w=", "xmlns:x=")


def test_a_house_style_that_calls_the_namespace_of_word_otherwise_serves_too(tmp_path):
    path = changed_house_style(tmp_path, document=renamed, styles=renamed, numbering=renamed)
    text = "# Kop\n\nTekst.\n\n- een\n- twee\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    data, ours = (to_docx(parse(text), "T", True, {}, style) for style in (path, None))
    assert_sound_package(docx_parts(data))
    assert b"<x:body xmlns:w=" in docx_parts(data)["word/document.xml"]
    for part, key in (("word/styles.xml", "styleId"), ("word/numbering.xml", "numId")):
        here, there = (
            {node.get(f"{W}{key}"): node.tag for node in docx_tree(made, part)} for made in (data, ours)
        )
        assert here == there
    assert [*docx_tree(data).itertext()] == [*docx_tree(ours).itertext()]


# --- what cannot serve ---

UNREADABLE = (
    "Dit bestand is niet te openen als Word-bestand, en de brief heeft het nodig als huisstijl. Staat het er "
    "wel, en is het een .docx? Een oude .doc slaat u in Word op als .docx. Een bestand met een wachtwoord "
    "kan niet."
)
NOT_WORD = (
    "Hier zit geen brief van Word in met stijlen en een tekst, en zonder die is het geen huisstijl. Open het "
    "bestand in Word en sla het op als .docx (niet als 'Strict Open XML'), of laat --huisstijl weg."
)
MACROS = (
    "Dit Word-bestand bevat macro's, en die horen niet in een brief. Sla het in Word op als gewoon document "
    "(.docx) of als sjabloon zonder macro's (.dotx)."
)
TOO_LARGE = (
    "Dit Word-bestand is uitgepakt groter dan 50 MB; zo groot hoort een huisstijl niet te zijn. Verklein de "
    "afbeeldingen en sla het opnieuw op."
)


def missing(folder: Path) -> Path:
    return folder / "weg.docx"


def a_folder(folder: Path) -> Path:
    return folder


def an_old_word_file(folder: Path) -> Path:
    path = folder / "oud.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return path


def a_workbook(folder: Path) -> Path:
    return examples(folder) / "portefeuille.xlsx"


def with_macros(folder: Path) -> Path:
    return changed_house_style(
        folder, Content_Types=lambda text: text.replace("document.main", "document.macroEnabled.main")
    )


def huge(folder: Path) -> Path:
    return changed_house_style(folder, document=lambda text: text + " " * 60_000_000)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (missing, UNREADABLE),
        (a_folder, UNREADABLE),
        (an_old_word_file, UNREADABLE),
        (a_workbook, NOT_WORD),
        (with_macros, MACROS),
        (huge, TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_a_house_style_gets_a_sentence(tmp_path, made, told):
    with pytest.raises(HouseStyleError) as error:
        to_docx(parse("a"), "T", False, {}, made(tmp_path))
    assert sentence(refused(error.value)) == told


def test_the_command_says_which_file_cannot_be_a_house_style_and_writes_nothing(tmp_path, capsys):
    book = examples(tmp_path) / "portefeuille.xlsx"
    change(book, FEW_DRAWS)
    given, out = an_old_word_file(tmp_path), tmp_path / "uit"
    assert cli.main(["brief", str(book), "--uit", str(out), "--huisstijl", str(given)]) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        f"Moet anders: {given}: {UNREADABLE}",
        "Er is niets geschreven. Verbeter eerst wat hierboven staat.",
    ]
    assert not out.exists()


def test_our_own_house_style_can_be_given_by_hand(tmp_path):
    path = changed_house_style(tmp_path)
    assert to_docx(parse("a"), "T", False, {}, path) == to_docx(parse("a"), "T", False, {})
    assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))
