"""Is this believable? Each finding appears where it should and stays away where it should not."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from forms import change, examples
from hypothesis import given
from hypothesis import strategies as st
from studies import cost, effect, initiative, portfolio, portfolios

from toolkit.app import walk
from toolkit.kengetallen.indexing import IndexTable
from toolkit.kengetallen.library import load_library
from toolkit.kengetallen.peers import DEFINITIONS, GROSS, check_peers, comparable
from toolkit.method import plausibility
from toolkit.method.appraisal import appraise_study
from toolkit.method.plausibility import doubts
from toolkit.method.plausibility.sources import INDEX_CODES
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.model.initiative import TargetGroup
from toolkit.model.portfolio import Overlap, Portfolio
from toolkit.words.vocabulary import located, sentence

LIBRARY = load_library()
CHECKED = date.fromisoformat(LIBRARY.version)
PACKAGE = Path(plausibility.__file__).parent


def told(study: Portfolio, on: date = CHECKED, library=LIBRARY) -> list[Finding]:
    """All doubts about a study; each has a whole sentence."""
    found = doubts(study, appraise_study(study, library.index), library, on)
    for finding in found:
        words = sentence(finding)
        assert words.endswith(".") and "{" not in words and ".." not in words.replace("...", "")
    return found


def codes(study: Portfolio, **more) -> set[str]:
    return {finding.code for finding in told(study, **more)}


def one(study: Portfolio, code: str, **more) -> Finding:
    (finding,) = [f for f in told(study, **more) if f.code == code]
    return finding


def valued(code: str, *inflow: float, amount: float | None = None, **rest):
    """An effect on a unit value of the library, in a row of its own; `amount` replaces the library's."""
    value = replace(LIBRARY.unit_values[code], **rest.pop("value", {}))
    if amount is not None:
        value = replace(value, amount=Estimate(amount), index="geen", own=True)
    row = rest.pop("row", code)
    cells = {"reach": f"Wat verandert er!E-{row}", "change": f"Wat verandert er!B-{row}"}
    given = {"deadweight": 0.3, "target_group": "Gasten", "row": row, "change": value.name, "cells": cells}
    numbers = inflow or (1.0,)
    return effect(0.0, *numbers, code=f"{row}.{code}", unit_value=value, **given | {"grade": "A"} | rest)


def group(people: float | None = 20.0, **rest) -> TargetGroup:
    return TargetGroup(**{"name": "Gasten", "people": people} | rest)


def study(*parts, groups=(), area="", code="A", about=None, **settings) -> Portfolio:
    """A study of one initiative that costs so much that nothing about its ratio stands out."""
    given = {
        "file": "a.xlsx",
        "area": area,
        "about": {"used_more": "nergens van"} if about is None else about,
    }
    for name in ("participants", "residents", "counted"):
        if name in settings:
            given[name] = settings.pop(name)
    money = () if settings.pop("free", False) else (cost(1e6),)
    return portfolio(initiative(*parts, *money, target_groups=groups, code=code, **given), **settings)


def two(
    first_area: str, second_area: str, second="besparing_bewoner", people=None, answered=True
) -> Portfolio:
    """Two initiatives and, where `answered`, a row for the people who come to both."""
    parts = [
        study(valued(code), area=area, code=name).initiatives[0]
        for name, code, area in (("A", "besparing_bewoner", first_area), ("B", second, second_area))
    ]
    overlaps = (Overlap("A", "B", people),) if answered else ()
    return portfolio(*parts, overlaps=overlaps)


VOLUNTEERS = "vrijwilligersvergoeding"
PLAIN = valued("besparing_bewoner", 100.0)
WELLBEING = effect(100.0, 1.0, code="W", target_group="Gasten", deadweight=0.3, name="Meer welbevinden")
RATES = (effect(1.0, 0.0, 230.0, code="E", grade="A", deadweight=Estimate(0.0)), cost(100.0, 0.0, 132.0))


def paid(amount: float, people: float | None = 20.0, **rest) -> Portfolio:
    return study(valued(VOLUNTEERS, amount), groups=(group(people, **rest),))


def priced(year: int, level: int = 2025, index: str = "cpi", **rest) -> Portfolio:
    value = {"price_year": year, "index": index, **rest}
    return study(valued("huisartsconsult", value=value), price_level=level)


