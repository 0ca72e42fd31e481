"""Sheet Kengetallen: what people read of the library, and what the formulas need of it."""

from __future__ import annotations

from toolkit.workbook.layout.lists import PARTIES
from toolkit.workbook.layout.parts import Reference, ResultColumn, Sheet
from toolkit.workbook.layout.recheck import PARTS

CHANGE_COLUMNS = (
    ResultColumn("name", "wrap", 44),
    ResultColumn("unit", width=22),
    ResultColumn("value", "euro2", 16),
    ResultColumn("parts", "wrap", 50),
    ResultColumn("watch_for", "wrap", 60),
    ResultColumn("who_gains", "wrap", 40),
    ResultColumn("based_on", "wrap", 50),
)
UNIT_VALUE_COLUMNS = (
    ResultColumn("name", "wrap", 44),
    ResultColumn("code", width=22),
    ResultColumn("amount", "euro2", 16),
    ResultColumn("source", "wrap", 50),
    ResultColumn("note", "wrap", 60),
    ResultColumn("unit", width=22),
    ResultColumn("low", "euro2", 14),
    ResultColumn("high", "euro2", 14),
    ResultColumn("price_year", "year", 10),
    ResultColumn("shares", "wrap", 40),
    ResultColumn("kind", width=14),
    ResultColumn("grade", width=10),
    ResultColumn("amount_is", width=18),
)
CHANGE_RULES = (
    ResultColumn("displacement", "general", 12),
    ResultColumn("duration", "general", 12),
    ResultColumn("lasting", "general", 12),
    *(ResultColumn(f"part_{n}", width=22) for n in range(1, PARTS + 1)),
    *(ResultColumn(f"factor_{n}", "general", 12) for n in range(1, PARTS + 1)),
    ResultColumn("readback", width=44),
    ResultColumn("readback_one", width=44),
)
UNIT_VALUE_RULES = (
    ResultColumn("index", "general", 10),
    ResultColumn("index_from", "factor", 12),
    ResultColumn("index_to", "factor", 12),
    ResultColumn("level_value", "euro2", 16),
    ResultColumn("share_persoon", "general", 12),
    *(ResultColumn(f"share_{p}", "general", 12) for p in PARTIES),
)
"""What sheet Narekenen needs of changes and unit values, beside what people read."""

LIBRARY = Sheet(
    "library",
    "reference",
    (
        Reference("KV", "tblVeranderingen", CHANGE_COLUMNS, 40),
        Reference("KG", "tblKengetallen", UNIT_VALUE_COLUMNS, 60),
    ),
)
FORM_LIBRARY = Sheet(
    "library",
    "reference",
    (
        Reference("KV", "tblVeranderingen", (*CHANGE_COLUMNS, *CHANGE_RULES), 40),
        Reference("KG", "tblKengetallen", (*UNIT_VALUE_COLUMNS, *UNIT_VALUE_RULES), 60),
        Reference(
            "KX",
            "tblIndexcijfers",
            (ResultColumn("year", "year", 44), ResultColumn("index_number", "factor", 22)),
            40,
        ),
    ),
)

LIVE_COLUMNS = {"KV": ("value",), "KG": ("index_from", "index_to", "level_value"), "KX": ()}
"""Columns of the form's sheet Kengetallen that hold a formula."""
