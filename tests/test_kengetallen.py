"""The library of unit values: what it holds, what it refuses, and how amounts are indexed."""

from __future__ import annotations

import re
import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.kengetallen import shares
from toolkit.kengetallen.indexing import AFTER_LAST_YEAR, PROVISIONAL, WAGE_BY_CPI, Indexed, IndexTable
from toolkit.kengetallen.library import check_library, load_library, read_folder
from toolkit.kengetallen.picked import READBACKS, check_change
from toolkit.kengetallen.records import check_index, check_unit_value
from toolkit.kengetallen.rules import OWN_AMOUNT, PARTIES
from toolkit.kengetallen.trouble import LibraryError
from toolkit.kengetallen.wording import worded
from toolkit.model.estimate import Estimate
from toolkit.model.study import DOMAINS
from toolkit.model.unit_value import ChangePart, shares_fit
from toolkit.words.vocabulary import word

LIBRARY = load_library()
FOLDER = Path(str(resources.files("toolkit.kengetallen")))
WITHOUT_AMOUNT = {"wijkteam_uur", "huisuitzetting", "jeugdhulp", "overlast", "schooluitval"}

# code: amount, low, high, price year, series, kind, grade, longest duration
FACTS = {
    "bijstand_uitvoering": (1440, 0, 2883, 2018, "loon", "welvaart", "D", 3),
    "vrijwilligersuur": (12, 10, 14.4, 2025, "loon", "welvaart", "D", 1),
    "schuld_voorkomen": (5820, 2900, 11640, 2024, "cpi", "welvaart", "D", 3),
    "schuldhulptraject": (8121, 7310, 8930, 2022, "loon", "welvaart", "B", 1),
    "huurtoeslag_alsnog": (804, 402, 1800, 2021, "cpi", "overdracht", "B", 3),
    "toeslagen_bij_werk": (1750, 800, 3000, 2025, "cpi", "overdracht", "D", 3),
    "minimaregeling_alsnog": (1, 1, 1, 2025, "geen", "overdracht", "B", 1),
    "wmo_begeleiding": (71, 66, 80, 2024, "loon", "welvaart", "B", 1),
    "wmo_dagbesteding": (46.15, 35.76, 65.57, 2023, "loon", "welvaart", "C", 1),
    "wmo_huishoudelijke_hulp": (32.4, 29.2, 35.6, 2023, "loon", "welvaart", "C", 1),
    "wmo_uitvoering": (296, 0, 592, 2018, "loon", "welvaart", "D", 1),
    "respijtzorg": (204.21, 180.29, 255.47, 2023, "loon", "welvaart", "C", 1),
    "dagbesteding_vervoer": (14.79, 14.51, 26.6, 2023, "loon", "welvaart", "C", 1),
    "jeugdhulp_ambulant": (78, 51, 111.6, 2024, "loon", "welvaart", "C", 1),
    "jeugdhulp_dagbehandeling": (68.82, 68.82, 74.37, 2024, "loon", "welvaart", "C", 1),
    "opvangplek": (15000, 15000, 25000, 2025, "loon", "welvaart", "C", 2),
    "huisartsconsult": (30.87, 27.8, 34, 2022, "loon", "welvaart", "B", 1),
    "poh_ggz_consult": (20.85, 18.8, 22.9, 2022, "loon", "welvaart", "A", 1),
    "seh_bezoek": (258, 232, 284, 2022, "loon", "welvaart", "B", 1),
    "ambulancerit": (783.11, 740.81, 846.56, 2020, "loon", "welvaart", "B", 1),
    "verpleegdag": (644, 580, 708, 2022, "loon", "welvaart", "A", 1),
    "dagbehandeling": (335, 302, 369, 2022, "loon", "welvaart", "A", 1),
    "polikliniekbezoek": (120, 108, 132, 2022, "loon", "welvaart", "A", 1),
    "psycholoog_contact": (121, 109, 134, 2022, "loon", "welvaart", "A", 1),
    "ggz_contact": (134, 121, 147, 2022, "loon", "welvaart", "A", 1),
    "fysiotherapie": (38.89, 35, 42.8, 2022, "loon", "welvaart", "C", 1),
    "eenzaamheid_zorgkosten": (125, 0, 250, 2017, "loon", "welvaart", "C", 2),
    "mantelzorguur": (13.1, 13.1, 26.2, 2019, "loon", "welvaart", "C", 1),
    "gezondheid_qaly": (50000, 20000, 80000, 2025, "cpi", "welvaart", "C", 1),
    "ziekteverzuim": (250, 200, 319, 2022, "loon", "welvaart", "C", 1),
    "productief_uur": (39.88, 35.9, 43.9, 2022, "loon", "welvaart", "A", 1),
    "laaggeletterd_deelnemer": (575, 300, 575, 2018, "cpi", "welvaart", "C", 3),
    "voedselpakket": (43, 38.7, 47.3, 2019, "cpi", "welvaart", "B", 1),
    "energiecoach": (100, 50, 113, 2017, "cpi", "welvaart", "B", 3),
    "besparing_bewoner": (1, 1, 1, 2025, "geen", "welvaart", "B", 1),
    "conflict_opgelost": (1350, 900, 1800, 2020, "cpi", "welvaart", "D", 1),
}

