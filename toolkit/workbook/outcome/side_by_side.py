"""Table tblVergelijkingGrafiek: what the charts of initiatives side by side show."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.method.summary import Summary
from toolkit.words import dutch
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.objections import LINE
from toolkit.workbook.layout.parts import Said


def rows(summaries: Mapping[str, Summary]) -> list[Row]:
    """A row for each initiative, most benefits first; what does not count stands in columns of its own.

    below, above: how far P5 and P95 lie from the ratio, as a chart wants them.
    """
    ordered = sorted(summaries.values(), key=lambda one: -one.headline.benefits_pv)
    return [_row(one) for one in ordered]


def _row(one: Summary) -> Row:
    (initiative,), ratio, spread = one.initiatives, one.headline.ratio, one.chance.ratio
    band: Row = {}
    if ratio is not None and spread is not None:
        low, high = (spread.percentiles[p] for p in ("p5", "p95"))
        band = {"below": max(0.0, ratio - low), "above": max(0.0, high - ratio), "p95": high}
    if not initiative.counted:
        told: Row = {"other_benefits": one.headline.benefits_pv, "other_ratio": ratio}
    else:
        told = {**{f"group_{g}": gained for g, (gained, _) in one.per_group.items()}, "ratio": ratio}
    shown = absent("ratio", ratio) if ratio is None else dutch.euro(ratio, 2)
    named = Said("form.side_by_side.named", {"name": initiative.name, "ratio": shown})
    return {"name": initiative.name, "named": named, LINE: 1, **told, **band}
