"""What only a portfolio has: copied forms, what it asks for letters, and its own tables of results."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

import golden
import openpyxl
import pytest
from forms import EXAMPLES, change, examples
from situations import LETTER, PROGRESS, Situation, all_pay, initiative, progress, situation

from toolkit.app import cli, output, walk
from toolkit.method.appraisal import headline
from toolkit.method.yearonyear import beside
from toolkit.model.finding import STOP, stops
from toolkit.reports.letter.drafting import render
from toolkit.words.vocabulary import located, word
from toolkit.workbook.layout import headings
from toolkit.workbook.layout.compared import (
    ADDED_UP,
    COMPARISON,
    LAST_TIME,
    LAST_TIME_TOTAL,
    LINES,
    PER_INITIATIVE,
)
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.freshness import STATE
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.portfolio import LETTER_FIELDS, PORTFOLIO
from toolkit.workbook.layout.versions import STEPS
from toolkit.workbook.outcome.compared import comparison_rows, initiative_rows, last_time, line_rows
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile.scan import MAIN_NAMESPACES
from toolkit.workbook.sheetfile.tables import ending_at


def asked(field: str) -> tuple[str, str]:
    return f"BR-{LETTER_FIELDS.index(field) + 1:02d}", "answer"


# --- the same form twice ---


def with_copy(folder: Path, answers: dict) -> list[str]:
    """What is told of a portfolio in which Ons Erf handed in the form of De Kade with other answers."""
    path = examples(folder) / "portefeuille.xlsx"
    change(folder / "de_kade.xlsx", answers, folder / "ons_erf.xlsx")
    loaded, findings = walk.load_portfolio(path)
    found = [f for f in findings if f.code == "form_copied"]
    assert {f.level for f in found} <= {STOP}
    assert (loaded is None) == stops(findings)
    return [located(f) for f in found]


def test_a_copied_form_under_another_name_stops_at_both_rows(tmp_path):
    other = {
        ("OO-01", "answer"): "Ons Erf",
        ("OO-02", "answer"): "Zuid",
        ("OO-03", "answer"): "Tuinieren.",
        ("OO-10", "answer"): "de coördinator",
        ("ST-11", "answer"): 2000,
    }
    told = with_copy(tmp_path, other)
    raw = read(tmp_path / "portefeuille.xlsx", PORTFOLIO)
    cells = {raw.value(row, "path"): raw.get(row, "path").where for row in raw.rows["IN"]}
    said = (
        "portefeuille.xlsx, {cell}: De antwoorden in '{one}' zijn precies gelijk aan die in '{other}', op "
        "naam, wijk en invuller na. Dan zou hetzelfde dubbel tellen. Is het een kopie, haal dan een van de "
        "regels weg of noem het goede formulier; is het een eigen initiatief, vul dan zijn eigen aantallen "
        "en bedragen in."
    )
    kade, erf = "de_kade.xlsx", "ons_erf.xlsx"
    assert told == [
        said.format(cell=cells[kade], one=kade, other=erf),
        said.format(cell=cells[erf], one=erf, other=kade),
    ]


@pytest.mark.parametrize("answers", [{("OO-05", "answer"): 41}, {("EF-01", "reach"): 15}])
def test_one_other_number_makes_it_another_form(answers, tmp_path):
    assert with_copy(tmp_path, answers) == []


def test_two_forms_that_nobody_filled_in_are_not_called_copies(tmp_path):
    empty = {(f"EF-{n:02d}", "change"): None for n in range(1, 41)}
    folder = examples(tmp_path)
    change(folder / "de_kade.xlsx", empty)
    shutil.copyfile(folder / "de_kade.xlsx", folder / "ons_erf.xlsx")
    _, findings = walk.load_portfolio(folder / "portefeuille.xlsx")
    codes = [f.code for f in findings]
    assert "form_copied" not in codes and stops(findings)


# --- what is asked for letters ---

FIELDS = {
    "position": ("Zij zijn van grote waarde",) * 2,
    "accepted_proof": ("Twee jaar dezelfde uitkomst",) * 2,
    "short_term": ("Wij blijven de wijkbedrijven financieren",) * 2,
    "responses_in_letter": ("nee", False),
    "published_total": (9_400_000, 9_400_000.0),
    "published_ratio": ("3,60", 3.6),
    "usual_confirmed_by": ("J. de Vries, wijkteam",) * 2,
    "usual_confirmed_on": (dt.date(2026, 11, 3),) * 2,
}


def test_what_the_college_stands_for_is_read_from_sheet_brief(tmp_path):
    path = examples(tmp_path) / "portefeuille.xlsx"
    before, _ = walk.load_portfolio(path)
    assert {getattr(before.letter, field) for field in FIELDS} == {"", None}
    change(path, {asked(field): typed for field, (typed, _) in FIELDS.items()})
    loaded, findings = walk.load_portfolio(path)
    assert not stops(findings), [located(f) for f in findings]
    assert {field: getattr(loaded.letter, field) for field in FIELDS} == {
        f: v for f, (_, v) in FIELDS.items()
    }


def test_who_says_that_a_ratio_may_go_out_is_read_per_initiative(tmp_path):
    path = examples(tmp_path) / "portefeuille.xlsx"
    change(path, {("IN-0001", "publish_ratio"): "ja", ("IN-0002", "publish_ratio"): "nee"})
    loaded, _ = walk.load_portfolio(path)
    assert [i.publish_ratio for i in loaded.portfolio.initiatives] == [True, False, None, None, None, None]


@pytest.mark.parametrize("field", ["responses_in_letter", "usual_confirmed_by", "usual_confirmed_on"])
def test_a_field_that_is_only_kept_says_so(field):
    assert "omt in het rapport" in word(f"form.questions.{asked(field)[0]}.help")


def test_an_older_portfolio_does_not_know_the_new_fields():
    added = next(step.added for step in STEPS.values() if "IN.publish_ratio" in step.added)
    assert added >= {f"BR.{asked(field)[0]}" for field in FIELDS}


def said_by(case: Situation) -> str:
    """The letter without the marks around its figures."""
    return re.sub("[\ue000-\uf8ff]", "", render(case.facts(), case.letter))


def test_a_progress_letter_names_what_was_published_before_what_was_computed_again():
    now = replace(progress(), letter=replace(PROGRESS, published_total=9_400_000.0, published_ratio=3.6))
    facts = now.facts()
    assert (facts["gepubliceerd.baten"].text, facts["gepubliceerd.verhouding"].text) == (
        "9,4\xa0mln.\xa0euro",
        "€\xa03,60",
    )
    text = said_by(now)
    first, second = (
        "In de vorige brief stond een totaal van ",
        "In de vorige brief leverde elke geïnvesteerde euro ",
    )
    assert 0 < text.index(first) < text.index(second) < text.index("- De totale baten waren ")
    assert "In de vorige brief stond" not in said_by(progress())


def test_the_letter_says_what_the_college_stands_for_where_that_was_filled_in():
    portfolio = all_pay().portfolio
    silent = said_by(situation(portfolio.initiatives))
    letter = replace(
        LETTER, position="Wij zijn trots", accepted_proof="Twee goede jaren", short_term="Wij blijven betalen"
    )
    text = said_by(situation(portfolio.initiatives, letter))
    said = ["Wij zijn trots.", "Twee goede jaren.", "Wij blijven betalen."]
    places = [text.index(sentence) for sentence in said]
    assert text.index("## Conclusie") < places[0] < text.index("## Hoe de financiering verdergaat")
    assert text.index("## Hoe de financiering verdergaat") < places[2] < places[1]
    for sentence in said:
        text = text.replace(sentence, "")
    assert text.split() == silent.split()


# --- the initiatives side by side ---


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> tuple[walk.Computed, Path]:
    """The example portfolio with that of the letter before, and its workbook with results."""
    folder = examples(tmp_path_factory.mktemp("portfolio"))
    old = folder / "2025"
    examples(old)
    change(old / "de_kade.xlsx", {("VD-01", "reach_2"): 9})
    spil = {("IN-0004", column): None for column in ("code", "path", "counted")}
    noord = {("IN-0005", "counted"): "nee", ("IN-0005", "reason"): "Nog geen vol jaar."}
    pairs = {(f"OV-{n:02d}", c): None for n in range(1, 4) for c in ("first", "second", "people", "note")}
    change(old / "portefeuille.xlsx", {**spil, **noord, **pairs})
    answers = {
        asked("previous_portfolio"): "2025/portefeuille.xlsx",
        asked("published_total"): 7_100_000,
        asked("published_ratio"): 3.4,
        ("ST-11", "answer"): 1000,
        ("IN-0002", "counted"): "nee",
        ("IN-0002", "reason"): "Stopt dit jaar.",
    }
    path = change(folder / "portefeuille.xlsx", answers)
    assert cli.main(["portefeuille", str(path), "--uit", str(folder / "uit")]) == 0
    loaded, _ = walk.load_portfolio(path)
    return walk.compute(loaded), folder / "uit" / "portefeuille.xlsx"


def by(rows, column: str) -> dict[object, dict]:
    return {row[column]: row for row in rows}


def text(value: object) -> object:
    return value.text if isinstance(value, Said) else value


def test_beside_its_ratio_an_initiative_shows_its_area_domains_people_cash_and_evidence(computed):
    rows = by(comparison_rows(computed[0].summaries), "name")
    one, row = computed[0].summaries["KADE"], rows["De Kade"]
    years = one.outcome.study.activity_years
    assert (row["area"], row["domains"].split(", ")) == ("Noorderhaven", list(one.domains))
    assert row["costs_each"] == pytest.approx(one.headline.costs_pv / (130 * years))
    assert row["benefits_each"] == pytest.approx(row["costs_each"] * one.headline.ratio)
    place = one.outcome.parties.index("gemeente")
    assert row["cash"] == one.cash_pv.saved[place] - one.cash_pv.extra[place]
    pattern = r"(\d+)% geteld, (\d+)% gevraagd, (\d+)% geschat, (\d+)% verwacht"
    said = re.fullmatch(pattern, row["evidence"].text)
    assert sum(map(int, said.groups())) == pytest.approx(100, abs=2)


def test_without_people_costs_or_benefits_the_comparison_stays_empty_there():
    bare = initiative("LEEG", "Leeg", participants=None, area="", pm_effects=())
    (row,) = comparison_rows({"LEEG": situation([replace(bare, effects=())]).summary("LEEG")})
    assert [row[c] for c in ("costs_each", "benefits_each", "area", "domains", "evidence")] == [None] * 5


def test_the_filter_of_a_table_knows_its_used_rows_only(computed):
    sheet = openpyxl.load_workbook(computed[1])["Vergelijking"]
    table, raw = sheet.tables["tblVergelijking"], read(computed[1], PORTFOLIO)
    lines = raw.place(COMPARISON).downward
    assert table.ref == table.autoFilter.ref == f"A{lines[0] - 1}:U{lines[5]}"
    assert [sheet.row_dimensions[line].hidden for line in lines] == [False] * 6 + [True] * (len(lines) - 6)


def test_a_table_grows_again_and_never_swallows_its_row_of_totals():
    part = b'<table xmlns="%s" displayName="t" ref="A3:C9"%s><autoFilter ref="A3:C9"><sortState ref="A4:C9"/>'
    part += b"</autoFilter></table>"
    plain = part % (MAIN_NAMESPACES[0].encode(), b"")
    short = ending_at(plain, "t", 5)
    assert re.findall(rb'ref="([^"]+)"', short) == [b"A3:C5", b"A3:C5", b"A4:C5"]
    assert ending_at(short, "t", 9) == plain
    assert ending_at(plain, "t", 3) == plain
    totals = part % (MAIN_NAMESPACES[0].encode(), b' totalsRowCount="1"')
    assert ending_at(totals, "t", 5) == totals


# --- beside the letter before ---


def test_what_stayed_came_and_went_stands_beside_the_letter_before(computed):
    now, then = computed[0].outcome, computed[0].before.outcome
    tables = last_time(then, now, computed[0].loaded.letter)
    rows = by(tables[LAST_TIME], "name")
    assert {name: text(row["state"]) for name, row in rows.items()} == {
        "De Kade": "gebleven",
        "Het Anker": "telt niet meer mee",
        "Ons Erf": "gebleven",
        "De Spil": "nieuw",
        "Buurtwerkplaats Noord": "telt nu wel mee",
    }
    kade, anker, spil = rows["De Kade"], rows["Het Anker"], rows["De Spil"]
    before, after = headline(then.initiatives["KADE"]), headline(now.initiatives["KADE"])
    assert (kade["benefits_then"], kade["benefits_now"]) == (before.benefits_pv, after.benefits_pv)
    assert kade["difference"] == after.benefits_pv - before.benefits_pv < 0
    assert (kade["ratio_then"], kade["ratio_now"]) == pytest.approx((before.ratio, after.ratio))
    assert anker["benefits_now"] is anker["costs_now"] is anker["difference"] is None
    assert spil["benefits_then"] is spil["ratio_then"] is spil["difference"] is None
    totals = by(tables[LAST_TIME_TOTAL], "row")
    assert (totals["total"]["costs_then"], totals["total"]["costs_now"]) == (
        headline(then).costs_pv, headline(now).costs_pv
    )  # fmt: skip
    assert text(totals["total"]["number"]) == "toen 3, nu 4"
    assert totals["stayed"]["benefits_now"] == pytest.approx(
        kade["benefits_now"] + rows["Ons Erf"]["benefits_now"]
    )
    assert totals["overlap"]["benefits_then"] == pytest.approx(0)
    for when in ("then", "now"):
        listed = sum(row[f"benefits_{when}"] or 0 for row in rows.values())
        off = totals["overlap"][f"benefits_{when}"]
        assert listed + off == pytest.approx(totals["total"][f"benefits_{when}"])
    assert (totals["published"]["benefits_then"], totals["published"]["ratio_then"]) == (7_100_000, 3.4)


def test_one_that_is_gone_is_told_and_two_are_never_taken_for_the_same():
    then = situation([initiative("A", "De Kade"), initiative("B", "Het Anker")]).outcome
    now = situation([initiative("A", "Ons Erf"), initiative("C", "de  kade")]).outcome
    states = [(one.initiative.name, one.state) for one in beside(then, now)]
    assert states == [("Ons Erf", "stayed"), ("de  kade", "new"), ("Het Anker", "went")]


def test_without_a_letter_before_nothing_of_it_shows(tmp_path, computed):
    here = examples(tmp_path)
    assert cli.main(["portefeuille", str(here / "portefeuille.xlsx"), "--uit", str(tmp_path / "uit")]) == 0
    for path, hidden in ((tmp_path / "uit" / "portefeuille.xlsx", True), (computed[1], False)):
        sheet, raw = openpyxl.load_workbook(path)["Vergelijking"], read(path, PORTFOLIO)
        for table in (LAST_TIME, LAST_TIME_TOTAL):
            place = raw.place(table)
            lines = [place.row - 1, place.row, place.row + 1, place.downward[0]]
            assert [sheet.row_dimensions[line].hidden for line in lines] == [hidden] * 4


# --- what adds up to the total ---


def test_the_total_can_be_worked_out_from_the_trail_by_hand(computed):
    summary, ones = computed[0].summary, computed[0].summaries
    lines, totals = line_rows(ones), initiative_rows(summary, ones)
    for row in lines:
        product = row["unit_amount"] * row["net_factor"] * row["units_pv"]
        assert row["present_value"] == pytest.approx(product)
        gained = sum(value for column, value in row.items() if column.startswith("gain_"))
        assert row["part"] == 0 or gained == pytest.approx(product * row["part"])
    off = totals[-1]
    assert (text(off["name"]), text(off["counted"])) == ("Af: mensen die bij meer dan één komen", "ja")
    lost = sum(value for column, value in off.items() if column.startswith("gain_"))
    listed = sum(row["present_value"] * row["part"] for row in lines)
    assert listed + lost == pytest.approx(summary.headline.benefits_pv)
    counted = [row for row in totals if text(row["counted"]) == "ja"]
    paid = sum(value for row in counted for column, value in row.items() if column.startswith("paid_"))
    assert paid == pytest.approx(summary.headline.costs_pv)
    assert {row["where"].partition(", ")[0] for row in lines} == {
        f.path.name for f in computed[0].loaded.forms.values()
    }


def added_up(path: Path) -> dict[str, list[object]]:
    """formula, python, difference and verdict of every row of sheet Narekenen."""
    sheet, place = (
        openpyxl.load_workbook(path, data_only=True)["Narekenen"],
        read(path, PORTFOLIO).place(ADDED_UP),
    )
    columns = [place.columns[c] for c in ("formula", "python", "difference", "verdict")]
    return {code: [sheet.cell(line, c).value for c in columns] for code, line in place.lines.items()}


def test_formulas_find_every_total_again(computed):
    rows = added_up(computed[1])
    assert set(rows) == set(ADDED_UP.row_codes)
    assert {verdict for *_, verdict in rows.values()} == {"in orde"}
    figures = computed[0].summary.headline
    assert rows["total"][0] == pytest.approx(figures.benefits_pv) == rows["compared_benefits"][0]
    assert rows["ratio"][0] == pytest.approx(figures.ratio)


def test_controles_says_whether_narekenen_agrees(computed):
    sheet = openpyxl.load_workbook(computed[1], data_only=True)["Controles"]
    place = read(computed[1], PORTFOLIO).place(STATE)
    assert sheet.cell(place.lines["agrees"], place.columns["value"]).value == "in orde"


def test_a_trail_that_does_not_fit_says_so_and_still_adds_up_to_what_it_shows(computed):
    whole = computed[0]
    copies = {f"{n}{code}": one for n in range(40) for code, one in whole.summaries.items()}
    raw = read(EXAMPLES / "portefeuille.xlsx", PORTFOLIO)
    book = output.of_portfolio(replace(whole, summaries=copies), walk.facts(whole))
    filled = book.fill(raw, [])
    left = len(line_rows(copies)) - LINES.size + 1
    assert left > 1
    told = [located(f) for f in filled.findings if f.where == "Rekenspoor!A7"]
    assert told == [
        "portefeuille.xlsx, Rekenspoor!A7: De tabel 'Per kengetal van elk effect' is vol: "
        f"{left} regels staan er niet in. De totalen kloppen wel: die zijn over alle regels berekend."
    ]
    rows = by(filled.tables[ADDED_UP], "row")
    shown = line_rows(copies)[: LINES.size - 1]
    assert rows["lines"]["formula"] == pytest.approx(sum(row["present_value"] * row["part"] for row in shown))
    assert {text(rows[row]["verdict"]) for row in ("lines", "products")} == {"in orde"}


def told(table: Table, rows: list[Row]) -> str:
    """A table as text: its heading, and a line for every row with what is not empty, rounded."""
    lines = [f"== {headings.above(table)} =="]
    for row in rows:
        fixed = next((line.label.text for line in table.rows if line.code == row.get("row")), "")
        cells = [fixed] if fixed else []
        for column in table.column_codes:
            value = text(row.get(column))
            if value is not None:
                shown = f"{value:.5g}" if isinstance(value, float) else value
                cells.append(f"{headings.heading(table, column)}: {shown}")
        lines.append("; ".join(cells))
    return "\n".join(lines) + "\n"


def test_the_tables_of_a_portfolio_read_as_the_golden_one():
    case = replace(progress(), letter=replace(PROGRESS, published_total=9_400_000.0, published_ratio=3.6))
    ones = {code: case.summary(code) for code in case.outcome.initiatives}
    before = last_time(case.before.outcome, case.outcome, case.letter)
    tables = {
        COMPARISON: comparison_rows(ones),
        **before,
        PER_INITIATIVE: initiative_rows(case.summary(), ones)[-2:],
        LINES: line_rows(ones)[:9],
    }
    golden.require("portefeuille_tabellen", "\n".join(told(table, rows) for table, rows in tables.items()))
