"""Facts about the gap that temporary money leaves, per year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.model.initiative import TEMPORARY
from toolkit.model.result import CostLine
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.recipe import PAID, Part, total
from toolkit.reports.facts.source import NOTHING, Source, cost_key


@dataclass(frozen=True, slots=True)
class _Spent:
    """What some costs are in one year, as the place of that year in the study. Not discounted."""

    costs: Sequence[CostLine]
    place: int

    @property
    def amount(self) -> float:
        return float(sum(cost.per_year[self.place] for cost in self.costs))

    def part(self, years: Sequence[int]) -> Part:
        keys = [cost_key(cost) for cost in self.costs]
        return replace(PAID.only(keys), present=False, year=years[self.place])


def gap(book: FactBook, source: Source) -> None:
    """gat.*: per year the costs that temporary money paid or should have paid, and other money must pay now.

    That is what temporary money still stands for after its end, and by how much other money pays more
    than in the first year, up to what fell away. In euros, not discounted.
    """
    years = source.study.years
    passing = [cost for cost in source.costs if cost.investment.term == TEMPORARY]
    lasting = [cost for cost in source.costs if cost.investment.term != TEMPORARY]
    first = most = _Spent((), 0)
    branches = []
    for place, year in enumerate(years):
        ended = _Spent([cost for cost in passing if (cost.investment.until or year) < year], place)
        going = _Spent([cost for cost in passing if (cost.investment.until or year) >= year], place)
        now = _Spent(lasting, place)
        first = now if place == 0 else first
        most = max(most, going, key=lambda spent: spent.amount)
        # what other money took over, or what fell away: the smaller of the two
        after, before = min((now, first), (most, going), key=lambda pair: pair[0].amount - pair[1].amount)
        taken_over = after.amount - before.amount
        amount, parts = ended.amount, [ended.part(years)]
        if taken_over > NOTHING:
            amount += taken_over
            parts += [after.part(years), -before.part(years)]
        if amount > NOTHING:
            branch, keys = f"gat.jaar{year}", [cost_key(cost) for cost in (*passing, *lasting)]
            book.year(f"{branch}.jaar", year, "gat.jaar", ("study.first_year",))
            book.amount(f"{branch}.bedrag", amount, "gat.bedrag", keys, total(*parts), jaar=str(year))
            branches.append(branch)
    book.rows("gat_jaren", branches)