def ranged(*numbers: float, amount=Estimate(10.0, 5.0, 20.0)) -> Portfolio:
    return study(valued("huisartsconsult", value={"amount": amount}, grade="", inflow=(Estimate(*numbers),)))


def on_welfare(reach: float, welfare: float | None, code: str = "zorgtoeslag_alsnog", **rest) -> Portfolio:
    return study(valued(code, reach, people=reach, **rest), groups=(group(20.0, on_welfare=welfare),))


def with_work(*more, **rest) -> Portfolio:
    return study(valued("bijstand_alleenstaande", row="EF-01", change="Werk", **rest), *more)


def ratio(benefits: float) -> Portfolio:
    return study(effect(benefits, 1.0, deadweight=0.0, name="Het grootste"), cost(100.0), free=True)


def costing(line: float, other: float = 1e6, name: str = "Vrijwilligersvergoeding en koffie") -> Portfolio:
    money = (cost(line, name=name), cost(other, name="huur"))
    return study(valued(VOLUNTEERS, 3_000.0), *money, free=True, groups=(group(None),))


def overlapping(first="schuld_voorkomen", second="schuldhulptraject", **rest) -> Portfolio:
    return study(valued(first), valued(second, **rest))


# code: level, a study that shows it, and studies that come close but do not
CASES: dict[str, tuple[str, Portfolio, list[Portfolio]]] = {
    "deadweight_zero": (
        WARN,
        study(valued("huisartsconsult", deadweight=0.0)),
        [
            study(valued("huisartsconsult", deadweight=0.01)),
            study(valued("huisartsconsult", deadweight=0.05)),
            study(valued(VOLUNTEERS, deadweight=0.0)),
            study(valued("huisartsconsult", deadweight=0.0, direction="more")),
            study(valued("huisartsconsult", 0.0, deadweight=0.0)),
        ],
    ),
    "growth_without_reason": (
        WARN,
        study(valued("huisartsconsult", 10.0, 12.0), horizon=2),
        [
            study(valued("huisartsconsult", 10.0, 11.0), horizon=2),
            study(valued("huisartsconsult", 10.0, 12.0, reasons={"growth": "tweede ruimte"}), horizon=2),
            study(valued("huisartsconsult", 0.0, 0.0), horizon=2),
        ],
    ),
    "exits_above_people": (
        WARN,
        study(
            valued("bijstand_alleenstaande", 9.0, 9.0, people=9.0),
            groups=(group(20.0, on_welfare=9.0, different_people=17.0),),
            horizon=2,
        ),
        [
            study(
                valued("bijstand_alleenstaande", 9.0, 9.0, people=9.0),
                groups=(group(20.0, on_welfare=9.0, different_people=18.0),),
                horizon=2,
            )
        ],
    ),
    "exits_above_welfare": (
        WARN,
        study(
            valued("bijstand_alleenstaande", 9.0, 9.0, people=9.0),
            groups=(group(20.0, on_welfare=17.0),),
            horizon=2,
        ),
        [
            study(
                valued("bijstand_alleenstaande", 9.0, 9.0, people=9.0),
                groups=(group(20.0, on_welfare=18.0),),
                horizon=2,
            ),
            study(valued("bijstand_alleenstaande", 9.0, 9.0, people=9.0), groups=(group(20.0),), horizon=2),
        ],
    ),
    "reach_above_people": (
        WARN,
        study(valued("schuld_voorkomen", 21.0, people=21.0), groups=(group(20.0),)),
        [
            study(valued("schuld_voorkomen", 20.0, people=20.0), groups=(group(20.0),)),
            study(valued("wmo_begeleiding", 900.0), groups=(group(20.0),)),
            study(valued("schuld_voorkomen", 21.0, people=21.0)),
        ],
    ),
    "allowance_above_maximum": (
        WARN,
        paid(44_001.0),
        [paid(44_000.0), paid(90_000.0, None), study(valued("besparing_bewoner", 9e9), groups=(group(),))],
    ),
    "allowance_under_27": (
        WARN,
        paid(9.0, under_27=9.0, on_welfare=12.0),
        [paid(9.0, under_27=8.0, on_welfare=12.0), paid(9.0, under_27=0.0, on_welfare=20.0)],
    ),
    "allowance_maybe_under_27": (
        INFO,
        paid(9.0, under_27=3.0, on_welfare=12.0),
        [
            paid(9.0, under_27=3.0),
            paid(9.0, under_27=0.0, on_welfare=12.0),
            paid(9.0, under_27=9.0, on_welfare=12.0),
        ],
    ),
    "claimed_on_welfare": (
        WARN,
        on_welfare(9.0, 12.0),
        [
            on_welfare(8.0, 12.0),
            on_welfare(9.0, 12.0, "minimaregeling_alsnog"),
            on_welfare(9.0, 12.0, "huurtoeslag_alsnog", factor=-1.0),
        ],
    ),
    "claimed_maybe_on_welfare": (
        INFO,
        on_welfare(8.0, 12.0, "huurtoeslag_alsnog"),
        [on_welfare(8.0, 0.0), on_welfare(8.0, None), on_welfare(9.0, 12.0)],
    ),
    "employer_gain_without_job": (
        WARN,
        study(valued("ziekteverzuim"), groups=(group(in_paid_work=0.0),)),
        [
            study(valued("ziekteverzuim"), groups=(group(in_paid_work=1.0),)),
            study(valued("schuld_voorkomen"), groups=(group(in_paid_work=0.0),)),
        ],
    ),
    "employer_gain_unknown": (
        INFO,
        study(valued("ziekteverzuim"), groups=(group(),)),
        [study(valued("ziekteverzuim"), groups=(group(in_paid_work=0.0),))],
    ),
    "welfare_ended_unexplained": (
        WARN,
        with_work(valued("werk_minimumloon", row="EF-02", change="Werk zonder uitkering")),
        [
            with_work(valued("werk_minimumloon", row="EF-01", change="Werk")),
            with_work(reasons={"own_reason": "pensioen"}),
            study(valued("bijstand_alsnog")),
        ],
    ),
    "payment_above_costs": (
        WARN,
        study(valued(VOLUNTEERS, 101.0), cost(100.0), free=True),
        [
            study(valued(VOLUNTEERS, 100.0), cost(100.0), free=True),
            study(valued("besparing_bewoner", 101.0), cost(100.0), free=True),
        ],
    ),
    "payment_above_cost_line": (
        WARN,
        costing(2_999.0),
        [costing(3_000.0), costing(2_999.0, name="koffie"), costing(2_999.0, other=0.0)],
    ),
    "costs_in_fewer_years": (
        WARN,
        study(effect(1.0, 5.0, 5.0), cost(100.0), free=True, horizon=2, activity_years=2),
        [
            study(effect(1.0, 5.0, 5.0), cost(100.0, 1.0), free=True, horizon=2, activity_years=2),
            study(effect(1.0, 5.0, duration=2), cost(100.0), free=True, horizon=2),
        ],
    ),
    "duration_above_horizon": (
        WARN,
        study(valued("schuld_voorkomen", duration=4), horizon=3),
        [study(valued("schuld_voorkomen", duration=3), horizon=3)],
    ),
    "cut_by_horizon": (
        INFO,
        study(valued("schuld_voorkomen", duration=2)),
        [study(valued("schuld_voorkomen", duration=2), horizon=2)],
    ),
    "benefits_per_participant": (
        WARN,
        study(effect(15_001.0, 2.0), participants=2.0),
        [
            study(effect(15_000.0, 2.0), participants=2.0),
            study(effect(15_001.0, 2.0)),
            study(effect(15_001.0, 2.0, person="wijkbewoners"), participants=2.0),
        ],
    ),
    "own_risk_without_care": (
        WARN,
        study(
            valued("eigen_risico"), valued("huisartsconsult"), valued("seh_bezoek", target_group="Anderen")
        ),
        [
            study(valued("eigen_risico"), valued("seh_bezoek")),
            study(valued("eigen_risico", direction="more")),
            study(valued("seh_bezoek")),
        ],
    ),
    "own_risk_above_maximum": (
        WARN,
        study(valued("eigen_risico", amount=385.01)),
        [study(valued("eigen_risico", amount=385.0)), study(valued("seh_bezoek", amount=386.0))],
    ),
    "qaly_with_wellbeing": (
        WARN,
        study(valued("gezondheid_qaly"), WELLBEING),
        [
            study(valued("gezondheid_qaly", target_group="Anderen"), WELLBEING),
            study(valued("gezondheid_qaly"), replace(WELLBEING, name="Meer bewegen")),
            study(valued("psycholoog_contact"), WELLBEING),
        ],
    ),
    "values_overlap": (
        WARN,
        overlapping(),
        [
            overlapping(target_group="Anderen"),
            overlapping(direction="more"),
            overlapping("schuld_voorkomen", "huisartsconsult"),
            overlapping("schuld_voorkomen", "schuldhulptraject", row="schuld_voorkomen"),
        ],
    ),
    "tariff_of_other_municipality": (
        WARN,
        study(valued("wmo_dagbesteding")),
        [study(valued("wmo_dagbesteding", amount=70.0)), study(valued("huisartsconsult"))],
    ),
    "price_year_old": (
        INFO,
        priced(2019),
        [priced(2020), priced(2019, index="geen"), priced(2019, index="wet"), priced(2019, own=True)],
    ),
    "legal_amount_of_other_year": (
        INFO,
        priced(2024, index="wet"),
        [priced(2025, index="wet"), priced(2024)],
    ),
    "source_unchecked": (
        WARN,
        priced(2025, checked_on="2025-11-28"),
        [
            priced(2025, checked_on="2025-11-29"),
            priced(2025, checked_on=""),
            priced(2025, checked_on="ooit"),
            priced(2025, checked_on="2020-01-01", own=True),
        ],
    ),
    "value_replaced": (
        WARN,
        study(valued("bijstand_paar", value={"price_year": 2025})),
        [
            study(valued("bijstand_paar")),
            study(valued("bijstand_paar", value={"price_year": 2025, "own": True})),
            study(valued("bijstand_paar", value={"price_year": 2025, "code": "elders"})),
        ],
    ),
    "range_at_edge": (
        INFO,
        ranged(5.0, amount=Estimate(10.0, 10.0, 20.0)),
        [
            ranged(5.0),
            ranged(5.0, amount=Estimate(10.0, 10.0, 10.0)),
            ranged(0.0, 0.0, 3.0),
            ranged(5.0, 4.0, 6.0),
        ],
    ),
    "index_provisional": (INFO, priced(2025, level=2026), [priced(2024), priced(2026, level=2026)]),
    "index_after_last_year": (INFO, priced(2025, level=2027), [priced(2025, level=2026)]),
    "used_more_unanswered": (
        WARN,
        study(PLAIN, about={}),
        [study(PLAIN, about={"used_more": "de huisarts"})],
    ),
    "weak_evidence": (
        INFO,
        portfolio(
            initiative(effect(1.0, 51.0, grade="C"), effect(1.0, 49.0, code="E2", grade="B")),
            initiative(code="B"),
        ),
        [
            portfolio(
                initiative(effect(1.0, 50.0, grade="D"), effect(1.0, 50.0, code="E2", grade="B")),
                initiative(code="B"),
            ),
            portfolio(initiative(effect(1.0, 50.0, grade="D"))),
        ],
    ),
    "weak_evidence_study": (
        WARN,
        study(effect(1.0, 51.0, grade="D"), effect(1.0, 49.0, code="E2", grade="A")),
        [study(effect(1.0, 49.0, grade="D"), effect(1.0, 51.0, code="E2", grade="A"))],
    ),
    "no_overlap_answer": (
        WARN,
        two("Noord", "noord "),
        [
            two("Noord", "Zuid"),
            two("", ""),
            two("Noord", "Noord", second="huisartsconsult"),
            two("Noord", "Noord", people=0.0),
        ],
    ),
    "several_rates": (INFO, study(*RATES, free=True, horizon=3), [study(PLAIN)]),
    "ratio_above_peers": (INFO, ratio(191.0), [ratio(190.0), study(effect(9.0, 9.0), free=True)]),
}


