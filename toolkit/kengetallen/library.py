"""The library: reads unit values, changes, the price index and peers; gives the value in force on a date."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from toolkit.kengetallen.indexing import CPI, WAGES, IndexTable
from toolkit.kengetallen.peers import Peer, check_peers
from toolkit.kengetallen.records import (
    DatedUnitValue,
    LibraryError,
    check_change,
    check_index,
    check_unit_value,
    nearest,
    shape_errors,
    unknown_codes,
)
from toolkit.model.unit_value import Change, UnitValue

CHANGES_FILE, INDEX_FILE, PEERS_FILE = "changes.toml", "index.toml", "peers.toml"
FILE_KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        CHANGES_FILE: {"version": "date", "change": "tables"},
        INDEX_FILE: {"version": "date", CPI: "tables", WAGES: "tables"},
        PEERS_FILE: {"version": "date", "peer": "tables"},
    }
)
UNIT_VALUE_FILE_KEYS: Mapping[str, str] = MappingProxyType({"version": "date", "kengetal": "tables"})


@dataclass(frozen=True, slots=True)
class Library:
    """All unit values, changes, the price index and the peers.

    version: ISO date of the newest file.  unit_values: the newest entry of each code.
    entries: every entry of each code, oldest first.
    """

    version: str
    unit_values: Mapping[str, UnitValue]
    entries: Mapping[str, tuple[DatedUnitValue, ...]]
    changes: Mapping[str, Change]
    index: IndexTable
    peers: tuple[Peer, ...] = ()

    def in_force(self, code: str, on: date) -> UnitValue:
        """Give the entry of `code` with the latest first day that is not after `on`.

        Raises LibraryError for an unknown code and for a day before the first entry.
        """
        if code not in self.entries:
            raise LibraryError("library_unknown_code", {"code": code, "nearest": nearest(code, self.entries)})
        started = [entry for entry in self.entries[code] if entry.valid_from <= on]
        if not started:
            first = self.entries[code][0].valid_from
            raise LibraryError("library_not_in_force", {"code": code, "on": on, "first": first})
        return started[-1].unit_value


def check_library(
    version: str,
    unit_values: Iterable[Mapping[str, object]],
    changes: Iterable[Mapping[str, object]],
    index: Mapping[str, object],
    peers: Iterable[Mapping[str, object]] = (),
) -> tuple[Library | None, list[LibraryError]]:
    """Turn the records of a whole library into a Library, or tell all that is wrong.

    What refers to a unit value is judged only when every unit value itself is right.
    """
    table, errors = check_index(index)
    others, found = check_peers(peers)
    errors += found
    entries: dict[str, list[DatedUnitValue]] = {}
    for record in unit_values:
        entry, found = check_unit_value(record)
        errors += found
        if entry:
            entries.setdefault(entry.unit_value.code, []).append(entry)
    if errors:
        return None, errors
    for code, dated in entries.items():
        dated.sort(key=lambda entry: entry.valid_from)
        if len({entry.valid_from for entry in dated}) < len(dated):
            errors.append(LibraryError("library_duplicate", {"where": code}))
        for entry in dated:
            errors += unknown_codes(code, entry.unit_value.overlaps, entries)
    newest = {code: dated[-1].unit_value for code, dated in entries.items()}
    built: dict[str, Change] = {}
    for record in changes:
        change, found = check_change(record, newest)
        errors += found
        if change and change.code in built:
            errors.append(LibraryError("library_duplicate", {"where": change.code}))
        elif change:
            built[change.code] = change
    if errors:
        return None, errors
    frozen = MappingProxyType({code: tuple(dated) for code, dated in entries.items()})
    return Library(version, MappingProxyType(newest), frozen, MappingProxyType(built), table, others), []


@cache
def load_library(folder: Path | None = None) -> Library:
    """Read and check the library in `folder`, by default the one that comes with the toolkit.

    The folder holds changes.toml, index.toml, peers.toml and any number of files with unit
    values, each with the date of its version. Raises the first LibraryError found.
    """
    place = folder or resources.files("toolkit.kengetallen")
    files = {
        f.name: _read(f) for f in sorted(place.iterdir(), key=lambda f: f.name) if f.name.endswith(".toml")
    }
    for name in FILE_KEYS:
        if name not in files:
            raise LibraryError("library_file_missing", {"file": name})
    version = max(content["version"] for content in files.values()).isoformat()
    changes, index, peers = (
        {key: value for key, value in files.pop(name).items() if key != "version"} for name in FILE_KEYS
    )
    unit_values = [record for content in files.values() for record in content["kengetal"]]
    library, errors = check_library(version, unit_values, changes["change"], index, peers["peer"])
    if library is None:
        raise errors[0]
    return library


def _read(file: Path | Traversable) -> dict[str, object]:
    """Read one TOML file and check its outermost keys; the index checks its own."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LibraryError("library_file_unreadable", {"file": file.name, "reason": str(error)}) from error
    keys = FILE_KEYS.get(file.name, UNIT_VALUE_FILE_KEYS)
    errors = shape_errors(file.name, content, keys, {WAGES})
    if errors:
        raise errors[0]
    return content
