"""What filled tables are made of.

A filled table is a list of rows, each a mapping of column code to value. Tables with fixed rows
are keyed by the code in 'row'. Where tables stand is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.model.finding import Finding
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.parts import Table

Row = Mapping[str, object]
UNUSED = "unused"
"""What a fixed row has, beside its columns, when it holds nothing worth a line."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The tables of one workbook and the lines above them.

    tables: table -> rows.  status: sheet code -> line 3.  answer: sheet code -> line 4.
    fresh: whether the tables hold all results, so that the workbook is up to date.
    findings: what these tables could not hold.  years: the calendar years that the columns of years are.
    """

    tables: Mapping[Table, Sequence[Row]]
    status: Mapping[str, str] = field(default_factory=dict)
    answer: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = True
    findings: tuple[Finding, ...] = ()
    years: tuple[int, ...] = ()


def absent(code: str, value: object) -> object:
    """The value, or the words for a figure that does not exist."""
    return word(f"form.absent.{code}") if value is None else value
