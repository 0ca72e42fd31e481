"""Holds the parts of a study against each other: what each of them allows and together they do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from toolkit.exchange.checking import Checked, Checker, nearest
from toolkit.exchange.contract import LITERAL_GROUPS
from toolkit.exchange.parsing import child, shown
from toolkit.kengetallen.indexing import NOT_INDEXED
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.trouble import LibraryError
from toolkit.method.ranges import SHARES
from toolkit.model.estimate import Estimate
from toolkit.model.finding import WARN
from toolkit.model.narrowing import as_numbers, as_texts
from toolkit.model.study import NO_COVER, PARTY_GROUPS
from toolkit.model.unit_value import PERSON, shares_fit

DEFAULT_CURRENCY = "EUR"

_Known = tuple[str | None, ...]
"""What must not come back otherwise: its kind, what it belongs to, and last its code."""


def check_document(document: Checked, library: Library, checker: Checker) -> None:
    """Note everything in a checked document that does not fit together.

    Whatever did not fit by itself is None in it and is passed over.
    """
    study = document.table("study")
    _check_study(study, checker)
    if document["initiatives"] == []:
        checker.note("json_no_initiatives", "$.initiatives")
    inspector = _Inspector(study, library, checker)
    for initiative, place in document.tables("initiatives", "$"):
        inspector.initiative(initiative, place)
    for overlap, place in document.tables("overlaps", "$"):
        inspector.overlap(overlap, place)


def _check_study(study: Checked, checker: Checker) -> None:
    years, horizon = study.whole("activity_years"), study.whole("horizon")
    if years and horizon and years > horizon:
        checker.note("json_activity_beyond_horizon", "$.study.activity_years", years=years, horizon=horizon)
    if study["parties"] == {}:
        checker.note("json_no_parties", "$.study.parties")
    for reserved in (PERSON, NO_COVER):
        if reserved in study.table("parties"):
            checker.note("json_party_is_placeholder", child("$.study.parties", reserved), party=reserved)


class _Inspector:
    """Walks the initiatives and remembers what came before."""

    def __init__(self, study: Checked, library: Library, checker: Checker) -> None:
        self.study, self.library, self.checker = study, library, checker
        self.parties: Collection[str] = study.table("parties") if "parties" in study else PARTY_GROUPS
        self.participants: dict[str, float | None] = {}
        self.pairs: dict[frozenset[str], str] = {}
        self.first: dict[_Known, tuple[str, str]] = {}

    def initiative(self, initiative: Checked, where: str) -> None:
        """One initiative with its money, target groups and effects."""
        code = initiative.text("code")
        if not self._once(("initiative", code), child(where, "code")):
            code = where  # what it holds is judged by itself
        elif code is not None:
            self.participants[code] = initiative.number("participants")
        if initiative["counted"] is False and not initiative["counted_reason"]:
            self.checker.note("json_no_counted_reason", where, level=WARN)
        for investment, place in initiative.tables("investments", where):
            self._once(("investment", code, investment.text("code")), child(place, "code"))
            self._party(investment.text("party"), child(place, "party"), (NO_COVER,))
            self._years(investment.items_of("amounts"), child(place, "amounts"))
            self._refund(investment, place)
        persons = dict(zip(LITERAL_GROUPS, LITERAL_GROUPS, strict=True))
        for group, place in initiative.tables("target_groups", where):
            name = group.text("name")
            self._once(("target_group", code, name), child(place, "name"))
            persons[name or ""] = group.text("person") or LITERAL_GROUPS[0]
        for effect, place in initiative.tables("effects", where):
            self._effect(effect, code, persons, place)

    def _refund(self, investment: Checked, where: str) -> None:
        """An amount below zero lowers the costs, and so says why."""
        reason = (investment.text("reason") or "").strip()
        for year, amount in enumerate(investment.items_of("amounts")):
            if not reason and isinstance(amount, Estimate) and min(amount.mode, *amount.bounds) < 0:
                place = child(child(where, "amounts"), year)
                self.checker.note("json_negative_without_reason", place, value=_short(amount.bounds[0]))

    def _once(self, key: _Known, where: str) -> bool:
        """Tell whether a code is new; note one that was met before. None is no code."""
        if key[-1] is None:
            return True
        _, first = self.first.setdefault(key, ("", where))
        if first != where:
            self.checker.note("json_repeated_code", where, value=shown(key[-1]), first=first)
        return first == where

    def _same(self, key: _Known, numbers: Sequence[object], where: str, code: str) -> None:
        """Note a thing that was met before with other numbers; None among them was noted already."""
        if key[-1] is None or None in numbers:
            return
        content = repr([_plain(number) for number in numbers])
        known, first = self.first.setdefault(key, (content, where))
        if known != content:
            self.checker.note(code, where, value=shown(key[-1]), first=first)

    def _party(self, party: str | None, where: str, besides: tuple[str, ...] = ()) -> None:
        """Note a party that the study does not know. besides: what may stand in its place here."""
        known = (*self.parties, *besides)
        if party is not None and self.parties and party not in known:
            near = nearest(party, known)
            self.checker.note("json_unknown_party", where, value=shown(party), nearest=near)

    def _years(self, numbers: Sequence[object], where: str) -> None:
        horizon = self.study.whole("horizon")
        if horizon and len(numbers) > horizon:
            self.checker.note("json_beyond_horizon", where, years=len(numbers), horizon=horizon)

    def _effect(
        self, effect: Checked, initiative: str | None, persons: Mapping[str, str], where: str
    ) -> None:
        code = effect.text("code")
        self._once(("effect", code and f"{initiative}.{code}"), child(where, "code"))
        self._years(effect.items_of("inflow"), child(where, "inflow"))
        group = effect.text("target_group")
        if group is not None and group not in persons:
            near = nearest(group, persons)
            place = child(where, "target_group")
            self.checker.note("json_unknown_target_group", place, value=shown(group), nearest=near)
        grades = (effect.get(name, "") for name in ("grade", "expected_grade"))
        numbers = [effect["inflow"], *grades, *(effect.get(name, 0.0) for name in SHARES)]
        self._same(("row", initiative, effect.text("row") or code), numbers, where, "json_row_differs")
        value, place = self._value(effect, where)
        if value:
            self._unit_value(value, place, persons.get(group or "", LITERAL_GROUPS[0]))
            self._yearly(value, effect, where)

    def _value(self, effect: Checked, where: str) -> tuple[Checked, str]:
        """The unit value of an effect as the keys of the contract, and where it stands."""
        given = [key for key in ("unit_value", "kengetal") if key in effect]
        if len(given) != 1:
            self.checker.note("json_value_twice" if given else "json_value_missing", where)
            return Checked(), where
        place = child(where, given[0])
        if given == ["unit_value"]:
            value = effect.table("unit_value")
            if "domain" not in effect and value["code"] not in self.library.unit_values:
                self.checker.note("json_missing_key", where, key="domain")
            return value, place
        code = effect.text("kengetal")
        if code is None:
            return Checked(), place
        if code not in self.library.unit_values:
            near = nearest(code, self.library.unit_values)
            self.checker.note("json_unknown_kengetal", place, value=shown(code), nearest=near)
            return Checked(), place
        found = self.library.unit_values[code]
        if found.amount is None:
            self.checker.note("json_kengetal_without_amount", place, value=shown(code))
        keys = ("code", "amount", "price_year", "kind", "shares", "index", "own")
        values = {key: getattr(found, key) for key in keys}
        return Checked(values, shares=Checked(found.shares), telling=found.counting), place

    def _unit_value(self, value: Checked, where: str, person: str) -> None:
        kind, year = value.text("kind"), value.whole("price_year")
        index = value.text("index") if "index" in value else "cpi"
        level, parts = self.study.whole("price_level"), value.table("shares")
        for party in parts:
            self._party(person if party == PERSON else party, child(child(where, "shares"), party))
        if kind and value["shares"] is not None and None not in parts.values():
            shares = as_numbers(parts)
            if not shares_fit(kind, shares):
                self._shares_do_not_fit(kind, shares, child(where, "shares"))
        if value["code"] and not value["own"]:
            numbers = [value["amount"], year, index]
            self._same(("unit_value", value.text("code")), numbers, where, "json_unit_value_differs")
        if index and year and level:
            try:
                self.library.index.factor(index, year, level)
            except LibraryError as error:
                self.checker.add(error.code, where, error.facts)
            currency = self.study.text("currency") or DEFAULT_CURRENCY
            if currency != DEFAULT_CURRENCY and year != level and index not in NOT_INDEXED:
                self.checker.note("json_dutch_index", where, level=WARN, currency=currency, year=year)

    def _shares_do_not_fit(self, kind: str, shares: Mapping[str, float], where: str) -> None:
        if kind == "overdracht":
            plus = sum(share for share in shares.values() if share > 0)
            minus = sum(share for share in shares.values() if share < 0)
            self.checker.note("json_shares_do_not_cancel", where, plus=_short(plus), minus=_short(minus))
        else:
            self.checker.note("json_shares_do_not_add_up", where, kind=kind, sum=_short(sum(shares.values())))

    def _yearly(self, value: Checked, effect: Checked, where: str) -> None:
        """Units of one year only neither last nor drop off."""
        if value["telling"] != "jaar":
            return
        duration, drop_off = effect.whole("duration"), effect.a(Estimate, "drop_off")
        if (duration or 1) != 1:
            self.checker.note("json_yearly_lasts", child(where, "duration"), value=duration)
        if drop_off is not None and (drop_off.mode or drop_off.varies):
            self.checker.note("json_yearly_drops_off", child(where, "drop_off"))

    def overlap(self, overlap: Checked, where: str) -> None:
        """Two different initiatives that exist, once per pair, with no more people than come to either."""
        people, place = overlap.number("people"), child(where, "initiatives")
        if overlap["initiatives"] is None or None in overlap.items_of("initiatives"):
            return
        pair = as_texts(overlap["initiatives"])
        if len(pair) != 2 or pair[0] == pair[1]:
            self.checker.note("json_not_a_pair", place)
            return
        first = self.pairs.setdefault(frozenset(pair), place)
        if first != place:
            self.checker.note("json_repeated_pair", place, first=first)
        for at, code in enumerate(pair):
            if code not in self.participants:
                near = nearest(code, self.participants)
                self.checker.note(
                    "json_unknown_initiative", child(place, at), value=shown(code), nearest=near
                )
                continue
            most = self.participants[code]
            if people and most is None:
                self.checker.note("json_no_participants", child(place, at), level=WARN, value=shown(code))
            elif people and most is not None and people > most:
                facts = {"people": _short(people), "participants": _short(most), "code": code}
                self.checker.add("json_more_than_participants", child(where, "people"), facts)


def _plain(value: object) -> object:
    """Numbers without the place where they were read; a range of one point is a number."""
    if isinstance(value, list):  # numbers per year
        return [_plain(item) for item in value]
    if isinstance(value, Estimate):
        return (value.mode, value.low, value.high, value.dist) if value.varies else value.mode
    return value


def _short(number: float) -> str:
    return f"{number:.10g}"
