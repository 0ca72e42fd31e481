"""A plot as a chart part of a Word document: drawn by Word and LibreOffice themselves, sharp at any size."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2

from toolkit.model.palette import GRID_COLOUR, OUTLINE_COLOUR
from toolkit.reports.files.plot import Plot
from toolkit.reports.letter.blocks import LINES, SPREAD

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_TWENTIETH_OF_A_POINT = 635  # English Metric Units
_HEIGHT, _ROW, _AXIS = 4400, 420, 520
_WHOLE, _CENTS = "[$-413]#,##0", '[$-413]"€ "0.00;-"€ "0.00'
_EUROS = '[$-413]"€ "0;-"€ "0'
"""Number formats that are Dutch on any computer (413 is Dutch)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in the text: its relationship, its size in English Metric Units, and what it says."""

    relation: str
    width: int
    height: int
    title: str
    alt: str


def part(plot: Plot, font: str, template: jinja2.Template) -> bytes:
    """The chart part; the same plot gives the same bytes.

    font: the typeface of its letters; empty for that of the theme.
    """
    low, high = plot.numbers[1:3] if plot.form == SPREAD else ((), ())
    values = plot.numbers[0]
    whole_ticks = all(tick == int(tick) for tick in plot.ticks)
    return template.render(
        plot=plot,
        font=font,
        outline=OUTLINE_COLOUR,
        grid=GRID_COLOUR,
        format=_CENTS if plot.euros else _WHOLE,
        axis_format=(_EUROS if whole_ticks else _CENTS) if plot.euros else _WHOLE,
        above=[round(end - value, 6) for end, value in zip(high, values, strict=False)],
        below=[round(value - end, 6) for end, value in zip(low, values, strict=False)],
    ).encode()


def placed(plot: Plot, relation: str, width: int, title: str, alt: str) -> Placed:
    """A chart as wide as the text. width: in twentieths of a point."""
    height = _HEIGHT if plot.form == LINES else len(plot.labels) * _ROW + _AXIS
    return Placed(relation, width * _TWENTIETH_OF_A_POINT, height * _TWENTIETH_OF_A_POINT, title, alt)
