"""Facts about the study as a whole: its settings, total, ratio, band and payback."""

from __future__ import annotations

import math
from dataclasses import replace

from toolkit.method.appraisal import NOISE, headline
from toolkit.method.figures import (
    NOTHING,
    participants,
    paying_initiatives,
    public_payer,
    volunteer_hours,
)
from toolkit.method.returns import break_even_participants
from toolkit.method.verdict import NO_COSTS, VERDICTS, verdict
from toolkit.model.study import NO_COVER
from toolkit.reports.facts.fact import METHOD, FactBook
from toolkit.reports.facts.recipe import BALANCE, GAINED, PAID, Percentile, Ratio, loss
from toolkit.reports.facts.recipe import ratio as ratio_of
from toolkit.reports.facts.recipe import total as added
from toolkit.reports.facts.source import Source
from toolkit.words import dutch
from toolkit.words.vocabulary import word

LEAST_OF_HUNDRED = 95
"""The verdict that it pays asks for the 5th percentile above one: at least so many of a hundred draws."""
LEAST_ROOM = 0.005
"""With less room than this between benefits and costs, per cents cannot tell how much it is."""

RATIO_FACTS = ("verhouding.waarde", "verhouding.laag", "verhouding.midden", "verhouding.hoog")


def settings(book: FactBook, source: Source) -> None:
    """studie.*: years, price level, discount rate, what it is compared with."""
    study = source.study
    book.text("studie.naam", study.name, sources=("study.name",))
    book.text("studie.nulalternatief", study.counterfactual, sources=("study.counterfactual",))
    book.count("studie.jaren", study.activity_years, sources=("study.activity_years",))
    book.count("studie.zichtperiode", study.horizon, sources=("study.horizon",))
    book.year("studie.eerste_jaar", study.first_year, sources=("study.first_year",))
    when = ("study.first_year", "study.activity_years", "study.horizon")
    book.year("studie.laatste_jaar", study.first_year + study.activity_years - 1, sources=when[:2])
    book.year("studie.laatste_batenjaar", study.years[-1], sources=(when[0], when[2]))
    book.year("studie.prijspeil", study.price_level, sources=("study.price_level",))
    rate = study.discount_rate
    book.add("studie.discontovoet", rate, _plain_percent(rate), sources=("study.discount_rate",))
    written = source.letter.date.year if source.letter.date else study.first_year
    book.flag("studie.kijkt_vooruit", study.years[-1] > written, sources=(*when, "letter.date"))
    beyond = [line.key for line in source.outcome.lines if line.beyond > 0]
    book.flag("studie.effecten_na_zichtperiode", beyond, sources=beyond or ("study.horizon",))
    book.flag(
        "studie.met_vrijwilligersuren",
        study.include_volunteer_hours,
        sources=("study.include_volunteer_hours",),
    )
    _volunteer_hours(book, source)


def _plain_percent(share: float) -> str:
    """A percentage with as few decimals as it needs, at most two."""
    for decimals in (0, 1):
        if not dutch.about(share * 100, round(share * 100, decimals)):
            return dutch.percent(share, decimals)
    return dutch.percent(share, 2)


def _volunteer_hours(book: FactBook, source: Source) -> None:
    """Hours per year of all counted initiatives together."""
    told = [(initiative.code, *volunteer_hours(initiative, source.study)) for initiative in source.counted]
    hours = sum(hours for _, hours, _ in told)
    keys = [f"{code}.{item.code}" for code, _, items in told for item in items]
    book.flag("vrijwilligers.heeft_uren", hours > 0, sources=keys)
    book.number("vrijwilligers.uren_per_jaar", hours, sources=keys)


def total(book: FactBook, source: Source) -> None:
    """totaal.*, verhouding.*, terugverdientijd.* and the verdict on the whole."""
    figures, both = headline(source.outcome), source.line_keys + source.cost_keys
    benefits, costs, balance = figures.benefits_pv, figures.costs_pv, figures.npv
    book.amount("totaal.baten", added(GAINED), sources=source.line_keys)
    book.amount("totaal.kosten", added(PAID), sources=source.cost_keys)
    book.amount("totaal.saldo", added(*BALANCE), sources=both)
    gap = BALANCE if balance >= 0 else tuple(-part for part in BALANCE)
    book.amount("totaal.verschil", added(*gap), sources=both)
    book.flag("totaal.saldo_positief", balance > NOTHING, sources=both)
    book.amount("totaal.nadeel", loss(GAINED), sources=source.line_keys)
    book.flag("totaal.baten_negatief", benefits < -NOTHING, sources=source.line_keys)
    highest = source.simulation.study.benefits_pv.percentiles["p95"]
    book.flag("totaal.zeker_nadelig", highest < -NOTHING, sources=both)
    for end, point in (("laag", "p95"), ("hoog", "p5")):
        lost = Percentile("benefits_pv", point, is_loss=True)
        book.about(f"totaal.nadeel_{end}", lost, sources=both)
    for name, figure in (("baten", "benefits_pv"), ("saldo", "npv")):
        for end, point in (("laag", "p5"), ("hoog", "p95")):
            book.about(f"totaal.{name}_{end}", Percentile(figure, point), sources=both)
    _verdicts(book, source, figures.ratio, both)
    _ratio(book, source, figures.ratio, both)
    payback = figures.payback_year
    book.flag("terugverdientijd.bestaat", payback is not None, sources=both)
    if payback is not None:
        book.count("terugverdientijd.jaren", payback, sources=both)
    room = costs > NOTHING and balance > max(NOTHING, LEAST_ROOM * benefits)
    book.flag("omslag.bestaat", room, sources=both)
    if room:
        book.share("omslag.baten", ratio_of(added(*BALANCE), GAINED), sources=both)
    _break_even(book, source, benefits, costs)


