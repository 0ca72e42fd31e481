"""Reading whatever arrives: the codes decide, not the places, and one form gives one outcome."""

from __future__ import annotations

import datetime as dt
import os
import re
import zipfile
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from forms import EXAMPLES, change, light_example
from hypothesis import given, settings
from hypothesis import strategies as st
from imitations import PROGRAMS, Sheets, as_excel, cells_of, with_macros
from spoiling import DEEDS, rewritten
from studies import as_object

from toolkit.app import cli, walk
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP, stops
from toolkit.words import dutch
from toolkit.words.vocabulary import located
from toolkit.workbook.intake import forms, portfolios
from toolkit.workbook.intake.answers import Answers
from toolkit.workbook.intake.tariffs import tariffs
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.fields import NUMBER, Field
from toolkit.workbook.reading.raw import RawAnswer, RawWorkbook
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

LIBRARY = load_library()
FEW = settings(max_examples=1000 if os.environ.get("WIJKBATEN_ALLES") == "1" else 40)


def outcome(path: Path) -> dict[str, object]:
    """Every figure of a form, unrounded; the name of the file is no part of it."""
    loaded, findings = walk.load(path, LIBRARY)
    assert loaded is not None, [located(f) for f in findings if f.level == STOP]
    initiative = replace(loaded.portfolio.initiatives[0], code="KADE")
    portfolio = replace(loaded.portfolio, initiatives=(initiative,))
    return as_object(portfolio, LIBRARY)["study"]


@pytest.fixture(scope="module")
def kade(tmp_path_factory) -> Sheets:
    """The sheets of an example as plain cells, without its results."""
    return cells_of(light_example(tmp_path_factory.mktemp("kade"), "de_kade.xlsx"))


@pytest.fixture(scope="module")
def wanted() -> dict[str, object]:
    """What the example comes to."""
    return outcome(Path(str(EXAMPLES / "de_kade.xlsx")))


# --- one form, one outcome ---


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_imitation_of_another_program_gives_the_same_outcome(program, kade, wanted, tmp_path):
    path = tmp_path / "de_kade.xlsx"
    path.write_bytes(PROGRAMS[program](kade))
    assert outcome(path) == wanted


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_form_saved_by_libreoffice_gives_the_same_outcome(office, format, wanted, tmp_path):
    saved = office.to_format(Path(str(EXAMPLES / "de_kade.xlsx")), tmp_path, format)
    assert outcome(saved) == wanted


def test_an_imitation_of_a_portfolio_with_dates_is_read(tmp_path):
    for item in EXAMPLES.iterdir():
        light_example(tmp_path, item.name)
    path = tmp_path / "portefeuille.xlsx"
    before = walk.load(path)[0]
    path.write_bytes(PROGRAMS["Google Sheets"](cells_of(path)))
    after = walk.load(path)[0]
    assert after.letter == before.letter
    assert after.letter.date == dt.date(2026, 2, 3)


ROWS = {"DG": "Over ons", "GI": "Geld en inzet", "EF": "Wat verandert er", "PM": "Niet in geld"}
NOTES = st.sampled_from(["", "let op: nog nakijken", "n.v.t.", "14", "zie de bijlage (Fatima)", "=1+1"])


@st.composite
def rearranged(draw, sheets: Sheets) -> Sheets:
    """The same answers in other places, with the coordinator's own sheets, columns, rows and notes."""
    sheets = deepcopy(sheets)
    for prefix in draw(st.lists(st.sampled_from(sorted(ROWS)), unique=True)):
        rows = sheets[ROWS[prefix]]
        lines = [n for n, row in enumerate(rows) if str(row[0]).startswith(f"{prefix}-")]
        for line, row in zip(lines, draw(st.permutations([rows[n] for n in lines])), strict=True):
            rows[line] = row
    names = sorted(set(sheets) - {"Versies"})
    for name in draw(st.lists(st.sampled_from(names), max_size=3)):
        at = draw(st.integers(0, len(sheets[name])))
        sheets[name].insert(at, ["", draw(NOTES)])
    for name in draw(st.lists(st.sampled_from(names), max_size=3)):
        at, note = draw(st.integers(0, 18)), draw(NOTES)
        for n, row in enumerate(sheets[name]):
            row += [""] * (at - len(row))
            row.insert(at, note if n % 5 == 0 else "")
    for name in draw(st.lists(st.sampled_from(names), max_size=1)):
        width = max(map(len, sheets[name]))
        order = draw(st.permutations(range(width)))
        sheets[name] = [[row[n] if n < len(row) else "" for n in order] for row in sheets[name]]
    sheets |= {f"eigen blad {n}": [[note]] for n, note in enumerate(draw(st.lists(NOTES, max_size=2)))}
    order = draw(st.permutations(sorted(sheets)))
    renamed = draw(st.booleans())
    return {f"Blad {n}" if renamed else name: sheets[name] for n, name in enumerate(order)}


