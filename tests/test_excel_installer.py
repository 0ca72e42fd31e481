"""The installer: in its place on Windows and macOS, twice in a row, and gone again as if it never was."""

import errno
import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from ooxml import with_part

from toolkit import __version__
from toolkit.app import cli, ribbon
from toolkit.app.excel import addin, health, installing, shipped, system
from toolkit.app.excel.system import MACOS, WINDOWS, System, folders
from toolkit.words.vocabulary import table

XLWINGS = shipped.version()
HEALTHY = f"{__version__} {XLWINGS}\n"
CHILD_RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
ASR = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
SECURITY = r"Microsoft\Office\16.0\Excel\Security"


def imitation(kind: str, home: Path, registry: dict | None = None, said: dict | None = None) -> System:
    """A computer in a folder. registry: (key, name) -> value; said: first word of a command -> its output."""
    python = home / "Wijkbaten venv" / "python.exe"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_bytes(b"")
    outputs = {str(python): HEALTHY, "tasklist": "INFO: No tasks are running.\n"} | (said or {})
    values = registry or {}
    return System(
        kind,
        home,
        {"APPDATA": str(home / "Roaming"), "LOCALAPPDATA": str(home / "Local")},
        str(python),
        str(home / "Python"),
        lambda key, name: values.get((key, name)),
        lambda command: outputs.get(command[0]),
    )


@pytest.fixture(params=[WINDOWS, MACOS])
def computer(request, tmp_path) -> System:
    return imitation(request.param, tmp_path)


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., tuple[int, list[str]]]:
    """Run a command on a computer and give its exit code and the lines it said."""

    def run(computer: System, *arguments: str) -> tuple[int, list[str]]:
        monkeypatch.setattr(system, "this_system", lambda: computer)
        code = cli.main(["excel", *arguments])
        return code, capsys.readouterr().err.splitlines()

    return run


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file and every folder below, so that two moments can be compared."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def addin_path(computer: System) -> Path:
    return folders(computer).startup / "Wijkbaten.xlam"


# --- in its place ---


def test_on_windows_everything_lands_where_excel_and_the_start_menu_look(run, tmp_path):
    computer = imitation(WINDOWS, tmp_path)
    code, said = run(computer, "installeer")
    assert code == 0
    assert said[-1] == (
        "Klaar. Sluit Excel helemaal af en start het opnieuw; dan staat het tabblad Wijkbaten in het lint."
    )
    files = {name for name, content in contents(tmp_path).items() if content is not None}
    assert files == {
        "Wijkbaten venv/python.exe",
        "Roaming/Microsoft/Excel/XLSTART/Wijkbaten.xlam",
        "Roaming/Microsoft/Windows/Start Menu/Programs/Wijkbaten/Wijkbaten.cmd",
        "Local/Wijkbaten/Excel/LICENTIES.txt",
        "Local/Wijkbaten/Excel/installatie.json",
    }


def test_on_macos_everything_lands_where_excel_looks(run, tmp_path):
    code, _ = run(imitation(MACOS, tmp_path), "installeer")
    assert code == 0
    startup = "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    script = f"Application Scripts/com.microsoft.Excel/xlwings-{XLWINGS}.applescript"
    assert {name for name, content in contents(tmp_path / "Library").items() if content is not None} == {
        f"{startup}/Wijkbaten.xlam",
        script,
        "Application Support/Wijkbaten/Excel/LICENTIES.txt",
        "Application Support/Wijkbaten/Excel/installatie.json",
    }
    assert (tmp_path / "Library" / script).read_bytes() == shipped.script_for_macos().read_bytes()


def test_the_add_in_starts_the_python_that_installed_it(computer, run):
    run(computer, "installeer")
    assert addin_path(computer).read_bytes() == addin.build(computer.python)


def test_in_the_start_up_folder_stands_nothing_that_excel_would_open_beside_it(computer, run):
    run(computer, "installeer")
    assert [path.name for path in folders(computer).startup.iterdir()] == ["Wijkbaten.xlam"]


def test_the_start_menu_opens_the_panel_without_a_window_of_its_own():
    lines = installing.launcher(r"C:\Gemeente 100%\é\python.exe").decode("utf-8").splitlines()
    assert lines == [
        "@echo off",
        "chcp 65001 >nul",
        r'start "" "C:\Gemeente 100%%\é\pythonw.exe" -m toolkit.app.cli excel paneel',
    ]


