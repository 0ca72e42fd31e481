"""What a municipality must stand for before a letter can be final: unit values and usual quantities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from toolkit.kengetallen.rules import OWN_AMOUNT
from toolkit.kengetallen.tariffs import Tariff
from toolkit.method.figures import MOST_USUAL, usual_share
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


def unconfirmed_usual(letter: Letter, outcome: Outcome) -> float | None:
    """The share of the benefits on usual quantities, where that is large and nobody confirmed them.

    Confirmed: sheet Brief says who did and when. None where there is nothing to confirm any more.
    """
    share = usual_share(outcome)
    confirmed = letter.usual_confirmed_by.strip() and letter.usual_confirmed_on
    return None if share <= MOST_USUAL or confirmed else share


def presentable(letter: Letter, outcome: Outcome, tariffs: Iterable[Tariff]) -> Letter:
    """The letter as it may go out: a draft again while anything that weighs heavily is unconfirmed."""
    is_open = unconfirmed(outcome, tariffs) or unconfirmed_usual(letter, outcome) is not None
    return replace(letter, status=DRAFT) if is_open else letter


def remarks(
    letter: Letter,
    outcome: Outcome,
    tariffs: Iterable[Tariff],
    where: tuple[str, str] = ("", ""),
    file: str = "",
) -> list[Finding]:
    """A finding on unit values and one on usual quantities, where unconfirmed; each names what is missing.

    A warning where the letter claims to be final. where: the cells in which to confirm each.
    """
    is_final, found = letter.status == FINAL, []
    level = WARN if is_final else INFO
    if missing := unconfirmed(outcome, tariffs):
        facts: dict[str, object] = {"values": enumeration([f"'{value.name}'" for value in missing])}
        code = "tariffs_unconfirmed" if is_final else "tariffs_to_confirm"
        found.append(Finding(level, code, where[0], facts, file))
    if (share := unconfirmed_usual(letter, outcome)) is not None:
        facts = {"share": float(round(100 * share, 1)), "most": round(100 * MOST_USUAL)}
        code = "usual_unconfirmed" if is_final else "usual_to_confirm"
        found.append(Finding(level, code, where[1], facts, file))
    return found