# code: first day, amount, low, high and cap of each step
SERIES = {
    "bijstand_alleenstaande": [
        ("2024-01-01", 17192, 15406, 17192, None),
        ("2024-07-01", 17522, 15701, 17522, None),
        ("2025-01-01", 18017, 16145, 18017, None),
        ("2025-07-01", 18334, 16429, 18334, None),
        ("2026-01-01", 18768, 16818, 18768, None),
    ],
    "bijstand_paar": [
        ("2024-01-01", 23568, 22008, 23568, None),
        ("2024-07-01", 24020, 22431, 24020, None),
        ("2025-01-01", 24699, 23065, 24699, None),
        ("2025-07-01", 25133, 23470, 25133, None),
        ("2026-01-01", 25728, 24026, 25728, None),
    ],
    "werk_minimumloon": [
        ("2024-01-01", 26829, 13414, 33342, None),
        ("2024-07-01", 27658, 13829, 34373, None),
        ("2025-01-01", 28426, 14213, 35327, None),
        ("2025-07-01", 29113, 14556, 36181, None),
        ("2026-01-01", 29740, 14870, 36960, None),
    ],
    "minimumloon_uur": [
        ("2024-01-01", 14.33, 7.17, 17.81, None),
        ("2024-07-01", 14.77, 7.38, 18.36, None),
        ("2025-01-01", 15.18, 7.59, 18.87, None),
        ("2025-07-01", 15.55, 7.78, 19.33, None),
        ("2026-01-01", 15.89, 7.95, 19.75, None),
    ],
    "zorgtoeslag_alsnog": [
        ("2024-01-01", 855, 428, 1476, 1476),
        ("2025-01-01", 911, 455, 1572, 1572),
        ("2026-01-01", 897, 448, 1548, 1548),
    ],
    "eigen_risico": [(f"{year}-01-01", 190, 0, 385, 385) for year in (2024, 2025, 2026)],
    "vrijwilligersvergoeding": [
        ("2024-01-01", 1, 1, 1, 2100),
        ("2025-01-01", 1, 1, 1, 2100),
        ("2026-01-01", 1, 1, 1, 2200),
    ],
    "wia_wajong": [
        ("2025-01-01", 22388, 19884, 23610, None),
        ("2026-01-01", 23610, 20969, 24899, None),
    ],
    "wmo_eigen_bijdrage": [
        ("2024-01-01", 20.6, 20.6, 20.6, None),
        ("2025-01-01", 21, 21, 21, None),
        ("2026-01-01", 21.8, 21.8, 21.8, None),
    ],
}
SERIES |= {
    "bijstand_alsnog": SERIES["bijstand_alleenstaande"],
    "bijstand_alsnog_paar": SERIES["bijstand_paar"],
}
NOT_USABLE = ("laaggeletterd_samenleving", "dementie", "wlz", "ggz_client", "jeugdzorg_client", "wellby")


def record(**changed: object) -> dict[str, object]:
    """A small unit value that is in order, with some keys changed or (None) left out."""
    good: dict[str, object] = {
        "code": "fietsles",
        "name": "Fietsles gevolgd",
        "domain": "gezondheid",
        "unit": "les",
        "counting": "jaar",
        "amount": 20,
        "low": 15,
        "high": 30.5,
        "price_year": 2024,
        "amount_is": "feit",
        "index": "cpi",
        "kind": "welvaart",
        "shares": {"persoon": 0.5, "gemeente": 0.5},
        "shares_are": "aanname",
        "grade": "C",
        "max_duration": 1,
        "filled_by": "coordinator",
        "frees_cash": "nee",
        "task_field": "6.1",
        "overlaps": [],
        "vat": "incl.",
        "source": "Verzonnen",
        "source_year": 2024,
        "url": "",
        "checked_on": date(2026, 11, 22),
        "licence": "vrij",
        "note": "",
    }
    return {key: value for key, value in (good | changed).items() if value is not None}


def own_amount_record(**changed: object) -> dict[str, object]:
    absent = dict.fromkeys(("amount", "low", "high", "price_year", "source_year"))
    return record(**absent | {"amount_is": OWN_AMOUNT} | changed)


def change(**changed: object) -> dict[str, object]:
    good: dict[str, object] = {
        "code": "lessen",
        "name": "Fietslessen gevolgd",
        "unit": "lessen in het jaar",
        "unit_short": "lessen",
        "counts": "mensen",
        "domain": "gezondheid",
        "readback": "{n} mensen namen fietsles",
        "readback_one": "{n} mens nam fietsles",
        "readback_more": "{n} mensen namen juist minder fietsles",
        "readback_more_one": "{n} mens nam juist minder fietsles",
        "watch_for": "Tel lessen.",
        "displacement": 0,
        "parts": [{"kengetal": "fietsles", "factor": 2, "note": ""}],
    }
    return {key: value for key, value in (good | changed).items() if value is not None}


USUAL = {"low": 1, "mode": 2, "high": 3}
INDEX = {"cpi": [{"year": 2012, "change": 2.0, "source": "Verzonnen", "provisional": False}]}


def codes(errors: list[LibraryError]) -> list[str]:
    return [error.code for error in errors]


# What the library holds


def test_the_library_holds_what_the_sources_gave_and_its_version():
    assert LIBRARY.version == "2026-11-29"
    assert set(LIBRARY.unit_values) == {*FACTS, *SERIES, *WITHOUT_AMOUNT}
    assert len(LIBRARY.unit_values) == 52


@pytest.mark.parametrize("code", LIBRARY.unit_values)
def test_every_unit_value_has_a_source_a_unit_a_price_year_and_shares_that_fit(code):
    for entry in LIBRARY.entries[code]:
        value = entry.unit_value
        assert value.source and value.unit and value.name and value.licence
        assert value.price_year >= 2011
        assert value.checked_on in ("2026-11-22", "2026-11-29")
        assert value.domain in DOMAINS
        assert set(value.shares) <= set(PARTIES)
        assert shares_fit(value.kind, value.shares)
        assert value.counting == "instroom" or value.max_duration == 1


@pytest.mark.parametrize("code", LIBRARY.unit_values)
def test_every_unit_value_is_graded_and_an_assumed_amount_never_well(code):
    value = LIBRARY.unit_values[code]
    assert value.grade in ("A", "B", "C", "D")
    if value.amount_is == "aanname":
        assert value.grade in ("C", "D")
    assert value.shares_are in ("feit", "afgeleid", "aanname")


def test_averages_over_all_clients_and_wellbeing_are_no_unit_values():
    assert not [code for code in LIBRARY.unit_values if code.startswith(NOT_USABLE)]


