"""What a workbook map is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

TEXT, AS_TYPED, NUMBER, WHOLE, YEAR, EURO, SHARE, CHOICE, LOOKUP, PREVIOUS = (
    "text",
    "as_typed",
    "number",
    "whole",
    "year",
    "euro",
    "share",
    "choice",
    "lookup",
    "previous",
)
FIRST_BLOCK_ROW = 6
"""Rows 1 to 5 of every sheet: title, what it is for, verdict or link, answer sentence, blank."""


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of answer: type, range, list of choices.

    kind: TEXT, AS_TYPED (text in which a spreadsheet changes nothing), NUMBER, WHOLE, YEAR, EURO, SHARE
    (per cent), CHOICE; or, not asked and not read, LOOKUP (a live formula) and PREVIOUS (what was answered
    last year).
    choices: name of a list.  unknown: 'weet ik niet' is an answer too.
    """

    code: str
    kind: str = TEXT
    low: float | None = None
    high: float | None = None
    choices: str = ""
    required: bool = False
    unknown: bool = False
    width: int = 14

    @property
    def asked(self) -> bool:
        """True where people fill it in."""
        return self.kind not in (LOOKUP, PREVIOUS)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with one answer. code: what the row says (OO-01); field: what is asked."""

    code: str
    field: Field


@dataclass(frozen=True, slots=True)
class Block:
    """A table of input: either `questions` (a row each) or `capacity` pre-coded rows of `columns`.

    lines: how many lines of text a row has room for.  remembers: the questions show last year's
    answers beside them.  expected: columns that a started row cannot do without; by default the
    required ones.  needs_row: an empty table is an open question.  carried: questions or columns
    whose answers of last year go along into this year's form; the others are asked anew.
    """

    prefix: str
    table: str
    columns: tuple[Field, ...] = ()
    capacity: int = 0
    questions: tuple[Question, ...] = ()
    lines: int = 1
    remembers: bool = False
    expected: tuple[str, ...] = ()
    needs_row: bool = False
    carried: tuple[str, ...] = ()

    @property
    def row_codes(self) -> tuple[str, ...]:
        """The code of every row."""
        if self.questions:
            return tuple(q.code for q in self.questions)
        digits = max(2, len(str(self.capacity)))
        return tuple(f"{self.prefix}-{n:0{digits}d}" for n in range(1, self.capacity + 1))

    @property
    def column_codes(self) -> tuple[str, ...]:
        """The grey codes above the header."""
        if not self.questions:
            return tuple(c.code for c in self.columns)
        return ("question", "answer", *(("previous",) if self.remembers else ()), "note")

    @property
    def asked(self) -> tuple[Field, ...]:
        """The columns that people fill in."""
        return tuple(c for c in self.columns if c.asked)

    @property
    def height(self) -> int:
        """Heading, codes, header and rows."""
        return 3 + len(self.row_codes)


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column of results. format: name of a number format in style; several with `repeat`."""

    code: str
    format: str = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class Result:
    """A table that Python fills. rows: codes of fixed rows with their format, or a capacity.

    links: (column with a link, column with the address it leads to).
    optional: workbooks from before this table can do without it.
    """

    code: str
    table: str
    columns: tuple[ResultColumn, ...]
    capacity: int = 0
    rows: tuple[tuple[str, str], ...] = ()
    links: tuple[str, str] | None = None
    optional: bool = False

    @property
    def size(self) -> int:
        """Number of rows it can hold."""
        return len(self.rows) or self.capacity

    @property
    def height(self) -> int:
        """Heading, code row, header and rows."""
        return 3 + self.size


@dataclass(frozen=True, slots=True)
class Live(Result):
    """A table of live formulas, of which Python only refreshes the results.

    plain: columns without a formula: labels, constants and what Python computed.
    """

    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titles(Result):
    """What the charts above it say: per chart its title, which follows the numbers, and its source."""


@dataclass(frozen=True, slots=True)
class Poster(Result):
    """A page to hang up: one text per row, drawn in the style that the row names."""


@dataclass(frozen=True, slots=True)
class Charts:
    """Room for native charts, side by side. height in rows, width of each in pixels."""

    names: tuple[str, ...]
    height: int = 19
    width: int = 560


@dataclass(frozen=True, slots=True)
class Reference:
    """A table that is filled when the workbook is built: glossary, lists, library."""

    code: str
    table: str
    columns: tuple[ResultColumn, ...]
    capacity: int

    @property
    def height(self) -> int:
        """Heading, code row, header and rows."""
        return 3 + self.capacity


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. kind: 'guide', 'input', 'finance', 'result', 'poster' or 'reference'.

    top: the row at which the first part starts.
    """

    code: str
    kind: str
    parts: tuple[Block | Result | Charts | Reference, ...] = ()
    top: int = FIRST_BLOCK_ROW

    @property
    def is_ours(self) -> bool:
        """True where results or the library are written, and nothing is asked."""
        return any(isinstance(part, Result | Reference) for part in self.parts)

    def placed(self) -> Iterator[tuple[object, int]]:
        """Each part with the row at which it starts (1-based); a blank row between parts."""
        row = self.top
        for part in self.parts:
            yield part, row
            row += part.height + 1


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: its code and its sheets from left to right."""

    code: str
    sheets: tuple[Sheet, ...]

    def sheet(self, code: str) -> Sheet:
        """The sheet with this code."""
        return next(s for s in self.sheets if s.code == code)

    def find(self, code: str) -> tuple[Sheet, object, int]:
        """The part with this prefix or code, its sheet and its first row."""
        for sheet in self.sheets:
            for part, row in sheet.placed():
                if getattr(part, "prefix", None) == code or getattr(part, "code", None) == code:
                    return sheet, part, row
        raise KeyError(code)

    def blocks(self) -> Iterator[tuple[Sheet, Block, int]]:
        """Every input block with its sheet and first row."""
        for sheet in self.sheets:
            for part, row in sheet.placed():
                if isinstance(part, Block):
                    yield sheet, part, row


def expected(block: Block) -> list[bool]:
    """Per column or question: can a form not do without it?"""
    if block.questions:
        return [q.field.required or q.field.unknown for q in block.questions]
    return [c.code in block.expected if block.expected else c.required for c in block.columns]
