"""Doubts about later years that bring more than the reporting year did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.method.figures import NOTHING, net
from toolkit.method.plausibility.rows import Row, about_rows
from toolkit.method.timeline import units_in_effect
from toolkit.model.finding import WARN, Finding
from toolkit.model.initiative import GROWTH, Effect
from toolkit.model.result import InitiativeOutcome, Line

MOST_GROWTH = 1.10
"""So many times the reporting year a later year may be without a word about why."""


def growth(one: InitiativeOutcome, rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows that grow without a reason, and the share of the benefits that hangs on it."""
    grown = [row for row in rows if _grows(row.first) and not row.first.reasons.get(GROWTH, "").strip()]
    if not grown or one.benefits_pv <= NOTHING:
        return
    names = {row.first.row or row.first.code for row in grown}
    lines = [line for line in one.lines if (line.effect.row or line.effect.code) in names]
    hanging = sum(net(one.present_benefits(_growth_of(line).benefits)) for line in lines)
    share = float(round(100 * hanging / one.benefits_pv))
    yield about_rows(WARN, "growth_without_reason", grown, GROWTH, share=share)


def _grows(effect: Effect) -> bool:
    first, *later = [number.mode for number in effect.inflow] or [0.0]
    return any(number > MOST_GROWTH * first for number in later)


def _growth_of(line: Line) -> Line:
    """The part of a line that later years bring above the reporting year."""
    effect = line.effect
    level = effect.inflow[0].mode
    above = [max(0.0, number.mode - level) if year else 0.0 for year, number in enumerate(effect.inflow)]
    when = (effect.drop_off.mode, effect.duration, effect.lag, len(line.units))
    return replace(line, units=units_in_effect(above, *when))
