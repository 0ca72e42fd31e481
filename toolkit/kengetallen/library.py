"""The library: reads unit values, changes, the price index and peers; gives what holds at a price level."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from toolkit.kengetallen.indexing import CPI, WAGES, IndexTable
from toolkit.kengetallen.peers import Peer, check_peers
from toolkit.kengetallen.picked import check_change, ordered
from toolkit.kengetallen.records import (
    DatedUnitValue,
    Lapsed,
    check_index,
    check_lapsed,
    check_unit_value,
    shape_errors,
    unknown_codes,
)
from toolkit.kengetallen.series import dated_records, of_year
from toolkit.kengetallen.trouble import LibraryError
from toolkit.model.narrowing import as_day, as_tables
from toolkit.model.unit_value import Change, UnitValue

CHANGES_FILE, UNPRICED_FILE = "changes.toml", "zonder_prijs.toml"
INDEX_FILE, PEERS_FILE = "index.toml", "peers.toml"
FILE_KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        CHANGES_FILE: {"version": "date", "change": "tables", "lapsed": "tables"},
        UNPRICED_FILE: {"version": "date", "change": "tables"},
        INDEX_FILE: {"version": "date", CPI: "tables", WAGES: "tables"},
        PEERS_FILE: {"version": "date", "peer": "tables"},
    }
)
BESIDE = OBJECTIONS_FILE, BUDGETS_FILE = "tegenwerpingen.toml", "verzilverbaar.toml"
"""Stand beside the library and are no part of it: they are the same for every municipality."""
UNIT_VALUE_FILE_KEYS: Mapping[str, str] = MappingProxyType({"version": "date", "kengetal": "tables"})


@dataclass(frozen=True, slots=True)
class Library:
    """All unit values, changes, the price index, the peers, and what was called otherwise.

    version: ISO date of the newest file.  unit_values: the newest entry of each code.
    entries: every entry of each code, oldest first.
    changes: those with a price, which bring an effect in euros.  unpriced: those without, which count people
        and nothing else.  Both in the order of the domains; a code and a name are in one of them only.
    """

    version: str
    unit_values: Mapping[str, UnitValue]
    entries: Mapping[str, tuple[DatedUnitValue, ...]]
    changes: Mapping[str, Change]
    index: IndexTable
    peers: tuple[Peer, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()
    unpriced: Mapping[str, Change] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, price_level: int) -> Library:
        """The library as it is at a price level: one entry of each code, see `of_year`.

        A library that was brought to a price level stays there, whatever is asked of it next.
        """
        held = {code: of_year(entries, price_level) for code, entries in self.entries.items()}
        return self.with_entries({code: (DatedUnitValue(date.min, value),) for code, value in held.items()})

    def with_entries(self, entries: Mapping[str, tuple[DatedUnitValue, ...]]) -> Library:
        """The library with these entries, oldest first, instead of those that it has for their codes."""
        newest = {code: dated[-1].unit_value for code, dated in entries.items()}
        return replace(
            self,
            unit_values=MappingProxyType({**self.unit_values, **newest}),
            entries=MappingProxyType({**self.entries, **entries}),
        )


def check_library(
    version: str,
    unit_values: Iterable[Mapping[str, object]],
    changes: Iterable[Mapping[str, object]],
    index: Mapping[str, object],
    peers: Iterable[Mapping[str, object]] = (),
    lapsed: Iterable[Mapping[str, object]] = (),
) -> tuple[Library | None, list[LibraryError]]:
    """Turn the records of a whole library into a Library, or tell all that is wrong.

    changes: with a price and without; a record without parts has none.
    What refers to a unit value in which something is wrong is not blamed for that.
    """
    table, errors = check_index(index)
    others, found = check_peers(peers)
    errors += found
    given = list(unit_values)
    known = {code for record in given if isinstance(code := record.get("code"), str)}
    records = []
    for record in given:
        dated, found = dated_records(record)
        records += dated
        errors += found
    entries: dict[str, list[DatedUnitValue]] = {}
    for record in records:
        entry, found = check_unit_value(record)
        # what is wrong with every step of a series is one mistake
        errors += [error for error in found if not any(_same(error, other) for other in errors)]
        if entry:
            entries.setdefault(entry.unit_value.code, []).append(entry)
    for code, found_entries in entries.items():
        found_entries.sort(key=lambda entry: entry.valid_from)
        if len({entry.valid_from for entry in found_entries}) < len(found_entries):
            errors.append(LibraryError("library_duplicate", {"where": code}))
        errors += unknown_codes(code, found_entries[-1].unit_value.overlaps, known)
    newest = {code: found_entries[-1].unit_value for code, found_entries in entries.items()}
    built: dict[str, Change] = {}
    pickable = list(changes)
    for record in pickable:
        change, found = check_change(record, newest, known)
        errors += found
        if change and change.code in built:
            errors.append(LibraryError("library_duplicate", {"where": change.code}))
        elif change and change.name in (other.name for other in built.values()):
            errors.append(LibraryError("library_duplicate", {"where": change.name}))
        elif change:
            built[change.code] = change
    named = known.union(str(record.get("code")) for record in pickable)
    checked = [check_lapsed(record, named) for record in lapsed]
    errors += [error for _, found in checked for error in found]
    if errors or table is None:
        return None, errors
    older = tuple(one for one, _ in checked if one)
    frozen = MappingProxyType({code: tuple(found_entries) for code, found_entries in entries.items()})
    priced, unpriced = ordered(built.values())
    return Library(version, MappingProxyType(newest), frozen, priced, table, others, older, unpriced), []


def _same(one: LibraryError, other: LibraryError) -> bool:
    return one.code == other.code and one.facts == other.facts


@cache
def load_library() -> Library:
    """Read the library that comes with the toolkit; it is in order, or the toolkit itself is broken."""
    library, errors = read_folder(resources.files("toolkit.kengetallen"))
    if library is None:
        raise errors[0]
    return library


def read_folder(folder: Path | Traversable) -> tuple[Library | None, list[LibraryError]]:
    """Read and check the library in a folder, or tell all that is wrong in all of its files.

    The folder holds changes.toml, zonder_prijs.toml, index.toml, peers.toml and any number of files
    with unit values, each with the date of its version.
    """
    files: dict[str, dict[str, object]] = {}
    errors: list[LibraryError] = []
    tables = (f for f in folder.iterdir() if f.name.endswith(".toml") and f.name not in BESIDE)
    found = sorted(tables, key=lambda f: f.name)
    for file in found:
        files[file.name], wrong = _read(file)
        errors += wrong
    missing = [name for name in FILE_KEYS if name not in files]
    errors += [LibraryError("library_file_missing", {"file": name}) for name in missing]
    changes, unpriced, index, peers = (files.pop(name, {}) for name in FILE_KEYS)
    everything = (changes, unpriced, index, peers, *files.values())
    version = max(as_day(content.get("version", date.min)) for content in everything)
    library, wrong = check_library(
        version.isoformat(),
        [record for content in files.values() for record in as_tables(content.get("kengetal", ()))],
        [record for content in (changes, unpriced) for record in as_tables(content.get("change", ()))],
        {key: value for key, value in index.items() if key != "version"},
        as_tables(peers.get("peer", ())),
        as_tables(changes.get("lapsed", ())),
    )
    if errors:
        return None, [*errors, *(error for error in wrong if not _follows(error))]
    return library, wrong


def _follows(error: LibraryError) -> bool:
    """Tell whether an error may only be there because a whole file, or a table of it, could not be read."""
    return error.code == "library_unknown_kengetal" or error.facts.get("where") == "index"


def _read(file: Path | Traversable) -> tuple[dict[str, object], list[LibraryError]]:
    """Read one TOML file; what is wrong with its outermost keys is told, and left out."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        return {}, [LibraryError("library_file_unreadable", {"file": file.name, "reason": str(error)})]
    keys = FILE_KEYS.get(file.name, UNIT_VALUE_FILE_KEYS)
    errors = shape_errors(file.name, content, keys, {WAGES, "lapsed"})
    wrong = {error.facts["key"] for error in errors}
    return {key: value for key, value in content.items() if key not in wrong}, errors
