"""Sheet Kengetallen: what people read of the library, and what the formulas need of it."""

from __future__ import annotations

from dataclasses import replace

from toolkit.kengetallen.picked import READBACKS
from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.outcomes import parties
from toolkit.workbook.layout.parts import Reference, ResultColumn, Table
from toolkit.workbook.layout.recheck import FACTOR_COLUMNS, PART_COLUMNS

READBACK_COLUMNS = tuple(ResultColumn(code, width=44) for code in READBACKS)
CHANGE_COLUMNS = (
    ResultColumn("name", "wrap", 44),
    ResultColumn("unit", width=22),
    ResultColumn("value", "euro2", 16),
    ResultColumn("parts", "wrap", 70),
    ResultColumn("watch_for", "wrap", 90),
    ResultColumn("who_gains", "wrap", 60),
    ResultColumn("based_on", "wrap", 80),
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
    *PART_COLUMNS,
    *FACTOR_COLUMNS,
    ResultColumn("domain", width=24),
    ResultColumn("counts", width=14),
    ResultColumn("unit_short", width=14),
    ResultColumn("asked_of", width=14),
    ResultColumn("usual", "general", 12),
    *READBACK_COLUMNS,
)
UNPRICED_COLUMNS = (
    ResultColumn("name", "wrap", 44),
    ResultColumn("counts", width=22),
    ResultColumn("domain", "wrap", 16),
    ResultColumn("outputs", "wrap", 50),
    ResultColumn("watch_for", "wrap", 60),
)
UNIT_VALUE_RULES = (
    ResultColumn("index", "general", 10),
    ResultColumn("place_from", "general", 10),
    ResultColumn("place_to", "general", 10),
    ResultColumn("index_from", "factor", 12),
    ResultColumn("index_to", "factor", 12),
    ResultColumn("level_value", "euro2", 16),
    ResultColumn("share_persoon", "general", 12),
    *parties("share", "general", 12),
)
"""What sheet Narekenen needs of changes and unit values, beside what people read."""
FOLLOWS_PRICES, FOLLOWS_WAGES = 0, 1
"""What column `index` says of a unit value; it is empty for one that is not indexed."""

CHANGES = Reference("KV", "tblVeranderingen", (*CHANGE_COLUMNS, *CHANGE_RULES), 90)
UNPRICED = Reference("KZ", "tblZonderBedrag", (*UNPRICED_COLUMNS, *READBACK_COLUMNS), 60)
"""Changes without a price: no formula of an effect looks at them."""
UNIT_VALUES = Reference("KG", "tblKengetallen", (*UNIT_VALUE_COLUMNS, *UNIT_VALUE_RULES), 90)
INDEX_NUMBERS = Reference(
    "KX",
    "tblIndexcijfers",
    (
        ResultColumn("year", "year", 44),
        ResultColumn("index_number", "factor", 22),
        ResultColumn("wage_number", "factor", 22),
    ),
    40,
)
PICKS = Reference(
    "KJ", "tblKeuzes", (ResultColumn("change", "wrap", 44), ResultColumn("unpriced", "wrap", 44)), 120
)
"""What can be picked on sheets Wat verandert er and Niet in geld, under headings of domains."""
FORM_LIBRARY_SHEET = Sheet("library", "reference", (CHANGES, UNPRICED, UNIT_VALUES, INDEX_NUMBERS, PICKS))
LIBRARY_SHEET = Sheet(
    "library",
    "reference",
    (
        replace(CHANGES, columns=CHANGE_COLUMNS),
        replace(UNPRICED, columns=UNPRICED_COLUMNS),
        replace(UNIT_VALUES, columns=UNIT_VALUE_COLUMNS),
    ),
)
"""The same for a portfolio, which has no formulas that need more."""

LIVE_COLUMNS: dict[Table, tuple[str, ...]] = {
    CHANGES: ("value",),
    UNPRICED: (),
    UNIT_VALUES: ("place_from", "place_to", "index_from", "index_to", "level_value"),
    INDEX_NUMBERS: (),
    PICKS: (),
}
"""Columns of the form's sheet Kengetallen that hold a formula."""
