"""Doubts about a study as a whole: what nobody answered, thin evidence, and a ratio above its peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from toolkit.kengetallen.library import Library
from toolkit.kengetallen.peers import comparable
from toolkit.method.appraisal import headline
from toolkit.method.defaults import USUAL
from toolkit.method.direction import change_name, value_name
from toolkit.method.figures import MOST_USUAL, NOTHING, evidence_shares, of_reporting_year, usual_share
from toolkit.method.overlap import unanswered
from toolkit.method.plausibility.rows import about, named, shortened
from toolkit.method.ranges import Key, investment_keys, row_key, unit_value_key
from toolkit.method.sensitivity import tornado
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.initiative import Initiative
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import InitiativeOutcome, Outcome, StudyOutcome

WEAK_GRADES = ("C", "D")
MOST_WEAK = 0.5
INPUTS = 3
"""How many inputs are named that make the difference with the peers."""


def of_initiative(one: InitiativeOutcome, portfolio: Portfolio) -> Iterator[Finding]:
    """What one form leaves open. The question what people use more of is asked in a form only."""
    initiative = one.initiative
    if initiative.file and not initiative.about.get("used_more", "").strip():
        yield about(initiative, WARN, "used_more_unanswered")
    weak = _weak(one)
    if weak > MOST_WEAK and len(portfolio.initiatives) > 1:
        yield about(initiative, INFO, "weak_evidence", share=float(round(100 * weak)))


def of_study(portfolio: Portfolio, outcome: StudyOutcome, library: Library) -> Iterator[Finding]:
    """The doubts about the counted initiatives together."""
    yield from _unanswered_overlaps(portfolio)
    yield from _usual(outcome)
    weak = _weak(outcome)
    if weak > MOST_WEAK:
        yield Finding(WARN, "weak_evidence_study", "", {"share": float(round(100 * weak))})
    figures = headline(outcome)
    if len(figures.irr_roots) > 1:
        yield Finding(INFO, "several_rates")
    peers, ratio = comparable(library.peers), figures.ratio
    if ratio is None or not peers or ratio <= max(peer.ratio for peer in peers):
        return
    low, high = (end(peers, key=lambda peer: peer.ratio) for end in (min, max))
    facts: dict[str, object] = {"ratio": ratio, "inputs": named(_heaviest(portfolio, outcome, library))}
    for name, peer in (("low", low), ("high", high)):
        facts |= {name: peer.ratio, f"{name}_name": peer.name, f"{name}_year": peer.year}
    yield Finding(INFO, "ratio_above_peers", "", facts)


def _weak(outcome: Outcome) -> float:
    """Share of the benefits of the reporting year that rests on an estimate or an impression."""
    shares = of_reporting_year(evidence_shares(outcome))
    return sum(shares.get(grade, 0.0) for grade in WEAK_GRADES)


def _usual(outcome: Outcome) -> Iterator[Finding]:
    """Which share of the benefits rests on usual quantities, and of which changes."""
    gains = [gain for gain in outcome.gains if USUAL in gain.line.effect.defaults]
    if not any(np.abs(gain.amounts).sum() > NOTHING for gain in gains):
        return
    share = usual_share(outcome)
    facts = {
        "changes": named(dict.fromkeys(change_name(gain.line.effect) for gain in gains)),
        "share": float(round(100 * share, 1)),
        "most": round(100 * MOST_USUAL),
    }
    code = "usual_weighs" if share > MOST_USUAL else "usual_used"
    yield Finding(WARN if share > MOST_USUAL else INFO, code, "", facts)


def _unanswered_overlaps(portfolio: Portfolio) -> Iterator[Finding]:
    """Per area: pairs with the same effect of which nobody said how many people come to both."""
    areas: dict[str, list[Initiative]] = defaultdict(list)
    for initiative in portfolio.counted:
        areas[initiative.area.strip().casefold()].append(initiative)
    areas.pop("", None)
    for members in areas.values():
        open_pairs = [
            f"'{first.name}' + '{second.name}'"
            for first, second in unanswered(portfolio, members)
            if _changes(first) & _changes(second)
        ]
        if open_pairs:
            facts = {"pairs": shortened(open_pairs), "area": members[0].area.strip()}
            yield Finding(WARN, "no_overlap_answer", "", facts)


def _changes(initiative: Initiative) -> set[str]:
    return {effect.what_changes for effect in initiative.effects}


def _heaviest(portfolio: Portfolio, outcome: StudyOutcome, library: Library) -> list[str]:
    """Names of the three inputs with the widest swing; where too few vary, of the largest benefits."""
    names = _names(portfolio)
    swings = sorted(tornado(portfolio, library.index), key=lambda s: -abs(s.high_result - s.low_result))
    moving = [s.assumption.first.key for s in swings if s.high_result != s.low_result]
    found = [names[key[:2]] for key in moving if key[:2] in names]
    lines = sorted(outcome.lines, key=lambda line: -float(line.benefits.sum()))
    found += [change_name(line.effect) for line in lines]
    return list(dict.fromkeys(found))[:INPUTS]


def _names(portfolio: Portfolio) -> dict[Key, str]:
    """What the inputs of the counted initiatives are called, by the first two parts of their key."""
    names: dict[Key, str] = {}
    for initiative in portfolio.counted:
        for effect in initiative.effects:
            name = change_name(effect)
            names[row_key(initiative.code, effect)] = name
            own = unit_value_key(initiative.code, effect)
            names[own[:2]] = value_name([effect]) if own[0] == "unit_value" else name
        for key, investment in zip(investment_keys(initiative), initiative.investments, strict=True):
            names[initiative.code, key] = investment.name or investment.party
    return names
