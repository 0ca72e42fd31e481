"""Facts about costs and benefits year by year, added up: when the benefits overtake the costs."""

from __future__ import annotations

from dataclasses import replace

from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.recipe import GAINED, PAID, total
from toolkit.reports.facts.source import Source


def running(book: FactBook, source: Source) -> None:
    """jaar.*: present values added up to and including each year of the horizon.

    costs[y] = sum over s <= y of the present value of the costs in year s; benefits[y] likewise, with the
    corrections for overlap.  The last year holds the totals.  The list 'jaren' walks through the years, and
    'laatste_jaar' holds only the last.
    """
    years = source.study.years
    sides = {"kosten": (PAID, source.cost_keys), "baten": (GAINED, source.line_keys)}
    for place, year in enumerate(years, 1):
        told = book.branch(f"jaar.{year}", "jaar")
        told.year("jaar", year, sources=("study.first_year",))
        for name, (part, keys) in sides.items():
            added = total(*(replace(part, year=counted) for counted in years[:place]))
            told.thousands(f"{name}_opgeteld", added, sources=keys)
    book.rows("jaren", [f"jaar.{year}" for year in years])
    book.rows("laatste_jaar", [f"jaar.{years[-1]}"])
