"""Figures held against their facts: those that carry a name, those that are gone, and those nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toolkit.model.finding import Finding
from toolkit.reports.facts import Fact
from toolkit.reports.proofread.basis import Basis, count_figures, is_number
from toolkit.reports.proofread.figures import ABOUT, EURO, PERCENT, Figure, any_of, figures
from toolkit.reports.proofread.paragraphs import BODY, NOTE, Document, Paragraph, Stretch
from toolkit.reports.proofread.remarks import doubtful, wrong
from toolkit.words import dutch
from toolkit.words.vocabulary import words

_VERDICT = re.compile(r"initiatief\..+\.oordeel")
_THOUSANDS = "_duizend"


@dataclass
class Matched:
    """What came of the figures with a name.

    settled: the figures of a paragraph, by its place in the letter, that need no other look.
    excused: figures of the draft that are missing because a finding already tells what stands there
    instead.  told: what stands there instead.
    """

    findings: list[Finding] = field(default_factory=list)
    settled: dict[int, set[int]] = field(default_factory=dict)
    excused: Counter[Figure] = field(default_factory=Counter)
    told: list[Figure] = field(default_factory=list)


def tagged(document: Document, basis: Basis) -> Matched:
    """Hold every stretch that carries the name of a fact against that fact."""
    matched = Matched()
    for place, paragraph in enumerate(document.paragraphs):
        for stretch in paragraph.stretches:
            inside = _inside(paragraph, stretch)
            if stretch.fact in basis.facts:
                _hold(matched, place, paragraph, stretch, inside, basis.facts[stretch.fact])
            elif _is_ours(stretch.fact, basis) and inside:
                found = _shown(paragraph, stretch, inside)
                matched.findings.append(wrong("fact_unknown", paragraph, found=found, name=stretch.fact))
                matched.settled.setdefault(place, set()).update(f.start for f in inside)
    return matched


def _inside(paragraph: Paragraph, stretch: Stretch) -> list[Figure]:
    """The figures of a stretch, each with what stands around it, such as 'bijna' just before.

    Where text was typed against the stretch, so that it reads as a code, the stretch counts by itself.
    """
    standing = figures(paragraph.text)
    inside = [f for f in standing if f.start < stretch.end and stretch.start < f.end]
    alone = figures(paragraph.text[stretch.start : stretch.end])
    if len(inside) >= len(alone):
        return inside
    return [replace(f, start=f.start + stretch.start, end=f.end + stretch.start) for f in alone]


def _hold(
    matched: Matched, place: int, paragraph: Paragraph, stretch: Stretch, inside: list[Figure], fact: Fact
) -> None:
    expected = list(figures(fact.text))
    settled = matched.settled.setdefault(place, set())
    found = _shown(paragraph, stretch, inside)
    told = {"found": found, "expected": fact.text, "name": fact.name, "meaning": fact.meaning}
    taken = _in_order(inside, expected, fact)
    if taken is None or (not is_number(fact) and _digits(found) != _digits(fact.text)):
        matched.findings.append(wrong("figure_wrong", paragraph, **told))
        matched.excused.update(expected)
        matched.told += inside
        settled.update(f.start for f in inside)
        return
    settled.update(f.start for f in taken)
    if is_number(fact) or _plain(found) == _plain(fact.text):
        return
    if _VERDICT.fullmatch(fact.name):
        matched.findings.append(wrong("judgement_changed", paragraph, **told))
    else:
        matched.findings.append(doubtful("name_changed", paragraph, found=found, expected=fact.text))


def _is_ours(name: str, basis: Basis) -> bool:
    """True for a name such as the facts have; a house style may hold controls of its own."""
    branch, dot, _ = name.partition(".")
    return bool(dot) and any(fact.name.startswith(f"{branch}.") for fact in basis.facts)


def _shown(paragraph: Paragraph, stretch: Stretch, inside: list[Figure]) -> str:
    """A stretch with what belongs to its figures, such as a word just before it."""
    start = min([stretch.start, *(f.start for f in inside)])
    end = max([stretch.end, *(f.end for f in inside)])
    return paragraph.text[start:end].strip()


def _in_order(standing: list[Figure], expected: list[Figure], fact: Fact) -> list[Figure] | None:
    """The standing figures that say what is expected, in order; None where one of them is not there."""
    taken: list[Figure] = []
    rest = iter(standing)
    for wanted in expected:
        same = next((figure for figure in rest if is_true(figure, wanted, fact)), None)
        if same is None:
            return None
        taken.append(same)
    return taken


def is_true(figure: Figure, wanted: Figure, fact: Fact | None = None) -> bool:
    """True where a figure says what is wanted, in any notation and with a word that is true."""
    if figure.core == wanted.core:
        return figure.about in {wanted.about, ABOUT, _word(wanted, fact)}
    return fact is not None and _in_full(figure, fact)


def _word(wanted: Figure, fact: Fact | None) -> str:
    """The word that is true for a fact as it is rounded here."""
    if fact is None or not is_number(fact) or len(figures(fact.text)) != 1:
        return wanted.about
    scale = 100 if wanted.unit == PERCENT else 1
    value = Decimal(str(fact.value)) * scale
    if fact.name.endswith(_THOUSANDS) or "1.000" in fact.unit:
        value /= 1000
    return dutch.about(value, wanted.value)


def _in_full(figure: Figure, fact: Fact) -> bool:
    """True for an amount written to the euro, where the letter rounds it."""
    if fact.unit != EURO or figure.unit != EURO or figure.about not in ("", ABOUT):
        return False
    return figure.value == dutch.whole(fact.number)


def _digits(text: str) -> list[str]:
    """The digits in a text, also those of dates and codes."""
    return [character for character in text if character.isdigit()]


def _plain(text: str) -> str:
    """Text without what may differ: case, spaces, and a full stop at its end."""
    return " ".join(text.split()).casefold().rstrip(". ")


def missing(document: Document, basis: Basis, matched: Matched) -> Iterator[Finding]:
    """Facts that the draft has and this letter has not.

    A fact that lost its name is looked for by its figures. Where one figure is there less often than in
    the draft while another of its kind is there more often, it was replaced.
    """
    here, tags = count_figures(document), document.facts
    more = _by_kind(document) - _by_kind(basis.drafted)
    more -= Counter((figure, _kind(figure)) for figure in matched.told)
    replaced = {kind for figure, kind in more if figure not in basis.own}
    told: set[Figure] = set()
    for name, text in basis.shown.items():
        for figure in figures(text) if name not in tags else ():
            about = max(0, here[_about(figure)] - basis.counts[_about(figure)])
            fewer = basis.counts[figure] - matched.excused[figure] - here[figure] - about
            gone = not here[figure] + about
            if fewer > 0 and figure not in told and (gone or _kind(figure) in replaced):
                told.add(figure)
                places: Sequence[Paragraph | None] = basis.lost(figure, document)[:fewer] or [None]
                for place in places:
                    yield _missing(basis.facts[_named(place, figure, tags) or name], figure, place)


def _missing(fact: Fact, figure: Figure, place: Paragraph | None) -> Finding:
    """What is told of a figure that is gone; place: where the draft has it."""
    own = next((fact.text[f.start : f.end] for f in figures(fact.text) if f == figure), fact.text)
    return wrong("fact_missing", place, expected=own, name=fact.name, meaning=fact.meaning)


def _named(place: Paragraph | None, figure: Figure, tags: Collection[str]) -> str:
    """The fact without a tag that the draft shows in this figure, empty where plain text does not tell."""
    standing = [f for f in figures(place.text) if f == figure] if place else []
    stretches = [s for s in place.stretches if s.fact not in tags] if place else []
    return next((s.fact for s in stretches for f in standing if f.start < s.end and s.start < f.end), "")


def _about(figure: Figure) -> Figure:
    """The same with 'ongeveer', which is true for every rounded figure."""
    return Figure(figure.value, figure.unit, ABOUT, figure.spelled, figure.start, figure.end)


def _kind(figure: Figure) -> tuple[str, bool]:
    return figure.unit, figure.spelled


def _by_kind(document: Document) -> Counter[tuple[Figure, tuple[str, bool]]]:
    """How often each figure stands there, as a word and in digits apart."""
    return Counter((f, _kind(f)) for paragraph in document.body for f in figures(paragraph.text))


def unknown(document: Document, basis: Basis, matched: Matched) -> Iterator[Finding]:
    """Numbers that are no fact, no number of the municipality's own, and not part of the draft."""
    usual = sorted(basis.known.items(), key=lambda known: basis.counts[known[0]])
    wordings = {figure.core: text for figure, text in usual}
    label = re.compile(rf"(?:{any_of(words('proofread.numbered.labels'))})\s*(?::|\t|$)", re.IGNORECASE)
    labelled = {place for place, p in enumerate(document.paragraphs) if label.match(p.text)}
    rows = {(p.table, p.row) for place, p in enumerate(document.paragraphs) if place in labelled and p.table}
    for place, paragraph in enumerate(document.paragraphs):
        is_label = place in labelled or (paragraph.table, paragraph.row) in rows
        if paragraph.part not in (BODY, NOTE) or is_label:
            continue
        for figure in figures(paragraph.text):
            if figure.spelled or figure.start in matched.settled.get(place, ()) or _is_known(figure, basis):
                continue
            found = paragraph.text[figure.start : figure.end]
            if figure.core in wordings:
                yield doubtful("word_differs", paragraph, found=found, expected=wordings[figure.core])
            else:
                yield doubtful("number_unknown", paragraph, found=found)


def _is_known(figure: Figure, basis: Basis) -> bool:
    if figure in basis.known or (not figure.unit and figure.value in basis.years):
        return True
    return figure.about == ABOUT and any(figure.core == known.core for known in basis.known)
