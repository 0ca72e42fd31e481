"""The economics: discounting, rates of return, cohorts, and rules that hold for any study."""

from __future__ import annotations

import math
from dataclasses import astuple, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import (
    RANGED_AMOUNTS,
    cost,
    effect,
    effects,
    initiative,
    portfolio,
    portfolios,
    shuffled,
    unit_value,
)

from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import appraise_study, headline
from toolkit.method.overlap import overlap_shares
from toolkit.method.returns import internal_rate, internal_rates, payback_year, ratio
from toolkit.method.timeline import cohort_sums, discount_factors, present_units, units_in_effect
from toolkit.method.totals import Calculator
from toolkit.model.portfolio import Overlap
from toolkit.model.result import Outcome
from toolkit.model.unit_value import PERSON, VOLUNTEER_HOUR

INDEX = load_library().index

# HM Treasury, Green Book supplementary guidance on discounting: years 0 to 30 at 3.5 and at 1.5 per cent.
STANDARD = (
    "1.0 0.9661835749 0.9335107004 0.9019427057 0.8714422277 0.8419731669 0.8135006443 0.7859909607 "
    "0.7594115562 0.7337309722 0.7089188137 0.6849457137 0.6617832983 0.6394041529 0.6177817903 0.5968906186 "
    "0.5767059117 0.5572037794 0.5383611396 0.5201556904 0.5025658844 0.4855709028 0.4691506308 0.4532856336 "
    "0.4379571339 0.4231469893 0.4088376708 0.3950122423 0.3816543404 0.3687481550 0.3562784106"
)
HEALTH = (
    "1.0 0.9852216749 0.9706617486 0.9563169937 0.9421842303 0.9282603254 0.9145421925 0.9010267907 "
    "0.8877111238 0.8745922402 0.8616672317 0.8489332332 0.8363874219 0.8240270166 0.8118492775 0.7998515049 "
    "0.7880310393 0.7763852604 0.7649115866 0.7536074745 0.7424704182 0.7314979490 0.7206876345 0.7100370783 "
    "0.6995439195 0.6892058320 0.6790205242 0.6689857381 0.6590992494 0.6493588664 0.6397624299"
)

# rate, first year discounted or not (theta), flows, net present value.
# numpy-financial documentation and tests, Excel NPV, Adobe FormCalc Npv, the financial crate.
PRESENT_VALUES = [
    (0.08, 0, [-40000, 5000, 8000, 12000, 30000], 3065.2226681795),
    (0.05, 0, [-15000, 1500, 2500, 3500, 4500, 6000], 122.8948549509),
    (0.0, 0, [-4000, 500, 800], -2700.0),
    (0.05, 0, [-4000, 500, 800], -2798.1859410431),
    (0.1, 0, [-4000, 500, 800], -2884.2975206612),
    (0.0, 0, [-5000, 600, 900], -3500.0),
    (0.05, 0, [-5000, 600, 900], -3612.2448979592),
    (0.1, 0, [-5000, 600, 900], -3710.7438016529),
    (0.05, 0, [3, 6, 2, 5, 4, 3, 9, 0, 110], 101.6571894553),
    (0.1, 1, [-1000, 500, 500, 500], 221.2963595383),
    (0.065, 1, [5000], 4694.8356807512),
    (0.1, 1, [500, 1500, 4000, 10000], 11529.6086332901),
    (0.0275 / 12, 1, [50, 60, 40, 100, 25], 273.1419383846),
    (0.1, 1, [-10000, 3000, 4200, 6800], 1188.4434123352),
]

# flows, every internal rate between -0.99 and 10, the one to report. numpy-financial tests and documentation.
INTERNAL_RATES = [
    ([-100, 39, 59, 55, 20], [0.2809484212], 0.2809484212),
    ([-100, 0, 0, 74], [-0.0954958303], -0.0954958303),
    ([-100, 100, 0, -7], [-0.6788943736, -0.0832996662], -0.0832996662),
    ([-100, 100, 0, 7], [0.0620584856], 0.0620584856),
    ([-5, 10.5, 1, -8, 1], [-0.8702012475, 0.0885983385, 0.7095595277], 0.0885983385),
    ([-150000, 15000, 25000, 35000, 45000, 60000], [0.0524328889], 0.0524328889),
    ([-1678.87, 771.96, 1814.05, 3520.3, 3552.95, 3584.99, 4789.91, -1], [1.0042698487], 1.0042698487),
    ([-1, -2, -3], [], None),
    ([1, 2, 3], [], None),
    ([], [], None),
]


