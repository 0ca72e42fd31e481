"""The reading tables of a workbook: changes, unit values, glossary and closed lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.kengetallen.indexing import BASE_YEAR, CPI, NOT_INDEXED
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.rules import CLOSED_LISTS
from toolkit.kengetallen.wording import label as choice_label
from toolkit.model.study import PARTY_GROUPS, TIMINGS
from toolkit.model.unit_value import PERSON, Change, ChangePart, UnitValue
from toolkit.words.dutch import euro, percent, plain
from toolkit.words.vocabulary import table, word
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import Reference
from toolkit.workbook.layout.shared import SAID_LISTS

if TYPE_CHECKING:  # a button reads these tables too, and must not wait for the library that draws them
    from openpyxl.worksheet.worksheet import Worksheet

UNKNOWN_VALUES = {"deadweight": 0.5, "attribution": 0.5, "still": 0.0}
"""What 'weet ik niet' stands for (method, 'weet ik niet')."""


def fill(sheet: Worksheet, part: Reference, row: int, library: Library, price_level: int) -> None:
    """Write the rows of one reference table below its header."""
    columns = {c.code: n for n, c in enumerate(part.columns, start=2)}
    for line, record in enumerate(_records(part, library, price_level), start=row + 3):
        if line >= row + part.height:
            raise ValueError(f"table {part.code} is too small for its rows")
        for code, value in record.items():
            if code in columns:
                sheet.cell(line, columns[code], value)


def _records(part: Reference, library: Library, price_level: int) -> list[dict[str, object]]:
    if part.code in ("KV", "KG", "KX"):
        return library_rows(library, price_level)[part.code]
    if part.code == "UV":
        return _example(library, price_level)
    if part.code == "LW":
        return _valued_lists()
    if part.code == "KW":
        return [_parts(library, change) for change in library.changes.values()]
    if part.code == "BE":
        return [{"term": t["term"], "meaning": t["meaning"]} for t in table("glossary")["terms"].values()]
    if part.code == "LK":
        lists = {column.code: list(library_choices(column.code)) for column in part.columns}
    else:
        lists = {name: labels(name) for name in CHOICES}
    longest = max(map(len, lists.values()))
    return [{name: items[n] for name, items in lists.items() if n < len(items)} for n in range(longest)]


def library_rows(library: Library, price_level: int) -> dict[str, list[dict[str, object]]]:
    """What sheet Kengetallen shows of a library: changes (KV), unit values (KG), index numbers (KX)."""
    last = library.index.series[CPI][-1].year
    years = range(BASE_YEAR, last + 1)
    return {
        "KV": [_change(library, code, price_level) for code in library.changes],
        "KG": [_unit_value(v) for v in library.unit_values.values()],
        "KX": [{"year": y, "index_number": library.index.factor(CPI, BASE_YEAR, y).factor} for y in years],
    }


def _valued_lists() -> list[dict[str, object]]:
    """Answers beside the number they stand for; 'weet ik niet' stands for the study's default."""
    unknown = word("form.lists.unknown")
    tenths = [(n, 1 - n / 10) for n in range(11)]
    lists = {
        "deadweight": [(label("deadweight", c), v) for c, v in CHOICES["deadweight"].items()]
        + [(unknown, UNKNOWN_VALUES["deadweight"])],
        "attribution": [(label("attribution", c), v) for c, v in CHOICES["attribution"].items()]
        + [(unknown, UNKNOWN_VALUES["attribution"])],
        "still": [*tenths, (unknown, UNKNOWN_VALUES["still"])],
        "timing": [(label("timing", c), TIMINGS[c]) for c in CHOICES["timing"]],
    }
    rows: list[dict[str, object]] = [{} for _ in range(max(map(len, lists.values())))]
    for name, pairs in lists.items():
        for row, (answer, value) in zip(rows, pairs, strict=False):
            row[name], row[f"{name}_value"] = answer, value
            if name in SAID_LISTS:
                row[f"{name}_said"] = said(name, answer)
    return rows


