"""A checked document becomes a Portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from toolkit.exchange.checking import Checked
from toolkit.exchange.contract import LITERAL_GROUPS
from toolkit.kengetallen.library import Library
from toolkit.method.ranges import varying_inputs
from toolkit.model.initiative import Effect, Initiative, Investment, PmEffect, TargetGroup
from toolkit.model.narrowing import as_text, as_texts, made
from toolkit.model.portfolio import Overlap, Portfolio, Sampling
from toolkit.model.study import Study
from toolkit.model.unit_value import FREES_CASH, FREES_NO_CASH, UnitValue

Thing = TypeVar("Thing")

FIELDS: Mapping[str, str] = {"quality": "grade", "telling": "counting", "cash": "is_cash"}
"""Keys of a unit value in the contract that the model calls otherwise; the others have one name."""


def build(document: Checked, library: Library) -> Portfolio:
    """The portfolio of a document without findings that stop.

    Without the key `uncertainty` the default draws and seed hold if any number varies; null
    there, or no number that varies, means that no chance is computed.
    """
    initiatives = tuple(_initiative(given, library) for given, _ in document.tables("initiatives", "$"))
    years = {"activity_years": _activity_years(initiatives)}
    portfolio = Portfolio(
        study=made(Study, years | document.table("study")),
        initiatives=initiatives,
        overlaps=tuple(_overlap(given, where) for given, where in document.tables("overlaps", "$")),
        sampling=None,
    )
    return replace(portfolio, sampling=_sampling(document, portfolio))


def _sampling(document: Checked, portfolio: Portfolio) -> Sampling | None:
    if "uncertainty" in document:
        given = document.a(Checked, "uncertainty")
        return None if given is None else made(Sampling, given)
    return Sampling() if varying_inputs(portfolio, portfolio.initiatives) else None


def _activity_years(initiatives: tuple[Initiative, ...]) -> int:
    """The years up to the last inflow or amount that is not zero, at least one."""
    lists = [e.inflow for i in initiatives for e in i.effects]
    lists += [investment.amounts for i in initiatives for investment in i.investments]
    active = (place for numbers in lists for place, number in enumerate(numbers, 1) if number.mode)
    return max(active, default=1)


def _initiative(given: Checked, library: Library) -> Initiative:
    groups = _all(TargetGroup, given, "target_groups")
    persons = dict(zip(LITERAL_GROUPS, LITERAL_GROUPS, strict=True)) | {g.name: g.person for g in groups}
    parts = {
        "name": given.get("name", given["code"]),
        "target_groups": groups,
        "investments": tuple(_investment(one) for one, _ in given.tables("investments", "")),
        "effects": tuple(_effect(one, persons, groups, library) for one, _ in given.tables("effects", "")),
        "pm_effects": _all(PmEffect, given, "pm_effects"),
    }
    return made(Initiative, given | parts)


def _all(kind: Callable[..., Thing], given: Checked, key: str) -> tuple[Thing, ...]:
    return tuple(made(kind, one) for one, _ in given.tables(key, ""))


def _investment(given: Checked) -> Investment:
    return made(Investment, {"name": "", **given, "amounts": tuple(given.items_of("amounts"))})


def _effect(
    given: Checked, persons: Mapping[str, str], groups: tuple[TargetGroup, ...], library: Library
) -> Effect:
    value = _unit_value(given, library)
    group = given.text("target_group") or ""
    parts = {
        "name": given.get("name", given["code"]),
        "domain": given.get("domain", value.domain),
        "inflow": tuple(given.items_of("inflow")),
        "unit_value": value,
        "person": persons.get(group, LITERAL_GROUPS[0]),
        "target_group": group if any(g.name == group for g in groups) else "",
        "defaults": tuple(given.items_of("defaults")),
    }
    return made(Effect, {key: content for key, content in given.items() if key != "kengetal"} | parts)


def _unit_value(effect: Checked, library: Library) -> UnitValue:
    """The unit value that an effect names or holds.

    What the contract has no key for (such as what a unit value overlaps with) comes from the
    library where it knows the code.
    """
    if named := effect.text("kengetal"):
        return library.unit_values[named]
    table = dict(effect.table("unit_value"))
    cash = table.pop("cash", None)
    given = {FIELDS.get(key, key): content for key, content in table.items()}
    value = made(UnitValue, {"code": "", **given})
    known = library.unit_values.get(value.code)
    frees_cash = known.frees_cash if known else ""
    if cash is not None and cash != (known is not None and known.is_cash):
        frees_cash = FREES_CASH if cash else FREES_NO_CASH
    if known is None:
        return replace(value, domain=as_text(effect["domain"]), frees_cash=frees_cash)
    return replace(
        known,
        frees_cash=frees_cash,
        code=value.code,
        amount=value.amount,
        price_year=value.price_year,
        kind=value.kind,
        shares=value.shares,
        name=value.name,
        unit=value.unit,
        counting=value.counting,
        index=value.index,
        grade=value.grade,
        source=value.source,
        own=value.own,
    )


def _overlap(given: Checked, where: str) -> Overlap:
    first, second = as_texts(given["initiatives"])
    return Overlap(first, second, given.number("people"), where)
