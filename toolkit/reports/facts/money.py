"""Facts about money: who pays in which year, what is temporary, what frees cash, what only changes hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from toolkit.kengetallen.budgets import load_budgets
from toolkit.method.cash import Cash, above_gain, moving, per_year
from toolkit.method.figures import NOTHING
from toolkit.method.means import TemporaryMoney, temporary_money
from toolkit.method.transfers import Transfer
from toolkit.method.transfers import transfers as handed_over
from toolkit.model.initiative import TEMPORARY
from toolkit.model.result import Gain
from toolkit.model.study import GOVERNMENT, MUNICIPALITY, NO_COVER, PERSONS
from toolkit.model.unit_value import TRANSFER
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.groups import party_facts
from toolkit.reports.facts.recipe import GAINED, PAID, Sum, loss, ratio, total
from toolkit.reports.facts.source import Source, label, party_name
from toolkit.words import dutch
from toolkit.words.vocabulary import UnknownWord, word

WELFARE_BUDGET = "BUIG"
SPENT = replace(PAID, present=False)
"""Costs, not discounted."""


def costs(book: FactBook, source: Source) -> None:
    """betaler.*: undiscounted costs per payer and year, and kosten.*: who pays how much in all.

    What nobody promised to pay stands among the payers as a line of its own, so that they add up.
    """
    per_party, per_year = source.outcome.cost_per_party, source.outcome.cost_per_year
    last = max(np.flatnonzero(per_year).max(initial=-1) + 1, source.study.activity_years)
    years = source.study.years[:last]
    for year in years:
        told = book.branch(f"kosten.jaar{year}", "kosten", source.cost_keys)
        told.year("jaar", year, sources=("study.first_year",))
        told.thousands("bedrag", total(replace(SPENT, year=year)), "per_jaar")
    book.rows("kosten_jaren", [f"kosten.jaar{year}" for year in years])
    paid = dict(zip(source.outcome.parties, per_party, strict=True))
    payers = sorted((party for party in paid if paid[party].any()), key=lambda party: -paid[party].sum())
    open_keys = source.costs_of(NO_COVER)
    shown = [*payers, *([NO_COVER] if open_keys else [])]
    for party in shown:
        _payer(book, source, party, years)
    book.rows("betalers", [f"betaler.{source.party_tags[party]}" for party in shown])
    book.flag("kosten.bestaan", shown, sources=source.cost_keys)
    book.flag("kosten.iemand_betaalt", payers, sources=source.cost_keys)
    book.names("kosten.betalers", [label("parties", p) for p in payers], sources=source.cost_keys)
    book.thousands("kosten.som", total(SPENT), sources=source.cost_keys)
    book.flag("heeft_gemeente", MUNICIPALITY in paid, sources=("study.parties",))
    book.flag("gemeente_betaalt", MUNICIPALITY in payers, sources=source.cost_keys)
    book.flag("gemeente_betaalt_alles", shown == [MUNICIPALITY], sources=source.cost_keys)
    if MUNICIPALITY in payers:
        keys = source.costs_of(MUNICIPALITY)
        book.share("kosten.aandeel_gemeente", ratio(PAID.of([MUNICIPALITY]), PAID), sources=keys)
    gains, pays = source.per_party.get(MUNICIPALITY, (0.0, 0.0))
    both = (*source.line_keys, *source.cost_keys)
    book.flag("gemeente_betaalt_meer", pays > max(0.0, gains) + NOTHING, sources=both)
    book.flag("gemeente_heeft_baten", gains > NOTHING, sources=source.line_keys)
    _no_cover(book, source, open_keys)


def _no_cover(book: FactBook, source: Source, keys: Sequence[str]) -> None:
    """geen_dekking.*: the costs that nobody promised to pay, and in which years; they are no party's."""
    told = book.branch("geen_dekking", "geen_dekking", keys or source.cost_keys)
    told.flag("bestaat", keys)
    told.amount("bedrag", total(PAID.of([NO_COVER])))
    found = [year for year in source.study.years if year not in source.covered_years]
    told.names("jaren", [str(year) for year in found])
    party_facts(book, source, NO_COVER)
    book.rows("partij_geen_dekking", [f"partij.{NO_COVER}"] if keys else [])


