"""kengetallen.xlsx: the library of unit values as a workbook that finance edits."""

from __future__ import annotations

from toolkit.kengetallen.indexing import BASE_YEAR
from toolkit.kengetallen.rules import CLOSED_LISTS
from toolkit.model.study import DOMAINS
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.parts import Block, Field, Reference, ResultColumn
from toolkit.workbook.layout.shared import TERMS

LARGEST_AMOUNT, LONGEST, LAST_YEAR = 1_000_000_000, 100, 2100
LIBRARY_LISTS = (*CLOSED_LISTS, "provisional")
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

CHANGES = Reference(
    "KW",
    "tblWaarin",
    (
        ResultColumn("name", "wrap", 44),
        ResultColumn("unit", "wrap", 26),
        ResultColumn("parts", "wrap", 60),
        ResultColumn("watch_for", "wrap", 60),
    ),
    60,
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
        Sheet("library_changes", "reference", (CHANGES,)),
        Sheet("library_choices", "reference", (CHOICES,)),
        Sheet("library_terms", "reference", (TERMS,)),
    ),
)
"""What may be changed stands on sheets that are open; the rest is there to read."""
