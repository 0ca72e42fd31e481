"""kengetallen.xlsx as finance gets it: what can be edited, and that reading it back changes nothing."""

from __future__ import annotations

import io
import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_books import BUILT_IN, book, built, cell, mistakes, opened
from ooxml import faults
from test_workbooks import input_cells

from toolkit.app import cli
from toolkit.app.libraries import open_library
from toolkit.kengetallen.comparison import FIRST_DAYS, Difference, checksum, compare
from toolkit.kengetallen.library import Library
from toolkit.method.plausibility.sources import of_library
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, stops
from toolkit.words.vocabulary import located
from toolkit.workbook.drawing.book import build
from toolkit.workbook.layout import LIBRARY_BOOK
from toolkit.workbook.layout.library_book import CHANGES, PRICE_INDEX, UNIT_VALUES

VALUES, YEARS, PICKED = "Bron en verdeling", "Prijsindex", "Veranderingen"
EVERYTHING = os.environ.get("WIJKBATEN_ALLES") == "1"


def same(one: Library, other: Library) -> bool:
    """Tell whether two libraries hold exactly the same, but for their version."""
    return replace(one, version="") == replace(other, version="")


def edited(tmp_path: Path, change) -> Path:
    """The workbook after somebody changed its sheets in a spreadsheet program."""
    workbook = openpyxl.load_workbook(io.BytesIO(built()))
    change(workbook)
    path = tmp_path / "kengetallen.xlsx"
    workbook.save(path)
    return path


# --- what can be edited ---


@pytest.fixture(scope="module")
def sheets() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(built()))


def test_the_sheets_are_a_guide_three_to_edit_and_two_to_read(sheets):
    assert sheets.sheetnames == ["Uitleg", VALUES, YEARS, "Veranderingen", "Keuzelijsten", "Begrippen"]
    assert [s.title for s in sheets if s.protection.sheet] == ["Keuzelijsten", "Begrippen"]
    assert all(sheet.protection.password is None for sheet in sheets)
    assert not faults(built())


def test_every_cell_to_edit_is_yellow_with_blue_text_and_has_a_dutch_prompt(sheets):
    for placed, block in LIBRARY_BOOK.blocks():
        sheet = sheets[placed.sheet.name]
        rules = {}
        for rule in sheet.data_validations.dataValidation:
            for area in rule.sqref.ranges:
                rules |= {(r, area.min_col): rule for r in range(area.min_row, area.max_row + 1)}
        for row, column in input_cells(placed, block):
            held, rule = sheet.cell(row, column), rules[row, column]
            assert held.fill.fgColor.rgb.endswith("FFF9D6") and held.font.color.rgb.endswith("1F3FBF")
            assert rule.prompt and rule.promptTitle and rule.error and rule.showErrorMessage
            assert len(rule.prompt) <= 250


def test_rows_are_free_for_values_and_years_of_ones_own(sheets):
    picked = len(BUILT_IN.changes) + len(BUILT_IN.unpriced)
    for name, block, used in (
        (VALUES, UNIT_VALUES, len(BUILT_IN.unit_values)),
        (YEARS, PRICE_INDEX, 15),
        (PICKED, CHANGES, picked),
    ):
        placed = LIBRARY_BOOK.place(block)
        rows = list(sheets[name].iter_rows(placed.first_row, placed.last_row, values_only=True))
        assert [row[0] for row in rows] == list(block.row_codes)
        assert [any(v is not None for v in row[1:]) for row in rows] == [n < used for n in range(len(rows))]


def test_a_choice_is_made_from_a_list_that_the_reader_takes(sheets, tmp_path):
    rules = {
        area.min_col: rule.formula1
        for rule in sheets[VALUES].data_validations.dataValidation
        for area in rule.sqref.ranges
        if rule.type == "list"
    }
    lists = sheets["Keuzelijsten"]
    for number, field in enumerate(UNIT_VALUES.columns, start=2):
        if field.kind != "choice":
            continue
        area = rules[number].rpartition("!")[2].replace("$", "")
        choices = [row[0].value for row in lists[area]] if ":" in area else [lists[area].value]
        assert None not in choices
        for choice in choices:
            _, findings = open_library(book(tmp_path, **{f"gezondheid_qaly__{field.code}": choice}))
            assert not [f for f in findings if f.code.startswith("not_in_list")]


