"""What a picture shows: the figures of its table as numbers, each series with its colour."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from toolkit.model.palette import BENEFIT_COLOUR, COST_COLOUR, GROUP_COLOURS, SPREAD_COLOUR
from toolkit.reports.letter.blocks import LINES, SPREAD, Chart, Runs, text_of

BREAK_EVEN = 1.0
"""A euro of benefits for a euro of costs: a spread always shows it."""

_EURO_SIGN = "€"
_FIGURE = re.compile(r"-?(?:€\s*)?\d{1,3}(?:\.?\d{3})*(?:,\d+)?")
_LONGEST_LABEL = 42
_TICKS, _MOST_EUROS = 5, 8


class NoFigure(ValueError):
    """A cell of a picture that holds no figure: a fault of ours in a template."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The numbers of a picture.

    labels: of the rows.  series: the name of each column of figures, with its numbers and its words per row.
    colours: per row for BARS and SPREAD, per series for LINES.  euros: the figures are euros and cents.
    """

    form: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[tuple[float, ...], ...]
    told: tuple[tuple[str, ...], ...]
    colours: tuple[str, ...]
    euros: bool

    @classmethod
    def of(cls, chart: Chart) -> Plot:
        """The plot of a chart: it shows what its table says, no more exact. Raises NoFigure."""
        columns = tuple(zip(*((text_of(cell) for cell in row[1:]) for row in chart.table.rows), strict=True))
        return cls(
            form=chart.form,
            labels=tuple(_shortened(text_of(row[0])) for row in chart.table.rows),
            names=tuple(text_of(cell) for cell in chart.table.header[1:]),
            numbers=tuple(tuple(map(number, column)) for column in columns),
            told=columns,
            colours=_colours(chart),
            euros=any(_EURO_SIGN in text for column in columns for text in column),
        )

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round numbers that span everything shown, with nothing among them."""
        shown = [value for column in self.numbers for value in column]
        low, high = min(0.0, *shown), max(0.0, *shown)
        if self.form != SPREAD:
            return ticks(low, high)
        first, last = math.floor(low), math.ceil(max(high, BREAK_EVEN))
        return ticks(low, high) if last - first > _MOST_EUROS else tuple(map(float, range(first, last + 1)))


def number(text: str) -> float:
    """The number that a figure in a table says; raises NoFigure.

    >>> number("1.234"), number("-350"), number("€\\xa03,60")
    (1234.0, -350.0, 3.6)
    """
    if not _FIGURE.fullmatch(text):
        raise NoFigure(text)
    return float(re.sub(rf"[.{_EURO_SIGN}\s]", "", text).replace(",", "."))


def ticks(low: float, high: float) -> tuple[float, ...]:
    """At most _TICKS + 2 round numbers from at or below `low` to at or above `high`.

    >>> ticks(0.0, 9434.0), ticks(-0.4, 1.1)
    ((0.0, 2000.0, 4000.0, 6000.0, 8000.0, 10000.0), (-0.5, 0.0, 0.5, 1.0, 1.5))
    """
    rough = (high - low) / _TICKS or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(place * step, 10) for place in range(first, max(last, first + 1) + 1))


def _colours(chart: Chart) -> tuple[str, ...]:
    if chart.form == LINES:
        return (COST_COLOUR, BENEFIT_COLOUR)
    other = SPREAD_COLOUR if chart.form == SPREAD else BENEFIT_COLOUR
    return tuple(GROUP_COLOURS.get(_branch(row[1]), other) for row in chart.table.rows)


def _branch(cell: Runs) -> str:
    """The branch of the fact in a cell, such as 'overheid' of 'overheid.baten_duizend'."""
    return next((run.fact.partition(".")[0] for run in cell if run.fact), "")


def _shortened(label: str) -> str:
    """A label that fits beside its figure; the table holds it whole."""
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
