"""The tables of results but those of uncertainty: what was computed, laid out in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from toolkit.method.figures import EXPECTED, STRONG_GRADES
from toolkit.method.montecarlo import Spread
from toolkit.method.summary import Summary
from toolkit.model.arrays import Floats
from toolkit.model.narrowing import as_number
from toolkit.model.study import DOMAINS, GOVERNMENT
from toolkit.words import dutch
from toolkit.words.vocabulary import section
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.parts import Said

_PLAIN = ("benefits_pv", "costs_pv", "npv", "ratio", "net_ratio", "payback_year", "irr")


def band(spread: Spread | None, low: str, high: str) -> dict[str, object]:
    """P5 and P95 of a figure under the given column codes; empty where it has no spread."""
    if spread is None:
        return {low: None, high: None}
    return {low: spread.percentiles["p5"], high: spread.percentiles["p95"]}


def headline_rows(summary: Summary) -> list[Row]:
    """Tables tblKern and tblMeerCijfers: the figures with their P5 and P95."""
    figures, chance, payer = summary.headline, summary.chance, summary.payer
    values = {
        **{name: getattr(figures, name) for name in _PLAIN},
        "government": summary.per_group[GOVERNMENT][0],
        "government_share": summary.shares[GOVERNMENT] if summary.shares else None,
        "per_payer_euro": payer.ratio if payer else None,
        "benefit_fall": summary.benefit_fall,
        "break_even_participants": summary.break_even_participants,
        "domains_crossed": len(summary.domains),
        "volunteer_hours": summary.volunteer_hours,
    }
    spreads = {
        "benefits_pv": chance.benefits_pv,
        "costs_pv": chance.costs_pv,
        "npv": chance.npv,
        "ratio": chance.ratio,
        "government": chance.groups[GOVERNMENT],
    }
    rows: list[Row] = [
        {"row": code, "value": absent(code, value), **band(spreads.get(code), "low", "high")}
        for code, value in values.items()
    ]
    if payer and payer.name == GOVERNMENT:
        name = Said("form.evidence.per_government")
        rows = [{**row, "figure": name} if row["row"] == "per_payer_euro" else row for row in rows]
    return rows


def evidence_rows(summary: Summary) -> list[Row]:
    """Table tblBewijs: which share of the benefits rests on which evidence, and what that means."""
    shares = summary.evidence or {}
    strong = sum(shares.get(grade, 0.0) for grade in STRONG_GRADES)
    expected = shares.get(EXPECTED, 0.0)
    weak = sum(shares.values()) - strong - expected
    parts = {k: dutch.percent(v) for k, v in (("strong", strong), ("weak", weak), ("expected", expected))}
    said = Said("form.evidence.sentence", parts)
    return [
        {"row": grade, "share": shares.get(grade, 0.0), "meaning": said if grade == "A" else None}
        for grade in "ABCD"
    ]


def group_rows(summary: Summary) -> list[Row]:
    """Table tblGroepen: benefits per group and domain, and with insurers as government."""
    table, shares = summary.per_group_and_domain, summary.shares
    rows: list[Row] = [
        {
            "row": group,
            **{f"domain_{n}": table[group].get(d, 0.0) for n, d in enumerate(DOMAINS, 1)},
            "total": gained,
            "share": shares[group] if shares else None,
        }
        for group, (gained, _) in summary.per_group.items()
    ]
    domains = (f"domain_{n}" for n in range(1, len(DOMAINS) + 1))
    rows.append(_total(rows, "total", *domains) | {"share": 1.0 if shares else None})
    insured = summary.with_insurers
    if insured is None:
        return rows
    share = insured / summary.headline.benefits_pv if shares else None
    return [*rows, {"row": "insurers_as_government", "total": insured, "share": share}]


def _total(rows: Sequence[Row], *columns: str) -> dict[str, object]:
    """The row under other rows that adds them up."""
    return {"row": "total", **{column: sum(as_number(row[column]) for row in rows) for column in columns}}


def party_rows(summary: Summary) -> list[Row]:
    """Table tblPartijen: costs, benefits, balance and transfers per party."""
    rows: list[Row] = [
        {
            "row": party,
            "costs": paid,
            "benefits": gained,
            "balance": gained - paid,
            "transfers": summary.handed[party],
        }
        for party, (gained, paid) in summary.per_party.items()
    ]
    return [*rows, _total(rows, "costs", "benefits", "balance", "transfers")]


def year_rows(summary: Summary) -> list[Row]:
    """Table tblJaren: present values per year and their running totals."""
    outcome = summary.outcome
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


def transfer_rows(summary: Summary) -> list[Row]:
    """Table tblOverdrachten: per unit value and direction, who hands over and who receives."""
    return [
        {
            "name": transfer.name,
            "amount": transfer.amount,
            "payer": _named(transfer.payers),
            "receiver": _named(transfer.receivers),
        }
        for transfer in sorted(summary.transfers, key=lambda transfer: -transfer.amount)
    ]


def _named(parties: Sequence[str]) -> str:
    return ", ".join(_party(party).text for party in parties)


def _party(party: str) -> Said:
    return Said(f"form.parties.{party}")


def pm_rows(summary: Summary) -> list[Row]:
    """Table tblZonderPrijs."""
    return [
        {
            "name": e.name,
            "domain": e.domain,
            "grade": e.grade,
            "known_by": Said(f"form.lists.grade.{e.known_by}"),
            "evidence": e.evidence,
        }
        for initiative in summary.initiatives
        for e in initiative.pm_effects
    ]


def effect_rows(summary: Summary) -> list[Row]:
    """Table tblEffectbaten: present value per effect and group."""
    study = summary.outcome.study
    rows: list[Row] = []
    for line, amounts in zip(summary.outcome.lines, summary.per_line, strict=True):
        per_group = dict.fromkeys(study.groups, 0.0)
        for (_, group), amount in zip(study.parties.items(), amounts, strict=True):
            per_group[group] += float(amount)
        effect = line.effect
        rows.append(
            {
                "name": effect.name,
                "code": effect.code,
                "reach": effect.inflow[0].mode if effect.inflow else 0.0,
                "unit": effect.unit_value.unit,
                **{f"group_{group}": euros for group, euros in per_group.items()},
                "total": float(amounts.sum()),
            }
        )
    return rows


def trail_rows(summary: Summary) -> list[Row]:
    """Table tblRekenspoor: one row per effect and party, with every factor."""
    study = summary.outcome.study
    rows: list[Row] = []
    for line, amounts in zip(summary.outcome.lines, summary.per_line, strict=True):
        effect, value = line.effect, line.effect.unit_value
        for (party, group), share, amount in zip(study.parties.items(), line.shares, amounts, strict=True):
            if not share:
                continue
            rows.append(
                {
                    "code": effect.code,
                    "name": effect.name,
                    "kengetal": value.code,
                    "party": _party(party),
                    "group": Said(f"form.groups.{group}"),
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
                    "present_value": float(amount),
                    "cell": effect.cells.get("reach", ""),
                    "source": value.source,
                    **_years(share * line.per_year),
                }
            )
    return rows


def _years(flows: Floats) -> dict[str, object]:
    return {f"year_{n}": float(euros) for n, euros in enumerate(flows, 1)}


def budget_rows(summary: Summary) -> list[Row]:
    """Table tblBegroting: undiscounted costs, benefits and what frees cash, per party and year."""
    outcome = summary.outcome
    cash = summary.cash
    kinds = {"costs": outcome.cost_per_party, "benefits": outcome.benefits, "cash": cash.net}
    return [
        {"party": _party(party), "kind": Said(f"form.budget.{kind}"), **_years(flows[n])}
        for n, party in enumerate(outcome.parties)
        for kind, flows in kinds.items()
        if np.any(flows[n])
    ]


def task_field_rows(summary: Summary) -> list[Row]:
    """Table tblTaakvelden: the municipality's benefits per task field and year, and what frees cash."""
    names = section("form.task_fields")
    sums: dict[tuple[str, str], Floats] = {}
    for field, (benefits, cash) in summary.task_fields.items():
        name = names.get(field, names["other"])
        for kind, flows in (("benefits", benefits), ("cash", cash.net)):
            if np.any(flows):
                sums[name, kind] = sums.get((name, kind), np.zeros(len(flows))) + flows
    return [
        {"task_field": field, "kind": Said(f"form.budget.{kind}"), **_years(flows)}
        for (field, kind), flows in sorted(sums.items())
    ]


def comparison_rows(summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblVergelijking: the initiatives side by side, the uncounted ones marked."""
    rows: list[Row] = []
    for one in summaries.values():
        figures, (initiative,) = one.headline, one.initiatives
        rows.append(
            {
                "name": initiative.name,
                "counted": Said(f"form.lists.yes_no.{'yes' if initiative.counted else 'no'}"),
                "costs_pv": figures.costs_pv,
                "benefits_pv": figures.benefits_pv,
                **{f"group_{g}": gained for g, (gained, _) in one.per_group.items()},
                "ratio": figures.ratio,
                **band(one.chance.ratio, "p5", "p95"),
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
            value = Said(f"form.lists.yes_no.{'yes' if value else 'no'}")
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
