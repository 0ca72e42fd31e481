"""Writing in the user's folder: one step, a dated copy, and a sentence for whatever stands in the way."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from forms import EXAMPLES, change, examples, result_parts
from test_main_path import figures, run

from toolkit.app import cli, walk, writing
from toolkit.opc import saving
from toolkit.opc.saving import FileChanged, replace_with_copy, save_atomically
from toolkit.words.vocabulary import located, word
from toolkit.workbook.layout import FORM
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package
from toolkit.workbook.sheetfile.titles import CHART_PART

MOMENT = dt.datetime(2026, 11, 22, 14, 23, 1)
LONG_RUN = os.environ.get("WIJKBATEN_ALLES") == "1"
KILLS = 200 if LONG_RUN else 15
OURS = {word(f"form.sheets.{sheet.code}.name") for sheet in FORM.sheets if sheet.is_ours}


def inside(path: Path) -> dict[str, bytes]:
    """Every member of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def form(tmp_path) -> Path:
    """A filled form alone in a folder."""
    path = tmp_path / "in" / "het_trefpunt.xlsx"
    path.parent.mkdir()
    path.write_bytes((EXAMPLES / path.name).read_bytes())
    return path


@pytest.fixture
def impatient(monkeypatch) -> list[float]:
    """No waiting between tries; gives the waits that were asked for."""
    waits: list[float] = []
    monkeypatch.setattr(saving.time, "sleep", waits.append)
    return waits


# --- in place


def test_in_place_the_form_gets_the_outcome_and_a_dated_copy_stands_beside_it(form, capsys):
    before = form.read_bytes()
    code, out, _ = run(capsys, "bereken", form, "--terplekke")
    assert code == 0
    (copy,) = (path for path in form.parent.iterdir() if path != form)
    assert dt.datetime.strptime(copy.name, "het_trefpunt_%Y-%m-%d_%H%M%S.xlsx") <= dt.datetime.now()
    assert copy.read_bytes() == before
    assert f"  {form} (zoals het was: {copy})" in out
    assert figures(form.parent, form.name)["ratio"][2] > 0


def test_in_place_and_as_a_copy_give_the_same_workbook(form, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    assert form.read_bytes() == (tmp_path / "uit" / "het_trefpunt_uitkomst.xlsx").read_bytes()


def test_a_portfolio_and_its_forms_are_computed_in_place(tmp_path, capsys):
    folder = examples(tmp_path / "in")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, out, _ = run(capsys, "alles", folder, "--terplekke", "--uit", tmp_path / "brief")
    assert code == 0
    assert listed(tmp_path / "brief") == {"raadsbrief.docx", "raadsbrief.html", "raadsbrief.txt"}
    for name, data in before.items():
        (copy,) = folder.glob(f"{Path(name).stem}_2*.xlsx")
        assert copy.read_bytes() == data
        assert (folder / name).read_bytes() != data
    assert len(listed(folder)) == 2 * len(before)
    assert figures(folder, "portefeuille.xlsx")["ratio"][2] == pytest.approx(3.60, abs=0.005)
    assert out.count("zoals het was") == len(before)


def test_in_place_leaves_the_forms_of_a_portfolio_alone(tmp_path, capsys):
    folder = examples(tmp_path / "in")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(capsys, "portefeuille", folder / "portefeuille.xlsx", "--terplekke")[0] == 0
    changed = {name for name, data in before.items() if (folder / name).read_bytes() != data}
    assert changed == {"portefeuille.xlsx"}


@pytest.mark.parametrize("command", ["bereken", "portefeuille"])
def test_in_place_and_elsewhere_do_not_go_together(command, form, capsys):
    assert cli.main([command, str(form), "--terplekke", "--uit", "elders"]) == 1
    assert "--uit en --terplekke gaan niet samen." in capsys.readouterr().err


def test_a_study_in_json_has_no_workbook_to_write_in(tmp_path, capsys):
    code, _, said = run(capsys, "bereken", tmp_path / "studie.json", "--terplekke")
    assert code == 1
    assert (
        "Moet anders: studie.json: Een studie in JSON heeft geen werkmap waar de uitkomst in kan. Laat "
        "--terplekke weg; de uitkomst komt dan als JSON op het scherm."
    ) in said


def test_a_copy_never_takes_a_name_that_is_in_use(tmp_path):
    path = tmp_path / "naam.xlsx"
    names = []
    for number in range(3):
        path.write_bytes(b"%d" % number)
        names.append(replace_with_copy(path, b"%d" % number, b"nieuw", MOMENT).name)
    assert names == [
        "naam_2026-11-22_142301.xlsx",
        "naam_2026-11-22_142301_2.xlsx",
        "naam_2026-11-22_142301_3.xlsx",
    ]
    assert [(tmp_path / name).read_bytes() for name in names] == [b"0", b"1", b"2"]


def test_the_copy_is_whole_before_the_file_is_replaced(tmp_path, monkeypatch):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"oud")
    seen = []

    def watch(temporary, target, replace=os.replace):
        seen.append({one.name: one.read_bytes() for one in tmp_path.glob("naam*")})
        replace(temporary, target)

    monkeypatch.setattr(os, "replace", watch)
    replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert seen == [{"naam.xlsx": b"oud"}, {"naam.xlsx": b"oud", "naam_2026-11-22_142301.xlsx": b"oud"}]


