"""Is this believable? Findings that never stop the sum, but always travel with it."""

from __future__ import annotations

from datetime import date

from toolkit.kengetallen.library import Library
from toolkit.method.plausibility import money, people, sources, study, values
from toolkit.method.plausibility.rows import rows_of
from toolkit.model.finding import Finding
from toolkit.model.portfolio import Portfolio
from toolkit.model.result import StudyOutcome


def doubts(portfolio: Portfolio, outcome: StudyOutcome, library: Library, on: date) -> list[Finding]:
    """Every believability finding of a study: initiative by initiative, then of the whole.

    outcome: what appraise_study made of the portfolio; it is only read.  library: gives the
    amounts in force, the price index and the peers.  on: the day on which the study is judged.
    What the letter's annex must tell is at level WARN, what only explains at level INFO. The
    same remark about several rows of one initiative, or several unit values of one study, is one
    finding.
    """
    found: list[Finding] = []
    for one in outcome.initiatives.values():
        rows = rows_of(one)
        for part in (people, money, values):
            found += part.of_initiative(one, rows)
        found += study.of_initiative(one, portfolio)
    found += sources.of_study(outcome, library, on)
    found += study.of_study(portfolio, outcome, library)
    return found
