"""Which assumptions weigh most, where benefits and costs would be equal, and three scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.ranges import SHARES, Key, Varying, all_inputs, varying_inputs
from toolkit.method.totals import Calculator, Totals
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Effect
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import Outcome
from toolkit.model.study import Study

RATE_STEP, HORIZON_STEP = 0.01, 2
HAIRCUT: Mapping[str, float] = {"A": 0.0, "B": 0.05, "C": 0.15, "D": 0.40}
"""What the cautious scenario takes off a benefit by its weakest grade: a convention of this method,
after the adjustment for optimism bias in HM Treasury's Green Book."""
_FARTHEST = 100.0
_HALVINGS = 50


class Swing(NamedTuple):
    """One input and the study's balance (present value, euros) at its low and its high end."""

    varying: Varying
    low_result: float
    high_result: float


class Switch(NamedTuple):
    """One input and the value at which benefits equal costs; None where there is no such value."""

    varying: Varying
    value: float | None


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Present values of the study with everything against it, at the modes and with everything for it."""

    cautious: Totals
    middle: Totals
    favourable: Totals


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one study or initiative hangs on."""

    swings: tuple[Swing, ...]
    switches: tuple[Switch, ...]
    scenarios: Scenarios


def analyse(portfolio: Portfolio, index: IndexTable) -> Analysis:
    """Tornado, switching values and scenarios of the counted initiatives together."""
    return Analysis(
        tornado(portfolio, index), switching_values(portfolio, index), scenarios(portfolio, index)
    )


def tornado(portfolio: Portfolio, index: IndexTable) -> tuple[Swing, ...]:
    """The balance of the study with each input at its low and high end, all else equal.

    Every uncertain input of the counted initiatives, the discount rate (one percentage point
    down and up) and the horizon (two years down and up, never shorter than the years of
    activity or than a list of amounts). For normal and lognormal inputs the ends are the 5th
    and 95th percentile. Widest swing first. Units: euros of the price level, present value.
    Source: one-way sensitivity analysis, Green Book, chapter 5; Romijn and Renes (2013),
    general guidance for social cost-benefit analysis, chapter 8.
    """
    swings = _input_swings(portfolio, index)
    for varying in _study_inputs(portfolio):
        low, high = (
            _balance(replace(portfolio, study=_moved(portfolio.study, varying, end)), index)
            for end in (varying.estimate.low, varying.estimate.high)
        )
        swings.append(Swing(varying, low, high))
    return tuple(sorted(swings, key=lambda s: (-abs(s.high_result - s.low_result), s.varying.key)))


def _input_swings(portfolio: Portfolio, index: IndexTable) -> list[Swing]:
    inputs = list(varying_inputs(portfolio, portfolio.counted).values())
    ends = [v.estimate.low for v in inputs], [v.estimate.high for v in inputs]
    low, high = (_balances(Calculator(portfolio, index), inputs, end) for end in ends)
    return [Swing(v, float(a), float(b)) for v, a, b in zip(inputs, low, high, strict=True)]


def _study_inputs(portfolio: Portfolio) -> tuple[Varying, ...]:
    """The discount rate and the horizon as inputs of their own."""
    study = portfolio.study
    lists = [i.amounts for one in portfolio.initiatives for i in one.investments]
    lists += [effect.inflow for one in portfolio.initiatives for effect in one.effects]
    shortest = max([1, study.activity_years, *map(len, lists)])
    rate, horizon = study.discount_rate, study.horizon
    return (
        Varying(
            ("study", "discount_rate"),
            Estimate(rate, rate - RATE_STEP, rate + RATE_STEP),
            "discount_rate",
        ),
        Varying(
            ("study", "horizon"),
            Estimate(horizon, min(horizon, max(shortest, horizon - HORIZON_STEP)), horizon + HORIZON_STEP),
            "horizon",
        ),
    )


def _moved(study: Study, varying: Varying, value: float) -> Study:
    return replace(study, **{varying.name: int(value) if varying.name == "horizon" else value})


def _balance(portfolio: Portfolio, index: IndexTable) -> float:
    totals = Calculator(portfolio, index).total({})
    return float(totals.benefits - totals.costs)


def _balances(calculator: Calculator, inputs: list[Varying], ends) -> np.ndarray:
    """The balance for as many cases as there are inputs: in case k only input k differs, at ends[k]."""
    values = {}
    for place, varying in enumerate(inputs):
        cases = np.full(len(inputs), varying.estimate.mode)
        cases[place] = ends[place]
        values[varying.key] = cases
    totals = calculator.total(values)
    return np.broadcast_to(totals.benefits - totals.costs, (len(inputs),))


