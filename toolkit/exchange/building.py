"""A checked document becomes a Portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from toolkit.exchange.contract import LITERAL_GROUPS
from toolkit.kengetallen.library import Library
from toolkit.method.ranges import varying_inputs
from toolkit.model.initiative import Effect, Initiative, Investment, PmEffect, TargetGroup
from toolkit.model.portfolio import Overlap, Portfolio, Sampling
from toolkit.model.study import Study
from toolkit.model.unit_value import UnitValue

Document = Mapping[str, object]

FIELDS: Mapping[str, str] = {"quality": "grade", "telling": "counting"}
"""Keys of a unit value in the contract that the model calls otherwise; the others have one name."""


def build(document: Document, library: Library) -> Portfolio:
    """The portfolio of a document without findings that stop.

    Without the key `uncertainty` the default draws and seed hold if any number varies; null
    there, or no number that varies, means that no chance is computed.
    """
    initiatives = tuple(_initiative(given, library) for given in document["initiatives"])
    years = {"activity_years": _activity_years(initiatives)}
    portfolio = Portfolio(
        study=Study(**years | document["study"]),
        initiatives=initiatives,
        overlaps=tuple(_overlap(o, f"$.overlaps[{i}]") for i, o in enumerate(document.get("overlaps", ()))),
        sampling=None,
    )
    return replace(portfolio, sampling=_sampling(document, portfolio))


def _sampling(document: Document, portfolio: Portfolio) -> Sampling | None:
    if "uncertainty" in document:
        given = document["uncertainty"]
        return None if given is None else Sampling(**given)
    return Sampling() if varying_inputs(portfolio, portfolio.initiatives) else None


def _activity_years(initiatives: tuple[Initiative, ...]) -> int:
    """The years up to the last inflow or amount that is not zero, at least one."""
    lists = [e.inflow for i in initiatives for e in i.effects]
    lists += [investment.amounts for i in initiatives for investment in i.investments]
    active = (place for numbers in lists for place, number in enumerate(numbers, 1) if number.mode)
    return max(active, default=1)


def _initiative(given: Document, library: Library) -> Initiative:
    groups = tuple(TargetGroup(**group) for group in given.get("target_groups", ()))
    persons = dict(zip(LITERAL_GROUPS, LITERAL_GROUPS, strict=True)) | {g.name: g.person for g in groups}
    parts = {
        "name": given.get("name", given["code"]),
        "target_groups": groups,
        "investments": tuple(_investment(one) for one in given.get("investments", ())),
        "effects": tuple(_effect(one, persons, groups, library) for one in given.get("effects", ())),
        "pm_effects": tuple(PmEffect(**one) for one in given.get("pm_effects", ())),
    }
    return Initiative(**given | parts)


def _investment(given: Document) -> Investment:
    return Investment(**{"name": ""} | given | {"amounts": tuple(given["amounts"])})


def _effect(given: Document, persons: Mapping[str, str], groups, library: Library) -> Effect:
    value = _unit_value(given, library)
    group = given.get("target_group", "")
    parts = {
        "name": given.get("name", given["code"]),
        "domain": given.get("domain", value.domain),
        "inflow": tuple(given["inflow"]),
        "unit_value": value,
        "person": persons.get(group, LITERAL_GROUPS[0]),
        "target_group": group if any(g.name == group for g in groups) else "",
        "defaults": tuple(given.get("defaults", ())),
    }
    return Effect(**{key: content for key, content in given.items() if key != "kengetal"} | parts)


def _unit_value(effect: Document, library: Library) -> UnitValue:
    """The unit value that an effect names or holds.

    What the contract has no key for (such as what a unit value overlaps with) comes from the
    library where it knows the code.
    """
    if "kengetal" in effect:
        return library.unit_values[effect["kengetal"]]
    given = {FIELDS.get(key, key): content for key, content in effect["unit_value"].items()}
    known = library.unit_values.get(given.get("code"))
    value = UnitValue(**{"code": ""} | given)
    if known is None:
        return replace(value, domain=effect["domain"])
    from_contract = {
        name: getattr(value, name)
        for name in ("code", "amount", "price_year", "kind", "shares", "name", "unit", "counting", "index")
    }
    rest = {"grade": value.grade, "source": value.source, "own": value.own}
    return replace(known, **from_contract | rest)


def _overlap(given: Document, where: str) -> Overlap:
    first, second = given["initiatives"]
    return Overlap(first, second, given.get("people"), where)