def test_text_that_looks_like_a_formula_stays_text():
    value = replace(BUILT_IN.unit_values["psycholoog_contact"], note="=1+1", source="=HYPERLINK(A1)")
    library = replace(BUILT_IN, unit_values={**BUILT_IN.unit_values, "psycholoog_contact": value})
    sheet = openpyxl.load_workbook(io.BytesIO(build(LIBRARY_BOOK, library, 2025)))[VALUES]
    for column in ("note", "source"):
        assert sheet[cell("psycholoog_contact", column).rpartition("!")[2]].data_type == "s"


# --- reading back changes nothing ---


def test_the_workbook_holds_the_library_whole(tmp_path):
    library = opened(book(tmp_path))
    assert same(library, BUILT_IN)
    assert library.version == "2026-11-29 (kengetallen.xlsx)"


def test_a_copy_saved_by_libreoffice_is_read_the_same(tmp_path, office):
    for format in ("ods", "xlsx"):
        path = office.to_format(book(tmp_path), tmp_path / format, format)
        assert same(opened(path), BUILT_IN), format


def test_rows_and_columns_may_change_places_and_columns_may_be_added(tmp_path):
    chance = random.Random(7)

    def shuffle(workbook: openpyxl.Workbook) -> None:
        for name, block in ((VALUES, UNIT_VALUES), (YEARS, PRICE_INDEX), (PICKED, CHANGES)):
            sheet, placed = workbook[name], LIBRARY_BOOK.place(block)
            width = len(block.columns)
            held = [list(row) for row in sheet.iter_rows(placed.codes_row, placed.last_row, 1, width + 1)]
            held = [[(c.value, c.number_format) for c in row] for row in held]
            order = chance.sample(range(1, width + 1), width)
            rows = [*held[:2], *chance.sample(held[2:], len(held) - 2)]
            for row in sheet.iter_rows(placed.codes_row, placed.last_row):
                for one in row:
                    one.value = None
            for line, row in enumerate(rows, start=placed.codes_row):
                sheet.cell(line, 1, row[0][0])
                sheet.cell(line, 2, "eigen kolom" if line == placed.header_row else "nagekeken door Jansen")
                for place, source in enumerate(order, start=3):
                    moved = sheet.cell(line, place)
                    moved.value, moved.number_format = row[source]

    library = opened(edited(tmp_path, shuffle))
    assert compare(BUILT_IN, library).same
    assert dict(library.unit_values) == dict(BUILT_IN.unit_values)


def test_an_inserted_row_without_a_row_code_is_not_lost(tmp_path):
    def insert(workbook: openpyxl.Workbook) -> None:
        sheet, line = workbook[VALUES], int(cell("free", "code").rpartition("B")[2])
        for column in range(2, len(UNIT_VALUES.columns) + 2):
            sheet.cell(line + 60, column, sheet.cell(line - 1, column).value)
        sheet.cell(line + 60, 2, "fietsles")

    found = compare(BUILT_IN, opened(edited(tmp_path, insert)))
    assert (found.added, found.changed, found.removed) == (("fietsles",), {}, ())


def test_a_workbook_without_its_row_codes_and_header_is_read_the_same(tmp_path):
    def strip(workbook: openpyxl.Workbook) -> None:
        sheet, placed = workbook[VALUES], LIBRARY_BOOK.place(UNIT_VALUES)
        sheet.tables.clear()
        for line in placed.rows:
            sheet.cell(line, 1).value = None
        sheet.delete_rows(placed.header_row)

    assert same(opened(edited(tmp_path, strip)), BUILT_IN)