# --- twice, and gone ---


def test_a_second_time_changes_nothing_and_says_so(computer, run, tmp_path):
    run(computer, "installeer")
    before = contents(tmp_path)
    assert run(computer, "installeer") == (0, ["Alles stond al op zijn plaats; er is niets veranderd."])
    assert contents(tmp_path) == before


def test_installed_twice_and_removed_everything_is_as_before(computer, run, tmp_path):
    found = folders(computer)
    found.startup.mkdir(parents=True)
    (found.startup / "eigen macro's.xlsb").write_bytes(b"van de gebruiker")
    before = contents(tmp_path)
    run(computer, "installeer")
    run(computer, "installeer")
    assert contents(tmp_path) != before
    code, said = run(computer, "verwijder")
    assert code == 0
    assert f"Weggehaald: {addin_path(computer)}" in said
    assert contents(tmp_path) == before


def test_a_folder_that_is_no_longer_empty_stays(computer, run):
    run(computer, "installeer")
    own = addin_path(computer).with_name("later.xlsx")
    own.write_bytes(b"van de gebruiker")
    assert run(computer, "verwijder")[0] == 0
    assert [path.name for path in own.parent.iterdir()] == ["later.xlsx"]


def test_removing_what_was_never_installed_says_so(computer, run, tmp_path):
    before = contents(tmp_path)
    assert run(computer, "verwijder") == (0, ["Er was niets geplaatst; er is niets weggehaald."])
    assert contents(tmp_path) == before


def test_another_python_replaces_the_add_in_of_before(computer, run, tmp_path):
    before = contents(tmp_path)
    run(computer, "installeer")
    moved = replace(computer, python=str(tmp_path / "anders" / "python.exe"))
    assert run(moved, "installeer")[0] == 0
    assert addin_path(computer).read_bytes() == addin.build(moved.python)
    assert run(moved, "verwijder")[0] == 0
    assert contents(tmp_path) == before


def test_a_script_of_an_older_xlwings_goes_when_a_newer_one_comes(run, tmp_path, monkeypatch):
    computer = imitation(MACOS, tmp_path)
    before = contents(tmp_path)
    older = tmp_path / "xlwings-0.1.applescript"
    older.write_bytes(b"ouder")
    monkeypatch.setattr(shipped, "script_for_macos", lambda: older)
    run(computer, "installeer")
    monkeypatch.undo()
    run(computer, "installeer")
    assert [path.name for path in folders(computer).scripts.iterdir()] == [f"xlwings-{XLWINGS}.applescript"]
    run(computer, "verwijder")
    older.unlink()
    assert contents(tmp_path) == before


def test_a_script_that_xlwings_itself_put_there_stays(run, tmp_path):
    computer = imitation(MACOS, tmp_path)
    script = folders(computer).scripts / shipped.script_for_macos().name
    script.parent.mkdir(parents=True)
    script.write_bytes(shipped.script_for_macos().read_bytes())
    before = contents(tmp_path)
    run(computer, "installeer")
    run(computer, "verwijder")
    assert contents(tmp_path) == before


# --- what stands in the way ---


def test_an_add_in_of_someone_else_stays_and_nothing_is_written(computer, run, tmp_path):
    path = addin_path(computer)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"van iemand anders")
    before = contents(tmp_path)
    assert run(computer, "installeer") == (
        1,
        [
            f"{path} bestaat al en is niet door dit programma geplaatst, of is daarna veranderd. Er is niets "
            "geschreven. Verplaats of hernoem dat bestand, en geef de opdracht dan opnieuw."
        ],
    )
    assert contents(tmp_path) == before


def test_a_folder_with_the_name_of_the_add_in_is_told(computer, run, tmp_path):
    addin_path(computer).mkdir(parents=True)
    before = contents(tmp_path)
    code, said = run(computer, "installeer")
    assert code == 1
    assert said[0].startswith(f"Moet anders: {addin_path(computer)}")
    assert contents(tmp_path) == before


def test_an_add_in_that_was_signed_afterwards_is_neither_replaced_nor_removed(computer, run):
    run(computer, "installeer")
    path = addin_path(computer)
    signed = path.read_bytes() + b"handtekening"
    path.write_bytes(signed)
    assert run(computer, "installeer")[0] == 1
    code, said = run(computer, "verwijder")
    assert code == 1
    assert (
        f"{path} is veranderd sinds het is geplaatst (bijvoorbeeld ondertekend) en blijft daarom staan. "
        "Gooi het zelf weg als niemand het meer nodig heeft."
    ) in said
    assert path.read_bytes() == signed


