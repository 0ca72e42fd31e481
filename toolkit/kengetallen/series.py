"""Amounts that change on a day that the law gives: one record becomes entries, and entries one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from toolkit.kengetallen.indexing import LEGAL
from toolkit.kengetallen.records import DatedUnitValue, shape_errors
from toolkit.kengetallen.trouble import LibraryError
from toolkit.model.estimate import Estimate
from toolkit.model.narrowing import as_day, as_tables
from toolkit.model.unit_value import UnitValue

SERIES = "series"
SERIES_KEYS: Mapping[str, str] = MappingProxyType(
    {"from": "date", "source": "filled_text", "most_per_person": "positive"}
    | dict.fromkeys(("amount", "low", "high"), "number")
)
"""What one step of a series says; the rest of the record holds for all of its steps."""
MONTHS = 12


def dated_records(
    record: Mapping[str, object],
) -> tuple[list[Mapping[str, object]], list[LibraryError]]:
    """One record per step of the series in a record; the record itself where it has none.

    The price year and the year of the source of a step are those of its first day.
    """
    if not record.get(SERIES):
        return [record], []
    where = str(record.get("code", ""))
    errors = shape_errors(where, {SERIES: record[SERIES]}, {SERIES: "tables"})
    steps = [] if errors else as_tables(record[SERIES])
    errors += [e for step in steps for e in shape_errors(where, step, SERIES_KEYS, {"most_per_person"})]
    if errors:
        return [], errors
    whole = {key: value for key, value in record.items() if key != SERIES}
    return [whole | _as_record(step) for step in steps], []


def _as_record(step: Mapping[str, object]) -> dict[str, object]:
    first = as_day(step["from"])
    own = {key: value for key, value in step.items() if key != "from"}
    return own | {"valid_from": first, "price_year": first.year, "source_year": first.year}


def of_year(entries: Sequence[DatedUnitValue], year: int) -> UnitValue:
    """The unit value at the price level of a year.

    That is the newest entry that started in or before the year; before the first entry it is the first.
    A legal amount that changed within the year is the mean over its months: with entries i that were in
    force during m[i] months of the year, amount = sum(m[i] * amount[i]) / sum(m[i]), and so are low and
    high. Months before the first entry count for none.

    entries: of one code, oldest first, at least one.
    """
    started = [entry for entry in entries if entry.valid_from.year <= year] or entries[:1]
    value = started[-1].unit_value
    within = [entry for entry in started if entry.valid_from.year == year]
    if value.index != LEGAL or not within or value.amount is None:
        return value
    months = [entry.valid_from.month - 1 for entry in within] + [MONTHS]
    lengths = [end - start for start, end in pairwise(months)]
    before = started[: -len(within)][-1:]
    weighed = [(n, entry.unit_value.priced) for n, entry in zip(lengths, within, strict=True)]
    weighed += [(months[0], entry.unit_value.priced) for entry in before if months[0]]
    return replace(value, amount=_mean(weighed)) if len(weighed) > 1 else value


def _mean(weighed: Sequence[tuple[int, Estimate]]) -> Estimate:
    """The mean of amounts, each with its weight; one without a range is its own range."""
    total = sum(n for n, _ in weighed)
    low, high = (sum(n * amount.bounds[end] for n, amount in weighed) / total for end in (0, 1))
    return Estimate(sum(n * amount.mode for n, amount in weighed) / total, low, high)
