"""The pictures of the manuals show the workbooks as they are now, are small, and each is used."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pytest

from toolkit.words.vocabulary import table

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "handleiding" / "beeld"
MOST_BYTES, MOST_BYTES_TOGETHER = 80_000, 3_000_000
RUN = "run .venv/bin/python scripts/build_pictures.py, and look at what changed in docs/handleiding/beeld"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("build_pictures", ROOT / "scripts" / "build_pictures.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def told() -> dict:
    return json.loads((PICTURES / "herkomst.json").read_text(encoding="utf-8"))


def test_no_picture_lags_behind_its_sheet(script, told, tmp_path):
    now = script.origins(script.books(tmp_path))
    assert sorted(told) == sorted(now), RUN
    assert [name for name in told if told[name] != now[name]] == [], RUN


def test_every_picture_that_is_told_of_is_there_and_no_other(told):
    assert sorted(path.name for path in PICTURES.glob("*.png")) == sorted(told), RUN


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) < MOST_BYTES_TOGETHER


def test_every_picture_is_shown_on_a_page(told):
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    shown = {name for page in pages for name in re.findall(r"\(beeld/([^)]+)\)", page)}
    assert sorted(set(told) - shown) == []


def test_a_checksum_follows_what_a_sheet_says_and_nothing_else(script):
    said = script.content([["Totaal", 1 / 3, ""], ["", "a" * 64]])
    assert script.content([["Totaal", 0.333333333], ["b" * 64]]) == said
    assert script.content([["Totaal", 0.334], ["b" * 64]]) != said
    assert script.content([["Totale", 1 / 3], ["b" * 64]]) != said


def test_a_picture_keeps_its_colours_and_loses_its_empty_border(script):
    page = np.full((60, 80, 3), 255, np.uint8)
    page[20:40, 30:50] = (21, 66, 115)
    page[20:24, 30:34] = (230, 159, 0)
    small = script.png(script.trimmed(page))
    width, height = (int.from_bytes(small[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (20 + 2 * script.MARGIN - 1, 20 + 2 * script.MARGIN - 1)
    for colour in ((21, 66, 115), (230, 159, 0), (255, 255, 255)):
        assert bytes(colour) in small


def test_the_drawing_of_the_tab_shows_every_button_and_says_that_it_is_a_drawing(script):
    said = b" ".join(re.findall(rb"\((.*?)\) Tj", script.ribbon_picture.drawing())).decode("cp1252")
    assert "Getekend uit de beschrijving van het lint, geen schermfoto." in said
    for name, button in table("ribbon")["buttons"].items():
        assert name in ("title", "unknown") or button["label"] in said
