"""Evidence, cash and cover: what a figure rests on, who spends less and more, and who pays."""

from __future__ import annotations

import numpy as np
import pytest
from forms import change, light_example
from hypothesis import given
from studies import YEAR, as_object, cost, effect, initiative, portfolio, portfolios, unit_value

from toolkit.app import walk
from toolkit.kengetallen.budgets import load_budgets
from toolkit.kengetallen.library import load_library
from toolkit.method import cash
from toolkit.method.appraisal import appraise, appraise_study, headline
from toolkit.method.figures import evidence_shares, gains_of, largest_change, of_reporting_year, public_payer
from toolkit.method.gap import gaps
from toolkit.model.result import Outcome
from toolkit.model.study import NO_COVER, Study
from toolkit.workbook.layout.labels import label

LIBRARY = load_library()
HANDED = {"kind": "overdracht", "shares": {"gemeente": 1.0, "persoon": -0.88, "rijk": -0.12}}
CASH = {"frees_cash": "ja, waar per uur wordt betaald"}
WELFARE = unit_value(10, frees_cash="ja, binnen het BUIG-budget")


def outcome(*parts: object, horizon: int = 3, **rest: object) -> Outcome:
    return appraise(initiative(*parts), portfolio(horizon=horizon, **rest).study, LIBRARY.index)


def shares(*parts: object, **rest: object) -> dict[str, float]:
    return {
        kind: round(share, 6) for kind, share in evidence_shares(outcome(*parts, **rest)).items() if share
    }


# --- evidence ---


def test_what_the_reporting_year_brings_has_its_grade_and_what_comes_later_is_expected():
    rows = effect(75, 1, grade="A"), effect(25, 1, 3, code="E2", grade="C")
    assert shares(*rows) == {"A": 0.428571, "C": 0.142857, "expected": 0.428571}


def test_what_the_people_of_the_reporting_year_still_have_later_is_counted_too():
    assert shares(effect(10, 1, duration=3, grade="B")) == {"B": 1.0}


def test_an_effect_without_a_grade_counts_as_an_impression():
    assert shares(effect(10, 1)) == {"D": 1.0}


def test_a_loss_weighs_as_much_as_a_gain():
    assert shares(effect(30, 1, grade="A"), effect(-10, 1, code="E2", grade="D")) == {"A": 0.75, "D": 0.25}


def test_a_transfer_weighs_nothing_in_the_total_and_everything_for_a_group():
    moved = effect(0, 5, unit_value=unit_value(100, **HANDED), grade="A")
    whole = outcome(moved, effect(30, 1, code="E2", grade="D"))
    assert evidence_shares(whole)["D"] == 1.0
    assert evidence_shares(whole, ["gemeente"]) == pytest.approx(
        {"A": 500 / 530, "B": 0, "C": 0, "D": 30 / 530, "expected": 0}
    )
    assert evidence_shares(outcome(moved)) is None


def test_a_form_on_which_all_that_is_left_net_rests_on_an_impression(tmp_path):
    """Allowances were counted to the last one, but they only change hands; all else is an impression."""
    path = light_example(tmp_path, "het_anker.xlsx")
    loaded, _ = walk.load_form(path)
    effects = loaded.portfolio.initiatives[0].effects
    whole = {effect.row for effect in effects if effect.unit_value.kind != "overdracht"}
    assert {effect.row for effect in effects} - whole
    change(path, {(row, "grade"): label("grade", "D") for row in whole})
    again, _ = walk.load_form(path)
    outcome = walk.compute(again, draws=10).outcome.initiatives
    (found,) = (evidence_shares(one) for one in outcome.values())
    assert [found[grade] for grade in "ABC"] == [0.0, 0.0, 0.0]
    assert found["D"] > 0.05 and found["D"] + found["expected"] == pytest.approx(1.0)


def test_an_answer_from_a_scale_is_read_as_its_band(tmp_path):
    path = light_example(tmp_path, "het_anker.xlsx")
    answers = {("EF-01", "deadweight"): label("deadweight", "none"), ("EF-01", "attribution"): "weet ik niet"}
    loaded, _ = walk.load_form(change(path, answers))
    first = loaded.portfolio.initiatives[0].effects[0]
    assert (first.deadweight.mode, *first.deadweight.bounds) == (0.05, 0.0, 0.25)
    assert (first.attribution.mode, *first.attribution.bounds) == (0.5, 0.25, 0.75)
    computed = walk.compute(loaded, draws=10)
    assert "deadweight_zero" in [finding.code for finding in computed.findings]


