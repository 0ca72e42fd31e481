"""Tables of uncertainty: bands, and the assumptions that weigh most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from toolkit.kengetallen.library import Library
from toolkit.method.direction import change_name, shared_name, value_name
from toolkit.method.montecarlo import Spread
from toolkit.method.ranges import Assumption, Key, is_shared
from toolkit.method.summary import Summary
from toolkit.model.initiative import Effect, Initiative
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.outcomes import ASSUMPTIONS, BANDS, CONTRIBUTIONS, SCENARIOS, SWITCHES
from toolkit.workbook.layout.parts import Said, Table

MOST_ASSUMPTIONS = 12
OF_STUDY = "study"
"""What the keys of settings of the study begin with: their word says all."""


def rows(summary: Summary, library: Library) -> dict[Table, list[Row]]:
    """Every table of sheet Onzekerheid."""
    names = assumption_names(summary.initiatives, library)
    return {
        BANDS: band_rows(summary),
        SCENARIOS: scenario_rows(summary),
        ASSUMPTIONS: assumption_rows(summary, names),
        SWITCHES: switch_rows(summary, names),
        CONTRIBUTIONS: contribution_rows(summary, names),
    }


def band_rows(summary: Summary) -> list[Row]:
    """Table tblBandbreedte: point estimate and percentiles."""
    figures, chance = summary.headline, summary.chance
    points: dict[str, float | None] = {
        "benefits_pv": figures.benefits_pv,
        "costs_pv": figures.costs_pv,
        "npv": figures.npv,
        "ratio": figures.ratio,
        **{group: summary.per_group[group][0] for group in summary.outcome.study.groups},
    }
    spreads: dict[str, Spread | None] = {
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
            **({k: spread.percentiles[k] for k in ("p5", "p50", "p95")} if (spread := spreads[code]) else {}),
        }
        for code, point in points.items()
    ]


def scenario_rows(summary: Summary) -> list[Row]:
    """Table tblScenarios: everything against, as computed, everything in favour."""
    return [
        {
            "row": code,
            "benefits": sums.benefits,
            "costs": sums.costs,
            "balance": sums.benefits - sums.costs,
            "ratio": absent("ratio", sums.ratio),
        }
        for code, sums in summary.scenarios.items()
    ]


def assumption_rows(summary: Summary, names: Mapping[str, str]) -> list[Row]:
    """Table tblAannames: how far the balance moves when one assumption moves."""
    base = summary.headline.npv
    return [
        {
            "input": called(swing.assumption, names),
            "low": swing.low_result - base,
            "high": swing.high_result - base,
            "swing": abs(swing.high_result - swing.low_result),
            "where": swing.assumption.first.cell,
        }
        for swing in summary.analysis.swings[:MOST_ASSUMPTIONS]
    ]


def switch_rows(summary: Summary, names: Mapping[str, str]) -> list[Row]:
    """Table tblOmslagpunten: for the heaviest assumptions the value at which benefits equal costs."""
    analysis = summary.analysis
    switches = {switch.varying.key: switch for switch in analysis.switches}
    moved = (varying.number for swing in analysis.swings for varying in swing.assumption.inputs)
    heaviest = [key for key in dict.fromkeys(moved) if key in switches]
    rows: list[Row] = []
    for key in heaviest[:MOST_ASSUMPTIONS]:
        varying, value = switches[key]
        rows.append(
            {
                "input": _named(varying.name, varying.key, names),
                "now": varying.estimate.mode,
                "switch": absent("switch", value),
                "unit": Said(f"form.input_units.{varying.name}"),
                "where": varying.cell,
            }
        )
    return rows


def contribution_rows(summary: Summary, names: Mapping[str, str]) -> list[Row]:
    """Table tblSpreiding: which part of the spread goes with which assumption; the rest is interplay."""
    shown = summary.chance.contributions[:MOST_ASSUMPTIONS]
    rest = 1.0 - sum(share for _, share in shown)
    named = [(called(one, names), share) for one, share in shown]
    rows = [*named, (word("form.evidence.interplay"), rest)] if named else []
    return [{"input": name, "share": share} for name, share in rows]


def called(one: Assumption, names: Mapping[str, str]) -> str:
    """What an assumption is about: one number, or all that are drawn with it."""
    if len(one.inputs) > 1 and one.first.name == "reach":
        return _named("all_reach", one.key, names)
    if is_shared(one.key) and one.key[0] != OF_STUDY:
        return f"{word(f'form.inputs.{one.first.name}')}: {names.get(one.key[1], one.key[1])}"
    return _named(one.first.name, one.key, names)


def _named(name: str, key: Key, names: Mapping[str, str]) -> str:
    named = [names.get(".".join(key[:n])) or names.get(part) for n, part in enumerate(key, 1)]
    return ": ".join([word(f"form.inputs.{name}"), *dict.fromkeys(n for n in named if n)])


def assumption_names(initiatives: Sequence[Initiative], library: Library) -> dict[str, str]:
    """What the parts of an input's key are called: unit values, changes, initiatives and their rows."""
    names = {code: value.name for code, value in library.unit_values.items()}
    used: dict[str, list[Effect]] = defaultdict(list)
    changed: dict[str, list[Effect]] = defaultdict(list)
    for effect in (effect for initiative in initiatives for effect in initiative.effects):
        used[effect.unit_value.code].append(effect)
        changed[effect.change].append(effect)
    names |= {code: value_name(effects) for code, effects in used.items()}
    names |= {change: shared_name(effects) for change, effects in changed.items()}
    for initiative in initiatives:
        if len(initiatives) > 1:
            names[initiative.code] = initiative.name
        for effect in initiative.effects:
            names[f"{initiative.code}.{effect.row or effect.code}"] = change_name(effect)
        for investment in initiative.investments:
            names[f"{initiative.code}.{investment.code}"] = investment.name
    return names
