"""What every workbook promises, whatever is in it; docs/werkmap.md says where each promise is shown."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from forms import examples
from python_calamine import CalamineWorkbook

from toolkit.app import cli, walk
from toolkit.method.appraisal import headline
from toolkit.words.vocabulary import table, word
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO, SHORT
from toolkit.workbook.layout.lists import GROUPS, PARTIES
from toolkit.workbook.layout.parts import Block, Charts
from toolkit.workbook.layout.versions import TEMPLATE_VERSION

ROOT = Path(__file__).resolve().parent.parent
BOOKS = {
    "invulformulier": FORM,
    "kortformulier": SHORT,
    "portefeuille": PORTFOLIO,
    "kengetallen": LIBRARY_BOOK,
}


@pytest.fixture(scope="module", params=BOOKS)
def shipped(request):
    """A shipped workbook beside its map."""
    return openpyxl.load_workbook(ROOT / "workbooks" / f"{request.param}.xlsx"), BOOKS[request.param]


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> Path:
    folder = examples(tmp_path_factory.mktemp("belofte"))
    assert cli.main(["bereken", str(folder / "de_kade.xlsx"), "--uit", str(folder / "uit")]) == 0
    return folder / "uit" / "de_kade_uitkomst.xlsx"


def cells(book):
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_no_workbook_leads_to_another_file(shipped):
    book, _ = shipped
    assert book._external_links == []
    for cell in cells(book):
        if cell.data_type == "f":
            assert "[" not in cell.value and "http" not in cell.value, (cell.parent.title, cell.coordinate)


def test_inputs_workings_and_outcomes_stand_on_sheets_of_their_own(shipped):
    _, workbook = shipped
    for sheet in workbook.sheets:
        asked = [part for part in sheet.parts if isinstance(part, Block)]
        assert not (asked and sheet.is_ours), sheet.code


def test_the_guide_says_what_a_coordinator_must_know_first():
    book = openpyxl.load_workbook(ROOT / "workbooks" / "invulformulier.xlsx")
    guide = book["Uitleg"]
    labels = [guide.cell(row, 2).value for row in range(5, 15)]
    assert labels == [
        *("Voor wie", "Hoe lang", "Het eerste uur", "Het tweede uur", "Gele cellen"),
        *("Leeg is geen nul", "Tel mensen", "Privacy", "Openbaar", "Hulp nodig"),
    ]
    linked = {c.hyperlink.location.split("'")[1] for row in guide.iter_rows() for c in row if c.hyperlink}
    assert linked == set(book.sheetnames) - {"Uitleg"}


def test_nothing_that_is_filled_in_is_hidden_and_codes_of_what_is_read_are_folded_away(shipped):
    book, workbook = shipped
    for plan in workbook.sheets:
        sheet = book[plan.name]
        assert sheet.sheet_state == "visible"
        hidden = [d for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()) if d.hidden]
        if plan.kind not in ("result", "poster", "reference") or workbook is LIBRARY_BOOK:
            assert not hidden
            continue
        assert sheet.column_dimensions["A"].hidden and sheet.column_dimensions["A"].outlineLevel == 1
        for placed in plan.tables():
            row = sheet.row_dimensions[placed.codes_row]
            assert row.hidden and row.outlineLevel == 1, (plan.code, placed.table.code)
            assert sheet.row_dimensions[placed.header_row].collapsed


def test_no_code_is_seen_on_a_sheet_with_outcomes(result):
    """What is seen there is words and figures: no code of a finding, a column, a row or a table."""
    book = openpyxl.load_workbook(result, data_only=True)
    codes = {c for placed in FORM.tables() for c in (*placed.table.column_codes, *placed.table.row_codes)}
    codes = {code for code in codes if "_" in code or code.islower()} - {*GROUPS, *PARTIES}
    for plan in (sheet for sheet in FORM.sheets if sheet.kind in ("result", "poster")):
        sheet = book[plan.name]
        away = {column for column, d in sheet.column_dimensions.items() if d.hidden}
        for row in sheet.iter_rows():
            if not sheet.row_dimensions[row[0].row].hidden:
                seen = {c.value for c in row if c.column_letter not in away and isinstance(c.value, str)}
                assert not seen & codes and not any(text.startswith("code ") for text in seen), plan.code


def test_every_table_is_a_real_table_with_one_header_row_and_no_merged_cells(shipped):
    book, workbook = shipped
    names = [name for sheet in book for name in sheet.tables]
    parts = [p for s in workbook.sheets for p in s.parts if not isinstance(p, Charts)]
    assert len(names) == len(set(names)) == len(parts)
    for sheet in book:
        assert not sheet.merged_cells.ranges
        for found in sheet.tables.values():
            header = sheet[found.ref.split(":")[0]].row
            shown = [c.value for c in sheet[found.ref][0]]
            assert found.headerRowCount == 1 and all(isinstance(h, str) and h for h in shown), header


def test_what_the_form_fills_in_is_black_on_white():
    book = openpyxl.load_workbook(ROOT / "workbooks" / "invulformulier.xlsx")
    for sheet in (book[word(f"form.sheets.{s.code}.name")] for s in FORM.sheets if s.kind == "input"):
        for row in sheet.iter_rows(min_row=9):
            for cell in row:
                if cell.data_type == "f":
                    assert cell.font.color.rgb.endswith("000000") and cell.fill.fill_type is None


def test_numbers_are_stored_whole_and_rounded_only_to_the_eye(result):
    loaded, _ = walk.load_form(result)
    figures = headline(walk.compute(loaded, draws=1000).outcome)
    sheet = openpyxl.load_workbook(result, data_only=True)["Tabellen"]
    stored = {row[0].value: (row[2].value, row[2].number_format) for row in sheet.iter_rows(max_col=6)}
    for code in ("benefits_pv", "costs_pv", "npv", "ratio"):
        assert stored[code][0] == pytest.approx(getattr(figures, code), rel=1e-12)
    assert stored["benefits_pv"][1] == '[>=0.5]"€ "#,##0;[<=-0.5]-"€ "#,##0;"€ 0"'


def test_every_check_has_a_verdict_in_words(result):
    rows = CalamineWorkbook.from_path(str(result)).get_sheet_by_name("Controles").to_python()
    start = next(n for n, row in enumerate(rows) if row[0] == "code CO") + 2
    column = rows[start - 2].index("verdict")
    verdicts = {row[column] for row in rows[start:] if row[column]}
    assert verdicts and verdicts <= set(table("form")["verdicts"].values())


def test_the_master_verdict_stands_at_the_top_of_every_sheet_with_outcomes(result):
    book = openpyxl.load_workbook(result, data_only=True)
    for sheet in FORM.sheets:
        if sheet.kind in ("result", "poster"):
            top = book[word(f"form.sheets.{sheet.code}.name")]["B3"].value
            assert top.startswith("Berekend op ") and "zie het blad Controles" in top


def test_every_line_of_the_trail_has_its_cell_and_its_source(result):
    rows = CalamineWorkbook.from_path(str(result)).get_sheet_by_name("Rekenspoor").to_python()
    start = next(n for n, row in enumerate(rows) if row[0] == "code RS") + 2
    places = {code: rows[start - 2].index(code) for code in ("name", "cell", "source", "kengetal")}
    lines = [row for row in rows[start:] if row[places["name"]]]
    assert len(lines) > 10
    assert all(row[places[c]] for row in lines for c in places)


def test_versions_say_with_what_it_was_computed(result):
    rows = CalamineWorkbook.from_path(str(result)).get_sheet_by_name("Versies").to_python()
    said = {row[0]: row[2] for row in rows if len(row) > 2 and row[0]}
    assert said["template"] == TEMPLATE_VERSION and said["source_file"] == "de_kade.xlsx"
    assert re.fullmatch("[0-9a-f]{64}", said["checksum"])


def test_outcomes_are_protected_against_accidents_and_inputs_are_open(shipped):
    book, workbook = shipped
    for sheet in workbook.sheets:
        shown = book[word(f"form.sheets.{sheet.code}.name")]
        locked = sheet.kind in ("result", "poster", "reference")
        assert bool(shown.protection.sheet) == locked, sheet.code
        assert not shown.protection.password


def test_every_sheet_prints_on_a4_with_titles_and_a_footer(shipped):
    book, workbook = shipped
    for sheet in workbook.sheets:
        shown = book[word(f"form.sheets.{sheet.code}.name")]
        assert shown.page_setup.paperSize == "9" or shown.page_setup.paperSize == 9
        assert shown.sheet_properties.pageSetUpPr.fitToPage
        assert shown.page_setup.orientation == ("portrait" if sheet.kind == "poster" else "landscape")
        footer = shown.oddFooter.center.text
        assert all(mark in footer for mark in ("&F", "&A", "&P", "&N", "versie"))
        if sheet.kind not in ("guide", "poster") and sheet.code != "results":
            assert shown.print_title_rows
        if (shown.page_setup.fitToWidth or 1) > 1:
            assert shown.print_title_cols, sheet.code


def test_sheet_names_and_headings_are_plain_dutch(shipped):
    book, workbook = shipped
    assert all(re.fullmatch(r"[A-Z][a-zA-Z ]+", name) for name in book.sheetnames)
    assert book.sheetnames == [word(f"form.sheets.{s.code}.name") for s in workbook.sheets]


@pytest.mark.parametrize(
    ("page", "promises"),
    [
        ("werkmap.md", [*(f"W{n}" for n in range(1, 8)), "W7b", *(f"W{n}" for n in range(8, 26))]),
        ("brief.md", ["L1", "L2", "L2b", "L3", "L4", "L5", "L5b", *(f"L{n}" for n in range(6, 12))]),
    ],
)
def test_every_promise_in_the_docs_names_tests_that_exist(page, promises):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| [WL]\d", line)]
    assert [row.split("|")[1].strip() for row in rows] == promises
    tests = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").glob("test_*.py"))
    assert all(re.search(r"`test_\w+`", row) for row in rows)
    for name in re.findall(r"`(test_\w+)`", text):
        assert f"\ndef {name}(" in tests, name
