"""Text that every file format can hold and every reader can see."""

from __future__ import annotations

import re

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069"  # direction overrides: they make a figure read otherwise than it is stored
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"  # surrogates, private use, non-characters
    "\U000f0000-\U0010ffff]"
)


def printable(text: str) -> str:
    """Text without characters that XML forbids or that a reader cannot see; line breaks become spaces.

    >>> printable("een\\r\\ntwee\\x00drie")
    'een tweedrie'
    """
    return _UNPRINTABLE.sub("", _LINE_BREAKS.sub(" ", text))
