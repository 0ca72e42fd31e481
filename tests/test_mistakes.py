"""A drawer of spoiled workbooks: one mistake each, and the exact Dutch sentence that must follow."""

from __future__ import annotations

import ast
import io
from dataclasses import replace
from pathlib import Path

import pytest
from forms import EXAMPLES, change, examples
from mutations.excess import behind
from ooxml import with_part

from toolkit.app import cli, output, walk
from toolkit.app.libraries import open_library
from toolkit.app.writing import save_all
from toolkit.model.finding import STOP, WARN
from toolkit.words.vocabulary import located, table
from toolkit.workbook import raw_cells
from toolkit.workbook.intake import initiative
from toolkit.workbook.layout import FORM, LIBRARY_BOOK
from toolkit.workbook.package import Package, WorkbookRefused, column_letters
from toolkit.workbook.reader import read

ROOT = Path(__file__).resolve().parent.parent

FORM_MISTAKES = {
    "name missing": (
        {("OO-01", "answer"): None},
        "Over ons!C9: Deze cel is leeg, maar het antwoord is nodig om te kunnen rekenen. Vul een korte tekst in.",
    ),
    "words for a number": (
        {("EF-01", "reach"): "veertien"},
        "Wat verandert er!E9: Hier staat 'veertien', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000.000, in cijfers en zonder andere tekens.",
    ),
    "about a number": (
        {("EF-01", "reach"): "± 14"},
        "Wat verandert er!E9: Hier staat '± 14', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000.000, in cijfers en zonder andere tekens.",
    ),
    "not applicable": (
        {("GI-01", "amount"): "n.v.t."},
        "Geld en inzet!E17: Hier staat 'n.v.t.', maar er is een getal nodig om mee te rekenen. "
        "Typ een bedrag van 0 tot en met 100.000.000, in cijfers en zonder andere tekens.",
    ),
    "a number without end": (
        {("EF-01", "reach"): "9" * 400},
        f"Wat verandert er!E9: Hier staat '{'9' * 400}', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000.000, in cijfers en zonder andere tekens.",
    ),
    "true for a number": (
        {("EF-01", "reach"): True},
        "Wat verandert er!E9: Hier staat 'ja', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000.000, in cijfers en zonder andere tekens.",
    ),
    "negative number": (
        {("OO-05", "answer"): -3},
        "Over ons!C13: Hier staat -3; dat valt buiten wat kan. Typ een getal van 0 tot en met 100.000.",
    ),
    "half a year": (
        {("OO-04", "answer"): 2025.5},
        "Over ons!C12: Hier staat 2.025,5, maar er is een heel getal nodig. Rond af.",
    ),
    "unknown change": (
        {("EF-02", "change"): "Betaald werk gevonden vanuit bijstand"},
        "Wat verandert er!B10: Hier staat 'Betaald werk gevonden vanuit bijstand'; dat staat niet in de "
        "keuzelijst. Bedoelt u 'Betaald werk gevonden vanuit de bijstand'? Kies het uit de lijst van deze cel.",
    ),
    "something else for a party": (
        {("GI-01", "party"): "xyz"},
        "Geld en inzet!C17: Hier staat 'xyz'; dat staat niet in de keuzelijst. Kies een waarde uit de lijst "
        "van deze cel.",
    ),
    "an error of Excel in words": (
        {("EF-01", "deadweight"): "#DEEL/0!"},
        "Wat verandert er!G9: Hier staat '#DEEL/0!'; dat staat niet in de keuzelijst. Kies een waarde uit de "
        "lijst van deze cel.",
    ),
    "unknown where a number is needed": (
        {("EF-01", "reach"): "weet ik niet"},
        "Wat verandert er!E9: Hier staat 'weet ik niet', maar zonder dit antwoord kan er niet worden gerekend. "
        "Vul een getal van 0 tot en met 100.000.000 in; een schatting mag.",
    ),
    "eleven of ten": (
        {("EF-01", "still"): 11},
        "Wat verandert er!J9: Hier staat 11; dat valt buiten wat kan. Typ een heel getal van 0 tot en met 10.",
    ),
    "temporary money without an end": (
        {("GI-01", "until"): None},
        "Geld en inzet!I17: Dit geld is tijdelijk, maar het laatste jaar ontbreekt. Zonder dat jaar is niet te "
        "zeggen wanneer het stopt. Vul het jaartal in.",
    ),
    "years the wrong way round": (
        {("GI-01", "from_year"): 2027},
        "Geld en inzet!I17: Het laatste jaar (2025) ligt voor het eerste jaar (2027). Verbeter een van beide.",
    ),
    "own amount without a reason": (
        {("EF-01", "own_value"): 5000},
        "Wat verandert er!T9: Er staat een eigen bedrag (5.000) zonder reden. Vul de reden in, zodat het "
        "bedrag te verantwoorden is.",
    ),
    "target group that does not exist": (
        {("EF-01", "target_group"): "Iedereen"},
        "Wat verandert er!D9: Hier staat 'Iedereen'; dat staat niet in de keuzelijst. Kies een waarde uit de "
        "lijst van deze cel.",
    ),
    "the same target group twice": (
        {("DG-02", "name"): "Mensen in een werktraject"},
        "Over ons!B25: De doelgroep 'Mensen in een werktraject' staat er twee keer. Geef elke doelgroep een "
        "eigen naam.",
    ),
    "text that is too long": (
        {("OO-03", "answer"): "x" * 2001},
        "Over ons!C11: Deze tekst telt 2001 tekens; er passen er 2000. Kort de tekst in.",
    ),
}