def test_shares_of_the_reporting_year_among_themselves():
    assert of_reporting_year({"A": 0.1, "B": 0.0, "C": 0.3, "D": 0.0, "expected": 0.6}) == pytest.approx(
        {"A": 0.25, "B": 0.0, "C": 0.75, "D": 0.0}
    )
    assert of_reporting_year(None) == of_reporting_year({"expected": 1.0}) == {}


@given(portfolios())
def test_evidence_shares_add_up_to_one_and_both_parts_of_the_inflow_to_the_whole(any_portfolio):
    study = appraise_study(any_portfolio, LIBRARY.index)
    found = evidence_shares(study)
    assert found is None or sum(found.values()) == pytest.approx(1.0)
    later = range(1, study.study.horizon)
    for whole, first, rest in zip(study.gains, gains_of(study, (0,)), gains_of(study, later), strict=True):
        size = 1e-9 * (1 + float(np.abs(whole.amounts).sum()))
        assert first.amounts + rest.amounts == pytest.approx(whole.amounts, abs=size)


def test_the_largest_change_is_named_with_how_many_are_left():
    row = {"change": "werk", "row": "R", "deadweight": 0.5, "attribution": 0.2, "people": 10}
    rows = effect(300, 10, 20, **row), effect(-50, 10, 20, code="E2", **row)
    found = largest_change(outcome(*rows, effect(90, 10, code="E3", change="anders")))
    assert (found.name, found.gross, found.net, found.of_people) == ("werk", 30, pytest.approx(12), True)
    assert found.share == pytest.approx(3000 / 3900)
    assert largest_change(outcome(effect(-5, 1))) is None
    less, more = ({"change": "werk", "direction": way} for way in ("less", "more"))
    assert largest_change(outcome(effect(9, 5, **less), effect(8, 5, code="E2", **more))).share > 1


# --- cash ---


def test_who_spends_less_and_who_spends_more():
    less = effect(0, 10, unit_value=unit_value(100, **CASH))
    more = effect(0, 3, code="E2", direction="more", unit_value=unit_value(50))
    no_cash = effect(0, 2, code="E3", unit_value=unit_value(1000))
    found = cash.present(outcome(less, more, no_cash, cost(70)))
    municipality = found.of(list(portfolio().study.parties).index("gemeente"))
    assert (municipality.saved, municipality.extra, municipality.net, municipality.own) == (
        1000,
        150,
        850,
        70,
    )


def test_less_spending_above_the_gain_is_noticed():
    rows = effect(0, 1, unit_value=unit_value(100, **CASH)), effect(-40, 1, code="E2")
    assert cash.above_gain(outcome(*rows)) == ("gemeente",)
    assert cash.above_gain(outcome(rows[0])) == ()


@given(portfolios())
def test_less_and_more_spending_add_up_to_the_lines_they_come_from(any_portfolio):
    study = appraise_study(any_portfolio, LIBRARY.index)
    found, gained = cash.per_year(study), study.benefits
    kept, saved = study.kept_share(), np.zeros_like(gained)
    for line in study.lines:
        if cash.frees_cash(line, study.study):
            saved += np.maximum(line.benefits * kept(line), 0.0)
    size = 1e-9 * (1 + float(np.abs(gained).sum()))
    assert found.saved == pytest.approx(saved, abs=size)
    assert found.net == pytest.approx(found.saved - found.extra, abs=size)
    losses = sum((np.minimum(line.benefits * kept(line), 0.0) for line in study.lines), np.zeros_like(gained))
    assert found.extra == pytest.approx(-losses, abs=1e3 * size)
    fields = cash.per_task_field(study).values()
    place = study.parties.index("gemeente")
    assert sum((c.net for _, c in fields), np.zeros(study.study.horizon)) == pytest.approx(
        found.net[place], abs=1e3 * size
    )


@pytest.mark.parametrize(
    ("bought", "saved"), [("", 1000.0), ("effort", 1000.0), ("task", 0.0), ("both", 0.0)]
)
def test_care_for_a_fixed_sum_frees_no_money(bought, saved):
    rows = effect(0, 10, unit_value=unit_value(100, **CASH)), effect(0, 5, code="E2", unit_value=WELFARE)
    found = cash.present(outcome(*rows, care_bought=bought))
    assert float(found.saved.sum()) == saved + 50.0


def test_whatever_is_paid_by_the_piece_hangs_on_how_care_is_bought():
    conditions = {value.cash_condition for value in load_library().unit_values.values()}
    by_the_piece = {condition for condition in conditions if condition.startswith("waar per ")}
    assert by_the_piece == set(load_budgets().care_conditions)


