"""The workbooks that are shipped: built from one layout, the same every time, and whole."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path

import calculator
import openpyxl
import pytest
from forms import examples
from ooxml import faults, with_part
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from toolkit.app import cli
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO, SHORT, Workbook
from toolkit.workbook.layout.books import Placed
from toolkit.workbook.layout.freshness import STATE
from toolkit.workbook.layout.headings import headings
from toolkit.workbook.layout.measures import LETTERS, LINE_POINTS, heading_width
from toolkit.workbook.layout.parts import Block, Charts, Result
from toolkit.workbook.outcome.checks import verdict
from toolkit.workbook.reading.reader import read

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = resources.files("toolkit.workbooks")
TEMPLATES = {
    "invulformulier.xlsx": FORM,
    "kortformulier.xlsx": SHORT,
    "portefeuille.xlsx": PORTFOLIO,
    "kengetallen.xlsx": LIBRARY_BOOK,
}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def workbook_files() -> list[Path]:
    return sorted((ROOT / "workbooks").rglob("*.xlsx"))


def test_building_again_gives_the_shipped_parts(tmp_path):
    script = ROOT / "scripts" / "build_workbooks.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    lagging = []
    for path in workbook_files():
        shipped, again = (
            parts(p.read_bytes()) for p in (path, tmp_path / path.relative_to(ROOT / "workbooks"))
        )
        names = shipped.keys() | again.keys()
        lagging += [(path.name, n) for n in sorted(names) if shipped.get(n) != again.get(n)]
    assert lagging == [], "run scripts/build_workbooks.py"


@pytest.mark.parametrize("path", workbook_files(), ids=lambda p: p.name)
def test_a_shipped_workbook_is_a_sound_package(path):
    assert not faults(path.read_bytes())


def test_a_table_of_which_two_columns_have_one_name_is_no_sound_package():
    """Excel repairs such a table as it opens the file; capitals make no difference."""
    part, shipped = "xl/tables/table1.xml", (ROOT / "workbooks" / "kengetallen.xlsx").read_bytes()
    first, second = re.findall(rb' name="([^"]+)"', parts(shipped)[part])[1:3]
    spoiled = with_part(shipped, part, lambda text: text.replace(second, first.upper()))
    assert faults(spoiled) == {f"{part}: two columns have the name {first.decode().lower()}"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_sheets_stand_in_the_order_of_the_layout(name):
    book = CalamineWorkbook.from_path(str(ROOT / "workbooks" / name))
    assert book.sheet_names == [word(f"form.sheets.{s.code}.name") for s in TEMPLATES[name].sheets]


def test_the_form_has_all_its_sheets():
    names = [word(f"form.sheets.{s.code}.name") for s in FORM.sheets]
    assert names == [
        "Uitleg",
        "Over ons",
        "Wat doen wij",
        "Wat verandert er",
        "Niet in geld",
        "Geld en inzet",
        "Ons verhaal",
        "Voor het wijkteam",
        "Verdieping",
        "Afweging",
        "Kengetallen",
        "Controles",
        "Uitkomsten",
        "Tabellen",
        "Dit doen wij voor de wijk",
        "Tegenwerpingen",
        "Onzekerheid",
        "Begroting",
        "Narekenen",
        "Rekenspoor",
        "Begrippen",
        "Versies",
    ]


@pytest.mark.parametrize(
    ("name", "workbook"),
    [("invulformulier.xlsx", FORM), ("kortformulier.xlsx", SHORT), ("portefeuille.xlsx", PORTFOLIO)],
)
def test_the_reader_finds_every_row_and_column_of_the_blank(name: str, workbook: Workbook):
    raw = read(ROOT / "workbooks" / name, workbook)
    for _, block in workbook.blocks():
        assert raw.rows_of(block) == block.row_codes
        assert set(raw.place_of(block).columns) == set(block.column_codes)


@pytest.mark.parametrize("name", ["invulformulier.xlsx", "kortformulier.xlsx", "portefeuille.xlsx"])
def test_every_input_cell_is_yellow_and_has_a_dutch_prompt_and_error(name):
    book, workbook = openpyxl.load_workbook(ROOT / "workbooks" / name), TEMPLATES[name]
    for placed, block in workbook.blocks():
        sheet = book[placed.sheet.name]
        covered = {}
        for rule in sheet.data_validations.dataValidation:
            for area in rule.sqref.ranges:
                for row in range(area.min_row, area.max_row + 1):
                    for column in range(area.min_col, area.max_col + 1):
                        covered[row, column] = rule
        for row, column in input_cells(placed, block):
            cell, rule = sheet.cell(row, column), covered[row, column]
            assert cell.fill.fgColor.rgb.endswith("FFF9D6")
            assert rule.showErrorMessage and rule.error and rule.errorTitle
            assert rule.promptTitle


def input_cells(placed: Placed, block: Block):
    for line in placed.rows:
        for code in block.asked_codes:
            yield line, placed.column(code)


@pytest.mark.parametrize("name", ["invulformulier.xlsx", "portefeuille.xlsx"])
def test_every_chart_has_its_axes_a_title_and_alt_text(name):
    members = parts((ROOT / "workbooks" / name).read_bytes())
    charts = [data.decode() for part, data in members.items() if part.startswith("xl/charts/")]
    planned = [n for s in TEMPLATES[name].sheets for p in s.parts if isinstance(p, Charts) for n in p.names]
    assert len(charts) == len(planned)
    for chart in charts:
        assert len(re.findall(r'<(?:c:)?delete val="0"', chart)) == 2
        assert 'smooth val="1"' not in chart
    drawings = [data.decode() for part, data in members.items() if re.match(r"xl/drawings/drawing", part)]
    described = [
        d for drawing in drawings for d in re.findall(r'cNvPr id="\d+" name="Chart[^"]*"([^>]*)>', drawing)
    ]
    assert len(described) == len(planned)
    assert all("descr=" in d for d in described)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_of_a_heading_breaks_and_every_label_fits_its_row(name):
    book = openpyxl.load_workbook(ROOT / "workbooks" / name)
    for plan in TEMPLATES[name].sheets:
        sheet = book[plan.name]
        for placed in plan.tables():
            part = placed.table
            for column, heading in enumerate(headings(part), start=2):
                width = sheet.column_dimensions[get_column_letter(column)].width
                is_compact = isinstance(part, Block) and part.compact
                assert width >= heading_width(heading, is_compact), (plan.code, heading)
            rows = part.rows if isinstance(part, Result) else ()
            for line, _ in enumerate(rows, start=placed.first_row):
                label, room = str(sheet.cell(line, 2).value or ""), sheet.column_dimensions["B"].width
                lines = (sheet.row_dimensions[line].height or LINE_POINTS) / LINE_POINTS
                assert len(label) <= LETTERS * room * lines, (plan.code, label)


def test_an_empty_form_says_everywhere_that_nothing_was_computed(office, tmp_path):
    form, absent = ROOT / "workbooks" / "invulformulier.xlsx", "niet berekend"
    placed = FORM.place(STATE)
    for again in (office.recalculated(form, tmp_path), calculator.recalculated(form, tmp_path / "anders")):
        sheet = openpyxl.load_workbook(again, data_only=True)["Controles"]
        shown = {code: sheet[placed.cell(code, "value")].value for code in placed.table.row_codes}
        assert shown == {"changed": 0, "fresh": absent, "state": absent, "recheck": 0, "agrees": absent}


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (["in orde"], "Alle controles zijn in orde."),
        (["let op", "in orde"], "Let op: 1 bevinding, zie het blad Controles."),
        (["let op", "let op"], "Let op: 2 bevindingen, zie het blad Controles."),
        (["fout", "let op"], "Fout: 1 controle klopt niet, zie het blad Controles."),
        (["fout", "fout"], "Fout: 2 controles kloppen niet, zie het blad Controles."),
    ],
)
def test_the_top_of_every_sheet_tells_the_worst_verdict_in_good_dutch(found, line):
    assert verdict([{"verdict": one} for one in found]) == line


def test_result_tables_and_inputs_never_share_a_name():
    names = [p.table for s in FORM.sheets for p in s.parts if isinstance(p, Block | Result)]
    assert len(names) == len(set(names))


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> Path:
    folder = examples(tmp_path_factory.mktemp("office"))
    assert cli.main(["alles", str(folder), "--uit", str(folder / "uit")]) == 0
    return folder / "uit"


def test_libreoffice_opens_every_result_and_sees_no_error(office, computed, tmp_path):
    books = sorted(computed.glob("*.xlsx"))
    assert len(books) == 7
    for pdf in office.all_to_format(books, tmp_path, "pdf"):
        assert pdf.stat().st_size > 50_000
    for again in office.all_to_format(books, tmp_path / "weer", "xlsx"):
        for sheet in openpyxl.load_workbook(again, data_only=True):
            for row in sheet.iter_rows(values_only=True):
                assert not [
                    v for v in row if isinstance(v, str) and re.match(r"#(N/A|REF|VALUE|DIV|NAME)", v)
                ]


def test_libreoffice_opens_the_letter(office, computed, tmp_path):
    pages = office.pages(computed / "raadsbrief.docx", tmp_path)
    assert len(pages) >= 4
