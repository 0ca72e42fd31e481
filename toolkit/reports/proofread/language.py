"""Hints on plain language, about what people changed; never more than a handful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.model.finding import Finding
from toolkit.reports.proofread.basis import Basis
from toolkit.reports.proofread.figures import any_of
from toolkit.reports.proofread.paragraphs import Document, Paragraph
from toolkit.reports.proofread.remarks import doubtful
from toolkit.words.vocabulary import sections, words

LONGEST = 25
"""Words in a sentence."""
MOST_HINTS = 10
MANY_PASSIVES = 0.25
"""Share of the sentences."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z‘'(])")
_LONG_WORD = 5


def hints(document: Document, basis: Basis) -> list[Finding]:
    """At most MOST_HINTS hints; the last one tells how many there are more."""
    now, before = basis.without_annex(document), basis.without_annex(basis.drafted)
    drafted = set(_sentences(before))
    found = [
        *_long(now, drafted),
        *_passive(_sentences(now), _sentences(before)),
        *_jargon(now, " ".join(p.text for p in before)),
    ]
    if len(found) <= MOST_HINTS:
        return found
    kept = found[: MOST_HINTS - 1]
    return [*kept, doubtful("hints_more", None, n=len(found) - len(kept))]


def _sentences(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The sentences outside tables."""
    return [s for p in paragraphs if not p.table and "\t" not in p.text for s in _SENTENCE_END.split(p.text)]


def _long(paragraphs: Sequence[Paragraph], drafted: set[str]) -> Iterator[Finding]:
    for paragraph in paragraphs:
        for sentence in _sentences([paragraph]):
            length = sum(any(map(str.isalnum, part)) for part in sentence.split())
            if length > LONGEST and sentence not in drafted:
                yield doubtful("sentence_long", paragraph, n=length, start=" ".join(sentence.split()[:5]))


def _passive(now: Sequence[str], before: Sequence[str]) -> Iterator[Finding]:
    pattern = re.compile(rf"(?<!\w)(?:{any_of(words('proofread.hints.passive'))})(?!\w)", re.IGNORECASE)
    n, drafted = (sum(bool(pattern.search(s)) for s in sentences) for sentences in (now, before))
    if n > drafted and n > MANY_PASSIVES * len(now):
        yield doubtful("passive", None, n=n, total=len(now))


def _jargon(paragraphs: Sequence[Paragraph], drafted: str) -> Iterator[Finding]:
    """Terms of the glossary that the draft does not use, without an explanation where they come first."""
    for entry in sections("glossary.terms").values():
        for term in filter(None, re.split(r"\s*[()]\s*|, | en ", entry["term"])):
            pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
            first = next((p for p in paragraphs if pattern.search(p.text)), None)
            if first and not pattern.search(drafted) and not _explained(first.text, term, entry["meaning"]):
                yield doubtful("jargon", first, term=term, meaning=entry["meaning"])
                break


def _explained(text: str, term: str, meaning: str) -> bool:
    """True where what follows explains the term, or the paragraph shares words with its meaning."""
    behind = text[text.casefold().find(term.casefold()) + len(term) :].lstrip()
    if re.match(rf"(?:{any_of(words('proofread.hints.explains'))})", behind, re.IGNORECASE):
        return True
    telling = {w for w in re.findall(r"\w+", meaning.casefold()) if len(w) > _LONG_WORD}
    used = set(re.findall(r"\w+", text.casefold()))
    return len(telling & used) * 2 >= len(telling) > 0
