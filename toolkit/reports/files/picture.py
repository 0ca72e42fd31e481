"""A plot as a vector drawing for a page: shapes with their place, which the template writes down.

The drawing is narrow, so that its letters stay readable on a telephone: a label stands above its bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toolkit.reports.files.plot import BREAK_EVEN, Plot
from toolkit.reports.letter.blocks import LINES, SPREAD
from toolkit.words import dutch

WIDTH = 480
_ROW, _BAR, _BASELINE = 42, 15, 15
_SIDE = 1
_PLOT_HEIGHT, _LEGEND, _AXIS = 200, 28, 24
_MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    kind: ClassVar[str] = "bar"
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """look: 'grid', 'zero', 'mark' (dashed) or 'range'."""

    kind: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float
    look: str


@dataclass(frozen=True, slots=True)
class Label:
    """anchor: 'start', 'middle' or 'end'."""

    kind: ClassVar[str] = "label"
    x: float
    y: float
    anchor: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A series over the years; a dashed one has square marks, the other round ones."""

    kind: ClassVar[str] = "course"
    points: tuple[tuple[float, float], ...]
    colour: str
    dashed: bool


Shape = Bar | Line | Label | Course


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in the order in which they are drawn, on a sheet of WIDTH by height."""

    height: float
    shapes: tuple[Shape, ...]
    width: int = WIDTH


def picture(plot: Plot) -> Picture:
    """The drawing of a plot."""
    return _courses(plot) if plot.form == LINES else _rows(plot)


def _rows(plot: Plot) -> Picture:
    """Lying bars from zero; a spread adds a line from low to high, and an axis with the break-even point."""
    ticks = plot.ticks
    scale = _Scale(ticks[0], ticks[-1], _SIDE, WIDTH - _SIDE)
    bottom = _ROW * len(plot.labels)
    shapes: list[Shape] = []
    spread = plot.form == SPREAD
    if spread:
        shapes += [Line(scale(t), 0, scale(t), bottom, "grid") for t in ticks]
        shapes.append(Line(scale(BREAK_EVEN), 0, scale(BREAK_EVEN), bottom, "mark"))
        shapes += [Label(scale(t), bottom + 18, _anchor(t, ticks), _tick(t, plot)) for t in ticks]
    shapes.append(Line(scale(0), 0, scale(0), bottom, "zero"))
    for place, (label, value, told, colour) in enumerate(
        zip(plot.labels, plot.numbers[0], plot.told[0], plot.colours, strict=True)
    ):
        top = place * _ROW
        x, width = min(scale(0), scale(value)), abs(scale(value) - scale(0))
        shapes.append(Label(0, top + _BASELINE, "start", label))
        shapes.append(Label(WIDTH, top + _BASELINE, "end", told, strong=True))
        shapes.append(Bar(x, top + _BASELINE + 6, width, _BAR, colour))
        if spread:
            low, high = (scale(column[place]) for column in plot.numbers[1:3])
            middle = top + _BASELINE + 6 + _BAR / 2
            shapes.append(Line(low, middle, high, middle, "range"))
            shapes += [Line(end, middle - 5, end, middle + 5, "range") for end in (low, high)]
    return Picture(bottom + (_AXIS if spread else 4), tuple(shapes))


def _courses(plot: Plot) -> Picture:
    """Lines over the years under a legend; the figures of the axis stand on its lines."""
    ticks = plot.ticks
    bottom = _LEGEND + _PLOT_HEIGHT
    up = _Scale(ticks[0], ticks[-1], bottom, _LEGEND + 14)
    along = _Scale(0, max(len(plot.labels) - 1, 1), 60, WIDTH - 24)
    shapes: list[Shape] = []
    for tick in ticks:
        shapes.append(Line(0, up(tick), WIDTH, up(tick), "zero" if tick == 0 else "grid"))
        shapes.append(Label(0, up(tick) - 3, "start", _tick(tick, plot)))
    step = -(-len(plot.labels) // _MOST_LABELS)
    shapes += [
        Label(along(place), bottom + 18, "middle", label)
        for place, label in enumerate(plot.labels)
        if place % step == 0
    ]
    for place, (name, numbers, colour) in enumerate(zip(plot.names, plot.numbers, plot.colours, strict=True)):
        dashed, left = place == 0, place * WIDTH / 2
        shapes.append(Course(((left + 8, 10), (left + 40, 10)), colour, dashed))
        shapes.append(Label(left + 50, 15, "start", name))
        points = tuple((along(year), up(value)) for year, value in enumerate(numbers))
        shapes.append(Course(points, colour, dashed))
    return Picture(bottom + _AXIS, tuple(shapes))


class _Scale:
    """Puts numbers from `low` to `high` between two places on the sheet."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._start = low, start
        self._unit = (end - start) / (high - low)

    def __call__(self, value: float) -> float:
        return round(self._start + (value - self._low) * self._unit, 1)


def _tick(value: float, plot: Plot) -> str:
    decimals = 0 if value == int(value) else 2
    return dutch.euro(value, decimals) if plot.euros else dutch.number(value, decimals)


def _anchor(value: float, ticks: tuple[float, ...]) -> str:
    if value == ticks[0]:
        return "start"
    return "end" if value == ticks[-1] else "middle"
