"""A letter that follows another: the figures of then are computed anew and stand beside those of now."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms import change, examples, light
from situations import SITUATIONS

from toolkit.app import cli, walk
from toolkit.model.finding import stops
from toolkit.reports.facts import Facts
from toolkit.reports.files.draft import draft
from toolkit.words.vocabulary import located
from toolkit.workbook.layout.portfolio import LETTER_FIELDS

PREVIOUS = f"BR-{LETTER_FIELDS.index('previous_portfolio') + 1}"


@pytest.fixture
def folder(tmp_path) -> Path:
    """This year's portfolio, with that of last year in a folder below it."""
    for year in (tmp_path, tmp_path / "2025"):
        year.mkdir(exist_ok=True)
        for path in examples(tmp_path / "all").iterdir():
            (year / path.name).write_bytes(light(path.name))
    change(tmp_path / "portefeuille.xlsx", {(PREVIOUS, "answer"): "2025/portefeuille.xlsx"})
    return tmp_path


def facts(folder: Path) -> Facts:
    loaded, findings = walk.load_portfolio(folder / "portefeuille.xlsx")
    assert loaded is not None, [located(f) for f in stops(findings) and findings]
    return walk.facts(walk.compute(loaded, draws=1_000))


def test_the_same_answers_give_no_difference(folder):
    found = facts(folder)
    assert found["vorige.baten"].value == pytest.approx(found["totaal.baten"].value)
    assert found["verschil.baten"].value == pytest.approx(0, abs=1e-6)
    assert not found["verschil.baten_hoger"] and not found["verschil.baten_lager"]
    assert found["vorige.zelfde_initiatieven"] and found["verschil.evenveel_deelnemers"]


def test_the_figures_of_then_are_those_of_that_portfolio_on_its_own(folder):
    old = folder / "2025"
    change(old / "de_kade.xlsx", {("EF-01", "reach"): 3})
    change(old / "portefeuille.xlsx", {("IN-0002", "counted"): "nee", ("IN-0002", "reason"): "Net begonnen"})
    alone, found = facts(old), facts(folder)
    assert found["vorige.baten"].value == alone["totaal.baten"].value
    assert found["vorige.overheid"].value == pytest.approx(alone["overheid.baten"].value)
    assert found["vorige.verhouding"].text == alone["verhouding.waarde"].text
    assert found["verschil.baten"].value == pytest.approx(
        found["totaal.baten"].value - alone["totaal.baten"].value
    )
    assert found["vorige.nieuw"].value == (alone["initiatief.ANKER.naam"].value,)


def test_then_is_computed_at_the_price_level_of_now_and_without_tariffs_of_then(folder):
    old = folder / "2025"
    change(
        old / "portefeuille.xlsx",
        {
            ("ST-05", "answer"): 2022,
            ("ET-01", "unit_value"): "Individuele begeleiding (Wmo) minder nodig",
            ("ET-01", "own_amount"): 1.0,
            ("ET-01", "price_year"): 2022,
            ("ET-01", "confirmation"): "eigen tarief",
            ("ET-01", "source"): "begroting 2022",
            ("ET-01", "confirmed_by"): "financiën",
        },
    )
    found = facts(folder)
    assert found["vorige.baten"].value == pytest.approx(found["totaal.baten"].value)


def test_a_mistake_in_the_portfolio_of_then_is_told_at_the_cell_that_names_it(folder):
    change(folder / "2025" / "portefeuille.xlsx", {("ST-05", "answer"): ""})
    loaded, findings = walk.load_portfolio(folder / "portefeuille.xlsx")
    assert loaded is None
    (said,) = [located(f) for f in findings if f.code == "previous_unusable"]
    assert said == (
        "portefeuille.xlsx, Brief!C39: Met de vorige portefeuille '2025/portefeuille.xlsx' kan niet worden "
        "gerekend: portefeuille.xlsx, Studie!C13: "
        "Deze cel is leeg, maar het antwoord is nodig om te kunnen rekenen. Vul een jaartal van 2011 tot en "
        "met 2100 in. Verbeter dat eerst daar, of maak deze cel leeg; dan vergelijkt de brief niet."
    )


def test_the_letter_and_its_check_know_the_figures_of_then(folder, capsys):
    change(folder / "2025" / "de_kade.xlsx", {("EF-01", "reach"): 3})
    change(folder / "portefeuille.xlsx", {("BR-13", "answer"): "voortgangsbrief"})
    out, portfolio = folder / "uit", str(folder / "portefeuille.xlsx")
    assert cli.main(["brief", portfolio, "--uit", str(out)]) == 0
    letter = out / "raadsbrief.docx"
    assert cli.main(["controleer-brief", str(letter), "--portefeuille", portfolio]) == 0
    said = capsys.readouterr().err
    assert "kloppen met de portefeuille" in said
    text = (out / "raadsbrief.txt").read_text(encoding="utf-8")
    assert "Wat er veranderde sinds de vorige brief" in text
    assert "Vergeleken met de vorige brief" in text


def test_a_difference_has_its_sign_and_agrees_with_what_stands_beside_it():
    found = SITUATIONS["progress_downwards"]().facts()
    assert found["verschil.baten_lager"]
    assert found["verschil.baten_getal"].text == "-367"
    assert found["verschil.verhouding"].text.replace("\xa0", " ") == "-€ 0,77"
    up = SITUATIONS["progress"]().facts()
    assert up["verschil.baten_getal"].text == "+979"
    assert up["vorige.nieuw"].text == "Buurtwerkplaats Noord"
    assert up["vorige.weg"].text == "De Kade"


def test_without_a_letter_before_nothing_is_compared():
    found = SITUATIONS["all_pay"]().facts()
    assert not found["vorige.bestaat"]
    assert "vorige.baten" not in found


def test_a_declined_recommendation_gets_no_state_of_affairs():
    case = SITUATIONS["progress"]()
    text = " ".join(str(draft(case.facts(), case.letter)["txt"]).split())
    assert "Er is al een overleg. 4." in text
    assert "Stand van zaken: Het kader is klaar en wordt dit jaar gebruikt." in text
