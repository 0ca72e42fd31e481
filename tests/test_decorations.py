"""A form full of what coordinators put into it comes out of a computation with all of it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import ooxml
import pytest
from decorations import OWN_SHEET, decorated
from forms import EXAMPLES, result_parts
from test_main_path import figures

from toolkit.app import cli
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.sheetfile import Package

ADDED = (
    "xl/media/",
    "xl/threadedComments/",
    "xl/persons/",
    "xl/ctrlProps/",
    "xl/activeX/",
    "xl/printerSettings/",
    "xl/slicers/",
    "xl/slicerCaches/",
    "xl/pivotTables/",
    "xl/pivotCache/",
    "docMetadata/",
    "customXml/",
)
NAMES = {"het_trefpunt.xlsx": (FORM, "Over ons"), "portefeuille.xlsx": (PORTFOLIO, "Studie")}


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> dict[str, tuple[Path, Path]]:
    """Of a form and of a portfolio: the decorated workbook, and the computed one."""
    folder = tmp_path_factory.mktemp("versierd")
    for item in EXAMPLES.iterdir():
        data = item.read_bytes()
        if item.name in NAMES:
            data = decorated(data, NAMES[item.name][1], "Uitkomsten")
        (folder / item.name).write_bytes(data)
    out = folder / "uit"
    assert cli.main(["bereken", str(folder / "het_trefpunt.xlsx"), "--uit", str(out)]) == 0
    assert cli.main(["portefeuille", str(folder / "portefeuille.xlsx"), "--uit", str(out)]) == 0
    return {
        "het_trefpunt.xlsx": (folder / "het_trefpunt.xlsx", out / "het_trefpunt_uitkomst.xlsx"),
        "portefeuille.xlsx": (folder / "portefeuille.xlsx", out / "portefeuille.xlsx"),
    }


def hashes(path: Path) -> dict[str, str]:
    """Hash of the packed bytes of each part."""
    return {
        name: hashlib.sha256(packed).hexdigest() for name, _, packed in ooxml.raw_members(path.read_bytes())
    }


def test_the_decorations_are_a_sound_package(computed):
    for source, _ in computed.values():
        assert ooxml.faults(source.read_bytes()) == set()
        assert all(any(part.startswith(folder) for part in hashes(source)) for folder in ADDED)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_but_the_sheets_with_results_is_the_same_to_the_byte(name, computed):
    source, result = computed[name]
    before, after = hashes(source), hashes(result)
    assert list(before) == list(after)
    changed = {part for part in before if before[part] != after[part]}
    changed -= ooxml.retitled(source.read_bytes(), result.read_bytes())
    assert changed
    assert changed <= result_parts(source, NAMES[name][0])


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_with_results_keeps_everything_around_its_cells(name, computed):
    source, result = (Package(path) for path in computed[name])
    part = source.sheets["Uitkomsten"]
    assert ooxml.around(source.read(part)) == ooxml.around(result.read(part))
    text = result.read(part).decode()
    assert all(mark in text for mark in ("x14:dataBar", "x14:sparkline", "<legacyDrawing "))


@pytest.mark.parametrize("name", NAMES)
def test_the_computed_workbook_is_a_sound_package_with_results(name, computed):
    _, result = computed[name]
    assert ooxml.faults(result.read_bytes()) == set()
    assert figures(result.parent, result.name)["ratio"][2] > 0
    assert OWN_SHEET in Package(result).sheets


@pytest.mark.parametrize("name", NAMES)
def test_pointers_and_content_types_are_kept(name, computed):
    source, result = (path.read_bytes() for path in computed[name])
    for part in ooxml.parts_of(source):
        if part.endswith(".rels") or part == "[Content_Types].xml":
            assert ooxml.part_of(source, part) == ooxml.part_of(result, part)


def test_in_place_keeps_every_decoration_too(computed, tmp_path):
    source, result = computed["het_trefpunt.xlsx"]
    form = tmp_path / source.name
    form.write_bytes(source.read_bytes())
    assert cli.main(["bereken", str(form), "--terplekke"]) == 0
    assert form.read_bytes() == result.read_bytes()


def test_libreoffice_opens_the_results_with_their_decorations(computed, office, tmp_path):
    results = [result for _, result in computed.values()]
    opened = office.all_to_format(results, tmp_path, "xlsx")
    for path in opened:
        assert OWN_SHEET in Package(path).sheets
        assert any(re.match(r"xl/media/.*\.png", part) for part in hashes(path))
        assert figures(tmp_path, path.name, OWN_SHEET)["West"][1] == 24
