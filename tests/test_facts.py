"""Facts: what a letter may say is computed, true, and known by name."""

import os
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from situations import (
    BARE_LETTER,
    LETTER,
    SITUATIONS,
    Situation,
    all_pay,
    bare,
    computed,
    effect,
    extra_spending,
    growth,
    initiative,
    mixed,
    money,
    nobody_promised,
    situation,
    told_beside,
)
from studies import portfolios

from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import headline
from toolkit.method.cash import above_gain, present
from toolkit.method.figures import domains_crossed, evidence_shares, largest_change, public_payer
from toolkit.method.montecarlo import Chance, Spread
from toolkit.method.summary import Summary
from toolkit.method.verdict import VERDICTS, verdict
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.initiative import TEMPORARY, Investment, PmEffect, Referral
from toolkit.model.letter import Means
from toolkit.reports.facts import Fact, FactError, Facts, NothingCounted
from toolkit.reports.facts.fact import FactBook, tags
from toolkit.reports.facts.objections import heaviest
from toolkit.reports.files.draft import draft
from toolkit.words import dutch, vocabulary
from toolkit.words.vocabulary import word
from toolkit.workbook.outcome.tables import headline_rows, transfer_rows

EVERYTHING = os.environ.get("WIJKBATEN_ALLES") == "1"


@pytest.fixture(params=SITUATIONS)
def any_situation(request) -> Situation:
    return SITUATIONS[request.param]()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


# --- all facts, in every situation ---


def test_every_fact_tells_its_meaning_and_unit(any_situation):
    for fact in any_situation.facts():
        assert fact.meaning and fact.unit and "{" not in fact.meaning.replace("{x}", "").replace("{to}", "")


def test_the_name_of_every_fact_can_be_a_tag_in_word(any_situation):
    assert [
        fact.name for fact in any_situation.facts() if not re.fullmatch(r"[A-Za-z0-9_.:-]{1,64}", fact.name)
    ] == []


def test_every_number_is_worded_and_no_judgement_is(any_situation):
    for fact in any_situation.facts():
        if isinstance(fact.value, bool):
            assert fact.text == ""
        elif isinstance(fact.value, int | float):
            assert re.search(r"\w", fact.text)


def test_a_worded_amount_never_lies(any_situation):
    for fact in any_situation.facts():
        if fact.unit == "euro" and fact.text.startswith(("ruim", "bijna")):
            rounded = dutch.rounded_value(fact.value)
            assert (Decimal(str(fact.value)) > rounded) == fact.text.startswith("ruim")


def test_every_count_is_as_long_as_its_list(any_situation):
    facts = any_situation.facts()
    pairs = {
        "initiatieven.genoemd": "initiatieven.namen",
        "initiatieven.geteld": "initiatieven.geteld_namen",
        **{f"oordeel.{name}.aantal": f"oordeel.{name}.namen" for name in VERDICTS},
        "domein_overstijgend.aantal": "domein_overstijgend.namen",
        "groepen.aantal": "groepen.volgorde",
    }
    for count, names in pairs.items():
        assert facts[count].value == len(facts[names].value)
    rows = {
        "initiatieven.niet_geteld": "niet_geteld",
        "pm_totaal.aantal": "pm_rijen",
        "aannames_totaal.aantal": "aannames",
        "groepen.aantal": "groepen_op_volgorde",
    }
    for count, name in rows.items():
        assert facts[count].value == len(facts.lists[name])


def test_exactly_one_verdict_holds_and_every_counted_initiative_has_one(any_situation):
    facts = any_situation.facts()
    assert sum(facts[name].value for name in VERDICTS) == 1
    judged = [name for v in VERDICTS for name in facts[f"oordeel.{v}.namen"].value]
    assert sorted(judged) == sorted(facts["initiatieven.geteld_namen"].value)


def test_groups_add_up_to_the_total_and_stand_with_the_largest_first(any_situation):
    facts = any_situation.facts()
    amounts = [facts[f"{branch}.baten"].value for branch in facts.lists["groepen_op_volgorde"]]
    assert sum(amounts) == pytest.approx(facts["totaal.baten"].value)
    assert amounts == sorted(amounts, reverse=True)


def test_shares_exist_only_where_no_group_loses(any_situation):
    facts = any_situation.facts()
    branches = facts.lists["groepen_op_volgorde"]
    told = [f"{branch}.aandeel" in facts for branch in branches]
    loses = any(facts[f"{branch}.baten"].value < -0.5 for branch in branches)
    assert facts["groepen.groep_verliest"].value == loses
    assert all(told) if facts["groepen.aandelen_bestaan"] else not any(told)
    assert not (loses and any(told))


