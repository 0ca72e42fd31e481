"""A fact: a figure or judgement that a text may use, worded once and with its provenance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.model.narrowing import as_a
from toolkit.reports.facts.recipe import Made
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
    names of other facts, or METHOD.  made: for a figure out of lines, how they are put together.
    """

    name: str
    value: Value
    text: str
    unit: str
    meaning: str
    provenance: tuple[str, ...] = ()
    made: Made | None = None

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


class FactBook:
    """Gathers facts; every one takes its meaning and unit from words/facts.toml.

    key: the entry in words where that is not the name itself, as for facts of each initiative.
    words: what the meaning names, such as which initiative it is about.
    """

    def __init__(self, notation: str) -> None:
        self.notation = next((n for n in dutch.NOTATIONS if n == notation), dutch.NOTATIONS[0])
        self._facts: dict[str, Fact] = {}
        self._lists: dict[str, tuple[str, ...]] = {}

    def facts(self) -> Facts:
        """What was gathered."""
        return Facts(dict(self._facts), dict(self._lists))

    def add(
        self,
        name: str,
        value: Value,
        text: str,
        key: str = "",
        sources: Keys = (),
        made: Made | None = None,
        **words: str,
    ) -> None:
        """One fact with its text; raises FactError where the name is taken."""
        entry = f"facts.fact.{key or name}"
        unit, meaning = word(f"{entry}.unit"), word(f"{entry}.meaning", **words)
        self._put(Fact(name, value, text, unit, meaning, tuple(sources), made))

    def amount(
        self,
        name: str,
        value: float,
        key: str = "",
        sources: Keys = (),
        made: Made | None = None,
        **words: str,
    ) -> None:
        """Euros: worded ("ruim 9,4 miljoen euro"), and in thousands for tables as `name`_duizend."""
        self.add(name, value, dutch.worded_amount(value, self.notation), key, sources, made, **words)
        thousands = dutch.number(Decimal(str(value)) / 1000)
        unit = word("facts.units.thousand_euro")
        self._put(replace(self._facts[name], name=f"{name}_duizend", text=thousands, unit=unit))

    def about(
        self,
        name: str,
        value: float,
        key: str = "",
        sources: Keys = (),
        made: Made | None = None,
        **words: str,
    ) -> None:
        """Euros, rounded and without a word: the template says 'ongeveer'."""
        self.add(name, value, dutch.rounded_amount(value, self.notation), key, sources, made, **words)

    def share(
        self,
        name: str,
        value: float,
        key: str = "",
        sources: Keys = (),
        made: Made | None = None,
        **words: str,
    ) -> None:
        """A share in whole per cents."""
        self.add(name, value, dutch.percent(value), key, sources, made, **words)

    def number(self, name: str, value: float, key: str = "", sources: Keys = (), **words: str) -> None:
        """A count in digits, rounded to a whole number."""
        self.add(name, value, dutch.number(value), key, sources, None, **words)

    def count(self, name: str, value: int, key: str = "", sources: Keys = (), **words: str) -> None:
        """A count in words up to and including twaalf."""
        self.add(name, value, dutch.number_word(value), key, sources, None, **words)

    def year(self, name: str, value: int, key: str = "", sources: Keys = (), **words: str) -> None:
        """A calendar year."""
        self.add(name, value, str(value), key, sources, None, **words)

    def flag(self, name: str, value: object, key: str = "", sources: Keys = (), **words: str) -> None:
        """A judgement: asked by templates, never printed."""
        self.add(name, bool(value), "", key, sources, None, **words)

    def text(self, name: str, value: str, key: str = "", sources: Keys = (), **words: str) -> None:
        """A name or a sentence; empty where it holds nothing to read."""
        self.add(name, clean(value), clean(value), key, sources, None, **words)

    def names(
        self,
        name: str,
        values: Sequence[str],
        key: str = "",
        sources: Keys = (),
        many: str = "many_names",
        **words: str,
    ) -> None:
        """Names in one sentence; above MOST_NAMES only how many, in the wording `many`."""
        values = tuple(filter(None, map(clean, values)))
        self.add(name, values, self.names_text(values, many), key, sources, None, **words)

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
        self._lists[name] = tuple(prefixes)

    def _put(self, fact: Fact) -> None:
        if fact.name in self._facts:
            raise FactError(f"{fact.name} is given twice")
        self._facts[fact.name] = fact


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
