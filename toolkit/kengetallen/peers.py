"""Peers: ratios of benefits to costs that others found, dated and sourced like every number here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from toolkit.kengetallen.records import shape_errors
from toolkit.kengetallen.trouble import LibraryError
from toolkit.model.kinds import Choice
from toolkit.model.narrowing import as_day, as_number, as_text, as_whole

GROSS = "bruto"
"""Definition of a ratio: all benefits divided by all costs."""
DEFINITIONS = (GROSS, "netto", "onbekend")

_TEXTS = ("code", "name", "definition", "source", "url", "licence", "note")

PEER_KEYS: Mapping[str, str] = MappingProxyType(
    {"code": "code", "ratio": "positive", "cases": "whole", "year": "year", "checked_on": "date"}
    | dict.fromkeys(("name", "definition", "source", "licence"), "filled_text")
    | dict.fromkeys(("url", "note"), "text")
)


@dataclass(frozen=True, slots=True)
class Peer:
    """What another study found.

    ratio: benefits per euro of costs.  year: None where unknown, which no GROSS one is.
    cases: how many projects it covers, None where unknown.
    definition: one of DEFINITIONS; only equal definitions can be compared.
    """

    code: str
    name: str
    ratio: float
    definition: str
    source: str
    url: str
    checked_on: date
    licence: str
    note: str
    year: int | None = None
    cases: int | None = None


def comparable(peers: Iterable[Peer]) -> tuple[Peer, ...]:
    """Those with the definition of our own ratio: all benefits divided by all costs."""
    return tuple(peer for peer in peers if peer.definition == GROSS)


def check_peers(records: Iterable[Mapping[str, object]]) -> tuple[tuple[Peer, ...], list[LibraryError]]:
    """Turn records with the keys of PEER_KEYS into peers, or tell all that is wrong."""
    peers: dict[str, Peer] = {}
    errors: list[LibraryError] = []
    for record in records:
        where = str(record.get("code", ""))
        gross = record.get("definition") == GROSS
        found = shape_errors(where, record, PEER_KEYS, {"cases"} if gross else {"cases", "year"})
        if not found and not Choice(DEFINITIONS).fits(record["definition"]):
            facts = {"where": where, "key": "definition", "value": record["definition"]}
            found.append(LibraryError("library_not_in_list", facts | {"allowed": DEFINITIONS}))
        if not found and where in peers:
            found.append(LibraryError("library_duplicate", {"where": where}))
        if not found:
            peers[where] = _peer(record)
        errors += found
    return (() if errors else tuple(peers.values())), errors


def _peer(record: Mapping[str, object]) -> Peer:
    """The peer of a record that is in order."""

    def known(key: str) -> int | None:
        return as_whole(record[key]) if key in record else None

    return Peer(
        **{key: as_text(record[key]) for key in _TEXTS},
        ratio=float(as_number(record["ratio"])),
        checked_on=as_day(record["checked_on"]),
        year=known("year"),
        cases=known("cases"),
    )
