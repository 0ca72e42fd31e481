"""kengetallen.xlsx: the library of unit values as a workbook for finance."""

from __future__ import annotations

from toolkit.workbook.layout.library import LIBRARY
from toolkit.workbook.layout.parts import Reference, ResultColumn, Sheet, Workbook
from toolkit.workbook.layout.shared import GLOSSARY

LIBRARY_BOOK = Workbook(
    "library",
    (
        Sheet("library_guide", "guide"),
        LIBRARY,
        Sheet(
            "unit_values",
            "reference",
            (
                Reference(
                    "KB",
                    "tblBron",
                    (
                        ResultColumn("code", width=26),
                        ResultColumn("name", "wrap", 40),
                        ResultColumn("domain", width=26),
                        ResultColumn("unit", width=20),
                        ResultColumn("counting", width=12),
                        ResultColumn("amount", "euro2", 14),
                        ResultColumn("low", "euro2", 14),
                        ResultColumn("high", "euro2", 14),
                        ResultColumn("price_year", "year", 10),
                        ResultColumn("index", width=8),
                        ResultColumn("kind", width=14),
                        ResultColumn("shares", "wrap", 40),
                        ResultColumn("grade", width=10),
                        ResultColumn("amount_is", width=22),
                        ResultColumn("shares_are", width=14),
                        ResultColumn("max_duration", "whole", 10),
                        ResultColumn("filled_by", width=14),
                        ResultColumn("frees_cash", "wrap", 30),
                        ResultColumn("task_field", width=11),
                        ResultColumn("overlaps", "wrap", 30),
                        ResultColumn("vat", width=9),
                        ResultColumn("source", "wrap", 60),
                        ResultColumn("source_year", "year", 10),
                        ResultColumn("url", "wrap", 30),
                        ResultColumn("checked_on", width=14),
                        ResultColumn("licence", width=22),
                        ResultColumn("note", "wrap", 60),
                        ResultColumn("most_per_person", "euro2", 14),
                        ResultColumn("tariff_of", "wrap", 26),
                    ),
                    100,
                ),
            ),
        ),
        Sheet(
            "price_index",
            "reference",
            (
                Reference(
                    "KI",
                    "tblPrijsindex",
                    (
                        ResultColumn("year", "year", 20),
                        ResultColumn("change", "number2", 20),
                        ResultColumn("provisional", width=16),
                        ResultColumn("source", "wrap", 60),
                    ),
                    40,
                ),
            ),
        ),
        GLOSSARY,
    ),
)