def test_figures_are_those_of_the_method(any_situation):
    facts, figures = any_situation.facts(), headline(any_situation.outcome)
    assert facts["totaal.baten"].value == figures.benefits_pv
    assert facts["totaal.saldo"].value == figures.npv
    assert facts["terugverdientijd.bestaat"].value == (figures.payback_year is not None)
    assert facts["verhouding.bestaat"].value == (figures.ratio is not None)


@pytest.fixture(params=[name for name in SITUATIONS if name != "own_parties"])
def told_twice(request) -> Situation:
    """A situation with the parties of a workbook."""
    return SITUATIONS[request.param]()


def test_the_workbook_counts_as_many_domains_as_the_letter_names(told_twice):
    facts = told_twice.facts()
    for code in told_twice.outcome.initiatives:
        shown = in_workbook(told_twice.summary(code))
        assert shown["domains_crossed"] == len(facts[f"initiatief.{code}.domeinen"].value)


def test_a_harmful_effect_without_a_price_crosses_no_domain():
    effects = (effect("E1", "wmo_begeleiding", 900.0),)
    harm = PmEffect("Meer geluid op straat", "wonen en leefbaarheid", "-", "klachten", "A", "PM-01")
    case = situation([initiative("KADE", "De Kade", effects=effects, pm_effects=(harm,))])
    shown = in_workbook(case.summary())
    assert shown["domains_crossed"] == 1
    assert case.facts()["initiatief.KADE.domeinen"].value == ("maatschappelijke ondersteuning",)
    assert [case.facts()[f"{branch}.naam"].text for branch in case.facts().lists["pm_nadelen"]] == [harm.name]


def test_the_workbook_and_the_letter_give_the_same_figures(told_twice):
    facts = told_twice.facts()
    shown = in_workbook(told_twice.summary())
    for figure, name in {
        "government": "overheid.baten",
        "government_share": "overheid.aandeel",
        "ratio": "verhouding.waarde",
        "per_payer_euro": "verhouding.publiek",
        "break_even_participants": "omslag.deelnemers",
    }.items():
        absent = "full_cover" if "publiek" in name and facts["geen_dekking.bestaat"] else figure
        told = facts[name].value if name in facts else word(f"form.absent.{absent}")
        assert shown[figure] == (told if isinstance(told, str) else pytest.approx(told, rel=1e-12)), figure
    assert shown["volunteer_hours"] == facts["vrijwilligers.uren_per_jaar"].value


def in_workbook(summary: Summary) -> dict[str, object]:
    """Table tblKern: figure -> value."""
    return {row["row"]: row["value"] for row in headline_rows(summary)}


def test_the_workbook_and_the_letter_tell_the_same_transfers(told_twice):
    facts = told_twice.facts()
    told = [facts[f"{branch}.bedrag"].value for branch in facts.lists["overdrachten"]]
    shown = [row["amount"] for row in transfer_rows(told_twice.summary())]
    assert shown == pytest.approx(sorted(told, reverse=True), rel=1e-12)


def test_a_number_of_participants_that_nobody_told_gives_no_break_even_anywhere():
    case = situation([initiative("KADE", "De Kade"), initiative("ERF", "Ons Erf", participants=None)])
    shown = in_workbook(case.summary())
    assert shown["break_even_participants"] == word("form.absent.break_even_participants")
    assert not case.facts()["omslag.deelnemers_bekend"]


def test_hours_among_the_changes_count_in_the_workbook_as_in_the_letter():
    hours = effect("E9", "vrijwilligersuur", 500.0)
    case = situation([initiative("KADE", "De Kade", effects=(hours,), investments=())])
    shown = in_workbook(case.summary())
    assert shown["volunteer_hours"] == case.facts()["vrijwilligers.uren_per_jaar"].value == 500.0


def test_what_others_found_and_what_is_counted_comes_from_the_library_of_the_study():
    name, ours = "Betaald werk gevonden vanuit de bijstand", load_library()
    (code,) = (code for code, change in ours.changes.items() if change.name == name)
    changes = {**ours.changes, code: replace(ours.changes[code], unit="buurtgenoten")}
    peers = (replace(ours.peers[0], name="ons eigen onderzoek", ratio=0.5),)
    case = replace(all_pay(), library=replace(ours, changes=changes, peers=peers))
    facts = case.facts()
    branch = next(b for b in facts.lists["aantallen"] if facts[f"{b}.naam"].text == name)
    assert facts[f"{branch}.eenheid"].text == "buurtgenoten"
    assert "ons eigen onderzoek" in facts["elders.gevonden"].text
    assert facts["elders.hoger"] and not all_pay().facts()["elders.lager"]


