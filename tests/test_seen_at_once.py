"""What a person sees without scrolling, computed from the layout and from the drawn workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from toolkit.kengetallen.library import load_library
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.asked import EFFECTS

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ("invulformulier.xlsx", "portefeuille.xlsx", "kengetallen.xlsx")
WIDE, TALL = 1366, 768
BESIDE = 99
"""Pixels of the row numbers, the bar and the panel beside a sheet in LibreOffice, which needs most."""
AROUND = 330
"""Pixels of title, ribbon, formula bar, letters of columns, tabs, status and task bar around a sheet."""
MOST_FROZEN, ROWS = 200, 8
CARLITO = 1.05
"""LibreOffice draws a column so much wider than Excel."""
LETTERS_PER_LINE = 64


def drawn_width(sheet, letter: str) -> float:
    return int(sheet.column_dimensions[letter].width * 7 + 5) * CARLITO


def heights(sheet, rows) -> float:
    looks = [sheet.row_dimensions[row] for row in rows]
    return sum(0 if look.hidden else (look.height or 15.0) for look in looks) / 0.75


@pytest.fixture(scope="module")
def changes():
    book = openpyxl.load_workbook(ROOT / "workbooks" / "invulformulier.xlsx")
    placed = FORM.place(EFFECTS)
    return book[placed.sheet.name], placed


def test_a_row_of_changes_is_seen_with_its_sentence_on_a_small_screen(changes):
    sheet, placed = changes
    last = placed.column("said")
    assert {"deadweight", "attribution", "still", "grade", "open"} <= set(
        EFFECTS.column_codes[: EFFECTS.column_codes.index("said")]
    )
    total = sum(drawn_width(sheet, get_column_letter(column)) for column in range(1, last + 1))
    assert total <= WIDE - BESIDE


def test_at_least_eight_rows_of_changes_are_seen_below_the_header(changes):
    sheet, placed = changes
    frozen, _ = sheet.freeze_panes, placed
    assert frozen == f"C{placed.first_row}"
    above = heights(sheet, range(1, placed.first_row))
    rows = heights(sheet, range(placed.first_row, placed.first_row + ROWS))
    assert above + rows <= TALL - AROUND


@pytest.mark.parametrize("name", BOOKS)
def test_no_sheet_keeps_more_than_200_pixels_in_sight(name):
    for sheet in openpyxl.load_workbook(ROOT / "workbooks" / name):
        if sheet.freeze_panes:
            row = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)[1]
            assert heights(sheet, range(1, row)) <= MOST_FROZEN, sheet.title
            selections = [selection.pane for selection in sheet.sheet_view.selection]
            assert len(selections) == len(set(selections)), sheet.title


def test_the_sentence_of_every_change_fits_in_its_two_lines():
    """With numbers of three digits and the longer of its endings."""
    mine, nobody, guessed = (word(f"form.readback.{key}") for key in ("mine", "still.nobody", "guessed"))
    ending = len(mine) + max(len(nobody), len(guessed))
    too_long = {}
    for change in load_library().changes.values():
        said = max(change.readback, change.readback_more, key=len).replace("{n}", "120")
        if not change.of_people:
            said += f", samen 12500 {change.unit_short}"
        if len(said) + 2 + ending > 2 * LETTERS_PER_LINE:
            too_long[change.name] = len(said)
    assert too_long == {}
