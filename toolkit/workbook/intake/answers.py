"""A raw answer becomes a value of the asked type, or a finding at its cell. Never a guess."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
import unicodedata
from collections.abc import Mapping

from toolkit.kengetallen.library import Library
from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.model.kinds import NOT_WHOLE, Whole
from toolkit.model.narrowing import Given, as_number
from toolkit.opc.references import column_letters
from toolkit.words.dutch import plain
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.fields import KEPT, SHARE, YEAR, Field
from toolkit.workbook.layout.labels import default_said, label
from toolkit.workbook.layout.lists import CHOICES, OTHER
from toolkit.workbook.layout.parts import Block, table_code
from toolkit.workbook.layout.portfolio import LETTER
from toolkit.workbook.opening.unread import ERROR, MERGED
from toolkit.workbook.reading.raw import RawAnswer, RawWorkbook
from toolkit.workbook.reading.showing import as_text, error_shown, is_error, shown

UNKNOWN = object()
"""The answer 'weet ik niet'."""

_NUMBER_TEXT = re.compile(
    r"(?:€ ?)?(?P<whole>[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+))"
    r"(?:,(?P<decimals>[0-9]+)|,-{1,2})?(?P<percent> ?%)?"
)
_LONGEST_TEXT, _LONGEST_NUMBER, _LONGEST_COMPARED = 2000, 40, 200
_MOST_NAMED = 8
"""A list of at most so many choices is named in full in a sentence."""
_NUMERIC = ("number", "whole", "year", "euro", "share")


class Answers:
    """Typed answers of one workbook; every problem is noted in `findings`."""

    def __init__(self, raw: RawWorkbook, lists: Mapping[str, Mapping[str, object]]) -> None:
        """lists: per list name, the Dutch label -> value, for lists that depend on the file."""
        self.raw, self.lists = raw, dict(lists)
        self.findings: list[Finding] = []

    def note(self, level: str, code: str, where: str, **facts: object) -> None:
        """Add a finding about this workbook."""
        self.findings.append(Finding(level, code, where, facts, self.raw.path.name))

    def cell(self, row: str, column: str) -> str:
        """Where an answer stands, or '' where its row or column is gone."""
        answer = self.raw.get(row, column)
        return answer.where if answer else ""

    def where(self, block: Block, field: str) -> str:
        """Where a single question is answered, or '' where it is gone."""
        return self.cell(block.question(field).code, "answer")

    def stopped(self, block: Block) -> bool:
        """True where something on the sheet of a block stops, or where the block is not there."""
        place = self.raw.place_of(block)
        return place is None or any(
            f.level == STOP and f.where.rpartition("!")[0] == place.sheet for f in self.findings
        )

    def is_empty(self, row: str, column: str) -> bool:
        """True where a cell is there and nothing at all stands in it."""
        return self.raw.get(row, column) is not None and not self._holds(row, column)

    def is_unknown(self, row: str, column: str) -> bool:
        """True where a cell says 'weet ik niet'."""
        return _is_unknown(self.raw.value(row, column))

    def filled(self, row: str, columns: tuple[Field, ...]) -> bool:
        """True where at least one input cell of a row holds something."""
        return any(self._holds(row, f.code) for f in columns if f.asked)

    def _holds(self, row: str, column: str) -> bool:
        answer, why = self.raw.get(row, column), self.raw.unread.get((row, column))
        return (answer is not None and answer.value is not None) or (why is not None and why.code != MERGED)

    def take(self, row: str, field: Field, column: str = "") -> object:
        """The value of one answer: its type, UNKNOWN, or None where it is empty or wrong.

        A column or a whole table that is gone is told once, by `structure`.
        """
        column = column or field.code
        answer = self.raw.get(row, column)
        if answer is None:
            block = self.raw.places.get(table_code(row))
            is_later = self.raw.is_later(row, column)
            if field.required and block is not None and column in block.columns and not is_later:
                where = f"{block.sheet}!{column_letters(block.code_column)}{block.row}"
                self.note(STOP, "row_missing", where, row=row)
            return None
        if answer.value is None:
            self._empty(row, column, field, answer)
            return None
        value = self.typed(field, answer)
        if value is UNKNOWN and field.stands_for != KEPT:
            self.note(INFO, "unknown_stands_for", answer.where, default=default_said(row, column))
            return field.stands_for
        return value

    def _empty(self, row: str, column: str, field: Field, answer: RawAnswer) -> None:
        why = self.raw.unread.get((row, column))
        if why is not None:
            found = error_shown(why.found) if why.code == ERROR else why.found
            self.note(STOP, why.code, answer.where, found=found, asked=self._asked(field))
        elif field.required:
            code = "empty_letter_field" if table_code(row) == LETTER.code else "empty"
            self.note(STOP, code, answer.where, asked=self._asked(field))

    def typed(self, field: Field, answer: RawAnswer) -> object:
        """The value of what stands in a cell that is not empty, as for take."""
        value = answer.value
        if isinstance(value, str):
            value = " ".join(value.split())
            answer = RawAnswer(value, answer.where)
            if is_error(value):
                self.note(STOP, ERROR, answer.where, found=error_shown(value), asked=self._asked(field))
                return None
            if _is_unknown(value):
                if field.unknown:
                    return UNKNOWN
                if field.kind != "text":
                    self.note(STOP, "unknown_not_possible", answer.where, asked=self._asked(field))
                    return None
        if field.kind == "choice":
            return self._choice(field, answer)
        if field.kind == "date":
            return self._date(answer)
        if field.kind in _NUMERIC:
            return self._number(field, answer)
        return self._text(answer)

    def _text(self, answer: RawAnswer) -> str | None:
        text = as_text(answer.value)
        if len(text) > _LONGEST_TEXT:
            self.note(STOP, "too_long", answer.where, found=len(text), most=_LONGEST_TEXT)
            return None
        return text

    def _date(self, answer: RawAnswer) -> dt.date | None:
        value = answer.value
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        match = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})", str(value))
        try:
            if match:
                return dt.date(int(match[3]), int(match[2]), int(match[1]))
            return dt.date.fromisoformat(str(value))
        except ValueError:
            pass
        self.note(STOP, "not_a_date", answer.where, found=shown(value))
        return None

    def _number(self, field: Field, answer: RawAnswer) -> float | int | None:
        value, asked = answer.value, self._asked(field)
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            self.note(STOP, "date_for_number", answer.where, found=shown(value), asked=asked)
            return None
        number = None if isinstance(value, bool) else self._as_number(field, answer)
        if number is None or not math.isfinite(number):
            self.note(STOP, "not_a_number", answer.where, found=shown(value), asked=asked)
            return None
        found = as_text(number) if field.kind == YEAR else shown(number)
        if isinstance(field.number, Whole) and number.is_integer():
            number = int(number)  # a spreadsheet has one sort of numbers
        if wrong := field.number.fault(number):
            code = NOT_WHOLE if wrong == NOT_WHOLE else "out_of_range"
            self.note(STOP, code, answer.where, found=found, asked=asked)
            return None
        if field.kind == SHARE and 0 < number < 1:
            self.note(WARN, "percent_below_one", answer.where, found=number, meant=number * 100)
        return number

    def _as_number(self, field: Field, answer: RawAnswer) -> float | None:
        """The number in a cell; text that has one reading as a Dutch number is told and taken."""
        value = answer.value
        if not isinstance(value, str):
            return float(as_number(value))
        match = _NUMBER_TEXT.fullmatch(value) if len(value) <= _LONGEST_NUMBER else None
        if not match or (match["percent"] and field.kind != SHARE):
            return None
        number = float(match["whole"].replace(".", "") + "." + (match["decimals"] or "0"))
        self.note(WARN, "number_as_text", answer.where, found=shown(value), read_as=number)
        return number

    def _choice(self, field: Field, answer: RawAnswer) -> object:
        options = self.options(field.choices)
        text = self._yes_no(answer.value) if isinstance(answer.value, bool) else as_text(answer.value)
        for option, value in options.items():
            if _same(option, text):
                return value
        near = difflib.get_close_matches(text[:_LONGEST_COMPARED], options, n=1)
        self.note(
            STOP,
            "not_in_list_near" if near else "not_in_list",
            answer.where,
            found=shown(answer.value),
            near=shown(near[0]) if near else "",
            choose=_choices(options, field.unknown),
        )
        return None

    def options(self, name: str) -> Mapping[str, object]:
        """Dutch label -> value of a closed list or of a list of this file."""
        if name in self.lists:
            return self.lists[name]
        return {label(name, choice): value for choice, value in CHOICES[name].items()}

    def _asked(self, field: Field) -> str:
        if field.kind not in _NUMERIC or field.low is None:
            return word(f"messages.asked.{field.kind}")
        ends = field.number.low, field.number.high
        low, high = (str(end) if field.kind == YEAR else plain(end) for end in ends)
        return word(f"messages.asked.{field.kind}", low=low, high=high)

    @staticmethod
    def _yes_no(value: object) -> str:
        return word("form.lists.yes_no.yes") if value else word("form.lists.yes_no.no")


def _is_unknown(value: object) -> bool:
    return isinstance(value, str) and _same(value.strip().rstrip("."), word("form.lists.unknown"))


def _same(one: str, other: str) -> bool:
    """Equal to a reader: capitals, spaces and the ways to write one accent make no difference."""
    plainly = [" ".join(unicodedata.normalize("NFKC", t).casefold().split()) for t in (one, other)]
    return plainly[0] == plainly[1]


def _choices(options: Mapping[str, object], unknown: bool) -> str:
    """How a sentence says what to choose: the choices of a short list, or where a long one is.

    Of several labels for one choice the first is named.
    """
    named: list[str] = []
    values: list[object] = []
    for option, value in options.items():
        if value not in values:
            values.append(value)
            named.append(str(shown(option)))
    named += [word("form.lists.unknown")] if unknown else []
    if not 0 < len(named) <= _MOST_NAMED:
        return word("messages.asked.from_list")
    return word("messages.asked.one_of", options=", ".join(named))


def named_changes(library: Library) -> dict[str, dict[str, object]]:
    """The lists of changes with and without a price: what was picked, and what it is."""
    other: dict[str, object] = {label("change", OTHER): OTHER}
    lists = (("change", library.changes), ("unpriced", library.unpriced))
    return {name: {c.name: c for c in changes.values()} | other for name, changes in lists}


def questions(answers: Answers, block: Block) -> Given:
    """The typed answers of a block of single questions, by the code of their field."""
    return Given({q.field.code: answers.take(q.code, q.field, "answer") for q in block.questions})


def rows(answers: Answers, block: Block) -> list[tuple[str, Given]]:
    """The typed answers of every row of a grid in which something was filled in."""
    found = []
    for row in sorted(answers.raw.rows_of(block)):
        if answers.filled(row, block.columns):
            given = Given({f.code: answers.take(row, f) for f in block.asked})
            _needed(answers, block, row, given)
            found.append((row, given))
    return found


def _needed(answers: Answers, block: Block, row: str, given: Given) -> None:
    """What a row cannot do without because of what else it says."""
    for need in block.needs:
        beside = given[need.beside]
        is_needed = beside == need.says if need.says else beside is not None
        if is_needed and answers.is_empty(row, need.column):
            shown = {} if need.says else {"found": beside}
            answers.note(STOP, need.finding, answers.cell(row, need.column), **shown)
