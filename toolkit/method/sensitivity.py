"""Which assumptions weigh most, where benefits and costs would be equal, and three scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method.ranges import (
    SHARES,
    Assumption,
    Key,
    Varying,
    all_inputs,
    assumptions,
    inputs,
    varying_inputs,
)
from toolkit.method.totals import Calculator, Totals
from toolkit.model.arrays import Floats
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Effect
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import Outcome
from toolkit.model.study import Study

RATE_STEP, HORIZON_STEP = 0.01, 2
HAIRCUT: Mapping[str, float] = {"A": 0.0, "B": 0.05, "C": 0.15, "D": 0.40}
"""What the cautious scenario takes off a benefit by its weakest grade: a convention of this method,
after the adjustment for optimism bias in HM Treasury's Green Book."""
STUDY = "study"
"""First part of the keys of the discount rate and the horizon, which belong to no initiative."""
_FARTHEST = 100.0
_MOST_STEPS, _CLOSE = 60, 1e-12


class Swing(NamedTuple):
    """One assumption and the study's balance (present value, euros) at its low and its high end."""

    assumption: Assumption
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
    """The balance of the study with each assumption at its low and high end, all else equal.

    Every assumption about the counted initiatives, all its inputs at their low or all at their high
    end; the discount rate (one percentage point down and up) and the horizon (two years down and up,
    never shorter than the years of activity or than a list of amounts). For normal and lognormal
    inputs the ends are the 5th and 95th percentile. Widest swing first. Units: euros of the price
    level, present value.
    Source: one-way sensitivity analysis, Green Book, chapter 5; Romijn and Renes (2013),
    general guidance for social cost-benefit analysis, chapter 8.
    """
    swings = input_swings(portfolio, index)
    for varying in _study_inputs(portfolio):
        low, high = (
            _balance(replace(portfolio, study=_moved(portfolio.study, varying, end)), index)
            for end in varying.estimate.bounds
        )
        swings.append(Swing(Assumption(varying.key, (varying,)), low, high))
    return tuple(sorted(swings, key=width))


def width(swing: Swing) -> tuple[float, Key]:
    """What sorts swings, the widest first and equals by name."""
    return -_cents(swing.high_result - swing.low_result), swing.assumption.key


def _cents(change: float) -> float:
    """The size of a change; less than a cent is the noise of adding up, not a difference."""
    return round(abs(change), 2)


def input_swings(portfolio: Portfolio, index: IndexTable) -> list[Swing]:
    """The swings of the assumptions about the counted initiatives, in order of first mention."""
    found = list(assumptions(varying_inputs(portfolio, portfolio.counted).values()).values())
    calculator = Calculator(portfolio, index)
    low, high = _OneByOne(calculator, [one.inputs for one in found], _end).balances(
        np.array([[0.0], [1.0]]) + np.zeros(len(found))
    )
    return [Swing(one, float(a), float(b)) for one, a, b in zip(found, low, high, strict=True)]


def _end(varying: Varying, place: Floats) -> Floats:
    """The value of an input at a place between its low (0) and its high end (1)."""
    low, high = varying.estimate.bounds
    return np.where(place == 1.0, high, low + place * (high - low))


def _study_inputs(portfolio: Portfolio) -> tuple[Varying, ...]:
    """The discount rate and the horizon as inputs of their own."""
    study, shortest = portfolio.study, shortest_horizon(portfolio)
    rate, horizon = study.discount_rate, study.horizon
    return (
        Varying(
            (STUDY, "discount_rate"),
            Estimate(rate, rate - RATE_STEP, rate + RATE_STEP),
            "discount_rate",
            "",
            (STUDY, "discount_rate"),
        ),
        Varying(
            (STUDY, "horizon"),
            Estimate(horizon, min(horizon, max(shortest, horizon - HORIZON_STEP)), horizon + HORIZON_STEP),
            "horizon",
            "",
            (STUDY, "horizon"),
        ),
    )


def shortest_horizon(portfolio: Portfolio) -> int:
    """The years of activity, or where a list of amounts or numbers is longer, those of the list."""
    lists = [len(i.amounts) for one in portfolio.initiatives for i in one.investments]
    lists += [len(effect.inflow) for one in portfolio.initiatives for effect in one.effects]
    return max([1, portfolio.study.activity_years, *lists])


def _moved(study: Study, varying: Varying, value: float) -> Study:
    if varying.name == "horizon":
        return replace(study, horizon=int(value))
    return replace(study, discount_rate=value)


def _balance(portfolio: Portfolio, index: IndexTable) -> float:
    return float(Calculator(portfolio, index).total({}).balance)


