"""Tables of sheet Tegenwerpingen: what is left if a critic is right."""

from __future__ import annotations

import math
from collections.abc import Mapping

from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import NOISE
from toolkit.method.objections import Answer
from toolkit.method.summary import Summary
from toolkit.model.study import GOVERNMENT
from toolkit.words import dutch
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.objections import COMPUTED
from toolkit.workbook.layout.parts import Said
from toolkit.workbook.outcome.uncertainty import assumption_names, called


def rows(summary: Summary, library: Library) -> list[Row]:
    """Table tblTegenwerpingen: the outcome as computed, then what each objection leaves of it.

    The hardest assumption is named. Where there is no ratio its cell stays empty: a chart shows words as
    nothing at all per euro.
    """
    figures, now = summary.headline, summary.shares[GOVERNMENT] if summary.shares else None
    computed: Row = {
        "row": COMPUTED,
        "benefits": figures.benefits_pv,
        "costs": figures.costs_pv,
        "ratio": figures.ratio,
        "government": absent("government_share", now),
    }
    names = assumption_names(summary.initiatives, library)
    return [computed, *(_row(answer, summary, names) for answer in summary.objections)]


def _row(answer: Answer, summary: Summary, names: Mapping[str, str]) -> Row:
    ratio, before = answer.ratio, summary.headline.ratio
    row = {
        "row": answer.objection.code,
        "benefits": answer.benefits_pv,
        "costs": answer.costs_pv,
        "ratio": ratio,
        "difference": None if ratio is None or before is None else _less(ratio, before),
    }
    if any(change.without_transfers for change in answer.objection.changes):
        row["government"] = absent("government_share", summary.government_share_without_transfers)
    if any(change.hardest for change in answer.objection.changes) and (hardest := summary.hardest):
        row["assumed"] = Said(
            "form.objections.hardest", {"said": answer.objection.said, "name": called(hardest, names)}
        )
    return row


def _less(ratio: float, before: float) -> float:
    """The difference; nothing where only the order of adding up differs."""
    return 0.0 if math.isclose(ratio, before, rel_tol=NOISE) else ratio - before


def each(summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblTegenwerpingenPerInitiatief: what is left of each initiative by itself."""
    return [
        {
            "name": one.initiatives[0].name,
            "ratio": absent("ratio", one.headline.ratio),
            "counted_year": absent("ratio", one.counted_year.ratio),
            "cautious": absent("ratio", one.cautious.ratio),
            "heaviest_ratio": absent("ratio", heaviest.ratio if heaviest else None),
            "heaviest": heaviest.objection.name if heaviest else None,
        }
        for one in summaries.values()
        for heaviest in (one.heaviest_objection,)
    ]


def title(summary: Summary) -> Said:
    """How many objections leave more benefits than costs."""
    good, of_all = len(summary.withstood), len(summary.computed_again)
    if summary.headline.ratio is None:
        return Said("form.titles.objections_no_costs")
    if summary.headline.benefits_pv <= summary.headline.costs_pv:
        kind = "objections_below"
    else:
        kind = "objections_all" if good == of_all else "objections"
    return Said(f"form.titles.{kind}", {"n": good, "m": of_all})


def answer(summary: Summary) -> str | None:
    """The heaviest objection and the cautious reading in a sentence; None without costs."""
    heaviest, cautious = summary.heaviest_objection, summary.cautious.ratio
    if summary.headline.ratio is None or heaviest is None or cautious is None:
        return None
    facts = {
        "name": heaviest.objection.name,
        "ratio": dutch.euro(heaviest.ratio or 0.0, 2),
        "cautious": dutch.euro(cautious, 2),
    }
    return Said("form.status.objections", facts).text
