"""Results go to the row with their code: whatever is sorted or inserted on a sheet, each has its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from forms import EXAMPLES, examples
from python_calamine import CalamineWorkbook
from test_main_path import run
from test_ribbon import press

from toolkit.workbook.layout import FORM, PORTFOLIO, Workbook
from toolkit.workbook.layout.compared import COMPARISON
from toolkit.workbook.layout.form import PER_EFFECT
from toolkit.workbook.layout.freshness import STATE
from toolkit.workbook.layout.outcomes import ASSUMPTIONS, HEADLINE, NO_PRICE, PER_GROUP, TASK_FIELDS
from toolkit.workbook.layout.parts import Result, Table
from toolkit.workbook.layout.poster import POSTER
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

NOTE = "eigen regel van de penningmeester"


@pytest.fixture
def kade(tmp_path) -> Path:
    path = tmp_path / "in" / "de_kade.xlsx"
    path.parent.mkdir()
    path.write_bytes((EXAMPLES / path.name).read_bytes())
    return path


def rows(path: Path, table: Result, workbook: Workbook = FORM) -> dict[str, list[object]]:
    """What stands beside each row code of a table."""
    raw = read(path, workbook)
    place = raw.place_of(table)
    cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(place.sheet)
    lines = cells.to_python(skip_empty_area=False)
    return {code: lines[line - 1][1 : 1 + len(table.columns)] for code, line in place.lines.items()}


def values(path: Path, table: Result) -> dict[str, list[object]]:
    """The same without what the template says of a row."""
    said = {0, *(table.column_codes.index(column) for line in table.rows for column in line.fixed)}
    return {c: [v for n, v in enumerate(r) if n not in said] for c, r in rows(path, table).items()}


def recoded(path: Path, table: Table, order: Callable[[list], list], workbook: Workbook = FORM) -> None:
    """Give the rows of a table other codes, as sorting and inserting do; None is a row of one's own."""
    package, place = Package(path), read(path, workbook).place_of(table)
    for line, code in enumerate(order(list(table.row_codes)), start=place.downward[0]):
        package.set(place.sheet, f"A{line}", code)
        if code is None:
            package.set(place.sheet, f"B{line}", NOTE)
    package.save(path)


def swapped(codes: list) -> list:
    return [codes[2], codes[1], codes[0], *codes[3:]]


def inserted(codes: list) -> list:
    return [codes[0], None, *codes[1:]]


@pytest.fixture
def plain(kade, tmp_path, capsys) -> Path:
    """The outcome of the form as it was."""
    assert run(capsys, "bereken", kade, "--uit", tmp_path / "gewoon")[0] == 0
    return tmp_path / "gewoon" / "de_kade_uitkomst.xlsx"


@pytest.mark.parametrize("order", [swapped, inserted, lambda codes: codes[::-1]])
@pytest.mark.parametrize("table", [HEADLINE, PER_GROUP, STATE], ids=lambda table: table.table)
def test_each_fixed_row_gets_its_own_value_wherever_it_went(table, order, kade, plain, tmp_path, capsys):
    table = FORM.place(table).table
    recoded(kade, table, order)
    assert run(capsys, "bereken", kade, "--uit", tmp_path / "uit")[0] == 0
    assert values(tmp_path / "uit" / "de_kade_uitkomst.xlsx", table) == values(plain, table)


def test_an_own_row_between_results_stays_what_it_was(kade, tmp_path, capsys):
    recoded(kade, HEADLINE, inserted)
    recoded(kade, PER_EFFECT, inserted)
    assert run(capsys, "bereken", kade, "--terplekke")[0] == 0
    raw = read(kade, FORM)
    for table in (HEADLINE, PER_EFFECT):
        place = raw.place_of(table)
        lines = CalamineWorkbook.from_path(str(kade)).get_sheet_by_name(place.sheet)
        assert lines.to_python(skip_empty_area=False)[place.first_row][1] == NOTE


@pytest.mark.parametrize("table", [PER_EFFECT, ASSUMPTIONS, TASK_FIELDS, NO_PRICE], ids=lambda t: t.table)
@pytest.mark.parametrize("order", [inserted, lambda codes: codes[::-1]])
def test_other_rows_fill_a_table_from_the_top_around_what_is_ones_own(
    table, order, kade, plain, tmp_path, capsys
):
    recoded(kade, table, order)
    assert run(capsys, "bereken", kade, "--uit", tmp_path / "uit")[0] == 0
    result = tmp_path / "uit" / "de_kade_uitkomst.xlsx"
    place, found = read(result, FORM).place_of(table), rows(result, table)
    downward = [found[code] for code in sorted(found, key=place.lines.get)]
    assert downward == list(rows(plain, table).values())


def test_rows_of_live_formulas_keep_their_own_results(kade, plain, tmp_path, capsys):
    poster = FORM.place(POSTER).table
    recoded(kade, poster, lambda codes: codes[::-1])
    assert run(capsys, "bereken", kade, "--uit", tmp_path / "uit")[0] == 0
    assert rows(tmp_path / "uit" / "de_kade_uitkomst.xlsx", poster) == rows(plain, poster)


def test_where_a_row_of_results_is_gone_they_go_to_a_workbook_of_ours(kade, tmp_path, capsys):
    recoded(kade, HEADLINE, lambda codes: [None, *codes[1:]])
    before = kade.read_bytes()
    code, _, err = run(capsys, "bereken", kade, "--terplekke")
    assert code == 0
    assert "in de tabel 'De uitkomst in het kort' ontbreken kolommen of regels" in err
    assert kade.read_bytes() == before
    assert (kade.parent / "de_kade_uitkomst.xlsx").is_file()


def test_a_workbook_from_before_rows_had_codes_is_filled_where_its_rows_stand(kade, plain, tmp_path, capsys):
    recoded(kade, PER_EFFECT, lambda codes: [""] * len(codes))
    assert run(capsys, "bereken", kade, "--uit", tmp_path / "uit")[0] == 0
    found = rows(tmp_path / "uit" / "de_kade_uitkomst.xlsx", PER_EFFECT)
    assert found == rows(plain, PER_EFFECT)


def test_in_a_portfolio_too(tmp_path, capsys):
    folder = examples(tmp_path)
    book = folder / "portefeuille.xlsx"
    recoded(book, COMPARISON, inserted, PORTFOLIO)
    assert run(capsys, "portefeuille", book, "--terplekke")[0] == 0
    found = [line for line in rows(book, COMPARISON, PORTFOLIO).values() if line[0]]
    assert len(found) == 6 and NOTE not in {line[0] for line in found}


def test_in_an_open_workbook_too(kade, plain):
    recoded(kade, HEADLINE, swapped)
    press(kade, "herbereken")
    assert values(kade, HEADLINE) == values(plain, HEADLINE)