# --- discounting and rates of return ---


@pytest.mark.parametrize(("rate", "published"), [(0.035, STANDARD), (0.015, HEALTH)])
def test_discount_factors_equal_the_green_book_to_ten_digits(rate, published):
    assert discount_factors(rate, 31) == pytest.approx([float(f) for f in published.split()], abs=5.1e-11)


def test_an_amount_in_the_middle_or_at_the_end_of_the_year_is_worth_less():
    begin, middle, end = (discount_factors(0.0225, 3, theta) for theta in (0.0, 0.5, 1.0))
    assert begin[0] == 1.0
    assert end[:-1] == pytest.approx(begin[1:])
    assert middle == pytest.approx(begin / math.sqrt(1.0225))


@pytest.mark.parametrize(("rate", "theta", "flows", "value"), PRESENT_VALUES)
def test_present_values_equal_those_of_spreadsheets(rate, theta, flows, value):
    assert float(flows @ discount_factors(rate, len(flows), theta)) == pytest.approx(value, abs=1e-8)


@pytest.mark.parametrize(("flows", "rates", "reported"), INTERNAL_RATES)
def test_internal_rates_of_return_are_all_found_and_the_one_nearest_zero_is_reported(flows, rates, reported):
    found = internal_rates(np.maximum(flows, 0), np.maximum(np.negative(flows), 0))
    assert found == pytest.approx(rates, abs=1e-8)
    assert internal_rate(found) == (None if reported is None else pytest.approx(reported, abs=1e-8))


def test_a_balance_that_only_touches_zero_has_one_internal_rate():
    assert internal_rates([0, 220, 0], [100, 0, 121]) == pytest.approx([0.1], abs=1e-6)
    assert internal_rates([0, 219, 0], [100, 0, 121]) == []
    two = internal_rates([0, 220.00001, 0], [100, 0, 121])
    assert two == pytest.approx([0.09967, 0.10033], abs=1e-5)


def test_internal_rates_follow_the_timing_of_benefits_and_costs():
    assert internal_rates([110.0], [100.0], theta_benefits=1.0) == pytest.approx([0.1])
    assert internal_rates([110.0], [100.0], theta_benefits=0.5) == pytest.approx([0.21])


def test_benefits_that_equal_the_costs_each_year_have_no_internal_rate():
    assert internal_rates([5.0, 7.0], [5.0, 7.0]) == []
    assert internal_rates([0.1 + 0.2, 7.0], [0.3, 7.0]) == []


def test_internal_rates_stay_finite_over_a_century():
    benefits = [0.0] * 99 + [1e15]
    assert internal_rates(benefits, [1.0, *[0.0] * 99]) == pytest.approx([1e15 ** (1 / 99) - 1])


def test_payback_is_the_first_year_after_which_costs_stay_covered():
    assert payback_year([0, 3, 3], [4, 0, 0]) == 3
    assert payback_year([5, 0, 6], [4, 0, 2]) == 1
    assert payback_year([5, 0, 0], [4, 0, 2]) is None
    assert payback_year([5, 5], [0, 0]) is None
    assert payback_year([0, 9], [0, 8]) == 2


def test_without_costs_there_is_no_ratio():
    assert ratio(5.0, 0.0) is None
    figures = headline(appraise_study(portfolio(initiative(effect(10, 1))), INDEX))
    assert (figures.ratio, figures.net_ratio, figures.payback_year) == (None, None, None)
    assert figures.npv == 10.0


# --- cohorts ---

FRACTIONS = st.fractions(0, 1, max_denominator=12)
COHORTS = {
    "inflow": st.lists(st.fractions(0, 50, max_denominator=6), max_size=6),
    "drop_off": FRACTIONS,
    "duration": st.integers(1, 7),
    "lag": st.integers(0, 1),
    "horizon": st.integers(1, 9),
}


@given(**COHORTS)
def test_units_in_effect_equal_the_recursion_exactly(inflow, drop_off, duration, lag, horizon):
    def new(year: int) -> Fraction:
        return inflow[year] if 0 <= year < len(inflow) else Fraction(0)

    sums = [Fraction(0)]
    for year in range(horizon):
        left = new(year - lag - duration) * (1 - drop_off) ** duration
        sums.append(sums[-1] * (1 - drop_off) + new(year - lag) - left)
    assert cohort_sums(inflow, drop_off, duration, lag, horizon) == sums[1:]


