"""What is asked in one cell: its type and range, and what 'weet ik niet' stands for."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.model.kinds import LIMIT, Number, Whole

TEXT, AS_TYPED, NUMBER, WHOLE, YEAR = "text", "as_typed", "number", "whole", "year"
EURO, SHARE, DATE, CHOICE = "euro", "share", "date", "choice"
LOOKUP, LISTED, PREVIOUS = "lookup", "listed", "previous"
NUMERIC = frozenset({NUMBER, WHOLE, YEAR, EURO, SHARE, DATE})
KEPT = "kept"
"""What 'weet ik niet' stands for where whoever reads the answer decides."""


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of answer: type, range, list of choices.

    kind: TEXT, AS_TYPED (text in which a spreadsheet changes nothing), NUMBER, WHOLE, YEAR, EURO, SHARE
    (per cent), DATE, CHOICE; or, not asked, LOOKUP (a live formula), LISTED (words from the library) and
    PREVIOUS (what was answered last year).  choices: name of a list.
    unknown: 'weet ik niet' is an answer too.  stands_for: what it stands for: a value, None for no answer,
    or KEPT.
    """

    code: str
    kind: str = TEXT
    low: float | None = None
    high: float | None = None
    choices: str = ""
    required: bool = False
    unknown: bool = False
    stands_for: object = KEPT
    width: float = 14

    @property
    def number(self) -> Number | Whole:
        """What a number must be here. Of all else `kind` says more than a kind of the model: how it looks."""
        low = -LIMIT if self.low is None else self.low
        high = LIMIT if self.high is None else self.high
        return Whole(int(low), int(high)) if self.kind in (WHOLE, YEAR) else Number(low, high)

    @property
    def asked(self) -> bool:
        """True where people fill it in."""
        return self.kind not in (LOOKUP, LISTED, PREVIOUS)


@dataclass(frozen=True, slots=True)
class Need:
    """A column that a row cannot do without where another column says so.

    finding: the code of what is said where it is empty.  beside: that other column.
    says: the code of its choice; '' where any answer will do.
    """

    column: str
    finding: str
    beside: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with one answer. code: what the row says (OO-01); field: what is asked.

    words: the key of its words, where it has others than its code has.
    """

    code: str
    field: Field
    words: str = ""

    @property
    def key(self) -> str:
        """The key of its words."""
        return self.words or self.code
