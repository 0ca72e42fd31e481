"""Proofreading: an edited letter is read back and held against the facts of the study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.model.finding import Finding
from toolkit.model.letter import Letter
from toolkit.reports.facts import Facts
from toolkit.reports.proofread.basis import Basis
from toolkit.reports.proofread.counts import counts
from toolkit.reports.proofread.language import hints
from toolkit.reports.proofread.leftovers import leftovers, names
from toolkit.reports.proofread.matching import missing, tagged, unknown
from toolkit.reports.proofread.paragraphs import Document
from toolkit.reports.proofread.reading import LetterRefused, read

__all__ = ["Basis", "LetterRefused", "compare", "proofread", "read"]


def proofread(path: Path, facts: Facts, letter: Letter) -> list[Finding]:
    """Everything to say about the letter in a file. Raises LetterRefused where it cannot be read.

    letter: its fields as they are drafted now.
    """
    document = read(path)
    basis = Basis.of(facts, letter, document.kind)
    return [replace(finding, file=path.name) for finding in compare(document, basis)]


def compare(document: Document, basis: Basis) -> list[Finding]:
    """What is wrong (STOP) and what someone should look at (WARN), in a letter that was read.

    Wrong: a figure that is no true wording of its fact, a fact that is gone, a count that disagrees with
    what it counts. To look at: numbers nobody knows, what is left of a template, other names, plain language.
    """
    matched = tagged(document, basis)
    found = [
        *matched.findings,
        *missing(document, basis, matched),
        *counts(document, basis),
        *unknown(document, basis, matched),
        *leftovers(document, basis),
        *names(document, basis),
        *hints(document, basis),
    ]
    unique = {(f.level, f.code, f.where, str(dict(f.facts))): f for f in found}
    return list(unique.values())
