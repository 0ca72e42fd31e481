"""Writes a portfolio as the JSON of the contract; reading that gives the same outcome and uncertainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields

from toolkit.exchange.building import FIELDS
from toolkit.exchange.contract import (
    EFFECT,
    INITIATIVE,
    INVESTMENT,
    LITERAL_GROUPS,
    PM_EFFECT,
    STUDY,
    TARGET_GROUP,
    UNIT_VALUE,
    Table,
)
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Effect, Initiative, Investment, PmEffect, TargetGroup
from toolkit.model.portfolio import Portfolio
from toolkit.model.study import Study
from toolkit.model.unit_value import UnitValue

Thing = Study | Initiative | Investment | Effect | PmEffect | TargetGroup | UnitValue

ALWAYS = frozenset(
    {"activity_years", "currency", "discount_rate", "timing_benefits", "timing_costs", "parties"}
    | {"name", "counted", "kind", "term", "duration", "lag", "domain", "telling", "index"}
    | {"deadweight", "displacement", "attribution", "drop_off", "cash"}
)
"""Optional keys that are written even where they hold the default, so that a study explains itself."""


def as_document(portfolio: Portfolio) -> dict[str, object]:
    """The JSON object of a portfolio. Unit values are written in full, so that no library is needed."""
    document: dict[str, object] = {
        "study": _written(STUDY, portfolio.study),
        "initiatives": [_initiative(initiative) for initiative in portfolio.initiatives],
    }
    if portfolio.overlaps:
        document["overlaps"] = [
            {"initiatives": [o.first, o.second]} | ({} if o.people is None else {"people": _plain(o.people)})
            for o in portfolio.overlaps
        ]
    sampling = portfolio.sampling
    document["uncertainty"] = sampling and {"draws": sampling.draws, "seed": sampling.seed}
    return document


def _initiative(initiative: Initiative) -> dict[str, object]:
    written = _written(INITIATIVE, initiative)
    persons = {group.name: group.person for group in initiative.target_groups}
    lists = {
        "investments": [_written(INVESTMENT, one) for one in initiative.investments],
        "effects": [_effect(one, persons) for one in initiative.effects],
        "pm_effects": [_written(PM_EFFECT, one) for one in initiative.pm_effects],
        "target_groups": [_written(TARGET_GROUP, one) for one in initiative.target_groups],
    }
    return written | {key: items for key, items in lists.items() if items}


def _effect(effect: Effect, persons: Mapping[str, str]) -> dict[str, object]:
    """One effect; where its target group does not say who `persoon` is, the party is written instead."""
    written = _written(EFFECT, effect)
    if persons.get(effect.target_group, LITERAL_GROUPS[0]) != effect.person:
        written["target_group"] = effect.person
    elif effect.target_group not in persons:
        written.pop("target_group", None)
    return written | _value(effect.unit_value)


def _value(value: UnitValue) -> dict[str, object]:
    """The unit value in full, or its name where the library leaves the amount open."""
    if value.amount is None:
        return {"kengetal": value.code}
    written = _written(UNIT_VALUE, value)
    return {"unit_value": written}


def _written(table: Table, thing: Thing) -> dict[str, object]:
    """The keys of a table that a thing has: what is required or always told, and what is not the default."""
    defaults = {
        f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(thing)
    }
    written = {}
    for key, expected in table.keys.items():
        name = FIELDS.get(key, key) if table is UNIT_VALUE else key
        value = getattr(thing, name, None)
        if isinstance(value, UnitValue) or value is None or value == "" or _holds_tables(value):
            continue
        if expected.required or key in ALWAYS or value != defaults[name]:
            written[key] = _plain(value)
    return written


def _holds_tables(value: object) -> bool:
    return isinstance(value, tuple) and any(not isinstance(item, Estimate | str) for item in value)


def _plain(value: object) -> object:
    """A value as JSON holds it; whole numbers without a decimal point."""
    if isinstance(value, Estimate):
        if value.low is None or value.high is None:
            return _plain(value.mode)
        bounds = {"mode": value.mode, "low": value.low, "high": value.high}
        return {key: _plain(number) for key, number in bounds.items()} | {"dist": value.dist}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
