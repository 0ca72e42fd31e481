"""The sheets with outcomes that the form and the portfolio have in common."""

from __future__ import annotations

from toolkit.model.study import DOMAINS
from toolkit.workbook.layout.lists import GROUPS, HORIZON, PARTIES
from toolkit.workbook.layout.parts import Charts, Result, ResultColumn, Sheet, Titles

YEARS = tuple(ResultColumn(f"year_{n}", "euro", 11) for n in range(1, HORIZON + 1))
EURO_GROUPS = tuple(ResultColumn(f"group_{g}", "euro", 14) for g in GROUPS)

_FIGURE_COLUMNS = (
    ResultColumn("figure", width=44),
    ResultColumn("value", "row", 18),
    ResultColumn("low", "row", 18),
    ResultColumn("high", "row", 18),
    ResultColumn("meaning", "note", 18),
)
HEADLINE = Result(
    "KO",
    "tblKern",
    _FIGURE_COLUMNS,
    rows=(
        ("benefits_pv", "euro"),
        ("government", "euro"),
        ("ratio", "ratio"),
        ("benefit_fall", "percent"),
    ),
)
MORE_FIGURES = Result(
    "KM",
    "tblMeerCijfers",
    _FIGURE_COLUMNS,
    rows=(
        ("costs_pv", "euro"),
        ("npv", "euro"),
        ("government_share", "percent"),
        ("net_ratio", "ratio"),
        ("per_payer_euro", "ratio"),
        ("payback_year", "whole"),
        ("irr", "percent"),
        ("break_even_participants", "number"),
        ("domains_crossed", "whole"),
        ("volunteer_hours", "number"),
    ),
)
CHANGE = "change_"
"""What the rows of tblVeranderd have before the name of their figure."""
CHANGES = Result(
    "WV",
    "tblVeranderd",
    (
        ResultColumn("figure", width=44),
        ResultColumn("before", "row", 18),
        ResultColumn("after", "row", 18),
        ResultColumn("difference", "row", 18),
    ),
    rows=(
        (f"{CHANGE}benefits_pv", "euro"),
        (f"{CHANGE}costs_pv", "euro"),
        (f"{CHANGE}npv", "euro"),
        (f"{CHANGE}government", "euro"),
        (f"{CHANGE}ratio", "ratio"),
    ),
    optional=True,
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


def titles(code: str, table: str, charts: Charts) -> Titles:
    """What the charts above it say, in cells that their titles refer to."""
    columns = (ResultColumn("source", "wrap", 44), ResultColumn("title", "note", 18))
    return Titles(code, table, columns, rows=tuple((name, "") for name in charts.names))


_TORNADO = Charts(("tornado",), 21, 1000)
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
        _TORNADO,
        titles("OG", "tblGrafiekAannames", _TORNADO),
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


def results(code: str, extra: tuple = ()) -> Sheet:
    """The sheet with outcomes: the figures, what they look like, and then all tables."""
    charts = Charts(("groups_by_domain", "years", "payers_and_gainers"), 20)
    pictures = (charts, titles("UT", "tblGrafieken", charts))
    tables = (CHANGES, PM, MORE_FIGURES, PER_GROUP, PER_PARTY, TRANSFERS, PER_YEAR, EVIDENCE, *extra)
    return Sheet(code, "result", (HEADLINE, *pictures, *tables))
