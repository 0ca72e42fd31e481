"""The tables of results but those of uncertainty: what was computed, laid out in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from toolkit.method.figures import EXPECTED, NOTHING, STRONG_GRADES, Payer
from toolkit.method.montecarlo import Spread
from toolkit.method.summary import Summary
from toolkit.model.arrays import Floats
from toolkit.model.narrowing import as_number
from toolkit.model.study import DOMAINS, GOVERNMENT, MUNICIPALITY, NO_COVER
from toolkit.model.unit_value import GRADES
from toolkit.words import dutch
from toolkit.workbook.layout.filled import UNUSED, Row, absent
from toolkit.workbook.layout.parts import Said

_PLAIN = ("benefits_pv", "costs_pv", "npv", "ratio", "net_ratio", "payback_year", "irr")
WEAK_GRADES = tuple(grade for grade in GRADES if grade not in STRONG_GRADES)


def band(spread: Spread | None, low: str, high: str) -> dict[str, object]:
    """P5 and P95 of a figure under the given column codes; empty where it has no spread."""
    if spread is None:
        return {low: None, high: None}
    return {low: spread.percentiles["p5"], high: spread.percentiles["p95"]}


def headline_rows(summary: Summary) -> list[Row]:
    """Tables tblKern and tblMeerCijfers: the figures with their P5 and P95."""
    figures, chance, payer, largest = summary.headline, summary.chance, summary.payer, summary.largest
    values = {
        **{name: getattr(figures, name) for name in _PLAIN},
        "government": summary.per_group[GOVERNMENT][0],
        "counted_year": summary.counted_year.ratio,
        "cautious": summary.cautious.ratio,
        "largest": largest.share if largest else None,
        "government_share": summary.shares[GOVERNMENT] if summary.shares else None,
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
    rows = [
        {"row": code, "value": absent(code, value), **band(spreads.get(code), "low", "high")}
        for code, value in values.items()
    ]
    said = {"largest": {"meaning": _largest(summary)}}
    return [*({**row, **said.get(str(row["row"]), {})} for row in rows), *_payer_rows(summary, payer)]


def _largest(summary: Summary) -> Said:
    """What is said of the change that brings most: how many it is about, and how many of those are net."""
    one = summary.largest
    if one is None:
        return Said("form.figures.largest.meaning")
    facts = {"name": one.name, "gross": dutch.number(one.gross), "net": dutch.number(one.net)}
    return Said(f"form.largest.{'people' if one.of_people else 'units'}", facts)


def _payer_rows(summary: Summary, payer: Payer | None) -> list[Row]:
    """Benefits per euro of the payer, and what they are if it pays for what has no cover too."""
    name = payer.name if payer else MUNICIPALITY
    has_gap = bool(summary.outcome.uncovered_pv)
    found = {
        "per_payer_euro": payer.ratio if payer else None,
        "per_payer_with_gap": payer.with_gap if payer else None,
    }
    return [
        {
            "row": code,
            "figure": Said(f"form.payers.{name}.{code}"),
            "value": absent("full_cover" if has_gap else code, value),
            "low": None,
            "high": None,
        }
        for code, value in found.items()
    ]


def rests_on(summary: Summary) -> dict[str, str]:
    """Which share of the benefits was counted (a), asked (b), estimated (c) and expected, in words."""
    shares = summary.evidence or {}
    parts = {grade.lower(): dutch.percent(shares.get(grade, 0.0)) for grade in ("A", "B", EXPECTED)}
    return {**parts, "c": dutch.percent(sum(shares.get(grade, 0.0) for grade in WEAK_GRADES))}


def evidence_rows(summary: Summary) -> list[Row]:
    """Table tblBewijs: which share of the benefits rests on which evidence, and what that means."""
    shares, parts = summary.evidence or {}, rests_on(summary)
    said = (Said(f"form.evidence.{name}", parts) for name in ("counted", "expected", "judged"))
    meanings = dict(zip(GRADES, said, strict=False))
    per_group = summary.evidence_per_group
    return [
        {
            "row": grade,
            "share": shares.get(grade),
            **{f"group_{group}": (own or {}).get(grade) for group, own in per_group.items()},
            "meaning": meanings.get(grade) if shares else None,
        }
        for grade in (*GRADES, EXPECTED)
    ]


def group_rows(summary: Summary) -> list[Row]:
    """Table tblGroepen: benefits per group and domain, with insurers as government, and costs."""
    table, shares, groups = summary.per_group_and_domain, summary.shares, summary.outcome.study.groups
    rows: list[Row] = [
        {
            "row": group,
            **{f"domain_{n}": table[group].get(d, 0.0) for n, d in enumerate(DOMAINS, 1)},
            "total": summary.per_group[group][0],
            "share": shares[group] if shares else None,
            "costs": summary.per_group[group][1],
        }
        for group in groups
    ]
    domains = (f"domain_{n}" for n in range(1, len(DOMAINS) + 1))
    total = _total(rows, "total", *domains) | {"share": 1.0 if shares else None}
    rows += [_without_cover(summary), total | {"costs": summary.headline.costs_pv}]
    insured = summary.with_insurers
    if insured is None:
        return [*rows, {"row": "insurers_as_government", UNUSED: True}]
    share = insured / summary.headline.benefits_pv if shares else None
    return [*rows, {"row": "insurers_as_government", "total": insured, "share": share}]


def _without_cover(summary: Summary) -> dict[str, object]:
    """The row for costs that nobody has promised to pay; empty where there are none."""
    costs = summary.outcome.uncovered_pv
    return {"row": NO_COVER, "costs": costs or None, "balance": -costs or None, UNUSED: not costs}


def _total(rows: Sequence[Row], *columns: str) -> dict[str, object]:
    """The row under other rows that adds them up."""
    return {"row": "total", **{column: sum(as_number(row[column]) for row in rows) for column in columns}}


def party_rows(summary: Summary) -> list[Row]:
    """Table tblPartijen: costs, benefits, balance and transfers per party, and costs without cover."""
    rows: list[Row] = [
        {
            "row": party,
            "costs": summary.per_party[party][1],
            "benefits": summary.per_party[party][0],
            "balance": summary.per_party[party][0] - summary.per_party[party][1],
            "transfers": summary.handed[party],
            UNUSED: not any(np.abs([*summary.per_party[party], summary.handed[party]]) > NOTHING),
        }
        for party in summary.outcome.parties
    ]
    total = _total(rows, "benefits", "transfers")
    whole = {"costs": summary.headline.costs_pv, "balance": summary.headline.npv}
    return [*rows, _without_cover(summary), total | whole]


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
        for transfer in summary.transfers
    ]


def _named(parties: Mapping[str, float]) -> str:
    """The parties on one side of a transfer; of several each with its euros."""
    if len(parties) == 1:
        return "".join(party_name(party).text for party in parties)
    amounts = {party_name(party).text: dutch.euro(euros) for party, euros in parties.items()}
    return ", ".join(
        Said("facts.wording.party_amount", {"name": name, "amount": amount}).text
        for name, amount in amounts.items()
    )


def party_name(party: str) -> Said:
    """What a party is called."""
    return Said(f"form.parties.{party}")


def pm_rows(summary: Summary) -> list[Row]:
    """Table tblZonderPrijs."""
    return [
        {
            "name": e.name,
            "domain": e.domain,
            "grade": e.grade,
            "people": e.people,
            "known_by": Said(f"form.lists.grade.{e.known_by}"),
            "outputs": e.outputs,
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
                    "party": party_name(party),
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
                    **years(share * line.per_year),
                }
            )
    return rows


def years(flows: Floats) -> dict[str, object]:
    """Euros per year under the codes of their columns."""
    return {f"year_{n}": float(euros) for n, euros in enumerate(flows, 1)}


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
