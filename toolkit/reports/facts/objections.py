"""Facts about what a critic may say: what is left then, the reporting year alone, and work."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.kengetallen.objections import load_objections
from toolkit.method.appraisal import headline
from toolkit.method.figures import NOTHING
from toolkit.method.objections import CAUTIOUS, COUNTED_YEAR, TRANSFERS, Answer, heaviest, named
from toolkit.method.transfers import transferring
from toolkit.model.initiative import Effect
from toolkit.model.result import Gain, Headline
from toolkit.model.study import GOVERNMENT, PERSONS
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.groups import benefit_name
from toolkit.reports.facts.recipe import GAINED, Answered, ratio, total
from toolkit.reports.facts.source import Source
from toolkit.words import dutch
from toolkit.words.vocabulary import word

WORK_DEADWEIGHT, DISPLACEMENT = "work_deadweight", "displacement"
LEISURE = ("leisure_25", "leisure_50")
LISTS = {
    "voorzichtige_lezing": (CAUTIOUS,),
    "tegenwerping_vrije_tijd": LEISURE,
    "tegenwerping_zonder_ons": (WORK_DEADWEIGHT,),
    "tegenwerping_verdringing": (DISPLACEMENT,),
}
"""Lists that a template walks through, and the objections in each."""


def objections(book: FactBook, source: Source) -> None:
    """tegenwerping.*: per objection what is left if it is right; verslagjaar.*: the reporting year alone."""
    figures, answers = headline(source.outcome), source.answers
    branches = {a.objection.code: f"tegenwerping.{n}" for n, a in enumerate(answers, 1)}
    for answer in answers:
        _objection(book, branches[answer.objection.code], answer, figures)
    book.rows("tegenwerpingen", list(branches.values()))
    worst = heaviest(answers) if figures.ratio is not None else None
    book.rows("zwaarste_tegenwerping", [branches[worst.objection.code]] if worst else [])
    for name, codes in LISTS.items():
        book.rows(name, [branches[code] for code in codes])
    _reporting_year(book, named(answers, COUNTED_YEAR), figures.ratio)
    _without_transfers(book, source)


def _without_transfers(book: FactBook, source: Source) -> None:
    """zonder_overdrachten.*: what government gains apart from money that only changes hands."""
    handed = {gain.line.key for gain in transferring(source.outcome)}
    keys = [key for key in source.line_keys if key not in handed]
    public = source.outcome.members(GOVERNMENT)
    told = book.branch("zonder_overdrachten", "zonder_overdrachten", keys or source.line_keys)
    told.flag("bestaat", public and handed)
    told.amount("overheid", total(GAINED.only(keys).of(public)))


def _objection(book: FactBook, branch: str, answer: Answer, figures: Headline) -> None:
    objection = answer.objection
    told = book.branch(branch, "tegenwerping", (f"objection.{objection.code}",), naam=objection.name)
    for leaf, text in (("naam", objection.name), ("wie", objection.who), ("zegt", objection.said)):
        told.text(leaf, text)
    before, after = (figures.benefits_pv, figures.costs_pv), (answer.benefits_pv, answer.costs_pv)
    changed = any(abs(now - then) > NOTHING for now, then in zip(after, before, strict=True))
    told.flag("verandert", changed)
    told.flag("meer_tegelijk", len(objection.changes) > 1)
    told.flag("zonder_overdrachten", objection.code == TRANSFERS)
    _left(told, answer)
    told.flag("dekt", answer.ratio is not None and answer.ratio > 1)
    told.flag("lager", _below(answer.ratio, figures.ratio))


def _left(told: FactBook, answer: Answer) -> None:
    """What is left of benefits, costs and ratio."""
    told.amount("baten", Answered(answer, "benefits_pv"))
    told.amount("kosten", Answered(answer, "costs_pv"))
    told.flag("heeft_verhouding", answer.ratio is not None)
    if answer.ratio is not None:
        told.per_euro("verhouding", Answered(answer, "ratio"))


def _reporting_year(book: FactBook, answer: Answer, whole: float | None) -> None:
    told = book.branch("verslagjaar", "verslagjaar", (f"objection.{COUNTED_YEAR}",))
    _left(told, answer)
    told.flag("lager", _below(answer.ratio, whole))


def _below(ratio_now: float | None, whole: float | None) -> bool:
    """Tell whether one ratio reads as less than another: in whole cents."""
    if ratio_now is None or whole is None:
        return False
    return dutch.whole(100 * ratio_now) < dutch.whole(100 * whole)


def work(book: FactBook, source: Source) -> None:
    """werk.*: what of the benefits is work found, with which shares, and what who finds it gives up."""
    critics, known = load_objections(), source.library
    (change,) = named(source.answers, WORK_DEADWEIGHT).objection.changes
    found = [gain for gain in source.gains if critics.concerns(change, gain.line.effect, known)]
    keys = [gain.line.key for gain in found]
    told = book.branch("werk", "werk", keys)
    told.flag("bestaat", keys)
    told.share("aandeel", ratio(GAINED.only(keys), GAINED))
    for leaf, name in (("zonder_ons", "deadweight"), ("verdringing", "displacement")):
        _range(told, leaf, [gain.line.effect for gain in found], name)
    persons = [party for group in PERSONS for party in source.outcome.members(group)]
    places = source.places(persons)
    losing = [gain for gain in found if gain.amounts[places].sum() < -NOTHING]
    told.flag("levert_in", losing, sources=[gain.line.key for gain in losing] or None)
    given_up = total(-GAINED.only([gain.line.key for gain in losing]).of(persons))
    told.amount("ingeleverd", given_up)
    told.names("wat", _given_up(losing))


def _range(told: FactBook, leaf: str, effects: Sequence[Effect], name: str) -> None:
    """The lowest and the highest share that was used, once where they are the same."""
    modes = [getattr(effect, name).mode for effect in effects]
    shown = tuple(dict.fromkeys(dutch.percent(end) for end in (min(modes), max(modes)))) if modes else ()
    text = word("facts.wording.to", low=shown[0], high=shown[1]) if len(shown) > 1 else "".join(shown)
    told.add(leaf, shown, text)


def _given_up(losing: Sequence[Gain]) -> list[str]:
    """What is lost by name, each once."""
    return list(dict.fromkeys(benefit_name(gain.line.effect) for gain in losing))
