"""Sheet Narekenen: the tables in which live formulas compute the totals again."""

from __future__ import annotations

from toolkit.method.defaults import LONGEST_DEFAULT_HORIZON
from toolkit.model.study import Study
from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.lists import EFFECTS, GROUPS, MONEY_ROWS, PARTIES, PAYERS
from toolkit.workbook.layout.outcomes import parties, years
from toolkit.workbook.layout.parts import Line, Live, ResultColumn, Said, lines

PARTS = 4
"""A change brings at most this many unit values."""

_EUROS = years("euro")
_STAND_IN = Study("", first_year=2025, horizon=0, price_level=2025)
SETTING_DEFAULTS = {
    code: getattr(_STAND_IN, code)
    for code in ("first_year", "activity_years", "price_level", "discount_rate")
} | {"longest_horizon": LONGEST_DEFAULT_HORIZON}
"""What the preview reckons with as long as a form has no settings."""


def _numbered(what: str) -> tuple[ResultColumn, ...]:
    width, format = (22, "text") if what == "part" else (12, "general")
    return tuple(
        ResultColumn(f"{what}_{n}", format, width, Said(f"form.recheck.{what}", {"n": n}))
        for n in range(1, PARTS + 1)
    )


def _each(key: str, parties: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(f"{key}_{p}", "euro2", Said(f"form.recheck.{key}", {"party": Said(f"form.parties.{p}")}))
        for p in parties
    )


PART_COLUMNS, FACTOR_COLUMNS = _numbered("part"), _numbered("factor")
"""Of a change: the unit values it brings, and how many of each."""

