"""A second engine: the outcome of a study in JSON, computed anew from docs/methode.md and docs/json.md alone.

It shares nothing with the toolkit, and takes other ways where it can: all totals are sums over lines of one
flat list, rates are roots of a polynomial, and every draw has its own random numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from second_numbers import PARTIES, PERSONS, Cost, Facts, Gain, Number, Project, project

Reader = Callable[[Number], np.ndarray]
TIMING = {"begin": 0.0, "middle": 0.5, "end": 1.0}
NOISE = 1e-9
PERCENTILES = {"p2_5": 2.5, "p5": 5, "p50": 50, "p95": 95, "p97_5": 97.5}


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
    """(initiative, gain, party, euros per year, of which from the first inflow) for every party that has a share."""
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


# --- the outcome of the study, or of one initiative ---


def outcome(projects: list[Project], overlaps: dict, study: Study, library: Facts, of_study: bool) -> dict:
    """Everything that docs/json.md promises for one of them."""
    lost = losses(projects, overlaps, study)
    rows = lines(projects, lost, study)
    now, then = study.discount(study.timing_benefits), study.discount(study.timing_costs)
    benefits = sum((row[3] for row in rows), np.zeros(study.horizon))
    paid = [(cost, cost_years(cost, study, point)[0]) for one in projects for cost in one.costs]
    costs = sum((years for _, years in paid), np.zeros(study.horizon))
    turnover = sum(np.abs(row[3]).sum() for row in rows) + sum(np.abs(years).sum() for _, years in paid)
    bearers: dict[str, float] = dict.fromkeys([*study.parties, "geen_dekking"], 0.0)
    for cost, years in paid:
        covered = study.first_year + np.arange(study.horizon) <= cost.until
        bearers[cost.party] += float(years[covered] @ then[covered])
        bearers["geen_dekking"] += float(years[~covered] @ then[~covered])
    won = {party: sum(float(row[3] @ now) for row in rows if row[2] == party) for party in study.parties}
    uncovered = bearers["geen_dekking"]
    groups = study.parties
    if uncovered:
        groups = groups | {"geen_dekking": "geen_dekking"}
    b, c = float(benefits @ now), float(costs @ then)
    rates = internal_rates(benefits, costs, study, turnover)
    per_effect: dict[str, float] = {}
    per_domain: dict[str, float] = {}
    for one, gain, _, years, _ in rows:
        code = f"{one.code}.{gain.code}" if of_study else gain.code
        per_effect[code] = per_effect.get(code, 0.0) + float(years @ now)
        per_domain[gain.domain] = per_domain.get(gain.domain, 0.0) + float(years @ now)
    answers = objections(projects, overlaps, study, library)
    return {
        **headline(b, c),
        "irr": min(rates, key=abs) if rates else None,
        "irr_roots": rates,
        "payback_year": payback(benefits * now, costs * then, turnover),
        "per_party": {party: balance(won.get(party, 0.0), bearers[party]) for party in groups},
        "per_group": {
            group: balance(
                sum(won.get(party, 0.0) for party, its in groups.items() if its == group),
                sum(bearers[party] for party, its in groups.items() if its == group),
            )
            for group in dict.fromkeys(groups.values())
        },
        "per_domain": {domain: {"benefits": euros} for domain, euros in per_domain.items()},
        "per_effect": {code: {"benefits": euros} for code, euros in per_effect.items()},
        "per_year": {
            "benefits": benefits.tolist(),
            "costs": costs.tolist(),
            "benefits_pv": (benefits * now).tolist(),
            "costs_pv": (costs * then).tolist(),
        },
        "uncovered_pv": uncovered,
        "cash": {party: cash([row for row in rows if row[2] == party], now) for party in study.parties},
        "evidence": evidence(rows, now, turnover),
        "counted_year": {key: answers[0][key] for key in ("benefits_pv", "costs_pv", "ratio")},
        "objections": answers,
    }


def headline(benefits: float, costs: float) -> dict:
    """The total, and the ratio where there are costs."""
    ratio = benefits / costs if costs > 0 else None
    return {
        "benefits_pv": benefits,
        "costs_pv": costs,
        "npv": benefits - costs,
        "ratio": ratio,
        "net_ratio": None if ratio is None else ratio - 1,
    }


def balance(benefits: float, costs: float) -> dict:
    return {"benefits": benefits, "costs": costs, "balance": benefits - costs}


def cash(rows: list[tuple], now: np.ndarray) -> dict:
    """What one party spends less and what it spends more."""
    worth = [(gain, float(years @ now)) for _, gain, _, years, _ in rows]
    saved = sum(euros for gain, euros in worth if euros > 0 and gain.cash)
    extra = -sum(euros for _, euros in worth if euros < 0)
    return {"saved": saved, "extra": extra, "net": saved - extra}


def evidence(rows: list[tuple], now: np.ndarray, turnover: float) -> dict | None:
    """What part of the net benefits rests on which grade, and what is expected."""
    whole: dict[tuple, float] = {}
    first: dict[tuple, float] = {}
    grades = {}
    for one, gain, _, years, of_first in rows:
        key = (one.code, gain.code)
        grades[key] = gain.grade
        whole[key] = whole.get(key, 0.0) + float(years @ now)
        first[key] = first.get(key, 0.0) + float(of_first @ now)
    found = dict.fromkeys(("A", "B", "C", "D", "expected"), 0.0)
    for key, euros in whole.items():
        if abs(euros) > NOISE * turnover:
            found[grades[key]] += abs(first[key])
            found["expected"] += abs(euros - first[key])
    everything = sum(found.values())
    return {kind: part / everything for kind, part in found.items()} if everything else None


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

    With x = (1 + r)^(-1/2) the difference is a polynomial in x; its real roots are found between the points of
    a fine grid, so a root that only touches zero is none.
    """
    terms: dict[float, float] = {}
    for year in range(study.horizon):
        terms[year + study.timing_benefits] = terms.get(year + study.timing_benefits, 0.0) + benefits[year]
        terms[year + study.timing_costs] = terms.get(year + study.timing_costs, 0.0) - costs[year]
    when, euros = np.array(list(terms)), np.array(list(terms.values()))
    euros[np.abs(euros) < NOISE * turnover] = 0

    def difference(rate: float) -> float:
        return float(euros @ (1 + rate) ** (when.min() - when))

    grid = np.exp(np.linspace(np.log(0.01), np.log(11), 40_001)) - 1
    signs = np.sign(((1 + grid[:, None]) ** (when.min() - when)) @ euros)
    found = []
    for place in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        low, high = grid[place], grid[place + 1]
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if difference(middle) * signs[place] > 0 else (low, middle)
        found.append(float((low + high) / 2))
    found += [float(grid[place]) for place in np.flatnonzero(signs == 0)] if signs.any() else []
    return sorted(found)


