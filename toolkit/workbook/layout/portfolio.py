"""The portfolio: study, initiatives and letter in; facts and outcomes of the whole out."""

from __future__ import annotations

from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.compared import (
    ADDING_UP_SHEET,
    COMPARED_TOTAL,
    COMPARISON,
    LAST_TIME,
    LAST_TIME_TOTAL,
    MOST_INITIATIVES,
    TRAIL_SHEET,
)
from toolkit.workbook.layout.fields import AS_TYPED, CHOICE, EURO, NUMBER, TEXT, YEAR, Field, Question
from toolkit.workbook.layout.freshness import COMPUTED_WITH, checks, copies, versions
from toolkit.workbook.layout.library import LIBRARY_SHEET
from toolkit.workbook.layout.lists import FIRST_YEAR, LAST_YEAR
from toolkit.workbook.layout.objections import objections
from toolkit.workbook.layout.outcomes import BUDGET_SHEET, UNCERTAINTY_SHEET, titles
from toolkit.workbook.layout.parts import Block, Charts, Result, ResultColumn
from toolkit.workbook.layout.shared import GLOSSARY_SHEET, SETTINGS
from toolkit.workbook.layout.side_by_side import pictured
from toolkit.workbook.layout.tabled import outcomes

MOST_PAIRS, MOST_TARIFFS, MOST_OWN_NUMBERS = 60, 10, 12
MOST_INHABITANTS = 2_000_000
MOST_FACTS = 3000
"""Some five hundred facts of a study, and sixty more for every initiative."""

MUNICIPALITY = Block(
    "GM",
    "tblGemeente",
    questions=(
        Question("GM-01", Field("inhabitants", NUMBER, 1, MOST_INHABITANTS, unknown=True)),
        Question("GM-02", Field("care_bought", CHOICE, choices="care_bought", unknown=True)),
    ),
)
LETTER_FIELDS = (
    "municipality",
    "addressee",
    "subject",
    "date",
    "reference",
    "author",
    "phone",
    "attachments",
    "your_letter",
    "your_reference",
    "portfolio_holder",
    "motion",
    "kind",
    "salutation",
    "status",
    "researcher",
    "client",
    "checked_by",
    "wider_group",
    "comparable",
    "next_season",
    "next_form",
    "asked",
    "financial_cover",
    "signer_1",
    "signer_1_role",
    "signer_2",
    "signer_2_role",
    "notation",
    "previous_letter",
    "previous_portfolio",
    "funding",
    "position",
    "accepted_proof",
    "short_term",
    "responses_in_letter",
    "published_total",
    "published_ratio",
    "usual_confirmed_by",
    "usual_confirmed_on",
)
"""Fields of sheet Brief in their order; BR-01 is the first."""

CHOSEN = {
    "kind": "letter_kind",
    "status": "letter_status",
    "notation": "notation",
    "next_form": "next_form",
    "responses_in_letter": "yes_no",
}
DAYS = {"date", "usual_confirmed_on"}
PUBLISHED = {"published_total": (EURO, 1e12), "published_ratio": (NUMBER, 1000.0)}
"""What the letter before said in figures: kind and largest number, in either direction."""
REQUIRED = {"municipality", "addressee", "subject", "date"}


def _of_letter(code: str) -> Field:
    """What sheet Brief asks under this code."""
    required = code in REQUIRED
    if code in CHOSEN:
        return Field(code, CHOICE, choices=CHOSEN[code], required=required)
    if code in PUBLISHED:
        kind, most = PUBLISHED[code]
        return Field(code, kind, -most, most, required=required)
    return Field(code, "date" if code in DAYS else TEXT, required=required)


