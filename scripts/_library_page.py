"""The library of unit values as docs/kengetallen.md shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from toolkit.kengetallen import parts
from toolkit.kengetallen.indexing import CPI, WAGES
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.peers import GROSS
from toolkit.kengetallen.records import DatedUnitValue
from toolkit.kengetallen.rules import OWN_AMOUNT
from toolkit.kengetallen.wording import shown
from toolkit.model.study import DOMAINS
from toolkit.model.unit_value import PERSON, Change, UnitValue
from toolkit.words.dutch import euro, percent, plain
from toolkit.words.vocabulary import word

ASSUMED = "aanname"
VALUES = (
    "Kengetal",
    "Bedrag",
    "Van tot",
    "Prijspeil",
    "Per",
    "Wie profiteert",
    "Kwaliteit",
    "Aangenomen",
    "Bron",
)
CHANGES = (
    "Verandering",
    "Domein",
    "Geteld worden",
    "Eenheid",
    "Kengetallen",
    "Wie het weet",
    "Waar u op let",
)
USUAL = ("Verandering", "Gewoonlijk", "Van tot", "Eenheid", "Per", "Bron")
UNPRICED = ("Verandering", "Domein", "Geteld worden", "Wat verder telt", "Waar u op let")
STEPS = ("Kengetal", "Vanaf", "Bedrag", "Van tot", "Hooguit per persoon", "Bron")
YEARS = ("Jaar", "Prijzen", "Lonen", "Bron van de lonen")
PEERS = ("Onderzoek", "Baten per euro", "Jaar", "Gevallen", "Vergelijkbaar", "Bron", "Opmerking")


def text(library: Library) -> str:
    """Every table of the page: unit values per domain, changes, amounts by year, prices and wages, peers."""
    tables = (_domains, _changes, _usual, _unpriced, _series, _index, _peers)
    return "\n".join(part for table in tables for part in table(library))


def _domains(library: Library) -> Iterator[str]:
    for domain in DOMAINS:
        values = [value for value in library.unit_values.values() if value.domain == domain]
        if values:
            yield f"## {domain.capitalize()}\n\n" + _table(VALUES, map(_value, values))


def _value(value: UnitValue) -> Sequence[str]:
    assumed = [
        name for name, how in (("bedrag", value.amount_is), ("verdeling", value.shares_are)) if how == ASSUMED
    ]
    source = ". ".join(filter(None, (value.source, value.url, value.note)))
    amount, reach, year = "eigen bedrag", "", ""
    if value.amount_is != OWN_AMOUNT:
        amount, reach, year = euro(value.priced.mode, 2), _range(value), str(value.price_year)
    who = ", ".join(f"{_party(party)} {percent(share)}" for party, share in value.shares.items())
    return (
        f"{value.name} ({value.code})",
        *(amount, reach, year, value.unit, who, value.grade),
        " en ".join(assumed),
        source,
    )


def _party(party: str) -> str:
    return word("form.screen.person") if party == PERSON else word(f"form.parties.{party}")


def _range(value: UnitValue) -> str:
    low, high = value.priced.bounds
    return f"{euro(low, 2)} tot {euro(high, 2)}" if low < high else ""


def _changes(library: Library) -> Iterator[str]:
    rows = (
        (
            change.name,
            change.domain,
            change.counts,
            change.unit,
            _parts(change),
            change.asked_of,
            change.watch_for,
        )
        for change in library.changes.values()
    )
    yield "## Veranderingen met een bedrag\n\n" + _table(CHANGES, rows)


def _parts(change: Change) -> str:
    notes = (f" ({part.note})" if part.note else "" for part in change.parts)
    return "; ".join(f"{parts.as_text([part])}{note}" for part, note in zip(change.parts, notes, strict=True))


def _usual(library: Library) -> Iterator[str]:
    rows = (
        (
            change.name,
            plain(usual.mode),
            "{} tot {}".format(*map(plain, usual.bounds)),
            change.unit_short,
            f"{word(f'form.counted_one.{change.counts}')} per jaar",
            change.usual_source,
        )
        for change in library.changes.values()
        if (usual := change.usual)
    )
    yield "## Gebruikelijke aantallen\n\n" + _table(USUAL, rows)


def _unpriced(library: Library) -> Iterator[str]:
    rows = (
        (change.name, change.domain, change.counts, change.outputs, change.watch_for)
        for change in library.unpriced.values()
    )
    yield "## Veranderingen zonder bedrag\n\n" + _table(UNPRICED, rows)


def _series(library: Library) -> Iterator[str]:
    dated = [entry for entries in library.entries.values() if len(entries) > 1 for entry in entries]
    yield "## Bedragen per jaar\n\n" + _table(STEPS, map(_step, dated))


def _step(entry: DatedUnitValue) -> Sequence[str]:
    value = entry.unit_value
    most = "" if value.most_per_person is None else euro(value.most_per_person)
    amount = euro(value.priced.mode, 2)
    return value.name, shown(entry.valid_from), amount, _range(value), most, value.source


def _index(library: Library) -> Iterator[str]:
    prices, wages = (
        {change.year: change for change in library.index.series.get(series, ())} for series in (CPI, WAGES)
    )
    rows = (
        (
            str(year),
            *(f"{plain(found[year].change)}%" if year in found else "" for found in (prices, wages)),
            wages[year].source if year in wages else "",
        )
        for year in sorted({*prices, *wages})
    )
    yield "## Prijzen en lonen\n\n" + _table(YEARS, rows)


def _peers(library: Library) -> Iterator[str]:
    rows = (
        (
            peer.name,
            plain(peer.ratio),
            str(peer.year or ""),
            str(peer.cases or ""),
            "ja" if peer.definition == GROSS else "nee, de afbakening is anders of onbekend",
            peer.source,
            peer.note,
        )
        for peer in library.peers
    )
    yield "## Wat anderen vonden\n\n" + _table(PEERS, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
