"""Parts that the form and the portfolio have in common: settings and result tables."""

from __future__ import annotations

from toolkit.model.study import DOMAINS
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, CHOICES, GROUPS, HORIZON, PARTIES
from toolkit.workbook.layout.parts import (
    CHOICE,
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    Block,
    Charts,
    Field,
    Question,
    Reference,
    Result,
    ResultColumn,
    Sheet,
)

VALUED_LISTS = ("deadweight", "attribution", "still", "timing")
"""Lists whose answers stand for a number in the formulas of sheet Narekenen."""

SETTINGS = Block(
    "ST",
    "tblStudie",
    questions=(
        Question("ST-01", Field("name", required=True)),
        Question("ST-02", Field("first_year", WHOLE, 2011, 2100, required=True)),
        Question("ST-03", Field("activity_years", WHOLE, 1, ACTIVITY_YEARS, required=True)),
        Question("ST-04", Field("horizon", WHOLE, 1, HORIZON)),
        Question("ST-05", Field("price_level", WHOLE, 2011, 2100, required=True)),
        Question("ST-06", Field("discount_rate", SHARE, 0, 20, required=True)),
        Question("ST-07", Field("timing_benefits", CHOICE, choices="timing")),
        Question("ST-08", Field("timing_costs", CHOICE, choices="timing")),
        Question("ST-09", Field("counterfactual", TEXT, required=True)),
        Question("ST-10", Field("include_volunteer_hours", CHOICE, choices="yes_no")),
        Question("ST-11", Field("draws", NUMBER, 1000, 1_000_000)),
        Question("ST-12", Field("seed", WHOLE, 0, 2**31)),
    ),
)

YEARS = tuple(ResultColumn(f"year_{n}", "euro", 11) for n in range(1, HORIZON + 1))
EURO_GROUPS = tuple(ResultColumn(f"group_{g}", "euro", 14) for g in GROUPS)

