"""The reading tables of a workbook: changes, unit values, glossary and closed lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.kengetallen.library import Library
from toolkit.words.vocabulary import sections, word
from toolkit.workbook.layout.books import Placed
from toolkit.workbook.layout.guide import EXAMPLE
from toolkit.workbook.layout.labels import labels, library_choices
from toolkit.workbook.layout.library import CHANGES, INDEX_NUMBERS, PICKS, UNIT_VALUES, UNPRICED
from toolkit.workbook.layout.library_book import CHOICES as CHOICES_SHOWN
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import Reference, Table
from toolkit.workbook.layout.shared import LISTS, TERMS, VALUED
from toolkit.workbook.live.library import at_price_level, library_rows, valued_rows

if TYPE_CHECKING:  # a button reads these tables too, and must not wait for the library that draws them
    from openpyxl.worksheet.worksheet import Worksheet


Rows = list[dict[str, object]]


def fill(sheet: Worksheet, placed: Placed, library: Library, price_level: int) -> None:
    """Write the rows of one reference table below its header."""
    columns = {code: placed.column(code) for code in placed.table.column_codes}
    records = _RECORDS[placed.table](library, price_level)
    if len(records) > placed.table.size:
        raise ValueError(f"table {placed.table.code} is too small for its rows")
    for line, record in zip(placed.rows, records, strict=False):
        for code, value in record.items():
            if code in columns:
                sheet.cell(line, columns[code], value)


def _from_library(shown: Reference) -> Callable[[Library, int], Rows]:
    return lambda library, price_level: library_rows(library, price_level)[shown]


def _terms(*_: object) -> Rows:
    return [{"term": t["term"], "meaning": t["meaning"]} for t in sections("glossary.terms").values()]


def _choices_of_library(*_: object) -> Rows:
    return _side_by_side({code: list(library_choices(code)) for code in CHOICES_SHOWN.column_codes})


def _choices(*_: object) -> Rows:
    return _side_by_side({name: labels(name) for name in CHOICES})


def _side_by_side(lists: Mapping[str, Sequence[object]]) -> Rows:
    longest = max(map(len, lists.values()))
    return [{name: items[n] for name, items in lists.items() if n < len(items)} for n in range(longest)]


def _valued_lists(*_: object) -> Rows:
    return valued_rows()


def _example(library: Library, price_level: int) -> Rows:
    """A small example, worked out: 10 of one change, a quarter deadweight, others helped as much."""
    simple = []
    for change in library.changes.values():
        value = library.unit_values[change.parts[0].kengetal]
        amount = at_price_level(value, library, price_level)
        if len(change.parts) == 1 and value.counting == "instroom" and amount is not None:
            simple.append((change, value, amount * change.parts[0].factor))
    change, value, amount = min(simple, key=lambda found: len(found[1].source))
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


_RECORDS: dict[Table, Callable[[Library, int], Rows]] = {
    CHANGES: _from_library(CHANGES),
    UNPRICED: _from_library(UNPRICED),
    UNIT_VALUES: _from_library(UNIT_VALUES),
    INDEX_NUMBERS: _from_library(INDEX_NUMBERS),
    PICKS: _from_library(PICKS),
    EXAMPLE: _example,
    VALUED: _valued_lists,
    LISTS: _choices,
    TERMS: _terms,
    CHOICES_SHOWN: _choices_of_library,
}
"""Table -> what gives its rows, for a library at a price level."""
