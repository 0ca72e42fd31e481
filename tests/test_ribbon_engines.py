"""What the buttons do where Excel tells more than the remote engine: formulas, protection, settings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from desktop_excel import App, Book, Formula
from hypothesis import given
from hypothesis import strategies as st
from remote_excel import as_typed

from toolkit.app.ribbon import BUTTONS, knop
from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import word
from toolkit.workbook.openbook import Edits, OpenBook, keep, put_back, take, write
from toolkit.workbook.openbook import writing as writing_module
from toolkit.workbook.openbook.calm import calm
from toolkit.workbook.openbook.edits import LONGEST_IN_BLOCK, blocks, stretches
from toolkit.workbook.openbook.writing import typed
from toolkit.workbook.reading.raw import RawWorkbook
from toolkit.workbook.sheetfile import Cached

CELLS = {
    (1, 1): "=1+1",
    (1, 2): Formula("=A1*21"),
    (2, 1): "'s avonds",
    (2, 2): 7.5,
    (3, 1): dt.datetime(2026, 2, 3, 14, 30),
    (4, 1): Formula("=SUM(B1:B3)"),
}


@pytest.fixture
def book() -> Book:
    return Book({"Uitkomsten": CELLS})


@pytest.fixture
def open_book(book, monkeypatch) -> OpenBook:
    found = OpenBook(book)
    values = [[book.sheets["Uitkomsten"].range((r, c)).value for c in (1, 2)] for r in range(1, 6)]
    found.__dict__["_cells"] = {"Uitkomsten": values}
    return found


def raw(open_book: OpenBook) -> RawWorkbook:
    return RawWorkbook(open_book.path, ("Uitkomsten",), {}, {}, {})


def everything() -> Edits:
    """Another value in every cell, another height for every row, and half of the rows hidden."""
    edits = Edits()
    for row in range(1, 6):
        for column in "AB":
            edits.set("Uitkomsten", f"{column}{row}", float(row))
        edits.row_height("Uitkomsten", row, 30.0)
    edits.hide_rows("Uitkomsten", hidden=[1, 2], shown=[3, 4, 5])
    return edits


def test_formulas_texts_dates_heights_and_hidden_rows_come_back(book, open_book, tmp_path):
    sheet = book.sheets["Uitkomsten"]
    sheet.hidden, sheet.heights = {4}, {2: 45.0}
    before = take(open_book, raw(open_book), everything())
    keep(before, tmp_path / "bewaard.json")
    write(book, everything(), before)
    assert sheet.cells[1, 1] == 1.0
    assert sheet.hidden == {1, 2}
    put_back(open_book, raw(open_book), tmp_path / "bewaard.json")
    assert {at: value for at, value in sheet.cells.items() if value != ""} == CELLS
    assert {at for at, value in sheet.cells.items() if isinstance(value, Formula)} == {(1, 2), (4, 1)}
    assert sheet.hidden == {4}
    assert [sheet.range((row, 1)).row_height for row in range(1, 6)] == [15.0, 45.0, 15.0, 0.0, 15.0]
    assert not (tmp_path / "bewaard.json").exists()


def test_a_failure_halfway_puts_back_what_was_written(book, open_book, monkeypatch):
    put = writing_module.look
    before = take(open_book, raw(open_book), everything())

    def break_down(sheet, heights, hidden, columns):
        monkeypatch.setattr(writing_module, "look", put)
        raise KeyboardInterrupt

    monkeypatch.setattr(writing_module, "look", break_down)
    with pytest.raises(KeyboardInterrupt):
        write(book, everything(), before)
    assert {at: v for at, v in book.sheets["Uitkomsten"].cells.items() if v != ""} == CELLS
    assert (book.app.screen_updating, book.app.calculation) == (True, "automatic")


def test_hidden_rows_are_asked_in_few_questions(book, open_book):
    sheet = book.sheets["Uitkomsten"]
    sheet.hidden = set(range(100, 201))
    edits = Edits()
    edits.hide_rows("Uitkomsten", hidden=range(1, 201))
    before = take(open_book, raw(open_book), edits)
    assert {row for row, state in before.sheets["Uitkomsten"].hidden.items() if state} == sheet.hidden
    assert len(sheet.asked) < 20


# --- protection


def test_a_protected_sheet_stays_protected_for_people_with_what_they_were_allowed(book, open_book):
    write(book, everything(), take(open_book, raw(open_book), everything()))
    rules = book.sheets["Uitkomsten"].rules
    assert rules["UserInterfaceOnly"] is True
    assert rules["Contents"] is True
    assert (rules["DrawingObjects"], rules["Scenarios"]) == (False, True)
    assert {name for name, allowed in rules.items() if name.startswith("Allow") and allowed} == {
        "AllowFiltering"
    }


def test_a_password_is_told_and_nothing_is_touched(open_book):
    book = Book({"Uitkomsten": CELLS}, password=True)
    with pytest.raises(FileRefused, match="sheet_protected"):
        write(book, everything(), take(open_book, raw(open_book), everything()))
    assert book.sheets["Uitkomsten"].cells == CELLS


# --- settings of Excel


@pytest.mark.parametrize("calculation", ["automatic", "manual", "semiautomatic"])
@pytest.mark.parametrize("screen", [True, False])
def test_settings_are_as_they_were_whatever_happens(screen, calculation):
    app = App(screen, calculation)
    with pytest.raises(ZeroDivisionError), calm(app):
        assert (app.screen_updating, app.calculation) == (False, "manual")
        raise ZeroDivisionError
    assert (app.screen_updating, app.calculation) == (screen, calculation)


def test_an_engine_that_cannot_tell_its_settings_redraws_again_and_keeps_its_calculation():
    said = []

    class Silent:
        def __getattr__(self, name):
            raise NotImplementedError

        def __setattr__(self, name, value):
            said.append((name, value))

    with calm(Silent()):
        pass
    assert said == [("screen_updating", False), ("screen_updating", True)]


def test_one_setting_that_cannot_be_put_back_does_not_keep_the_other_from_it():
    class Stubborn(App):
        def __setattr__(self, name, value):
            if name == "calculation" and getattr(self, name, "") == "manual":
                raise OSError
            super().__setattr__(name, value)

    app = Stubborn()
    with pytest.raises(OSError), calm(app):
        pass
    assert app.screen_updating is True


@pytest.mark.parametrize("code", [-2146777998, -2147418111])
def test_an_excel_that_is_busy_is_told(code):
    class Refusing:
        name = fullname = "Map1"

        @property
        def sheets(self):
            raise RuntimeError(code, "Call was rejected by callee.")

    said = []
    knop("herbereken", Refusing(), said.append)
    assert said == [word("ribbon.trouble.busy")]


def test_a_workbook_in_the_cloud_has_a_name_and_no_folder():
    class Online:
        name = "de_kade.xlsx"

        @property
        def fullname(self):
            raise RuntimeError("couldn't find the local folder")

    assert OpenBook(Online()).path.name == "de_kade.xlsx"
    assert OpenBook(Online()).folder is None
    assert OpenBook(SimpleNamespace(fullname="https://x/y/de_kade.xlsx", name="")).folder is None


def test_every_button_is_there():
    assert list(BUTTONS) == [
        "controleer",
        "herbereken",
        "onzekerheid",
        "brief",
        "herleid",
        "terugzetten",
        "nieuw",
        "help",
    ]


# --- values and blocks


@given(st.text(max_size=30) | st.from_regex(r"[=+\-@'0-9][0-9A-Za-z:=+'-]{0,8}", fullmatch=True))
def test_every_text_ends_up_as_that_text(text):
    assert as_typed(typed(text) or "") == (text or None)


def test_values_end_up_as_what_they_are():
    values = [1, 2.5, Decimal("1.25"), True, None, dt.date(2026, 2, 3), dt.datetime(2026, 2, 3, 14)]
    assert [typed(v) for v in values] == [1, 2.5, 1.25, True, None, dt.datetime(2026, 2, 3), values[-1]]
    with pytest.raises(TypeError):
        typed(object())


@given(st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 6)), st.integers()))
def test_blocks_hold_every_cell_once(cells):
    found = [
        ((block.row + down, block.column + right), value)
        for block in blocks(cells)
        for down, row in enumerate(block.values)
        for right, value in enumerate(row)
    ]
    assert dict(found) == cells
    assert len(found) == len(cells)


def test_a_text_that_excel_refuses_in_a_block_stands_alone():
    long = "x" * (LONGEST_IN_BLOCK + 1)
    cells = {(row, column): "kort" for row in (1, 2, 3) for column in (1, 2, 3)} | {
        (2, 2): long,
        (3, 2): long,
    }
    alone = [block for block in blocks(cells) if any(long in row for row in block.values)]
    assert [(b.row, b.column, b.values) for b in alone] == [(2, 2, [[long]]), (3, 2, [[long]])]
    assert sum(len(row) for block in blocks(cells) for row in block.values) == 9


@given(st.dictionaries(st.integers(1, 40), st.booleans()))
def test_stretches_hold_every_row_once(rows):
    found = [(row, what) for first, last, what in stretches(rows) for row in range(first, last + 1)]
    assert sorted(found) == sorted(rows.items())


def test_the_result_of_a_formula_is_left_to_excel():
    edits = Edits()
    edits.set("Uitkomsten", "B5", Cached("Actueel"))
    assert edits.sheets() == []
