"""The add-in: the shipped template with one module rewritten, all else as it was, read back by others."""

import io
import random
import re
import sys
from importlib import metadata
from pathlib import Path

import openpyxl
import pytest
import vba_projects
from hypothesis import given
from hypothesis import strategies as st
from ooxml import faults, part_of, parts_of, with_part
from python_calamine import CalamineWorkbook
from xlwings.utils import prepare_sys_path

from toolkit import __version__
from toolkit.app import cli
from toolkit.app.excel import addin, shipped, system, vba
from toolkit.app.excel.compound import Compound, NotAsExpected
from toolkit.app.excel.shipped import CannotBuild

PYTHON = r"D:\Gemeente\Anne & Zoë\Wijkbaten\python.exe"
BUILT = addin.build(PYTHON)
TEMPLATE = shipped.template()
PROJECT = TEMPLATE["xl/vbaProject.bin"]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "Wijkbaten.xlam"
    path.write_bytes(BUILT)
    return path


@pytest.fixture(scope="module")
def sources(built) -> dict[str, str]:
    """Every module of the add-in as an independent reader sees it."""
    return vba_projects.modules(built)


# --- the package ---


def test_two_builds_give_the_same_bytes():
    assert addin.build(PYTHON) == BUILT


def test_excel_would_find_nothing_to_repair():
    assert faults(BUILT) == set()


def test_only_the_parts_that_are_ours_differ_from_the_template():
    ours = parts_of(BUILT)
    assert list(ours) == list(TEMPLATE)
    assert {name for name in ours if ours[name] != TEMPLATE[name]} == {
        "_rels/.rels",
        "customUI/customUI.xml",
        "docProps/core.xml",
        "xl/sharedStrings.xml",
        "xl/vbaProject.bin",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_no_folder_of_whoever_made_the_template_travels_along():
    assert b"Users" in TEMPLATE["xl/workbook.xml"]
    assert "Users" not in part_of(BUILT, "xl/workbook.xml")


# --- the VBA project ---


def test_one_module_is_rewritten_and_every_other_stream_keeps_its_bytes():
    before, after = (vba_projects.streams(data) for data in (PROJECT, vba_projects.project(BUILT)))
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["VBA/RibbonMyAddin"]
    assert len(vba_projects.project(BUILT)) == len(PROJECT)


def test_an_independent_reader_sees_the_source_we_meant(sources):
    assert sources["RibbonMyAddin"].encode() == addin.callback()
    assert set(sources) == {"ThisWorkbook", "Dictionary", "RibbonMyAddin", "Sheet2", "xlwings"}


def test_libreoffice_loads_the_project(built, office, tmp_path):
    found = office.vba_modules(built, tmp_path)
    assert set(found) == {"ThisWorkbook", "Dictionary", "RibbonMyAddin", "Sheet2", "xlwings"}
    lines = addin.callback().decode().splitlines()[1:]
    assert [line for line in lines if line not in found["RibbonMyAddin"]] == []


def test_no_compiled_code_is_left_that_says_something_else(built, tmp_path):
    assert not vba_projects.differs_from_its_compiled_code(built)
    # the check is worth something: with the compiled code left in its place it objects
    shipped_module, ours = (Compound(p).read("RibbonMyAddin") for p in (PROJECT, vba_projects.project(BUILT)))
    blanked = len(ours) - len(ours.lstrip(b"\0"))
    kept = Compound(PROJECT).replaced("RibbonMyAddin", shipped_module[:blanked] + ours[blanked:])
    disguised = tmp_path / "disguised.xlam"
    disguised.write_bytes(with_part(BUILT, "xl/vbaProject.bin", lambda _: kept))
    assert vba_projects.differs_from_its_compiled_code(disguised)


def test_every_button_calls_a_sub_that_is_there_and_takes_the_control(sources):
    called = set(re.findall(r'onAction="(\w+)\.(\w+)"', part_of(BUILT, "customUI/customUI.xml")))
    assert called
    for module, sub in called:
        assert re.search(rf"^Sub {sub}\(\w+ As IRibbonControl\)", sources[module], re.MULTILINE)


def test_the_button_hands_its_own_name_to_python(sources):
    said = re.search(r'RunPython "(.*)" & c\.ID & "(.*)"', sources["RibbonMyAddin"])
    command = f"{said[1]}herbereken{said[2]}"
    compile(command, "command", "exec")
    assert command == "import toolkit.app.ribbon as r;r.knop('herbereken')"


def test_a_workbook_with_settings_of_its_own_starts_nothing(sources):
    name = re.search(r'PROJECT_NAME As String = "(\w+)"', sources["xlwings"])[1] + ".conf"
    guard = f'If Not SheetExists(ActiveWorkbook, "{name}") Then RunPython'
    assert sources["RibbonMyAddin"].count("RunPython") == sources["RibbonMyAddin"].count(guard) == 1
    assert "Function SheetExists(wb As Workbook, sheetName As String) As Boolean" in sources["xlwings"]


@given(st.binary(min_size=1, max_size=400) | st.text("aAb ", min_size=1, max_size=4096).map(str.encode))
def test_source_that_was_compressed_reads_back_here_and_elsewhere(source):
    packed = vba.compressed(source)
    assert vba.decompressed(packed) == source
    assert vba_projects.decompressed(packed) == source


@pytest.mark.parametrize("source", [b"", b"a" * 4097, random.Random(1).randbytes(4096)], ids=len)
def test_source_that_does_not_fit_in_one_chunk_is_refused(source):
    with pytest.raises(NotAsExpected):
        vba.compressed(source)


def test_every_module_of_the_template_reads_here_as_it_does_elsewhere(tmp_path):
    path = tmp_path / "template.xlam"
    path.write_bytes(with_part(BUILT, "xl/vbaProject.bin", lambda _: PROJECT))
    for name, source in vba_projects.modules(path).items():
        assert vba.source_of(PROJECT, name).endswith(source.encode("cp1252"))


@pytest.mark.parametrize("name", ["VBA/xlwings", "VBA/RibbonMyAddin", "VBA/dir", "PROJECT"])
def test_a_stream_is_read_as_others_read_it(name):
    assert Compound(PROJECT).read(name.rpartition("/")[2]) == vba_projects.streams(PROJECT)[name]


def test_what_does_not_fit_in_the_sectors_is_refused():
    room = Compound(PROJECT).room("RibbonMyAddin")
    for size in (room.start - 1, room.stop):
        with pytest.raises(NotAsExpected):
            Compound(PROJECT).replaced("RibbonMyAddin", bytes(size))
    for size in (room.start, room.stop - 1):
        changed = Compound(PROJECT).replaced("RibbonMyAddin", b"x" * size)
        assert vba_projects.streams(changed)["VBA/RibbonMyAddin"] == b"x" * size


# --- the settings sheet ---


def settings_sheet() -> dict[str, object]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(BUILT)).get_sheet_by_name("myaddin.conf").to_python()
    return {row[0]: row[1] for row in rows if row[0]}


