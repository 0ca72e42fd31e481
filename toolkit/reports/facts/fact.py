"""A fact: a figure or judgement that a text may use, worded once and with its provenance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from toolkit.method.montecarlo import Simulation
from toolkit.model.narrowing import as_a, as_number
from toolkit.model.result import StudyOutcome
from toolkit.reports.facts.recipe import Recipe
from toolkit.words import dutch
from toolkit.words.printable import printable
from toolkit.words.vocabulary import word

Value = int | float | str | bool | tuple[str, ...]
Keys = Sequence[str]

METHOD = "method"
"""Provenance of what is a choice of the method itself."""

_AND = " en "
MOST_NAMES = 12
"""A sentence names at most this many; more are counted, and named in the annex."""


class FactError(RuntimeError):
    """A fault of ours: a fact given twice, or asked for something it cannot tell."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value.

    name: as templates write it ("totaal.baten").  text: worded and rounded, ready to print;
    empty for a judgement, which is asked but never printed.  unit: what the value counts.
    meaning: one sentence from words/facts.toml.  provenance: what it was made of: keys of
    benefit lines ("INITIATIVE.CODE") and of costs, settings of the study, fields of the letter,
    names of other facts, or METHOD.  made: the recipe that the value was worked out from.
    """

    name: str
    value: Value
    text: str
    unit: str
    meaning: str
    provenance: tuple[str, ...] = ()
    made: Recipe | None = None

    @property
    def number(self) -> float:
        """The value of a figure; raises FactError for what is no number."""
        if isinstance(self.value, bool | str | tuple):
            raise FactError(f"{self.name} is no number")
        return self.value

    def __bool__(self) -> bool:
        """The judgement, or whether there is anything to name; a number is not a condition."""
        if isinstance(self.value, bool | str | tuple):
            return bool(self.value)
        raise FactError(f"{self.name} is a number, and a number is not a condition")


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one letter by name, and lists: name of a list -> names of the branches in it."""

    by_name: Mapping[str, Fact]
    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> Fact:
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.by_name.values())

    def tree(self) -> dict[str, object]:
        """Facts as branches: 'totaal.baten' is tree['totaal']['baten']; a list is a tuple of branches.

        Raises FactError where one name is both a fact and a branch.
        """
        tree: dict[str, object] = {}
        for name, fact in self.by_name.items():
            *path, leaf = name.split(".")
            branch = tree
            for step in path:
                below = branch.setdefault(step, {})
                if not isinstance(below, dict):
                    raise FactError(f"{name} lies below another fact")
                branch = below
            if leaf in branch:
                raise FactError(f"{name} is also a branch")
            branch[leaf] = fact
        for name, prefixes in self.lists.items():
            *path, leaf = name.split(".")
            branch = _branch(tree, path)
            if leaf in branch:
                raise FactError(f"{name} is both a list and a branch")
            branch[leaf] = tuple(_branch(tree, prefix.split(".")) for prefix in prefixes)
        return tree


def _branch(tree: dict[str, object], path: Sequence[str]) -> dict[str, object]:
    branch = tree
    for step in path:
        branch = as_a(dict, branch[step])
    return branch


class Adds(Protocol):
    """How a figure of any kind is added.

    given: the value, or the recipe that it is worked out from.  key: the entry in words/facts.toml
    where that is not the name itself, as for facts of each initiative.  sources: the provenance.
    words: what the meaning names, such as which initiative it is about.
    """

    def __call__(
        self, name: str, given: float | Recipe, key: str = "", sources: Keys | None = None, **words: str
    ) -> None: ...


class Worded:
    """A kind of figure, as an attribute of a book: the method that adds one.

    text: how a value of this kind reads, in the notation of the letter.
    """

    def __init__(self, text: Callable[[float, dutch.Notation], str]) -> None:
        self.text = text

    def __get__(self, book: FactBook, owner: type[FactBook] | None = None) -> Adds:
        def add(
            name: str, given: float | Recipe, key: str = "", sources: Keys | None = None, **words: str
        ) -> None:
            book.add(name, given, lambda value: self.text(value, book.notation), key, sources, **words)

        return add


