"""Records of the library: from plain keys and values to unit values and the index, or all errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from toolkit.kengetallen.indexing import BASE_YEAR, CPI, WAGES, IndexTable, YearChange
from toolkit.kengetallen.rules import AMOUNT_KEYS, CLOSED_LISTS, OWN_AMOUNT, content_errors, nearest
from toolkit.kengetallen.trouble import LibraryError
from toolkit.model.estimate import Estimate
from toolkit.model.kinds import Day, Flag, Number, Text, Whole
from toolkit.model.narrowing import as_day, as_number, as_numbers, as_tables, as_texts, as_whole, made
from toolkit.model.unit_value import UnitValue

# What each key of a record holds: a key of TYPES.
UNIT_VALUE_KEYS: Mapping[str, str] = MappingProxyType(
    {"code": "code", "shares": "shares", "max_duration": "whole", "overlaps": "codes"}
    | {"checked_on": "date", "valid_from": "date"}
    | AMOUNT_KEYS
    | dict.fromkeys(CLOSED_LISTS, "filled_text")
    | dict.fromkeys(("name", "unit", "frees_cash", "source", "licence"), "filled_text")
    | dict.fromkeys(("task_field", "url", "note"), "text")
    | {"most_per_person": "positive", "tariff_of": "filled_text", "name_more": "filled_text"}
)
OPTIONAL_KEYS = frozenset({"valid_from", "most_per_person", "tariff_of", "name_more"})
"""Keys that only some unit values have: a first day, a legal limit, another municipality's tariff, a name
for the other direction."""
LAPSED_KEYS = MappingProxyType(
    {"names": "texts", "now": "code", "unit": "filled_text", "counted": "filled_text"}
)
YEAR_KEYS = MappingProxyType(
    {"year": "year", "change": "change", "source": "filled_text", "provisional": "flag"}
)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z][a-z0-9_]*", value) is not None


TYPES: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "text": Text().fits,
        "filled_text": Text(filled=True).fits,
        "code": _is_code,
        "number": Number().fits,
        "positive": Number(0, above=True).fits,
        "change": Number(-100, above=True).fits,
        "whole": Whole().fits,
        "year": Whole(1900, 2100).fits,
        "flag": Flag().fits,
        "date": Day().fits,
        "codes": lambda value: isinstance(value, list) and all(map(_is_code, value)),
        "texts": lambda value: isinstance(value, list) and all(map(Text(filled=True).fits, value)),
        "tables": lambda value: isinstance(value, list) and all(isinstance(item, Mapping) for item in value),
        "shares": lambda value: isinstance(value, Mapping) and all(map(Number().fits, value.values())),
        "usual": lambda value: (
            isinstance(value, Mapping)
            and value.keys() == {"low", "mode", "high"}
            and all(map(Number(0, above=True).fits, value.values()))
        ),
    }
)
"""What a key holds -> whether a value is that; codes, tables, shares and usual quantities are known
to the library alone."""


@dataclass(frozen=True, slots=True)
class DatedUnitValue:
    """A unit value and the first day on which it is in force."""

    valid_from: date
    unit_value: UnitValue


def shape_errors(
    where: str, record: Mapping[str, object], keys: Mapping[str, str], optional: Collection[str] = ()
) -> list[LibraryError]:
    """Compare the keys of a record and the types of its values with what is expected."""
    errors = [
        LibraryError("library_unknown_key", {"where": where, "key": key, "nearest": nearest(key, keys)})
        for key in record
        if key not in keys
    ]
    for key, kind in keys.items():
        facts = {"where": where, "key": key}
        if key in record and not TYPES[kind](record[key]):
            errors.append(
                LibraryError("library_wrong_type", facts | {"value": record[key], "expected": kind})
            )
        elif key not in record and key not in optional:
            errors.append(LibraryError("library_missing_key", facts))
    return errors


def check_unit_value(record: Mapping[str, object]) -> tuple[DatedUnitValue | None, list[LibraryError]]:
    """Turn one record with the keys of UNIT_VALUE_KEYS into a unit value, or tell all that is wrong.

    A record whose amount_is is OWN_AMOUNT has none of AMOUNT_KEYS; its price year is the year
    in which it was checked. Without valid_from a record is in force from 1 January of its
    price year, and always where the amount is still to be given.
    """
    where = str(record.get("code") or record.get("name", ""))
    own = record.get("amount_is") == OWN_AMOUNT
    optional = OPTIONAL_KEYS.union(AMOUNT_KEYS) if own else OPTIONAL_KEYS
    errors = shape_errors(where, record, UNIT_VALUE_KEYS, optional)
    wrong = {error.facts["key"] for error in errors}
    sound = {key: value for key, value in record.items() if key not in wrong}
    errors += [LibraryError(code, {"where": where} | facts) for code, facts in content_errors(sound)]
    if errors:
        return None, errors
    built: dict[str, object] = {
        "amount": None,
        "price_year": as_day(record["checked_on"]).year,
        "shares": MappingProxyType({p: float(share) for p, share in as_numbers(record["shares"]).items()}),
        "overlaps": tuple(as_texts(record["overlaps"])),
        "checked_on": as_day(record["checked_on"]).isoformat(),
    }
    if "most_per_person" in record:
        built["most_per_person"] = float(as_number(record["most_per_person"]))
    valid_from = date.min
    if not own:
        amount, low, high = (float(as_number(record[key])) for key in ("amount", "low", "high"))
        built["amount"] = Estimate(amount, low, high)
        built["price_year"] = record["price_year"]
        valid_from = date(as_whole(record["price_year"]), 1, 1)
    as_given = {key: value for key, value in record.items() if key not in ("low", "high", "valid_from")}
    value = made(UnitValue, as_given | built)
    return DatedUnitValue(as_day(record.get("valid_from", valid_from)), value), []


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A change or unit value that is now called and counted otherwise.

    names: what older files call it.  now: code of the change or unit value that replaced it.
    unit, counted: what was counted, and what is counted now.
    """

    names: tuple[str, ...]
    now: str
    unit: str
    counted: str


