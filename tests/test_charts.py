"""The pictures in a letter: they show what the table beside them says, and say it in words too."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from situations import SITUATIONS
from test_document import changed_house_style, docx_parts, docx_tree

from toolkit.model import palette
from toolkit.reports.files.page import to_html
from toolkit.reports.files.picture import WIDTH, picture
from toolkit.reports.files.plot import NoFigure, Plot, number, ticks
from toolkit.reports.files.text import to_text
from toolkit.reports.files.word import to_docx
from toolkit.reports.letter.blocks import BARS, LINES, SPREAD, Chart, Run, Table, text_of
from toolkit.reports.letter.drafting import render
from toolkit.reports.letter.markup import MarkupError, figure, literal, parse

NASTY = "=1+1 <b>&amp;</b> {{ 7 * 7 }} {% raw %} **x** | # \x00\x07 \u202e\"'"
SHOWN_NASTY = "=1+1 <b>&amp;</b> {{ 7 * 7 }} {% raw %} **x** | #"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def chart(form: str, *rows: tuple[str, ...], header: tuple[str, ...] = ("Groep", "Baten")) -> Chart:
    def cells(row):
        return tuple((Run(cell, fact),) for cell, fact in zip(row, ("", "a.b", "a.c", "a.d"), strict=False))

    table = Table(
        (Run("Baten"),), cells(header), tuple(map(cells, rows)), (False,) + (True,) * len(rows[0][1:])
    )
    return Chart(form, (Run("Staafdiagram."),), table)


def charts_of(name: str) -> list[tuple[Chart, Table]]:
    """The charts in the letter of a situation, each with the first table behind it."""
    case = SITUATIONS[name]()
    blocks = parse(render(case.facts(), case.letter))
    return [
        (block, next(b for b in blocks[place:] if b.kind == "table"))
        for place, block in enumerate(blocks)
        if block.kind == "chart"
    ]


# --- what they show ---


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_figure_of_a_picture_stands_in_the_table_below_it_under_the_same_fact(name):
    shown = charts_of(name)
    assert [one.form for one, _ in shown] in ([BARS, LINES, SPREAD], [BARS, LINES])
    for one, table in shown:
        beside = {run for row in table.rows for cell in row for run in cell}
        figures = {run for row in one.table.rows for cell in row[1:] for run in cell}
        assert figures and all(run.fact for run in figures)
        assert figures <= beside


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_picture_says_its_figures_in_words(name):
    for one, _ in charts_of(name):
        said = text_of(one.alt)
        rows = one.table.rows[-1:] if one.form == LINES else one.table.rows
        for row in rows:
            assert all(text_of(cell) in said for cell in row[1:]), said
        assert said[-1] == "."


def test_a_group_has_the_colour_of_the_workbooks_and_a_losing_one_lies_left_of_zero():
    one, _ = next(pair for pair in charts_of("a_group_loses") if pair[0].form == BARS)
    plot = Plot.of(one)
    assert set(plot.colours) == set(palette.GROUP_COLOURS.values())
    bars = [shape for shape in picture(plot).shapes if shape.kind == "bar"]
    zero = next(shape for shape in picture(plot).shapes if shape.kind == "line" and shape.look == "zero")
    for bar, value in zip(bars, plot.numbers[0], strict=True):
        end = bar.x if value < 0 else bar.x + bar.width
        assert (end < zero.x1) if value < 0 else (end >= zero.x1)
    assert any(value < 0 for value in plot.numbers[0])


def test_a_spread_always_shows_where_a_euro_brings_a_euro():
    plot = Plot.of(chart(SPREAD, ("De Kade", "€ 0,20", "€ 0,10", "€ 0,30"), header=("W", "P", "L", "H")))
    assert plot.ticks == (0.0, 1.0)
    assert [shape.look for shape in picture(plot).shapes if shape.kind == "line"].count("mark") == 1


def test_plain_text_leaves_the_picture_out_as_its_table_holds_the_same():
    assert to_text([chart(BARS, ("Overheid", "1"))], "Titel") == "Titel\n=====\n"


@pytest.mark.parametrize("text", ["", "veel", "1.23", "--1", "12345,6,7"])
def test_a_cell_without_a_figure_is_a_fault_of_ours(text):
    with pytest.raises(NoFigure):
        number(text)


cents = st.integers(-(10**11), 10**11).map(lambda value: value / 100)


@given(cents, cents)
def test_round_numbers_span_what_is_shown(one, other):
    low, high = min(one, other, 0.0), max(one, other, 0.0)
    found = ticks(low, high)
    step = found[1] - found[0]
    assert 2 <= len(found) <= 8
    assert found[0] <= low + step * 1e-6 and found[-1] >= high - step * 1e-6


amounts = st.integers(-99_999, 99_999).map(lambda value: f"{value:,}".replace(",", "."))


@given(
    st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=12),
    st.sampled_from((BARS, LINES, SPREAD)),
)
def test_nothing_is_drawn_beside_the_sheet(values, form):
    rows = [(f"Rij {place}", *row) for place, row in enumerate(values)]
    columns = {BARS: 2, LINES: 3, SPREAD: 4}[form]
    drawn = picture(
        Plot.of(chart(form, *(row[:columns] for row in rows), header=("a", "b", "c", "d")[:columns]))
    )
    for shape in drawn.shapes:
        match shape.kind:
            case "bar":
                corners = [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
            case "line":
                corners = [(shape.x1, shape.y1), (shape.x2, shape.y2)]
            case "course":
                corners = shape.points
            case _:
                corners = [(shape.x, shape.y)]
        for x, y in corners:
            assert -0.5 <= x <= WIDTH + 0.5 and -0.5 <= y <= drawn.height + 0.5


# --- markup ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("::: chart bars\nTekst\n: Bijschrift\n| a | b |\n|---|---:|", "chart_not_closed"),
        ("::: chart bars\n: Bijschrift\n| a | b |\n|---|---:|\n:::", "chart_incomplete"),
        ("::: chart bars\nTekst\n| a | b |\n|---|---:|\n:::", "chart_incomplete"),
        ("::: chart bars\nTekst\n: Bijschrift\n:::", "chart_incomplete"),
        ("::: chart taart\nTekst\n:::", "unknown_fence"),
    ],
)
def test_a_mistake_in_a_picture_has_a_code_of_its_own(text, code):
    with pytest.raises(MarkupError) as error:
        parse(text)
    assert error.value.code == code


# --- Word ---

LETTER = f"""::: chart bars
Alles over {literal(NASTY)}.
: Baten van {literal(NASTY)}
| Wie | Baten |
|---|---:|
| {literal(NASTY)} | {figure("overheid.baten_duizend", "1.250")} |
| Deelnemers | {figure("deelnemers.baten_duizend", "-310")} |
:::
"""


def chart_parts(data: bytes) -> dict[str, bytes]:
    return {name: part for name, part in docx_parts(data).items() if "/charts/" in name}


def test_word_gets_a_chart_with_its_numbers_its_size_and_what_it_says():
    data = to_docx(parse(LETTER), "T", False, {})
    ((name, part),) = chart_parts(data).items()
    drawn = ElementTree.fromstring(part)
    assert [v.text for v in drawn.iterfind(f".//{C}val//{C}v")] == ["1250.0", "-310.0"]
    inline = docx_tree(data).find(f".//{WP}inline")
    assert inline.find(f"{WP}docPr").get("descr") == f"Alles over {SHOWN_NASTY} \"'."
    width = int(inline.find(f"{WP}extent").get("cx"))
    assert width == (11906 - 1304 - 1418) * 635
    linked = inline.find(f".//{C}chart").get(f"{R}id")
    relations = docx_parts(data)["word/_rels/document.xml.rels"].decode()
    assert re.search(rf'Id="{linked}"[^>]*Target="/{name}"', relations)


def test_charts_of_word_are_numbered_beside_those_that_the_house_style_has(tmp_path):
    own = tmp_path / "vorige_brief.docx"
    own.write_bytes(to_docx(parse(LETTER), "T", False, {}))
    data = to_docx(parse(LETTER), "T", False, {}, own)
    assert sorted(chart_parts(data)) == ["word/charts/letter1.xml", "word/charts/letter2.xml"]
    ids = re.findall(r'Id="(\w+)"', docx_parts(data)["word/_rels/document.xml.rels"].decode())
    assert len(ids) == len(set(ids))


def test_a_chart_is_as_wide_as_the_text_and_written_in_the_letters_of_the_house_style(tmp_path):
    path = changed_house_style(
        tmp_path,
        document=lambda text: text.replace('w:left="1418"', 'w:left="4000"'),
        styles=lambda text: text.replace('w:ascii="Calibri"', 'w:ascii="Verdana"'),
    )
    data = to_docx(parse(LETTER), "T", False, {}, path)
    assert int(docx_tree(data).find(f".//{WP}extent").get("cx")) == (11906 - 1304 - 4000) * 635
    (part,) = chart_parts(data).values()
    assert b'typeface="Verdana"' in part and b"Calibri" not in part


ORDER = {
    "chartSpace": "date1904 lang roundedCorners chart spPr txPr",
    "chart": "autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart lineChart catAx valAx spPr",
    "barChart": "barDir grouping varyColors ser gapWidth axId",
    "lineChart": "grouping varyColors ser marker axId",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val smooth",
    "dPt": "idx invertIfNegative bubble3D spPr",
    "dLbls": "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize",
    "errBars": "errBarType errValType noEndCap plus minus spPr",
    "catAx": "axId scaling delete axPos numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx "
    "crosses auto lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr "
    "txPr crossAx crosses crossBetween majorUnit",
    "scaling": "orientation max min",
    "legend": "legendPos overlay txPr",
}
"""The order of elements in ECMA-376, part 1, 21.2; Word calls a document damaged that has another."""


@pytest.mark.parametrize("name", ["all_pay", "harmful", "bare"])
def test_elements_of_a_chart_stand_in_the_order_that_word_demands(name):
    case = SITUATIONS[name]()
    data = to_docx(parse(render(case.facts(), case.letter)), "T", False, {})
    seen = set()
    for part in chart_parts(data).values():
        for element in ElementTree.fromstring(part).iter():
            local = element.tag.removeprefix(C)
            if local in ORDER and len(element):
                seen.add(local)
                places = [ORDER[local].split().index(child.tag.removeprefix(C)) for child in element]
                assert places == sorted(places), (local, [child.tag for child in element])
    assert seen >= {"chartSpace", "ser", "catAx", "valAx", "barChart", "lineChart"}


# --- text of people ---


def test_what_people_typed_is_plain_text_in_the_drawing_of_a_page():
    page = to_html(parse(LETTER), "T", False)
    drawn = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert "<b>" not in drawn and "&amp;amp;" in drawn
    labels = [unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", drawn)]
    assert labels[0].endswith("…") and SHOWN_NASTY.startswith(labels[0].rstrip("…"))
    assert SHOWN_NASTY in unescape(re.search(r"<desc[^>]*>(.*?)</desc>", drawn)[1])
    ElementTree.fromstring(drawn)


def test_what_people_typed_is_plain_text_in_the_chart_of_word():
    (part,) = chart_parts(to_docx(parse(LETTER), "T", False, {})).values()
    labels = [v.text for v in ElementTree.fromstring(part).iterfind(f".//{C}cat//{C}v")]
    assert SHOWN_NASTY.startswith(labels[0].rstrip("…")) and labels[1] == "Deelnemers"
    assert b"externalData" not in part and b"<c:f>" not in part
