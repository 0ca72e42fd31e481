"""The figures an outcome is known by, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.method.appraisal import headline
from toolkit.method.figures import (
    STRONG_GRADES,
    domains_crossed,
    evidence_shares,
    group_shares,
    participants,
    public_payer,
    volunteer_hours,
)
from toolkit.method.montecarlo import Chance
from toolkit.method.returns import break_even_participants
from toolkit.method.sensitivity import benefit_fall
from toolkit.model.initiative import Initiative
from toolkit.model.result import Outcome
from toolkit.model.study import GOVERNMENT
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row, absent, band

_PLAIN = ("benefits_pv", "costs_pv", "npv", "ratio", "net_ratio", "payback_year", "irr")


def headline_rows(outcome: Outcome, chance: Chance, initiatives: Sequence[Initiative]) -> list[Row]:
    """Table tblKern: the figures with their P5 and P95."""
    figures, shares, payer = headline(outcome), group_shares(outcome), public_payer(outcome)
    sums = figures.benefits_pv, figures.costs_pv
    values = {
        **{name: getattr(figures, name) for name in _PLAIN},
        "government": outcome.per_group()[GOVERNMENT][0],
        "government_share": shares[GOVERNMENT] if shares else None,
        "per_payer_euro": payer.ratio if payer else None,
        "benefit_fall": benefit_fall(outcome),
        "break_even_participants": break_even_participants(participants(initiatives), *sums),
        "domains_crossed": len(domains_crossed(outcome, [e for i in initiatives for e in i.pm_effects])),
        "volunteer_hours": sum(volunteer_hours(i, outcome.study)[0] for i in initiatives),
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
        name = word("form.evidence.per_government")
        rows = [{**row, "figure": name} if row["row"] == "per_payer_euro" else row for row in rows]
    return rows


def evidence_rows(outcome: Outcome) -> list[Row]:
    """Table tblBewijs: which share of the benefits rests on which evidence, and what that means."""
    shares = evidence_shares(outcome)
    strong = sum(shares.get(grade, 0.0) for grade in STRONG_GRADES)
    said = word("form.evidence.sentence", strong=dutch.percent(strong), weak=dutch.percent(1 - strong))
    return [
        {"row": grade, "share": shares.get(grade, 0.0), "meaning": said if grade == "A" else None}
        for grade in "ABCD"
    ]