def _payer(book: FactBook, source: Source, party: str, years: Sequence[int]) -> None:
    branch, spent = f"betaler.{source.party_tags[party]}", SPENT.of([party])
    keys = source.costs_of(party)
    told = book.branch(branch, "betaler", keys, naam=party_name(party))
    told.text("naam", party_name(party), sources=("study.parties",))
    told.thousands("som", total(spent))
    for year in years:
        told.thousands(f"jaar{year}.bedrag", total(replace(spent, year=year)), "per_jaar")
    told.rows("jaren", [f"{branch}.jaar{year}" for year in years])


def temporary(book: FactBook, source: Source) -> None:
    """middelen.*: temporary money by name, when the first of it ends, and whether that leaves a gap."""
    costs = [(cost.key, cost.investment) for cost in source.costs]
    schemes = temporary_money(source.letter, costs, source.study)
    keys = [(*money.costs, *(f"letter.means.{number}" for number in money.listed)) for money in schemes]
    for number, (money, sources) in enumerate(zip(schemes, keys, strict=True), 1):
        told = book.branch(f"middel.{number}", "middel", sources, naam=money.name)
        told.text("naam", money.name)
        told.text("toelichting", money.note)
        amount = _promised(money, source)
        told.flag("heeft_bedrag", amount is not None)
        if amount is not None:
            told.amount("bedrag", amount)
        told.flag("heeft_einde", money.until is not None)
        if money.until is not None:
            told.year("einde", money.until)
    book.rows("middelen", [f"middel.{number}" for number in range(1, len(schemes) + 1)])
    every = tuple(dict.fromkeys(key for sources in keys for key in sources))
    names = list(dict.fromkeys(money.name for money in schemes))
    book.names("tijdelijk.namen", names, sources=every)
    passing = [cost.investment for cost in source.costs if cost.investment.term == TEMPORARY]
    known = passing if any(cost.until for cost in passing) else schemes
    ends = [money.until for money in known if money.until is not None]
    last_year = source.study.first_year + source.study.activity_years - 1
    gap = bool(ends) and min(ends) < last_year
    book.flag("tijdelijk_gat", gap, sources=every)
    if ends:
        book.year("tijdelijk.eerste_einde", min(ends), sources=every)
        book.flag("tijdelijk.een_voor_een", min(ends) < max(ends), sources=every)


def _promised(money: TemporaryMoney, source: Source) -> float | Sum | None:
    """What the forms have of it, as far as its parties promised it; else what the letter lists."""
    if not money.costs:
        return money.amount
    return total(SPENT.only(money.costs).of(source.outcome.parties))


def cash(book: FactBook, source: Source) -> None:
    """verzilverbaar.*: what the municipality spends less and more, what is left, and its own contribution.

    Which lines these are, the method tells of each line by itself.
    """
    place, own = source.place(MUNICIPALITY), GAINED.of([MUNICIPALITY])
    freeing, extra = ([], []) if place is None else moving(source.outcome, MUNICIPALITY)
    saved_keys, extra_keys = ([gain.line.key for gain in gains] for gains in (freeing, extra))
    told = book.branch("verzilverbaar", "verzilverbaar", [*saved_keys, *extra_keys])
    less, more = own.only(saved_keys), -own.only(extra_keys)
    left = book.value(total(less, -more))
    told.amount("minder", total(less), sources=saved_keys)
    told.amount("extra", total(more), sources=extra_keys)
    told.amount("saldo", total(less, -more))
    told.amount("nadeel", loss(less, -more))
    told.flag("speelt_vrij", book.value(total(less)) > NOTHING, sources=saved_keys)
    told.flag("kost_extra", book.value(total(more)) > NOTHING, sources=extra_keys)
    told.flag("per_saldo_minder", left > NOTHING)
    told.flag("per_saldo_meer", left < -NOTHING)
    above = MUNICIPALITY in above_gain(source.outcome)
    told.flag("boven_baten", above, sources=source.line_keys)
    other = total(own, -less, more)
    told.flag("rest_bestaat", book.value(other) > NOTHING, sources=source.line_keys)
    told.amount("eigen_bijdrage", total(PAID.of([MUNICIPALITY])), sources=source.costs_of(MUNICIPALITY))
    moved = [gain.line.key for gain in freeing if gain.line.effect.unit_value.kind == TRANSFER]
    told.flag("deels_overdracht", book.value(total(own.only(moved))) > NOTHING, sources=moved)
    told.amount("overdracht", total(own.only(moved)), sources=moved)
    told.flag("binnen_buig", any(_in_welfare_budget(gain) for gain in freeing), sources=saved_keys)
    if place is not None:
        _since(told, source, per_year(source.outcome).of(place))
    conditions = [gain.line.effect.unit_value.frees_cash.partition(",")[2].strip() for gain in freeing]
    all_told = tuple(dict.fromkeys(_condition(condition) for condition in filter(None, conditions)))
    text = dutch.enumeration(all_told, word("facts.wording.or")) if all_told else ""
    told.add("voorwaarden", all_told, text, sources=saved_keys)
    _rules(told, source)