HEADLINE = Result(
    "KO",
    "tblKern",
    (
        ResultColumn("figure", width=44),
        ResultColumn("value", "row", 18),
        ResultColumn("low", "row", 18),
        ResultColumn("high", "row", 18),
        ResultColumn("meaning", "note", 18),
    ),
    rows=(
        ("benefits_pv", "euro"),
        ("costs_pv", "euro"),
        ("npv", "euro"),
        ("ratio", "ratio"),
        ("government", "euro"),
        ("government_share", "percent"),
        ("net_ratio", "ratio"),
        ("per_payer_euro", "ratio"),
        ("payback_year", "whole"),
        ("irr", "percent"),
        ("benefit_fall", "percent"),
        ("break_even_participants", "number"),
        ("domains_crossed", "whole"),
        ("volunteer_hours", "number"),
    ),
)
PER_GROUP = Result(
    "UG",
    "tblGroepen",
    (
        ResultColumn("group", width=44),
        *(ResultColumn(f"domain_{n}", "euro", 18) for n in range(1, len(DOMAINS) + 1)),
        ResultColumn("total", "euro", 16),
        ResultColumn("share", "percent", 10),
    ),
    rows=tuple((g, "") for g in (*GROUPS, "total", "insurers_as_government")),
)
PER_PARTY = Result(
    "UP",
    "tblPartijen",
    (
        ResultColumn("party", width=44),
        ResultColumn("costs", "euro", 18),
        ResultColumn("benefits", "euro", 18),
        ResultColumn("balance", "euro", 18),
        ResultColumn("transfers", "euro", 18),
    ),
    rows=tuple((p, "") for p in (*PARTIES, "total")),
)
PER_YEAR = Result(
    "UJ",
    "tblJaren",
    (
        ResultColumn("year", "year", 44),
        ResultColumn("costs", "euro", 18),
        ResultColumn("benefits", "euro", 18),
        ResultColumn("running_costs", "euro", 18),
        ResultColumn("running_benefits", "euro", 18),
    ),
    capacity=HORIZON,
)
EVIDENCE = Result(
    "UB",
    "tblBewijs",
    (
        ResultColumn("grade", width=44),
        ResultColumn("share", "percent", 18),
        ResultColumn("meaning", "note", 18),
    ),
    rows=tuple((g, "") for g in "ABCD"),
)
TRANSFERS = Result(
    "UO",
    "tblOverdrachten",
    (
        ResultColumn("name", "wrap", 44),
        ResultColumn("amount", "euro", 18),
        ResultColumn("payer", "wrap", 18),
        ResultColumn("receiver", "wrap", 18),
    ),
    capacity=20,
)
PM = Result(
    "UZ",
    "tblZonderPrijs",
    (
        ResultColumn("name", "wrap", 44),
        ResultColumn("domain", "wrap", 18),
        ResultColumn("grade", width=18),
        ResultColumn("known_by", "wrap", 18),
        ResultColumn("evidence", "note", 18),
    ),
    capacity=60,
)
CHECKS = Sheet(
    "checks",
    "result",
    (
        Result(
            "CO",
            "tblControles",
            (
                ResultColumn("code", width=22),
                ResultColumn("check", "wrap", 90),
                ResultColumn("expected", "number2", 16),
                ResultColumn("found", "number2", 16),
                ResultColumn("difference", "number2", 14),
                ResultColumn("verdict", width=14),
                ResultColumn("where", "wrap", 30),
                ResultColumn("target", width=24),
                ResultColumn("link", width=12),
            ),
            capacity=300,
            links=("link", "target"),
        ),
    ),
)
UNCERTAINTY = Sheet(
    "uncertainty",
    "result",
    (
        Result(
            "OB",
            "tblBandbreedte",
            (
                ResultColumn("figure", width=44),
                ResultColumn("point", "row", 18),
                ResultColumn("p5", "row", 18),
                ResultColumn("p50", "row", 18),
                ResultColumn("p95", "row", 18),
            ),
            rows=(
                ("benefits_pv", "euro"),
                ("costs_pv", "euro"),
                ("npv", "euro"),
                ("ratio", "ratio"),
                *((g, "euro") for g in GROUPS),
            ),
        ),
        Result(
            "OS",
            "tblScenarios",
            (
                ResultColumn("scenario", width=44),
                ResultColumn("benefits", "euro", 18),
                ResultColumn("costs", "euro", 18),
                ResultColumn("balance", "euro", 18),
                ResultColumn("ratio", "ratio", 18),
                ResultColumn("meaning", "note", 18),
            ),
            rows=tuple((code, "") for code in ("cautious", "middle", "favourable")),
        ),
        Charts(("tornado",), 21, 1000),
        Result(
            "OT",
            "tblAannames",
            (
                ResultColumn("input", "wrap", 56),
                ResultColumn("low", "euro", 18),
                ResultColumn("high", "euro", 18),
                ResultColumn("swing", "euro", 18),
                ResultColumn("where", width=24),
            ),
            capacity=12,
        ),
        Result(
            "OW",
            "tblOmslagpunten",
            (
                ResultColumn("input", "wrap", 56),
                ResultColumn("now", "number2", 18),
                ResultColumn("switch", "number2", 18),
                ResultColumn("unit", "wrap", 18),
                ResultColumn("where", width=24),
            ),
            capacity=12,
        ),
        Result(
            "OC",
            "tblSpreiding",
            (
                ResultColumn("input", "wrap", 56),
                ResultColumn("share", "percent", 18),
            ),
            capacity=13,
        ),
    ),
)
BUDGET = Sheet(
    "budget",
    "result",
    (
        Result(
            "BG",
            "tblBegroting",
            (ResultColumn("party", width=44), ResultColumn("kind", width=26), *YEARS),
            capacity=3 * len(PARTIES),
        ),
        Result(
            "BT",
            "tblTaakvelden",
            (ResultColumn("task_field", "wrap", 44), ResultColumn("kind", width=26), *YEARS),
            capacity=24,
        ),
    ),
)
TERMS = Reference(
    "BE", "tblBegrippen", (ResultColumn("term", width=34), ResultColumn("meaning", "wrap", 100)), 40
)
GLOSSARY = Sheet(
    "glossary",
    "reference",
    (
        TERMS,
        Reference(
            "LI",
            "tblLijsten",
            tuple(ResultColumn(name, width=24) for name in CHOICES),
            12,
        ),
        Reference(
            "LW",
            "tblRekenwaarden",
            tuple(
                ResultColumn(code, "general", 24) for name in VALUED_LISTS for code in (name, f"{name}_value")
            ),
            12,
        ),
    ),
)
VERSIONS = Sheet(
    "versions",
    "result",
    (
        Result(
            "VE",
            "tblVersies",
            (ResultColumn("what", width=44), ResultColumn("value", width=70)),
            rows=tuple(
                (c, "text")
                for c in ("template", "toolkit", "library", "computed_on", "source_file", "checksum", "study")
            ),
        ),
    ),
)


def results(code: str, extra: tuple = ()) -> Sheet:
    """The sheet with outcomes, with tables of its own at the end."""
    charts = Charts(("groups_by_domain", "years", "payers_and_gainers"), 20)
    return Sheet(
        code, "result", (HEADLINE, charts, PM, PER_GROUP, PER_PARTY, TRANSFERS, PER_YEAR, EVIDENCE, *extra)
    )
