"""What the sheets of a form look up: the library at one price level, and what answers stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from toolkit.kengetallen.indexing import BASE_YEAR, CPI, WAGES
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.picked import READBACKS
from toolkit.model.study import PARTY_GROUPS, TIMINGS
from toolkit.model.unit_value import CARE_TEAM, PERSON, VOLUNTEER_HOUR, Change, ChangePart, UnitValue
from toolkit.words.dutch import euro, percent
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.labels import UNKNOWN_VALUES, label, said
from toolkit.workbook.layout.library import (
    CHANGES,
    FOLLOWS_PRICES,
    FOLLOWS_WAGES,
    INDEX_NUMBERS,
    LIVE_COLUMNS,
    PICKS,
    UNIT_VALUES,
    UNPRICED,
)
from toolkit.workbook.layout.lists import CHOICES, OTHER
from toolkit.workbook.layout.parts import Reference, Table
from toolkit.workbook.layout.shared import SAID_LISTS, VALUED

_INDEX_COLUMNS = {"index_number": CPI, "wage_number": WAGES}
_FOLLOWED = {CPI: FOLLOWS_PRICES, WAGES: FOLLOWS_WAGES}


class Listed(NamedTuple):
    """A library as the formulas of a form know it, the same for every form of a study.

    tables: what stands in cells without a formula.  hour_value: euros that an hour of a volunteer is worth.
    """

    tables: Mapping[Table, Sequence[Row]]
    hour_value: float | None


def listed(library: Library, price_level: int) -> Listed:
    """The tables of sheets Kengetallen and Begrippen that formulas look things up in."""
    library = library.at(price_level)
    tables: dict[Table, Sequence[Row]] = {VALUED: valued_rows()}
    for table, rows in library_rows(library, price_level).items():
        plain = [c for c in table.column_codes if c not in LIVE_COLUMNS[table]]
        full = [*rows, *[{}] * (table.size - len(rows))][: table.size]
        tables[table] = [{column: row.get(column) for column in plain} for row in full]
    return Listed(tables, at_price_level(library.unit_values[VOLUNTEER_HOUR], library, price_level))


def library_rows(library: Library, price_level: int) -> dict[Reference, list[dict[str, object]]]:
    """What sheet Kengetallen shows of a library: changes, unit values and index numbers."""
    index = library.index
    years = range(BASE_YEAR, max(changes[-1].year for changes in index.series.values()) + 1)
    return {
        CHANGES: [_change(library, code, price_level) for code in library.changes],
        UNPRICED: [_counted(change) for change in library.unpriced.values()],
        UNIT_VALUES: [_unit_value(v) for v in library.unit_values.values()],
        INDEX_NUMBERS: [
            {"year": y, **{c: index.factor(s, BASE_YEAR, y).factor for c, s in _INDEX_COLUMNS.items()}}
            for y in years
        ],
        PICKS: _picks(library),
    }


def care_changes(library: Library) -> list[str]:
    """The names of the changes whose quantity a care team knows, in the order of sheet Voor het wijkteam."""
    return [
        change.name
        for change in library.changes.values()
        if change.asked_of == CARE_TEAM and not change.of_people
    ]


def _picks(library: Library) -> list[dict[str, object]]:
    """The pick lists: the changes under the heading of their domain, and what is none of them."""
    columns = {"change": library.changes, "unpriced": library.unpriced}
    lists = {column: _under_headings(column, changes.values()) for column, changes in columns.items()}
    longest = max(map(len, lists.values()))
    return [{c: names[n] for c, names in lists.items() if n < len(names)} for n in range(longest)]


def _under_headings(column: str, changes: Iterable[Change]) -> list[str]:
    names = [label(column, OTHER)]
    for domain, of_domain in groupby(changes, key=lambda change: change.domain):
        heading = word("form.screen.pick_heading", domain=domain)
        names += [heading, *(change.name for change in of_domain)]
    return names


def valued_rows() -> list[dict[str, object]]:
    """Answers beside the number they stand for; 'weet ik niet' stands for the study's default."""
    unknown = word("form.lists.unknown")
    tenths = [(n, 1 - n / 10) for n in range(11)]
    lists: dict[str, Sequence[tuple[str | int, object]]] = {
        "deadweight": [(label("deadweight", c), v) for c, v in CHOICES["deadweight"].items()]
        + [(unknown, UNKNOWN_VALUES["deadweight"])],
        "attribution": [(label("attribution", c), v) for c, v in CHOICES["attribution"].items()]
        + [(unknown, UNKNOWN_VALUES["attribution"])],
        "still": [*tenths, (unknown, UNKNOWN_VALUES["still"])],
        "timing": [(label("timing", c), TIMINGS[c]) for c in CHOICES["timing"]],
    }
    rows: list[dict[str, object]] = [{} for _ in range(max(len(pairs) for pairs in lists.values()))]
    for name, pairs in lists.items():
        for row, (answer, value) in zip(rows, pairs, strict=False):
            row[name], row[f"{name}_value"] = answer, value
            if name in SAID_LISTS:
                row[f"{name}_said"] = said(name, answer)
    return rows


