"""Reads a workbook with unit values back into a library, or tells everything that is wrong with it."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from toolkit.kengetallen.indexing import CPI
from toolkit.kengetallen.library import Library, check_library
from toolkit.kengetallen.picked import ordered
from toolkit.kengetallen.records import check_unit_value
from toolkit.kengetallen.trouble import LibraryError
from toolkit.kengetallen.wording import worded
from toolkit.model.finding import INFO, STOP, Finding, stops
from toolkit.model.unit_value import Change
from toolkit.opc.references import split_reference
from toolkit.workbook.intake.library_changes import changes, is_asked
from toolkit.workbook.intake.library_findings import (
    added_since,
    missing,
    needed_findings,
    newest_check,
    value_findings,
    year_findings,
)
from toolkit.workbook.intake.library_rows import Row, rows
from toolkit.workbook.layout import LIBRARY_BOOK
from toolkit.workbook.layout.library_book import CHANGES, PRICE_INDEX, UNIT_VALUES
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.opening.sheets import sheets
from toolkit.workbook.reading.reader import RawWorkbook, read


def read_library(path: Path, base: Library) -> tuple[Library | None, list[Finding]]:
    """Read kengetallen.xlsx: its unit values, its price index and what can be picked.

    An older one has nothing to pick of its own: that comes from `base`. The version is the day of the newest
    check. Findings that do not stop are notes about how cells were read. Raises FileRefused where the file
    cannot be read at all.
    """
    raw = read(path, LIBRARY_BOOK)
    findings = list(missing(raw))
    if findings:
        return None, findings
    values, findings = _rows(raw, UNIT_VALUES)
    years, more = _rows(raw, PRICE_INDEX)
    picked, of_changes = _changes(raw, values, base)
    findings += [*more, *of_changes]
    place = raw.place(UNIT_VALUES)
    told = [*value_findings(values), *needed_findings(values, base, place, picked), *year_findings(years)]
    findings += [replace(finding, file=path.name) for finding in told]
    findings.sort(key=_from_top_to_bottom)
    if stops(findings):
        return None, findings
    library, errors = _library(values, years, picked, base)
    findings += [Finding(STOP, error.code, "", worded(error.facts), path.name) for error in errors]
    return library, findings


def _changes(raw: RawWorkbook, values: list[Row], base: Library) -> tuple[list[Change], list[Finding]]:
    """What can be picked, or that of `base` where the workbook is from before it could be edited."""
    if not is_asked(raw):
        told = Finding(INFO, "changes_of_program", "", {}, raw.path.name)
        return [*base.changes.values(), *base.unpriced.values()], [told]
    rows, findings = _rows(raw, CHANGES)
    sound = (check_unit_value(row.as_record())[0] for row in values)
    known = {entry.unit_value.code: entry.unit_value for entry in sound if entry}
    found, more = changes(rows, known, [row.name for row in values], base)
    return found, [*findings, *(replace(finding, file=raw.path.name) for finding in more)]


def _library(
    values: list[Row], years: list[Row], picked: list[Change], base: Library
) -> tuple[Library | None, list[LibraryError]]:
    """The rows as a library, with what can be picked and the other series of `base`.

    A row holds the newest amount. One that was left as it is in `base` keeps the amounts of earlier years
    that are there; one that was changed holds in every year. What `base` has since is added. What a unit
    value is called in the other direction is not asked, and stays.
    """
    more = {code: {"name_more": v.name_more} for code, v in base.unit_values.items() if v.name_more}
    records = [row.as_record() | more.get(row.name, {}) for row in values]
    series = {name: [asdict(year) for year in found] for name, found in base.index.series.items()}
    series[CPI] = [row.record for row in years]
    library, errors = check_library(newest_check(values), records, [], series)
    if library is None:
        return None, errors
    same = [code for code, value in library.unit_values.items() if value == base.unit_values.get(code)]
    added = added_since(values, base, picked)
    kept = library.with_entries({code: base.entries[code] for code in (*same, *added)})
    priced, unpriced = ordered(picked)
    return replace(kept, changes=priced, unpriced=unpriced, peers=base.peers, lapsed=base.lapsed), errors


def _rows(raw: RawWorkbook, block: Block) -> tuple[list[Row], list[Finding]]:
    home = raw.place(block).sheet
    return rows(raw, block, next(cells for name, cells in sheets(raw.path) if name == home))


def _from_top_to_bottom(finding: Finding) -> tuple[str, tuple[int, int]]:
    """Findings of one row together, in the order of the sheet."""
    sheet, _, cell = finding.where.partition("!")
    return sheet, split_reference(cell) if cell else (0, 0)
