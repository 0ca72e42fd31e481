"""Sheet Tabellen: every table that stands behind the one screen of Uitkomsten."""

from __future__ import annotations

from toolkit.workbook.layout import screen
from toolkit.workbook.layout.books import Part, Sheet
from toolkit.workbook.layout.outcomes import (
    EVIDENCE,
    HEADLINE,
    MORE_FIGURES,
    NO_PRICE,
    PER_DOMAIN,
    PER_GROUP,
    PER_PARTY,
    PER_YEAR,
    TRANSFERS,
    WHAT_CHANGED,
    titles,
)
from toolkit.workbook.layout.parts import Charts, Result

_CHARTS = Charts(("domains", "payers_and_gainers"), 19, 560)
TITLES = titles("UT", "tblGrafieken", Charts((*screen.CHARTS.names, *_CHARTS.names)))
"""What the charts of both sheets say."""


def outcomes(extra: tuple[Result, ...] = ()) -> tuple[Sheet, Sheet]:
    """Uitkomsten and Tabellen. extra: tables that only one workbook has."""
    tables: tuple[Part, ...] = (
        HEADLINE,
        MORE_FIGURES,
        WHAT_CHANGED,
        _CHARTS,
        PER_DOMAIN,
        PER_GROUP,
        PER_PARTY,
        TRANSFERS,
        PER_YEAR,
        NO_PRICE,
        EVIDENCE,
        *extra,
        screen.READINGS,
        TITLES,
    )
    return screen.screen(), Sheet("tables", "result", tables)
