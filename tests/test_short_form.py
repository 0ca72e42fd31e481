"""The short form: what it asks, what it says, what it refuses, and that its answers carry over."""

from __future__ import annotations

from pathlib import Path

import calculator
import openpyxl
import pytest
from forms import change, examples

from toolkit.app import cli, walk
from toolkit.app.carrying import check_short
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP
from toolkit.words.vocabulary import located, word
from toolkit.workbook.layout import FORM, SHORT
from toolkit.workbook.layout.short import SHORT_EFFECTS
from toolkit.workbook.live.formulas import formulas_of
from toolkit.workbook.live.library import listed
from toolkit.workbook.live.values import Values
from toolkit.workbook.outcome.filling import UNKNOWN, fill
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.reader import read

ROOT = Path(__file__).resolve().parent.parent
BLANK = (ROOT / "workbooks" / "kortformulier.xlsx").read_bytes()
LIBRARY = load_library()
MEALS, WORK, HELP = (
    LIBRARY.changes[code].name for code in ("goedkoop_gegeten", "werk_uit_bijstand", "begeleiding_minder")
)
AT_FIRST = {
    ("OO-01", "answer"): "Wijkkeuken De Pan",
    ("OO-02", "answer"): "Zuiderpark",
    ("OO-03", "answer"): "Wij koken drie keer per week met en voor de buurt.",
    ("OO-05", "answer"): 30,
    ("EF-01", "change"): MEALS,
    ("EF-01", "reach"): 85,
    ("EF-02", "change"): HELP,
    ("EF-03", "change"): WORK,
    ("EF-03", "reach"): 2,
    ("PM-01", "effect"): LIBRARY.unpriced["gezonder_eten"].name,
}
COMPLETE = {
    **AT_FIRST,
    ("OO-04", "answer"): 2026,
    ("JR-01", "answer"): 60000,
    ("EF-02", "reach"): UNKNOWN,
    ("PM-01", "people"): 20,
}
IS_SHORT = (
    "de_pan.xlsx: Dit is een kort formulier, voor een eerste gesprek. Er komen geen euro's uit, en niets "
    "voor de raad. Zet het over in een heel formulier met: wijkbaten sjabloon --overnemen de_pan.xlsx "
    "--uit NIEUW.xlsx"
)
NOT_COMPUTED = (
    "Moet anders: de_pan.xlsx: Dit is een kort formulier, voor een eerste gesprek. Daarmee wordt niet "
    "gerekend. Zet het over in een heel formulier met: wijkbaten sjabloon --overnemen de_pan.xlsx --uit "
    "NIEUW.xlsx"
)


def de_pan(folder: Path, answers=COMPLETE) -> Path:
    path = folder / "de_pan.xlsx"
    path.write_bytes(fill(BLANK, SHORT, answers))
    return path


def told(path: Path) -> list[str]:
    return [located(f) for f in check_short(path, LIBRARY)]


# --- what it asks ---


def test_it_has_ten_questions_and_fourteen_answers_on_one_sheet_that_prints_on_one_page():
    asked = [(row, column) for _, b in SHORT.blocks() for row in b.row_codes for column in b.asked_codes]
    assert len(asked) == 14 and {placed.sheet.code for placed, _ in SHORT.blocks()} == {"short"}
    sheet = openpyxl.load_workbook(ROOT / "workbooks" / "kortformulier.xlsx")["Kort formulier"]
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert all(f"{n}. " in said for n in (1, 2, 3, 4, 5, 6, 10)) and "7, 8 en 9. " in said
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)


def test_every_answer_has_the_code_and_the_kind_that_it_has_in_the_full_form():
    for _, block in SHORT.blocks():
        full = FORM.place(block).table
        for row in block.row_codes:
            for column in block.asked_codes:
                short, long = block.field_of(row, column), full.field_of(row, column)
                assert (short.kind, short.low, short.high, short.choices, short.unknown) == (
                    *(long.kind, long.low, long.high, long.choices, long.unknown),
                )


def test_it_says_what_it_can_tell_and_what_it_cannot():
    guide = openpyxl.load_workbook(ROOT / "workbooks" / "kortformulier.xlsx")["Uitleg"]
    said = {guide.cell(row, 2).value: guide.cell(row, 3).value for row in range(5, 16)}
    assert said["Dit zegt het niet"] == (
        "Hoeveel geld er wordt bespaard, en wat elke euro oplevert. Daarvoor vraagt het hele formulier meer."
    )
    assert said["Niet voor de raad"] == (
        "Gebruik dit niet in een brief of besluit: er is niet gevraagd wat zonder u ook was gebeurd en wie "
        "nog meer hielp."
    )