@given(**COHORTS)
def test_units_of_many_draws_at_once_equal_those_of_one(inflow, drop_off, duration, lag, horizon):
    numbers, share = [float(n) for n in inflow], float(drop_off)
    factors = discount_factors(0.04, horizon, 0.5)
    alone = units_in_effect(numbers, share, duration, lag, horizon) @ factors
    draws = present_units(np.array([numbers, numbers]), np.array([share, share]), duration, lag, factors)
    assert present_units(numbers, share, duration, lag, factors) == pytest.approx(alone)
    assert np.broadcast_to(draws, (2,)) == pytest.approx([alone, alone])


def test_with_full_drop_off_only_the_first_year_counts():
    assert units_in_effect([10, 4], 1.0, 5, 1, 4).tolist() == [0.0, 10.0, 4.0, 0.0]


# --- rules that hold for any study ---


def benefits(*parts: object, **settings: object) -> float:
    return appraise_study(portfolio(initiative(*parts), **settings), INDEX).benefits_pv


@given(effects("E1", horizon=4))
def test_no_reach_no_benefit(row):
    nobody = tuple(replace(number, mode=0.0) for number in row.inflow)
    assert benefits(replace(row, inflow=nobody), horizon=4) == 0.0


@given(effects("E1", horizon=4), st.floats(0, 50))
def test_benefits_are_linear_in_reach_and_in_unit_value(row, times):
    more = tuple(replace(number, mode=number.mode * times) for number in row.inflow)
    dearer = replace(
        row.unit_value, amount=replace(row.unit_value.amount, mode=row.unit_value.amount.mode * times)
    )
    expected = pytest.approx(benefits(row, horizon=4) * times, rel=1e-9, abs=1e-6)
    assert benefits(replace(row, inflow=more), horizon=4) == expected
    assert benefits(replace(row, unit_value=dearer), horizon=4) == expected


def test_direction_more_changes_the_sign():
    assert benefits(effect(10, 3, direction="more")) == -benefits(effect(10, 3)) == -30.0


def test_shares_without_the_initiative_and_of_others_are_multiplied():
    assert benefits(effect(100, 1, deadweight=0.5, displacement=0.2, attribution=0.25)) == pytest.approx(30.0)


def test_an_amount_is_brought_to_the_price_level_of_the_study():
    value = unit_value(100, price_year=2023)
    assert benefits(effect(0, 1, unit_value=value)) == pytest.approx(100 * 1.033 * 1.033)
    assert benefits(effect(0, 1, unit_value=replace(value, index="geen"))) == 100.0


def gross(outcome: Outcome) -> float:
    """All amounts without their sign: what rounding errors are measured against."""
    flows = sum(float(np.abs(outcome.present_benefits(line.benefits)).sum()) for line in outcome.lines)
    return flows + outcome.costs_pv + 1.0


@given(portfolios())
def test_parts_add_up_to_totals(any_portfolio):
    study = appraise_study(any_portfolio, INDEX)
    for outcome in (study, *study.initiatives.values()):
        size = gross(outcome)
        near = pytest.approx(outcome.benefits_pv, rel=0, abs=1e-9 * size)
        assert sum(gained for gained, _ in outcome.per_party().values()) == near
        assert sum(gained for gained, _ in outcome.per_group().values()) == near
        assert sum(outcome.per_domain().values()) == near
        assert float(outcome.benefits.sum(axis=0) @ outcome.benefit_factors) == near
        kept = outcome.kept_share()
        rows = (outcome.present_benefits(line.benefits.sum(axis=0)) * kept(line) for line in outcome.lines)
        assert sum(rows) == near
        paid = pytest.approx(outcome.costs_pv, rel=0, abs=1e-9 * size)
        assert sum(costs for _, costs in outcome.per_party().values()) == paid
        assert sum(costs for _, costs in outcome.per_group().values()) == paid
        assert sum(outcome.transfers.values()) == pytest.approx(0.0, abs=1e-9 * size)


@given(portfolios())
def test_sums_for_draws_equal_the_point_estimate_at_the_modes(any_portfolio):
    study, calculator = appraise_study(any_portfolio, INDEX), Calculator(any_portfolio, INDEX)
    outcomes = [(study, calculator.total({}))]
    outcomes += [(o, calculator.initiative(o.initiative, {})) for o in study.initiatives.values()]
    for outcome, totals in outcomes:
        size = gross(outcome)
        gained = [float(outcome.per_group()[group][0]) for group in outcome.study.groups]
        assert totals.groups == pytest.approx(gained, rel=1e-9, abs=1e-9 * size)
        assert float(totals.costs) == pytest.approx(outcome.costs_pv, rel=1e-9)


