"""Counts held against what they count: names in a sentence, items in a list, the initiatives of the study."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from toolkit.model.finding import Finding
from toolkit.reports.proofread.basis import Basis
from toolkit.reports.proofread.figures import any_of, count_of, spelled_pattern
from toolkit.reports.proofread.paragraphs import HEADING, NUMBERED, Document, Paragraph
from toolkit.reports.proofread.remarks import wrong
from toolkit.words.dutch import enumeration, number_word
from toolkit.words.vocabulary import words

_SEPARATORS = re.compile(r", | en ")
_LOOK_BACK = 60
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def counts(document: Document, basis: Basis) -> Iterator[Finding]:
    """Every count that says something else than what it counts."""
    body = document.body
    for place, paragraph in enumerate(body):
        yield from _named(paragraph, basis)
        yield from _initiatives(paragraph, basis)
        yield from _items(body, place)
    yield from _recommendations(document, basis)


@cache
def _counted(kind: str) -> re.Pattern[str]:
    """'vijf aanbevelingen': the number and the thing."""
    things = any_of(words(f"proofread.things.{kind}"))
    return re.compile(rf"(?<![\w.,€-])(?P<n>{spelled_pattern()})\s+(?P<thing>{things})(?!\w)", re.IGNORECASE)


def _named(paragraph: Paragraph, basis: Basis) -> Iterator[Finding]:
    """'vijf wijkbedrijven: A, B en C', and the same between brackets."""
    for match in _counted("initiatives").finditer(paragraph.text):
        rest = paragraph.text[match.end() :]
        n, found = count_of(match["n"]), match[0]
        if listed := re.match(r":\s+(?P<names>[^:;()\t]+?)(?:\.(?:\s|$)|$)", rest):
            names = listed["names"]
        elif listed := re.match(r"\s*\((?P<names>[^()]+)\)", rest):
            names = listed["names"]
            # 'drie van de vijf wijkbedrijven (A, B en C)' names the three
            if part := re.search(
                rf"(?P<n>{spelled_pattern()})\s+van\s+\w+\s+$",
                paragraph.text[max(0, match.start() - _LOOK_BACK) : match.start()],
                re.IGNORECASE,
            ):
                n, found = count_of(part["n"]), part[0] + found
        else:
            continue
        known = _names(names, basis.initiatives)
        if known and len(known) != n:
            told = {"found": found, "n": number_word(len(known)), "names": enumeration(known)}
            yield wrong("count_names", paragraph, **told)


def _names(text: str, initiatives: Sequence[str]) -> list[str]:
    """The names in an enumeration; empty where it holds no initiative we know.

    What is no name we know counts as one where it has a capital; else people wrote something in between.
    """
    known: list[str] = []
    rest = text
    for name in sorted(initiatives, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if pattern.search(rest):
            known.append(name)
            rest = pattern.sub("", rest)
    if not known:
        return []
    known.sort(key=lambda name: text.casefold().find(name.casefold()))
    others = [part.strip() for part in _SEPARATORS.split(rest)]
    return known + [part for part in others if any(map(str.isupper, part))]


def _initiatives(paragraph: Paragraph, basis: Basis) -> Iterator[Finding]:
    """'de vijf wijkbedrijven' where the study has another number of them."""
    facts = basis.facts
    possible = {facts[f"initiatieven.{which}"].value for which in ("genoemd", "geteld", "niet_geteld")}
    every = any_of(words("proofread.things.all"))
    for match in _counted("initiatives").finditer(paragraph.text):
        before = re.search(
            rf"(?<!\w)(?:{every})\s+$",
            paragraph.text[max(0, match.start() - _LOOK_BACK) : match.start()],
            re.IGNORECASE,
        )
        if before and count_of(match["n"]) not in possible:
            yield wrong(
                "count_initiatives",
                paragraph,
                found=before[0] + match[0],
                named=facts["initiatieven.genoemd"].text,
                counted=facts["initiatieven.geteld"].text,
            )


def _items(paragraphs: Sequence[Paragraph], place: int) -> Iterator[Finding]:
    """'Deze drie aannames tellen het zwaarst:' with another number of items below it."""
    paragraph = paragraphs[place]
    if not paragraph.text.endswith(":"):
        return
    items, together = _listed(islice(paragraphs, place + 1, None))
    last = _SENTENCE_END.split(paragraph.text)[-1]
    matches = [m for kind in ("listed", "initiatives") for m in _counted(kind).finditer(last)]
    for match in matches[:1]:
        if items and count_of(match["n"]) not in (items, together):
            yield wrong("count_items", paragraph, found=match[0], n=number_word(items))


def _listed(paragraphs: Iterable[Paragraph]) -> tuple[int, int]:
    """The items that follow at once, and all of them up to the next heading or list."""
    items = together = 0
    for place, paragraph in enumerate(paragraphs):
        leads = not paragraph.is_item and paragraph.text.endswith(":")
        if paragraph.kind == HEADING or paragraph.table or leads:
            break
        together += paragraph.is_item
        items += paragraph.is_item and items == place
        if not items:
            break
    return items, together


def _recommendations(document: Document, basis: Basis) -> Iterator[Finding]:
    """'vijf aanbevelingen' against the numbered list under that heading."""
    if not basis.recommendations:
        return
    numbered, inside = 0, False
    for paragraph in document.body:
        if paragraph.text.casefold() == basis.recommendations.casefold():
            inside = True
        elif inside and paragraph.kind == HEADING:
            break
        elif inside and paragraph.kind == NUMBERED:
            numbered += 1
    for paragraph in document.body:
        for match in _counted("recommendations").finditer(paragraph.text):
            if numbered and count_of(match["n"]) != numbered:
                told = {"found": match[0], "n": number_word(numbered), "heading": basis.recommendations}
                yield wrong("count_recommendations", paragraph, **told)
