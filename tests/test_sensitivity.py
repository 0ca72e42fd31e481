"""One input at a time, switching values and scenarios, on studies that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import cost, effect, initiative, portfolio, portfolios, unit_value

from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import appraise_study
from toolkit.method.sensitivity import (
    Swing,
    Switch,
    benefit_fall,
    haircut,
    scenarios,
    switching_values,
    tornado,
)
from toolkit.method.totals import Calculator
from toolkit.model.estimate import Estimate

INDEX = load_library().index


def named(rows: object) -> dict[str, tuple]:
    """The rows by the name of their input."""
    return {name_of(row): tuple(row[1:]) for row in rows}


def name_of(row: Swing | Switch) -> str:
    """The name of the input, of an assumption that of its first."""
    return (row.assumption.first if isinstance(row, Swing) else row.varying).name


def test_each_input_goes_from_low_to_high_all_else_equal():
    rows = effect(Estimate(100, 50, 200), 10, deadweight=Estimate(0.5, 0.4, 0.7)), cost(300)
    found = named(tornado(portfolio(initiative(*rows)), INDEX))
    assert found["unit_value"] == pytest.approx((-50.0, 700.0))
    assert found["deadweight"] == pytest.approx((300.0, 0.0))


def test_the_widest_swing_comes_first():
    rows = effect(Estimate(100, 90, 110), 10, deadweight=Estimate(0.5, 0.1, 0.9)), cost(Estimate(300, 0, 999))
    names = [name_of(row) for row in tornado(portfolio(initiative(*rows)), INDEX)]
    assert names == ["amount", "deadweight", "unit_value", "discount_rate", "horizon"]


def test_the_discount_rate_moves_by_one_point_and_the_horizon_by_two_years():
    rows = effect(100, 1, duration=9), cost(50)
    study = portfolio(initiative(*rows), horizon=4, discount_rate=0.02, timing_benefits="end")
    found = named(tornado(study, INDEX))
    assert found["horizon"] == pytest.approx(
        (100 / 1.02 + 100 / 1.02**2 - 50, sum(100 / 1.02**year for year in range(1, 7)) - 50)
    )
    assert found["discount_rate"][1] == pytest.approx(sum(100 / 1.03**year for year in range(1, 5)) - 50)


@pytest.mark.parametrize(
    ("horizon", "active", "costs", "shortest"), [(1, 1, 1, 1), (5, 4, 1, 4), (5, 1, 5, 5), (9, 2, 3, 7)]
)
def test_the_horizon_is_never_shorter_than_one_year_the_activity_or_the_amounts(
    horizon, active, costs, shortest
):
    rows = effect(100, 1), cost(*[10] * costs)
    study = portfolio(initiative(*rows), horizon=horizon, activity_years=active)
    varying = next(row.assumption.first for row in tornado(study, INDEX) if name_of(row) == "horizon")
    assert (varying.estimate.low, varying.estimate.high) == (shortest, horizon + 2)


def test_an_initiative_that_does_not_count_has_no_inputs_in_the_tornado():
    rows = initiative(effect(Estimate(100, 50, 200), 1), counted=False)
    assert [name_of(row) for row in tornado(portfolio(rows), INDEX)] == ["discount_rate", "horizon"]


@pytest.mark.parametrize(("benefits", "costs", "fall"), [(200, 50, 0.75), (50, 50, 0.0), (9, 0, 1.0)])
def test_benefits_may_fall_until_they_equal_the_costs(benefits, costs, fall):
    study = portfolio(initiative(effect(benefits, 1), cost(costs)))
    assert benefit_fall(appraise_study(study, INDEX)) == fall


@pytest.mark.parametrize(("benefits", "costs"), [(40, 50), (-5, 0), (0, 0)])
def test_benefits_that_do_not_exceed_the_costs_cannot_fall_to_them(benefits, costs):
    study = portfolio(initiative(effect(benefits, 1), cost(costs)))
    assert benefit_fall(appraise_study(study, INDEX)) is None


def test_the_value_of_each_input_at_which_benefits_equal_costs():
    rows = effect(100, 10, deadweight=0.2, drop_off=0.5, duration=2), cost(600)
    found = named(switching_values(portfolio(initiative(*rows), horizon=2), INDEX))
    assert found["unit_value"] == pytest.approx((50.0,))
    assert found["reach"] == pytest.approx((0.5,))
    assert found["deadweight"] == pytest.approx((0.6,))
    assert found["attribution"] == pytest.approx((0.5,))
    assert found["amount"] == pytest.approx((1200.0,))
    assert found["drop_off"] == (None,)


def test_the_switching_value_of_drop_off_over_many_years():
    rows = effect(100, 10, drop_off=0.1, duration=3), cost(1750)
    found = named(switching_values(portfolio(initiative(*rows), horizon=3), INDEX))
    assert found["drop_off"] == pytest.approx((0.5,))


def test_where_nothing_can_turn_the_balance_no_switching_value_exists():
    rows = effect(-10, 10, duration=2, drop_off=0.1), cost(600)
    assert set(named(switching_values(portfolio(initiative(*rows)), INDEX)).values()) == {(None,)}
    assert switching_values(portfolio(initiative()), INDEX) == ()


@given(portfolios(), st.data())
def test_at_a_switching_value_the_balance_is_zero(any_portfolio, data):
    calculator = Calculator(any_portfolio, INDEX)
    turning = [s for s in switching_values(any_portfolio, INDEX) if s.value is not None]
    if turning:
        switch = data.draw(st.sampled_from(turning))
        totals = calculator.total({switch.varying.key: switch.value})
        size = float(abs(totals.groups).sum() + totals.costs + abs(calculator.total({}).groups).sum())
        assert float(totals.benefits - totals.costs) == pytest.approx(0.0, abs=1e-6 * (1 + size))


def test_the_cautious_scenario_has_everything_against_it_and_a_haircut_by_the_weakest_grade():
    graded = unit_value(Estimate(100, 50, 200), grade="C")
    rows = effect(0, 10, unit_value=graded, grade="B"), cost(Estimate(300, 200, 500))
    found = scenarios(portfolio(initiative(*rows)), INDEX)
    assert float(found.cautious.benefits) == pytest.approx(50 * 10 * 0.9 * 0.85)
    assert float(found.middle.benefits) == 1000.0
    assert float(found.favourable.benefits) == pytest.approx(200 * 10 * 1.1)
    assert [float(s.costs) for s in (found.cautious, found.middle, found.favourable)] == [500.0, 300.0, 200.0]


def test_a_negative_effect_is_at_its_worst_when_it_is_largest_and_gets_no_haircut():
    row = effect(
        Estimate(10, 5, 20), 1, direction="more", unit_value=unit_value(Estimate(10, 5, 20), grade="D")
    )
    found = scenarios(portfolio(initiative(row)), INDEX)
    assert (float(found.cautious.benefits), float(found.favourable.benefits)) == (-20.0, -5.0)


def test_a_haircut_follows_the_worse_of_two_grades():
    row = effect(10, 1, grade="B")
    cuts = {g: haircut(replace(row, unit_value=unit_value(10, grade=g))) for g in ("", "A", "B", "C", "D")}
    assert cuts == {"": 0.05, "A": 0.05, "B": 0.05, "C": 0.15, "D": 0.40}
    assert haircut(effect(10, 1)) == 0.0


@given(portfolios())
def test_the_middle_scenario_is_the_point_estimate(any_portfolio):
    middle, study = scenarios(any_portfolio, INDEX).middle, appraise_study(any_portfolio, INDEX)
    size = float(abs(middle.groups).sum()) + 1
    assert float(middle.benefits) == pytest.approx(study.benefits_pv, abs=1e-9 * size)
