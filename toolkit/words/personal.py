"""Personal data in a text: citizen numbers, phone numbers, mail addresses and people by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NINE_DIGITS = re.compile(
    r"(?<![\d.,€])(?<!€ )(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![\d-]|[.,]\d| ?euro)"
)
_SAID_TO_BE = re.compile(
    r"\b(?:bsn|sofi(?:-?nummer)?|burgerservice-?nummer)\b\D{0,20}?\d(?:[ .-]?\d){7,8}(?!\d)", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    # neither within a number or a bank account, nor at the start of a date
    r"(?<![\d.,/-])(?<![A-Z]{4})(?<![A-Z]{4} )(?!\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2})"
    r"(?:(?:\+ ?31|0031) ?(?:\(0\))?[ -]?|\(?0)[1-9](?:(?: - |[ ()/.-]{0,2})\d){8}(?!\d)"
)
_TITLE = re.compile(
    r"\b(?:[Dd]e heer|[Dd]hr|[Mm]evr|[Mm]w|[Mm]eneer|[Mm]evrouw|[Mm]eester|[Jj]uffrouw)\.? "
    r"(?:[A-Z]\.\s?)*(?:(?:van|de|der|den|het|ten|ter|el|al|'t) ){0,3}[A-Z][\w'-]+"
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_citizen_number(digits: str) -> bool:
    """The eleven test of a burgerservicenummer.

    Nine digits, weighed 9 to 2 and the last -1, add up to a multiple of eleven that is not zero.

    >>> is_citizen_number("111222333"), is_citizen_number("123456789")
    (True, False)
    """
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True))
    return total != 0 and total % 11 == 0


def kinds(text: str) -> Iterator[tuple[bool, str]]:
    """What a text seems to hold: the code of a finding, and whether that is all but certain.

    A number has a form of its own; that a name is meant remains a guess. The data itself is never given.

    >>> list(kinds("bel 06-12345678")), list(kinds("mevr. Jansen")), list(kinds("ruim 1.250.000 uur"))
    ([(True, 'phone_number')], [(False, 'person_named')], [])
    """
    numbers = [re.sub(r"\D", "", found[0]) for found in _NINE_DIGITS.finditer(text)]
    if any(map(is_citizen_number, numbers)) or _SAID_TO_BE.search(text):
        yield True, "citizen_number"
    elif _PHONE.search(text):
        yield True, "phone_number"
    if _MAIL.search(text):
        yield True, "mail_address"
    if _TITLE.search(text):
        yield False, "person_named"


def is_personal(text: str) -> bool:
    """True where a sentence had better not repeat this text."""
    return any(True for _ in kinds(text))
