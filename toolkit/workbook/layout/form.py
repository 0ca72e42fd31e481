"""The form that a coordinator fills in, sheet by sheet."""

from __future__ import annotations

from toolkit.workbook.layout import lists
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.freshness import checks, copies, versions
from toolkit.workbook.layout.guide import guide, open_questions
from toolkit.workbook.layout.library import FORM_LIBRARY_SHEET
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, FIRST_YEAR, LAST_YEAR
from toolkit.workbook.layout.objections import objections
from toolkit.workbook.layout.outcomes import BUDGET_SHEET, EURO_GROUPS, UNCERTAINTY_SHEET, YEARS
from toolkit.workbook.layout.parts import (
    CHOICE,
    EURO,
    LOOKUP,
    NUMBER,
    PREVIOUS,
    SHARE,
    WHOLE,
    YEAR,
    Block,
    Field,
    Question,
    Result,
    ResultColumn,
)
from toolkit.workbook.layout.poster import POSTER_SHEET
from toolkit.workbook.layout.recheck import PARTS, RECALCULATION_SHEET
from toolkit.workbook.layout.shared import GLOSSARY_SHEET, SETTINGS
from toolkit.workbook.layout.tabled import outcomes

MOST_PEOPLE, MOST_EUROS = 100_000, 100_000_000
OPEN = Field("open", LOOKUP, width=9)
"""How many questions of a started row are still open, live."""


def previous(width: int) -> Field:
    """What the same row said last year."""
    return Field("previous", PREVIOUS, width=width)


