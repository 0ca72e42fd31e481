"""Sheets with outcomes as people see and print them: pages, years, what stays in sight, and charts."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from forms import EXAMPLES, change, examples
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from toolkit.app import cli
from toolkit.workbook.drawing.paper import MOST_FROZEN, frozen_pixels
from toolkit.workbook.drawing.style import NUMBER_FORMATS
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO
from toolkit.workbook.layout.form import TRAIL
from toolkit.workbook.layout.headings import headings
from toolkit.workbook.layout.measures import pixels
from toolkit.workbook.layout.outcomes import BUDGET, PER_PARTY, TASK_FIELDS, YEAR_COLUMN
from toolkit.workbook.layout.parts import Charts
from toolkit.workbook.layout.portfolio import INITIATIVES
from toolkit.workbook.layout.side_by_side import PICTURED

SHIPPED = EXAMPLES.parent
BOOKS = {"invulformulier": FORM, "portefeuille": PORTFOLIO, "kengetallen": LIBRARY_BOOK}
SCREEN = 1366
"""Pixels across the smallest screen."""
TWELVE = 12


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> Path:
    """A form and the portfolio of six, computed."""
    folder = examples(tmp_path_factory.mktemp("zes"))
    assert cli.main(["bereken", str(folder / "de_kade.xlsx"), "--uit", str(folder / "uit")]) == 0
    assert cli.main(["portefeuille", str(folder / "portefeuille.xlsx"), "--uit", str(folder / "uit")]) == 0
    return folder / "uit"


@pytest.fixture(scope="module")
def twelve(tmp_path_factory) -> Path:
    """A portfolio of twelve initiatives, computed: the six examples, and each once more."""
    folder = examples(tmp_path_factory.mktemp("twaalf"))
    names = sorted(path.stem for path in folder.glob("*.xlsx") if path.stem != "portefeuille")
    answers: dict[tuple[str, str], object] = {}
    for number, name in enumerate(names, len(names) + 1):
        again = folder / f"{name}_2.xlsx"
        again.write_bytes((folder / f"{name}.xlsx").read_bytes())
        change(
            again,
            {("OO-01", "answer"): f"{name.replace('_', ' ').title()} Oost", ("OO-05", "answer"): 90},
        )
        row = INITIATIVES.row_codes[number - 1]
        answers |= {(row, "code"): f"{name}_2", (row, "path"): again.name, (row, "counted"): "ja"}
    change(folder / "portefeuille.xlsx", answers)
    assert cli.main(["portefeuille", str(folder / "portefeuille.xlsx"), "--uit", str(folder / "uit")]) == 0
    return folder / "uit" / "portefeuille.xlsx"


# --- on paper


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("invulformulier.xlsx", 12),
        ("voorbeelden/de_kade.xlsx", 15),
        ("de_kade_uitkomst.xlsx", 30),
        ("portefeuille.xlsx", 30),
    ],
)
def test_a_workbook_prints_what_is_used_and_no_empty_page(office, computed, tmp_path, name, most):
    path = computed / name if (computed / name).exists() else Path(str(SHIPPED / name))
    pages = [page.extract_text() for page in PdfReader(office.to_format(path, tmp_path, "pdf")).pages]
    assert len(pages) <= most
    for number, text in enumerate(pages, 1):
        words = re.sub(r"\S*, blad .*", "", text).split()
        assert len(words) > 10, (number, text)


# --- what is seen


@pytest.mark.parametrize("name", BOOKS)
def test_what_stays_in_sight_is_low_and_every_pane_has_one_selection(name):
    book = openpyxl.load_workbook(SHIPPED / f"{name}.xlsx")
    for sheet in book:
        if sheet.freeze_panes is None:
            continue
        row = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)[1]
        assert frozen_pixels(sheet, row) <= MOST_FROZEN, sheet.title
        panes = [selection.pane for selection in sheet.sheet_view.selection]
        assert len(panes) == len(set(panes)), sheet.title


def test_a_loss_that_rounds_to_nothing_has_no_sign_and_no_text_shrinks():
    for code in ("euro", "euro2", "ratio"):
        *_, rest = NUMBER_FORMATS[code].split(";")
        assert rest == '"€ 0"', code
    for name in BOOKS:
        with zipfile.ZipFile(SHIPPED / f"{name}.xlsx") as package:
            assert b"shrinkToFit" not in package.read("xl/styles.xml")


# --- years and parties


@pytest.mark.parametrize("name", ["de_kade_uitkomst.xlsx", "portefeuille.xlsx"])
def test_years_have_their_calendar_year_and_those_after_the_study_are_away(computed, name):
    workbook = FORM if name.startswith("de_kade") else PORTFOLIO
    book = openpyxl.load_workbook(computed / name)
    for table in (BUDGET, TASK_FIELDS, *([TRAIL] if workbook is FORM else [])):
        placed = workbook.place(table)
        sheet = book[placed.sheet.name]
        columns = [placed.column(c) for c in table.column_codes if c.startswith(YEAR_COLUMN)]
        shown = [sheet.cell(placed.header_row, column).value for column in columns]
        assert shown == [str(year) for year in range(2025, 2045)]
        named = [column.name for column in sheet.tables[table.table].tableColumns]
        assert named[columns[0] - 1 : columns[0] - 1 + len(columns)] == shown
        away = [sheet.column_dimensions[get_column_letter(column)].hidden for column in columns]
        assert away == [False] * 8 + [True] * 12


def test_a_budget_ends_with_what_all_parties_pay_and_gain(computed):
    placed = FORM.place(BUDGET)
    sheet = openpyxl.load_workbook(computed / "de_kade_uitkomst.xlsx", data_only=True)["Begroting"]
    columns = [placed.column(code) for code in ("party", "kind", "present_value", "year_1", "year_8")]
    rows = [[sheet.cell(line, column).value for column in columns] for line in placed.rows]
    used = [row for row in rows if row[0]]
    for kind in ("kosten", "baten"):
        parts = [row for row in used[:-3] if row[1] == kind]
        (total,) = (row for row in used[-3:] if row[1] == kind)
        for place in (2, 3, 4):
            assert total[place] == pytest.approx(sum(row[place] or 0 for row in parts))
    costs, benefits, balance = used[-3:]
    assert balance[2:] == pytest.approx([b - c for b, c in zip(benefits[2:], costs[2:], strict=True)])


def test_a_party_that_neither_pays_nor_gains_has_no_line(computed):
    placed = FORM.place(PER_PARTY)
    sheet = openpyxl.load_workbook(computed / "de_kade_uitkomst.xlsx", data_only=True)["Tabellen"]
    hidden = {code for code in PER_PARTY.row_codes if sheet.row_dimensions[placed.row(code)].hidden}
    assert hidden == {"provincie"}


# --- charts


@pytest.mark.parametrize("workbook", [FORM, PORTFOLIO], ids=lambda w: w.code)
def test_no_chart_reaches_beyond_a_small_screen(workbook):
    for plan in workbook.sheets:
        for charts in (part for part in plan.parts if isinstance(part, Charts)):
            assert len(charts.names) * (charts.width + 12) + pixels(9) <= SCREEN, plan.code


def test_twelve_initiatives_stand_side_by_side_with_their_band_and_their_names(twelve):
    book = openpyxl.load_workbook(twelve, data_only=True)
    placed = PORTFOLIO.place(PICTURED)
    sheet = book[placed.sheet.name]
    rows = [
        {code: sheet.cell(line, placed.column(code)).value for code in PICTURED.column_codes}
        for line in placed.rows
        if not sheet.row_dimensions[line].hidden
    ]
    assert len(rows) == TWELVE and all(row["name"] in row["named"] for row in rows)
    grey = [row for row in rows if row["other_ratio"] is not None]
    assert grey and all(row["ratio"] is None and row["group_overheid"] is None for row in grey)
    assert all(row["below"] >= 0 and row["above"] >= 0 for row in rows)
    with zipfile.ZipFile(twelve) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    (bands,) = (chart for chart in charts if "errBars" in chart)
    assert bands.count("errValType") == 2 and 'crossesAt val="1' in bands
    assert all('tickLblSkip val="1"' in chart for chart in charts if "<barChart>" in chart)


def test_a_chart_has_a_legend_only_for_series_that_hold_something(twelve):
    """Direct labels and colours need none; what is left out of a legend, the axis explains."""
    with zipfile.ZipFile(twelve) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    by_group = next(chart for chart in charts if chart.count("<ser>") == 5)
    assert re.search(r'<legendEntry>\s*<idx val="2" */>\s*<delete val="1" */>', by_group)
    assert "grijs telt niet mee" in unescape(by_group)
    for chart in charts:
        if chart.count("<ser>") == 1:
            assert "<legend>" not in chart


def test_headings_of_an_empty_workbook_are_those_of_its_layout():
    """Only computing gives a column the name of a year."""
    book = openpyxl.load_workbook(SHIPPED / "invulformulier.xlsx")
    placed = FORM.place(BUDGET)
    names = [column.name for column in book[placed.sheet.name].tables[BUDGET.table].tableColumns]
    assert names[1:] == headings(BUDGET)
