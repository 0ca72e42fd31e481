"""Facts about costs and benefits year by year, added up: when the benefits overtake the costs."""

from __future__ import annotations

from dataclasses import replace

from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.recipe import GAINED, PAID, total
from toolkit.reports.facts.source import Source
from toolkit.words import dutch


def running(book: FactBook, source: Source) -> None:
    """jaar.*: present values added up to and including each year of the horizon.

    costs[y] = sum over s <= y of the present value of the costs in year s; benefits[y] likewise, with the
    corrections for overlap.  The last year holds the totals.  The list 'jaren' walks through the years, and
    'laatste_jaar' holds only the last.
    """
    outcome, years = source.outcome, list(source.study.years)
    sides = {
        "kosten": (source.cost_keys, PAID, outcome.cost_per_party.sum(axis=0) * outcome.cost_factors),
        "baten": (source.line_keys, GAINED, outcome.benefits.sum(axis=0) * outcome.benefit_factors),
    }
    for place, year in enumerate(years, 1):
        book.year(f"jaar.{year}.jaar", year, "jaar.jaar", ("study.first_year",))
        for name, (keys, part, euros) in sides.items():
            amount = float(euros[:place].sum())
            made = total(*(replace(part, year=counted) for counted in years[:place]))
            shown = dutch.number(amount / 1000)
            book.add(f"jaar.{year}.{name}_opgeteld", amount, shown, f"jaar.{name}_opgeteld", keys, made)
    book.rows("jaren", [f"jaar.{year}" for year in years])
    book.rows("laatste_jaar", [f"jaar.{years[-1]}"])
