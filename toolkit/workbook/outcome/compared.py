"""The initiatives side by side, and how they add up to the outcome of the study."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.method.overlap import taken_off
from toolkit.method.summary import Summary
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.parts import Said
from toolkit.workbook.outcome.tables import band


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


def total_rows(summary: Summary, summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblVergelijkingTotaal: what counts, what goes off as people come to several, and the study."""
    counted = [one for one in summaries.values() if one.initiatives[0].counted]
    off = taken_off(summary.outcome)
    return [
        {
            "row": "counted",
            "number": len(counted),
            "costs_pv": sum(one.headline.costs_pv for one in counted),
            "benefits_pv": sum(one.headline.benefits_pv for one in counted),
            **{f"group_{g}": sum(one.per_group[g][0] for one in counted) for g in off},
        },
        {
            "row": "overlap",
            "number": None,
            "costs_pv": 0.0,
            "benefits_pv": sum(off.values()),
            **{f"group_{g}": euros for g, euros in off.items()},
        },
        {
            "row": "total",
            "number": len(counted),
            "costs_pv": summary.headline.costs_pv,
            "benefits_pv": summary.headline.benefits_pv,
            **{f"group_{g}": summary.per_group[g][0] for g in off},
        },
    ]
