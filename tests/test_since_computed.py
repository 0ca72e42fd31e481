"""What changed since a workbook was computed: a form behind a portfolio, unit values, numbers of a row."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from forms import change, examples
from situations import all_pay, situation

from toolkit.app import cli, output, stale, walk
from toolkit.app.writing import save_all
from toolkit.kengetallen.comparison import checksum
from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import headline
from toolkit.model.finding import WARN
from toolkit.model.portfolio import Overlap
from toolkit.words.vocabulary import located
from toolkit.workbook.drawing.book import build
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.compared import COMPARED_TOTAL
from toolkit.workbook.outcome.compared import comparison_rows, total_rows
from toolkit.workbook.outcome.filling import transcribed
from toolkit.workbook.reading.raw import answers_checksum
from toolkit.workbook.reading.reader import read

LIBRARY = load_library()


@cache
def template() -> bytes:
    return build(PORTFOLIO, LIBRARY, 2025)


def in_place(folder: Path) -> Path:
    """The example portfolio with its results in it, beside its forms."""
    path = examples(folder) / "portefeuille.xlsx"
    path.write_bytes(transcribed(template(), PORTFOLIO, read(path, PORTFOLIO)))
    change(path, {("ST-11", "answer"): 1000})
    loaded, findings = walk.load_portfolio(path)
    assert loaded is not None, [located(f) for f in findings]
    computed = walk.compute(loaded)
    book = output.of_portfolio(computed, walk.facts(computed))
    with_results = output.putting.written(path.read_bytes(), loaded.raw, PORTFOLIO, book.fill(loaded.raw, ()))
    path.write_bytes(with_results)
    return path


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> Path:
    return in_place(tmp_path_factory.mktemp("computed")).parent


@pytest.fixture
def folder(computed, tmp_path) -> Path:
    shutil.copytree(computed, tmp_path / "map")
    return tmp_path / "map"


def told(folder: Path, library=LIBRARY) -> list[str]:
    loaded, findings = walk.load_portfolio(folder / "portefeuille.xlsx", library)
    assert loaded is not None, [located(f) for f in findings]
    return [located(finding) for finding in stale.remarks(loaded)]


def test_a_portfolio_is_up_to_date_until_a_form_is_answered_otherwise(folder):
    assert told(folder) == []
    change(folder / "de_kade.xlsx", {("EF-01", "reach"): 15})
    change(folder / "ons_erf.xlsx", {("OO-05", "answer"): 61})
    told_now = told(folder)
    assert len(told_now) == 2
    assert told_now[0].startswith("portefeuille.xlsx, Initiatieven!")
    assert told_now[0].endswith(
        "Het formulier de_kade.xlsx is veranderd nadat deze portefeuille is berekend. De uitkomsten hier "
        "zijn verouderd. Reken de portefeuille opnieuw uit."
    )
    assert "ons_erf.xlsx" in told_now[1]


def test_controleer_tells_it_and_computing_does_not(folder, capsys):
    change(folder / "de_kade.xlsx", {("EF-01", "reach"): 15})
    cli.main(["controleer", str(folder / "portefeuille.xlsx")])
    assert "Het formulier de_kade.xlsx is veranderd" in capsys.readouterr().err
    loaded, _ = walk.load_portfolio(folder / "portefeuille.xlsx")
    codes = {finding.code for finding in walk.compute(loaded, draws=100).findings}
    assert not {code for code in codes if code.endswith("_since")}


def test_results_in_a_form_are_no_answers(folder):
    loaded, _ = walk.load_portfolio(folder / "portefeuille.xlsx")
    computed = walk.compute(loaded, draws=100)
    before = answers_checksum(loaded.forms["KADE"], FORM)
    save_all(output.forms(computed, None))
    assert answers_checksum(read(folder / "de_kade.xlsx", FORM), FORM) == before
    assert told(folder) == []


def test_a_form_that_came_later_and_other_unit_values_are_told(folder):
    raw = read(folder / "portefeuille.xlsx", PORTFOLIO)
    assert len(raw.computed_with) == 7
    loaded, _ = walk.load_portfolio(folder / "portefeuille.xlsx")
    missing = {k: v for k, v in raw.computed_with.items() if k != "de_kade.xlsx"}
    older = replace(loaded, raw=replace(raw, computed_with=missing))
    assert [f.code for f in stale.remarks(older)] == ["form_new_since"]
    peers = (replace(LIBRARY.peers[0], ratio=9.0), *LIBRARY.peers[1:])
    other = replace(loaded, library=replace(LIBRARY, peers=peers))
    assert [f.code for f in stale.remarks(other)] == ["other_library_since"]
    never = replace(loaded, raw=replace(raw, computed_with={}))
    assert stale.remarks(never) == []


def test_the_checksum_of_a_library_covers_its_peers():
    peers = (replace(LIBRARY.peers[0], year=1999), *LIBRARY.peers[1:])
    assert checksum(replace(LIBRARY, peers=peers)) != checksum(LIBRARY)


def test_reports_and_doubts_never_open_a_library_of_their_own():
    root = Path(walk.__file__).parents[1]
    rooms = [*(root / "reports").rglob("*.py"), *(root / "method").rglob("*.py")]
    assert [p.name for p in rooms if "load_library" in p.read_text(encoding="utf-8")] == []


# --- the comparison adds up ---


@pytest.mark.parametrize("overlaps", [(), (Overlap("KADE", "ANKER", 30.0), Overlap("ERF", "SPIL", 12.0))])
def test_the_comparison_adds_up_to_the_outcome_to_the_cent(overlaps):
    case = situation(all_pay().portfolio.initiatives, overlaps=overlaps)
    summary, ones = case.summary(), {code: case.summary(code) for code in case.outcome.initiatives}
    counted, off, total = total_rows(summary, ones)
    listed = [
        row
        for row, one in zip(comparison_rows(ones), ones.values(), strict=True)
        if one.initiatives[0].counted
    ]
    assert counted["number"] == len(listed) == 5
    assert bool(overlaps) == (off["benefits_pv"] < -1)
    for column in COMPARED_TOTAL.column_codes[2:]:
        assert counted[column] == pytest.approx(sum(row[column] for row in listed), abs=0.005)
        assert counted[column] + off[column] == pytest.approx(total[column], abs=0.005)
    figures = headline(case.outcome)
    assert (total["benefits_pv"], total["costs_pv"]) == (figures.benefits_pv, figures.costs_pv)


def test_the_sheet_shows_the_comparison_with_its_total(folder):
    raw = read(folder / "portefeuille.xlsx", PORTFOLIO)
    place = raw.place(COMPARED_TOTAL)
    assert place.sheet == "Vergelijking" and set(place.lines) == {"counted", "overlap", "total"}


# --- the reporting year moved and later years stayed ---


@pytest.fixture(scope="module")
def form(tmp_path_factory) -> Path:
    """The example form with its results, so that it knows what its answers were."""
    folder = examples(tmp_path_factory.mktemp("form"))
    path = change(folder / "de_kade.xlsx", {("VD-03", f"reach_{n}"): None for n in range(2, 6)})
    change(path, {("VD-01", "reach_2"): 15, ("VD-01", "reach_4"): 18, ("ST-11", "answer"): 1000})
    loaded, _ = walk.load_form(path)
    save_all(output.forms(walk.compute(loaded), None))
    return path


def stayed(path: Path, into: Path, answers: dict) -> list[tuple[str, str]]:
    _, findings = walk.load_form(change(path, answers, into / "formulier.xlsx"))
    return [(f.level, located(f)) for f in findings if f.code == "later_years_stayed"]


def test_a_number_that_moved_while_later_years_stayed_is_told_with_both_cells(form, tmp_path):
    raw = read(form, FORM)
    was, later = raw.value("EF-01", "reach"), [raw.get("VD-01", f"reach_{n}").where for n in (2, 3, 4, 5)]
    filled = [
        where
        for n, where in zip((2, 3, 4, 5), later, strict=True)
        if raw.value("VD-01", f"reach_{n}") is not None
    ]
    ((level, sentence),) = stayed(form, tmp_path, {("EF-01", "reach"): was + 6})
    assert level == WARN
    assert sentence.startswith(f"formulier.xlsx, {raw.get('EF-01', 'reach').where}: ")
    assert f"stond hier {was:g} en nu {was + 6:g}" in sentence
    assert f"({filled[0]}" in sentence and all(w.rpartition("!")[2] in sentence for w in filled)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {("EF-01", "deadweight"): "de helft"},
        {("EF-01", "reach"): 30, ("VD-01", "reach_2"): 31},
        {("EF-01", "reach"): 30, **{("VD-01", f"reach_{n}"): None for n in range(2, 11)}},
        {("EF-03", "reach"): 30},
        {("EF-01", "reach"): 30, ("EF-01", "change"): "Minder ziekteverzuim"},
    ],
)
def test_it_is_not_told_where_the_later_years_moved_too_or_are_empty(form, tmp_path, answers):
    assert stayed(form, tmp_path, answers) == []


def test_a_form_that_was_never_computed_has_no_earlier_answers(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    assert read(path, FORM).computed == {}
    assert stayed(path, tmp_path, {("EF-01", "reach"): 30}) == []
