"""Holds parsed JSON against the kinds of the contract and notes everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from toolkit.exchange.contract import (
    LIMIT,
    RANGE,
    Choice,
    Entries,
    Flag,
    Items,
    Kind,
    Number,
    Table,
    Text,
    Whole,
)
from toolkit.exchange.parsing import JsonObject, NotFinite, child, shown
from toolkit.model.estimate import Estimate
from toolkit.model.finding import STOP, Finding

_LONGEST_COMPARED = 100


class Checker:
    """Checks values and keeps the findings, in the order in which they are met."""

    def __init__(self, file: str = "") -> None:
        self.file = file
        self.findings: list[Finding] = []

    def note(self, code: str, where: str, /, *, level: str = STOP, **facts: object) -> None:
        """Add a finding."""
        self.findings.append(Finding(level, code, where, facts, self.file))

    def value(self, kind: Kind, value: object, where: str):
        """The value as the engine wants it, or None where it does not fit (a finding tells why)."""
        if isinstance(value, NotFinite):
            self.note("json_not_finite", where, value=value.written)
            return None
        match kind:
            case Text():
                return self._text(kind, value, where)
            case Flag():
                return self._typed(isinstance(value, bool), "json_not_a_flag", value, where)
            case Choice():
                return self._choice(kind, value, where)
            case Whole():
                return self._whole(kind, value, where)
            case Number():
                return self._number(kind, value, where)
            case Items():
                return self._items(kind, value, where)
            case Entries():
                return self._entries(kind, value, where)
            case Table():
                return self.table(kind, value, where)

    def table(self, table: Table, value: object, where: str) -> dict[str, object] | None:
        """The keys of a table that are there; a value that does not fit is None."""
        if not self._object(value, where):
            return None
        found = {}
        for key, content in value.items():
            place = child(where, key)
            if key not in table.keys:
                self.note("json_unknown_key", place, key=shown(key), nearest=nearest(key, table.keys))
            elif content is None and table.keys[key].empty:
                found[key] = None
            else:
                found[key] = self.value(table.keys[key].kind, content, place)
        for key, expected in table.keys.items():
            if expected.required and key not in value:
                self.note("json_missing_key", where, key=key)
        return found

    def _object(self, value: object, where: str) -> bool:
        if self._typed(isinstance(value, JsonObject), "json_not_a_table", value, where) is None:
            return False
        for key in value.repeated:
            self.note("json_repeated_key", child(where, key), key=shown(key))
        return True

    def _typed(self, fits: bool, code: str, value: object, where: str):
        if fits:
            return value
        self.note(code, where, value=shown(value))
        return None

    def _text(self, kind: Text, value: object, where: str) -> str | None:
        if self._typed(isinstance(value, str), "json_not_text", value, where) is None:
            return None
        if any((c < " " and c not in "\n\t") or "\ud800" <= c <= "\udfff" for c in value):
            self.note("json_unprintable", where, value=shown(value))
            return None
        if kind.filled and not value.strip():
            self.note("json_empty_text", where)
            return None
        return value

    def _choice(self, kind: Choice, value: object, where: str) -> str | None:
        if isinstance(value, str) and value in kind.options:
            return value
        allowed = ", ".join(f'"{option}"' for option in kind.options)
        self.note("json_not_in_list", where, value=shown(value), allowed=allowed)
        return None

    def _whole(self, kind: Whole, value: object, where: str) -> int | None:
        if not _is_number(value) or (isinstance(value, float) and not value.is_integer()):
            self.note("json_not_whole", where, value=shown(value))
        elif not kind.low <= value <= kind.high:
            self.note("json_out_of_range", where, value=shown(value), low=kind.low, high=kind.high)
        else:
            return int(value)
        return None

    def _number(self, kind: Number, value: object, where: str) -> float | Estimate | None:
        if kind.ranged and isinstance(value, dict):
            return self._range(kind, value, where)
        if not _is_number(value):
            self.note("json_not_a_number", where, value=shown(value))
        elif (kind.low, kind.high) == (0, 1) and not 0 <= value <= 1:
            self.note("json_not_a_share", where, value=shown(value))
        elif abs(value) > LIMIT:
            self.note("json_too_large", where)
        elif value < kind.low:
            self.note("json_negative", where, value=shown(value))
        else:
            return Estimate(float(value), cell=where) if kind.ranged else float(value)
        return None

    def _range(self, kind: Number, value: object, where: str) -> Estimate | None:
        """An estimate with its range: bounds that hold the mode, positive where lognormal."""
        found = self.table(RANGE, value, where)
        bounds = Number(kind.low, kind.high)
        for key in ("mode", "low", "high"):
            if found.get(key) is not None:
                found[key] = self.value(bounds, value[key], child(where, key))
        if "mode" not in found or None in found.values():
            return None
        mode, low, high, dist = found["mode"], found.get("low"), found.get("high"), found.get("dist", "pert")
        if (low is None) != (high is None):
            self.note("json_range_incomplete", where, missing="low" if low is None else "high")
        elif low is not None and not low <= mode <= high:
            self.note("json_range_out_of_order", where, low=shown(low), mode=shown(mode), high=shown(high))
        elif low is not None and dist == "lognormal" and low <= 0:
            self.note("json_lognormal_not_positive", where, low=shown(low))
        else:
            return Estimate(mode, low, high, dist, where)
        return None

    def _items(self, kind: Items, value: object, where: str) -> list | None:
        if self._typed(isinstance(value, list), "json_not_a_list", value, where) is None:
            return None
        return [self.value(kind.item, item, child(where, place)) for place, item in enumerate(value)]

    def _entries(self, kind: Entries, value: object, where: str) -> dict | None:
        if not self._object(value, where):
            return None
        found = {}
        for key, content in value.items():
            if self._text(Text(filled=True), key, child(where, key)) is not None:
                found[key] = self.value(kind.value, content, child(where, key))
        return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`.

    >>> nearest("horzion", ("name", "horizon", "currency"))
    'horizon'
    """
    return next(iter(get_close_matches(name[:_LONGEST_COMPARED], list(known), n=1, cutoff=0.0)), "")
