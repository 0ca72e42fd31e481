"""Sheet Veranderingen of kengetallen.xlsx: its rows become changes, with or without a price, or findings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from toolkit.kengetallen.library import Library
from toolkit.kengetallen.picked import READBACKS, check_change
from toolkit.kengetallen.trouble import LibraryError
from toolkit.model.finding import STOP, Finding
from toolkit.model.narrowing import as_number, as_tables, as_text
from toolkit.model.unit_value import Change, UnitValue, counts_people
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.library_findings import told
from toolkit.workbook.intake.library_rows import Row
from toolkit.workbook.layout.library_book import CHANGES, USUAL
from toolkit.workbook.reading.reader import RawWorkbook

COLUMN_OF = {
    "library_unknown_kengetal": "parts",
    "library_countings_differ": "parts",
    "library_factor_zero": "parts",
    "library_counts_differ": "unit",
    "library_usual_of_people": "usual_mode",
    "library_usual_of_care": "usual_mode",
    "library_usual_out_of_order": "usual_mode",
}
"""In which column an error shows that names no key of its own."""
ASKED_COLUMN = "counts"
"""Column that the sheet did not have when it was there to read only."""


def is_asked(raw: RawWorkbook) -> bool:
    """Tell whether the workbook has changes to edit; in an older one they stood there to be read."""
    place = raw.place_of(CHANGES)
    return place is not None and ASKED_COLUMN in place.columns


def changes(
    rows: Iterable[Row], sound: Mapping[str, UnitValue], codes: Iterable[str], base: Library
) -> tuple[list[Change], list[Finding]]:
    """The changes of the rows, and what is wrong with each on its own and beside the others.

    sound, codes: the unit values of the workbook in which nothing is wrong, and all that it has. What is
    wrong with one, or that one of `base` is gone, is told on the sheet of the unit values and not here.
    """
    known_codes = {*codes, *base.unit_values}
    found: list[Change] = []
    findings: list[Finding] = []
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        record = _record(row, base)
        for key in ("code", "name"):
            known = key, as_text(record.get(key, "")).casefold()
            if known[1] and first.setdefault(known, row) is not row:
                findings.append(_twice(row, key, first[known]))
                break
        change, errors = check_change(record, sound, known_codes)
        findings += told(CHANGES, row, [*errors, *_unfinished(row)], COLUMN_OF, "change_reasons")
        if change is not None:
            found.append(change)
    return found, findings


def _twice(row: Row, key: str, first: Row) -> Finding:
    """The key of a row that has none is made of its name, so it is told there."""
    shown = key if key in row.record else "name"
    facts = {"found": row.record.get(shown, ""), "first": first.cells[shown].rpartition("!")[2]}
    return Finding(STOP, "change_twice", row.cells[shown], facts)


def _unfinished(row: Row) -> Iterator[LibraryError]:
    """Cells of the usual quantity that are empty beside one that is not."""
    if any(key in row.filled for key in (*USUAL, "usual_source")):
        empty = [key for key in USUAL if key not in row.filled]
        yield from (LibraryError("library_missing_key", {"where": row.name, "key": key}) for key in empty)


def _record(row: Row, base: Library) -> dict[str, object]:
    """What check_change judges: what was left empty is made of the name and of what is counted."""
    typed = row.record
    record = {key: value for key, value in typed.items() if key not in USUAL}
    if "name" in typed:
        record.setdefault("code", _code(as_text(typed["name"])))
    if all(key in typed for key in USUAL):
        record["usual"] = {key.removeprefix("usual_"): typed[key] for key in USUAL}
    record["parts"] = _with_notes(typed, base)
    record["displacement"] = as_number(typed.get("displacement", 0)) / 100
    record.setdefault("watch_for", word("form.screen.change_watch_for"))
    if "unit" in typed and not counts_people(unit := as_text(typed["unit"])):
        record.setdefault("unit_short", unit.removesuffix(word("form.screen.in_the_year")).rstrip(", "))
    for key, text in _read_back(typed):
        record.setdefault(key, text)
    return record


def _code(name: str) -> str:
    """A key for a change that has none, made of its name.

    >>> _code("Minder ruzie, één keer")
    'eigen_minder_ruzie_een_keer'
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "_".join(["eigen", *re.findall("[a-z0-9]+", plain)])


def _with_notes(typed: Mapping[str, object], base: Library) -> list[dict[str, object]]:
    """The parts; why a part belongs to a change is not asked, and stays as long as the part does."""
    code = typed.get("code")
    known = base.changes.get(code) if isinstance(code, str) else None
    notes = {(part.kengetal, part.factor): part.note for part in known.parts} if known else {}
    parts = as_tables(typed.get("parts", ()))
    return [{**p, "note": notes.get((as_text(p["kengetal"]), as_number(p["factor"])), "")} for p in parts]


def _read_back(typed: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """How the form reads a change back where the municipality did not say so."""
    if not {"name", "counts"} <= typed.keys():
        return
    many = as_text(typed["counts"])
    one = word(f"form.counted_one.{many}")
    name, more = (_inside(as_text(typed[key])) if key in typed else "" for key in ("name", "name_more"))
    opposite = more or word("form.screen.opposite_of", name=name)
    for key, counted, said in zip(READBACKS, (many, one) * 2, (name, name, opposite, opposite), strict=True):
        yield key, word("form.screen.read_back", counted=counted, said=said)


def _inside(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
