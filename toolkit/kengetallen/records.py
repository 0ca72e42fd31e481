"""Records of the library: from plain keys and values to unit values, changes and the index, or all errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from toolkit.kengetallen.indexing import BASE_YEAR, CPI, WAGES, IndexTable, YearChange
from toolkit.model.estimate import Estimate
from toolkit.model.study import DOMAINS, PARTY_GROUPS
from toolkit.model.unit_value import (
    COUNTINGS,
    GRADES,
    INDEX_SERIES,
    KINDS,
    PERSON,
    Change,
    ChangePart,
    UnitValue,
    shares_fit,
)

OWN_AMOUNT = "eigen bedrag verplicht"
"""amount_is of a unit value whose amount the municipality must give itself."""

PARTIES = (*PARTY_GROUPS, PERSON)
FREES_CASH = ("ja", "nee", "deels")
"""How frees_cash starts; a condition may follow."""

CLOSED_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "domain": DOMAINS,
        "counting": COUNTINGS,
        "index": INDEX_SERIES,
        "kind": KINDS,
        "grade": GRADES,
        "amount_is": ("feit", "afgeleid", "aanname", OWN_AMOUNT),
        "shares_are": ("feit", "afgeleid", "aanname"),
        "filled_by": ("coordinator", "financien", "onderzoeker"),
        "vat": ("incl.", "excl.", "n.v.t."),
    }
)

# What each key of a record holds: a key of TYPES.
AMOUNT_KEYS = {
    "amount": "number",
    "low": "number",
    "high": "number",
    "price_year": "year",
    "source_year": "year",
}
UNIT_VALUE_KEYS: Mapping[str, str] = MappingProxyType(
    {"code": "code", "shares": "shares", "max_duration": "whole", "overlaps": "codes"}
    | {"checked_on": "date", "valid_from": "date"}
    | AMOUNT_KEYS
    | dict.fromkeys(CLOSED_LISTS, "filled_text")
    | dict.fromkeys(("name", "unit", "frees_cash", "source", "licence"), "filled_text")
    | dict.fromkeys(("task_field", "url", "note"), "text")
    | {"most_per_person": "positive", "tariff_of": "filled_text"}
)
OPTIONAL_KEYS = frozenset({"valid_from", "most_per_person", "tariff_of"})
"""Keys that only some unit values have: a first day, a legal limit, another municipality's tariff."""
CHANGE_KEYS: Mapping[str, str] = MappingProxyType(
    {"code": "code", "parts": "tables", "displacement": "number"}
    | dict.fromkeys(("name", "unit", "readback", "readback_one", "watch_for"), "filled_text")
)
PART_KEYS = MappingProxyType({"kengetal": "code", "factor": "number", "note": "text"})
YEAR_KEYS = MappingProxyType(
    {"year": "year", "change": "change", "source": "filled_text", "provisional": "flag"}
)


def _is_number(value: object) -> bool:
    """Tell whether this is a number; the bounds keep out NaN and what does not fit a float."""
    return type(value) in (int, float) and -1e15 < value < 1e15


def _is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z][a-z0-9_]*", value) is not None


TYPES: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "text": lambda value: isinstance(value, str),
        "filled_text": lambda value: isinstance(value, str) and value.strip() != "",
        "code": _is_code,
        "number": _is_number,
        "positive": lambda value: _is_number(value) and value > 0,
        "change": lambda value: _is_number(value) and value > -100,
        "whole": lambda value: type(value) is int,
        "year": lambda value: type(value) is int and 1900 <= value <= 2100,
        "flag": lambda value: type(value) is bool,
        "date": lambda value: type(value) is date,
        "codes": lambda value: isinstance(value, list) and all(map(_is_code, value)),
        "tables": lambda value: isinstance(value, list) and all(isinstance(item, Mapping) for item in value),
        "shares": lambda value: isinstance(value, Mapping) and all(map(_is_number, value.values())),
    }
)


class LibraryError(ValueError):
    """One thing that is wrong with the library, or with what is asked of it.

    code: key of the Dutch sentence.  facts: what that sentence needs.
    """

    def __init__(self, code: str, facts: Mapping[str, object]) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code}: " + ", ".join(f"{name} {value!r}" for name, value in facts.items()))


@dataclass(frozen=True, slots=True)
class DatedUnitValue:
    """A unit value and the first day on which it is in force."""

    valid_from: date
    unit_value: UnitValue


def nearest(name: object, known: Iterable[str]) -> str:
    """Give the known name that looks most like `name`, empty where none is known."""
    return next(iter(get_close_matches(str(name), list(known), n=1, cutoff=0.0)), "")


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
    where = str(record.get("code", ""))
    own = record.get("amount_is") == OWN_AMOUNT
    optional = OPTIONAL_KEYS.union(AMOUNT_KEYS) if own else OPTIONAL_KEYS
    errors = shape_errors(where, record, UNIT_VALUE_KEYS, optional)
    if own:
        given = [key for key in AMOUNT_KEYS if key in record]
        errors += [LibraryError("library_amount_not_expected", {"where": where, "key": key}) for key in given]
    errors = errors or [
        LibraryError(code, {"where": where} | facts) for code, facts in _content_errors(record)
    ]
    if errors:
        return None, errors
    built: dict[str, object] = {
        "amount": None,
        "price_year": record["checked_on"].year,
        "shares": MappingProxyType({party: float(share) for party, share in record["shares"].items()}),
        "overlaps": tuple(record["overlaps"]),
        "checked_on": record["checked_on"].isoformat(),
    }
    if "most_per_person" in record:
        built["most_per_person"] = float(record["most_per_person"])
    valid_from = date.min
    if not own:
        built["amount"] = Estimate(*(float(record[key]) for key in ("amount", "low", "high")))
        built["price_year"] = record["price_year"]
        valid_from = date(record["price_year"], 1, 1)
    as_given = {key: value for key, value in record.items() if key not in ("low", "high", "valid_from")}
    value = UnitValue(**as_given | built)
    return DatedUnitValue(record.get("valid_from", valid_from), value), []