@pytest.mark.parametrize("code", CASES)
def test_a_doubt_appears_where_it_should(code):
    level, shows, _ = CASES[code]
    assert {f.level for f in told(shows) if f.code == code} == {level}


@pytest.mark.parametrize(
    ("code", "case"), [(c, n) for c, (_, _, away) in CASES.items() for n in range(len(away))]
)
def test_a_doubt_stays_away_where_it_should(code, case):
    assert code not in codes(CASES[code][2][case])


def test_every_doubt_of_the_method_is_tried_here():
    """The codes that stand behind a level in a call are those of CASES, and those that a library shows."""
    found = set(INDEX_CODES.values())
    for path in PACKAGE.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            pairs = zip(call.args, call.args[1:], strict=False) if isinstance(call, ast.Call) else ()
            found |= {
                code.value
                for level, code in pairs
                if isinstance(level, ast.Name)
                and level.id in ("WARN", "INFO")
                and isinstance(code, ast.Constant)
            }
    assert found == {*CASES, "index_wages_by_cpi", "aged_prices", "aged_sources"}


# What the findings say


def test_a_study_in_order_gives_no_doubts():
    assert told(study(PLAIN, groups=(group(),), participants=40.0)) == []


def test_a_doubt_names_file_cell_what_is_there_and_what_to_do():
    finding = one(CASES["reach_above_people"][1], "reach_above_people")
    assert located(finding) == (
        "a.xlsx, Wat verandert er!E-schuld_voorkomen: Bij 'Problematische schulden opgelost of voorkomen' "
        "staat 21, maar het aantal mensen om wie het gaat is 20. Zo tellen mensen dubbel. Verlaag het "
        "aantal, of verbeter het aantal mensen op het blad 'Over ons'."
    )


