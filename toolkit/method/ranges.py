"""Which numbers of a study may lie elsewhere, and between which bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.model.estimate import Estimate
from toolkit.model.initiative import VOLUNTEER_HOURS, Effect, Initiative, Investment
from toolkit.model.portfolio import Portfolio
from toolkit.model.study import Study
from toolkit.model.unit_value import VOLUNTEER_HOUR

REACH_SPREAD = {"A": 0.05, "B": 0.10, "C": 0.25, "D": 0.50}
SHARE_SPREAD = {"A": 0.025, "B": 0.05, "C": 0.125, "D": 0.25}
SHARES = ("deadweight", "displacement", "attribution", "drop_off")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Varying:
    """An uncertain number. key: what it is, unique in the study; cell: where it was read.

    A key starts with 'unit_value' (shared by all that use it) or with an initiative's code.
    For reach the estimate is a multiplier of the whole inflow (1 = as given).
    """

    key: Key
    estimate: Estimate
    name: str
    cell: str = ""


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

    Left alone: drop-off where the effect lasts one year, and a displacement of zero (nobody
    was asked for it).
    """
    value: Estimate = getattr(effect, name)
    if value.varies:
        low, high = value.bounds
        return replace(value, low=max(0.0, low), high=min(1.0, high))
    plain = (name == "drop_off" and effect.duration == 1) or (name == "displacement" and value.mode == 0)
    if plain or effect.grade not in SHARE_SPREAD:
        return value
    return within(value.mode, SHARE_SPREAD[effect.grade], 0.0, 1.0)


def row_key(initiative: str, effect: Effect, *rest: str) -> Key:
    """The key of an input of one form row; effects from the same row share it."""
    return (initiative, effect.row or effect.code, *rest)


def unit_value_key(initiative: str, effect: Effect) -> Key:
    """The key of a unit value: shared by code, unless it is the initiative's own amount."""
    value = effect.unit_value
    if value.code and not value.own:
        return ("unit_value", value.code)
    return (initiative, effect.code, "unit_value")


def is_shared(key: Key) -> bool:
    """Tell whether an input belongs to all initiatives that use it: a unit value of the library.

    >>> is_shared(("unit_value", "loonwaarde")), is_shared(("KADE", "EF-01", "unit_value"))
    (True, False)
    """
    return len(key) == 2 and key[0] == "unit_value"


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
    """What an input can be at all: a share lies in [0, 1], reach is not negative."""
    if varying.name in SHARES:
        return 0.0, 1.0
    return (0.0 if varying.name in ("inflow", "reach") else -float("inf")), float("inf")


def varying_inputs(portfolio: Portfolio, initiatives: tuple[Initiative, ...]) -> dict[Key, Varying]:
    """Every uncertain number of these initiatives that counts in the sums, each once, by key."""
    found: dict[Key, Varying] = {}
    for key, varying in _each(portfolio.study, initiatives):
        if varying.estimate.varies:
            found.setdefault(key, varying)
    return found


def all_inputs(portfolio: Portfolio, initiatives: tuple[Initiative, ...]) -> dict[Key, Varying]:
    """Every number of these initiatives that counts in the sums, uncertain or not, each once, by key."""
    return dict(_each(portfolio.study, initiatives)) | varying_inputs(portfolio, initiatives)


def _each(study: Study, initiatives: tuple[Initiative, ...]) -> Iterator[tuple[Key, Varying]]:
    for initiative in initiatives:
        for effect in initiative.effects:
            if counts(effect, study):
                yield from ((varying.key, varying) for varying in _of_effect(initiative.code, effect))
        for name, investment in zip(investment_keys(initiative), initiative.investments, strict=True):
            if not inside_ratio(investment, study):
                continue
            for year, amount in enumerate(investment.amounts):
                key = (initiative.code, name, "amount", str(year))
                yield key, Varying(key, amount, "amount", amount.cell or investment.cell)


def _of_effect(code: str, effect: Effect) -> Iterator[Varying]:
    amount = effect.unit_value.priced
    yield Varying(unit_value_key(code, effect), amount, "unit_value", amount.cell)
    ranged = [number.varies for number in effect.inflow]
    for year, number in enumerate(effect.inflow):
        if number.varies:
            clipped = replace(number, low=max(0.0, number.bounds[0]))
            yield Varying(row_key(code, effect, "inflow", str(year)), clipped, "inflow", number.cell)
    if not any(ranged):
        spread = REACH_SPREAD.get(effect.grade)
        reach = within(1.0, spread, 0.0, float("inf")) if spread else Estimate(1.0)
        cell = effect.cells.get("reach") or (effect.inflow[0].cell if effect.inflow else "")
        yield Varying(row_key(code, effect, "reach"), reach, "reach", cell)
    for name in SHARES:
        cell = effect.cells.get(name) or getattr(effect, name).cell
        yield Varying(row_key(code, effect, name), graded_share(effect, name), name, cell)
