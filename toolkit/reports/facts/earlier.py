"""Facts about the study of the letter before this one, beside those of now."""

from __future__ import annotations

from toolkit.method.appraisal import headline
from toolkit.method.figures import NOTHING, participants
from toolkit.method.yearonyear import found_again
from toolkit.model.result import StudyOutcome
from toolkit.model.study import GOVERNMENT
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.source import Earlier, Source, called
from toolkit.words import dutch

NAMED_BY = ("letter.previous_portfolio",)
"""Provenance of a figure of then: the workbook that sheet Brief names."""


def earlier(book: FactBook, source: Source) -> None:
    """vorige.* and verschil.*: what it was, how much it moved, and which initiatives came and went."""
    before = source.earlier
    book.flag("vorige.bestaat", before, sources=NAMED_BY)
    if before is None:
        return
    then, now = headline(before.outcome), headline(source.outcome)
    study = before.portfolio.study
    book.year("vorige.eerste_jaar", study.first_year, sources=NAMED_BY)
    book.count("vorige.zichtperiode", study.horizon, sources=NAMED_BY)
    same = (study.horizon, study.activity_years) == (source.study.horizon, source.study.activity_years)
    book.flag("vorige.zelfde_periode", same, sources=NAMED_BY)
    book.flag("vorige.baten_negatief", then.benefits_pv < -NOTHING, sources=NAMED_BY)
    book.count("vorige.geteld", len(before.portfolio.counted), sources=NAMED_BY)
    _moved(book, "baten", then.benefits_pv, now.benefits_pv, "totaal.baten")
    _moved(book, "kosten", then.costs_pv, now.costs_pv, "totaal.kosten")
    share, share_now = _government(before.outcome), _government(source.outcome)
    book.flag("vorige.heeft_overheid", share is not None and share_now is not None, sources=NAMED_BY)
    if share is not None and share_now is not None:
        _moved(book, "overheid", share, share_now, "overheid.baten")
    ratio, ratio_now = then.ratio, now.ratio
    book.flag("vorige.heeft_verhouding", ratio is not None and ratio_now is not None, sources=NAMED_BY)
    if ratio is not None and ratio_now is not None:
        book.per_euro("vorige.verhouding", ratio, sources=NAMED_BY)
        change = ratio_now - ratio
        both = ("vorige.verhouding", "verhouding.waarde")
        book.add("verschil.verhouding", change, _signed(dutch.euro(change, 2), change), sources=both)
    _people(book, before, source)
    _came_and_went(book, before, source)


def published(book: FactBook, source: Source) -> None:
    """gepubliceerd.*: what the letter before printed, as sheet Brief tells; nothing is computed again."""
    letter = source.letter
    for leaf, figure in (("baten", letter.published_total), ("verhouding", letter.published_ratio)):
        named = (f"letter.published_{'total' if leaf == 'baten' else 'ratio'}",)
        book.flag(f"gepubliceerd.heeft_{leaf}", figure is not None, sources=named)
        if figure is not None:
            add = book.amount if leaf == "baten" else book.per_euro
            add(f"gepubliceerd.{leaf}", figure, sources=named)


def _moved(book: FactBook, leaf: str, then: float, now: float, fact: str) -> None:
    """What an amount was, and how much more or less it is now."""
    change, both = now - then, (f"vorige.{leaf}", fact)
    book.amount(f"vorige.{leaf}", then, sources=NAMED_BY)
    book.amount(f"verschil.{leaf}", abs(change), sources=both)
    book.flag(f"verschil.{leaf}_hoger", change > NOTHING, sources=both)
    book.flag(f"verschil.{leaf}_lager", change < -NOTHING, sources=both)
    thousands = dutch.number(change / 1000)
    book.add(f"verschil.{leaf}_getal", change, _signed(thousands, change), "verschil.getal", both)


def _signed(text: str, change: float) -> str:
    """With a plus before what grew.

    >>> _signed("12", 12.0), _signed("-12", -12.0), _signed("0", 0.2)
    ('+12', '-12', '0')
    """
    return f"+{text}" if change > 0 and text.strip("0,. €\xa0") else text


def _government(outcome: StudyOutcome) -> float | None:
    """The benefits of government, None where the study does not know that group."""
    if GOVERNMENT not in outcome.study.groups:
        return None
    return outcome.per_group()[GOVERNMENT][0]


def _people(book: FactBook, before: Earlier, source: Source) -> None:
    then, now = participants(before.portfolio.counted), participants(source.counted)
    book.flag("vorige.heeft_deelnemers", then is not None and now is not None, sources=NAMED_BY)
    if then is not None and now is not None:
        book.number("vorige.deelnemers", then, sources=NAMED_BY)
        text = _signed(dutch.number(now - then), now - then)
        both = ("vorige.deelnemers", "mensen.deelnemers")
        book.add("verschil.deelnemers", now - then, text, sources=both)
        book.flag("verschil.evenveel_deelnemers", then == now, sources=both)


def _came_and_went(book: FactBook, before: Earlier, source: Source) -> None:
    old, new = before.portfolio.counted, source.counted
    came = [initiative for initiative in new if found_again(initiative, old) is None]
    went = [initiative for initiative in old if found_again(initiative, new) is None]
    sources = (*NAMED_BY, "initiatieven.geteld_namen")
    book.names("vorige.nieuw", [called(i) for i in came], sources=sources, many="many_initiatives")
    book.names("vorige.weg", [called(i) for i in went], sources=sources, many="many_initiatives")
    book.flag("vorige.een_nieuw", len(came) == 1, sources=sources)
    book.flag("vorige.een_weg", len(went) == 1, sources=sources)
    book.flag("vorige.zelfde_initiatieven", not came and not went, sources=sources)
