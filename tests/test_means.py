"""Temporary money: the letter says what the forms hold, and a typed amount that differs is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from forms import EXAMPLES, change, examples, light_example
from situations import BARE_LETTER, STUDY, initiative, money, situation

from toolkit.app import walk
from toolkit.method.means import remarks, temporary_money
from toolkit.model.finding import STOP, WARN
from toolkit.model.initiative import TEMPORARY, VOLUNTEER_HOURS
from toolkit.model.letter import Means
from toolkit.words.vocabulary import located


def passing(name: str, yearly: float, scheme: str = "", until: int | None = 2026, **more):
    return money("gemeente", name, yearly, scheme=scheme, term=TEMPORARY, until=until, **more)


KADE = initiative(
    "KADE",
    "De Kade",
    investments=(
        passing("Werkbegeleider", 30_000, "SPUK"),
        passing("Buurtfonds", 1_000, until=2025),
        money("gemeente", "SPUK", 5_000),
        money("gemeente", "uren", 7_000, scheme="SPUK", term=TEMPORARY, until=2026, kind=VOLUNTEER_HOURS),
    ),
)
ERF = initiative("ERF", "Ons Erf", investments=(passing("Taallessen", 20_000, " spuk ", until=2027),))
OUT = replace(ERF, code="UIT", name="Het Trefpunt", counted=False, counted_reason="nog geen jaar")


def letter(*means: Means, **more):
    return replace(BARE_LETTER, means=means, **more)


def facts(*means: Means):
    return situation([KADE, ERF, OUT], letter(*means)).facts()


def listed(*means: Means) -> list[tuple]:
    """Name, euros, last year and note of every line of the letter about temporary money."""
    told, found = facts(*means), []
    for branch in told.lists["middelen"]:
        amount = told[f"{branch}.bedrag"].value if told[f"{branch}.heeft_bedrag"] else None
        end = told[f"{branch}.einde"].value if told[f"{branch}.heeft_einde"] else None
        found.append((told[f"{branch}.naam"].text, amount, end, told[f"{branch}.toelichting"].text))
    return found


def codes(*means: Means, status: str = "draft") -> list[tuple[str, str, str]]:
    found = remarks(letter(*means, status=status), (KADE, ERF), STUDY, "p.xlsx")
    return [(f.level, f.code, f.where) for f in found]


def test_without_a_list_in_the_letter_the_forms_tell_all_temporary_money():
    """A scheme is one name however it is typed; structural money, hours and who does not count stay out."""
    assert listed() == [
        ("SPUK", 60_000.0, 2026, ""),
        ("SPUK", 60_000.0, 2027, ""),
        ("Buurtfonds", 1_000.0, 2025, ""),
    ]


def test_what_the_letter_lists_takes_its_amount_and_year_from_the_forms_and_its_note_from_the_letter():
    assert listed(Means("Spuk  ", 999.0, 2030, "loopt af"), Means("buurtfonds")) == [
        ("Spuk", 60_000.0, 2026, "loopt af"),
        ("Spuk", 60_000.0, 2027, ""),
        ("buurtfonds", 1_000.0, 2025, ""),
    ]


def test_money_that_no_form_has_keeps_what_the_letter_says():
    assert listed(Means("Regiodeal", 5_000.0, 2028, "is aangevraagd"), Means("Gift"))[:2] == [
        ("Regiodeal", 5_000.0, 2028, "is aangevraagd"),
        ("Gift", None, None, ""),
    ]


def test_money_stops_counting_after_its_last_year():
    assert listed()[0][1] == 2 * 30_000
    (whole,) = temporary_money(BARE_LETTER, [("K.x", passing("x", 10.0, until=None))], STUDY)
    assert (whole.amount, whole.until) == (50.0, None)


def test_every_amount_that_comes_from_forms_is_worked_out_from_their_costs():
    told = facts(Means("SPUK", 1.0), Means("Regiodeal", 2.0))
    assert [told[f"middel.{n}.bedrag"].made is not None for n in (1, 2, 3, 4)] == [True, True, False, True]
    assert {"KADE.Werkbegeleider", "letter.means.1"} == set(told["middel.1.bedrag"].provenance)


@pytest.mark.parametrize(("status", "level"), [("draft", WARN), ("", WARN), ("final", STOP)])
def test_a_typed_amount_or_year_that_differs_is_told_and_stops_a_final_letter(status, level):
    typed = Means("spuk", 119_000.0, 2026, "", "Brief!C59", "Brief!D59")
    assert codes(typed, status=status) == [(level, "means_differ", "Brief!C59")]
    late = replace(typed, amount=120_000.0, until=2028)
    assert codes(late, status=status) == [(level, "means_end_differs", "Brief!D59")]
    assert codes(replace(late, until=2027), status=status) == []


def test_an_amount_that_is_left_open_or_rounded_to_euros_is_not_told():
    assert codes(Means("SPUK", None, None), Means("Regiodeal", None, 2030)) == []
    assert codes(Means("SPUK", 120_000.6)) == []


def test_two_rows_of_one_name_are_taken_together():
    assert codes(Means("SPUK", 60_000.0, 2026), Means("spuk", 60_000.0, 2027)) == []
    assert len(listed(Means("SPUK", 60_000.0, 2026), Means("spuk", 60_000.0, 2027))) == 3


@pytest.mark.parametrize("status", ["draft", "final"])
def test_an_amount_that_no_form_has_is_told(status):
    assert codes(Means("Regiodeal", 5_000.0, 2028, "", "Brief!C60"), status=status) == [
        (WARN, "means_without_row", "Brief!C60")
    ]


def test_a_name_without_a_letter_or_digit_is_no_name():
    assert codes(Means(" - ", 5.0)) == [] and listed(Means(" - ", 5.0)) == listed()


def _portfolio(folder, status: str):
    path = examples(folder) / "portefeuille.xlsx"
    for item in EXAMPLES.iterdir():
        light_example(folder, item.name)
    change(path, {("BR-15", "answer"): status, ("BM-01", "amount"): 294_000, ("BM-02", "amount"): None})
    return walk.load_portfolio(path)


def test_a_draft_is_computed_and_carries_the_finding(tmp_path):
    loaded, findings = _portfolio(tmp_path, "concept")
    (told,) = [f for f in findings if f.code == "means_differ"]
    assert told in loaded.findings
    assert located(told) == (
        "portefeuille.xlsx, Brief!C67: Bij 'SPUK' staat 294.000 euro, maar in de formulieren die meetellen "
        "is dit tijdelijke geld samen 120.000 euro. De brief noemt het bedrag van de formulieren. Maak deze "
        "cel leeg of typ 120.000, of verbeter de regels in de formulieren."
    )


def test_a_final_letter_must_be_mended_first(tmp_path):
    loaded, findings = _portfolio(tmp_path, "definitief")
    assert loaded is None
    assert [f.code for f in findings if f.level == STOP] == ["means_differ"]
