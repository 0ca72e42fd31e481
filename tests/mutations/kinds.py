"""The kinds of damage by name, and what their makers share."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from mutations.sources import TYPES, Member, Source, packed

Change = Callable[[Random, Source], bytes]
KINDS: dict[str, Change] = {}
PART_KINDS: set[str] = set()
HEAVY: dict[str, Change] = {}
"""Kinds that take long to make; each occurs once in a cycle, the others more often."""


def kind(change: Change) -> Change:
    """A kind that makes the whole file."""
    KINDS[change.__name__] = change
    return change


def heavy(change: Change) -> Change:
    """A kind that makes the whole file, a large one."""
    HEAVY[change.__name__] = change
    return change


def on_bytes(change: Callable[[Random, bytearray], bytes | None]) -> Callable:
    """A kind that changes the packed bytes."""

    def made(rng: Random, source: Source) -> bytes:
        data = bytearray(packed(source.members))
        return bytes(change(rng, data) or data)

    KINDS[change.__name__] = made
    return change


def on_members(change: Callable[[Random, list[Member]], list[Member] | None]) -> Callable:
    """A kind that changes the list of members."""

    def made(rng: Random, source: Source) -> bytes:
        members = list(source.members)
        return packed(change(rng, members) or members)

    KINDS[change.__name__] = made
    return change


def on_part(*wanted: str) -> Callable:
    """A kind that changes one part; wanted: words of which its name has one (any XML part by default)."""

    def register(change: Callable[[Random, bytes], bytes]) -> Callable:
        def made(rng: Random, source: Source) -> bytes:
            name = part_of(rng, source, *wanted)
            return with_parts(source, {name: change(rng, dict(source.members)[name])})

        KINDS[change.__name__] = made
        PART_KINDS.add(change.__name__)
        return change

    return register


def part_of(rng: Random, source: Source, *wanted: str) -> str:
    """One of the parts of which the name has a wanted word; of an .ods the contents."""
    if source.is_ods:
        return "content.xml"
    names = [name for name, _ in source.members if name.endswith((".xml", ".rels"))]
    fits = [name for name in names if any(word in name for word in wanted)]
    if wanted:
        return rng.choice(fits or names)
    # what is read decides more than the tables and charts of which there are so many
    read = [n for n in names if "sheet" in n or "workbook" in n or n in (TYPES, "_rels/.rels")]
    return rng.choice(read if rng.random() < 0.8 else names)


def with_parts(source: Source, changed: dict[str, bytes]) -> bytes:
    """The workbook with parts changed or added."""
    return packed(tuple({**dict(source.members), **changed}.items()))


def span(rng: Random, data: bytes | bytearray, longest: int) -> tuple[int, int]:
    """Begin and end of a stretch of the data."""
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.randint(1, longest))


def one(rng: Random, pattern: re.Pattern, data: bytes) -> re.Match:
    """One of the places where the pattern occurs; the whole data where it does not."""
    return rng.choice(list(pattern.finditer(data)) or [re.match(rb"(?s).*", data)])


def replaced(found: re.Match, new: bytes) -> bytes:
    """The data with what was found replaced."""
    return found.string[: found.start()] + new + found.string[found.end() :]


def here_and_there(rng: Random, pattern: re.Pattern, new: Callable[[re.Match], bytes], data: bytes) -> bytes:
    """The data with some of the places found replaced: one, or one in five."""
    places = list(pattern.finditer(data))
    chosen = places if not places else rng.sample(places, rng.choice((1, 1, 1 + len(places) // 5)))
    starts = {found.start() for found in chosen}
    return pattern.sub(lambda found: new(found) if found.start() in starts else found[0], data)
