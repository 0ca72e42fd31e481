"""Facts about who gains: the groups, the parties in them, their domains and examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.method.direction import is_reversed, loss_name, value_name
from toolkit.method.figures import NOTHING, government_with_insurers, group_shares
from toolkit.model.initiative import Effect
from toolkit.model.result import Gain
from toolkit.model.study import GOVERNMENT, INSURERS, PERSONS
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.recipe import GAINED, PAID, at_least_nothing, loss, ratio, total
from toolkit.reports.facts.source import Source, label, party_name
from toolkit.words import dutch
from toolkit.words.vocabulary import UnknownWord, word

MOST_DOMAINS, MOST_EXAMPLES = 3, 3
DOMAIN_SHARE = 0.10
"""A domain is named where it brings at least this share."""


def groups(book: FactBook, source: Source) -> None:
    """A branch per group (overheid.*), and groepen.*: order, shares, losers."""
    per_group = source.outcome.per_group()
    amounts = {group: per_group[group][0] for group in source.study.groups}
    order = sorted(amounts, key=lambda group: -amounts[group])
    whole, shares = source.outcome.benefits_pv, group_shares(source.outcome)
    losers = [group for group in order if amounts[group] < -NOTHING]
    fading = [_group(book, source, group, amounts[group]) for group in order]
    for group in order if shares else ():
        parties = source.outcome.members(group)
        told = book.branch(source.group_tags[group], "groep", _keys(source, parties), naam=_name(group))
        told.share("aandeel", ratio(at_least_nothing(GAINED.of(parties)), GAINED))
    book.rows("groepen_op_volgorde", [source.group_tags[group] for group in order])
    book.count("groepen.aantal", len(order), sources=("study.parties",))
    book.names("groepen.volgorde", [_name(group) for group in order], sources=source.line_keys)
    book.flag("groepen.aandelen_bestaan", shares, sources=source.line_keys)
    alone = shares and max(amounts.values()) > whole - NOTHING
    book.flag("groepen.alles_bij_een", alone, sources=source.line_keys)
    book.flag("groepen.groep_verliest", losers, sources=source.line_keys)
    book.names("groepen.verliezers", [_name(group) for group in losers], sources=source.line_keys)
    book.rows("groepen_verliezers", [source.group_tags[group] for group in losers])
    lasting = [gain.line.key for gain in source.gains if gain.line.effect.duration > 1]
    book.flag("groepen.iets_blijft", lasting, sources=lasting or source.line_keys)
    book.flag("groepen.iets_tijdelijk", any(fading), sources=source.line_keys)
    shown = [dutch.rounded_value(amounts[group]) for group in order]
    book.flag("groepen.door_afronding", sum(shown) != dutch.rounded_value(whole), sources=source.line_keys)
    book.flag("heeft_overheid", GOVERNMENT in amounts, sources=("study.parties",))
    first = order[0] == GOVERNMENT and amounts[GOVERNMENT] > NOTHING
    book.flag("overheid_grootste", first, sources=source.line_keys)
    _insurers(book, source, bool(shares))
    _domains(book, source)


def _name(group: str) -> str:
    return label("groups", group)


def _keys(source: Source, parties: Sequence[str]) -> list[str]:
    """The benefit lines in which these parties have a share."""
    places = source.places(parties)
    return [gain.line.key for gain in source.gains if gain.line.shares[places].any()]


def _group(book: FactBook, source: Source, group: str, amount: float) -> bool:
    """The facts of one group; tells whether an example of it is temporary."""
    parties, places = source.outcome.members(group), source.members(group)
    told = book.branch(source.group_tags[group], "groep", _keys(source, parties), naam=_name(group))
    told.text("naam", _name(group), sources=("study.parties",))
    told.amount("baten", total(GAINED.of(parties)))
    told.amount("nadeel", loss(GAINED.of(parties)))
    told.flag("verliest", amount < -NOTHING)
    told.flag("zonder_baten", abs(amount) <= NOTHING)
    told.names("wie", _who(book, source, group))
    told.names("domeinen", main_domains(source.per_group_and_domain[group]))
    examples = _examples(source.gains, places)
    told.add("voorbeelden", *_worded(examples))
    losses = [word("facts.wording.quoted", name=loss.name) for loss in _losses(source.gains, places)]
    told.add("nadelen", tuple(losses), dutch.enumeration(losses) if losses else "")
    touched = [party for party in parties if party_facts(book, source, party)]
    told.rows("partijen", [f"partij.{source.party_tags[party]}" for party in touched])
    return any(example.fades for example in examples)


def _who(book: FactBook, source: Source, group: str) -> list[str]:
    """Who is in a group: described for people, else the parties that gain or lose, with how much."""
    if group in PERSONS:
        return [word(f"facts.people.{group}")]
    amounts = {p: source.per_party[p][0] for p, g in source.study.parties.items() if g == group}
    touched = sorted((p for p in amounts if abs(amounts[p]) > NOTHING), key=lambda p: -amounts[p])
    if len(touched) == 1:
        return [label("parties", touched[0])]
    gained = "party_gain" if any(amounts[party] < 0 for party in touched) else "party_amount"
    return [
        word(
            f"facts.wording.{gained if amounts[party] > 0 else 'party_loss'}",
            name=label("parties", party),
            amount=dutch.worded_amount(abs(amounts[party]), book.notation),
        )
        for party in touched
    ]


def party_facts(book: FactBook, source: Source, party: str) -> bool:
    """The facts of one party, or of no cover; tells whether it has any benefit or cost."""
    lines = _keys(source, [party]) if party in source.study.parties else []
    costs = source.costs_of(party)
    told = book.branch(f"partij.{source.party_tags[party]}", "partij", naam=party_name(party))
    told.text("naam", party_name(party), sources=("study.parties",))
    gained, paid = GAINED.of([party]), PAID.of([party])
    told.amount("baten", total(gained), sources=lines)
    told.amount("kosten", total(paid), sources=costs)
    told.amount("saldo", total(gained, -paid), sources=lines + costs)
    return any(abs(euros) > NOTHING for euros in source.per_party.get(party, ()))


def main_domains(amounts: dict[str, float]) -> list[str]:
    """The largest domains, at most three, each with at least a tenth of what is gained."""
    gained = {domain: amount for domain, amount in amounts.items() if domain and amount > NOTHING}
    least = DOMAIN_SHARE * sum(gained.values())
    largest = sorted((d for d in gained if gained[d] >= least), key=lambda d: -gained[d])
    return largest[:MOST_DOMAINS]


@dataclass(frozen=True, slots=True)
class _Example:
    """What brings a group benefits; fades: it lasts a year or gets less."""

    name: str
    amount: float
    fades: bool


def _worded(examples: Sequence[_Example]) -> tuple[tuple[str, ...], str]:
    """Examples and their sentence; what fades is marked, once where all of them do."""
    names = tuple(example.name for example in examples)
    if len(names) > 1 and all(example.fades for example in examples):
        which = "temporary_two" if len(names) == 2 else "temporary_many"
        listed = dutch.enumeration(names)
        return names, word(f"facts.wording.{which}", names=listed, n=dutch.number_word(len(names)))
    marked = [word("facts.wording.temporary", name=e.name) if e.fades else e.name for e in examples]
    return names, dutch.enumeration(marked) if marked else ""


def _examples(gains: Sequence[Gain], members: list[int]) -> list[_Example]:
    """The largest benefits of a group, by unit value."""
    sums: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for gain in gains:
        effect = gain.line.effect
        fades = effect.duration == 1 or effect.drop_off.mode > 0
        sums[benefit_name(effect)].append((float(gain.amounts[members].sum()), fades))
    found = []
    for name, parts in sums.items():
        amount = sum(part for part, _ in parts)
        if amount > NOTHING:
            found.append(_Example(name, amount, all(fades for _, fades in parts)))
    return sorted(found, key=lambda example: -example.amount)[:MOST_EXAMPLES]


def _losses(gains: Sequence[Gain], members: list[int]) -> list[_Example]:
    """What costs a group most, by the name of what changed."""
    sums: dict[str, float] = defaultdict(float)
    for gain in gains:
        sums[loss_name(gain.line.effect)] += float(gain.amounts[members].sum())
    found = [_Example(name, amount, False) for name, amount in sums.items() if amount < -NOTHING]
    return sorted(found, key=lambda example: example.amount)[:MOST_EXAMPLES]


def benefit_name(effect: Effect) -> str:
    """A benefit as it stands in a sentence; one without words for it has its own name between quotes."""
    known = "mirrored_benefits" if is_reversed(effect) else "benefits"
    try:
        return word(f"facts.{known}.{effect.unit_value.code}")
    except UnknownWord:
        return word("facts.wording.quoted", name=value_name([effect]))


def _insurers(book: FactBook, source: Source, shares_exist: bool) -> None:
    """Government's side if care insurers were counted as government."""
    parties = government_with_insurers(source.study)
    told = parties is not None and abs(source.per_party[INSURERS][0]) > NOTHING
    book.flag("verzekeraars.apart", told, sources=("study.parties",))
    if told and parties is not None:
        keys, both = _keys(source, parties), GAINED.of(parties)
        book.amount("verzekeraars.met_overheid", total(both), sources=keys)
        if shares_exist:
            book.share("verzekeraars.aandeel_met_overheid", ratio(both, GAINED), sources=keys)


