"""Older versions are read by a written migration; tests/earlier holds them as they were shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from forms import EXAMPLES, change, examples
from imitations import as_excel, cells_of
from studies import as_object

from toolkit.app import cli, walk
from toolkit.method.appraisal import appraise_study
from toolkit.model.finding import INFO, STOP, WARN, stops
from toolkit.words.vocabulary import located
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.portfolio import INITIATIVES, OVERLAPS
from toolkit.workbook.layout.versions import STEPS, TEMPLATE_VERSION, Step
from toolkit.workbook.reading import migration
from toolkit.workbook.reading.reader import read

EARLIER = Path(__file__).resolve().parent / "earlier"
VERSIONS = sorted(folder.name for folder in EARLIER.iterdir())


def outcome(path: Path) -> dict[str, object]:
    loaded, findings = walk.load(path)
    assert loaded is not None, [located(f) for f in findings if f.level == STOP]
    figures = as_object(loaded.portfolio, loaded.library)["study"]
    return {key: value for key, value in figures.items() if key != "per_effect"}


def test_every_version_that_went_before_leads_to_today():
    assert TEMPLATE_VERSION not in STEPS
    for version in STEPS:
        seen = [version]
        while seen[-1] in STEPS:
            seen.append(STEPS[seen[-1]].to)
            assert len(seen) == len(set(seen))
        assert seen[-1] == TEMPLATE_VERSION


def test_today_s_template_says_today_s_version():
    assert read(Path(str(EXAMPLES / "de_kade.xlsx")), FORM).template == TEMPLATE_VERSION


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_form_is_read_and_its_results_go_into_a_workbook_of_today(version, tmp_path):
    old = tmp_path / "de_kade.xlsx"
    old.write_bytes((EARLIER / version / "de_kade.xlsx").read_bytes())
    before = old.read_bytes()
    assert cli.main(["bereken", str(old), "--uit", str(tmp_path / "uit")]) == 0
    assert old.read_bytes() == before
    new = tmp_path / "uit" / "de_kade_uitkomst.xlsx"
    assert read(new, FORM).template == TEMPLATE_VERSION
    assert outcome(new) == outcome(old)


QUESTIONNAIRES = [("EF-06", "grade"), ("EF-07", "grade"), ("EF-08", "grade")]
WITHOUT_PEOPLE = [(f"EF-0{n}", "total") for n in (3, 4, 6, 7)]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_form_gets_one_remark_about_its_build_and_hears_what_is_asked_now(version):
    loaded, findings = walk.load_form(EARLIER / version / "de_kade.xlsx")
    raw = loaded.forms["de_kade"]
    told = [
        ("", INFO, "template_older"),
        *((raw.get(*at).where, WARN, "questionnaire_without_numbers") for at in QUESTIONNAIRES),
        *((raw.get(*at).where, INFO, "people_missing") for at in WITHOUT_PEOPLE),
    ]
    assert [(f.where, f.level, f.code) for f in findings] == told
    assert located(findings[0]) == (
        "de_kade.xlsx: Dit bestand is van een oudere versie van het formulier. "
        f"De antwoorden zijn overgenomen in versie {TEMPLATE_VERSION}; u hoeft niets te doen."
    )
    where = raw.get("EF-06", "total").where
    assert next(located(f) for f in findings if f.where == where) == (
        f"de_kade.xlsx, {where}: Dit formulier is van een oudere versie en vroeg bij "
        "'Schuldhulptraject niet nodig' niet hoeveel mensen het waren. Het totaal (4 trajecten) is "
        "overgenomen. Vul in het nieuwe formulier ook de mensen in."
    )


# what the last program of 2026.4 gave: benefits and costs in present value
GAVE = {
    **{f"{version}/de_kade": (2483006.40, 572321.42) for version in ("first", "2026.1", "2026.2", "2026.3")},
    "2026.4/de_kade": (2526604.61, 572321.42),
    "2026.4/het_anker": (1712253.51, 511689.28),
}


@pytest.mark.parametrize("form", GAVE)
def test_an_older_form_gives_the_euros_that_its_own_program_gave(form):
    figures = outcome(EARLIER / f"{form}.xlsx")
    assert (figures["benefits_pv"], figures["costs_pv"]) == pytest.approx(GAVE[form], abs=0.005)


def test_a_questionnaire_of_an_older_form_counts_as_an_estimate_and_what_had_no_people_has_none():
    loaded, _ = walk.load_form(EARLIER / "2026.4" / "de_kade.xlsx")
    effects = {e.row: e for e in loaded.portfolio.initiatives[0].effects}
    assert {row: e.grade for row, e in effects.items() if e.grade != "A"} == dict.fromkeys(
        ("EF-04", "EF-05", "EF-06", "EF-07", "EF-08"), "C"
    )
    assert {row for row, e in effects.items() if e.people is None} == {row for row, _ in WITHOUT_PEOPLE}
    raw = loaded.forms["de_kade"]
    assert effects["EF-03"].cells["reach"] == raw.get("EF-03", "total").where


def test_in_an_older_portfolio_people_who_come_to_two_places_now_count_once_in_every_effect(tmp_path):
    """Of shared people only effects counted in people were left out; now all that they had is."""
    folder = tmp_path / "2026.4"
    shutil.copytree(EARLIER / "2026.4", folder)
    path = folder / "portefeuille.xlsx"
    raw, pair = read(path, PORTFOLIO), {"KADE", "ANKER"}
    others = [row for row in raw.rows_of(INITIATIVES) if raw.value(row, "code") not in pair]
    others += [r for r in raw.rows_of(OVERLAPS) if {raw.value(r, "first"), raw.value(r, "second")} != pair]
    filled = [at for at, answer in raw.answers.items() if at[0] in others and answer.value is not None]
    loaded, findings = walk.load_portfolio(change(path, dict.fromkeys(filled)))
    assert not stops(findings)
    total = appraise_study(loaded.portfolio, loaded.library.index)
    alone = {code: one.benefits_pv for code, one in total.initiatives.items()}
    assert alone == pytest.approx({"KADE": 2526604.61, "ANKER": 1712253.51}, abs=0.005)
    gave = 4155112.94
    assert total.benefits_pv == pytest.approx(gave - 766.02, abs=0.01)


def test_every_older_version_has_its_form_here():
    assert {read(path, FORM).template for path in EARLIER.glob("*/de_kade.xlsx")} == set(STEPS)


def test_the_first_portfolio_had_no_own_tariffs_and_is_read_without(tmp_path):
    folder = examples(tmp_path)
    path = folder / "portefeuille.xlsx"
    path.write_bytes((EARLIER / "first" / "portefeuille.xlsx").read_bytes())
    assert "ET" not in read(path, PORTFOLIO).places
    loaded, findings = walk.load_portfolio(path)
    assert loaded.tariffs == ()
    assert not stops(findings)
    assert "table_missing" not in {f.code for f in findings}


def made_older(path: Path) -> Path:
    """The example as an invented version had it: other codes, other labels, and a column less."""
    sheets = cells_of(path)
    places = read(path, FORM).places
    codes = sheets["Over ons"]
    next(row for row in codes if row[0] == "OO-01")[0] = "OO-91"
    changes = sheets["Wat verandert er"]
    heads = changes[places["EF"].row - 1]
    heads[heads.index("reach")] = "how_many"
    heads[heads.index("source")] = ""
    for row in changes:
        row[:] = ["alles zelf gedaan" if cell == "niemand" else cell for cell in row]
    place = places["VE"]
    sheets["Versies"][place.row + 1][place.columns["value"] - 1] = "2025.9"
    path.write_bytes(as_excel(sheets))
    return path


INVENTED = Step(
    to=TEMPLATE_VERSION,
    rows={"OO-91": "OO-01"},
    columns={("EF", "how_many"): "reach"},
    labels={("deadweight", "alles zelf gedaan"): "niemand", ("attribution", "alles zelf gedaan"): "niemand"},
    added=frozenset({"EF.source"}),
)


def test_a_step_gives_rows_columns_and_labels_their_names_of_today(tmp_path, monkeypatch):
    path = change(examples(tmp_path) / "de_kade.xlsx", {("EF-01", "deadweight"): "niemand"})
    wanted = outcome(path)
    monkeypatch.setitem(migration.STEPS, "2025.9", INVENTED)
    assert outcome(made_older(path)) == wanted
    _, findings = walk.load_form(path)
    assert {f.code for f in findings} == {"template_older"}


def test_without_its_step_an_older_form_is_never_half_read(tmp_path):
    path = made_older(examples(tmp_path) / "de_kade.xlsx")
    loaded, findings = walk.load_form(path)
    assert loaded is None
    assert {f.code for f in findings if f.level == STOP} >= {"row_missing", "column_missing"}
    assert [f.facts["found"] for f in findings if f.code == "template_unknown"] == ["2025.9"]


@pytest.mark.parametrize("found", ["1999.1", "2099.1"])
def test_a_form_of_an_unknown_version_is_read_with_a_warning(found, tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    sheets, place = cells_of(path), read(path, FORM).places["VE"]
    sheets["Versies"][place.row + 1][place.columns["value"] - 1] = found
    path.write_bytes(as_excel(sheets))
    loaded, findings = walk.load_form(path)
    assert loaded is not None
    (finding,) = [f for f in findings if f.code == "template_unknown"]
    assert finding.level == WARN
    assert f"van versie '{found}' is; bekend is {TEMPLATE_VERSION}" in located(finding)


# --- a unit value that lapsed ---


def test_a_form_that_names_a_change_that_lapsed_is_read_and_asks_for_the_new_number(tmp_path):
    name = "Minder behandeluren bij de psycholoog"
    answers = {("EF-01", "change"): name, ("EF-01", "total"): 45}
    path = change(examples(tmp_path) / "de_kade.xlsx", answers)
    loaded, findings = walk.load_form(path)
    (effect,) = [e for e in loaded.portfolio.initiatives[0].effects if e.row == "EF-01"]
    assert (effect.change, effect.unit_value.code) == (
        "Minder contacten met de psycholoog",
        "psycholoog_contact",
    )
    (finding,) = [f for f in findings if f.code == "lapsed_change"]
    assert (finding.level, finding.where) == (WARN, loaded.forms["de_kade"].get("EF-01", "total").where)
    assert "heet nu 'Minder contacten met de psycholoog'" in located(finding)
    assert "Vul het aantal contacten in" in located(finding)
    assert loaded.forms["de_kade"].value("EF-01", "change") == "Minder contacten met de psycholoog"


@pytest.mark.parametrize("name", ["psycholoog", "Behandeluur psycholoog minder"])
def test_a_portfolio_that_names_a_unit_value_that_lapsed_is_read_and_asks_for_the_new_tariff(name, tmp_path):
    path = change(
        examples(tmp_path) / "portefeuille.xlsx",
        {("ET-03", "unit_value"): name, ("ET-03", "own_amount"): 150, ("ET-03", "price_year"): 2025},
    )
    loaded, findings = walk.load_portfolio(path)
    assert [t.unit_value.code for t in loaded.tariffs][-1] == "psycholoog_contact"
    (finding,) = [f for f in findings if f.code == "lapsed_unit_value"]
    assert finding.level == WARN
    assert "Vul het tarief per contact in." in located(finding)


def test_without_names_that_lapsed_a_form_is_left_alone(tmp_path):
    _, findings = walk.load_portfolio(examples(tmp_path) / "portefeuille.xlsx")
    assert not [f for f in findings if f.code.startswith("lapsed")]
