"""From filled forms to computed workbooks and a letter, as a newcomer runs it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import ooxml
import openpyxl
import pytest
from forms import change, examples, result_parts
from python_calamine import CalamineWorkbook

from toolkit.app import cli
from toolkit.workbook.layout import FORM

SIX = ("de_kade", "het_anker", "ons_erf", "de_spil", "buurtwerkplaats_noord", "het_trefpunt")
NBSP = "\u00a0"


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(scope="session")
def walked(tmp_path_factory) -> Path:
    """The examples and, in 'uitvoer', everything that is made of them."""
    folder = examples(tmp_path_factory.mktemp("walk"))
    assert cli.main(["alles", str(folder), "--uit", str(folder / "uitvoer")]) == 0
    return folder / "uitvoer"


def letter(folder: Path) -> str:
    text = (folder / "raadsbrief.txt").read_text(encoding="utf-8")
    return " ".join(text.replace(NBSP, " ").split())


def figures(folder: Path, name: str, sheet: str = "Tabellen") -> dict[str, list[object]]:
    """Rows of a result sheet by their code in column A or their name in column B."""
    rows = CalamineWorkbook.from_path(str(folder / name)).get_sheet_by_name(sheet)
    return {str(r[0] or r[1]): r for r in rows.to_python(skip_empty_area=False) if r[0] or r[1]}


def test_everything_a_council_needs_is_made(walked):
    made = {path.name for path in walked.iterdir()}
    assert made == {
        *(f"{name}_uitkomst.xlsx" for name in SIX),
        "portefeuille.xlsx",
        "raadsbrief.docx",
        "raadsbrief.html",
        "raadsbrief.txt",
    }


def test_the_letter_says_what_groningen_told_its_council(walked):
    text = letter(walked)
    assert "ruim 9,4 mln. euro" in text
    assert "ruim 5,7 mln. euro" in text
    assert "60% van" in text
    assert "€ 3,60" in text


def test_counts_agree_with_the_names_and_the_sixth_has_its_reason(walked):
    text = letter(walked)
    named = "De Kade, Het Anker, Ons Erf, De Spil, Buurtwerkplaats Noord en Het Trefpunt"
    counted = "De Kade, Het Anker, Ons Erf, De Spil en Buurtwerkplaats Noord"
    assert f"zes wijkbedrijven: {named}" in text
    assert re.search(rf"vijf[^.:]*: {counted}", text)
    assert "nog geen volledig jaar aan cijfers" in text


def test_the_example_study_adds_up_to_the_published_figures(walked):
    rows = figures(walked, "portefeuille.xlsx")
    total, government = rows["benefits_pv"][2], rows["government"][2]
    assert 9_410_000 <= total < 9_450_000
    assert government > 5_700_000
    assert government / total < 0.605
    assert 3.595 <= rows["ratio"][2] < 3.605
    assert rows["payback_year"][2] in (4, 5)


def test_all_groups_gain_and_participants_come_second(walked):
    sheet = CalamineWorkbook.from_path(str(walked / "portefeuille.xlsx")).get_sheet_by_name("Tabellen")
    rows = sheet.to_python(skip_empty_area=False)
    start = next(n for n, r in enumerate(rows) if r[0] == "code UG")
    total = rows[start].index("total")
    gains = {r[0]: r[total] for r in rows[start + 2 : start + 6]}
    assert all(gain > 0 for gain in gains.values())
    assert sorted(gains, key=gains.get, reverse=True)[:2] == ["overheid", "deelnemers"]


def test_every_check_in_every_workbook_is_in_order(walked):
    for path in walked.glob("*.xlsx"):
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Controles").to_python()
        verdicts = [cell for row in rows for cell in row if cell in ("in orde", "fout")]
        assert verdicts.count("in orde") >= 6
        assert "fout" not in verdicts


def test_a_changed_quantity_moves_the_letter(tmp_path):
    folder = examples(tmp_path)
    change(folder / "de_kade.xlsx", {("EF-07", "total"): 20_000})
    assert cli.main(["alles", str(folder), "--uit", str(folder / "uit")]) == 0
    text = letter(folder / "uit")
    assert "ruim 9,4 mln. euro" not in text
    assert re.search(r"(ruim|bijna) 10,\d mln\. euro", text)


def test_mistakes_are_told_at_once_with_sheet_and_cell_and_nothing_is_written(tmp_path, capsys):
    folder = examples(tmp_path)
    change(folder / "de_kade.xlsx", {("OO-01", "answer"): None, ("EF-01", "reach"): "veertien"})
    code, _, said = run(capsys, "alles", folder, "--uit", folder / "uit")
    assert code == 1
    assert (
        "de_kade.xlsx, Over ons!C9: Deze cel is leeg, maar het antwoord is nodig om te kunnen rekenen. "
        "Vul een korte tekst in."
    ) in said
    assert (
        "de_kade.xlsx, Wat verandert er!E9: Hier staat 'veertien', maar er is een getal nodig om mee te "
        "rekenen. Typ een getal van 0 tot en met 100.000, in cijfers en zonder andere tekens."
    ) in said
    assert not (folder / "uit").exists()


def test_mistakes_in_the_portfolio_and_in_a_form_come_together(tmp_path, capsys):
    folder = examples(tmp_path)
    change(folder / "portefeuille.xlsx", {("ST-05", "answer"): "later", ("IN-0006", "reason"): None})
    change(folder / "het_anker.xlsx", {("GI-01", "amount"): "veel"})
    code, _, said = run(capsys, "alles", folder, "--uit", folder / "uit")
    assert code == 1
    assert "portefeuille.xlsx, Studie!C13" in said
    assert "de reden ontbreekt" in said
    assert "het_anker.xlsx, Geld en inzet!E" in said


def test_only_result_sheets_change_in_a_computed_form(walked):
    source, result = walked.parent / "de_kade.xlsx", walked / "de_kade_uitkomst.xlsx"
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(result) as after:
        assert before.namelist() == after.namelist()
        changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
    titles = ooxml.retitled(source.read_bytes(), result.read_bytes())
    assert changed <= result_parts(source, FORM) | titles | {"xl/workbook.xml"}


def test_computing_a_result_again_gives_the_same_figures(walked, tmp_path):
    result = walked / "ons_erf_uitkomst.xlsx"
    assert cli.main(["bereken", str(result), "--uit", str(tmp_path)]) == 0
    again = figures(tmp_path, "ons_erf_uitkomst_uitkomst.xlsx")
    assert again["ratio"][2] == figures(walked, "ons_erf_uitkomst.xlsx")["ratio"][2]


def test_a_form_and_its_export_give_the_same_outcome(walked, tmp_path, capsys):
    form = walked.parent / "de_spil.xlsx"
    study = tmp_path / "studie.json"
    assert run(capsys, "exporteer", form, "--uit", study)[0] == 0
    from_form = json.loads(run(capsys, "bereken", form, "--json")[1])
    from_json = json.loads(run(capsys, "bereken", study, "--json")[1])
    assert from_form["study"]["benefits_pv"] == pytest.approx(from_json["study"]["benefits_pv"])
    assert from_form["study"]["per_effect"].keys() == from_json["study"]["per_effect"].keys()
    assert from_form["uncertainty"] == from_json["uncertainty"]


def test_the_portfolio_and_its_export_give_the_same_outcome(walked, tmp_path, capsys):
    study = tmp_path / "studie.json"
    assert run(capsys, "exporteer", walked.parent / "portefeuille.xlsx", "--uit", study)[0] == 0
    outcome = json.loads(run(capsys, "bereken", study, "--json")[1])
    total = figures(walked, "portefeuille.xlsx")["benefits_pv"]
    assert outcome["study"]["benefits_pv"] == pytest.approx(total[2])
    assert outcome["uncertainty"]["study"]["benefits_pv"]["p5"] == pytest.approx(total[3])


def test_output_beside_the_input_is_refused(tmp_path, capsys):
    folder = examples(tmp_path)
    before = (folder / "portefeuille.xlsx").read_bytes()
    code, _, said = run(capsys, "alles", folder, "--uit", folder)
    assert code == 1
    assert "Kies een andere map met --uit." in said
    assert (folder / "portefeuille.xlsx").read_bytes() == before


def test_a_folder_without_portfolio_says_how_to_begin(tmp_path, capsys):
    code, _, said = run(capsys, "alles", tmp_path, "--uit", tmp_path / "uit")
    assert code == 1
    assert "wijkbaten sjabloon --soort portefeuille" in said


def test_our_own_bug_gets_an_apology_a_report_and_exit_two(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("toolkit.app.walk.compute", lambda *_: 1 / 0)
    folder = examples(tmp_path / "in")
    code, _, said = run(capsys, "alles", folder, "--uit", folder / "uit")
    assert code == 2
    assert "dat is onze fout, niet de uwe" in said
    (report,) = tmp_path.glob("wijkbaten-fout-*.txt")
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


def test_a_template_takes_the_settings_of_a_study_over(tmp_path, capsys):
    folder = examples(tmp_path)
    form = tmp_path / "nieuw.xlsx"
    code = run(capsys, "sjabloon", "--studie", folder / "portefeuille.xlsx", "--uit", form)[0]
    assert code == 0
    rows = figures(tmp_path, "nieuw.xlsx", "Verdieping")
    assert rows["ST-02"][2] == 2025
    assert rows["ST-09"][2].startswith("Zonder de wijkbedrijven")


def test_what_exists_is_never_overwritten(tmp_path, capsys):
    form = tmp_path / "invulformulier.xlsx"
    form.write_bytes(b"van mij")
    code, _, said = run(capsys, "sjabloon", "--uit", form)
    assert code == 1
    assert "bestaat al en wordt niet overschreven" in said
    assert form.read_bytes() == b"van mij"


@pytest.mark.parametrize("name", ["controleer", "bereken", "brief"])
def test_a_missing_file_is_a_sentence(name, tmp_path, capsys):
    code, _, said = run(capsys, name, tmp_path / "weg.xlsx")
    assert code == 1
    assert "Dit bestand bestaat niet. Controleer de naam en de map." in said


def test_a_form_saved_as_ods_gets_its_results_in_a_workbook_of_ours(office, walked, tmp_path):
    ods = office.to_format(walked.parent / "de_kade.xlsx", tmp_path, "ods")
    assert cli.main(["bereken", str(ods), "--uit", str(tmp_path / "uit")]) == 0
    assert figures(tmp_path / "uit", "de_kade_uitkomst.xlsx")["ratio"][2] == pytest.approx(
        figures(walked, "de_kade_uitkomst.xlsx")["ratio"][2]
    )


def test_a_form_without_result_sheets_gets_them_back(walked, tmp_path):
    bare = tmp_path / "de_kade.xlsx"
    book = openpyxl.load_workbook(walked.parent / "de_kade.xlsx")
    for name in ("Uitkomsten", "Tabellen", "Narekenen", "Rekenspoor"):
        del book[name]
    book.save(bare)
    assert cli.main(["bereken", str(bare), "--uit", str(tmp_path / "uit")]) == 0
    assert figures(tmp_path / "uit", "de_kade_uitkomst.xlsx")["ratio"][2] == pytest.approx(
        figures(walked, "de_kade_uitkomst.xlsx")["ratio"][2]
    )