@pytest.mark.parametrize("code", SERIES)
def test_a_legal_amount_has_its_steps_by_day_each_with_a_source(code):
    found = [
        (
            entry.valid_from.isoformat(),
            entry.unit_value.amount.mode,
            entry.unit_value.amount.low,
            entry.unit_value.amount.high,
            entry.unit_value.most_per_person,
        )
        for entry in LIBRARY.entries[code]
    ]
    assert found == SERIES[code]
    for entry in LIBRARY.entries[code]:
        assert str(entry.valid_from.year) in entry.unit_value.source


def test_price_level_2025_takes_the_mean_of_the_two_minimum_wages_of_2025():
    value = LIBRARY.at(2025).unit_values["werk_minimumloon"]
    assert value.amount.mode == (28426 + 29113) / 2
    assert value.amount.mode == pytest.approx((14.06 + 14.40) / 2 * 36 * 52 * 1.08, abs=0.5)


@pytest.mark.parametrize("code", FACTS)
def test_amounts_are_those_of_the_sources(code):
    value = LIBRARY.unit_values[code]
    found = (value.amount.mode, value.amount.low, value.amount.high, value.price_year)
    assert (*found, value.index, value.kind, value.grade, value.max_duration) == FACTS[code]
    assert value.amount.low <= value.amount.mode <= value.amount.high


@pytest.mark.parametrize("code", sorted(WITHOUT_AMOUNT))
def test_where_no_public_source_exists_the_municipality_gives_its_own_amount(code):
    value = LIBRARY.unit_values[code]
    assert value.amount is None
    assert value.amount_is == OWN_AMOUNT


def test_every_column_of_a_unit_value_is_carried():
    value = LIBRARY.unit_values["schuld_voorkomen"]
    assert value.shares == {"marktpartijen": 0.4, "gemeente": 0.3, "rijk": 0.2, "zorgverzekeraars": 0.1}
    assert value.overlaps == ("schuldhulptraject", "ziekteverzuim", "psycholoog_contact", "huisuitzetting")
    assert (value.counting, value.unit, value.domain) == ("instroom", "huishouden per jaar", "schulden")
    assert (value.amount_is, value.shares_are, value.filled_by) == ("aanname", "aanname", "coordinator")
    assert (value.frees_cash, value.task_field, value.vat) == ("nee", "6.3", "n.v.t.")
    assert (value.source_year, value.url, value.licence) == (2024, "rijksoverheid.nl", "feit, vrij te noemen")
    assert value.source.startswith("Panteia, Hogeschool Utrecht en Nibud")
    assert value.note.startswith("Een gemiddelde is niet wat een voorkomen geval bespaart")


def test_welfare_moves_from_person_and_state_to_the_municipality():
    shares = LIBRARY.unit_values["bijstand_alleenstaande"].shares
    assert shares == {"gemeente": 1, "persoon": -0.9, "rijk": -0.1}
    assert -shares["persoon"] == pytest.approx(1401.50 / 1564, abs=0.005)


@pytest.mark.parametrize(
    ("level", "allowance", "health"), [(2024, 2100, 1476), (2025, 2100, 1572), (2026, 2200, 1548)]
)
def test_what_the_law_allows_at_most_per_person_follows_the_price_level(level, allowance, health):
    values = LIBRARY.at(level).unit_values
    limits = {code: v.most_per_person for code, v in values.items() if v.most_per_person}
    assert limits == {
        "eigen_risico": 385.0,
        "vrijwilligersvergoeding": allowance,
        "zorgtoeslag_alsnog": health,
    }


def test_a_tariff_of_another_municipality_says_whose_and_asks_to_be_replaced():
    tariffs = {code: v for code, v in LIBRARY.unit_values.items() if v.tariff_of}
    assert set(tariffs) == {
        "wmo_dagbesteding",
        "wmo_huishoudelijke_hulp",
        "respijtzorg",
        "dagbesteding_vervoer",
        "jeugdhulp_ambulant",
        "jeugdhulp_dagbehandeling",
    }
    noted = {
        code for code, v in LIBRARY.unit_values.items() if v.note.startswith("Tarief van een andere gemeente")
    }
    assert noted == set(tariffs)
    assert all(place in v.source for v in tariffs.values() for place in v.tariff_of.split(" en "))


# The changes a coordinator picks


def test_every_unit_value_is_reached_by_a_change_or_is_meant_for_researchers():
    reached = {part.kengetal for change in LIBRARY.changes.values() for part in change.parts}
    rest = {code: value for code, value in LIBRARY.unit_values.items() if code not in reached}
    assert set(rest) == {"wia_wajong", "gezondheid_qaly", "productief_uur"}
    assert all(value.filled_by == "onderzoeker" and value.note for value in rest.values())


def test_work_found_from_welfare_is_a_package_with_the_lost_allowance():
    found = LIBRARY.changes["werk_uit_bijstand"]
    assert {part.kengetal: part.factor for part in found.parts} == {
        "werk_minimumloon": 1,
        "bijstand_alleenstaande": 1,
        "bijstand_uitvoering": 1,
        "toeslagen_bij_werk": 1,
    }
    assert LIBRARY.unit_values["toeslagen_bij_werk"].amount_is == "aanname"


def test_only_paid_work_has_displacement_by_default():
    displaced = {code: c.displacement for code, c in LIBRARY.changes.items() if c.displacement}
    assert displaced == {
        "werk_uit_bijstand": 0.3,
        "werk_uit_bijstand_paar": 0.3,
        "werk_zonder_uitkering": 0.3,
        "werk_uren": 0.3,
    }


PICKED = {**LIBRARY.changes, **LIBRARY.unpriced}


@pytest.mark.parametrize("code", PICKED)
def test_every_change_reads_back_as_four_short_phrases_that_count_people(code):
    phrases = [getattr(PICKED[code], key) for key in READBACKS]
    assert len(set(phrases)) == 4
    for phrase in phrases:
        assert "14" in phrase.format(n=14)
        assert len(phrase) <= 75 and not phrase.endswith(".")
        assert re.search(r"\{n\} (mens|huishouden|vrijwilliger|mantelzorger|kind|jongere|ouder)", phrase)
    assert PICKED[code].watch_for.endswith(".")


