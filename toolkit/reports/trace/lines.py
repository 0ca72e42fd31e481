"""A term of a figure as a node: a benefit line with its factors, a cost with its years, a correction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from toolkit.model.initiative import Effect
from toolkit.model.narrowing import as_number
from toolkit.model.result import Correction, CostLine, Line
from toolkit.model.unit_value import VOLUNTEER_HOUR
from toolkit.reports.facts.fact import clean
from toolkit.reports.facts.recipe import Term
from toolkit.reports.facts.source import party_name
from toolkit.reports.trace.trail import Node, Place, Trail, row_key
from toolkit.reports.trace.values import value_nodes
from toolkit.words import dutch
from toolkit.words.vocabulary import word

SHARES = ("deadweight", "displacement", "attribution")


def node_of(term: Term, trail: Trail) -> Node:
    """A term with everything that it was made of."""
    if isinstance(term.line, CostLine):
        return _cost(term, term.line, trail)
    if isinstance(term.line, Correction):
        return _correction(term, term.line, trail)
    return _benefit(term, term.line, trail)


def _benefit(term: Term, line: Line, trail: Trail) -> Node:
    """Present units x share due to the initiative x euros per unit x share of the parties: the amount."""
    return Node(
        word("trace.line.benefit", who=trail.called(line.initiative), what=clean(line.effect.name)),
        amount=term.amount,
        place=trail.at(line.initiative, line.effect.cells.get("change", "")),
        key=term.key,
        folds=True,
        children=(
            _units(term, line, trail),
            _net(line, trail),
            _unit_amount(line, trail),
            _share(term, line, trail),
        ),
    )


def _units(term: Term, line: Line, trail: Trail) -> Node:
    factor = float(line.units @ term.weights)
    unit = line.effect.unit_value.unit or word("trace.input.per_year")
    children = (*reach_nodes(line, trail), *_course(line, trail))
    return Node(word("trace.factor.units", unit=unit), _figure(factor, 4), factor=factor, children=children)


def reach_nodes(line: Line, trail: Trail) -> Iterator[Node]:
    """How many per year, years with the same answer together."""
    effect, first = line.effect, trail.source.study.first_year
    numbered = enumerate(effect.inflow, first)
    for (mode, cell), years in groupby(numbered, key=lambda pair: (pair[1].mode, pair[1].cell)):
        span = [year for year, _ in years]
        kind = "years_one" if len(span) == 1 else "years_more"
        told = word(f"trace.input.{kind}", first=span[0], last=span[-1])
        shown, per = dutch.plain(mode), effect.units_per_person
        if per != 1 and per:
            people = dutch.plain(mode / per)
            shown = word("trace.input.reach_per_person", n=shown, people=people, per=dutch.plain(per))
        place = trail.at(line.initiative, cell)
        source = trail.entered(line.initiative, place)
        yield Node(word("trace.input.reach", years=told), shown, place=place, source=source)


def _course(line: Line, trail: Trail) -> Iterator[Node]:
    """How long it lasts, and what is left of it per year."""
    effect, study, row, code = line.effect, trail.source.study, row_key(line), line.initiative
    years = word("trace.input.duration_shown", n=effect.duration)
    place = trail.place(f"{row}.duration")
    source = "" if place else _duration_source(effect)
    yield Node(word("trace.input.duration"), years, place=place, source=source)
    if effect.lag:
        place = trail.place(f"{row}.lag")
        later, source = word("trace.input.duration_shown", n=effect.lag), trail.entered(code, place)
        yield Node(word("trace.input.lag"), later, place=place, source=source)
    if effect.duration > 1:
        yield _percentage("drop_off", line, trail)
    counted = [(y, u) for y, u in zip(study.years, line.units, strict=True) if u]
    yield Node(
        word("trace.input.per_year"),
        "; ".join(f"{year}: {_figure(float(units))}" for year, units in counted) or "0",
        source=word("trace.source.computed"),
    )
    yield discount_node(trail, study.timing_benefits)
    if line.beyond > 0:
        place, source = trail.place("study.horizon"), word("trace.source.setting")
        yield Node(word("trace.input.beyond"), _figure(line.beyond), place=place, source=source)


def _duration_source(effect: Effect) -> str:
    value = effect.unit_value
    if "still" in effect.defaults:
        return word("trace.source.default")
    kind = "value" if value.counting == "instroom" else "value_year"
    return word(f"trace.source.{kind}", code=value.code or value.name, n=value.max_duration)


def discount_node(trail: Trail, moment: str) -> Node:
    """The rate with which later years are brought back to the first."""
    study = trail.source.study
    shown = word(
        "trace.input.discount_shown",
        rate=f"{dutch.plain(study.discount_rate * 100)}%",
        year=study.first_year,
        moment=word(f"trace.timing.{moment}"),
    )
    place, source = trail.place("study.discount_rate"), word("trace.source.setting")
    return Node(word("trace.input.discount"), shown, place=place, source=source)


def _percentage(name: str, line: Line, trail: Trail) -> Node:
    """One of the percentages of an effect, with where it was given or why it is what it is."""
    effect, value = line.effect, getattr(line.effect, name)
    asked = "still" if name == "drop_off" else name
    where = effect.cells.get(name) or value.cell
    place = trail.at(line.initiative, where)
    source = trail.entered(line.initiative, place)
    if asked in effect.defaults:
        source = word("trace.source.default")
    elif name == "displacement" and not trail.place(f"{row_key(line)}.displacement") and effect.change:
        place, source = None, word("trace.source.change", change=effect.change)
    shown = word("trace.input.off", share=f"{dutch.plain(value.mode * 100)}%")
    return Node(word(f"trace.input.{name}"), shown, place=place, source=source)


def _net(line: Line, trail: Trail) -> Node:
    effect = line.effect
    children = [_percentage(name, line, trail) for name in SHARES]
    if effect.sign < 0:
        place = trail.place(f"{row_key(line)}.direction")
        source, shown = trail.entered(line.initiative, place), word("trace.input.direction_more")
        children.append(Node(word("trace.input.direction"), shown, place=place, source=source))
    if effect.factor != 1:
        source = word("trace.source.change", change=effect.change)
        children.append(Node(word("trace.input.factor"), dutch.plain(effect.factor), source=source))
    factor = line.net_factor
    return Node(word("trace.factor.net"), _figure(factor, 6), factor=factor, children=tuple(children))


def _unit_amount(line: Line, trail: Trail) -> Node:
    return Node(
        word("trace.factor.unit_amount"),
        _euros(line.unit_amount),
        factor=line.unit_amount,
        children=value_nodes(line, trail),
    )


def _share(term: Term, line: Line, trail: Trail) -> Node:
    factor, value = term.sign * float(term.shares.sum()), line.effect.unit_value
    source = word("trace.source.shares", code=value.code or value.name, kind=value.shares_are or value.kind)
    parties = tuple(
        Node(party_name(party), _percent(term.sign * float(share)), source=source)
        for party, share in zip(trail.source.outcome.parties, term.shares, strict=True)
        if share
    )
    return Node(word("trace.factor.share"), _percent(factor), factor=factor, children=parties)


def _cost(term: Term, cost: CostLine, trail: Trail) -> Node:
    """A cost with its euros per year, each as they count."""
    investment, study = cost.investment, trail.source.study
    given = investment.source or investment.scheme
    years = []
    for place, (year, amount) in enumerate(zip(study.years, cost.per_year, strict=True)):
        weight = float(term.weights[place])
        if not amount or not weight:
            continue
        cell = investment.amounts[place].cell or investment.cell
        years.append(_cost_year(term, cost, trail, year, float(amount), weight, cell))
    return Node(
        word(
            "trace.line.cost",
            who=trail.called(cost.initiative),
            what=clean(investment.name),
            party=party_name(investment.party),
        ),
        "" if cost.inside else word("trace.line.outside"),
        amount=term.amount,
        place=trail.at(cost.initiative, investment.cell),
        source=clean(given) or word("trace.source.cost"),
        key=term.key,
        folds=True,
        children=tuple(years),
    )


def _cost_year(
    term: Term, cost: CostLine, trail: Trail, year: int, amount: float, weight: float, cell: str
) -> Node:
    hours = cost.investment.hours
    told = {"amount": dutch.euro(amount, 2), "weight": _figure(weight, 6)}
    shown = word("trace.input.year_shown", **told)
    place = trail.at(cost.initiative, cell)
    source = trail.entered(cost.initiative, place)
    if hours:
        shown = word("trace.input.year_hours", hours=dutch.plain(hours), **told)
        source = trail.source.library.unit_values[VOLUNTEER_HOUR].source
    counted = term.sign * amount * weight
    place_in_study = trail.source.study.years.index(year)
    has_cover = cost.covered[place_in_study] == cost.per_year[place_in_study]
    label = str(year) if has_cover else word("trace.input.year_without_cover", year=year)
    return Node(label, shown, amount=counted, place=place, source=source)


def _correction(term: Term, correction: Correction, trail: Trail) -> Node:
    """What an initiative loses because some of its people also come to another."""
    pair = {correction.initiative, correction.other}
    overlap = next(o for o in trail.source.portfolio.overlaps if {o.first, o.second} == pair)
    initiative, who = trail.initiatives[correction.initiative], trail.called(correction.initiative)
    shown = word(
        "trace.line.correction_shown",
        people=dutch.plain(as_number(overlap.people)),
        who=who,
        participants=dutch.plain(as_number(initiative.participants)),
        share=f"{dutch.plain(correction.share * 100)}%",
    )
    return Node(
        word("trace.line.correction", who=who, other=trail.called(correction.other)),
        shown,
        amount=term.amount,
        place=Place(trail.study_file, overlap.cell) if overlap.cell else None,
        source=word("trace.source.people_shared"),
        key=term.key,
    )


def _figure(value: float, decimals: int = 2) -> str:
    """A number with as many decimals as help to multiply it again."""
    shown = dutch.number(value, decimals)
    return shown.rstrip("0").rstrip(",") if "," in shown else shown


def _euros(amount: float) -> str:
    """Euros per unit; with four decimals where two are not enough to multiply it again."""
    return dutch.euro(amount, 2 if abs(amount - round(amount, 2)) < 1e-9 else 4)


def _percent(share: float) -> str:
    return f"{dutch.plain(share * 100)}%"
