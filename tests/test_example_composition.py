"""The example study looks like the letter it imitates, and its answers are such as a council believes."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from forms import EXAMPLES

from toolkit.app import walk
from toolkit.method.appraisal import headline
from toolkit.method.defaults import SCALES
from toolkit.method.objections import named
from toolkit.model.finding import WARN
from toolkit.model.initiative import GROWTH, MONEY
from toolkit.model.study import DOMAINS
from toolkit.workbook.layout.labels import label

INCOME, DEBTS = "inkomen en armoede", "schulden"
SUPPORT, HEALTH = "maatschappelijke ondersteuning", "gezondheid"
WORK = ("Betaald werk gevonden vanuit de bijstand", "Betaald werk gevonden zonder uitkering vooraf")
TEACHES = ["default_deadweight", "default_still", "tariff_of_other_municipality"]
"""What the examples leave open on purpose, so that a reader sees what is said of it."""


@pytest.fixture(scope="module")
def computed() -> walk.Computed:
    loaded, findings = walk.load_portfolio(EXAMPLES / "portefeuille.xlsx")
    assert loaded is not None, findings
    return walk.compute(loaded, draws=1000)


@pytest.fixture(scope="module")
def outcome(computed):
    return computed.outcome


@pytest.fixture(scope="module")
def effects(computed):
    """(initiative, its effects by row) of what counts; of a change with several amounts the first."""
    return [
        (one, list({e.row: e for e in reversed(one.effects)}.values()))
        for one in computed.loaded.portfolio.counted
    ]


def per_value(outcome, group: str) -> dict[str, float]:
    """Present value per unit value of what a group gains."""
    members = [outcome.parties.index(party) for party in outcome.members(group)]
    found: dict[str, float] = defaultdict(float)
    for gain in outcome.gains:
        found[gain.line.effect.unit_value.code] += float(gain.amounts[members].sum())
    return found


def test_the_totals_stay_what_was_published(outcome):
    figures = headline(outcome)
    government = outcome.per_group()["overheid"][0]
    assert 9_410_000 <= outcome.benefits_pv < 9_450_000
    assert 5_700_000 < government < 0.605 * outcome.benefits_pv
    assert 3.595 <= figures.ratio < 3.605
    assert figures.payback_year in (4, 5)


def test_government_gains_most_by_support_debts_and_income(outcome):
    gains = outcome.per_group_and_domain()["overheid"]
    assert set(gains) <= set(DOMAINS)
    assert set(sorted(gains, key=gains.get)[-3:]) == {SUPPORT, DEBTS, INCOME}
    assert min(gains[domain] for domain in (SUPPORT, DEBTS, INCOME)) > 0.2 * sum(gains.values())


def test_participants_see_allowance_and_own_risk(outcome):
    gains = per_value(outcome, "deelnemers")
    total = outcome.per_group()["deelnemers"][0]
    largest = sorted(gains, key=gains.get)[-3:]
    assert set(largest) == {"werk_minimumloon", "vrijwilligersvergoeding", "eigen_risico"}
    assert gains["vrijwilligersvergoeding"] > 0.3 * total
    assert gains["eigen_risico"] > 0.04 * total


def test_paid_work_is_less_than_a_third(outcome):
    work = [g for g in outcome.gains if g.line.effect.change in WORK]
    assert 0.2 < sum(float(g.amounts.sum()) for g in work) / outcome.benefits_pv < 1 / 3
    half = SCALES["deadweight"]["half"].mode
    assert {g.line.effect.deadweight.mode for g in work} == {half}


def test_the_reporting_year_alone_brings_more_than_it_costs(computed):
    assert 1 < named(computed.answers.study, "counted_year").ratio < 2


def test_a_quarter_of_the_participants_at_most_needs_less_care(effects):
    for one, rows in effects:
        caring = [e for e in rows if e.domain in (SUPPORT, HEALTH) and e.person == "deelnemers"]
        assert len(caring) >= 2
        for effect in caring:
            assert effect.people <= one.participants / 4, (one.name, effect.name)


def test_hours_of_support_per_person_are_believable(effects):
    found = [
        effect.inflow[0].mode / effect.people
        for _, rows in effects
        for effect in rows
        if effect.unit_value.code in ("wmo_begeleiding", "wmo_dagbesteding")
    ]
    assert len(found) == 7
    assert 50 <= min(found) <= max(found) <= 100


def test_an_allowance_is_near_a_thousand_euros(effects):
    rows = [e for _, rows in effects for e in rows if e.unit_value.code == "vrijwilligersvergoeding"]
    assert len(rows) == 5
    assert all(900 <= effect.inflow[0].mode / effect.people <= 1000 for effect in rows)


def test_growth_is_explained_in_words_and_on_its_row(effects):
    for one, rows in effects:
        assert one.about["growth"] == "more"
        assert len(one.about["growth_why"]) > 60
        growing = [e for e in rows if max(n.mode for n in e.inflow) > e.inflow[0].mode]
        assert growing
        assert all(e.reasons[GROWTH] for e in growing)


def test_the_peak_of_the_costs_is_a_renovation_with_a_name(effects):
    building = ("Verbouwing", "Bouw", "Nieuw dak", "Verhuizing")
    for one, _ in effects:
        money = [i for i in one.investments if i.kind == MONEY]
        peak = max(money, key=lambda i: i.amounts[0].mode)
        assert peak.name.startswith(building)
        assert len(peak.amounts) == 1
        assert peak.amounts[0].mode > 0.5 * one.annual_accounts


def test_debt_help_is_a_saving_and_one_form_brings_people_to_it(effects):
    directions = Counter(
        e.direction for _, rows in effects for e in rows if e.unit_value.code == "schuldhulptraject"
    )
    assert directions == {"less": 2, "more": 1}


def test_every_way_of_answering_is_shown(computed):
    study = computed.loaded
    every = [(one, e) for one in study.portfolio.initiatives for e in one.effects]
    assert any("total" in e.defaults for _, e in every)
    assert any("deadweight" in e.defaults for _, e in every)
    assert any(e.unit_value.code.startswith("other_") for _, e in every)
    assert any(e.inflow[0].cell.startswith("Voor het wijkteam") for _, e in every)
    assert all(one.activities and one.referrals and one.pm_effects for one in study.portfolio.initiatives)
    assert any(effect.outputs for one in study.portfolio.initiatives for effect in one.pm_effects)
    consents = {one.story.get("quote_consent") for one in study.portfolio.initiatives}
    assert {label("yes_no", "yes"), label("yes_no", "no"), None} == consents


def test_the_sixth_does_not_count_and_says_why(computed):
    (sixth,) = [one for one in computed.loaded.portfolio.initiatives if not one.counted]
    assert sixth.name == "Het Trefpunt"
    assert "nog geen volledig jaar" in sixth.counted_reason


def test_only_what_teaches_is_left_to_warn_of(computed):
    assert sorted(f.code for f in computed.findings if f.level == WARN) == TEACHES