def test_an_add_in_that_is_open_is_not_replaced(computer, run, tmp_path):
    run(computer, "installeer")
    path = addin_path(computer)
    path.with_name(f"~${path.name}").write_bytes(b"")
    before = path.read_bytes()
    moved = replace(computer, python=str(tmp_path / "anders" / "python.exe"))
    code, said = run(moved, "installeer")
    assert code == 1
    assert any("Wijkbaten.xlam" in line and "open" in line for line in said)
    assert path.read_bytes() == before
    path.with_name(f"~${path.name}").unlink()
    assert run(moved, "installeer")[0] == 0


def test_what_cannot_be_removed_now_can_be_removed_later(computer, run, tmp_path, monkeypatch):
    before = contents(tmp_path)
    run(computer, "installeer")
    real = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".xlam":
            raise PermissionError(errno.EBUSY, "in use", str(path))
        real(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        code, said = run(computer, "verwijder")
    assert code == 1
    assert str(addin_path(computer)) in said[0]
    assert said[1] == "Niet alles is weggehaald. Geef de opdracht opnieuw als dit is opgelost."
    assert addin_path(computer).exists()
    assert run(computer, "verwijder")[0] == 0
    assert contents(tmp_path) == before


@pytest.mark.parametrize("stop", [0, 1, 2])
def test_what_a_run_that_was_cut_off_left_is_removed_too(computer, run, tmp_path, monkeypatch, stop):
    before = contents(tmp_path)
    real, done = installing.save_all, []

    def cut_off(products: Sequence) -> list:
        for product in products:
            if product.path.name != "installatie.json":
                done.append(product)
            if len(done) > stop:
                raise KeyboardInterrupt
            real([product])
        return []

    monkeypatch.setattr(installing, "save_all", cut_off)
    with pytest.raises(KeyboardInterrupt):
        installing.install(computer)
    monkeypatch.undo()
    assert contents(tmp_path) != before
    assert run(computer, "verwijder")[0] == 0
    assert contents(tmp_path) == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3, "folders": []}', '{"files": {}}'])
def test_an_unreadable_record_is_told_and_nothing_changes(computer, run, tmp_path, text):
    run(computer, "installeer")
    record = folders(computer).own / "installatie.json"
    record.write_text(text, encoding="utf-8")
    before = contents(tmp_path)
    for command in ("installeer", "verwijder"):
        code, said = run(computer, command)
        assert code == 1
        assert said == [
            f"{record} is niet te lezen. Daarin staat welke bestanden zijn geplaatst. Zet een reservekopie "
            "terug, of gooi dit bestand en Wijkbaten.xlam zelf weg."
        ]
    assert contents(tmp_path) == before


def test_the_record_holds_nothing_but_paths_and_checksums(computer, run):
    run(computer, "installeer")
    said = json.loads((folders(computer).own / "installatie.json").read_text(encoding="utf-8"))
    assert set(said) == {"files", "folders"}
    assert all(len(checksum) == 64 for checksum in said["files"].values())


