"""Facts about money: who pays in which year, what is temporary, what frees cash, what only changes hands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.method.cash import freed_cash
from toolkit.method.figures import NOTHING
from toolkit.method.transfers import transferring
from toolkit.method.transfers import transfers as handed_over
from toolkit.model.initiative import TEMPORARY
from toolkit.model.result import CostLine, Gain
from toolkit.model.study import GOVERNMENT, MUNICIPALITY, PERSONS
from toolkit.model.unit_value import TRANSFER
from toolkit.reports.facts.fact import FactBook, clean
from toolkit.reports.facts.recipe import GAINED, PAID, Made, loss, total
from toolkit.reports.facts.source import Source, cost_key, label, party_name
from toolkit.words import dutch
from toolkit.words.vocabulary import UnknownWord, word

WELFARE_BUDGET = "BUIG"
SPENT = replace(PAID, present=False)
"""Costs, not discounted."""


def costs(book: FactBook, source: Source) -> None:
    """betaler.*: undiscounted costs per payer and year, and kosten.*: who pays how much in all."""
    per_party = source.outcome.cost_per_party
    last = max(np.flatnonzero(per_party.sum(axis=0)).max(initial=-1) + 1, source.study.activity_years)
    years = list(source.study.years[:last])
    for year in years:
        book.year(f"kosten.jaar{year}.jaar", year, "kosten.jaar", ("study.first_year",))
        euros = per_party[:, year - years[0]].sum()
        made = total(replace(SPENT, year=year))
        _thousands(book, f"kosten.jaar{year}.bedrag", euros, "kosten.per_jaar", source.cost_keys, made)
    book.rows("kosten_jaren", [f"kosten.jaar{year}" for year in years])
    payers = [i for i in range(len(per_party)) if per_party[i].any()]
    payers.sort(key=lambda i: -per_party[i].sum())
    for place in payers:
        _payer(book, source, place, years)
    tags = [source.party_tags[source.outcome.parties[place]] for place in payers]
    book.rows("betalers", [f"betaler.{tag}" for tag in tags])
    book.flag("kosten.bestaan", payers, sources=source.cost_keys)
    book.names("kosten.betalers", [_party_name(source, place) for place in payers], sources=source.cost_keys)
    _thousands(book, "kosten.som", per_party.sum(), "kosten.som", source.cost_keys, total(SPENT))
    municipality = source.place(MUNICIPALITY)
    book.flag("heeft_gemeente", municipality is not None, sources=("study.parties",))
    book.flag("gemeente_betaalt", municipality in payers, sources=source.cost_keys)
    book.flag("gemeente_betaalt_alles", payers == [municipality], sources=source.cost_keys)
    if municipality in payers:
        keys = [cost_key(cost) for cost in source.costs if cost.investment.party == MUNICIPALITY]
        share = source.per_party[MUNICIPALITY][1] / source.outcome.costs_pv
        made = Made((PAID.of([MUNICIPALITY]),), (PAID,))
        book.share("kosten.aandeel_gemeente", share, sources=keys, made=made)
    gained, paid = source.per_party[MUNICIPALITY] if municipality is not None else (0.0, 0.0)
    both = (*source.line_keys, *source.cost_keys)
    book.flag("gemeente_betaalt_meer", paid > max(0.0, gained) + NOTHING, sources=both)
    book.flag("gemeente_heeft_baten", gained > NOTHING, sources=source.line_keys)


def _party_name(source: Source, place: int) -> str:
    return label("parties", source.outcome.parties[place])


def _payer(book: FactBook, source: Source, place: int, years: list[int]) -> None:
    party, amounts = source.outcome.parties[place], source.outcome.cost_per_party[place]
    name, branch = party_name(party), f"betaler.{source.party_tags[party]}"
    keys = [cost_key(cost) for cost in source.costs if cost.investment.party == party]
    book.text(f"{branch}.naam", name, "betaler.naam", ("study.parties",), naam=name)
    spent = SPENT.of([party])
    _thousands(book, f"{branch}.som", amounts.sum(), "betaler.som", keys, total(spent), naam=name)
    for year, amount in zip(years, amounts, strict=False):
        made, named = total(replace(spent, year=year)), f"{branch}.jaar{year}.bedrag"
        _thousands(book, named, amount, "betaler.per_jaar", keys, made, naam=name)
    book.rows(f"{branch}.jaren", [f"{branch}.jaar{year}" for year in years])


def _thousands(
    book: FactBook, name: str, euros: float, key: str, sources: Sequence[str], made: Made, **words: str
) -> None:
    book.add(name, float(euros), dutch.number(float(euros) / 1000), key, sources, made, **words)


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Temporary money under one name; amount None where only its existence is known.

    listed: the letter lists it; else it is found among the costs.
    """

    name: str
    amount: float | None
    until: int | None
    note: str
    sources: tuple[str, ...]
    listed: bool


