"""Builds what the docs take from the code: the tables of keys in docs/json.md, and docs/json-schema.json.

Run it after a change of toolkit/exchange/contract.py or its words: python scripts/build_docs.py
"""

from __future__ import annotations

from pathlib import Path

from toolkit.exchange.contract import DOCUMENT, RANGE, Entries, Items, Key, Ranged, Shape, Table
from toolkit.exchange.schema import write_schema
from toolkit.model.kinds import Choice, Flag, Number, Text, Whole
from toolkit.words.vocabulary import word

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, SCHEMA = DOCS / "json.md", DOCS / "json-schema.json"
BEGIN, END = "<!-- begin sleutels -->\n", "<!-- eind sleutels -->\n"
HEAD = "| Sleutel | Wat er past | Betekenis |\n|---|---|---|\n"


def tables(outermost: Table = DOCUMENT) -> list[Table]:
    """The outermost table, every table inside it in order of first mention, and the range."""
    found: list[Table] = [outermost]
    for table in found:
        for key in table.keys.values():
            kind = key.kind
            while isinstance(kind, Items | Entries):
                kind = kind.item if isinstance(kind, Items) else kind.value
            if isinstance(kind, Table) and kind not in found:
                found.append(kind)
    return [*found, RANGE]


def shown(kind: Shape) -> str:
    """What fits a key, in Dutch."""
    match kind:
        case Text():
            return "tekst"
        case Flag():
            return "`true` of `false`"
        case Choice():
            return ", ".join(f"`{option}`" for option in kind.options)
        case Whole():
            return f"heel getal, {kind.low} tot en met {kind.high}"
        case Number():
            return _number(kind)
        case Ranged():
            return f"{_number(kind.number)}, of bandbreedte"
        case Items():
            return f"lijst {'per jaar ' if kind.per_year else ''}van: {shown(kind.item)}"
        case Entries():
            return f"object met vrije sleutels: {shown(kind.value)}"
        case Table():
            return f"[{kind.name}](#{kind.name})"


def _number(kind: Number) -> str:
    """A number with its bounds."""
    bounds = {(0, 1): "aandeel, 0 tot en met 1"}.get((kind.low, kind.high))
    return bounds or ("getal vanaf 0" if kind.low == 0 else "getal")


def _row(table: Table, name: str, key: Key) -> str:
    star, fits = "*" if key.required else "", shown(key.kind) + (" of `null`" if key.empty else "")
    return f"| `{name}`{star} | {fits} | {word(f'exchange.{table.name}.{name}')} |\n"


def keys_text() -> str:
    """The tables of all keys, as docs/json.md holds them."""
    parts = []
    for table in tables():
        rows = "".join(_row(table, name, key) for name, key in table.keys.items())
        parts.append(f"### {table.name}\n\n{HEAD}{rows}")
    return "\n".join(parts)


def page(text: str) -> str:
    """The page with the tables as they should be now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{keys_text()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    write_schema(SCHEMA)
