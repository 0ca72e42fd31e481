"""What the values of one unit value must be to each other: choices, shares, range and years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from toolkit.kengetallen.indexing import BASE_YEAR
from toolkit.model.kinds import Choice
from toolkit.model.narrowing import as_day, as_number, as_numbers, as_text, as_whole
from toolkit.model.study import DOMAINS, PARTY_GROUPS
from toolkit.model.unit_value import COUNTINGS, GRADES, INDEX_SERIES, KINDS, PERSON, shares_fit

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

# The keys of a record that say how much, and what each holds.
AMOUNT_KEYS = {
    "amount": "number",
    "low": "number",
    "high": "number",
    "price_year": "year",
    "source_year": "year",
}


def nearest(name: object, known: Iterable[str]) -> str:
    """Give the known name that looks most like `name`, empty where none is known."""
    return next(iter(get_close_matches(str(name), list(known), n=1, cutoff=0.0)), "")


def content_errors(sound: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Give what is wrong with values that are of the right type; a rule that misses one is left out."""

    def has(*keys: str) -> bool:
        return all(key in sound for key in keys)

    for key, allowed in CLOSED_LISTS.items():
        if has(key) and not Choice(allowed).fits(sound[key]):
            yield "library_not_in_list", {"key": key, "value": sound[key], "allowed": allowed}
    if has("frees_cash") and not re.match(rf"({'|'.join(FREES_CASH)})\b", as_text(sound["frees_cash"])):
        facts = {"key": "frees_cash", "value": sound["frees_cash"], "allowed": FREES_CASH}
        yield "library_not_in_list", facts
    yield from _share_errors(sound)
    yield from _range_errors({key: as_number(sound[key]) for key in ("low", "amount", "high") if has(key)})
    yield from _year_errors(sound)
    if has("max_duration", "counting"):
        duration, counting = as_whole(sound["max_duration"]), sound["counting"]
        if duration < 1 or (counting == "jaar" and duration != 1):
            yield "library_duration_does_not_fit", {"counting": counting, "duration": duration}
    if sound.get("amount_is") == OWN_AMOUNT:
        given = tuple(key for key in AMOUNT_KEYS if key in sound)
        if given:
            yield "library_amount_not_expected", {"keys": given}


def _range_errors(ends: Mapping[str, float]) -> Iterator[tuple[str, dict[str, object]]]:
    """A lowest value above the highest, or an amount that does not lie between them."""
    if not {"low", "high"} <= set(ends):
        return
    if ends["low"] > ends["high"]:
        yield "library_range_reversed", {key: ends[key] for key in ("low", "high")}
    elif "amount" in ends and not ends["low"] <= ends["amount"] <= ends["high"]:
        yield "library_range_out_of_order", dict(ends)


def _share_errors(sound: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Shares of unknown parties, or that do not add up as the kind demands.

    More than the whole is most likely a percentage without its sign, so that is said instead.
    """
    if "shares" not in sound:
        return
    shares, kind = as_numbers(sound["shares"]), sound.get("kind")
    for party in (party for party in shares if party not in PARTIES):
        yield (
            "library_unknown_party",
            {"party": party, "nearest": nearest(party, PARTIES), "allowed": PARTIES},
        )
    if kind not in KINDS or shares_fit(as_text(kind), shares):
        return
    large = next((party for party, share in shares.items() if abs(share) > 1), None)
    if large is not None:
        yield "library_share_above_whole", {"party": large, "share": shares[large]}
        return
    facts: dict[str, object] = {"shares": dict(shares)}
    if kind == "overdracht":
        gained, paid = (float(sum(s for s in shares.values() if s * sign > 0)) for sign in (1, -1))
        yield "library_transfer_does_not_cancel", facts | {"gained": gained, "paid": paid}
    else:
        total = float(sum(shares.values()))
        yield "library_shares_do_not_fit", facts | {"kind": kind, "total": total}


def _year_errors(sound: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Years before the index begins, or after the day on which somebody looked at the amount.

    A legal amount is published some weeks before its year begins.
    """
    years = {key: as_whole(sound[key]) for key in ("price_year", "source_year") if key in sound}
    if "price_year" in years and years["price_year"] < BASE_YEAR:
        yield "library_price_year_too_early", {"year": years["price_year"], "first_year": BASE_YEAR}
    if "checked_on" not in sound:
        return
    checked = as_day(sound["checked_on"]).year
    ahead = 1 if sound.get("index") == "wet" else 0
    for key, year in years.items():
        if year > checked + ahead:
            yield "library_year_ahead", {"key": key, "year": year, "checked": checked}
