"""What should not be in a letter any more, and names that should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from toolkit.method.confirmation import FINAL
from toolkit.model.finding import Finding
from toolkit.reports.proofread.basis import Basis
from toolkit.reports.proofread.paragraphs import Document, Paragraph
from toolkit.reports.proofread.remarks import doubtful
from toolkit.words.vocabulary import word, words

_ALIKE = 0.8
_SHORTEST_NAME = 4


def leftovers(document: Document, basis: Basis) -> Iterator[Finding]:
    """Marks of a template, gaps to fill in, and the mark of a draft in a letter that is final."""
    concept = word("proofread.leftover.concept")
    for paragraph in document.paragraphs:
        for found in dict.fromkeys(match[0] for match in _marks().finditer(paragraph.text)):
            yield doubtful("mark_left", paragraph, found=found)
        if basis.letter.status == FINAL and re.search(rf"\b{concept}\b", paragraph.text):
            yield doubtful("still_concept", paragraph, found=concept)


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(words("proofread.leftover.marks")))


def names(document: Document, basis: Basis) -> Iterator[Finding]:
    """Names of initiatives, signers and the municipality that are gone or are written another way.

    A name that carries its fact is held against it elsewhere; here also those that carry none.
    """
    letter = basis.letter
    texts = ["\n".join(p.text for p in read.paragraphs) for read in (basis.drafted, document)]
    people = (letter.municipality, letter.signer_1, letter.signer_2)
    for name in dict.fromkeys(name for name in (*basis.initiatives, *people) if len(name) >= _SHORTEST_NAME):
        before, now = (len(_pattern(name).findall(text)) for text in texts)
        if now >= before:
            continue
        if near := _near(name, document, basis):
            paragraph, found = near
            yield doubtful("name_changed", paragraph, found=found, expected=name)
        elif not now:
            yield doubtful("name_missing", None, expected=name)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _near(name: str, document: Document, basis: Basis) -> tuple[Paragraph, str] | None:
    """The first words that are nearly a name, and did not stand so in the draft."""
    length = len(name.split())
    drafted = {p.text for p in basis.drafted.paragraphs}
    for paragraph in document.paragraphs:
        tokens = paragraph.text.split()
        if paragraph.text in drafted:
            continue
        for place in range(len(tokens) - length + 1):
            found = " ".join(tokens[place : place + length]).strip(".,:;()‘’'\"")
            if found.casefold() != name.casefold() and found not in basis.initiatives and _alike(found, name):
                return paragraph, found
    return None


def _alike(found: str, name: str) -> bool:
    if not found[:1].isupper() or abs(len(found) - len(name)) > 3:
        return False
    return SequenceMatcher(None, found.casefold(), name.casefold()).ratio() >= _ALIKE
