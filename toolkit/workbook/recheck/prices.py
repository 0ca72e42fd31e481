"""The results of the live columns of sheet Kengetallen: amounts at the price level of the study."""

from __future__ import annotations

from toolkit.kengetallen.indexing import BASE_YEAR, CPI
from toolkit.kengetallen.library import Library
from toolkit.model.unit_value import UnitValue
from toolkit.workbook.reference import at_price_level
from toolkit.workbook.tables.filled import Row


def rows(library: Library, price_level: int) -> dict[str, list[Row]]:
    """The rows of the tables with changes (KV) and unit values (KG), live columns only."""
    changes = [
        at_price_level(library.unit_values[change.parts[0].kengetal], library, price_level)
        for change in library.changes.values()
    ]
    return {
        "KV": [{"value": "" if amount is None else amount} for amount in changes],
        "KG": [_priced(value, library, price_level) for value in library.unit_values.values()],
    }


def _priced(value: UnitValue, library: Library, price_level: int) -> Row:
    """A unit value at the price level; a year after the last known counts as the last known."""
    if value.amount is None:
        return {"index_from": "", "index_to": "", "level_value": ""}
    return {
        "index_from": library.index.factor(CPI, BASE_YEAR, value.price_year).factor,
        "index_to": library.index.factor(CPI, BASE_YEAR, price_level).factor,
        "level_value": at_price_level(value, library, price_level),
    }
