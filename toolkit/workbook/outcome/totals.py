"""Tables of totals: groups, parties, years, transfers, what has no price, comparison, facts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.method.appraisal import headline
from toolkit.method.figures import government_with_insurers, group_shares
from toolkit.method.montecarlo import Simulation
from toolkit.method.transfers import transfers
from toolkit.model.initiative import PmEffect
from toolkit.model.narrowing import as_number
from toolkit.model.result import Outcome, StudyOutcome
from toolkit.model.study import DOMAINS
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row, absent, band
from toolkit.workbook.layout.labels import label


def group_rows(outcome: Outcome) -> list[Row]:
    """Table tblGroepen: benefits per group and domain, and with insurers as government."""
    table, shares = outcome.per_group_and_domain(), group_shares(outcome)
    rows: list[Row] = [
        {
            "row": group,
            **{f"domain_{n}": table[group].get(d, 0.0) for n, d in enumerate(DOMAINS, 1)},
            "total": gained,
            "share": shares[group] if shares else None,
        }
        for group, (gained, _) in outcome.per_group().items()
    ]
    domains = (f"domain_{n}" for n in range(1, len(DOMAINS) + 1))
    rows.append(_total(rows, "total", *domains) | {"share": 1.0 if shares else None})
    gained = outcome.per_party()
    together = government_with_insurers(outcome.study)
    if together is None:
        return rows
    insured = sum(gained[party][0] for party in together)
    share = insured / outcome.benefits_pv if shares else None
    return [*rows, {"row": "insurers_as_government", "total": insured, "share": share}]


def _total(rows: Sequence[Row], *columns: str) -> dict[str, object]:
    """The row under other rows that adds them up."""
    return {"row": "total", **{column: sum(as_number(row[column]) for row in rows) for column in columns}}


def party_rows(outcome: Outcome) -> list[Row]:
    """Table tblPartijen: costs, benefits, balance and transfers per party."""
    handed = outcome.transfers
    rows: list[Row] = [
        {
            "row": party,
            "costs": paid,
            "benefits": gained,
            "balance": gained - paid,
            "transfers": handed[party],
        }
        for party, (gained, paid) in outcome.per_party().items()
    ]
    return [*rows, _total(rows, "costs", "benefits", "balance", "transfers")]


def year_rows(outcome: Outcome) -> list[Row]:
    """Table tblJaren: present values per year and their running totals."""
    benefits, costs = outcome.benefits_pv_per_year, outcome.costs_pv_per_year
    columns = (outcome.study.years, costs, benefits, np.cumsum(costs), np.cumsum(benefits))
    return [
        {
            "year": year,
            "costs": float(c),
            "benefits": float(b),
            "running_costs": float(rc),
            "running_benefits": float(rb),
        }
        for year, c, b, rc, rb in zip(*columns, strict=True)
    ]


def transfer_rows(outcome: Outcome) -> list[Row]:
    """Table tblOverdrachten: per unit value and direction, who hands over and who receives."""
    return [
        {
            "name": transfer.name,
            "amount": transfer.amount,
            "payer": ", ".join(label("party", party) for party in transfer.payers),
            "receiver": ", ".join(label("party", party) for party in transfer.receivers),
        }
        for transfer in sorted(transfers(outcome), key=lambda transfer: -transfer.amount)
    ]


def pm_rows(effects: Sequence[PmEffect]) -> list[Row]:
    """Table tblZonderPrijs."""
    return [
        {
            "name": e.name,
            "domain": e.domain,
            "grade": e.grade,
            "known_by": label("grade", e.known_by),
            "evidence": e.evidence,
        }
        for e in effects
    ]


def comparison_rows(outcome: StudyOutcome, simulation: Simulation | None) -> list[Row]:
    """Table tblVergelijking: the initiatives side by side, the uncounted ones marked."""
    rows: list[Row] = []
    for code, one in outcome.initiatives.items():
        figures, initiative = headline(one), one.initiative
        chance = simulation.initiatives[code] if simulation else None
        rows.append(
            {
                "name": initiative.name,
                "counted": word(f"form.lists.yes_no.{'yes' if initiative.counted else 'no'}"),
                "costs_pv": figures.costs_pv,
                "benefits_pv": figures.benefits_pv,
                **{f"group_{g}": gained for g, (gained, _) in one.per_group().items()},
                "ratio": figures.ratio,
                **band(chance.ratio if chance else None, "p5", "p95"),
                "payback_year": absent("payback_short", figures.payback_year),
                "participants": initiative.participants,
                "reason": initiative.counted_reason or None,
            }
        )
    return rows


FactRow = tuple[str, object, str, str, str, tuple[str, ...]]
"""name, value, wording, unit, meaning, provenance."""


def fact_rows(facts: Sequence[FactRow]) -> list[Row]:
    """Table tblFeiten."""
    rows: list[Row] = []
    for name, value, wording, unit, meaning, provenance in facts:
        if isinstance(value, bool):
            value = word(f"form.lists.yes_no.{'yes' if value else 'no'}")
        elif isinstance(value, tuple):
            value = "; ".join(value)
        rows.append(
            {
                "name": name,
                "value": value,
                "wording": wording,
                "unit": unit,
                "meaning": meaning,
                "provenance": "; ".join(provenance),
            }
        )
    return rows


def question_rows(questions: Sequence[tuple[str, str, Sequence[str]]]) -> list[Row]:
    """Table tblRaadsvragen from (question, answer, names of the facts it rests on)."""
    return [
        {"asked": asked, "answered": answered, "rests_on": ", ".join(names)}
        for asked, answered, names in questions
    ]
