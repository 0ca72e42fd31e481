"""What one value may be, in the one vocabulary of the JSON contract, the library and the workbook.

Whoever reads first turns its own notation into a value (a spreadsheet has no whole numbers, JSON no dates),
then asks here what is wrong with it, and says so in its own words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date

NOT_TEXT, EMPTY, NOT_A_FLAG = "not_text", "empty", "not_a_flag"
NOT_A_DAY, NOT_IN_LIST = "not_a_day", "not_in_list"
NOT_A_NUMBER, NOT_WHOLE, TOO_LOW, TOO_HIGH = "not_a_number", "not_whole", "too_low", "too_high"
"""What can be wrong with a value."""

LIMIT = 1e15
"""No number lies further from zero: it keeps every sum far from infinity."""


class Kind(ABC):
    """What one value may be."""

    __slots__ = ()

    @abstractmethod
    def fault(self, value: object) -> str:
        """What is wrong with a value, as one of the names above; '' where it fits."""

    def fits(self, value: object) -> bool:
        """True where nothing is wrong."""
        return not self.fault(value)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Text; `filled` where it must hold more than spaces.

    >>> Text(filled=True).fault(" "), Text().fault(3)
    ('empty', 'not_text')
    """

    filled: bool = False

    def fault(self, value: object) -> str:
        if not isinstance(value, str):
            return NOT_TEXT
        return EMPTY if self.filled and not value.strip() else ""


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no: True or False, and no number that counts as such."""

    def fault(self, value: object) -> str:
        return "" if isinstance(value, bool) else NOT_A_FLAG


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A day, without a time."""

    def fault(self, value: object) -> str:
        return "" if type(value) is date else NOT_A_DAY


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a closed list of texts."""

    options: tuple[str, ...]

    def fault(self, value: object) -> str:
        return "" if isinstance(value, str) and value in self.options else NOT_IN_LIST


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number from low to high; `above` where it must lie above low itself. NaN and True are none.

    >>> Number(0, 1).fault(1.5), Number(0, above=True).fault(0), Number().fault(float("inf"))
    ('too_high', 'too_low', 'too_high')
    """

    low: float = -LIMIT
    high: float = LIMIT
    above: bool = False

    def fault(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            return NOT_A_NUMBER
        if value < self.low or (self.above and value == self.low):
            return TOO_LOW
        return TOO_HIGH if value > self.high else ""


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number from low to high, written as one: 2.0 is none.

    >>> Whole(1, 10).fault(2.0), Whole(1, 10).fault(11)
    ('not_whole', 'too_high')
    """

    low: int = -int(LIMIT)
    high: int = int(LIMIT)

    def fault(self, value: object) -> str:
        return NOT_WHOLE if isinstance(value, float) else Number(self.low, self.high).fault(value)


SHARE = Number(0, 1)
