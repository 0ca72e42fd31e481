"""What a change and a unit value are called in the direction in which they went.

Their names say the direction that is a benefit; where it went the other way, the library has a name for that.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.model.initiative import Effect
from toolkit.words.vocabulary import word


def change_name(effect: Effect) -> str:
    """What changed, in its direction."""
    if effect.sign > 0:
        return effect.what_changes
    more, value = effect.change_more, effect.unit_value
    if not more and effect.what_changes == value.name:
        more = value.name_more
    return more or _opposite(effect.what_changes)


def shared_name(effects: Sequence[Effect]) -> str:
    """What effects of one change are called together: the other way only where all of them went there."""
    return next((e.what_changes for e in effects if e.sign > 0), change_name(effects[0]))


def is_reversed(effect: Effect) -> bool:
    """True where an effect goes against the direction of its unit value, as an allowance that is lost."""
    return effect.sign * effect.factor < 0


def value_name(effects: Sequence[Effect]) -> str:
    """What a unit value is called for effects that use it: the other way only where all of them go there.

    One without a name is called what it changes.
    """
    named = next((effect for effect in effects if effect.unit_value.name), None)
    if named is None:
        return change_name(effects[0])
    if not all(map(is_reversed, effects)):
        return named.unit_value.name
    return named.unit_value.name_more or _opposite(named.unit_value.name)


def loss_name(effect: Effect) -> str:
    """What costs someone something: what changed, or what was lost by it where a change takes that along."""
    return value_name([effect]) if effect.factor < 0 else change_name(effect)


def _opposite(name: str) -> str:
    return word("facts.wording.opposite", name=name)
