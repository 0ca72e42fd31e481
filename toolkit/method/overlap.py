"""Participants who come to two initiatives: which share of the benefits would count twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from toolkit.model.initiative import Initiative
from toolkit.model.portfolio import Overlap, Portfolio
from toolkit.model.result import Outcome

Pair = tuple[Initiative, Initiative]


def answered(portfolio: Portfolio) -> dict[frozenset[str], Overlap]:
    """The pairs, by their two codes, of which somebody said how many people come to both."""
    told = (overlap for overlap in portfolio.overlaps if overlap.people is not None)
    return {frozenset((overlap.first, overlap.second)): overlap for overlap in told}


def unanswered(portfolio: Portfolio, initiatives: Iterable[Initiative]) -> Iterator[Pair]:
    """The pairs of these initiatives of which nobody did, so that nothing is corrected."""
    done = answered(portfolio)
    for first, second in combinations(initiatives, 2):
        if frozenset((first.code, second.code)) not in done:
            yield first, second


def overlap_shares(
    overlaps: Iterable[Overlap], counted: Mapping[str, Initiative]
) -> list[tuple[str, str, float]]:
    """Which share of its person-based benefits an initiative loses because of another: (code, other, share).

    Per pair both lose 0.5 * shared people / own participants. Only pairs of initiatives that
    both count are corrected, and one initiative never loses more than all it has.

    >>> pair = {c: Initiative(c, c, participants=n) for c, n in (("A", 10), ("B", 40))}
    >>> overlap_shares([Overlap("A", "B", 4)], pair)
    [('A', 'B', 0.2), ('B', 'A', 0.05)]
    """
    found, left = [], dict.fromkeys(counted, 1.0)
    for overlap in overlaps:
        pair = (overlap.first, overlap.second)
        if not overlap.people or not all(code in counted for code in pair):
            continue
        for code, other in (pair, pair[::-1]):
            participants = counted[code].participants
            if participants:
                share = min(left[code], 0.5 * min(1.0, overlap.people / participants))
                left[code] -= share
                found.append((code, other, share))
    return found


def taken_off(outcome: Outcome) -> dict[str, float]:
    """What the benefits of each party lose because people come to several initiatives, as present value."""
    off = dict.fromkeys(outcome.parties, 0.0)
    for correction in outcome.corrections:
        for party, amount in zip(outcome.parties, outcome.present_benefits(correction.benefits), strict=True):
            off[party] += float(amount)
    return off
