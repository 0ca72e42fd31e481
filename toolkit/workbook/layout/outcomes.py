"""The sheets with outcomes that the form and the portfolio have in common."""

from __future__ import annotations

from toolkit.method.figures import EXPECTED
from toolkit.model.study import DOMAINS, NO_COVER
from toolkit.model.unit_value import GRADES
from toolkit.words.vocabulary import section
from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.lists import GROUPS, HORIZON, PARTIES
from toolkit.workbook.layout.parts import Charts, Line, Result, ResultColumn, Said, Titles, lines

YEAR_COLUMN = "year_"
"""What the codes of columns of years begin with."""


def years(format: str, width: int = 13) -> tuple[ResultColumn, ...]:
    """A column for every year of the longest horizon."""
    return tuple(
        ResultColumn(f"{YEAR_COLUMN}{n}", format, width, Said("form.year.column", {"n": n}))
        for n in range(1, HORIZON + 1)
    )


def parties(prefix: str, format: str, width: int) -> tuple[ResultColumn, ...]:
    """A column for every party."""
    return tuple(ResultColumn(f"{prefix}_{p}", format, width, Said(f"form.parties.{p}")) for p in PARTIES)


YEARS = years("euro")
EURO_GROUPS = tuple(ResultColumn(f"group_{g}", "euro", 14, Said(f"form.groups.{g}")) for g in GROUPS)
EURO_DOMAINS = tuple(
    ResultColumn(f"domain_{n}", "euro", 18, name.capitalize()) for n, name in enumerate(DOMAINS, 1)
)


def _figures(formats: dict[str, str]) -> tuple[Line, ...]:
    """Rows with a figure each, by code -> number format."""
    key = "form.figures.{row}"
    return tuple(
        line
        for code, format in formats.items()
        for line in lines(f"{key}.name", [code], format, meaning=f"{key}.meaning")
    )


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
    rows=_figures(
        {
            "benefits_pv": "euro",
            "government": "euro",
            "ratio": "ratio",
            "counted_year": "ratio",
            "cautious": "ratio",
            "benefit_fall": "percent",
            "largest": "percent",
        }
    ),
)
MORE_FIGURES = Result(
    "KM",
    "tblMeerCijfers",
    _FIGURE_COLUMNS,
    rows=_figures(
        {
            "costs_pv": "euro",
            "npv": "euro",
            "government_share": "percent",
            "net_ratio": "ratio",
            "per_payer_euro": "ratio",
            "per_payer_with_gap": "ratio",
            "payback_year": "whole",
            "irr": "percent",
            "break_even_participants": "number",
            "domains_crossed": "whole",
            "volunteer_hours": "number",
        }
    ),
)
CHANGE = "change_"
"""What the rows of tblVeranderd have before the name of their figure."""
_COMPARED = {"benefits_pv": "euro", "costs_pv": "euro", "npv": "euro", "government": "euro", "ratio": "ratio"}
WHAT_CHANGED = Result(
    "WV",
    "tblVeranderd",
    (
        ResultColumn("figure", width=44),
        ResultColumn("before", "row", 18),
        ResultColumn("after", "row", 18),
        ResultColumn("difference", "row", 18),
    ),
    rows=tuple(
        Line(f"{CHANGE}{code}", format, Said(f"form.figures.{code}.name"))
        for code, format in _COMPARED.items()
    ),
    optional=True,
)
WITHOUT_COVER = Line(NO_COVER, label=Said(f"form.parties.{NO_COVER}"), is_aside=True)
PER_GROUP = Result(
    "UG",
    "tblGroepen",
    (
        ResultColumn("group", width=44),
        *EURO_DOMAINS,
        ResultColumn("total", "euro", 16),
        ResultColumn("share", "percent", 10),
        ResultColumn("costs", "euro", 16),
    ),
    rows=(
        *lines("form.groups.{row}", GROUPS),
        WITHOUT_COVER,
        Line("total", label=Said("form.groups.total"), is_total=True),
        Line("insurers_as_government", label=Said("form.groups.insurers_as_government"), is_total=True),
    ),
)
MOST_DOMAINS = 5
"""So many domains are told by name; the others go together."""
PER_DOMAIN = Result(
    "UD",
    "tblDomeinen",
    (
        ResultColumn("domain", width=44),
        ResultColumn("total", "euro", 18),
        ResultColumn("share", "percent", 18),
    ),
    capacity=MOST_DOMAINS + 1,
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
    rows=(
        *lines("form.parties.{row}", PARTIES),
        WITHOUT_COVER,
        Line("total", label=Said("form.parties.total"), is_total=True),
    ),
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
        *(ResultColumn(f"group_{g}", "percent", 18, Said(f"form.groups.{g}")) for g in GROUPS),
        ResultColumn("meaning", "note", 18),
    ),
    rows=lines("form.evidence_rows.{row}", (*GRADES, EXPECTED)),
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
NO_PRICE = Result(
    "UZ",
    "tblZonderPrijs",
    (
        ResultColumn("name", "wrap", 44),
        ResultColumn("domain", "wrap", 18),
        ResultColumn("grade", width=18),
        ResultColumn("people", "number", 12),
        ResultColumn("known_by", "wrap", 18),
        ResultColumn("outputs", "wrap", 30),
        ResultColumn("evidence", "note", 18),
    ),
    capacity=60,
)