def _domains(book: FactBook, source: Source) -> None:
    """domein.*: benefits per domain, largest first."""
    amounts = {domain: amount for domain, amount in source.outcome.per_domain().items() if domain}
    order = sorted(amounts, key=lambda domain: -amounts[domain])
    for number, domain in enumerate(order, 1):
        keys = [gain.line.key for gain in source.gains if gain.line.effect.domain == domain]
        told = book.branch(f"domein.{number}", "domein", keys, naam=domain)
        told.text("naam", domain)
        told.amount("baten", total(GAINED.only(keys)))
    book.rows("domeinen", [f"domein.{number}" for number in range(1, len(order) + 1)])
    gaining = [domain for domain in order if amounts[domain] > NOTHING]
    book.count("domeinen_totaal.aantal", len(gaining), sources=source.line_keys)
    book.names("domeinen_totaal.grootste", main_domains(amounts), sources=source.line_keys)


def partners(book: FactBook, source: Source) -> None:
    """samenwerking.*: the parties outside government and the people themselves that gain."""
    gaining = {
        party: source.per_party[party][0]
        for party, group in source.study.parties.items()
        if group != GOVERNMENT and group not in PERSONS and source.per_party[party][0] > NOTHING
    }
    order = sorted(gaining, key=lambda party: -gaining[party])
    names = [label("parties", party) for party in order]
    book.names("samenwerking.partners", names, sources=_keys(source, order))
