"""Personal data of participants in free text: found and located before anything is computed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.finding import STOP, WARN, Finding
from toolkit.workbook.layout.parts import TEXT, Workbook
from toolkit.workbook.reader import RawWorkbook

EXEMPT = frozenset({("OO-10", "answer")})
"""The contact field: it asks for a name and a way to reach someone, and is never published."""

_NINE_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ .]?\d){8}(?![\d.,]*\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ -]?[1-9](?:[ -]?\d){7,8}(?!\d)")
_TITLE = re.compile(r"\b(?:dhr|mevr|mw|meneer|mevrouw)\.? [A-Z]\w+")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_citizen_number(digits: str) -> bool:
    """The eleven test of a burgerservicenummer.

    Nine digits, weighed 9 to 2 and the last -1, add up to a multiple of eleven that is not zero.

    >>> is_citizen_number("111222333"), is_citizen_number("123456789")
    (True, False)
    """
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True))
    return total != 0 and total % 11 == 0


def findings(raw: RawWorkbook, workbook: Workbook) -> Iterator[Finding]:
    """Every place where free text seems to hold personal data."""
    free = set()
    for _, block, _ in workbook.blocks():
        if block.questions:
            free |= {(q.code, "answer") for q in block.questions if q.field.kind == TEXT}
        else:
            columns = [f.code for f in block.columns if f.kind == TEXT]
            free |= {(row, column) for row in block.row_codes for column in columns}
    for key in sorted(free - EXEMPT):
        answer = raw.answers.get(key)
        if answer is not None and isinstance(answer.value, str):
            for level, code in _kinds(answer.value):
                yield Finding(level, code, answer.where, {}, raw.path.name)


def _kinds(text: str) -> Iterator[tuple[str, str]]:
    """What a text holds; the data itself is never repeated in a finding."""
    numbers = [re.sub(r"\D", "", found) for found in _NINE_DIGITS.findall(text)]
    if any(map(is_citizen_number, numbers)):
        yield STOP, "citizen_number"
    elif _PHONE.search(text):
        yield STOP, "phone_number"
    if _MAIL.search(text):
        yield STOP, "mail_address"
    if _TITLE.search(text):
        yield WARN, "person_named"
