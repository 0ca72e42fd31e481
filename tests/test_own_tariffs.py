"""Own tariffs: what a municipality confirms counts for all; what it does not confirm keeps a draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from forms import change, examples

from toolkit.app import cli, walk
from toolkit.kengetallen.library import load_library
from toolkit.kengetallen.tariffs import ADOPTED, OPEN, OWN, Tariff, municipal, with_tariffs
from toolkit.method.confirmation import MOST, needs_confirming, to_confirm
from toolkit.method.ranges import unit_value_key, varying_inputs
from toolkit.model.finding import INFO, STOP, WARN, stops
from toolkit.words.vocabulary import located, sentence

LIBRARY = load_library()
CARE = LIBRARY.unit_values["wmo_begeleiding"]
OWN_TARIFF, ADOPTED_TARIFF = "eigen tarief", "overgenomen van een andere gemeente of bron"
EXAMPLE_TOTAL = pytest.approx(9_443_543, abs=1)
NEEDED = {
    "schuld_voorkomen",
    "wmo_dagbesteding",
    "bijstand_uitvoering",
    "eenzaamheid_zorgkosten",
    "eigen_risico",
    "ziekteverzuim",
    "toeslagen_bij_werk",
}


def row(number: int, name: str, confirmation: str, amount: float | None = None, **more: object):
    """The answers of one row of sheet Eigen tarieven, in order unless changed."""
    given = {
        "unit_value": name,
        "own_amount": amount,
        "price_year": 2025 if amount is not None else None,
        "confirmation": confirmation,
        "source": "contract 2025",
        "confirmed_by": "inkoop, 12-1-2026",
    }
    return {(f"ET-{number:02d}", column): value for column, value in (given | more).items()}


def portfolio(folder: Path, *rows: dict, **fields: object) -> Path:
    """The example portfolio with other rows on the sheet; ET-01 to ET-03 are filled in already."""
    path = examples(folder) / "portefeuille.xlsx"
    answers: dict = {}
    for number in (1, 2, 3):
        answers |= dict.fromkeys(row(number, "", ""))
    for given in rows:
        answers |= given
    change(path, answers | {(code.replace("_", "-"), "answer"): v for code, v in fields.items()})
    return path


def loaded(path: Path) -> walk.Loaded:
    found, findings = walk.load_portfolio(path)
    assert found is not None, [located(f) for f in findings]
    return found


def told(path: Path, code: str):
    """The findings with this code after computing."""
    return [f for f in walk.compute(loaded(path), draws=1000).findings if f.code == code]


def all_confirmed() -> list[dict]:
    return [row(n, code, ADOPTED_TARIFF) for n, code in enumerate(sorted(NEEDED), 1)]


# --- an own amount ---


def test_an_own_tariff_replaces_the_amount_for_every_initiative(tmp_path):
    study = loaded(portfolio(tmp_path, row(1, CARE.name, OWN_TARIFF, 80)))
    used = {
        (i.code, e.unit_value.amount.mode, e.unit_value.price_year, e.unit_value.source, e.unit_value.grade)
        for i in study.portfolio.initiatives
        for e in i.effects
        if e.unit_value.code == CARE.code
    }
    assert len(used) > 1
    assert {one[1:] for one in used} == {(80.0, 2025, "contract 2025", "B")}


def test_the_outcome_moves_by_the_tariff_and_by_nothing_else(tmp_path):
    before = walk.compute(loaded(portfolio(tmp_path / "a")), draws=1000).outcome
    path = portfolio(tmp_path / "b", row(1, CARE.name, OWN_TARIFF, 2 * CARE.amount.mode, price_year=2024))
    after = walk.compute(loaded(path), draws=1000).outcome
    moved = after.benefits_pv - before.benefits_pv
    lines = [line for line in before.lines if line.effect.unit_value.code == CARE.code]
    kept = before.kept_share()
    expected = sum(float(before.present_benefits(line.per_year)) * kept(line) for line in lines)
    assert moved == pytest.approx(expected)
    assert before.benefits_pv == EXAMPLE_TOTAL


def test_it_stays_one_draw_for_all_with_the_range_in_proportion(tmp_path):
    study = loaded(portfolio(tmp_path, row(1, CARE.name, OWN_TARIFF, 2 * CARE.amount.mode)))
    effects = [
        (i.code, e) for i in study.portfolio.initiatives for e in i.effects if e.unit_value.code == CARE.code
    ]
    assert {unit_value_key(code, effect) for code, effect in effects} == {("unit_value", CARE.code)}
    estimate = varying_inputs(study.portfolio, study.portfolio.initiatives)["unit_value", CARE.code].estimate
    assert (estimate.low, estimate.high) == pytest.approx((2 * CARE.amount.low, 2 * CARE.amount.high))
    assert estimate.cell == "Eigen tarieven!C9"


def test_an_own_amount_in_a_form_goes_before_the_municipality(tmp_path):
    path = portfolio(tmp_path, row(1, CARE.code, OWN_TARIFF, 80))
    before = loaded(path)
    code, effect = next(
        (i.code, e)
        for i in before.portfolio.initiatives
        for e in i.effects
        if e.unit_value.code == CARE.code and e.code == e.row
    )
    form = before.forms[code].path
    change(form, {(effect.row, "own_value"): 61, (effect.row, "own_reason"): "eigen contract"})
    amounts = {
        (i.code, e.row): (e.unit_value.amount.mode, e.unit_value.own)
        for i in loaded(path).portfolio.initiatives
        for e in i.effects
        if e.unit_value.code == CARE.code
    }
    assert amounts.pop((code, effect.row)) == (61.0, True)
    assert set(amounts.values()) == {(80.0, False)}


def test_a_unit_value_without_amount_gets_one_for_all():
    value = LIBRARY.unit_values["jeugdhulp"]
    used = with_tariffs(LIBRARY, [Tariff(value, OWN, 95.0, 2024, "contract", "inkoop")])
    found = used.unit_values["jeugdhulp"]
    assert (found.amount.mode, found.amount.varies, found.index, found.own) == (95.0, False, "cpi", False)
    assert used.version != LIBRARY.version
    assert used.version.startswith(LIBRARY.version)


def test_an_adopted_amount_is_still_of_another_municipality():
    found = municipal(Tariff(CARE, ADOPTED, 70.0, 2025, "Westerveld", "inkoop"))
    assert (found.tariff_of, found.grade, found.amount.mode) == ("Westerveld", CARE.grade, 70.0)


@pytest.mark.parametrize("tariff", [Tariff(CARE, OPEN, 80.0, 2025), Tariff(CARE, ADOPTED)])
def test_without_a_confirmed_amount_the_library_stays_the_same(tariff):
    assert with_tariffs(LIBRARY, [tariff]) is LIBRARY


def test_an_amount_that_is_not_confirmed_is_told_and_not_used(tmp_path):
    path = portfolio(tmp_path, row(1, CARE.name, "nog niet bevestigd", 80))
    (finding,) = told(path, "own_tariff_not_used")
    assert (finding.level, finding.where) == (WARN, "Eigen tarieven!E9")
    assert walk.compute(loaded(path), draws=1000).outcome.benefits_pv == EXAMPLE_TOTAL


def test_a_portfolio_of_before_this_sheet_still_counts(tmp_path):
    study = loaded(examples(tmp_path) / "portefeuille.xlsx")
    older = {key: value for key, value in study.raw.answers.items() if not key[0].startswith("ET")}
    rows = {prefix: codes for prefix, codes in study.raw.rows.items() if prefix != "ET"}
    raw = type(study.raw)(study.raw.path, study.raw.sheet_names, older, rows, study.raw.places)
    again, _ = walk.assemble(raw, study.forms, LIBRARY)
    assert again.tariffs == ()


# --- mistakes ---

MISTAKES = {
    "no amount": (
        row(1, CARE.name, OWN_TARIFF),
        "Eigen tarieven!C9: Bij 'Individuele begeleiding (Wmo) minder nodig' ontbreekt het bedrag. "
        "Zonder bedrag "
        "is er niets te bevestigen. Vul het bedrag per eenheid in, of kies 'nog niet bevestigd'.",
    ),
    "adopted where the library has no amount": (
        row(1, "jeugdhulp", ADOPTED_TARIFF),
        f"Eigen tarieven!C9: Bij '{LIBRARY.unit_values['jeugdhulp'].name}' ontbreekt het bedrag. "
        "Zonder bedrag "
        "is er niets te bevestigen. Vul het bedrag per eenheid in, of kies 'nog niet bevestigd'.",
    ),
    "no price year": (
        row(1, CARE.name, OWN_TARIFF, 80, price_year=None),
        "Eigen tarieven!D9: Bij 'Individuele begeleiding (Wmo) minder nodig' staat een bedrag zonder "
        "prijspeil. "
        "Dan is het niet met andere bedragen te vergelijken. Vul het jaar in waarvoor het bedrag geldt.",
    ),
    "no source": (
        row(1, CARE.name, ADOPTED_TARIFF, source=None),
        "Eigen tarieven!F9: 'Individuele begeleiding (Wmo) minder nodig' is bevestigd, maar er staat "
        "niet van wie "
        "of waaruit het bedrag komt. Vul dat in, zodat het te verantwoorden is.",
    ),
    "nobody": (
        row(1, CARE.name, ADOPTED_TARIFF, confirmed_by=None),
        "Eigen tarieven!G9: 'Individuele begeleiding (Wmo) minder nodig' is bevestigd, maar er staat "
        "niet wie dat "
        "deed. Vul in wie het bedrag bevestigde, en wanneer.",
    ),
    "twice": (
        row(1, CARE.name, ADOPTED_TARIFF) | row(2, CARE.code, OWN_TARIFF, 80),
        "Eigen tarieven!B10: 'Individuele begeleiding (Wmo) minder nodig' staat hier twee keer. Dan is niet "
        "duidelijk welk bedrag geldt. Laat één regel staan.",
    ),
    "a unit value that does not exist": (
        row(1, "Individuele begeleiding minder nodig", ADOPTED_TARIFF),
        "Eigen tarieven!B9: Hier staat 'Individuele begeleiding minder nodig'; dat staat niet in de "
        "keuzelijst. "
        "Bedoelt u 'Individuele begeleiding (Wmo) minder nodig'? Kies het uit de lijst van deze cel.",
    ),
    "an amount below zero": (
        row(1, CARE.name, OWN_TARIFF, -5),
        "Eigen tarieven!C9: Hier staat -5; dat valt buiten wat kan. Typ een bedrag van 0 tot en met "
        "1.000.000.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_its_sentence_at_its_cell(mistake, tmp_path):
    answers, sentence = MISTAKES[mistake]
    _, findings = walk.load_portfolio(portfolio(tmp_path, answers))
    assert f"portefeuille.xlsx, {sentence}" in [located(f) for f in findings if f.level == STOP]


# --- what keeps a letter a draft ---


def test_tariffs_of_others_and_assumptions_need_confirming_and_facts_do_not():
    needed = {code for code, value in LIBRARY.unit_values.items() if needs_confirming(value)}
    assert {"wmo_dagbesteding", "schuld_voorkomen", "jeugdhulp"} <= needed
    assert not {"werk_minimumloon", "bijstand_alleenstaande", "wmo_begeleiding"} & needed


def test_the_heaviest_come_first_and_what_was_replaced_keeps_its_place(tmp_path):
    plain = loaded(portfolio(tmp_path / "a"))
    outcome = walk.compute(plain, draws=1000).outcome
    codes = [value.code for value in to_confirm(outcome)]
    assert codes[:2] == ["schuld_voorkomen", "wmo_dagbesteding"]
    assert set(codes) == NEEDED
    assert len(codes) <= MOST
    own = loaded(portfolio(tmp_path / "b", row(1, "wmo_dagbesteding", OWN_TARIFF, 46.15, price_year=2023)))
    outcome = walk.compute(own, draws=1000).outcome
    assert [value.code for value in to_confirm(outcome, own.tariffs)] == codes


def test_what_the_municipality_must_confirm_is_never_more_than_ten(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.method.confirmation.MOST", 2)
    outcome = walk.compute(loaded(portfolio(tmp_path)), draws=1000).outcome
    assert [value.code for value in to_confirm(outcome)] == ["schuld_voorkomen", "wmo_dagbesteding"]


def test_a_draft_tells_what_is_still_to_be_confirmed(tmp_path):
    path = examples(tmp_path) / "portefeuille.xlsx"
    (finding,) = told(path, "tariffs_to_confirm")
    assert finding.level == INFO
    assert "'Problematische schulden opgelost of voorkomen'" in finding.facts["values"]
    assert CARE.name not in finding.facts["values"]
    assert not told(path, "tariffs_unconfirmed")


def test_a_final_letter_with_unconfirmed_tariffs_is_warned_and_stays_a_draft(tmp_path):
    path = portfolio(tmp_path, *all_confirmed()[:-1], BR_15="definitief")
    (finding,) = told(path, "tariffs_unconfirmed")
    assert finding.level == WARN
    assert located(finding) == (
        "portefeuille.xlsx, Eigen tarieven!B9: Op het blad Brief staat 'definitief', maar de brief "
        "blijft CONCEPT: "
        "deze kengetallen wegen zwaar en zijn niet bevestigd: 'Ziekteverzuim minder (mensen met een baan)'. "
        "Bevestig ze op het blad Eigen tarieven."
    )
    assert written(path).startswith("CONCEPT")


def test_a_final_letter_with_every_heavy_tariff_confirmed_is_final(tmp_path):
    path = portfolio(tmp_path, *all_confirmed(), BR_15="definitief")
    assert not told(path, "tariffs_unconfirmed")
    assert "CONCEPT" not in written(path)


def test_confirming_does_not_make_a_draft_final(tmp_path):
    assert written(portfolio(tmp_path, *all_confirmed())).startswith("CONCEPT")


def written(path: Path) -> str:
    """The text of the letter of a portfolio."""
    folder = path.parent / "uit"
    assert cli.main(["brief", str(path), "--uit", str(folder)]) == 0
    return (folder / "raadsbrief.txt").read_text(encoding="utf-8").strip()


def test_a_single_form_has_nothing_to_confirm(tmp_path):
    form, findings = walk.load_form(examples(tmp_path) / "de_kade.xlsx")
    assert not stops(findings)
    codes = {f.code for f in walk.compute(form, draws=1000).findings}
    assert not codes & {"tariffs_to_confirm", "tariffs_unconfirmed"}


# --- usual quantities


@pytest.fixture
def any_share_weighs(monkeypatch):
    monkeypatch.setattr("toolkit.method.confirmation.MOST_USUAL", 0.0)


BY, ON = "BR_39", "BR_40"
SURE = {BY: "A. de Wit, wijkteam", ON: "12-1-2026"}


def uncounted(folder: Path, *rows: dict, **fields: object) -> Path:
    """The example portfolio in which Ons Erf does not know what its meals saved in all."""
    path = portfolio(folder, *rows, **fields)
    change(folder / "ons_erf.xlsx", {("EF-04", "total"): None})
    return path


def test_a_small_share_on_usual_quantities_needs_no_confirming(tmp_path):
    path = uncounted(tmp_path, *all_confirmed(), BR_15="definitief", **dict.fromkeys(SURE))
    assert not told(path, "usual_unconfirmed") + told(path, "usual_to_confirm")
    assert "CONCEPT" not in written(path)


@pytest.mark.parametrize("missing", [BY, ON])
def test_a_final_letter_stays_a_draft_until_usual_quantities_are_confirmed(
    tmp_path, missing, any_share_weighs
):
    fields = {**SURE, missing: None}
    path = uncounted(tmp_path, *all_confirmed(), BR_15="definitief", **fields)
    (finding,) = told(path, "usual_unconfirmed")
    assert finding.level == WARN
    assert finding.where.startswith("Brief!")
    assert sentence(replace(finding, facts={"share": 12.5, "most": 10})) == (
        "Op het blad Brief staat 'definitief', maar de brief blijft CONCEPT: 12,5 procent van de baten rust "
        "op gebruikelijke hoeveelheden, en bij meer dan 10 procent moet iemand bevestigen dat die hier "
        "kloppen. Vul op het blad Brief in wie dat bevestigde en wanneer, of vul in de formulieren in "
        "hoeveel het echt was."
    )
    assert 0 < finding.facts["share"] < 10
    assert written(path).startswith("CONCEPT")


def test_confirmed_usual_quantities_leave_the_letter_final(tmp_path, any_share_weighs):
    path = uncounted(tmp_path, *all_confirmed(), BR_15="definitief", **SURE)
    assert not told(path, "usual_unconfirmed")
    assert "CONCEPT" not in written(path)


def test_a_draft_tells_that_usual_quantities_are_still_to_be_confirmed(tmp_path, any_share_weighs):
    (finding,) = told(uncounted(tmp_path, **dict.fromkeys(SURE)), "usual_to_confirm")
    assert finding.level == INFO
    assert sentence(replace(finding, facts={"share": 12.0, "most": 10})) == (
        "Voordat de brief definitief kan worden, moet iemand de gebruikelijke hoeveelheden bevestigen: 12 "
        "procent van de baten rust daarop, en dat is meer dan 10 procent. Vul op het blad Brief in wie dat "
        "bevestigde en wanneer, of vul in de formulieren in hoeveel het echt was."
    )