def test_reach_is_held_against_the_smallest_number_of_people_that_is_known():
    counted = valued("schuld_voorkomen", 15.0, people=15.0)
    elsewhere = replace(counted, person="wijkbewoners")
    assert "reach_above_people" in codes(study(counted, groups=(group(20.0),), participants=14.0))
    assert "reach_above_people" in codes(study(elsewhere, residents=14.0))
    assert "reach_above_people" not in codes(study(elsewhere, participants=14.0, residents=15.0))


def test_a_later_year_with_more_people_than_there_are_is_noticed():
    grows = {"people": 10.0, "units_per_person": 2.0}
    finding = one(
        study(valued("schuld_voorkomen", 20.0, 44.0, **grows), groups=(group(20.0),), horizon=2),
        "reach_above_people",
    )
    assert finding.facts["reach"] == 22.0


def test_several_rows_with_the_same_doubt_are_one_finding():
    rows = [
        valued(code, deadweight=0.0, row=f"EF-0{n}")
        for n, code in enumerate(("seh_bezoek", "psycholoog_contact"), 1)
    ]
    finding = one(study(*rows), "deadweight_zero")
    assert finding.facts["effects"] == "'Bezoek spoedeisende hulp minder', 'Contact met de psycholoog minder'"
    finding = one(study(*rows, valued("schuld_voorkomen", row="EF-03")), "values_overlap")
    assert finding.where == "Wat verandert er!B-EF-02"
    assert "(B-EF-02)" in finding.facts["effects"]


