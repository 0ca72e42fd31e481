"""What one cell looks like inside a sheet part: references, numbers, dates, text."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import escape  # that of xml.sax loads the whole network library
from numbers import Integral, Real
from typing import NamedTuple

from toolkit.opc.references import split_reference

LONGEST_TEXT = 32_767
TALLEST_ROW = 409.5
LARGEST_NUMBER = 9.99999999999999e307

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def split_range(reference: str) -> tuple[int, int, int, int]:
    """Range to (first row, first column, last row, last column); one cell is a range too.

    >>> split_range("A1:C4"), split_range("B2")
    ((1, 1, 4, 3), (2, 2, 2, 2))
    """
    first, _, last = reference.partition(":")
    return (*split_reference(first), *split_reference(last or first))


@dataclass(frozen=True, slots=True)
class Cached:
    """A new cached result for a cell that holds a formula; the formula stays byte for byte."""

    value: object


class Content(NamedTuple):
    """What goes into a cell: kind is 'empty', 'number', 'truth' or 'text'; text is ready for XML."""

    kind: str
    text: str
    keeps_formula: bool = False


def content_of(value: object, date1904: bool) -> Content:
    """The content for a Python value: None, bool, int, float, Decimal, str, date, datetime, time,
    timedelta or Cached.

    Scalars of numpy count as the Python value they hold. Text never becomes a formula.
    Raises ValueError for what no cell can hold (NaN, infinity, too long, before the calendar)
    and TypeError for any other type.
    """
    if isinstance(value, Cached):
        kind, text, _ = content_of(value.value, date1904)
        return Content(kind, text, keeps_formula=True)
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if value is None:
        return Content("empty", "")
    if isinstance(value, bool):
        return Content("truth", str(int(value)))
    if isinstance(value, str):
        return Content("text", text_xml(str.__str__(value)))
    if isinstance(value, (float, int, Real, Decimal)):
        return Content("number", number_text(value))
    if isinstance(value, date):
        return Content("number", number_text(date_number(value, date1904)))
    if isinstance(value, (time, timedelta)):
        return Content("number", number_text(day_fraction(value)))
    raise TypeError(f"a cell cannot hold a {type(value).__name__}")


def number_text(value: float | Real | Decimal) -> str:
    """A number as the file holds it: exact for ints and Decimals, shortest exact form for floats.

    >>> number_text(3), number_text(0.1), number_text(-0.0), number_text(Decimal("1.50"))
    ('3', '0.1', '0', '1.50')
    """
    try:
        size = abs(float(value))
    except OverflowError:
        size = math.inf
    if not size <= LARGEST_NUMBER:
        raise ValueError(f"a cell cannot hold the number {value}")
    if value == 0:
        return "0"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, int | Integral) and not isinstance(value, float):
        return repr(int(value))
    return repr(float(value))


def date_number(value: date, date1904: bool) -> int | float:
    """The serial day number of a date or a datetime without time zone.

    The 1900 calendar counts a 29 February 1900 that never was, so days before 1 March move up one.

    >>> date_number(date(2026, 7, 1), False), date_number(date(2026, 7, 1), True)
    (46204, 44742)
    >>> date_number(datetime(1900, 1, 1, 12), False)
    1.5
    """
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if moment.tzinfo is not None:
        raise ValueError("a cell cannot hold a time zone")
    since = moment - (datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30))
    days = since / timedelta(days=1)
    if not date1904 and days < 61:
        days -= 1
    if days < (0 if date1904 else 1):
        raise ValueError(f"{value} lies before the first day of the calendar of this workbook")
    return int(days) if days.is_integer() else days


def day_fraction(value: time | timedelta) -> float:
    """A time of day or a length of time as the file counts it: in days.

    >>> day_fraction(time(12, 0)), day_fraction(timedelta(hours=36))
    (0.5, 1.5)
    """
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    return value / timedelta(days=1)


def text_xml(text: str) -> str:
    """Text as it stands between the tags: characters XML cannot hold become _xHHHH_, as Excel does.

    >>> text_xml("a & b < c"), text_xml("_x0041_"), text_xml("bel\\x07")
    ('a &amp; b &lt; c', '_x005F_x0041_', 'bel_x0007_')
    """
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_TEXT:
        raise ValueError(f"a cell holds at most {LONGEST_TEXT} characters")
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(_NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text), quote=False)


def cell_xml(prefix: str, reference: str, style: str | None, content: Content) -> bytes:
    """A whole cell element without a formula.

    prefix: the namespace prefix of the sheet with its colon, or empty.

    >>> cell_xml("", "B5", "3", Content("number", "12"))
    b'<c r="B5" s="3"><v>12</v></c>'
    """
    opening = f'<{prefix}c r="{reference}"' + ("" if style is None else f' s="{style}"')
    if content.kind == "empty":
        xml = f"{opening}/>"
    elif content.kind == "number":
        xml = f"{opening}><{prefix}v>{content.text}</{prefix}v></{prefix}c>"
    elif content.kind == "truth":
        xml = f'{opening} t="b"><{prefix}v>{content.text}</{prefix}v></{prefix}c>'
    else:
        space = ' xml:space="preserve"' if _needs_its_space(content.text) else ""
        inner = f"<{prefix}is><{prefix}t{space}>{content.text}</{prefix}t></{prefix}is>"
        xml = f'{opening} t="inlineStr">{inner}</{prefix}c>'
    return xml.encode("utf-8")


def _needs_its_space(text: str) -> bool:
    return text != text.strip() or "\n" in text or "\t" in text


def formula_cell_xml(
    prefix: str, reference: str, style: str | None, metadata: str | None, formula: bytes, content: Content
) -> bytes:
    """A cell element that keeps its formula (and the metadata that marks a dynamic array)."""
    kind = {"truth": ' t="b"', "text": ' t="str"'}.get(content.kind, "")
    opening = f'<{prefix}c r="{reference}"' + ("" if style is None else f' s="{style}"') + kind
    opening += "" if metadata is None else f' cm="{metadata}"'
    result = "" if content.kind == "empty" else f"<{prefix}v>{content.text}</{prefix}v>"
    return f"{opening}>".encode() + formula + f"{result}</{prefix}c>".encode()