OVERLAPS = Block(
    "OV",
    "tblOverlap",
    (
        Field("first", width=30),
        Field("second", width=30),
        Field("people", NUMBER, 0, 100_000, width=16),
        Field("note", width=50),
    ),
    MOST_PAIRS,
)
INITIATIVES = Block(
    "IN",
    "tblInitiatieven",
    (
        Field("code", required=True, width=30),
        Field("path", required=True, width=30),
        Field("counted", CHOICE, choices="yes_no", required=True, width=16),
        Field("reason", width=50),
        Field("publish_ratio", CHOICE, choices="yes_no", width=20),
    ),
    MOST_INITIATIVES,
    lines=2,
)
TARIFFS = Block(
    "ET",
    "tblEigenTarieven",
    (
        Field("unit_value", CHOICE, choices="unit_value", required=True, width=48),
        Field("own_amount", EURO, 0, 1_000_000, width=16),
        Field("price_year", YEAR, FIRST_YEAR, LAST_YEAR, width=12),
        Field("confirmation", CHOICE, choices="confirmation", width=30),
        Field("source", width=44),
        Field("confirmed_by", width=40),
    ),
    MOST_TARIFFS,
    lines=2,
)
LETTER = Block(
    "BR",
    "tblBrief",
    questions=tuple(Question(f"BR-{n:02d}", _of_letter(code)) for n, code in enumerate(LETTER_FIELDS, 1)),
)
USUAL_CONFIRMED = LETTER.question("usual_confirmed_by").code
RECOMMENDATIONS = Block(
    "BA",
    "tblAanbevelingen",
    (
        Field("recommendation", width=48),
        Field("response", CHOICE, choices="response", width=24),
        Field("explanation", width=50),
        Field("who", width=20),
        Field("when", width=16),
        Field("progress", width=40),
    ),
    10,
    lines=3,
)
MEANS = Block(
    "BM",
    "tblMiddelen",
    (
        Field("scheme", width=40),
        Field("amount", EURO, 0, 1e9, width=16),
        Field("until", YEAR, FIRST_YEAR, LAST_YEAR, width=14),
        Field("note", width=34),
    ),
    10,
)
OWN_NUMBERS = Block(
    "EG",
    "tblEigenGetallen",
    (
        Field("own_number", AS_TYPED, width=30),
        Field("meaning", width=60),
        Field("source", width=50),
    ),
    MOST_OWN_NUMBERS,
)
OBJECTIONS_EACH = Result(
    "TI",
    "tblTegenwerpingenPerInitiatief",
    (
        ResultColumn("name", "wrap", 50),
        ResultColumn("ratio", "ratio", 18),
        ResultColumn("counted_year", "ratio", 16),
        ResultColumn("cautious", "ratio", 16),
        ResultColumn("heaviest_ratio", "ratio", 14),
        ResultColumn("heaviest", "note", 14),
    ),
    capacity=MOST_INITIATIVES,
)
QUESTIONS = Result(
    "RV",
    "tblRaadsvragen",
    (
        ResultColumn("asked", "wrap", 36),
        ResultColumn("answered", "wrap", 90),
        ResultColumn("rests_on", "wrap", 60),
    ),
    capacity=40,
)
FACTS = Result(
    "FE",
    "tblFeiten",
    (
        ResultColumn("name", width=34),
        ResultColumn("value", "general", 18),
        ResultColumn("wording", width=34),
        ResultColumn("unit", width=16),
        ResultColumn("meaning", "wrap", 70),
        ResultColumn("provenance", "wrap", 70),
    ),
    capacity=MOST_FACTS,
)

_COMPARED = Charts(("initiatives_by_group", "initiatives_ratio"), 24, 600)
_SHEETS = (
    Sheet("portfolio_guide", "guide"),
    Sheet("study", "input", (SETTINGS, MUNICIPALITY)),
    Sheet("initiatives", "input", (OVERLAPS, INITIATIVES)),
    Sheet("own_tariffs", "input", (TARIFFS,)),
    Sheet("letter", "input", (LETTER, RECOMMENDATIONS, MEANS, OWN_NUMBERS)),
    LIBRARY_SHEET,
    checks(recheck=True),
    *outcomes(),
    Sheet(
        "comparison",
        "result",
        (
            _COMPARED,
            COMPARISON,
            COMPARED_TOTAL,
            LAST_TIME,
            LAST_TIME_TOTAL,
            pictured(MOST_INITIATIVES),
            titles("VT", "tblGrafiekVergelijking", _COMPARED),
        ),
    ),
    objections((OBJECTIONS_EACH,)),
    UNCERTAINTY_SHEET,
    BUDGET_SHEET,
    ADDING_UP_SHEET,
    TRAIL_SHEET,
    Sheet("council_questions", "result", (QUESTIONS,)),
    Sheet("facts", "result", (FACTS,)),
    GLOSSARY_SHEET,
)
COPIES = copies(_SHEETS)
PORTFOLIO = Workbook("portfolio", (*_SHEETS, versions(COPIES, COMPUTED_WITH)))
