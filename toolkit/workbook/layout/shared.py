"""Parts that the form and the portfolio have in common: settings, checks, terms and versions."""

from __future__ import annotations

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.fields import CHOICE, NUMBER, SHARE, TEXT, WHOLE, YEAR, Field, Question
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, CHOICES, FIRST_YEAR, HORIZON, LAST_YEAR
from toolkit.workbook.layout.parts import Block, Line, Reference, Result, ResultColumn, Said, lines
from toolkit.workbook.layout.versions import TEMPLATE_VERSION

VALUED_LISTS = ("deadweight", "attribution", "still", "timing")
"""Lists whose answers stand for a number in the formulas of sheet Narekenen."""
SAID_LISTS = ("still",)
"""Lists whose answers the form reads back in a sentence."""

SETTINGS = Block(
    "ST",
    "tblStudie",
    questions=(
        Question("ST-01", Field("name", required=True)),
        Question("ST-02", Field("first_year", YEAR, FIRST_YEAR, LAST_YEAR, required=True)),
        Question("ST-03", Field("activity_years", WHOLE, 1, ACTIVITY_YEARS, required=True)),
        Question("ST-04", Field("horizon", WHOLE, 1, HORIZON)),
        Question("ST-05", Field("price_level", YEAR, FIRST_YEAR, LAST_YEAR, required=True)),
        Question("ST-06", Field("discount_rate", SHARE, 0, 20, required=True)),
        Question("ST-07", Field("timing_benefits", CHOICE, choices="timing")),
        Question("ST-08", Field("timing_costs", CHOICE, choices="timing")),
        Question("ST-09", Field("counterfactual", TEXT, required=True)),
        Question("ST-10", Field("include_volunteer_hours", CHOICE, choices="yes_no")),
        Question("ST-11", Field("draws", NUMBER, 1000, 1_000_000)),
        Question("ST-12", Field("seed", WHOLE, 0, 2**31)),
    ),
)

CHECKS = Result(
    "CO",
    "tblControles",
    (
        ResultColumn("check", "wrap", 90),
        ResultColumn("expected", "number2", 16),
        ResultColumn("found", "number2", 16),
        ResultColumn("difference", "number2", 14),
        ResultColumn("verdict", width=14),
        ResultColumn("where", "wrap", 30),
        ResultColumn("target", width=24),
        ResultColumn("link", width=12),
        ResultColumn("code", width=30, is_code=True),
    ),
    capacity=300,
    links=("link", "target"),
)
TERMS = Reference(
    "BE", "tblBegrippen", (ResultColumn("term", width=34), ResultColumn("meaning", "wrap", 100)), 40
)


def _valued_columns(name: str) -> tuple[ResultColumn, ...]:
    """Answers of a list, the number each stands for, and for some what the form says of it."""
    shown = Said(f"form.list_names.{name}")
    beside = ("value", *(("said",) if name in SAID_LISTS else ()))
    return (
        ResultColumn(name, "general", 24, shown),
        *(
            ResultColumn(f"{name}_{c}", "general", 24, Said(f"form.recheck.{c}_of", {"name": shown}))
            for c in beside
        ),
    )


LISTS = Reference(
    "LI",
    "tblLijsten",
    tuple(ResultColumn(name, width=24, heading=Said(f"form.list_names.{name}")) for name in CHOICES),
    20,
)
VALUED = Reference(
    "LW",
    "tblRekenwaarden",
    tuple(column for name in VALUED_LISTS for column in _valued_columns(name)),
    12,
)
GLOSSARY_SHEET = Sheet("glossary", "reference", (TERMS, LISTS, VALUED))
VERSIONS = Result(
    "VE",
    "tblVersies",
    (ResultColumn("what", width=44), ResultColumn("value", width=70)),
    rows=(
        Line("template", "text", Said("form.versions.template"), {"value": TEMPLATE_VERSION}),
        *lines(
            "form.versions.{row}",
            ("toolkit", "library", "computed_on", "source_file", "checksum", "study"),
            "text",
        ),
    ),
)
