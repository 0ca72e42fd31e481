"""The figures an outcome is known by, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.method.appraisal import domains_crossed, evidence_shares, headline, per_payer_euro
from toolkit.method.montecarlo import Chance
from toolkit.method.returns import break_even_participants
from toolkit.method.sensitivity import benefit_fall
from toolkit.model.initiative import Initiative
from toolkit.model.result import Outcome
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row, absent, band

_PLAIN = ("benefits_pv", "costs_pv", "npv", "ratio", "net_ratio", "payback_year", "irr")


def headline_rows(outcome: Outcome, chance: Chance, initiatives: Sequence[Initiative]) -> list[Row]:
    """Table tblKern: the figures with their P5 and P95."""
    figures, groups = headline(outcome), outcome.per_group()
    government, whole = groups["overheid"][0], figures["benefits_pv"]
    shown = whole > 0 and all(gained >= 0 for gained, _ in groups.values())
    people = sum(i.participants or 0.0 for i in initiatives)
    payer = per_payer_euro(outcome)
    values = {
        **{k: figures[k] for k in _PLAIN},
        "government": government,
        "government_share": government / whole if shown else None,
        "per_payer_euro": payer[1] if payer else None,
        "benefit_fall": benefit_fall(outcome),
        "break_even_participants": break_even_participants(people, whole, figures["costs_pv"]),
        "domains_crossed": len(domains_crossed(outcome, [e for i in initiatives for e in i.pm_effects])),
        "volunteer_hours": sum(c.investment.hours or 0.0 for c in outcome.volunteer_costs),
    }
    spreads = {
        "benefits_pv": chance.benefits_pv,
        "costs_pv": chance.costs_pv,
        "npv": chance.npv,
        "ratio": chance.ratio,
        "government": chance.groups["overheid"],
    }
    rows = [
        {"row": code, "value": absent(code, value), **band(spreads.get(code), "low", "high")}
        for code, value in values.items()
    ]
    if payer and payer[0] == "overheid":
        name = word("form.evidence.per_government")
        rows = [row | {"figure": name} if row["row"] == "per_payer_euro" else row for row in rows]
    return rows


def evidence_rows(outcome: Outcome) -> list[Row]:
    """Table tblBewijs: which share of the benefits rests on which evidence, and what that means."""
    shares = evidence_shares(outcome)
    strong = shares.get("A", 0.0) + shares.get("B", 0.0)
    said = word("form.evidence.sentence", strong=dutch.percent(strong), weak=dutch.percent(1 - strong))
    return [
        {"row": grade, "share": shares.get(grade, 0.0), "meaning": said if grade == "A" else None}
        for grade in "ABCD"
    ]
