"""Sheet Kengetallen of a form as it must be: the library used, and the results of its live columns."""

from __future__ import annotations

from toolkit.kengetallen.indexing import BASE_YEAR, CPI
from toolkit.kengetallen.library import Library
from toolkit.model.unit_value import Change, UnitValue
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.library import CHANGES, LIVE_COLUMNS, UNIT_VALUES
from toolkit.workbook.layout.parts import Reference, Table
from toolkit.workbook.live.library import at_price_level, library_rows


def rows(library: Library, price_level: int) -> dict[Table, list[Row]]:
    """Every row of changes, unit values and index numbers, empty ones included.

    The library that was computed with may be another than the one the form was made with.
    """
    live: dict[Reference, list[Row]] = {
        CHANGES: [_first_amount(change, library, price_level) for change in library.changes.values()],
        UNIT_VALUES: [_priced(value, library, price_level) for value in library.unit_values.values()],
    }
    found: dict[Table, list[Row]] = {}
    for table, shown in library_rows(library, price_level).items():
        columns = table.column_codes
        empty: Row = {c: "" if c in LIVE_COLUMNS[table] else None for c in columns}
        results = live.get(table, [{}] * len(shown))
        full: list[Row] = [{**empty, **row, **result} for row, result in zip(shown, results, strict=True)]
        full += [empty] * (table.size - len(full))
        found[table] = [{c: row[c] for c in columns} for row in full[: table.size]]
    return found


def _first_amount(change: Change, library: Library, price_level: int) -> Row:
    amount = at_price_level(library.unit_values[change.parts[0].kengetal], library, price_level)
    return {"value": "" if amount is None else amount}


def _priced(value: UnitValue, library: Library, price_level: int) -> Row:
    """A unit value at the price level; a year after the last known counts as the last known."""
    if value.amount is None:
        return {"index_from": "", "index_to": "", "level_value": ""}
    return {
        "index_from": library.index.factor(CPI, BASE_YEAR, value.price_year).factor,
        "index_to": library.index.factor(CPI, BASE_YEAR, price_level).factor,
        "level_value": at_price_level(value, library, price_level),
    }