ORGANISATION = Block(
    "OO",
    "tblOverOns",
    questions=(
        Question("OO-01", Field("name", required=True)),
        Question("OO-02", Field("area", required=True)),
        Question("OO-03", Field("description", required=True)),
        Question("OO-04", Field("reporting_year", YEAR, FIRST_YEAR, LAST_YEAR, required=True)),
        Question("OO-05", Field("participants", NUMBER, 0, MOST_PEOPLE, required=True)),
        Question("OO-06", Field("volunteers", NUMBER, 0, MOST_PEOPLE)),
        Question("OO-07", Field("residents", NUMBER, 0, MOST_PEOPLE)),
        Question("OO-08", Field("used_more")),
        Question("OO-09", Field("where_else")),
        Question("OO-10", Field("contact")),
        Question("OO-11", Field("checked_by")),
    ),
    remembers=True,
    carried=("OO-01", "OO-02", "OO-03", "OO-10"),
)
TARGET_GROUPS = Block(
    "DG",
    "tblDoelgroepen",
    (
        Field("name", width=30),
        Field("person", CHOICE, choices="person", width=40),
        Field("people", NUMBER, 0, MOST_PEOPLE),
        Field("under_27", NUMBER, 0, MOST_PEOPLE),
        Field("on_welfare", NUMBER, 0, MOST_PEOPLE),
        Field("in_paid_work", NUMBER, 0, MOST_PEOPLE),
        OPEN,
        previous(30),
    ),
    lists.TARGET_GROUPS,
    expected=("name", "person"),
    needs_row=True,
    carried=("name", "person"),
)
ACCOUNTS = Block(
    "JR",
    "tblJaarrekening",
    questions=(
        Question("JR-01", Field("annual_accounts", EURO, 0, MOST_EUROS, required=True)),
        Question("JR-02", Field("rent_below_cost", CHOICE, choices="yes_no", unknown=True)),
        Question("JR-03", Field("subsidised_jobs", CHOICE, choices="yes_no", unknown=True)),
        Question("JR-04", Field("secondments", CHOICE, choices="yes_no", unknown=True)),
    ),
    remembers=True,
)
MONEY = Block(
    "GI",
    "tblGeld",
    (
        Field("name", required=True, width=42),
        Field("party", CHOICE, choices="party", required=True, width=26),
        Field("kind", CHOICE, choices="kind", required=True, width=18),
        Field("amount", EURO, 0, MOST_EUROS, required=True, width=16),
        Field("term", CHOICE, choices="term", required=True, width=24),
        Field("scheme", width=20),
        Field("from_year", YEAR, FIRST_YEAR, LAST_YEAR, width=12),
        Field("until", YEAR, FIRST_YEAR, LAST_YEAR, width=12),
        Field("source", width=34),
        OPEN,
        previous(40),
    ),
    lists.MONEY_ROWS,
    lines=2,
    needs_row=True,
    carried=("name", "party", "kind", "term", "scheme", "from_year", "until"),
)
EFFECTS = Block(
    "EF",
    "tblEffecten",
    (
        Field("change", CHOICE, choices="change", required=True, width=46),
        Field("direction", CHOICE, choices="direction", width=12),
        Field("target_group", CHOICE, choices="target_group", required=True, width=22),
        Field("reach", NUMBER, 0, MOST_EUROS, required=True, width=13),
        Field("unit", LOOKUP, width=16),
        Field("deadweight", CHOICE, choices="deadweight", required=True, unknown=True, width=18),
        Field("attribution", CHOICE, choices="attribution", required=True, unknown=True, width=22),
        Field("helper", width=20),
        Field("still", WHOLE, 0, 10, required=True, unknown=True, width=14),
        Field("grade", CHOICE, choices="grade", required=True, width=20),
        Field("source", width=30),
        OPEN,
        Field("said", LOOKUP, width=64),
        Field("value", LOOKUP, width=15),
        Field("who_gains", LOOKUP, width=36),
        Field("based_on", LOOKUP, width=56),
        Field("watch_for", LOOKUP, width=56),
        Field("own_value", EURO, -1_000_000, 1_000_000, width=13),
        Field("own_reason", width=30),
        previous(60),
    ),
    lists.EFFECTS,
    lines=4,
    needs_row=True,
    carried=("change", "direction", "target_group", "helper"),
)
NO_PRICE = Block(
    "PM",
    "tblNietInGeld",
    (
        Field("name", required=True, width=60),
        Field("domain", CHOICE, choices="domain", required=True, width=28),
        Field("pm_grade", CHOICE, choices="pm_grade", required=True, width=22),
        Field("grade", CHOICE, choices="grade", required=True, width=26),
        Field("evidence", required=True, width=60),
        OPEN,
        previous(40),
    ),
    lists.PM_ROWS,
    lines=3,
    carried=("name", "domain"),
)
DEEPENING = Block(
    "VD",
    "tblVerdieping",
    (
        Field("row_change", LOOKUP, width=44),
        Field("displacement", SHARE, 0, 100, width=14),
        Field("duration", WHOLE, 1, 20, width=14),
        Field("lag", WHOLE, 0, 1, width=14),
        Field("units_per_person", NUMBER, 0, 100_000, width=14),
        *(Field(f"reach_{n}", NUMBER, 0, MOST_EUROS, width=11) for n in range(1, ACTIVITY_YEARS + 1)),
        Field("reason", width=40),
    ),
    lists.EFFECTS,
    lines=2,
)
FRAMEWORK = Block(
    "AF",
    "tblAfweging",
    questions=(
        *(
            Question(f"AF-{n:02d}", Field(code, CHOICE, choices="yes_no", unknown=True))
            for n, code in enumerate(("legal_person", "no_profit", "safe", "by_law"), 1)
        ),
        *(
            Question(f"AF-{n:02d}", Field(code))
            for n, code in enumerate(
                (
                    "task",
                    "unseen",
                    "say",
                    "complements",
                    "cooperation",
                    "continuity",
                ),
                5,
            )
        ),
    ),
    remembers=True,
)
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
    Sheet("money", "input", (ACCOUNTS, MONEY)),
    Sheet("changes", "input", (EFFECTS,)),
    Sheet("no_price", "input", (NO_PRICE,)),
)
OPEN_QUESTIONS = open_questions(
    block for sheet in _INPUT for block in sheet.parts if isinstance(block, Block)
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
    RECALCULATION_SHEET,
    Sheet("trail", "result", (TRAIL,)),
    GLOSSARY_SHEET,
)
COPIES = copies(_SHEETS)
FORM = Workbook("form", (*_SHEETS, versions(COPIES)))
