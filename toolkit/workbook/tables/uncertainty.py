"""Tables of uncertainty: bands, and the assumptions that weigh most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import headline
from toolkit.method.montecarlo import Chance
from toolkit.method.sensitivity import Swing
from toolkit.model.initiative import Initiative
from toolkit.model.result import Outcome
from toolkit.words.vocabulary import word
from toolkit.workbook.tables.filled import Row, absent


def band_rows(outcome: Outcome, chance: Chance) -> list[Row]:
    """Table tblBandbreedte: point estimate and percentiles."""
    figures = headline(outcome)
    points = {k: figures[k] for k in ("benefits_pv", "costs_pv", "npv", "ratio")}
    points |= {g: gained for g, (gained, _) in outcome.per_group().items()}
    spreads = {
        "benefits_pv": chance.benefits_pv,
        "costs_pv": chance.costs_pv,
        "npv": chance.npv,
        "ratio": chance.ratio,
        **chance.groups,
    }
    return [
        {
            "row": code,
            "point": absent(code, point),
            **({k: spreads[code].percentiles[k] for k in ("p5", "p50", "p95")} if spreads[code] else {}),
        }
        for code, point in points.items()
    ]


def assumption_rows(bars: Sequence[Swing], names: Mapping[str, str], base: float, most: int) -> list[Row]:
    """Table tblAannames: how far the balance moves when one assumption moves."""
    return [
        {
            "input": _assumption(bar, names),
            "low": bar.low_result - base,
            "high": bar.high_result - base,
            "swing": abs(bar.high_result - bar.low_result),
            "where": bar.varying.cell,
        }
        for bar in bars[:most]
    ]


def _assumption(bar: Swing, names: Mapping[str, str]) -> str:
    key = bar.varying.key
    what = word(f"form.inputs.{bar.varying.name}")
    named = [names.get(".".join(key[:n])) or names.get(part) for n, part in enumerate(key, 1)]
    return ": ".join([what, *dict.fromkeys(n for n in named if n)])


def assumption_names(initiatives: Sequence[Initiative], library: Library) -> dict[str, str]:
    """What the parts of an input's key are called: unit values, initiatives and their rows."""
    names = {code: value.name for code, value in library.unit_values.items()}
    for initiative in initiatives:
        if len(initiatives) > 1:
            names[initiative.code] = initiative.name
        for effect in initiative.effects:
            names[f"{initiative.code}.{effect.row or effect.code}"] = effect.change or effect.name
        for investment in initiative.investments:
            names[f"{initiative.code}.{investment.code}"] = investment.name
    return names
