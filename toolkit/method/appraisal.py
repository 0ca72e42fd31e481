"""Initiatives and unit values to benefits and costs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from toolkit.kengetallen.indexing import IndexTable
from toolkit.method import returns
from toolkit.method.impact import net_factor
from toolkit.method.overlap import overlap_shares
from toolkit.method.ranges import counts, inside_ratio, investment_keys
from toolkit.method.timeline import discount_factors, units_beyond, units_in_effect
from toolkit.model.arrays import Floats
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Effect, Initiative, Investment
from toolkit.model.portfolio import Overlap, Portfolio
from toolkit.model.result import (
    Correction,
    CostLine,
    Headline,
    InitiativeOutcome,
    Line,
    Outcome,
    StudyOutcome,
)
from toolkit.model.study import NO_COVER, TIMINGS, Study
from toolkit.model.unit_value import PERSON


def shares_per_party(effect: Effect, study: Study) -> Floats:
    """Share of the effect's value per party (P), the person placeholder filled in."""
    index = {party: i for i, party in enumerate(study.parties)}
    shares = np.zeros(len(index))
    for party, share in effect.unit_value.shares.items():
        shares[index[effect.person if party == PERSON else party]] += share
    return shares


def appraise_effect(effect: Effect, initiative: str, study: Study, index: IndexTable) -> Line:
    """Turn one effect into euros per party and year.

    B[p, s] = f * v * S[s] * share[p], v = amount * index[price level] / index[price year],
    f = sign * factor * (1 - deadweight)(1 - displacement)(1 - attribution).
    Units: euros of the study's price level, undiscounted.
    """
    value = effect.unit_value
    indexed = index.factor(value.index, value.price_year, study.price_level).factor
    inflow = [n.mode for n in effect.inflow]
    when = (inflow, effect.drop_off.mode, effect.duration, effect.lag, study.horizon)
    net = net_factor(effect.deadweight.mode, effect.displacement.mode, effect.attribution.mode)
    return Line(
        initiative=initiative,
        effect=effect,
        unit_amount=value.priced.mode * indexed,
        index_factor=indexed,
        net_factor=effect.sign * effect.factor * net,
        units=units_in_effect(*when),
        shares=shares_per_party(effect, study),
        beyond=units_beyond(*when),
    )


def of_inflow(line: Line, years: Collection[int]) -> Line:
    """The part of a line that the inflow of some years brings, with what it still does later.

    years: places of years in the study.
    """
    effect = line.effect
    inflow = tuple(
        number if year in years else Estimate(0.0, cell=number.cell)
        for year, number in enumerate(effect.inflow)
    )
    modes = [number.mode for number in inflow]
    when = (modes, effect.drop_off.mode, effect.duration, effect.lag, len(line.units))
    units, beyond = units_in_effect(*when), units_beyond(*when)
    return replace(line, effect=replace(effect, inflow=inflow), units=units, beyond=beyond)


def _cost_lines(initiative: Initiative, study: Study) -> tuple[CostLine, ...]:
    lines, names = [], [investment.code or investment.name for investment in initiative.investments]
    for name, full, investment in zip(
        names, investment_keys(initiative), initiative.investments, strict=True
    ):
        per_year = np.zeros(study.horizon)
        per_year[: len(investment.amounts)] = [a.mode for a in investment.amounts]
        unique = name if names.count(name) == 1 else full
        inside = inside_ratio(investment, study)
        covered = per_year * promised(investment, study)
        lines.append(CostLine(initiative.code, unique, investment, per_year, covered, inside))
    return tuple(lines)


def promised(investment: Investment, study: Study) -> Floats:
    """1 for each year that the payer of an investment has promised, 0 for each later one (H)."""
    if investment.party == NO_COVER:
        return np.zeros(study.horizon)
    until = investment.until
    return np.array([1.0 if until is None or year <= until else 0.0 for year in study.years])


