"""What a workbook map is made of.

A table is known in the code by its name (PER_GROUP). Its two-letter code ('UG') is what stands on the
sheet, so that the table is found wherever it was moved: nobody but a layout spells it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from toolkit.words.vocabulary import word
from toolkit.workbook.layout.fields import LISTED, Field, Need, Question

CODES_BELOW, HEADER_BELOW, ROWS_BELOW = 1, 2, 3
"""From the heading of a table down to its column codes, its header and its first row."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a user reads, by their key in words/; what stands in them may be words again."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words."""
        return word(self.key, **{k: v.text if isinstance(v, Said) else v for k, v in self.facts.items()})


class Table:
    """What a block of input, a table of results and a reference have in common.

    Two tables with the same code are the same table, each in a workbook of its own.
    """

    __slots__ = ()
    code: str
    table: str
    columns: tuple[Field, ...] | tuple[ResultColumn, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and other.code == self.code

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def key(self) -> str:
        """The key of its words."""
        return self.code

    @property
    def column_codes(self) -> tuple[str, ...]:
        """The grey codes above the header."""
        return tuple(c.code for c in self.columns)

    @property
    def row_codes(self) -> tuple[str, ...]:
        """The code of every row, from the top."""
        raise NotImplementedError

    @property
    def size(self) -> int:
        """Number of rows it can hold."""
        return len(self.row_codes)

    @property
    def height(self) -> int:
        """Heading, codes, header and rows."""
        return ROWS_BELOW + self.size


@dataclass(frozen=True, slots=True, eq=False)
class Block(Table):
    """A table of input: either `questions` (a row each) or `capacity` pre-coded rows of `columns`.

    lines: how many lines of text a row has room for.  remembers: the questions show last year's
    answers beside them.  needs: what a started row cannot do without beside the required columns.
    needs_row: an empty table is an open question.  carried: questions or columns whose answers of last
    year go along into this year's form; the others are asked anew.
    compact: many columns that must be seen at once, in smaller letters.
    words: the key of its words, where it has others than its code has.
    """

    code: str
    table: str
    columns: tuple[Field, ...] = ()
    capacity: int = 0
    questions: tuple[Question, ...] = ()
    lines: int = 1
    remembers: bool = False
    needs: tuple[Need, ...] = ()
    compact: bool = False
    needs_row: bool = False
    carried: tuple[str, ...] = ()
    words: str = ""

    @property
    def key(self) -> str:
        """The key of its words."""
        return self.words or self.code

    @property
    def row_codes(self) -> tuple[str, ...]:
        """The code of every row."""
        if self.questions:
            return tuple(q.code for q in self.questions)
        return numbered(self.code, self.capacity)

    @property
    def column_codes(self) -> tuple[str, ...]:
        """The grey codes above the header."""
        if not self.questions:
            return tuple(c.code for c in self.columns)
        return ("question", "answer", *(("previous",) if self.remembers else ()))

    @property
    def asked(self) -> tuple[Field, ...]:
        """The columns that people fill in."""
        return tuple(c for c in self.columns if c.asked)

    @property
    def asked_codes(self) -> tuple[str, ...]:
        """The codes of the columns that people fill in, also of a block of questions."""
        return ("answer",) if self.questions else tuple(c.code for c in self.asked)

    @property
    def held_codes(self) -> tuple[str, ...]:
        """The same, with the columns that hold words from the library."""
        listed = () if self.questions else tuple(c.code for c in self.columns if c.kind == LISTED)
        return (*listed, *self.asked_codes)

    def question(self, field: str) -> Question:
        """The question that asks for a field."""
        return next(q for q in self.questions if q.field.code == field)

    def field_of(self, row: str, column: str) -> Field:
        """What is asked in a cell. Raises StopIteration where nothing is."""
        if self.questions:
            return next(q.field for q in self.questions if q.code == row)
        return next(f for f in self.columns if f.code == column)

    def beside(self, row: str) -> str:
        """The row of this block that says more about a row of another: 'VD-03' for 'EF-03'."""
        return f"{self.code}-{row.partition('-')[2]}"


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column of results.

    format: name of a number format in style; 'row' where each row has its own.
    heading: its words where it does not have words of its own.  constant: what stands in it from the start.
    is_code: it holds codes, which people see only when they ask for them.
    """

    code: str
    format: str = "text"
    width: int = 14
    heading: Said | str = ""
    constant: int | None = None
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One fixed row of results: its code, number format and label.

    fixed: what stands in other columns from the start.  is_total, is_aside: no chart shows it.
    """

    code: str
    format: str = ""
    label: Said | str = ""
    fixed: Mapping[str, Said | str | float] = field(default_factory=dict)
    is_total: bool = False
    is_aside: bool = False


def lines(label: str, codes: Iterable[str], format: str = "", **fixed: str) -> tuple[Line, ...]:
    """Fixed rows whose words have their codes in their keys: 'form.groups.{row}'."""
    return tuple(
        Line(
            code,
            format,
            Said(label.format(row=code)),
            {c: Said(k.format(row=code)) for c, k in fixed.items()},
        )
        for code in codes
    )


@dataclass(frozen=True, slots=True, eq=False)
class Result(Table):
    """A table that Python fills: fixed `rows`, or room for `capacity` rows.

    links: (column with a link, column with the address it leads to).
    optional: workbooks from before it do without.  fades: shows, heading too, only where it holds something.
    """

    code: str
    table: str
    columns: tuple[ResultColumn, ...]
    capacity: int = 0
    rows: tuple[Line, ...] = ()
    links: tuple[str, str] | None = None
    optional: bool = False
    fades: bool = False

    @property
    def row_codes(self) -> tuple[str, ...]:
        """The code of every row."""
        return tuple(line.code for line in self.rows) or numbered(self.code, self.capacity)

    @property
    def parts(self) -> tuple[Line, ...]:
        """The fixed rows that a chart shows: neither totals nor what stands aside."""
        return tuple(line for line in self.rows if not line.is_total and not line.is_aside)


@dataclass(frozen=True, slots=True, eq=False)
class Live(Result):
    """A table of live formulas, of which Python only refreshes the results.

    plain: columns without a formula: labels, constants and what Python computed.
    """

    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Titles(Result):
    """What the charts above it say: per chart its title, which follows the numbers, and its source."""


@dataclass(frozen=True, slots=True, eq=False)
class Poster(Result):
    """A page to hang up: one text per row, drawn in the style that the row names."""


@dataclass(frozen=True, slots=True)
class Charts:
    """Room for native charts, side by side. height in rows, width of each in pixels."""

    names: tuple[str, ...]
    height: int = 19
    width: int = 560


@dataclass(frozen=True, slots=True, eq=False)
class Reference(Table):
    """A table that is filled when the workbook is built: glossary, lists, library."""

    code: str
    table: str
    columns: tuple[ResultColumn, ...]
    capacity: int

    @property
    def row_codes(self) -> tuple[str, ...]:
        """The code of every row."""
        return numbered(self.code, self.capacity)


@cache
def numbered(code: str, capacity: int) -> tuple[str, ...]:
    """The codes of rows that are told apart by a number.

    >>> numbered("EF", 3)
    ('EF-01', 'EF-02', 'EF-03')
    """
    digits = max(2, len(str(capacity)))
    return tuple(f"{code}-{n:0{digits}d}" for n in range(1, capacity + 1))


def table_code(row: str) -> str:
    """The code of the table that a numbered row belongs to.

    >>> table_code("EF-03")
    'EF'
    """
    return row.partition("-")[0]


def required(block: Block) -> list[bool]:
    """Per column or question: can a form not do without it?"""
    return [f.required for f in (block.columns or [q.field for q in block.questions])]
