"""What is wrong with the rows of kengetallen.xlsx, all of it at once and each at its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from toolkit.kengetallen.indexing import CPI
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.records import (
    OPTIONAL_KEYS,
    YEAR_KEYS,
    check_index,
    check_unit_value,
    shape_errors,
    unknown_codes,
)
from toolkit.kengetallen.rules import AMOUNT_KEYS
from toolkit.kengetallen.trouble import LibraryError
from toolkit.kengetallen.wording import label, worded
from toolkit.method.plausibility.rows import named
from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.model.narrowing import as_list, as_number, as_text, as_texts, as_whole
from toolkit.model.unit_value import Change
from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import section, word
from toolkit.workbook.intake.library_rows import CODES, OPTIONAL_TEXTS, Row
from toolkit.workbook.layout.headings import above, heading
from toolkit.workbook.layout.library_book import PRICE_INDEX, UNIT_VALUES
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.reading.reader import Place, RawWorkbook

COLUMN_OF = {
    "library_unknown_party": "shares",
    "library_shares_do_not_fit": "shares",
    "library_share_above_whole": "shares",
    "library_transfer_does_not_cancel": "shares",
    "library_range_out_of_order": "amount",
    "library_range_reversed": "low",
    "library_price_year_too_early": "price_year",
    "library_duration_does_not_fit": "max_duration",
    "library_amount_not_expected": "amount_is",
    "library_unknown_kengetal": "overlaps",
}
"""In which column an error shows that names no key of its own."""
ASKED_BY_THE_FORM = ("unit", "counting")
"""Traits on which the question in the form rests; with another one its answers would mean something else."""
LEAST_FILLED = 8
"""A row with fewer cells filled is one that somebody only began, or a remark below the table."""
NEEDED = tuple(f.code for f in UNIT_VALUES.columns if f.code not in (*OPTIONAL_KEYS, *OPTIONAL_TEXTS, CODES))
TINY_CHANGE = 0.05
"""Per cent below which a price change is most likely a part of 1: the source gives one decimal."""


def missing(raw: RawWorkbook) -> Iterator[Finding]:
    """Tables and columns that are no longer there: without them every row would lack something."""
    for block in (UNIT_VALUES, PRICE_INDEX):
        place = raw.place_of(block)
        facts = {"table": above(block)}
        if place is None:
            yield Finding(STOP, "unit_values_table_missing", "", facts, raw.path.name)
            continue
        for field in block.columns:
            if field.code not in place.columns:
                facts = {"key": heading(block, field.code), "code": field.code}
                where = f"{place.sheet}!{column_letters(place.code_column)}{place.row}"
                yield Finding(STOP, "unit_values_column_missing", where, facts, raw.path.name)


def value_findings(values: list[Row]) -> Iterator[Finding]:
    """What is wrong with each unit value on its own and beside the others."""
    first: dict[object, Row] = {}
    known = {as_text(row.record["code"]) for row in values if "code" in row.record}
    for row in values:
        code = row.record.get("code")
        if code is not None and first.setdefault(code, row) is not row:
            facts = {"code": code, "first": first[code].cells["code"].rpartition("!")[2]}
            yield Finding(STOP, "unit_values_code_twice", row.cells["code"], facts)
        if len(row.filled) < LEAST_FILLED:
            yield _unfinished(row)
            continue
        record = row.as_record()
        errors = check_unit_value(record)[1]
        if not any(error.facts.get("key") == "overlaps" for error in errors):
            errors += unknown_codes(row.name, as_list(record.get("overlaps", ())), known)
        yield from told(UNIT_VALUES, row, errors)


def _unfinished(row: Row) -> Finding:
    """One finding for a row that somebody only began; one for each empty cell would hide the others."""
    names = {field.code: heading(UNIT_VALUES, field.code) for field in UNIT_VALUES.columns}
    facts = {
        "found": ", ".join(names[key] for key in row.filled),
        "missing": ", ".join(names[key] for key in NEEDED if key not in row.filled),
    }
    return Finding(STOP, "unit_values_row_unfinished", row.cells[row.filled[0]], facts)


def told(
    block: Block,
    row: Row,
    errors: list[LibraryError],
    columns: Mapping[str, str] = COLUMN_OF,
    reasons: str = "cell_reasons",
) -> Iterator[Finding]:
    """Errors of one row at their cells. What stands in a cell that could not be read is told already.

    columns: in which column an error shows that names no key.  reasons: of words/messages.toml, why a cell
    may not be empty; an empty one without a reason there follows from another.
    """
    silent = set(row.wrong) | (set(AMOUNT_KEYS) if "amount_is" in row.wrong else set())
    for error in errors:
        key = as_text(error.facts.get("key") or columns.get(error.code, "code"))
        if error.code == "library_missing_key" and (
            key in silent or key not in section(f"messages.{reasons}")
        ):
            continue
        facts = worded(error.facts) | {"where": row.name}
        code = error.code
        if "key" in facts:
            facts["key"] = heading(block, key)
        if "allowed" in facts:
            facts["allowed"] = ", ".join(map(label, as_texts(error.facts["allowed"])))
        if "keys" in facts:
            facts["keys"] = ", ".join(heading(block, k) for k in as_texts(error.facts["keys"]))
        if code == "library_missing_key":
            code = "unit_values_cell_empty"
            facts["reason"] = word(f"messages.{reasons}.{key}")
        yield Finding(STOP, code, row.cells[key], facts)


def newest_check(values: list[Row]) -> str:
    """The day of the newest check of a source, which is the version of the workbook."""
    days = (row.record.get("checked_on") for row in values)
    return max((day for day in days if isinstance(day, date)), default=date.min).isoformat()


def added_since(values: list[Row], base: Library, changes: Iterable[Change]) -> tuple[str, ...]:
    """Codes that a change needs and that came into the library after the workbook was last checked."""
    here, newest = {row.record.get("code") for row in values}, newest_check(values)
    needed = (part.kengetal for change in changes for part in change.parts)
    gone = dict.fromkeys(code for code in needed if code not in here and code in base.unit_values)
    return tuple(code for code in gone if base.unit_values[code].checked_on > newest)


def needed_findings(
    values: list[Row], base: Library, place: Place, changes: Collection[Change]
) -> Iterator[Finding]:
    """What the changes in the form need: the unit values of `base` they rest on, counted as the form asks.

    place: where the table of unit values stands.
    """
    used: dict[str, list[str]] = {}
    for change in changes:
        for part in change.parts:
            if part.kengetal in base.unit_values:
                used.setdefault(part.kengetal, []).append(change.name)
    here = {row.record.get("code"): row for row in reversed(values)}
    added = [str(code) for code in here if code not in base.unit_values]
    later = added_since(values, base, changes)
    if later:
        names = named(base.unit_values[code].name for code in later)
        yield Finding(INFO, "unit_values_added_since", "", {"values": names})
    header = f"{place.sheet}!{column_letters(place.columns['code'])}{place.row + 1}"
    for code, picked in used.items():
        if code in later:
            continue
        if code not in here:
            near = next(iter(get_close_matches(code, added, n=1)), "")
            facts = {
                "code": code,
                "name": base.unit_values[code].name,
                "changes": named(picked),
                "nearest": near,
            }
            finding = "unit_values_code_renamed" if near else "unit_values_code_gone"
            yield Finding(STOP, finding, here[near].cells["code"] if near else header, facts)
            continue
        row, known = here[code], base.unit_values[code]
        for key in ASKED_BY_THE_FORM:
            found, asked = row.record.get(key), getattr(known, key)
            if found is not None and str(found).casefold() != asked.casefold():
                said = {"asked": asked, "changes": named(picked)}
                told = {"where": code, "key": heading(UNIT_VALUES, key), "found": found, **said}
                yield Finding(STOP, "unit_values_asked_otherwise", row.cells[key], told)


def year_findings(years: list[Row]) -> Iterator[Finding]:
    """What is wrong with the price index: each year on its own, and years that are missing or there twice."""
    by_year: dict[int, list[Row]] = {}
    for row in years:
        yield from told(PRICE_INDEX, row, shape_errors(CPI, row.record, YEAR_KEYS))
        if "year" in row.record:
            by_year.setdefault(as_whole(row.record["year"]), []).append(row)
        change = as_number(row.record.get("change", 0.0))
        if change and abs(change) < TINY_CHANGE:
            tiny = {"found": change, "meant": change * 100}
            yield Finding(WARN, "unit_values_change_tiny", row.cells["change"], tiny)
    if any("year" not in row.record for row in years):
        return
    found = [{"year": year, "change": 0, "source": CPI, "provisional": False} for year in by_year]
    for error in check_index({CPI: found})[1]:
        wrong = as_whole(error.facts["year"])
        later = next((by_year[year] for year in sorted(by_year) if year > wrong), None)
        yield Finding(STOP, error.code, later[0].cells["year"] if later else "", error.facts)
    for year, (first, *others) in by_year.items():
        facts = {"year": year, "first": first.cells["year"].rpartition("!")[2]}
        yield from (Finding(STOP, "unit_values_year_twice", row.cells["year"], facts) for row in others)
