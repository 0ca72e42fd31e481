"""Sheet Narekenen: the tables in which live formulas compute the totals again."""

from __future__ import annotations

from toolkit.method.defaults import LONGEST_DEFAULT_HORIZON
from toolkit.model.study import Study
from toolkit.workbook.layout.lists import GROUPS, HORIZON, PARTIES
from toolkit.workbook.layout.parts import Live, ResultColumn, Sheet

PARTS = 4
"""A change brings at most this many unit values."""

_YEARS = tuple(ResultColumn(f"year_{n}", "number2", 11) for n in range(1, HORIZON + 1))
_BY_ROW = tuple(ResultColumn(f"year_{n}", "row", 11) for n in range(1, HORIZON + 1))
_EUROS = tuple(ResultColumn(f"year_{n}", "euro", 11) for n in range(1, HORIZON + 1))
_PARTY_WORTH = tuple(ResultColumn(f"party_{p}", "number2", 14) for p in PARTIES)
_PARTY_COLUMNS = tuple(ResultColumn(f"party_{p}", "general", 11) for p in PARTIES)

TOTALS = (
    *((f"group_{g}", "euro2") for g in GROUPS),
    ("total", "euro2"),
    ("costs_pv", "euro2"),
    ("npv", "euro2"),
    ("ratio", "factor"),
    ("payback_year", "whole"),
    *((f"gain_{p}", "euro2") for p in PARTIES),
    *((f"paid_{p}", "euro2") for p in PARTIES),
)
SETTING_ROWS = (
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
_STAND_IN = Study("", first_year=2025, horizon=0, price_level=2025)
SETTING_DEFAULTS = {
    code: getattr(_STAND_IN, code)
    for code in ("first_year", "activity_years", "price_level", "discount_rate")
} | {"longest_horizon": LONGEST_DEFAULT_HORIZON}
"""What the preview reckons with as long as a form has no settings."""


def recalculation(effects: int, money_rows: int) -> Sheet:
    """The sheet for a form with this many effects and rows of money."""
    return Sheet(
        "recalculation",
        "result",
        (
            Live(
                "NR",
                "tblNarekenen",
                (
                    ResultColumn("figure", width=44),
                    ResultColumn("formula", "row", 18),
                    ResultColumn("python", "row", 18),
                    ResultColumn("difference", "row", 14),
                    ResultColumn("verdict", width=14),
                ),
                rows=TOTALS,
                plain=("figure", "python"),
            ),
            Live(
                "NS",
                "tblNrInstellingen",
                (
                    ResultColumn("figure", width=44),
                    ResultColumn("default", "general", 18),
                    ResultColumn("form", "general", 18),
                    ResultColumn("computed", "general", 14),
                    ResultColumn("used", "general", 14),
                ),
                rows=tuple((code, "general") for code in SETTING_ROWS),
                plain=("figure", "default", "computed"),
            ),
            Live(
                "ND",
                "tblNrJaren",
                (ResultColumn("figure", width=44), ResultColumn("start", "general", 18), *_BY_ROW),
                rows=(
                    *((c, "whole") for c in ("number", "calendar", "active", "inside")),
                    *((c, "factor") for c in ("factor_b", "factor_c")),
                ),
                plain=("figure", "start"),
            ),
            Live(
                "NE",
                "tblNrEffecten",
                (
                    ResultColumn("change", width=44),
                    ResultColumn("code", width=18),
                    ResultColumn("kv", "general", 18),
                    ResultColumn("vd", "general", 14),
                    ResultColumn("per_person", "general", 14),
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
                    ResultColumn("who", width=22),
                    ResultColumn("participants", "general", 11),
                    ResultColumn("residents", "general", 11),
                ),
                capacity=effects,
            ),
            _per_effect("NN", "tblNrInstroom", effects),
            _per_effect("NU", "tblNrEenheden", effects),
            Live(
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
                    *_PARTY_COLUMNS,
                ),
                capacity=effects * PARTS,
            ),
            Live(
                "NW",
                "tblNrPerEenheid",
                (
                    ResultColumn("change", width=44),
                    ResultColumn("present_value", "euro2", 18),
                    *_PARTY_WORTH,
                ),
                capacity=effects,
            ),
            Live(
                "NX",
                "tblNrBaten",
                (ResultColumn("party", width=44), ResultColumn("present_value", "euro2", 18), *_EUROS),
                rows=tuple((p, "euro") for p in PARTIES),
                plain=("party",),
            ),
            Live(
                "NK",
                "tblNrKosten",
                (
                    ResultColumn("name", width=44),
                    ResultColumn("party", width=18),
                    ResultColumn("price", "general", 18),
                    ResultColumn("first", "general", 14),
                    ResultColumn("last", "general", 14),
                    *_EUROS,
                ),
                capacity=money_rows,
            ),
            Live(
                "NY",
                "tblNrBetalers",
                (ResultColumn("party", width=44), ResultColumn("present_value", "euro2", 18), *_EUROS),
                rows=tuple((p, "euro") for p in PARTIES),
                plain=("party",),
            ),
            Live(
                "NZ",
                "tblNrLopend",
                (
                    ResultColumn("figure", width=44),
                    ResultColumn("start", "general", 18),
                    *_EUROS,
                    ResultColumn("after", "general", 8),
                ),
                rows=tuple(
                    (c, "euro") for c in ("benefits", "costs", "running_benefits", "running_costs", "covered")
                ),
                plain=("figure", "start", "after"),
            ),
            Live(
                "NT",
                "tblNrTerugleeszin",
                (
                    ResultColumn("many", width=44),
                    ResultColumn("one", width=18),
                    ResultColumn("phrase", width=18),
                    ResultColumn("claim", width=14),
                    ResultColumn("without", "general", 18),
                    ResultColumn("rest", "general", 14),
                    ResultColumn("later", "general", 14),
                    ResultColumn("said_opening", width=11),
                    ResultColumn("said_deadweight", width=11),
                    ResultColumn("said_attribution", width=11),
                    ResultColumn("said_still", width=11),
                    ResultColumn("said_later", width=11),
                    ResultColumn("sentence", width=11),
                ),
                capacity=effects,
            ),
        ),
    )


def _per_effect(code: str, table: str, effects: int) -> Live:
    columns = (ResultColumn("change", width=44), ResultColumn("start", "general", 18), *_YEARS)
    return Live(code, table, columns, capacity=effects, plain=("start",))
