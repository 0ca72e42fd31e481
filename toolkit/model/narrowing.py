"""Values from outside (JSON, TOML, a cell) under their true type.

What stands there is checked where it comes in, with a sentence for whoever wrote it. These functions
are for afterwards: a value of another kind is an error of ours, a TypeError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

Kind = TypeVar("Kind")


def as_a(kind: type[Kind], value: object) -> Kind:
    """The value, which is of this kind.

    >>> as_a(str, "gemeente")
    'gemeente'
    """
    if not isinstance(value, kind):
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def as_text(value: object) -> str:
    """The value, which is a text."""
    return as_a(str, value)


def as_number(value: object) -> float:
    """The value, which is a number, whole or not.

    >>> as_number(3), as_number(0.5)
    (3, 0.5)
    """
    return value if isinstance(value, int) else as_a(float, value)


def as_whole(value: object) -> int:
    """The value, which is a whole number."""
    return as_a(int, value)


def as_day(value: object) -> date:
    """The value, which is a day."""
    return as_a(date, value)


def as_list(value: object) -> Sequence[object]:
    """The value, which is a list or a tuple."""
    return value if isinstance(value, tuple) else as_a(list, value)


def as_table(value: object) -> Mapping[str, object]:
    """The value, which is a table: names and what they hold."""
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a table, found {type(value).__name__}")
    return value


def as_tables(value: object) -> list[Mapping[str, object]]:
    """The value, which is a list of tables."""
    return [as_table(item) for item in as_list(value)]


def as_texts(value: object) -> list[str]:
    """The value, which is a list of texts."""
    return [as_text(item) for item in as_list(value)]


def as_numbers(value: object) -> Mapping[str, float]:
    """The value, which is a table that holds numbers."""
    return {name: as_number(held) for name, held in as_table(value).items()}


def made(kind: Callable[..., Kind], fields: Mapping[str, object]) -> Kind:
    """A thing out of values that were checked one by one against what its fields hold.

    >>> made(complex, {"real": 1.0, "imag": 2.0})
    (1+2j)
    """
    return kind(**fields)


class Given(dict[str, object]):
    """Values by their name, each checked where it came in: None where nothing stands that can be used."""

    def a(self, kind: type[Kind], name: str) -> Kind | None:
        """A value of this kind."""
        value = self[name]
        return None if value is None else as_a(kind, value)

    def text(self, name: str) -> str | None:
        """A text."""
        return self.a(str, name)

    def number(self, name: str) -> float | None:
        """A number, whole or not."""
        value = self[name]
        return None if value is None else as_number(value)

    def whole(self, name: str) -> int | None:
        """A whole number."""
        return self.a(int, name)

    def flag(self, name: str) -> bool | None:
        """A yes or no."""
        return self.a(bool, name)
