"""Two judges from outside look at every kind of file that we make, and find nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import judges
import pytest
from forms import change, examples
from ooxml import with_part
from remote_excel import opened, play
from test_house_style import municipality

from toolkit.app import cli
from toolkit.app.excel import addin
from toolkit.app.ribbon import knop
from toolkit.workbook.layout.portfolio import LETTER_FIELDS

ROOT = Path(__file__).resolve().parent.parent
PREVIOUS = f"BR-{LETTER_FIELDS.index('previous_portfolio') + 1}"


def run(*arguments: object) -> None:
    assert cli.main([str(a) for a in arguments]) == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    """One file of every kind, by what it is."""
    folder = tmp_path_factory.mktemp("judged")
    study, out = examples(folder / "studie"), folder / "uit"
    run("alles", study, "--uit", out, "--huisstijl", municipality(folder))
    result = out / "de_kade_uitkomst.xlsx"
    files = {"outcome": result, "computed portfolio": out / "portefeuille.xlsx"}
    files["letter in a house style"] = out / "raadsbrief.docx"

    shutil.copytree(study, study / "2024")
    change(study / "portefeuille.xlsx", {(PREVIOUS, "answer"): "2024/portefeuille.xlsx"})
    run("brief", study / "portefeuille.xlsx", "--uit", folder / "voortgang")
    files["progress letter"] = folder / "voortgang" / "raadsbrief.docx"

    for kind in ("formulier", "portefeuille", "kengetallen"):
        files[kind] = folder / f"{kind}.xlsx"
        run("sjabloon", "--soort", kind, "--uit", files[kind])
    files["form with the answers of last year"] = folder / "vorig.xlsx"
    run("sjabloon", "--vorig", result, "--uit", folder / "vorig.xlsx")

    files["filled form"] = study / "het_anker.xlsx"
    files["result in place"] = study / "de_spil.xlsx"
    run("bereken", files["result in place"], "--terplekke")
    run("controleer", study / "ons_erf.xlsx", "--uit", folder / "nagekeken")
    (files["copy with findings"],) = (folder / "nagekeken").iterdir()
    files["result of a button"] = study / "het_trefpunt.xlsx"
    book = opened(files["result of a button"])
    knop("herbereken", book)
    play(book, files["result of a button"])

    files["house style"] = ROOT / "templates" / "huisstijl.docx"
    files["add-in"] = folder / "Wijkbaten.xlam"
    files["add-in"].write_bytes(addin.build("python.exe"))
    return files


@pytest.fixture(scope="module", autouse=True)
def validator() -> None:
    if judges.is_missing():
        pytest.fail("not found: the validator; run python3 scripts/test.py, which installs it", pytrace=False)


def test_the_judges_find_nothing_in_any_file_that_we_make(made):
    assert judges.verdicts(made.values()) == {}


NOT_ITS_WORK = None
"""What one judge passes over, the other sees."""
SHEET, LETTER, CHART = "xl/worksheets/sheet2.xml", "word/document.xml", "word/charts/letter1.xml"
BREAKS = [
    # kind of file, part, what is replaced, by what; what the SDK says of it, and openxml-audit
    ("kengetallen", "xl/styles.xml", r"(<font>)(.*?)(<name [^>]*>)", r"\1\3\2",
     "unexpected child element", "Unexpected element"),
    ("kengetallen", SHEET, r'(<selection pane="topRight" ?/>)', r"\1\1\1",
     "unexpected child element", "Unexpected element 'selection'"),
    ("kengetallen", SHEET, "(<sheetData>.*</sheetData>)(.*?)(<pageMargins[^>]*>)", r"\3\1\2",
     "unexpected child element", "Required element 'sheetData' is missing"),
    ("kengetallen", SHEET, 'state="frozen"', 'state="vast"',
     "invalid value 'vast'", "Invalid value for attribute 'state'"),
    ("kengetallen", SHEET, "<pane ", '<pane soort="1" ', "not declared", "not declared"),
    ("kengetallen", SHEET, r' s="\d+"', ' s="99999"', "invalid value '99999'", NOT_ITS_WORK),
    ("kengetallen", SHEET, "</worksheet>", "", "Unexpected end of file", NOT_ITS_WORK),
    ("kengetallen", "xl/workbook.xml", 'sheetId="2"', 'sheetId="1"',
     "should have unique value", "Duplicate sheetId"),
    ("kengetallen", "xl/_rels/workbook.xml.rels", "sheet2.xml", "weg.xml",
     "doesn't exist in the package", "Relationship target not found"),
    ("kengetallen", "[Content_Types].xml", "<Override[^>]*sheet2.xml[^>]*>", "",
     "unexpected content type", NOT_ITS_WORK),
    ("progress letter", LETTER, "(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", r"\2\1",
     "unexpected child element", "Unexpected element 'pPr'"),
    ("progress letter", LETTER, '(<w:pStyle w:val=")[^"]*', r"\1Weg", NOT_ITS_WORK, "Style 'Weg'"),
    ("progress letter", LETTER, '(<w:numId w:val=")[^"]*', r"\g<1>999", NOT_ITS_WORK, "'999'"),
    ("progress letter", LETTER, 'r:id="letter1"', 'r:id="weg"', "does not exist", "does not exist"),
    ("progress letter", CHART, "(<c:date1904 [^>]*>)(<c:lang [^>]*>)", r"\2\1",
     "unexpected child element", "Required element 'chart' is missing"),
    ("house style", "word/_rels/document.xml.rels", "<Relationship [^>]*/theme[^>]*>", "",
     NOT_ITS_WORK, "relationships/theme' is missing"),
    ("add-in", "_rels/.rels", "2006(/relationships/ui)", r"2007\1",
     "Cannot load the root element", NOT_ITS_WORK),
    ("add-in", "customUI/customUI.xml", 'size="large"', 'size="groot"',
     "invalid value 'groot'", "Invalid value for attribute 'size'"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "part", "old", "new", "by_sdk", "by_audit"), BREAKS, ids=range(len(BREAKS)))
def test_a_file_that_is_broken_is_reported(made, tmp_path, kind, part, old, new, by_sdk, by_audit):
    def broken(content: bytes) -> bytes:
        text, times = re.subn(old, new, content.decode(), count=1, flags=re.DOTALL)
        assert times == 1
        return text.encode()

    path = tmp_path / made[kind].name
    path.write_bytes(with_part(made[kind].read_bytes(), part, broken))
    for judge, expected in ((judges.sdk, by_sdk), (judges.audit, by_audit)):
        said = judge(path)
        assert bool(said) == (expected is not NOT_ITS_WORK), said
        assert expected is NOT_ITS_WORK or any(expected in line for line in said), said
