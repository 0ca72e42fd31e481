"""Facts about belief: evidence, defaults, overlap, the heaviest assumptions, what has no price, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from toolkit.method.confirmation import unconfirmed_usual
from toolkit.method.defaults import USUAL
from toolkit.method.direction import change_name, shared_name, value_name
from toolkit.method.figures import (
    EXPECTED,
    MOST_USUAL,
    NOTHING,
    STRONG_GRADES,
    evidence_shares,
    largest_change,
    usual_share,
)
from toolkit.method.overlap import unanswered
from toolkit.method.ranges import Assumption, Varying, investment_keys, is_shared
from toolkit.method.telling import people_of, people_said
from toolkit.model.finding import WARN
from toolkit.model.initiative import Effect, Initiative, PmEffect
from toolkit.model.unit_value import GRADES
from toolkit.reports.facts.fact import METHOD, FactBook, clean
from toolkit.reports.facts.recipe import BENEFITS, GAINED, OVERLAP, Part, Ratio, Sum, ratio, total
from toolkit.reports.facts.source import Source, called
from toolkit.words import dutch
from toolkit.words.vocabulary import UnknownWord, located, word

MOST_ASSUMPTIONS = 3
LEAST_CONTRIBUTION = 0.01
ALL_BUT = 1e-9
"""Less than this of the benefits is noise of binary arithmetic."""
MOST_PM_IN_LETTER = 3
LEAST_WHOLE = 10
"""From so many on a number of people is told without a decimal."""
MANY = "many_initiatives"
SIZES = Part(BENEFITS, sizes=True)
"""Benefits by size: what one loses counts as much as what another gains."""


def band(book: FactBook, source: Source) -> None:
    """zekerheid.* and aanname.*: how far the outcome may lie off, and what weighs heaviest in that."""
    varies = source.simulation.study.npv.sd > NOTHING
    book.flag("zekerheid.heeft_bandbreedte", varies, sources=source.line_keys)
    book.add("zekerheid.doorrekeningen", 0.9, word("facts.wording.nine_in_ten"), sources=(METHOD,))
    book.number("zekerheid.aantal", source.simulation.draws, sources=("sampling.draws",))
    named = [
        (assumption(source.counted, one), one.key, share)
        for one, share in source.simulation.contributions
        if share >= LEAST_CONTRIBUTION
    ]
    rows = [row for row in named if row[0]][:MOST_ASSUMPTIONS]
    for number, (name, key, share) in enumerate(rows, 1):
        sources = [".".join(key), "sampling.draws", "sampling.seed"]
        told = book.branch(f"aanname.{number}", "aanname", sources)
        told.text("naam", name)
        told.share("aandeel", share)
    book.rows("aannames", [f"aanname.{number}" for number in range(1, len(rows) + 1)])
    book.count("aannames_totaal.aantal", len(rows), sources=source.line_keys)
    book.flag("aannames_totaal.een", len(rows) == 1, sources=source.line_keys)


def assumption(initiatives: Sequence[Initiative], one: Assumption) -> str:
    """An assumption in words; empty where it belongs to none of these initiatives."""
    key, kind = one.key, one.first.name
    if is_shared(key):
        effects = [e for i in initiatives for e in i.effects if key[1] in (e.unit_value.code, e.change)]
        if not effects:
            return ""
        what = value_name(effects) if kind == "unit_value" else shared_name(effects)
        return word(f"facts.assumptions.{kind}", what=what)
    initiative = next((i for i in initiatives if i.code == key[0]), None)
    if initiative is None:
        return ""
    if len(one.inputs) > 1 and kind == "reach":
        return word("facts.assumptions.all_reach", who=called(initiative))
    return word("facts.assumptions.own", said=of_input(initiative, one.first), who=called(initiative))


def of_input(initiative: Initiative, varying: Varying) -> str:
    """A number of one initiative in words."""
    key, kind = varying.number, varying.name
    if kind == "amount":
        given = zip(investment_keys(initiative), initiative.investments, strict=True)
        what = next(cost.name for cost_key, cost in given if cost_key == key[1])
    elif kind == "unit_value":
        what, kind = next(e.name for e in initiative.effects if e.code == key[1]), "own_unit_value"
    else:
        what = change_name(next(e for e in initiative.effects if key[1] == (e.row or e.code)))
    return word(f"facts.assumptions.{kind}", what=what)


def evidence(book: FactBook, source: Source) -> None:
    """bewijs.*, standaard.*, overlap.*: on what the benefits rest, and what was filled in or taken off.

    A number of people is counted, asked or estimated, and only in the reporting year; no euro ever is.
    """
    shares = evidence_shares(source.outcome) or {}
    present = [kind for kind, share in shares.items() if share > ALL_BUT]
    branches = {kind: f"bewijs.{number}" for number, kind in enumerate(present, 1)}
    for kind, branch in branches.items():
        told = book.branch(branch, "bewijs", source.line_keys)
        told.text("naam", word(f"facts.evidence.{kind}"))
        told.text("hoe", word(f"facts.evidence_said.{kind}"))
        told.share("aandeel", _resting(source, kind))
        told.flag("alles", shares[kind] > 1 - ALL_BUT)
    book.rows("bewijs_rijen", list(branches.values()))
    seen = [kind for kind in present if dutch.percent(shares[kind]) != dutch.percent(0)]
    book.rows("bewijs_verslagjaar", [branches[kind] for kind in seen if kind != EXPECTED])
    book.rows("bewijs_later", [branches[kind] for kind in seen if kind == EXPECTED])
    weak = sum(share for kind, share in shares.items() if kind not in STRONG_GRADES)
    book.flag("zwak_bewijs.meer_dan_de_helft", weak > 0.5, sources=source.line_keys)
    _defaults(book, source)
    _usual(book, source)
    _overlap(book, source)


def largest(book: FactBook, source: Source) -> None:
    """grootste.*: the change that brings most, its share, and about how many it is before and after.

    After: without what would have happened anyway, what is at the expense of others, what others did.
    """
    found = largest_change(source.outcome)
    told = book.branch("grootste", "grootste", found.keys if found else source.line_keys)
    told.flag("bestaat", found)
    if found is None:
        return
    told.text("naam", found.name)
    told.share("aandeel", ratio(GAINED.only(found.keys), GAINED))
    told.flag("deel_van_geheel", found.share < 1 - ALL_BUT)
    keys = set(found.keys)
    effects = [line.effect for line in source.outcome.lines if line.key in keys]
    several = found.of_people and any(effect.units_per_person not in (0, 1) for effect in effects)
    unit = source.unit_of(effects[0]).partition(word("facts.wording.in_the_year"))[0].rstrip(", ")
    counted = word("facts.wording.people") if several else unit or word("facts.wording.units")
    for leaf, number in (("bruto", found.gross), ("netto", found.net)):
        shown = dutch.plain(round(number, 0 if number >= LEAST_WHOLE else 1))
        told.add(leaf, number, f"{shown} {counted}")


def _defaults(book: FactBook, source: Source) -> None:
    """standaard.*: the effects with an answer that nobody knew, and what that answer was about."""
    rows = _rows(source)
    defaulted = [key for key, effects in rows.items() if any(effect.defaults for effect in effects)]
    names, every = [".".join(key) for key in defaulted], [".".join(key) for key in rows]
    some, whole = dutch.number_words(len(defaulted), len(rows))
    book.add("standaard.aantal", len(defaulted), some, sources=names)
    book.add("standaard.van", len(rows), whole, sources=every)
    book.flag("standaard.gebruikt", defaulted, sources=names)
    book.flag("standaard.een_in_totaal", len(rows) == 1, sources=every)
    called_by_code = {initiative.code: called(initiative) for initiative in source.counted}
    same: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for key in defaulted:
        asked = tuple(dict.fromkeys(name for effect in rows[key] for name in effect.defaults))
        same[change_name(rows[key][0]), asked].append(key)
    for number, ((name, asked), keys) in enumerate(same.items(), 1):
        told = book.branch(f"standaard.{number}", "standaard", [".".join(key) for key in keys], naam=name)
        told.text("naam", name)
        told.names("wie", list(dict.fromkeys(called_by_code[code] for code, _ in keys)), many=MANY)
        told.names("wat", [_looked_up("unknown", one) for one in asked])
    book.rows("standaard_rijen", [f"standaard.{number}" for number in range(1, len(same) + 1)])


def _usual(book: FactBook, source: Source) -> None:
    """gebruikelijk.*: the part of the net benefits, by size, that rests on usual quantities per person."""
    keys = [line.key for line in source.outcome.lines if USUAL in line.effect.defaults]
    is_used = usual_share(source.outcome) > 0
    book.flag("gebruikelijk.gebruikt", is_used, sources=keys)
    if is_used:
        book.share("gebruikelijk.aandeel", ratio(SIZES.only(keys), SIZES), sources=keys)
    book.share("gebruikelijk.grens", MOST_USUAL, sources=(METHOD,))
    said = ("letter.usual_confirmed_by", "letter.usual_confirmed_on")
    is_open = unconfirmed_usual(source.letter, source.outcome) is not None
    book.flag("gebruikelijk.te_bevestigen", is_open, sources=(*keys, *said))


def _resting(source: Source, kind: str) -> Ratio:
    """The part of the net benefits, by size, that has one grade of evidence, or that is only expected."""
    if kind == EXPECTED:
        later = tuple(range(1, source.study.horizon))
        return ratio(replace(SIZES, inflow=later), SIZES)
    return Ratio(Sum(_of_year(source, [kind])), Sum((SIZES,)))


def _of_year(source: Source, grades: Sequence[str]) -> tuple[Part, ...]:
    """What the reporting year brings with these grades; an effect without one has the last."""
    keys = [line.key for line in source.outcome.lines if (line.effect.grade or GRADES[-1]) in grades]
    return (replace(SIZES.only(keys), inflow=(0,)),) if keys else ()


def _rows(source: Source) -> dict[tuple[str, str], list[Effect]]:
    """The effects of the counted initiatives by form row."""
    rows: dict[tuple[str, str], list[Effect]] = defaultdict(list)
    for line in source.outcome.lines:
        rows[line.initiative, line.effect.row or line.effect.code].append(line.effect)
    return rows


def _overlap(book: FactBook, source: Source) -> None:
    corrections = source.outcome.corrections
    taken = total(-Part(OVERLAP))
    pairs = [f"{c.initiative}+{c.other}" for c in corrections]
    book.flag("overlap.gecorrigeerd", abs(book.value(taken)) > NOTHING, sources=pairs)
    book.amount("overlap.bedrag", taken, sources=pairs)
    open_pairs = len(list(unanswered(source.portfolio, source.counted)))
    book.flag("overlap.van_toepassing", len(source.counted) > 1, sources=("overlaps",))
    book.flag("overlap.open", open_pairs, sources=("overlaps",))
    book.flag("overlap.een_open", open_pairs == 1, sources=("overlaps",))
    book.count("overlap.paren_open", open_pairs, sources=("overlaps",))


def no_price(book: FactBook, source: Source) -> None:
    """pm.*: what is not in money, the best evidenced first; the letter shows a few and every negative one."""
    everything = [
        (initiative, effect)
        for initiative in source.counted
        for effect in initiative.pm_effects
        if clean(effect.name)
    ]
    everything.sort(key=lambda pair: (pair[1].known_by or "Z", not pair[1].grade.startswith("++")))
    for number, (initiative, effect) in enumerate(everything, 1):
        _pm_effect(book, f"pm.{number}", [(initiative, effect)])
    book.rows("pm_rijen", [f"pm.{number}" for number in range(1, len(everything) + 1)])
    sources = [f"{initiative.code}.{effect.code}" for initiative, effect in everything]
    good, bad = _pm_together(book, everything)
    book.rows("pm_voorbeelden", good[:MOST_PM_IN_LETTER])
    book.rows("pm_nadelen", bad)
    book.count("pm_totaal.aantal", len(everything), sources=sources)
    book.count("pm_totaal.soorten", len(good) + len(bad), sources=sources)
    book.flag("pm_totaal.een", len(good) + len(bad) == 1, sources=sources)
    book.flag("pm_totaal.een_nadeel", len(bad) == 1, sources=sources)
    book.flag("pm_totaal.meer_in_bijlage", len(good) > MOST_PM_IN_LETTER, sources=sources)
    book.flag("heeft_pm", everything, sources=sources)


def _pm_together(
    book: FactBook, everything: list[tuple[Initiative, PmEffect]]
) -> tuple[list[str], list[str]]:
    """The same effect of several initiatives told once; branches of good and of bad ones."""
    same: dict[tuple[str, str, str], list[tuple[Initiative, PmEffect]]] = defaultdict(list)
    for initiative, effect in everything:
        same[clean(effect.name).rstrip(". "), effect.known_by, effect.grade[:1]].append((initiative, effect))
    branches: dict[bool, list[str]] = {True: [], False: []}
    for number, ((_, _, sign), pairs) in enumerate(same.items(), 1):
        branch = f"pm_samen.{number}"
        _pm_effect(book, branch, pairs)
        branches[sign != "-"].append(branch)
    return branches[True], branches[False]


def _pm_effect(book: FactBook, branch: str, pairs: list[tuple[Initiative, PmEffect]]) -> None:
    """One effect without a price, of all who name it; told in the words of the first."""
    sources = [f"{initiative.code}.{effect.code}" for initiative, effect in pairs]
    names = [called(initiative) for initiative, _ in pairs]
    effect, people = pairs[0][1], people_of(effect for _, effect in pairs)
    told = book.branch(branch, "pm", sources, naam=effect.name, wie=book.names_text(names, MANY))
    told.text("naam", effect.name.rstrip(". "))
    told.names("wie", names, many=MANY)
    told.text("domein", effect.domain)
    told.text("oordeel", _looked_up("pm_grades", effect.grade))
    told.text("bewijs", _looked_up("grades", effect.known_by))
    told.text("blijkt_uit", effect.evidence)
    told.text("gedaan", effect.outputs)
    told.flag("heeft_mensen", people is not None)
    if people is not None:
        told.add("mensen", people, people_said(people))


def _looked_up(section: str, key: str) -> str:
    """The word for a choice; what was typed where it is not one of the choices."""
    try:
        return word(f"facts.{section}.{key}")
    except UnknownWord:
        return key


def reach(book: FactBook, source: Source) -> None:
    """aantal.*: physical numbers beside euros, per change over all counted initiatives."""
    units: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    euros: dict[str, float] = defaultdict(float)
    kinds: dict[str, str] = {}
    keys: dict[str, list[str]] = defaultdict(list)
    for gain in source.gains:
        line, effect = gain.line, gain.line.effect
        name = change_name(effect)
        euros[name] += float(gain.amounts.sum())
        units[name][line.initiative, effect.row or effect.code] = sum(n.mode for n in effect.inflow)
        kinds[name] = source.unit_of(effect)
        keys[name].append(line.key)
    for number, name in enumerate(sorted(euros, key=lambda name: -euros[name]), 1):
        sources = [".".join(row) for row in units[name]]
        told = book.branch(f"aantal.{number}", "aantal", sources, naam=name)
        told.text("naam", name)
        told.number("eenheden", sum(units[name].values()))
        told.text("eenheid", kinds[name])
        told.amount("baten", total(GAINED.only(keys[name])), sources=keys[name])
    book.rows("aantallen", [f"aantal.{number}" for number in range(1, len(euros) + 1)])


def findings(book: FactBook, source: Source) -> None:
    """bevinding.*: what stood out at level 'let op', in the words of the finding."""
    sentences = [(located(f), f.code) for f in source.findings if f.level == WARN]
    unique = dict(sentences)
    for number, (sentence, code) in enumerate(unique.items(), 1):
        book.text(f"bevinding.{number}.tekst", sentence, "bevinding.tekst", [code])
    book.rows("bevindingen", [f"bevinding.{number}" for number in range(1, len(unique) + 1)])
