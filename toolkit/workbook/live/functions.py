"""What the operators and functions of the vocabulary give, for all rows of a table at once.

A value is a number, a truth, a text, an Error, or None for an empty cell; an argument may be an Extent too.
Each of FUNCTIONS takes a column per argument, with a value for every row, and gives one.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TypeGuard

_NUMBERS = {int, float, bool}
_DUTCH = re.compile(r"\s*([+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)\s*", re.ASCII)


class Error(str):
    """What a cell shows where its formula has no answer."""

    __slots__ = ()


NOT_FOUND, NO_VALUE, DIVIDED_BY_ZERO, NO_NUMBER = map(Error, ("#N/A", "#VALUE!", "#DIV/0!", "#NUM!"))

Value = float | str | None


class Extent:
    """The cells of an area, row by row. width: how many columns it has."""

    def __init__(self, cells: Sequence[Value], width: int = 1) -> None:
        self.cells, self.width = cells, width

    @cached_property
    def keys(self) -> list[Value]:
        """What the cells are compared by."""
        return [_key(cell) for cell in self.cells]

    @cached_property
    def places(self) -> dict[Value, int]:
        """The first place, from 1, of everything that is found among the cells."""
        return {key: place for place, key in reversed([*enumerate(self.keys, 1)]) if key is not None}


Argument = Value | Extent
Column = Sequence[Argument]


class Failed(Exception):
    """A function has no answer. error: what its cell shows."""

    def __init__(self, error: Error) -> None:
        super().__init__(error)
        self.error = error


def number(value: Argument) -> float:
    """A value in arithmetic. Raises Failed for an error, and for text that is no number."""
    if isinstance(value, (int, float)):
        return value
    if value is None:
        return 0
    if isinstance(value, Error):
        raise Failed(value)
    match = _DUTCH.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise Failed(NO_VALUE)
    return float(match[1].replace(".", "").replace(",", "."))


def text(value: Argument) -> str:
    """A value joined to text. Raises Failed for an error.

    >>> text(2.5), text(14.0), text(0.1 + 0.2), text(None)
    ('2,5', '14', '0,3', '')
    """
    if isinstance(value, Error):
        raise Failed(value)
    if isinstance(value, Extent):
        raise Failed(NO_VALUE)
    if isinstance(value, (int, float)):
        return f"{Decimal(f'{value + 0:.15g}'):f}".replace(".", ",")
    return value or ""


def _key(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _all_numbers(values: Sequence[object]) -> TypeGuard[Sequence[float]]:
    return _NUMBERS.issuperset(map(type, values))


def _safe(function: Callable[..., Value]) -> Callable[..., Value]:
    """The function with an error for an answer where it has none."""

    def safe(*values: Argument) -> Value:
        try:
            return function(*values)
        except Failed as failed:
            return failed.error
        except ZeroDivisionError:
            return DIVIDED_BY_ZERO
        except OverflowError:
            return NO_NUMBER

    return safe


# --- operators ---


def _operator(
    function: Callable[[Argument, Argument], Value], quick: Callable[[float, float], float] | None = None
) -> Callable[[Column, Column], Column]:
    """An operator on values, and on areas cell by cell. quick: what does as well where all are numbers."""
    safe = _safe(function)

    def operate(ones: Column, others: Column) -> Column:
        if quick and _all_numbers(ones) and _all_numbers(others):
            with suppress(ZeroDivisionError, OverflowError):
                return list(map(quick, ones, others))
        return list(map(on_two, ones, others))

    def on_two(one: Argument, other: Argument) -> Argument:
        if isinstance(one, Extent):
            return on_cells(one, one, other)
        if isinstance(other, Extent):
            return on_cells(other, one, other)
        if isinstance(one, Error):
            return one
        return other if isinstance(other, Error) else safe(one, other)

    def on_cells(extent: Extent, *pair: Argument) -> Extent:
        """On two areas of one size, or on an area and a value."""
        ones, others = (v.cells if isinstance(v, Extent) else [v] * len(extent.cells) for v in pair)
        found = operate(ones, others)
        return Extent([value for value in found if not isinstance(value, Extent)], extent.width)

    return operate


def _arithmetic(quick: Callable[[float, float], float]) -> Callable[[Column, Column], Column]:
    return _operator(lambda one, other: quick(number(one), number(other)), quick)


def _comparison(compare: Callable[[float, float], bool]) -> Callable[[Column, Column], Column]:
    def compared(one: Argument, other: Argument) -> bool:
        if one is None:
            one = "" if isinstance(other, str) else 0
        if other is None:
            other = "" if isinstance(one, str) else 0
        if isinstance(one, str) and isinstance(other, str):
            one, other = one.casefold(), other.casefold()
            return compare((one > other) - (one < other), 0)
        if isinstance(one, str) or isinstance(other, str):
            return compare(isinstance(one, str), isinstance(other, str))
        return compare(number(one), number(other))

    return _operator(compared, compare)


def _power(base: float, exponent: float) -> float:
    power: object = base**exponent
    if not isinstance(power, (int, float)):
        raise Failed(NO_NUMBER)
    return power


# --- functions ---


def _if(conditions: Column, yes: Column, no: Column) -> Column:
    if not _all_numbers(conditions):
        return list(map(_chosen, conditions, yes, no))
    return [one if is_so else other for is_so, one, other in zip(conditions, yes, no, strict=True)]


def _chosen(is_so: Argument, yes: Argument, no: Argument) -> Argument:
    try:
        return yes if number(is_so) else no
    except Failed as failed:
        return failed.error


def _if_error(values: Column, otherwise: Column) -> Column:
    return [o if isinstance(value, Error) else value for value, o in zip(values, otherwise, strict=True)]


def _index(extent: Extent, row: Argument, column: Argument = 1) -> Value:
    row, column = int(number(row)), int(number(column))
    place = (row - 1) * extent.width + column - 1
    inside = row > 0 and 0 < column <= extent.width and place < len(extent.cells)
    return extent.cells[place] if inside else NO_VALUE


def _match(wanted: Value, extent: Extent, kind: int) -> Value:
    if isinstance(wanted, Error):
        return wanted
    if kind == 1:
        place = bisect_right(_numbers(extent), number(wanted))
    elif isinstance(wanted, str) and not {*"*?~"}.isdisjoint(wanted):
        fits = _wildcards(wanted.casefold()).fullmatch
        place = next((n for n, key in enumerate(extent.keys, 1) if isinstance(key, str) and fits(key)), 0)
    else:
        place = 0 if wanted is None else extent.places.get(_key(wanted), 0)
    return place or NOT_FOUND


def _wildcards(wanted: str) -> re.Pattern[str]:
    signs = re.findall(r"~[*?~]|.", wanted, re.DOTALL)
    return re.compile("".join({"*": ".*", "?": "."}.get(s, re.escape(s[-1])) for s in signs), re.DOTALL)


def _cells(arguments: Iterable[Argument]) -> list[Value]:
    """The cells of areas, and the values between them."""
    return [cell for a in arguments for cell in (a.cells if isinstance(a, Extent) else (a,))]


def _numbers(*arguments: Argument) -> Sequence[float]:
    """The numbers among cells. Raises Failed for an error."""
    cells = _cells(arguments)
    return cells if _all_numbers(cells) else [number(c) for c in cells if isinstance(c, (int, float, Error))]


def _number_or_zero(value: Value) -> float:
    return number(value) if isinstance(value, (int, float, Error)) else 0


def _sum_of_products(first: Extent, *others: Extent) -> float:
    products = first.cells if _all_numbers(first.cells) else [*map(_number_or_zero, first.cells)]
    for extent in others:
        products = list(map(operator.mul, products, map(_number_or_zero, extent.cells)))
    return sum(products)


def _sum_if(amounts: Extent, among: Extent, wanted: Value) -> float:
    kept = (a for a, key in zip(amounts.cells, among.keys, strict=True) if key == _key(wanted))
    return sum(_numbers(*kept))


def _right(value: Value, length: Value) -> str:
    size = int(number(length))
    if size < 0:
        raise Failed(NO_VALUE)
    return text(value)[-size:] if size else ""


def _round(value: Value, digits: Value) -> float:
    exact = Decimal(str(number(value))).quantize(Decimal(1).scaleb(-int(number(digits))), ROUND_HALF_UP)
    return float(exact) if exact % 1 else int(exact)


def _of_every_row(function: Callable[..., Value]) -> Callable[..., Column]:
    safe = _safe(function)
    return lambda *columns: list(map(safe, *columns))


_OF_ONE_ROW: dict[str, Callable[..., Value]] = {
    "ABS": lambda value: abs(number(value)),
    "AND": lambda *conditions: all([number(condition) for condition in conditions]),
    "COUNT": lambda *values: sum(type(cell) in _NUMBERS for cell in _cells(values)),
    "COUNTA": lambda *values: sum(cell is not None for cell in _cells(values)),
    "COUNTBLANK": lambda *values: sum(cell is None or cell == "" for cell in _cells(values)),
    "HYPERLINK": lambda place, shown: shown,
    "INDEX": _index,
    "LEN": lambda value: len(text(value)),
    "MATCH": _match,
    "MAX": lambda *values: max(_numbers(*values), default=0),
    "MIN": lambda *values: min(_numbers(*values), default=0),
    "N": _number_or_zero,
    "REPT": lambda value, times: text(value) * int(number(times)),
    "RIGHT": _right,
    "ROUND": _round,
    "SUBSTITUTE": lambda where, old, new: text(where).replace(text(old), text(new)),
    "SUM": lambda *values: sum(_numbers(*values)),
    "SUMIFS": _sum_if,
    "SUMPRODUCT": _sum_of_products,
    "TRIM": lambda value: " ".join(part for part in text(value).split(" ") if part),
}
FUNCTIONS: dict[str, Callable[..., Column]] = {
    **{name: _of_every_row(function) for name, function in _OF_ONE_ROW.items()},
    "IF": _if,
    "IFERROR": _if_error,
    "&": _operator(lambda one, other: text(one) + text(other)),
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "/": _arithmetic(operator.truediv),
    "^": _arithmetic(_power),
    "=": _comparison(operator.eq),
    "<>": _comparison(operator.ne),
    "<": _comparison(operator.lt),
    "<=": _comparison(operator.le),
    ">": _comparison(operator.gt),
    ">=": _comparison(operator.ge),
}
"""The operators and functions of the vocabulary by their name in Excel."""
