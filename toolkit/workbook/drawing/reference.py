"""The reading tables of a workbook: changes, unit values, glossary and closed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.kengetallen.library import Library
from toolkit.model.study import TIMINGS
from toolkit.model.unit_value import Change
from toolkit.words.dutch import plain
from toolkit.words.vocabulary import table, word
from toolkit.workbook.layout.labels import UNKNOWN_VALUES, label, labels, library_choices, said
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import Reference
from toolkit.workbook.layout.shared import SAID_LISTS
from toolkit.workbook.live.library import at_price_level, library_rows

if TYPE_CHECKING:  # a button reads these tables too, and must not wait for the library that draws them
    from openpyxl.worksheet.worksheet import Worksheet


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
