"""Facts for the questions of a council: half of the benefits, and what others found."""

from __future__ import annotations

from toolkit.kengetallen.peers import comparable
from toolkit.method.appraisal import headline
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.source import Source
from toolkit.words import dutch
from toolkit.words.vocabulary import word


def compared(book: FactBook, source: Source) -> None:
    """helft.* and elders.*, where there is a ratio."""
    ratio = headline(source.outcome).ratio
    if ratio is None:
        return
    own = ("verhouding.waarde",)
    book.per_euro("helft.verhouding", ratio / 2, sources=own)
    book.flag("helft.dekt", ratio / 2 > 1, sources=own)
    peers = comparable(source.library.peers)
    found = tuple(
        word("facts.wording.peer", ratio=dutch.euro(peer.ratio, 2), name=peer.name, year=peer.year)
        for peer in sorted(peers, key=lambda peer: peer.ratio)
    )
    sources = [f"peers.{peer.code}" for peer in peers]
    book.add("elders.gevonden", found, dutch.enumeration(found) if found else "", sources=sources)
    ratios = [peer.ratio for peer in peers] or [ratio]
    book.flag("elders.hoger", ratio > max(ratios), sources=(*own, *sources))
    book.flag("elders.lager", ratio < min(ratios), sources=(*own, *sources))