TOTALS = Live(
    "NR",
    "tblNarekenen",
    (
        ResultColumn("figure", width=44),
        ResultColumn("formula", "row", 27),
        ResultColumn("python", "row", 27),
        ResultColumn("difference", "row", 14),
        ResultColumn("verdict", width=14),
    ),
    rows=(
        *(
            Line(f"group_{g}", "euro2", Said("form.recheck.gain", {"party": Said(f"form.groups.{g}")}))
            for g in GROUPS
        ),
        Line("total", "euro2", Said("form.figures.benefits_pv.name"), is_total=True),
        Line("costs_pv", "euro2", Said("form.figures.costs_pv.name")),
        Line("npv", "euro2", Said("form.figures.npv.name")),
        Line("ratio", "factor", Said("form.figures.ratio.name")),
        Line("payback_year", "whole", Said("form.figures.payback_year.name")),
        *_each("gain", PARTIES),
        *_each("paid", PAYERS),
    ),
    plain=("figure", "python"),
)
SETTINGS = Live(
    "NS",
    "tblNrInstellingen",
    (
        ResultColumn("figure", width=44),
        ResultColumn("default", "general", 18),
        ResultColumn("form", "general", 18),
        ResultColumn("computed", "general", 14),
        ResultColumn("used", "general", 14),
    ),
    rows=tuple(
        Line(
            code,
            "general",
            Said(f"form.recheck_settings.{code}"),
            {"default": SETTING_DEFAULTS[code]} if code in SETTING_DEFAULTS else {},
        )
        for code in (
            "first_year",
            "activity_years",
            "longest_horizon",
            "horizon",
            "price_level",
            "discount_rate",
            "theta_benefits",
            "theta_costs",
            "volunteers",
            "hour_value",
        )
    ),
    plain=("figure", "default", "computed"),
)
YEARS = Live(
    "ND",
    "tblNrJaren",
    (ResultColumn("figure", width=44), ResultColumn("start", "general", 18, constant=0), *years("row")),
    rows=(
        *lines("form.recheck_years.{row}", ("number", "calendar", "active", "inside"), "whole"),
        *lines("form.recheck_years.{row}", ("factor_b", "factor_c"), "factor"),
    ),
    plain=("figure", "start"),
)
EFFECT = Live(
    "NE",
    "tblNrEffecten",
    (
        ResultColumn("change", width=44),
        ResultColumn("code", width=18),
        ResultColumn("kv", "general", 18),
        ResultColumn("vd", "general", 14),
        ResultColumn("per_person", "general", 11),
        ResultColumn("reach", "general", 11),
        ResultColumn("sign", "general", 11),
        ResultColumn("deadweight", "general", 11),
        ResultColumn("attribution", "general", 11),
        ResultColumn("default_displacement", "general", 11),
        ResultColumn("displacement", "general", 11),
        ResultColumn("net", "factor", 11),
        ResultColumn("lasting", "general", 11),
        ResultColumn("default_duration", "general", 11),
        ResultColumn("known_duration", "general", 11),
        ResultColumn("duration", "general", 11),
        ResultColumn("lag", "general", 11),
        ResultColumn("drop_off", "general", 11),
        ResultColumn("keep", "general", 11),
        ResultColumn("keep_all", "factor", 11),
        ResultColumn("ends", "general", 11),
        ResultColumn("agreed", "general", 14),
        ResultColumn("own", "general", 11),
        ResultColumn("people", "general", 11),
        ResultColumn("of_people", "general", 11),
        ResultColumn("average", "general", 11),
        ResultColumn("has_average", "general", 11),
        ResultColumn("usual", "general", 11),
        ResultColumn("has_head", "general", 11),
        ResultColumn("is_known", "general", 11),
        ResultColumn("has_total", "general", 11),
        ResultColumn("per_head", "general", 11),
        ResultColumn("quantity", "general", 11),
        ResultColumn("said_deadweight", "general", 11),
        ResultColumn("said_attribution", "general", 11),
        ResultColumn("said_still", "general", 11),
        ResultColumn("group", width=22),
        ResultColumn("who", width=22),
        ResultColumn("participants", "general", 11),
        ResultColumn("residents", "general", 11),
    ),
    capacity=EFFECTS,
)
INFLOW = Live(
    "NN",
    "tblNrInstroom",
    (ResultColumn("change", width=44), ResultColumn("start", "general", 18), *years("number2")),
    capacity=EFFECTS,
    plain=("start",),
)
UNITS = Live(
    "NU",
    "tblNrEenheden",
    (ResultColumn("change", width=44), ResultColumn("start", "general", 18, constant=0), *years("number2")),
    capacity=EFFECTS,
    plain=("start",),
)
PART = Live(
    "NP",
    "tblNrKengetallen",
    (
        ResultColumn("kengetal", width=44),
        ResultColumn("kg", "general", 18),
        ResultColumn("factor", "general", 18),
        ResultColumn("library", "number2", 14),
        ResultColumn("amount", "number2", 14),
        ResultColumn("counted", "general", 11),
        ResultColumn("per_unit", "number2", 14),
        ResultColumn("present_value", "euro2", 11),
        *parties("party", "general", 11),
    ),
    capacity=EFFECTS * PARTS,
)
WORTH = Live(
    "NW",
    "tblNrPerEenheid",
    (
        ResultColumn("change", width=44),
        ResultColumn("present_value", "euro2", 18),
        *parties("party", "number2", 14),
    ),
    capacity=EFFECTS,
)
GAINS = Live(
    "NX",
    "tblNrBaten",
    (ResultColumn("party", width=44), ResultColumn("present_value", "euro2", 18), *_EUROS),
    rows=lines("form.parties.{row}", PARTIES, "euro"),
    plain=("party",),
)
COSTS = Live(
    "NK",
    "tblNrKosten",
    (
        ResultColumn("name", width=44),
        ResultColumn("party", width=18),
        ResultColumn("price", "general", 18),
        ResultColumn("goes_on", "general", 11),
        ResultColumn("first", "general", 11),
        ResultColumn("unknown_end", "general", 11),
        ResultColumn("covered_until", "general", 11),
        ResultColumn("last", "general", 11),
        *_EUROS,
    ),
    capacity=MONEY_ROWS,
)
COVERED = Live(
    "NV",
    "tblNrGedekt",
    (ResultColumn("party", width=44), *_EUROS),
    capacity=MONEY_ROWS,
)
PAID = Live(
    "NY",
    "tblNrBetalers",
    (ResultColumn("party", width=44), ResultColumn("present_value", "euro2", 18), *_EUROS),
    rows=lines("form.parties.{row}", PAYERS, "euro"),
    plain=("party",),
)
RUNNING = Live(
    "NZ",
    "tblNrLopend",
    (
        ResultColumn("figure", width=44),
        ResultColumn("start", "general", 18, constant=0),
        *_EUROS,
        ResultColumn("after", "general", 8, constant=1),
    ),
    rows=lines(
        "form.recheck_years.{row}",
        ("benefits", "costs", "running_benefits", "running_costs", "covered"),
        "euro",
    ),
    plain=("figure", "start", "after"),
)
READBACK = Live(
    "NT",
    "tblNrTerugleeszin",
    (
        ResultColumn("own", width=44),
        ResultColumn("unit", width=18),
        ResultColumn("many_less", width=18),
        ResultColumn("many_more", width=14),
        ResultColumn("one_less", width=14),
        ResultColumn("one_more", width=11),
        ResultColumn("many", width=11),
        ResultColumn("one", width=11),
        ResultColumn("phrase", width=11),
        ResultColumn("number", width=11),
        ResultColumn("amount", width=11),
        ResultColumn("together", width=11),
        ResultColumn("claim", width=11),
        ResultColumn("mine", "general", 11),
        ResultColumn("kept", "general", 11),
        ResultColumn("is_discussed", "general", 11),
        ResultColumn("said_mine", width=11),
        ResultColumn("said_kept", width=11),
        ResultColumn("said_later", width=11),
        ResultColumn("guessed", "general", 11),
        ResultColumn("said_guess", width=11),
        ResultColumn("spoken", width=11),
        ResultColumn("sentence", width=11),
    ),
    capacity=EFFECTS,
)
RECALCULATION_SHEET = Sheet(
    "recalculation",
    "result",
    (
        TOTALS,
        SETTINGS,
        YEARS,
        EFFECT,
        INFLOW,
        UNITS,
        PART,
        WORTH,
        GAINS,
        COSTS,
        COVERED,
        PAID,
        RUNNING,
        READBACK,
    ),
)