def test_a_duration_is_told_where_it_was_typed_and_else_at_its_change(tmp_path):
    answers = {("ST-03", "answer"): 1, ("ST-04", "answer"): 2, ("VD-02", "duration"): 9}
    loaded, _ = walk.load_form(change(examples(tmp_path) / "de_kade.xlsx", answers))
    (raw,) = loaded.forms.values()
    rested = [f for f in walk.compute(loaded, draws=10).findings if f.code == "duration_above_horizon"]
    assert [(finding.where, finding.facts["duration"]) for finding in rested] == [
        (raw.get("VD-02", "duration").where, 9),
        (raw.get("EF-01", "change").where, 3),
    ]


def test_wellbeing_is_recognised_by_its_unit_too():
    value = replace(WELLBEING.unit_value, unit="WELLBY")
    other = replace(WELLBEING, name="Meer bewegen", unit_value=value)
    assert "qaly_with_wellbeing" in codes(study(valued("gezondheid_qaly"), other))


def test_a_change_of_several_unit_values_is_one_row():
    package = [
        valued(code, 5.0, row="EF-01", change="Werk", deadweight=0.0, people=50.0)
        for code in ("werk_minimumloon", "bijstand_alleenstaande", "bijstand_uitvoering")
    ]
    found = [f.code for f in told(study(*package, groups=(group(20.0),)))]
    assert found.count("deadweight_zero") == found.count("reach_above_people") == 1


