"""A unit value (kengetal): a sourced euro amount per unit, and who gains or pays it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.model.estimate import Estimate

KINDS = REAL_GAIN, TRANSFER, OUT_OF_COSTS = "welvaart", "overdracht", "uit_kosten"
COUNTINGS = ("instroom", "jaar")
INDEX_SERIES = ("cpi", "loon", "wet", "geen")
GRADES = ("A", "B", "C", "D")
PERSON = "persoon"
FREES_CASH, FREES_NO_CASH = "ja", "nee"
"""How frees_cash begins; a condition may follow, and 'deels' is neither."""
COUNTED = "mensen", "huishoudens"
"""Whom a change counts."""
CARE_TEAM = "wijkteam"
"""Who knows the quantity of a change of care, as its `asked_of` says."""
VOLUNTEER_HOUR = "vrijwilligersuur"
"""Code of the unit value that stays outside both sides unless the study includes it."""


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What one unit of change is worth.

    amount: euros per unit at price_year; None where the municipality must give its own.
    counting: 'instroom' (new units, the effect lasts) or 'jaar' (units of that year only).
    kind: 'welvaart' (real gain), 'overdracht' (transfer) or 'uit_kosten' (the receiving side
        of a payment that is already among the costs).
    shares: party -> share; PERSON stands for the group that the effect names.
    name_more: what it is called where there is more of it instead of less, empty where nobody said so.
    most_per_person: euros per person per year that the law allows at most, None without such a limit.
    tariff_of: the other municipality or region whose tariff the amount is, empty where it is none.
    own: True where an initiative replaced the amount by its own.
    """

    code: str
    amount: Estimate | None
    price_year: int
    kind: str
    shares: Mapping[str, float]
    name: str = ""
    unit: str = ""
    domain: str = ""
    counting: str = "instroom"
    index: str = "cpi"
    grade: str = ""
    amount_is: str = ""
    shares_are: str = ""
    max_duration: int = 1
    filled_by: str = ""
    frees_cash: str = ""
    task_field: str = ""
    overlaps: tuple[str, ...] = ()
    vat: str = ""
    source: str = ""
    source_year: int | None = None
    url: str = ""
    checked_on: str = ""
    licence: str = ""
    note: str = ""
    name_more: str = ""
    most_per_person: float | None = None
    tariff_of: str = ""
    own: bool = False

    @property
    def priced(self) -> Estimate:
        """The amount where there must be one, as in every effect of a study; ValueError without."""
        if self.amount is None:
            raise ValueError(f"unit value {self.code!r} has no amount")
        return self.amount

    @property
    def is_cash(self) -> bool:
        """True where it frees money in a budget; 'deels' is not counted, as nobody knows how much."""
        return self.frees_cash.startswith(FREES_CASH)

    @property
    def cash_condition(self) -> str:
        """On what it hangs whether money is freed; '' where on nothing."""
        return self.frees_cash.partition(",")[2].strip()


@dataclass(frozen=True, slots=True)
class ChangePart:
    """One unit value that a change brings with it: `factor` units of it per unit of change.

    A negative factor is the mirror: allowances lost when someone finds work.
    """

    kengetal: str
    factor: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A plain change that a coordinator can pick; it expands to one or more unit values, or has no price.

    counts: whom the form counts for it, one of COUNTED.  domain: one of model.study.DOMAINS.
    unit: of the quantity that the unit values price, which is `counts` itself or another quantity of a year.
    unit_short: how a total of that unit is said after a number, '' where the unit is people.
    parts: empty for a change without a price.  outputs: what a change without a price counts beside people.
    usual: that quantity per one of `counts` per year where nobody knows the total, None where there is none;
        usual_source says where it comes from.
    asked_of: CARE_TEAM where a care team knows the quantity, else ''.
    name_more: the name in the direction 'more', empty where nobody said so.
    readback, readback_one: what a form says back, {n} of `counts` and one of them; readback_more and
        readback_more_one the same in the direction 'more'.
    """

    code: str
    name: str
    unit: str
    parts: tuple[ChangePart, ...]
    counts: str
    domain: str
    readback: str = ""
    readback_one: str = ""
    readback_more: str = ""
    readback_more_one: str = ""
    watch_for: str = ""
    displacement: float = 0.0
    name_more: str = ""
    unit_short: str = ""
    outputs: str = ""
    usual: Estimate | None = None
    usual_source: str = ""
    asked_of: str = ""

    @property
    def priced(self) -> bool:
        """True where it has a price."""
        return bool(self.parts)

    @property
    def of_people(self) -> bool:
        """True where the unit is people, also those of one year: they are compared with the participants."""
        return counts_people(self.unit)


def counts_people(unit: str) -> bool:
    """Tell whether a unit is people or households.

    >>> counts_people("mensen in het jaar"), counts_people("uren in het jaar")
    (True, False)
    """
    return unit.partition(" ")[0] in COUNTED


def shares_fit(kind: str, shares: Mapping[str, float], tolerance: float = 1e-9) -> bool:
    """Tell whether the shares of a unit value fit its kind.

    welvaart and uit_kosten: the shares add up to 1. overdracht: the positive shares add up
    to 1 and the negative ones to -1.

    >>> shares_fit("overdracht", {"gemeente": 1, "persoon": -0.88, "rijk": -0.12})
    True
    >>> shares_fit("welvaart", {"gemeente": 0.5})
    False
    """
    if kind == TRANSFER:
        plus = sum(s for s in shares.values() if s > 0)
        minus = sum(s for s in shares.values() if s < 0)
        return abs(plus - 1) <= tolerance and abs(minus + 1) <= tolerance
    return kind in KINDS and abs(sum(shares.values()) - 1) <= tolerance
