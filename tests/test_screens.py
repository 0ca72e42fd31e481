"""The pictures of whole windows are of the sheets that people fill in, are small, and each is on the page."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from pathlib import Path

import pytest

from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "handleiding" / "schermen.md"
PICTURES = PAGE.parent / "scherm"
MOST_BYTES, MOST_BYTES_TOGETHER = 130_000, 1_600_000
RUN = "run .venv/bin/python scripts/build_screens.py, and look at what changed in docs/handleiding/scherm"


@pytest.fixture(scope="module")
def script():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        spec = importlib.util.spec_from_file_location("build_screens", ROOT / "scripts" / "build_screens.py")
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
    return script


def size_of(picture: Path) -> tuple[int, int]:
    header = picture.read_bytes()[:24]
    return int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big")


def test_there_is_a_window_of_every_sheet_that_a_coordinator_sees_on_both_screens(script):
    inputs = {word(f"form.sheets.{s.code}.name") for s in FORM.sheets if s.kind in ("guide", "input")}
    seen = [(sheet, size) for sheet, size in script.wanted().values()]
    assert {sheet for sheet, _ in seen} == inputs | {"Uitkomsten"}
    assert {size for _, size in seen} == {(1366, 768), (1920, 1080)} and len(seen) == 2 * len(inputs) + 2


def test_every_picture_is_there_as_large_as_its_screen_and_no_other(script):
    sizes = {path.name: size_of(path) for path in PICTURES.glob("*")}
    assert sizes == {name: size for name, (_, size) in script.wanted().items()}, RUN


def test_every_picture_is_on_the_page(script):
    shown = re.findall(r"\(scherm/([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(script.wanted())


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) < MOST_BYTES_TOGETHER


def test_a_copy_opens_at_the_sheet_that_is_asked_for(script, tmp_path):
    blank = ROOT / "workbooks" / "invulformulier.xlsx"
    opened = zipfile.ZipFile(script.opening_at(blank, "Wat verandert er", tmp_path / "open.xlsx"))
    place = [sheet.name for sheet in FORM.sheets].index("Wat verandert er")
    assert f'activeTab="{place}"' in opened.read("xl/workbook.xml").decode()
    parts = [part for part in opened.namelist() if part.startswith("xl/worksheets/sheet")]
    assert not any(b'tabSelected="1"' in opened.read(part) for part in parts)
    unchanged = {*opened.namelist()} - {*parts, "xl/workbook.xml"}
    assert all(opened.read(part) == zipfile.ZipFile(blank).read(part) for part in unchanged)
