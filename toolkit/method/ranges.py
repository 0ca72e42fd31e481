"""Which numbers of a study may lie elsewhere, between which bounds, and which of them move together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from toolkit.model.estimate import Estimate
from toolkit.model.initiative import VOLUNTEER_HOURS, Effect, Initiative, Investment
from toolkit.model.portfolio import Portfolio
from toolkit.model.study import Study
from toolkit.model.unit_value import VOLUNTEER_HOUR

REACH_SPREAD = {"A": 0.05, "B": 0.10, "C": 0.25, "D": 0.50}
SHARE_SPREAD = {"A": 0.025, "B": 0.05, "C": 0.125, "D": 0.25}
SHARES = ("deadweight", "displacement", "attribution", "drop_off")
COUNTERFACTUAL = ("deadweight", "attribution")
BEST_OF_COUNTERFACTUAL = "C"
"""No register knows what would have happened otherwise: a better grade is that of the count."""
ROUGH = ("C", "D")
"""Grades at which one team errs the same way in all its numbers."""
SPREAD = "spread"
"""Last part of the key of a reach with the range of its grade: from -1 (lowest) through 0 to 1 (highest)."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Varying:
    """A number of the study. key: what it is, unique in the study; cell: where it was read.

    A key starts with 'unit_value' (shared by all that use it) or with an initiative's code.
    together: the number is drawn with all that have the same key here.
    Reach as a whole is a multiplier of the inflow of all years (1 = as given).
    """

    key: Key
    estimate: Estimate
    name: str
    cell: str
    together: Key

    @property
    def number(self) -> Key:
        """The key of the number that this is the range of."""
        return self.key[:-1] if self.key[-1] == SPREAD else self.key


@dataclass(frozen=True, slots=True)
class Assumption:
    """What is drawn with one number: the inputs that err the same way. key: their `together`."""

    key: Key
    inputs: tuple[Varying, ...]

    @property
    def first(self) -> Varying:
        """The input that was met first."""
        return self.inputs[0]


def counts(effect: Effect, study: Study) -> bool:
    """Tell whether an effect is inside the sums: volunteer hours only if the study says so."""
    return study.include_volunteer_hours or effect.unit_value.code != VOLUNTEER_HOUR


def inside_ratio(investment: Investment, study: Study) -> bool:
    """Tell whether an investment is inside the ratio: volunteer hours only if the study says so."""
    return study.include_volunteer_hours or investment.kind != VOLUNTEER_HOURS


def within(mode: float, spread: float, lowest: float, highest: float) -> Estimate:
    """An estimate around `mode`, its bounds clipped.

    >>> within(0.1, 0.25, 0.0, 1.0)
    Estimate(mode=0.1, low=0.0, high=0.35, dist='pert', cell='')
    """
    return Estimate(mode, max(lowest, mode - spread), min(highest, mode + spread))


def graded_share(effect: Effect, name: str) -> Estimate:
    """A percentage of an effect with its own range, or else the range of the effect's grade.

    What would have happened otherwise (deadweight, attribution) is known at BEST_OF_COUNTERFACTUAL
    at best. Left alone: exactly nothing of those two, a displacement of zero (nobody was asked for
    it), and drop-off where the effect lasts one year.
    """
    value: Estimate = getattr(effect, name)
    if value.varies:
        low, high = value.bounds
        return replace(value, low=max(0.0, low), high=min(1.0, high))
    never = effect.duration == 1 if name == "drop_off" else value.mode == 0
    if never or effect.grade not in SHARE_SPREAD:
        return value
    grade = max(effect.grade, BEST_OF_COUNTERFACTUAL) if name in COUNTERFACTUAL else effect.grade
    return within(value.mode, SHARE_SPREAD[grade], 0.0, 1.0)


def expected_grade(effect: Effect) -> str:
    """The grade of the inflow after the reporting year: its own, else the worse of C and the effect's.

    '' where the effect has no grade.
    """
    return effect.expected_grade or (effect.grade and max(effect.grade, BEST_OF_COUNTERFACTUAL))


def reach_spreads(effect: Effect) -> tuple[float, ...]:
    """How far the inflow of each year may lie off, as a share of it: what the grade of that year allows."""
    first, later = (REACH_SPREAD.get(grade, 0.0) for grade in (effect.grade, expected_grade(effect)))
    return tuple(first if year == 0 else later for year in range(len(effect.inflow)))


def row_key(initiative: str, effect: Effect, *rest: str) -> Key:
    """The key of an input of one form row; effects from the same row share it."""
    return (initiative, effect.row or effect.code, *rest)


def unit_value_key(initiative: str, effect: Effect) -> Key:
    """The key of a unit value: shared by code, unless it is the initiative's own amount."""
    value = effect.unit_value
    if value.code and not value.own:
        return ("unit_value", value.code)
    return (initiative, effect.code, "unit_value")


