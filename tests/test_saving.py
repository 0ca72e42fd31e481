"""Writing in the user's folder: one step, a dated copy, and a sentence for whatever stands in the way."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from forms import EXAMPLES, change, examples
from test_main_path import figures, run

from toolkit.app import cli, output, walk, writing
from toolkit.words.vocabulary import located
from toolkit.workbook.package import FileChanged, replace_with_copy, save_atomically, saving

MOMENT = dt.datetime(2026, 11, 22, 14, 23, 1)
LONG_RUN = os.environ.get("WIJKBATEN_ALLES") == "1"
KILLS = 200 if LONG_RUN else 15


def inside(path: Path) -> dict[str, bytes]:
    """Every member of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def form(tmp_path) -> Path:
    """A filled form alone in a folder."""
    path = tmp_path / "in" / "het_trefpunt.xlsx"
    path.parent.mkdir()
    path.write_bytes((EXAMPLES / path.name).read_bytes())
    return path


@pytest.fixture
def impatient(monkeypatch) -> list[float]:
    """No waiting between tries; gives the waits that were asked for."""
    waits: list[float] = []
    monkeypatch.setattr(saving.time, "sleep", waits.append)
    return waits


# --- in place


def test_in_place_the_form_gets_the_outcome_and_a_dated_copy_stands_beside_it(form, capsys):
    before = form.read_bytes()
    code, out, _ = run(capsys, "bereken", form, "--terplekke")
    assert code == 0
    (copy,) = (path for path in form.parent.iterdir() if path != form)
    assert dt.datetime.strptime(copy.name, "het_trefpunt_%Y-%m-%d_%H%M%S.xlsx") <= dt.datetime.now()
    assert copy.read_bytes() == before
    assert f"  {form} (zoals het was: {copy})" in out
    assert figures(form.parent, form.name)["ratio"][2] > 0


def test_in_place_and_as_a_copy_give_the_same_workbook(form, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    assert form.read_bytes() == (tmp_path / "uit" / "het_trefpunt_uitkomst.xlsx").read_bytes()


def test_a_portfolio_and_its_forms_are_computed_in_place(tmp_path, capsys):
    folder = examples(tmp_path / "in")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, out, _ = run(capsys, "alles", folder, "--terplekke", "--uit", tmp_path / "brief")
    assert code == 0
    assert listed(tmp_path / "brief") == {"raadsbrief.docx", "raadsbrief.html", "raadsbrief.txt"}
    for name, data in before.items():
        (copy,) = folder.glob(f"{Path(name).stem}_2*.xlsx")
        assert copy.read_bytes() == data
        assert (folder / name).read_bytes() != data
    assert len(listed(folder)) == 2 * len(before)
    assert figures(folder, "portefeuille.xlsx")["ratio"][2] == pytest.approx(3.60, abs=0.005)
    assert out.count("zoals het was") == len(before)


def test_in_place_leaves_the_forms_of_a_portfolio_alone(tmp_path, capsys):
    folder = examples(tmp_path / "in")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(capsys, "portefeuille", folder / "portefeuille.xlsx", "--terplekke")[0] == 0
    changed = {name for name, data in before.items() if (folder / name).read_bytes() != data}
    assert changed == {"portefeuille.xlsx"}


@pytest.mark.parametrize("command", ["bereken", "portefeuille"])
def test_in_place_and_elsewhere_do_not_go_together(command, form, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, str(form), "--terplekke", "--uit", "elders"])
    assert stopped.value.code == 1
    assert "Deze opdracht is niet begrepen" in capsys.readouterr().err


def test_a_copy_never_takes_a_name_that_is_in_use(tmp_path):
    path = tmp_path / "naam.xlsx"
    names = []
    for number in range(3):
        path.write_bytes(b"%d" % number)
        names.append(replace_with_copy(path, b"%d" % number, b"nieuw", MOMENT).name)
    assert names == [
        "naam_2026-11-22_142301.xlsx",
        "naam_2026-11-22_142301_2.xlsx",
        "naam_2026-11-22_142301_3.xlsx",
    ]
    assert [(tmp_path / name).read_bytes() for name in names] == [b"0", b"1", b"2"]