def stopping(findings) -> list[str]:
    return [located(f).removeprefix("de_kade.xlsx, ") for f in findings if f.level == STOP]


@pytest.mark.parametrize("mistake", FORM_MISTAKES)
def test_a_mistake_in_a_form_gets_its_sentence(mistake, tmp_path):
    answers, said = FORM_MISTAKES[mistake]
    folder = examples(tmp_path)
    loaded, findings = walk.load_form(change(folder / "de_kade.xlsx", answers))
    assert loaded is None
    assert said in stopping(findings)


def test_all_mistakes_of_a_form_are_told_at_once(tmp_path):
    folder = examples(tmp_path)
    together, sentences = {}, []
    for mistake in ("name missing", "words for a number", "not applicable", "half a year", "unknown change"):
        answers, said = FORM_MISTAKES[mistake]
        together |= answers
        sentences.append(said)
    _, findings = walk.load_form(change(folder / "de_kade.xlsx", together))
    told = stopping(findings)
    assert [s for s in sentences if s not in told] == []


def test_a_number_typed_as_dutch_text_has_one_reading(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "de_kade.xlsx", {("GI-02", "amount"): "43.000,00"})
    loaded, findings = walk.load_form(path)
    assert loaded is not None
    assert [located(f) for f in findings if f.code == "number_as_text"] == [
        "de_kade.xlsx, Geld en inzet!E18: Hier staat het getal als tekst ('43.000,00'). Het is gelezen als "
        "43.000; u hoeft niets te doen."
    ]


def test_unknown_is_never_a_silent_zero(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "de_kade.xlsx", {("EF-01", "deadweight"): "weet ik niet"})
    loaded, findings = walk.load_form(path)
    effects = [e for e in loaded.portfolio.initiatives[0].effects if e.row == "EF-01"]
    assert {e.deadweight.mode for e in effects} == {0.5}
    assert {e.grade for e in effects} == {"D"}
    assert [f.level for f in findings if f.code == "default_deadweight"] == [WARN]


def test_accounts_that_do_not_add_up_are_told_but_do_not_stop(tmp_path):
    folder = examples(tmp_path)
    loaded, findings = walk.load_form(change(folder / "de_kade.xlsx", {("JR-01", "answer"): 100_000}))
    assert loaded is not None
    (finding,) = [f for f in findings if f.code == "accounts_differ"]
    assert "de jaarrekening zegt 100.000 euro" in located(finding)


PERSONAL = {
    "een burgerservicenummer": ("Jan heeft nummer 111222333", "citizen_number"),
    "met punten": ("nummer 111.222.333", "citizen_number"),
    "een mobiel nummer": ("bel 06-12345678", "phone_number"),
    "een vast nummer": ("bel 050 3121212", "phone_number"),
    "een adres": ("mail jan.jansen@voorbeeld.nl", "mail_address"),
    "een naam": ("mevr. Jansen vond werk", "person_named"),
}


@pytest.mark.parametrize("case", PERSONAL)
def test_personal_data_in_free_text_is_located_and_not_repeated(case, tmp_path):
    text, code = PERSONAL[case]
    folder = examples(tmp_path)
    _, findings = walk.load_form(change(folder / "de_kade.xlsx", {("EF-01", "source"): text}))
    (finding,) = [f for f in findings if f.code == code]
    assert finding.where.startswith("Wat verandert er!")
    assert not any(part in located(finding) for part in text.split()[-1:])


@pytest.mark.parametrize(
    "text", ["123456789 euro", "jaarrekening 2025, blad 7", "ruim 1.250.000 uur", "09:30"]
)
def test_plain_figures_are_not_taken_for_personal_data(text, tmp_path):
    folder = examples(tmp_path)
    _, findings = walk.load_form(change(folder / "de_kade.xlsx", {("EF-01", "source"): text}))
    assert {f.code for f in findings} & {"citizen_number", "phone_number", "mail_address"} == set()