def test_what_comes_from_benefits_names_existing_lines(any_situation):
    keys = {line.key for line in any_situation.outcome.lines}
    facts = any_situation.facts()
    for branch in facts.lists["groepen_op_volgorde"]:
        assert set(facts[f"{branch}.baten"].provenance) <= keys
    assert set(facts["totaal.baten"].provenance) == keys


def test_every_entry_in_words_is_a_fact_somewhere():
    used = {fact.meaning for make in SITUATIONS.values() for fact in make().facts(findings=_findings())}
    patterns = [
        re.sub(r"\\{\w+\\}", ".*", re.escape(meaning))
        for meaning in _meanings(vocabulary.table("facts")["fact"])
    ]
    assert [p for p in patterns if not any(re.fullmatch(p, meaning) for meaning in used)] == []


def _meanings(table):
    for value in table.values():
        if isinstance(value.get("meaning"), str):
            yield value["meaning"]
        else:
            yield from _meanings(value)


@pytest.fixture(autouse=True)
def messages(monkeypatch):
    """Two findings with a sentence, so that tests do not lean on the sentences of others."""
    real = vocabulary.table
    sentences = {"odd": {"text": "hier staat {found}"}}
    monkeypatch.setattr(vocabulary, "table", lambda name: sentences if name == "messages" else real(name))


def _findings():
    return [
        Finding(WARN, "odd", "Geld!F9", {"found": 0}, "kade.xlsx"),
        Finding(WARN, "odd", "Geld!F9", {"found": 0}, "kade.xlsx"),
        Finding(INFO, "odd", "Geld!F10", {"found": 1}),
    ]


def test_findings_at_level_let_op_are_told_once_each():
    facts = all_pay().facts(findings=_findings())
    assert [facts[f"{branch}.tekst"].text for branch in facts.lists["bevindingen"]] == [
        "kade.xlsx, Geld!F9: hier staat 0"
    ]


# --- what the facts say ---


def test_six_are_named_five_are_counted_and_the_other_has_its_reason():
    facts = all_pay().facts()
    assert (facts["initiatieven.genoemd"].text, facts["initiatieven.geteld"].text) == ("zes", "vijf")
    assert facts["initiatieven.geteld_namen"].text.endswith("De Spil en Buurtwerkplaats Noord")
    assert "Het Trefpunt" not in facts["initiatieven.geteld_namen"].value
    assert facts.lists["niet_geteld"] == ("initiatief.PUNT",)
    assert facts["initiatief.PUNT.reden"].text == "gestart in het najaar."


def test_who_a_claim_holds_for_is_said_in_words():
    facts = mixed().facts()
    assert facts["oordeel.rendeert.wie"].text == "twee van de vier wijkbedrijven (De Kade en Ons Erf)"
    assert facts["domein_overstijgend.wie"].text == "alle vier wijkbedrijven"
    assert not facts["rendeert_bij_alle"] and facts["rendeert_bij_sommige"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all_pay", "rendeert"),
        ("expected", "rendeert_naar_verwachting"),
        ("about_equal", "ongeveer_gelijk"),
        ("uncertain", "onzeker"),
        ("none_pays", "kost_meer"),
        ("harmful", "kost_meer"),
        ("without_costs", "zonder_kosten"),
    ],
)
def test_each_situation_gets_the_verdict_it_deserves(name, expected):
    assert SITUATIONS[name]().facts()[expected]


PERCENTILES = st.lists(st.floats(-5, 20), min_size=3, max_size=3).map(sorted)


@given(PERCENTILES, st.floats(-5, 20))
def test_a_verdict_never_says_more_than_chance_and_the_printed_ratio_allow(points, ratio):
    low, middle, high = points
    spread = Spread(middle, 1.0, {"p5": low, "p50": middle, "p95": high})
    found = verdict(Chance(spread, spread, spread, spread, {}, 0.5), ratio)
    if found == "rendeert":
        assert low > 1 and ratio > 1
    if found == "rendeert_naar_verwachting":
        assert middle > 1 and ratio > 1
    if found == "kost_meer":
        assert high < 1 and ratio < 1
    if low > 1 and ratio > 1:
        assert found == "rendeert"


def test_without_costs_there_is_no_ratio_and_no_verdict_on_it():
    spread = Spread(1.0, 0.0, {})
    assert verdict(Chance(spread, spread, spread, None, {}, 1.0), None) == "zonder_kosten"


def test_a_domain_counts_with_a_tenth_of_the_benefits_or_a_well_evidenced_improvement():
    one = [effect("E1", "wmo_begeleiding", 900.0)]
    improvements = (
        PmEffect("minder eenzaam", "gezondheid", "+", "", "B", "P1"),
        PmEffect("meer lawaai", "wonen en leefbaarheid", "-", "", "A", "P2"),
        PmEffect("meer vertrouwen", "sociale samenhang", "++", "", "C", "P3"),
    )
    case = situation([initiative("KADE", "De Kade", effects=tuple(one), pm_effects=improvements)])
    outcome = case.outcome.initiatives["KADE"]
    assert domains_crossed(outcome, improvements) == ("maatschappelijke ondersteuning", "gezondheid")


