"""A municipality's own tariffs: what it says of a unit value, and the library that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from toolkit.kengetallen.indexing import CPI
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.records import DatedUnitValue
from toolkit.model.estimate import Estimate
from toolkit.model.unit_value import UnitValue
from toolkit.words.vocabulary import word

OWN, ADOPTED, OPEN = "own", "adopted", "open"
"""The municipality's own tariff; taken over from elsewhere on purpose; not confirmed yet."""
OWN_GRADE = "B"
"""Grade of an amount that a municipality pays itself: known from its own contracts."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the municipality says of one unit value.

    unit_value: as the library has it.  confirmation: OWN, ADOPTED or OPEN.
    amount: euros per unit at price_year, None where the amount of the library stays.
    source: where the amount comes from.  confirmed_by: who confirmed it, or when.
    """

    unit_value: UnitValue
    confirmation: str = OPEN
    amount: float | None = None
    price_year: int | None = None
    source: str = ""
    confirmed_by: str = ""
    cell: str = ""

    @property
    def confirmed(self) -> bool:
        """True where somebody stands for the amount, its own or taken over."""
        return self.confirmation != OPEN

    @property
    def replaces(self) -> bool:
        """True where the amount of the library is not the one to compute with."""
        return self.confirmed and self.amount is not None


def with_tariffs(library: Library, tariffs: Iterable[Tariff]) -> Library:
    """The library with the municipality's amounts in it; every initiative of the study uses them.

    An amount that is not confirmed changes nothing. The version tells how many were replaced.
    """
    replaced = {t.unit_value.code: municipal(t) for t in tariffs if t.replaces}
    if not replaced:
        return library
    entries = {code: (DatedUnitValue(date.min, value),) for code, value in replaced.items()}
    version = word("form.screen.library_with_tariffs", version=library.version, n=len(replaced))
    return replace(library.with_entries(entries), version=version)


def municipal(tariff: Tariff) -> UnitValue:
    """The unit value with the municipality's amount, price year and source.

    low and high keep their distance to the amount in proportion; without a range in the library
    there is none. A unit value that had no amount follows consumer prices from its price year on.
    Raises ValueError for a tariff without an amount or its price year.
    """
    value, own = tariff.unit_value, tariff.confirmation == OWN
    if tariff.amount is None or tariff.price_year is None:
        raise ValueError(f"the tariff of {value.code!r} has no amount or no price year")
    return replace(
        value,
        amount=_scaled(value.amount, tariff.amount, tariff.cell),
        price_year=tariff.price_year,
        index=value.index if value.amount else CPI,
        grade=OWN_GRADE if own else value.grade,
        amount_is=word(f"form.screen.{'municipal_tariff' if own else 'adopted_tariff'}"),
        tariff_of="" if own else tariff.source,
        source=tariff.source,
        source_year=tariff.price_year,
        url="",
        checked_on="",
        licence="",
        note=tariff.confirmed_by,
    )


def _scaled(known: Estimate | None, amount: float, cell: str) -> Estimate:
    if known is None or not known.mode or known.low is None or known.high is None:
        return Estimate(amount, cell=cell)
    factor = amount / known.mode
    return Estimate(amount, known.low * factor, known.high * factor, known.dist, cell)
