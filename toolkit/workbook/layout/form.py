"""The form that a coordinator fills in, sheet by sheet."""

from __future__ import annotations

from dataclasses import replace

from toolkit.workbook.layout import lists
from toolkit.workbook.layout.asked import (
    ACCOUNTS,
    ACTIVITIES,
    CARE,
    DEEPENING,
    EFFECTS,
    FRAMEWORK,
    MONEY,
    NO_PRICE,
    ORGANISATION,
    REFERRALS,
    STORY,
    TARGET_GROUPS,
)
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.freshness import checks, copies, versions
from toolkit.workbook.layout.guide import guide, open_questions
from toolkit.workbook.layout.library import FORM_LIBRARY_SHEET
from toolkit.workbook.layout.objections import objections
from toolkit.workbook.layout.openness import OPENNESS
from toolkit.workbook.layout.outcomes import BUDGET_SHEET, EURO_GROUPS, UNCERTAINTY_SHEET, YEARS
from toolkit.workbook.layout.parts import Block, Result, ResultColumn
from toolkit.workbook.layout.poster import POSTER_SHEET
from toolkit.workbook.layout.recheck import PARTS, RECALCULATION_SHEET
from toolkit.workbook.layout.shared import GLOSSARY_SHEET, SETTINGS
from toolkit.workbook.layout.tabled import outcomes

PER_EFFECT = Result(
    "UE",
    "tblEffectbaten",
    (
        ResultColumn("name", "wrap", 44),
        ResultColumn("code", width=18),
        ResultColumn("reach", "number", 18),
        ResultColumn("unit", "wrap", 18),
        *EURO_GROUPS,
        ResultColumn("total", "euro", 16),
    ),
    capacity=PARTS * lists.EFFECTS,
)
TRAIL = Result(
    "RS",
    "tblRekenspoor",
    (
        ResultColumn("code", width=12),
        ResultColumn("name", "wrap", 40),
        ResultColumn("party", width=24),
        ResultColumn("group", width=22),
        ResultColumn("share", "percent", 9),
        ResultColumn("amount", "euro2", 13),
        ResultColumn("price_year", "year", 9),
        ResultColumn("index_factor", "factor", 9),
        ResultColumn("unit_amount", "euro2", 13),
        ResultColumn("deadweight", "percent", 12),
        ResultColumn("displacement", "percent", 12),
        ResultColumn("attribution", "percent", 12),
        ResultColumn("drop_off", "percent", 12),
        ResultColumn("duration", "whole", 9),
        ResultColumn("lag", "whole", 9),
        ResultColumn("net_factor", "factor", 10),
        ResultColumn("present_value", "euro2", 15),
        ResultColumn("cell", width=26),
        ResultColumn("link", width=12),
        ResultColumn("source", "wrap", 50),
        *YEARS,
        ResultColumn("kengetal", width=24, is_code=True),
    ),
    capacity=480,
    links=("link", "cell"),
)

_INPUT = (
    Sheet("about", "input", (ORGANISATION, TARGET_GROUPS)),
    Sheet("activities", "input", (ACTIVITIES, REFERRALS)),
    Sheet("changes", "input", (EFFECTS,)),
    Sheet("no_price", "input", (NO_PRICE,)),
    Sheet("money", "input", (ACCOUNTS, MONEY)),
    Sheet("story", "input", (STORY,)),
    Sheet("care", "input", (CARE,)),
)
OPEN_QUESTIONS = open_questions(
    block
    for block in (*(part for sheet in _INPUT for part in sheet.parts), SETTINGS)
    if isinstance(block, Block) and block in OPENNESS
)
_SHEETS = (
    guide(OPEN_QUESTIONS),
    *_INPUT,
    Sheet("deepening", "finance", (SETTINGS, DEEPENING)),
    Sheet("framework", "finance", (FRAMEWORK,)),
    FORM_LIBRARY_SHEET,
    checks(recheck=True),
    *outcomes((PER_EFFECT,)),
    POSTER_SHEET,
    objections(),
    UNCERTAINTY_SHEET,
    BUDGET_SHEET,
    replace(RECALCULATION_SHEET, parts=(*RECALCULATION_SHEET.parts, *OPENNESS.values())),
    Sheet("trail", "result", (TRAIL,)),
    GLOSSARY_SHEET,
)
COPIES = copies(_SHEETS)
FORM = Workbook("form", (*_SHEETS, versions(COPIES)))