def test_what_the_government_gains_by_a_transfer_is_what_residents_miss():
    facts = SITUATIONS["a_group_loses"]().facts()
    gained, missed = (facts[f"overdrachten_overheid.ontvangt{end}"].value for end in ("", "_bewoners"))
    assert gained == pytest.approx(missed) and gained > 0
    assert not facts["overdrachten_overheid.geeft_iets"]
    assert facts["groepen.verliezers"].value == ("deelnemers",)


def test_only_unit_values_that_free_cash_count_for_the_budget():
    case = situation([initiative("KADE", "De Kade", effects=(effect("E1", "schuldhulptraject", 10.0),))])
    assert case.facts()["partij.gemeente.baten"].value > 0
    assert not case.facts()["verzilverbaar.speelt_vrij"]
    freeing = situation(
        [initiative("KADE", "De Kade", effects=(effect("E1", "wmo_begeleiding", 10.0, lag=1),))]
    )
    facts = freeing.facts()
    assert facts["verzilverbaar.minder"].value == pytest.approx(facts["partij.gemeente.baten"].value)
    assert facts["verzilverbaar.extra"].value == 0 and not facts["verzilverbaar.kost_extra"]
    assert facts["verzilverbaar.vanaf"].text == "2026"
    assert facts["verzilverbaar.voorwaarden"].text == "waar de gemeente hulp per uur betaalt"


def test_extra_use_costs_the_municipality_money():
    facts = SITUATIONS["harmful"]().facts()
    assert facts["verzilverbaar.kost_extra"] and facts["verzilverbaar.per_saldo_meer"]
    assert facts["verzilverbaar.extra"].value == facts["verzilverbaar.nadeel"].value > 0


def test_temporary_money_is_that_of_the_costs_also_where_the_letter_lists_it():
    listed = all_pay().facts()
    assert listed["tijdelijk.namen"].text == "SPUK en Regiodeal"
    assert listed["tijdelijk.eerste_einde"].value == 2027 and listed["tijdelijk_gat"]
    facts = situation([initiative("KADE", "De Kade")], BARE_LETTER).facts()
    assert (facts["middel.1.naam"].text, facts["middel.1.einde"].text) == ("SPUK", "2027")
    assert facts["middel.1.bedrag"].value == pytest.approx(3 * 60_000)


def test_money_that_lasts_as_long_as_the_study_leaves_no_gap():
    letter = replace(LETTER, means=(Means("SPUK", 1.0, 2029),))
    lasting = (money("gemeente", "subsidie", 60_000, code="GI-01"),)
    kade = initiative("KADE", "De Kade", investments=lasting)
    assert not situation([kade], letter).facts()["tijdelijk_gat"]


def test_when_temporary_money_ends_is_told_by_the_costs_before_the_letter():
    letter = replace(LETTER, means=(Means("SPUK", 1.0, 2029),))
    facts = situation([initiative("KADE", "De Kade")], letter).facts()
    assert facts["tijdelijk_gat"] and facts["tijdelijk.eerste_einde"].value == 2027


def test_an_initiative_without_known_costs_does_not_flatter_unseen():
    free = initiative("ERF", "Ons Erf", investments=())
    facts = situation([initiative("KADE", "De Kade"), free]).facts()
    alone = situation([initiative("KADE", "De Kade")]).facts()
    assert facts["verhouding.geflatteerd"]
    assert facts["verhouding.met_kosten"].value == pytest.approx(alone["verhouding.waarde"].value)
    assert facts["verhouding.waarde"].value == pytest.approx(2 * alone["verhouding.waarde"].value)
    assert not alone["verhouding.geflatteerd"]
    nothing = Investment("gemeente", "subsidie", (Estimate(0.0),), code="GI-01")
    empty = situation([initiative("ERF", "Ons Erf", investments=(nothing,))]).facts()
    assert not empty["verhouding.geflatteerd"]


def test_costs_of_next_to_nothing_are_none():
    speck = Investment("gemeente", "subsidie", (Estimate(5e-324),), code="GI-01")
    facts = situation([initiative("ERF", "Ons Erf", investments=(speck,))]).facts()
    assert not facts["verhouding.bestaat"] and facts["zonder_kosten"]


def test_a_loss_tells_what_it_comes_from():
    loser = SITUATIONS["a_group_loses"]().facts()["deelnemers.nadelen"]
    assert loser.value and "ijstand" in loser.text


