"""Facts for the questions of a council: half of the benefits, and what others found."""

from __future__ import annotations

from toolkit.kengetallen.library import load_library
from toolkit.kengetallen.peers import GROSS
from toolkit.method.appraisal import headline
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.source import Source
from toolkit.words import dutch
from toolkit.words.vocabulary import word


def compared(book: FactBook, source: Source) -> None:
    """helft.* and elders.*, where there is a ratio."""
    ratio = headline(source.outcome)["ratio"]
    if ratio is None:
        return
    own = ("verhouding.waarde",)
    book.add("helft.verhouding", ratio / 2, dutch.euro(ratio / 2, 2), sources=own)
    book.flag("helft.dekt", ratio / 2 > 1, sources=own)
    peers = [peer for peer in load_library().peers if peer.definition == GROSS]
    found = tuple(
        word("facts.wording.peer", ratio=dutch.euro(peer.ratio, 2), name=peer.name, year=peer.year)
        for peer in sorted(peers, key=lambda peer: peer.ratio)
    )
    sources = [f"peers.{peer.code}" for peer in peers]
    book.add("elders.gevonden", found, dutch.enumeration(found), sources=sources)
    book.flag("elders.hoger", ratio > max(peer.ratio for peer in peers), sources=(*own, *sources))
    book.flag("elders.lager", ratio < min(peer.ratio for peer in peers), sources=(*own, *sources))
