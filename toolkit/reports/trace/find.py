"""What someone asks after: a figure as it stands in the letter, the name of a fact, or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from toolkit.reports.facts import Fact
from toolkit.reports.trace.reverse import keys_of, resting
from toolkit.reports.trace.trail import Place, Trail, Trees
from toolkit.reports.trace.tree import is_amount, trace
from toolkit.words import dutch
from toolkit.words.vocabulary import words

MOST_NEARBY = 4
_CELL = re.compile(
    r"(?:\[?(?P<file>[^!\[\]]*?\.xls[xm])\]?[\s:,]*)?'?(?P<sheet>[^!']+)'?!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)"
)
_ROW = re.compile(r"(?:(?P<who>.+?)[\s.]+)?(?P<row>[A-Za-z]{2}-\d{1,4}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that was asked after. fact: None where it is an input, which has keys and maybe a cell."""

    name: str
    told: str
    fact: Fact | None = None
    keys: frozenset[str] = frozenset()
    place: Place | None = None

    def trees(self, trail: Trail) -> Trees:
        """Where it comes from, or what rests on it."""
        if self.fact is not None:
            return trace(self.fact, trail)
        return resting(self.told, self.name, self.place, self.keys, trail)


class NotFound(LookupError):
    """Nothing fits. near: names and wordings that look like it."""

    def __init__(self, asked: str, near: tuple[str, ...]) -> None:
        self.asked = asked
        self.near = near
        super().__init__(asked)


def find(asked: str, trail: Trail) -> list[Match]:
    """Everything that fits, the best first.

    The name of a fact goes before a cell or row, that before a wording that contains the figure,
    and that before the start of a name. Raises NotFound.
    """
    asked = " ".join(asked.split())
    if asked in trail.facts:
        return [_fact(trail.facts[asked])]
    found = list(_cells(asked, trail)) or list(_rows(asked, trail))
    if not found:
        worded, named = _worded(asked, trail), _named(asked, trail)
        first, second = (worded, named) if any(map(str.isdigit, asked)) else (named, worded)
        names = dict.fromkeys(fact.name for fact in (*first, *second))
        found = [_fact(trail.facts[name]) for name in names]
    if not found:
        raise NotFound(asked, _near(asked, trail))
    return found


def _fact(fact: Fact) -> Match:
    return Match(fact.name, fact.text, fact)


def _worded(asked: str, trail: Trail) -> list[Fact]:
    """Facts whose wording holds the figure; those that are it exactly go first."""
    figure = plain(asked)
    if not any(map(str.isalnum, figure)):
        return []
    pattern = re.compile(rf"(?<![\w.,]){re.escape(figure)}(?![\w%]|[.,]\d)")
    exact, other = [], []
    for fact in trail.facts:
        told = [plain(text) for text in _wordings(fact)]
        if figure in told:
            exact.append(fact)
        elif any(map(pattern.search, told)):
            other.append(fact)
    return exact + other


def _wordings(fact: Fact) -> Iterator[str]:
    """A fact as the letter has it, and as an amount in full."""
    if fact.text:
        yield fact.text
    if is_amount(fact):
        yield dutch.number(fact.number)
        yield dutch.number(fact.number, 2)


def plain(text: str) -> str:
    """A figure without what may differ: spaces, case, 'ruim' and the like, how euro and million are written.

    >>> plain("Ruim 5,7 miljoen euro"), plain("€ 3,60"), plain("60 procent")
    ('5,7 mln', '3,60', '60%')
    """
    spaced = text.casefold().replace("\u00a0", " ").replace("€", " ")
    for mark, shown in (("million", "mln"), ("percent", "%"), ("dropped", " ")):
        written = "|".join(map(re.escape, words(f"trace.find.{mark}")))
        spaced = re.sub(rf"(?<!\w)(?:{written})(?!\w)", shown, spaced)
    return re.sub(r"\s+%", "%", " ".join(spaced.split()))


def _named(asked: str, trail: Trail) -> list[Fact]:
    """Facts whose name starts like this: amounts before other figures before judgements."""
    start = asked.casefold()
    found = [fact for fact in trail.facts if start and fact.name.casefold().startswith(start)]
    return sorted(found, key=lambda fact: (not fact.text, fact.unit != "euro"))


def _cells(asked: str, trail: Trail) -> Iterator[Match]:
    given = _CELL.fullmatch(asked)
    if not given:
        return
    where = f"{given['sheet'].strip()}!{given['column']}{given['row']}".casefold()
    file = re.split(r"[\\/]", given["file"] or "")[-1].strip().casefold()
    met = set()
    for name, places in trail.places.items():
        for place in places:
            if place.where.casefold() != where or file not in ("", place.file.casefold()):
                continue
            if place not in met:
                met.add(place)
                yield Match(name, f"{place.file} {place.where}", None, keys_of(name, trail), place)


def _rows(asked: str, trail: Trail) -> Iterator[Match]:
    given = _ROW.fullmatch(asked)
    if not given:
        return
    for code, initiative in trail.initiatives.items():
        called = (code, initiative.name, initiative.file, initiative.file.rpartition(".")[0])
        if given["who"] and given["who"].casefold() not in map(str.casefold, called):
            continue
        name = f"{code}.{given['row'].upper()}"
        if any(name in held for held in (trail.lines, trail.costs, trail.pm_effects, trail.work)):
            place = trail.place(f"{code}.{given['row'].upper().partition('.')[0]}")
            yield Match(name, f"{initiative.name} {given['row'].upper()}", None, keys_of(name, trail), place)


def _near(asked: str, trail: Trail) -> tuple[str, ...]:
    """Names and wordings that look like what was asked."""
    known: dict[str, str] = {}
    for fact in trail.facts:
        known.setdefault(fact.name.casefold(), fact.name)
        if fact.text and len(fact.text) <= 40:
            known.setdefault(plain(fact.text), fact.text)
    for places in trail.places.values():
        known.update({f"{p.file} {p.where}".casefold(): f"{p.file} {p.where}" for p in places if p.filled})
    return _closest(asked, known)


def _closest(asked: str, known: dict[str, str]) -> tuple[str, ...]:
    close: Iterable[str] = get_close_matches(asked.casefold(), known, n=MOST_NEARBY, cutoff=0.5)
    figure = get_close_matches(plain(asked), known, n=MOST_NEARBY, cutoff=0.5)
    return tuple(dict.fromkeys(known[name] for name in (*close, *figure)))[:MOST_NEARBY]