def check_lapsed(
    record: Mapping[str, object], known: Collection[str]
) -> tuple[Lapsed | None, list[LibraryError]]:
    """Turn one record with the keys of LAPSED_KEYS into a Lapsed, or tell all that is wrong.

    known: the codes of all changes and unit values.
    """
    errors = shape_errors("lapsed", record, LAPSED_KEYS)
    errors = errors or unknown_codes("lapsed", [record["now"]], known)
    if errors:
        return None, errors
    return made(Lapsed, {**record, "names": tuple(as_texts(record["names"]))}), []


def unknown_codes(where: str, codes: Iterable[object], known: Collection[str]) -> list[LibraryError]:
    """Give an error for every code that names no unit value."""
    return [
        LibraryError(
            "library_unknown_kengetal",
            {"where": where, "code": code, "nearest": nearest(code, known)},
        )
        for code in codes
        if code not in known
    ]


def check_index(record: Mapping[str, object]) -> tuple[IndexTable | None, list[LibraryError]]:
    """Turn series -> list of records with the keys of YEAR_KEYS into an index, or tell all that is wrong.

    The records may stand in any order; every year from the one after BASE_YEAR is there once.
    """
    errors = shape_errors("index", record, {CPI: "tables", WAGES: "tables"}, {WAGES})
    series = {} if errors else {name: as_tables(years) for name, years in record.items()}
    for name, years in series.items():
        errors += [error for year in years for error in shape_errors(name, year, YEAR_KEYS)]
    if errors:
        return None, errors
    read = {
        name: tuple(sorted((made(YearChange, year) for year in years), key=_year))
        for name, years in series.items()
    }
    for name, changes in read.items():
        errors += [LibraryError(*error) for error in _year_errors(name, [change.year for change in changes])]
    if errors:
        return None, errors
    return IndexTable(MappingProxyType(read)), []


def _year(change: YearChange) -> int:
    return change.year


def _year_errors(name: str, years: Sequence[int]) -> Iterator[tuple[str, dict[str, object]]]:
    """Years of a series, in order, that are there twice, too early or missing; a gap is one error."""
    where = {"where": name}
    for year in dict.fromkeys(year for year in years if years.count(year) > 1):
        yield "library_year_twice", where | {"year": year}
    for year in (year for year in years if year <= BASE_YEAR):
        yield "library_year_before_index", where | {"year": year, "base_year": BASE_YEAR}
    for before, after in pairwise(sorted({BASE_YEAR, *years})):
        if before >= BASE_YEAR and after - before == 2:
            yield "library_year_missing", where | {"year": before + 1}
        elif before >= BASE_YEAR and after - before > 2:
            yield "library_years_missing", where | {"year": before + 1, "last": after - 1}
    if not years:
        yield "library_year_missing", where | {"year": BASE_YEAR + 1}