# --- what it says ---

SAID = {
    ("KN", "value"): [30, 2000, 0],
    ("KD", "about"): [
        "Onderwerp: inkomen en armoede. Wij vragen straks: hoeveel euro samen?",
        "Onderwerp: maatschappelijke ondersteuning. Het wijkteam vragen wij: hoeveel uur per persoon?",
        "Onderwerp: werk en participatie. Wij vragen straks: bij wie was dit ook zonder u gebeurd?",
    ],
    ("KD", "people"): ["85", "weet ik niet", "2"],
}


def shown(path: Path, into: Path) -> dict[tuple[str, str], list[object]]:
    """What a calculator puts on sheet Uitleg."""
    book = openpyxl.load_workbook(calculator.recalculated(path, into), data_only=True)
    found = {}
    for table, column in SAID:
        placed = next(p for p in SHORT.tables() if p.table.code == table)
        letter = placed.letter(column)
        found[table, column] = [book[placed.sheet.name][f"{letter}{row}"].value or "" for row in placed.rows]
    # zero is a figure, an empty text is none
    return {key: [0 if key == ("KN", "value") and v == "" else v for v in vs] for key, vs in found.items()}


def computed(answers: dict) -> dict[tuple[str, str], list[object]]:
    """What our own reader of formulas gives for the same."""
    said = {at: word("form.lists.unknown") if value == UNKNOWN else value for at, value in answers.items()}
    given = {
        block: [{c: said.get((row, c)) for c in block.asked_codes} for row in block.row_codes]
        for _, block in SHORT.blocks()
    }
    values = Values(SHORT, formulas_of(SHORT), {**listed(LIBRARY, 2025).tables, **given})
    tables = {placed.table.code: placed.table for placed in SHORT.tables()}
    return {(table, column): values.column(tables[table], column) for table, column in SAID}


def test_a_complete_form_says_whom_it_reaches_at_what_cost_about_what_and_what_comes_next(tmp_path):
    assert computed(COMPLETE) == SAID
    assert shown(de_pan(tmp_path), tmp_path / "opnieuw") == SAID


def test_what_is_not_known_yet_is_said_and_what_is_empty_is_counted(tmp_path):
    half = shown(de_pan(tmp_path, AT_FIRST), tmp_path / "opnieuw")
    assert half["KN", "value"] == [30, "nog niet bekend", 4] == computed(AT_FIRST)["KN", "value"]
    empty = shown(de_pan(tmp_path, {}), tmp_path / "leeg")
    assert empty == {
        ("KN", "value"): ["nog niet bekend", "nog niet bekend", 7],
        ("KD", "about"): ["", "", ""],
        ("KD", "people"): ["", "", ""],
    }


@pytest.mark.parametrize(
    "answers", [AT_FIRST, COMPLETE, {}, {("EF-02", "change"): MEALS, ("OO-01", "answer"): " "}]
)
def test_it_counts_as_empty_what_the_check_says_must_change(answers, tmp_path):
    wrong = [f for f in check_short(de_pan(tmp_path, answers), LIBRARY) if f.level == STOP]
    assert computed(answers)["KN", "value"][2] == len(wrong)


# --- what is found, and what is refused ---


def test_a_check_finds_what_is_missing_and_says_that_it_is_a_short_form(tmp_path):
    first, *others = told(de_pan(tmp_path, AT_FIRST))
    assert first == IS_SHORT
    empty = "Deze cel is leeg, maar het antwoord is nodig om te kunnen rekenen. Vul een"
    assert others == [
        f"de_pan.xlsx, Kort formulier!C12: {empty} jaartal van 2011 tot en met 2100 in.",
        f"de_pan.xlsx, Kort formulier!C18: {empty} bedrag van 0 tot en met 100.000.000 in.",
        f"de_pan.xlsx, Kort formulier!C24: {empty} getal van 0 tot en met 100.000 in.",
        f"de_pan.xlsx, Kort formulier!C30: {empty} getal van 0 tot en met 100.000 in.",
    ]


def test_a_complete_form_has_nothing_that_must_change(tmp_path):
    assert told(de_pan(tmp_path)) == [
        IS_SHORT,
        "de_pan.xlsx, Kort formulier!C24: Hier staat 'weet ik niet'. Wij gaan uit van: de verandering telt "
        "niet mee in euro's.",
    ]


