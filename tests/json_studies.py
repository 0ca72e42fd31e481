"""A small study in JSON and the ways to spoil it."""

from __future__ import annotations

import copy
import json

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
