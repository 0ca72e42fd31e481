"""The reading rule: what may be said about benefits and costs, given chance."""

from __future__ import annotations

from toolkit.method.montecarlo import Chance

SMALL_GAP = 0.05
"""With the sign open and the middle this close to one euro per euro, both are about equal."""

PAYS, EXPECTED, EQUAL, OPEN, COSTS_MORE, NO_COSTS = VERDICTS = (
    "rendeert",
    "rendeert_naar_verwachting",
    "ongeveer_gelijk",
    "onzeker",
    "kost_meer",
    "zonder_kosten",
)


def verdict(chance: Chance, ratio: float | None) -> str:
    """One of VERDICTS, from the 5th, 50th and 95th percentile of benefits per euro of costs.

    It pays only if the 5th percentile lies above 1; it costs more only if the 95th lies below 1.
    Between those: about equal if the middle lies near 1, expected to pay if the middle lies
    above 1, else open. `ratio` is the point estimate: words never contradict the printed figure.
    """
    if chance.ratio is None or ratio is None:
        return NO_COSTS
    low, middle, high = (chance.ratio.percentiles[p] for p in ("p5", "p50", "p95"))
    if low > 1 and ratio > 1:
        return PAYS
    if high < 1 and ratio < 1:
        return COSTS_MORE
    if abs(middle - 1) <= SMALL_GAP and abs(ratio - 1) <= SMALL_GAP:
        return EQUAL
    return EXPECTED if middle > 1 and ratio > 1 else OPEN