def at_price_level(value: UnitValue, library: Library, price_level: int) -> float | None:
    """Euros per unit at the price level; None where the municipality gives its own amount."""
    if value.amount is None:
        return None
    return value.amount.mode * library.index.factor(value.index, value.price_year, price_level).factor


def _change(library: Library, code: str, price_level: int) -> dict[str, object]:
    change = library.changes[code]
    values = [(part, library.unit_values[part.kengetal]) for part in change.parts]
    first = at_price_level(values[0][1], library, price_level)
    parts = []
    for part, value in values:
        amount = at_price_level(value, library, price_level)
        shown = word("form.screen.own_amount") if amount is None else euro(part.factor * amount, 2)
        parts.append(f"{value.name}: {shown}")
    return {
        **_counted(change),
        "unit": change.unit,
        "value": first,
        "parts": "; ".join(parts),
        "unit_short": change.unit_short,
        "asked_of": change.asked_of,
        "usual": change.usual.mode if change.usual else None,
        "who_gains": _who_gains(values),
        "based_on": _based_on([value for _, value in values]),
        "displacement": change.displacement,
        "duration": values[0][1].max_duration if values[0][1].counting == "instroom" else 1,
        "lasting": int(values[0][1].counting == "instroom"),
        **{f"part_{n}": part.kengetal for n, (part, _) in enumerate(values, 1)},
        **{f"factor_{n}": part.factor for n, (part, _) in enumerate(values, 1)},
    }


def _counted(change: Change) -> dict[str, object]:
    """What every change has, with a price or without."""
    return {
        "name": change.name,
        "counts": change.counts,
        "domain": change.domain,
        "outputs": change.outputs,
        "watch_for": change.watch_for,
        **{code: getattr(change, code) for code in READBACKS},
    }


def _who_gains(values: Sequence[tuple[ChangePart, UnitValue]]) -> str:
    """Who is better off and who is worse off by one unit of a change, the largest amount first."""
    worth: dict[str, float] = {}
    for part, value in values:
        amount = value.amount.mode if value.amount else 1.0
        for party, share in value.shares.items():
            worth[party] = worth.get(party, 0.0) + part.factor * amount * share
    ordered = sorted(worth, key=lambda party: -abs(worth[party]))
    gain, lose = ([_who(p) for p in ordered if sign * worth[p] > 0] for sign in (1, -1))
    said = [("gain", gain), ("lose", lose)]
    return " ".join(word(f"form.screen.who_{who}", names=", ".join(names)) for who, names in said if names)


def _who(party: str) -> str:
    return word("form.screen.person_self") if party == PERSON else word(f"form.parties.{party}")


def _based_on(values: Sequence[UnitValue]) -> str:
    """The source of the first unit value, and how many others there are."""
    first, *others = dict.fromkeys(value.source for value in values)
    return word("form.screen.more_sources", first=first, n=len(others)) if others else first


def _unit_value(value: UnitValue) -> dict[str, object]:
    amount = value.amount
    return {
        "name": value.name,
        "code": value.code,
        "amount": amount.mode if amount else None,
        "source": value.source,
        "note": value.note,
        "unit": value.unit,
        "low": amount.low if amount else None,
        "high": amount.high if amount else None,
        "price_year": value.price_year or None,
        "shares": ", ".join(f"{_party(p)} {percent(s)}" for p, s in value.shares.items()),
        "kind": word(f"form.unit_value_kinds.{value.kind}"),
        "grade": value.grade,
        "amount_is": value.amount_is,
        "index": _FOLLOWED.get(value.index),
        **{f"share_{p}": value.shares.get(p, 0) for p in (PERSON, *PARTY_GROUPS)},
    }


def _party(party: str) -> str:
    return word("form.screen.person") if party == PERSON else word(f"form.parties.{party}")