def test_the_contact_field_may_hold_a_way_to_reach_someone(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "de_kade.xlsx", {("OO-10", "answer"): "jan@voorbeeld.nl, 06-12345678"})
    loaded, _ = walk.load_form(path)
    assert loaded is not None


def test_a_form_of_an_unknown_version_is_read_with_a_warning(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    raw, package = read(path, FORM), Package(path)
    place = raw.places["VE"]
    package.set(place.sheet, f"{column_letters(place.columns['value'])}{place.row + 2}", "1999.1")
    package.save(path)
    loaded, findings = walk.load_form(path)
    assert loaded is not None
    (finding,) = [f for f in findings if f.code == "template_unknown"]
    assert "van versie '1999.1' is; bekend is 2026.2" in located(finding)


SPOILED_FILES = {
    "leeg": (b"", "Dit bestand is leeg. Sla het formulier opnieuw op en probeer het nog eens."),
    "pdf": (b"%PDF-1.7 nee", "Dit is een pdf en geen werkmap. Stuur het ingevulde Excel-bestand."),
    "tekst": (
        b"naam;aantal",
        "Dit is geen Excel-bestand, ook al lijkt de naam erop. Sla het formulier in Excel op als .xlsx.",
    ),
    "oud": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "Dit is een oud Excel-bestand (.xls). Sla het in Excel op als .xlsx.",
    ),
}


