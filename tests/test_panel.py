"""The panel: a real window on a screen, clicked with a mouse, on a workbook in the remote engine."""

from __future__ import annotations

import builtins
import tkinter
from argparse import Namespace
from pathlib import Path

import pytest
from forms import EXAMPLES, change
from remote_excel import hidden
from screen import Window, screen

from toolkit.app.commands.excel import paneel
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM
from toolkit.workbook.reading.reader import read


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    with screen(tmp_path_factory.mktemp("scherm")) as found:
        yield found


@pytest.fixture
def kade(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "de_kade.xlsx"
    path.write_bytes((EXAMPLES / path.name).read_bytes())
    return change(path, {("ST-11", "answer"): 1000})


def test_a_click_in_the_panel_computes_the_workbook_that_is_open(shown, kade, tmp_path):
    shown.environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    window = Window(shown, kade)
    empty = shown.picture()
    assert window.press("help").startswith("Controleer: ")
    assert (shown.picture() != empty).any(), "nothing is to be seen of what is told"
    said = window.press("herbereken")
    assert said.startswith("Herberekend.\nDit is de eerste berekening.")
    window.close()
    assert read(kade, FORM).earlier["benefits_pv"] > 1e6
    assert hidden(kade)["Rekenspoor"]


def test_the_panel_works_with_the_keyboard_alone(shown, kade):
    window = Window(shown, kade)
    shown.click(30, 30)
    shown.type("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return")
    window.hear()
    assert window.hear().startswith("Controleer: ")
    window.close()


def test_without_an_open_workbook_the_panel_says_so(shown):
    window = Window(shown, None)
    assert window.press("herbereken") == word("ribbon.trouble.no_book")
    window.close()


@pytest.mark.parametrize(
    ("missing", "told"), [("tkinter", "ribbon.panel.no_window"), ("xlwings", "ribbon.trouble.no_xlwings")]
)
def test_a_python_without_a_part_is_told(missing, told, monkeypatch, capsys):
    found = builtins.__import__

    def refuse(name, *rest, **more):
        if name == missing:
            raise ImportError(name)
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert paneel.run(Namespace()) == 1
    assert capsys.readouterr().err == f"{word(told)}\n"


def test_a_computer_without_a_screen_is_told(monkeypatch, capsys):
    def refuse():
        raise tkinter.TclError("no display name")

    monkeypatch.setattr(tkinter, "Tk", refuse)
    assert paneel.run(Namespace()) == 1
    assert capsys.readouterr().err == f"{word('ribbon.panel.no_screen', reason='no display name')}\n"