@FEW
@given(data=st.data())
def test_answers_in_other_places_give_the_same_outcome(kade, wanted, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("elders") / "de_kade.xlsx"
    path.write_bytes(as_excel(data.draw(rearranged(kade))))
    assert outcome(path) == wanted


@FEW
@given(data=st.data())
def test_every_answer_knows_the_cell_it_came_from(kade, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("adressen") / "de_kade.xlsx"
    sheets = data.draw(rearranged(kade))
    path.write_bytes(as_excel(sheets))
    for answer in read(path, FORM).answers.values():
        sheet, row, column = _place(answer.where)
        cells = sheets[sheet][row - 1]
        there = cells[column - 1] if column <= len(cells) else ""
        assert there == answer.value or (answer.value is None and not str(there).strip())


def _place(where: str) -> tuple[str, int, int]:
    sheet, cell = where.rsplit("!", 1)
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return sheet, int(cell[len(letters) :]), column


def test_a_hidden_sheet_is_read_like_any_other(wanted, tmp_path):
    path = light_example(tmp_path, "de_kade.xlsx")
    DEEDS["hide the sheet with changes"](path)
    assert outcome(path) == wanted


def test_a_deleted_row_of_headings_does_no_harm(kade, wanted, tmp_path):
    sheets = deepcopy(kade)
    for name in ROWS.values():
        codes = [n for n, row in enumerate(sheets[name]) if str(row[0]).startswith("code ")]
        for n in reversed(codes):
            del sheets[name][n + 1]
    path = tmp_path / "de_kade.xlsx"
    path.write_bytes(as_excel(sheets))
    assert outcome(path) == wanted


def test_a_form_that_says_it_is_an_example_says_so_in_other_places_too(kade, tmp_path):
    sheets = deepcopy(kade)
    for rows in sheets.values():
        rows.insert(0, [""])
    path = tmp_path / "de_kade.xlsx"
    path.write_bytes(as_excel(sheets))
    assert "verzonnen" in " ".join(read(path, FORM).marks.values()).lower()


def test_a_signed_form_is_read_like_any_other(wanted, tmp_path):
    path = light_example(tmp_path, "de_kade.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    assert outcome(path) == wanted


def test_an_error_on_a_sheet_of_the_coordinator_does_no_harm(kade, wanted, tmp_path):
    path = tmp_path / "de_kade.xlsx"
    path.write_bytes(as_excel(kade | {"eigen blad": [["som"], [14]]}))
    part = Package(path).sheets["eigen blad"]
    spilled = '<c r="B2" t="e"><f>A1:A9</f><v>#SPILL!</v></c></row></sheetData>'
    rewritten(path, part, lambda text: text.replace("</row></sheetData>", spilled))
    assert outcome(path) == wanted


@pytest.mark.parametrize("odd", ["1E+999", "NaN"])
def test_a_form_of_last_year_with_an_impossible_number_still_gives_this_year_s(odd, tmp_path):
    path, new = light_example(tmp_path, "de_kade.xlsx"), tmp_path / "nieuw.xlsx"
    sheet, cell = read(path, FORM).answers["EF-01", "reach"].where.rsplit("!", 1)
    pattern = re.compile(rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>')
    rewritten(path, Package(path).sheets[sheet], lambda text: pattern.sub(rf"\1<v>{odd}</v>", text))
    assert cli.main(["sjabloon", "--vorig", str(path), "--uit", str(new)]) == 0
    assert read(new, FORM).value("EF-01", "reach") is None


# --- macros ---


@pytest.mark.parametrize("name", ["de_kade.xlsm", "de_kade.xlsx"])
def test_macros_are_never_kept_under_whatever_name_they_come(name, wanted, tmp_path):
    path = tmp_path / name
    path.write_bytes(with_macros((EXAMPLES / "de_kade.xlsx").read_bytes()))
    assert outcome(path) == wanted
    assert cli.main(["bereken", str(path), "--uit", str(tmp_path / "uit")]) == 0
    result = tmp_path / "uit" / "de_kade_uitkomst.xlsx"
    assert outcome(result) == wanted
    with zipfile.ZipFile(result) as archive:
        assert [n for n in archive.namelist() if "vba" in n.lower()] == []
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")


# --- answers ---


@cache
def form() -> RawWorkbook:
    """The example as it is read."""
    return read(Path(str(EXAMPLES / "de_kade.xlsx")), FORM)


def taken(value: object, field: Field) -> tuple[object, list[str]]:
    """One value as the answer to a question, with the codes of what is said of it."""
    answers = Answers(replace(form(), answers={("EF-01", field.code): RawAnswer(value, "Blad!A1")}), {})
    return answers.take("EF-01", field), [f.code for f in answers.findings]


ANY_NUMBER = Field("reach", NUMBER, -1e12, 1e12)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_a_number_as_a_dutch_person_types_it_has_one_reading(whole, decimals):
    number = whole / 10**decimals
    value, told = taken(dutch.number(number, decimals), ANY_NUMBER)
    assert value == number
    assert told == ["number_as_text"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.250,50", 1250.5),
        ("€ 1.250", 1250),
        ("€\xa01.250,-", 1250),
        ("1250,--", 1250),
        (" 14 ", 14),
        ("+3", 3),
        ("-0,5", -0.5),
    ],
)
def test_text_with_one_reading_is_a_number(text, number):
    assert taken(text, ANY_NUMBER)[0] == number


@pytest.mark.parametrize(
    "text",
    [
        "1,250.50",
        "1.25",
        "12.34.567",
        "1 250",
        "14 %",
        "1e3",
        "٣",
        "½",
        "12-14",
        "<5",
        "ca. 5",
        "1.250.",
        ",",
    ],
)
def test_text_with_two_readings_is_never_guessed(text):
    assert taken(text, ANY_NUMBER) == (None, ["not_a_number"])


ANYTHING = st.one_of(
    st.text(),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["weet ik niet", "ja", "nee", "#N/A", "bsn 123456789", "geld", "0", "-", "{found}"]),
)


@FEW
@given(data=st.data())
def test_whatever_stands_in_a_form_gives_an_initiative_or_sentences(data):
    keys = data.draw(st.lists(st.sampled_from(sorted(form().answers)), max_size=12))
    spoiled = {key: RawAnswer(data.draw(ANYTHING), form().answers[key].where) for key in keys}
    raw = replace(form(), answers={**form().answers, **spoiled})
    found, findings = forms.initiative(raw, portfolios.stand_in(), LIBRARY)
    assert (found is None) == stops(findings)
    for finding in findings + portfolios.settings(raw)[2]:
        assert located(finding).isprintable()


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory) -> RawWorkbook:
    """The example portfolio as it is read, with its forms beside it."""
    folder = tmp_path_factory.mktemp("portefeuille")
    for item in EXAMPLES.iterdir():
        light_example(folder, item.name)
    return read(folder / "portefeuille.xlsx", PORTFOLIO)


@FEW
@given(data=st.data())
def test_whatever_stands_in_a_portfolio_gives_a_plan_or_sentences(portfolio, data):
    filled = sorted(key for key, answer in portfolio.answers.items() if answer.value is not None)
    keys = data.draw(st.lists(st.sampled_from(filled), max_size=12))
    spoiled = {key: RawAnswer(data.draw(ANYTHING), portfolio.answers[key].where) for key in keys}
    raw = replace(portfolio, answers={**portfolio.answers, **spoiled})
    plan, findings = portfolios.plan(raw)
    assert (plan is None) == stops(findings)
    for finding in findings + tariffs(raw, LIBRARY)[1]:
        assert located(finding).isprintable()


def test_capitals_spaces_and_ways_to_write_an_accent_make_no_difference(tmp_path, wanted):
    path = light_example(tmp_path, "de_kade.xlsx")
    change(path, {("GI-01", "party"): "  GEMEENTE\xa0", ("EF-01", "deadweight"): "Een  kwart"})
    loaded, findings = walk.load_form(path)
    assert not stops(findings)
    assert loaded.portfolio.initiatives[0].investments[0].party == "gemeente"


def test_each_unknown_has_its_default_its_grade_and_its_remark(tmp_path):
    path = light_example(tmp_path, "de_kade.xlsx")
    unknown = dict.fromkeys([("EF-01", c) for c in ("deadweight", "attribution", "still")], "Weet ik niet.")
    loaded, findings = walk.load_form(change(path, unknown))
    effects = [e for e in loaded.portfolio.initiatives[0].effects if e.row == "EF-01"]
    told = {(e.deadweight.mode, e.attribution.mode, e.drop_off.mode, e.duration, e.grade) for e in effects}
    assert told == {(0.5, 0.5, 0.0, 1, "D")}
    remarks = {f.code for f in findings if f.code.startswith("default_")}
    assert remarks == {"default_deadweight", "default_attribution", "default_still"}


def test_empty_and_zero_and_unknown_are_three_answers(tmp_path):
    path = light_example(tmp_path, "de_kade.xlsx")
    change(path, {("OO-06", "answer"): 0, ("OO-07", "answer"): None, ("JR-02", "answer"): "weet ik niet"})
    loaded, findings = walk.load_form(path)
    (found,) = loaded.portfolio.initiatives
    assert found.volunteers == 0
    assert found.residents is None
    assert not stops(findings)
