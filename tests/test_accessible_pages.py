"""The letter and the trail of a figure as pages: good to axe-core, readable on a telephone and on paper.

axe-core finds what a machine can find of WCAG 2.1 AA; it is no certificate.
"""

import os
import re
from functools import cache
from importlib import resources
from itertools import product
from unicodedata import normalize

import pytest
from browser import NARROW, WIDE
from pypdf import PdfReader
from situations import SITUATIONS, one_initiative
from test_trace import made_by_hand

from toolkit.model import palette
from toolkit.reports.files.draft import draft
from toolkit.reports.trace import find, to_html

LONG_RUN = os.environ.get("WIJKBATEN_ALLES") == "1"
SHORT_RUN = [("all_pay", WIDE), ("harmful", NARROW)]
SHOWN = list(product(SITUATIONS, (WIDE, NARROW))) if LONG_RUN else SHORT_RUN
A4_POINTS = (595, 842)
TEXT, LARGE = 4.5, 3.0
"""The least contrast of text, and of large text and of what a picture is made of (WCAG 1.4.3 and 1.4.11)."""


@cache
def letter(name: str) -> str:
    case = SITUATIONS[name]()
    return str(draft(case.facts(), case.letter)["html"])


@cache
def trail() -> str:
    """Where the total of a small study comes from, with every branch open."""
    known = made_by_hand(one_initiative())
    first, *_ = find("totaal.baten", known)
    return to_html(first.trees(known), []).replace("<details>", "<details open>")


def require_good(measured: dict) -> None:
    assert measured["violations"] == []
    assert measured["needed"] <= measured["width"], "the page is wider than the screen"
    assert {"color-contrast", "document-title", "html-has-lang"} <= set(measured["passes"])
    # axe-core measures no contrast inside a drawing: the test of colours below does
    doubts = [(rule, node) for rule, *nodes in measured["unsure"] for node in nodes]
    assert [doubt for doubt in doubts if not doubt[1].startswith("<text ")] == []


@pytest.mark.parametrize(("name", "width"), SHOWN)
def test_the_letter_has_no_fault_and_fits_the_screen(browser, name, width):
    measured = browser.measured(letter(name), width)
    require_good(measured)
    assert {"svg-img-alt", "td-headers-attr", "scrollable-region-focusable"} & set(measured["passes"])


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_trail_of_a_figure_has_no_fault_and_fits_the_screen(browser, width):
    require_good(browser.measured(trail(), width))


def test_a_page_with_faults_is_found_out(browser):
    page = (
        '<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1><img src="data:,">'
        '<svg role="img"></svg><p style="color: #bbb; width: 900px">bleek en breed</p></main></body></html>'
    )
    measured = browser.measured(page, NARROW)
    found = {rule for rule, *_ in measured["violations"]}
    assert {"image-alt", "svg-img-alt", "html-has-lang", "color-contrast"} <= found
    assert measured["needed"] > measured["width"]


def test_the_letter_prints_on_a4_with_every_word_and_the_annex_on_a_new_page(browser):
    made = PdfReader(browser.printed(letter("all_pay")))
    assert {tuple(map(round, page.mediabox[2:])) for page in made.pages} <= {
        (width, height) for width, height in product((594, 595, 596), (841, 842, 843))
    }
    pages = ["".join(normalize("NFKC", page.extract_text()).split()) for page in made.pages]
    body = re.sub(r"<(style|title|desc)\b.*?</\1>", "", letter("all_pay"), flags=re.DOTALL)
    words = re.findall(r"[\w.,]+", re.sub(r"<[^>]*>|&\w+;|&#\d+;", " ", body))
    assert [word for word in words if word not in "".join(pages)] == []
    assert [n for n, page in enumerate(pages) if page.startswith("Bijlagebijdebrief")]


# --- colours ---


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour.lstrip("#")[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def styles() -> str:
    from test_document import docx_parts

    own = (resources.files("toolkit.templates") / "huisstijl.docx").read_bytes()
    return docx_parts(own)["word/styles.xml"].decode()


def test_every_letter_of_the_house_style_stands_out_from_its_background():
    backgrounds = {*re.findall(r'w:fill="([0-9A-F]{6})"', styles()), "FFFFFF"}
    colours = set(re.findall(r'<w:color w:val="([0-9A-F]{6})"', styles()))
    assert len(backgrounds) == 3 and len(colours) >= 4
    for colour, background in product(colours, backgrounds):
        assert contrast(colour, background) >= TEXT, (colour, background)


def test_every_mark_of_a_picture_stands_out_from_its_background():
    for colour in (palette.OUTLINE_COLOUR, palette.COST_COLOUR, palette.BENEFIT_COLOUR):
        assert contrast(colour, "FFFFFF") >= LARGE, colour
    # light bars have an outline, and the line from low to high stands out from its bar
    assert contrast(palette.OUTLINE_COLOUR, palette.SPREAD_COLOUR) >= LARGE
    assert contrast(palette.COST_COLOUR, palette.BENEFIT_COLOUR) >= LARGE
    assert len(set(palette.GROUP_COLOURS.values())) == len(palette.GROUP_COLOURS)


def test_the_letter_of_a_situation_holds_pictures():
    assert letter("all_pay").count("<svg ") == 3
