"""Where the euros per unit come from: the unit value, its source and the price index."""

from __future__ import annotations

from toolkit.kengetallen.indexing import NOT_INDEXED
from toolkit.model.result import Line
from toolkit.model.unit_value import UnitValue
from toolkit.reports.facts.fact import clean
from toolkit.reports.trace.trail import Node, Place, Trail
from toolkit.words import dutch
from toolkit.words.vocabulary import word

UNIT_VALUE = "unit_value."
"""How the key of the node of a unit value starts."""


def value_nodes(line: Line, trail: Trail) -> tuple[Node, ...]:
    """The amount of a line's unit value, and the index that brings it to the study's price level."""
    value, last = line.effect.unit_value, trail.source.study.price_level
    index = Node(
        word("trace.input.index", first=value.price_year, last=last),
        dutch.number(line.index_factor, 6).rstrip("0").rstrip(","),
        source=_index_source(value, trail),
    )
    return value_node(value, trail, line.initiative), index


def value_node(value: UnitValue, trail: Trail, initiative: str = "") -> Node:
    """A unit value with its range, grade and source.

    Its amount may stand in a cell: of the initiative's own form, or of the portfolio.
    """
    amount, place = value.priced, None
    if amount.cell:
        own = value.own and initiative
        place = trail.at(initiative, amount.cell) if own else Place(trail.study_file, amount.cell)
    told = {"range": "", "grade": "", "kind": ""}
    if amount.varies:
        low, high = (dutch.euro(end, 2) for end in amount.bounds)
        told["range"] = word("trace.input.value_range", low=low, high=high)
    if value.grade:
        told["grade"] = word("trace.input.value_grade", grade=value.grade)
    if value.amount_is:
        told["kind"] = word("trace.input.value_kind", kind=value.amount_is)
    shown = word("trace.input.value_shown", amount=dutch.euro(amount.mode, 2), year=value.price_year, **told)
    source = clean(" ".join((value.source, value.url))) or word("trace.source.unit_value")
    label = word("trace.input.value", code=value.code or clean(value.name))
    return Node(label, shown, place=place, source=source, key=f"{UNIT_VALUE}{value.code}")


def _index_source(value: UnitValue, trail: Trail) -> str:
    first, last = sorted((value.price_year, trail.source.study.price_level))
    if first == last or value.index in NOT_INDEXED:
        return word("trace.source.no_index")
    index = trail.source.library.index
    changes = index.series[index.followed(value.index)]
    used = [year.source for year in changes if first < year.year <= last]
    return "; ".join(dict.fromkeys(used)) or word("trace.source.no_index")
