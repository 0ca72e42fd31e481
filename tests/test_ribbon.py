"""The buttons, pressed for real: in xlwings' remote engine, on the file, recalculated by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

import openpyxl
import pytest
from forms import EXAMPLES, cell, change, examples
from python_calamine import CalamineWorkbook
from remote_excel import HEIGHTS, Played, heights, hidden, opened, play, tell_heights

from toolkit.app import cli
from toolkit.app.ribbon import BUTTONS, knop
from toolkit.words.vocabulary import table, word
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.form import TRAIL
from toolkit.workbook.openbook import writing
from toolkit.workbook.reading.reader import read

FEWER = {("ST-11", "answer"): 1000}
"""Draws enough for what is tested here."""
ODD = {("EF-01", "helper"): "=1+1", ("EF-01", "source"): "'s avonds", ("EF-02", "source"): "007"}
"""Text that Excel would take for something else when it is typed; the answers and their copy hold it."""
ONLY_OF_A_FILE = {("Versies", "checksum"), ("Versies", "source_file")}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch) -> Path:
    """Snapshots go to a folder of the test, and no browser is opened."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "platform", "linux")
    tell_heights(monkeypatch)
    monkeypatch.setattr(webbrowser, "open", lambda address: True)
    return tmp_path / "cache"


@pytest.fixture
def kade(tmp_path) -> Path:
    path = tmp_path / "werk" / "de_kade.xlsx"
    path.parent.mkdir()
    path.write_bytes((EXAMPLES / path.name).read_bytes())
    return change(path, FEWER)


@pytest.fixture(scope="module")
def pressed(office, tmp_path_factory) -> bytes:
    """The same form after a click, as Excel leaves it: with its formulas computed."""
    folder = tmp_path_factory.mktemp("pressed")
    path = folder / "de_kade.xlsx"
    path.write_bytes((EXAMPLES / path.name).read_bytes())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        press(change(path, FEWER | ODD), "herbereken")
    return office.recalculated(path, folder / "na").read_bytes()


@pytest.fixture
def computed(kade, pressed) -> Path:
    kade.write_bytes(pressed)
    return kade


def press(path: Path, *buttons: str, **how: object) -> Played:
    """Open the file, press the buttons, and do to the file what Excel is told."""
    book = opened(path, **how)
    for button in buttons:
        knop(button, book)
    return play(book, path)


def told(played: Played) -> list[str]:
    """The lines of the only message."""
    (said,) = played.alerts
    return said.replace("\u00a0", " ").splitlines()