def test_cells_as_people_type_them_are_understood(tmp_path):
    path = book(
        tmp_path,
        wmo_begeleiding__shares="Gemeente=0,75; rijk = 25%",
        wmo_begeleiding__checked_on="2027-02-01",
        wmo_begeleiding__counting="Jaar",
        vrijwilligersvergoeding__kind="uit_kosten",
        opvangplek__checked_on="3-4-2027",
        opvangplek__task_field=6.2,
        psycholoog_contact__overlaps="huisartsconsult; fysiotherapie",
    )
    values = opened(path).unit_values
    assert values["wmo_begeleiding"].shares == {"gemeente": 0.75, "rijk": 0.25}
    assert values["wmo_begeleiding"].checked_on == "2027-02-01"
    assert values["vrijwilligersvergoeding"].kind == "uit_kosten"
    assert (values["opvangplek"].checked_on, values["opvangplek"].task_field) == ("2027-04-03", "6.2")
    assert values["psycholoog_contact"].overlaps == ("huisartsconsult", "fysiotherapie")


@settings(max_examples=200 if EVERYTHING else 12)
@given(st.data())
def test_a_change_of_one_amount_changes_exactly_that_value(tmp_path_factory, data):
    priced = [value for value in BUILT_IN.unit_values.values() if value.amount]
    value = data.draw(st.sampled_from(priced))
    low, high = value.amount.low, value.amount.high
    amount = data.draw(
        st.floats(low, high).map(lambda found: round(found, 4)).filter(lambda a: low <= a <= high)
    )
    library = opened(book(tmp_path_factory.mktemp("een"), **{f"{value.code}__amount": amount}))
    expected = replace(value, amount=Estimate(amount, low, high))
    assert dict(library.unit_values) == {**BUILT_IN.unit_values, value.code: expected}
    found = compare(BUILT_IN, library)
    if amount == value.amount.mode:
        assert found.same
    else:
        first, *rest = found.changed.pop(value.code)
        assert (first, found.changed) == (Difference("amount", value.amount.mode, amount), {})
        assert [one.trait for one in rest] == [FIRST_DAYS] * (len(BUILT_IN.entries[value.code]) > 1)


TEXTS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30)
    .map("over {}".format)
    .map(str.strip)
)


@settings(max_examples=200 if EVERYTHING else 8)
@given(TEXTS, st.tuples(*[st.integers(-(10**9), 10**9)] * 3))
def test_any_library_that_is_in_order_survives_the_workbook(tmp_path_factory, text, cents):
    low, mode, high = (number / 100 for number in sorted(cents))
    changed = {"amount": Estimate(mode, low, high), "name": text, "source": text, "note": text}
    values = BUILT_IN.unit_values | {
        "psycholoog_contact": replace(BUILT_IN.unit_values["psycholoog_contact"], **changed)
    }
    path = tmp_path_factory.mktemp("elk") / "kengetallen.xlsx"
    path.write_bytes(build(LIBRARY_BOOK, replace(BUILT_IN, unit_values=values), 2025))
    assert dict(opened(path).unit_values) == values


# --- the version tells ---


def test_the_version_says_that_the_library_was_edited_and_stays_with_what_it_holds(tmp_path):
    once = opened(book(tmp_path / "a", psycholoog_contact__amount=122))
    again = opened(book(tmp_path / "b", psycholoog_contact__amount=122))
    other = opened(book(tmp_path / "c", psycholoog_contact__amount=123))
    assert once.version == f"2026-11-29 (kengetallen.xlsx, gewijzigd, controlegetal {checksum(once)})"
    assert once.version == again.version
    assert once.version != other.version


@pytest.mark.parametrize(
    "changed",
    [
        {"psycholoog_contact__note": "anders"},
        {"psycholoog_contact__shares": "persoon 100%"},
        {"y2024__change": 3.4},
        {"c_begeleiding_minder__watch_for": "Tel anders."},
        {"c_meer_bewegen__readback": "{n} mensen sportten"},
        {"psycholoog_contact__checked_on": "1-12-2026"},
    ],
)
def test_whatever_changes_the_checksum_changes(changed, tmp_path):
    assert checksum(opened(book(tmp_path, **changed))) != checksum(BUILT_IN)


# --- the command ---


