"""A second engine: the outcome of a study in JSON, computed anew from docs/methode.md and docs/json.md alone.

It shares nothing with the toolkit, and takes other ways where it can: all totals are sums over lines of one
flat list, rates are roots of a polynomial, and every draw has its own random numbers.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
from second_library import Facts
from second_numbers import PARTIES, Project, project
from second_sum import NOISE, Reader, Study, cost_years, internal_rates, lines, losses, payback, point, totals

TIMING = {"begin": 0.0, "middle": 0.5, "end": 1.0}
PERCENTILES = {"p2_5": 2.5, "p5": 5, "p50": 50, "p95": 95, "p97_5": 97.5}

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


# --- objections ---


def objections(projects: list[Project], overlaps: dict, study: Study, library: Facts) -> list[dict]:
    """Every line of the table of paragraph 16, in its order."""
    base = totals(projects, losses(projects, overlaps, study), study, point)
    cautious = replace(study, horizon=study.active, work_deadweight=0.5, leisure=0.25, rate=study.rate + 0.01)
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


def hardest(projects: list[Project], lost: dict[str, float], study: Study) -> tuple[np.ndarray, np.ndarray]:
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


def uncertainty(
    document: dict, projects: list[Project], overlaps: dict, study: Study, draws: int
) -> dict | None:
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
    """What `wijkbaten bereken STUDIE.json --json` prints, with the draws themselves for uncertainty."""
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