@pytest.mark.parametrize("command", ["installeer", "verwijder", "controleer"])
def test_where_there_can_be_no_excel_it_says_so(run, tmp_path, command):
    computer = replace(imitation(WINDOWS, tmp_path), kind="linux")
    before = contents(tmp_path)
    assert run(computer, command) == (
        1,
        [
            "Op deze computer kan geen Excel staan: dat kan alleen onder Windows en macOS. "
            "Bouwen kan hier wel: wijkbaten excel bouw Wijkbaten.xlam"
        ],
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("missing", ["APPDATA", "LOCALAPPDATA"])
def test_where_windows_does_not_name_its_folders_it_says_so(run, tmp_path, missing):
    computer = imitation(WINDOWS, tmp_path)
    named = {name: value for name, value in computer.environment.items() if name != missing}
    code, said = run(replace(computer, environment=named), "installeer")
    assert (code, len(said)) == (1, 1)
    assert said[0].startswith("Windows vertelt niet waar de map van deze gebruiker staat")


@pytest.mark.parametrize("command", ["installeer", "controleer"])
def test_a_python_from_the_store_is_refused(run, tmp_path, command):
    base = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13_qbz5n2kfra8p0"
    computer = replace(imitation(WINDOWS, tmp_path), base=base)
    before = contents(tmp_path)
    code, said = run(computer, command)
    assert (code, len(said)) == (1, 1)
    assert said[0].startswith(f"Dit Python komt uit de Microsoft Store ({base}).")
    assert contents(tmp_path) == before


# --- the checks ---


def test_a_healthy_computer_has_nothing_in_the_way(computer, run):
    run(computer, "installeer")
    code, said = run(computer, "controleer")
    assert code == 0
    assert all(line.startswith("In orde: ") for line in said[:-1])
    rules = {"no_rules"} if computer.kind == WINDOWS else set()
    assert codes(computer) == {"installed", "python", "built", "not_marked"} | rules
    assert said[-1] == "Er staat niets in de weg. Of de knoppen werken, blijkt pas in Excel zelf."


def test_without_the_add_in_it_says_what_to_do(computer, run):
    assert run(computer, "controleer") == (
        1,
        [
            f"Moet anders: {addin_path(computer)} ontbreekt, dus Excel toont geen tabblad. Dit kunt u zelf: "
            "wijkbaten excel installeer",
            "De knoppen werken pas als anders is wat hierboven bij 'Moet anders' staat.",
        ],
    )


def marks_it_as_downloaded(path: Path) -> None:
    Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")


def of_an_older_version(path: Path) -> None:
    path.write_bytes(
        with_part(
            path.read_bytes(), "xl/sharedStrings.xml", lambda part: part.replace(b">0.37.8<", b">0.30<")
        )
    )


@pytest.mark.parametrize(
    ("kind", "spoil", "code"),
    [
        (WINDOWS, lambda path: path.write_bytes(b"geen zip"), "unreadable"),
        (
            WINDOWS,
            lambda path: path.write_bytes(with_part(path.read_bytes(), "xl/workbook.xml", other)),
            "unreadable",
        ),
        (WINDOWS, marks_it_as_downloaded, "marked"),
        (WINDOWS, of_an_older_version, "outdated"),
        (MACOS, of_an_older_version, "outdated"),
    ],
)
def test_a_spoiled_add_in_is_told(run, tmp_path, kind, spoil, code):
    computer = imitation(kind, tmp_path)
    run(computer, "installeer")
    spoil(addin_path(computer))
    assert code in codes(computer)
    assert run(computer, "controleer")[0] == 1


def other(part: bytes) -> bytes:
    return part.replace(b'"myaddin.conf"', b'"iets anders"')


@pytest.mark.parametrize(
    ("kind", "registry", "said", "code", "stops"),
    [
        (WINDOWS, {(ASR, CHILD_RULE): "1"}, {}, "child_blocked", True),
        (WINDOWS, {(ASR, CHILD_RULE.upper()): 1}, {}, "child_blocked", True),
        (WINDOWS, {(ASR, CHILD_RULE): "6"}, {}, "child_warned", False),
        (
            WINDOWS,
            {
                (
                    ASR.partition(r"\Windows Defender Exp")[0] + r"\Policy Manager",
                    "ASRRules",
                ): f"x=2|{CHILD_RULE}=1"
            },
            {},
            "child_blocked",
            True,
        ),
        (WINDOWS, {(ASR, CHILD_RULE): "2"}, {}, "no_rules", False),
        (
            WINDOWS,
            {(rf"HKCU\Software\Policies\{SECURITY}\Trusted Locations", "AllLocationsDisabled"): 1},
            {},
            "trusted_off",
            True,
        ),
        (WINDOWS, {(rf"HKCU\Software\{SECURITY}", "DisableAllAddins"): 1}, {}, "addins_off", True),
        (WINDOWS, {(rf"HKCU\Software\Policies\{SECURITY}", "RequireAddinSig"): 1}, {}, "signature", True),
        (WINDOWS, {}, {"tasklist": "excel.exe   4711 Console\n"}, "excel_open", False),
        (MACOS, {}, {"pgrep": "4711\n"}, "excel_open", False),
        (MACOS, {}, {"xattr": "0081;5f;Safari\n"}, "marked", True),
    ],
)
def test_what_an_administrator_or_the_system_decides_is_told(
    run, tmp_path, kind, registry, said, code, stops
):
    computer = imitation(kind, tmp_path, registry, said)
    run(computer, "installeer")
    assert code in codes(computer)
    assert run(computer, "controleer")[0] == (1 if stops else 0)


@pytest.mark.parametrize(
    ("says", "code", "stops"),
    [
        (None, "python_fails", True),
        ("", "python_fails", True),
        (f"0.0.1 {XLWINGS}\n", "other_python", False),
        (f"{__version__} 0.30.0\n", "other_python", False),
    ],
)
def test_a_python_that_cannot_do_it_is_told(run, tmp_path, says, code, stops):
    computer = imitation(WINDOWS, tmp_path)
    run(computer, "installeer")
    spoken = imitation(WINDOWS, tmp_path, said={computer.python: says})
    assert code in codes(spoken)
    assert run(spoken, "controleer")[0] == (1 if stops else 0)


def test_a_python_that_is_gone_is_told(computer, run):
    run(computer, "installeer")
    Path(computer.python).unlink()
    assert "no_python" in codes(computer)


def test_a_missing_script_on_a_mac_is_told(run, tmp_path):
    computer = imitation(MACOS, tmp_path)
    run(computer, "installeer")
    (folders(computer).scripts / shipped.script_for_macos().name).unlink()
    assert "no_script" in codes(computer)


def test_a_python_named_with_a_variable_is_found(tmp_path):
    computer = imitation(WINDOWS, tmp_path)
    path = addin_path(computer)
    path.parent.mkdir(parents=True)
    environment = {**computer.environment, "Thuis": str(tmp_path)}
    path.write_bytes(addin.build("%THUIS%/Wijkbaten venv/python.exe"))
    found = replace(computer, environment=environment, run=lambda command: HEALTHY)
    assert "no_python" not in codes(found)
    assert "no_python" in codes(computer)


def test_every_sentence_about_what_is_wrong_says_who_can_mend_it():
    fine = {"good", "sound", "wrong", "installed", "python", "built", "not_marked", "no_rules", "excel_open"}
    sentences = table("excel")["checks"]
    assert fine < sentences.keys()
    for code in sentences.keys() - fine:
        assert any(who in sentences[code] for who in ("kunt u dit zelf", "Dit kunt u zelf", "beheer")), code


def codes(computer: System) -> set[str]:
    """The codes of all remarks, found by the fixed beginning or end of their sentences."""
    said = [text for _, text in health.remarks(computer)]
    sentences = table("excel")["checks"]
    longest = {code: max(split(text), key=len) for code, text in sentences.items()}
    return {code for code, piece in longest.items() if any(piece in text for text in said)}


def split(text: str) -> list[str]:
    return [piece.partition("}")[2] if "}" in piece else piece for piece in text.split("{")]


# --- this computer ---


def test_this_computer_is_known_by_its_kind(monkeypatch):
    for platform, kind in (("win32", WINDOWS), ("darwin", MACOS), ("linux", "linux")):
        monkeypatch.setattr(system.sys, "platform", platform)
        assert system.this_system().kind == kind


def test_the_python_without_a_console_makes_way_for_the_one_with(monkeypatch, tmp_path):
    windowed = tmp_path / "pythonw.exe"
    monkeypatch.setattr(system.sys, "executable", str(windowed))
    assert system.this_system().python == str(windowed)
    (tmp_path / "python.exe").write_bytes(b"")
    assert system.this_system().python == str(tmp_path / "python.exe")


def test_a_program_that_fails_or_is_not_there_says_nothing(tmp_path):
    assert system.output([sys.executable, "-c", "print('é')"]).strip() in ("é", "\ufffd")
    assert system.output([sys.executable, "-c", "raise SystemExit(3)"]) is None
    assert system.output([str(tmp_path / "nergens")]) is None


def test_a_value_that_the_registry_does_not_have_is_nothing(monkeypatch):
    class Key:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    def opened(hive, path):
        if (hive, path) != ("gebruiker", "A\\B"):
            raise FileNotFoundError(path)
        return Key()

    registry = SimpleNamespace(
        HKEY_CURRENT_USER="gebruiker",
        HKEY_LOCAL_MACHINE="computer",
        OpenKey=opened,
        QueryValueEx=lambda key, name: (f"waarde van {name}", 1),
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    assert system.registry_value("HKCU\\A\\B", "naam") == "waarde van naam"
    assert system.registry_value("HKLM\\A\\B", "naam") is None


def test_what_a_button_starts_is_compiled_ahead():
    source = Path(ribbon.__file__)
    compiled = Path(importlib.util.cache_from_source(str(source)))
    compiled.unlink(missing_ok=True)
    installing.compile_ahead()
    assert compiled.is_file()
