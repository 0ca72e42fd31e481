"""Facts about costs and benefits year by year, added up: when the benefits overtake the costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from toolkit.model.result import StudyOutcome
from toolkit.reports.facts import Facts
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.made import GAINED, PAID, Part, total
from toolkit.words import dutch


def with_running_totals(facts: Facts, outcome: StudyOutcome) -> Facts:
    """The facts with jaar.*: present values added up to and including each year of the horizon.

    costs[y] = sum over s <= y of the present value of the costs in year s; benefits[y] likewise, with the
    corrections for overlap.  The last year holds the totals.  The list 'jaren' walks through the years, and
    'laatste_jaar' holds only the last.
    """
    book = FactBook("")
    years = list(outcome.study.years)
    sides: Mapping[str, tuple[str, Part, np.ndarray]] = {
        "kosten": ("totaal.kosten", PAID, outcome.cost_per_party.sum(axis=0) * outcome.cost_factors),
        "baten": ("totaal.baten", GAINED, outcome.benefits.sum(axis=0) * outcome.benefit_factors),
    }
    for place, year in enumerate(years, 1):
        book.year(f"jaar.{year}.jaar", year, "jaar.jaar", ("study.first_year",))
        for name, (whole, part, euros) in sides.items():
            amount = float(euros[:place].sum())
            made = total(*(replace(part, year=counted) for counted in years[:place]))
            shown, sources = dutch.number(amount / 1000), facts[whole].provenance
            book.add(f"jaar.{year}.{name}_opgeteld", amount, shown, f"jaar.{name}_opgeteld", sources, made)
    book.rows("jaren", [f"jaar.{year}" for year in years])
    book.rows("laatste_jaar", [f"jaar.{years[-1]}"])
    added = book.facts()
    return Facts({**facts.by_name, **added.by_name}, {**facts.lists, **added.lists})