def test_the_rows_of_one_group_share_the_limit_of_the_allowance():
    rows = [valued(VOLUNTEERS, 30_000.0, row=f"EF-0{n}") for n in (1, 2)]
    finding = one(study(*rows, groups=(group(20.0),)), "allowance_above_maximum")
    assert (finding.facts["paid"], finding.facts["each"], finding.facts["limit"]) == (
        60_000.0,
        3_000.0,
        2_200.0,
    )


def test_a_payment_counts_whole_whatever_would_have_happened_anyway():
    assert "payment_above_costs" in codes(
        study(valued(VOLUNTEERS, 101.0, deadweight=0.9), cost(100.0), free=True)
    )


def test_the_worst_year_of_payments_is_told():
    paying = study(
        valued(VOLUNTEERS, 110.0, 190.0), cost(100.0, 100.0), free=True, horizon=2, activity_years=2
    )
    facts = one(paying, "payment_above_costs").facts
    assert (facts["year"], facts["paid"], facts["spent"]) == (2026, 190.0, 100.0)


def test_a_refund_is_no_money_to_pay_out_of_nor_a_payment():
    """A refund in a year with nothing else; then one where something was paid that year."""
    settings = {"free": True, "horizon": 2, "activity_years": 2}
    refund = cost(100.0, -40.0, reason="restwaarde")
    assert "payment_above_costs" not in codes(study(effect(1.0, 5.0), refund, **settings))
    facts = one(study(valued(VOLUNTEERS, 10.0, 1.0), refund, **settings), "payment_above_costs").facts
    assert (facts["year"], facts["paid"], facts["spent"]) == (2026, 1.0, 0.0)


def test_the_years_without_costs_are_named():
    late = study(effect(1.0, 1.0, 1.0, 1.0), cost(0.0, 9.0), free=True, horizon=3, activity_years=3)
    assert one(late, "costs_in_fewer_years").facts["years"] == "2025, 2027"


def test_what_the_horizon_cuts_is_told_in_euros():
    cut = study(effect(100.0, 2.0, duration=3, deadweight=0.5))
    assert one(cut, "cut_by_horizon").facts["amount"] == 200.0


def test_overlapping_values_are_seen_whichever_of_the_two_says_so():
    for first, second in (("wmo_uitvoering", "wmo_begeleiding"), ("wmo_begeleiding", "wmo_uitvoering")):
        assert "values_overlap" in codes(overlapping(first, second))


def test_the_share_that_rests_on_another_tariff_is_told():
    mixed = study(valued("wmo_dagbesteding", amount=None), effect(30.0, 1.0, deadweight=0.3, grade="A"))
    facts = one(mixed, "tariff_of_other_municipality").facts
    assert facts["values"] == "'Dagbesteding (Wmo) minder nodig'"
    assert facts["places"] == "Westerveld"
    assert facts["share"] == round(100 * 46.15 * 1.1193 / (46.15 * 1.1193 + 30))


def test_a_transfer_does_not_change_the_share_that_rests_on_another_tariff():
    transfer = valued("zorgtoeslag_alsnog", 9.0)
    shown = [
        one(study(valued("wmo_dagbesteding"), PLAIN, *more), "tariff_of_other_municipality")
        for more in ((), (transfer,))
    ]
    assert shown[0].facts == shown[1].facts


WITHOUT_WAGES = replace(LIBRARY, index=IndexTable({"cpi": LIBRARY.index.series["cpi"]}))


def test_without_a_wage_series_it_is_told_that_wages_follow_prices():
    wages = priced(2024, index="loon")
    assert one(wages, "index_wages_by_cpi", library=WITHOUT_WAGES).level == INFO
    assert "index_wages_by_cpi" not in codes(wages)
    for other in (priced(2024), priced(2025, index="loon")):
        assert "index_wages_by_cpi" not in codes(other, library=WITHOUT_WAGES)


