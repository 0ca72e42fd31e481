"""What only a portfolio has: copied forms, what it asks for letters, and its own tables of results."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from forms import change, examples
from situations import LETTER, PROGRESS, Situation, all_pay, progress, situation

from toolkit.app import walk
from toolkit.model.finding import STOP, stops
from toolkit.reports.letter.drafting import render
from toolkit.words.vocabulary import located, word
from toolkit.workbook.layout.portfolio import LETTER_FIELDS, PORTFOLIO
from toolkit.workbook.layout.versions import STEPS
from toolkit.workbook.reading.reader import read


def asked(field: str) -> tuple[str, str]:
    return f"BR-{LETTER_FIELDS.index(field) + 1:02d}", "answer"


# --- the same form twice ---


def with_copy(folder: Path, answers: dict) -> list[str]:
    """What is told of a portfolio in which Ons Erf handed in the form of De Kade with other answers."""
    path = examples(folder) / "portefeuille.xlsx"
    change(folder / "de_kade.xlsx", answers, folder / "ons_erf.xlsx")
    loaded, findings = walk.load_portfolio(path)
    found = [f for f in findings if f.code == "form_copied"]
    assert {f.level for f in found} <= {STOP}
    assert (loaded is None) == stops(findings)
    return [located(f) for f in found]


def test_a_copied_form_under_another_name_stops_at_both_rows(tmp_path):
    other = {
        ("OO-01", "answer"): "Ons Erf",
        ("OO-02", "answer"): "Zuid",
        ("OO-03", "answer"): "Tuinieren.",
        ("OO-10", "answer"): "de coördinator",
        ("ST-11", "answer"): 2000,
    }
    told = with_copy(tmp_path, other)
    raw = read(tmp_path / "portefeuille.xlsx", PORTFOLIO)
    cells = {raw.value(row, "path"): raw.get(row, "path").where for row in raw.rows["IN"]}
    said = (
        "portefeuille.xlsx, {cell}: De antwoorden in '{one}' zijn precies gelijk aan die in '{other}', op "
        "naam, wijk en invuller na. Dan zou hetzelfde dubbel tellen. Is het een kopie, haal dan een van de "
        "regels weg of noem het goede formulier; is het een eigen initiatief, vul dan zijn eigen aantallen "
        "en bedragen in."
    )
    kade, erf = "de_kade.xlsx", "ons_erf.xlsx"
    assert told == [
        said.format(cell=cells[kade], one=kade, other=erf),
        said.format(cell=cells[erf], one=erf, other=kade),
    ]


@pytest.mark.parametrize("answers", [{("OO-05", "answer"): 41}, {("EF-01", "reach"): 15}])
def test_one_other_number_makes_it_another_form(answers, tmp_path):
    assert with_copy(tmp_path, answers) == []


def test_two_forms_that_nobody_filled_in_are_not_called_copies(tmp_path):
    empty = {(f"EF-{n:02d}", "change"): None for n in range(1, 41)}
    folder = examples(tmp_path)
    change(folder / "de_kade.xlsx", empty)
    shutil.copyfile(folder / "de_kade.xlsx", folder / "ons_erf.xlsx")
    _, findings = walk.load_portfolio(folder / "portefeuille.xlsx")
    codes = [f.code for f in findings]
    assert "form_copied" not in codes and stops(findings)


# --- what is asked for letters ---

FIELDS = {
    "position": ("Zij zijn van grote waarde",) * 2,
    "accepted_proof": ("Twee jaar dezelfde uitkomst",) * 2,
    "short_term": ("Wij blijven de wijkbedrijven financieren",) * 2,
    "responses_in_letter": ("nee", False),
    "published_total": (9_400_000, 9_400_000.0),
    "published_ratio": ("3,60", 3.6),
    "usual_confirmed_by": ("J. de Vries, wijkteam",) * 2,
    "usual_confirmed_on": (dt.date(2026, 11, 3),) * 2,
}


def test_what_the_college_stands_for_is_read_from_sheet_brief(tmp_path):
    path = examples(tmp_path) / "portefeuille.xlsx"
    before, _ = walk.load_portfolio(path)
    assert {getattr(before.letter, field) for field in FIELDS} == {"", None}
    change(path, {asked(field): typed for field, (typed, _) in FIELDS.items()})
    loaded, findings = walk.load_portfolio(path)
    assert not stops(findings), [located(f) for f in findings]
    assert {field: getattr(loaded.letter, field) for field in FIELDS} == {
        f: v for f, (_, v) in FIELDS.items()
    }


def test_who_says_that_a_ratio_may_go_out_is_read_per_initiative(tmp_path):
    path = examples(tmp_path) / "portefeuille.xlsx"
    change(path, {("IN-0001", "publish_ratio"): "ja", ("IN-0002", "publish_ratio"): "nee"})
    loaded, _ = walk.load_portfolio(path)
    assert [i.publish_ratio for i in loaded.portfolio.initiatives] == [True, False, None, None, None, None]


@pytest.mark.parametrize("field", ["responses_in_letter", "usual_confirmed_by", "usual_confirmed_on"])
def test_a_field_that_is_only_kept_says_so(field):
    assert "omt in het rapport" in word(f"form.questions.{asked(field)[0]}.help")


def test_an_older_portfolio_does_not_know_the_new_fields():
    added = next(step.added for step in STEPS.values() if "IN.publish_ratio" in step.added)
    assert added >= {f"BR.{asked(field)[0]}" for field in FIELDS}


def said_by(case: Situation) -> str:
    """The letter without the marks around its figures."""
    return re.sub("[\ue000-\uf8ff]", "", render(case.facts(), case.letter))


def test_a_progress_letter_names_what_was_published_before_what_was_computed_again():
    now = replace(progress(), letter=replace(PROGRESS, published_total=9_400_000.0, published_ratio=3.6))
    facts = now.facts()
    assert (facts["gepubliceerd.baten"].text, facts["gepubliceerd.verhouding"].text) == (
        "9,4\xa0mln.\xa0euro",
        "€\xa03,60",
    )
    text = said_by(now)
    first, second = (
        "In de vorige brief stond een totaal van ",
        "In de vorige brief leverde elke geïnvesteerde euro ",
    )
    assert 0 < text.index(first) < text.index(second) < text.index("- De totale baten waren ")
    assert "In de vorige brief stond" not in said_by(progress())


def test_the_letter_says_what_the_college_stands_for_where_that_was_filled_in():
    portfolio = all_pay().portfolio
    silent = said_by(situation(portfolio.initiatives))
    letter = replace(
        LETTER, position="Wij zijn trots", accepted_proof="Twee goede jaren", short_term="Wij blijven betalen"
    )
    text = said_by(situation(portfolio.initiatives, letter))
    said = ["Wij zijn trots.", "Twee goede jaren.", "Wij blijven betalen."]
    places = [text.index(sentence) for sentence in said]
    assert text.index("## Conclusie") < places[0] < text.index("## Hoe de financiering verdergaat")
    assert text.index("## Hoe de financiering verdergaat") < places[2] < places[1]
    for sentence in said:
        text = text.replace(sentence, "")
    assert text.split() == silent.split()
