"""`sjabloon --overnemen`: every answer of a form of an earlier version, in a full form of today."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from forms import change

from toolkit.app import cli, walk
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.lapsed import renamed
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.layout.versions import TEMPLATE_VERSION
from toolkit.workbook.live.results import beside
from toolkit.workbook.reading.reader import read

EARLIER = Path(__file__).resolve().parent / "earlier"
FORMS = sorted(path for path in EARLIER.glob("*/*.xlsx") if path.stem != "portefeuille")
LIBRARY = load_library()
PEOPLE = (
    "Dit formulier is van een oudere versie en vroeg bij '{change}' niet hoeveel mensen het waren. Het "
    "totaal ({total}) is overgenomen. Vul in het nieuwe formulier ook de mensen in."
)


def carried(path: Path, folder: Path, *more: str) -> Path:
    """The new form, of which the command made nothing of the old one."""
    before, new = path.read_bytes(), folder / "nieuw.xlsx"
    assert cli.main(["sjabloon", "--overnemen", str(path), "--uit", str(new), *more]) == 0
    assert path.read_bytes() == before
    return new


def answers(raw) -> dict[tuple[str, str], object]:
    """Every answer of a form, by its code."""
    asked = [(row, c) for _, block in FORM.blocks() for row in block.row_codes for c in block.asked_codes]
    return {at: raw.value(*at) for at in asked if raw.value(*at) is not None}


@pytest.fixture(scope="module", params=FORMS, ids=lambda path: path.relative_to(EARLIER).as_posix())
def both(request, tmp_path_factory) -> tuple[Path, Path]:
    """A form of an earlier version, and the new one with its answers."""
    return request.param, carried(request.param, tmp_path_factory.mktemp("overnemen"))


def test_every_answer_of_every_earlier_version_comes_along(both):
    old, new = (read(path, FORM) for path in both)
    assert (new.template, old.template == new.template) == (TEMPLATE_VERSION, False)
    assert answers(new) == answers(renamed(old, LIBRARY.at(2025))[0])
    assert len(answers(new)) > 150


def test_what_the_formulas_show_beside_the_answers_is_fresh(both):
    book, cells = openpyxl.load_workbook(both[1], data_only=True), answers(read(both[1], FORM))
    shown = list(beside(cells, LIBRARY.at(2025), 2025))
    assert len(shown) > 100
    for sheet, cell, value in shown:
        assert (book[sheet][cell].value or "") == (value or ""), (sheet, cell)


def test_what_was_never_asked_is_open_and_nothing_else_must_change(both):
    old, new = (read(path, FORM) for path in both)
    asked = {given.where: at for at, given in new.answers.items()}
    wrong = [f for f in walk.load_form(both[1])[1] if f.level == STOP]
    assert {f.code for f in wrong} == {"empty"}
    for row, column in (asked[f.where] for f in wrong):
        assert old.is_later(row, column) or (column == "reach" and new.value(row, "total")), (row, column)


def test_once_the_open_questions_are_answered_the_outcome_is_what_it_was(tmp_path):
    path = carried(EARLIER / "2026.4" / "de_kade.xlsx", tmp_path)
    _, findings = walk.load_form(path)
    codes = {given.where: at for at, given in read(path, FORM).answers.items()}
    change(path, {codes[f.where]: word("form.lists.unknown") for f in findings if f.level == STOP})
    now, then = (walk.load_form(p)[0] for p in (path, EARLIER / "2026.4" / "de_kade.xlsx"))
    sums = [walk.compute(loaded, draws=1000).summary.headline for loaded in (now, then)]
    assert sums[0] == sums[1]


def test_it_tells_how_many_came_along_and_what_is_asked_now(tmp_path, capsys):
    carried(EARLIER / "2026.4" / "de_kade.xlsx", tmp_path)
    said = capsys.readouterr().err.splitlines()
    missing = {
        "E11": ("Vrijwilligersvergoeding ontvangen", "19.500 euro"),
        "E12": ("Geld bespaard door bewoners", "46.500 euro"),
        "E14": ("Schuldhulptraject niet nodig", "4 trajecten"),
        "E15": ("Minder individuele begeleiding (Wmo) nodig", "1.450 uur"),
    }
    assert said == [
        f"Ter info: de_kade.xlsx: 211 antwoorden zijn overgenomen in een leeg formulier van versie "
        f"{TEMPLATE_VERSION}. "
        "Uw opmerkingen, afbeeldingen, opmaak en uitkomsten zijn niet meegenomen; zij staan nog in "
        "de_kade.xlsx.",
        *(
            f"Ter info: de_kade.xlsx, Wat verandert er!{cell}: {PEOPLE.format(change=name, total=total)}"
            for cell, (name, total) in missing.items()
        ),
        f"Geschreven: {tmp_path / 'nieuw.xlsx'}",
    ]


def test_with_a_study_the_settings_are_those_of_its_portfolio(tmp_path):
    study = EARLIER / "2026.4" / "portefeuille.xlsx"
    change(study, {("ST-02", "answer"): 2027, ("ST-12", "answer"): None}, tmp_path / "portefeuille.xlsx")
    form = change(EARLIER / "2026.4" / "de_kade.xlsx", {("ST-12", "answer"): 7}, tmp_path / "de_kade.xlsx")
    new = read(carried(form, tmp_path, "--studie", str(tmp_path / "portefeuille.xlsx")), FORM)
    assert new.value("ST-02", "answer") == 2027 and new.value("ST-12", "answer") is None
    old = answers(renamed(read(form, FORM), LIBRARY.at(2025))[0])
    own = {at: value for at, value in old.items() if at[0] not in SETTINGS.row_codes}
    assert {at: v for at, v in answers(new).items() if at[0] not in SETTINGS.row_codes} == own


def test_an_example_stays_an_example(tmp_path):
    new = openpyxl.load_workbook(carried(EARLIER / "2026.4" / "de_kade.xlsx", tmp_path))
    assert new["Over ons"]["B3"].value == word("form.screen.invented")


def test_what_stood_there_of_last_year_comes_along(tmp_path):
    old = tmp_path / "de_kade.xlsx"
    said = "Bij hoeveel mensen: 12"
    change(EARLIER / "2026.4" / "de_kade.xlsx", {("EF-01", "previous"): said}, old)
    assert read(carried(old, tmp_path), FORM).value("EF-01", "previous") == said


def test_a_sheet_of_their_own_and_what_cannot_be_read_are_named(tmp_path, capsys):
    path, old = EARLIER / "2026.4" / "de_kade.xlsx", tmp_path / "de_kade.xlsx"
    book = openpyxl.load_workbook(path)
    book.create_sheet("Mijn lijst")["A1"] = "tellen"
    where = read(path, FORM).get("OO-05", "answer").where
    book["Over ons"][where.rpartition("!")[2]] = "#N/A"
    book.save(old)
    new = carried(old, tmp_path)
    assert [line for line in capsys.readouterr().err.splitlines() if line.startswith("Let op")] == [
        "Let op: de_kade.xlsx: Deze bladen heeft u zelf toegevoegd; zij zijn niet meegenomen: Mijn lijst. "
        "Wilt u ze houden, kopieer ze dan in Excel naar het nieuwe formulier.",
        f"Let op: de_kade.xlsx, {where}: Wat hier staat, is niet te lezen (een formule zonder "
        "uitkomst, of een fout) en is niet overgenomen. Typ het antwoord zelf in het nieuwe formulier.",
    ]
    assert read(new, FORM).value("OO-05", "answer") is None


def test_where_a_row_lost_its_code_nothing_is_written(tmp_path, capsys):
    old = tmp_path / "de_kade.xlsx"
    book = openpyxl.load_workbook(EARLIER / "2026.4" / "de_kade.xlsx")
    book["Wat verandert er"]["A9"] = None
    book.save(old)
    assert cli.main(["sjabloon", "--overnemen", str(old), "--uit", str(tmp_path / "nieuw.xlsx")]) == 1
    assert not (tmp_path / "nieuw.xlsx").exists()
    assert capsys.readouterr().err.splitlines()[-1] == (
        "Er is niets geschreven. Verbeter eerst wat hierboven staat."
    )


def test_answers_are_carried_over_into_a_full_form_only_and_not_beside_last_year(tmp_path, capsys):
    form, new = str(EARLIER / "2026.4" / "de_kade.xlsx"), str(tmp_path / "nieuw.xlsx")
    assert cli.main(["sjabloon", "--soort", "kort", "--overnemen", form, "--uit", new]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "--studie, --vorig, --overnemen en --kengetallen horen bij een heel formulier. Laat --soort weg, "
        "of kies --soort formulier."
    ]
    assert cli.main(["sjabloon", "--vorig", form, "--overnemen", form, "--uit", new]) == 1
    assert "--overnemen en --vorig gaan niet samen. Kies er één." in capsys.readouterr().err


def test_a_portfolio_is_no_form_to_carry_over(tmp_path, capsys):
    path = EARLIER / "2026.4" / "portefeuille.xlsx"
    assert cli.main(["sjabloon", "--overnemen", str(path), "--uit", str(tmp_path / "nieuw.xlsx")]) == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        "Moet anders: portefeuille.xlsx: Dit is een portefeuille en geen formulier van één initiatief. "
        "Reken haar met: wijkbaten portefeuille portefeuille.xlsx"
    )