def temporary(book: FactBook, source: Source) -> None:
    """middelen.*: temporary money by name, when the first of it ends, and whether that leaves a gap."""
    schemes = _schemes(source)
    for number, scheme in enumerate(schemes, 1):
        branch, name, keys = f"middel.{number}", scheme.name, scheme.sources
        book.text(f"{branch}.naam", name, "middel.naam", keys, naam=name)
        book.text(f"{branch}.toelichting", scheme.note, "middel.toelichting", keys, naam=name)
        book.flag(f"{branch}.heeft_bedrag", scheme.amount is not None, "middel.heeft_bedrag", keys, naam=name)
        if scheme.amount is not None:
            made = None if scheme.listed else total(SPENT.only(keys))
            book.amount(f"{branch}.bedrag", scheme.amount, "middel.bedrag", keys, made, naam=name)
        book.flag(f"{branch}.heeft_einde", scheme.until is not None, "middel.heeft_einde", keys, naam=name)
        if scheme.until is not None:
            book.year(f"{branch}.einde", scheme.until, "middel.einde", keys, naam=name)
    book.rows("middelen", [f"middel.{number}" for number in range(1, len(schemes) + 1)])
    sources = tuple(key for scheme in schemes for key in scheme.sources)
    names = list(dict.fromkeys(scheme.name for scheme in schemes))
    book.names("tijdelijk.namen", names, sources=sources)
    passing = [cost.investment for cost in source.costs if cost.investment.term == TEMPORARY]
    known = passing if any(cost.until for cost in passing) else schemes
    ends = [money.until for money in known if money.until is not None]
    last_year = source.study.first_year + source.study.activity_years - 1
    gap = bool(ends) and min(ends) < last_year
    book.flag("tijdelijk_gat", gap, sources=sources)
    if ends:
        book.year("tijdelijk.eerste_einde", min(ends), sources=sources)
        book.flag("tijdelijk.een_voor_een", min(ends) < max(ends), sources=sources)


def _schemes(source: Source) -> list[_Scheme]:
    """What the letter lists; where it lists nothing, the temporary money in the costs."""
    listed = [
        _Scheme(m.scheme, m.amount, m.until, m.note, (f"letter.means.{number}",), True)
        for number, m in enumerate(source.letter.means, 1)
        if clean(m.scheme)
    ]
    if listed:
        return listed
    found: dict[tuple[str, int | None], list[CostLine]] = defaultdict(list)
    for cost in source.costs:
        if cost.investment.term == TEMPORARY:
            investment = cost.investment
            found[investment.scheme or investment.name, investment.until].append(cost)
    return [
        _Scheme(
            name, float(sum(c.per_year.sum() for c in lines)), until, "", tuple(map(cost_key, lines)), False
        )
        for (name, until), lines in found.items()
        if clean(name)
    ]


def cash(book: FactBook, source: Source) -> None:
    """verzilverbaar.*: which part of the municipality's benefits frees money in its budget, and from when."""
    place = source.place(MUNICIPALITY)
    freeing = [
        gain
        for gain in source.gains
        if place is not None and gain.line.shares[place] and gain.line.effect.unit_value.is_cash
    ]
    keys = [gain.line.key for gain in freeing]
    amount = float(sum(gain.amounts[place] for gain in freeing))
    freed = GAINED.of([MUNICIPALITY]).only(keys)
    book.amount("verzilverbaar.bedrag", amount, sources=keys, made=total(freed))
    book.amount("verzilverbaar.nadeel", max(0.0, -amount), sources=keys, made=loss(freed))
    book.flag("verzilverbaar.speelt_vrij", amount > NOTHING, sources=keys)
    book.flag("verzilverbaar.kost_extra", amount < -NOTHING, sources=keys)
    rest = source.per_party[MUNICIPALITY][0] - amount if place is not None else 0.0
    book.flag("verzilverbaar.rest_bestaat", rest > NOTHING, sources=source.line_keys)
    moved = [gain for gain in freeing if gain.line.effect.unit_value.kind == TRANSFER]
    handed, moved_keys = float(sum(gain.amounts[place] for gain in moved)), [g.line.key for g in moved]
    book.flag("verzilverbaar.deels_overdracht", handed > NOTHING, sources=keys)
    made = total(replace(freed, keys=frozenset(moved_keys)))
    book.amount("verzilverbaar.overdracht", handed, sources=moved_keys, made=made)
    book.flag("verzilverbaar.binnen_buig", any(_in_welfare_budget(gain) for gain in freeing), sources=keys)
    if amount > NOTHING:
        flows = freed_cash(source.outcome)[place]
        first = source.study.years[int(np.flatnonzero(flows > 0)[0])]
        book.year("verzilverbaar.vanaf", first, sources=keys)
    conditions = [gain.line.effect.unit_value.frees_cash.partition(",")[2].strip() for gain in freeing]
    told = tuple(dict.fromkeys(_condition(condition) for condition in filter(None, conditions)))
    text = dutch.enumeration(told, word("facts.wording.or")) if told else ""
    book.add("verzilverbaar.voorwaarden", told, text, sources=keys)


