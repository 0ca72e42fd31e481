"""The study as JSON: what is read, what is written, what comes out, and the schema."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from json_studies import DEEP, EFFECT, GONE, LAST, VALUE, another, changed, document, overlap
from studies import as_object, portfolios

from toolkit.exchange.contract import DOCUMENT, Entries, Items, Table
from toolkit.exchange.outcome import as_json, findings_as_json
from toolkit.exchange.reading import read_text
from toolkit.exchange.schema import schema, schema_text, write_schema
from toolkit.exchange.writing import as_document
from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import appraise_study, headline
from toolkit.method.montecarlo import simulate
from toolkit.method.objections import answer_objections
from toolkit.method.ranges import SHARES
from toolkit.model.finding import STOP
from toolkit.model.initiative import Effect, TargetGroup
from toolkit.model.portfolio import Portfolio, Sampling
from toolkit.model.study import PARTY_GROUPS

ROOT = Path(__file__).parent.parent
LIBRARY = load_library()

# --- what is read ---


def read(text: str) -> Portfolio:
    portfolio, findings = read_text(text)
    assert findings == []
    return portfolio


def first_effect(text: str) -> Effect:
    return read(text).initiatives[0].effects[0]


def test_what_is_left_out_has_its_default():
    portfolio = read(changed())
    study, initiative = portfolio.study, portfolio.initiatives[0]
    effect = initiative.effects[0]
    assert (study.discount_rate, study.currency, study.activity_years) == (0.0225, "EUR", 2)
    assert (study.timing_benefits, study.timing_costs, study.parties) == ("begin", "begin", PARTY_GROUPS)
    assert (initiative.name, initiative.counted) == ("A", True)
    assert (initiative.investments[0].kind, initiative.investments[0].term) == ("money", "structural")
    assert all(getattr(effect, name).mode == 0 for name in SHARES)
    assert (effect.duration, effect.lag, effect.direction, effect.factor) == (1, 0, "less", 1.0)
    assert (effect.unit_value.index, effect.unit_value.counting) == ("cpi", "instroom")


def test_a_number_remembers_where_it_stood():
    effect = first_effect(changed((*EFFECT, "deadweight", 0.2)))
    assert effect.deadweight.cell == f"{DEEP}.deadweight"
    assert effect.inflow[0].cell == f"{DEEP}.inflow[0]"


def test_a_kengetal_comes_from_the_library_with_its_domain():
    effect = first_effect(
        changed(
            (*EFFECT, "unit_value", GONE),
            (*EFFECT, "domain", GONE),
            (*EFFECT, "kengetal", "psycholoog_contact"),
        )
    )
    assert effect.unit_value is LIBRARY.unit_values["psycholoog_contact"]
    assert effect.domain == "gezondheid"


def test_a_unit_value_with_a_code_of_the_library_keeps_what_the_contract_has_no_key_for():
    value = VALUE | {"code": "psycholoog_contact", "own": True}
    effect = first_effect(changed((*EFFECT, "unit_value", value), (*EFFECT, "domain", GONE)))
    known = LIBRARY.unit_values["psycholoog_contact"]
    assert (effect.unit_value.amount.mode, effect.unit_value.own) == (19.0, True)
    assert (effect.unit_value.task_field, effect.domain) == (known.task_field, known.domain)
    assert (effect.unit_value.index, effect.unit_value.counting) == ("cpi", "instroom")


@pytest.mark.parametrize(
    ("group", "person", "name"),
    [(GONE, "deelnemers", ""), ("deelnemers", "deelnemers", ""), ("wijkbewoners", "wijkbewoners", ""),
     ("buren", "wijkbewoners", "buren"), ("jeugd", "deelnemers", "jeugd")],
)  # fmt: skip
def test_the_target_group_says_who_the_person_is(group, person, name):
    groups = [{"name": "buren", "person": "wijkbewoners", "people": 40}, {"name": "jeugd"}]
    chosen = () if group is GONE else ((*EFFECT, "target_group", group),)
    portfolio = read(changed(("initiatives", 0, "target_groups", groups), *chosen))
    effect = portfolio.initiatives[0].effects[0]
    assert (effect.person, effect.target_group) == (person, name)
    assert portfolio.initiatives[0].target_groups[0] == TargetGroup("buren", "wijkbewoners", 40.0)


RANGE = {"mode": 19, "low": 15, "high": 24}


@pytest.mark.parametrize(
    ("changes", "sampling"),
    [
        ([], None),
        ([(*EFFECT, "unit_value", "amount", RANGE)], Sampling(100_000, 1)),
        ([(*EFFECT, "grade", "C")], Sampling(100_000, 1)),
        ([(*EFFECT, "unit_value", "amount", RANGE), ("uncertainty", None)], None),
        ([("uncertainty", {})], Sampling(100_000, 1)),
        ([("uncertainty", {"draws": 500, "seed": 9})], Sampling(500, 9)),
    ],
)
def test_chance_is_computed_when_asked_for_or_when_a_number_varies(changes, sampling):
    assert read(changed(*changes)).sampling == sampling


def test_whole_numbers_may_be_written_with_a_decimal_point():
    assert first_effect(changed((*EFFECT, "duration", 2.0))).duration == 2


# --- what is written ---


def bare(outcome_of: Portfolio) -> tuple:
    """What the engine makes of a portfolio."""
    study, answers = appraise_study(outcome_of, LIBRARY.index), answer_objections(outcome_of, LIBRARY)
    figures = {code: headline(one) for code, one in study.initiatives.items()}
    return (
        (headline(study), answers),
        figures,
        simulate(outcome_of, LIBRARY.index) if outcome_of.sampling else None,
    )


def simulated(found: object) -> object:
    """The spread of a simulation; its inputs know other cells after reading."""
    if found is None:
        return None
    chances = {"": found.study, **found.initiatives}
    return {
        code: (
            replace(chance, contributions=()),
            [(a.key, a.first.name, part) for a, part in chance.contributions],
        )
        for code, chance in chances.items()
    }


@given(portfolios())
def test_reading_what_was_written_gives_the_same_outcome_and_uncertainty(portfolio):
    written = json.dumps(as_document(portfolio), allow_nan=False)
    again, findings = read_text(written)
    assert [f for f in findings if f.level == STOP] == []
    mine, theirs = bare(portfolio), bare(again)
    assert theirs[:2] == mine[:2]
    assert simulated(theirs[2]) == simulated(mine[2])
    assert as_document(again) == as_document(portfolio)


def test_a_portfolio_without_chance_stays_without():
    portfolio = replace(read(changed((*EFFECT, "grade", "C"))), sampling=None)
    assert read_text(json.dumps(as_document(portfolio)))[0].sampling is None


def test_every_optional_key_survives_writing():
    initiative = {
        "code": "A", "name": "De Kade", "counted": False, "counted_reason": "te jong", "area": "Noord",
        "description": "Eten en werk", "participants": 30, "volunteers": 4, "residents": 900,
        "reporting_year": 2025, "annual_accounts": 150, "criteria": {"AF-01": "ja"},
        "target_groups": [{"name": "jeugd", "person": "wijkbewoners", "people": 20, "under_27": 20,
                           "on_welfare": 3, "in_paid_work": 1, "different_people": 45}],
        "investments": [{"party": "gemeente", "name": "subsidie", "amounts": [RANGE], "kind": "in_kind",
                         "term": "temporary", "until": 2026, "code": "GI-01", "scheme": "SPUK",
                         "source": "beschikking", "hours": 12, "certainty": "granted",
                         "reason": "teruggave"}],
        "effects": [{"code": "EF-01.1", "name": "Minder eenzaam", "domain": "gezondheid", "inflow": [4, 0.5],
                     "unit_value": VALUE | {"code": "eigen", "name": "n", "unit": "u", "source": "s",
                                            "quality": "B", "index": "loon", "telling": "instroom",
                                            "own": True, "cash": True},
                     "deadweight": RANGE | {"mode": 0.2, "low": 0.1, "high": 0.4, "dist": "uniform"},
                     "displacement": 0.1, "attribution": 0.2, "drop_off": 0.3, "duration": 2, "lag": 1,
                     "direction": "more", "factor": -0.5, "people": 4, "units_per_person": 2,
                     "target_group": "jeugd", "grade": "B", "expected_grade": "D", "row": "EF-01",
                     "change": "eenzaam", "reasons": {"source": "telling"}, "cells": {"reach": "Blad!F9"},
                     "defaults": ["still"]}],
        "pm_effects": [{"name": "Trots", "domain": "sociale samenhang", "grade": "++", "evidence": "gesprek",
                        "known_by": "C", "code": "PM-01", "people": 12, "outputs": "koffie"}],
    }  # fmt: skip
    study = document()["study"] | {
        "activity_years": 1, "currency": "EUR", "discount_rate": 0.01, "timing_benefits": "middle",
        "timing_costs": "end", "include_volunteer_hours": True, "counterfactual": "niets",
        "inhabitants": 38000, "care_bought": "task",
        "parties": {"gemeente": "overheid", "wijkbewoners": "bewoners"},
    }  # fmt: skip
    whole = {"study": study, "initiatives": [initiative, {"code": "B", "name": "B", "participants": 8}],
             "overlaps": [overlap("A", "B")], "uncertainty": {"draws": 10, "seed": 3}}  # fmt: skip
    initiative["investments"][0]["amounts"] = [RANGE | {"dist": "normal"}]
    written = as_document(read(json.dumps(whole)))
    assert written == whole | {"initiatives": [initiative, whole["initiatives"][1] | {"counted": True}]}
    used = {key for kind in tables(DOCUMENT) for key in kind.keys}
    assert used <= set(re.findall(r'"(\w+)":', json.dumps(whole) + json.dumps({"kengetal": 1})))


def tables(kind: object) -> list[Table]:
    """Every table of the contract."""
    if isinstance(kind, Table):
        return [kind, *(inner for key in kind.keys.values() for inner in tables(key.kind))]
    if isinstance(kind, Items | Entries):
        return tables(kind.item if isinstance(kind, Items) else kind.value)
    return []


# --- what comes out ---


def test_the_output_has_the_keys_of_the_contract_and_is_plain_json():
    text = changed((*EFFECT, "unit_value", "amount", RANGE), ("uncertainty", {"draws": 200}))
    portfolio, findings = read_text(text)
    result = as_object(portfolio, LIBRARY, simulate(portfolio, LIBRARY.index), findings)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert list(result) == ["study", "initiatives", "uncertainty", "findings"]
    figures = ["benefits_pv", "costs_pv", "npv", "ratio", "net_ratio", "irr", "irr_roots", "payback_year"]
    parts = ["per_party", "per_group", "per_domain", "per_effect", "per_year"]
    parts += ["uncovered_pv", "cash", "evidence", "counted_year", "objections"]
    assert list(result["study"]) == figures + parts
    assert list(result["initiatives"]["A"]) == ["name", "counted", *figures, *parts]
    assert result["study"]["per_party"]["gemeente"].keys() == {"benefits", "costs", "balance"}
    assert result["study"]["per_effect"] == {"A.E1": {"benefits": 171.0}}
    assert result["initiatives"]["A"]["per_effect"] == {"E1": {"benefits": 171.0}}
    assert result["study"]["per_domain"] == {"gezondheid": {"benefits": 171.0}}
    years = result["study"]["per_year"]
    assert years["costs"] == [100.0, 50.0, 0.0]
    assert years["costs_pv"] == pytest.approx([100.0, 50 / 1.0225, 0.0])
    assert {len(years[key]) for key in ("benefits", "costs", "benefits_pv", "costs_pv")} == {3}
    spreads = result["uncertainty"]["study"]
    assert list(spreads) == ["benefits_pv", "costs_pv", "npv", "ratio", "chance_benefits_exceed_costs"]
    assert list(spreads["ratio"]) == ["mean", "sd", "p2_5", "p5", "p50", "p95", "p97_5"]
    assert list(result["uncertainty"]["initiatives"]) == ["A"]


def test_findings_come_out_with_their_sentence():
    portfolio, findings = read_text(changed((*EFFECT, "deadweight", 25)))
    words = "Hier staat 25. Dit is een aandeel van 0 tot en met 1. Vul bijvoorbeeld 0.25 in voor 25 procent."
    where = f"{DEEP}.deadweight"
    assert as_json(portfolio, None, None, findings) == {
        "study": None,
        "initiatives": {},
        "uncertainty": None,
        "findings": [
            {
                "level": "stop",
                "code": "json_not_a_share",
                "file": "",
                "where": where,
                "facts": {"value": "25"},
                "text": words,
            }
        ],
    }


def test_personal_data_in_a_study_is_located_and_not_repeated():
    portfolio, findings = read_text(changed((*EFFECT, "name", "bel 06-12345678 of mail jan@voorbeeld.nl")))
    assert portfolio is None
    assert [(f.code, f.where) for f in findings] == [
        ("json_phone_number", f"{DEEP}.name"),
        ("json_mail_address", f"{DEEP}.name"),
    ]
    assert "12345678" not in json.dumps(findings_as_json(findings))


def test_what_a_sentence_repeats_of_a_study_is_never_personal_data():
    _, findings = read_text(changed((*EFFECT, "direction", "jan@voorbeeld.nl")))
    assert {f.code for f in findings} == {"json_mail_address", "json_not_in_list"}
    assert "jan@" not in json.dumps(findings_as_json(findings))


def test_the_overlap_between_initiatives_is_in_every_roll_up_of_the_study():
    row = another(people=10, inflow=[10])
    second = ("initiatives", LAST, {"code": "B", "participants": 10})
    first = ("initiatives", 0, "participants", 10)
    both = [("initiatives", place, "effects", [row]) for place in (0, 1)]
    portfolio = read(changed(second, first, *both, ("overlaps", [overlap("A", "B", people=5)])))
    study = as_object(portfolio, LIBRARY)["study"]
    assert study["benefits_pv"] == pytest.approx(2 * 190 * 0.75)
    for parts in ("per_party", "per_group", "per_domain", "per_effect"):
        assert sum(part["benefits"] for part in study[parts].values()) == pytest.approx(study["benefits_pv"])


def test_a_figure_that_does_not_exist_is_null():
    portfolio = read(changed(("initiatives", 0, "investments", [])))
    study = as_object(portfolio, LIBRARY)["study"]
    assert (study["ratio"], study["irr"], study["irr_roots"], study["payback_year"]) == (None, None, [], None)


# --- the schema ---


def test_the_schema_in_the_docs_is_current():
    path = ROOT / "docs" / "json-schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(), "toolkit.exchange.schema.write_schema renews it"


def test_the_schema_is_written_the_same_everywhere(tmp_path):
    write_schema(tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_bytes() == schema_text().encode("utf-8")


def test_the_schema_names_the_keys_and_bounds_that_reading_follows():
    top = schema()
    assert top["required"] == ["study", "initiatives"]
    assert top["additionalProperties"] is False
    effect = top["properties"]["initiatives"]["items"]["properties"]["effects"]["items"]
    assert effect["required"] == ["code", "inflow"]
    plain, ranged = effect["properties"]["deadweight"]["anyOf"]
    assert plain == {"type": "number", "minimum": 0, "maximum": 1}
    assert ranged["properties"]["low"].items() >= plain.items()
    assert effect["properties"]["direction"]["enum"] == ["less", "more"]
    assert {"type": "null"} in top["properties"]["uncertainty"]["anyOf"]


def test_every_word_about_a_key_belongs_to_a_key():
    words = tomllib.loads((ROOT / "toolkit" / "words" / "exchange.toml").read_text(encoding="utf-8"))
    described = {(name, key) for name, keys in words.items() if isinstance(keys, dict) for key in keys}
    known = {(kind.name, key) for kind in tables(DOCUMENT) for key in kind.keys}
    ranges = {("range", key) for key in ("mode", "low", "high", "dist")}
    assert described == known | ranges