def test_money_that_others_receive_less_is_told_where_cash_is():
    facts = all_pay().facts()
    assert facts["verzilverbaar.deels_overdracht"] and facts["verzilverbaar.binnen_buig"]
    assert 0 < facts["verzilverbaar.overdracht"].value <= facts["verzilverbaar.minder"].value


def test_room_that_per_cents_cannot_tell_is_not_told():
    assert not SITUATIONS["about_equal"]().facts()["omslag.bestaat"]


def test_volunteer_hours_are_a_number_outside_the_sums():
    facts = situation([initiative("KADE", "De Kade"), initiative("ERF", "Ons Erf")]).facts()
    assert facts["vrijwilligers.uren_per_jaar"].text == "4.000"
    hours = effect("E9", "vrijwilligersuur", 500.0)
    paid = Investment("gemeente", "subsidie", (), code="GI-01")
    told = situation([initiative("KADE", "De Kade", effects=(hours,), investments=(paid,))]).facts()
    assert told["vrijwilligers.uren_per_jaar"].value == pytest.approx(500)


def test_temporary_effects_are_marked_in_the_examples():
    facts = all_pay().facts()
    assert facts["overheid.voorbeelden"].text.endswith("(alle drie tijdelijk)")
    assert facts["wijkbewoners.voorbeelden"].text == "geld dat bewoners besparen (tijdelijk)"
    lasting = replace(
        effect("E1", "schuld_voorkomen", 5.0),
        drop_off=replace(effect("E1", "schuld_voorkomen", 1).drop_off, mode=0.0),
    )
    case = situation([initiative("KADE", "De Kade", effects=(lasting,))])
    assert case.facts()["overheid.voorbeelden"].text == "minder problematische schulden"


def test_the_same_effect_without_a_price_is_told_once_with_all_who_name_it():
    facts = all_pay().facts()
    told = facts.lists["pm_voorbeelden"]
    assert [facts[f"{branch}.naam"].text for branch in told] == [
        "De buurt kent elkaar",
        "Bewoners hebben weer vertrouwen in de overheid",
    ]
    assert len(facts[f"{told[0]}.wie"].value) == 5
    assert [facts[f"{branch}.naam"].text for branch in facts.lists["pm_nadelen"]] == ["Meer geluid op straat"]


def test_defaults_are_counted_per_form_row():
    facts = all_pay().facts()
    assert (facts["standaard.aantal"].value, facts["standaard.van"].value) == (5, 30)


def test_pairs_without_an_answer_about_overlap_are_counted():
    facts = all_pay().facts()
    assert facts["overlap.gecorrigeerd"] and facts["overlap.paren_open"].text == "negen"
    assert facts["overlap.bedrag"].value > 0


def test_large_numbers_follow_the_notation_of_the_letter():
    case = all_pay()
    assert plain(case.facts()["totaal.baten"].text).endswith("mln. euro")
    other = replace(case, letter=replace(LETTER, notation=""))
    assert plain(other.facts()["totaal.baten"].text).endswith("miljoen euro")


def test_the_discount_rate_has_no_more_decimals_than_it_needs():
    texts = {
        rate: situation(
            [initiative("KADE", "De Kade")], study=replace(all_pay().outcome.study, discount_rate=rate)
        )
        .facts()["studie.discontovoet"]
        .text
        for rate in (0.0225, 0.035, 0.03)
    }
    assert texts == {0.0225: "2,25%", 0.035: "3,5%", 0.03: "3%"}


def test_many_names_become_a_number():
    many = [initiative(f"I{n}", f"Initiatief {n}", counted=n < 2) for n in range(14)]
    facts = situation(many).facts()
    assert facts["initiatieven.namen"].text == "14 in totaal, genoemd in de bijlage"
    assert facts["initiatieven.geteld_namen"].text == "Initiatief 0 en Initiatief 1"


def test_names_that_are_no_plain_codes_get_a_number_instead():
    assert "initiatief.nr1.baten" in SITUATIONS["own_parties"]().facts()
    assert tags(["A", "ß"]) == {"A": "nr1", "ß": "nr2"}


def test_a_study_in_which_nothing_counts_has_no_letter():
    with pytest.raises(NothingCounted):
        situation([initiative("KADE", "De Kade", counted=False)]).facts()


# --- what the figures rest on, and what is left if a critic is right ---


def test_the_parts_of_the_evidence_are_those_of_the_method_and_together_all(any_situation):
    facts = any_situation.facts()
    told = [facts[f"{branch}.aandeel"].value for branch in facts.lists["bewijs_rijen"]]
    shares = evidence_shares(any_situation.outcome) or {}
    assert told == pytest.approx([share for share in shares.values() if share > 1e-9])
    assert not told or sum(told) == pytest.approx(1)
    said = facts.lists["bewijs_verslagjaar"] + facts.lists["bewijs_later"]
    assert all(facts[f"{branch}.aandeel"].text != "0%" for branch in said)