def test_a_file_that_cannot_be_replaced_keeps_no_copy_beside_it(tmp_path, monkeypatch, impatient):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"oud")

    def hold(temporary, target, replace=os.replace):
        if target == path:
            raise PermissionError(errno.EACCES, "held", str(temporary), None, str(target))
        replace(temporary, target)

    monkeypatch.setattr(os, "replace", hold)
    with pytest.raises(PermissionError):
        replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert listed(tmp_path) == {"naam.xlsx"}
    assert path.read_bytes() == b"oud"


def test_a_stop_right_after_replacing_keeps_the_copy(tmp_path, monkeypatch):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"oud")

    def replace_and_stop(temporary, target, replace=os.replace):
        replace(temporary, target)
        if target == path:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replace_and_stop)
    with pytest.raises(KeyboardInterrupt):
        replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert path.read_bytes() == b"nieuw"
    assert (tmp_path / "naam_2026-11-22_142301.xlsx").read_bytes() == b"oud"


def test_a_file_that_holds_something_else_by_now_is_left_alone(tmp_path):
    path = tmp_path / "naam.xlsx"
    path.write_bytes(b"van de coordinator")
    with pytest.raises(FileChanged):
        replace_with_copy(path, b"oud", b"nieuw", MOMENT)
    assert listed(tmp_path) == {"naam.xlsx"}
    assert path.read_bytes() == b"van de coordinator"


def test_answers_given_while_computing_are_not_overwritten(form, capsys, monkeypatch):
    compute = walk.compute

    def and_meanwhile(loaded):
        computed = compute(loaded)
        change(form, {("OO-01", "answer"): "Iets anders"})
        return computed

    monkeypatch.setattr(walk, "compute", and_meanwhile)
    code, _, said = run(capsys, "bereken", form, "--terplekke")
    assert code == 1
    assert (
        f"Moet anders: {form}: Dit bestand is veranderd terwijl er werd gerekend. Uw wijzigingen zijn er "
        "nog, maar de uitkomst hoort bij de antwoorden van daarvoor. Reken opnieuw."
    ) in said
    assert listed(form.parent) == {form.name}


# --- computing again


def test_computing_the_same_form_twice_gives_the_same_bytes(form, tmp_path, capsys):
    results = []
    for folder in ("een", "twee"):
        assert run(capsys, "bereken", form, "--uit", tmp_path / folder)[0] == 0
        results.append((tmp_path / folder / "het_trefpunt_uitkomst.xlsx").read_bytes())
    assert results[0] == results[1]


