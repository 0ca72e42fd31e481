"""Builds what the docs take from the code: keys, parties, the JSON schema, and the library of unit values.

Run it after a change of the contract, of the parties, of their words or of the library:
python scripts/build_docs.py
"""

from __future__ import annotations

from pathlib import Path

import _library_page as library_page

from toolkit.exchange.contract import DOCUMENT, RANGE, Entries, Items, Key, Ranged, Shape, Table
from toolkit.exchange.schema import write_schema
from toolkit.kengetallen.library import load_library
from toolkit.model.kinds import Choice, Flag, Number, Text, Whole
from toolkit.model.study import PARTY_GROUPS
from toolkit.words.vocabulary import word

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, METHOD, SCHEMA = DOCS / "json.md", DOCS / "methode.md", DOCS / "json-schema.json"
LIBRARY = DOCS / "kengetallen.md"
BEGIN, END = "<!-- begin sleutels -->\n", "<!-- eind sleutels -->\n"
PARTIES_BEGIN, PARTIES_END = "<!-- begin partijen -->\n", "<!-- eind partijen -->\n"
LIBRARY_BEGIN, LIBRARY_END = "<!-- begin kengetallen -->\n", "<!-- eind kengetallen -->\n"
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


def parties_text() -> str:
    """Which parties each group has, as docs/methode.md holds it."""
    members: dict[str, list[str]] = {}
    for party, group in PARTY_GROUPS.items():
        members.setdefault(group, []).append(word(f"form.parties.{party}"))
    rows = (f"| {word(f'form.groups.{group}')} | {'; '.join(names)} |\n" for group, names in members.items())
    return "| Groep | Partijen |\n|---|---|\n" + "".join(rows)


def page(text: str) -> str:
    """The page about JSON with the tables as they should be now."""
    return _between(text, BEGIN, END, keys_text())


def method(text: str) -> str:
    """The page about the method with the parties as they are now."""
    return _between(text, PARTIES_BEGIN, PARTIES_END, parties_text())


def library(text: str) -> str:
    """The page about the library with the unit values, series and peers as they are now."""
    return _between(text, LIBRARY_BEGIN, LIBRARY_END, library_page.text(load_library()))


def _between(text: str, begin: str, end: str, made: str) -> str:
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{made}\n{end}{after}"


if __name__ == "__main__":
    for path, build in ((PAGE, page), (METHOD, method), (LIBRARY, library)):
        path.write_text(build(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    write_schema(SCHEMA)
