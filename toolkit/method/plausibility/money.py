"""Doubts about money and time: payments the costs do not hold, years that do not match, large amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from toolkit.method.figures import CENT
from toolkit.method.plausibility.rows import Row, about, about_rows, gains, named
from toolkit.model.arrays import Floats
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.initiative import MONEY
from toolkit.model.result import InitiativeOutcome, Line
from toolkit.model.unit_value import OUT_OF_COSTS

MOST_PER_PARTICIPANT = 15_000.0
"""Euros per participant in one year above which a study must explain itself: a convention of this
method, about half of what a full-time job at the minimum wage is worth."""
LARGEST = 3


def of_initiative(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """The doubts about the costs, the years and the size of the benefits of one initiative."""
    yield from _payments(one)
    yield from _years_with_costs(one, rows)
    yield from _long(one, rows)
    yield from _cut(one, rows)
    yield from _per_participant(one)


def _long(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """Effects that outlast the horizon: one finding per sheet on which the duration can be changed."""
    long = sorted((row for row in rows if row.first.duration > one.study.horizon), key=_sheet_of_duration)
    for _, found in groupby(long, key=_sheet_of_duration):
        group = list(found)
        longest = max(row.first.duration for row in group)
        facts: dict[str, object] = {"duration": longest, "horizon": one.study.horizon}
        yield about_rows(WARN, "duration_above_horizon", group, "duration", **facts)


def _sheet_of_duration(row: Row) -> str:
    return row.cell("duration").partition("!")[0]


def _payments(one: InitiativeOutcome) -> Iterator[Finding]:
    """What is paid out of the costs can never be more than the costs: of the year, or of its own line."""
    paying = [
        line for line in one.lines if line.effect.unit_value.kind == OUT_OF_COSTS and gains(line.effect)
    ]
    money = [cost for cost in one.costs if cost.investment.kind == MONEY]
    none = np.zeros(one.study.horizon)
    # A refund makes what was spent in a year negative: nothing was paid out of it then.
    spent = np.maximum(sum((cost.per_year for cost in money), none), 0.0)
    paid = sum(map(_paid_out, paying), none)
    if np.any(paid > spent + CENT):
        yield about(
            one.initiative, WARN, "payment_above_costs", _cell(paying), **_worst_year(one, paid, spent)
        )
        return
    for code in dict.fromkeys(line.effect.unit_value.code for line in paying):
        own = [cost for cost in money if code and code in cost.investment.name.casefold()]
        lines = [line for line in paying if line.effect.unit_value.code == code]
        spent = np.maximum(sum((c.per_year for c in own), none), 0.0)
        paid = sum(map(_paid_out, lines), none)
        if own and np.any(paid > spent + CENT):
            facts = _worst_year(one, paid, spent) | {"cost": named(c.investment.name for c in own)}
            yield about(one.initiative, WARN, "payment_above_cost_line", _cell(lines), **facts)


def _paid_out(line: Line) -> Floats:
    """Euros paid per year (H), before anything is taken off for what would have happened anyway."""
    return line.effect.factor * line.unit_amount * line.units


def _cell(lines: Sequence[Line]) -> str:
    return lines[0].effect.cells.get("reach", "")


def _worst_year(one: InitiativeOutcome, paid: Floats, spent: Floats) -> dict[str, object]:
    year = int(np.argmax(paid - spent))
    return {"year": one.study.years[year], "paid": float(paid[year]), "spent": float(spent[year])}


def _years_with_costs(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """Activity without costs: the benefits of years that nobody seems to pay for."""
    costs = {year for cost in one.costs if cost.inside for year in np.flatnonzero(cost.per_year > 0)}
    active = {
        year for row in rows for e in row.effects for year, number in enumerate(e.inflow) if number.mode
    }
    if len(costs) < len(active):
        without = [str(one.study.first_year + year) for year in sorted(active - costs)]
        yield about(
            one.initiative,
            WARN,
            "costs_in_fewer_years",
            years=", ".join(without),
            active=len(active),
            paid=len(costs),
        )


def _cut(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """What lasts beyond the horizon, in undiscounted euros of the price level."""
    lines = [line for line in one.lines if line.beyond > 0]
    cut = {line.effect.row or line.effect.code for line in lines}
    found = [row for row in rows if (row.first.row or row.first.code) in cut]
    if found:
        euros = sum(line.beyond * line.net_factor * line.unit_amount * line.shares.sum() for line in lines)
        amount, last = float(round(euros)), one.study.years[-1]
        yield about_rows(INFO, "cut_by_horizon", found, amount=amount, last=last)


def _per_participant(one: InitiativeOutcome) -> Iterator[Finding]:
    """Benefits through participants, of all parties together, in the year in which they are largest."""
    people = one.initiative.participants
    lines = [line for line in one.lines if line.effect.person == "deelnemers"]
    if not people or not lines:
        return
    per_year = sum(line.benefits.sum(axis=0) for line in lines)
    year = int(np.argmax(per_year))
    each = float(per_year[year]) / people
    if each > MOST_PER_PARTICIPANT:
        lines.sort(key=lambda line: -float(line.benefits[:, year].sum()))
        yield about(
            one.initiative,
            WARN,
            "benefits_per_participant",
            year=one.study.years[year],
            each=float(round(each)),
            limit=MOST_PER_PARTICIPANT,
            participants=float(people),
            effects=named([line.effect.what_changes for line in lines][:LARGEST]),
        )
