"""One remark about the input: what, how serious, where. The sentence lives in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STOP, WARN, INFO = "stop", "let op", "ter info"
LEVELS = (STOP, WARN, INFO)


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark.

    level: STOP withholds the letter, WARN travels with it, INFO is for who wants to know.
    code: key of the sentence in words/messages.toml.
    where: 'Blad!F9', a path in a JSON file, or empty.
    facts: what the sentence needs (what is there, what is allowed).
    file: the workbook it is about.
    """

    level: str
    code: str
    where: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    file: str = ""


def stops(findings: list[Finding]) -> bool:
    """True where at least one finding stops the computation."""
    return any(f.level == STOP for f in findings)
