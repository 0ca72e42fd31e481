"""JSON text to plain values, with what the language allows and the contract does not still visible."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from toolkit.model.finding import STOP, Finding
from toolkit.model.narrowing import as_a
from toolkit.words.personal import is_personal
from toolkit.words.vocabulary import word

_PLAIN_KEY = re.compile(r"[A-Za-z_]\w*")
_LONGEST_SHOWN = 60
_LONGEST_WHOLE = 18
"""Digits of a whole number that are read as such; more are read as a float, which may be infinite."""


class JsonObject(dict[str, object]):
    """A JSON object that remembers which of its keys were written more than once."""

    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFinite:
    """NaN, Infinity or -Infinity as written in the file."""

    written: str


def parse(text: str) -> tuple[object, Finding | None]:
    """Read JSON text: the value, or what is wrong with the text itself.

    >>> parse('{"a": [1, 2.5]}')
    ({'a': [1, 2.5]}, None)
    >>> parse("[1,")[1].facts
    {'line': 1, 'column': 4}
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=NotFinite,
            parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_WHOLE else float(digits),
        )
    except json.JSONDecodeError as error:
        return None, Finding(STOP, "json_broken", "", {"line": error.lineno, "column": error.colno})
    except RecursionError:
        return None, Finding(STOP, "json_too_deep")
    return value, None


def load(path: Path) -> tuple[str, Finding | None]:
    """The text of a file, or why it cannot be read. A byte order mark is left out."""
    try:
        return path.read_bytes().decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", Finding(STOP, "json_not_utf8", file=path.name)
    except OSError:
        return "", Finding(STOP, "json_file_unreadable", file=path.name)


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    found = JsonObject(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(key for key in found if keys.count(key) > 1)
    return found


def _written(value: object) -> str:
    """What json.dumps cannot write by itself."""
    return as_a(NotFinite, value).written


def child(where: str, key: str | int) -> str:
    """The path of a key or an item.

    >>> child(child("$.effects", 2), "drop_off"), child("$", "a b")
    ('$.effects[2].drop_off', '$["a b"]')
    """
    if isinstance(key, int):
        return f"{where}[{key}]"
    return f"{where}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{where}[{shown(key)}]"


def shown(value: object) -> str:
    """A value as it may stand in a sentence: as JSON, shortened, safe to print.

    >>> shown("ja"), shown([1, True]), shown("x" * 100)[-5:], shown("bel 06-12345678")
    ('"ja"', '[1, true]', 'xx...', '(persoonsgegeven)')
    """
    text = json.dumps(value, ensure_ascii=False, default=_written)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if is_personal(text):
        return word("messages.shown.personal")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."
