"""Findings about a letter, and the figures that are accounted for."""

from __future__ import annotations

from toolkit.model.finding import STOP, WARN, Finding
from toolkit.reports.proofread.paragraphs import Paragraph


def wrong(code: str, paragraph: Paragraph | None, **facts: object) -> Finding:
    """What may not go to the council."""
    return Finding(STOP, f"letter_{code}", paragraph.place if paragraph else "", _typed(facts))


def doubtful(code: str, paragraph: Paragraph | None, **facts: object) -> Finding:
    """What someone should look at."""
    return Finding(WARN, f"letter_{code}", paragraph.place if paragraph else "", _typed(facts))


def _typed(facts: dict[str, object]) -> dict[str, object]:
    """Facts of a finding as a person would type them, with ordinary spaces."""
    return {k: v.replace("\u00a0", " ") if isinstance(v, str) else v for k, v in facts.items()}