# --- objections ---


def objections(projects: list[Project], overlaps: dict, study: Study, library: Facts) -> list[dict]:
    """Every line of the table of paragraph 16, in its order."""
    base = totals(projects, losses(projects, overlaps, study), study, point)
    cautious = replace(
        study, horizon=study.active, work_deadweight=0.5, leisure=0.25, rate=study.rate + 0.01
    )
    tried = {
        "counted_year": replace(study, only_first=True),
        "horizon": replace(study, horizon=study.active),
        "work_deadweight": replace(study, work_deadweight=0.5),
        "displacement": replace(study, work_displacement=0.5),
        "recovering": replace(study, more_deadweight=0.25),
        "leisure_25": replace(study, leisure=0.25),
        "leisure_50": replace(study, leisure=0.5),
        "average_price": replace(study, average_times=0.5),
        "overlap": replace(study, guess_overlap=0.25),
        "volunteers": replace(study, hours_cost=True),
        "discount": replace(study, rate=study.rate + 0.01),
        "hardest": None,
        "transfers": study,
        "peer": None,
        "cautious": cautious,
    }
    answers = []
    for code, change in tried.items():
        if change:
            benefits, costs = totals(projects, losses(projects, overlaps, change), change, point)
        elif code == "peer":
            benefits, costs = library.lowest_peer * base[1], base[1]
        else:
            benefits, costs = hardest(projects, losses(projects, overlaps, study), study)
        answer = headline(float(benefits[0]), float(costs[0]))
        answers.append({"code": code} | {key: answer[key] for key in ("benefits_pv", "costs_pv", "ratio")})
    return answers


