"""The versions of the form and the portfolio, which share one series, and what each says differently.

The codes decide, not the places. So a version needs a step only for what changed under a code: a
row or a column with another code, an answer with another label, and what was not there yet.

To raise the version: write the step from today's version to the next, as the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.model.unit_value import GRADES
from toolkit.words.vocabulary import word


@dataclass(frozen=True, slots=True)
class Step:
    """What a version says differently from the version that follows it.

    to: the version that follows.
    rows: old code -> new code.  columns: (block, old code) -> new code.
    labels: (name of a list, old label) -> new label.
    added: blocks ('ET'), columns and rows ('EF.helper', 'OO.OO-12') that the old version lacks.
    """

    to: str
    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()


STEPS: dict[str, Step] = {
    # the first forms did not say their version; their portfolio had no sheet with own tariffs
    "": Step("2026.1", added=frozenset({"ET"})),
    # what came with 2026.2 is shown and not asked: the sentence, the open questions, last year
    "2026.1": Step("2026.2"),
    # the portfolio learned of the letter before, of what was done since, and of numbers of its own
    "2026.2": Step("2026.3", added=frozenset({"EG", "BA.progress", "BR.BR-30", "BR.BR-31", "BR.BR-32"})),
    # the portfolio asks what decides whether less spending is money that is left; objections are new
    "2026.3": Step("2026.4", added=frozenset({"GM"})),
    # every change counts people, with what that is together beside it; what a centre does, whom it sends on,
    # what the care team knows, its own story, and more of its money
    "2026.4": Step(
        "2027.1",
        rows={"AF-06": "VH-01", "AF-08": "VH-04"},
        labels={
            ("grade", word(f"form.lists_before.grade.{grade}")): word(f"form.lists.grade.{grade}")
            for grade in GRADES
        },
        added=frozenset(
            {
                *("WD", "DV", "VH", "WJ", "OO.OO-12", "OO.OO-13", "JR.JR-05", "JR.JR-06"),
                *(
                    "DG.different_people",
                    "EF.total",
                    "EF.asked",
                    "EF.answered",
                    "EF.own_change",
                    "EF.own_unit",
                    "EF.own_domain",
                ),
                *("EF.own_gains", "PM.effect", "PM.people", "PM.outputs", "VD.agreed"),
                *("GI.continues", "GI.certainty", "GI.since", "GI.spend_by", "GI.account_by"),
                # the portfolio: what the college stands for, what was published, whose ratio may go out
                *("GI.cofinancing", "IN.publish_ratio", *(f"BR.BR-{number}" for number in range(33, 41))),
            }
        ),
    ),
}
"""Every version that went before, with the step to the next."""
TEMPLATE_VERSION = list(STEPS.values())[-1].to
"""Today's version."""


def is_known(version: str | None) -> bool:
    """True for today's version and for every version with a step."""
    return version == TEMPLATE_VERSION or version in STEPS


def old_columns(prefix: str) -> set[str]:
    """The codes that columns of a block had in older versions."""
    return {old for step in STEPS.values() for block, old in step.columns if block == prefix}