def test_a_form_without_a_change_hears_so(tmp_path):
    answers = {at: value for at, value in COMPLETE.items() if at[0] not in SHORT_EFFECTS.row_codes}
    assert told(de_pan(tmp_path, answers))[1:] == [
        "de_pan.xlsx, Kort formulier!B23: Bij vraag 7 is nog geen verandering gekozen, dus er valt nog "
        "niets te bespreken. Kies er ten minste één; weet u het aantal niet, typ dan 'weet ik niet'."
    ]


def test_names_of_participants_are_seen_in_a_short_form_too(tmp_path):
    path = de_pan(
        tmp_path, {**COMPLETE, ("OO-03", "answer"): "Mail jan@voorbeeld.nl voor een plek aan tafel"}
    )
    assert [f.code for f in check_short(path, LIBRARY) if f.level == STOP] == ["mail_address"]


def test_the_command_tells_it_all_and_gives_no_copy(tmp_path, capsys):
    path = de_pan(tmp_path)
    assert cli.main(["controleer", str(path), "--uit", str(tmp_path / "uit")]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"Ter info: {IS_SHORT}"
    assert lines[-1] == (
        "Ter info: de_pan.xlsx: Van een kort formulier komt er geen kopie met een blad Controles. Alle "
        "bevindingen staan hierboven."
    )
    assert not (tmp_path / "uit").exists()
    assert cli.main(["controleer", str(de_pan(tmp_path, AT_FIRST))]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "Verbeter eerst wat hierboven staat. Overzetten in een heel formulier kan ook nu al."
    )


@pytest.mark.parametrize("command", ["bereken", "portefeuille", "brief", "exporteer"])
def test_nothing_is_computed_of_it_and_the_sentence_says_how_to_go_on(command, tmp_path, capsys):
    assert cli.main([command, str(de_pan(tmp_path))]) == 1
    assert capsys.readouterr().err.splitlines()[0] == NOT_COMPUTED


def test_a_short_form_as_the_portfolio_of_a_folder_is_refused_with_the_same_sentence(tmp_path, capsys):
    de_pan(tmp_path).rename(tmp_path / "portefeuille.xlsx")
    assert cli.main(["alles", str(tmp_path), "--uit", str(tmp_path / "uit")]) == 1
    said = NOT_COMPUTED.replace("de_pan.xlsx", "portefeuille.xlsx")
    assert capsys.readouterr().err.splitlines()[0] == said


def test_in_the_list_of_a_portfolio_it_is_refused_by_name(tmp_path, capsys):
    folder = examples(tmp_path / "map")
    path = change(folder / "portefeuille.xlsx", {("IN-0001", "path"): "de_pan.xlsx"})
    de_pan(folder)
    assert cli.main(["portefeuille", str(path), "--uit", str(tmp_path / "uit")]) == 1
    assert (
        "Moet anders: de_pan.xlsx: Dit is een kort formulier, voor een eerste gesprek; in de lijst met "
        "formulieren hoort een heel formulier. Zet het over met: wijkbaten sjabloon --overnemen "
        "de_pan.xlsx --uit NIEUW.xlsx"
    ) in capsys.readouterr().err.splitlines()


def test_each_kind_of_workbook_is_known_for_what_it_is():
    kinds = {
        "invulformulier": "form",
        "kortformulier": "short",
        "portefeuille": "portfolio",
        "kengetallen": "library",
    }
    for name, kind in kinds.items():
        assert structure.kind(read(ROOT / "workbooks" / f"{name}.xlsx", FORM)) == kind


# --- into a full form ---


def test_its_answers_carry_over_and_what_it_did_not_ask_stays_open(tmp_path, capsys):
    new = tmp_path / "heel.xlsx"
    assert cli.main(["sjabloon", "--overnemen", str(de_pan(tmp_path)), "--uit", str(new)]) == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        "Ter info: de_pan.xlsx: 14 antwoorden zijn overgenomen in een leeg formulier van versie 2027.1. Uw "
        "opmerkingen, afbeeldingen, opmaak en uitkomsten zijn niet meegenomen; zij staan nog in de_pan.xlsx."
    )
    raw = read(new, FORM)
    wanted = {at: word("form.lists.unknown") if v == UNKNOWN else v for at, v in COMPLETE.items()}
    assert {at: raw.value(*at) for at in wanted} == wanted
    asked = {(row, c) for _, b in FORM.blocks() for row in b.row_codes for c in b.asked_codes}
    assert {at for at in asked if raw.value(*at) is not None} == set(wanted)
    _, findings = walk.load_form(new)
    assert {"no_target_groups", "empty"} <= {f.code for f in findings}
    guide = openpyxl.load_workbook(new, data_only=True)["Uitleg"]
    assert not str(guide["B4"].value).startswith(word("form.open_questions.in_form") + "0")