def _in_welfare_budget(gain: Gain) -> bool:
    return WELFARE_BUDGET in gain.line.effect.unit_value.frees_cash


def _condition(text: str) -> str:
    """A condition of the library as a council reads it; one without words for it stands as it is."""
    try:
        return word(f"facts.conditions.{text}")
    except UnknownWord:
        return text


def transfers(book: FactBook, source: Source) -> None:
    """overdracht.*: who hands how much to whom; overheid.uit_overdracht: what residents receive less."""
    branches = []
    for number, transfer in enumerate(handed_over(source.outcome), 1):
        branch, keys = f"overdracht.{number}", [gain.line.key for gain in transfer.gains]
        name = transfer.name
        shown = word("facts.wording.mirrored", name=name) if transfer.is_reversed else name
        amounts = dict(zip(transfer.parties, transfer.amounts, strict=True))
        payers = [label("parties", party) for party in _rising(amounts) if party in transfer.payers]
        falling = _rising({party: -euros for party, euros in amounts.items()})
        receivers = [label("parties", party) for party in falling if party in transfer.receivers]
        book.text(f"{branch}.naam", shown, "overdracht.naam", keys, naam=shown)
        book.names(f"{branch}.van", payers, "overdracht.van", keys, naam=shown)
        book.names(f"{branch}.naar", receivers, "overdracht.naar", keys, naam=shown)
        gaining = [party for party, gained in amounts.items() if gained > 0]
        made = total(GAINED.only(keys).of(gaining))
        book.amount(f"{branch}.bedrag", transfer.amount, "overdracht.bedrag", keys, made, naam=shown)
        branches.append(branch)
    book.rows("overdrachten", branches)
    _government_side(book, source, transferring(source.outcome))


def _rising(amounts: Mapping[str, float]) -> list[str]:
    """Parties by their amounts, the lowest first; equals keep their order."""
    return sorted(amounts, key=lambda party: amounts[party])


def _government_side(book: FactBook, source: Source, moved: Sequence[Gain]) -> None:
    government = source.members(GOVERNMENT)
    people = [place for group in PERSONS for place in source.members(group)]

    def sums(sign: float) -> tuple[float, float, list[str]]:
        """What government gains (1) or gives (-1), and the residents' side of the same lines."""
        lines = [g for g in moved if sign * g.amounts[government].sum() > 0 > sign * g.amounts[people].sum()]
        public = sum(float(g.amounts[government].sum()) for g in lines)
        private = sum(float(g.amounts[people].sum()) for g in lines)
        return sign * public, -sign * private, [g.line.key for g in lines]

    for name, sign in (("ontvangt", 1.0), ("geeft", -1.0)):
        public, private, keys = sums(sign)
        book.flag(f"overdrachten_overheid.{name}_iets", public > NOTHING and private > NOTHING, sources=keys)
        if name == "ontvangt":
            gained = sum(float(gain.amounts[government].sum()) for gain in source.gains)
            most = private > NOTHING and public > gained / 2 > 0
            book.flag("overdrachten_overheid.meer_dan_de_helft", most, sources=keys)
        side = replace(GAINED.only(keys), sign=sign)
        for ending, value, places, part in (
            ("", public, government, side),
            ("_bewoners", private, people, -side),
        ):
            made = total(part.of([source.outcome.parties[place] for place in places]))
            book.amount(f"overdrachten_overheid.{name}{ending}", value, sources=keys, made=made)
