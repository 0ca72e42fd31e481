"""Workbooks that nobody makes by hand: numbers that are none, two in one file, a parser that panics."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from forms import EXAMPLES, change, examples
from mutations.excess import behind
from ooxml import with_part

from toolkit.app import cli, output, walk
from toolkit.app.libraries import open_library
from toolkit.app.writing import save_all
from toolkit.model.finding import STOP
from toolkit.opc.references import column_letters
from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import located
from toolkit.workbook.intake.forms import initiative
from toolkit.workbook.layout import FORM, LIBRARY_BOOK
from toolkit.workbook.opening import sheets
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package


def stopping(findings) -> list[str]:
    return [located(f).removeprefix("de_kade.xlsx, ") for f in findings if f.level == STOP]


@pytest.mark.parametrize(("written", "found"), [("1e999", "inf"), ("NaN", "nan"), ("-inf", "-inf")])
def test_a_number_that_is_none_gets_a_sentence(written, found, tmp_path):
    path = change(examples(tmp_path) / "de_kade.xlsx", {("OO-05", "answer"): 12345})
    part = Package(path).sheets["Over ons"]
    path.write_bytes(
        with_part(
            path.read_bytes(), part, lambda xml: xml.replace(b"<v>12345</v>", f"<v>{written}</v>".encode())
        )
    )
    _, findings = walk.load_form(path)
    assert stopping(findings) == [
        f"Over ons!C13: Hier staat '{found}', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000, in cijfers en zonder andere tekens."
    ]


def test_a_file_name_that_no_file_can_have_gets_a_sentence(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "portefeuille.xlsx", {("IN-0001", "path"): "x" * 300 + ".xlsx"})
    _, findings = walk.load_portfolio(path)
    assert [f.code for f in findings if f.level == STOP][:1] == ["form_missing"]


def test_a_file_name_that_is_no_text_is_shown_with_its_number(tmp_path, capsys):
    assert cli.main(["controleer", str(tmp_path / "weg\udcff.xlsx")]) == 1
    assert "weg\\udcff.xlsx: Dit bestand bestaat niet." in capsys.readouterr().err


def test_a_form_with_a_file_name_that_is_no_text_is_computed(tmp_path):
    loaded, _ = walk.load_form(examples(tmp_path) / "de_kade.xlsx")
    raw = replace(loaded.forms["de_kade"], path=Path("f\udcff.xlsx"))
    found, _ = initiative(raw, loaded.portfolio.study, loaded.library)
    assert found.code == "f\\udcff"


def listed_again(path: Path, times: int) -> Path:
    """The workbook with its second sheet shown as many other sheets."""

    def listed(xml: bytes) -> bytes:
        more = b"".join(
            b'<sheet name="nog %d" sheetId="%d" r:id="rId2"/>' % (n, n) for n in range(90, 90 + times)
        )
        return xml.replace(b"</sheets>", more + b"</sheets>")

    path.write_bytes(with_part(path.read_bytes(), "xl/workbook.xml", listed))
    return path


def test_more_sheets_than_a_form_can_have_get_a_sentence(tmp_path):
    _, findings = walk.load(listed_again(examples(tmp_path) / "de_kade.xlsx", 300))
    assert [located(f) for f in findings] == [
        "de_kade.xlsx: Deze werkmap heeft 322 bladen; een werkmap met meer dan 250 bladen wordt niet "
        "gelezen, omdat dat te lang zou duren. Verwijder de bladen die niet bij het formulier horen "
        "en sla opnieuw op."
    ]


def test_one_large_part_shown_as_many_sheets_gets_a_sentence(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    far = b'<row r="9999"><c r="ZZ9999"><v>1</v></c></row></sheetData>'
    part = Package(path).sheets["Over ons"]
    path.write_bytes(with_part(path.read_bytes(), part, lambda xml: xml.replace(b"</sheetData>", far)))
    _, findings = walk.load(listed_again(path, 20))
    assert [f.code for f in findings] == ["refused_too_many_cells"]


@pytest.mark.parametrize(("offset", "value"), [(4, 1), (10, 3), (20, 9)])
def test_a_workbook_that_hides_before_another_is_not_read(offset, value, tmp_path):
    """Some readers of zips take an earlier directory where the last one has a flaw; we inspected the last."""
    folder = examples(tmp_path)
    shown, hidden = folder / "de_kade.xlsx", folder / "de_spil.xlsx"
    expected = read(shown, FORM).answers
    shown.write_bytes(behind(shown.read_bytes(), hidden.read_bytes(), offset, value))
    assert read(shown, FORM).answers == expected


@pytest.mark.parametrize(
    ("name", "code"), [("PanicException", "unreadable"), ("MemoryError", "too_many_cells")]
)
def test_a_library_that_gives_up_is_a_refusal(name, code, tmp_path, monkeypatch):
    trouble = {"MemoryError": MemoryError, "PanicException": type("PanicException", (BaseException,), {})}[
        name
    ]

    class GivesUp:
        @staticmethod
        def from_filelike(file: io.BytesIO) -> None:
            raise trouble("out of bounds")

    monkeypatch.setattr(sheets, "CalamineWorkbook", GivesUp)
    with pytest.raises(FileRefused) as caught:
        read(examples(tmp_path) / "de_kade.xlsx", FORM)
    assert caught.value.code == code


@pytest.mark.parametrize("oddity", ["a sheet that is there twice", "a header with another name"])
def test_a_new_error_in_a_file_that_is_broken_elsewhere_gets_a_sentence(oddity, tmp_path):
    path = change(examples(tmp_path) / "de_kade.xlsx", {("OO-05", "answer"): 12345})
    part = Package(path).sheets["Over ons"]
    new_error = rb'<c r="Z99" t="e"><v>#SPILL!</v></c></row></sheetData>'
    path.write_bytes(
        with_part(path.read_bytes(), part, lambda xml: xml.replace(b"</row></sheetData>", new_error))
    )
    if oddity == "a sheet that is there twice":
        with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr(part, archive.read(part))
    else:
        data, name = path.read_bytes(), part.encode()
        path.write_bytes(data.replace(name, name[:-4] + b"\x0exml", 1))
    _, findings = walk.load(path)
    assert [f.level for f in findings][:1] == [STOP]
    assert all(located(f) for f in findings)


def test_whoever_stops_the_program_is_not_told_that_the_file_is_damaged(tmp_path, monkeypatch):
    def stopped(file: io.BytesIO) -> None:
        raise KeyboardInterrupt

    class Stopped:
        from_filelike = staticmethod(stopped)

    monkeypatch.setattr(sheets, "CalamineWorkbook", Stopped)
    with pytest.raises(KeyboardInterrupt):
        read(examples(tmp_path) / "de_kade.xlsx", FORM)


def test_results_go_into_our_template_where_a_block_of_answers_is_gone(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    part = Package(path).sheets["Afweging"]
    path.write_bytes(with_part(path.read_bytes(), part, lambda xml: xml.replace(b"code AF", b"code")))
    loaded, _ = walk.load_form(path)
    (written,) = save_all(output.forms(walk.compute(loaded, draws=1000), tmp_path))
    assert "AF" in read(written.path, FORM).places


def test_results_are_written_where_the_code_of_a_finer_row_is_gone(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    part = Package(path).sheets["Verdieping"]
    path.write_bytes(with_part(path.read_bytes(), part, lambda xml: xml.replace(b"VD-02", b"weg")))
    loaded, _ = walk.load_form(path)
    (written,) = save_all(output.forms(walk.compute(loaded, draws=1000), tmp_path))
    assert "NE" in read(written.path, FORM).places


def test_a_library_with_a_row_without_code_gets_its_sentences(tmp_path):
    path = tmp_path / "kengetallen.xlsx"
    path.write_bytes((EXAMPLES.parent / "kengetallen.xlsx").read_bytes())
    place, package = read(path, LIBRARY_BOOK).places["KB"], Package(path)
    for column, value in (("code", None), ("overlaps", "bestaat_niet")):
        package.set(place.sheet, f"{column_letters(place.columns[column])}{place.row + 2}", value)
    package.save(path)
    library, findings = open_library(path)
    assert library is None
    assert "unit_values_cell_empty" in {f.code for f in findings}
    assert all(located(f).startswith("kengetallen.xlsx, ") for f in findings)
