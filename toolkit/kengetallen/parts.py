"""The unit values that a change brings with it, as people write them: 'wmo_begeleiding × 2; opvangplek'."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.model.unit_value import ChangePart

_PART = re.compile(r"([a-z][a-z0-9_]*)(?:\s*[×*]\s*|\s+x\s*)?([+-]?\d+(?:[.,]\d+)?)?")
_BETWEEN = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=[^\W\d])")


def as_text(parts: Iterable[ChangePart]) -> str:
    """Parts with their factor where it is not 1, each in full, so that reading them gives the same numbers.

    >>> as_text([ChangePart("wmo_begeleiding", 2.5), ChangePart("opvangplek"), ChangePart("overlast", -1.0)])
    'wmo_begeleiding × 2,5; opvangplek; overlast × -1'
    """
    return "; ".join(p.kengetal if p.factor == 1 else f"{p.kengetal} × {_number(p.factor)}" for p in parts)


def from_text(text: str) -> list[dict[str, object]] | None:
    """Read parts as records of a library, without a note; None where the text says something else.

    >>> from_text("opvangplek; overlast x -1,5")
    [{'kengetal': 'opvangplek', 'factor': 1.0}, {'kengetal': 'overlast', 'factor': -1.5}]
    >>> from_text("2 keer opvang"), from_text("opvangplek, opvangplek")
    (None, None)
    """
    found: dict[str, float] = {}
    for part in _BETWEEN.split(text.strip()):
        match = _PART.fullmatch(part.casefold())
        if match is None or match[1] in found or (match[2] is None) != (match.end(1) == match.end()):
            return None
        found[match[1]] = float((match[2] or "1").replace(",", "."))
    return [{"kengetal": code, "factor": factor} for code, factor in found.items()]


def _number(factor: float) -> str:
    return (f"{factor:.0f}" if factor.is_integer() else repr(factor)).replace(".", ",")
