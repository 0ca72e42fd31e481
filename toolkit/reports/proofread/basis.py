"""What a letter is held against: the facts, and the same letter as it is drafted from them now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from toolkit.model.letter import Letter
from toolkit.model.narrowing import as_whole
from toolkit.reports.facts import Fact, Facts
from toolkit.reports.files.draft import draft
from toolkit.reports.letter.blocks import Block, HeaderBlock, Heading, Items, Paragraph, Run, Table
from toolkit.reports.letter.drafting import render
from toolkit.reports.letter.markup import parse
from toolkit.reports.proofread import paragraphs
from toolkit.reports.proofread.figures import Figure, figures
from toolkit.reports.proofread.paragraphs import Document
from toolkit.reports.proofread.reading import read_bytes

_DRAFTED_AS = {"docx": "docx", "odt": "docx", "html": "html", "txt": "txt"}


@dataclass(frozen=True)
class Basis:
    """The facts, the fields of the letter, and the draft, also read back as the edited letter was."""

    facts: Facts
    letter: Letter
    blocks: tuple[Block, ...]
    drafted: Document

    @classmethod
    def of(cls, facts: Facts, letter: Letter, kind: str) -> Basis:
        """The basis for a letter of this kind of file."""
        ending = _DRAFTED_AS[kind]
        made = draft(facts, letter)[ending]
        data = made if isinstance(made, bytes) else made.encode()
        return cls(facts, letter, parse(render(facts, letter)), read_bytes(data, f".{ending}"))

    @cached_property
    def shown(self) -> dict[str, str]:
        """Name of each fact that the letter shows -> its text where it stands first."""
        found: dict[str, str] = {}
        for block in self.blocks:
            for run in _runs(block):
                if run.fact:
                    found.setdefault(run.fact, run.text)
        return found

    @cached_property
    def counts(self) -> Counter[Figure]:
        """How often each figure stands in the draft."""
        return count_figures(self.drafted)

    @cached_property
    def own(self) -> frozenset[Figure]:
        """The numbers of the municipality's own."""
        return frozenset(chain.from_iterable(figures(own.written) for own in self.letter.own_numbers))

    @cached_property
    def known(self) -> dict[Figure, str]:
        """Every figure that the letter may use, of facts, of the draft and of one's own, as it is written."""
        texts = [p.text for p in self.drafted.body]
        texts += [own.written for own in self.letter.own_numbers]
        texts += [fact.text for fact in self.facts]
        return {figure: text[figure.start : figure.end] for text in texts for figure in figures(text)}

    @cached_property
    def years(self) -> range:
        """The calendar years of the study."""
        first, last = (self.facts[f"studie.{name}"].value for name in ("eerste_jaar", "laatste_batenjaar"))
        return range(as_whole(first), as_whole(last) + 1)

    @cached_property
    def annex(self) -> str:
        """The heading with which the annex begins."""
        return [_text(block) for block in self.blocks if isinstance(block, Heading) and block.level == 1][-1]

    @cached_property
    def recommendations(self) -> str:
        """The heading above the numbered recommendations; empty where there are none."""
        heading = ""
        for block in self.blocks:
            if isinstance(block, Heading):
                heading = _text(block)
            elif isinstance(block, Items) and block.ordered:
                return heading
        return ""

    @cached_property
    def initiatives(self) -> tuple[str, ...]:
        """The names of the initiatives."""
        return tuple(
            f.text for f in self.facts if f.name.startswith("initiatief.") and f.name.endswith(".naam")
        )

    def lost(self, figure: Figure, document: Document) -> list[paragraphs.Paragraph]:
        """The paragraphs of the draft with this figure that the edited letter has in another form."""
        kept = {paragraph.text for paragraph in document.body}
        return [p for p in self.drafted.body if p.text not in kept and figure in figures(p.text)]

    def without_annex(self, document: Document) -> list[paragraphs.Paragraph]:
        """The paragraphs of the letter itself."""
        found: list[paragraphs.Paragraph] = []
        for paragraph in document.body:
            if paragraph.text.casefold() == self.annex.casefold():
                break
            found.append(paragraph)
        return found


def count_figures(document: Document) -> Counter[Figure]:
    """How often each figure stands in the letter and its annex."""
    return Counter(figure for paragraph in document.body for figure in figures(paragraph.text))


def is_number(fact: Fact) -> bool:
    """True for a figure; false for a name, a sentence or a judgement."""
    return not isinstance(fact.value, bool | str | tuple)


def _runs(block: Block) -> Iterator[Run]:
    """Every run of a block, in order."""
    match block:
        case Heading() | Paragraph():
            yield from block.runs
        case Items():
            yield from chain.from_iterable(block.items)
        case HeaderBlock():
            yield from chain.from_iterable(chain.from_iterable(block.rows))
        case Table():
            yield from block.caption
            for row in (block.header, *block.rows):
                yield from chain.from_iterable(row)


def _text(block: Block) -> str:
    return " ".join("".join(run.text for run in _runs(block)).split())
