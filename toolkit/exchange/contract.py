"""The keys of the JSON contract and what each may hold. Reading and the JSON Schema both follow this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.model.estimate import DISTRIBUTIONS
from toolkit.model.initiative import CERTAINTIES, IN_KIND, MONEY, STRUCTURAL, TEMPORARY, VOLUNTEER_HOURS
from toolkit.model.kinds import SHARE, Choice, Flag, Number, Text, Whole
from toolkit.model.study import CARE_BOUGHT, TIMINGS
from toolkit.model.unit_value import COUNTINGS, GRADES, INDEX_SERIES, KINDS

LONGEST_HORIZON = 200
MOST_DRAWS = 1_000_000
LARGEST_SEED = 2**53 - 1
"""The largest whole number that every JSON reader gives back unchanged."""
LITERAL_GROUPS = ("deelnemers", "wijkbewoners")
"""What an effect's target_group may say instead of the name of a target group."""


@dataclass(frozen=True, slots=True)
class Ranged:
    """A number, or in its place a table with mode, low, high and dist."""

    number: Number


@dataclass(frozen=True, slots=True)
class Items:
    """A list of things of one kind; `per_year` where each item is a year of the horizon."""

    item: Shape
    per_year: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A table with free keys, each holding a thing of one kind."""

    value: Shape


@dataclass(frozen=True, slots=True)
class Table:
    """A table with fixed keys. `name` is its section in words/exchange.toml."""

    name: str
    keys: Mapping[str, Key]


Shape = Text | Flag | Choice | Whole | Number | Ranged | Items | Entries | Table
"""A single value of some kind, or what holds several."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table; `empty` where null may stand for 'none'."""

    kind: Shape
    required: bool = False
    empty: bool = False


def _table(name: str, required: Mapping[str, Shape], optional: Mapping[str, Shape]) -> Table:
    keys = {key: Key(kind, required=True) for key, kind in required.items()}
    return Table(name, MappingProxyType(keys | {key: Key(kind) for key, kind in optional.items()}))


TEXT, FILLED, FLAG = Text(), Text(filled=True), Flag()
YEAR = Whole(1900, 2200)
POSITIVE, ANY = Number(0), Number()
RANGED_SHARE, RANGED_POSITIVE = Ranged(SHARE), Ranged(POSITIVE)

RANGE = _table("range", {"mode": ANY}, {"low": ANY, "high": ANY, "dist": Choice(DISTRIBUTIONS)})

STUDY = _table(
    "study",
    {"name": FILLED, "first_year": YEAR, "horizon": Whole(1, LONGEST_HORIZON), "price_level": YEAR},
    {
        "activity_years": Whole(1, LONGEST_HORIZON),
        "currency": FILLED,
        "discount_rate": SHARE,
        "timing_benefits": Choice(tuple(TIMINGS)),
        "timing_costs": Choice(tuple(TIMINGS)),
        "include_volunteer_hours": FLAG,
        "counterfactual": TEXT,
        "inhabitants": POSITIVE,
        "care_bought": Choice(CARE_BOUGHT),
        "parties": Entries(FILLED),
    },
)

INVESTMENT = _table(
    "investment",
    {"party": FILLED, "amounts": Items(Ranged(ANY), per_year=True)},
    {
        "name": TEXT,
        "kind": Choice((MONEY, IN_KIND, VOLUNTEER_HOURS)),
        "term": Choice((TEMPORARY, STRUCTURAL)),
        "until": YEAR,
        "code": FILLED,
        "scheme": TEXT,
        "source": TEXT,
        "hours": POSITIVE,
        "certainty": Choice(CERTAINTIES),
        "reason": TEXT,
    },
)

UNIT_VALUE = _table(
    "unit_value",
    {"amount": Ranged(ANY), "price_year": YEAR, "kind": Choice(KINDS), "shares": Entries(ANY)},
    {
        "code": FILLED,
        "name": TEXT,
        "unit": TEXT,
        "source": TEXT,
        "quality": Choice(GRADES),
        "index": Choice(INDEX_SERIES),
        "telling": Choice(COUNTINGS),
        "own": FLAG,
        "cash": FLAG,
    },
)

EFFECT = _table(
    "effect",
    {"code": FILLED, "inflow": Items(RANGED_POSITIVE, per_year=True)},
    {
        "name": TEXT,
        "domain": FILLED,
        "unit_value": UNIT_VALUE,
        "kengetal": FILLED,
        "deadweight": RANGED_SHARE,
        "displacement": RANGED_SHARE,
        "attribution": RANGED_SHARE,
        "drop_off": RANGED_SHARE,
        "duration": Whole(1, LONGEST_HORIZON),
        "lag": Whole(0, 1),
        "direction": Choice(("less", "more")),
        "factor": ANY,
        "people": POSITIVE,
        "units_per_person": POSITIVE,
        "target_group": FILLED,
        "grade": Choice(GRADES),
        "expected_grade": Choice(GRADES),
        "row": FILLED,
        "change": TEXT,
        "reasons": Entries(TEXT),
        "cells": Entries(TEXT),
        "defaults": Items(FILLED),
    },
)

PM_EFFECT = _table(
    "pm_effect",
    {"name": FILLED, "domain": FILLED, "grade": Choice(("++", "+", "-", "--"))},
    {"evidence": TEXT, "known_by": TEXT, "code": FILLED, "people": POSITIVE, "outputs": TEXT},
)

TARGET_GROUP = _table(
    "target_group",
    {"name": FILLED},
    {"person": Choice(LITERAL_GROUPS)}
    | dict.fromkeys(("people", "under_27", "on_welfare", "in_paid_work", "different_people"), POSITIVE),
)

INITIATIVE = _table(
    "initiative",
    {"code": FILLED},
    {
        "name": FILLED,
        "counted": FLAG,
        "counted_reason": TEXT,
        "investments": Items(INVESTMENT),
        "effects": Items(EFFECT),
        "pm_effects": Items(PM_EFFECT),
        "target_groups": Items(TARGET_GROUP),
        "criteria": Entries(TEXT),
        "area": TEXT,
        "description": TEXT,
        "participants": POSITIVE,
        "volunteers": POSITIVE,
        "residents": POSITIVE,
        "reporting_year": YEAR,
        "annual_accounts": POSITIVE,
    },
)

OVERLAP = _table("overlap", {"initiatives": Items(FILLED)}, {"people": POSITIVE})

UNCERTAINTY = _table("uncertainty", {}, {"draws": Whole(1, MOST_DRAWS), "seed": Whole(0, LARGEST_SEED)})

DOCUMENT = Table(
    "document",
    MappingProxyType(
        {
            "study": Key(STUDY, required=True),
            "initiatives": Key(Items(INITIATIVE), required=True),
            "overlaps": Key(Items(OVERLAP)),
            "uncertainty": Key(UNCERTAINTY, empty=True),
        }
    ),
)
"""A whole study: the outermost table of a file."""
