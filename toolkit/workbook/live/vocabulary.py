"""The vocabulary in which every live formula is written, once.

Expressions are made with the operators of Python from cells, areas, numbers, words and functions; & joins
text and ** is the power. Two renderers read them: `excel` gives the text that stands in a cell, `values`
what that text gives. What both mean by it, as Excel and LibreOffice do:

- An empty cell is 0 in arithmetic and "" in text, and equals both; a formula that gives one gives 0.
- Text in arithmetic counts where it reads as a Dutch number; otherwise the formula gives #VALUE!.
- A number in text has a decimal comma and at most 15 digits.
- Text is equal whatever its capitals, and comes after every number.
- A truth is for IF, AND and arithmetic, where it is 1 or 0.
- An error passes through everything but IFERROR, COUNT, COUNTA, COUNTBLANK and the branch of an IF that is
  not taken.
- MATCH(.., .., 0) takes the first cell that is equal, knows the wildcards * ? ~ in text and finds nothing
  for an empty cell; MATCH(.., .., 1) takes the last number of a rising row that is not above it.
- INDEX counts from 1 and gives #VALUE! outside its area.
- SUM, SUMPRODUCT, SUMIFS, MAX, MIN and COUNT pass over what is no number in an area.
- COUNTBLANK counts "" and COUNTA counts it too.
- ROUND goes half away from zero, of the number as it prints (of a half that is a last bit short,
  calculators disagree).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.workbook.layout.parts import Said, Table

CODES = "row"
"""The column with the codes of rows, left of every table."""
HERE = ""
"""The column that the formula itself stands in."""
OWN, ALL = "", "*"
"""Rows: those that belong to the row of the formula, or every row of the table."""
COLUMN, ROW, BOTH = "column", "row", "both"
"""What of a reference stays put when its formula is copied: the letter, the number, or both."""


def _operator(symbol: str, swapped: bool = False) -> Callable[[Expression, Operand], Operation]:
    def operate(one: Expression, other: Operand) -> Operation:
        left, right = (expression(other), one) if swapped else (one, expression(other))
        return Operation(symbol, left, right)

    return operate


class Expression:
    """What stands for a value in each row of a table."""

    __slots__ = ()

    __add__, __radd__ = _operator("+"), _operator("+", swapped=True)
    __sub__, __rsub__ = _operator("-"), _operator("-", swapped=True)
    __and__, __rand__ = _operator("&"), _operator("&", swapped=True)
    __mul__, __truediv__, __pow__ = map(_operator, ("*", "/", "^"))
    # not what Python expects of == and !=, and `bool` says so
    __eq__, __ne__ = _operator("="), _operator("<>")  # type: ignore[assignment]
    __lt__, __le__, __gt__, __ge__ = map(_operator, ("<", "<=", ">", ">="))
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise TypeError("an expression is true or false on a sheet, not in Python")


Operand = Expression | Said | str | int


@dataclass(frozen=True, eq=False)
class Constant(Expression):
    """A number, a text, or words of words/."""

    said: Said | str | int

    @cached_property
    def value(self) -> str | int:
        """The number or the text."""
        return self.said.text if isinstance(self.said, Said) else self.said


@dataclass(frozen=True, slots=True, eq=False)
class Operation(Expression):
    """Two expressions with an operator of Excel between them."""

    symbol: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Negative(Expression):
    """An expression with a minus before it."""

    of: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Call(Expression):
    """A function of Excel."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cell(Expression):
    """One cell of a table.

    column: its code, or HERE.  row: its code, or OWN.  shift: so many columns to the right.
    """

    table: Table
    column: str
    row: str = OWN
    pinned: str = ""
    shift: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Area(Expression):
    """Neighbouring cells of a table, for the functions that take more than one.

    first, last: codes of columns, or HERE; one column where last is left out. '{row}' in a code stands for
    the code of the row of the formula.  rows: OWN, ALL, or the codes of the first and the last.
    """

    table: Table
    first: str
    last: str = ""
    rows: str | tuple[str, str] = ALL
    pinned: str = BOTH


class Names:
    """Expressions by a name: `effect.net`, or `effect["net"]`."""

    def __init__(self, give: Callable[[str], Expression]) -> None:
        self._give = give

    def __getitem__(self, name: str) -> Expression:
        return self._give(name)

    def __getattr__(self, name: str) -> Expression:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._give(name)


class Formulas:
    """The formulas of one table.

    sets: by column; the first row has the first set, the next row the next, and then the first again.
    per: the table whose rows each have as many rows here as there are sets; None where rows are fixed.
    """

    def __init__(self, *sets: Mapping[str, Expression], per: Table | None = None) -> None:
        self.sets, self.per = sets, per


def by_row(
    table: Table,
    formulas: Mapping[str, Expression],
    columns: Iterable[str],
    common: Mapping[str, Expression] | None = None,
) -> Formulas:
    """The formulas of a table in which every row has its own, in these columns.

    common: columns with the same formula in every row.
    """
    sets = ({**dict.fromkeys(columns, formulas[row]), **(common or {})} for row in table.row_codes)
    return Formulas(*sets)


def expression(operand: Operand) -> Expression:
    """A number, a text or words as an expression."""
    return operand if isinstance(operand, Expression) else Constant(operand)


def row_of(table: Table, pinned: str = "") -> Names:
    """The cells of the row of a table that belongs to the row of the formula, by column."""
    return Names(lambda column: Cell(table, column, pinned=pinned))


def ones(truths: Expression) -> Expression:
    """Truths as the 1 and 0 that functions can add up."""
    return Negative(Negative(truths))


def _function(name: str) -> Callable[..., Expression]:
    return lambda *arguments: Call(name, tuple(map(expression, arguments)))


ABS, AND, COUNT, COUNTA, COUNTBLANK = map(_function, ("ABS", "AND", "COUNT", "COUNTA", "COUNTBLANK"))
HYPERLINK, IF, IFERROR, INDEX, LEN = map(_function, ("HYPERLINK", "IF", "IFERROR", "INDEX", "LEN"))
MATCH, MAX, MIN, N, REPT, RIGHT = map(_function, ("MATCH", "MAX", "MIN", "N", "REPT", "RIGHT"))
ROUND, SUBSTITUTE, SUM, SUMIFS = map(_function, ("ROUND", "SUBSTITUTE", "SUM", "SUMIFS"))
SUMPRODUCT, TRIM = map(_function, ("SUMPRODUCT", "TRIM"))
