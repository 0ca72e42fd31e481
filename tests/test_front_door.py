"""What a contributor reads is true: every command and path is there, every room is on the map."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAP = (ROOT / "docs" / "huis.md").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
PYTHON = ".venv/bin/python"
COMMANDS = re.findall(r"^ {4}(\S.*)$", GUIDE, re.MULTILINE)
COMMANDS += re.findall(rf"`((?:python3|{re.escape(PYTHON)}) [^`]+)`", GUIDE)
SCRIPT = re.compile(r"\bscripts/\w+\.py\b")


def script(name: str, monkeypatch):
    """A script as a module."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- CONTRIBUTING.md ---


def test_the_guide_has_commands_and_every_recipe():
    assert len(COMMANDS) > 8
    recipes = re.findall(r"^### (.+)$", GUIDE, re.MULTILINE)
    assert recipes == [
        "A question on the form",
        "A unit value",
        "A result table",
        "A sentence in the letter",
        "A finding",
        "A party",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_guide_can_be_given(command, monkeypatch):
    program, *arguments = shlex.split(command)
    assert program in ("python3", PYTHON, "pre-commit")
    assert [a for a in arguments if "/" in a and not (ROOT / a).exists()] == []
    if program == PYTHON:
        assert arguments[0] == "-m"
        assert importlib.util.find_spec(arguments[1]) is not None
    if "scripts/rebuild.py" in arguments:
        assert set(arguments[1:]) <= script("rebuild", monkeypatch).STEPS.keys()


def test_the_one_test_is_a_file_that_pytest_collects():
    (line,) = [command for command in COMMANDS if " -m pytest " in command]
    assert re.fullmatch(rf"{re.escape(PYTHON)} -m pytest -n 0 tests/test_\w+\.py", line)


# --- the map ---


def test_every_room_is_on_the_map_and_nothing_else():
    rooms = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "toolkit").rglob("*.py")}
    told = re.findall(r"^\| `(toolkit/[\w/]+)` \|", MAP.partition("## De weg")[0], re.MULTILINE)
    assert sorted(told) == sorted(rooms - {"toolkit"})


# --- the scripts ---


def test_everything_that_is_built_is_rebuilt(monkeypatch):
    rebuild = script("rebuild", monkeypatch)
    built = {path.name for path in (ROOT / "scripts").glob("build_*.py")}
    assert set(rebuild.STEPS.values()) == {*built, "accept_golden.py"}
    assert rebuild.NEEDS.keys() <= rebuild.STEPS.keys()


def test_steps_are_taken_in_order_and_a_failure_is_told(monkeypatch, capsys):
    rebuild, taken = script("rebuild", monkeypatch), []

    def child(path: str) -> int:
        taken.append(path)
        return int("docs" in path)

    monkeypatch.setattr(rebuild._venv, "prepare", lambda *_: None)
    monkeypatch.setattr(rebuild._venv, "child", child)
    monkeypatch.setattr(rebuild.shutil, "which", lambda name: None if name == "Xvfb" else name)
    assert rebuild.main([]) == 1
    needing = {step for step, programs in rebuild.NEEDS.items() if "Xvfb" in programs}
    assert taken == [f"scripts/{name}" for step, name in rebuild.STEPS.items() if step not in needing]
    told = capsys.readouterr().out
    assert "Overgeslagen, want hier ontbreekt: Xvfb." in told
    assert told.endswith("NIET gelukt: documentatie\n")
    assert rebuild.main(["teksten", "werkmappen"]) == 0
    assert taken[-2:] == ["scripts/build_workbooks.py", "scripts/accept_golden.py"]
    assert rebuild.main(["onzin"]) == 1


def test_before_a_commit_the_same_is_checked_as_in_the_whole_run(monkeypatch):
    hooks = {tuple(shlex.split(entry)) for entry in re.findall(r"^ +entry: (.+)$", HOOKS, re.MULTILINE)}
    checks = {(PYTHON, *command) for command in script("test", monkeypatch).CHECKS.values()}
    assert checks <= hooks
    assert re.findall(r"repo: (.+)", HOOKS) == ["local"]
    assert set(re.findall(r"language: (.+)", HOOKS)) == {"system"}
