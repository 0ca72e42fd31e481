"""Holds parsed JSON against the kinds of the contract and notes everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from toolkit.exchange.contract import FILLED, RANGE, Entries, Items, Ranged, Shape, Table
from toolkit.exchange.parsing import JsonObject, NotFinite, child, shown
from toolkit.model import kinds
from toolkit.model.estimate import Estimate
from toolkit.model.finding import STOP, Finding
from toolkit.model.kinds import LIMIT, Choice, Flag, Kind, Number, Text, Whole
from toolkit.model.narrowing import Given, as_a, as_list, as_number

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

    def value(self, kind: Shape, value: object, where: str) -> object:
        """The value as the engine wants it, or None where it does not fit (a finding tells why)."""
        if isinstance(value, NotFinite):
            self.note("json_not_finite", where, value=value.written)
            return None
        match kind:
            case Kind():
                return self._single(kind, value, where)
            case Ranged():
                return self._ranged(kind, value, where)
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

    def _single(self, kind: Kind, value: object, where: str) -> object:
        """A value that holds no others: a text, a flag, a choice or a number."""
        if isinstance(kind, Text) and isinstance(value, str) and not _is_printable(value):
            self.note("json_unprintable", where, value=shown(value))
            return None
        meant = value
        if isinstance(kind, Whole) and isinstance(value, float) and value.is_integer():
            meant = int(value)  # JSON has one sort of numbers
        if wrong := kind.fault(meant):
            code, facts = _told(kind, wrong, value)
            self.add(code, where, facts)
            return None
        return float(as_number(meant)) if isinstance(kind, Number) else meant

    def _ranged(self, kind: Ranged, value: object, where: str) -> Estimate | None:
        if isinstance(value, JsonObject):
            return self._range(kind, value, where)
        number = self._single(kind.number, value, where)
        return None if number is None else Estimate(as_number(number), cell=where)

    def _range(self, kind: Ranged, given: JsonObject, where: str) -> Estimate | None:
        """An estimate with its range: bounds that hold the mode, positive where lognormal."""
        found = self.table(RANGE, given, where)
        if found is None:
            return None
        for key in ("mode", "low", "high"):
            if found[key] is not None:
                found[key] = self.value(kind.number, given[key], child(where, key))
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
            if self._single(FILLED, key, child(where, key)) is not None:
                found[key] = self.value(kind.value, content, child(where, key))
        return found


def _told(kind: Kind, wrong: str, value: object) -> tuple[str, dict[str, object]]:
    """The code of what is said about a value that does not fit, and the facts of that sentence."""
    found: dict[str, object] = {"value": shown(value)}
    match kind:
        case Text():
            return ("json_empty_text", {}) if wrong == kinds.EMPTY else ("json_not_text", found)
        case Flag():
            return "json_not_a_flag", found
        case Choice():
            allowed = ", ".join(f'"{option}"' for option in kind.options)
            return "json_not_in_list", found | {"allowed": allowed}
        case Whole() if wrong in (kinds.TOO_LOW, kinds.TOO_HIGH):
            return "json_out_of_range", found | {"low": kind.low, "high": kind.high}
        case Whole():
            return "json_not_whole", found
        case _ if wrong == kinds.NOT_A_NUMBER:
            return "json_not_a_number", found
        case kinds.SHARE:
            return "json_not_a_share", found
        case _ if abs(as_number(value)) > LIMIT:
            return "json_too_large", {}
    return "json_negative", found


def _is_printable(text: str) -> bool:
    return not any((c < " " and c not in "\n\t") or "\ud800" <= c <= "\udfff" for c in text)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`.

    >>> nearest("horzion", ("name", "horizon", "currency"))
    'horizon'
    """
    return next(iter(get_close_matches(name[:_LONGEST_COMPARED], list(known), n=1, cutoff=0.0)), "")