def _content_errors(record: Mapping[str, object]) -> Iterable[tuple[str, dict[str, object]]]:
    """Give what is wrong with a record whose keys and types are right."""
    for key, allowed in CLOSED_LISTS.items():
        if record[key] not in allowed:
            yield ("library_not_in_list", {"key": key, "value": record[key], "allowed": allowed})
    if not re.match(rf"({'|'.join(FREES_CASH)})\b", record["frees_cash"]):
        yield (
            "library_not_in_list",
            {"key": "frees_cash", "value": record["frees_cash"], "allowed": FREES_CASH},
        )
    for party in record["shares"]:
        if party not in PARTIES:
            yield ("library_not_in_list", {"key": "shares", "value": party, "allowed": PARTIES})
    if record["kind"] in KINDS and not shares_fit(record["kind"], record["shares"]):
        yield ("library_shares_do_not_fit", {"kind": record["kind"], "shares": dict(record["shares"])})
    if "amount" in record and not record["low"] <= record["amount"] <= record["high"]:
        yield ("library_range_out_of_order", {key: record[key] for key in ("low", "amount", "high")})
    if "price_year" in record and record["price_year"] < BASE_YEAR:
        yield ("library_price_year_too_early", {"year": record["price_year"], "first_year": BASE_YEAR})
    duration = record["max_duration"]
    if duration < 1 or (record["counting"] == "jaar" and duration != 1):
        yield ("library_duration_does_not_fit", {"counting": record["counting"], "duration": duration})


def check_change(
    record: Mapping[str, object], unit_values: Mapping[str, UnitValue]
) -> tuple[Change | None, list[LibraryError]]:
    """Turn one record with the keys of CHANGE_KEYS into a change, or tell all that is wrong.

    The parts name unit values that exist and share one counting, because the form asks one
    number for all of them.
    """
    where = str(record.get("code", ""))
    errors = shape_errors(where, record, CHANGE_KEYS)
    parts = record["parts"] if not errors else []
    errors += [error for part in parts for error in shape_errors(where, part, PART_KEYS)]
    if errors:
        return None, errors
    codes = [part["kengetal"] for part in parts]
    errors = unknown_codes(where, codes, unit_values)
    countings = {unit_values[code].counting for code in codes if code in unit_values}
    if not parts:
        errors.append(LibraryError("library_no_parts", {"where": where}))
    if len(countings) > 1:
        errors.append(LibraryError("library_countings_differ", {"where": where, "kengetallen": codes}))
    for part in parts:
        if part["factor"] == 0:
            errors.append(LibraryError("library_factor_zero", {"where": where, "code": part["kengetal"]}))
    for text in (record["readback"], record["readback_one"]):
        before, found, after = text.partition("{n}")
        if not found or {"{", "}"} & set(before + after):
            errors.append(LibraryError("library_readback_without_number", {"where": where, "text": text}))
    if not 0 <= record["displacement"] <= 1:
        errors.append(LibraryError("library_not_a_share", {"where": where, "value": record["displacement"]}))
    built = tuple(ChangePart(p["kengetal"], float(p["factor"]), p["note"]) for p in parts)
    rest = {"parts": built, "displacement": float(record["displacement"])}
    return (None, errors) if errors else (Change(**dict(record) | rest), [])


def unknown_codes(where: str, codes: Iterable[object], known: Collection[str]) -> list[LibraryError]:
    """Give an error for every code that names no unit value."""
    return [
        LibraryError(
            "library_unknown_kengetal", {"where": where, "code": code, "nearest": nearest(code, known)}
        )
        for code in codes
        if code not in known
    ]


def check_index(record: Mapping[str, object]) -> tuple[IndexTable | None, list[LibraryError]]:
    """Turn series -> list of records with the keys of YEAR_KEYS into an index, or tell all that is wrong."""
    errors = shape_errors("index", record, {CPI: "tables", WAGES: "tables"}, {WAGES})
    series = {} if errors else record
    for name, years in series.items():
        errors += [error for year in years for error in shape_errors(name, year, YEAR_KEYS)]
    for name, years in {} if errors else series.items():
        found = [year["year"] for year in years]
        if not found or found != list(range(BASE_YEAR + 1, BASE_YEAR + 1 + len(found))):
            errors.append(LibraryError("library_years_not_in_a_row", {"where": name, "years": found}))
    if errors:
        return None, errors
    read = {name: tuple(YearChange(**year) for year in years) for name, years in series.items()}
    return IndexTable(MappingProxyType(read)), []
