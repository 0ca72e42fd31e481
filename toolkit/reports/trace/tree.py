"""A fact as a tree: its terms, or what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from toolkit.method.appraisal import headline
from toolkit.method.direction import change_name
from toolkit.method.montecarlo import Chance
from toolkit.model.result import CostLine, Line
from toolkit.reports.facts import Fact
from toolkit.reports.facts.fact import clean
from toolkit.reports.facts.recipe import (
    BENEFITS,
    COSTS,
    NOISE,
    OVERLAP,
    Answered,
    Percentile,
    Ratio,
    Sum,
    Term,
)
from toolkit.reports.trace.lines import node_of
from toolkit.reports.trace.origins import origin, varied_node
from toolkit.reports.trace.trail import Node, Trail, Trees
from toolkit.words import dutch
from toolkit.words.vocabulary import word

MOST_CHANGES = 3
MOST_INPUTS = 8
"""So many of the drawn inputs are named: the rest hardly moves the outcome."""
_GROUPS = {BENEFITS: "benefits", COSTS: "costs", OVERLAP: "overlap"}


def trace(fact: Fact, trail: Trail) -> Trees:
    """Where a fact comes from: its heading, what it is, and its tree."""
    root = node(fact, trail)
    about = [fact.meaning]
    if not isinstance(fact.value, bool) and unrounded(fact) != fact.text:
        about.append(word("trace.text.unrounded", value=unrounded(fact)))
    if fact.unit.startswith("euro"):
        about.append(word("trace.text.price_level", year=trail.source.study.price_level))
    about.append(_summary(fact, root, trail))
    return Trees(fact.text or unrounded(fact), fact.name, tuple(about), root)


def unrounded(fact: Fact) -> str:
    """The value of a fact with every decimal that matters."""
    value = fact.value
    match value:
        case bool():
            return word("trace.text.yes") if value else word("trace.text.no")
        case tuple():
            return dutch.enumeration(value) if value else word("trace.text.nothing")
        case str():
            return value or word("trace.text.nothing")
        case _ if is_amount(fact):
            return dutch.euro(value, 2)
        case float():
            return dutch.number(value, 6).rstrip("0").rstrip(",")
    return str(value)


def is_amount(fact: Fact) -> bool:
    """True for euros, also those that are shown in thousands."""
    return fact.unit in ("euro", word("facts.units.thousand_euro")) and not isinstance(fact.value, bool)


def node(fact: Fact, trail: Trail) -> Node:
    """The tree of a fact. Children with amounts add up to it."""
    label = fact.text or unrounded(fact)
    match fact.made:
        case None:
            return _resting(fact, label, trail)
        case Sum():
            return _sum(label, fact.made, trail, fact.name)
        case Ratio():
            children = _divided(fact.made, trail)
        case Percentile():
            children = _drawn(fact.made, trail)
        case Answered():
            return replace(_answered(fact.made, trail), label=label, shown=_beside(fact), key=fact.name)
    return Node(label, unrounded(fact), key=fact.name, children=children)


def _sum(label: str, made: Sum, trail: Trail, key: str = "") -> Node:
    """A sum; of several parts each stands on its own."""
    study = trail.source.outcome
    found = [(part, part.euros(study), _children(part.terms(study), trail)) for part in made.parts]
    amount = made.value(study, trail.source.simulation)
    if len(found) == 1:
        children = found[0][2]
    else:
        children = tuple(
            Node(word(f"trace.group.{_GROUPS[part.side]}"), amount=euros, children=below)
            for part, euros, below in found
        )
    added = sum(euros for _, euros, _ in found)
    if made.is_floored and added < -NOISE:
        source = word("trace.group.floor_source")
        children = (*children, Node(word("trace.group.floor"), amount=-added, source=source))
    return Node(label, amount=amount, key=key, children=children)


def _children(found: Iterable[Term], trail: Trail) -> tuple[Node, ...]:
    """Lines with the largest first, then the corrections together; never nothing."""
    nodes = [node_of(term, trail) for term in found]
    lines = [one for one in nodes if one.folds]
    corrections = [one for one in nodes if not one.folds]
    lines.sort(key=lambda one: -abs(one.amount or 0.0))
    if corrections:
        taken = sum(one.amount or 0.0 for one in corrections)
        label = word("trace.group.corrections")
        lines.append(Node(label, amount=taken, children=tuple(corrections)))
    return tuple(lines) or (_nothing(),)


def _nothing() -> Node:
    return Node(word("trace.group.empty"), source=word("trace.group.empty_source"))


def _divided(made: Ratio, trail: Trail) -> tuple[Node, ...]:
    return (
        _sum(word("trace.group.above"), made.above, trail),
        _sum(word("trace.group.below"), made.below, trail),
    )


def _answered(made: Answered, trail: Trail) -> Node:
    """What it was, and what the objection takes off; of a ratio above and below each by itself."""
    before, answer = made.before, made.answer
    if isinstance(before, Ratio):
        parts = (("above", "benefits_pv"), ("below", "costs_pv"))
        sides = [(word(f"trace.group.{name}"), Answered(answer, figure)) for name, figure in parts]
        return Node("", children=tuple(replace(_answered(side, trail), label=told) for told, side in sides))
    amount = made.value(trail.source.outcome, trail.source.simulation)
    was = replace(_sum(word("trace.group.before"), before, trail), closed=True)
    source = word("trace.source.objection", said=answer.objection.said)
    change = Node(word("trace.group.objection"), amount=amount - (was.amount or 0.0), source=source)
    return Node("", amount=amount, children=(was, change))


def _beside(fact: Fact) -> str:
    """What is told of a figure that is no amount of its own."""
    return "" if is_amount(fact) else unrounded(fact)


def _drawn(made: Percentile, trail: Trail) -> tuple[Node, ...]:
    """How it was drawn, from which inputs, and the point estimate."""
    settings = [one for key in ("sampling.draws", "sampling.seed") for one in origin(key, trail)]
    label, estimate = word("trace.group.point"), made.estimate
    if isinstance(estimate, Ratio):
        point = Node(label, children=_divided(estimate, trail))
    else:
        point = _sum(label, estimate, trail)
    chance = made.chance(trail.source.simulation)
    return (*settings, _inputs(chance, trail), replace(point, closed=True))


def _inputs(chance: Chance, trail: Trail) -> Node:
    """The inputs with a range that were drawn, those that move the balance most first."""
    children = tuple(
        varied_node(".".join(one.key), trail, weight) for one, weight in chance.contributions[:MOST_INPUTS]
    )
    if not children:
        return Node(word("trace.group.no_inputs"), source=word("trace.source.method"))
    return Node(word("trace.group.inputs"), children=children)


def _resting(fact: Fact, label: str, trail: Trail) -> Node:
    """What a judgement, a name or a count rests on; an amount that was filled in is its own leaf."""
    children: list[Node] = []
    for key in fact.provenance:
        if key in trail.facts:
            children.append(_named(trail.facts[key], trail))
        else:
            children += origin(key, trail)
    if is_amount(fact):
        return Node(label, amount=fact.number, key=fact.name, children=tuple(children))
    children = [replace(child, folds=True) for child in children]
    children.sort(key=lambda one: -abs(one.amount or 0.0))
    return Node(label, unrounded(fact), key=fact.name, children=tuple(children) or (_nothing(),))


def _named(fact: Fact, trail: Trail) -> Node:
    """A fact below another one, by its name."""
    below = node(fact, trail)
    return Node(fact.name, below.label, closed=True, key=fact.name, children=below.children)


def _summary(fact: Fact, root: Node, trail: Trail) -> str:
    """In one sentence how it was put together."""
    made = fact.made
    if made is None:
        return "" if is_amount(fact) else word("trace.text.rests")
    if isinstance(made, Percentile):
        draws = dutch.number(trail.source.simulation.draws)
        return word("trace.text.drawn", point=word(f"trace.point.{made.point}"), draws=draws)
    if isinstance(made, Answered):
        return _objected(made, trail)
    if isinstance(made, Ratio):
        above, below = (dutch.euro(child.amount or 0.0, 2) for child in root.children)
        return word("trace.text.ratio", above=above, below=below)
    found = [term for part in made.parts for term in part.terms(trail.source.outcome)]
    lines = [term for term in found if isinstance(term.line, Line)]
    costs = [term for term in found if isinstance(term.line, CostLine)]
    if not lines:
        return word("trace.text.sum_of_costs", n=len(costs)) if costs else ""
    who = {term.line.initiative for term in lines}
    if len(who) == 1:
        told = word("trace.text.sum_of_one", n=len(lines), who=trail.called(who.pop()))
    else:
        told = word("trace.text.sum_of_benefits", n=len(lines), m=len(who))
    return " ".join(filter(None, (told, _mostly(lines))))


def _objected(made: Answered, trail: Trail) -> str:
    """What a critic says, and the totals before and after."""
    was = headline(trail.source.outcome)
    answer, euro = made.answer, partial(dutch.euro, decimals=2)
    return word(
        "trace.text.objected",
        said=answer.objection.said,
        benefits=euro(was.benefits_pv),
        costs=euro(was.costs_pv),
        benefits_then=euro(answer.benefits_pv),
        costs_then=euro(answer.costs_pv),
    )


def _mostly(found: Iterable[Term]) -> str:
    """The changes that weigh most in a sum, with their euros."""
    sums: dict[str, float] = defaultdict(float)
    for term in found:
        if isinstance(term.line, Line):
            sums[clean(change_name(term.line.effect))] += term.amount
    if len(sums) <= MOST_CHANGES:
        return ""
    largest = sorted(sums.items(), key=lambda pair: -abs(pair[1]))[:MOST_CHANGES]
    told = [word("trace.text.change", what=name, euros=dutch.euro(euros)) for name, euros in largest]
    return word("trace.text.mostly", changes=dutch.enumeration(told))
