"""Records of changes that a coordinator can pick: from plain keys and values to changes, or all errors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from toolkit.kengetallen.records import shape_errors, unknown_codes
from toolkit.kengetallen.trouble import LibraryError
from toolkit.model.estimate import Estimate
from toolkit.model.kinds import SHARE
from toolkit.model.narrowing import as_number, as_numbers, as_tables, as_text, made
from toolkit.model.study import DOMAINS
from toolkit.model.unit_value import CARE_TEAM, COUNTED, Change, ChangePart, UnitValue, counts_people

READBACKS = ("readback", "readback_one", "readback_more", "readback_more_one")
CHANGE_KEYS: Mapping[str, str] = MappingProxyType(
    {"code": "code", "parts": "tables", "displacement": "number", "usual": "usual"}
    | dict.fromkeys(("name", "name_more", "watch_for", "counts", "domain", "unit"), "filled_text")
    | dict.fromkeys((*READBACKS, "unit_short", "outputs", "usual_source", "asked_of"), "filled_text")
)
PART_KEYS = MappingProxyType({"kengetal": "code", "factor": "number", "note": "text"})
_SOMETIMES = frozenset({"name_more", "unit_short", "outputs", "usual", "usual_source", "asked_of"})
_OF_A_PRICE = frozenset({"unit", "displacement"})
"""Keys that a change has where it has a price."""
CLOSED_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"counts": COUNTED, "domain": DOMAINS, "asked_of": (CARE_TEAM,)}
)


def check_change(
    record: Mapping[str, object], unit_values: Mapping[str, UnitValue], known: Collection[str] = ()
) -> tuple[Change | None, list[LibraryError]]:
    """Turn one record with the keys of CHANGE_KEYS into a change, or tell all that is wrong.

    known: codes that exist too, of unit values in which something else is wrong.

    The parts name unit values that exist and share one counting, because the form asks one
    number for all of them. A change without parts has no price: its unit is whom it counts.
    """
    where = str(record.get("code", ""))
    optional = _SOMETIMES if record.get("parts") else _SOMETIMES | _OF_A_PRICE
    errors = shape_errors(where, record, CHANGE_KEYS, optional)
    parts = as_tables(record["parts"]) if not errors else []
    errors += [error for part in parts for error in shape_errors(where, part, PART_KEYS)]
    if errors:
        return None, errors
    codes = [as_text(part["kengetal"]) for part in parts]
    errors = unknown_codes(where, codes, {*unit_values, *known})
    countings = {unit_values[code].counting for code in codes if code in unit_values}
    if len(countings) > 1:
        errors.append(LibraryError("library_countings_differ", {"where": where, "kengetallen": codes}))
    for part in parts:
        if part["factor"] == 0:
            errors.append(LibraryError("library_factor_zero", {"where": where, "code": part["kengetal"]}))
    for key in READBACKS:
        before, found, after = as_text(record[key]).partition("{n}")
        facts = {"where": where, "key": key, "text": record[key]}
        if not found or {"{", "}"} & set(before + after):
            errors.append(LibraryError("library_readback_without_number", facts))
    errors += [LibraryError(code, {"where": where} | facts) for code, facts in _counting_errors(record)]
    displacement = as_number(record.get("displacement", 0))
    if not SHARE.fits(displacement):
        errors.append(LibraryError("library_not_a_share", {"where": where, "value": displacement}))
    if errors:
        return None, errors
    built: dict[str, object] = {
        "unit": record.get("unit", record["counts"]),
        "parts": tuple(made(ChangePart, {**p, "factor": float(as_number(p["factor"]))}) for p in parts),
        "displacement": float(displacement),
    }
    if "usual" in record:
        built["usual"] = made(Estimate, {k: float(v) for k, v in as_numbers(record["usual"]).items()})
    return made(Change, {**record, **built}), []


def ordered(
    changes: Iterable[Change],
) -> tuple[Mapping[str, Change], Mapping[str, Change]]:
    """Changes by their code, those with a price and those without, in the order of the domains."""
    known = sorted(changes, key=lambda change: DOMAINS.index(change.domain))
    with_price, without = (
        MappingProxyType({change.code: change for change in known if change.priced is priced})
        for priced in (True, False)
    )
    return with_price, without


def _counting_errors(record: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """What does not fit whom a change counts, and how much of its unit is usual for each of them."""
    for key, allowed in CLOSED_LISTS.items():
        if key in record and record[key] not in allowed:
            yield "library_not_in_list", {"key": key, "value": record[key], "allowed": allowed}
    unit, counts = as_text(record.get("unit", record["counts"])), as_text(record["counts"])
    if counts_people(unit) and unit.partition(" ")[0] != counts:
        yield "library_counts_differ", {"unit": unit, "counts": counts}
    if not counts_people(unit) and "unit_short" not in record:
        yield "library_missing_key", {"key": "unit_short"}
    if "usual" not in record:
        return
    if counts_people(unit):
        yield "library_usual_of_people", {"unit": unit}
    if "asked_of" in record:
        yield "library_usual_of_care", {}
    if "usual_source" not in record:
        yield "library_missing_key", {"key": "usual_source"}
    usual = as_numbers(record["usual"])
    if not usual["low"] <= usual["mode"] <= usual["high"]:
        yield "library_usual_out_of_order", dict(usual)
