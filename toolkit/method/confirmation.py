"""Which unit values a municipality must stand for before a letter can be final."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from toolkit.kengetallen.rules import OWN_AMOUNT
from toolkit.kengetallen.tariffs import Tariff
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.model.letter import Letter
from toolkit.model.result import Outcome
from toolkit.model.unit_value import UnitValue
from toolkit.words.dutch import enumeration

DRAFT, FINAL = "draft", "final"
"""Status of a letter, as sheet Brief gives it."""
MOST = 10
"""How many unit values have to be confirmed at most: the heaviest ones."""
ASSUMED = ("aanname", OWN_AMOUNT)
"""amount_is of a unit value for which there is no public figure."""


def needs_confirming(value: UnitValue) -> bool:
    """True for what another municipality pays and for what was assumed; laws and statistics need no yes.

    An amount that an initiative gave itself has its reason in the form.
    """
    return not value.own and (bool(value.tariff_of) or value.amount_is in ASSUMED)


def to_confirm(outcome: Outcome, tariffs: Iterable[Tariff] = ()) -> tuple[UnitValue, ...]:
    """The unit values that need confirming and weigh the most, at most MOST, heaviest first.

    Weight: the absolute present value of all lines that use a unit value, before it is divided
    over parties, so that a transfer weighs as much as it moves. Judged as the library has it:
    what the municipality replaced keeps its place.
    """
    original = {tariff.unit_value.code: tariff.unit_value for tariff in tariffs}
    weights: dict[str, float] = defaultdict(float)
    values: dict[str, UnitValue] = {}
    for line in outcome.lines:
        used = line.effect.unit_value
        value = used if used.own else original.get(used.code, used)
        if needs_confirming(value):
            weights[value.code] += abs(float(outcome.present_benefits(line.per_year)))
            values[value.code] = value
    heaviest = sorted((c for c, weight in weights.items() if weight), key=lambda c: (-weights[c], c))
    return tuple(values[code] for code in heaviest[:MOST])


def unconfirmed(outcome: Outcome, tariffs: Iterable[Tariff] = ()) -> tuple[UnitValue, ...]:
    """What of to_confirm nobody confirmed yet; while there is any, the letter is a draft."""
    given = tuple(tariffs)
    done = {tariff.unit_value.code for tariff in given if tariff.confirmed}
    return tuple(value for value in to_confirm(outcome, given) if value.code not in done)


def presentable(letter: Letter, outcome: Outcome, tariffs: Iterable[Tariff]) -> Letter:
    """The letter as it may go out: a draft again while a heavy unit value is unconfirmed."""
    return replace(letter, status=DRAFT) if unconfirmed(outcome, tariffs) else letter


def remarks(
    letter: Letter, outcome: Outcome, tariffs: Iterable[Tariff], where: str = "", file: str = ""
) -> list[Finding]:
    """One finding that names what is unconfirmed: a warning where the letter claims to be final."""
    missing = unconfirmed(outcome, tariffs)
    if not missing:
        return []
    facts = {"values": enumeration([f"'{value.name}'" for value in missing])}
    if letter.status == FINAL:
        return [Finding(WARN, "tariffs_unconfirmed", where, facts, file)]
    return [Finding(INFO, "tariffs_to_confirm", where, facts, file)]
