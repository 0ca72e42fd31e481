"""kengetallen.xlsx: the library of unit values as a workbook that finance edits."""

from __future__ import annotations

from toolkit.kengetallen.indexing import BASE_YEAR
from toolkit.kengetallen.picked import READBACKS
from toolkit.model.study import DOMAINS
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.fields import Field
from toolkit.workbook.layout.labels import LIBRARY_CHOICES
from toolkit.workbook.layout.parts import Block, Reference, ResultColumn
from toolkit.workbook.layout.shared import TERMS

LARGEST_AMOUNT, LARGEST_COUNT, LONGEST, LAST_YEAR = 1_000_000_000, 1_000_000, 100, 2100
USUAL = ("usual_low", "usual_mode", "usual_high")
"""Columns of the usual quantity of a change."""
LIBRARY_LISTS = (*LIBRARY_CHOICES, "provisional")
"""Columns in which one choice out of a list is made; each has its list on sheet Keuzelijsten."""


def _amount(code: str, width: int = 14) -> Field:
    return Field(code, "euro", -LARGEST_AMOUNT, LARGEST_AMOUNT, width=width)


def _year(code: str, first: int) -> Field:
    return Field(code, "year", first, LAST_YEAR, width=11)


def _choice(code: str, width: int) -> Field:
    return Field(code, "choice", choices=code, width=width)


UNIT_VALUES = Block(
    "KB",
    "tblBron",
    (
        Field("code", width=26),
        Field("name", width=40),
        _choice("domain", 26),
        Field("unit", width=20),
        _choice("counting", 12),
        _amount("amount"),
        _amount("low"),
        _amount("high"),
        _year("price_year", BASE_YEAR),
        _choice("index", 9),
        _choice("kind", 16),
        Field("shares", width=46),
        _choice("grade", 11),
        _choice("amount_is", 23),
        _choice("shares_are", 14),
        Field("max_duration", "whole", 1, LONGEST, width=11),
        _choice("filled_by", 15),
        Field("frees_cash", width=34),
        Field("task_field", width=11),
        Field("overlaps", width=30),
        _choice("vat", 9),
        Field("source", width=60),
        _year("source_year", 1900),
        Field("url", width=30),
        Field("checked_on", "date", width=15),
        Field("licence", width=22),
        Field("note", width=60),
        _amount("most_per_person", 24),
        Field("tariff_of", width=26),
    ),
    90,
)
PRICE_INDEX = Block(
    "KI",
    "tblPrijsindex",
    (
        _year("year", BASE_YEAR + 1),
        Field("change", "number", -99, 1000, width=16),
        _choice("provisional", 12),
        Field("source", width=80),
    ),
    30,
)

CHANGES = Block(
    "KW",
    "tblWaarin",
    (
        Field("code", width=28),
        Field("name", width=44),
        Field("name_more", width=44),
        _choice("counts", 14),
        _choice("domain", 28),
        Field("unit", width=24),
        Field("parts", width=60),
        Field("watch_for", width=60),
        *(Field(code, "number", 0, LARGEST_COUNT, width=12) for code in USUAL),
        Field("usual_source", width=60),
        _choice("asked_of", 13),
        Field("unit_short", width=16),
        Field("outputs", width=28),
        Field("displacement", "share", 0, 100, width=13),
        *(Field(code, width=44) for code in READBACKS),
    ),
    150,
)
CHOICES = Reference(
    "LK",
    "tblKeuzes",
    (ResultColumn("domain", width=28), *(ResultColumn(n, width=22) for n in LIBRARY_LISTS[1:])),
    len(DOMAINS),
)

LIBRARY_BOOK = Workbook(
    "library",
    (
        Sheet("library_guide", "guide"),
        Sheet("unit_values", "input", (UNIT_VALUES,)),
        Sheet("price_index", "input", (PRICE_INDEX,)),
        Sheet("library_changes", "input", (CHANGES,)),
        Sheet("library_choices", "reference", (CHOICES,)),
        Sheet("library_terms", "reference", (TERMS,)),
    ),
)
"""What may be changed stands on sheets that are open; the rest is there to read."""