class _OneByOne:
    """The balance of a study with one group of inputs at a time away from their modes.

    A group moves only the initiatives that use it, so each is computed for its own groups alone.
    at: what an input of a group is at a place of that group.
    """

    def __init__(
        self,
        calculator: Calculator,
        groups: Sequence[tuple[Varying, ...]],
        at: Callable[[Varying, Floats], Floats],
    ) -> None:
        self.calculator, self.at = calculator, at
        self.middle = float(calculator.total({}).balance)
        known = {varying.key: (place, varying) for place, group in enumerate(groups) for varying in group}
        self.users = []
        for initiative in calculator.portfolio.counted:
            members: dict[int, dict[Key, Varying]] = {}
            for used in inputs(calculator.study, (initiative,)):
                if used.key in known:
                    place, varying = known[used.key]
                    members.setdefault(place, {})[varying.key] = varying
            if members:
                self.users.append((initiative, members))

    def balances(self, places: Floats) -> Floats:
        """The balance for each row of `places` (rows, groups): group k at that place, all else as it is."""
        changes = np.zeros(places.shape)
        for initiative, members in self.users:
            values: dict[Key, Floats] = {}
            moved = list(members)
            for column, place in enumerate(moved):
                for varying in members[place].values():
                    mode = varying.estimate.mode
                    cases = np.full((len(places), len(moved)), mode)
                    cases[:, column] = self.at(varying, places[:, place])
                    values[varying.key] = np.append(cases, mode)
            totals = self.calculator.in_study(initiative, self.calculator.initiative(initiative, values))
            balances = np.broadcast_to(totals.balance, (places[:, moved].size + 1,))
            changes[:, moved] += (balances[:-1] - balances[-1]).reshape(len(places), len(moved))
        return self.middle + changes


def _itself(_: Varying, place: Floats) -> Floats:
    """Of a group of one input the place is its value."""
    return place


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
    numbers = list(all_inputs(portfolio, portfolio.counted).values())
    far_ends = [
        [0.0 for _ in numbers],
        [1.0 if v.name in SHARES else _FARTHEST * v.estimate.mode for v in numbers],
    ]
    found = []
    crossings = _crossings(Calculator(portfolio, index), numbers, np.array(far_ends))
    for varying, sides in zip(numbers, crossings.T, strict=True):
        values = [float(value) for value in sides if not np.isnan(value)]
        found.append(Switch(varying, _nearest(values, varying.estimate.mode)))
    return tuple(found)


def _nearest(values: list[float], mode: float) -> float | None:
    return min(values, key=lambda value: abs(value - mode), default=None)


def _crossings(calculator: Calculator, numbers: list[Varying], far_ends: Floats) -> Floats:
    """Per far end (rows, inputs) the value between the mode and there where the balance is zero, else NaN.

    The balance is linear in every input except drop-off, where the answer is come nearer to.
    """
    study = _OneByOne(calculator, [(one,) for one in numbers], _itself)
    modes = np.broadcast_to([v.estimate.mode for v in numbers], far_ends.shape)
    start, end = study.middle, study.balances(far_ends)
    crosses = (modes != far_ends) & (np.sign(start) * np.sign(end) <= 0) & (start != end)
    change = np.where(crosses, end - start, 1.0)
    found = np.where(crosses, modes - (far_ends - modes) * start / change, np.nan)
    curved = [k for k, v in enumerate(numbers) if v.name == "drop_off" and crosses[:, k].any()]
    if curved:
        some = _OneByOne(calculator, [(numbers[k],) for k in curved], _itself)
        near = _approached(some, modes[:, curved], far_ends[:, curved], end[:, curved])
        found[:, curved] = np.where(crosses[:, curved], near, np.nan)
    return found


def _approached(study: _OneByOne, near: Floats, far: Floats, far_balance: Floats) -> Floats:
    """The value between near (the modes) and far where a curved balance is zero.

    Regula falsi, where an end that stays put counts for half (the Illinois method).
    """
    near_balance = np.full(far.shape, study.middle)
    for _ in range(_MOST_STEPS):
        slope = far_balance - near_balance
        step = far_balance * (far - near) / np.where(slope == 0, 1.0, slope)
        middle = far - step
        balance = study.balances(middle)
        same = np.sign(balance) == np.sign(far_balance)
        near = np.where(same, near, far)
        near_balance = np.where(same, near_balance / 2, far_balance)
        far, far_balance = middle, balance
        if np.abs(step).max() < _CLOSE:
            break
    return far


def scenarios(portfolio: Portfolio, index: IndexTable) -> Scenarios:
    """Three scenarios of the study: cautious, middle and favourable.

    cautious: every assumption at the end that lowers the balance, and a haircut on each
    positive benefit by the worse of its unit value's and its reach's grade (HAIRCUT); that is
    everything against at once. middle: the modes. favourable: every input at its other end.
    """
    worse: dict[Key, float] = {}
    better: dict[Key, float] = {}
    for assumption, low, high in input_swings(portfolio, index):
        for varying in assumption.inputs if _cents(high - low) else ():
            ends = varying.estimate.bounds
            worse[varying.key], better[varying.key] = ends if low < high else ends[::-1]
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
    per_unit = effect.sign * effect.factor * effect.unit_value.priced.mode
    if per_unit * sum(effect.unit_value.shares.values()) < 0:
        return 0.0
    grades = [grade for grade in (effect.unit_value.grade, effect.grade) if grade]
    return HAIRCUT[max(grades)] if grades else 0.0
