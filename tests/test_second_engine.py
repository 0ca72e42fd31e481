"""The toolkit against a second engine that was written from docs/methode.md and docs/json.md alone."""

from __future__ import annotations

import ast
import copy
import json
import os
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from second_engine import PERCENTILES, compute
from second_library import facts
from second_studies import DRAWS, any_study

from toolkit.app import cli

ROOT = Path(__file__).parent.parent
LIBRARY = facts(ROOT / "toolkit/kengetallen")
STUDIES = range(200 if os.environ.get("WIJKBATEN_ALLES") == "1" else 20)
CASES = sorted((ROOT / "tests/cases").glob("*.json"))
CLOSE = 1e-9
RATE_CLOSE = 1e-7
"""A root where benefits only touch the costs is found to half of the digits."""
ERRORS = 5.5
"""Standard errors that chance may explain: once in some 25 million comparisons."""
PURE = (".irr", "ratio", ".evidence", ".payback_year")
"""Outcomes that are no euros."""
Toolkit = Callable[[dict], dict]


@pytest.fixture
def toolkit(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Toolkit:
    """The outcome that the command gives for a study."""
    monkeypatch.chdir(tmp_path)

    def outcome(document: dict) -> dict:
        (tmp_path / "studie.json").write_text(json.dumps(document), encoding="utf-8")
        capsys.readouterr()
        code = cli.main(["bereken", "studie.json", "--json"])
        found = json.loads(capsys.readouterr().out)
        assert code == 0, found["findings"]
        return found

    return outcome


def differences(document: dict, theirs: dict) -> list[str]:
    """Where the toolkit and the second engine do not agree on a study."""
    ours = compute(document, LIBRARY, DRAWS)
    draws = (document.get("uncertainty") or {"draws": 100_000})["draws"]
    found = []
    for place, mine, other, mine_drawn, other_drawn in pairs(ours, theirs):
        turnover = sum(abs(one["benefits_pv"]) + abs(one["costs_pv"]) for one in mine["objections"])
        turnover += sum(one["saved"] + one["extra"] for one in mine["cash"].values()) or 1.0
        found += totals_apart(mine, other, place, turnover)
        if (mine_drawn is None) != (other_drawn is None):
            found.append(f"{place}: only one of them computes a chance")
        elif mine_drawn is not None:
            found += spreads_apart(mine_drawn, other_drawn, draws, place, turnover)
    return found


def pairs(ours: dict, theirs: dict) -> Iterator[tuple]:
    """The study and each initiative: the outcome and the uncertainty of both engines."""
    chances = [engine["uncertainty"] or {"study": None, "initiatives": {}} for engine in (ours, theirs)]
    yield "study", ours["study"], theirs["study"], *(chance["study"] for chance in chances)
    assert ours["initiatives"].keys() == theirs["initiatives"].keys()
    for code, mine in ours["initiatives"].items():
        both = [chance["initiatives"].get(code) for chance in chances]
        yield code, mine, theirs["initiatives"][code], *both


def totals_apart(mine: object, other: object, place: str, turnover: float) -> list[str]:
    """Every number that differs; next to all that goes round, a part in 10^12 is nothing."""
    if isinstance(mine, dict) and isinstance(other, dict) and mine.keys() == other.keys():
        parts = [(f"{place}.{key}", mine[key], other[key]) for key in mine]
    elif isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other):
        parts = [(f"{place}[{n}]", *both) for n, both in enumerate(zip(mine, other, strict=True))]
    elif isinstance(mine, float | int) and isinstance(other, float | int):
        relative = RATE_CLOSE if ".irr" in place else CLOSE
        nothing = 1e-12 * (1 if any(part in place for part in PURE) else turnover)
        same = abs(mine - other) <= relative * max(abs(mine), abs(other)) + nothing
        return [] if same else [f"{place}: {mine} here, {other} there"]
    else:
        return [] if mine == other else [f"{place}: {mine} here, {other} there"]
    return [line for part in parts for line in totals_apart(part[1], part[2], part[0], turnover)]


def spreads_apart(mine: dict, other: dict, draws: int, place: str, turnover: float) -> list[str]:
    """Every figure of the uncertainty that lies farther away than chance explains."""
    found = []
    spread = 1 / DRAWS + 1 / draws
    for name in ("benefits_pv", "costs_pv", "npv", "ratio"):
        values, told = mine[name], other[name]
        if values is None or told is None:
            if values is not told and not hangs_on_chance(mine["costs_pv"], spread):
                found.append(f"{place}.{name}: only one of them has it")
            continue
        noise = CLOSE * max(float(np.abs(values).max()), turnover if name != "ratio" else 1.0)
        for figure, low, high in bounds(values, spread):
            if not low - noise <= told[figure] <= high + noise:
                found.append(f"{place}.{name}.{figure}: {low} to {high} here, {told[figure]} there")
    more = float((mine["npv"] > CLOSE * turnover).mean())
    error = ERRORS * sqrt(max(more * (1 - more), 1 / DRAWS) * spread)
    if abs(more - other["chance_benefits_exceed_costs"]) > error:
        found.append(f"{place}.chance: {more} here, {other['chance_benefits_exceed_costs']} there")
    return found


def hangs_on_chance(costs: np.ndarray, spread: float) -> bool:
    """Tell whether costs come so seldom near zero that one sample may hold none below it, and another one."""
    seldom = float((costs < 0.01 * abs(costs.mean())).mean())
    return 0 < seldom <= ERRORS**2 * spread


