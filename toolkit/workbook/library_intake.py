"""Reads a workbook with unit values back into a library, or tells everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from toolkit.kengetallen.indexing import CPI
from toolkit.kengetallen.library import Library, check_library
from toolkit.kengetallen.records import (
    OWN_AMOUNT,
    UNIT_VALUE_KEYS,
    YEAR_KEYS,
    LibraryError,
    check_unit_value,
    shape_errors,
    unknown_codes,
)
from toolkit.model.finding import STOP, Finding
from toolkit.words.vocabulary import word
from toolkit.workbook.headings import heading
from toolkit.workbook.layout import LIBRARY_BOOK
from toolkit.workbook.package import column_letters
from toolkit.workbook.raw_cells import Cells, finite, sheets
from toolkit.workbook.reader import Place, read

VALUES, YEARS = "KB", "KI"
COLUMN_OF = {
    "library_shares_do_not_fit": "shares",
    "library_range_out_of_order": "amount",
    "library_price_year_too_early": "price_year",
    "library_duration_does_not_fit": "max_duration",
    "library_unknown_kengetal": "overlaps",
}
"""In which column an error shows that names no key of its own."""

_SHARE = re.compile(r"([a-z_]+)\s*=\s*(-?\d+(?:[.,]\d+)?)")
_BETWEEN = re.compile(r"[,;]\s*(?=[a-z_])")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table: what its cells say, by key, and where each cell stands."""

    record: dict[str, object]
    cells: Mapping[str, str]
    first: str

    def cell(self, key: str) -> str:
        """The cell of a key, or the first cell of the row where that column is gone."""
        return self.cells.get(key, self.first)


def read_library(path: Path, base: Library) -> tuple[Library | None, list[Finding]]:
    """Read kengetallen.xlsx: its unit values and its price index; what can be picked comes from `base`.

    The version is the day of the newest check, with the name of the file. Raises WorkbookRefused
    where the file cannot be read at all.
    """
    raw = read(path, LIBRARY_BOOK)
    findings: list[Finding] = []
    missing = [code for code in (VALUES, YEARS) if code not in raw.places]
    for code in missing:
        facts = {"table": word(f"form.blocks.{code}")}
        findings.append(Finding(STOP, "unit_values_table_missing", "", facts, path.name))
    if missing:
        return None, findings
    wanted = {raw.places[code].sheet for code in (VALUES, YEARS)}
    cells = {name: cells for name, cells in sheets(path) if name in wanted}
    values = list(_rows(cells, raw.places[VALUES], UNIT_VALUE_KEYS))
    years = list(_rows(cells, raw.places[YEARS], YEAR_KEYS))
    codes = {row.record["code"] for row in values if isinstance(row.record.get("code"), str)}
    for row in values:
        errors = check_unit_value(row.record)[1]
        if not any(error.facts.get("key") == "overlaps" for error in errors):
            errors += unknown_codes(row.record.get("code", ""), row.record.get("overlaps", ()), codes)
        findings += [_finding(path, VALUES, row, error) for error in errors]
    for row in years:
        findings += [_finding(path, YEARS, row, e) for e in shape_errors(CPI, row.record, YEAR_KEYS)]
    if findings:
        return None, findings
    return _whole(path, base, values, years)


def _whole(
    path: Path, base: Library, values: list[_Row], years: list[_Row]
) -> tuple[Library | None, list[Finding]]:
    """Judge the rows together: codes twice or unknown, and years that do not follow each other."""
    changes = [asdict(change) for change in base.changes.values()]
    changes = [change | {"parts": list(change["parts"])} for change in changes]
    series = {name: [asdict(year) for year in found] for name, found in base.index.series.items()}
    newest = max((row.record["checked_on"] for row in values), default=dt.date.min)
    version = word("form.screen.library_of_file", version=newest.isoformat(), file=path.name)
    library, errors = check_library(
        version,
        [row.record for row in values],
        changes,
        series | {CPI: [row.record for row in years]},
    )
    if library is not None:
        return replace(library, peers=base.peers), []
    by_code = {row.record["code"]: row for row in values}
    return None, [_finding(path, VALUES, by_code.get(error.facts.get("where")), error) for error in errors]


def _rows(sheets: Mapping[str, Cells], place: Place, keys: Mapping[str, str]) -> Iterator[_Row]:
    """Every row below the header in which something was filled in."""
    cells = sheets[place.sheet]
    columns = {key: number for key, number in place.columns.items() if key in keys}
    for line, row in enumerate(cells[place.row + 1 :], start=place.row + 2):
        held = {key: finite(row[number - 1]) if len(row) >= number else "" for key, number in columns.items()}
        held = {key: value.strip() if isinstance(value, str) else value for key, value in held.items()}
        if all(value == "" for value in held.values()):
            continue
        record = {key: _typed(keys[key], value) for key, value in held.items()}
        if record.get("amount_is") == OWN_AMOUNT and record.get("amount") is None:
            # the year beside an amount that is still to be given says when the row was made
            record.pop("price_year", None)
        yield _Row(
            {key: value for key, value in record.items() if value is not None},
            {key: f"{place.sheet}!{column_letters(number)}{line}" for key, number in columns.items()},
            f"{place.sheet}!{column_letters(place.code_column)}{line}",
        )


def _typed(kind: str, value: object) -> object:
    """What a cell says as the kind that is asked; as it stands where it is something else; None for empty."""
    if value == "":
        return {"text": "", "codes": []}.get(kind)
    if isinstance(value, float):
        if kind in ("text", "filled_text"):
            return f"{value:g}"
        return int(value) if value.is_integer() and kind in ("whole", "year") else value
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    if kind == "date":
        return _date(value)
    if kind == "codes":
        return [code for code in re.split(r"[,;\s]+", value) if code]
    if kind == "shares":
        return _shares(value)
    if kind == "flag":
        return {word("form.lists.yes_no.yes"): True, word("form.lists.yes_no.no"): False}.get(value, value)
    return value


def _date(text: str) -> object:
    numbers = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", text)
    try:
        if numbers:
            return dt.date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _shares(text: str) -> object:
    """'gemeente=0.7, persoon=0.3' as a table; a party named twice and anything else stays text."""
    found = [_SHARE.fullmatch(part.strip()) for part in _BETWEEN.split(text)]
    if not all(found) or len({match[1] for match in found}) < len(found):
        return text
    return {match[1]: float(match[2].replace(",", ".")) for match in found}


def _finding(path: Path, table: str, row: _Row | None, error: LibraryError) -> Finding:
    """An error of the library at its cell, its facts in the words of the sheet."""
    facts = dict(error.facts)
    key = facts.get("key") or COLUMN_OF.get(error.code, "code")
    if row is not None:
        facts["where"] = facts.get("where") or row.record.get("code") or row.cell("code").partition("!")[2]
    if "key" in facts:
        facts["key"] = heading(table, key)
    if "expected" in facts:
        facts["expected"] = word(f"messages.cell_kinds.{facts['expected']}")
    if isinstance(facts.get("allowed"), tuple):
        facts["allowed"] = ", ".join(facts["allowed"])
    if isinstance(facts.get("shares"), Mapping):
        facts["shares"] = ", ".join(f"{party}={share:g}" for party, share in facts["shares"].items())
    return Finding(STOP, error.code, row.cell(key) if row else "", facts, path.name)
