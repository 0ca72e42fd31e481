"""Which numbers lie how far off and which of them move together, against answers in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from studies import cost, effect, initiative, portfolio, unit_value

from toolkit.kengetallen.library import load_library
from toolkit.method.montecarlo import Chance, Simulation, simulate
from toolkit.method.quantiles import quantile
from toolkit.method.ranges import assumptions, expected_grade, graded_share, reach_spreads, varying_inputs
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Effect, Initiative
from toolkit.model.portfolio import Portfolio, Sampling

INDEX = load_library().index
DRAWS = 40_000
HALF = Estimate(0.5, 0.25, 0.75)
PERT_SD = math.sqrt(0.25 * 0.25 / 7)
"""Of PERT(0.25, 0.5, 0.75): (mean - low)(high - mean) / 7."""


def simulated(*initiatives: Initiative, **settings: object) -> Simulation:
    return simulate(portfolio(*initiatives, sampling=Sampling(DRAWS, 3), **settings), INDEX)


def sd(*initiatives: Initiative, **settings: object) -> float:
    return simulated(*initiatives, **settings).study.benefits_pv.sd


def drawn_together(any_portfolio: Portfolio) -> list[set[str]]:
    """The names of the inputs of every assumption."""
    found = assumptions(varying_inputs(any_portfolio, any_portfolio.counted).values())
    return [{".".join(varying.key) for varying in one.inputs} for one in found.values()]


# --- how far off ---


@pytest.mark.parametrize(
    ("grade", "bounds"),
    [("A", (0.275, 0.525)), ("B", (0.275, 0.525)), ("C", (0.275, 0.525)), ("D", (0.15, 0.65))],
)
@pytest.mark.parametrize("name", ["deadweight", "attribution"])
def test_no_register_knows_what_would_have_happened_otherwise(name, grade, bounds):
    assert graded_share(effect(1, 1, grade=grade, **{name: 0.4}), name).bounds == pytest.approx(bounds)


@pytest.mark.parametrize("name", ["deadweight", "attribution", "displacement"])
def test_exactly_nothing_has_no_range_and_neither_has_a_number_without_a_grade(name):
    assert not graded_share(effect(1, 1, grade="A", **{name: 0}), name).varies
    assert not graded_share(effect(1, 1, **{name: 0.4}), name).varies


def test_displacement_is_known_as_well_as_the_count():
    found = graded_share(effect(1, 1, grade="A", displacement=0.4), "displacement")
    assert found.bounds == pytest.approx((0.375, 0.425))


@pytest.mark.parametrize(
    ("grade", "own", "later"), [("A", "", "C"), ("D", "", "D"), ("D", "B", "B"), ("", "", "")]
)
def test_later_years_are_expected_and_so_an_estimate_at_best(grade, own, later):
    assert expected_grade(effect(1, 1, grade=grade, expected_grade=own)) == later


def test_the_reporting_year_has_the_range_of_its_grade_and_later_years_that_of_an_estimate():
    assert reach_spreads(effect(1, 10, 10, 10, grade="A")) == (0.05, 0.25, 0.25)
    assert reach_spreads(effect(1, 10, 10)) == (0.0, 0.0)


def test_a_bare_number_in_a_list_with_ranges_gets_the_range_of_its_grade():
    mixed = initiative(effect(1, 100, Estimate(50, 40, 70), 10, grade="B"))
    found = varying_inputs(portfolio(mixed, horizon=3), (mixed,))
    assert [v.estimate.bounds for v in found.values()] == [(90.0, 110.0), (40.0, 70.0), (7.5, 12.5)]
    without = initiative(effect(1, 100, Estimate(50, 40, 70), 10))
    assert len(varying_inputs(portfolio(without, horizon=3), (without,))) == 1


# --- what moves together ---


def of_change(code: str, change: str, **rest: object) -> Initiative:
    return initiative(effect(100, 10, change=change, deadweight=HALF, **rest), code=code)


def test_deadweight_of_one_change_is_one_number_for_all_initiatives():
    both = sd(of_change("A", "work"), of_change("B", "work"))
    apart = sd(of_change("A", "work"), of_change("B", "debts"))
    assert both == pytest.approx(2 * 1000 * PERT_SD, rel=0.02)
    assert apart == pytest.approx(math.sqrt(2) * 1000 * PERT_SD, rel=0.02)


def test_deadweight_and_attribution_are_two_numbers():
    found = drawn_together(portfolio(of_change("A", "work", attribution=HALF), of_change("B", "work")))
    assert found == [{"A.E1.deadweight", "B.E1.deadweight"}, {"A.E1.attribution"}]


def test_each_effect_has_its_own_answer_to_the_shared_number():
    few = Estimate(0.1, 0.0, 0.35)
    two = of_change("A", "work"), initiative(effect(100, 10, change="work", deadweight=few), code="B")
    found = simulated(*two).study.benefits_pv
    chances = (np.arange(200_000) + 0.5) / 200_000
    exact = (
        2000
        - 1000 * (stats.beta(3, 3).ppf(chances) * 0.5 + 0.25)
        - 1000 * (stats.beta(1 + 4 * 0.1 / 0.35, 5 - 4 * 0.1 / 0.35).ppf(chances) * 0.35)
    )
    assert found.sd == pytest.approx(exact.std(), rel=0.02)
    assert found.percentiles["p5"] == pytest.approx(np.percentile(exact, 5), rel=0.01)


def keyed(**rest: object) -> Effect:
    return effect(100, 10, deadweight=HALF, **rest)


def test_without_a_change_the_row_within_the_initiative_and_then_the_unit_value_is_what_is_shared():
    value = unit_value(100, "code")
    rows = [initiative(keyed(row="R", unit_value=value), keyed(code="E2", row="R"), code=c) for c in "AB"]
    assert drawn_together(portfolio(*rows)) == [{"A.R.deadweight"}, {"B.R.deadweight"}]
    values = [initiative(keyed(unit_value=value), code=c) for c in "AB"]
    assert drawn_together(portfolio(*values)) == [{"A.E1.deadweight", "B.E1.deadweight"}]
    alone = [initiative(keyed(), code=c) for c in "AB"]
    assert drawn_together(portfolio(*alone)) == [{"A.E1.deadweight"}, {"B.E1.deadweight"}]


def test_estimated_numbers_of_people_of_one_initiative_err_the_same_way_and_counted_ones_do_not():
    def pair(grade: str) -> float:
        return sd(initiative(*(effect(100, 10, code=code, grade=grade) for code in ("E1", "E2"))))

    one = math.sqrt(1 / 7)  # of PERT(-1, 0, 1)
    assert pair("D") == pytest.approx(2 * 500 * one, rel=0.02)
    assert pair("C") == pytest.approx(2 * 250 * one, rel=0.02)
    assert pair("A") == pytest.approx(math.sqrt(2) * 50 * one, rel=0.02)


def test_two_initiatives_estimate_by_themselves():
    two = [initiative(effect(100, 10, grade="C"), code=code) for code in "AB"]
    assert sd(*two) == pytest.approx(math.sqrt(2) * 250 * math.sqrt(1 / 7), rel=0.02)


def test_all_years_of_an_effect_have_one_number_each_year_with_its_own_width():
    years = initiative(effect(1, 100, 100, 100, grade="A"))
    assert sd(years, horizon=3) == pytest.approx((5 + 25 + 25) * math.sqrt(1 / 7), rel=0.02)


def test_all_years_with_ranges_of_their_own_have_one_number_too():
    ranges = (Estimate(10, 0, 20, "uniform"), Estimate(10, 5, 15, "uniform"))
    assert sd(initiative(effect(1, *ranges)), horizon=2) == pytest.approx(30 / math.sqrt(12), rel=0.02)


# Operation and maintenance of a new bridge in NIST's example community Riverbend: two lines of 50 yearly
# amounts, each uniform, 3 per cent compounded continuously (NIST, Economic Decision Guide Software; input
# 'RiverBend v2', output 'RiverBendv2 MC', 95 per cent interval of 6 000 draws).
RIVERBEND = {"maintenance": (21375, 25000, 30000), "road work": (3500, 3710, 4250)}
PUBLISHED = 649_408.2988, 858_614.3441


def riverbend() -> Chance:
    lines = [
        cost(*[Estimate(mode, low, high, "uniform")] * 50, name=name)
        for name, (low, mode, high) in RIVERBEND.items()
    ]
    rate = math.expm1(0.03)
    return simulated(initiative(*lines), horizon=50, discount_rate=rate, timing_costs="end").study


def test_the_costs_of_the_riverbend_bridge_have_their_published_interval():
    costs = riverbend().costs_pv
    percentiles = costs.percentiles["p2_5"], costs.percentiles["p97_5"]
    worth = sum(math.exp(-0.03 * year) for year in range(1, 51))
    density = math.sqrt(2 * 0.025 / (8625 * 750)) / worth
    error = math.sqrt(0.025 * 0.975 * (1 / DRAWS + 1 / 6000)) / density
    assert percentiles == pytest.approx(PUBLISHED, abs=3 * error)
    corner = math.sqrt(2 * 0.025 * 8625 * 750)
    exact = (24875 + corner) * worth, (34250 - corner) * worth
    assert percentiles == pytest.approx(exact, abs=4 * math.sqrt(0.025 * 0.975 / DRAWS) / density)


# --- quantile functions ---


CHANCES = (np.arange(20_000) + 0.5) / 20_000


@pytest.mark.parametrize("mode", [0.0, 0.01, 0.3, 0.5, 0.97, 1.0])
def test_the_table_of_a_pert_is_its_quantile_function(mode):
    exact = stats.beta(1 + 4 * mode, 5 - 4 * mode).ppf(CHANCES)
    assert quantile(Estimate(mode, 0.0, 1.0), CHANCES) == pytest.approx(exact, abs=3e-6)


@pytest.mark.parametrize(
    ("dist", "exact"),
    [
        ("uniform", stats.uniform(2, 6)),
        ("triangular", stats.triang(1 / 6, 2, 6)),
        ("normal", stats.norm(5, 3 / stats.norm.ppf(0.95))),
        ("lognormal", stats.lognorm(math.log(2) / stats.norm.ppf(0.95), scale=4)),
    ],
)
def test_every_distribution_has_its_quantile_function(dist, exact):
    found = quantile(Estimate(3.0, 2.0, 8.0, dist), CHANCES)
    assert found == pytest.approx(exact.ppf(CHANCES), abs=2e-5)


# --- noise ---


def test_a_pure_transfer_without_costs_has_no_chance_to_gain_and_no_rate_of_return():
    shares = {"gemeente": 1.0, "persoon": -0.88, "rijk": -0.12}
    value = unit_value(Estimate(18768, 16516, 18768), kind="overdracht", shares=shares)
    rows = (effect(0, 3, 7, unit_value=value, code=code, grade="D", duration=2) for code in ("E1", "E2"))
    found = simulated(initiative(*rows), horizon=4, discount_rate=0.0225)
    assert found.study.chance_benefits_exceed_costs == 0.0
