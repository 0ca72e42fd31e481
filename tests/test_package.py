"""Writing into a workbook: the asked cells change, and every other byte stays."""

import dataclasses
import datetime as dt
import io
import os
import pickle
import re
import stat
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import ooxml
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from toolkit.opc.references import column_letters, column_number, split_reference
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile import Cached, Package

SHEET = "xl/worksheets/sheet1.xml"


def form() -> bytes:
    """A workbook as openpyxl writes it: a chart, a note, a list to choose from, formulas and styles."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Geld"
    for row in range(1, 9):
        sheet.append([f"post {row}", row * 10, row / 4, f"=B{row}*C{row}"])
    sheet["B2"].number_format = "0.00"
    sheet["A1"].comment = Comment("Een opmerking", "coordinator")
    choice = DataValidation(type="list", formula1='"ja,nee"')
    choice.add("F1")
    sheet.add_data_validation(choice)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=8))
    sheet.add_chart(chart, "H2")
    book.create_sheet("Notities")["C3"] = "van de coordinator"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FORM = form()


def by_hand(data: str, **extra: str) -> bytes:
    """A workbook with one sheet, Blad, around this content of sheetData."""
    return ooxml.zipped(ooxml.workbook_parts({"Blad": ooxml.sheet_xml(data, **extra)}))


def values(data: bytes, sheet: str) -> dict[str, object]:
    """Every filled cell of a sheet as calamine reads it."""
    rows = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_name(sheet)
    return {
        f"{column_letters(column)}{row}": value
        for row, line in enumerate(rows.to_python(skip_empty_area=False), start=1)
        for column, value in enumerate(line, start=1)
        if value != ""
    }


def with_cells(source: bytes, sheet: str, cells: dict[str, object], full_calc: bool = True) -> bytes:
    package = Package(source)
    for cell, value in cells.items():
        package.set(sheet, cell, value)
    written = package.to_bytes(full_calc)
    assert ooxml.faults(written) <= ooxml.faults(source)
    return written


def sheet_of(written: bytes, part: str = SHEET) -> str:
    return ooxml.part_of(written, part)


def refusal(source: bytes, cell: str = "A1", value: object = 1) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        package = Package(source)
        package.set("Blad", cell, value)
        package.to_bytes()
    return caught.value


# --- what stays


def test_without_edits_every_member_is_the_same():
    assert ooxml.raw_members(Package(FORM).to_bytes(full_calc=False)) == ooxml.raw_members(FORM)


def test_only_the_edited_sheet_changes_in_a_workbook_that_recalculates_already():
    before = {name: raw for name, *raw in ooxml.raw_members(FORM)}
    after = {name: raw for name, *raw in ooxml.raw_members(with_cells(FORM, "Geld", {"B5": 1}))}
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert changed == {SHEET}


def test_in_the_edited_sheet_only_the_edited_cell_changes():
    before, after = sheet_of(FORM), sheet_of(with_cells(FORM, "Geld", {"B5": 1234}))
    assert after == before.replace(re.search(r'<c r="B5".*?</c>', before)[0], '<c r="B5"><v>1234</v></c>')


def test_in_workbook_xml_only_recalculation_on_opening_changes():
    source = by_hand("")
    before = ooxml.part_of(source, "xl/workbook.xml")
    after = ooxml.part_of(Package(source).to_bytes(), "xl/workbook.xml")
    assert after == before.replace("</sheets>", '</sheets><calcPr fullCalcOnLoad="1"/>')


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('<calcPr calcId="1" fullCalcOnLoad="0"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="1" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ("<calcPr></calcPr>", '<calcPr fullCalcOnLoad="1"></calcPr>'),
        (
            "<definedNames/><oleSize ref='A1'/>",
            "<definedNames/><calcPr fullCalcOnLoad=\"1\"/><oleSize ref='A1'/>",
        ),
    ],
)
def test_the_calculation_setting_gets_its_place_in_the_order_of_the_schema(settings, expected):
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", "</sheets>" + settings)
    written = Package(ooxml.zipped(parts)).to_bytes()
    assert ooxml.part_of(written, "xl/workbook.xml").partition("</sheets>")[2] == expected + "</workbook>"
    assert ooxml.faults(written) == set()


def test_macros_travel_as_they_are_and_the_file_stays_a_macro_workbook():
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")})
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        ooxml.BOOK_TYPE, ooxml.MACRO_BOOK_TYPE
    )
    parts["xl/vbaProject.bin"] = bytes(range(256)) * 20
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "<Override", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
    )
    source = ooxml.zipped(parts)
    written = with_cells(source, "Blad", {"A1": 1})
    assert ooxml.MACRO_BOOK_TYPE in ooxml.part_of(written, "[Content_Types].xml")
    assert ooxml.raw_members(source)[-1] == ooxml.raw_members(written)[-1]


def test_the_same_edits_give_the_same_bytes():
    assert with_cells(FORM, "Geld", {"B5": 1}) == with_cells(FORM, "Geld", {"B5": 1})


def test_a_zip_with_sizes_after_the_data_is_read_and_rewritten():
    source = ooxml.streamed(ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")}))
    assert zipfile.ZipFile(io.BytesIO(source)).infolist()[0].flag_bits & 8
    written = with_cells(source, "Blad", {"A1": 5})
    assert not zipfile.ZipFile(io.BytesIO(written)).infolist()[0].flag_bits & 8
    assert zipfile.ZipFile(io.BytesIO(written)).testzip() is None
    assert values(written, "Blad") == {"A1": 5}


def test_member_names_comments_and_stored_members_survive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")}).items():
            archive.writestr(name, content)
        archive.writestr("bijlage/één.txt", "tekst", compress_type=zipfile.ZIP_STORED)
        archive.comment = b"een zip mag iets zeggen"
    written = zipfile.ZipFile(io.BytesIO(Package(buffer.getvalue()).to_bytes()))
    assert written.comment == b"een zip mag iets zeggen"
    assert written.read("bijlage/één.txt") == b"tekst"
    assert written.getinfo("bijlage/één.txt").compress_type == zipfile.ZIP_STORED


# --- what a cell can hold


@pytest.mark.parametrize(
    ("value", "read_back"),
    [
        (True, True),
        (False, False),
        (12, 12),
        (-3.25, -3.25),
        (0.1, 0.1),
        (-0.0, 0),
        (10**15, 10**15),
        (Decimal("1234.50"), 1234.5),
        (Decimal("1E+3"), 1000),
        (np.float64(2.5), 2.5),
        (np.int64(7), 7),
        (np.bool_(True), True),
        ("=1+1", "=1+1"),
        ("a & b < c > \"d\" 'e'", "a & b < c > \"d\" 'e'"),
        ("  randen  ", "  randen  "),
        ("twee\nregels\tén", "twee\nregels\tén"),
        ("_x0041_", "_x0041_"),
        ("_x0041_x0042_", "_x0041_x0042_"),
        ("bel\x07 en \r", "bel\x07 en \r"),
        ("]]> <!-- 😀", "]]> <!-- 😀"),
        ("0031", "0031"),
    ],
)
def test_a_value_reads_back_as_it_was_given(value, read_back):
    found = values(with_cells(FORM, "Notities", {"B2": value}), "Notities")["B2"]
    assert found == read_back
    assert isinstance(found, bool) == isinstance(read_back, bool)


def test_text_is_text_for_openpyxl_too():
    written = with_cells(FORM, "Geld", {"B5": "=1+1"})
    cell = openpyxl.load_workbook(io.BytesIO(written))["Geld"]["B5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        -float("inf"),
        np.nan,
        Decimal("NaN"),
        Decimal("-Infinity"),
        10**400,
        1.7e308,
    ],
)
def test_a_number_no_cell_can_hold_is_a_value_error(value):
    with pytest.raises(ValueError, match=r"cannot hold the number|cannot convert"):
        Package(FORM).set("Geld", "B5", value)


@pytest.mark.parametrize(
    "value", [dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.date(1899, 12, 31), "x" * 32_768, "😀" * 16_384]
)
def test_a_moment_or_text_no_cell_can_hold_is_a_value_error(value):
    with pytest.raises(ValueError, match=r"time zone|first day|at most"):
        Package(FORM).set("Geld", "B5", value)


def test_a_value_of_another_type_is_a_type_error():
    with pytest.raises(TypeError, match="list"):
        Package(FORM).set("Geld", "B5", [1])


def test_text_as_long_as_a_cell_allows_is_written():
    assert values(with_cells(FORM, "Notities", {"B2": "x" * 32_767}), "Notities")["B2"] == "x" * 32_767


def test_characters_that_xml_cannot_hold_leave_the_part_well_formed():
    written = with_cells(FORM, "Notities", {"B2": "\ud800 \ufffe \x00"})
    assert "_xD800_ _xFFFE_ _x0000_" in sheet_of(written, "xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("calendar", [False, True])
def test_dates_count_from_the_calendar_of_the_workbook(calendar):
    settings = '<workbookPr date1904="1"/>' if calendar else ""
    source = ooxml.zipped(ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")}, settings))
    package = Package(source)
    package.set("Blad", "A1", dt.date(2026, 7, 1))
    package.set("Blad", "A2", dt.datetime(2026, 7, 1, 18))
    assert package.date1904 is calendar
    found = values(package.to_bytes(), "Blad")
    first = dt.date(1904, 1, 1) if calendar else dt.date(1899, 12, 30)
    days = (dt.date(2026, 7, 1) - first).days
    assert (found["A1"], found["A2"]) == (days, days + 0.75)


def test_openpyxl_reads_the_date_in_a_cell_with_a_date_format():
    book = openpyxl.Workbook()
    book.active.title = "Blad"
    book.active["A1"] = dt.date(2020, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    written = with_cells(buffer.getvalue(), "Blad", {"A1": dt.date(2026, 7, 1)})
    assert openpyxl.load_workbook(io.BytesIO(written))["Blad"]["A1"].value == dt.datetime(2026, 7, 1)


# --- where a cell goes


def test_new_cells_and_rows_come_in_order_and_widen_the_dimension():
    source = by_hand(
        '<row r="3" spans="2:4"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row><row r="6"/>',
        before='<dimension ref="B3:D6"/>',
    )
    cells = {"A3": 10, "C3": 11, "E3": 12, "B6": 13, "A1": 14, "G9": 15, "D5": 16, "C5": 17}
    written = with_cells(source, "Blad", cells)
    assert values(written, "Blad") == {"B3": 1, "D3": 2, **cells}
    assert '<dimension ref="A1:G9"/>' in sheet_of(written)
    assert '<row r="3"><c r="A3">' in sheet_of(written)


def test_an_edit_of_cells_that_are_there_leaves_the_tag_of_the_row_alone():
    source = by_hand('<row r="3" spans="2:4" ht="20"><c r="B3"><v>1</v></c></row>')
    assert '<row r="3" spans="2:4" ht="20">' in sheet_of(with_cells(source, "Blad", {"B3": 2}))


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_an_empty_sheet_takes_cells(empty):
    parts = ooxml.workbook_parts({"Blad": f'<worksheet xmlns="{ooxml.MAIN}">{empty}</worksheet>'})
    assert values(with_cells(ooxml.zipped(parts), "Blad", {"B2": 1, "A1": 2}), "Blad") == {"A1": 2, "B2": 1}


def test_a_cell_keeps_its_style_whatever_it_gets():
    source = by_hand('<row r="1"><c r="A1" s="7" t="s"><v>0</v></c><c r="B1" s="8"><v>1</v></c></row>')
    text = sheet_of(with_cells(source, "Blad", {"A1": 5, "B1": None}))
    assert '<c r="A1" s="7"><v>5</v></c><c r="B1" s="8"/>' in text


def test_a_new_cell_takes_the_style_of_another_cell_or_else_of_its_row_or_column():
    source = by_hand(
        '<row r="1"><c r="A1" s="3"><v>1</v></c></row><row r="2" s="4" customFormat="1"/><row r="3" s="9"/>',
        before='<cols><col min="2" max="4" style="5"/></cols>',
    )
    package = Package(source)
    package.set("Blad", "C1", 1, style_from="A1")
    package.set("Blad", "C2", 1)
    package.set("Blad", "C3", 1)
    package.set("Blad", "F3", 1)
    package.set("Blad", "C8", None, style_from="A1")
    text = sheet_of(package.to_bytes())
    assert '<c r="C1" s="3"><v>1</v></c>' in text
    assert '<c r="C2" s="4">' in text
    assert '<c r="C3" s="5">' in text
    assert '<c r="F3"><v>' in text
    assert '<row r="8"><c r="C8" s="3"/></row>' in text


def test_clearing_a_cell_that_is_not_there_changes_nothing():
    written = with_cells(FORM, "Geld", {"Z99": None, "E5": None}, full_calc=False)
    assert ooxml.raw_members(written) == ooxml.raw_members(FORM)


def test_the_last_of_two_values_for_one_cell_counts():
    package = Package(FORM)
    package.set("Geld", "B5", 1)
    package.set("Geld", "B5", 2)
    assert values(package.to_bytes(), "Geld")["B5"] == 2


@pytest.mark.parametrize(
    "reference", ["", "B", "5", "b5", "B0", "$B$5", "B5:C6", "XFE1", "A1048577", "AAAA1"]
)
def test_what_is_no_cell_is_a_value_error(reference):
    with pytest.raises(ValueError, match=r"is not a cell reference|is outside a sheet"):
        Package(FORM).set("Geld", reference, 1)


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_references_go_there_and_back(column, row):
    assert column_number(column_letters(column)) == column
    assert split_reference(f"{column_letters(column)}{row}") == (row, column)


# --- formulas


def with_chain(data: str) -> bytes:
    """A sheet with formulas and the calculation chain that belongs to them."""
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml(data)})
    cells = "".join(f'<c r="{cell}" i="1"/>' for cell in re.findall(r'<c r="(\w+)"[^/>]*><f', data))
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{ooxml.MAIN}">{cells}</calcChain>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/xl/calcChain.xml" ContentType="application/x-chain"></Override></Types>',
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{ooxml.POINTERS}/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    return ooxml.zipped(parts)


TWO_FORMULAS = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f><v>2</v></c><c r="C1"/></row>'


def test_a_value_over_a_formula_takes_the_calculation_chain_away():
    written = with_cells(with_chain(TWO_FORMULAS), "Blad", {"A1": 5})
    assert "xl/calcChain.xml" not in zipfile.ZipFile(io.BytesIO(written)).namelist()
    assert "calcChain" not in ooxml.part_of(written, "[Content_Types].xml")
    assert "calcChain" not in ooxml.part_of(written, "xl/_rels/workbook.xml.rels")
    assert '<c r="A1"><v>5</v></c><c r="B1"><f>A1</f><v>2</v></c>' in sheet_of(written)


def test_other_edits_leave_the_calculation_chain_alone():
    source = with_chain(TWO_FORMULAS)
    written = with_cells(source, "Blad", {"A1": Cached(3), "C1": 4, "D1": 5})
    kept = ("xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels")
    before = [member for member in ooxml.raw_members(source) if member[0] in kept]
    assert len(before) == 3
    assert before == [member for member in ooxml.raw_members(written) if member[0] in kept]


@pytest.mark.parametrize(
    ("result", "xml"),
    [
        (12.5, "><f>x</f><v>12.5</v></c>"),
        (True, ' t="b"><f>x</f><v>1</v></c>'),
        ("a < b", ' t="str"><f>x</f><v>a &lt; b</v></c>'),
        (dt.date(2026, 7, 1), "><f>x</f><v>46204</v></c>"),
        (None, "><f>x</f></c>"),
    ],
)
def test_a_cached_result_keeps_the_formula(result, xml):
    source = by_hand('<row r="1"><c r="A1" s="2" t="str" vm="1"><f>x</f><v>oud</v></c></row>')
    assert f'<c r="A1" s="2"{xml}' in sheet_of(with_cells(source, "Blad", {"A1": Cached(result)}))


@pytest.mark.parametrize(
    "formula",
    [
        '<f t="shared" ref="A1:A9" si="0">B1 &gt; "x"</f>',
        '<f t="shared" si="0"/>',
        '<f t="array" ref="A1:A9" aca="1" >SUM( B1:B2 )</f >',
    ],
)
def test_a_cached_result_keeps_any_formula_byte_for_byte(formula):
    source = by_hand(f'<row r="1"><c r="A1" cm="1">{formula}<v>0</v></c></row>')
    written = sheet_of(with_cells(source, "Blad", {"A1": Cached(3)}))
    assert f'<c r="A1" cm="1">{formula}<v>3</v></c>' in written


@pytest.mark.parametrize("cell", ["B1", "C9"])
def test_a_cached_result_without_a_formula_is_refused(cell):
    refused = refusal(by_hand('<row r="1"><c r="B1"><v>1</v></c></row>'), cell, Cached(1))
    assert (refused.code, refused.facts) == ("no_formula", {"cell": cell, "sheet": "Blad"})


def test_the_master_of_a_shared_formula_is_not_overwritten_but_a_follower_is():
    source = by_hand(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>'
    )
    assert refusal(source, "A1").code == "shared_formula"
    assert values(with_cells(source, "Blad", {"A2": 9}), "Blad")["A2"] == 9


@pytest.mark.parametrize("kind", ["array", "dataTable"])
@pytest.mark.parametrize("cell", ["A1", "A2", "B2"])
def test_no_cell_of_an_array_formula_is_overwritten(kind, cell):
    source = by_hand(
        f'<row r="1"><c r="A1"><f t="{kind}" ref="A1:B2">B5</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c></row>'
    )
    refused = refusal(source, cell)
    assert (refused.code, refused.facts["cell"]) == ("array_formula", cell)
    assert values(with_cells(source, "Blad", {"C2": 9}), "Blad")["C2"] == 9


# --- hidden rows


def test_rows_are_hidden_and_shown_and_keep_their_other_attributes():
    source = by_hand(
        '<row r="1" ht="20" customHeight="1"/><row r="2" hidden="1" ht="9"><c r="A2"><v>1</v></c></row>'
        '<row r="3" hidden="true"/>'
    )
    package = Package(source)
    package.hide_rows("Blad", hidden=[1, 3, 5], shown=[2, 4])
    assert (
        '<row r="1" ht="20" customHeight="1" hidden="1"/><row r="2" ht="9"><c r="A2"><v>1</v></c></row>'
        '<row r="3" hidden="true"/><row r="5" hidden="1"/>'
    ) in sheet_of(package.to_bytes())


def test_hiding_and_filling_go_together_in_one_row():
    package = Package(by_hand('<row r="1" spans="1:1" hidden="1"/>'))
    package.set("Blad", "B1", 1)
    package.set("Blad", "B2", 2)
    package.hide_rows("Blad", hidden=[2], shown=[1])
    assert (
        '<row r="1"><c r="B1"><v>1</v></c></row><row r="2" hidden="1"><c r="B2"><v>2</v></c></row>'
    ) in sheet_of(package.to_bytes())


def test_openpyxl_sees_which_rows_are_hidden():
    package = Package(FORM)
    package.hide_rows("Geld", range(5, 12))
    sheet = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))["Geld"]
    assert [row for row in range(1, 20) if sheet.row_dimensions[row].hidden] == list(range(5, 12))


def test_rows_that_are_as_they_should_be_change_nothing():
    package = Package(by_hand('<row r="1"/><row r="2" hidden="1"/>'))
    package.hide_rows("Blad", hidden=[2], shown=[1, 7])
    assert ooxml.raw_members(package.to_bytes(full_calc=False)) == ooxml.raw_members(
        by_hand('<row r="1"/><row r="2" hidden="1"/>')
    )


@pytest.mark.parametrize(("hidden", "shown"), [([1], [1]), ([0], []), ([], [1_048_577])])
def test_impossible_wishes_for_rows_are_a_value_error(hidden, shown):
    with pytest.raises(ValueError, match="row"):
        Package(FORM).hide_rows("Geld", hidden, shown)


# --- ways of writing XML


def test_prefixed_elements_get_prefixed_cells():
    sheet = (
        f'<x:worksheet xmlns:x="{ooxml.MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    parts = ooxml.workbook_parts({"Blad": sheet})
    parts["xl/workbook.xml"] = (
        f'<x:workbook xmlns:x="{ooxml.MAIN}" xmlns:r="{ooxml.POINTERS}"><x:sheets>'
        '<x:sheet name="Blad" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>'
    )
    written = with_cells(ooxml.zipped(parts), "Blad", {"B2": 5, "A2": "a", "C7": True})
    assert '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>' in sheet_of(written)
    assert '</x:sheets><x:calcPr fullCalcOnLoad="1"/>' in ooxml.part_of(written, "xl/workbook.xml")
    sheet = openpyxl.load_workbook(io.BytesIO(written))["Blad"]
    assert [sheet[cell].value for cell in ("A2", "B2", "C7")] == ["a", 5, True]


def test_a_strict_workbook_is_written():
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("", namespace=ooxml.STRICT)})
    for name in ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = (
            parts[name].replace(ooxml.MAIN, ooxml.STRICT).replace(ooxml.POINTERS, ooxml.STRICT_POINTERS)
        )
    written = with_cells(ooxml.zipped(parts), "Blad", {"A1": 5})
    assert '<c r="A1"><v>5</v></c>' in sheet_of(written)
    assert '<calcPr fullCalcOnLoad="1"/>' in ooxml.part_of(written, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", None),
        ("utf-16-be", None),
        ("utf-8-sig", "UTF-8"),
        ("utf-8-sig", None),
        ("iso-8859-1", "ISO-8859-1"),
        ("ascii", "us-ascii"),
    ],
)
def test_a_sheet_in_another_encoding_is_written(encoding, declared):
    head = f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>' if declared else ""
    old = "oud" if encoding == "ascii" else "één"
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{old}</t></is></c></row>'
    encoded = (head + ooxml.sheet_xml(cell)).encode(encoding)
    parts = ooxml.workbook_parts({"Blad": encoded})
    written = with_cells(ooxml.zipped(parts), "Blad", {"B1": "twee €"})
    sheet = openpyxl.load_workbook(io.BytesIO(written))["Blad"]
    assert (sheet["A1"].value, sheet["B1"].value) == (old, "twee €")


def test_rows_of_a_form_control_are_no_rows_of_the_sheet():
    anchor = (
        '<controls><control><anchor xmlns:xdr="urn:drawing"><xdr:from><xdr:col>1</xdr:col>'
        "<xdr:row>2</xdr:row></xdr:from><from><row>3</row><c/><f/></from></anchor></control></controls>"
    )
    written = with_cells(by_hand('<row r="1"/>', after=anchor), "Blad", {"A4": 1})
    assert sheet_of(written).endswith(anchor + "</worksheet>")
    assert '<row r="4"><c r="A4"><v>1</v></c></row></sheetData>' in sheet_of(written)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_bookkeeping_in_another_encoding_is_written(encoding):
    parts = ooxml.parts_of(with_chain(TWO_FORMULAS))
    told = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
    recoded = {name: parts[name].decode().encode(encoding) for name in told}
    written = with_cells(ooxml.zipped({**parts, **recoded}), "Blad", {"A1": 5})
    assert '<calcPr fullCalcOnLoad="1"/>' in ooxml.part_of(written, "xl/workbook.xml")
    assert "calcChain" not in "".join(ooxml.part_of(written, name) for name in told)
    assert values(written, "Blad")["A1"] == 5


@pytest.mark.parametrize("target", ["/xl/calcChain.xml", "../xl/CalcChain.xml", "calcchain.xml"])
def test_a_calculation_chain_is_found_however_it_is_pointed_at(target):
    parts = ooxml.parts_of(with_chain(TWO_FORMULAS))
    pointers = "xl/_rels/workbook.xml.rels"
    parts[pointers] = parts[pointers].replace(b'"calcChain.xml"', f'"{target}"'.encode())
    written = with_cells(ooxml.zipped(parts), "Blad", {"A1": 5})
    assert ooxml.parts_of(written).keys() == parts.keys() - {"xl/calcChain.xml"}
    assert "calcChain" not in ooxml.part_of(written, "[Content_Types].xml")
    assert target not in ooxml.part_of(written, pointers)


def test_rows_before_the_cells_are_no_rows_of_the_sheet():
    odd = '<sheetPr><x:from xmlns:x="urn:x"><x:row>2</x:row><row r="9"/><c r="C9"/><f/></x:from></sheetPr>'
    written = with_cells(by_hand('<row r="3"/>', before=odd), "Blad", {"A1": 1, "C9": 2})
    assert values(written, "Blad") == {"A1": 1, "C9": 2}
    assert odd in sheet_of(written)


def test_rows_of_another_namespace_inside_the_cells_are_left_alone():
    note = '<x:note xmlns:x="urn:x"><x:row r="1"/><x:c r="A1"><x:f>1</x:f></x:c></x:note>'
    source = by_hand(f'<row r="2"><c r="A2"><v>1</v><extLst>{note}</extLst></c></row>')
    written = with_cells(source, "Blad", {"B2": 3, "A1": 4})
    assert note in sheet_of(written)
    assert '<row r="1"><c r="A1"><v>4</v></c></row><row r="2">' in sheet_of(written)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" x:a="b > c" xmlns:x="urn:x"><v>1</v></c>',
        "<c r='A1' x:a='\"/>' xmlns:x='urn:x'/>",
        '<c r="A1"></c>',
        '<c r="A1"><f x:a="1 > 0 />" xmlns:x="urn:x">B1&gt;0</f><v>1</v></c>',
        '<c r="A1"><f x:a="/>" xmlns:x="urn:x"/><v>1</v></c>',
    ],
)
def test_a_closing_sign_inside_an_attribute_ends_no_element(cell):
    source = by_hand(f'<row r="1">{cell}<c r="B1"><v>2</v></c></row>')
    assert sheet_of(with_cells(source, "Blad", {"A1": 7})) == ooxml.sheet_xml(
        '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>2</v></c></row>'
    )


def test_a_formula_with_a_closing_sign_inside_an_attribute_keeps_every_byte():
    formula = '<f x:a="1 > 0 />" xmlns:x="urn:x">B1&gt;0</f>'
    source = by_hand(f'<row r="1"><c r="A1">{formula}<v>1</v></c></row>')
    assert f'<c r="A1">{formula}<v>7</v></c>' in sheet_of(with_cells(source, "Blad", {"A1": Cached(7)}))


@pytest.mark.parametrize("row", ['<row r="2"/>', '<row r="2"></row>', '<row r="2" spans="1:1" />'])
def test_several_new_cells_open_an_empty_row_once(row):
    text = sheet_of(with_cells(by_hand(row), "Blad", {"C2": 3, "A2": 1, "B2": 2}))
    cells = '<c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="C2"><v>3</v></c>'
    assert text == ooxml.sheet_xml(f'<row r="2">{cells}</row>')


def test_blanks_at_the_edges_and_ends_of_lines_are_marked_to_be_kept():
    text = sheet_of(with_cells(by_hand(""), "Blad", {"A1": " a", "B1": "a\nb", "C1": "a b"}))
    assert text.count('<t xml:space="preserve">') == 2
    assert "<t>a b</t>" in text


def test_a_strict_workbook_of_the_1904_calendar_is_both():
    parts = ooxml.workbook_parts(
        {"Blad": ooxml.sheet_xml("", namespace=ooxml.STRICT)}, '<workbookPr date1904="true"/>'
    )
    for name in ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = (
            parts[name].replace(ooxml.MAIN, ooxml.STRICT).replace(ooxml.POINTERS, ooxml.STRICT_POINTERS)
        )
    written = with_cells(ooxml.zipped(parts), "Blad", {"A1": dt.date(1904, 1, 2)})
    assert '<c r="A1"><v>1</v></c>' in sheet_of(written)


def test_odd_but_valid_markup_is_understood():
    source = by_hand(
        "<!-- <row r='9'> --><row\n r = '2'  x:note='a > b' xmlns:x='urn:x' >"
        '<c r="A2" ><v >1</v ></c ><?pi <c r="Z9"/> ?><c r="C2" /></row\n>'
    )
    written = with_cells(source, "Blad", {"A2": 7, "B2": 8, "C2": 9, "D2": 10})
    assert values(written, "Blad") == {"A2": 7, "B2": 8, "C2": 9, "D2": 10}
    assert "<row\n r = '2'  x:note='a > b' xmlns:x='urn:x' >" in sheet_of(written)


def test_paths_in_another_letter_case_or_with_a_leading_slash_are_found():
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")})
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1", "/xl/Worksheets/Sheet1"
    )
    package = Package(ooxml.zipped(parts))
    package.set("Blad", "A1", 1)
    assert '<c r="A1"><v>1</v></c>' in sheet_of(package.to_bytes())


def test_sheets_come_in_the_order_of_the_tabs():
    parts = ooxml.workbook_parts({"Uitleg": ooxml.sheet_xml(""), "Geld &amp; inzet": ooxml.sheet_xml("")})
    assert list(Package(ooxml.zipped(parts)).sheets.items()) == [
        ("Uitleg", SHEET),
        ("Geld & inzet", "xl/worksheets/sheet2.xml"),
    ]


# --- refusals


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ('<row><c r="A1"/></row>', "no_cell_addresses"),
        ('<row r="1"><c><v>1</v></c></row>', "no_cell_addresses"),
        ('<row r="x"/>', "bad_reference"),
        ('<row r="1"><c r="a1"/></row>', "bad_reference"),
        ('<row r="1"><c r="B1"><f t="array" ref="oeps">1</f></c></row>', "bad_reference"),
        ('<row r="2"/><row r="1"/>', "out_of_order"),
        ('<row r="1"/><row r="1"/>', "out_of_order"),
        ('<row r="1"><c r="B1"/><c r="A1"/></row>', "out_of_order"),
        ('<row r="1"><c r="A2"/></row>', "out_of_order"),
        ('<row r="1">', "not_xml"),
    ],
)
def test_a_sheet_that_cannot_be_edited_safely_is_refused(data, code):
    refused = refusal(by_hand(data))
    assert refused.code == code
    assert refused.facts["sheet"] == "Blad"


@pytest.mark.parametrize("root", ["chartsheet", "dialogsheet", "worksheet"])
def test_a_sheet_without_cells_is_refused(root):
    source = ooxml.zipped(ooxml.workbook_parts({"Blad": f'<{root} xmlns="{ooxml.MAIN}"/>'}))
    assert refusal(source).code == "no_sheet_data"


def test_entities_are_refused():
    sheet = '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + ooxml.sheet_xml("")
    assert refusal(ooxml.zipped(ooxml.workbook_parts({"Blad": sheet}))).code == "xml_entities"


@pytest.mark.parametrize("encoding", ["klingon", "shift_jis"])
def test_an_encoding_nobody_knows_or_that_is_found_too_late_is_refused(encoding):
    far = " " * 200 if encoding == "shift_jis" else ""
    sheet = f'<?xml version="1.0"{far} encoding="{encoding}"?>' + ooxml.sheet_xml("")
    assert refusal(ooxml.zipped(ooxml.workbook_parts({"Blad": sheet}))).code == "not_xml"


def test_an_unknown_sheet_is_refused():
    with pytest.raises(FileRefused, match="no_such_sheet \\(sheet='Weg'\\)"):
        Package(FORM).set("Weg", "A1", 1)


def test_a_signed_workbook_is_refused():
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")})
    assert refusal(ooxml.zipped({**parts, "_xmlsignatures/origin.sigs": ""})).code == "signed"


def test_two_members_with_one_name_are_refused_when_that_part_is_needed():
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")})
    twice = ooxml.zipped({**parts, "xl/Worksheets/Sheet1.xml": ooxml.sheet_xml("")})
    assert refusal(twice).code == "duplicate_part"
    elsewhere = ooxml.zipped({**parts, "docProps/a.xml": "<a/>", "docProps/A.xml": "<b/>"})
    package = Package(elsewhere)
    package.set("Blad", "A1", 1)
    assert ooxml.raw_members(package.to_bytes())[-2:] == ooxml.raw_members(elsewhere)[-2:]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "empty"),
        (b"gewoon tekst", "not_a_zip"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "legacy_xls"),
        (FORM[:-200], "truncated"),
        (ooxml.zipped({"word/document.xml": "<a/>"}), "other_document"),
        (ooxml.zipped({"[Content_Types].xml": "<Types/>"}), "other_document"),
    ],
)
def test_what_is_no_workbook_is_refused(source, code):
    with pytest.raises(FileRefused) as caught:
        Package(source)
    assert caught.value.code == code


def test_a_damaged_member_is_refused():
    spoiled = bytearray(FORM)
    place = FORM.index(ooxml.raw_members(FORM)[0][2])
    spoiled[place + 5] ^= 0xFF
    with pytest.raises(FileRefused) as caught:
        Package(bytes(spoiled)).read(ooxml.raw_members(FORM)[0][0])
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("offset", [-1, 1, 2**31])
def test_a_member_that_lies_outside_the_file_is_refused(offset):
    spoiled = bytearray(FORM)
    last = FORM.rindex(b"PK\x05\x06")
    begin = struct.unpack_from("<L", FORM, last + 16)[0]
    struct.pack_into("<L", spoiled, last + 16, (begin + offset) % 2**32)  # every offset counts from here
    with pytest.raises(FileRefused) as caught:
        Package(bytes(spoiled))
    assert caught.value.code == "damaged"


def test_a_missing_part_is_refused():
    parts = ooxml.workbook_parts({"Blad": ooxml.sheet_xml("")})
    del parts[SHEET]
    assert refusal(ooxml.zipped(parts)).code == "missing_part"


def test_a_refusal_survives_the_way_back_from_another_process():
    again = pickle.loads(pickle.dumps(FileRefused("stray_cell", {"cell": "XFD1"})))
    assert (again.code, again.facts) == ("stray_cell", {"cell": "XFD1"})
    assert str(again) == "stray_cell (cell='XFD1')"


# --- saving


def test_saving_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(FORM)
    package = Package(path)
    package.set("Geld", "B5", 77)
    package.save(path)
    assert values(path.read_bytes(), "Geld")["B5"] == 77
    assert list(tmp_path.iterdir()) == [path]


def test_a_saved_file_keeps_its_access_rights(tmp_path):
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(FORM)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP)
    expected = path.stat().st_mode
    Package(path).save(path)
    assert path.stat().st_mode == expected


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    Package(FORM).save(tmp_path / "nieuw.xlsx")
    (tmp_path / "gewoon").write_bytes(b"")
    assert (tmp_path / "nieuw.xlsx").stat().st_mode == (tmp_path / "gewoon").stat().st_mode


def fail_to_replace(*_: object) -> None:
    raise PermissionError(13, "the file is open in Excel")


def fail_to_write(*_: object) -> None:
    raise OSError(28, "no space left on device")


@pytest.mark.parametrize(("step", "failure"), [("replace", fail_to_replace), ("fsync", fail_to_write)])
def test_a_failed_save_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step, failure):
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(b"the old file")
    package = Package(FORM)
    monkeypatch.setattr(os, step, failure)
    with pytest.raises(OSError, match=r"open in Excel|no space left"):
        package.save(path)
    assert path.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [path]


def test_a_save_that_fails_while_writing_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(b"the old file")

    class FullDisk(io.FileIO):
        def write(self, data: bytes) -> int:
            super().write(bytes(data)[:10])
            raise OSError(28, "no space left on device")

    monkeypatch.setattr("toolkit.opc.saving.open", FullDisk, raising=False)
    with pytest.raises(OSError, match="no space left"):
        Package(FORM).save(path)
    assert path.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_edit_writes_no_file(tmp_path):
    package = Package(FORM)
    package.set("Notities", "C3", Cached(1))
    with pytest.raises(FileRefused):
        package.save(tmp_path / "nieuw.xlsx")
    assert list(tmp_path.iterdir()) == []


# --- any edits at all

CELL_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"), max_size=20),
)
CELLS = st.tuples(st.integers(1, 7), st.integers(1, 14)).map(lambda at: f"{column_letters(at[0])}{at[1]}")


@given(
    st.dictionaries(CELLS, CELL_VALUES, max_size=25),
    st.sets(st.integers(1, 14)),
    st.sampled_from([FORM, by_hand('<row r="2"/><row r="4" spans="1:2"><c r="B4"/></row>')]),
)
def test_after_any_edits_the_edited_cells_are_new_and_all_others_equal(edits, hidden, source):
    package = Package(source)
    sheet = next(iter(package.sheets))
    before = values(source, sheet)
    for cell, value in edits.items():
        package.set(sheet, cell, value)
    package.hide_rows(sheet, hidden)
    written = package.to_bytes()
    assert ooxml.faults(written) == set()
    expected = {**before, **edits}
    assert values(written, sheet) == {
        cell: value for cell, value in expected.items() if value not in (None, "")
    }
    after = {name: raw for name, *raw in ooxml.raw_members(written)}
    assert all(
        after[name] == raw
        for name, *raw in ooxml.raw_members(source)
        if name not in (package.sheets[sheet], "xl/workbook.xml")
    )


@given(st.text(max_size=30))
def test_any_text_gives_a_part_that_calamine_and_openpyxl_can_read(text):
    written = with_cells(by_hand(""), "Blad", {"A1": text, "B1": "merk"})
    assert values(written, "Blad")["B1"] == "merk"
    assert openpyxl.load_workbook(io.BytesIO(written), read_only=True)["Blad"]["B1"].value == "merk"


def test_a_cached_value_cannot_be_changed_afterwards():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Cached(1).value = 2


def test_the_source_may_be_a_path_or_bytes(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(FORM)
    assert Package(tmp_path / "a.xlsx").to_bytes() == Package(FORM).to_bytes()