def test_computing_a_result_again_changes_our_own_sheets_and_nothing_else(form, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--uit", tmp_path)[0] == 0
    result = change(tmp_path / "het_trefpunt_uitkomst.xlsx", {("EF-01", "total"): 9_800})
    before, ratio = inside(result), figures(tmp_path, result.name)["ratio"][2]
    assert run(capsys, "bereken", result, "--terplekke")[0] == 0
    after = inside(result)
    assert figures(tmp_path, result.name)["ratio"][2] != ratio
    assert before.keys() == after.keys()
    tables = {part for part in result_parts(result, FORM) if "/tables/" in part}
    for part in (part for part in before if CHART_PART.fullmatch(part) or part in tables):
        after[part] = before[part]  # see test_only_result_sheets_change_in_a_computed_form
    sheets = {part: sheet for sheet, part in Package(result).sheets.items()}
    changed = {sheets[name] for name in before if before[name] != after[name]}
    assert {"Uitkomsten", "Tabellen", "Rekenspoor", "Versies"} <= changed <= OURS


def test_computing_a_result_again_without_a_change_only_tells_which_file_went_in(form, capsys):
    for _ in range(2):  # the second time sheet Tabellen tells that nothing changed
        assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    before = inside(form)
    assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    after = inside(form)
    assert {name for name in before if before[name] != after[name]} == {Package(form).sheets["Versies"]}


def test_a_form_from_before_the_table_of_changes_gets_its_outcome_without_it(form, capsys):
    place, package = read(form, FORM).places["WV"], Package(form)
    package.set(place.sheet, f"A{place.row}", None)
    package.save(form)
    assert run(capsys, "bereken", form, "--terplekke")[0] == 0
    assert read(form, FORM).earlier["ratio"] > 0
    assert "WV" not in read(form, FORM).places
    assert not list(form.parent.glob("*_uitkomst.xlsx"))


def test_an_outcome_in_which_someone_went_on_working_is_kept_as_a_copy(form, office, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    result = tmp_path / "uit" / "het_trefpunt_uitkomst.xlsx"
    edited = change(result, {("EF-01", "reach"): 31}, tmp_path / "veranderd.xlsx")
    worked_on = office.recalculated(edited, tmp_path / "bewaard").read_bytes()
    result.write_bytes(worked_on)
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    (copy,) = (path for path in result.parent.iterdir() if path != result)
    assert copy.read_bytes() == worked_on
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    assert listed(result.parent) == {result.name, copy.name}


def test_what_stands_in_the_place_of_an_outcome_and_is_no_workbook_is_kept_as_a_copy(form, tmp_path, capsys):
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "het_trefpunt_uitkomst.xlsx").write_bytes(b"van mij")
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    (copy,) = (tmp_path / "uit").glob("het_trefpunt_uitkomst_2*.xlsx")
    assert copy.read_bytes() == b"van mij"


# --- what stands in the way


@dataclass(frozen=True)
class Obstacle:
    """An error of the system at one step of writing, and what the user reads."""

    step: str
    error: int
    sentence: str
    windows: int | None = None


HELD = (
    "Een ander programma houdt dit bestand vast, bijvoorbeeld Excel, OneDrive of de virusscanner, of het is "
    "alleen-lezen. Er is een paar keer geprobeerd. Sluit het bestand, wacht tot het synchroniseren klaar is "
    "en probeer het opnieuw."
)
FULL = "De schijf is vol, of uw deel ervan. Maak ruimte vrij, of kies een map op een andere schijf."
DENIED = (
    "In deze map mag u niet schrijven. Kies een map waarin dat wel mag, of vraag de beheerder om "
    "schrijfrechten."
)
GONE = (
    "Deze map of schijf is er niet, of niet meer. Sluit de netwerkschijf of de USB-stick weer aan, of kies "
    "een andere map."
)
OBSTACLES = {
    "open in Excel on Windows": Obstacle("replace", errno.EACCES, HELD, 32),
    "part of it locked": Obstacle("replace", errno.EACCES, HELD, 33),
    "no access to the old file": Obstacle("replace", errno.EACCES, HELD, 5),
    "busy on a network folder": Obstacle("replace", errno.EBUSY, HELD),
    "full while writing": Obstacle("fsync", errno.ENOSPC, FULL),
    "full on Windows": Obstacle("fsync", errno.EINVAL, FULL, 112),
    "over quota": Obstacle("fsync", errno.EDQUOT, FULL),
    "read-only folder": Obstacle("open", errno.EROFS, DENIED),
    "no rights in the folder": Obstacle("open", errno.EACCES, DENIED, 5),
    "write-protected stick": Obstacle("open", errno.EACCES, DENIED, 19),
    "network drive gone": Obstacle("open", errno.ENOENT, GONE, 53),
    "no such drive": Obstacle("mkdir", errno.ENOENT, GONE, 3),
    "stick pulled out": Obstacle("fsync", errno.EIO, GONE),
    "anything else": Obstacle(
        "fsync",
        errno.EDOM,
        "Dit bestand kan niet worden geschreven. Het systeem zegt: iets vreemds. Probeer het opnieuw, of "
        "kies een andere map.",
    ),
}


def raising(obstacle: Obstacle) -> Callable[..., None]:
    def fail(*arguments: object, **_: object) -> None:
        names = [str(name) for name in arguments] if obstacle.step == "replace" else []
        trouble = OSError(obstacle.error, "iets vreemds", *names[:1])
        if names:
            trouble = OSError(obstacle.error, "iets vreemds", names[0], None, names[1])
        if obstacle.windows:
            trouble.winerror = obstacle.windows
        raise trouble

    return fail


def in_the_way(monkeypatch, obstacle: Obstacle) -> None:
    target = {
        "replace": (os, "replace"),
        "fsync": (os, "fsync"),
        "open": (saving, "open"),
        "mkdir": (Path, "mkdir"),
    }[obstacle.step]
    monkeypatch.setattr(*target, raising(obstacle), raising=False)


@pytest.mark.parametrize("name", OBSTACLES)
def test_each_obstacle_has_its_sentence_and_leaves_nothing_behind(
    name, tmp_path, capsys, monkeypatch, impatient
):
    target = tmp_path / "leeg" / "formulier.xlsx"
    target.parent.mkdir()
    in_the_way(monkeypatch, OBSTACLES[name])
    code, _, said = run(capsys, "sjabloon", "--uit", target)
    monkeypatch.undo()
    assert code == 1
    where = target.parent if OBSTACLES[name].step == "mkdir" else target
    assert said.splitlines() == [
        f"Moet anders: {where}: {OBSTACLES[name].sentence}",
        "Er is niets geschreven. Verbeter eerst wat hierboven staat.",
    ]
    assert listed(target.parent) == set()


@pytest.mark.parametrize("name", ["open in Excel on Windows", "full while writing", "read-only folder"])
def test_the_users_own_file_survives_each_obstacle(name, form, capsys, monkeypatch, impatient):
    before = form.read_bytes()
    in_the_way(monkeypatch, OBSTACLES[name])
    code, _, said = run(capsys, "bereken", form, "--terplekke")
    monkeypatch.undo()
    assert code == 1
    assert OBSTACLES[name].sentence in said
    assert listed(form.parent) == {form.name}
    assert form.read_bytes() == before


def test_a_folder_that_is_being_synchronised_is_tried_again_for_a_moment(tmp_path, monkeypatch, impatient):
    tries = []

    def hold_twice(temporary, target, replace=os.replace):
        tries.append(target)
        if len(tries) <= 2:
            raise PermissionError(errno.EACCES, "held", str(temporary), 32, str(target))
        replace(temporary, target)

    monkeypatch.setattr(os, "replace", hold_twice)
    save_atomically(tmp_path / "naam.xlsx", b"nieuw")
    assert listed(tmp_path) == {"naam.xlsx"}
    assert impatient == [0.1, 0.2]


def test_what_no_waiting_mends_is_not_tried_again(tmp_path, monkeypatch, impatient):
    in_the_way(monkeypatch, Obstacle("replace", errno.ENOSPC, FULL))
    with pytest.raises(OSError, match="iets vreemds"):
        save_atomically(tmp_path / "naam.xlsx", b"nieuw")
    assert impatient == []


@pytest.mark.parametrize("owner", ["~$het_trefpunt.xlsx", ".~lock.het_trefpunt.xlsx#"])
def test_a_form_that_is_open_is_not_replaced(owner, form, capsys):
    (form.parent / owner).write_bytes(b"")
    before = form.read_bytes()
    code, _, said = run(capsys, "bereken", form, "--terplekke")
    assert code == 1
    assert (
        f"Moet anders: {form}: Dit bestand staat nog open: ernaast staat {owner}. Sluit het en probeer het "
        f"opnieuw. Heeft niemand het meer open, ook geen collega, verwijder dan {owner}."
    ) in said
    assert form.read_bytes() == before
    assert listed(form.parent) == {form.name, owner}


def test_word_leaves_out_the_start_of_a_name(tmp_path):
    letter = tmp_path / "raadsbrief.docx"
    letter.write_bytes(b"")
    assert saving.owner_file(letter) is None
    (tmp_path / "~$adsbrief.docx").write_bytes(b"")
    assert saving.owner_file(letter) == tmp_path / "~$adsbrief.docx"


def test_an_owner_file_without_its_document_is_no_obstacle(tmp_path):
    (tmp_path / "~$nieuw.xlsx").write_bytes(b"")
    assert saving.owner_file(tmp_path / "nieuw.xlsx") is None


def test_one_open_workbook_keeps_all_from_being_written(tmp_path):
    last = tmp_path / "portefeuille.xlsx"
    last.write_bytes(b"oud")
    (tmp_path / "~$portefeuille.xlsx").write_bytes(b"")
    products = [writing.Product(path, b"nieuw") for path in (tmp_path / "map" / "eerst.xlsx", last)]
    with pytest.raises(writing.CannotWrite) as caught:
        writing.save_all(products)
    assert "ernaast staat ~$portefeuille.xlsx" in located(caught.value.finding)
    assert caught.value.written == ()
    assert listed(tmp_path) == {"portefeuille.xlsx", "~$portefeuille.xlsx"}


def test_what_was_written_before_an_obstacle_is_told(tmp_path):
    products = [writing.Product(tmp_path / name, b"") for name in ("een.xlsx", "map", "drie.xlsx")]
    (tmp_path / "map").mkdir()
    with pytest.raises(writing.CannotWrite) as caught:
        writing.save_all(products)
    assert caught.value.written == (writing.Written(tmp_path / "een.xlsx"),)
    assert located(caught.value.finding) == (
        f"{tmp_path / 'map'}: Op deze plek staat al een map met deze naam. Kies een andere naam, of hernoem "
        "die map."
    )
    assert listed(tmp_path) == {"een.xlsx", "map"}


def test_the_screen_tells_what_was_written_before_an_obstacle(tmp_path, capsys):
    folder = examples(tmp_path / "in")
    (tmp_path / "uit" / "raadsbrief.html").mkdir(parents=True)
    code, _, said = run(capsys, "brief", folder / "portefeuille.xlsx", "--uit", tmp_path / "uit")
    assert code == 1
    assert f"Dit bestand was al wel geschreven: {tmp_path / 'uit' / 'raadsbrief.docx'}" in said
    assert "Er is niets geschreven" not in said


@pytest.mark.parametrize("parts", [["bestand"], ["bestand", "dieper"]])
def test_a_file_where_a_folder_is_needed_has_its_sentence(parts, tmp_path, capsys):
    (tmp_path / "bestand").write_bytes(b"")
    target = tmp_path.joinpath(*parts, "formulier.xlsx")
    code, _, said = run(capsys, "sjabloon", "--uit", target)
    assert code == 1
    assert "Op deze plek staat een bestand, terwijl hier een map nodig is. Kies een andere map." in said


def test_a_name_that_is_too_long_has_its_sentence(tmp_path, capsys):
    folder = tmp_path / ("m" * 300)
    code, _, said = run(capsys, "sjabloon", "--uit", folder / "formulier.xlsx")
    assert code == 1
    assert (
        f"De naam van dit bestand is met alle mappen ervoor te lang ({len(str(folder))} tekens; Windows kan "
        "er 259 aan). Kies een map met een kortere naam, dichter bij het begin van de schijf."
    ) in said


def test_windows_calls_a_path_that_is_too_long_not_there(tmp_path):
    long = "C:/" + "map/" * 70
    found = writing.obstacle(FileNotFoundError(errno.ENOENT, "not found", long), Path(long))
    assert found.code == "write_too_long"
    found = writing.obstacle(FileNotFoundError(errno.ENOENT, "not found", "C:/map"), Path("C:/map"))
    assert found.code == "write_no_place"


# --- killed

KILLED = """
import datetime, sys
from pathlib import Path
from toolkit.opc.saving import replace_with_copy
folder, old, new = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]).read_bytes()
target = folder / "formulier.xlsx"
print("ready", flush=True)
while True:
    replace_with_copy(target, old, new, datetime.datetime.now())
    replace_with_copy(target, new, old, datetime.datetime.now())
"""


def test_a_writer_that_is_killed_leaves_the_old_file_or_the_new_one(form, tmp_path, capsys):
    assert run(capsys, "bereken", form, "--uit", tmp_path)[0] == 0
    old, new = form, tmp_path / "het_trefpunt_uitkomst.xlsx"
    whole = {old.read_bytes(), new.read_bytes()}
    chance = random.Random(0)
    ends, left_over = set(), 0
    for number in range(KILLS):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        target = folder / "formulier.xlsx"
        target.write_bytes(old.read_bytes())
        writer = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder), str(old), str(new)], stdout=subprocess.PIPE
        )
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        assert target.read_bytes() in whole
        ends.add(target.read_bytes())
        others = [path for path in folder.iterdir() if path != target]
        copies = [path for path in others if path.suffix == ".xlsx"]
        assert all(path.read_bytes() in whole for path in copies)
        abandoned = [path for path in others if path not in copies]
        assert all(saving._TEMPORARY.fullmatch(path.name) for path in abandoned)
        left_over += len(abandoned)
        _mend(folder, abandoned)
    assert ends == whole, "no kill came after a replacement: the test proves nothing"
    assert left_over, "no kill came in the middle of writing: the test proves nothing"


def _mend(folder: Path, abandoned: list[Path]) -> None:
    """The next run removes what is left, once it is old enough to belong to nobody."""
    for path in abandoned:
        long_ago = time.time() - saving.ABANDONED - 1
        os.utime(path, (long_ago, long_ago))
    save_atomically(folder / "volgende.xlsx", b"")
    assert not any(path.exists() for path in abandoned)


def test_only_old_temporary_files_of_ours_are_removed(tmp_path):
    names = {
        f".wijkbaten-{'0' * 16}.tmp": saving.ABANDONED + 1,
        f".wijkbaten-{'1' * 16}.tmp": saving.ABANDONED - 100,
        f".wijkbaten-{'x' * 16}.tmp": saving.ABANDONED + 1,
        "van_de_gemeente.tmp": saving.ABANDONED + 1,
    }
    for name, age in names.items():
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    save_atomically(tmp_path / "nieuw.xlsx", b"")
    assert listed(tmp_path) == {*list(names)[1:], "nieuw.xlsx"}