def hardest(
    projects: list[Project], lost: dict[str, float], study: Study
) -> tuple[np.ndarray, np.ndarray]:
    """The totals with the assumption of the largest swing at its worst end."""
    worst, largest = totals(projects, lost, study, point), 0.0
    for key in dict.fromkeys(key for one in projects for key in one.keys):
        ends = []
        for end in ("low", "high"):
            ends.append(
                totals(
                    projects,
                    lost,
                    study,
                    lambda number, key=key, end=end: np.array(
                        [getattr(number, end) if number.key == key else number.mode]
                    ),
                )
            )
        low, high = (float(benefits[0] - costs[0]) for benefits, costs in ends)
        if abs(high - low) > largest * (1 + NOISE):
            largest, worst = abs(high - low), ends[0] if low <= high else ends[1]
    return worst


# --- draws ---


def drawn(projects: list[Project], draws: int, seed: int) -> Reader:
    """A reader that gives every number its quantile at the draws of its assumption."""
    moving = {key: None for one in projects for key in one.keys}
    uniform = {
        key: np.random.default_rng([seed, zlib.crc32(repr(key).encode())]).random(draws) for key in moving
    }
    return lambda number: number.at(uniform[number.key]) if number.key else np.array([number.mode])


def spreads(benefits: np.ndarray, costs: np.ndarray, draws: int) -> dict:
    """All draws of the four figures, and the turnover below which a balance is nothing."""
    benefits, costs = (np.broadcast_to(part, (draws,)) for part in (benefits, costs))
    found = {"benefits_pv": benefits, "costs_pv": costs, "npv": benefits - costs}
    found["ratio"] = benefits / costs if (costs > 0).all() else None
    return found


def uncertainty(document: dict, projects: list[Project], overlaps: dict, study: Study, draws: int) -> dict | None:
    """The draws themselves, for the study and each initiative; None when no chance is asked for."""
    if document.get("uncertainty", ...) is None:
        return None
    if "uncertainty" not in document and not any(one.keys for one in projects):
        return None
    read = drawn(projects, draws, seed=2)
    counted = [one for one in projects if one.counted]
    parts = {one.code: [one] for one in projects}
    return {
        "study": spreads(*totals(counted, losses(counted, overlaps, study), study, read), draws),
        "initiatives": {
            code: spreads(*totals(part, losses(part, {}, study), study, read), draws)
            for code, part in parts.items()
        },
    }


# --- the whole ---


def compute(document: dict, library: Facts, draws: int) -> dict:
    """The outcome of a study: what `wijkbaten bereken STUDIE.json --json` prints, with draws instead of spreads."""
    settings = document["study"]
    projects = [project(entry, settings, library) for entry in document["initiatives"]]
    overlaps = {frozenset(pair["initiatives"]): pair.get("people") for pair in document.get("overlaps", [])}
    hours = settings.get("include_volunteer_hours", False)
    study = Study(
        settings["first_year"],
        settings["horizon"],
        settings.get("activity_years") or last_active(projects),
        settings.get("discount_rate", 0.0225),
        TIMING[settings.get("timing_benefits", "begin")],
        TIMING[settings.get("timing_costs", "begin")],
        hours,
        hours,
        settings.get("parties", PARTIES),
    )
    counted = [one for one in projects if one.counted]
    return {
        "study": outcome(counted, overlaps, study, library, of_study=True),
        "initiatives": {
            one.code: {"name": one.name, "counted": one.counted}
            | outcome([one], {}, study, library, of_study=False)
            for one in projects
        },
        "uncertainty": uncertainty(document, projects, overlaps, study, draws),
    }


def last_active(projects: list[Project]) -> int:
    """Up to and including the last year with a number or an amount that is not zero."""
    lists = [line.amounts for one in projects for line in one.costs]
    lists += [gain.inflow for one in projects for gain in one.gains]
    years = [year + 1 for numbers in lists for year, number in enumerate(numbers) if number.mode != 0]
    return max(years, default=1)