def benefit_fall(outcome: Outcome) -> float | None:
    """Share by which all benefits may fall before they equal the costs: 1 - C/B.

    None where they do not exceed the costs to begin with, or where there are no benefits.
    """
    benefits, costs = outcome.benefits_pv, outcome.costs_pv
    return 1 - costs / benefits if benefits > 0 and benefits >= costs else None


def switching_values(portfolio: Portfolio, index: IndexTable) -> tuple[Switch, ...]:
    """For each single input of the counted initiatives the value at which benefits equal costs.

    Looked for between 0 and 1 for shares, and between 0 and a hundred times the value for
    amounts and reach (of reach the value is a multiplier: 1 is the reach as given). Of two, one
    on each side of the input, the nearest is given.
    """
    inputs = list(all_inputs(portfolio, portfolio.counted).values())
    calculator = Calculator(portfolio, index)
    lower = _crossings(calculator, inputs, [0.0 for _ in inputs])
    upper = _crossings(
        calculator, inputs, [1.0 if v.name in SHARES else _FARTHEST * v.estimate.mode for v in inputs]
    )
    found = []
    for varying, *sides in zip(inputs, lower, upper, strict=True):
        values = [float(value) for value in sides if not np.isnan(value)]
        found.append(
            Switch(varying, min(values, key=lambda v, at=varying: abs(v - at.estimate.mode), default=None))
        )
    return tuple(found)


def _crossings(calculator: Calculator, inputs: list[Varying], far_ends: list[float]) -> np.ndarray:
    """Per input the value between its mode and its far end where the balance is zero, else NaN.

    The balance is linear in every input except drop-off, which is halved instead.
    """
    if not inputs:
        return np.zeros(0)
    start, end = np.array([v.estimate.mode for v in inputs]), np.array(far_ends)
    at_start, at_end = _balances(calculator, inputs, start), _balances(calculator, inputs, end)
    crosses = (start != end) & (np.sign(at_start) * np.sign(at_end) <= 0) & (at_start != at_end)
    change = np.where(crosses, at_end - at_start, 1.0)
    found = np.where(crosses, start - (end - start) * at_start / change, np.nan)
    curved = [k for k, v in enumerate(inputs) if crosses[k] and v.name == "drop_off"]
    if curved:
        some, side = [inputs[k] for k in curved], np.sign(at_start[curved])
        near, far = start[curved], end[curved]
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            same = np.sign(_balances(calculator, some, middle)) == side
            near, far = np.where(same, middle, near), np.where(same, far, middle)
        found[curved] = (near + far) / 2
    return found


def scenarios(portfolio: Portfolio, index: IndexTable) -> Scenarios:
    """Three scenarios of the study: cautious, middle and favourable.

    cautious: every uncertain input at the end that lowers the balance, and a haircut on each
    positive benefit by the worse of its unit value's and its reach's grade (HAIRCUT); that is
    everything against at once. middle: the modes. favourable: every input at its other end.
    """
    worse: dict[Key, float] = {}
    better: dict[Key, float] = {}
    for varying, low, high in _input_swings(portfolio, index):
        ends = varying.estimate.low, varying.estimate.high
        worse[varying.key], better[varying.key] = ends if low <= high else ends[::-1]
    return Scenarios(
        cautious=Calculator(_trimmed(portfolio), index).total(worse),
        middle=Calculator(portfolio, index).total({}),
        favourable=Calculator(portfolio, index).total(better),
    )


def _trimmed(portfolio: Portfolio) -> Portfolio:
    """The portfolio with the haircut in the factor of its effects."""
    initiatives = tuple(
        replace(i, effects=tuple(replace(e, factor=e.factor * (1 - haircut(e))) for e in i.effects))
        for i in portfolio.initiatives
    )
    return replace(portfolio, initiatives=initiatives)


def haircut(effect: Effect) -> float:
    """What the cautious scenario takes off an effect; nothing from one that lowers the benefits.

    An effect without any grade keeps its benefits, as nobody judged it.
    """
    per_unit = effect.sign * effect.factor * effect.unit_value.amount.mode
    if per_unit * sum(effect.unit_value.shares.values()) < 0:
        return 0.0
    grades = [grade for grade in (effect.unit_value.grade, effect.grade) if grade]
    return HAIRCUT[max(grades)] if grades else 0.0
