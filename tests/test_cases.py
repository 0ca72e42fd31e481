"""Published studies, computed by the whole engine from their JSON, against their published outcome."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from studies import as_object

from toolkit.exchange.reading import read_file, read_text
from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import appraise_study, headline

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parent.parent / "docs" / "voorbeelden"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))
INDEX = load_library().index
RATIOS = ("ratio", "net_ratio", "irr")


def computed(name: str) -> dict:
    """The output of a case as another system would read it."""
    portfolio, findings = read_file(CASES / f"{name}.json")
    assert findings == []
    return json.loads(json.dumps(as_object(portfolio, load_library(), None, findings), allow_nan=False))


def expected(name: str) -> dict:
    return tomllib.loads((CASES / f"{name}.expected.toml").read_text(encoding="utf-8"))


def leaves(table: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every figure in a nested table, with its path."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def found(output: dict, path: tuple[str, ...]) -> object:
    for key in path:
        output = output[key]
    return output


def test_every_case_has_its_expected_outcome():
    assert {path.name.partition(".")[0] for path in CASES.glob("*.expected.toml")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_published_study_gives_its_published_outcome(name):
    output, case = computed(name), expected(name)
    figures = list(leaves({"study": case["study"]}))
    assert figures
    for path, value in figures:
        tolerance = case["ratio"] if path[-1] in RATIOS else case["money"]
        assert found(output, path) == pytest.approx(value, rel=0, abs=tolerance), ".".join(path)
    for path in case.get("absent", ()):
        assert found(output, tuple(path.split("."))) is None, path


def test_the_published_roundings_of_wheels_to_meals():
    study = computed("wheels-to-meals")["study"]
    assert (round(study["benefits_pv"], 2), round(study["npv"], 2)) == (81741.93, 39366.93)
    assert (round(study["ratio"], 2), round(study["net_ratio"], 2)) == (1.93, 0.93)


def test_an_outcome_that_never_happens_without_the_initiative_is_worth_nothing_but_is_listed():
    effects = computed("wheels-to-meals")["initiatives"]["WTM"]["per_effect"]
    assert list(effects) == [f"E{n}" for n in range(1, 9)]
    assert effects["E6"] == {"benefits": 0.0}


def test_with_attribution_read_the_wrong_way_round_wheels_to_meals_would_fail():
    document = json.loads((CASES / "wheels-to-meals.json").read_text(encoding="utf-8"))
    for effect in document["initiatives"][0]["effects"]:
        effect["attribution"] = 1 - effect.get("attribution", 0)
    portfolio, _ = read_text(json.dumps(document))
    assert headline(appraise_study(portfolio, INDEX)).ratio == pytest.approx(0.12, abs=0.005)


def test_the_headline_of_passion_works_does_not_count_a_domain_twice():
    study = computed("passion-works")["study"]
    for parts in ("per_party", "per_group", "per_domain", "per_effect"):
        assert sum(part["benefits"] for part in study[parts].values()) == pytest.approx(study["benefits_pv"])
    assert study["benefits_pv"] == pytest.approx(4137865.5012 - 10689.9506)


def test_the_example_in_the_docs_is_the_case():
    name = "wheels-to-meals.json"
    assert (EXAMPLES / name).read_text(encoding="utf-8") == (CASES / name).read_text(encoding="utf-8")
