"""Studies in JSON: a small one, the ways to spoil it, and any number of others."""

from __future__ import annotations

import copy
import json
from itertools import combinations
from random import Random

LAST = object()
"""As a key: add to the end of a list."""
GONE = object()
"""As a value: take the key away."""

VALUE = {"amount": 19, "price_year": 2025, "kind": "welvaart", "shares": {"gemeente": 1}}
DEEP = "$.initiatives[0].effects[0]"


def document() -> dict:
    """A small study in which everything is right."""
    return {
        "study": {"name": "Test", "first_year": 2025, "horizon": 3, "price_level": 2025},
        "initiatives": [
            {
                "code": "A",
                "investments": [{"party": "gemeente", "amounts": [100, 50]}],
                "effects": [
                    {"code": "E1", "domain": "gezondheid", "inflow": [9], "unit_value": copy.deepcopy(VALUE)}
                ],
            }
        ],
    }


def changed(*changes: tuple) -> str:
    """The small study as text with some values put elsewhere: (path..., value); LAST adds to a list."""
    study = document()
    for *path, key, value in changes:
        place = study
        for step in path:
            place = place[step]
        if key is LAST:
            place.append(value)
        elif value is GONE:
            del place[key]
        else:
            place[key] = value
    return json.dumps(study)


EFFECT = ("initiatives", 0, "effects", 0)
INVESTMENT = ("initiatives", 0, "investments", 0)


def another(**keys: object) -> dict:
    """A second effect."""
    return {"code": "E2", "domain": "gezondheid", "inflow": [1], "unit_value": VALUE} | keys


def overlap(*codes: str, people: float = 4) -> dict:
    return {"initiatives": list(codes), "people": people}


# --- any study ---

PARTIES = ("deelnemers", "wijkbewoners", "gemeente", "rijk", "zorgverzekeraars", "woningcorporaties")
KENGETALLEN = ("werk_minimumloon", "bijstand_uitvoering", "schuld_voorkomen", "opvangplek", "wmo_begeleiding")
DOMAINS = ("gezondheid", "werk en participatie", "schulden", "maatschappelijke ondersteuning")
DISTRIBUTIONS = ("pert", "triangular", "uniform", "normal", "lognormal")


def any_study(chance: Random) -> dict:
    """A study in which everything is right and most of the contract occurs; the same chance, the same study.

    Half of the numbers are round, where sums and shares meet their bounds.
    """
    horizon = chance.randint(1, 10)
    study = {
        "name": "Any",
        "first_year": chance.randint(2020, 2026),
        "horizon": horizon,
        "price_level": chance.randint(2020, 2026),
        "discount_rate": _number(chance, 0, 0.1),
        "activity_years": chance.randint(1, horizon),
        "timing_benefits": chance.choice(("begin", "middle", "end")),
        "timing_costs": chance.choice(("begin", "middle", "end")),
        "include_volunteer_hours": chance.random() < 0.5,
    }
    initiatives = [_initiative(chance, f"I{n}", horizon) for n in range(1, chance.randint(2, 5))]
    pairs = [pair for pair in combinations([one["code"] for one in initiatives], 2) if chance.random() < 0.5]
    return {
        "study": study,
        "initiatives": initiatives,
        "overlaps": [{"initiatives": pair, "people": chance.randint(0, 10)} for pair in pairs],
        "uncertainty": chance.choice((None, {"draws": 500, "seed": chance.randint(0, 99)})),
    }


def _initiative(chance: Random, code: str, horizon: int) -> dict:
    groups = [{"name": "jongeren", "people": 20}, {"name": "buren", "person": "wijkbewoners", "people": 90}]
    return {
        "code": code,
        "counted": chance.random() < 0.9,
        "counted_reason": "proef",
        "participants": chance.randint(10, 60),
        "target_groups": groups,
        "investments": [
            {
                "party": chance.choice(PARTIES[2:]),
                "amounts": _yearly(chance, horizon, 50_000),
                "kind": chance.choice(("money", "in_kind", "volunteer_hours")),
                "term": chance.choice(("temporary", "structural")),
            }
            for _ in range(chance.randint(0, 4))
        ],
        "effects": [_effect(chance, f"E{n}", horizon) for n in range(1, chance.randint(1, 7))],
        "pm_effects": [
            {
                "name": "trots",
                "domain": DOMAINS[0],
                "grade": chance.choice(("++", "+", "-", "--")),
                "people": chance.randint(0, 40),
            }
        ],
    }


def _effect(chance: Random, code: str, horizon: int) -> dict:
    effect = {
        "code": code,
        "inflow": _yearly(chance, horizon, 40),
        "lag": chance.randint(0, 1),
        "direction": chance.choice(("less", "more")),
        "factor": _number(chance, 0, 2),
        "people": chance.randint(0, 40),
        "target_group": chance.choice(("jongeren", "buren", "deelnemers", "wijkbewoners")),
        "grade": chance.choice("ABCD"),
    }
    shares = ("deadweight", "displacement", "attribution")
    effect |= {name: _ranged(chance, 0, 1) for name in shares if chance.random() < 0.7}
    if chance.random() < 0.3:
        return effect | {"kengetal": chance.choice(KENGETALLEN)}
    if chance.random() < 0.7:
        effect |= {"duration": chance.randint(1, horizon), "drop_off": _ranged(chance, 0, 1)}
    return effect | {"domain": chance.choice(DOMAINS), "unit_value": _unit_value(chance)}


def _unit_value(chance: Random) -> dict:
    kind = chance.choice(("welvaart", "overdracht", "uit_kosten"))
    part = _number(chance, 0, 1)
    shares = {"persoon": 1, chance.choice(PARTIES[2:]): -1}
    if kind != "overdracht":
        shares = {chance.choice(PARTIES[:3]): part, chance.choice(PARTIES[3:]): 1 - part}
    return {
        "amount": _ranged(chance, -2_000, 20_000),
        "price_year": chance.randint(2015, 2026),
        "kind": kind,
        "shares": shares,
        "index": chance.choice(("cpi", "loon", "wet")),
    }


def _number(chance: Random, low: float, high: float) -> float:
    number = chance.uniform(low, high)
    return round(number, 1) if chance.random() < 0.5 else number


def _ranged(chance: Random, low: float, high: float) -> float | dict:
    mode = _number(chance, low, high)
    if chance.random() < 0.4:
        return mode
    around = {"low": chance.uniform(low, mode), "mode": mode, "high": chance.uniform(mode, high)}
    return around | {"dist": chance.choice(DISTRIBUTIONS if around["low"] > 0 else DISTRIBUTIONS[:4])}


def _yearly(chance: Random, horizon: int, high: float) -> list:
    return [_ranged(chance, 0, high) for _ in range(chance.randint(0, horizon))]
