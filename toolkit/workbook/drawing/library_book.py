"""Puts the library into the input cells of kengetallen.xlsx, each value as finance would type it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from toolkit.kengetallen import parts
from toolkit.kengetallen.indexing import CPI, YearChange
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.picked import READBACKS
from toolkit.kengetallen.shares import as_text
from toolkit.kengetallen.wording import label, shown
from toolkit.model.unit_value import Change, UnitValue
from toolkit.workbook.drawing import style
from toolkit.workbook.layout import measures
from toolkit.workbook.layout.books import FIRST_COLUMN, Placed
from toolkit.workbook.layout.library_book import CHANGES, PRICE_INDEX, USUAL
from toolkit.workbook.layout.parts import Block

FORMATS = {"euro": "euro2", "number": "number2", "year": "year", "whole": "year", "date": "date"}
TYPED_AS_TEXT = "task_field"
"""Column in which a spreadsheet would take 6.71 for a date; its cells hold text, whatever is typed."""
FIRST_FREE_COLUMN = 4
"""What stands to the left of it, the row code, the key and the name, stays in sight."""


def fill(sheet: Worksheet, placed: Placed, block: Block, library: Library) -> None:
    """Write what a block is about into its first rows; the rows after it stay free."""
    records = _records(block, library)
    if len(records) > block.capacity:
        raise ValueError(f"table {block.code} is too small for its rows")
    for offset, line in enumerate(placed.rows):
        record = records[offset] if offset < len(records) else {}
        heights = [measures.LINE_POINTS]
        for column, field in enumerate(block.columns, start=FIRST_COLUMN):
            cell = sheet.cell(line, column)
            cell.number_format = _format(field.code, field.kind)
            value = record.get(field.code)
            if value is None or value == "":
                continue
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                heights.append(measures.text_height(value, field.width))
        sheet.row_dimensions[line].height = max(heights)


def _format(code: str, kind: str) -> str:
    if code == TYPED_AS_TEXT:
        return style.NUMBER_FORMATS["text"]
    return style.NUMBER_FORMATS[FORMATS[kind]] if kind in FORMATS else "General"


def _records(block: Block, library: Library) -> list[dict[str, object]]:
    if block == PRICE_INDEX:
        return [_year(year) for year in library.index.series[CPI]]
    if block == CHANGES:
        return [_change(change) for change in (*library.changes.values(), *library.unpriced.values())]
    columns = [field.code for field in block.columns]
    return [_unit_value(value, columns) for value in library.unit_values.values()]


def _unit_value(value: UnitValue, columns: list[str]) -> dict[str, object]:
    """Every trait of a unit value; the columns carry the names of its fields."""
    held = {c: getattr(value, c) for c in columns if c not in ("low", "high")}
    amount = value.amount
    amounts: Mapping[str, object] = dict.fromkeys(("amount", "low", "high", "price_year", "source_year"))
    if amount is not None:
        amounts = {"amount": amount.mode, "low": amount.low, "high": amount.high}
    chosen = {name: label(held[name]) for name in ("kind", "filled_by")}
    return {
        **held,
        **amounts,
        **chosen,
        "shares": as_text(value.shares),
        "overlaps": ", ".join(value.overlaps),
        "checked_on": date.fromisoformat(value.checked_on),
    }


def _change(change: Change) -> dict[str, object]:
    """A change as a municipality would type one of its own."""
    plain = ("code", "name", "name_more", "counts", "domain", "watch_for", "usual_source", "asked_of")
    usual = change.usual
    quantities = (usual.low, usual.mode, usual.high) if usual else ()
    return {
        **{code: getattr(change, code) for code in (*plain, "unit_short", "outputs", *READBACKS)},
        "unit": change.unit if change.priced else None,
        "parts": parts.as_text(change.parts),
        "displacement": 100 * change.displacement or None,
        **dict(zip(USUAL, quantities, strict=False)),
    }


def _year(year: YearChange) -> dict[str, object]:
    return {
        "year": year.year,
        "change": year.change,
        "provisional": shown(year.provisional),
        "source": year.source,
    }
