"""Tables with a row per effect, party or task field: benefits, trail, budget."""

from __future__ import annotations

import numpy as np

from toolkit.method.cash import freed_cash, per_task_field
from toolkit.model.arrays import Floats
from toolkit.model.result import InitiativeOutcome, Outcome
from toolkit.model.study import MUNICIPALITY
from toolkit.words.vocabulary import section, word
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.labels import label


def effect_rows(outcome: InitiativeOutcome) -> list[Row]:
    """Table tblEffectbaten: present value per effect and group."""
    groups = {g: n for n, g in enumerate(outcome.study.groups)}
    rows: list[Row] = []
    for line in outcome.lines:
        amounts = outcome.present_benefits(line.benefits)
        per_group = [0.0] * len(groups)
        for party, amount in zip(outcome.parties, amounts, strict=True):
            per_group[groups[outcome.study.parties[party]]] += float(amount)
        effect = line.effect
        rows.append(
            {
                "name": effect.name,
                "code": effect.code,
                "reach": effect.inflow[0].mode if effect.inflow else 0.0,
                "unit": effect.unit_value.unit,
                **{f"group_{g}": per_group[n] for g, n in groups.items()},
                "total": float(amounts.sum()),
            }
        )
    return rows


def trail_rows(outcome: InitiativeOutcome) -> list[Row]:
    """Table tblRekenspoor: one row per effect and party, with every factor."""
    rows: list[Row] = []
    for line in outcome.lines:
        effect, value = line.effect, line.effect.unit_value
        for party, share in zip(outcome.parties, line.shares, strict=True):
            if not share:
                continue
            flows = share * line.per_year
            rows.append(
                {
                    "code": effect.code,
                    "name": effect.name,
                    "kengetal": value.code,
                    "party": label("party", party),
                    "group": word(f"form.groups.{outcome.study.parties[party]}"),
                    "share": float(share),
                    "amount": value.priced.mode,
                    "price_year": value.price_year,
                    "index_factor": line.index_factor,
                    "unit_amount": line.unit_amount,
                    "deadweight": effect.deadweight.mode,
                    "displacement": effect.displacement.mode,
                    "attribution": effect.attribution.mode,
                    "drop_off": effect.drop_off.mode,
                    "duration": effect.duration,
                    "lag": effect.lag,
                    "net_factor": line.net_factor,
                    "present_value": float(outcome.present_benefits(flows)),
                    "cell": effect.cells.get("reach", ""),
                    "source": value.source,
                    **{f"year_{n}": float(f) for n, f in enumerate(flows, 1)},
                }
            )
    return rows


def budget_rows(outcome: Outcome) -> list[Row]:
    """Table tblBegroting: undiscounted costs, benefits and what frees cash, per party and year."""
    costs, benefits, cash = outcome.cost_per_party, outcome.benefits, freed_cash(outcome)
    rows: list[Row] = []
    for n, party in enumerate(outcome.parties):
        for kind, flows in (("costs", costs[n]), ("benefits", benefits[n]), ("cash", cash[n])):
            if np.any(flows):
                years = {f"year_{y}": float(f) for y, f in enumerate(flows, 1)}
                rows.append({"party": label("party", party), "kind": word(f"form.budget.{kind}"), **years})
    return rows


def task_field_rows(outcome: Outcome) -> list[Row]:
    """Table tblTaakvelden: the municipality's benefits per task field and year, and what frees cash."""
    names = section("form.task_fields")
    sums: dict[tuple[str, str], Floats] = {}
    for field, (benefits, cash) in per_task_field(outcome, MUNICIPALITY).items():
        name = names.get(field, names["other"])
        for kind, flows in (("benefits", benefits), ("cash", cash)):
            if np.any(flows):
                sums[name, kind] = sums.get((name, kind), np.zeros(len(flows))) + flows
    return [
        {
            "task_field": field,
            "kind": word(f"form.budget.{kind}"),
            **{f"year_{n}": float(f) for n, f in enumerate(flows, 1)},
        }
        for (field, kind), flows in sorted(sums.items())
    ]