def test_there_are_enough_changes_of_every_domain_in_the_order_of_the_domains():
    assert len(LIBRARY.changes) >= 45 and len(LIBRARY.unpriced) >= 26
    for changes in (LIBRARY.changes, LIBRARY.unpriced):
        places = [DOMAINS.index(change.domain) for change in changes.values()]
        assert places == sorted(places) and set(places) == set(range(len(DOMAINS)))
    assert all(c.domain == LIBRARY.unit_values[c.parts[0].kengetal].domain for c in LIBRARY.changes.values())


CARE = ("wmo_", "jeugdhulp", "respijtzorg", "dagbesteding", "wijkteam_uur", "opvangplek", "schuldhulptraject")
CARE += ("huisartsconsult", "poh_ggz", "seh_", "ambulance", "verpleegdag", "dagbehandeling", "polikliniek")
CARE += ("psycholoog", "ggz_", "fysiotherapie")


def test_a_care_team_is_asked_of_all_care_and_of_nothing_else():
    asked = {c.code for c in LIBRARY.changes.values() if c.asked_of == "wijkteam"}
    care = {c.code for c in LIBRARY.changes.values() if c.parts[0].kengetal.startswith(CARE)}
    assert asked == care


def test_only_what_is_cheap_and_common_has_a_usual_quantity():
    usual = {c.code: (c.usual.low, c.usual.mode, c.usual.high) for c in LIBRARY.changes.values() if c.usual}
    assert usual == {
        "gemeentelijke_regeling": (50, 150, 300),
        "spullen_gemaakt": (10, 25, 40),
        "goedkoop_gegeten": (12, 36, 78),
        "geld_bespaard": (12, 36, 60),
        "voedselpakketten": (6, 13, 26),
        "vrijwilligersvergoeding": (60, 180, 360),
        "vrijwilligersuren": (50, 120, 234),
        "conflict_opgelost": (0.25, 0.5, 0.5),
    }
    assert all(c.usual_source for c in LIBRARY.changes.values() if c.usual)


# The library at a price level


def library_with(*records: dict[str, object]):
    library, errors = check_library("2026-11-22", records, [], INDEX)
    assert errors == []
    return library


def series(*steps: tuple[date, float], **rest: object) -> dict[str, object]:
    """A record whose amount changes on given days, with a range of 1 either side."""
    absent = dict.fromkeys(("amount", "low", "high", "price_year", "source_year", "source"))
    made = [
        {"from": day, "amount": a, "low": a - 1, "high": a + 1, "source": f"Wet van {day.year}"}
        for day, a in steps
    ]
    return record(**absent | {"series": made} | rest)


YEARS = (date(2024, 1, 1), 20.0), (date(2025, 1, 1), 24.0), (date(2025, 7, 1), 30.0), (date(2026, 4, 1), 40.0)


@pytest.mark.parametrize(
    ("level", "amount", "price_year"),
    [(2023, 20, 2024), (2024, 20, 2024), (2025, 30, 2025), (2030, 40, 2026)],
)
def test_the_price_level_picks_the_last_entry_that_has_started(level, amount, price_year):
    value = library_with(series(*YEARS, index="geen")).at(level).unit_values["fietsles"]
    assert (value.amount.mode, value.price_year) == (amount, price_year)


@pytest.mark.parametrize(
    ("level", "amount"), [(2023, 20), (2024, 20), (2025, 27), (2026, (3 * 30 + 9 * 40) / 12), (2027, 40)]
)
def test_a_legal_amount_is_the_mean_over_the_months_of_the_year(level, amount):
    found = library_with(series(*YEARS, index="wet")).at(level).unit_values["fietsles"].amount
    assert (found.low, found.mode, found.high) == pytest.approx((amount - 1, amount, amount + 1))


def test_months_before_the_first_known_amount_count_for_none():
    late = library_with(series((date(2025, 10, 1), 12.0), (date(2025, 12, 1), 30.0), index="wet"))
    assert late.at(2025).unit_values["fietsles"].amount.mode == pytest.approx((2 * 12 + 30) / 3)


def test_each_step_has_its_own_source_price_year_and_cap():
    steps = [
        {"from": date(y, 1, 1), "amount": 1, "low": 1, "high": 1, "source": f"Wet {y}", "most_per_person": y}
        for y in (2024, 2025)
    ]
    library = library_with(series(index="geen") | {"series": steps})
    for year in (2024, 2025):
        value = library.at(year).unit_values["fietsles"]
        assert (value.source, value.source_year, value.price_year) == (f"Wet {year}", year, year)
        assert value.most_per_person == year
    assert library.unit_values["fietsles"].source == "Wet 2025"


def test_a_library_stays_at_the_price_level_it_was_brought_to():
    at_level = library_with(series(*YEARS, index="wet")).at(2024)
    assert at_level.at(2026) == at_level


def test_an_amount_still_to_be_given_is_there_at_any_price_level():
    assert library_with(own_amount_record()).at(2012).unit_values["fietsles"].amount is None


def test_an_indexed_amount_of_a_later_year_is_used_at_an_earlier_price_level():
    assert library_with(record(price_year=2025)).at(2020).unit_values["fietsles"].price_year == 2025


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"from": "2025-01-01"}, "library_wrong_type"),
        ({"amount": None}, "library_missing_key"),
        ({"until": 2026}, "library_unknown_key"),
        ({"low": 30}, "library_range_reversed"),
    ],
)
def test_a_step_that_is_not_in_order_is_told(wrong, code):
    step = {"from": date(2025, 1, 1), "amount": 20, "low": 19, "high": 21, "source": "Wet"} | wrong
    given = series() | {"series": [{k: v for k, v in step.items() if v is not None}]}
    library, errors = check_library("2026-11-22", [given], [], INDEX)
    assert library is None
    assert [error.code for error in errors] == [code]


