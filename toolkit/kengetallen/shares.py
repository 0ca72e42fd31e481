"""Who gains or pays which part of a unit value, as people write it: 'gemeente 70%, rijk 30%'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

_PART = re.compile(r"([^\W\d]+(?:[ _][^\W\d]+)*)\s*[=:]?\s*([+-]?\d+(?:[.,]\d+)?)\s*(%?)")
_BETWEEN = re.compile(r"\s*[,;\n]\s*(?=[^\W\d])")


def as_text(shares: Mapping[str, float]) -> str:
    """Shares as percentages, each written in full, so that reading them gives the same numbers.

    >>> as_text({"gemeente": 0.875, "maatschappelijke_organisaties": 0.125})
    'gemeente 87,5%, maatschappelijke organisaties 12,5%'
    """
    parts = []
    for party, share in shares.items():
        percentage = f"{(Decimal(repr(float(share))) * 100).normalize():f}".replace(".", ",")
        parts.append(f"{party.replace('_', ' ')} {percentage}%")
    return ", ".join(parts)


def from_text(text: str) -> dict[str, float] | None:
    """Read shares in per cent or as a part of 1; None where the text says something else, or a party twice.

    >>> from_text("gemeente 70%, rijk 30%"), from_text("gemeente = 0.7; rijk=0,3")
    ({'gemeente': 0.7, 'rijk': 0.3}, {'gemeente': 0.7, 'rijk': 0.3})
    >>> from_text("iedereen"), from_text("rijk 50%, rijk 50%")
    (None, None)
    """
    shares: dict[str, float] = {}
    for part in _BETWEEN.split(text.strip()):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        party = re.sub(r"[ _]+", "_", match[1].casefold())
        number = Decimal(match[2].replace(",", "."))
        if party in shares:
            return None
        shares[party] = float(number / 100 if match[3] else number)
    return shares