class FactBook:
    """Gathers facts; every one takes its meaning and unit from words/facts.toml.

    study, simulation: what recipes are worked out from.
    """

    def __init__(self, notation: str, study: StudyOutcome, simulation: Simulation) -> None:
        self.notation = next((n for n in dutch.NOTATIONS if n == notation), dutch.NOTATIONS[0])
        self._made_from = study, simulation
        self._facts: dict[str, Fact] = {}
        self._lists: dict[str, tuple[str, ...]] = {}
        self._prefix, self._entry = "", ""
        self._sources: Keys = ()
        self._words: Mapping[str, str] = {}

    def facts(self) -> Facts:
        """What was gathered."""
        return Facts(dict(self._facts), dict(self._lists))

    def branch(self, name: str, entry: str, sources: Keys = (), **words: str) -> FactBook:
        """The same book, for facts below one name: name.x, with the meaning of entry.x.

        sources, words: for each of them that does not give its own.
        """
        below = copy(self)
        below._prefix, below._entry = f"{name}.", f"{entry}."
        below._sources, below._words = sources, words
        return below

    def value(self, recipe: Recipe) -> float:
        """What comes out of a recipe."""
        return recipe.value(*self._made_from)

    def add(
        self,
        name: str,
        given: Value | Recipe,
        text: str | Callable[[float], str],
        key: str = "",
        sources: Keys | None = None,
        **words: str,
    ) -> None:
        """One fact with its text, or how its value reads; raises FactError where the name is taken."""
        value = self.value(given) if isinstance(given, Recipe) else given
        entry = f"facts.fact.{self._entry}{key or name}"
        self._put(
            Fact(
                self._prefix + name,
                value,
                text if isinstance(text, str) else text(as_number(value)),
                word(f"{entry}.unit"),
                word(f"{entry}.meaning", **{**self._words, **words}),
                tuple(self._sources if sources is None else sources),
                given if isinstance(given, Recipe) else None,
            )
        )

    def amount(
        self, name: str, given: float | Recipe, key: str = "", sources: Keys | None = None, **words: str
    ) -> None:
        """Euros: worded ("ruim 9,4 miljoen euro"), and in thousands for tables as `name`_duizend."""
        self.add(name, given, lambda euros: dutch.worded_amount(euros, self.notation), key, sources, **words)
        fact, unit = self._facts[self._prefix + name], word("facts.units.thousand_euro")
        self._put(replace(fact, name=f"{fact.name}_duizend", text=_in_thousands(fact.number), unit=unit))

    thousands = Worded(lambda euros, _: _in_thousands(euros))
    """Euros in thousands, for a table only."""
    about = Worded(dutch.rounded_amount)
    """Euros, rounded and without a word: the template says 'ongeveer'."""
    per_euro = Worded(lambda euros, _: dutch.euro(euros, 2))
    """Euros per euro, in cents."""
    share = Worded(lambda share, _: dutch.percent(share))
    """A share in whole per cents."""
    number = Worded(lambda number, _: dutch.number(number))
    """A count in digits, rounded to a whole number."""
    count = Worded(lambda number, _: dutch.number_word(int(number)))
    """A count in words up to and including twaalf."""
    year = Worded(lambda year, _: str(int(year)))
    """A calendar year."""

    def flag(
        self, name: str, value: object, key: str = "", sources: Keys | None = None, **words: str
    ) -> None:
        """A judgement: asked by templates, never printed."""
        self.add(name, bool(value), "", key, sources, **words)

    def text(self, name: str, value: str, key: str = "", sources: Keys | None = None, **words: str) -> None:
        """A name or a sentence; empty where it holds nothing to read."""
        self.add(name, clean(value), clean(value), key, sources, **words)

    def names(
        self,
        name: str,
        values: Sequence[str],
        key: str = "",
        sources: Keys | None = None,
        many: str = "many_names",
        **words: str,
    ) -> None:
        """Names in one sentence; above MOST_NAMES only how many, in the wording `many`."""
        values = tuple(filter(None, map(clean, values)))
        self.add(name, values, self.names_text(values, many), key, sources, **words)

    @staticmethod
    def names_text(values: Sequence[str], many: str = "many_names") -> str:
        """Names as they stand in a sentence, in quotes where "en" is inside; empty where there are none."""
        if len(values) > MOST_NAMES:
            return word(f"facts.wording.{many}", n=dutch.number(len(values)))
        if len(values) > 1:
            values = [word("facts.wording.quoted", name=v) if _AND in v else v for v in values]
        return dutch.enumeration(values) if values else ""

    def rows(self, name: str, prefixes: Sequence[str]) -> None:
        """A list that templates walk through; each prefix is a branch of facts."""
        self._lists[self._prefix + name] = tuple(prefixes)

    def _put(self, fact: Fact) -> None:
        if fact.name in self._facts:
            raise FactError(f"{fact.name} is given twice")
        self._facts[fact.name] = fact


def _in_thousands(euros: float) -> str:
    return dutch.number(Decimal(str(euros)) / 1000)


def clean(text: str) -> str:
    """Text as it prints: no invisible characters, single spaces; empty where there is no letter or digit.

    >>> clean("  een \\n twee "), clean(" - ")
    ('een twee', '')
    """
    shown = re.sub(" {2,}", " ", printable(text)).strip()
    return shown if any(map(str.isalnum, shown)) else ""


_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,30}")


def tags(codes: Sequence[str]) -> dict[str, str]:
    """For each code the form it has inside a name: itself, or 'nr' and its place where a code is not plain.

    >>> tags(["KADE", "ANKER"]), tags(["a b", "KADE"])
    ({'KADE': 'KADE', 'ANKER': 'ANKER'}, {'a b': 'nr1', 'KADE': 'nr2'})
    """
    if all(_PLAIN.fullmatch(code) for code in codes):
        return {code: code for code in codes}
    return {code: f"nr{place}" for place, code in enumerate(codes, 1)}
