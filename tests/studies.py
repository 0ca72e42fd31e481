"""Small studies for tests: the shortest way to one, and hypothesis strategies for any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from toolkit.exchange.outcome import as_json
from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import appraise_study
from toolkit.method.montecarlo import Simulation
from toolkit.method.objections import answer_objections
from toolkit.model.estimate import Estimate, estimate
from toolkit.model.finding import Finding
from toolkit.model.initiative import (
    IN_KIND,
    MONEY,
    VOLUNTEER_HOURS,
    Effect,
    Initiative,
    Investment,
    TargetGroup,
)
from toolkit.model.portfolio import Overlap, Portfolio, Sampling
from toolkit.model.study import DOMAINS, PARTY_GROUPS, Study
from toolkit.model.unit_value import PERSON, UnitValue

YEAR = 2025


def study(horizon: int = 1, **settings: object) -> Study:
    """A study at price level 2025, by default of one year and without discounting."""
    return Study(
        **{
            "name": "Test",
            "first_year": YEAR,
            "horizon": horizon,
            "price_level": YEAR,
            "discount_rate": 0.0,
            "activity_years": 1,
        }
        | settings
    )


def unit_value(amount: float | Estimate, code: str = "", **rest: object) -> UnitValue:
    """Real gain of the municipality, at the price level of the study."""
    return UnitValue(
        **{
            "code": code,
            "amount": estimate(amount),
            "price_year": YEAR,
            "kind": "welvaart",
            "shares": {"gemeente": 1.0},
        }
        | rest
    )


def effect(amount: float | Estimate, *inflow: float | Estimate, code: str = "E1", **rest: object) -> Effect:
    """An effect with a unit value of its own; numbers become estimates."""
    shares = {
        name: estimate(rest.pop(name))
        for name in ("deadweight", "displacement", "attribution", "drop_off")
        if name in rest
    }
    value = rest.pop("unit_value", None) or unit_value(amount)
    numbers = tuple(estimate(number) for number in inflow)
    return Effect(
        **{"code": code, "name": code, "inflow": numbers, "unit_value": value, "domain": "gezondheid"}
        | shares
        | rest
    )


def cost(*amounts: float | Estimate, name: str = "cost", **rest: object) -> Investment:
    """Money of the municipality per year."""
    return Investment(
        **{"party": "gemeente", "name": name, "amounts": tuple(estimate(a) for a in amounts)} | rest
    )


def initiative(*parts: Effect | Investment, code: str = "A", **rest: object) -> Initiative:
    """An initiative with these effects and investments."""
    return Initiative(
        code=code,
        name=code,
        effects=tuple(part for part in parts if isinstance(part, Effect)),
        investments=tuple(part for part in parts if isinstance(part, Investment)),
        **rest,
    )


def portfolio(*initiatives: Initiative, sampling: Sampling | None = None, **settings: object) -> Portfolio:
    """A portfolio of these initiatives; `settings` are those of the study, and overlaps."""
    overlaps = settings.pop("overlaps", ())
    return Portfolio(study(**settings), initiatives, overlaps, sampling)


def as_object(
    any_portfolio: Portfolio,
    library: Library,
    simulation: Simulation | None = None,
    findings: Iterable[Finding] = (),
) -> dict:
    """The outcome of a portfolio as other systems read it."""
    answers = answer_objections(any_portfolio, library)
    return as_json(appraise_study(any_portfolio, library.index), answers, simulation, findings)


# --- any study ---

SHARES = st.floats(0, 1).map(lambda share: round(share, 3))
AMOUNTS = st.floats(0, 1e6).map(lambda amount: round(amount, 2))
PARTIES = st.sampled_from(list(PARTY_GROUPS))


def ranged(numbers: st.SearchStrategy[float], lowest: float, highest: float) -> st.SearchStrategy[Estimate]:
    """A number with or without a range of any distribution around it."""

    def around(number: float, below: float, above: float, dist: str) -> Estimate:
        low = max(lowest, number - below * (abs(number) + 0.1))
        high = min(highest, number + above * (abs(number) + 0.1))
        if dist == "lognormal" and low <= 0:
            dist = "uniform"
        return Estimate(number, low, high, dist)

    distributions = st.sampled_from(("pert", "triangular", "uniform", "normal", "lognormal"))
    part = st.floats(0, 0.5)
    return st.one_of(numbers.map(Estimate), st.builds(around, numbers, part, part, distributions))


RANGED_SHARES = ranged(SHARES, 0.0, 1.0)
RANGED_AMOUNTS = ranged(AMOUNTS, 0.0, float("inf"))
RANGED_VALUES = ranged(st.floats(-1e4, 1e4).map(lambda v: round(v, 2)), -float("inf"), float("inf"))


@st.composite
def unit_values(draw, codes: tuple[str, ...] = ()) -> UnitValue:
    """A unit value of any kind, its shares fitting; from `codes` the shared ones, always the same amount."""
    kind = draw(st.sampled_from(("welvaart", "overdracht", "uit_kosten")))
    gains, other = draw(PARTIES), draw(SHARES)
    if kind == "overdracht":
        shares = {PERSON: 1.0, draw(st.sampled_from(("gemeente", "rijk"))): -1.0}
    else:
        shares = {PERSON: other, gains: 1 - other}
    code = draw(st.sampled_from(("", *codes)))
    amount = Estimate(100.0 * len(code), 50.0 * len(code), 250.0 * len(code)) if code else draw(RANGED_VALUES)
    year = YEAR if code else draw(st.integers(2015, 2027))
    return unit_value(amount, code, kind=kind, shares=shares, price_year=year, grade=draw(GRADES))


GRADES = st.sampled_from(("", "A", "B", "C", "D"))


@st.composite
def effects(draw, code: str, horizon: int) -> Effect:
    """One effect of any size."""
    return Effect(
        code=code,
        name=f"effect {code}",
        inflow=tuple(draw(st.lists(RANGED_AMOUNTS, max_size=horizon))),
        unit_value=draw(unit_values(codes=("v", "vv"))),
        domain=draw(st.sampled_from(DOMAINS)),
        deadweight=draw(RANGED_SHARES),
        displacement=draw(RANGED_SHARES),
        attribution=draw(RANGED_SHARES),
        drop_off=draw(RANGED_SHARES),
        duration=draw(st.integers(1, horizon + 2)),
        lag=draw(st.integers(0, 1)),
        direction=draw(st.sampled_from(("less", "more"))),
        factor=draw(st.sampled_from((1.0, -1.0, 0.5))),
        people=draw(st.one_of(st.none(), AMOUNTS)),
        person=draw(st.sampled_from(("deelnemers", "wijkbewoners"))),
        grade=draw(GRADES),
        expected_grade=draw(GRADES),
        change=draw(st.sampled_from(("", "", "work", "debts"))),
        row=code if draw(st.booleans()) else "",
    )


@st.composite
def initiatives(draw, code: str, horizon: int) -> Initiative:
    """One initiative with up to four effects and up to three investments."""
    found = tuple(draw(effects(f"E{n}", horizon)) for n in range(draw(st.integers(0, 4))))
    money = tuple(
        Investment(
            draw(PARTIES),
            f"cost {n}",
            tuple(draw(st.lists(RANGED_AMOUNTS, max_size=horizon))),
            draw(st.sampled_from((MONEY, IN_KIND, VOLUNTEER_HOURS))),
            until=draw(st.one_of(st.none(), st.integers(YEAR - 1, YEAR + horizon))),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    counted = draw(st.booleans())
    return Initiative(
        code,
        f"initiative {code}",
        counted,
        "" if counted else "too young",
        money,
        found,
        target_groups=(TargetGroup("youth", "wijkbewoners", 20.0),),
        participants=draw(st.one_of(st.none(), st.floats(100, 200))),
    )


@st.composite
def portfolios(draw, draws: int = 50) -> Portfolio:
    """A portfolio of up to three initiatives, with or without people in common."""
    horizon = draw(st.integers(1, 6))
    timing = st.sampled_from(("begin", "middle", "end"))
    made = tuple(draw(initiatives(code, horizon)) for code in "ABC"[: draw(st.integers(1, 3))])
    overlaps = tuple(
        Overlap(first.code, second.code, draw(st.one_of(st.none(), st.integers(0, 100))))
        for place, first in enumerate(made)
        for second in made[place + 1 :]
    )
    settings = study(
        horizon,
        discount_rate=draw(SHARES),
        timing_benefits=draw(timing),
        timing_costs=draw(timing),
        include_volunteer_hours=draw(st.booleans()),
    )
    return Portfolio(settings, made, overlaps, Sampling(draws, draw(st.integers(0, 99))))


def shuffled(portfolio: Portfolio) -> Portfolio:
    """The same portfolio with all rows in reverse order."""
    turned = tuple(
        replace(i, effects=i.effects[::-1], investments=i.investments[::-1]) for i in portfolio.initiatives
    )
    return replace(portfolio, initiatives=turned[::-1], overlaps=portfolio.overlaps[::-1])