def _rules(told: FactBook, source: Source) -> None:
    """What decides whether less spending is money that is left: the municipality's size and its contracts."""
    budgets = load_budgets()
    welfare, care = budgets.welfare_budget(source.study), budgets.care_contract(source.study)
    told.text("budget", welfare.said if welfare else "", sources=("study.inhabitants",))
    told.text("inkoop", care.said if care else "", sources=("study.care_bought",))


def _since(told: FactBook, source: Source, flows: Cash) -> None:
    """From which year it spends less, and from which year it contributes."""
    for leaf, euros in (("vanaf", flows.saved), ("bijdrage_vanaf", flows.own)):
        years = np.flatnonzero(euros > 0)
        if years.size:
            told.year(leaf, source.study.years[int(years[0])])


def _in_welfare_budget(gain: Gain) -> bool:
    return WELFARE_BUDGET in gain.line.effect.unit_value.frees_cash


def _condition(text: str) -> str:
    """A condition of the library as a council reads it; one without words for it stands as it is."""
    try:
        return word(f"facts.conditions.{text}")
    except UnknownWord:
        return text


def transfers(book: FactBook, source: Source) -> None:
    """overdracht.*: who hands how much to whom; overdrachten_overheid.*: what residents receive less."""
    handed = handed_over(source.outcome)
    for number, transfer in enumerate(handed, 1):
        keys = [gain.line.key for gain in transfer.gains]
        told = book.branch(f"overdracht.{number}", "overdracht", keys, naam=transfer.name)
        told.text("naam", transfer.name)
        told.names("van", _sides(transfer.payers, book.notation))
        told.names("naar", _sides(transfer.receivers, book.notation))
        told.amount("bedrag", total(GAINED.only(keys).of(list(transfer.receivers))))
    book.rows("overdrachten", [f"overdracht.{number}" for number in range(1, len(handed) + 1)])
    _government_side(book, source, handed)


def _sides(parties: Mapping[str, float], notation: dutch.Notation) -> list[str]:
    """The parties on one side of a transfer; of several each with its euros."""
    names = [label("parties", party) for party in parties]
    if len(names) == 1:
        return names
    amounts = [dutch.worded_amount(euros, notation) for euros in parties.values()]
    return [
        word("facts.wording.party_amount", name=name, amount=amount)
        for name, amount in zip(names, amounts, strict=True)
    ]


def _government_side(book: FactBook, source: Source, handed: Sequence[Transfer]) -> None:
    """overdrachten_overheid.*: what government gains or gives by transfers, and the residents' side of it."""
    public = source.outcome.members(GOVERNMENT)
    private = tuple(party for group in PERSONS for party in source.outcome.members(group))
    for name, sign in (("ontvangt", 1.0), ("geeft", -1.0)):
        moving = [t for t in handed if sign * t.among(public) > NOTHING > -NOTHING > sign * t.among(private)]
        keys = [gain.line.key for transfer in moving for gain in transfer.gains]
        told = book.branch("overdrachten_overheid", "overdrachten_overheid", keys)
        moved = replace(GAINED.only(keys), sign=sign)
        gained, missed = total(moved.of(public)), total(-moved.of(private))
        told.flag(f"{name}_iets", min(book.value(gained), book.value(missed)) > NOTHING)
        if name == "ontvangt":
            half = book.value(total(GAINED.of(public))) / 2
            most = book.value(missed) > NOTHING and book.value(gained) > half > 0
            told.flag("meer_dan_de_helft", most)
        told.amount(name, gained)
        told.amount(f"{name}_bewoners", missed)
