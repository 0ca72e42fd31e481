"""What a name in the provenance of a fact stands for, as a node that ends in a cell or a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from toolkit.method.objections import named
from toolkit.method.overlap import answered
from toolkit.method.ranges import SHARES, SPREAD, Varying, reach_spreads
from toolkit.model.initiative import Referral
from toolkit.model.narrowing import as_number
from toolkit.reports.facts.evidence import assumption, of_input
from toolkit.reports.facts.fact import METHOD, clean
from toolkit.reports.facts.recipe import COSTS, GAINED, OVERLAP, PAID, Part, Term
from toolkit.reports.facts.source import called
from toolkit.reports.trace.lines import node_of, reach_nodes
from toolkit.reports.trace.trail import Node, Place, Trail
from toolkit.reports.trace.values import UNIT_VALUE, value_node
from toolkit.words import dutch
from toolkit.words.vocabulary import UnknownWord, word

STUDY, SAMPLING, LETTER, OBJECTION = "study.", "sampling.", "letter.", "objection."


def origin(key: str, trail: Trail) -> list[Node]:
    """The nodes of one name: lines, costs, settings, answers, fields of the letter, findings, choices."""
    if key in trail.lines:
        return list(_effects(key, trail))
    if key in trail.costs:
        return [node_of(term, trail) for term in _own(PAID, key, trail)] or [_outside(key, trail)]
    if key.startswith((STUDY, SAMPLING)):
        return [_parties() if key == "study.parties" else _setting(key, trail)]
    if key.startswith(LETTER):
        return [_letter(key, trail)]
    if key in trail.pm_effects:
        return [_pm(key, trail)]
    if key in trail.work:
        return [_work(key, trail)]
    if key in trail.initiatives:
        return [_initiative(key, trail)]
    if key in trail.varied or key.startswith(UNIT_VALUE):
        return [varied_node(key, trail)]
    if key.startswith(OBJECTION):
        return [_objection(key, trail)]
    if key == "overlaps":
        return _pairs(trail)
    if "+" in key:
        taken = Part(OVERLAP).terms(trail.source.outcome)
        return [node_of(term, trail) for term in taken if term.key == key]
    return [_answer(key, trail)]


def _own(part: Part, key: str, trail: Trail) -> list[Term]:
    """The terms of one line in the outcome of its own initiative, before corrections."""
    group = trail.costs if part.side == COSTS else trail.lines
    code = group[key][0].initiative
    return replace(part.only([key]), initiative=code).terms(trail.source.outcome)


def _effects(key: str, trail: Trail) -> Iterator[Node]:
    """A benefit line with its amount; for the key of a form row how many it reached."""
    for line in trail.lines[key]:
        if line.key == key:
            yield from (node_of(term, trail) for term in _own(GAINED, key, trail))
            return
    line = trail.lines[key][0]
    what = clean(line.effect.what_changes)
    yield Node(
        word("trace.line.benefit", who=trail.called(line.initiative), what=what),
        dutch.plain(sum(number.mode for number in line.effect.inflow)),
        place=trail.at(line.initiative, line.effect.cells.get("change", "")),
        key=key,
        folds=True,
        children=tuple(reach_nodes(line, trail)),
    )


def _outside(key: str, trail: Trail) -> Node:
    """A cost that the ratio does not count, such as volunteer hours."""
    cost = trail.costs[key][0]
    investment = cost.investment
    shown = word("trace.line.outside")
    if investment.hours:
        shown = f"{dutch.plain(investment.hours)}; {shown}"
    return Node(
        word("trace.line.benefit", who=trail.called(cost.initiative), what=clean(investment.name)),
        shown,
        place=trail.at(cost.initiative, investment.cell),
        source=clean(investment.source) or word("trace.source.cost"),
        key=key,
    )


def _setting(key: str, trail: Trail) -> Node:
    """A setting of the study, with its cell; where that is empty, what the computation took."""
    holder, name = key.split(".", 1)
    study = trail.source.portfolio.sampling if holder == "sampling" else trail.source.study
    value, place = _said(name, getattr(study, name)), trail.place(key)
    what = word("trace.input.setting", what=word(f"trace.settings.{name}"))
    if place:
        return Node(what, value, place=place, source=word("trace.source.setting"), key=key)
    empty = next(iter(trail.places.get(key, ())), None)
    shown = word("trace.input.setting_empty", value=value)
    return Node(what, shown, place=empty, source=word("trace.source.setting_derived"), key=key)


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return word("trace.text.yes") if value else word("trace.text.no")
    if name == "discount_rate":
        return f"{dutch.plain(as_number(value) * 100)}%"
    if name == "draws":
        return dutch.number(as_number(value))
    return clean(str(value))


def _parties() -> Node:
    return Node(word("trace.input.parties"), source=word("trace.source.parties"))


def _letter(key: str, trail: Trail) -> Node:
    """Of sheet Brief: temporary money, a recommendation, or a field of its own."""
    _, field, *number = key.split(".")
    said, amount = getattr(trail.source.letter, field), None
    if number:
        row = said[int(number[0]) - 1]
        said, amount = (row.scheme, row.amount) if field == "means" else (row.text, None)
    if isinstance(said, int | float):
        said = dutch.plain(said)
    said = dutch.short_date(said) if isinstance(said, dt.date) else said or ""
    name = clean(said) or word("trace.text.nothing")
    what = word("trace.input.letter", what=word(f"trace.letter.{field}", name=name))
    source = word("trace.source.letter", file=trail.study_file)
    return Node(what, amount=amount, place=trail.place(key), source=source, key=key)


def _objection(key: str, trail: Trail) -> Node:
    """An objection, with what it changes."""
    said = named(trail.source.answers, key.removeprefix(OBJECTION)).objection
    label = word("trace.input.objection", name=said.name)
    return Node(label, said.said, source=word("trace.source.objections"), key=key)


def _pm(key: str, trail: Trail) -> Node:
    initiative, effect = trail.pm_effects[key]
    shown = word("trace.input.pm_shown", grade=effect.grade, known_by=effect.known_by)
    label = word("trace.input.pm", who=trail.called(initiative.code), what=clean(effect.name))
    place = trail.at(initiative.code, effect.cell)
    source = clean(effect.evidence) or trail.entered(initiative.code, place)
    children: tuple[Node, ...] = ()
    if effect.people is not None:
        place_of_people = trail.at(initiative.code, effect.people_cell)
        entered = trail.entered(initiative.code, place_of_people)
        number = dutch.plain(effect.people)
        children = (Node(word("trace.input.pm_people"), number, place=place_of_people, source=entered),)
    return Node(label, shown, place=place, source=source, key=key, children=children)


def _work(key: str, trail: Trail) -> Node:
    """What was done or who was referred: how many, and the cell that says so."""
    initiative, row = trail.work[key]
    what, number = (row.to_whom, row.people) if isinstance(row, Referral) else (row.output, row.number)
    label = word("trace.input.work", who=trail.called(initiative.code), what=clean(what))
    place = trail.at(initiative.code, row.cell)
    source = trail.entered(initiative.code, place)
    return Node(label, dutch.plain(number or 0.0), place=place, source=source, key=key)


def _initiative(key: str, trail: Trail) -> Node:
    initiative = trail.initiatives[key]
    shown = word("trace.input.counted")
    if not initiative.counted:
        shown = word("trace.input.not_counted", reason=clean(initiative.counted_reason))
    label = word("trace.input.initiative", who=trail.called(key))
    place = trail.place(key)
    return Node(label, shown, place=place, source=trail.entered(key, place), key=key)


def _answer(key: str, trail: Trail) -> Node:
    """An answer about an initiative as a whole, the mark of an example, a finding, or a choice."""
    if key == METHOD:
        return Node(word("trace.input.method"), source=word("trace.source.method"))
    if key == "example":
        return Node(word("trace.input.example"), source=word("trace.source.example"))
    code, _, field = key.rpartition(".")
    if code in trail.initiatives:
        value = getattr(trail.initiatives[code], field)
        label = word("trace.input.answer", who=trail.called(code), what=word(f"trace.answers.{field}"))
        shown = word("trace.text.nothing") if value is None else dutch.plain(float(value))
        place = next(iter(trail.places.get(key, ())), None)
        return Node(label, shown, place=place, source=trail.entered(code, place), key=key)
    found = [f for f in trail.source.findings if f.code == key]
    place = Place(found[0].file, found[0].where) if found and found[0].where else None
    label = word("trace.input.finding", code=key)
    return Node(label, place=place, source=word("trace.source.checks"), key=key)


def _pairs(trail: Trail) -> list[Node]:
    """Every pair of counted initiatives, with how many people come to both."""
    told, found = answered(trail.source.portfolio), []
    for first, second in combinations(trail.source.counted, 2):
        overlap = told.get(frozenset((first.code, second.code)))
        shown, place = word("trace.input.pair_open"), None
        if overlap is not None:
            shown = word("trace.input.pair_people", n=dutch.plain(as_number(overlap.people)))
            place = Place(trail.study_file, overlap.cell) if overlap.cell else None
        label = word("trace.input.pairs", first=called(first), second=called(second))
        source = word("trace.source.entered", file=trail.study_file)
        found.append(Node(label, shown, place=place, source=source, key=f"{first.code}+{second.code}"))
    return found


def varied_node(key: str, trail: Trail, weight: float | None = None) -> Node:
    """An assumption with the range it was drawn from; weight: its part of the spread.

    Where several numbers were drawn together, each stands below it with its own range.
    """
    one = trail.varied.get(key)
    if one is None:
        return _unit_value(key, trail)
    label = assumption(tuple(trail.initiatives.values()), one) or key
    part = "" if weight is None else word("trace.input.varied_weight", share=dutch.percent(weight))
    if len(one.inputs) > 1:
        children = tuple(_drawn_input(varying, trail) for varying in one.inputs)
        return Node(
            label, word("trace.input.varied_many", n=len(children), weight=part), children=children, key=key
        )
    drawn = _drawn_input(one.first, trail)
    shown = word("trace.input.varied_shown", **_range(one.first, trail), weight=part)
    return replace(drawn, label=label, shown=shown, key=key)


def _drawn_input(varying: Varying, trail: Trail) -> Node:
    """One number with its range."""
    code = varying.key[0]
    shown = word("trace.input.varied_shown", **_range(varying, trail), weight="")
    if code not in trail.initiatives:
        return Node("", shown, children=(_unit_value(".".join(varying.key), trail),))
    initiative = trail.initiatives[code]
    label = word("facts.assumptions.own", said=of_input(initiative, varying), who=called(initiative))
    return Node(label, shown, place=trail.at(code, varying.cell), source=_range_source(varying.key, trail))


def _unit_value(key: str, trail: Trail) -> Node:
    code = key.partition(".")[2]
    lines = (line for found in trail.lines.values() for line in found)
    value = next(line.effect.unit_value for line in lines if line.effect.unit_value.code == code)
    return value_node(value, trail)


def _range(varying: Varying, trail: Trail) -> dict[str, str]:
    """Middle, lowest and highest value; of a reach by its grade the number of the first year."""
    low, high = varying.estimate.bounds
    points = {"mode": varying.estimate.mode, "low": low, "high": high}
    if varying.key[-1] == SPREAD:
        effect = next(line.effect for line in trail.lines[".".join(varying.key[:2])])
        first, spread = effect.inflow[0].mode, reach_spreads(effect)[0]
        points = {point: first * (1 + z * spread) for point, z in points.items()}
    if varying.name in SHARES:
        return {point: f"{dutch.plain(value * 100)}%" for point, value in points.items()}
    return {point: dutch.plain(value) for point, value in points.items()}


def _range_source(key: tuple[str, ...], trail: Trail) -> str:
    """Why it has a range: how the numbers of that row are known."""
    lines = trail.lines.get(".".join(key[:2]), [])
    if lines and lines[0].effect.grade:
        try:
            grade = word(f"facts.grades.{lines[0].effect.grade}")
        except UnknownWord:
            grade = lines[0].effect.grade
        return word("trace.source.graded", grade=grade)
    return word("trace.source.entered", file=trail.initiatives[key[0]].file)