def counterfactual_key(initiative: str, effect: Effect, name: str) -> Key:
    """What a deadweight or an attribution is drawn with: people err the same way everywhere.

    By the change, whoever brings it about; without one by the row within the initiative; without
    that by the unit value, whoever uses it; else by the effect.
    """
    if effect.change:
        return (f"{name} of change", effect.change)
    if effect.row:
        return (initiative, effect.row, name)
    if effect.unit_value.code:
        return (f"{name} of unit value", effect.unit_value.code)
    return (initiative, effect.code, name)


def is_shared(key: Key) -> bool:
    """Tell whether a number is drawn for all initiatives at once.

    >>> is_shared(("unit_value", "loonwaarde")), is_shared(("KADE", "EF-01", "unit_value"))
    (True, False)
    """
    return len(key) == 2


def assumptions(inputs: Iterable[Varying]) -> dict[Key, Assumption]:
    """The inputs by what they are drawn with, in order of first mention."""
    found: dict[Key, list[Varying]] = {}
    for varying in inputs:
        found.setdefault(varying.together, []).append(varying)
    return {key: Assumption(key, tuple(members)) for key, members in found.items()}


def investment_keys(initiative: Initiative) -> list[str]:
    """A name for each investment that does not depend on its place.

    The code, or else who pays and for what; equals are numbered by their amounts.
    """
    names = [i.code or f"{i.party}: {i.name}" for i in initiative.investments]
    amounts = [
        [(a.mode, a.low or 0.0, a.high or 0.0, a.dist) for a in i.amounts] for i in initiative.investments
    ]
    met: dict[str, int] = {}
    keys = list(names)
    for place in sorted(range(len(names)), key=lambda at: (names[at], amounts[at])):
        met[names[place]] = number = met.get(names[place], 0) + 1
        keys[place] = names[place] if number == 1 else f"{names[place]} {number}"
    return keys


def limits(varying: Varying) -> tuple[float, float]:
    """What an input can be at all: a share lies in [0, 1], an inflow is not negative."""
    if varying.name in SHARES:
        return 0.0, 1.0
    return (0.0 if varying.name == "inflow" else -float("inf")), float("inf")


def varying_inputs(portfolio: Portfolio, initiatives: tuple[Initiative, ...]) -> dict[Key, Varying]:
    """Every uncertain number of these initiatives that counts in the sums, each once, by key."""
    found: dict[Key, Varying] = {}
    for varying in inputs(portfolio.study, initiatives):
        if varying.estimate.varies:
            found.setdefault(varying.key, varying)
    return found


def all_inputs(portfolio: Portfolio, initiatives: tuple[Initiative, ...]) -> dict[Key, Varying]:
    """Every number of these initiatives that counts in the sums, uncertain or not, each once, by key."""
    numbers = (varying for varying in inputs(portfolio.study, initiatives) if varying.key == varying.number)
    return {varying.key: varying for varying in numbers} | {
        key: varying
        for key, varying in varying_inputs(portfolio, initiatives).items()
        if key == varying.number
    }


def inputs(study: Study, initiatives: tuple[Initiative, ...]) -> Iterator[Varying]:
    """Every number of these initiatives that counts in the sums, and of every reach its range."""
    for initiative in initiatives:
        for effect in initiative.effects:
            if counts(effect, study):
                yield from _of_effect(initiative.code, effect)
        for name, investment in zip(investment_keys(initiative), initiative.investments, strict=True):
            if not inside_ratio(investment, study):
                continue
            line = (initiative.code, name, "amount")
            for year, amount in enumerate(investment.amounts):
                cell = amount.cell or investment.cell
                yield Varying((*line, str(year)), amount, "amount", cell, line)


def _of_effect(code: str, effect: Effect) -> Iterator[Varying]:
    amount, key = effect.unit_value.priced, unit_value_key(code, effect)
    yield Varying(key, amount, "unit_value", amount.cell, key)
    yield from _reach(code, effect)
    for name in SHARES:
        cell, key = effect.cells.get(name) or getattr(effect, name).cell, row_key(code, effect, name)
        together = counterfactual_key(code, effect, name) if name in COUNTERFACTUAL else key
        yield Varying(key, graded_share(effect, name), name, cell, together)


def _reach(code: str, effect: Effect) -> Iterator[Varying]:
    """The inflow: years with a range of their own, or all years by the grades, all with one number."""
    spreads = reach_spreads(effect)
    if any(number.varies for number in effect.inflow):
        together = row_key(code, effect, "inflow")
        for year, (number, spread) in enumerate(zip(effect.inflow, spreads, strict=True)):
            ranged = number if number.varies else within(number.mode, spread * number.mode, 0.0, float("inf"))
            clipped = replace(ranged, low=max(0.0, ranged.bounds[0]), high=ranged.bounds[1])
            yield Varying((*together, str(year)), clipped, "inflow", number.cell, together)
        return
    key = row_key(code, effect, "reach")
    cell = effect.cells.get("reach") or (effect.inflow[0].cell if effect.inflow else "")
    yield Varying(key, Estimate(1.0), "reach", cell, key)
    rough = (effect.grade or expected_grade(effect)) in ROUGH
    together = (code, "", "reach") if rough else key
    ends = Estimate(0.0, -1.0, 1.0) if any(spreads) else Estimate(0.0)
    yield Varying((*key, SPREAD), ends, "reach", cell, together)
