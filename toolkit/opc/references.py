"""Cells by their reference: 'B5' is row 5 of column 2."""

from __future__ import annotations

import functools
import re

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


@functools.cache
def column_letters(number: int) -> str:
    """Column number to letters; 1 is A. Raises ValueError outside the sheet.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(f"column {number} is outside a sheet")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Column letters to number; A is 1. Raises ValueError outside the sheet.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    return split_reference(letters + "1")[1]


@functools.lru_cache(maxsize=1 << 16)
def split_reference(reference: str) -> tuple[int, int]:
    """Cell reference to (row, column), both from 1. Raises ValueError where it is none.

    >>> split_reference("B5")
    (5, 2)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is not a cell reference")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if column > LAST_COLUMN or row > LAST_ROW:
        raise ValueError(f"{reference!r} is outside a sheet")
    return row, column
