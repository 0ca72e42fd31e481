"""A workbook that is dragged onto the program is computed, whatever it is."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest
from forms import change, examples

from toolkit.app import cli, dropped
from toolkit.words.vocabulary import word


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    folder = examples(tmp_path_factory.mktemp("studie"))
    change(folder / "portefeuille.xlsx", {("ST-11", "answer"): 1000})
    return folder


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """What was asked before the window closed."""
    questions: list[str] = []
    monkeypatch.setattr(builtins, "input", questions.append)
    return questions


def test_a_form_gets_its_outcome_in_a_folder_beside_it(study, asked, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main([str(study / "het_trefpunt.xlsx")]) == 0
    made = study / "uitvoer" / "het_trefpunt_uitkomst.xlsx"
    assert made.is_file()
    assert str(made) in capsys.readouterr().out
    assert asked == []


def test_a_portfolio_is_computed_with_its_forms(study, asked):
    assert cli.main([str(study / "portefeuille.xlsx")]) == 0
    assert (study / "uitvoer" / "portefeuille.xlsx").is_file()


def test_a_window_of_our_own_waits_and_the_worst_file_decides(study, asked, monkeypatch, tmp_path):
    monkeypatch.setattr(dropped, "_has_own_window", lambda: True)
    wrong = change(study / "het_trefpunt.xlsx", {("EF-01", "reach"): "veel"}, tmp_path / "fout.xlsx")
    assert cli.main([str(study / "het_trefpunt.xlsx"), str(wrong)]) == 1
    assert asked == [word("screen.dropped.enter")]


def test_a_name_that_is_no_file_is_no_workbook(tmp_path, capsys):
    assert cli.main([str(tmp_path / "weg.xlsx")]) == 1
    assert "weg.xlsx' is geen opdracht." in capsys.readouterr().err