def test_the_command_says_that_a_library_is_in_order_with_its_notes(tmp_path, capsys):
    path = book(tmp_path, psycholoog_contact__amount="121,00")
    assert cli.main(["kengetallen", "controleer", str(path)]) == 0
    said = capsys.readouterr()
    count = len(BUILT_IN.unit_values)
    picked = len(BUILT_IN.changes) + len(BUILT_IN.unpriced)
    assert said.out == (
        f"In orde: {count} kengetallen en {picked} veranderingen, versie 2026-11-29 (kengetallen.xlsx)\n"
    )
    where = cell("psycholoog_contact", "amount")
    told = "Hier staat het getal als tekst ('121,00'). Het is gelezen als 121, "
    assert f"Let op: kengetallen.xlsx, {where}: {told}" in said.err
    assert "Let op: Deze bedragen zijn meer dan vijf jaar ouder dan 20" in said.err
    assert "'Minder energie verbruikt na een energiecoach' (2017)" in said.err


def test_old_prices_and_old_sources_are_told_once_each():
    found = {f.code: f.facts["values"] for f in of_library(BUILT_IN, date(2027, 11, 22))}
    assert set(found) == {"aged_prices"}
    assert "'Huurtoeslag alsnog aangevraagd' (2021)" in found["aged_prices"]
    assert "(2022)" not in found["aged_prices"]
    assert "bijstand niet meer nodig" not in found["aged_prices"].casefold()
    later = {f.code: f.facts["values"] for f in of_library(BUILT_IN, date(2027, 11, 23))}
    assert "'Huisartsconsult minder'" in later["aged_sources"]
    assert "'Contact met de psycholoog minder'" not in later["aged_sources"]
    assert all(located(f).endswith(".") for f in of_library(BUILT_IN, date(2030, 1, 1)))


def test_what_came_into_the_library_later_is_added_to_an_older_workbook(tmp_path):
    def make_older(workbook: openpyxl.Workbook) -> None:
        sheet, placed = workbook[VALUES], LIBRARY_BOOK.place(UNIT_VALUES)
        checked = placed.column("checked_on")
        for line in placed.rows:
            if sheet.cell(line, placed.column("code")).value == "polikliniekbezoek":
                for column in range(placed.column("code"), sheet.max_column + 1):
                    sheet.cell(line, column).value = None
            elif sheet.cell(line, checked).value is not None:
                sheet.cell(line, checked).value = date(2026, 11, 22)

    library, (finding,) = open_library(edited(tmp_path, make_older))
    assert (finding.level, finding.code) == (INFO, "unit_values_added_since")
    assert finding.facts["values"] == "'Bezoek aan de polikliniek minder'"
    assert library.unit_values["polikliniekbezoek"] == BUILT_IN.unit_values["polikliniekbezoek"]


def test_the_command_tells_what_is_wrong_and_gives_exit_code_one(tmp_path, capsys):
    path = book(tmp_path, psycholoog_contact__amount=200, psycholoog_contact__vat=None)
    assert cli.main(["kengetallen", "controleer", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("Moet anders: kengetallen.xlsx, Bron en verdeling!") == len(mistakes(path)) == 2


def test_a_note_about_the_library_is_told_by_a_command_that_computes_with_it(tmp_path, capsys):
    path = book(tmp_path, psycholoog_contact__amount="121,00")
    cli.main(["controleer", str(tmp_path / "weg.xlsx"), "--kengetallen", str(path)])
    assert "Hier staat het getal als tekst ('121,00')" in capsys.readouterr().err


@pytest.mark.parametrize("garbage", ["", "\x01", "=A1", 1e300, -1, True, "weet ik niet"])
def test_whatever_stands_in_a_cell_it_is_judged_and_never_stops_the_program(garbage, tmp_path):
    for column in UNIT_VALUES.column_codes if EVERYTHING else ("code", "shares", "checked_on", "index"):
        library, findings = open_library(book(tmp_path, **{f"psycholoog_contact__{column}": garbage}))
        assert (library is None) == stops(findings)


def test_the_print_is_wide_enough_to_read(sheets):
    sheet = sheets[VALUES]
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (4, "$A:$C")
    widths = [sheet.column_dimensions[letter].width for letter in sheet.column_dimensions]
    assert sum(widths) / sheet.page_setup.fitToWidth < 230
