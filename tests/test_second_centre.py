"""A second centre, told in plain words on a page of the manual: the form takes what its coordinator knows."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import calculator
import openpyxl
import pytest

from toolkit.app import cli, walk
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.asked import CARE, MONEY
from toolkit.workbook.outcome.filling import fill

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "handleiding" / "tweede-wijkbedrijf.md").read_text(encoding="utf-8")
TOLD = tomllib.loads(Path(__file__).with_name("second_centre.toml").read_text(encoding="utf-8"))
LIBRARY = load_library()
DISCUSSED = ("deadweight", "attribution", "still")
IN_WORDS = {9: "negen", 12: "twaalf"}


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], object]:
    spec = importlib.util.spec_from_file_location("build_workbooks", ROOT / "scripts" / "build_workbooks.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return dict(script.coded(TOLD, LIBRARY))


def filled(path: Path, answers: dict[tuple[str, str], object]) -> Path:
    blank = (ROOT / "workbooks" / "invulformulier.xlsx").read_bytes()
    path.write_bytes(fill(blank, FORM, answers, library=LIBRARY, price_level=2025))
    return path


def by_the_centre(answers: dict[tuple[str, str], object]) -> dict[tuple[str, str], object]:
    """What the coordinator fills in alone, in the first hour."""
    others = {*MONEY.row_codes, *CARE.row_codes}
    return {at: answer for at, answer in answers.items() if at[0] not in others and at[1] not in DISCUSSED}


def counted(path: Path) -> list[int]:
    """What the form counts: open questions, and what is to be discussed with the municipality."""
    said = openpyxl.load_workbook(path, data_only=True)["Uitleg"]["B4"].value
    return [int(number) for number in re.findall(r"\d+", said)]


def must_change(path: Path) -> list[str]:
    return [finding.code for finding in walk.load_form(path)[1] if finding.level == STOP]


def test_a_centre_is_told_with_sixty_to_a_hundred_answers_and_the_page_counts_them(answers):
    alone, care = by_the_centre(answers), [at for at in answers if at[0] in CARE.row_codes]
    together = len(answers) - len(alone) - len(care)
    assert 60 <= len(answers) <= 100
    told = (
        f"Het zijn {len(answers)} antwoorden: {len(alone)} van de coördinator, "
        f"{together} samen met de gemeente en {len(care)} van het wijkteam."
    )
    assert told in " ".join(PAGE.split())


def test_every_number_that_is_filled_in_stands_on_the_page(answers):
    numbers = {answer for answer in answers.values() if isinstance(answer, int)}
    said = {number for number in numbers if IN_WORDS.get(number, "?") in PAGE.lower()}
    written = {int(digits.replace(".", "")) for digits in re.findall(r"\d[\d.]*\d|\d", PAGE)}
    assert sorted(numbers - written - said) == []


def test_after_the_first_hour_only_who_pays_is_open(answers, tmp_path):
    path = filled(tmp_path / "eerste_uur.xlsx", by_the_centre(answers))
    assert counted(path) == counted(calculator.recalculated(path, tmp_path / "weer")) == [1, 12]
    assert must_change(path) == ["no_money"]
    assert "Na het eerste uur was dat nog 1 en 12" in " ".join(PAGE.split())


def test_after_the_second_nothing_is_open_or_must_change_and_it_is_computed(answers, tmp_path, capsys):
    path = filled(tmp_path / "de_linde.xlsx", answers)
    assert counted(path) == counted(calculator.recalculated(path, tmp_path / "weer")) == [0, 0]
    assert must_change(path) == []
    assert cli.main(["bereken", str(path), "--uit", str(tmp_path / "uitvoer")]) == 0
    assert (tmp_path / "uitvoer" / "de_linde_uitkomst.xlsx").is_file()
    assert "De Linde" in capsys.readouterr().out


def test_what_the_care_team_leaves_empty_counts_people_and_no_euros(answers, tmp_path):
    without = {at: answer for at, answer in answers.items() if at[0] not in CARE.row_codes}
    path = filled(tmp_path / "zonder_wijkteam.xlsx", without)
    assert counted(path) == [0, 0]
    found = [finding.code for finding in walk.load_form(path)[1]]
    assert "care_not_answered" in found and must_change(path) == []