def test_the_largest_effect_is_that_of_the_method_with_how_many_are_left(any_situation):
    facts, found = any_situation.facts(), largest_change(any_situation.outcome)
    assert facts["grootste.bestaat"].value == (found is not None)
    if found is not None:
        assert facts["grootste.aandeel"].value == pytest.approx(found.share)
        assert (facts["grootste.bruto"].value, facts["grootste.netto"].value) == (found.gross, found.net)
        assert facts["grootste.netto"].value <= facts["grootste.bruto"].value


def test_every_objection_is_told_as_the_method_answers_it(any_situation):
    facts, answers = any_situation.facts(), any_situation.answers.study
    for branch, answer in zip(facts.lists["tegenwerpingen"], answers, strict=True):
        assert facts[f"{branch}.naam"].text == answer.objection.name
        assert facts[f"{branch}.baten"].value == answer.benefits_pv
        assert facts[f"{branch}.kosten"].value == answer.costs_pv
        assert (f"{branch}.verhouding" in facts) == (answer.ratio is not None)
    year = next(a for a in answers if a.objection.code == "counted_year")
    assert facts["verslagjaar.baten"].value == year.benefits_pv


def test_the_heaviest_objection_is_no_comparison_and_is_not_told_twice(any_situation):
    facts, answers = any_situation.facts(), any_situation.answers.study
    worst = heaviest(answers)
    beside = {"cautious", "transfers", "peer", "counted_year"}
    others = [a.ratio for a in answers if a.objection.code not in beside and a.ratio is not None]
    assert (worst is None) == (not others)
    assert worst is None or (worst.ratio == min(others) and worst.objection.code not in beside)
    assert bool(facts.lists["zwaarste_tegenwerping"]) == facts["verhouding.bestaat"].value


def test_a_forecast_that_grows_shows_more_than_the_reporting_year_alone():
    facts = growth().facts()
    assert facts["verslagjaar.verhouding"].value < facts["verhouding.waarde"].value / 2
    assert facts["verslagjaar.lager"] and not all_pay().facts()["verslagjaar.lager"]
    assert facts["verslagjaar.kosten"].value == pytest.approx(60_000 + 50_000 / 5)


def test_the_draws_with_more_benefits_than_costs_are_never_overstated(any_situation):
    told = any_situation.facts()["zekerheid.hoger"]
    share = any_situation.simulation.study.chance_benefits_exceed_costs
    assert told.value <= 100 * share + 1e-6 and told.value <= 95
    assert told.text == f"{told.value} van de 100"


def test_work_tells_with_which_shares_it_was_computed_and_what_is_given_up():
    facts = all_pay().facts()
    assert (facts["werk.zonder_ons"].text, facts["werk.verdringing"].text) == ("25%", "0%")
    assert facts["werk.wat"].value == ("minder bijstandsuitkeringen",)
    assert facts["werk.ingeleverd"].value == pytest.approx(
        facts["overdrachten_overheid.ontvangt_bewoners"].value
    )
    one, other = (effect(code, "werk_minimumloon", 2.0) for code in ("E1", "E2"))
    apart = (replace(one, deadweight=Estimate(0.1)), replace(other, deadweight=Estimate(0.5)))
    told = situation([initiative("KADE", "De Kade", effects=apart)]).facts()
    assert told["werk.zonder_ons"].text == "10% tot 50%" and not told["werk.levert_in"]
    assert not bare().facts()["werk.bestaat"]


def test_government_without_transfers_is_what_is_left_of_its_benefits():
    facts = SITUATIONS["a_group_loses"]().facts()
    assert facts["zonder_overdrachten.overheid"].value == pytest.approx(
        facts["overheid.baten"].value - facts["overdrachten_overheid.ontvangt"].value
    )


# --- cash and cover ---


def test_cash_is_that_of_the_method_with_what_is_spent_extra(any_situation):
    facts, outcome = any_situation.facts(), any_situation.outcome
    if not facts["heeft_gemeente"]:
        assert facts["verzilverbaar.minder"].value == facts["verzilverbaar.extra"].value == 0
        return
    found = present(outcome).of(outcome.parties.index("gemeente"))
    assert facts["verzilverbaar.minder"].value == pytest.approx(float(found.saved))
    assert facts["verzilverbaar.extra"].value == pytest.approx(float(found.extra))
    assert facts["verzilverbaar.saldo"].value == pytest.approx(float(found.net))
    assert facts["verzilverbaar.eigen_bijdrage"].value == pytest.approx(float(found.own))
    assert facts["verzilverbaar.boven_baten"].value == ("gemeente" in above_gain(outcome))


