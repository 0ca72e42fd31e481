"""What a table can hold is no secret: charts follow it, codes are its own, and one that is full says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from forms import EXAMPLES, examples
from test_main_path import run

from toolkit.app import walk
from toolkit.words.vocabulary import located
from toolkit.workbook.drawing.charts import PLOTS, draw
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO, Workbook
from toolkit.workbook.layout.objections import LINE
from toolkit.workbook.layout.outcomes import ASSUMPTIONS, PER_PARTY, TRANSFERS
from toolkit.workbook.layout.parts import Table
from toolkit.workbook.layout.portfolio import FACTS
from toolkit.workbook.layout.shared import CHECKS
from toolkit.workbook.outcome import sheets
from toolkit.workbook.reading.reader import read

BOOKS = (FORM, PORTFOLIO, LIBRARY_BOOK)


@pytest.mark.parametrize("workbook", BOOKS, ids=lambda workbook: workbook.code)
def test_every_table_has_a_code_and_a_name_of_its_own(workbook: Workbook):
    tables = [placed.table for placed in workbook.tables()]
    for names in ([t.code for t in tables], [t.table.lower() for t in tables]):
        assert [name for name, times in Counter(names).items() if times > 1] == []
    assert all(len(t.code) == 2 and t.code.isupper() for t in tables)


def test_one_code_is_one_table_in_whatever_workbook():
    tables = [placed.table for workbook in BOOKS for placed in workbook.tables()]
    assert len({t.code for t in tables}) == len({(t.code, t.table) for t in tables})


@pytest.mark.parametrize("workbook", BOOKS, ids=lambda workbook: workbook.code)
def test_every_row_and_column_code_is_unique_in_its_table(workbook: Workbook):
    for placed in workbook.tables():
        for codes in (placed.table.row_codes, placed.table.column_codes):
            assert len(set(codes)) == len(codes), placed.table.code


@pytest.mark.parametrize("name", PLOTS)
def test_a_chart_shows_every_row_of_its_table_but_the_totals(name: str):
    of_portfolio = name.startswith("initiatives")
    workbook, file = (PORTFOLIO, "portefeuille.xlsx") if of_portfolio else (FORM, "invulformulier.xlsx")
    plot, placed = PLOTS[name], workbook.place(PLOTS[name].table)
    shown = [line.code for line in placed.table.parts] or placed.table.row_codes
    first, last = placed.row(shown[0]), placed.row(shown[-1])
    assert last - first + 1 == len(shown)
    areas = [
        [series.val.numRef.f.rpartition("!")[2] for series in chart.series]
        for sheet in openpyxl.load_workbook(EXAMPLES.parent / file).worksheets
        for chart in sheet._charts
    ]
    unseen = () if plot.line_at is None else (LINE,)
    letters = [placed.letter(code) for code in (*plot.series, *unseen)]
    assert [f"${letter}${first}:${letter}${last}" for letter in letters] in areas


def with_table(table: Table) -> Workbook:
    """The form with another version of one of its tables."""
    home = FORM.place(table).sheet
    there = replace(home, parts=tuple(table if part == table else part for part in home.parts))
    return replace(FORM, sheets=tuple(there if sheet is home else sheet for sheet in FORM.sheets))


def test_a_tenth_party_is_in_the_chart_of_parties():
    tenth = replace(PER_PARTY.parts[0], code="tiende")
    longer = replace(PER_PARTY, rows=(*PER_PARTY.parts, tenth, PER_PARTY.rows[-1]))
    workbook = with_table(longer)
    drawn = draw("payers_and_gainers", workbook, {"tables": openpyxl.Workbook().active})
    placed = workbook.place(PER_PARTY)
    assert drawn.series[0].val.numRef.f.endswith(f"${placed.row('tiende')}")


def test_sheet_feiten_holds_every_fact_of_the_study(tmp_path, capsys):
    folder = examples(tmp_path)
    assert run(capsys, "portefeuille", folder / "portefeuille.xlsx", "--uit", tmp_path / "uit")[0] == 0
    path = tmp_path / "uit" / "portefeuille.xlsx"
    loaded, _ = walk.load(folder / "portefeuille.xlsx")
    facts = [fact.name for fact in walk.facts(walk.compute(loaded, draws=1000))]
    place = read(path, PORTFOLIO).place_of(FACTS)
    sheet = openpyxl.load_workbook(path, data_only=True)[place.sheet]
    shown = [sheet.cell(line, place.columns["name"]).value for line in place.downward]
    assert [name for name in shown if name] == facts
    assert len(facts) + 25 * 60 <= FACTS.size, "no room for thirty initiatives"


def test_a_table_that_is_full_is_a_finding_with_its_cell():
    raw = read(EXAMPLES / "de_kade.xlsx", FORM)
    most = ASSUMPTIONS.size
    full = sheets.overfull(FORM, {ASSUMPTIONS: [{}] * (most + 3), TRANSFERS: [{}] * TRANSFERS.size}, raw)
    place = raw.place_of(ASSUMPTIONS)
    assert [located(finding) for finding in full] == [
        f"de_kade.xlsx, Onzekerheid!A{place.row}: De tabel 'Welke aannames tellen het zwaarst?' is vol: "
        "4 regels staan er niet in. De totalen kloppen wel: die zijn over alle regels berekend."
    ]
    assert not sheets.overfull(FORM, {CHECKS: [{}] * CHECKS.size}, raw)


def test_what_does_not_fit_is_told_on_the_screen_and_on_sheet_controles(tmp_path, capsys, monkeypatch):
    small = replace(ASSUMPTIONS, capacity=3)
    monkeypatch.setattr(sheets, "FORM", with_table(small))
    path = examples(tmp_path) / "de_kade.xlsx"
    code, _, err = run(capsys, "bereken", path, "--uit", tmp_path / "uit")
    said = "De tabel 'Welke aannames tellen het zwaarst?' is vol: 10 regels staan er niet in."
    assert code == 0 and said in err
    written = tmp_path / "uit" / "de_kade_uitkomst.xlsx"
    place = read(written, FORM).place_of(CHECKS)
    sheet = openpyxl.load_workbook(written, data_only=True)[place.sheet]
    told = [sheet.cell(line, place.columns["check"]).value for line in place.downward]
    assert any(text and text.startswith(said) for text in told)