def test_the_copy_is_whole_before_the_file_is_replaced(tmp_path, monkeypatch):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"oud")
    seen = []

    def watch(temporary, target, replace=os.replace):
        seen.append({one.name: one.read_bytes() for one in tmp_path.glob("naam*")})
        replace(temporary, target)

    monkeypatch.setattr(os, "replace", watch)
    replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert seen == [{"naam.xlsx": b"oud"}, {"naam.xlsx": b"oud", "naam_2026-11-22_142301.xlsx": b"oud"}]


def test_a_file_that_cannot_be_replaced_keeps_no_copy_beside_it(tmp_path, monkeypatch, impatient):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"oud")

    def hold(temporary, target, replace=os.replace):
        if target == path:
            raise PermissionError(errno.EACCES, "held", str(temporary), None, str(target))
        replace(temporary, target)

    monkeypatch.setattr(os, "replace", hold)
    with pytest.raises(PermissionError):
        replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert listed(tmp_path) == {"naam.xlsx"}
    assert path.read_bytes() == b"oud"


def test_a_stop_right_after_replacing_keeps_the_copy(tmp_path, monkeypatch):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"oud")

    def replace_and_stop(temporary, target, replace=os.replace):
        replace(temporary, target)
        if target == path:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replace_and_stop)
    with pytest.raises(KeyboardInterrupt):
        replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert path.read_bytes() == b"nieuw"
    assert (tmp_path / "naam_2026-11-22_142301.xlsx").read_bytes() == b"oud"


def test_a_file_that_holds_something_else_by_now_is_left_alone(tmp_path):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"van de coordinator")
    with pytest.raises(FileChanged):
        replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert listed(tmp_path) == {"naam.xlsx"}
    assert path.read_bytes() == b"van de coordinator"


def test_answers_given_while_computing_are_not_overwritten(form, capsys, monkeypatch):
    compute = walk.compute

    def and_meanwhile(loaded):
        computed = compute(loaded)
        change(form, {("OO-01", "answer"): "Iets anders"})
        return computed

    monkeypatch.setattr(walk, "compute", and_meanwhile)
    code, _, said = run(capsys, "bereken", form, "--terplekke")
    assert code == 1
    assert (
        f"Moet anders: {form}: Dit bestand is veranderd terwijl er werd gerekend. Uw wijzigingen zijn er nog, "
        "maar de uitkomst hoort bij de antwoorden van daarvoor. Reken opnieuw."
    ) in said
    assert listed(form.parent) == {form.name}


# --- computing again


def test_computing_the_same_form_twice_gives_the_same_bytes(form, tmp_path, capsys):
    results = []
    for folder in ("een", "twee"):
        assert run(capsys, "bereken", form, "--uit", tmp_path / folder)[0] == 0
        results.append((tmp_path / folder / "het_trefpunt_uitkomst.xlsx").read_bytes())
    assert results[0] == results[1]


def test_computing_a_result_again_changes_our_own_sheets_and_nothing_else(form, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--uit", tmp_path)[0] == 0
    result = tmp_path / "het_trefpunt_uitkomst.xlsx"
    before = inside(result)
    change(result, {("EF-01", "reach"): 31})
    assert run(capsys, "bereken", result, "--terplekke")[0] == 0
    after = inside(result)
    answers = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    sheets = sheets_of(result)
    ours = {sheets[name] for name in ("Uitkomsten", "Onzekerheid", "Narekenen", "Rekenspoor", "Controles")}
    assert sheets["Uitkomsten"] in answers
    assert answers - ours <= {sheets["Wat verandert er"], *(sheets[name] for name in RESULTS)}


def test_computing_a_result_again_leaves_every_input_sheet_as_it_is(form, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    before = inside(form)
    assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    after = inside(form)
    sheets = sheets_of(form)
    changed = {name for name in before if before[name] != after[name]}
    # only the checksum of the file that went in differs
    assert changed == {sheets["Versies"]}