def test_the_last_known_year_is_that_of_the_series():
    prices, wages = valued("gezondheid_qaly"), valued("huisartsconsult")
    remarks = [f for f in told(study(prices, wages, price_level=2027)) if f.code == "index_after_last_year"]
    assert {(f.facts["values"], f.facts["last"]) for f in remarks} == {
        ("'Gewonnen gezond levensjaar (QALY)'", 2026),
        ("'Huisartsconsult minder'", 2025),
    }


def test_a_remark_of_the_index_is_told_once_for_all_unit_values():
    wages = [valued(code) for code in ("seh_bezoek", "huisartsconsult", "fysiotherapie")]
    finding = one(study(*wages, price_level=2027), "index_after_last_year")
    assert finding.facts["values"].count("', '") == 2


def test_a_long_list_of_names_is_shortened():
    codes_of_wages = (
        "wmo_dagbesteding",
        "huisartsconsult",
        "fysiotherapie",
        "seh_bezoek",
        "wmo_begeleiding",
        "opvangplek",
    )
    finding = one(study(*map(valued, codes_of_wages), price_level=2027), "index_after_last_year")
    assert finding.facts["values"].endswith(", ...")
    assert finding.facts["values"].count("', '") == 4


def test_without_a_price_index_nothing_is_said_about_it():
    bare = replace(LIBRARY, index=IndexTable({}))
    assert not codes(priced(2025), library=bare) & set(INDEX_CODES.values())


def test_an_amount_that_is_not_in_force_yet_replaces_nothing():
    older = CASES["value_replaced"][1]
    assert "value_replaced" in codes(older, on=date(2026, 1, 1))
    assert "value_replaced" not in codes(older, on=date(2025, 12, 31))


def test_above_the_peers_the_three_heaviest_inputs_are_named():
    amounts = {"Klein": 10.0, "Groot": 90.0, "Midden": 50.0, "Grootst": 400.0}
    parts = [effect(a, 1.0, code=n, name=n, grade="B", deadweight=0.5) for n, a in amounts.items()]
    finding = one(study(*parts, cost(10.0), free=True), "ratio_above_peers")
    assert finding.facts["inputs"] == "'Grootst', 'Groot', 'Midden'"
    assert (finding.facts["low"], finding.facts["high"]) == (1.6, 1.9)
    assert "Vergelijk met voorzichtigheid." in sentence(finding)


def test_among_equal_doubts_a_certain_one_and_a_possible_one_are_not_both_told():
    both = on_welfare(9.0, 12.0)
    assert len(codes(both) & {"claimed_on_welfare", "claimed_maybe_on_welfare"}) == 1


def test_an_initiative_that_came_from_no_workbook_is_named():
    study_in_json = portfolio(initiative(valued("huisartsconsult", deadweight=0.0, cells={}), cost(1e6)))
    assert one(study_in_json, "deadweight_zero").where == "A"
    assert "used_more_unanswered" not in codes(study_in_json)


def test_an_initiative_outside_the_total_is_judged_too():
    outside = study(valued("huisartsconsult", deadweight=0.0), counted=False)
    assert "deadweight_zero" in codes(outside)


# Peers


PEER = {
    "code": "wijkwerk",
    "name": "wijkwerk",
    "ratio": 2,
    "cases": 3,
    "year": 2024,
    "definition": "bruto",
    "source": "Verzonnen",
    "url": "",
    "checked_on": CHECKED,
    "licence": "vrij",
    "note": "",
}


def test_the_shipped_peers_are_those_of_the_sources():
    found = {peer.code: (peer.ratio, peer.year, peer.cases, peer.definition) for peer in LIBRARY.peers}
    assert found == {
        "sociaal_werk": (1.6, 2020, None, "bruto"),
        "vonl_amsterdam": (1.9, 2021, 85, "bruto"),
        "columbusplein": (2.0, None, None, "onbekend"),
        "schuldhulp": (2.0, 2011, None, "onbekend"),
        "buurtvrouw_schiedam": (2.0, None, None, "onbekend"),
        "stichting_de_buurt": (2.46, 2025, None, "onbekend"),
    }
    assert [peer.code for peer in comparable(LIBRARY.peers)] == ["sociaal_werk", "vonl_amsterdam"]
    assert "32 businesscases samen, waarvan 14" in LIBRARY.peers[0].note
    assert all(peer.source and peer.checked_on == CHECKED for peer in LIBRARY.peers)


