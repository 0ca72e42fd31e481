"""What stands in a workbook before anything is judged: answers by their codes, and where tables stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.parts import CODES_BELOW, ROWS_BELOW, Table, table_code
from toolkit.workbook.opening.unread import Unread

_CHECKSUM_LENGTH = 16


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What stands in one cell. where: 'Blad!F9'."""

    value: object
    where: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table was found: sheet name, row of its codes, and columns by code (1-based).

    lines: of a table that we fill, the row of the sheet that each of its row codes stands in.
    filled: of a table of results, how many of those rows, from the top, hold something in the first column.
    """

    sheet: str
    row: int
    code_column: int
    columns: Mapping[str, int]
    lines: Mapping[str, int] = field(default_factory=dict)
    filled: int = 0

    @property
    def downward(self) -> list[int]:
        """The rows of the sheet that its rows stand in, from the top."""
        return sorted(self.lines.values())

    @property
    def first_row(self) -> int:
        """The row below its header."""
        return self.row + ROWS_BELOW - CODES_BELOW


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about the codes of a table that is not as it should be.

    code: of its finding.  block: the table.  facts: what the sentence needs.
    complete: of a row without a code, whether it holds every answer that a row needs.
    """

    code: str
    block: str
    where: str
    facts: Mapping[str, object] = field(default_factory=dict)
    complete: bool = False


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """Every coded answer of a workbook, and where its tables stand.

    announced: the codes of all tables in the file, also of those that belong to another workbook.
    unread: answers that are empty to a reader of values but not to a person.
    marks: per sheet, the text above its first table.
    template: the version it says it has: '' where it leaves that open, None where it cannot say.
    later: blocks ('ET'), columns and questions ('EF.helper', 'OO.OO-12'), and rows of a table ('EF-03')
    that came after its version or were asked in another way.
    macros: it has macros; they are never run, and never copied into what we write.
    earlier: the figures it showed when it was read, by their row; nothing where it was never computed.
    computed: the answers as they were when it was computed; nothing where it never was.
    computed_with: of a portfolio, the checksums of what its results were made of, by name.
    checksum: SHA-256 of what was read.
    """

    path: Path
    sheet_names: tuple[str, ...]
    answers: Mapping[tuple[str, str], RawAnswer]
    rows: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place]
    announced: frozenset[str] = frozenset()
    oddities: tuple[Oddity, ...] = ()
    unread: Mapping[tuple[str, str], Unread] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    template: str | None = None
    later: frozenset[str] = frozenset()
    macros: bool = False
    earlier: Mapping[str, float] = field(default_factory=dict)
    computed: Mapping[tuple[str, str], object] = field(default_factory=dict)
    computed_with: Mapping[str, str] = field(default_factory=dict)
    checksum: str = field(default="", compare=False)

    def rows_of(self, block: Table) -> tuple[str, ...]:
        """The codes of the rows that were found of a block, in their order on the sheet."""
        return self.rows.get(block.code, ())

    def place_of(self, table: Table) -> Place | None:
        """Where a table was found, None where it is gone."""
        return self.places.get(table.code)

    def place(self, table: Table) -> Place:
        """Where a table was found that must be there. KeyError where it is gone."""
        return self.places[table.code]

    def get(self, row: str, column: str) -> RawAnswer | None:
        """The answer in a coded row and column, None where row or column is gone."""
        return self.answers.get((row, column))

    def is_later(self, row: str, column: str) -> bool:
        """True for what nobody could answer: the row, the column or the table came after its version."""
        code = table_code(row)
        return not self.later.isdisjoint((row, code, f"{code}.{row}", f"{code}.{column}"))

    def value(self, row: str, column: str) -> object:
        """What stands in a coded row and column, None where nothing does."""
        answer = self.answers.get((row, column))
        return answer.value if answer else None


def answers_checksum(raw: RawWorkbook, workbook: Workbook, without: Collection[str] = ()) -> str:
    """The first digits of the SHA-256 of all answers by their codes: equal while nobody answers otherwise.

    Results, notes, layout, and the order of rows make no difference.
    without: the codes of rows that are left out.
    """
    asked = {
        (row, c)
        for _, block in workbook.blocks()
        for row in raw.rows_of(block)
        if row not in without
        for c in block.asked_codes
    }
    held = sorted((*at, _plainly(value)) for at in asked if (value := raw.value(*at)) is not None)
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:_CHECKSUM_LENGTH]


def _plainly(value: object) -> str:
    """A number is the same number whether or not it was stored as whole; text without spaces to spare."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value))
    return " ".join(str(value).split())
