"""Spoilt libraries: what may be typed wrong in kengetallen.xlsx, with the cell and the exact sentence."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest
from library_books import book, cell, mistakes

import toolkit.workbook
from toolkit.app.libraries import open_library
from toolkit.model.finding import WARN
from toolkit.words.vocabulary import located, table
from toolkit.workbook.layout.library_book import UNIT_VALUES

CARE = "wmo_begeleiding"

# what was typed, at which cell it is told, and what is told there
SPOILT = {
    "no source": (
        {"wmo_begeleiding__source": None},
        "'Bron' is leeg. Zonder bron is het cijfer niet te verantwoorden. Typ waar het staat: titel, van "
        "wie en welk jaar.",
    ),
    "no price year": (
        {"wmo_begeleiding__price_year": None},
        "'Prijspeil' is leeg. Zonder prijspeil is het bedrag niet met andere te vergelijken. Typ het jaar "
        "waarvoor het bedrag geldt.",
    ),
    "an amount above its range": (
        {"wmo_begeleiding__amount": 170},
        "het bedrag is 170 en valt buiten de bandbreedte van 66 tot en met 80. Dan klopt een van de drie "
        "niet. Verbeter het bedrag, of maak laag of hoog ruimer.",
    ),
    "a low above high": (
        {"wmo_begeleiding__low": 90},
        "laag is 90 en hoog is 80. Laag kan niet boven hoog liggen. Verbeter een van beide; misschien zijn "
        "zij verwisseld.",
    ),
    "a price year before the index": (
        {"wmo_begeleiding__price_year": 2005},
        "Hier staat 2005; dat valt buiten wat kan. Typ een jaartal van 2011 tot en met 2100.",
    ),
    "a price year to come": (
        {"wmo_begeleiding__price_year": 2031},
        'bij "Prijspeil" staat 2031, maar het bedrag is in 2026 nagekeken. Een bedrag van een later jaar '
        "bestond toen nog niet. Verbeter het jaar, of de datum van de controle.",
    ),
    "a year in words": (
        {"wmo_begeleiding__price_year": "later"},
        "Hier staat 'later', maar er is een getal nodig om mee te rekenen. Typ een jaartal van 2011 tot en "
        "met 2100, in cijfers en zonder andere tekens.",
    ),
    "shares above one": (
        {"wmo_begeleiding__shares": "gemeente 90%, rijk 20%"},
        "de verdeling (gemeente 90%, rijk 20%) is samen 1,1. Bij soort welvaart is dat samen 1 (100%), "
        "anders verdwijnt er geld of komt er geld bij. Pas de aandelen aan.",
    ),
    "percentages without their sign": (
        {"wmo_begeleiding__shares": "gemeente=85, rijk=15"},
        "in de verdeling staat 85 bij gemeente; dat is meer dan het geheel. Bedoelt u procenten, zet dan het "
        "procentteken erachter: gemeente 70%, rijk 30%. Zonder procentteken is het een deel van 1: gemeente "
        "0,7.",
    ),
    "a transfer that does not cancel": (
        {"eigen_risico__shares": "persoon 100%, zorgverzekeraars -90%"},
        "bij een overdracht krijgt de een wat de ander geeft. In de verdeling (persoon 100%, "
        "zorgverzekeraars -90%) is wat partijen krijgen samen 1 en wat zij geven samen -0,9; dat moet 1 en "
        "-1 zijn (100% en -100%). Pas de aandelen aan.",
    ),
    "an unknown party": (
        {"wmo_begeleiding__shares": "koning 100%"},
        "in de verdeling staat koning; die partij bestaat hier niet, dus haar deel zou wegvallen. Kies uit: "
        "deelnemers, wijkbewoners, gemeente, provincie, rijk, zorgverzekeraars, woningcorporaties, "
        "maatschappelijke organisaties, marktpartijen, persoon.",
    ),
    "shares that are no shares": (
        {"wmo_begeleiding__shares": "iedereen"},
        "Hier staat 'iedereen'; daaruit is niet op te maken wie welk deel krijgt. Typ elke partij één keer, "
        "met haar deel erachter, bijvoorbeeld: gemeente 70%, rijk 30%.",
    ),
    "a party twice": (
        {"wmo_begeleiding__shares": "gemeente 50%, gemeente 50%"},
        "Hier staat 'gemeente 50%, gemeente 50%'; daaruit is niet op te maken wie welk deel krijgt. Typ elke "
        "partij één keer, met haar deel erachter, bijvoorbeeld: gemeente 70%, rijk 30%.",
    ),
    "an unknown kind": (
        {"wmo_begeleiding__kind": "winst"},
        "Hier staat 'winst'; dat staat niet in de keuzelijst. Kies uit: welvaart, overdracht, uit de kosten.",
    ),
    "a kind with a slip": (
        {"vrijwilligersvergoeding__kind": "uit de kostn"},
        "Hier staat 'uit de kostn'; dat staat niet in de keuzelijst. Bedoelt u 'uit de kosten'? Kies het uit "
        "de lijst van deze cel.",
    ),
    "an unknown grade": (
        {"wmo_begeleiding__grade": "E"},
        "Hier staat 'E'; dat staat niet in de keuzelijst. Kies uit: A, B, C, D.",
    ),
    "another counting": (
        {"wmo_begeleiding__counting": "instroom"},
        "bij 'Telling' staat 'instroom'. Het formulier gaat bij 'Minder individuele begeleiding (Wmo) nodig' "
        "uit van 'jaar', dus het aantal en het bedrag zouden niet meer bij elkaar passen. Typ weer 'jaar' en "
        "reken het bedrag zo nodig om, of geef dit een eigen regel met een eigen sleutel.",
    ),
    "another unit": (
        {"wmo_begeleiding__unit": "dagdeel"},
        "bij 'Eenheid' staat 'dagdeel'. Het formulier gaat bij 'Minder individuele begeleiding (Wmo) nodig' "
        "uit van 'uur', dus het aantal en het bedrag zouden niet meer bij elkaar passen. Typ weer 'uur' en "
        "reken het bedrag zo nodig om, of geef dit een eigen regel met een eigen sleutel.",
    ),
    "a renamed code": (
        {"opvangplek__code": "opvang_plek"},
        "De sleutel opvangplek (Plek in de maatschappelijke opvang niet nodig (zonder zware zorg)) staat er "
        "niet meer; hier staat opvang_plek. Het formulier rekent met opvangplek bij 'Plek in de "
        "maatschappelijke opvang niet nodig'. Typ hier weer opvangplek; de naam ernaast mag wel anders.",
    ),
    "an amount with its unit": (
        {"wmo_begeleiding__amount": "66 euro"},
        "Hier staat '66 euro', maar er is een getal nodig om mee te rekenen. Typ een bedrag van "
        "-1.000.000.000 tot en met 1.000.000.000, in cijfers en zonder andere tekens.",
    ),
    "a formula as text": (
        {"wmo_begeleiding__amount": "=60*1,1"},
        "Hier staat '=60*1,1', maar er is een getal nodig om mee te rekenen. Typ een bedrag van "
        "-1.000.000.000 tot en met 1.000.000.000, in cijfers en zonder andere tekens.",
    ),
    "an error of Excel": (
        {"wmo_begeleiding__high": "#REF!"},
        "Hier staat de foutmelding #VERW!, dus er is geen antwoord om mee te rekenen. Herstel de formule, of "
        "typ een bedrag van -1.000.000.000 tot en met 1.000.000.000.",
    ),
    "no day of checking": (
        {"wmo_begeleiding__checked_on": "vorig jaar"},
        "Hier staat 'vorig jaar', maar er is een datum nodig. Typ dag, maand en jaar met streepjes, "
        "bijvoorbeeld 3-2-2026.",
    ),
    "a yearly unit value that lasts": (
        {"wmo_begeleiding__max_duration": 2},
        "een langste looptijd van 2 past niet bij telling jaar. Bij telling jaar geldt elk aantal voor één "
        "jaar en zou het anders dubbel tellen. Vul precies 1 in bij telling jaar, en anders 1 of meer.",
    ),
    "an overlap with nothing": (
        {"huisartsconsult__overlaps": "psycholog"},
        "noemt het kengetal psycholog, dat niet in de bibliotheek staat. Een verwijzing die nergens heen "
        "gaat, telt niet mee. Verbeter de sleutel (psycholoog_contact lijkt er het meest op) of haal "
        "hem weg.",
    ),
    "an amount beside the demand for one": (
        {"opvangplek__amount_is": "eigen bedrag verplicht"},
        "hier staat 'eigen bedrag verplicht', maar er is wel iets ingevuld bij Bedrag, Laag, Hoog, "
        "Prijspeil, Bronjaar. Kies feit, afgeleid of aanname en vul het bedrag met bandbreedte, prijspeil en "
        "bronjaar helemaal in, of maak die cellen leeg.",
    ),
    "a limit of nothing": (
        {"eigen_risico__most_per_person": 0},
        'bij "Hoogste bedrag per persoon per jaar" staat 0; dat past daar niet. Er hoort een getal boven 0. '
        "Verbeter de waarde.",
    ),
    "a code with a space": (
        {"free__code": "Fiets les"},
        "In deze regel staat alleen iets bij Sleutel. Dat is nog geen kengetal om mee te rekenen. Vul ook "
        "Naam, Domein, Eenheid, Telling, Bedrag, Laag, Hoog, Prijspeil, Reeks, Soort, Verdeling, Kwaliteit, "
        "Bedrag is, Verdeling is, Langste looptijd, Invuller, Verzilverbaar, Btw, Bron, Bronjaar, "
        "Gecontroleerd op, Licentie in, of maak de regel leeg.",
    ),
    "a year that is not there": (
        {"y2015__year": None},
        "B12: 'Jaar' is leeg. Zonder jaar is niet bekend waar de verandering voor geldt. Typ het jaartal.",
    ),
    "a year far ahead": (
        {"y2026__year": 2036},
        "Prijsindex cpi: de jaren 2026 tot en met 2035 ontbreken. Zonder die jaren zijn bedragen niet van "
        "het ene naar het andere jaar te brengen. Vul elk jaar met zijn percentage en bron aan, of verbeter "
        "het laatste jaartal.",
    ),
    "prices that fall too far": (
        {"y2020__change": -120},
        "Hier staat -120; dat valt buiten wat kan. Typ een getal van -99 tot en met 1.000.",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_mistake_is_told_at_its_cell_with_what_to_type(case, tmp_path):
    changed, sentence = SPOILT[case]
    (told,) = mistakes(book(tmp_path, **changed))
    code, column = next(iter(changed)).rsplit("__", 1)
    place, _, said = told.removeprefix("kengetallen.xlsx, ").partition(": ")
    assert place == cell(code, column)
    assert said.removeprefix(f"{code}: ").removeprefix(f"{code} ") == sentence


def test_all_mistakes_are_told_at_once_from_top_to_bottom_and_from_left_to_right(tmp_path):
    changed = {
        "y2026__change": "veel",
        "wmo_begeleiding__price_year": "later",
        "wmo_begeleiding__amount": 170,
        "wmo_begeleiding__shares": "koning 50%",
        "huisartsconsult__url": dt.date(2026, 1, 1),
        "huisartsconsult__grade": "E",
        "huisartsconsult__low": 99,
        "huisartsconsult__source": None,
    }
    told = mistakes(book(tmp_path, **changed))
    places = [line.removeprefix("kengetallen.xlsx, ").partition(": ")[0] for line in told]
    assert places == [
        cell("huisartsconsult", "low"),
        cell("huisartsconsult", "grade"),
        cell("huisartsconsult", "source"),
        cell(CARE, "amount"),
        cell(CARE, "price_year"),
        cell(CARE, "shares"),
        cell(CARE, "shares"),
        cell("y2026", "change"),
    ]


def test_a_code_that_stands_there_twice_names_both_cells(tmp_path):
    told = mistakes(book(tmp_path, overlast__code="huisuitzetting"))
    first = cell("huisuitzetting", "code").rpartition("!")[2]
    assert told[-1] == (
        f"kengetallen.xlsx, {cell('overlast', 'code')}: De sleutel huisuitzetting staat ook in {first}. Dan "
        "is niet te zeggen welk bedrag geldt. Geef dit kengetal een eigen sleutel, of laat één van beide "
        "regels staan."
    )


def test_a_code_that_a_change_needs_cannot_go(tmp_path):
    gone = {f"overlast__{column}": None for column in UNIT_VALUES.column_codes}
    (told,) = mistakes(book(tmp_path, **gone))
    assert told == (
        "kengetallen.xlsx, Bron en verdeling!B8: Het kengetal overlast (Overlast of vernieling minder) staat "
        "er niet meer, maar het formulier rekent ermee bij 'Minder overlast of vernieling'. Zet de regel "
        "terug; een bedrag dat u niet vertrouwt, kunt u wel wijzigen."
    )


def test_a_year_twice_leaves_a_year_out(tmp_path):
    told = mistakes(book(tmp_path, y2015__year=2014))
    assert told == [
        f"kengetallen.xlsx, {cell('y2015', 'year')}: Het jaar 2014 staat ook in B11. Dan is niet te zeggen "
        "welk percentage geldt. Laat één van beide regels staan.",
        f"kengetallen.xlsx, {cell('y2016', 'year')}: Prijsindex cpi: het jaar 2015 ontbreekt. Zonder dat "
        "jaar zijn bedragen niet van het ene naar het andere jaar te brengen. Vul het jaar met zijn "
        "percentage en bron aan.",
    ]


def test_a_new_year_needs_everything_of_a_year(tmp_path):
    told = mistakes(book(tmp_path, yfree__year=2027))
    assert [line.split(": ", 2)[2].split(".")[0] for line in told] == [
        "'Verandering in procent' is leeg",
        "'Voorlopig' is leeg",
        "'Bron' is leeg",
    ]


def test_a_date_where_text_belongs_is_told(tmp_path):
    path = book(tmp_path)
    workbook = openpyxl.load_workbook(path)
    sheet, address = cell(CARE, "task_field").split("!")
    workbook[sheet][address].value = dt.datetime(1971, 6, 1)
    workbook[sheet][address].number_format = "d-m-yyyy"
    workbook.save(path)
    (told,) = mistakes(path)
    assert told == (
        f"kengetallen.xlsx, {cell(CARE, 'task_field')}: Hier staat een datum, maar er hoort tekst. Een "
        "rekenblad maakt van 6.71 soms een datum. Zet de celopmaak op Tekst en typ het opnieuw."
    )


def test_a_column_without_its_code_is_told_once(tmp_path):
    path = book(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook["Bron en verdeling"]["W7"].value = None
    workbook.save(path)
    (told,) = mistakes(path)
    assert told == (
        "kengetallen.xlsx, Bron en verdeling!A7: De kolom 'Bron' is niet te vinden: de grijze code 'source' "
        "ontbreekt in deze rij. Zonder die kolom mist elk kengetal iets. Zet de kolom met haar code terug, "
        "of begin met een nieuwe werkmap: wijkbaten sjabloon --soort kengetallen"
    )


def test_a_number_typed_as_text_is_read_with_a_note(tmp_path):
    changed = {"amount": "1.250,50", "low": "1000", "high": "€ 2.000"}
    path = book(tmp_path, **{f"wmo_begeleiding__{column}": value for column, value in changed.items()})
    library, findings = open_library(path)
    amount = library.unit_values[CARE].amount
    assert (amount.mode, amount.low, amount.high) == (1250.5, 1000, 2000)
    assert {finding.level for finding in findings} == {WARN}
    assert located(findings[0]) == (
        f"kengetallen.xlsx, {cell(CARE, 'amount')}: Hier staat het getal als tekst ('1.250,50'). Het is "
        "gelezen als 1.250,5, maar de formules in het formulier tellen tekst niet altijd mee. Typ het getal "
        "opnieuw."
    )


def test_a_price_change_that_was_a_percentage_is_read_with_a_warning(tmp_path):
    library, (finding,) = open_library(book(tmp_path, y2025__change=0.033))
    assert library.index.series["cpi"][-2].change == 0.033
    assert finding.level == WARN
    assert located(finding) == (
        f"kengetallen.xlsx, {cell('y2025', 'change')}: Hier staat 0,033; dat is gelezen als 0,033 procent. "
        "Bedoelde u 3,3 procent? Typ dan 3,3, zonder procentteken."
    )


def test_every_cell_that_may_not_be_empty_says_why(tmp_path):
    told = []
    for column in UNIT_VALUES.column_codes:
        _, findings = open_library(book(tmp_path, **{f"huisartsconsult__{column}": None}))
        here = [f for f in findings if f.where == cell("huisartsconsult", column)]
        told += [column for finding in here if "reason" in finding.facts]
    assert set(told) | {"year", "change", "provisional"} == set(table("messages")["cell_reasons"])
    free = {"task_field", "overlaps", "url", "note", "most_per_person", "tariff_of"}
    assert set(UNIT_VALUES.column_codes) - set(told) == free


def test_every_code_of_this_reading_has_a_sentence_that_is_used():
    root = Path(toolkit.workbook.__path__[0]).parent
    files = [*root.glob("workbook/*/librar*.py"), *root.glob("app/libr*.py")]
    sources = [path.read_text(encoding="utf-8") for path in files]
    codes = {code for source in sources for code in re.findall(r'"(unit_values_\w+)"', source)}
    assert codes == {code for code in table("messages") if code.startswith("unit_values_")}
