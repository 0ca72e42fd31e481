"""The reading tables of a workbook: changes, unit values, glossary and closed lists."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from toolkit.kengetallen.indexing import BASE_YEAR, CPI, NOT_INDEXED
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.rules import CLOSED_LISTS
from toolkit.kengetallen.wording import label as choice_label
from toolkit.model.study import PARTY_GROUPS, TIMINGS
from toolkit.model.unit_value import PERSON, Change, UnitValue
from toolkit.words.dutch import euro, percent, plain
from toolkit.words.vocabulary import table, word
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import Reference


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
        + [(unknown, 0.5)],
        "attribution": [(label("attribution", c), v) for c, v in CHOICES["attribution"].items()]
        + [(unknown, 0.5)],
        "still": [*tenths, (unknown, 0)],
        "timing": [(label("timing", c), TIMINGS[c]) for c in CHOICES["timing"]],
    }
    rows: list[dict[str, object]] = [{} for _ in range(max(map(len, lists.values())))]
    for name, pairs in lists.items():
        for row, (answer, value) in zip(rows, pairs, strict=False):
            row[name], row[f"{name}_value"] = answer, value
    return rows


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
        "displacement": change.displacement,
        "duration": values[0][1].max_duration if values[0][1].counting == "instroom" else 1,
        "lasting": int(values[0][1].counting == "instroom"),
        **{f"part_{n}": part.kengetal for n, (part, _) in enumerate(values, 1)},
        **{f"factor_{n}": part.factor for n, (part, _) in enumerate(values, 1)},
    }


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