def _break_even(book: FactBook, source: Source, benefits: float, costs: float) -> None:
    """omslag.deelnemers: how many participants it takes, where every counted initiative told its number."""
    sources = [f"{initiative.code}.participants" for initiative in source.counted]
    needed = break_even_participants(participants(source.counted), benefits, costs)
    book.flag("omslag.deelnemers_bekend", needed is not None, sources=sources)
    if needed is not None:
        told = dutch.number(math.ceil(needed))
        book.add("omslag.deelnemers", needed, told, sources=[*sources, "totaal.baten", "totaal.kosten"])


def _verdicts(book: FactBook, source: Source, ratio: float | None, both: tuple[str, ...]) -> None:
    found = verdict(source.simulation.study, ratio)
    judged = RATIO_FACTS if found != NO_COSTS else both
    for name in VERDICTS:
        book.flag(name, name == found, sources=judged)


def _ratio(book: FactBook, source: Source, ratio: float | None, both: tuple[str, ...]) -> None:
    spread = source.simulation.study.ratio
    exists = ratio is not None and spread is not None
    book.flag("verhouding.bestaat", exists, sources=both)
    if exists:
        book.per_euro("verhouding.waarde", ratio_of(GAINED, PAID), sources=both)
        for name, point in (("laag", "p5"), ("midden", "p50"), ("hoog", "p95")):
            book.per_euro(f"verhouding.{name}", Percentile("ratio", point), sources=both)
    _with_costs_only(book, source)
    _per_public_euro(book, source, both)
    _draws_above(book, source, both)


def _with_costs_only(book: FactBook, source: Source) -> None:
    """verhouding.met_kosten: the ratio without initiatives whose costs are unknown, where there are some."""
    paying = paying_initiatives(source.outcome)
    unknown = [initiative.code for initiative in source.counted if initiative.code not in paying]
    flattered = bool(paying and unknown)
    book.flag("verhouding.geflatteerd", flattered, sources=source.cost_keys or source.line_keys)
    if flattered:
        keys = tuple(line.key for line in source.outcome.lines if line.initiative in paying)
        sources = keys + source.cost_keys
        book.per_euro("verhouding.met_kosten", ratio_of(GAINED.only(keys), PAID), sources=sources)


def _per_public_euro(book: FactBook, source: Source, both: tuple[str, ...]) -> None:
    """Benefits per euro of the municipality, or of government where the municipality pays little.

    Of the years in which all costs have cover; where some have not, also of all years if it pays those too.
    """
    payer = public_payer(source.outcome)
    book.flag("verhouding.publiek_bestaat", payer, sources=both)
    book.flag("verhouding.publiek_met_tekort", payer and payer.with_gap is not None, sources=both)
    if payer is None:
        return
    paid = PAID.of(payer.parties)
    wie = word(f"facts.public_payer.{payer.name}")
    book.text("verhouding.publiek_wie", wie, sources=source.cost_keys)
    if payer.with_gap is None:
        book.per_euro("verhouding.publiek", ratio_of(GAINED, paid), sources=both)
        return
    covered = source.covered_years
    gained = replace(GAINED, inflow=tuple(map(source.study.years.index, covered)))
    in_those = added(*(replace(paid, year=year) for year in covered))
    book.per_euro("verhouding.publiek", Ratio(added(gained), in_those), sources=both)
    everything = ratio_of(GAINED, PAID.of((*payer.parties, NO_COVER)))
    book.per_euro("verhouding.publiek_als_gedekt", everything, sources=both)


def _draws_above(book: FactBook, source: Source, both: tuple[str, ...]) -> None:
    """zekerheid.hoger: in how many of a hundred draws at least the benefits are higher than the costs.

    Rounded down, and never more than what the verdict asks for: the draws tell nothing finer.
    """
    share = source.simulation.study.chance_benefits_exceed_costs
    least = min(LEAST_OF_HUNDRED, math.floor(100 * share + NOISE))
    of_hundred = word("facts.wording.of_hundred", n=least)
    book.add("zekerheid.hoger", least, of_hundred, sources=(*both, "sampling.draws"))
    asked = word("facts.wording.of_hundred", n=LEAST_OF_HUNDRED)
    book.add("zekerheid.grens", LEAST_OF_HUNDRED, asked, sources=(METHOD,))