def test_two_steps_on_one_day_are_told():
    twice = series(YEARS[0], YEARS[0])
    _, errors = check_library("2026-11-22", [twice], [], INDEX)
    assert [error.code for error in errors] == ["library_duplicate"]


# What a record may not be


@pytest.mark.parametrize(
    ("changed", "code", "fact"),
    [
        ({"bedrag": 3}, "library_unknown_key", {"key": "bedrag"}),
        ({"sorce": "x"}, "library_unknown_key", {"key": "sorce", "nearest": "source"}),
        ({"source": None}, "library_missing_key", {"key": "source"}),
        ({"amount": None}, "library_missing_key", {"key": "amount"}),
        ({"source": "  "}, "library_wrong_type", {"key": "source", "expected": "filled_text"}),
        ({"amount": "20"}, "library_wrong_type", {"key": "amount", "expected": "number"}),
        ({"amount": True}, "library_wrong_type", {"key": "amount", "value": True}),
        ({"high": float("inf")}, "library_wrong_type", {"key": "high"}),
        ({"high": 10**400}, "library_wrong_type", {"key": "high"}),
        ({"price_year": 2024.5}, "library_wrong_type", {"key": "price_year", "expected": "year"}),
        ({"checked_on": "22-11-2026"}, "library_wrong_type", {"key": "checked_on", "expected": "date"}),
        ({"shares": {"gemeente": "1"}}, "library_wrong_type", {"key": "shares"}),
        ({"shares": {"gemeente": float("nan")}}, "library_wrong_type", {"key": "shares"}),
        ({"overlaps": "psycholoog"}, "library_wrong_type", {"key": "overlaps", "expected": "codes"}),
        ({"code": "Fiets les"}, "library_wrong_type", {"key": "code", "expected": "code"}),
        ({"note": 3}, "library_wrong_type", {"key": "note", "expected": "text"}),
        ({"most_per_person": 0}, "library_wrong_type", {"key": "most_per_person", "expected": "positive"}),
        ({"tariff_of": " "}, "library_wrong_type", {"key": "tariff_of", "expected": "filled_text"}),
        ({"domain": "sport"}, "library_not_in_list", {"key": "domain", "value": "sport"}),
        ({"kind": "winst"}, "library_not_in_list", {"key": "kind"}),
        ({"counting": "maand"}, "library_not_in_list", {"key": "counting"}),
        ({"index": "bbp"}, "library_not_in_list", {"key": "index"}),
        ({"grade": "E"}, "library_not_in_list", {"key": "grade", "allowed": ("A", "B", "C", "D")}),
        ({"amount_is": "gok"}, "library_not_in_list", {"key": "amount_is"}),
        ({"shares_are": "gok"}, "library_not_in_list", {"key": "shares_are"}),
        ({"filled_by": "raad"}, "library_not_in_list", {"key": "filled_by"}),
        ({"vat": "21%"}, "library_not_in_list", {"key": "vat"}),
        ({"frees_cash": "neen"}, "library_not_in_list", {"key": "frees_cash"}),
        ({"shares": {"koning": 1}}, "library_unknown_party", {"party": "koning"}),
        ({"shares": {"persoon": 0.5}}, "library_shares_do_not_fit", {"kind": "welvaart", "total": 0.5}),
        ({"shares": {}}, "library_shares_do_not_fit", {"total": 0}),
        ({"shares": {"persoon": 70, "gemeente": 30}}, "library_share_above_whole", {}),
        ({"kind": "overdracht"}, "library_transfer_does_not_cancel", {"gained": 1, "paid": 0}),
        ({"low": 21}, "library_range_out_of_order", {"low": 21, "amount": 20, "high": 30.5}),
        ({"low": 31}, "library_range_reversed", {"low": 31, "high": 30.5}),
        ({"high": 19}, "library_range_out_of_order", {"high": 19}),
        ({"price_year": 2010}, "library_price_year_too_early", {"year": 2010, "first_year": 2011}),
        ({"price_year": 2027}, "library_year_ahead", {"key": "price_year", "year": 2027, "checked": 2026}),
        ({"price_year": 2028, "index": "wet"}, "library_year_ahead", {"year": 2028}),
        ({"source_year": 2030}, "library_year_ahead", {"key": "source_year"}),
        ({"max_duration": 2}, "library_duration_does_not_fit", {"counting": "jaar", "duration": 2}),
        ({"counting": "instroom", "max_duration": 0}, "library_duration_does_not_fit", {"duration": 0}),
    ],
)
def test_a_spoilt_unit_value_is_refused_with_what_is_wrong(changed, code, fact):
    value, errors = check_unit_value(record(**changed))
    assert value is None
    assert codes(errors) == [code]
    assert fact.items() <= errors[0].facts.items()
    assert errors[0].facts["where"] == changed.get("code", "fietsles")


def test_an_amount_beside_the_demand_for_an_own_amount_is_refused():
    value, errors = check_unit_value(own_amount_record(amount=5))
    assert value is None
    assert codes(errors) == ["library_amount_not_expected"]
    assert errors[0].facts["keys"] == ("amount",)


def test_a_unit_value_that_is_in_order_keeps_its_figures():
    entry, errors = check_unit_value(record())
    assert errors == []
    assert (entry.unit_value.amount.mode, entry.unit_value.amount.high) == (20, 30.5)
    assert entry.unit_value.checked_on == "2026-11-22"


def test_all_that_is_wrong_with_a_unit_value_is_told_at_once():
    _, errors = check_unit_value(record(domain="sport", low=40, price_year=1999))
    assert codes(errors) == [
        "library_not_in_list",
        "library_range_reversed",
        "library_price_year_too_early",
    ]


def test_a_value_of_the_wrong_type_does_not_hide_what_else_is_wrong():
    _, errors = check_unit_value(record(url=3, amount=None, low=40, shares={"koning": 1}, price_year=2005))
    assert codes(errors) == [
        "library_missing_key",
        "library_wrong_type",
        "library_unknown_party",
        "library_range_reversed",
        "library_price_year_too_early",
    ]


