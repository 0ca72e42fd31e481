"""The form as a coordinator sees it: it reads back, counts what is open, previews and remembers."""

from __future__ import annotations

import random
import re
import zipfile
from html import unescape

import calculator
import openpyxl
import pytest
from forms import EXAMPLES, change, examples
from test_recheck import ROOT, differences, random_answers

from toolkit.app import cli, walk
from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import headline
from toolkit.words.vocabulary import word
from toolkit.workbook.drawing.book import SCREEN_ZOOM
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.asked import EFFECTS
from toolkit.workbook.layout.measures import pixels
from toolkit.workbook.layout.outcomes import EVIDENCE, HEADLINE, MORE_FIGURES
from toolkit.workbook.layout.parts import Titles
from toolkit.workbook.layout.poster import POSTER
from toolkit.workbook.layout.screen import CARDS, LISTS
from toolkit.workbook.live.results import beside
from toolkit.workbook.outcome.filling import UNKNOWN, fill
from toolkit.workbook.reading.reader import read

LIBRARY = load_library()
BLANK = (ROOT / "workbooks" / "invulformulier.xlsx").read_bytes()
WORK, DEBTS, HELP = (
    LIBRARY.changes[c] for c in ("werk_uit_bijstand", "schulden_opgelost", "schuldhulp_traject")
)


GROUP, NOT_KNOWN = "Iedereen", "weet ik niet"
COMPLETE = {
    "target_group": GROUP,
    "deadweight": "niemand",
    "attribution": "niemand",
    "still": 0,
    "grade": "geteld (A)",
}


def said(change_, **answers) -> str:
    """What a form says beside a complete row with these answers."""
    row = {"change": change_.name, **COMPLETE, **answers} if change_ else {}
    cells = {("EF-01", column): answer for column, answer in row.items()}
    cells |= {("DG-01", "name"): GROUP, ("DG-01", "person"): "deelnemers"}
    shown = {(sheet, cell): value for sheet, cell, value in beside(cells, LIBRARY, 2025)}
    place = FORM.place(EFFECTS)
    return shown.get((place.sheet.name, place.cell("EF-01", "said")), "")


READ_BACK = {
    "a full row": (
        said(WORK, reach=14, deadweight="een kwart", attribution="niemand", still=7),
        "14 mensen vonden werk vanuit de bijstand. Uw deel: 10, na een jaar nog 7",
    ),
    "one person": (
        said(WORK, reach=1, deadweight="niemand", attribution="niemand", still=0),
        "1 mens vond werk vanuit de bijstand. Uw deel: 1, na een jaar niemand meer",
    ),
    "everything unknown": (
        said(DEBTS, reach=3, deadweight=NOT_KNOWN, attribution=NOT_KNOWN, still=NOT_KNOWN),
        "3 huishoudens losten hun problematische schulden op of kregen ze niet. Uw deel: 1, één jaar lang "
        "(deels onbekend: de helft)",
    ),
    "how many is unknown": (
        said(WORK, reach=NOT_KNOWN),
        "een onbekend aantal mensen vonden werk vanuit de bijstand.",
    ),
    "not yet discussed with the municipality": (
        said(WORK, reach=9, deadweight=None, attribution=None, still=None),
        "9 mensen vonden werk vanuit de bijstand.",
    ),
    "the other direction, within the year": (
        said(
            HELP,
            reach=2,
            total=2,
            direction="meer",
            deadweight="de helft",
            attribution="een ander een beetje",
        ),
        "bij 2 huishoudens kwam er juist schuldhulp, samen 2 trajecten. Uw deel: 1",
    ),
    "a total that nobody knows": (
        said(HELP, reach=2),
        "bij 2 huishoudens was schuldhulp niet nodig, hoeveel: nog onbekend. Uw deel: 2",
    ),
    "a usual quantity for the total": (
        said(LIBRARY.changes["voedselpakketten"], reach=4),
        "4 huishoudens kregen voedselpakketten, samen 52 pakketten. Uw deel: 4",
    ),
    "a group that does not exist": (
        said(WORK, reach=14, target_group="Niemand"),
        "Nog open in deze regel: 1",
    ),
    "an empty row": (said(None), ""),
}


@pytest.mark.parametrize("case", READ_BACK)
def test_a_row_is_read_back_in_a_sentence(case):
    spoken, expected = READ_BACK[case]
    assert spoken == expected


