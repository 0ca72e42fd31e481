"""Native Excel charts, drawn once when a template is built; they follow their tables."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import NumDataSource, NumRef, StrData, StrRef, StrVal
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.model import palette
from toolkit.words.vocabulary import word
from toolkit.workbook.drawing import style
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.objections import COMPUTED, LINE, OBJECTIONS
from toolkit.workbook.layout.outcomes import (
    ASSUMPTIONS,
    EURO_GROUPS,
    PER_DOMAIN,
    PER_GROUP,
    PER_PARTY,
    PER_YEAR,
)
from toolkit.workbook.layout.parts import Result, Titles
from toolkit.workbook.layout.poster import REACHED
from toolkit.workbook.layout.screen import READINGS
from toolkit.workbook.layout.side_by_side import PICTURED

# the order of the schema, which openpyxl does not keep
ErrorBars.__elements__ = ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr")
MILLIONS = "0.0,,"
THOUSANDS, COUNTS = "#,##0,", "#,##0"
EUROS, EUROS_OF_AXIS = '"€ "0.00', "0.0"
UNSEEN = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """What a chart shows: the table, its category column, its series and how they are drawn.

    All rows of the table but its totals are shown.  points: a colour for each row, where one series
    shows them all.  line_at: where a line stands from which the bars go right and left.  labelled: each bar
    has its value beside it.  band: columns with how far the band goes below and above each bar.
    background: series that the legend leaves out, as the axis says what they are.
    """

    table: Result
    category: str
    series: tuple[str, ...]
    colours: tuple[str, ...]
    kind: str
    axis_format: str = MILLIONS
    points: tuple[str, ...] = ()
    line_at: float | None = None
    labelled: bool = False
    band: tuple[str, str] | tuple[()] = ()
    background: tuple[str, ...] = ()


_BOTH_SIDES = (palette.COST_COLOUR, palette.BENEFIT_COLOUR)
_OF_GROUPS = tuple(palette.GROUP_COLOURS.values())
_BY_GROUP = tuple(c.code for c in EURO_GROUPS)
PLOTS = {
    "reached": Plot(REACHED, "who", ("people",), (palette.BENEFIT_COLOUR,), "bars", COUNTS, labelled=True),
    "gainers": Plot(
        PER_GROUP,
        "group",
        ("total",),
        (palette.BENEFIT_COLOUR,),
        "bars",
        THOUSANDS,
        points=_OF_GROUPS,
        labelled=True,
    ),
    "years": Plot(PER_YEAR, "year", ("running_costs", "running_benefits"), _BOTH_SIDES, "line", THOUSANDS),
    "domains": Plot(
        PER_DOMAIN, "domain", ("total",), (palette.BENEFIT_COLOUR,), "bars", THOUSANDS, labelled=True
    ),
    "readings": Plot(
        READINGS,
        "reading",
        ("ratio",),
        (palette.BENEFIT_COLOUR,),
        "bars",
        EUROS,
        points=(palette.BENEFIT_COLOUR, *(palette.SPREAD_COLOUR,) * (len(READINGS.rows) - 1)),
        line_at=1.0,
        labelled=True,
    ),
    "payers_and_gainers": Plot(PER_PARTY, "party", ("costs", "benefits"), _BOTH_SIDES, "bars"),
    "tornado": Plot(
        ASSUMPTIONS, "input", ("low", "high"), (style.LOW_COLOUR, style.HIGH_COLOUR), "tornado", THOUSANDS
    ),
    "objections": Plot(
        OBJECTIONS,
        "objection",
        ("ratio",),
        (palette.BENEFIT_COLOUR,),
        "bars",
        EUROS,
        points=tuple(
            palette.BENEFIT_COLOUR if line.code == COMPUTED else palette.SPREAD_COLOUR
            for line in OBJECTIONS.parts
        ),
        line_at=1.0,
        labelled=True,
    ),
    "initiatives_by_group": Plot(
        PICTURED,
        "name",
        # the grey one in the middle: a legend counts its entries from either end, and must lose the same one
        (*_BY_GROUP[:2], "other_benefits", *_BY_GROUP[2:]),
        (*_OF_GROUPS[:2], palette.COST_COLOUR, *_OF_GROUPS[2:]),
        "stacked_bars",
        background=("other_benefits",),
    ),
    "initiatives_ratio": Plot(
        PICTURED,
        "named",
        # the last is not seen: it keeps the axis long enough for the band
        ("ratio", "other_ratio", "p95"),
        (palette.BENEFIT_COLOUR, palette.COST_COLOUR, UNSEEN),
        "bands",
        EUROS,
        line_at=1.0,
        band=("below", "above"),
        background=("ratio", "other_ratio", "p95"),
    ),
}


def _characters(size: int, bold: bool = False, colour: str = style.GREY) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, latin=Font(typeface=style.FONT), solidFill=colour)


def _text(size: int = 900) -> RichText:
    properties = ParagraphProperties(defRPr=_characters(size))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties(sz=size))])


def _title(text: str, size: int = 1300, bold: bool = True) -> Title:
    look = _characters(size, bold, style.NAVY if bold else style.GREY)
    run = RegularTextRun(rPr=look, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False, layout=Layout())


def _linked_title(name: str, workbook: Workbook) -> Title:
    """A title that shows what stands in its cell, so that it follows the numbers."""
    placed = next(p for p in workbook.tables() if isinstance(p.table, Titles) and name in p.table.row_codes)
    cell = f"'{placed.sheet.name}'!${placed.letter('title')}${placed.row(name)}"
    kept = StrData(ptCount=1, pt=[StrVal(idx=0, v=word(f"form.charts.{name}.title"))])
    look = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_characters(1300, True, style.NAVY)))])
    text = Text(strRef=StrRef(f=cell, strCache=kept))
    return Title(tx=text, overlay=False, layout=Layout(), txPr=look)


def _new(kind: str) -> BarChart | LineChart:
    if kind == "line":
        return LineChart()
    chart = BarChart()
    chart.type = "bar"
    if kind in ("stacked_bars", "tornado"):
        chart.grouping, chart.overlap = "stacked", 100
    if kind == "bands":
        chart.overlap = 100
    chart.gapWidth = 50
    return chart


def _axes(chart: BarChart | LineChart, plot: Plot, name: str) -> None:
    """Spell out what Excel does not assume: visible axes, plain lines, number format."""
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _text()
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.tickLblSkip, chart.x_axis.noMultiLvlLbl = 1, True
    chart.y_axis.number_format = EUROS_OF_AXIS if plot.axis_format == EUROS else plot.axis_format
    chart.y_axis.numFmt.sourceLinked = False
    chart.y_axis.title = _title(word(f"form.charts.{name}.axis"), 900, bold=False)
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E0E0E0", w=9525))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    if plot.kind != "line":
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    if plot.line_at is not None:
        chart.x_axis.crosses, chart.x_axis.crossesAt = None, plot.line_at
        chart.x_axis.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=style.GREY, w=19050)
        )


def draw(name: str, workbook: Workbook, sheets: dict[str, Worksheet]) -> BarChart | LineChart:
    """Draw one chart of PLOTS over the table it belongs to."""
    plot = PLOTS[name]
    placed = workbook.place(plot.table)
    table = placed.table
    assert isinstance(table, Result)
    sheet, first = sheets[placed.sheet.code], placed.first_row
    last = first + (len(table.parts) or table.size) - 1
    chart = _new(plot.kind)
    drawn = list(zip(plot.series, plot.colours, strict=True))
    if plot.line_at is not None:
        # a bar that is not seen: with it the axis reaches the line, also where every ratio lies below
        drawn.append((LINE, UNSEEN))
    for code, colour in drawn:
        column = placed.column(code)
        series = Series(Reference(sheet, min_col=column, min_row=first, max_row=last), title_from_data=False)
        series.tx = _header_reference(sheet, column, placed.header_row)
        _paint(series, colour, plot.kind)
        if plot.band and colour != UNSEEN:
            below, above = (
                Reference(sheet, min_col=placed.column(side), min_row=first, max_row=last)
                for side in plot.band
            )
            series.errBars = _band(str(below), str(above))
        chart.series.append(series)
    categories = placed.column(plot.category)
    chart.set_categories(Reference(sheet, min_col=categories, min_row=first, max_row=last))
    for place, colour in enumerate(plot.points):
        look = GraphicalProperties(solidFill=colour)
        chart.series[0].dPt.append(DataPoint(idx=place, invertIfNegative=False, spPr=look))
    if plot.labelled:
        for series in chart.series[: len(plot.series)]:
            series.dLbls = _labels(plot.axis_format)
    if plot.line_at is not None:
        chart.overlap = 100
    chart.title = _linked_title(name, workbook)
    _axes(chart, plot, name)
    if len(plot.series) - len(plot.background) > 1:
        left_out = (place for place, code in enumerate(plot.series) if code in plot.background)
        chart.legend.legendEntry = [LegendEntry(idx=place, delete=True) for place in left_out]
        chart.legend.position, chart.legend.overlay, chart.legend.txPr = "b", False, _text()
    else:
        chart.legend = None
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=style.LINE))
    return chart


def _header_reference(sheet: Worksheet, column: int, row: int) -> SeriesLabel:
    cell = Reference(sheet, min_col=column, min_row=row)
    return SeriesLabel(strRef=StrRef(f=str(cell)))


def _labels(format: str) -> DataLabelList:
    """The value of each bar beside it."""
    labels = DataLabelList(numFmt=format, txPr=_text(), dLblPos="outEnd", showVal=True)
    for part in ("showLegendKey", "showCatName", "showSerName", "showPercent"):
        setattr(labels, part, False)
    return labels


def _band(below: str, above: str) -> ErrorBars:
    """A thin line from the low end to the high end of each bar."""
    return ErrorBars(
        errBarType="both",
        errValType="cust",
        minus=NumDataSource(numRef=NumRef(f=below)),
        plus=NumDataSource(numRef=NumRef(f=above)),
        spPr=GraphicalProperties(ln=LineProperties(solidFill=palette.OUTLINE_COLOUR, w=12700)),
    )


def _paint(series: Series, colour: str, kind: str) -> None:
    if kind == "line":
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 28575
        series.smooth = False
        series.marker.symbol, series.marker.size = "circle", 6
        series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
        return
    if colour == UNSEEN:
        series.graphicalProperties.noFill = True
    else:
        series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.noFill = True
    series.invertIfNegative = False
