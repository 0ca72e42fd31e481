"""Brings an amount to the asked price level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from toolkit.kengetallen.trouble import LibraryError

BASE_YEAR = 2011
"""The year in which every index is 1; no price year lies before it."""

CPI, WAGES = "cpi", "loon"
LEGAL, AS_REPORTED = "wet", "geen"
NOT_INDEXED = (LEGAL, AS_REPORTED)
"""Legal amounts (given for their own year) and euros as reported."""

AFTER_LAST_YEAR, PROVISIONAL, WAGE_BY_CPI = (
    "after_last_year",
    "provisional",
    "wage_by_cpi",
)
REMARKS = (AFTER_LAST_YEAR, PROVISIONAL, WAGE_BY_CPI)


@dataclass(frozen=True, slots=True)
class YearChange:
    """The price change of one year in per cent, compared with the year before."""

    year: int
    change: float
    source: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Indexed:
    """How to bring an amount to another price level: multiply by `factor`.

    remarks: what a reader must be told, out of REMARKS.
    """

    factor: float
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexTable:
    """The yearly price changes per series, each from the year after BASE_YEAR without gaps."""

    series: Mapping[str, tuple[YearChange, ...]]

    def factor(self, series: str, from_year: int, to_year: int) -> Indexed:
        """Give the factor that brings an amount from one price level to another.

        factor = index[to_year] / index[from_year], where index[BASE_YEAR] = 1 and
        index[y] = index[y - 1] * (1 + change[y] / 100). Equal years give exactly 1 without
        consulting a series; so do the series of NOT_INDEXED. A year after the last known
        year counts as the last known year. Wages follow the CPI in a library without a wage
        series. Each of these two, and a provisional change that is used, is a remark.

        Raises LibraryError 'price_year_too_early' for a year before BASE_YEAR, and 'unknown_series'.

        >>> table = IndexTable({"cpi": (YearChange(2012, 2.0, "", False), YearChange(2013, 50.0, "", True))})
        >>> table.factor("cpi", 2012, 2013)
        Indexed(factor=1.5, remarks=('provisional',))
        >>> table.factor("wet", 2012, 2013)
        Indexed(factor=1.0, remarks=())
        """
        if from_year == to_year or series in NOT_INDEXED:
            return Indexed(1.0)
        asked, series = series, self.followed(series)
        remarks = [WAGE_BY_CPI] if series != asked else []
        if series not in self.series:
            raise LibraryError("unknown_series", {"series": series, "known": (*self.series, *NOT_INDEXED)})
        early, late = sorted((from_year, to_year))
        if early < BASE_YEAR:
            raise LibraryError("price_year_too_early", {"year": early, "first_year": BASE_YEAR})
        changes = self.series[series]
        if late > changes[-1].year:
            remarks.append(AFTER_LAST_YEAR)
        used = [c for c in changes if early < c.year <= late]
        if any(c.provisional for c in used):
            remarks.append(PROVISIONAL)
        growth = prod(1 + c.change / 100 for c in used)
        return Indexed(growth if to_year > from_year else 1 / growth, tuple(remarks))

    def followed(self, series: str) -> str:
        """The series that amounts of `series` follow: for wages without a series of their own the CPI."""
        return CPI if series == WAGES and WAGES not in self.series else series

    def last_year(self, series: str) -> int | None:
        """The last year whose change is known of what `series` follows, None without such a series."""
        changes = self.series.get(self.followed(series))
        return changes[-1].year if changes else None