def factors(study: Study, timing: str) -> Floats:
    """The discount factor of each year for amounts that fall at this moment, a key of TIMINGS (H)."""
    return discount_factors(study.discount_rate, study.horizon, TIMINGS[timing])


def appraise(initiative: Initiative, study: Study, index: IndexTable) -> InitiativeOutcome:
    """Compute one initiative: its benefit lines, cost lines and discount factors."""
    effects = (e for e in initiative.effects if counts(e, study))
    return InitiativeOutcome(
        study=study,
        lines=tuple(appraise_effect(e, initiative.code, study, index) for e in effects),
        costs=_cost_lines(initiative, study),
        benefit_factors=factors(study, study.timing_benefits),
        cost_factors=factors(study, study.timing_costs),
        initiative=initiative,
    )


def overlap_corrections(
    overlaps: tuple[Overlap, ...], outcomes: dict[str, InitiativeOutcome]
) -> tuple[Correction, ...]:
    """The corrections that overlap_shares asks for."""
    shares = overlap_shares(overlaps, {code: outcome.initiative for code, outcome in outcomes.items()})
    return tuple(correction(code, other, share, outcomes[code]) for code, other, share in shares)


def correction(code: str, other: str, share: float, outcome: Outcome) -> Correction:
    """The reduction of person-based benefits (P, H) of an initiative: -share * the sum over its lines."""
    personal = np.zeros((len(outcome.parties), outcome.study.horizon))
    for line in outcome.lines:
        if line.initiative == code and line.effect.people is not None:
            personal = personal + line.benefits
    return Correction(code, other, share, -share * personal)


def appraise_study(portfolio: Portfolio, index: IndexTable) -> StudyOutcome:
    """Compute every initiative, and the counted ones together with their overlap corrections."""
    study = portfolio.study
    outcomes = {i.code: appraise(i, study, index) for i in portfolio.initiatives}
    counted = {code: o for code, o in outcomes.items() if o.initiative.counted}
    return StudyOutcome(
        study=study,
        lines=tuple(line for o in counted.values() for line in o.lines),
        costs=tuple(cost for o in counted.values() for cost in o.costs),
        benefit_factors=factors(study, study.timing_benefits),
        cost_factors=factors(study, study.timing_costs),
        corrections=overlap_corrections(portfolio.overlaps, counted),
        initiatives=outcomes,
    )


NOISE = 1e-9
"""Share of the turnover below which an amount is what binary arithmetic leaves of transfers that cancel."""


def turnover(outcome: Outcome) -> float:
    """All that changes hands in all years: the sum of |benefits| per line and party and of |costs|."""
    gained = sum(float(np.abs(line.benefits).sum()) for line in outcome.lines)
    return gained + sum(float(np.abs(cost.per_year).sum()) for cost in outcome.costs if cost.inside)


def headline(outcome: Outcome) -> Headline:
    """The figures that describe an outcome, see Headline."""
    study, noise = outcome.study, NOISE * turnover(outcome)
    benefits, costs = (
        np.where(np.abs(flows) <= noise, 0.0, flows)
        for flows in (outcome.benefits.sum(axis=0), outcome.cost_per_year)
    )
    rates = returns.internal_rates(
        benefits, costs, TIMINGS[study.timing_benefits], TIMINGS[study.timing_costs]
    )
    benefits_pv, costs_pv = outcome.benefits_pv, outcome.costs_pv
    return Headline(
        benefits_pv=benefits_pv,
        costs_pv=costs_pv,
        npv=benefits_pv - costs_pv,
        ratio=returns.ratio(benefits_pv, costs_pv),
        net_ratio=returns.ratio(benefits_pv - costs_pv, costs_pv),
        irr=returns.internal_rate(rates),
        irr_roots=tuple(rates),
        payback_year=returns.payback_year(outcome.benefits_pv_per_year, outcome.costs_pv_per_year),
    )
