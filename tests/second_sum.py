"""The sum of the second engine: years, lines, totals and what follows from a row of years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from second_numbers import PERSONS, Cost, Gain, Number, Project

Reader = Callable[[Number], np.ndarray]
NOISE = 1e-9


@dataclass(frozen=True)
class Study:
    """The settings of a study, and what an objection changes in them."""

    first_year: int
    horizon: int
    active: int
    rate: float
    timing_benefits: float
    timing_costs: float
    hours_cost: bool
    hours_gain: bool
    parties: dict[str, str]
    only_first: bool = False
    work_deadweight: float = 0
    work_displacement: float = 0
    more_deadweight: float = 0
    leisure: float = 0
    average_times: float = 1
    guess_overlap: float = 0

    def discount(self, timing: float) -> np.ndarray:
        """What a euro of each year is worth."""
        return (1 + self.rate) ** -(np.arange(self.horizon) + timing)


def point(number: Number) -> np.ndarray:
    """The value as filled in."""
    return np.array([number.mode])


# --- one line ---


def net_units(gain: Gain, study: Study, read: Reader, first: int = 0, last: int | None = None) -> np.ndarray:
    """Units per year that count, of the inflow of the years from first to last: shape (draws, years)."""
    deadweight = read(gain.deadweight) + study.more_deadweight
    displacement = read(gain.displacement)
    if gain.work:
        deadweight = np.maximum(deadweight, study.work_deadweight)
        displacement = np.maximum(displacement, study.work_displacement)
    factor = (1 - np.minimum(deadweight, 1)) * (1 - displacement) * (1 - read(gain.attribution))
    left = 1 - read(gain.drop_off)
    inflow = [read(number) for number in gain.inflow]
    found = np.zeros((max(np.size(part) for part in (factor, left, *inflow)), study.horizon))
    for year, entered in list(enumerate(inflow))[first:last]:
        for age in range(gain.duration):
            if year + gain.lag + age < study.horizon:
                found[:, year + gain.lag + age] += entered * left**age
    return found * factor[:, None] * gain.times


def gained(gain: Gain, study: Study, euros: float) -> dict[str, float]:
    """The share of each party; with an objection about leisure, a person's gain from wages is smaller."""
    shares = dict(gain.shares)
    for person in PERSONS:
        if gain.work and gain.wealth and shares.get(person, 0) * euros > 0:
            shares[person] *= 1 - study.leisure
    return shares


def cost_years(cost: Cost, study: Study, read: Reader) -> np.ndarray:
    """Euros per year of a line: shape (draws, years)."""
    amounts = [read(number) for number in cost.amounts]
    found = np.zeros((max([1, *(np.size(part) for part in amounts)]), study.horizon))
    if cost.hours and not study.hours_cost:
        return found
    filled = [year for year, number in enumerate(cost.amounts) if number.mode != 0]
    if study.only_first and len(filled) == 1:
        found[:, 0] = amounts[filled[0]] / study.active
        return found
    for year, amount in enumerate(amounts[: 1 if study.only_first else study.horizon]):
        found[:, year] = amount
    return found


# --- all lines ---


def losses(projects: list[Project], overlaps: dict, study: Study) -> dict[str, float]:
    """The share of its benefits about people that each counted initiative loses."""
    lost = dict.fromkeys([one.code for one in projects], 0.0)
    for place, one in enumerate(projects):
        for other in projects[place + 1 :]:
            both = overlaps.get(frozenset((one.code, other.code)))
            if both is None:
                both = study.guess_overlap * min(one.participants, other.participants)
            for mine in (one, other):
                if both and mine.participants:
                    lost[mine.code] += 0.5 * both / mine.participants
    return {code: min(share, 1.0) for code, share in lost.items()}


def totals(
    projects: list[Project], lost: dict[str, float], study: Study, read: Reader
) -> tuple[np.ndarray, np.ndarray]:
    """Present value of benefits and costs, per draw."""
    benefits, costs = np.zeros(1), np.zeros(1)
    for one in projects:
        for cost in one.costs:
            costs = costs + cost_years(cost, study, read) @ study.discount(study.timing_costs)
        for gain in one.gains:
            if gain.hours and not study.hours_gain:
                continue
            last = 1 if study.only_first else None
            worth = net_units(gain, study, read, last=last) @ study.discount(study.timing_benefits)
            worth = worth * read(gain.amount) * (1 - lost[one.code] * gain.people)
            worth = worth * (study.average_times if gain.average else 1)
            if study.leisure:
                parts = sum(gained(gain, study, float(worth[0])).values())
            else:
                parts = sum(gain.shares.values())
            benefits = benefits + worth * (0 if abs(parts) < NOISE else parts)
    return benefits, costs


def lines(projects: list[Project], lost: dict[str, float], study: Study) -> list[tuple]:
    """Per party with a share: (initiative, gain, party, euros per year, of which from the first inflow)."""
    found = []
    for one in projects:
        for gain in one.gains:
            if gain.hours and not study.hours_gain:
                continue
            first, later = (
                net_units(gain, study, point, *part)[0]
                * gain.amount.mode
                * (1 - lost[one.code] * gain.people)
                for part in ((0, 1), (1, None))
            )
            for party, share in gain.shares.items():
                found.append((one, gain, party, (first + later) * share, first * share))
    return found


# --- a row of years ---


def payback(benefits: np.ndarray, costs: np.ndarray, turnover: float) -> int | None:
    """The first year from which the benefits so far cover the costs so far, and stay so."""
    back, spent = np.cumsum(benefits), np.cumsum(costs)
    good = (back - spent >= -NOISE * turnover) & (spent > 0)
    for year in range(len(good)):
        if good[year:].all():
            return year + 1
    return None


def internal_rates(benefits: np.ndarray, costs: np.ndarray, study: Study, turnover: float) -> list[float]:
    """Every rate between -0.99 and 10 at which both present values are equal.

    Sought between the points of a fine grid: where the difference changes sign, and where it touches zero.
    """
    terms: dict[float, float] = {}
    for year in range(study.horizon):
        terms[year + study.timing_benefits] = terms.get(year + study.timing_benefits, 0.0) + benefits[year]
        terms[year + study.timing_costs] = terms.get(year + study.timing_costs, 0.0) - costs[year]
    when, euros = np.array(list(terms)), np.array(list(terms.values()))
    euros[np.abs(euros) < NOISE * turnover] = 0

    def present(rates: np.ndarray) -> np.ndarray:
        worth = (1 + rates[:, None]) ** -when
        return (worth @ euros) / (worth @ np.abs(euros))

    if not euros.any():
        return []
    grid = np.exp(np.linspace(np.log(0.01), np.log(11), 20_001)) - 1
    values = present(grid)
    found = []
    for place in range(1, len(grid) - 1):
        before, here, after = values[place - 1 : place + 2]
        low, high = grid[place - 1], grid[place]
        if before * here < 0:
            for _ in range(8):
                finer = np.linspace(low, high, 101)
                crossing = int(np.flatnonzero(present(finer) * before > 0)[-1])
                low, high = finer[crossing], finer[min(crossing + 1, 100)]
            found.append(float((low + high) / 2))
        elif abs(here) < min(1e-4, abs(before), abs(after)) and before * after > 0:
            finer = np.linspace(low, grid[place + 1], 10_001)
            touching = np.abs(present(finer))
            if touching.min() < NOISE:
                found.append(float(finer[touching.argmin()]))
    return found
