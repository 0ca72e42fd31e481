"""What the study assumes of an answer: the band of a choice, and a default where nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from toolkit.model.estimate import Estimate
from toolkit.model.initiative import Initiative
from toolkit.model.study import Study

DEFAULT_SHARE, DEFAULT_DURATION, DEFAULT_DROP_OFF, DEFAULT_GRADE = 0.5, 1, 0.0, "D"
"""'Weet ik niet': deadweight and attribution, whole years, what is lost per year, and how it is known."""
USUAL = "total"
"""Among the defaults of an effect: its total is a usual quantity per person."""

SCALES: Mapping[str, Mapping[str, Estimate]] = MappingProxyType(
    {
        "deadweight": {
            "none": Estimate(0.05, 0.0, 0.25),
            "few": Estimate(0.10, 0.0, 0.35),
            "quarter": Estimate(0.25, 0.10, 0.50),
            "half": Estimate(0.50, 0.25, 0.75),
            "three_quarters": Estimate(0.75, 0.50, 0.95),
            "nearly_all": Estimate(0.90, 0.65, 1.0),
        },
        "attribution": {
            "none": Estimate(0.05, 0.0, 0.25),
            "little": Estimate(0.25, 0.05, 0.50),
            "equal": Estimate(0.50, 0.25, 0.75),
            "mostly": Estimate(0.75, 0.50, 0.95),
        },
    }
)
"""An answer from a scale is a band, not a point: nobody knows what would have happened. A convention of
this method. Per scale the code of a choice -> low, mode and high; two choices never have one mode."""


def band(scale: str, mode: float) -> Estimate:
    """The band of the choice that stands for this share."""
    return next(answer for answer in SCALES[scale].values() if answer.mode == mode)


def is_nobody(deadweight: Estimate) -> bool:
    """Tell whether an answer says that nobody would have got there otherwise."""
    none = SCALES["deadweight"]["none"]
    return deadweight.mode == 0 or (deadweight.mode, *deadweight.bounds) == (none.mode, *none.bounds)


LONGEST_DEFAULT_HORIZON = 10
"""Years: a longer horizon must be asked for."""


def with_horizon(study: Study, initiatives: tuple[Initiative, ...]) -> Study:
    """Fill in an empty horizon: H = T + the longest duration, at most LONGEST_DEFAULT_HORIZON.

    >>> with_horizon(Study("s", 2025, 0, 2025, activity_years=5), ()).horizon
    6
    """
    if study.horizon:
        return study
    longest = max((e.duration for i in initiatives for e in i.effects), default=1)
    wanted = min(study.activity_years + longest, LONGEST_DEFAULT_HORIZON)
    return replace(study, horizon=max(study.activity_years, wanted))
