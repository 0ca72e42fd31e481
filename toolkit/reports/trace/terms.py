"""The lines that a part of a figure adds up, each with its euros in that figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from toolkit.model.arrays import Floats
from toolkit.model.result import Correction, CostLine, Line, Outcome
from toolkit.reports.facts.recipe import BENEFITS, COSTS, Part
from toolkit.reports.facts.source import cost_key
from toolkit.reports.trace.trail import Trail


@dataclass(frozen=True, slots=True)
class Term:
    """One line with its euros in a figure.

    line: a benefit line, the cost of something, or a correction for overlap.
    weights: what a euro of each year counts for (H).  shares: what counts of each party's share (P).
    """

    key: str
    line: Line | CostLine | Correction
    amount: float
    weights: Floats
    shares: Floats
    sign: float = 1.0


def terms(part: Part, trail: Trail) -> list[Term]:
    """The terms of a part, in the order of the study; they add up to its euros."""
    study = trail.source.outcome
    outcome = study.initiatives[part.initiative] if part.initiative else study
    if part.side == COSTS:
        return _costs(part, outcome)
    benefits = _benefits(part, outcome)
    corrections = [] if part.sizes else _corrections(benefits, outcome)
    return benefits + corrections if part.side == BENEFITS else corrections


def amount_of(found: Iterable[Term]) -> float:
    """The sum of terms in euros."""
    return sum(term.amount for term in found)


def _weights(part: Part, outcome: Outcome, factors: Floats) -> Floats:
    weights = factors if part.present else np.ones_like(factors)
    if part.year is None:
        return weights
    in_year: Floats = np.array([float(year == part.year) for year in outcome.study.years])
    return weights * in_year


def _benefits(part: Part, outcome: Outcome) -> list[Term]:
    weights = _weights(part, outcome, outcome.benefit_factors)
    counted = np.array([part.parties is None or party in part.parties for party in outcome.parties])
    found = []
    for line in outcome.lines:
        shares = line.shares * counted
        if (part.keys is not None and line.key not in part.keys) or not shares.any():
            continue
        if part.sizes:
            line = replace(line, net_factor=abs(line.net_factor), unit_amount=abs(line.unit_amount))
            shares = np.abs(shares)
        amount = part.sign * float(line.per_year @ weights * shares.sum())
        found.append(Term(line.key, line, amount, weights, shares, part.sign))
    return found


def _corrections(benefits: list[Term], outcome: Outcome) -> list[Term]:
    found = []
    for correction in outcome.corrections:
        personal = [
            term
            for term in benefits
            if isinstance(term.line, Line)
            and term.line.initiative == correction.initiative
            and term.line.effect.people is not None
        ]
        amount = -correction.share * amount_of(personal)
        if amount:
            key = f"{correction.initiative}+{correction.other}"
            first = personal[0]
            found.append(Term(key, correction, amount, first.weights, first.shares, first.sign))
    return found


def _costs(part: Part, outcome: Outcome) -> list[Term]:
    weights = _weights(part, outcome, outcome.cost_factors)
    found = []
    for cost in outcome.costs:
        key = cost_key(cost)
        others = part.parties is not None and cost.investment.party not in part.parties
        if not cost.inside or others or (part.keys is not None and key not in part.keys):
            continue
        amount = part.sign * float(cost.per_year @ weights)
        found.append(Term(key, cost, amount, weights, np.ones(0), part.sign))
    return found
