"""Personal data is found wherever people type, told with its place, and never repeated."""

from __future__ import annotations

import json

import pytest
from forms import change, examples, light_example
from hypothesis import given
from hypothesis import strategies as st

from toolkit.app import cli, walk
from toolkit.model.finding import STOP, WARN
from toolkit.words.personal import is_citizen_number, kinds
from toolkit.words.vocabulary import located
from toolkit.workbook.intake.privacy import EXEMPT, findings
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.fields import LOOKUP, TEXT
from toolkit.workbook.reading.reader import read

FOUND = {
    "111222333": "citizen_number",
    "nummer 111.222.333 van Jan": "citizen_number",
    "1112.22.333": "citizen_number",
    "111 222 333": "citizen_number",
    "BSN: 12345678": "citizen_number",
    "burgerservicenummer 123456789": "citizen_number",
    "06-12345678": "phone_number",
    "0612345678": "phone_number",
    "06 12 34 56 78": "phone_number",
    "+31 6 12345678": "phone_number",
    "+31 (0)6 12 34 56 78": "phone_number",
    "0031612345678": "phone_number",
    "(050) 312 12 12": "phone_number",
    "050-3121212": "phone_number",
    "0512 - 34 56 78": "phone_number",
    "jan.jansen@voorbeeld.nl": "mail_address",
    "<Jan> jan+wijk@mail.voorbeeld.co": "mail_address",
    "dhr. Jansen": "person_named",
    "mevr. van den Berg": "person_named",
    "mevrouw A. de Vries": "person_named",
    "Mw Yilmaz vond werk": "person_named",
    "de heer El Amrani": "person_named",
}
PLAIN = (
    "123456789 euro",
    "ruim 1.250.000 uur",
    "jaarrekening 2025, blad 7",
    "van 01-01-2025 tot en met 31-12-2025",
    "01-01-2025 - 31-12-2025",
    "03-02-2026 14:30",
    "in 2025 12345 uur",
    "€ 111.222.333",
    "111.222.333 euro",
    "zaaknummer 2025-0001234567",
    "14 000 of 0800-1234",
    "mevrouwen en meneren",
    "0,12345678 procent",
    "NL91 ABNA 0417 1643 00",
    "de heren en dames",
    "@home en #samen",
    "09:30",
)


@pytest.mark.parametrize("text", FOUND)
def test_personal_data_is_seen(text):
    assert [code for _, code in kinds(text)] == [FOUND[text]]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_no_personal_data(text):
    assert list(kinds(text)) == []


@given(st.integers(10**7, 10**9 - 1))
def test_every_number_that_passes_the_eleven_test_is_seen_and_no_other(number):
    digits = f"{number:09d}"
    seen = any(code == "citizen_number" for _, code in kinds(f"Jan, {digits}, uit de wijk"))
    assert seen == is_citizen_number(digits)


@given(st.text())
def test_any_text_can_be_searched(text):
    assert {code for _, code in kinds(text)} <= {*FOUND.values()}


def everywhere(raw, workbook, text):
    """The text in every answer that people type, with the places where it may stand."""
    exempt, answers = set(), {}
    for _, block in workbook.blocks():
        row = block.row_codes[0]
        fields = (
            [(q.code, "answer", q.field) for q in block.questions]
            if block.questions
            else [(row, f.code, f) for f in block.columns if f.kind != LOOKUP]
        )
        for code, column, field in fields:
            answers[code, column] = text
            if field.code in EXEMPT[workbook.code]:
                exempt.add(raw.get(code, column).where)
    return answers, exempt


@pytest.mark.parametrize(("name", "workbook"), [("de_kade.xlsx", FORM), ("portefeuille.xlsx", PORTFOLIO)])
def test_every_field_is_searched_but_those_that_ask_for_a_person(name, workbook, tmp_path):
    path = light_example(tmp_path, name)
    answers, exempt = everywhere(read(path, workbook), workbook, "mail jan@voorbeeld.nl")
    raw = read(change(path, answers), workbook)
    told = {f.where for f in findings(raw, workbook)}
    assert told == {raw.get(*at).where for at in answers} - exempt
    assert exempt


def test_fields_that_ask_for_a_person_are_fields_of_text():
    for workbook in (FORM, PORTFOLIO):
        fields = {
            f.code: f.kind
            for _, block in workbook.blocks()
            for f in (block.columns or [q.field for q in block.questions])
        }
        assert {fields[code] for code in EXEMPT[workbook.code]} == {TEXT}


def test_personal_data_is_repeated_in_no_sentence_fact_or_copy(tmp_path, capsys):
    path = light_example(tmp_path, "de_kade.xlsx")
    answers, _ = everywhere(read(path, FORM), FORM, "jan@voorbeeld.nl")
    change(path, answers)
    assert cli.main(["controleer", str(path), "--json"]) == 1
    told = capsys.readouterr().out
    assert len(json.loads(told)) > 40
    assert "jan@" not in told


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        (
            "mevr. Jansen vond werk",
            WARN,
            "Hier lijkt iemand bij naam te staan. Dit bestand kan openbaar worden. Ga na of dat mag; schrijf "
            "anders 'een deelnemer'.",
        ),
        (
            "Jan heeft 111222333",
            STOP,
            "Hier lijkt een burgerservicenummer te staan. Dit bestand kan openbaar worden. "
            "Haal het nummer weg.",
        ),
    ],
)
def test_a_name_is_a_warning_and_a_number_stops(text, level, said, tmp_path):
    path = change(light_example(tmp_path, "de_kade.xlsx"), {("EF-01", "source"): text})
    _, told = walk.load_form(path)
    (finding,) = [f for f in told if f.where == "Wat verandert er!Q9"]
    assert finding.level == level
    assert located(finding) == f"de_kade.xlsx, Wat verandert er!Q9: {said}"


def test_the_letter_may_name_those_who_sign_it(tmp_path):
    folder = examples(tmp_path)
    names = {"BR-07": "06-12345678", "BR-25": "mevr. De Wit", "BR-11": "wethouder mevr. Van Dam"}
    change(folder / "portefeuille.xlsx", {(row, "answer"): text for row, text in names.items()})
    loaded, findings = walk.load_portfolio(folder / "portefeuille.xlsx")
    assert loaded is not None
    assert {f.code for f in findings} & {"phone_number", "person_named"} == set()
