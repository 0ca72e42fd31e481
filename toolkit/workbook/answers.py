"""A raw answer becomes a value of the asked type, or a finding at its cell. Never a guess."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re

from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.words.dutch import plain
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.lists import CHOICES, KNOWN_VERSIONS, TEMPLATE_VERSION
from toolkit.workbook.layout.parts import Block, Field
from toolkit.workbook.reader import RawAnswer, RawWorkbook
from toolkit.workbook.reference import label

UNKNOWN = object()
"""The answer 'weet ik niet'."""

_NUMBER_TEXT = re.compile(r"(?:€\s*)?([+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)\s*%?")
_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|NAME\?|NULL!|NUM!|VALUE!)")
_LONGEST_TEXT = 2000
_NUMERIC = ("number", "whole", "year", "euro", "share")


class Answers:
    """Typed answers of one workbook; every problem is noted in `findings`."""

    def __init__(self, raw: RawWorkbook, lists: dict[str, dict[str, object]]) -> None:
        """lists: per list name, the Dutch label -> value, for lists that depend on the file."""
        self.raw, self.lists, self.findings = raw, lists, []

    def check_version(self) -> None:
        """Tell where a workbook is of a version that nobody here knows."""
        if self.raw.template not in KNOWN_VERSIONS:
            self.note(WARN, "template_unknown", "", found=self.raw.template or "-", known=TEMPLATE_VERSION)

    def note(self, level: str, code: str, where: str, **facts: object) -> None:
        """Add a finding about this workbook."""
        self.findings.append(Finding(level, code, where, facts, self.raw.path.name))

    def cell(self, row: str, column: str) -> str:
        """Where an answer stands, or '' where its row or column is gone."""
        answer = self.raw.get(row, column)
        return answer.where if answer else ""

    def filled(self, row: str, columns: tuple[Field, ...]) -> bool:
        """True where at least one input cell of a row holds something."""
        return any((a := self.raw.get(row, f.code)) and a.value is not None for f in columns if f.asked)

    def take(self, row: str, field: Field, column: str = "") -> object:
        """The value of one answer: its type, UNKNOWN, or None where it is empty or wrong."""
        column = column or field.code
        answer = self.raw.get(row, column)
        if answer is None:
            if field.required:
                self.note(STOP, "row_missing", "", row=row, column=column)
            return None
        if answer.value is None:
            if field.required:
                self.note(STOP, "empty", answer.where, asked=self._asked(field))
            return None
        return self.typed(field, answer)

    def typed(self, field: Field, answer: RawAnswer) -> object:
        """The value of what stands in a cell that is not empty, as for take."""
        value = answer.value
        if isinstance(value, str):
            value = value.strip()
            answer = RawAnswer(value, answer.where)
        if isinstance(value, str) and _ERROR.fullmatch(value):
            self.note(STOP, "error_value", answer.where, found=value)
            return None
        unknown = word("form.lists.unknown")
        if isinstance(value, str) and value.casefold() == unknown:
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
        value = answer.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, dt.datetime | dt.date):
            value = f"{value.day}-{value.month}-{value.year}"
        text = " ".join(str(value).split())
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
        match = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", str(value))
        try:
            if match:
                return dt.date(int(match[3]), int(match[2]), int(match[1]))
            return dt.date.fromisoformat(str(value))
        except ValueError:
            pass
        self.note(STOP, "not_a_date", answer.where, found=value)
        return None

    def _number(self, field: Field, answer: RawAnswer) -> float | int | None:
        value, asked = answer.value, self._asked(field)
        if isinstance(value, bool):
            self.note(STOP, "not_a_number", answer.where, found=self._yes_no(value), asked=asked)
            return None
        if isinstance(value, dt.date | dt.datetime | dt.time | dt.timedelta):
            self.note(STOP, "date_for_number", answer.where, found=value, asked=asked)
            return None
        if isinstance(value, str):
            match = _NUMBER_TEXT.fullmatch(value)
            number = float(match[1].replace(".", "").replace(",", ".")) if match else math.nan
            if not math.isfinite(number):
                self.note(STOP, "not_a_number", answer.where, found=value, asked=asked)
                return None
            self.note(INFO, "number_as_text", answer.where, found=value, read_as=number)
        else:
            number = float(value)
        if field.kind in ("whole", "year"):
            if not number.is_integer():
                self.note(STOP, "not_whole", answer.where, found=number)
                return None
            number = int(number)
        if not (field.low <= number <= field.high):
            found = number if field.kind == "year" else float(number)
            self.note(STOP, "out_of_range", answer.where, found=found, asked=asked)
            return None
        return number

    def _choice(self, field: Field, answer: RawAnswer) -> object:
        options = self.options(field.choices)
        text = self._yes_no(answer.value) if isinstance(answer.value, bool) else str(answer.value)
        for option, value in options.items():
            if option.casefold() == text.casefold():
                return value
        near = difflib.get_close_matches(text, options, n=1)
        code = "not_in_list_near" if near else "not_in_list"
        self.note(STOP, code, answer.where, found=text, near=near[0] if near else "")
        return None

    def options(self, name: str) -> dict[str, object]:
        """Dutch label -> value of a closed list or of a list of this file."""
        if name in self.lists:
            return self.lists[name]
        return {label(name, choice): value for choice, value in CHOICES[name].items()}

    def _asked(self, field: Field) -> str:
        if field.kind not in _NUMERIC or field.low is None:
            return word(f"messages.asked.{field.kind}")
        shown = str if field.kind == "year" else plain
        return word(f"messages.asked.{field.kind}", low=shown(field.low), high=shown(field.high))

    @staticmethod
    def _yes_no(value: object) -> str:
        return word("form.lists.yes_no.yes") if value else word("form.lists.yes_no.no")


def questions(answers: Answers, block: Block) -> dict[str, object]:
    """The typed answers of a block of single questions, by the code of their field."""
    return {q.field.code: answers.take(q.code, q.field, "answer") for q in block.questions}


def rows(answers: Answers, block: Block) -> list[tuple[str, dict[str, object]]]:
    """The typed answers of every row of a grid in which something was filled in."""
    found = []
    for row in sorted(answers.raw.rows.get(block.prefix, ())):
        if answers.filled(row, block.columns):
            found.append((row, {f.code: answers.take(row, f) for f in block.asked}))
    return found