@pytest.mark.parametrize(
    ("inhabitants", "begins"),
    [(14_999, "minder dan 15.000"), (15_000, "15.000 tot 40.000"), (40_000, "40.000 inwoners of meer")],
)
def test_what_is_said_of_the_budget_for_welfare_hangs_on_the_size_of_the_municipality(inhabitants, begins):
    assert begins in load_budgets().welfare_budget(portfolio(inhabitants=inhabitants).study).said
    assert load_budgets().welfare_budget(portfolio().study) is None


# --- cover ---


def temporary(*amounts: float, until: int = YEAR, **rest: object) -> object:
    return cost(*amounts, term="temporary", until=until, **rest)


def test_what_nobody_promised_is_no_payers():
    found = outcome(temporary(100, 100, 100), cost(10, 10, 10, name="fund", party="rijk"))
    assert found.per_party()["gemeente"] == (0.0, 100.0)
    assert found.per_party()[NO_COVER] == found.per_group()[NO_COVER] == (0.0, 200.0)
    assert (found.uncovered_pv, found.costs_pv) == (200.0, 330.0)
    assert NO_COVER not in outcome(cost(100)).per_party()


def test_a_line_without_any_cover():
    found = outcome(cost(100, until=YEAR - 1))
    assert (found.per_party()["gemeente"], found.uncovered_pv) == ((0.0, 0.0), 100.0)


def test_a_line_of_nobody_has_no_payer_in_any_year():
    found = outcome(cost(40, 40, party=NO_COVER), cost(10, 10, 10, name="rent"))
    assert found.per_party()[NO_COVER] == (0.0, 80.0)
    assert found.per_party()["gemeente"] == (0.0, 30.0)
    assert [gap.amount for gap in gaps(found)] == [40.0, 40.0]


def test_the_gap_is_what_nobody_promised_and_what_other_money_took_over():
    ended = outcome(temporary(100, 100, 100), cost(20, 20, 20, name="rent"))
    assert [(gap.place, gap.amount) for gap in gaps(ended)] == [(1, 100.0), (2, 100.0)]
    taken = outcome(temporary(100, until=YEAR), cost(20, 90, 90, name="rent"))
    assert [(gap.place, gap.amount) for gap in gaps(taken)] == [(1, 70.0), (2, 70.0)]


def test_benefits_per_euro_use_the_years_with_full_cover():
    rows = effect(500, 1, 3), temporary(100, 100), cost(50, 50, name="rent")
    payer = public_payer(outcome(*rows))
    assert (payer.name, payer.ratio) == ("gemeente", pytest.approx(500 / 150))
    assert payer.with_gap == pytest.approx(2000 / 300)
    covered = public_payer(outcome(effect(500, 1, 3), cost(100, 100)))
    assert (covered.ratio, covered.with_gap) == (10.0, None)
    assert public_payer(outcome(effect(500, 1), temporary(100, until=YEAR - 1))) is None


@given(portfolios())
def test_every_euro_of_costs_has_one_payer_or_no_cover(any_portfolio):
    study = appraise_study(any_portfolio, LIBRARY.index)
    for found in (study, *study.initiatives.values()):
        for table in (found.per_party(), found.per_group()):
            assert sum(paid for _, paid in table.values()) == pytest.approx(found.costs_pv)
        assert found.cost_per_party.sum(axis=0) + found.uncovered == pytest.approx(found.cost_per_year)


# --- noise ---


def test_a_pure_transfer_has_no_rate_of_return_out_of_noise():
    rows = [
        effect(0, 3.3, 7.1, unit_value=unit_value(18768.3, **HANDED), code=f"E{n}", duration=2, drop_off=0.1)
        for n in range(3)
    ]
    figures = headline(outcome(*rows, horizon=5, discount_rate=0.0225))
    assert (figures.irr, figures.irr_roots) == (None, ())


def test_the_outcome_as_json_has_all_of_it():
    rows = effect(0, 10, unit_value=unit_value(100, **CASH), grade="B"), temporary(100, 100), cost(20)
    settings: Study = portfolio(horizon=2).study
    study = as_object(portfolio(initiative(*rows), horizon=settings.horizon), LIBRARY)["study"]
    assert study["evidence"] == {"A": 0.0, "B": 1.0, "C": 0.0, "D": 0.0, "expected": 0.0}
    assert study["cash"]["gemeente"] == {"saved": 1000.0, "extra": 0.0, "net": 1000.0}
    assert set(study["cash"]) == set(settings.parties)
    assert (study["uncovered_pv"], study["per_party"][NO_COVER]["costs"]) == (100.0, 100.0)
    assert study["counted_year"] == {
        "benefits_pv": 1000.0,
        "costs_pv": 120.0,
        "ratio": pytest.approx(1000 / 120),
    }
    assert study["objections"][-1]["code"] == "cautious"
