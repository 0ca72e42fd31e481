"""What the sheets of a computed workbook say of an outcome: objections, evidence, cover, cash and chance."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from forms import EXAMPLES, examples, light_example
from studies import cost, effect, initiative, portfolio, unit_value
from test_main_path import run
from test_rows_by_code import rows as shown

from toolkit.app import walk
from toolkit.kengetallen.library import load_library
from toolkit.method.summary import Summary
from toolkit.model.initiative import VOLUNTEER_HOURS
from toolkit.model.study import NO_COVER, PARTY_GROUPS, PERSONS
from toolkit.words.vocabulary import table as words
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.objections import COMPUTED, NO_PRICE, OBJECTIONS
from toolkit.workbook.layout.outcomes import (
    BUDGET,
    BUDGET_NOTES,
    HEADLINE,
    MORE_FIGURES,
    PER_GROUP,
    PER_PARTY,
    TASK_FIELDS,
)
from toolkit.workbook.layout.parts import Said
from toolkit.workbook.layout.portfolio import OBJECTIONS_EACH
from toolkit.workbook.outcome import budget, objections, said, tables, uncertainty

LIBRARY = load_library()
WAGE = unit_value(1000, shares={"persoon": 0.8, "rijk": 0.2})
WELFARE = unit_value(
    600, kind="overdracht", shares={"gemeente": 1.0, "persoon": -1.0}, frees_cash="ja", task_field="6.3"
)
DEBT_HELP = unit_value(-100, shares={"gemeente": 1.0}, task_field="6.71")


def summary(*parts: object, **settings: object) -> Summary:
    """A study of three years with one initiative, computed."""
    settings = {"horizon": 3, "activity_years": 3, "discount_rate": 0.05} | settings
    loaded = walk.Loaded(portfolio(initiative(*parts, participants=20), **settings), LIBRARY, {}, ())
    return walk.compute(loaded, draws=200).summary


def by(rows: Iterable[Row], column: str = "row") -> dict[object, Row]:
    return {row[column]: row for row in rows}


def text(value: object) -> object:
    return value.text if isinstance(value, Said) else value


WORK = {
    "grade": "A",
    "change": "Betaald werk",
    "row": "EF-01",
    "people": 10.0,
    "domain": "werk en participatie",
}
WORKING = (
    effect(0, 10, 5, unit_value=WAGE, **WORK),
    effect(0, 10, 5, unit_value=WELFARE, code="E2", **WORK),
    effect(0, 4, unit_value=DEBT_HELP, code="E3", grade="C", change="Schuldhulp"),
)


@pytest.fixture(scope="module")
def gap() -> Summary:
    """A study of which the municipality has promised the first year only."""
    return summary(*WORKING, cost(3000, 3000, until=2025), cost(500, 500, 500, name="fonds", party="rijk"))


@pytest.fixture(scope="module")
def covered() -> Summary:
    return summary(*WORKING, cost(3000, 3000), cost(500, 500, 500, name="fonds", party="rijk"))


# --- objections ---


def test_every_objection_has_its_row_between_the_outcome_and_what_has_no_price(covered):
    rows = by(objections.rows(covered, load_library()))
    codes = [answer.objection.code for answer in covered.objections]
    assert OBJECTIONS.row_codes == (COMPUTED, *codes, NO_PRICE)
    assert [line.code for line in OBJECTIONS.parts] == [COMPUTED, *codes]
    assert list(rows) == [COMPUTED, *codes]
    for answer in covered.objections:
        row = rows[answer.objection.code]
        assert (row["benefits"], row["costs"], row["ratio"]) == (
            answer.benefits_pv, answer.costs_pv, answer.ratio
        )  # fmt: skip
        assert row["difference"] == pytest.approx(answer.ratio - covered.headline.ratio)
    assert rows["transfers"]["difference"] == 0


def test_the_share_of_government_stands_beside_the_line_without_transfers():
    only_welfare = summary(
        effect(30, 10, code="E0"),
        effect(0, 10, unit_value=WAGE, code="E1"),
        effect(0, 10, unit_value=WELFARE, code="E2"),
        cost(100),
        discount_rate=0.0,
    )
    rows = by(objections.rows(only_welfare, load_library()))
    assert rows[COMPUTED]["government"] == pytest.approx((300 + 2000 + 6000) / 10_300)
    assert rows["transfers"]["government"] == pytest.approx((300 + 2000) / 10_300)
    assert [code for code, row in rows.items() if "government" in row] == [COMPUTED, "transfers"]


@pytest.mark.parametrize(
    ("costs", "start"),
    [
        ((1.0,), "Bij alle 14 tegenwerpingen zijn de baten nog hoger dan de kosten"),
        ((13_000.0,), "Bij 7 van de 14 tegenwerpingen zijn de baten nog hoger dan de kosten"),
        ((90_000.0,), "De baten zijn lager dan de kosten; bij 0 van de 14 tegenwerpingen zijn zij hoger"),
        ((), "Er zijn geen kosten ingevuld, dus er is geen verhouding"),
    ],
)
def test_the_title_counts_the_objections_that_leave_more_benefits_than_costs(costs, start):
    found = summary(*WORKING, *map(cost, costs))
    assert objections.title(found).text == start
    assert len(found.objections) == len(found.computed_again) + 1


def test_without_costs_no_ratio_is_drawn_as_nothing_per_euro():
    bare = summary(*WORKING)
    assert all(row["ratio"] is None for row in objections.rows(bare, load_library()))
    assert objections.answer(bare) is None and bare.heaviest_objection is None


def test_the_heaviest_objection_is_one_by_itself(covered):
    heaviest = covered.heaviest_objection
    others = [a.ratio for a in covered.objections if a.objection.code not in ("cautious", "peer")]
    assert heaviest.ratio == min(others)
    assert f"'{heaviest.objection.name}'" in objections.answer(covered)
    told = summary(*WORKING, cost(3000), cost(90_000, kind=VOLUNTEER_HOURS, name="uren", hours=4000.0))
    assert told.heaviest_objection.objection.code == "volunteers"


def test_the_chart_has_a_line_at_one_and_the_value_of_each_bar():
    data = (EXAMPLES.parent / "invulformulier.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    (drawn,) = [part for part in parts if "'Tegenwerpingen'" in part]
    axis = re.search(r"<(?:c:)?catAx>.*?</(?:c:)?catAx>", drawn, re.DOTALL)[0]
    assert re.search(r'crossesAt val="1(\.0)?"', axis)
    assert re.search(r'showVal val="1"', drawn)


# --- what a figure rests on ---


def test_the_reporting_year_the_cautious_reading_and_the_largest_effect_stand_in_the_headline(covered):
    rows = by(tables.headline_rows(covered))
    assert rows["counted_year"]["value"] == covered.counted_year.ratio
    assert rows["cautious"]["value"] == covered.cautious.ratio
    assert rows["largest"]["value"] == covered.largest.share
    assert text(rows["largest"]["meaning"]).startswith(
        "Betaald werk: 15 mensen in alle jaren samen. Netto 15,"
    )
    assert set(HEADLINE.row_codes + MORE_FIGURES.row_codes) == set(rows)


def test_evidence_is_told_of_the_total_and_of_each_group(covered):
    rows = by(tables.evidence_rows(covered))
    assert list(rows) == ["A", "B", "C", "D", "expected"]
    assert sum(row["share"] for row in rows.values()) == pytest.approx(1)
    # debt help is of the municipality alone, and nobody but people and government gains
    assert rows["C"]["group_deelnemers"] == 0 and rows["C"]["group_overheid"] > 0
    assert all(row["group_overig"] is None and row["group_wijkbewoners"] is None for row in rows.values())
    said_of = [text(row["meaning"]) for row in rows.values() if row["meaning"]]
    assert said_of[0].startswith("Bij ") and "gevraagd" in said_of[0] and "verwacht" in said_of[1]
    assert said_of[2] == "Wat zonder ons was gebeurd, is overal een inschatting."


def test_an_outcome_without_benefits_has_no_evidence_and_no_largest_effect():
    bare = summary(cost(100))
    assert all(row["share"] is None and row["meaning"] is None for row in tables.evidence_rows(bare))
    assert by(tables.headline_rows(bare))["largest"]["value"] == "geen baten"


# --- what has no cover ---


def test_costs_without_cover_stand_with_nobody_and_count_in_the_total(gap, covered):
    missing = 3000 / 1.05
    for table, told in ((PER_PARTY, tables.party_rows), (PER_GROUP, tables.group_rows)):
        rows, whole = by(told(gap)), by(told(covered))
        assert set(rows) == set(table.row_codes)
        assert rows[NO_COVER]["costs"] == pytest.approx(missing)
        assert whole[NO_COVER]["costs"] is None
        payer = "gemeente" if table is PER_PARTY else "overheid"
        assert rows[payer]["costs"] == pytest.approx(whole[payer]["costs"] - missing)
        assert rows["total"]["costs"] == pytest.approx(whole["total"]["costs"])
        assert NO_COVER not in [line.code for line in table.parts]
    rows = by(tables.party_rows(gap))
    parts = [row for code, row in rows.items() if code != "total" and row["balance"] is not None]
    assert sum(row["balance"] for row in parts) == pytest.approx(rows["total"]["balance"])


def test_benefits_per_euro_of_the_payer_are_told_with_and_without_the_gap(gap, covered):
    rows, whole = by(tables.headline_rows(gap)), by(tables.headline_rows(covered))
    assert rows["per_payer_euro"]["value"] == gap.payer.ratio
    assert rows["per_payer_with_gap"]["value"] == gap.payer.with_gap
    assert whole["per_payer_with_gap"]["value"] == "alles is gedekt"
    assert text(rows["per_payer_with_gap"]["figure"]) == "Baten per euro, als de gemeente het tekort dekt"
    never = by(tables.headline_rows(summary(*WORKING, cost(3000, 3000, until=2020))))
    assert never["per_payer_euro"]["value"] == "geen jaar met volledige dekking"


def test_nothing_else_trips_over_costs_without_cover(gap):
    assert {row["row"] for row in uncertainty.band_rows(gap)} >= {"overheid", "ratio"}
    assert said.messages(gap, "")["payers_and_gainers"].text.startswith("Gemeente")


# --- cash told whole ---


def money(rows: Iterable[Row], column: str) -> dict[tuple[object, object], Mapping[str, object]]:
    return {(text(row[column]), text(row["kind"])): row for row in rows}


def test_a_budget_tells_less_and_extra_spending_and_what_is_left(covered):
    rows = money(budget.rows(covered)[BUDGET], "party")
    less, extra, left = (
        rows["Gemeente", kind] for kind in ("minder uitgaven", "extra uitgaven", "per saldo")
    )
    assert (less["year_1"], extra["year_1"], left["year_1"]) == (6000, 400, 5600)
    assert less["present_value"] == pytest.approx(6000 + 3000 / 1.05)
    assert rows["Gemeente", "kosten"]["year_2"] == 3000
    assert rows["Gemeente", "baten"]["present_value"] == pytest.approx(covered.per_party["gemeente"][0])
    people = {text(Said(f"form.parties.{person}")) for person in PERSONS}
    assert {kind for party, kind in rows if party in people} == {"baten"}


def test_task_fields_tell_the_same_of_the_municipality(covered):
    rows = money(budget.rows(covered)[TASK_FIELDS], "task_field")
    assert [kind for field, kind in rows if field.startswith("6.3")] == [
        "baten",
        "minder uitgaven",
        "per saldo",
    ]
    assert [kind for field, kind in rows if field.startswith("6.71")] == [
        "baten",
        "extra uitgaven",
        "per saldo",
    ]
    whole = money(budget.rows(covered)[BUDGET], "party")
    for kind in ("baten", "per saldo"):
        of_fields = sum(row["present_value"] for (_, told), row in rows.items() if told == kind)
        assert of_fields == pytest.approx(whole["Gemeente", kind]["present_value"])


def test_the_budget_has_a_row_for_costs_without_cover_whether_there_are_any_or_not(gap, covered):
    for one, wanted in ((gap, 3000.0), (covered, None)):
        # below it stand the three totals
        last = budget.rows(one)[BUDGET][-4]
        assert text(last["party"]) == "Nog geen dekking"
        assert last.get("year_2") == wanted


def test_no_study_has_more_rows_than_the_budget_holds():
    every = dict.fromkeys(PARTY_GROUPS, 1.0)
    values = [
        unit_value(amount, shares=every, frees_cash="ja", task_field=field)
        for amount in (7, -5)
        for field in words("form")["task_fields"]
    ]
    whole = summary(
        *(effect(0, 5, code=f"E{n}", unit_value=value) for n, value in enumerate(values)),
        *(cost(10, 10, name=party, party=party, until=2025) for party in every),
    )
    for table, rows in budget.rows(whole).items():
        assert len(rows) <= table.size, table.code
    assert len(budget.rows(whole)[TASK_FIELDS]) == TASK_FIELDS.size


def test_what_belongs_beside_the_budget_is_said(gap, covered):
    notes = {row["row"]: text(row["said"]) for row in budget.rows(covered)[BUDGET_NOTES]}
    # less spending on welfare stands beside extra spending on debt help: it is more than what is gained
    assert notes["above_gain"].startswith("Bij Gemeente zijn de minder uitgaven hoger dan de baten.")
    assert notes["cover"] == "Alle kosten zijn door een partij toegezegd."
    assert notes["welfare"].startswith("Hoe het rijksbudget meebeweegt")
    open_ = {row["row"]: text(row["said"]) for row in budget.rows(gap)[BUDGET_NOTES]}
    assert open_["cover"].startswith("Contant €\u00a02.857 is door niemand toegezegd.")
    fixed = {line.code: text(line.fixed.get("said")) for line in BUDGET_NOTES.rows}
    assert "Een vrijgekomen plek kan door een ander worden ingenomen" in fixed["freed"]
    large = summary(*WORKING, cost(10), inhabitants=200_000, care_bought="task")
    told = {row["row"]: text(row["said"]) for row in budget.rows(large)[BUDGET_NOTES]}
    assert "40.000 inwoners of meer" in told["welfare"] and "taakgericht" in told["care"]


# --- chance ---


@pytest.mark.parametrize(
    ("share", "line"),
    [
        (1.0, "In alle doorrekeningen zijn de baten hoger dan de kosten."),
        (0.9999, "In ten minste 99 van de 100 doorrekeningen zijn de baten hoger dan de kosten."),
        (0.955, "In ten minste 95 van de 100 doorrekeningen zijn de baten hoger dan de kosten."),
        (0.004, "In minder dan 1 van de 100 doorrekeningen zijn de baten hoger dan de kosten."),
    ],
)
def test_chance_is_told_as_so_many_of_a_hundred_draws(share, line, covered):
    chance = replace(covered.chance, chance_benefits_exceed_costs=share)
    assert said.answers(replace(covered, chance=chance))["uncertainty"] == line


def test_no_sheet_says_that_benefits_hold_whatever_happens():
    assert "tegenzit" not in str(words("form")["status"]) + str(words("form")["titles"])
    intro = words("form")["sheets"]["uncertainty"]["intro"]
    for fixed in ("controlegroep", "gemiddelden", "waarde van werk", "zichtperiode"):
        assert fixed in intro


def test_an_assumption_about_the_study_is_named_without_its_code(covered):
    named = [row["input"] for row in uncertainty.rows(covered, LIBRARY)[uncertainty.ASSUMPTIONS]]
    assert {"Discontovoet", "Zichtperiode"} <= set(named)


# --- in a workbook ---


def test_both_workbooks_show_the_objections(tmp_path: Path, capsys):
    folder = examples(tmp_path / "in")
    assert run(capsys, "bereken", folder / "de_kade.xlsx", "--uit", tmp_path)[0] == 0
    assert run(capsys, "portefeuille", folder / "portefeuille.xlsx", "--uit", tmp_path)[0] == 0
    for path, workbook in (
        (tmp_path / "de_kade_uitkomst.xlsx", FORM),
        (tmp_path / "portefeuille.xlsx", PORTFOLIO),
    ):
        rows = shown(path, OBJECTIONS, workbook)
        place = {code: OBJECTIONS.column_codes.index(code) for code in OBJECTIONS.column_codes}
        assert rows["cautious"][place["ratio"]] < rows[COMPUTED][place["ratio"]]
        assert "geen enkele regel" in rows[NO_PRICE][place["assumed"]]
        assert 0 < rows["transfers"][place["government"]] < rows[COMPUTED][place["government"]]
    each = [
        row for row in shown(tmp_path / "portefeuille.xlsx", OBJECTIONS_EACH, PORTFOLIO).values() if row[0]
    ]
    assert len(each) == 6
    assert all(ratio >= cautious and ratio >= heaviest for _, ratio, _, cautious, heaviest, _ in each)


def test_the_hardest_assumption_is_named_where_its_objection_stands(tmp_path):
    loaded, _ = walk.load_form(light_example(tmp_path, "de_kade.xlsx"))
    computed = walk.compute(loaded, draws=10)
    (summary,) = computed.summaries.values()
    row = next(row for row in objections.rows(summary, loaded.library) if row["row"] == "hardest")
    first = summary.analysis.swings[0].assumption
    assert summary.hardest == first
    names = uncertainty.assumption_names(summary.initiatives, loaded.library)
    assert row["assumed"].text.endswith(f"Hier is dat: {uncertainty.called(first, names)}.")
