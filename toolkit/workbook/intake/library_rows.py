"""The rows of a table of kengetallen.xlsx: every value typed and with its cell, or a finding there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.kengetallen import parts, shares
from toolkit.kengetallen.rules import OWN_AMOUNT
from toolkit.model.finding import STOP, Finding
from toolkit.opc.references import column_letters
from toolkit.workbook.intake.answers import Answers
from toolkit.workbook.layout.fields import Field
from toolkit.workbook.layout.headings import heading
from toolkit.workbook.layout.labels import LIBRARY_CHOICES, library_choices
from toolkit.workbook.layout.library_book import CHANGES, LIBRARY_LISTS, PRICE_INDEX, UNIT_VALUES
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.opening.sheets import Cells
from toolkit.workbook.reading.reader import Place, RawAnswer, RawWorkbook

SHARES, CODES, PARTS = "shares", "overlaps", "parts"
"""Columns whose text holds several things."""
CALLED: Mapping[Block, str] = {UNIT_VALUES: "code", PRICE_INDEX: "year", CHANGES: "name"}
"""What a finding calls a row of a table."""
OPTIONAL_TEXTS = ("task_field", "url", "note")
"""Columns that hold an empty text where nothing was typed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row in which something was filled in.

    record: what could be read, by key.  filled: keys of the cells that hold anything.
    called: the key of what a finding calls the row.
    """

    record: dict[str, object]
    filled: tuple[str, ...]
    cells: Mapping[str, str]
    called: str

    @property
    def wrong(self) -> frozenset[str]:
        """Keys in which something stands that is not what is asked; told already."""
        return frozenset(self.filled) - self.record.keys()

    @property
    def name(self) -> str:
        """What a finding calls the row: its code, name or year, or the cell where that belongs."""
        return str(self.record.get(self.called) or self.cells[self.called].rpartition("!")[2])

    def as_record(self) -> dict[str, object]:
        """What check_unit_value judges: the year beside an amount still to be given is no price year."""
        record = dict(self.record)
        if record.get("amount_is") == OWN_AMOUNT and not {"amount", "low", "high"} & record.keys():
            record.pop("price_year", None)
        return record


def rows(raw: RawWorkbook, block: Block, cells: Cells) -> tuple[list[Row], list[Finding]]:
    """Every row of a table below its header, in whatever order rows and columns stand, and what is wrong.

    cells: the whole sheet. A row needs no code of its own in front, so that a row which somebody inserted
    is not lost.
    """
    place = raw.place(block)
    held = dict(_filled(place, block, cells))
    answers = Answers(replace(raw, answers={}), _choices())
    found = []
    for line, values in held.items():
        where = {key: f"{place.sheet}!{column_letters(n)}{line}" for key, n in place.columns.items()}
        typed = {
            field.code: _take(answers, field, RawAnswer(values[field.code], where[field.code]))
            for field in block.columns
            if values[field.code] != ""
        }
        record = {key: value for key, value in typed.items() if value is not None}
        for key in (*OPTIONAL_TEXTS, CODES):
            if key in values and key not in typed:
                record[key] = [] if key == CODES else ""
        found.append(Row(record, tuple(typed), where, CALLED[block]))
    return found, answers.findings


def _filled(place: Place, block: Block, cells: Cells) -> Iterator[tuple[int, dict[str, object]]]:
    """Line and values by key of every row that holds something; the header row is none of them."""
    keys = [field.code for field in block.columns]
    header = {key: heading(block, key) for key in keys}
    for line, row in enumerate(cells[place.row :], start=place.row + 1):
        held = {key: row[n - 1] if len(row) >= (n := place.columns[key]) else "" for key in keys}
        held = {key: value.strip() if isinstance(value, str) else value for key, value in held.items()}
        filled = [key for key in keys if held[key] != ""]
        same = sum(held[key] == header[key] for key in filled)
        if filled and same * 2 <= len(filled):
            yield line, held


def _choices() -> dict[str, dict[str, object]]:
    """What can be picked per column, as people read it and as the library writes it."""
    return {
        name: library_choices(name) | {choice: choice for choice in LIBRARY_CHOICES.get(name, ())}
        for name in LIBRARY_LISTS
    }


def _take(answers: Answers, field: Field, answer: RawAnswer) -> object:
    """What a cell says as its field asks; None, and a finding, where it says something else."""
    value = answer.value
    if field.code == "task_field" and isinstance(value, float):
        # 6.2 is a name here, that a spreadsheet took for a number
        answer = replace(answer, value=f"{value:g}")
    if field.kind == "text" and isinstance(value, dt.date | dt.time | dt.timedelta):
        answers.note(STOP, "unit_values_date_for_text", answer.where)
        return None
    typed = answers.typed(field, answer)
    if not isinstance(typed, str) or field.code not in (SHARES, CODES, PARTS):
        return typed
    if field.code == CODES:
        return [code for code in re.split(r"[,;\s]+", typed) if code]
    if field.code == PARTS:
        read_parts = parts.from_text(typed)
        if read_parts is None:
            answers.note(STOP, "change_parts_unreadable", answer.where, found=typed)
        return read_parts
    read = shares.from_text(typed)
    if read is None:
        answers.note(STOP, "unit_values_shares_unreadable", answer.where, found=typed)
    return read