def said(name: str, answer: object) -> str:
    """What the form says of one answer, with {n} and {m} open; '' where it says nothing."""
    if answer == word("form.lists.unknown"):
        return word(f"form.readback.{name}.unknown")
    if name == "still":
        return word(f"form.readback.still.{'some' if answer else 'nobody'}")
    choice = next(c for c in CHOICES[name] if label(name, c) == answer)
    return word(f"form.readback.{name}.{choice}")


def _example(library: Library, price_level: int) -> list[dict[str, object]]:
    """A small example, worked out: 10 of one change, a quarter deadweight, others helped as much."""
    simple = []
    for change in library.changes.values():
        value = library.unit_values[change.parts[0].kengetal]
        if len(change.parts) == 1 and value.counting == "instroom" and value.amount:
            simple.append((change, value))
    change, value = min(simple, key=lambda pair: len(pair[1].source))
    amount = at_price_level(value, library, price_level) * change.parts[0].factor
    numbers = {
        "change": None,
        "reach": 10,
        "deadweight": 7.5,
        "attribution": 3.75,
        "value": amount,
        "benefit": 3.75 * amount,
        "still": 3.75 * amount / 2,
    }
    named = {"change": change.name, "unit": change.unit, "price_level": price_level, "source": value.source}
    return [
        {
            "step": word(f"form.example.step_{step}"),
            "explanation": word(f"form.example.{step}", **named),
            "number": number,
        }
        for step, number in numbers.items()
    ]


def library_choices(name: str) -> dict[str, object]:
    """What can be picked in a column of the library: as people read it -> as the library holds it."""
    if name in CLOSED_LISTS:
        return {choice_label(choice): choice for choice in CLOSED_LISTS[name]}
    return {label("yes_no", choice): value for choice, value in CHOICES["yes_no"].items()}


def label(name: str, choice: str) -> str:
    """The Dutch label of one choice of a closed list."""
    if name == "party":
        return word(f"form.parties.{choice}")
    if name == "domain":
        return choice
    return word(f"form.lists.{name}.{choice}")


def labels(name: str) -> list[str]:
    """The Dutch labels of a closed list, 'weet ik niet' last."""
    return [*(label(name, choice) for choice in CHOICES[name]), word("form.lists.unknown")]


def at_price_level(value: UnitValue, library: Library, price_level: int) -> float | None:
    """Euros per unit at the price level; None where the municipality gives its own amount."""
    if value.amount is None:
        return None
    return value.amount.mode * library.index.factor(value.index, value.price_year, price_level).factor


def _parts(library: Library, change: Change) -> dict[str, object]:
    """A change with the unit values it rests on, without amounts: those may differ in an edited library."""
    shown = []
    for part in change.parts:
        value = library.unit_values[part.kengetal]
        name = word("screen.compare.unit_value", name=value.name, code=value.code)
        if abs(part.factor) != 1:
            name = word("form.screen.times", name=name, factor=plain(abs(part.factor)))
        shown.append(name if part.factor > 0 else word("form.screen.minus", name=name))
    return {
        "name": change.name,
        "unit": change.unit,
        "parts": "; ".join(shown),
        "watch_for": change.watch_for,
    }


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
        "name": change.name,
        "unit": change.unit,
        "value": first,
        "parts": "; ".join(parts),
        "watch_for": change.watch_for,
        "who_gains": _who_gains(values),
        "based_on": _based_on([value for _, value in values]),
        "readback": change.readback,
        "readback_one": change.readback_one,
        "displacement": change.displacement,
        "duration": values[0][1].max_duration if values[0][1].counting == "instroom" else 1,
        "lasting": int(values[0][1].counting == "instroom"),
        **{f"part_{n}": part.kengetal for n, (part, _) in enumerate(values, 1)},
        **{f"factor_{n}": part.factor for n, (part, _) in enumerate(values, 1)},
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
        "index": int(value.index not in NOT_INDEXED),
        **{f"share_{p}": value.shares.get(p, 0) for p in (PERSON, *PARTY_GROUPS)},
    }


def _party(party: str) -> str:
    return word("form.screen.person") if party == PERSON else word(f"form.parties.{party}")
