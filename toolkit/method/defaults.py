"""What the study assumes where nobody filled anything in: never a silent zero."""

from __future__ import annotations

from dataclasses import replace

from toolkit.model.initiative import Initiative
from toolkit.model.study import Study

DEFAULT_SHARE, DEFAULT_DURATION, DEFAULT_DROP_OFF, DEFAULT_GRADE = 0.5, 1, 0.0, "D"
"""'Weet ik niet': deadweight and attribution, whole years, what is lost per year, and how it is known."""

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
