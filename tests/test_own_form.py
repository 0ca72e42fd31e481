"""A form with the library and the own tariffs of a municipality: made, filled in, and computed alike."""

from __future__ import annotations

from pathlib import Path

import calculator
import openpyxl
import pytest
from forms import change, examples
from library_books import book, opened
from test_own_tariffs import CARE, OWN_TARIFF, portfolio, row
from test_recheck import formulas, moved

from toolkit.app import cli, output, walk
from toolkit.app.writing import save_all
from toolkit.kengetallen.library import Library
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.library import CHANGES, UNIT_VALUES, UNPRICED
from toolkit.workbook.layout.parts import Table
from toolkit.workbook.live.library import library_rows
from toolkit.workbook.outcome.filling import transcribed
from toolkit.workbook.reading.reader import read

OWN, COUNTED = "Minder ruzie op het plein", "Trots op het plein"
LEVEL = 2026


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """A portfolio at another price level than the shipped form, with a tariff of its own."""
    path = portfolio(tmp_path_factory.mktemp("studie"), row(1, CARE.name, OWN_TARIFF, 80))
    return change(path, {("ST-05", "answer"): LEVEL})


@pytest.fixture(scope="module")
def own_book(tmp_path_factory) -> Path:
    """A library with a change of its own of both sorts, and another amount."""
    return book(
        tmp_path_factory.mktemp("bibliotheek"),
        psycholoog_contact__amount=125,
        c_free__name=OWN,
        c_free__counts="mensen",
        c_free__domain="veiligheid",
        c_free__unit="mensen in het jaar",
        c_free__parts="huisartsconsult × 2; wmo_begeleiding × 0,5",
        c_next__name=COUNTED,
        c_next__counts="mensen",
        c_next__domain="wonen en leefbaarheid",
    )


@pytest.fixture(scope="module")
def form(study, own_book, tmp_path_factory) -> Path:
    """The empty form of that municipality."""
    path = tmp_path_factory.mktemp("formulier") / "leeg.xlsx"
    arguments = ["--kengetallen", own_book, "--studie", study, "--uit", path]
    assert cli.main(["sjabloon", *map(str, arguments)]) == 0
    return path


def used(own_book: Path, study: Path) -> Library:
    """The library that the study computes with."""
    loaded, _ = walk.load_portfolio(study, opened(own_book))
    assert loaded is not None
    return loaded.library


def shown(path: Path, table: Table, column: str) -> list[object]:
    """What stands in a column of a table, without what is empty behind it."""
    placed = FORM.place(table)
    sheet = openpyxl.load_workbook(path, data_only=True)[placed.sheet.name]
    held = [sheet.cell(line, placed.column(column)).value for line in placed.rows]
    return [value for value in held if value is not None]


def test_the_form_lists_the_library_that_the_study_computes_with(form, own_book, study):
    rows = library_rows(used(own_book, study), LEVEL)
    for table in (CHANGES, UNPRICED, UNIT_VALUES):
        assert shown(form, table, "name") == [found["name"] for found in rows[table]]
    assert OWN in shown(form, CHANGES, "name") and COUNTED in shown(form, UNPRICED, "name")
    amounts = [found["amount"] for found in rows[UNIT_VALUES] if found["amount"] is not None]
    assert shown(form, UNIT_VALUES, "amount") == amounts
    assert 80 in amounts and 125 in amounts
    values = [found["value"] for found in rows[CHANGES] if found["value"] is not None]
    assert [v for v in shown(form, CHANGES, "value") if v != ""] == pytest.approx(values)


def test_the_form_has_the_settings_of_the_study_and_nothing_else(form, study):
    raw, home = read(form, FORM), read(study, PORTFOLIO)
    asked = {cell for cell, answer in raw.answers.items() if answer.value is not None}
    assert {cell for cell in asked if cell[0].startswith("ST")} == {
        cell
        for cell, answer in home.answers.items()
        if cell[0].startswith("ST") and answer.value is not None and cell in raw.answers
    }
    assert raw.value("ST-05", "answer") == LEVEL


def test_formulas_and_python_compute_the_same_with_an_own_change(form, own_book, study, tmp_path):
    library, home = opened(own_book), read(study, PORTFOLIO)
    example = examples(tmp_path / "voorbeeld") / "de_kade.xlsx"
    asked = read(example, FORM).answers
    settings = {
        cell: answer.value
        for cell, answer in home.answers.items()
        if cell[0].startswith("ST") and cell in asked
    }
    change(example, {("EF-01", "change"): OWN, **settings})
    path = tmp_path / "ingevuld.xlsx"
    answers = read(example, FORM)
    path.write_bytes(transcribed(form.read_bytes(), FORM, answers, used(own_book, study), LEVEL))
    loaded, findings = walk.load(path, library, home)
    assert loaded is not None, findings
    effects = [e for e in loaded.portfolio.initiatives[0].effects if e.row == "EF-01"]
    assert [(e.unit_value.code, e.factor) for e in effects] == [
        ("huisartsconsult", 2),
        ("wmo_begeleiding", 0.5),
    ]
    assert effects[1].unit_value.amount.mode == 80
    (written,) = save_all(output.forms(walk.compute(loaded, draws=1000), tmp_path / "uit"))
    again = calculator.recalculated(written.path, tmp_path / "weer")
    cells = [(sheet, where) for sheet, where, _ in formulas(form)]
    assert moved(written.path, again, cells) == []


def test_one_form_is_checked_with_the_settings_and_tariffs_of_a_study(study, tmp_path, capsys):
    path = examples(tmp_path) / "de_kade.xlsx"
    change(path, {("ST-05", "answer"): None})
    assert cli.main(["controleer", str(path)]) == 1
    assert "Verdieping!" in capsys.readouterr().err
    cli.main(["controleer", str(path), "--portefeuille", str(study)])
    assert "Moet anders" not in capsys.readouterr().err
    loaded, _ = walk.load(path, None, read(study, PORTFOLIO))
    assert loaded.portfolio.study.price_level == LEVEL
    assert loaded.library.unit_values[CARE.code].amount.mode == 80
    assert [tariff.amount for tariff in loaded.tariffs] == [80]


def test_a_mistake_among_the_tariffs_makes_no_form_and_checks_no_form(tmp_path, capsys):
    wrong = portfolio(tmp_path, row(1, CARE.name, OWN_TARIFF, None))
    target = tmp_path / "leeg.xlsx"
    assert cli.main(["sjabloon", "--studie", str(wrong), "--uit", str(target)]) == 1
    assert not target.exists()
    assert "Eigen tarieven!C9" in capsys.readouterr().err
    assert cli.main(["controleer", str(tmp_path / "de_kade.xlsx"), "--portefeuille", str(wrong)]) == 1
    assert "Eigen tarieven!C9" in capsys.readouterr().err


def test_a_form_in_the_place_of_the_portfolio_is_refused(tmp_path, capsys):
    path = str(examples(tmp_path) / "de_kade.xlsx")
    assert cli.main(["controleer", path, "--portefeuille", path]) == 1
    assert capsys.readouterr().err.count("Moet anders") == 1


def test_without_a_library_or_a_study_the_form_is_the_one_that_is_shipped(tmp_path):
    target = tmp_path / "leeg.xlsx"
    assert cli.main(["sjabloon", "--uit", str(target)]) == 0
    shipped = Path(__file__).resolve().parent.parent / "workbooks" / "invulformulier.xlsx"
    assert target.read_bytes() == shipped.read_bytes()
