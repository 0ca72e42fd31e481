"""Everything that is wrong in one report, three ways: on screen, as JSON, and in a copy of the workbook."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from forms import change, examples
from ooxml import faults
from python_calamine import CalamineWorkbook

from toolkit.app import cli
from toolkit.opc.archive import Archive
from toolkit.opc.relationships import related
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

MISTAKES = {
    ("OO-01", "answer"): None,
    ("EF-01", "reach"): "± 14",
    ("GI-01", "party"): "xyz",
    ("EF-01", "source"): "bel 06-12345678",
}
CELLS = ["Geld en inzet!C19", "Over ons!C9", "Wat verandert er!E9", "Wat verandert er!Q9"]


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def listed(path: Path, workbook=FORM) -> list[dict[str, object]]:
    """The rows of table tblControles, by the codes of its columns."""
    place = read(path, workbook).places["CO"]
    rows = (
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name(place.sheet).to_python(skip_empty_area=False)
    )
    names = {column: position - 1 for column, position in place.columns.items()}
    table = rows[place.row + 1 : place.row + 1 + place.filled]
    return [{name: row[position] for name, position in names.items()} for row in table]


@pytest.fixture
def spoiled(tmp_path) -> Path:
    return change(examples(tmp_path / "in") / "de_kade.xlsx", MISTAKES)


def test_what_stops_a_form_stands_in_a_copy_with_a_link_to_each_cell(spoiled, tmp_path, capsys):
    code, _, said = run(capsys, "controleer", spoiled, "--uit", tmp_path / "uit")
    copy = tmp_path / "uit" / "de_kade_controles.xlsx"
    assert code == 1
    assert f"Geschreven: {copy}" in said
    rows = [row for row in listed(copy) if row["verdict"] == "fout"]
    assert sorted(row["target"] for row in rows) == CELLS
    assert {row["link"] for row in rows} == {"ga naar"}
    for row in rows:
        assert f"de_kade.xlsx, {row['target']}: {row['check']}" in said


def tables_of(path: Path, sheet: str) -> set[str]:
    """The tables of a sheet: in a copy they end with their last row."""
    archive = Archive(path.read_bytes())
    return {pointer.target for pointer in related(archive, sheet) if pointer.kind == "table"}


def test_only_sheet_controles_differs_in_the_copy(spoiled, tmp_path, capsys):
    run(capsys, "controleer", spoiled, "--uit", tmp_path / "uit")
    copy = tmp_path / "uit" / "de_kade_controles.xlsx"
    with zipfile.ZipFile(spoiled) as before, zipfile.ZipFile(copy) as after:
        assert before.namelist() == after.namelist()
        changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
    sheet = Package(spoiled).sheets["Controles"]
    assert changed - {"xl/workbook.xml", *tables_of(spoiled, sheet)} == {sheet}
    assert faults(copy.read_bytes()) == set()


def test_the_copy_says_that_nothing_was_computed(spoiled, tmp_path, capsys):
    run(capsys, "controleer", spoiled, "--uit", tmp_path / "uit")
    raw = read(tmp_path / "uit" / "de_kade_controles.xlsx", FORM)
    assert "hiermee is nog niet gerekend" in raw.marks["Controles"]
    assert "Actueel" not in raw.marks["Controles"]


def test_the_mended_copy_can_be_computed(spoiled, tmp_path, capsys):
    run(capsys, "controleer", spoiled, "--uit", tmp_path / "uit")
    copy = tmp_path / "uit" / "de_kade_controles.xlsx"
    mended = {("OO-01", "answer"): "De Kade", ("EF-01", "reach"): 14, ("EF-01", "source"): "geteld"}
    change(copy, {**mended, ("GI-01", "party"): "gemeente"})
    code, _, said = run(capsys, "bereken", copy, "--uit", tmp_path / "uitkomst")
    assert code == 0, said
    result = tmp_path / "uitkomst" / "de_kade_controles_uitkomst.xlsx"
    assert "fout" not in {row["verdict"] for row in listed(result)}


def test_a_form_without_mistakes_gets_a_copy_too(tmp_path, capsys):
    path = examples(tmp_path / "in") / "de_kade.xlsx"
    code, _, _ = run(capsys, "controleer", path, "--uit", tmp_path / "uit")
    verdicts = [row["verdict"] for row in listed(tmp_path / "uit" / "de_kade_controles.xlsx")]
    assert code == 0
    assert "fout" not in verdicts
    assert "let op" in verdicts


def test_a_portfolio_and_each_of_its_forms_get_their_own_copy(tmp_path, capsys):
    folder = examples(tmp_path / "in")
    change(folder / "portefeuille.xlsx", {("IN-0006", "reason"): None})
    change(folder / "het_anker.xlsx", {("EF-02", "reach"): "veel"})
    (folder / "ons_erf.xlsx").write_bytes(b"%PDF-1.7")
    code, _, _ = run(capsys, "controleer", folder / "portefeuille.xlsx", "--uit", tmp_path / "uit")
    assert code == 1
    copies = {path.name for path in (tmp_path / "uit").iterdir()}
    assert "ons_erf_controles.xlsx" not in copies
    assert len(copies) == 6
    whole = listed(tmp_path / "uit" / "portefeuille_controles.xlsx", PORTFOLIO)
    assert {row["where"] for row in whole if row["verdict"] == "fout"} == {
        "portefeuille.xlsx, Initiatieven!E78",
        "het_anker.xlsx, Wat verandert er!E10",
        "ons_erf.xlsx",
    }
    own = listed(tmp_path / "uit" / "het_anker_controles.xlsx")
    assert [row["target"] for row in own if row["verdict"] == "fout"] == ["Wat verandert er!E10"]


def test_two_forms_with_one_name_get_two_copies(tmp_path, capsys):
    paths = [examples(tmp_path / folder) / "de_kade.xlsx" for folder in ("een", "twee")]
    run(capsys, "controleer", *paths, "--uit", tmp_path / "uit")
    names = sorted(path.name for path in (tmp_path / "uit").iterdir())
    assert names == ["de_kade_2_controles.xlsx", "de_kade_controles.xlsx"]


def test_a_form_of_another_format_gets_its_findings_in_a_workbook_of_ours(office, spoiled, tmp_path, capsys):
    ods = office.to_format(spoiled, tmp_path, "ods")
    code, _, _ = run(capsys, "controleer", ods, "--uit", tmp_path / "uit")
    rows = [row for row in listed(tmp_path / "uit" / "de_kade_controles.xlsx") if row["verdict"] == "fout"]
    assert code == 1
    assert sorted(row["where"] for row in rows) == [f"de_kade.ods, {cell}" for cell in CELLS]
    assert {row["target"] for row in rows} == {""}


def test_a_file_that_cannot_be_opened_gets_no_copy(tmp_path, capsys):
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(b"%PDF-1.7")
    code, _, _ = run(capsys, "controleer", path, "--uit", tmp_path / "uit")
    assert code == 1
    assert not (tmp_path / "uit").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(spoiled, tmp_path, capsys):
    (tmp_path / "uit").write_text("een bestand")
    code, _, said = run(capsys, "controleer", spoiled, "--uit", tmp_path / "uit")
    assert code == 1
    assert "terwijl hier een map nodig is. Kies een andere map." in said


def test_the_findings_come_as_json_with_their_facts_and_without_personal_data(spoiled, capsys):
    code, out, said = run(capsys, "controleer", spoiled, "--json")
    told = json.loads(out)
    assert code == 1
    assert said == ""
    assert sorted(f["where"] for f in told if f["level"] == "stop") == CELLS
    (about,) = [f for f in told if f["code"] == "not_a_number"]
    assert about == {
        "level": "stop",
        "code": "not_a_number",
        "file": "de_kade.xlsx",
        "where": "Wat verandert er!E9",
        "facts": {"found": "± 14", "asked": "een getal van 0 tot en met 100.000"},
        "text": "Hier staat '± 14', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000, in cijfers en zonder andere tekens.",
    }
    assert "12345678" not in out


def test_the_json_of_several_files_is_one_list(tmp_path, capsys):
    folder = examples(tmp_path)
    change(folder / "het_anker.xlsx", {("OO-01", "answer"): None})
    code, out, _ = run(
        capsys, "controleer", folder / "het_anker.xlsx", folder / "het_trefpunt.xlsx", "--json"
    )
    told = json.loads(out)
    assert code == 1
    assert {"het_anker.xlsx", "het_trefpunt.xlsx"} <= {f["file"] for f in told}
    assert all(set(f) == {"level", "code", "file", "where", "facts", "text"} for f in told)


def test_a_library_that_cannot_be_read_comes_as_json_too(spoiled, tmp_path, capsys):
    code, out, _ = run(capsys, "controleer", spoiled, "--json", "--kengetallen", tmp_path / "weg.xlsx")
    assert code == 1
    assert [f["level"] for f in json.loads(out)] == ["stop"]
