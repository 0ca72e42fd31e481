"""Holds parsed JSON against the kinds of the contract and notes everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

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
from toolkit.model.narrowing import Given, as_a, as_list

Type = TypeVar("Type")

_LONGEST_COMPARED = 100


class Checked(Given):
    """What a table holds, each value as the engine wants it: None where it does not fit or is not there."""

    def __missing__(self, key: str) -> None:
        return None

    def table(self, key: str) -> Checked:
        """A table, empty where there is none."""
        return self.a(Checked, key) or Checked()

    def items_of(self, key: str) -> Sequence[object]:
        """What a list holds, nothing where there is none."""
        return as_list(self[key] or ())

    def tables(self, key: str, where: str) -> list[tuple[Checked, str]]:
        """The tables in a list that fit, each with its path. where: the path of this table."""
        items = enumerate(self.items_of(key))
        return [(as_a(Checked, item), child(child(where, key), at)) for at, item in items if item is not None]


class Checker:
    """Checks values and keeps the findings, in the order in which they are met."""

    def __init__(self, file: str = "") -> None:
        self.file = file
        self.findings: list[Finding] = []

    def note(self, code: str, where: str, /, *, level: str = STOP, **facts: object) -> None:
        """Add a finding."""
        self.add(code, where, facts, level)

    def add(self, code: str, where: str, facts: Mapping[str, object], level: str = STOP) -> None:
        """Add a finding with the facts of an error."""
        self.findings.append(Finding(level, code, where, facts, self.file))

    def value(self, kind: Kind, value: object, where: str) -> object:
        """The value as the engine wants it, or None where it does not fit (a finding tells why)."""
        if isinstance(value, NotFinite):
            self.note("json_not_finite", where, value=value.written)
            return None
        match kind:
            case Text():
                return self._text(kind, value, where)
            case Flag():
                return self._a(bool, value, where, "json_not_a_flag")
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

    def table(self, table: Table, value: object, where: str) -> Checked | None:
        """The keys of a table that are there; a value that does not fit is None."""
        given = self._object(value, where)
        if given is None:
            return None
        found = Checked()
        for key, content in given.items():
            place = child(where, key)
            if key not in table.keys:
                self.note("json_unknown_key", place, key=shown(key), nearest=nearest(key, table.keys))
            elif content is None and table.keys[key].empty:
                found[key] = None
            else:
                found[key] = self.value(table.keys[key].kind, content, place)
        for key, expected in table.keys.items():
            if expected.required and key not in given:
                self.note("json_missing_key", where, key=key)
        return found

    def _object(self, value: object, where: str) -> JsonObject | None:
        given = self._a(JsonObject, value, where, "json_not_a_table")
        for key in given.repeated if given is not None else ():
            self.note("json_repeated_key", child(where, key), key=shown(key))
        return given

    def _a(self, kind: type[Type], value: object, where: str, code: str) -> Type | None:
        if isinstance(value, kind):
            return value
        self.note(code, where, value=shown(value))
        return None

    def _text(self, kind: Text, value: object, where: str) -> str | None:
        text = self._a(str, value, where, "json_not_text")
        if text is None:
            return None
        if any((c < " " and c not in "\n\t") or "\ud800" <= c <= "\udfff" for c in text):
            self.note("json_unprintable", where, value=shown(text))
            return None
        if kind.filled and not text.strip():
            self.note("json_empty_text", where)
            return None
        return text

    def _choice(self, kind: Choice, value: object, where: str) -> str | None:
        if isinstance(value, str) and value in kind.options:
            return value
        allowed = ", ".join(f'"{option}"' for option in kind.options)
        self.note("json_not_in_list", where, value=shown(value), allowed=allowed)
        return None

    def _whole(self, kind: Whole, value: object, where: str) -> int | None:
        number = _number(value)
        if number is None or (isinstance(number, float) and not number.is_integer()):
            self.note("json_not_whole", where, value=shown(value))
        elif not kind.low <= number <= kind.high:
            self.note("json_out_of_range", where, value=shown(value), low=kind.low, high=kind.high)
        else:
            return int(number)
        return None

    def _number(self, kind: Number, value: object, where: str) -> float | Estimate | None:
        if kind.ranged and isinstance(value, JsonObject):
            return self._range(kind, value, where)
        number = _number(value)
        if number is None:
            self.note("json_not_a_number", where, value=shown(value))
        elif (kind.low, kind.high) == (0, 1) and not 0 <= number <= 1:
            self.note("json_not_a_share", where, value=shown(value))
        elif abs(number) > LIMIT:
            self.note("json_too_large", where)
        elif number < kind.low:
            self.note("json_negative", where, value=shown(value))
        else:
            return Estimate(float(number), cell=where) if kind.ranged else float(number)
        return None

    def _range(self, kind: Number, given: JsonObject, where: str) -> Estimate | None:
        """An estimate with its range: bounds that hold the mode, positive where lognormal."""
        found = self.table(RANGE, given, where)
        if found is None:
            return None
        bounds = Number(kind.low, kind.high)
        for key in ("mode", "low", "high"):
            if found[key] is not None:
                found[key] = self.value(bounds, given[key], child(where, key))
        mode, low, high = (found.number(key) for key in ("mode", "low", "high"))
        if mode is None or None in found.values():
            return None
        dist = found.text("dist") or "pert"
        if (low is None) != (high is None):
            self.note("json_range_incomplete", where, missing="low" if low is None else "high")
        elif low is None or high is None:
            return Estimate(mode, dist=dist, cell=where)
        elif not low <= mode <= high:
            self.note("json_range_out_of_order", where, low=shown(low), mode=shown(mode), high=shown(high))
        elif dist == "lognormal" and low <= 0:
            self.note("json_lognormal_not_positive", where, low=shown(low))
        else:
            return Estimate(mode, low, high, dist, where)
        return None

    def _items(self, kind: Items, value: object, where: str) -> list[object] | None:
        items = self._a(list, value, where, "json_not_a_list")
        if items is None:
            return None
        return [self.value(kind.item, item, child(where, place)) for place, item in enumerate(items)]

    def _entries(self, kind: Entries, value: object, where: str) -> Checked | None:
        given = self._object(value, where)
        if given is None:
            return None
        found = Checked()
        for key, content in given.items():
            if self._text(Text(filled=True), key, child(where, key)) is not None:
                found[key] = self.value(kind.value, content, child(where, key))
        return found


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`.

    >>> nearest("horzion", ("name", "horizon", "currency"))
    'horizon'
    """
    return next(iter(get_close_matches(name[:_LONGEST_COMPARED], list(known), n=1, cutoff=0.0)), "")
