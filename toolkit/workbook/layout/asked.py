"""What a form asks, block by block."""

from __future__ import annotations

from toolkit.method.telling import SMALLEST_GROUP
from toolkit.workbook.layout import lists
from toolkit.workbook.layout.fields import (
    CHOICE,
    DATE,
    EURO,
    LISTED,
    LOOKUP,
    NUMBER,
    PREVIOUS,
    SHARE,
    WHOLE,
    YEAR,
    Field,
    Need,
    Question,
)
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, FIRST_YEAR, LAST_YEAR
from toolkit.workbook.layout.parts import Block

MOST_PEOPLE, MOST_EUROS = 100_000, 100_000_000
OPEN = Field("open", LOOKUP, width=9)
"""How many questions of a started row are still open, live."""


def previous(width: int) -> Field:
    """What the same row said last year."""
    return Field("previous", PREVIOUS, width=width)


def people(code: str, required: bool = False, width: float = 12) -> Field:
    """A number of people, each counted once."""
    return Field(code, NUMBER, 0, MOST_PEOPLE, required=required, unknown=True, stands_for=None, width=width)


ORGANISATION = Block(
    "OO",
    "tblOverOns",
    questions=(
        Question("OO-01", Field("name", required=True)),
        Question("OO-02", Field("area", required=True)),
        Question("OO-03", Field("description", required=True)),
        Question(
            "OO-04",
            Field(
                "reporting_year", YEAR, FIRST_YEAR, LAST_YEAR, required=True, unknown=True, stands_for=None
            ),
        ),
        Question("OO-05", people("participants", required=True)),
        Question("OO-06", people("volunteers")),
        Question("OO-07", people("residents")),
        Question("OO-08", Field("used_more")),
        Question("OO-09", Field("where_else")),
        Question("OO-12", Field("growth", CHOICE, choices="growth", unknown=True, stands_for=None)),
        Question("OO-13", Field("growth_why")),
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
        Field("name", required=True, width=30),
        Field(
            "person", CHOICE, choices="person", required=True, unknown=True, stands_for="deelnemers", width=24
        ),
        people("people"),
        people("under_27"),
        people("on_welfare"),
        people("in_paid_work"),
        people("different_people", width=16),
        OPEN,
        previous(30),
    ),
    lists.TARGET_GROUPS,
    needs_row=True,
    carried=("name", "person"),
)
ACTIVITIES = Block(
    "WD",
    "tblActiviteiten",
    (
        Field("activity", required=True, width=44),
        Field("output", CHOICE, choices="output", required=True, unknown=True, stands_for=None, width=30),
        Field("other", width=24),
        Field("number", NUMBER, 0, MOST_EUROS, required=True, unknown=True, stands_for=None, width=12),
        people("people"),
        Field("source", width=36),
        OPEN,
        previous(40),
    ),
    lists.ACTIVITIES,
    lines=2,
    needs=(Need("other", "other_without_name", "output", lists.OTHER),),
    carried=("activity", "output", "other"),
)
REFERRALS = Block(
    "DV",
    "tblDoorverwijzingen",
    (
        Field("to_whom", CHOICE, choices="referral", required=True, unknown=True, stands_for=None, width=44),
        Field("other", width=30),
        people("people", required=True),
        OPEN,
        previous(30),
    ),
    lists.REFERRALS,
    needs=(Need("other", "other_without_name", "to_whom", lists.OTHER),),
    carried=("to_whom", "other"),
)
ACCOUNTS = Block(
    "JR",
    "tblJaarrekening",
    questions=(
        Question(
            "JR-01",
            Field("annual_accounts", EURO, 0, MOST_EUROS, required=True, unknown=True, stands_for=None),
        ),
        Question(
            "JR-05",
            Field("volunteer_hours", NUMBER, 0, MOST_EUROS, required=True, unknown=True, stands_for=None),
        ),
        Question(
            "JR-06", Field("in_kind", EURO, 0, MOST_EUROS, required=True, unknown=True, stands_for=None)
        ),
        *(
            Question(code, Field(name, CHOICE, choices="yes_no", required=True, unknown=True))
            for code, name in (
                ("JR-02", "rent_below_cost"),
                ("JR-03", "subsidised_jobs"),
                ("JR-04", "secondments"),
            )
        ),
    ),
    remembers=True,
)
MONEY = Block(
    "GI",
    "tblGeld",
    (
        Field("name", required=True, width=38),
        Field(
            "party", CHOICE, choices="party", required=True, unknown=True, stands_for="geen_dekking", width=22
        ),
        Field("kind", CHOICE, choices="kind", required=True, unknown=True, stands_for="money", width=15),
        Field("amount", EURO, 0, MOST_EUROS, required=True, unknown=True, width=14),
        Field("term", CHOICE, choices="term", required=True, unknown=True, stands_for="structural", width=18),
        Field("scheme", width=16),
        Field("from_year", YEAR, FIRST_YEAR, LAST_YEAR, unknown=True, stands_for=None, width=10),
        Field("until", YEAR, FIRST_YEAR, LAST_YEAR, unknown=True, width=10),
        Field("continues", CHOICE, choices="yes_no", unknown=True, stands_for=False, width=14),
        OPEN,
        Field("certainty", CHOICE, choices="certainty", unknown=True, stands_for="", width=14),
        Field("since", YEAR, FIRST_YEAR, LAST_YEAR, unknown=True, stands_for=None, width=10),
        Field("spend_by", DATE, width=13),
        Field("account_by", DATE, width=13),
        Field("cofinancing", SHARE, 0, 100, unknown=True, stands_for=None, width=14),
        Field("source", width=34),
        previous(40),
    ),
    lists.MONEY_ROWS,
    lines=2,
    needs=(Need("until", "temporary_without_end", "term", "temporary"),),
    needs_row=True,
    carried=("name", "party", "kind", "term", "scheme", "from_year", "until", "continues", "since"),
)
EFFECTS = Block(
    "EF",
    "tblEffecten",
    (
        Field("change", CHOICE, choices="change", required=True, width=22),
        Field("direction", CHOICE, choices="direction", unknown=True, stands_for="less", width=5.5),
        Field("target_group", CHOICE, choices="target_group", required=True, unknown=True, width=14),
        people("reach", required=True, width=8.5),
        Field("total", NUMBER, 0, MOST_EUROS, unknown=True, stands_for=None, width=7.5),
        Field("unit", LOOKUP, width=7.5),
        Field("deadweight", CHOICE, choices="deadweight", unknown=True, width=10),
        Field("attribution", CHOICE, choices="attribution", unknown=True, width=10),
        Field("still", WHOLE, 0, 10, unknown=True, width=8.5),
        Field("grade", CHOICE, choices="grade", required=True, unknown=True, stands_for="D", width=9),
        Field("open", LOOKUP, width=6.5),
        Field("said", LOOKUP, width=47),
        Field("helper", width=20),
        people("asked"),
        people("answered"),
        Field("source", width=30),
        Field("value", LOOKUP, width=15),
        Field("who_gains", LOOKUP, width=36),
        Field("based_on", LOOKUP, width=56),
        Field("watch_for", LOOKUP, width=56),
        Field("own_change", width=36),
        Field("own_unit", width=16),
        Field("own_domain", CHOICE, choices="domain", width=28),
        Field("own_value", EURO, -1_000_000, 1_000_000, width=13),
        Field("own_gains", CHOICE, choices="gains", width=22),
        Field("own_reason", width=30),
        previous(60),
    ),
    lists.EFFECTS,
    lines=2,
    compact=True,
    needs=(
        Need("own_change", "own_change_without_name", "change", lists.OTHER),
        Need("own_domain", "own_change_without_domain", "change", lists.OTHER),
        Need("own_reason", "own_value_without_reason", "own_value"),
    ),
    needs_row=True,
    carried=("change", "direction", "target_group", "helper", "own_change", "own_unit"),
)
NO_PRICE = Block(
    "PM",
    "tblNietInGeld",
    (
        Field("effect", CHOICE, choices="unpriced", required=True, width=40),
        people("people", required=True),
        Field("pm_grade", CHOICE, choices="pm_grade", required=True, unknown=True, stands_for="+", width=20),
        Field("grade", CHOICE, choices="grade", required=True, unknown=True, stands_for="D", width=16),
        Field("evidence", required=True, width=44),
        OPEN,
        Field("outputs", width=36),
        Field("name", width=44),
        Field("domain", CHOICE, choices="domain", width=28),
        previous(40),
    ),
    lists.PM_ROWS,
    lines=2,
    needs=(
        Need("name", "other_without_name", "effect", lists.OTHER),
        Need("domain", "own_change_without_domain", "effect", lists.OTHER),
    ),
    carried=("effect", "name", "domain"),
)
STORY = Block(
    "VH",
    "tblVerhaal",
    questions=(
        *(
            Question(f"VH-{n:02d}", Field(code))
            for n, code in enumerate(
                (
                    "unseen",
                    "find_and_bind",
                    "rooted",
                    "complements",
                    "allowances_help",
                    "story",
                    "quote",
                    "quote_by",
                ),
                1,
            )
        ),
        Question("VH-09", Field("quote_consent", CHOICE, choices="yes_no", unknown=True, stands_for=False)),
        Question("VH-10", Field("not_known")),
        Question("VH-11", Field("picture")),
        Question("VH-12", Field("picture_shows")),
        Question("VH-13", Field("picture_consent", CHOICE, choices="yes_no", unknown=True, stands_for=False)),
        Question("VH-14", Field("reaction")),
        Question("VH-15", Field("publish_ratio", CHOICE, choices="yes_no", unknown=True, stands_for=False)),
    ),
    remembers=True,
)
CARE = Block(
    "WJ",
    "tblWijkteam",
    (
        Field("change", LISTED, width=44),
        Field("people", LOOKUP, width=12),
        Field("unit", LOOKUP, width=18),
        Field("average", NUMBER, 0, 100_000, required=True, width=16),
        Field("group", NUMBER, SMALLEST_GROUP, MOST_PEOPLE, required=True, width=16),
        Field("source", required=True, width=44),
        OPEN,
    ),
    lists.CARE_ROWS,
    lines=2,
)
DEEPENING = Block(
    "VD",
    "tblVerdieping",
    (
        Field("row_change", LOOKUP, width=44),
        Field("displacement", SHARE, 0, 100, unknown=True, stands_for=None, width=14),
        Field("duration", WHOLE, 1, 20, unknown=True, stands_for=None, width=14),
        Field("lag", WHOLE, 0, 1, unknown=True, stands_for=None, width=14),
        Field("units_per_person", NUMBER, 0, 100_000, unknown=True, stands_for=None, width=14),
        *(
            Field(f"reach_{n}", NUMBER, 0, MOST_EUROS, unknown=True, stands_for=None, width=11)
            for n in range(1, ACTIVITY_YEARS + 1)
        ),
        Field("reason", width=40),
        Field("agreed", CHOICE, choices="yes_no", unknown=True, stands_for=False, width=16),
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
            Question(code, Field(name))
            for code, name in (
                ("AF-05", "task"),
                ("AF-07", "say"),
                ("AF-09", "cooperation"),
                ("AF-10", "continuity"),
            )
        ),
    ),
    remembers=True,
)