@pytest.mark.parametrize("code", LIBRARY.changes)
def test_every_change_can_be_read_back_for_one_and_for_many(code):
    many, one = (said(LIBRARY.changes[code], reach=n) for n in (14, 1))
    assert " Uw deel: 13" in many and " Uw deel: 1" in one
    assert re.search(r"\b14\b", many) and re.search(r"\b1\b", one)
    assert "{" not in many + one
    assert not re.search(r"\b1 (mensen|huishoudens|trajecten|eenheden|consulten|bezoeken|dagen)\b", one)


def partly(answers: dict, chance: random.Random) -> dict:
    """The answers with some left out and some unknown, as a form half way."""
    kept = {key: value for key, value in answers.items() if chance.random() < 0.8 or key[0].startswith("ST")}
    for key in list(kept):
        if key[1] in ("deadweight", "attribution", "still") and chance.random() < 0.2:
            kept[key] = UNKNOWN
    return kept


def test_libreoffice_shows_beside_the_answers_what_python_stored(office, tmp_path):
    """Lookups, read-back sentences, open questions: for full forms and for forms half way."""
    forms = []
    for seed in range(4):
        chance = random.Random(seed)
        answers = random_answers(chance)
        answers["ST-05", "answer"] = 2025
        answers = partly(answers, chance) if seed % 2 else answers
        forms.append(tmp_path / f"half_{seed}.xlsx")
        forms[-1].write_bytes(fill(BLANK, FORM, answers, "", LIBRARY, 2025))
    shown = {word(f"form.sheets.{s.code}.name") for s in FORM.sheets if s.kind == "input"}
    for form, again in zip(forms, office.all_to_format(forms, tmp_path / "weer", "xlsx"), strict=True):
        assert [d for d in differences(form, again) if d[0] in shown] == []
        guide = [openpyxl.load_workbook(p, data_only=True)["Uitleg"] for p in (form, again)]
        cells = ["B4", *(f"D{row}" for row in range(18, 28))]
        assert [guide[0][c].value for c in cells] == [guide[1][c].value for c in cells]


def open_questions(path) -> str:
    return openpyxl.load_workbook(path, data_only=True)["Uitleg"]["B4"].value


def test_an_empty_form_counts_its_open_questions_and_a_filled_one_has_none(tmp_path):
    empty = tmp_path / "leeg.xlsx"
    empty.write_bytes(fill(BLANK, FORM, {}, "", LIBRARY, 2025))
    assert open_questions(empty) == "Open vragen in dit formulier: 14. Later samen met de gemeente: 0"
    full = open_questions(examples(tmp_path) / "de_kade.xlsx")
    assert full == "Open vragen in dit formulier: 0. Later samen met de gemeente: 0"


def test_i_do_not_know_is_an_answer_and_empty_is_not(tmp_path):
    path = tmp_path / "rij.xlsx"
    row = {("EF-01", "change"): WORK.name, ("EF-01", "reach"): UNKNOWN, ("EF-01", "still"): UNKNOWN}
    path.write_bytes(fill(BLANK, FORM, row, "", LIBRARY, 2025))
    raw = read(path, FORM)
    assert raw.value("EF-01", "open") == 2
    assert raw.value("EF-01", "said") == "Nog open in deze regel: 2"
    assert open_questions(path) == "Open vragen in dit formulier: 15. Later samen met de gemeente: 2"


def test_picking_a_change_shows_unit_value_who_gains_source_and_what_to_watch_for(tmp_path):
    path = tmp_path / "rij.xlsx"
    path.write_bytes(fill(BLANK, FORM, {("EF-01", "change"): HELP.name}, "", LIBRARY, 2025))
    raw = read(path, FORM)
    assert raw.value("EF-01", "unit") == HELP.unit_short == "trajecten"
    assert raw.value("EF-01", "value") == pytest.approx(9644.32, abs=0.01)
    assert raw.value("EF-01", "who_gains") == "Voordeel: Gemeente."
    assert raw.value("EF-01", "based_on") == LIBRARY.unit_values["schuldhulptraject"].source
    assert raw.value("EF-01", "watch_for") == HELP.watch_for


def test_who_is_worse_off_is_shown_too(tmp_path):
    path = tmp_path / "rij.xlsx"
    name = LIBRARY.changes["zorgtoeslag"].name
    path.write_bytes(fill(BLANK, FORM, {("EF-01", "change"): name}, "", LIBRARY, 2025))
    shown = read(path, FORM).value("EF-01", "who_gains")
    assert shown == "Voordeel: de mensen zelf. Nadeel: Rijk en sociale fondsen."


