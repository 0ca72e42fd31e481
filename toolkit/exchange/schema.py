"""The JSON Schema of a study, made from the same keys that reading follows."""

from __future__ import annotations

import json
from pathlib import Path

from toolkit.exchange.contract import DOCUMENT, RANGE, Entries, Items, Ranged, Shape, Table
from toolkit.model.kinds import Choice, Flag, Number, Text, Whole
from toolkit.words.vocabulary import word

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, object]:
    """The schema of a whole study; every key with its description in Dutch.

    What needs more than one key at once, such as shares that add up, only reading can check.
    """
    described = {"$schema": DIALECT, "title": word("exchange.title"), "description": word("exchange.intro")}
    return described | _table(DOCUMENT)


def schema_text() -> str:
    """The schema as the file in docs holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(path: Path) -> None:
    """Write the schema, with the line ends of Unix on every system."""
    path.write_text(schema_text(), encoding="utf-8", newline="\n")


def _table(table: Table, **bounds: dict[str, object]) -> dict[str, object]:
    """The schema of a table. bounds: of keys that hold a number, where it must lie here."""
    properties = {}
    for key, expected in table.keys.items():
        content = _kind(expected.kind)
        if expected.empty:
            content = {"anyOf": [content, {"type": "null"}]}
        properties[key] = {
            "description": word(f"exchange.{table.name}.{key}"),
            **content,
            **bounds.get(key, {}),
        }
    required = [key for key, expected in table.keys.items() if expected.required]
    fixed: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
    return fixed | ({"required": required} if required else {})


def _kind(kind: Shape) -> dict[str, object]:
    match kind:
        case Text(filled=True):
            return {"type": "string", "pattern": r"\S"}
        case Text():
            return {"type": "string"}
        case Flag():
            return {"type": "boolean"}
        case Choice():
            return {"enum": list(kind.options)}
        case Whole():
            return {"type": "integer", "minimum": kind.low, "maximum": kind.high}
        case Number():
            return {"type": "number"} | _bounds(kind)
        case Ranged():
            return _ranged(kind)
        case Items():
            return {"type": "array", "items": _kind(kind.item)}
        case Entries():
            return {"type": "object", "additionalProperties": _kind(kind.value)}
        case Table():
            return _table(kind)


def _bounds(kind: Number) -> dict[str, object]:
    return {"minimum": int(kind.low), "maximum": int(kind.high)}


def _ranged(kind: Ranged) -> dict[str, object]:
    """A number, or a table with its range."""
    bounds = _bounds(kind.number)
    table = _table(RANGE, mode=bounds, low=bounds, high=bounds)
    return {"anyOf": [_kind(kind.number), table | {"dependentRequired": {"low": ["high"], "high": ["low"]}}]}