def cells(path: Path) -> dict[tuple[str, int, int], object]:
    """Every filled cell of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        (name, row, column): value
        for name in book.sheet_names
        for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        for column, value in enumerate(line, 1)
        if value != ""
    }


def changes(path: Path) -> dict[str, list[object]]:
    """What sheet Tabellen says has changed: before, after, difference."""
    place = read(path, FORM).places["WV"]
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(place.sheet)
    lines = rows.to_python(skip_empty_area=False)[place.row + 1 : place.row + 6]
    return {line[0].removeprefix("change_"): line[2:5] for line in lines}


# --- Herbereken


def test_a_click_gives_what_the_command_line_gives_to_the_last_digit(kade, office, tmp_path):
    assert cli.main(["bereken", str(kade), "--uit", str(tmp_path / "uit")]) == 0
    played = press(kade, "herbereken")
    assert played.selected == ("Uitkomsten", "B8")
    assert played.settings == [("setScreenUpdating", False), ("setScreenUpdating", True)]
    both = [kade, tmp_path / "uit" / "de_kade_uitkomst.xlsx"]
    ours, theirs = (cells(path) for path in office.all_to_format(both, tmp_path / "na", "xlsx"))
    codes = {(sheet, row): value for (sheet, row, column), value in ours.items() if column == 1}
    differ = {at[:2] for at in ours.keys() | theirs.keys() if ours.get(at) != theirs.get(at)}
    assert {(sheet, codes.get((sheet, row))) for sheet, row in differ} <= ONLY_OF_A_FILE
    assert hidden(kade) == hidden(both[1])


def test_values_go_in_few_blocks(kade):
    played = press(kade, "herbereken")
    assert len(played.cells) > 4000
    assert played.blocks <= 95


def test_what_was_typed_and_not_saved_is_what_is_computed(kade):
    place = read(kade, FORM).answers["EF-01", "reach"].where
    sheet, _, at = place.rpartition("!")
    row, column = int(at[1:]), ord(at[0]) - ord("A")

    def type_it(sheets):
        next(s for s in sheets if s["name"] == sheet)["values"][row - 1][column] = 20

    press(kade, "herbereken")
    press(kade, "herbereken", unsaved=type_it)
    computed = changes(kade)["benefits_pv"]
    press(change(kade, {("EF-01", "reach"): 20}), "herbereken")
    before, after, difference = changes(kade)["benefits_pv"]
    assert before == after == computed[1]
    assert difference == 0


def test_sheet_uitkomsten_tells_what_changed_since_the_last_time(kade):
    played = press(kade, "herbereken")
    assert told(played)[1].startswith("Dit is de eerste berekening. De baten zijn € ")
    first = changes(kade)
    assert {row[0] for row in first.values()} == {"eerste berekening"}
    assert {row[2] for row in first.values()} == {""}
    played = press(change(kade, {("EF-01", "reach"): 20}), "herbereken")
    second = changes(kade)
    for name, (before, after, difference) in second.items():
        assert before == first[name][1], name
        assert difference == after - before, name
    assert second["benefits_pv"][2] != 0
    assert told(played)[1].startswith("De baten gingen van € ")
    played = press(kade, "herbereken")
    assert {row[2] for row in changes(kade).values()} == {0}
    assert told(played)[1].startswith("De baten zijn gelijk gebleven: € ")


def test_a_finding_leads_to_its_cell_and_nothing_is_computed(computed):
    where = read(computed, FORM).answers["EF-01", "reach"].where
    before = cells(change(computed, {("EF-01", "reach"): "veertien"}))
    played = press(computed, "herbereken")
    assert played.selected == tuple(where.rsplit("!", 1))
    (said,) = played.alerts
    assert said.startswith(word("ribbon.checked.stopped"))
    assert f"- de_kade.xlsx, {where}: " in said
    assert {sheet for sheet, _ in played.cells} == {"Controles"}
    after = cells(computed)
    assert {at[0] for at in before.keys() | after.keys() if before.get(at) != after.get(at)} == {"Controles"}


def test_text_stays_text_whatever_it_looks_like(computed):
    assert openpyxl.load_workbook(computed, data_only=True)["Uitkomsten"]["B5"].value == "Actueel"
    found = [(sheet, value) for (sheet, *_), value in cells(computed).items() if value in ODD.values()]
    holders = ("Wat verandert er", "Narekenen", "Versies")
    assert sorted(found) == sorted((sheet, value) for sheet in holders for value in ODD.values())


def test_rows_that_moved_and_sheets_with_another_name_are_found(kade):
    plain = opened(kade)
    knop("herbereken", plain)

    def moved(sheets):
        next(s for s in sheets if s["name"] == "Wat verandert er")["values"].insert(3, [""])
        next(s for s in sheets if s["name"] == "Over ons")["name"] = "Onze gegevens"
        next(s for s in sheets if s["name"] == "Uitkomsten")["name"] = "De cijfers"
        sheets.insert(0, {"name": "Notities", "values": [["zelf gemaakt"]], "tables": [], HEIGHTS: {}})

    other = opened(kade, unsaved=moved)
    knop("herbereken", other)
    assert written(other, "De cijfers") == written(plain, "Uitkomsten")


def written(book, name: str) -> list[tuple[int, int, list]]:
    """The blocks that were written on a sheet."""
    position = [sheet.name for sheet in book.sheets].index(name)
    return [
        (a["start_row"], a["start_column"], a["values"])
        for a in book.json()["actions"]
        if a["func"] == "setValues" and a["sheet_position"] == position
    ]


def test_an_empty_form_is_told_what_is_missing(tmp_path):
    path = tmp_path / "invulformulier.xlsx"
    path.write_bytes((EXAMPLES.parent / path.name).read_bytes())
    played = press(path, "herbereken")
    assert played.alerts[0].startswith(word("ribbon.checked.stopped"))
    assert "En nog " in played.alerts[0]
    assert played.selected[0] != "Uitkomsten"


def test_a_form_from_before_the_table_of_changes_does_without(kade):
    def older(sheets):
        values = next(s for s in sheets if s["name"] == "Tabellen")["values"]
        next(row for row in values if row[0] == "code WV")[0] = ""

    played = press(kade, "herbereken", unsaved=older)
    assert played.alerts[0].startswith("Herberekend.")
    assert changes(kade)["npv"] == ["", "", ""]


def test_a_form_without_room_for_results_gets_them_beside_it(kade):
    def without(sheets):
        sheets[:] = [sheet for sheet in sheets if sheet["name"] != "Uitkomsten"]

    played = press(kade, "herbereken", unsaved=without)
    made = kade.parent / "de_kade_uitkomst.xlsx"
    assert played.alerts[0].endswith(f"Alles is bewaard in {made}.")
    assert not played.cells
    assert changes(made)["benefits_pv"][1] > 0


def test_a_workbook_of_someone_else_is_left_alone(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "agenda"
    book.save(tmp_path / "agenda.xlsx")
    played = press(tmp_path / "agenda.xlsx", *BUTTONS)
    assert not played.cells
    assert played.alerts[0].startswith("Dit is geen") or "formulier" in played.alerts[0]


# --- trouble, and the way back


def test_our_own_bug_leaves_every_cell_as_it_was(computed, monkeypatch):
    before, were = cells(change(computed, {("EF-01", "reach"): 20})), heights(computed)
    put, done = writing.put, []

    def break_down(sheet, block):
        done.append(block)
        if len(done) == 30:
            raise RuntimeError("onze fout")
        put(sheet, block)

    monkeypatch.setattr(writing, "put", break_down)
    played = press(computed, "herbereken")
    assert cells(computed) == before
    assert heights(computed) == were
    assert played.settings[-1] == ("setScreenUpdating", True)
    (said,) = played.alerts
    assert said.startswith(word("ribbon.trouble.our_fault"))
    (report,) = computed.parent.glob("wijkbaten-fout-*.txt")
    assert str(report) in said
    assert "RuntimeError: onze fout" in report.read_text(encoding="utf-8")
    monkeypatch.setattr(writing, "put", put)
    assert press(computed, "terugzetten").alerts == [word("ribbon.back.nothing")]


@pytest.mark.parametrize("computed_before", [False, True])
def test_terugzetten_restores_every_cell(kade, pressed, computed_before):
    if computed_before:
        kade.write_bytes(pressed)
        change(kade, {("EF-01", "reach"): 20, ("OO-01", "answer"): "=1+1"})
    before, were = cells(kade), heights(kade)
    press(kade, "herbereken")
    assert cells(kade) != before
    assert press(kade, "terugzetten").alerts == [word("ribbon.back.done")]
    assert cells(kade) == before
    assert heights(kade) == were
    assert press(kade, "terugzetten").alerts == [word("ribbon.back.nothing")]


def test_terugzetten_shows_all_rows_where_the_engine_cannot_tell_which_were_hidden(computed, monkeypatch):
    before = cells(computed)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(computed.parent / "cache"))
    press(computed, "herbereken")
    press(computed, "terugzetten")
    assert cells(computed) == before
    assert hidden(computed)["Rekenspoor"] == {FORM.place(TRAIL).codes_row}


def test_terugzetten_refuses_when_the_tables_moved(kade):
    press(kade, "controleer")

    def inserted(sheets):
        next(s for s in sheets if s["name"] == "Uitkomsten")["values"].insert(2, [""])

    played = press(kade, "terugzetten", unsaved=inserted)
    assert played.alerts == [word("ribbon.back.moved")]
    assert not played.cells


def test_what_nobody_put_back_is_forgotten_after_a_month(kade, own_cache):
    folder = own_cache / "wijkbaten"
    folder.mkdir(parents=True)
    old, recent = folder / "terugzetten-oud.json", folder / "terugzetten-nieuw.json"
    for path, days in ((old, 32), (recent, 30)):
        path.write_text("{}")
        os.utime(path, (0, time.time() - days * 24 * 3600))
    press(kade, "controleer")
    assert not old.exists()
    assert recent.exists()


def test_a_full_disk_is_told_before_anything_is_written(kade, own_cache):
    own_cache.write_text("hier kan geen map komen")
    played = press(kade, "herbereken")
    assert not played.cells
    assert "wijkbaten" in played.alerts[0]
    assert word("ribbon.trouble.our_fault") not in played.alerts[0]


# --- the other buttons


def test_controleer_fills_the_sheet_and_goes_to_the_first_finding(kade):
    change(kade, {("EF-01", "reach"): "veertien", ("EF-02", "deadweight"): "soms", ("EF-03", "reach"): -1})
    change(kade, {("EF-01", "change"): "Iets anders"})
    played = press(kade, "controleer")
    raw = read(kade, FORM)
    assert played.selected[0] == raw.places["EF"].sheet
    lines = played.alerts[0].splitlines()
    assert lines[0].endswith(" bevindingen; ze staan alle op het blad Controles.")
    assert [line[:2] for line in lines[1:4]] == ["- "] * 3
    assert lines[4].startswith("En nog ")
    found = openpyxl.load_workbook(kade)["Controles"]
    assert found[cell(raw, "CO", 1, "check")].value in played.alerts[0]
    assert {sheet for sheet, _ in played.cells} == {"Controles"}


def test_onzekerheid_goes_to_its_sheet(kade):
    played = press(kade, "onzekerheid")
    assert played.selected == ("Onzekerheid", f"B{read(kade, FORM).places['OB'].row + 1}")
    assert played.alerts[0].startswith("Herberekend.")


def test_herleid_tells_what_rests_on_an_answer_and_what_a_figure_is_made_of(computed, own_cache):
    raw = read(computed, FORM)
    sheet, _, at = raw.answers["EF-01", "reach"].where.rpartition("!")
    said = press(computed, "herleid", selected=(sheet, at)).alerts[0]
    assert f"{sheet}!{at}" in said
    assert said.endswith(
        f"Alles staat op de pagina die is geopend: {own_cache / 'wijkbaten' / 'herleid.html'}"
    )
    figure = cell(raw, "KO", 0, "value")
    said = press(computed, "herleid", selected=(raw.places["KO"].sheet, figure)).alerts[0]
    assert "Onafgerond: € " in said
    assert "<html" in (own_cache / "wijkbaten" / "herleid.html").read_text(encoding="utf-8")


def test_herleid_asks_for_a_cell_with_a_figure(kade):
    said = press(kade, "herleid", selected=("Uitleg", "H40")).alerts[0]
    assert said.endswith(word("ribbon.trace.no_cell"))


def test_nieuw_takes_the_next_free_name(kade):
    for name in ("invulformulier.xlsx", "invulformulier_2.xlsx"):
        path = kade.parent / name
        assert press(kade, "nieuw").alerts == [word("ribbon.new.made", path=path)]
        assert read(path, FORM).value("OO-01", "answer") is None


def test_help_tells_every_button(kade):
    said = press(kade, "help").alerts[0]
    for name in BUTTONS:
        assert table("ribbon")["buttons"][name]["label"] in said


def test_a_workbook_that_was_never_saved_is_computed_but_gets_nothing_beside_it(kade):
    book = opened(kade, name="Map1")
    for button in ("herbereken", "nieuw", "brief"):
        knop(button, book)
    said = play(book, kade).alerts
    assert said[0].startswith("Herberekend.")
    assert said[1:] == [word("ribbon.saved.first"), word("ribbon.letter.only_portfolio")]


def test_an_unknown_button_is_told(kade):
    assert press(kade, "kopieer").alerts == ["Deze knop is niet bekend: kopieer"]


# --- a portfolio


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    folder = examples(tmp_path_factory.mktemp("studie"))
    change(folder / "portefeuille.xlsx", FEWER)
    return folder


def test_a_portfolio_is_computed_with_the_forms_beside_it(study, tmp_path):
    path = study / "portefeuille.xlsx"
    assert cli.main(["portefeuille", str(path), "--uit", str(tmp_path / "uit")]) == 0
    forms = {form: form.read_bytes() for form in study.glob("*.xlsx") if form != path}
    played = press(path, "herbereken")
    assert word("ribbon.checked.forms") in played.alerts[0]
    assert {form: form.read_bytes() for form in forms} == forms
    ours, theirs = read(path, PORTFOLIO), read(tmp_path / "uit" / "portefeuille.xlsx", PORTFOLIO)
    assert ours.earlier == theirs.earlier
    assert len(ours.earlier) > 10


def test_the_letter_is_made_beside_the_portfolio_and_an_edited_one_is_kept(study):
    path = study / "portefeuille.xlsx"
    (said,) = press(path, "brief").alerts
    made = [study / f"raadsbrief.{suffix}" for suffix in ("docx", "html", "txt")]
    assert said.splitlines() == [word("ribbon.letter.made"), *map(str, made)]
    (study / "raadsbrief.txt").write_text("door ons bewerkt", encoding="utf-8")
    (said,) = press(path, "brief").alerts
    (copy,) = study.glob("raadsbrief_*.txt")
    assert copy.read_text(encoding="utf-8") == "door ons bewerkt"
    assert copy.name in said


def test_a_form_has_no_letter(kade):
    assert press(kade, "brief").alerts == [word("ribbon.letter.only_portfolio")]


def test_a_missing_form_is_told_from_its_portfolio(tmp_path):
    shutil.copy(EXAMPLES / "portefeuille.xlsx", tmp_path / "portefeuille.xlsx")
    played = press(tmp_path / "portefeuille.xlsx", "herbereken")
    assert played.alerts[0].startswith(word("ribbon.checked.stopped"))
    assert "de_kade.xlsx" in played.alerts[0]


# --- start-up


def test_a_button_waits_for_no_library_that_it_does_not_use():
    code = "import sys, toolkit.app.ribbon; print(*(n for n in sys.modules if n.count('.') == 0))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    loaded = set(done.stdout.split())
    assert {"toolkit", "numpy"} <= loaded
    assert loaded.isdisjoint({"pandas", "openpyxl", "jinja2", "xlwings", "tkinter"})


def test_a_short_form_is_told_that_nothing_is_computed_of_it(tmp_path):
    path = tmp_path / "kort.xlsx"
    path.write_bytes((EXAMPLES.parent / "kortformulier.xlsx").read_bytes())
    before = path.read_bytes()
    for button in ("controleer", "herbereken"):
        assert told(press(path, button)) == [
            "Dit is een kort formulier, voor een eerste gesprek. Daarmee wordt niet gerekend. Zet het over "
            "in een heel formulier met: wijkbaten sjabloon --overnemen kort.xlsx --uit NIEUW.xlsx"
        ]
    assert path.read_bytes() == before
