"""Chance: drawn answers against answers in closed form, within four standard errors."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from studies import cost, effect, initiative, portfolio, portfolios, shuffled, unit_value

from toolkit.kengetallen.library import load_library
from toolkit.method.montecarlo import PERCENTILES, Simulation, Spread, simulate, spread
from toolkit.method.quantiles import quantile
from toolkit.model.estimate import Estimate
from toolkit.model.portfolio import Sampling

INDEX = load_library().index
DRAWS = 100_000
Z95 = 1.6448536269514722

# low, mode, high, mean (low + 4 mode + high) / 6, variance (mean - low)(high - mean) / 7
PERTS = [
    (10, 20, 60, 25.0, 75.0),
    (0, 0.1, 0.5, 0.15, 0.0075),
    (100, 100, 400, 150.0, 1785.7142857143),
    (5, 9, 9, 8.3333333333, 0.3174603175),
]
TRIANGLES = [(0, 10, 20), (5, 6, 13), (2, 2, 8), (10, 40, 40), (-3, 0, 9)]


def lognormal(mu: float, sigma: float) -> Estimate:
    """A lognormal estimate from the mean and standard deviation of its logarithm."""
    low, high = math.exp(mu - Z95 * sigma), math.exp(mu + Z95 * sigma)
    return Estimate(math.exp(mu), low, high, "lognormal")


def normal(mean: float, sd: float) -> Estimate:
    return Estimate(mean, mean - Z95 * sd, mean + Z95 * sd, "normal")


def drawn(*estimates: Estimate) -> list[np.ndarray]:
    generator = np.random.Generator(np.random.PCG64(5))
    return [quantile(estimate, generator.random(DRAWS)) for estimate in estimates]


def simulated(*parts: object, draws: int = DRAWS, **settings: object) -> Simulation:
    one = initiative(*parts)
    return simulate(portfolio(one, sampling=Sampling(draws, 7), **settings), INDEX)


def assert_mean(found: float, mean: float, sd: float) -> None:
    assert found == pytest.approx(mean, abs=4 * sd / math.sqrt(DRAWS))


def assert_share(found: float, share: float) -> None:
    assert found == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / DRAWS))


# --- drawing one number ---


@pytest.mark.parametrize(("low", "mode", "high", "mean", "variance"), PERTS)
def test_a_pert_estimate_has_its_mean_and_variance(low, mode, high, mean, variance):
    values = drawn(Estimate(mode, low, high))[0]
    assert_mean(values.mean(), mean, math.sqrt(variance))
    assert values.var() == pytest.approx(variance, rel=0.03)
    assert low <= values.min() <= values.max() <= high


def test_a_sum_of_triangular_estimates_has_its_mean_spread_and_percentiles():
    total = sum(drawn(*(Estimate(mode, low, high, "triangular") for low, mode, high in TRIANGLES)))
    assert_mean(total.mean(), 54.0, 8.8506120316)
    assert total.std() == pytest.approx(8.8506120316, rel=0.01)
    assert np.percentile(total, [5, 50, 95]) == pytest.approx([38.446180, 54.627854, 67.573928], abs=0.25)


def test_a_product_of_uniform_estimates_has_its_distribution():
    first, second, third = drawn(*[Estimate(0.5, 0.0, 1.0, "uniform")] * 3)
    assert_share(np.mean(first * second <= 0.25), 0.5965735903)
    assert_share(np.mean(first * second <= 0.1), 0.3302585093)
    assert_share(np.mean(first * second * third <= 0.1), 0.5953534148)
    assert_mean((first * second).mean(), 0.25, math.sqrt(1 / 9 - 1 / 16))


def test_a_product_of_lognormal_estimates_is_lognormal():
    terms = [(4.605170186, 0.3), (3.9120230054, 0.2), (-0.5108256238, 0.1)]
    product = np.prod(drawn(*(lognormal(*term) for term in terms)), axis=0)
    assert_mean(product.mean(), 3217.5245437627, 1247.2786863095)
    for share, limit in ((0.05, 1621.1964342582), (0.5, 3000.0), (0.95, 5551.4555854042)):
        assert_share(np.mean(product <= limit), share)


def test_low_and_high_of_a_normal_estimate_are_its_fifth_and_ninety_fifth_percentile():
    values = drawn(Estimate(3.0, 1.0, 7.0, "normal"))[0]
    assert_share(np.mean(values <= 1.0), 0.05)
    assert_share(np.mean(values <= 7.0), 0.95)
    assert_mean(values.mean(), 4.0, 3 / Z95)


def test_a_number_that_does_not_vary_has_no_spread():
    assert spread(2.5, 10) == Spread(2.5, 0.0, dict.fromkeys(PERCENTILES, 2.5))
    chance = simulated(effect(10, 3), cost(20), draws=100).study
    assert (chance.benefits_pv.sd, chance.ratio.percentiles["p97_5"]) == (0.0, 1.5)
    assert chance.chance_benefits_exceed_costs == 1.0


# --- through the whole engine ---


def test_reach_times_unit_value_of_one_row_is_lognormal():
    study = simulated(effect(lognormal(3.9120230054, 0.2), lognormal(4.605170186, 0.3))).study
    mu, sigma = 3.9120230054 + 4.605170186, math.hypot(0.2, 0.3)
    mean = math.exp(mu + sigma**2 / 2)
    sd = mean * math.sqrt(math.exp(sigma**2) - 1)
    assert_mean(study.benefits_pv.mean, mean, sd)
    for name, z in (("p5", -Z95), ("p50", 0.0), ("p95", Z95)):
        height = math.exp(-(z**2) / 2) / (sigma * math.sqrt(2 * math.pi))  # density of the logarithm
        share = PERCENTILES[name] / 100
        error = math.sqrt(share * (1 - share) / DRAWS) / height
        assert math.log(study.benefits_pv.percentiles[name]) == pytest.approx(mu + sigma * z, abs=4 * error)


# Per row: reach, unit value, deadweight, displacement, attribution to others.
SROI_ROWS = [
    ((80, 100, 150), (6.2146080984, 0.25), (0.1, 0.2, 0.5), (0, 0.2), (0.0, 0.2, 0.5)),
    ((20, 40, 45), (7.6009024595, 0.4), (0.0, 0.3, 0.6), (0.05, 0.15), (0.1, 0.4, 0.7)),
    ((8, 10, 12), (5.7037824747, 0.1), (0.0, 0.05, 0.2), (0, 1e-8), (0.0, 0.0, 0.1)),
]


def sroi_row(place: int) -> object:
    reach, value, deadweight, displacement, attribution = SROI_ROWS[place]
    return effect(
        lognormal(*value),
        Estimate(reach[1], reach[0], reach[2], "triangular"),
        code=f"E{place}",
        deadweight=Estimate(deadweight[1], deadweight[0], deadweight[2]),
        displacement=Estimate(sum(displacement) / 2, *displacement, "uniform"),
        attribution=Estimate(attribution[1], attribution[0], attribution[2], "triangular"),
    )


@pytest.mark.parametrize(
    ("place", "mean", "variance"),
    [
        (0, 30018.5744411864, 105542920.0358),
        (1, 28663.7758106794, 234711512.6961),
        (2, 2720.2338761916, 139642.3029),
    ],
)
def test_a_row_with_five_uncertain_numbers_has_its_mean_and_variance(place, mean, variance):
    found = simulated(sroi_row(place)).study.benefits_pv
    assert_mean(found.mean, mean, math.sqrt(variance))
    assert found.sd == pytest.approx(math.sqrt(variance), rel=0.03)


def test_three_independent_rows_together_have_their_mean_spread_and_ratio():
    study = simulated(*(sroi_row(place) for place in range(3)), cost(30000)).study
    assert_mean(study.benefits_pv.mean, 61402.5841280574, 18449.7716797475)
    assert study.benefits_pv.sd == pytest.approx(18449.7716797475, rel=0.03)
    assert_mean(study.ratio.mean, 2.0467528043, 18449.7716797475 / 30000)
    assert_share(study.chance_benefits_exceed_costs, 0.9918875)


def test_contributions_to_the_variance_of_a_product_are_its_first_order_indices():
    found = {a.first.name: part for a, part in simulated(sroi_row(0)).contributions}
    expected = {
        "inflow": 0.1528824924,
        "unit_value": 0.5506471886,
        "deadweight": 0.0737814675,
        "displacement": 0.0351353876,
        "attribution": 0.1533271121,
    }
    assert found == pytest.approx(expected, abs=0.015)
    assert next(iter(found)) == "unit_value"


def test_a_ratio_of_lognormals_has_its_median_mean_and_chance():
    rows = effect(lognormal(11.6952470218, 0.4), 1), cost(lognormal(11.512925465, 0.25))
    study = simulated(*rows).study
    sigma = math.hypot(0.4, 0.25)
    assert_mean(study.ratio.mean, 1.3412091486, 1.3412091486 * math.sqrt(math.exp(sigma**2) - 1))
    error = math.sqrt(0.25 / DRAWS) * sigma * math.sqrt(2 * math.pi)
    assert math.log(study.ratio.percentiles["p50"]) == pytest.approx(math.log(1.2), abs=4 * error)
    assert_share(study.chance_benefits_exceed_costs, 0.6504445466)


def test_normal_amounts_over_the_years_have_the_present_value_of_their_means():
    rows = [
        effect(normal(mean, sd), *[0] * year, 1, code=f"E{year}")
        for year, (mean, sd) in enumerate([(30, 5), (40, 8), (50, 12)], 1)
    ]
    study = simulated(*rows, cost(100), horizon=4, discount_rate=0.05).study
    assert_mean(study.npv.mean, 8.0444876363, 13.5197526776)
    assert study.npv.sd == pytest.approx(13.5197526776, rel=0.01)
    assert_share(study.chance_benefits_exceed_costs, 0.7240840688)


@pytest.mark.parametrize(("code", "sd"), [("shared", 20961.5257687361), ("", 15278.2060500075)])
def test_a_shared_unit_value_is_drawn_once_for_all_initiatives(code, sd):
    value = unit_value(lognormal(math.log(500), 0.25), code)
    two = (initiative(effect(0, n, unit_value=value), code=c) for c, n in (("A", 100), ("B", 60)))
    found = simulate(portfolio(*two, sampling=Sampling(DRAWS, 7)), INDEX).study.benefits_pv
    assert_mean(found.mean, 82539.4725999282, sd)
    assert found.sd == pytest.approx(sd, rel=0.02)


def test_an_own_amount_is_not_shared():
    value = unit_value(Estimate(10, 0, 40), "own", own=True)
    rows = (effect(0, 1, unit_value=value, code=code) for code in ("E1", "E2"))
    assert len(simulated(*rows, draws=10).contributions) == 2


def test_one_draw_of_reach_holds_for_all_years_and_all_effects_of_a_row():
    half = {"deadweight": 0.5, "attribution": 0.5}
    rows = [effect(10, 5, 5, code=code, row="R", grade="D", **half) for code in ("E1", "E2")]
    found = {a.first.name: part for a, part in simulated(*rows, draws=2000, horizon=2).contributions}
    assert set(found) == {"reach", "deadweight", "attribution"}
    assert found["reach"] > 0.25


def test_the_grade_of_an_effect_gives_reach_its_range():
    found = simulated(effect(100, 1, grade="C")).study
    assert 60 < found.benefits_pv.percentiles["p5"] < found.benefits_pv.percentiles["p95"] < 120


@pytest.mark.parametrize("draws", [2, 5, 20, 39, 40, 1001])
def test_percentiles_of_few_draws_are_those_of_numpy(draws):
    values = np.random.default_rng(1).normal(size=draws)
    expected = np.percentile(values, list(PERCENTILES.values()))
    assert list(spread(values, draws).percentiles.values()) == pytest.approx(expected)


def test_a_share_is_never_drawn_outside_zero_to_one():
    wide = Estimate(0.5, 0.01, 1.0, "normal")
    found = simulated(effect(100, 1, deadweight=wide)).study.benefits_pv
    assert 0.0 <= found.percentiles["p2_5"] < found.percentiles["p97_5"] <= 100.0


def test_an_initiative_that_does_not_count_adds_nothing_to_the_spread_of_the_study():
    counted = initiative(effect(Estimate(10, 5, 20), 1), code="A")
    other = initiative(effect(Estimate(10, 5, 20), 1), code="B", counted=False)
    found = simulate(portfolio(counted, other, sampling=Sampling(1000, 1)), INDEX)
    assert [a.key[0] for a, _ in found.contributions] == ["A"]
    assert found.study == found.initiatives["A"]


# --- the same seed ---


@given(portfolios())
def test_the_same_seed_gives_the_same_answer_and_the_order_of_rows_does_not_matter(any_portfolio):
    one, again, other = (simulate(p, INDEX) for p in (any_portfolio, any_portfolio, shuffled(any_portfolio)))
    assert one == again
    size = sum(
        abs(v) for v in (one.study.benefits_pv.mean, one.study.benefits_pv.sd, one.study.costs_pv.mean)
    )
    for name in ("benefits_pv", "costs_pv", "npv"):
        mine, theirs = (getattr(s.study, name).as_dict() for s in (one, other))
        assert theirs == pytest.approx(mine, rel=1e-6, abs=1e-6 * (1 + size))


def test_another_seed_gives_another_answer():
    rows = portfolio(initiative(effect(Estimate(10, 5, 20), 1)), sampling=Sampling(1000, 1))
    other = simulate(replace(rows, sampling=Sampling(1000, 2)), INDEX)
    assert simulate(rows, INDEX).study.benefits_pv.mean != other.study.benefits_pv.mean


@given(portfolios())
def test_no_drawn_figure_is_infinite_or_not_a_number(any_portfolio):
    found = simulate(any_portfolio, INDEX)
    for chance in (found.study, *found.initiatives.values()):
        for one in (chance.benefits_pv, chance.costs_pv, chance.npv, *chance.groups.values()):
            assert all(map(math.isfinite, one.as_dict().values()))
        assert 0.0 <= chance.chance_benefits_exceed_costs <= 1.0
    assert all(0.0 <= part <= 1.0 + 1e-9 for _, part in found.contributions)