def test_less_spending_above_the_gain_of_the_municipality_is_told():
    facts = extra_spending().facts()
    assert facts["verzilverbaar.minder"].value > facts["partij.gemeente.baten"].value
    assert facts["verzilverbaar.boven_baten"] and not all_pay().facts()["verzilverbaar.boven_baten"]


@settings(max_examples=200 if EVERYTHING else 12)
@given(portfolios())
def test_every_euro_of_cost_has_one_payer_or_no_cover(portfolio):
    assume(portfolio.counted)
    facts = computed(portfolio, BARE_LETTER).facts()
    paid = sum(facts[f"{branch}.som"].value for branch in facts.lists["betalers"])
    assert paid == pytest.approx(facts["kosten.som"].value, abs=1e-3)
    parties = {name for name in facts.by_name if re.fullmatch(r"partij\.[^.]+\.kosten", name)}
    assert sum(facts[name].value for name in parties) == pytest.approx(facts["totaal.kosten"].value, abs=1e-3)


def test_what_nobody_promised_is_no_payer_and_no_group():
    facts = nobody_promised().facts()
    assert not facts["kosten.iemand_betaalt"] and facts["kosten.bestaan"]
    assert facts["geen_dekking.bedrag"].value == facts["totaal.kosten"].value
    assert facts["geen_dekking.jaren"].value == ("2025", "2026", "2027", "2028", "2029")
    assert facts.lists["betalers"] == ("betaler.geen_dekking",)
    assert facts["groepen.aantal"].value == 4 and not facts["verhouding.publiek_bestaat"]


def test_per_euro_of_a_payer_only_years_with_full_cover_count_and_beside_it_all():
    facts, payer = all_pay().facts(), public_payer(all_pay().outcome)
    assert facts["verhouding.publiek"].value == pytest.approx(payer.ratio)
    assert facts["verhouding.publiek_als_gedekt"].value == pytest.approx(payer.with_gap)
    covered = SITUATIONS["secured"]().facts()
    assert not covered["verhouding.publiek_met_tekort"] and not covered["geen_dekking.bestaat"]


# --- facts themselves ---


def test_a_number_is_not_a_condition():
    with pytest.raises(FactError, match="not a condition"):
        bool(bare().facts()["totaal.baten"])


def test_a_fact_is_given_once():
    book = FactBook("", bare().outcome, bare().simulation)
    book.flag("voorbeeld", True)
    with pytest.raises(FactError, match="twice"):
        book.flag("voorbeeld", False)


def test_a_name_is_not_both_a_fact_and_a_branch():
    fact = Fact("a", 1, "1", "", "")
    with pytest.raises(FactError, match="below"):
        Facts({"a": fact, "a.b": fact}, {}).tree()
    with pytest.raises(FactError, match="branch"):
        Facts({"a.b": fact, "a": fact}, {}).tree()
    with pytest.raises(FactError, match="list"):
        Facts({"a.b": fact}, {"a": ("a",)}).tree()


def test_a_cost_without_a_code_can_be_the_heaviest_assumption():
    wide = (Estimate(100_000.0, 10_000.0, 500_000.0),) * 5
    costs = (Investment("gemeente", "huur", wide), Investment("gemeente", "huur", wide))
    facts = situation([initiative("KADE", "De Kade", investments=costs)]).facts()
    assert facts["aanname.1.naam"].text == "de kosten van ‘huur’ (De Kade)"


def test_the_gap_is_what_other_money_takes_over_from_temporary_money_and_never_more():
    passing = Investment(
        "rijk",
        "tijdelijk",
        (Estimate(30_000.0),) * 2,
        code="GI-01",
        term=TEMPORARY,
        until=2026,
        scheme="SPUK",
    )
    taken_over = (Estimate(10_000.0),) * 2 + (Estimate(25_000.0), Estimate(90_000.0), Estimate(10_000.0))
    lasting = Investment("gemeente", "subsidie", taken_over, code="GI-02")
    facts = situation([initiative("KADE", "De Kade", investments=(passing, lasting))]).facts()
    gaps = {branch: facts[f"{branch}.bedrag"].value for branch in facts.lists["gat_jaren"]}
    assert gaps == {"gat.jaar2027": 15_000.0, "gat.jaar2028": 30_000.0}


def test_without_temporary_money_there_is_no_gap():
    assert SITUATIONS["secured"]().facts().lists["gat_jaren"] == ()


def test_a_name_with_and_inside_stands_in_quotes_in_a_list():
    assert FactBook.names_text(["werk en participatie"]) == "werk en participatie"
    assert FactBook.names_text(["schulden", "werk en participatie"]) == "schulden en ‘werk en participatie’"