def test_only_peers_of_the_same_definition_are_compared():
    others = [
        PEER | {"code": name, "definition": name, "ratio": 1.0} for name in DEFINITIONS if name != GROSS
    ]
    peers, _ = check_peers(others)
    assert len(peers) == 2
    assert "ratio_above_peers" not in codes(ratio(500.0), library=replace(LIBRARY, peers=peers))


def test_a_peer_to_compare_with_has_a_year_and_another_need_not():
    undated = {key: value for key, value in PEER.items() if key != "year"}
    assert [error.facts["key"] for error in check_peers([undated])[1]] == ["year"]
    (peer,), errors = check_peers([undated | {"definition": "onbekend"}])
    assert (peer.year, errors) == (None, [])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ration": 2}, "library_unknown_key"),
        ({"ratio": "2"}, "library_wrong_type"),
        ({"ratio": 0}, "library_wrong_type"),
        ({"cases": 2.5}, "library_wrong_type"),
        ({"source": " "}, "library_wrong_type"),
        ({"definition": "ongeveer"}, "library_not_in_list"),
    ],
)
def test_a_spoilt_peer_is_refused(changed, code):
    peers, errors = check_peers([PEER | changed])
    assert peers == ()
    assert [error.code for error in errors] == [code]


def test_a_peer_stands_there_once_and_may_leave_out_its_cases():
    without_cases = {key: value for key, value in PEER.items() if key != "cases"}
    peers, errors = check_peers([without_cases])
    assert (peers[0].cases, peers[0].ratio, errors) == (None, 2.0, [])
    assert [error.code for error in check_peers([PEER, PEER])[1]] == ["library_duplicate"]


# Any study


@given(portfolios(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_doubts_never_stop_and_never_change_the_sum(study, on):
    index = LIBRARY.index
    outcome, before = appraise_study(study, index), appraise_study(study, index)
    found = doubts(study, outcome, LIBRARY, on)
    assert all(finding.level != STOP for finding in found)
    assert all(sentence(finding) for finding in found)
    assert np.array_equal(outcome.benefits, before.benefits)
    assert np.array_equal(outcome.cost_per_party, before.cost_per_party)
    assert found == doubts(study, before, LIBRARY, on)


# --- usual quantities: what nobody counted


def usual(share: float) -> Portfolio:
    """A study of which this share of the benefits rests on a usual quantity."""
    counted = valued(
        "besparing_bewoner", 1.0, amount=1000 * (1 - share), row="EF-01", change="Kleding gedeeld"
    )
    assumed = valued("besparing_bewoner", 1.0, amount=1000 * share, row="EF-02", change="Samen gegeten")
    return study(counted, replace(assumed, defaults=("total",)))


def test_benefits_on_usual_quantities_are_told_with_their_share():
    finding = one(usual(0.08), "usual_used")
    assert finding.level == INFO
    assert sentence(finding) == (
        "Van de baten rust 8 procent op gebruikelijke hoeveelheden, omdat niemand het totaal telde: "
        "'Samen gegeten'. Tel liever wat er echt was en vul dat in op het blad Wat verandert er."
    )


def test_above_ten_percent_on_usual_quantities_is_a_warning():
    finding = one(usual(0.12), "usual_weighs")
    assert finding.level == WARN
    assert sentence(finding) == (
        "Van de baten rust 12 procent op gebruikelijke hoeveelheden, omdat niemand het totaal telde: "
        "'Samen gegeten'. Dat is meer dan 10 procent, dus de uitkomst hangt af van wat elders gewoon is. "
        "Tel wat er echt was en vul dat in op het blad Wat verandert er, of laat de gemeente op het blad "
        "Brief bevestigen dat deze hoeveelheden hier kloppen."
    )


def test_nothing_is_told_of_usual_quantities_where_all_was_counted_or_nothing_came_of_them():
    assert not codes(usual(0.0)) & {"usual_used", "usual_weighs"}
    counted = study(valued("besparing_bewoner", 1.0))
    assert not codes(counted) & {"usual_used", "usual_weighs"}
