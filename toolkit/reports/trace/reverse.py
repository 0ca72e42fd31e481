"""The other way round: which lines and facts rest on an input."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from toolkit.method.figures import CENT
from toolkit.reports.facts import Fact
from toolkit.reports.facts.recipe import Percentile, Sum
from toolkit.reports.trace.origins import SAMPLING, STUDY, origin
from toolkit.reports.trace.trail import Node, Place, Trail, Trees, row_key
from toolkit.reports.trace.values import UNIT_VALUE
from toolkit.words import dutch
from toolkit.words.vocabulary import word

_UNUSED = ("study.name", "study.counterfactual")
"""Settings that no sum depends on."""


def keys_of(name: str, trail: Trail) -> frozenset[str]:
    """Every key that an input stands behind: 'KADE.EF-01.reach' -> the lines of that row, and itself."""
    if name.startswith(UNIT_VALUE):
        return frozenset({name, *_valued(name.removeprefix(UNIT_VALUE), trail)})
    first, _, second = name.partition("+")
    if second:
        return frozenset({name, f"{second}+{first}"})
    for key in _shorter(name):
        if key in trail.lines:
            lines = trail.lines[key]
            own = [line for line in lines if line.key == key] or lines
            return frozenset({name, key, *(line.key for line in own), *map(row_key, own)})
        if key in trail.costs or key in trail.pm_effects or key in trail.work:
            return frozenset({name, key})
    return frozenset({name})


def _valued(code: str, trail: Trail) -> Iterable[str]:
    return (key for key, lines in trail.lines.items() if any(x.effect.unit_value.code == code for x in lines))


def _shorter(name: str) -> Iterable[str]:
    """A name and the names it lies under, down to initiative and row."""
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(len(parts), 1, -1))


def rests_on(keys: Collection[str], trail: Trail) -> list[tuple[Fact, float | None]]:
    """The printed facts that rest on these lines or inputs, and how many of their euros do.

    None where a fact is no sum. Facts in thousands are left out: they are told as euros already.
    """
    everything = any(key.startswith(STUDY) and key not in _UNUSED for key in keys)
    drawn = any(key.startswith(SAMPLING) for key in keys)
    found: list[tuple[Fact, float | None]] = []
    for fact in trail.facts:
        made = fact.made
        if (
            not fact.text
            or fact.name.endswith("_duizend")
            or (isinstance(made, Sum) and made.is_floored and not fact.value)
        ):
            continue
        if made is None:
            if any(key in keys for key in fact.provenance):
                found.append((fact, None))
        elif everything or (drawn and isinstance(made, Percentile)):
            found.append((fact, None))
        else:
            study = trail.source.outcome
            counted = [term for part in made.parts for term in part.terms(study) if term.key in keys]
            if any(abs(term.amount) >= CENT for term in counted):
                amount = sum(term.amount for term in counted)
                found.append((fact, amount if isinstance(made, Sum) else None))
    return found


def resting(label: str, name: str, place: Place | None, keys: frozenset[str], trail: Trail) -> Trees:
    """What an input is, the lines it is in, and the facts that rest on those."""
    lines = [
        one for key in sorted(keys) if key in trail.lines or key in trail.costs for one in _line(key, trail)
    ]
    known = name.startswith((STUDY, SAMPLING)) or any(name in fact.provenance for fact in trail.facts)
    inputs = origin(name, trail) if known and not lines else []
    facts = tuple(_fact(fact, part) for fact, part in rests_on(keys, trail))
    groups = [*inputs]
    if lines:
        total = sum(one.amount or 0.0 for one in lines)
        groups.append(Node(word("trace.group.lines"), amount=total, children=tuple(lines)))
    groups.append(Node(word("trace.group.pieces"), children=facts or (Node(word("trace.group.no_pieces")),)))
    heading = word("trace.text.cell_heading", cell=label)
    return Trees(heading, name, (), Node(label, place=place, key=name, children=tuple(groups)))


def _line(key: str, trail: Trail) -> Iterable[Node]:
    """The node of a line or cost itself, not of the row it stands in."""
    if key in trail.costs or any(line.key == key for line in trail.lines.get(key, ())):
        return origin(key, trail)
    return ()


def _fact(fact: Fact, part: float | None) -> Node:
    shown = fact.text
    if part is not None:
        shown = word("trace.text.part_of", part=dutch.euro(part, 2), whole=fact.text)
    return Node(fact.name, shown, key=fact.name, folds=True)