def test_the_participants_it_takes_are_the_share_of_costs_in_benefits():
    facts = all_pay().facts()
    share = facts["totaal.kosten"].value / facts["totaal.baten"].value
    assert facts["omslag.deelnemers"].value == pytest.approx(600 * share)


# --- people and work without euros ---


def no_price(name: str, domain: str, people: float | None, outputs: str = "") -> PmEffect:
    return PmEffect(name, domain, "+", "een telling", "A", "PM-01", people=people, outputs=outputs)


def test_an_effect_without_a_price_tells_at_how_many_people_it_was_seen():
    proud = no_price("Trots op de wijk", "sociale samenhang", 24.0, "elke week samen eten")
    facts = situation([initiative("KADE", "De Kade", pm_effects=(proud,))]).facts()
    assert (facts["pm.1.mensen"].value, facts["pm.1.mensen"].text) == (24, "24 mensen")
    assert facts["pm.1.gedaan"].text == "elke week samen eten"
    assert facts["pm.1.mensen"].provenance == ("KADE.PM-01",)


def test_the_same_effect_of_several_is_added_up_only_where_all_of_them_gave_a_number():
    both = [no_price("Trots op de wijk", "sociale samenhang", number) for number in (24.0, 11.0)]
    names = {"KADE": "De Kade", "ANKER": "Het Anker"}
    told = [initiative(c, n, pm_effects=(e,)) for (c, n), e in zip(names.items(), both, strict=True)]
    assert situation(told).facts()["pm_samen.1.mensen"].text == "35 mensen"
    untold = [told[0], replace(told[1], pm_effects=(replace(both[1], people=None),))]
    assert not situation(untold).facts()["pm_samen.1.heeft_mensen"]


@pytest.mark.parametrize(
    ("domain", "people", "text"),
    [("schulden", 9.0, None), ("schulden", 10.0, "tien mensen"), ("sociale samenhang", 1.0, "één mens")],
)
def test_fewer_than_ten_people_with_debts_are_not_told(domain, people, text):
    case = situation([initiative("KADE", "De Kade", pm_effects=(no_price("Rust", domain, people),))])
    facts = case.facts()
    assert bool(facts["pm.1.heeft_mensen"]) is (text is not None)
    assert ("pm.1.mensen" in facts and facts["pm.1.mensen"].text) == (text or False)


def test_outputs_are_added_up_per_kind_and_told_with_whom_was_referred():
    facts = told_beside().facts()
    assert facts["gedaan_totaal.grootste"].text == "4.200 maaltijden, 400 reparaties en buurtfeesten (1)"
    assert facts["gedaan.1.aantal"].provenance == ("KADE.WD-01", "ANKER.WD-01")
    assert facts["doorverwezen.aantal"].text == "26 mensen"
    assert facts["doorverwezen.naar"].text == "schuldhulp en taalles of scholing"
    text = plain(str(draft(facts, told_beside().letter)["txt"]))
    assert (
        "De wijkbedrijven die meetellen, telden in het verslagjaar samen 4.200 maaltijden, 400 reparaties en "
        "buurtfeesten (1). De wijkbedrijven verwezen 26 mensen door naar andere organisaties: schuldhulp en "
        "taalles of scholing."
    ) in " ".join(text.split())
    assert "Trots op de wijk, bij 35 mensen (" in text


def referring(*told: tuple[str, str, float]) -> Facts:
    """The facts where De Kade referred so many people to each."""
    rows = tuple(Referral(what, people, f"DV-0{n}", kind=kind) for n, (what, kind, people) in enumerate(told))
    return situation([initiative("KADE", "De Kade", referrals=rows)]).facts()


@pytest.mark.parametrize(
    ("kind", "people", "text"),
    [("debt_help", 9.0, ""), ("debt_help", 10.0, "tien mensen"), ("", 9.0, ""), ("housing", 1.0, "één mens")],
)
def test_fewer_than_ten_referred_people_are_told_only_where_it_is_not_about_debts_or_care(kind, people, text):
    facts = referring(("een organisatie", kind, people))
    assert bool(facts["doorverwezen.heeft_aantal"]) is bool(text)
    assert ("doorverwezen.aantal" in facts and facts["doorverwezen.aantal"].text) == (text or False)
    assert facts["doorverwezen.naar"].text == "een organisatie"


def test_where_nobody_counted_what_was_done_the_letter_has_no_word_about_it():
    case = situation([initiative("KADE", "De Kade")])
    text = str(draft(case.facts(), case.letter)["txt"])
    assert "telde in het verslagjaar" not in text and "door naar andere organisaties" not in text
