"""Doubts about sources: amounts that are old, replaced, of another place, or lopsided in their range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from toolkit.kengetallen.indexing import (
    AFTER_LAST_YEAR,
    LEGAL,
    NOT_INDEXED,
    PROVISIONAL,
    WAGE_BY_CPI,
)
from toolkit.kengetallen.library import Library
from toolkit.method.plausibility.rows import named, shortened
from toolkit.method.ranges import SHARES
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.initiative import Effect
from toolkit.model.result import StudyOutcome
from toolkit.model.study import Study
from toolkit.model.unit_value import UnitValue
from toolkit.words.dutch import enumeration

OLDEST_PRICE = 5
"""Years that a price may lie before the price level before it is called old."""
INDEX_CODES = {
    PROVISIONAL: "index_provisional",
    AFTER_LAST_YEAR: "index_after_last_year",
    WAGE_BY_CPI: "index_wages_by_cpi",
}


def of_study(outcome: StudyOutcome, library: Library, on: date) -> Iterator[Finding]:
    """The doubts about the unit values that a study uses; amounts of an initiative itself have no library."""
    effects = [line.effect for one in outcome.initiatives.values() for line in one.lines]
    used = list({_name(e): e.unit_value for e in effects if not e.unit_value.own}.items())
    study = outcome.study
    yield from _other_tariffs(outcome)
    old = {name: v for name, v in used if _price_is_old(v, study.price_level)}
    if old:
        yield _one(INFO, "price_year_old", _with_years(old), price_level=study.price_level)
    legal = {name: v for name, v in used if v.index == LEGAL and v.price_year != study.price_level}
    if legal:
        yield _one(INFO, "legal_amount_of_other_year", _with_years(legal), price_level=study.price_level)
    unchecked = [name for name, v in used if _over_a_year_ago(v.checked_on, on)]
    if unchecked:
        yield _one(WARN, "source_unchecked", named(unchecked))
    replaced = [name for name, v in used if _is_replaced(v, library, on)]
    if replaced:
        yield _one(WARN, "value_replaced", named(replaced))
    yield from _lopsided(effects)
    yield from _index_remarks(used, study, library)


def of_library(library: Library, on: date) -> Iterator[Finding]:
    """The doubts about the unit values of a library by themselves, on a day: old prices, old sources."""
    values = {value.name: value for value in library.unit_values.values()}
    old = [
        f"'{name}' ({v.price_year})" for name, v in values.items() if v.amount and _price_is_old(v, on.year)
    ]
    if old:
        yield Finding(WARN, "aged_prices", "", {"values": enumeration(old), "year": on.year})
    unchecked = [f"'{name}'" for name, v in values.items() if _over_a_year_ago(v.checked_on, on)]
    if unchecked:
        yield Finding(WARN, "aged_sources", "", {"values": enumeration(unchecked)})


def _name(effect: Effect) -> str:
    return effect.unit_value.name or effect.unit_value.code or effect.what_changes


def _one(level: str, code: str, values: str, **facts: object) -> Finding:
    return Finding(level, code, "", {"values": values, **facts})


def _with_years(values: dict[str, UnitValue]) -> str:
    return shortened(f"'{name}' ({value.price_year})" for name, value in values.items())


def _other_tariffs(outcome: StudyOutcome) -> Iterator[Finding]:
    """Which share of the benefits rests on what another municipality pays, transfers left aside."""
    amounts = [
        (line.effect.unit_value, abs(float(outcome.present_benefits(line.benefits.sum(axis=0)))))
        for line in outcome.lines
    ]
    total = sum(amount for _, amount in amounts)
    borrowed = [(value, amount) for value, amount in amounts if value.tariff_of and not value.own and amount]
    if borrowed:
        yield _one(
            WARN,
            "tariff_of_other_municipality",
            named(value.name for value, _ in borrowed),
            places=shortened(dict.fromkeys(value.tariff_of for value, _ in borrowed)),
            share=float(round(100 * sum(amount for _, amount in borrowed) / total)),
        )


def _price_is_old(value: UnitValue, year: int) -> bool:
    """Tell whether a price that is indexed lies too far before a year."""
    return value.index not in NOT_INDEXED and year - value.price_year > OLDEST_PRICE


def _over_a_year_ago(checked_on: str, on: date) -> bool:
    """Tell whether a day lies more than a year back; without a day nothing can be said.

    >>> _over_a_year_ago("2025-11-22", date(2026, 11, 22)), _over_a_year_ago("2025-11-21", date(2026, 11, 22))
    (False, True)
    """
    try:
        checked = date.fromisoformat(checked_on)
    except ValueError:
        return False
    return (on.year, on.month, on.day) > (checked.year + 1, checked.month, checked.day)


def _is_replaced(value: UnitValue, library: Library, on: date) -> bool:
    """Tell whether the library has a later amount for it that is in force on that day."""
    started = [e.unit_value for e in library.entries.get(value.code, ()) if e.valid_from <= on]
    return bool(started) and started[-1].price_year > value.price_year


def _lopsided(effects: Iterable[Effect]) -> Iterator[Finding]:
    """Ranges whose most likely value is also their lowest or highest; what cannot lie further is no edge."""
    values, rows = {}, []
    for effect in effects:
        if _at_edge(effect.unit_value.priced):
            values[_name(effect)] = True
        inputs = [(number, 0.0, np.inf) for number in effect.inflow]
        inputs += [(getattr(effect, name), 0.0, 1.0) for name in SHARES]
        if any(_at_edge(*given) for given in inputs):
            rows.append(effect.what_changes)
    if values or rows:
        yield _one(INFO, "range_at_edge", named([*values, *rows]))


def _at_edge(number: Estimate, lowest: float = -np.inf, highest: float = np.inf) -> bool:
    at_low = number.mode == number.low and number.mode > lowest
    return number.varies and (at_low or (number.mode == number.high and number.mode < highest))


def _index_remarks(used: list[tuple[str, UnitValue]], study: Study, library: Library) -> Iterator[Finding]:
    """What the index had to assume: once per study, remark and last known year."""
    told: dict[tuple[str, int | None], list[str]] = {}
    for name, value in used:
        for remark in library.index.factor(value.index, value.price_year, study.price_level).remarks:
            told.setdefault((remark, library.index.last_year(value.index)), []).append(name)
    for (remark, last), names in told.items():
        facts = {"price_level": study.price_level, "last": last}
        yield _one(INFO, INDEX_CODES[remark], named(names), **facts)
