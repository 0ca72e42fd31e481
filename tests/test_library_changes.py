"""Sheet Veranderingen of kengetallen.xlsx: what a municipality adds and changes, and mistakes in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_books import BUILT_IN, NAME, book, cell, mistakes, opened

from toolkit.app import cli
from toolkit.app.libraries import open_library
from toolkit.kengetallen import parts
from toolkit.kengetallen.comparison import compare
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO
from toolkit.model.study import DOMAINS
from toolkit.model.unit_value import ChangePart
from toolkit.words.vocabulary import located
from toolkit.workbook.layout import LIBRARY_BOOK
from toolkit.workbook.layout.library_book import CHANGES
from toolkit.workbook.sheetfile import Package

OWN = {
    "c_free__name": "Fietslessen gevolgd",
    "c_free__counts": "mensen",
    "c_free__domain": "gezondheid",
}
PRICED = {**OWN, "c_free__unit": "uren in het jaar", "c_free__parts": "wmo_begeleiding × 0,5; overlast"}


def test_a_change_of_ones_own_with_a_price_needs_little_and_reads_back_plainly(tmp_path):
    library = opened(book(tmp_path, **PRICED))
    own = library.changes["eigen_fietslessen_gevolgd"]
    assert own.parts == (ChangePart("wmo_begeleiding", 0.5), ChangePart("overlast", 1.0))
    assert (own.unit, own.unit_short, own.displacement) == ("uren in het jaar", "uren", 0)
    assert own.watch_for == "Tel alleen wie dit meemaakte, en ieder één keer."
    assert (own.readback, own.readback_one, own.readback_more, own.readback_more_one) == (
        "bij {n} mensen: fietslessen gevolgd",
        "bij {n} mens: fietslessen gevolgd",
        "bij {n} mensen: het tegendeel van fietslessen gevolgd",
        "bij {n} mens: het tegendeel van fietslessen gevolgd",
    )
    assert compare(BUILT_IN, library).new_changes == ("Fietslessen gevolgd",)
    places = [DOMAINS.index(change.domain) for change in library.changes.values()]
    assert places == sorted(places)


def test_everything_of_a_change_can_be_typed(tmp_path):
    typed = {
        "code": "fietsles",
        "name_more": "Minder fietslessen",
        "watch_for": "Tel lessen.",
        "usual_low": 2,
        "usual_mode": "4,5",
        "usual_high": 10,
        "usual_source": "Aanname: een cursus",
        "unit_short": "uur",
        "displacement": 30,
        "readback": "{n} mensen fietsten",
        "readback_one": "{n} mens fietste",
        "readback_more": "{n} mensen stopten",
        "readback_more_one": "{n} mens stopte",
    }
    library, (note,) = open_library(
        book(tmp_path, **PRICED, **{f"c_free__{column}": value for column, value in typed.items()})
    )
    own = library.changes["fietsles"]
    assert (own.usual, own.usual_source) == (Estimate(4.5, 2.0, 10.0), "Aanname: een cursus")
    assert (own.name_more, own.unit_short, own.displacement) == ("Minder fietslessen", "uur", 0.3)
    assert (own.readback_more_one, note.code) == ("{n} mens stopte", "number_as_text")


def test_a_change_of_ones_own_without_unit_values_counts_people_and_nothing_else(tmp_path):
    library = opened(book(tmp_path, **OWN, c_free__outputs="lessen", c_free__name_more="Minder fietsles"))
    own = library.unpriced["eigen_fietslessen_gevolgd"]
    assert (own.priced, own.unit, own.outputs) == (False, "mensen", "lessen")
    assert own.readback_more == "bij {n} mensen: minder fietsles"
    assert dict(library.changes) == dict(BUILT_IN.changes)


def test_a_change_of_ours_may_be_changed_or_go(tmp_path):
    path = book(tmp_path, c_begeleiding_minder__asked_of=None, c_begeleiding_minder__unit_short="u")
    changed = opened(path).changes["begeleiding_minder"]
    assert (changed.asked_of, changed.unit_short) == ("", "u")
    gone = {f"c_verzuim_minder__{column}": None for column in CHANGES.column_codes}
    library = opened(book(tmp_path, **gone))
    assert set(BUILT_IN.changes) - set(library.changes) == {"verzuim_minder"}


def test_why_a_part_belongs_to_a_change_stays(tmp_path):
    path = book(tmp_path, c_werk_uit_bijstand__parts="werk_minimumloon; bijstand_alleenstaande × 2")
    first, second = opened(path).changes["werk_uit_bijstand"].parts
    assert (first.note, second.note) == ("Loon bij 36 uur per week", "")


def test_an_own_unit_value_may_have_a_change(tmp_path):
    kept = BUILT_IN.unit_values["overlast"]
    typed = {"code": "fietsdiefstal", "name": "Fietsdiefstal minder", "amount_is": kept.amount_is}
    row = {"domain": kept.domain, "unit": "fiets", "counting": kept.counting, "index": kept.index}
    row |= {"kind": kept.kind, "shares": "wijkbewoners 100%", "grade": "D", "shares_are": "aanname"}
    row |= {"max_duration": 1, "filled_by": kept.filled_by, "frees_cash": "nee", "vat": kept.vat}
    row |= {"source": "Politie", "checked_on": "3-2-2026", "licence": "vrij"}
    library = opened(
        book(
            tmp_path,
            **{f"free__{column}": value for column, value in (typed | row).items()},
            **OWN | {"c_free__parts": "fietsdiefstal", "c_free__unit": "fietsen in het jaar"},
        )
    )
    assert library.changes["eigen_fietslessen_gevolgd"].parts == (ChangePart("fietsdiefstal"),)


def test_what_differs_between_two_libraries_is_told_trait_by_trait(tmp_path, capsys):
    gone = {f"c_verzuim_minder__{column}": None for column in CHANGES.column_codes}
    path = book(
        tmp_path,
        **OWN,
        **gone,
        c_begeleiding_minder__asked_of=None,
        c_werk_uren__displacement=40,
        c_werk_uit_bijstand_paar__parts="werk_minimumloon × 1,5",
        c_voedselpakketten__usual_high=20,
    )
    assert cli.main(["kengetallen", "vergelijk", "ingebouwd", str(path)]) == 0
    told = capsys.readouterr().out.splitlines()[2:]
    assert told == [
        "Voedselpakketten ontvangen",
        "  Gebruikelijk, hoog: 26 wordt 20",
        "Betaald werk gevonden vanuit de bijstand (paar)",
        "  Kengetallen: werk_minimumloon (Aanname: één baan van 36 uur per huishouden); bijstand_paar (De "
        "uitkering van het paar stopt); bijstand_uitvoering (Eén uitkering minder om uit te voeren); "
        "toeslagen_bij_werk (Huurtoeslag, een deel van de zorgtoeslag en gemeentelijke regelingen "
        "vervallen) wordt werk_minimumloon × 1,5",
        "Uren betaald werk erbij",
        "  Verdringing (%): 30 wordt 40",
        "Minder individuele begeleiding (Wmo) nodig",
        "  Wie het weet: wijkteam wordt leeg",
        "Nieuw om uit te kiezen:",
        "  Fietslessen gevolgd",
        "Niet meer te kiezen:",
        "  Minder ziekteverzuim",
    ]


def test_the_examples_of_the_manual_are_in_order(tmp_path):
    manual = (Path(__file__).resolve().parent.parent / "docs/handleiding/financien.md").read_text("utf-8")
    _, _, rows = manual.partition("| Verandering | Geteld worden | Domein | Eenheid | Kengetallen |\n")
    examples = [line.strip("|").split("|") for line in rows.partition("\n\n")[0].splitlines()[1:]]
    assert len(examples) == 3
    for cells in examples:
        columns = zip(("name", "counts", "domain", "unit", "parts"), map(str.strip, cells), strict=True)
        library = opened(book(tmp_path, **{f"c_free__{key}": text or None for key, text in columns}))
        (name,) = compare(BUILT_IN, library).new_changes
        assert name == cells[0].strip()


def test_an_older_workbook_takes_the_changes_of_the_program(tmp_path):
    path, placed = book(tmp_path), LIBRARY_BOOK.place(CHANGES)
    package = Package(path.read_bytes())
    package.set(placed.sheet.name, f"{placed.letter('counts')}{placed.codes_row}", None)
    path.write_bytes(package.to_bytes())
    library, (told,) = open_library(path)
    assert dict(library.changes) == dict(BUILT_IN.changes)
    assert dict(library.unpriced) == dict(BUILT_IN.unpriced)
    assert (told.level, located(told)) == (
        INFO,
        "kengetallen.xlsx: In dit bestand zijn de veranderingen nog niet te wijzigen, want het komt van een "
        "oudere versie. Zij zijn uit het programma genomen; u hoeft niets te doen. Wilt u zelf veranderingen "
        "toevoegen, begin dan met een nieuw bestand: wijkbaten sjabloon --soort kengetallen",
    )


# what is typed in the first free row -> the column in which something is told, and what
SPOILT = {
    "no name": (
        {"counts": "mensen", "domain": "gezondheid"},
        "name",
        "C101: 'Verandering' is leeg. Zonder naam kan niemand deze verandering kiezen. Typ wat er verandert, "
        "bijvoorbeeld: Fietsles gevolgd.",
    ),
    "nobody counted": (
        {"name": "Fietsles", "domain": "gezondheid"},
        "counts",
        "Fietsles: 'Geteld worden' is leeg. Zonder dit weet het formulier niet of het naar mensen of naar "
        "huishoudens vraagt. Kies uit de lijst.",
    ),
    "no domain": (
        {"name": "Fietsles", "counts": "mensen"},
        "domain",
        "Fietsles: 'Domein' is leeg. Zonder domein staat de verandering nergens in de keuzelijst. Kies een "
        "domein uit de lijst.",
    ),
    "a price without a unit": (
        {"parts": "overlast"},
        "unit",
        "Fietslessen gevolgd: 'Eenheid' is leeg. Een verandering met kengetallen heeft een eenheid: waarvan "
        "is het bedrag de prijs? Typ mensen of huishoudens, of bijvoorbeeld: uren in het jaar.",
    ),
    "parts that cannot be read": (
        {"parts": "2 keer overlast"},
        "parts",
        "Hier staat '2 keer overlast'; daaruit is niet op te maken met welke kengetallen de verandering "
        "rekent. Typ hun sleutels met een puntkomma ertussen, elk één keer, en een getal erachter als het "
        "meer of minder dan één keer telt, bijvoorbeeld: wmo_begeleiding; opvangplek × 0,5.",
    ),
    "a unit value that is not there": (
        {"parts": "overlost", "unit": "mensen in het jaar"},
        "parts",
        None,
    ),
    "a factor of nothing": (
        {"parts": "overlast × 0", "unit": "mensen in het jaar"},
        "parts",
        "Verandering Fietslessen gevolgd: de factor van overlast is 0, dus dat kengetal telt nooit mee. Vul "
        "een andere factor in of haal het kengetal weg.",
    ),
    "unit values that count otherwise": (
        {"parts": "overlast; werk_minimumloon", "unit": "mensen"},
        "parts",
        None,
    ),
    "a unit of others": (
        {"parts": "overlast", "unit": "huishoudens in het jaar"},
        "unit",
        'Verandering Fietslessen gevolgd: de eenheid is "huishoudens in het jaar" en geteld worden mensen; '
        "dat zijn niet dezelfde. Maak ze gelijk, of kies een andere eenheid.",
    ),
    "half a usual quantity": (
        {
            "parts": "overlast",
            "unit": "uren in het jaar",
            "usual_low": 1,
            "usual_mode": 2,
            "usual_source": "x",
        },
        "usual_high",
        "Fietslessen gevolgd: 'Gebruikelijk, hoog' is leeg. Een gebruikelijk aantal heeft een laagste, een "
        "gewoon en een hoogste getal. Vul ze alle drie in, of geen van drie.",
    ),
    "a usual quantity without a source": (
        {"parts": "overlast", "unit": "uren in het jaar", "usual_low": 1, "usual_mode": 2, "usual_high": 3},
        "usual_source",
        "Fietslessen gevolgd: 'Bron van het gebruikelijke' is leeg. Zonder bron weet niemand waar het "
        "gebruikelijke aantal vandaan komt. Typ de bron, of 'Aanname:' met de redenering.",
    ),
    "a usual quantity of care": (
        {
            "parts": "wmo_begeleiding",
            "unit": "uren in het jaar",
            "usual_low": 1,
            "usual_mode": 2,
            "usual_high": 3,
            "usual_source": "Aanname",
            "asked_of": "wijkteam",
        },
        "usual_mode",
        "Verandering Fietslessen gevolgd: er staat een gebruikelijk aantal, maar alleen het wijkteam weet "
        "hoeveel zorg er minder nodig was; een gebruikelijk aantal zou een besparing verzinnen. Haal "
        "het weg.",
    ),
    "a usual quantity out of order": (
        {
            "parts": "overlast",
            "unit": "uren in het jaar",
            "usual_low": 5,
            "usual_mode": 2,
            "usual_high": 3,
            "usual_source": "Aanname",
        },
        "usual_mode",
        "Verandering Fietslessen gevolgd: gewoonlijk is het 2, en dat valt buiten 5 tot en met 3. Dan klopt "
        "een van de drie niet. Verbeter het gewone aantal, of maak het laagste of het hoogste ruimer.",
    ),
    "a sentence without its number": (
        {"readback_more": "niemand fietste"},
        "readback_more",
        'Verandering Fietslessen gevolgd: in de zin "niemand fietste" moet {n} precies één keer staan en '
        "geen andere accolade. Verbeter de zin.",
    ),
    "a key with capitals": (
        {"code": "Fiets Les"},
        "code",
        None,
    ),
    "a choice that is none": (
        {"counts": "uren"},
        "counts",
        None,
    ),
}
WORDED = {
    "a unit value that is not there": "overlast",
    "unit values that count otherwise": "Kies kengetallen met dezelfde telling.",
    "a key with capitals": "een sleutel van kleine letters, cijfers en lage streepjes, zonder spaties",
    "a choice that is none": "mensen, huishoudens",
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_mistake_is_told_once_at_its_cell_with_what_to_type(case, tmp_path):
    typed, column, said = SPOILT[case]
    begun = {} if case in ("no name", "nobody counted", "no domain") else OWN
    (told,) = mistakes(book(tmp_path, **begun | {f"c_free__{key}": value for key, value in typed.items()}))
    where = f"{NAME}, {cell('c_free', column)}: "
    if said is None:
        assert told.startswith(where) and WORDED[case] in told
    else:
        assert told == where + said


@pytest.mark.parametrize(("key", "value"), [("name", "Minder ziekteverzuim"), ("code", "verzuim_minder")])
def test_a_change_that_stands_there_twice_names_both_cells(key, value, tmp_path):
    (told,) = mistakes(book(tmp_path, **OWN | {f"c_free__{key}": value}))
    first = cell("c_verzuim_minder", key).rpartition("!")[2]
    assert told == (
        f"{NAME}, {cell('c_free', key)}: '{value}' staat ook in {first}. Dan is niet te zeggen welke "
        "verandering iemand koos. Geef deze een eigen naam en sleutel, of laat één van beide regels staan."
    )


def test_two_names_that_would_get_one_key_are_told(tmp_path):
    other = {
        "c_next__name": "Fietslessen: gevolgd!",
        "c_next__counts": "mensen",
        "c_next__domain": "gezondheid",
    }
    (told,) = mistakes(book(tmp_path, **OWN, **other))
    assert told.startswith(f"{NAME}, {cell('c_next', 'name')}: 'Fietslessen: gevolgd!' staat ook in ")


def test_a_unit_value_that_is_gone_is_told_where_it_stood_and_not_at_the_change(tmp_path):
    (told,) = mistakes(book(tmp_path, overlast__code="overlasten"))
    assert told.startswith(f"{NAME}, {cell('overlast', 'code')}: De sleutel overlast")


@pytest.mark.parametrize(
    "text", ["", "overlast x", "overlast ×", "overlast 2", "overlast; overlast", "12", "a-b"]
)
def test_what_is_no_list_of_unit_values_is_no_guess(text):
    assert parts.from_text(text) is None


@pytest.mark.parametrize("garbage", ["\x01", "=A1", 1e300, -1, True, "weet ik niet"])
@pytest.mark.parametrize("column", ["code", "name", "parts", "usual_mode", "displacement", "readback"])
def test_whatever_stands_in_a_cell_it_is_judged_and_never_stops_the_program(garbage, column, tmp_path):
    library, findings = open_library(book(tmp_path, **OWN | {f"c_free__{column}": garbage}))
    assert (library is None) == any(f.level == "stop" for f in findings)