def test_a_legal_amount_may_be_checked_shortly_before_its_year():
    assert check_unit_value(record(price_year=2027, index="wet"))[1] == []


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(record())), st.none() | st.text() | st.floats() | st.lists(st.text())
    )
)
def test_whatever_stands_in_a_record_it_is_judged_and_never_stops_the_program(changed):
    entry, errors = check_unit_value(record(**changed))
    assert (entry is None) == bool(errors)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"naam": "x"}, "library_unknown_key"),
        ({"watch_for": None}, "library_missing_key"),
        ({"displacement": "0"}, "library_wrong_type"),
        ({"parts": ["fietsles"]}, "library_wrong_type"),
        ({"parts": [{"kengetal": "fietsles", "factor": 1}]}, "library_missing_key"),
        ({"parts": [{"kengetal": "fietsles", "factor": 0, "note": ""}]}, "library_factor_zero"),
        ({"parts": [{"kengetal": "fietslas", "factor": 1, "note": ""}]}, "library_unknown_kengetal"),
        ({"displacement": 30}, "library_not_a_share"),
        ({"readback": "lessen werden gevolgd"}, "library_readback_without_number"),
        ({"readback": "{n} lessen voor {wie}"}, "library_readback_without_number"),
        ({"readback_one": "één les werd gevolgd"}, "library_readback_without_number"),
        ({"readback_more": "niemand nam les"}, "library_readback_without_number"),
        ({"unit": None}, "library_missing_key"),
        ({"unit_short": None}, "library_missing_key"),
        ({"counts": "uren"}, "library_not_in_list"),
        ({"domain": "fietsen"}, "library_not_in_list"),
        ({"asked_of": "huisarts"}, "library_not_in_list"),
        ({"unit": "huishoudens", "unit_short": None}, "library_counts_differ"),
        ({"usual": {"low": 1, "mode": 2}, "usual_source": "Aanname"}, "library_wrong_type"),
        ({"usual": USUAL}, "library_missing_key"),
        ({"usual": USUAL | {"mode": 0.5}, "usual_source": "Aanname"}, "library_usual_out_of_order"),
        ({"usual": USUAL, "usual_source": "Aanname", "asked_of": "wijkteam"}, "library_usual_of_care"),
        ({"usual": USUAL, "usual_source": "Aanname", "unit": "mensen"}, "library_usual_of_people"),
    ],
)
def test_a_spoilt_change_is_refused(changed, code):
    known = library_with(record()).unit_values
    found, errors = check_change(change(**changed), known)
    assert found is None
    assert codes(errors) == [code]


def test_a_change_that_is_in_order_keeps_its_parts():
    found, errors = check_change(change(), library_with(record()).unit_values)
    assert errors == []
    assert found.parts == (ChangePart("fietsles", 2.0, ""),)
    assert found.usual is None


def test_a_change_has_a_usual_quantity_with_its_source():
    known = library_with(record()).unit_values
    found, errors = check_change(change(usual=USUAL, usual_source="Aanname: een les per seizoen"), known)
    assert errors == []
    assert (found.usual, found.usual_source) == (Estimate(2.0, 1.0, 3.0), "Aanname: een les per seizoen")


def test_a_change_without_a_price_counts_people_and_needs_no_unit():
    found, errors = check_change(change(parts=[], unit=None, unit_short=None, displacement=None), {})
    assert errors == []
    assert (found.priced, found.unit, found.of_people) == (False, "mensen", True)
    library, errors = check_library(
        "v", [record()], [change(), change(code="trots", name="Trots", parts=[])], INDEX
    )
    assert errors == []
    assert (list(library.changes), list(library.unpriced)) == (["lessen"], ["trots"])


def test_two_changes_have_different_names():
    _, errors = check_library("v", [record()], [change(), change(code="anders")], INDEX)
    assert [(e.code, e.facts) for e in errors] == [("library_duplicate", {"where": "Fietslessen gevolgd"})]


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        (
            "library_counts_differ",
            {"where": "lessen", "unit": "huishoudens", "counts": "mensen"},
            'Verandering lessen: de eenheid is "huishoudens" en geteld worden mensen; dat zijn niet '
            "dezelfde. Maak ze gelijk, of kies een andere eenheid.",
        ),
        (
            "library_usual_of_people",
            {"where": "lessen", "unit": "mensen"},
            'Verandering lessen: er staat een gebruikelijk aantal, maar de eenheid is al "mensen": het '
            "formulier vraagt dan geen totaal. Haal het gebruikelijke aantal weg.",
        ),
        (
            "library_usual_of_care",
            {"where": "lessen"},
            "Verandering lessen: er staat een gebruikelijk aantal, maar alleen het wijkteam weet hoeveel "
            "zorg er minder nodig was; een gebruikelijk aantal zou een besparing verzinnen. Haal het weg.",
        ),
    ],
)
def test_what_does_not_fit_whom_a_change_counts_is_said(code, facts, said):
    assert word(f"messages.{code}.text", **facts) == said


def test_the_parts_of_a_change_share_one_counting():
    known = library_with(record(), record(code="fiets", counting="instroom")).unit_values
    parts = [{"kengetal": code, "factor": 1, "note": ""} for code in ("fietsles", "fiets")]
    _, errors = check_change(change(parts=parts), known)
    assert codes(errors) == ["library_countings_differ"]


def test_an_overlap_names_a_known_unit_value():
    _, errors = check_library("v", [record(overlaps=["fietslessen"])], [], INDEX)
    assert codes(errors) == ["library_unknown_kengetal"]
    assert errors[0].facts == {"where": "fietsles", "code": "fietslessen", "nearest": "fietsles"}


def test_two_entries_of_one_code_start_on_different_days():
    _, errors = check_library("v", [record(), record(amount=21)], [], INDEX)
    assert codes(errors) == ["library_duplicate"]