@pytest.mark.parametrize("name", SPOILED_FILES)
def test_a_file_that_is_no_workbook_gets_a_sentence(name, tmp_path):
    data, said = SPOILED_FILES[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(data)
    loaded, findings = walk.load(path)
    assert loaded is None
    assert [located(f) for f in findings] == [f"{name}.xlsx: {said}"]


def test_half_a_file_gets_a_sentence(tmp_path):
    path = tmp_path / "half.xlsx"
    path.write_bytes((EXAMPLES / "de_kade.xlsx").read_bytes()[:60_000])
    _, findings = walk.load(path)
    assert [located(f) for f in findings] == [
        "half.xlsx: Dit bestand is niet compleet. Kopieer of verstuur het opnieuw."
    ]


@pytest.mark.parametrize(("written", "found"), [("1e999", "inf"), ("NaN", "nan"), ("-inf", "-inf")])
def test_a_number_that_is_none_gets_a_sentence(written, found, tmp_path):
    path = change(examples(tmp_path) / "de_kade.xlsx", {("OO-05", "answer"): 12345})
    part = Package(path).sheets["Over ons"]
    path.write_bytes(
        with_part(
            path.read_bytes(), part, lambda xml: xml.replace(b"<v>12345</v>", f"<v>{written}</v>".encode())
        )
    )
    _, findings = walk.load_form(path)
    assert stopping(findings) == [
        f"Over ons!C13: Hier staat '{found}', maar er is een getal nodig om mee te rekenen. "
        "Typ een getal van 0 tot en met 100.000, in cijfers en zonder andere tekens."
    ]


def test_a_file_name_that_no_file_can_have_gets_a_sentence(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "portefeuille.xlsx", {("IN-0001", "path"): "x" * 300 + ".xlsx"})
    _, findings = walk.load_portfolio(path)
    assert [f.code for f in findings if f.level == STOP][:1] == ["form_missing"]


def test_a_file_name_that_is_no_text_is_shown_with_its_number(tmp_path, capsys):
    assert cli.main(["controleer", str(tmp_path / "weg\udcff.xlsx")]) == 1
    assert "weg\\udcff.xlsx: Dit bestand bestaat niet." in capsys.readouterr().err


def test_a_form_with_a_file_name_that_is_no_text_is_computed(tmp_path):
    loaded, _ = walk.load_form(examples(tmp_path) / "de_kade.xlsx")
    raw = replace(loaded.forms["de_kade"], path=Path("f\udcff.xlsx"))
    found, _ = initiative(raw, loaded.portfolio.study, loaded.library)
    assert found.code == "f\\udcff"


def listed_again(path: Path, times: int) -> Path:
    """The workbook with its second sheet shown as many other sheets."""

    def listed(xml: bytes) -> bytes:
        more = b"".join(
            b'<sheet name="nog %d" sheetId="%d" r:id="rId2"/>' % (n, n) for n in range(90, 90 + times)
        )
        return xml.replace(b"</sheets>", more + b"</sheets>")

    path.write_bytes(with_part(path.read_bytes(), "xl/workbook.xml", listed))
    return path


def test_more_sheets_than_a_form_can_have_get_a_sentence(tmp_path):
    _, findings = walk.load(listed_again(examples(tmp_path) / "de_kade.xlsx", 300))
    assert [located(f) for f in findings] == [
        "de_kade.xlsx: Deze werkmap heeft 317 bladen; een werkmap met meer dan 250 bladen wordt niet gelezen, "
        "omdat dat te lang zou duren. Verwijder de bladen die niet bij het formulier horen en sla opnieuw op."
    ]


def test_one_large_part_shown_as_many_sheets_gets_a_sentence(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    far = b'<row r="9999"><c r="ZZ9999"><v>1</v></c></row></sheetData>'
    part = Package(path).sheets["Over ons"]
    path.write_bytes(with_part(path.read_bytes(), part, lambda xml: xml.replace(b"</sheetData>", far)))
    _, findings = walk.load(listed_again(path, 20))
    assert [f.code for f in findings] == ["refused_too_many_cells"]


@pytest.mark.parametrize(("offset", "value"), [(4, 1), (10, 3), (20, 9)])
def test_a_workbook_that_hides_before_another_is_not_read(offset, value, tmp_path):
    """Some readers of zips take an earlier directory where the last one has a flaw; we inspected the last."""
    folder = examples(tmp_path)
    shown, hidden = folder / "de_kade.xlsx", folder / "de_spil.xlsx"
    expected = read(shown, FORM).answers
    shown.write_bytes(behind(shown.read_bytes(), hidden.read_bytes(), offset, value))
    assert read(shown, FORM).answers == expected


@pytest.mark.parametrize(
    ("name", "code"), [("PanicException", "unreadable"), ("MemoryError", "too_many_cells")]
)
def test_a_library_that_gives_up_is_a_refusal(name, code, tmp_path, monkeypatch):
    trouble = {"MemoryError": MemoryError, "PanicException": type("PanicException", (BaseException,), {})}[
        name
    ]

    class GivesUp:
        @staticmethod
        def from_filelike(file: io.BytesIO) -> None:
            raise trouble("out of bounds")

    monkeypatch.setattr(raw_cells, "CalamineWorkbook", GivesUp)
    with pytest.raises(WorkbookRefused) as caught:
        read(examples(tmp_path) / "de_kade.xlsx", FORM)
    assert caught.value.code == code


def test_whoever_stops_the_program_is_not_told_that_the_file_is_damaged(tmp_path, monkeypatch):
    def stopped(file: io.BytesIO) -> None:
        raise KeyboardInterrupt

    class Stopped:
        from_filelike = staticmethod(stopped)

    monkeypatch.setattr(raw_cells, "CalamineWorkbook", Stopped)
    with pytest.raises(KeyboardInterrupt):
        read(examples(tmp_path) / "de_kade.xlsx", FORM)


def test_results_go_into_our_template_where_a_block_of_answers_is_gone(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    part = Package(path).sheets["Afweging"]
    path.write_bytes(with_part(path.read_bytes(), part, lambda xml: xml.replace(b"code AF", b"code")))
    loaded, _ = walk.load_form(path)
    (written,) = save_all(output.forms(walk.compute(loaded, draws=1000), tmp_path))
    assert "AF" in read(written.path, FORM).places


def test_results_are_written_where_the_code_of_a_finer_row_is_gone(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    part = Package(path).sheets["Verdieping"]
    path.write_bytes(with_part(path.read_bytes(), part, lambda xml: xml.replace(b"VD-02", b"weg")))
    loaded, _ = walk.load_form(path)
    (written,) = save_all(output.forms(walk.compute(loaded, draws=1000), tmp_path))
    assert "NE" in read(written.path, FORM).places


def test_a_library_with_a_row_without_code_gets_its_sentences(tmp_path):
    path = tmp_path / "kengetallen.xlsx"
    path.write_bytes((EXAMPLES.parent / "kengetallen.xlsx").read_bytes())
    place, package = read(path, LIBRARY_BOOK).places["KB"], Package(path)
    for column, value in (("code", None), ("overlaps", "bestaat_niet")):
        package.set(place.sheet, f"{column_letters(place.columns[column])}{place.row + 2}", value)
    package.save(path)
    library, findings = open_library(path)
    assert library is None
    assert "unit_values_cell_empty" in {f.code for f in findings}
    assert all(located(f).startswith("kengetallen.xlsx, ") for f in findings)


def test_every_finding_has_its_sentence():
    """Every code that our modules give to a finding is a key of messages.toml."""
    known = {code for code, entry in table("messages").items() if "text" in entry}
    missing = []
    for path in (ROOT / "toolkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 2:
                level, code = node.args[0], node.args[1]
                named = isinstance(level, ast.Name) and level.id in ("STOP", "WARN", "INFO")
                if named and isinstance(code, ast.Constant) and code.value not in known:
                    missing.append((path.name, code.value))
    assert missing == []
