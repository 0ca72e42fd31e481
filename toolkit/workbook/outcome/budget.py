"""Tables of sheet Begroting: who pays, who gains, and whose spending goes down and up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from toolkit.kengetallen.budgets import load_budgets
from toolkit.method.figures import NOTHING
from toolkit.method.summary import Summary
from toolkit.model.arrays import Floats
from toolkit.model.study import NO_COVER, PERSONS
from toolkit.words import dutch
from toolkit.words.vocabulary import section
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.outcomes import (
    BALANCE,
    BENEFITS,
    BUDGET,
    BUDGET_NOTES,
    EXTRA,
    KINDS,
    NET,
    OWN,
    SAVED,
    TASK_FIELDS,
)
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.outcome.tables import party_name, years

Told = tuple[Floats, float]
"""Euros per year (H), undiscounted, and their present value."""


def rows(summary: Summary) -> dict[Table, list[Row]]:
    """Every table of sheet Begroting."""
    uncovered = summary.outcome.uncovered, summary.outcome.uncovered_pv
    return {
        BUDGET: [
            *_party_rows(summary),
            _row("party", party_name(NO_COVER), OWN, uncovered),
            *_totals(summary),
        ],
        BUDGET_NOTES: _notes(summary),
        TASK_FIELDS: list(_task_field_rows(summary)),
    }


def _row(column: str, name: object, kind: str, told: Told) -> Row:
    """One row; without amounts where there are none."""
    flows, present = told
    amounts = {"present_value": present, **years(flows)} if np.any(flows) else {}
    return {column: name, "kind": Said(f"form.budget.{kind}"), **amounts}


def _totals(summary: Summary) -> Iterator[Row]:
    """What all parties pay and gain together, also what nobody promised, and the difference."""
    outcome, figures = summary.outcome, summary.headline
    costs, benefits = outcome.cost_per_year, outcome.benefits.sum(axis=0)
    told: dict[str, Told] = {
        OWN: (costs, figures.costs_pv),
        BENEFITS: (benefits, figures.benefits_pv),
        BALANCE: (benefits - costs, figures.npv),
    }
    for kind, flows in told.items():
        yield _row("party", Said("form.budget.total"), kind, flows)


def _party_rows(summary: Summary) -> Iterator[Row]:
    """What each party pays, gains, spends less and spends more; what is nothing stays out.

    People have no budget: of them only what they pay and gain.
    """
    outcome = summary.outcome
    gained = outcome.benefits
    for place, party in enumerate(outcome.parties):
        yearly, present = summary.cash.of(place), summary.cash_pv.of(place)
        told: dict[str, Told] = {
            OWN: (yearly.own, float(present.own)),
            BENEFITS: (gained[place], summary.per_party[party][0]),
            SAVED: (yearly.saved, float(present.saved)),
            EXTRA: (yearly.extra, float(present.extra)),
            NET: (yearly.net, float(present.net)),
        }
        for kind in (OWN, BENEFITS) if party in PERSONS else KINDS:
            if np.any(told[kind][0]):
                yield _row("party", party_name(party), kind, told[kind])


def _task_field_rows(summary: Summary) -> Iterator[Row]:
    """The same of the municipality per task field; fields without a name of their own go together."""
    names = section("form.task_fields")
    sums: dict[str, dict[str, Floats]] = {}
    for field, (benefits, cash) in summary.task_fields.items():
        known = sums.setdefault(names.get(field, names["other"]), {})
        for kind, flows in {BENEFITS: benefits, SAVED: cash.saved, EXTRA: cash.extra, NET: cash.net}.items():
            known[kind] = known.get(kind, np.zeros(len(flows))) + flows
    for name in sorted(sums):
        for kind, flows in sums[name].items():
            if np.any(flows):
                present = float(summary.outcome.present_benefits(flows))
                yield _row("task_field", name, kind, (flows, present))


def _notes(summary: Summary) -> list[Row]:
    """What belongs beside the amounts of this outcome."""
    more, uncovered = summary.cash_above_gain, summary.outcome.uncovered_pv
    names = dutch.enumeration([party_name(party).text for party in more]) if more else ""
    budgets, study = load_budgets(), summary.outcome.study
    welfare, care = budgets.welfare_budget(study), budgets.care_contract(study)
    notes: Mapping[str, Said | str] = {
        "above_gain": Said(
            f"form.budget_notes.above_gain.{'found' if more else 'none'}",
            {"parties": names},
        ),
        "cover": Said(
            f"form.budget_notes.cover.{'open' if uncovered > NOTHING else 'all'}",
            {"amount": dutch.euro(uncovered)},
        ),
        "welfare": welfare.said if welfare else Said("form.budget_notes.welfare.unknown"),
        "care": care.said if care else Said("form.budget_notes.care.unknown"),
    }
    return [{"row": code, "said": said} for code, said in notes.items()]