def test_two_changes_have_different_codes():
    _, errors = check_library("v", [record()], [change(), change()], INDEX)
    assert codes(errors) == ["library_duplicate"]


def test_errors_of_several_unit_values_are_told_at_once_and_cause_no_others():
    records = [record(grade="E"), record(code="fiets", grade="F")]
    _, errors = check_library("v", records, [change()], INDEX)
    assert [error.facts["where"] for error in errors] == ["fietsles", "fiets"]


# Reading the files


@pytest.fixture
def folder(tmp_path):
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_municipality_can_keep_its_own_folder(folder):
    replace(folder / "ondersteuning.toml", "amount = 71\n", "amount = 71.5\n")
    replace(folder / "ondersteuning.toml", "version = 2026-11-29", "version = 2027-02-01")
    own, errors = read_folder(folder)
    assert errors == []
    assert own.unit_values["wmo_begeleiding"].amount.mode == 71.5
    assert own.version == "2027-02-01"


def test_the_library_is_read_once():
    assert load_library() is LIBRARY


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("werk.toml", "version = 2026-11-29", "versie = 2026-11-22", "library_unknown_key"),
        ("werk.toml", "version = 2026-11-29\n", "", "library_missing_key"),
        ("werk.toml", "version = 2026-11-29", 'version = "1"', "library_wrong_type"),
        ("werk.toml", "amount = 12\n", "amount = 12,50\n", "library_file_unreadable"),
        ("werk.toml", "amount = 12\n", f"amount = {'9' * 5000}\n", "library_file_unreadable"),
        ("werk.toml", "low = 14870", "low = 99999", "library_range_reversed"),
        ("index.toml", "cpi = [", "cip = [", "library_unknown_key"),
        ("peers.toml", "ratio = 1.6", "ratio = 0", "library_wrong_type"),
        ("peers.toml", "[[peer]]", "[[pear]]", "library_unknown_key"),
        ("changes.toml", '"werk_minimumloon"', '"werk_maximumloon"', "library_unknown_kengetal"),
    ],
)
def test_a_spoilt_file_is_refused(folder, file, old, new, code):
    replace(folder / file, old, new)
    library, errors = read_folder(folder)
    assert library is None
    # a key that was misspelt is missing too
    assert [c for c in codes(errors) if c == code or code != "library_unknown_key"] == [code]


def test_all_files_of_a_folder_are_judged_at_once(folder):
    replace(folder / "werk.toml", "low = 14870", "low = 99999")
    replace(folder / "werk.toml", 'grade = "C"', 'grade = "E"')
    replace(folder / "index.toml", "year = 2015", "year = 2014")
    replace(folder / "changes.toml", '"werk_minimumloon"', '"werk_maximumloon"')
    (folder / "schulden.toml").write_text("amount = 12,50", encoding="utf-8")
    (folder / "peers.toml").unlink()
    library, errors = read_folder(folder)
    assert library is None
    assert codes(errors) == [
        "library_file_unreadable",
        "library_file_missing",
        "library_year_twice",
        "library_year_missing",
        "library_not_in_list",
        "library_range_reversed",
    ]
    assert errors[0].facts["file"] == "schulden.toml"


def test_a_file_that_is_not_text_is_refused(folder):
    (folder / "extra.toml").write_bytes(b"\xff\xfe\x00")
    _, errors = read_folder(folder)
    assert codes(errors) == ["library_file_unreadable"]
    assert errors[0].facts["file"] == "extra.toml"


@pytest.mark.parametrize("file", ["changes.toml", "zonder_prijs.toml", "index.toml", "peers.toml"])
def test_a_folder_without_changes_index_or_peers_is_refused(folder, file):
    (folder / file).unlink()
    _, errors = read_folder(folder)
    assert [(error.code, error.facts) for error in errors] == [("library_file_missing", {"file": file})]


# The price index


@pytest.mark.parametrize(
    ("from_year", "to_year", "expected"),
    [
        (2011, 2012, 1.025),
        (2011, 2013, 1.050625),
        (2022, 2025, 1.107638382),
        (2021, 2025, 1.2184022202),
        (2023, 2025, 1.067089),
        (2024, 2025, 1.033),
        (2025, 2024, 1 / 1.033),
    ],
)
def test_amounts_follow_the_consumer_price_index(from_year, to_year, expected):
    found = LIBRARY.index.factor("cpi", from_year, to_year)
    assert found.factor == pytest.approx(expected, rel=1e-12)
    assert found.remarks == ()


def test_the_changes_are_those_of_the_source():
    changes = {c.year: c.change for c in LIBRARY.index.series["cpi"]}
    assert list(changes) == list(range(2012, 2027))
    assert [changes[year] for year in range(2012, 2020)] == [2.5, 2.5, 1.0, 0.6, 0.3, 1.4, 1.7, 2.6]
    assert [changes[year] for year in range(2020, 2027)] == [1.3, 2.7, 10.0, 3.8, 3.3, 3.3, 2.3]
    assert [c.year for c in LIBRARY.index.series["cpi"] if c.provisional] == [2026]
    assert all(c.source for c in LIBRARY.index.series["cpi"])


def test_a_factor_that_uses_the_forecast_says_so():
    found = LIBRARY.index.factor("cpi", 2025, 2026)
    assert found.factor == pytest.approx(1.023)
    assert found.remarks == (PROVISIONAL,)


def test_a_year_after_the_last_known_counts_as_the_last_known_and_is_reported():
    found = LIBRARY.index.factor("cpi", 2025, 2030)
    assert found.factor == LIBRARY.index.factor("cpi", 2025, 2026).factor
    assert found.remarks == (AFTER_LAST_YEAR, PROVISIONAL)
    assert LIBRARY.index.factor("cpi", 2030, 2026) == Indexed(1.0, (AFTER_LAST_YEAR,))


