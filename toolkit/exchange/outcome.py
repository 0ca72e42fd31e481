"""The computed study as the JSON object that `bereken --json` prints."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict

from toolkit.method.appraisal import headline
from toolkit.method.cash import present
from toolkit.method.figures import evidence_shares
from toolkit.method.montecarlo import Chance, Simulation
from toolkit.method.objections import COUNTED_YEAR, Answer, Answers, named
from toolkit.model.finding import Finding
from toolkit.model.result import Line, Outcome, StudyOutcome
from toolkit.words.vocabulary import sentence


def as_json(
    outcome: StudyOutcome | None,
    answers: Answers | None,
    simulation: Simulation | None,
    findings: Iterable[Finding],
) -> dict[str, object]:
    """Everything that came out, unrounded, ready for json.dumps.

    outcome, answers: None where findings stopped the computation; study is then null, initiatives empty.
    simulation: None where no chance was computed; uncertainty is then null.
    All amounts are present values in money of the price level; benefits and costs under
    per_year are not discounted. A figure that does not exist is null.
    """
    study: dict[str, object] | None = None
    initiatives: dict[str, dict[str, object]] = {}
    if outcome is not None and answers is not None:
        study = _figures(outcome, answers.study, lambda line: line.key)
        initiatives = {
            code: {"name": one.initiative.name, "counted": one.initiative.counted}
            | _figures(one, answers.initiatives[code], lambda line: line.effect.code)
            for code, one in outcome.initiatives.items()
        }
    result = {
        "study": study,
        "initiatives": initiatives,
        "uncertainty": simulation and _uncertainty(simulation),
        "findings": findings_as_json(findings),
    }
    return {name: _finite(part) for name, part in result.items()}


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings as `--json` prints them, ready for json.dumps; text is the sentence without its place."""
    return [
        {
            "level": f.level,
            "code": f.code,
            "file": f.file,
            "where": f.where,
            "facts": {name: _plain(value) for name, value in f.facts.items()},
            "text": sentence(f),
        }
        for f in findings
    ]


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | str | None) else str(value)


def _figures(outcome: Outcome, answers: tuple[Answer, ...], name: Callable[[Line], str]) -> dict[str, object]:
    """Headline and roll-ups; the parts of each roll-up add up to the totals."""
    benefits, costs = outcome.benefits.sum(axis=0), outcome.cost_per_year
    figures, cash = headline(outcome), present(outcome)
    counted = named(answers, COUNTED_YEAR)
    return {
        **asdict(figures),
        "irr_roots": list(figures.irr_roots),
        "per_party": _sides(outcome.per_party()),
        "per_group": _sides(outcome.per_group()),
        "per_domain": {domain: {"benefits": euros} for domain, euros in outcome.per_domain().items()},
        "per_effect": _per_effect(outcome, name),
        "per_year": {
            "benefits": benefits.tolist(),
            "costs": costs.tolist(),
            "benefits_pv": outcome.benefits_pv_per_year.tolist(),
            "costs_pv": outcome.costs_pv_per_year.tolist(),
        },
        "uncovered_pv": outcome.uncovered_pv,
        "cash": {
            party: {"saved": float(saved), "extra": float(extra), "net": float(saved - extra)}
            for party, saved, extra in zip(outcome.parties, cash.saved, cash.extra, strict=True)
        },
        "evidence": evidence_shares(outcome),
        "counted_year": _answer(counted),
        "objections": [{"code": answer.objection.code} | _answer(answer) for answer in answers],
    }


def _answer(answer: Answer) -> dict[str, object]:
    return {"benefits_pv": answer.benefits_pv, "costs_pv": answer.costs_pv, "ratio": answer.ratio}


def _sides(table: dict[str, tuple[float, float]]) -> dict[str, dict[str, float]]:
    return {
        who: {"benefits": gained, "costs": paid, "balance": gained - paid}
        for who, (gained, paid) in table.items()
    }


def _per_effect(outcome: Outcome, name: Callable[[Line], str]) -> dict[str, dict[str, float]]:
    """Present value of benefits per effect, after the overlap between initiatives."""
    kept = outcome.kept_share()
    totals: dict[str, float] = defaultdict(float)
    for line in outcome.lines:
        totals[name(line)] += float(outcome.present_benefits(line.benefits.sum(axis=0))) * kept(line)
    return {key: {"benefits": euros} for key, euros in totals.items()}


def _uncertainty(simulation: Simulation) -> dict[str, object]:
    return {
        "study": _chance(simulation.study),
        "initiatives": {code: _chance(chance) for code, chance in simulation.initiatives.items()},
    }


def _chance(chance: Chance) -> dict[str, object]:
    spreads = {
        "benefits_pv": chance.benefits_pv,
        "costs_pv": chance.costs_pv,
        "npv": chance.npv,
        "ratio": chance.ratio,
    }
    return {key: spread and spread.as_dict() for key, spread in spreads.items()} | {
        "chance_benefits_exceed_costs": chance.chance_benefits_exceed_costs
    }


def _finite(value: object) -> object:
    """The same, with null for a number that JSON cannot hold (a ratio to costs of next to nothing)."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