def test_the_settings_point_at_the_python_that_was_asked_for():
    found = settings_sheet()
    for name in ("INTERPRETER", "INTERPRETER_WIN", "INTERPRETER_MAC"):
        assert found[name] == PYTHON
    assert found["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert found["LICENSE_KEY"] == ""
    assert found["SHOW CONSOLE"] is False
    assert (found["BUILT BY WIJKBATEN"], found["BUILT FROM XLWINGS"]) == (
        __version__,
        metadata.version("xlwings"),
    )


def test_every_setting_that_xlwings_asks_for_is_named_so_that_no_other_file_decides(sources):
    asked = set(re.findall(r'GetConfig\("([^"]+)"', sources["xlwings"]))
    assert len(asked) > 15
    assert asked - settings_sheet().keys() == set()


def test_python_does_not_look_for_modules_beside_the_workbook(monkeypatch):
    monkeypatch.setattr(sys, "path", ["van Python"])
    first = settings_sheet()["ADD_WORKBOOK_TO_PYTHONPATH"]
    prepare_sys_path(f"{first};/elders/werkmap.xlsx;/elders/Wijkbaten.xlam;;;;")
    assert sys.path == ["", "van Python"]


def test_the_settings_stand_without_a_gap_as_xlwings_stops_at_the_first():
    sheet = openpyxl.load_workbook(io.BytesIO(with_type_of_a_workbook(BUILT)), keep_vba=True)["myaddin.conf"]
    names = [cell.value for cell in sheet["A"]]
    last = names.index(None)
    assert names[:last] == list(addin.settings(PYTHON))
    assert set(names[last:]) == {None}


def with_type_of_a_workbook(data: bytes) -> bytes:
    """openpyxl opens a workbook with macros, but not one that calls itself an add-in."""
    return with_part(data, "[Content_Types].xml", lambda part: part.replace(b"excel.addin.", b"excel.sheet."))


# --- licences ---


def test_the_licences_travel_in_the_add_in_and_beside_it():
    rows = CalamineWorkbook.from_filelike(io.BytesIO(BUILT)).get_sheet_by_name("myaddin.conf").to_python()
    said = "\n".join(str(row[3]) for row in rows)
    assert said.strip() == addin.licences().strip()
    for wanted in ("Zoomer Analytics", "Neither the name of the copyright holder", "Tim Hall", "EUPL-1.2"):
        assert wanted in said
    assert "Permission is hereby granted, free of charge" in said


def test_nothing_of_xlwings_pro_is_in_the_add_in(sources):
    assert set(sources).isdisjoint({"Remote", "License", "WebClient", "WebHelpers"})


def test_the_properties_say_what_it_is():
    core = part_of(BUILT, "docProps/core.xml")
    assert f"<dc:title>Wijkbaten {__version__}</dc:title>" in core
    assert "xlwings 0.37.8" in core


# --- what can go wrong ---


def test_another_template_is_told_in_a_sentence(monkeypatch):
    changed = {**TEMPLATE, "xl/workbook.xml": TEMPLATE["xl/workbook.xml"].replace(b"_myaddin", b"_other")}
    monkeypatch.setattr(shipped, "template", lambda: changed)
    with pytest.raises(CannotBuild) as told:
        addin.build(PYTHON)
    assert str(told.value) == (
        "Het sjabloon van xlwings 0.37.8 is anders dan dit programma kent (myaddin.conf). "
        "Installeer de versie waarmee het is getest: pip install xlwings==0.37.8"
    )


@pytest.mark.parametrize("cut", [0, 7, 100, 600, 5000, 30_000])
def test_a_template_with_a_broken_project_is_told_in_a_sentence(monkeypatch, cut):
    monkeypatch.setattr(shipped, "template", lambda: {**TEMPLATE, "xl/vbaProject.bin": PROJECT[:cut]})
    with pytest.raises(CannotBuild, match="is anders dan dit programma kent"):
        addin.build(PYTHON)


def test_without_xlwings_the_sentence_says_how_to_get_it(monkeypatch, tmp_path, capsys):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(shipped.metadata, "version", missing)
    assert cli.main(["excel", "bouw", str(tmp_path / "w.xlam")]) == 1
    assert capsys.readouterr().err.strip() == (
        "xlwings is niet geïnstalleerd; zonder xlwings is er geen invoegtoepassing. "
        "Installeer het met: pip install xlwings"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_command_builds_with_the_licences_beside_it_and_overwrites_nothing(tmp_path, capsys):
    target = tmp_path / "Wijkbaten.xlam"
    assert cli.main(["excel", "bouw", str(target), "--python", PYTHON]) == 0
    assert target.read_bytes() == BUILT
    assert (tmp_path / "LICENTIES.txt").read_text(encoding="utf-8") == addin.licences()
    capsys.readouterr()
    assert cli.main(["excel", "bouw", str(target)]) == 1
    assert capsys.readouterr().err == (
        f"{target} bestaat al en wordt niet overschreven. Kies een andere naam of een andere map.\n"
    )
    assert target.read_bytes() == BUILT
    assert cli.main(["excel", "bouw", str(tmp_path / "tweede.xlam"), "--python", PYTHON]) == 0


def test_licences_of_someone_else_are_not_overwritten(tmp_path, capsys):
    (tmp_path / "LICENTIES.txt").write_text("van iemand anders", encoding="utf-8")
    assert cli.main(["excel", "bouw", str(tmp_path / "Wijkbaten.xlam")]) == 1
    assert "LICENTIES.txt bestaat al" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["LICENTIES.txt"]


def test_the_name_has_to_be_that_of_an_add_in(tmp_path, capsys):
    assert cli.main(["excel", "bouw", str(tmp_path / "Wijkbaten.xlsx")]) == 1
    assert "Kies een naam die eindigt op .xlam." in capsys.readouterr().err


def test_built_without_a_choice_it_starts_the_python_that_built_it(tmp_path):
    target = tmp_path / "w.xlam"
    assert cli.main(["excel", "bouw", str(target)]) == 0
    assert system.this_system().python.encode() in parts_of(target.read_bytes())["xl/sharedStrings.xml"]


def test_the_template_is_read_from_the_package_that_is_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(shipped, "_folder", lambda: tmp_path)
    for wanted in (shipped.template, shipped.script_for_macos):
        with pytest.raises(CannotBuild, match="is anders dan dit programma kent"):
            wanted()