def test_in_a_library_without_a_wage_series_wages_follow_prices_with_a_remark():
    bare = IndexTable({"cpi": LIBRARY.index.series["cpi"]})
    found = bare.factor("loon", 2022, 2025)
    assert found.factor == pytest.approx(1.107638382)
    assert found.remarks == (WAGE_BY_CPI,)
    assert (bare.followed("loon"), bare.last_year("loon")) == ("cpi", 2026)


def test_wages_have_a_series_of_their_own():
    changes = {c.year: c for c in LIBRARY.index.series["loon"]}
    assert list(changes) == list(range(2012, 2026))
    assert [changes[y].change for y in range(2012, 2019)] == [1.4, 1.3, 0.9, 1.4, 1.8, 1.4, 2.1]
    assert [changes[y].change for y in range(2019, 2026)] == [2.5, 2.9, 2.1, 3.2, 6.1, 6.6, 5.0]
    assert [y for y, c in changes.items() if c.provisional] == [2013]
    assert all(c.source.startswith("Raming" if c.provisional else "CBS, cao-lonen") for c in changes.values())


def test_wages_rose_by_a_quarter_from_2020_to_2025():
    """Statistics Netherlands said 25.1 % itself, on 31 December 2025."""
    found = LIBRARY.index.factor("loon", 2020, 2025)
    assert found.remarks == ()
    assert round(100 * (found.factor - 1), 1) == 25.1


def test_after_the_last_wage_year_the_last_one_counts():
    assert LIBRARY.index.factor("loon", 2025, 2026) == Indexed(1.0, (AFTER_LAST_YEAR,))
    assert LIBRARY.index.last_year("loon") == 2025


@pytest.mark.parametrize("name", ["wet", "geen"])
def test_legal_amounts_and_reported_euros_are_not_indexed(name):
    assert LIBRARY.index.factor(name, 2015, 2026) == Indexed(1.0, ())


@settings(deadline=None)
@given(st.integers(1900, 2100), st.text())
def test_equal_years_give_exactly_one_and_ask_no_series(year, series):
    assert IndexTable({}).factor(series, year, year) == Indexed(1.0, ())


@pytest.mark.parametrize(("from_year", "to_year"), [(2010, 2025), (2025, 2010)])
def test_a_year_before_the_index_is_an_error(from_year, to_year):
    with pytest.raises(LibraryError, match=r"price_year_too_early .*2010") as caught:
        LIBRARY.index.factor("cpi", from_year, to_year)
    assert caught.value.facts == {"year": 2010, "first_year": 2011}


def test_an_unknown_series_is_an_error():
    with pytest.raises(LibraryError, match=r"unknown_series .*bbp"):
        LIBRARY.index.factor("bbp", 2020, 2025)


@settings(deadline=None)
@given(st.integers(2011, 2026), st.integers(2011, 2026))
def test_there_and_back_again_gives_the_same_amount(first, second):
    there = LIBRARY.index.factor("cpi", first, second).factor
    back = LIBRARY.index.factor("cpi", second, first).factor
    assert there * back == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize(
    ("years", "code"),
    [
        ([], "library_year_missing"),
        ([{"year": 2013, "change": 1, "source": "x", "provisional": False}], "library_year_missing"),
        ([{"year": 2020, "change": 1, "source": "x", "provisional": False}], "library_years_missing"),
        ([{"year": 2012, "change": -100, "source": "x", "provisional": False}], "library_wrong_type"),
        ([{"year": 2012, "change": 1, "source": "x", "provisional": 0}], "library_wrong_type"),
        ([{"year": 2012, "change": 1, "source": "", "provisional": False}], "library_wrong_type"),
        ([{"year": 2012, "change": 1, "source": "x"}], "library_missing_key"),
        (["2012"], "library_wrong_type"),
    ],
)
def test_a_spoilt_index_is_refused(years, code):
    table, errors = check_index({"cpi": years})
    assert table is None
    assert codes(errors) == [code]


def years(*numbers: int) -> list[dict[str, object]]:
    return [{"year": n, "change": 1.0, "source": "Verzonnen", "provisional": False} for n in numbers]


def test_the_years_of_an_index_may_stand_in_any_order():
    table, errors = check_index({"cpi": years(2014, 2012, 2013)})
    assert errors == []
    assert [year.year for year in table.series["cpi"]] == [2012, 2013, 2014]


def test_years_that_are_missing_twice_or_too_early_are_told_at_once():
    _, errors = check_index({"cpi": years(2011, 2012, 2013, 2013, 2015, 2019)})
    assert [(error.code, error.facts["year"], error.facts.get("last")) for error in errors] == [
        ("library_year_twice", 2013, None),
        ("library_year_before_index", 2011, None),
        ("library_year_missing", 2014, None),
        ("library_years_missing", 2016, 2018),
    ]


# What is written and read as text


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(PARTIES),
        st.floats(-2, 2, allow_nan=False).filter(lambda share: share == 0 or abs(share) > 1e-9),
        min_size=1,
    )
)
def test_shares_as_text_are_read_back_exactly(held):
    assert shares.from_text(shares.as_text(held)) == held


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"value": ["a", "b"]}, "a, b"),
        ({"value": ()}, "leeg"),
        ({"value": True}, "ja"),
        ({"value": 0.5}, "0,5"),
        ({"value": 2030}, "2030"),
        ({"value": date(2026, 2, 3)}, "3-2-2026"),
        ({"value": {"gemeente": 0.7, "rijk": 0.3}}, "gemeente 70%, rijk 30%"),
        ({"value": {"gemeente": "veel"}}, "gemeente veel"),
        ({"value": float("nan")}, "nan"),
        ({"value": "", "allowed": ("uit_kosten", "welvaart")}, "leeg"),
        ({"value": None}, "leeg"),
    ],
)
def test_facts_are_worded_as_a_person_would_write_them(facts, text):
    found = worded(facts)
    assert str(found["value"]) == text
    assert found.get("allowed", "uit_kosten, welvaart") == "uit_kosten, welvaart"


def test_a_type_is_told_in_dutch():
    assert worded({"expected": "filled_text"}) == {"expected": "tekst"}
