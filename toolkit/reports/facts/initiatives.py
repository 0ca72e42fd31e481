"""Facts about the initiatives: which are named and counted, what each brings, what holds for how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.method.appraisal import headline
from toolkit.method.figures import CROSSED_SHARE, LEAST_DOMAINS, domains_crossed
from toolkit.method.verdict import PAYS, VERDICTS, verdict
from toolkit.model.initiative import Initiative
from toolkit.model.result import InitiativeOutcome
from toolkit.reports.facts.fact import METHOD, MOST_NAMES, FactBook
from toolkit.reports.facts.recipe import GAINED, PAID, Percentile, ratio, total
from toolkit.reports.facts.source import Source, called
from toolkit.words import dutch
from toolkit.words.vocabulary import word

MOST_IN_BRACKETS = 6
RATIOS = ("verhouding", "verhouding_laag", "verhouding_hoog")
"""Facts about the ratio of one initiative: the point estimate, and percentiles of it."""


def initiatives(book: FactBook, source: Source) -> None:
    """initiatieven.*, a branch per initiative, and the two claims with for whom they hold."""
    named, counted = source.portfolio.initiatives, source.counted
    left_out = [initiative for initiative in named if not initiative.counted]
    book.count("initiatieven.genoemd", len(named), sources=_codes(named))
    book.names("initiatieven.namen", _names(named), sources=_codes(named))
    book.count("initiatieven.geteld", len(counted), sources=_codes(counted))
    book.names("initiatieven.geteld_namen", _names(counted), sources=_codes(counted))
    book.count("initiatieven.niet_geteld", len(left_out), sources=_codes(left_out))
    book.flag("initiatieven.namen_passen", len(named) <= MOST_NAMES, sources=_codes(named))
    book.flag("initiatieven.geteld_namen_passen", len(counted) <= MOST_NAMES, sources=_codes(counted))
    book.flag("initiatieven.alle_tellen", not left_out, sources=_codes(named))
    book.flag("initiatieven.een_niet_geteld", len(left_out) == 1, sources=_codes(left_out))
    book.flag("initiatieven.een_genoemd", len(named) == 1, sources=_codes(named))
    book.flag("initiatieven.een_geteld", len(counted) == 1, sources=_codes(counted))
    book.text("initiatieven.alle_geteld", _all(len(counted)), sources=_codes(counted))
    verdicts, crossed = {}, {}
    for initiative in named:
        outcome = source.outcome.initiatives[initiative.code]
        crossed[initiative.code] = domains_crossed(outcome, initiative.pm_effects)
        verdicts[initiative.code] = _initiative(book, source, outcome, crossed[initiative.code])
    branches = [f"initiatief.{source.initiative_tags[initiative.code]}" for initiative in named]
    book.rows("initiatieven_rijen", branches)
    book.rows("niet_geteld", [b for b, i in zip(branches, named, strict=True) if not i.counted])
    for name in VERDICTS:
        holds = [i for i in counted if verdicts[i.code] == name]
        _claim(book, f"oordeel.{name}", counted, holds, _own(source, "oordeel"))
    paying = sum(verdicts[initiative.code] == PAYS for initiative in counted)
    judged, crossings = _own(source, "oordeel"), _own(source, "domeinen")
    book.flag("rendeert_bij_alle", paying == len(counted), sources=judged)
    book.flag("rendeert_bij_sommige", 0 < paying < len(counted), sources=judged)
    book.flag("rendeert_bij_geen", not paying, sources=judged)
    crossing = [i for i in counted if len(crossed[i.code]) >= LEAST_DOMAINS]
    _claim(book, "domein_overstijgend", counted, crossing, crossings)
    book.flag("domein_overstijgend_bij_alle", len(crossing) == len(counted), sources=crossings)
    book.flag("domein_overstijgend_bij_geen", not crossing, sources=crossings)
    book.count("domein_overstijgend.minimum", LEAST_DOMAINS, sources=(METHOD,))
    book.share("domein_overstijgend.drempel", CROSSED_SHARE, sources=(METHOD,))
    _people(book, counted)


def _names(initiatives: Sequence[Initiative]) -> list[str]:
    return [called(initiative) for initiative in initiatives]


def _codes(initiatives: Sequence[Initiative]) -> list[str]:
    return [initiative.code for initiative in initiatives]


def _own(source: Source, leaf: str) -> list[str]:
    """The names of one fact of each counted initiative."""
    return [f"initiatief.{source.initiative_tags[initiative.code]}.{leaf}" for initiative in source.counted]


def _all(number: int) -> str:
    """All of so many, as it stands in a sentence."""
    which = {1: "all_one", 2: "all_two"}.get(number, "all_many")
    return word(f"facts.wording.{which}", n=dutch.number_word(number))


def _claim(
    book: FactBook,
    name: str,
    counted: Sequence[Initiative],
    holds: Sequence[Initiative],
    sources: Sequence[str],
) -> None:
    """For whom something holds: how many, their names, and both in words."""
    told, names = (
        book.branch(name, "claim", sources, wat=word(f"facts.claims.{name.rpartition('.')[2]}")),
        _names(holds),
    )
    told.names("namen", names)
    told.count("aantal", len(holds))
    text = ""
    if len(holds) == len(counted):
        text = _all(len(counted))
    elif holds:
        which = "some_of" if len(holds) <= MOST_IN_BRACKETS else "many_of"
        n, m = dutch.number_words(len(holds), len(counted))
        text = word(f"facts.wording.{which}", n=n, m=m, names=book.names_text(names))
    told.add("wie", tuple(names), text)


def _initiative(book: FactBook, source: Source, outcome: InitiativeOutcome, domains: Sequence[str]) -> str:
    """The facts of one initiative on its own; gives its verdict."""
    initiative, ratio_found = outcome.initiative, headline(outcome).ratio
    code, branch = initiative.code, f"initiatief.{source.initiative_tags[initiative.code]}"
    lines = [line.key for line in outcome.lines]
    costs = [cost.key for cost in outcome.costs if cost.inside]
    told = book.branch(branch, "initiatief", lines + costs, naam=called(initiative))
    for leaf, text in (
        ("naam", called(initiative)),
        ("reden", initiative.counted_reason),
        ("gebied", initiative.area),
        ("omschrijving", initiative.description),
    ):
        told.text(leaf, text, sources=[code])
    told.flag("telt_mee", initiative.counted, sources=[code])
    gained, paid = (replace(part, initiative=code) for part in (GAINED, PAID))
    told.amount("baten", total(gained), sources=lines)
    told.amount("kosten", total(paid), sources=costs)
    told.amount("saldo", total(gained, -paid))
    chance = source.simulation.initiatives[code]
    exists = ratio_found is not None and chance.ratio is not None
    told.flag("heeft_verhouding", exists)
    if exists:
        told.per_euro("verhouding", ratio(gained, paid))
        told.per_euro("verhouding_laag", Percentile("ratio", "p5", code))
        told.per_euro("verhouding_hoog", Percentile("ratio", "p95", code))
    found = verdict(chance, ratio_found)
    judged = [f"{branch}.{leaf}" for leaf in RATIOS] if exists else None
    told.text("oordeel", word(f"facts.verdicts.{found}"), sources=judged)
    described = [f"{code}.{effect.code}" for effect in initiative.pm_effects]
    told.names("domeinen", domains, sources=lines + described)
    crosses = f"{branch}.domeinen", "domein_overstijgend.minimum"
    told.flag("domein_overstijgend", len(domains) >= LEAST_DOMAINS, sources=crosses)
    people, sources = initiative.participants, [f"{code}.participants"]
    told.flag("heeft_deelnemers", people is not None, sources=sources)
    if people is not None:
        told.number("deelnemers", people, sources=sources)
    return found


def _people(book: FactBook, counted: Sequence[Initiative]) -> None:
    """mensen.*: people reached, where every counted initiative told how many."""
    for leaf, field in (("deelnemers", "participants"), ("wijkbewoners", "residents")):
        answers = [getattr(initiative, field) for initiative in counted]
        sources = [f"{initiative.code}.{field}" for initiative in counted]
        known = all(answer is not None for answer in answers)
        total = sum(answer or 0 for answer in answers)
        book.flag(f"mensen.heeft_{leaf}", known and total > 1, sources=sources)
        book.number(f"mensen.{leaf}", total, sources=sources)
