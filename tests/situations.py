"""Small studies made by hand, one for each situation a letter must be honest about. Invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache

from toolkit.kengetallen.library import Library, load_library
from toolkit.method.appraisal import appraise_study
from toolkit.method.montecarlo import Simulation, simulate
from toolkit.method.objections import Answers, answer_objections
from toolkit.method.sensitivity import analyse
from toolkit.method.summary import Summary, summarise
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import (
    TEMPORARY,
    VOLUNTEER_HOURS,
    Activity,
    Effect,
    Initiative,
    Investment,
    PmEffect,
    Referral,
)
from toolkit.model.letter import Letter, Means, Recommendation
from toolkit.model.portfolio import Overlap, Portfolio, Sampling
from toolkit.model.result import StudyOutcome
from toolkit.model.study import Study
from toolkit.reports.facts import Earlier, Facts, build

YEARS = 5
STUDY = Study(
    name="Wat wijkbedrijven opleveren",
    first_year=2025,
    horizon=8,
    price_level=2025,
    activity_years=YEARS,
    counterfactual="Zonder de wijkbedrijven blijft het gewone aanbod van gemeente en partners bestaan",
)
LETTER = Letter(
    municipality="Noorderhaven",
    addressee="De leden van de raad van de gemeente Noorderhaven",
    subject="Wat wijkbedrijven opleveren",
    date=dt.date(2026, 3, 3),
    reference="ZK-2026-001",
    author="A. Steller",
    phone="050 000 00 00",
    attachments="Onderzoek wijkbedrijven; Adviesrapport",
    portfolio_holder="B. Wethouder",
    kind="raadsinformatiebrief",
    researcher="een onderzoeksbureau",
    client="de gemeente",
    checked_by="de afdeling Financiën",
    wider_group="maatschappelijke initiatieven in de stad.",
    next_season="in de zomer van 2027",
    next_form="letter",
    financial_cover="De kosten passen binnen de begroting.",
    signer_1="C. Burger",
    signer_1_role="burgemeester",
    signer_2="D. Secretaris",
    signer_2_role="secretaris",
    notation="mln",
    recommendations=(
        Recommendation(
            "Weeg initiatieven af met een vast kader", "adopt", "Dat helpt bij keuzes", "Wijkzaken", "2026"
        ),
        Recommendation("Maak financiering voor langere tijd mogelijk", "partly"),
        Recommendation("Versterk de samenwerking binnen de gemeente", "decline", "Er is al een overleg."),
        Recommendation("Versterk de samenwerking met partners"),
    ),
    means=(Means("SPUK", 1_250_000, 2027), Means("Regiodeal", None, 2026, "De aanvraag loopt nog")),
)
BARE_LETTER = Letter()


def effect(code: str, kengetal: str, yearly: float, **more) -> Effect:
    """An effect on `yearly` units a year, valued with a kengetal of the library."""
    value = load_library().unit_values[kengetal]
    name = more.pop("change", value.name)
    lasting = value.counting == "instroom"
    return Effect(
        code=code,
        name=name,
        change=name,
        inflow=(Estimate(yearly),) * YEARS,
        unit_value=value,
        domain=value.domain,
        deadweight=Estimate(0.25),
        drop_off=Estimate(0.3 if lasting else 0.0),
        duration=value.max_duration,
        row=code.partition(".")[0],
        people=yearly if lasting else None,
        grade=more.pop("grade", "B"),
        **more,
    )


def money(party: str, name: str, yearly: float, **more) -> Investment:
    """The same amount of euros in every year of activity."""
    return Investment(party, name, (Estimate(yearly),) * YEARS, **more)


def initiative(code: str, name: str, size: float = 1.0, cost: float = 100_000.0, **more) -> Initiative:
    """An initiative with effects in five domains; size scales what it brings, cost what it takes."""
    given = {
        "effects": (
            effect(
                "EF-01.1", "werk_minimumloon", 2 * size, change="Betaald werk gevonden vanuit de bijstand"
            ),
            effect(
                "EF-01.2",
                "bijstand_alleenstaande",
                2 * size,
                change="Betaald werk gevonden vanuit de bijstand",
            ),
            effect("EF-02", "schuld_voorkomen", 10 * size, defaults=("deadweight",)),
            effect("EF-03", "wmo_begeleiding", 900 * size),
            effect("EF-04", "huisartsconsult", 200 * size),
            effect("EF-05", "zorgtoeslag_alsnog", 20 * size, grade="C"),
            effect("EF-06", "besparing_bewoner", 9_000 * size, person="wijkbewoners", grade="D"),
        ),
        "investments": (
            money(
                "gemeente", "subsidie", 0.6 * cost, code="GI-01", term=TEMPORARY, until=2027, scheme="SPUK"
            ),
            money("maatschappelijke_organisaties", "fonds", 0.4 * cost, code="GI-02"),
            money("wijkbewoners", "inzet", 24_000, code="GI-03", kind=VOLUNTEER_HOURS, hours=2_000.0),
        ),
        "pm_effects": (
            PmEffect(
                "Bewoners hebben weer vertrouwen in de overheid.",
                "sociale samenhang",
                "++",
                "gesprekken",
                "B",
                "PM-01",
            ),
            PmEffect("De buurt kent elkaar", "sociale samenhang", "+", "een telling", "A", "PM-02"),
            PmEffect("Meer geluid op straat", "wonen en leefbaarheid", "-", "klachten", "A", "PM-03"),
        ),
        "area": "Noorderhaven",
        "description": "Bewoners repareren fietsen en koken samen",
        "participants": 120.0,
        "residents": 400.0,
    }
    return Initiative(code, name, **given | more)


@dataclass(frozen=True)
class Situation:
    """A portfolio computed, with the letter about it."""

    portfolio: Portfolio
    letter: Letter
    outcome: StudyOutcome
    simulation: Simulation
    answers: Answers
    library: Library
    before: Earlier | None = None

    def facts(self, example: bool = False, findings=()) -> Facts:
        """The facts of the letter."""
        return build(
            self.outcome,
            self.simulation,
            self.answers.study,
            self.portfolio,
            self.letter,
            self.library,
            findings,
            example,
            before=self.before,
        )

    def summary(self, code: str = "") -> Summary:
        """What a workbook shows of the study, or of one initiative by itself."""
        analysis = analyse(self.portfolio, self.library.index)
        if code:
            one = self.outcome.initiatives[code]
            own = self.answers.initiatives[code]
            return summarise(one, self.simulation.initiatives[code], analysis, own, (one.initiative,))
        return summarise(
            self.outcome, self.simulation.study, analysis, self.answers.study, self.portfolio.counted
        )


def situation(initiatives, letter: Letter = LETTER, study: Study = STUDY, overlaps=()) -> Situation:
    """Compute a portfolio with few draws."""
    return computed(Portfolio(study, tuple(initiatives), tuple(overlaps), Sampling(2_000, 1)), letter)


def computed(portfolio: Portfolio, letter: Letter = LETTER) -> Situation:
    """Compute a portfolio as it is."""
    library = load_library()
    outcome, chance = appraise_study(portfolio, library.index), simulate(portfolio, library.index)
    return Situation(portfolio, letter, outcome, chance, answer_objections(portfolio, library), library)


NAMES = {
    "KADE": "De Kade",
    "ANKER": "Het Anker",
    "ERF": "Ons Erf",
    "SPIL": "De Spil",
    "NOORD": "Buurtwerkplaats Noord",
}


STREETS = (
    "Achterom",
    "Bloemhof",
    "Citadel",
    "Dijkzicht",
    "Eikenlaan",
    "Frederik",
    "Gracht",
    "Haven",
    "IJzerplein",
    "Jachtweg",
    "Kerkhof",
    "Lindehof",
    "Molen",
    "Noorderpoort",
    "Oever",
)


def _six(**more) -> list[Initiative]:
    five = [initiative(code, name, **more) for code, name in NAMES.items()]
    return [*five, initiative("PUNT", "Het Trefpunt", counted=False, counted_reason="gestart in het najaar.")]


@cache
def all_pay() -> Situation:
    """Six named, five counted, all of them pay; one pair shares participants."""
    return situation(_six(size=2.0), overlaps=[Overlap("KADE", "ANKER", 30.0)])


@cache
def none_pays() -> Situation:
    """Costs far above the benefits."""
    return situation(_six(size=0.3, cost=400_000.0))


@cache
def mixed() -> Situation:
    """One pays, one costs more, one is open, one has no costs at all."""
    return situation(
        [
            initiative("KADE", "De Kade", size=3.0),
            initiative("ANKER", "Het Anker", size=0.2, cost=300_000.0),
            initiative("ERF", "Ons Erf", size=1.0, cost=190_000.0),
            initiative("SPIL", "De Spil", investments=()),
        ]
    )


@cache
def expected() -> Situation:
    """More benefits than costs, but not if things go against it."""
    return situation(_six(cost=220_000.0))


@cache
def about_equal() -> Situation:
    """Benefits and costs are nearly the same."""
    return situation(_six(cost=255_000.0))


@cache
def uncertain() -> Situation:
    """A little less benefits than costs, and the sign is open."""
    return situation(_six(cost=280_000.0))


@cache
def one_initiative() -> Situation:
    """One wijkbedrijf, one recommendation, one PM effect, one temporary amount."""
    alone = initiative("KADE", "De Kade", size=2.0)
    letter = replace(
        LETTER, recommendations=LETTER.recommendations[:1], means=LETTER.means[:1], attachments="Rapport"
    )
    return situation([replace(alone, pm_effects=alone.pm_effects[:1])], letter)


@cache
def a_group_loses() -> Situation:
    """Benefits of the municipality that participants pay for: welfare ends without work."""
    losing = (effect("EF-01", "bijstand_alleenstaande", 20.0), effect("EF-02", "wmo_begeleiding", 900.0))
    return situation([initiative(code, name, effects=losing) for code, name in NAMES.items()])


@cache
def bare() -> Situation:
    """Nothing filled in beyond the sums: no PM, no recommendations, no means, no fields, no ranges."""
    plain = replace(load_library().unit_values["besparing_bewoner"], amount=Estimate(1.0))
    only = Effect("E1", "Geld bespaard", (Estimate(50_000.0),) * YEARS, plain, domain="inkomen en armoede")
    alone = Initiative(
        "KADE", "De Kade", effects=(only,), investments=(money("gemeente", "subsidie", 10_000),)
    )
    return situation([alone], BARE_LETTER, replace(STUDY, counterfactual=""))


@cache
def harmful() -> Situation:
    """More is spent because of it: benefits below zero."""
    worse = (effect("EF-01", "wmo_begeleiding", 500.0, direction="more"),)
    return situation(
        [initiative("KADE", "De Kade", effects=worse), initiative("ANKER", "Het Anker", effects=worse)]
    )


@cache
def without_costs() -> Situation:
    """No costs at all, so no ratio."""
    return situation(
        [initiative("KADE", "De Kade", investments=()), initiative("ERF", "Ons Erf", investments=())]
    )


@cache
def own_parties() -> Situation:
    """A study with parties and groups of its own, and names that are no plain codes."""
    value = replace(
        load_library().unit_values["besparing_bewoner"], code="", name="", shares={"residents": 1.0}
    )
    only = Effect("E 1", "Fewer visits", (Estimate(90.0),) * YEARS, value, domain="health", grade="B")
    cost = money("council", "grant", 20.0)
    study = replace(STUDY, parties={"residents": "Totaal | {x}", "council": "totaal"})
    return situation(
        [Initiative("W T M", "**Wheels** {to} | Meals", effects=(only,), investments=(cost,))], study=study
    )


@cache
def many() -> Situation:
    """Fifteen wijkbedrijven, more than a sentence names; one does not count and two cost more."""
    named = [
        initiative(f"W{n:02d}", f"Wijkbedrijf {name}", size=0.2 if n > 12 else 2.0)
        for n, name in enumerate(STREETS, 1)
    ]
    return situation([replace(named[0], counted=False, counted_reason="nog geen vol jaar"), *named[1:]])


@cache
def wide_band() -> Situation:
    """More benefits than costs in the middle, but hardly anything is known: the band crosses one euro."""
    vague = tuple(
        replace(e, inflow=tuple(Estimate(n.mode, 0.0, 4.0 * n.mode) for n in e.inflow), grade="D")
        for e in initiative("KADE", "De Kade").effects
    )
    return situation([initiative("KADE", "De Kade", cost=300_000.0, effects=vague)])


@cache
def residents_gain() -> Situation:
    """Participants gain most and government little; nothing is without a price."""
    own = (
        effect("EF-01", "besparing_bewoner", 150_000.0, grade="A"),
        effect("EF-02", "huurtoeslag_alsnog", 4.0),
        effect("EF-03", "wmo_huishoudelijke_hulp", 900.0),
    )
    return situation([initiative(code, name, effects=own, pm_effects=()) for code, name in NAMES.items()])


@cache
def secured() -> Situation:
    """All money is there to stay, and the college adopts every recommendation."""
    lasting = (money("gemeente", "subsidie", 60_000, code="GI-01"), money("rijk", "regeling", 20_000))
    letter = replace(
        LETTER,
        kind="raadsbrief",
        means=(),
        notation="miljoen",
        asked="Wij vragen u in te stemmen met een subsidie voor vier jaar",
        financial_cover="Het geld staat in de meerjarenbegroting",
        recommendations=tuple(replace(r, response="adopt") for r in LETTER.recommendations[:2]),
    )
    pair = [initiative(code, name, 1.5, investments=lasting) for code, name in list(NAMES.items())[:2]]
    return situation(pair, letter, overlaps=[Overlap("KADE", "ANKER", 0.0)])


@cache
def growth() -> Situation:
    """Few people in the reporting year and many later, the same money each year, and a renovation."""
    grown = tuple(
        replace(e, inflow=tuple(Estimate(n.mode * part) for n, part in zip(e.inflow, GROWTH, strict=True)))
        for e in initiative("KADE", "De Kade").effects
    )
    renovation = Investment("provincie", "verbouwing", (Estimate(50_000.0),), code="GI-04")
    costs = (money("gemeente", "subsidie", 60_000, code="GI-01"), renovation)
    return situation([initiative("KADE", "De Kade", effects=grown, investments=costs)])


GROWTH = (0.2, 0.4, 0.7, 1.0, 1.0)


@cache
def extra_spending() -> Situation:
    """The municipality spends less on care, and loses more on debt help than it gains beside that."""
    both = (
        effect("EF-01", "wmo_begeleiding", 900.0),
        effect("EF-02", "schuldhulptraject", 10.0, direction="more"),
    )
    return situation([initiative(code, name, effects=both) for code, name in list(NAMES.items())[:2]])


@cache
def spends_more() -> Situation:
    """What the municipality spends extra is more than what it spends less."""
    both = (
        effect("EF-01", "wmo_begeleiding", 200.0),
        effect("EF-02", "schuldhulptraject", 30.0, direction="more"),
        effect("EF-03", "besparing_bewoner", 150_000.0),
    )
    return situation([initiative("KADE", "De Kade", effects=both)])


@cache
def nobody_promised() -> Situation:
    """No cover for any of the costs."""
    still_open = (money("gemeente", "subsidie", 60_000, code="GI-01", term=TEMPORARY, until=2024),)
    return situation([initiative("KADE", "De Kade", investments=still_open)])


PROGRESS = replace(
    LETTER,
    kind="voortgangsbrief",
    previous_letter="3 februari 2025 (ZK-2025-014)",
    recommendations=(
        replace(LETTER.recommendations[0], progress="Het kader is klaar en wordt dit jaar gebruikt"),
        *LETTER.recommendations[1:],
    ),
)


def _followed(now: Situation, then: Situation) -> Situation:
    return replace(now, before=Earlier(then.portfolio, then.outcome))


def progress() -> Situation:
    """A year later: one initiative more, one less, and higher benefits."""
    named = list(NAMES.items())
    then = situation([initiative(code, name, 0.8) for code, name in named[:4]])
    return _followed(situation([initiative(code, name) for code, name in named[1:]], PROGRESS), then)


def progress_downwards() -> Situation:
    """A year later, over fewer years: the same initiative brings less, and what was printed is known."""
    then = situation([initiative("KADE", "De Kade")], study=replace(STUDY, horizon=10))
    printed = replace(PROGRESS, published_total=1_900_000.0, published_ratio=3.6)
    return _followed(situation([initiative("KADE", "De Kade", 0.7)], printed), then)


def progress_alone() -> Situation:
    """A progress letter without figures to compare with."""
    pair = [initiative(code, name) for code, name in list(NAMES.items())[:2]]
    return situation(pair, replace(PROGRESS, previous_letter=""))


@cache
def told_beside() -> Situation:
    """What stands beside the euros: outputs, referrals, people per effect; and totals that nobody counted."""
    usual = effect("EF-01", "besparing_bewoner", 400.0, defaults=("total",), grade="D")
    counted = effect("EF-02", "wmo_begeleiding", 900.0)
    proud = PmEffect(
        "Trots op de wijk",
        "sociale samenhang",
        "+",
        "gesprekken",
        "B",
        "PM-01",
        people=24.0,
        outputs="koffie",
    )
    kade = initiative(
        "KADE",
        "De Kade",
        effects=(usual, counted),
        pm_effects=(proud,),
        activities=(
            Activity("Samen eten", "maaltijden", 3_200.0, 90.0, "WD-01", kind="meals"),
            Activity("Fietsen", "reparaties", 400.0, 60.0, "WD-02", kind="repairs"),
            Activity("Feest", "buurtfeesten", 1.0, 200.0, "WD-03"),
        ),
        referrals=(
            Referral("schuldhulp", 14.0, "DV-01", kind="debt_help"),
            Referral("taalles of scholing", 12.0, "DV-02", kind="language"),
        ),
    )
    anker = initiative(
        "ANKER",
        "Het Anker",
        effects=(counted,),
        pm_effects=(replace(proud, people=11.0),),
        activities=(Activity("Soep", "maaltijden", 1_000.0, 40.0, "WD-01", kind="meals"),),
    )
    letter = replace(LETTER, published_total=9_000_000.0, published_ratio=1.25)
    return situation([kade, anker], letter)


SITUATIONS = {
    made.__name__: made
    for made in (
        all_pay,
        none_pays,
        mixed,
        expected,
        about_equal,
        uncertain,
        one_initiative,
        a_group_loses,
        bare,
        harmful,
        without_costs,
        own_parties,
        many,
        wide_band,
        residents_gain,
        secured,
        growth,
        extra_spending,
        spends_more,
        nobody_promised,
        progress,
        progress_downwards,
        progress_alone,
        told_beside,
    )
}
