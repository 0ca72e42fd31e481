"""The objections to the example study, each made by hand in its JSON and computed as a study of its own."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from studies import as_object

from toolkit.app import walk
from toolkit.exchange.reading import read_text
from toolkit.exchange.writing import as_document
from toolkit.kengetallen.library import load_library

EXAMPLE = Path(__file__).parent.parent / "workbooks" / "voorbeelden" / "portefeuille.xlsx"
LIBRARY = load_library()
WORK = {"Betaald werk gevonden vanuit de bijstand", "Betaald werk gevonden zonder uitkering vooraf"}
AVERAGE = {"maatschappelijke ondersteuning", "gezondheid", "schulden"}


@cache
def example() -> tuple[dict, dict]:
    """The example study as JSON, and its outcome."""
    loaded, _ = walk.load_portfolio(EXAMPLE)
    document = json.loads(json.dumps(as_document(loaded.portfolio)))
    return document, computed(document)


def computed(document: dict) -> dict:
    portfolio, findings = read_text(json.dumps(document))
    assert portfolio is not None, findings
    return as_object(portfolio, LIBRARY)["study"]


def effects(document: dict) -> list[dict]:
    return [effect for initiative in document["initiatives"] for effect in initiative.get("effects", ())]


def costs(document: dict) -> list[dict]:
    return [line for initiative in document["initiatives"] for line in initiative.get("investments", ())]


def mode(number: float | dict) -> float:
    return number["mode"] if isinstance(number, dict) else number


def counted_year(document: dict) -> None:
    years = document["study"]["activity_years"]
    for effect in effects(document):
        effect["inflow"] = effect["inflow"][:1]
    for line in costs(document):
        filled = [amount for amount in line["amounts"] if mode(amount)]
        line["amounts"] = [mode(filled[0]) / years] if len(filled) == 1 else line["amounts"][:1]


def horizon(document: dict) -> None:
    document["study"]["horizon"] = document["study"]["activity_years"]


def at_least(key: str) -> Callable[[dict], None]:
    def change(document: dict) -> None:
        for effect in effects(document):
            if effect["change"] in WORK:
                effect[key] = max(mode(effect[key]), 0.5)

    return change


def recovering(document: dict) -> None:
    for effect in effects(document):
        effect["deadweight"] = min(1.0, mode(effect["deadweight"]) + 0.25)


def leisure(share: float) -> Callable[[dict], None]:
    """What the person misses stands beside as an effect of its own, so that the shares still fit."""

    def change(document: dict) -> None:
        for initiative in document["initiatives"]:
            for effect in list(initiative.get("effects", ())):
                value = effect["unit_value"]
                if effect["change"] in WORK and value["kind"] == "welvaart" and "persoon" in value["shares"]:
                    lost = copy.deepcopy(effect) | {"code": f"{effect['code']}-vrij", "direction": "more"}
                    part = share * value["shares"]["persoon"]
                    lost["unit_value"] |= {"shares": {"persoon": 1}, "own": True}
                    lost["factor"] = effect.get("factor", 1) * part
                    initiative["effects"].append(lost)

    return change


def average_price(document: dict) -> None:
    for effect in effects(document):
        if effect["domain"] in AVERAGE:
            effect["factor"] = effect.get("factor", 1) / 2


def overlap(document: dict) -> None:
    people = {i["code"]: i["participants"] for i in document["initiatives"] if i.get("counted", True)}
    told = {tuple(sorted(o["initiatives"])): o.get("people") for o in document.get("overlaps", ())}
    document["overlaps"] = [
        {"initiatives": list(pair), "people": given}
        if (given := told.get(tuple(sorted(pair)))) is not None
        else {"initiatives": list(pair), "people": min(people[code] for code in pair) / 4}
        for pair in combinations(people, 2)
    ]


def volunteers(document: dict) -> None:
    for line in costs(document):
        if line["kind"] == "volunteer_hours":
            line["kind"] = "in_kind"


def discount(document: dict) -> None:
    document["study"]["discount_rate"] += 0.01


def nothing(document: dict) -> None:
    assert document


def cautious(document: dict) -> None:
    for change in (horizon, at_least("deadweight"), leisure(0.25), discount):
        change(document)


BY_HAND = {
    "counted_year": counted_year,
    "horizon": horizon,
    "work_deadweight": at_least("deadweight"),
    "displacement": at_least("displacement"),
    "recovering": recovering,
    "leisure_25": leisure(0.25),
    "leisure_50": leisure(0.5),
    "average_price": average_price,
    "overlap": overlap,
    "volunteers": volunteers,
    "discount": discount,
    "transfers": nothing,
    "cautious": cautious,
}


@pytest.mark.parametrize("code", list(BY_HAND))
def test_each_line_is_the_study_computed_with_that_change(code):
    document, outcome = example()
    line = next(one for one in outcome["objections"] if one["code"] == code)
    changed = copy.deepcopy(document)
    BY_HAND[code](changed)
    by_hand = computed(changed)
    for figure in ("benefits_pv", "costs_pv", "ratio"):
        assert line[figure] == pytest.approx(by_hand[figure], rel=1e-9), figure


def test_the_other_two_lines_are_the_peers_and_the_hardest_assumption():
    _, outcome = example()
    codes = [one["code"] for one in outcome["objections"]]
    assert set(codes) - set(BY_HAND) == {"peer", "hardest"}
    lines = {one["code"]: one for one in outcome["objections"]}
    assert lines["peer"]["costs_pv"] == lines["hardest"]["costs_pv"] == pytest.approx(outcome["costs_pv"])
    assert lines["hardest"]["benefits_pv"] < outcome["benefits_pv"]