def titles(code: str, table: str, charts: Charts) -> Titles:
    """What the charts above it say, in cells that their titles refer to."""
    columns = (ResultColumn("source", "wrap", 44), ResultColumn("title", "note", 18))
    key = "form.charts.{row}"
    return Titles(code, table, columns, rows=lines(f"{key}.source", charts.names, title=f"{key}.title"))


_TORNADO = Charts(("tornado",), 21, 1000)
BANDS = Result(
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
        *lines("form.figures.{row}.name", ("benefits_pv", "costs_pv", "npv"), "euro"),
        *lines("form.figures.{row}.name", ("ratio",), "ratio"),
        *lines("form.groups.{row}", GROUPS, "euro"),
    ),
)
SCENARIOS = Result(
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
    rows=lines(
        "form.scenarios.{row}.name",
        ("cautious", "middle", "favourable"),
        meaning="form.scenarios.{row}.meaning",
    ),
)
ASSUMPTIONS = Result(
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
)
SWITCHES = Result(
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
)
CONTRIBUTIONS = Result(
    "OC",
    "tblSpreiding",
    (ResultColumn("input", "wrap", 56), ResultColumn("share", "percent", 18)),
    capacity=13,
)
UNCERTAINTY_SHEET = Sheet(
    "uncertainty",
    "result",
    (
        BANDS,
        SCENARIOS,
        _TORNADO,
        ASSUMPTIONS,
        SWITCHES,
        CONTRIBUTIONS,
        titles("OG", "tblGrafiekAannames", _TORNADO),
    ),
)
OWN, BENEFITS, SAVED, EXTRA, NET = KINDS = ("costs", "benefits", "saved", "extra", "net")
"""What a budget tells of a party, in order; all but what it pays itself is told of a task field too."""
BALANCE = "balance"
BUDGET = Result(
    "BG",
    "tblBegroting",
    (
        ResultColumn("party", width=44),
        ResultColumn("kind", width=26),
        ResultColumn("present_value", "euro", 16),
        *YEARS,
    ),
    capacity=len(KINDS) * len(PARTIES) + 4,
)
TASK_FIELDS = Result(
    "BT",
    "tblTaakvelden",
    (
        ResultColumn("task_field", "wrap", 44),
        ResultColumn("kind", width=26),
        ResultColumn("present_value", "euro", 16),
        *YEARS,
    ),
    capacity=len(KINDS[1:]) * len(section("form.task_fields")),
)
BUDGET_NOTES = Result(
    "BN",
    "tblBegrotingUitleg",
    (ResultColumn("about", width=44), ResultColumn("said", "note", 26)),
    rows=(
        *lines("form.budget_notes.{row}.name", ("freed", "more", "net"), said="form.budget_notes.{row}.said"),
        *lines("form.budget_notes.{row}.name", ("above_gain", "cover", "welfare", "care")),
    ),
)
BUDGET_SHEET = Sheet("budget", "result", (BUDGET, BUDGET_NOTES, TASK_FIELDS))