def test_the_guide_previews_the_totals_before_python_has_computed(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    again = calculator.recalculated(path, tmp_path / "weer")
    loaded, _ = walk.load_form(path)
    figures = headline(walk.compute(loaded, draws=1000).outcome)
    guide = openpyxl.load_workbook(again, data_only=True)["Uitleg"]
    rows = {r[0].value: r[3].value for r in guide.iter_rows()}
    for code in ("benefits_pv", "costs_pv", "ratio"):
        assert rows[code] == pytest.approx(getattr(figures, code), abs=0.005)


def test_the_preview_waits_for_the_open_questions(tmp_path):
    path = change(examples(tmp_path) / "de_kade.xlsx", {("EF-01", "grade"): None})
    guide = openpyxl.load_workbook(calculator.recalculated(path, tmp_path / "weer"), data_only=True)["Uitleg"]
    rows = {r[0].value: r[3].value for r in guide.iter_rows()}
    assert rows["benefits_pv"] == "eerst de open vragen"
    assert guide["B4"].value == "Open vragen in dit formulier: 1. Later samen met de gemeente: 0"


def test_the_preview_does_not_wait_for_what_is_discussed_with_the_municipality(tmp_path):
    path = change(examples(tmp_path) / "de_kade.xlsx", {("EF-01", "deadweight"): None})
    again = calculator.recalculated(path, tmp_path / "weer")
    loaded, findings = walk.load_form(path)
    assert [f.where for f in findings if f.code == "not_discussed"] == ["Wat verandert er!H9"]
    guide = openpyxl.load_workbook(again, data_only=True)["Uitleg"]
    rows = {r[0].value: r[3].value for r in guide.iter_rows()}
    figures = headline(walk.compute(loaded, draws=1000).outcome)
    assert rows["benefits_pv"] == pytest.approx(figures.benefits_pv, abs=0.005)
    assert guide["B4"].value == "Open vragen in dit formulier: 0. Later samen met de gemeente: 1"


@pytest.fixture(scope="module")
def next_year(tmp_path_factory):
    folder = examples(tmp_path_factory.mktemp("vorig"))
    change(folder / "de_kade.xlsx", {("OO-08", "answer"): '=HYPERLINK("http://x","klik")'})
    target = folder / "nieuw.xlsx"
    arguments = [
        "--vorig",
        folder / "de_kade.xlsx",
        "--studie",
        folder / "portefeuille.xlsx",
        "--uit",
        target,
    ]
    assert cli.main(["sjabloon", *map(str, arguments)]) == 0
    return folder, target


def test_last_years_answers_stand_beside_the_questions(next_year):
    raw = read(next_year[1], FORM)
    assert raw.value("OO-04", "previous") == "2025"
    assert raw.value("OO-05", "previous") == "130"
    assert raw.value("JR-01", "previous") == "249.000"
    assert raw.value("GI-01", "previous").startswith("Bedrag of uren per jaar: 175.000")
    assert raw.value("EF-01", "previous").startswith("3. Mensen: 4; 4. Ook zonder ons: de helft")


def test_names_go_along_and_numbers_are_asked_anew(next_year):
    raw = read(next_year[1], FORM)
    assert raw.value("OO-01", "answer") == "De Kade"
    assert raw.value("EF-01", "change") == WORK.name
    assert raw.value("DG-01", "name") == "Mensen in een werktraject"
    for asked_anew in (("OO-04", "answer"), ("OO-05", "answer"), ("JR-01", "answer"), ("GI-01", "amount")):
        assert raw.value(*asked_anew) is None
    for column in ("reach", "deadweight", "attribution", "still", "grade", "source"):
        assert raw.value("EF-01", column) is None
    assert raw.value("ST-02", "answer") == 2025


def test_last_years_text_never_becomes_a_formula(next_year):
    raw = read(next_year[1], FORM)
    sheet, cell = "Over ons", raw.get("OO-08", "answer").where.rpartition("!")[2].replace("C", "D")
    kept = openpyxl.load_workbook(next_year[1])[sheet][cell]
    assert (kept.value, kept.data_type) == ('=HYPERLINK("http://x","klik")', "s")


def test_last_year_belongs_to_a_form_only(next_year, capsys):
    folder, _ = next_year
    code = cli.main(["sjabloon", "--soort", "kengetallen", "--vorig", str(folder / "de_kade.xlsx")])
    assert code == 1
    assert capsys.readouterr().err == (
        "--studie, --vorig, --overnemen en --kengetallen horen bij een heel formulier. Laat --soort weg, of "
        "kies --soort formulier.\n"
    )


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = examples(tmp_path_factory.mktemp("uitkomst"))
    assert cli.main(["bereken", str(folder / "de_kade.xlsx"), "--uit", str(folder / "uit")]) == 0
    return folder / "uit" / "de_kade_uitkomst.xlsx"


def test_uitkomsten_is_one_screen_the_answer_four_figures_three_charts_and_two_lists(result):
    cards, charts, lists = FORM.sheet("results").parts
    assert (
        len(cards.columns) == 4
        and len(charts.names) == 3
        and lists.column_codes[::2] == ("no_price", "doubt")
    )
    sheet = openpyxl.load_workbook(result, data_only=True)["Uitkomsten"]
    assert sheet["B4"].value.startswith("Elke geïnvesteerde euro levert naar berekening ")
    last = FORM.place(LISTS).last_row
    rows = (sheet.row_dimensions[row] for row in range(1, last + 1))
    points = sum(0 if row.hidden else row.height or 15 for row in rows)
    across = sum(pixels(sheet.column_dimensions[letter].width) for letter in "BCDE")
    assert points / 0.75 * SCREEN_ZOOM / 100 <= 580 and across <= 1300 and across >= 3 * charts.width
    figures = FORM.place(CARDS)
    shown = [sheet[figures.cell("figure", column)].value for column in CARDS.column_codes]
    tables = openpyxl.load_workbook(result, data_only=True)["Tabellen"]
    headline, more = FORM.place(HEADLINE), FORM.place(MORE_FIGURES)
    assert shown[0] == tables[headline.cell("benefits_pv", "value")].value
    assert shown[1] == tables[more.cell("costs_pv", "value")].value
    evidence = FORM.place(EVIDENCE)
    strong = sum(tables[evidence.cell(grade, "share")].value for grade in "AB")
    assert shown[2:] == [130, pytest.approx(strong)]


def test_every_chart_title_refers_to_a_cell_that_says_what_the_chart_shows(result):
    book = openpyxl.load_workbook(result, data_only=True)
    with zipfile.ZipFile(result) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    titles = [re.search(r"<(?:c:)?title>.*?<(?:c:)?f>(.*?)</", chart, re.S)[1] for chart in charts]
    shown = []
    for title in titles:
        sheet, _, cell = title.rpartition("!")
        shown.append(book[sheet.strip("'")][cell.replace("$", "")].value)
    expected = sum(len(p.rows) for s in FORM.sheets for p in s.parts if isinstance(p, Titles))
    assert len(shown) == expected
    kept = [re.search(r"<(?:c:)?title>.*?<(?:c:)?v>(.*?)</", chart, re.S)[1] for chart in charts]
    assert [unescape(text) for text in kept] == shown
    assert "Vanaf 2027 zijn de baten samen groter dan de kosten" in shown
    assert any(text.startswith("De overheid krijgt het grootste deel van de baten: ") for text in shown)


def test_the_page_to_hang_up_says_it_in_plain_words_and_hides_what_is_empty(result):
    sheet = openpyxl.load_workbook(result)["Dit doen wij voor de wijk"]
    texts = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=9)}
    assert texts["name"] == "De Kade: dit doen wij voor de wijk"
    assert texts["change_1"] == "4 mensen vonden werk vanuit de bijstand (waarvan 2 ook zonder ons)."
    assert "in 9 van de 10 doorrekeningen" in texts["ratio"]
    assert "Voorbeeld: naam en cijfers zijn verzonnen" in texts["how"]
    for row in sheet.iter_rows(min_row=9, max_row=9 + POSTER.size - 1):
        assert bool(sheet.row_dimensions[row[0].row].hidden) == (row[1].value is None)
    assert sheet.page_setup.orientation == "portrait"


def test_a_form_in_which_everything_has_a_price_has_a_page_to_hang_up_too(tmp_path):
    template = (ROOT / "workbooks" / "invulformulier.xlsx").read_bytes()
    path = tmp_path / "toeval.xlsx"
    answers = random_answers(random.Random(1))
    answers |= {(row, "total"): 40 for row, column in list(answers) if column == "change"}
    path.write_bytes(fill(template, FORM, answers))
    assert cli.main(["bereken", str(path), "--uit", str(tmp_path / "uit")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "uit" / "toeval_uitkomst.xlsx")["Dit doen wij voor de wijk"]
    texts = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=9)}
    assert texts["people"] and texts["no_price"] is None


def test_every_example_form_is_complete():
    for item in EXAMPLES.iterdir():
        if item.name.endswith(".xlsx") and "portefeuille" not in item.name:
            assert open_questions(ROOT / "workbooks" / "voorbeelden" / item.name).endswith(": 0")