@given(portfolios())
def test_the_order_of_rows_does_not_matter(any_portfolio):
    one, other = (headline(appraise_study(p, INDEX)) for p in (any_portfolio, shuffled(any_portfolio)))
    size = one.costs_pv + sum(abs(v) for v in appraise_study(any_portfolio, INDEX).per_line().values()) + 1.0
    for figure in ("benefits_pv", "costs_pv", "npv"):
        assert getattr(other, figure) == pytest.approx(getattr(one, figure), rel=1e-9, abs=1e-9 * size)


@given(portfolios())
def test_no_figure_is_ever_infinite_or_not_a_number(any_portfolio):
    study = appraise_study(any_portfolio, INDEX)
    for outcome in (study, *study.initiatives.values()):
        figures = headline(outcome)
        numbers = [value for value in astuple(figures) if isinstance(value, float)]
        assert all(map(math.isfinite, [*numbers, *figures.irr_roots]))
        assert np.isfinite(outcome.benefits).all()


# --- volunteers and overlap ---


def test_volunteer_hours_are_on_both_sides_or_on_neither():
    hours = effect(0, 100, unit_value=unit_value(12, VOLUNTEER_HOUR))
    parts = (hours, effect(500, 1, code="E2"), cost(200), cost(1200, kind="volunteer_hours", name="hours"))
    without = appraise_study(portfolio(initiative(*parts)), INDEX)
    both = appraise_study(portfolio(initiative(*parts), include_volunteer_hours=True), INDEX)
    assert (without.benefits_pv, without.costs_pv) == (500.0, 200.0)
    assert (both.benefits_pv, both.costs_pv) == (1700.0, 1400.0)
    assert [c.per_year.tolist() for c in without.costs if not c.inside] == [[1200.0]]


def test_two_initiatives_with_the_same_people_each_lose_half_of_what_they_share():
    one = initiative(effect(100, 10, people=10.0), code="A", participants=10.0)
    other = initiative(effect(100, 40, people=40.0), cost(5), code="B", participants=40.0)
    outcome = appraise_study(portfolio(one, other, overlaps=(Overlap("A", "B", 4),)), INDEX)
    assert outcome.initiatives["A"].benefits_pv == 1000.0
    assert outcome.benefits_pv == pytest.approx(1000 * 0.8 + 4000 * 0.95)
    assert [(c.initiative, c.other, c.share) for c in outcome.corrections] == [
        ("A", "B", 0.2),
        ("B", "A", 0.05),
    ]


def test_what_is_not_about_people_or_not_counted_is_not_reduced():
    one = initiative(effect(100, 10), code="A", participants=10.0)
    other = initiative(effect(100, 10, people=10.0), code="B", participants=10.0)
    overlaps = (Overlap("A", "B", 10),)
    assert appraise_study(portfolio(one, other, overlaps=overlaps), INDEX).benefits_pv == 1500.0
    left_out = replace(one, counted=False)
    assert appraise_study(portfolio(left_out, other, overlaps=overlaps), INDEX).benefits_pv == 1000.0


def test_an_initiative_never_loses_more_than_it_has():
    four = {code: initiative(code=code, participants=10.0) for code in "ABCD"}
    shares = overlap_shares([Overlap("A", other, 10) for other in "BCD"], four)
    assert sum(share for code, _, share in shares if code == "A") == 1.0


def test_the_person_of_a_unit_value_is_whom_the_effect_is_about():
    value = unit_value(100, kind="overdracht", shares={PERSON: 1.0, "rijk": -1.0})
    outcome = appraise_study(
        portfolio(initiative(effect(0, 2, unit_value=value, person="wijkbewoners"))), INDEX
    )
    gained = {party: euros for party, (euros, _) in outcome.per_party().items() if euros}
    assert gained == {"wijkbewoners": 200.0, "rijk": -200.0}
    assert outcome.transfers["wijkbewoners"] == 200.0
    assert outcome.benefits_pv == 0.0


@given(RANGED_AMOUNTS)
def test_the_range_of_an_input_does_not_change_the_point_estimate(amount):
    assert benefits(effect(amount, 1)) == benefits(effect(amount.mode, 1))
