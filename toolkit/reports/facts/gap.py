"""Facts about the gap that temporary money leaves, per year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.method.gap import Spent, gaps
from toolkit.model.initiative import TEMPORARY
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.recipe import PAID, Part, total
from toolkit.reports.facts.source import Source


def gap(book: FactBook, source: Source) -> None:
    """gat.*: per year what temporary money leaves for other money to pay."""
    years, found = source.study.years, gaps(source.outcome)
    passing_first = sorted(source.costs, key=lambda cost: cost.investment.term != TEMPORARY)
    keys = [cost.key for cost in passing_first]
    for one in found:
        year = years[one.place]
        told = book.branch(f"gat.jaar{year}", "gat", keys, jaar=str(year))
        told.year("jaar", year, sources=("study.first_year",))
        told.amount("bedrag", total(*(_part(spent, years) for spent in one.spent)))
    book.rows("gat_jaren", [f"gat.jaar{years[one.place]}" for one in found])


def _part(spent: Spent, years: Sequence[int]) -> Part:
    keys = [cost.key for cost in spent.costs]
    return replace(PAID.only(keys), sign=spent.sign, present=False, year=years[spent.place])
