"""What differs between two libraries: unit values, changes that can be picked, and the price index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from toolkit.kengetallen.library import Library
from toolkit.kengetallen.parts import as_text
from toolkit.kengetallen.records import DatedUnitValue
from toolkit.model.unit_value import Change, UnitValue

CHECKSUM_LENGTH = 8
FIRST_TRAITS = ("amount", "low", "high", "price_year")
FIRST_DAYS = "first_days"
"""Trait of a unit value with several entries: the days on which they start."""
_LEFT_OUT = ("code", "amount", "own", "name_more")


@dataclass(frozen=True, slots=True)
class Difference:
    """One trait of a unit value or a change that is not the same.

    trait: a field of it, or FIRST_DAYS; of the usual quantity of a change one of its three numbers.
    old, new: None where it is not given.
    since: the first day of the entry that differs, None for the newest.
    """

    trait: str
    old: object
    new: object
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """From one library to another.

    changed: code -> what differs.  added, removed: codes of unit values.
    changes, new_changes, lost_changes: the same of what can be picked, by name.
    index: (series, year, old per cent, new per cent), None where a year is not there.
    """

    changed: Mapping[str, tuple[Difference, ...]]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changes: Mapping[str, tuple[Difference, ...]]
    new_changes: tuple[str, ...]
    lost_changes: tuple[str, ...]
    index: tuple[tuple[str, int, float | None, float | None], ...]

    @property
    def same_to_pick(self) -> bool:
        """True where the same changes can be picked."""
        return not (self.changes or self.new_changes or self.lost_changes)

    @property
    def same(self) -> bool:
        """True where nothing differs."""
        return self.same_to_pick and not (self.changed or self.added or self.removed or self.index)


def compare(old: Library, new: Library) -> Comparison:
    """Compare two libraries trait by trait, in the order of the old one."""
    before, after = old.entries, new.entries
    changed = {code: differences(before[code], after[code]) for code in before if code in after}
    had, has = (_picked(library) for library in (old, new))
    return Comparison(
        changed={code: found for code, found in changed.items() if found},
        added=tuple(code for code in after if code not in before),
        removed=tuple(code for code in before if code not in after),
        changes={
            has[code].name: _traits_between(_change_traits(change), _change_traits(has[code]))
            for code, change in had.items()
            if code in has and change != has[code]
        },
        new_changes=tuple(change.name for code, change in has.items() if code not in had),
        lost_changes=tuple(change.name for code, change in had.items() if code not in has),
        index=tuple(_index_differences(old, new)),
    )


def _picked(library: Library) -> dict[str, Change]:
    """The changes with a price and without."""
    return {**library.changes, **library.unpriced}


def checksum(library: Library) -> str:
    """The first digits of the SHA-256 of all that this module compares, and of the peers.

    The order in which unit values and changes stand in their file makes no difference.
    """
    held = {
        "unit_values": {
            code: [(entry.valid_from.isoformat(), _traits(entry.unit_value)) for entry in dated]
            for code, dated in library.entries.items()
        },
        "changes": {code: asdict(change) for code, change in {**library.changes, **library.unpriced}.items()},
        "index": {name: [(y.year, y.change) for y in years] for name, years in library.index.series.items()},
        "peers": {peer.code: asdict(peer) for peer in library.peers},
    }
    text = json.dumps(held, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:CHECKSUM_LENGTH]


def differences(old: Sequence[DatedUnitValue], new: Sequence[DatedUnitValue]) -> tuple[Difference, ...]:
    """The traits of one unit value that differ; amounts and their range first.

    old, new: its entries, oldest first. The newest are compared whatever their first day, older ones
    where both libraries have that day.
    """
    found = _between(old[-1].unit_value, new[-1].unit_value)
    before, after = ({entry.valid_from: entry.unit_value for entry in entries} for entries in (old, new))
    if max(len(before), len(after)) > 1 and before.keys() != after.keys():
        found.append(Difference(FIRST_DAYS, [*before], [*after]))
    earlier = [day for day in before if day in after and day not in (old[-1].valid_from, new[-1].valid_from)]
    found += [replace(one, since=day) for day in earlier for one in _between(before[day], after[day])]
    return tuple(found)


def _between(old: UnitValue, new: UnitValue) -> list[Difference]:
    return list(_traits_between(_traits(old), _traits(new)))


def _traits_between(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Difference, ...]:
    return tuple(Difference(t, before[t], after[t]) for t in before if before[t] != after[t])


def _change_traits(change: Change) -> dict[str, object]:
    """The fields of a change; its parts as people write them, each with why it belongs there."""
    held = {f.name: getattr(change, f.name) for f in fields(change) if f.name not in ("code", "usual")}
    usual = (change.usual.low, change.usual.mode, change.usual.high) if change.usual else (None, None, None)
    said = [f"{as_text([part])} ({part.note})" if part.note else as_text([part]) for part in change.parts]
    numbers = zip(("usual_low", "usual_mode", "usual_high"), usual, strict=True)
    return {**held, "parts": "; ".join(said), "displacement": 100 * change.displacement, **dict(numbers)}


def _traits(value: UnitValue) -> dict[str, object]:
    amount = value.amount
    found: dict[str, object] = dict.fromkeys(FIRST_TRAITS)
    if amount is not None:
        found |= {"amount": amount.mode, "low": amount.low, "high": amount.high}
    rest = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in _LEFT_OUT}
    return found | {name: dict(v) if isinstance(v, Mapping) else v for name, v in rest.items()}


def _index_differences(old: Library, new: Library) -> Iterator[tuple[str, int, float | None, float | None]]:
    for series in dict.fromkeys((*old.index.series, *new.index.series)):
        before, after = (
            {year.year: year.change for year in library.index.series.get(series, ())}
            for library in (old, new)
        )
        for year in sorted({*before, *after}):
            if before.get(year) != after.get(year):
                yield series, year, before.get(year), after.get(year)