def bounds(values: np.ndarray, spread: float) -> Iterator[tuple[str, float, float]]:
    """Between what each figure of another sample may lie, `spread` being 1/n of both samples together.

    A percentile p: the percentiles p plus and minus its standard error sqrt(p (1 - p) spread), whatever the
    distribution. The mean: sd sqrt(spread); the sd: sqrt((m4 - sd^4) spread) / (2 sd), m4 the fourth moment.
    """
    mean, sd = float(values.mean()), float(values.std())
    yield "mean", mean - ERRORS * sd * sqrt(spread), mean + ERRORS * sd * sqrt(spread)
    fourth = float(((values - mean) ** 4).mean())
    error = ERRORS * sqrt(max(fourth - sd**4, 0) * spread) / (2 * sd) if sd else 0.0
    yield "sd", sd - error, sd + error
    for name, percentile in PERCENTILES.items():
        part = percentile / 100
        error = ERRORS * sqrt(part * (1 - part) * spread)
        low, high = np.quantile(values, [max(part - error, 0), min(part + error, 1)])
        yield name, float(low), float(high)


@pytest.mark.parametrize("seed", STUDIES)
def test_both_engines_give_any_study_the_same_outcome(seed: int, toolkit: Toolkit) -> None:
    document = any_study(seed)
    assert differences(document, toolkit(document)) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_both_engines_give_a_published_case_the_same_outcome(path: Path, toolkit: Toolkit) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert differences(document, toolkit(document)) == []


def test_both_engines_give_the_example_portfolio_the_same_outcome(toolkit: Toolkit, tmp_path: Path) -> None:
    workbook = ROOT / "workbooks/voorbeelden/portefeuille.xlsx"
    assert cli.main(["exporteer", str(workbook), "--uit", str(tmp_path / "voorbeeld.json")]) == 0
    document = json.loads((tmp_path / "voorbeeld.json").read_text(encoding="utf-8"))
    assert len(document["initiatives"]) > 1
    assert differences(document, toolkit(document)) == []


def test_an_inflow_that_touches_the_costs_gives_one_rate(toolkit: Toolkit) -> None:
    """100 now and 121 in two years, for 220 next year: equal at ten per cent only."""
    value = {"amount": 110, "price_year": 2025, "kind": "welvaart", "shares": {"gemeente": 1}}
    document = {
        "study": {"name": "T", "first_year": 2025, "horizon": 3, "price_level": 2025},
        "initiatives": [
            {
                "code": "A",
                "investments": [{"party": "gemeente", "amounts": [100, 0, 121]}],
                "effects": [{"code": "E", "domain": "wonen", "inflow": [0, 2], "unit_value": value}],
            }
        ],
    }
    assert compute(document, LIBRARY, DRAWS)["study"]["irr"] == pytest.approx(0.1, abs=RATE_CLOSE)
    assert differences(document, toolkit(document)) == []


def test_every_option_occurs_in_the_studies() -> None:
    schema = json.loads((ROOT / "docs/json-schema.json").read_text(encoding="utf-8"))
    initiative = schema["properties"]["initiatives"]["items"]["properties"]
    effect = initiative["effects"]["items"]["properties"]
    known = {
        "study": set(schema["properties"]["study"]["properties"]) - {"currency", "counterfactual"},
        "investment": {"party", "amounts", "kind", "term", "until", "reason"},
        "effect": set(effect) - {"name", "units_per_person", "reasons", "cells", "defaults"},
        "unit_value": set(effect["unit_value"]["properties"]) - {"name", "unit", "source", "quality"},
        "range": {"mode", "low", "high", "dist"},
    }
    met: dict[str, set] = {kind: set() for kind in known}
    answered, distributions, kinds = set(), set(), set()
    for document in map(any_study, range(20)):
        met["study"] |= document["study"].keys()
        answered |= {"people" in pair for pair in document.get("overlaps", [])}
        for one in document["initiatives"]:
            for line in one["investments"]:
                met["investment"] |= line.keys()
                kinds.add(line["kind"])
            for row in one["effects"]:
                met["effect"] |= row.keys()
                met["unit_value"] |= row.get("unit_value", {}).keys()
                kinds.add(row.get("unit_value", {}).get("kind"))
                for number in (*row["inflow"], *row.values(), row.get("unit_value", {}).get("amount")):
                    if isinstance(number, dict) and "mode" in number:
                        met["range"] |= number.keys()
                        distributions.add(number.get("dist", "pert"))
    assert met == known
    assert answered == {True, False}
    assert distributions == {"pert", "triangular", "uniform", "normal", "lognormal"}
    assert kinds >= {"money", "in_kind", "volunteer_hours", "welvaart", "overdracht", "uit_kosten"}


def test_a_small_change_or_a_wider_band_is_seen(toolkit: Toolkit) -> None:
    """The comparison itself: a millionth more of one amount, and a band that is a tenth wider."""
    amount = {"low": 80, "mode": 100, "high": 130}
    value = {"amount": amount, "price_year": 2025, "kind": "welvaart", "shares": {"gemeente": 1}}
    document = {
        "study": {"name": "T", "first_year": 2025, "horizon": 3, "price_level": 2025},
        "initiatives": [
            {"code": "A", "effects": [{"code": "E", "domain": "wonen", "inflow": [9], "unit_value": value}]}
        ],
        "uncertainty": {"draws": DRAWS},
    }
    outcome = toolkit(document)
    assert differences(document, outcome) == []
    for change in ({"mode": 100.0001}, {"low": 78, "high": 133}):
        changed = copy.deepcopy(document)
        changed["initiatives"][0]["effects"][0]["unit_value"]["amount"] = amount | change
        assert differences(changed, outcome) != []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").glob("second_*.py")), ids=lambda path: path.stem)
def test_the_second_engine_knows_nothing_of_the_toolkit(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imported += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [module for module in imported if module.startswith("toolkit")]
