"""What is left if a critic is right: every line against the study with that change made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from studies import cost, effect, initiative, portfolio, portfolios, unit_value

from toolkit.kengetallen.library import load_library
from toolkit.kengetallen.objections import load_objections
from toolkit.kengetallen.peers import comparable
from toolkit.method.appraisal import appraise_study
from toolkit.method.objections import Answer, answer_objections
from toolkit.model.estimate import Estimate
from toolkit.model.initiative import VOLUNTEER_HOURS, Initiative
from toolkit.model.portfolio import Overlap, Portfolio

LIBRARY = load_library()
CODES = (
    "counted_year", "horizon", "work_deadweight", "displacement", "recovering", "leisure_25", "leisure_50",
    "average_price", "overlap", "volunteers", "discount", "hardest", "transfers", "peer", "cautious",
)  # fmt: skip
WORK = "werk en participatie"
WAGE = unit_value(1000, shares={"persoon": 0.8, "rijk": 0.2})


def lines(any_portfolio: Portfolio) -> dict[str, Answer]:
    """The answers for the study, by the code of the objection."""
    return {a.objection.code: a for a in answer_objections(any_portfolio, LIBRARY).study}


def sides(answer: Answer) -> tuple[float, float]:
    return pytest.approx((answer.benefits_pv, answer.costs_pv))


def found(any_portfolio: Portfolio) -> tuple[float, float]:
    """The total benefits and costs as the engine has them."""
    outcome = appraise_study(any_portfolio, LIBRARY.index)
    return outcome.benefits_pv, outcome.costs_pv


def work(**rest: object) -> object:
    return effect(0, 10, 10, unit_value=WAGE, domain=WORK, **rest)


def study_of(*parts: object, **settings: object) -> Portfolio:
    plain = {"horizon": 4, "activity_years": 2, "discount_rate": 0.02}
    return portfolio(initiative(*parts, participants=40), **(plain | settings))


def test_the_lines_have_their_codes_and_their_order_for_the_study_and_every_initiative():
    answers = answer_objections(study_of(work(), cost(5000)), LIBRARY)
    for some in (answers.study, answers.initiatives["A"]):
        assert tuple(answer.objection.code for answer in some) == CODES


def test_lines_keep_their_place_where_they_change_nothing():
    empty = lines(study_of(cost(5000)))
    assert tuple(empty) == CODES
    assert {sides(a) == (0.0, 5000.0) for c, a in empty.items() if c not in ("counted_year", "peer")} == {
        True
    }


def test_the_reporting_year_has_its_own_people_and_its_part_of_a_renovation():
    rows = (
        effect(100, 10, 50, duration=3),
        cost(300, 300, name="rent"),
        cost(0, 4000, name="renovation"),
        cost(80, name="party"),
    )
    answer = lines(study_of(*rows))["counted_year"]
    by_hand = study_of(effect(100, 10, duration=3), cost(300), cost(2000), cost(40))
    assert sides(answer) == found(by_hand)
    assert answer.ratio == pytest.approx(answer.benefits_pv / 2340)


def test_effects_stop_with_the_activities():
    rows = effect(100, 10, 10, duration=4), cost(300)
    assert sides(lines(study_of(*rows))["horizon"]) == found(study_of(*rows, horizon=2))


def test_at_least_half_of_those_who_found_work_would_have_found_it_anyway():
    rows = work(deadweight=0.2), effect(50, 9, code="E2", deadweight=0.2), cost(300)
    by_hand = work(deadweight=0.5), *rows[1:]
    assert sides(lines(study_of(*rows))["work_deadweight"]) == found(study_of(*by_hand))
    more = work(deadweight=0.7), *rows[1:]
    assert sides(lines(study_of(*more))["work_deadweight"]) == found(study_of(*more))


def test_at_least_half_of_the_jobs_displace_somebody_else():
    rows = work(displacement=0.3), effect(50, 9, code="E2")
    assert sides(lines(study_of(*rows))["displacement"]) == found(
        study_of(work(displacement=0.5), effect(50, 9, code="E2"))
    )


def test_participants_were_recovering_already():
    rows = work(deadweight=0.2), effect(50, 9, code="E2", deadweight=0.9)
    by_hand = work(deadweight=0.45), effect(50, 9, code="E2", deadweight=1.0)
    assert sides(lines(study_of(*rows))["recovering"]) == found(study_of(*by_hand))


@pytest.mark.parametrize(("code", "lost"), [("leisure_25", 0.25), ("leisure_50", 0.5)])
def test_a_part_of_what_a_person_gains_from_wages_is_lost_leisure(code, lost):
    benefits, _ = found(study_of(work()))
    answer = lines(study_of(work()))[code]
    assert answer.benefits_pv == pytest.approx(benefits * (1 - 0.8 * lost))


def test_who_loses_wages_gets_no_leisure_for_it():
    rows = work(), work(code="E2", factor=-0.5), work(code="E3", direction="more")
    assert sides(lines(study_of(*rows[1:]))["leisure_50"]) == found(study_of(*rows[1:]))
    benefits, wage = (found(study_of(*some))[0] for some in (rows, rows[:1]))
    assert lines(study_of(*rows))["leisure_50"].benefits_pv == pytest.approx(benefits - 0.8 * 0.5 * wage)


def test_lost_leisure_leaves_transfers_and_other_domains_alone():
    moved = unit_value(500, kind="overdracht", shares={"persoon": -1.0, "gemeente": 1.0})
    rows = effect(0, 5, unit_value=moved, domain=WORK), effect(0, 5, code="E2", unit_value=WAGE)
    assert sides(lines(study_of(*rows))["leisure_50"]) == found(study_of(*rows))


def test_an_average_price_is_no_saving():
    domains = ("maatschappelijke ondersteuning", "gezondheid", "schulden", "inkomen en armoede")
    rows = [effect(100, 10, code=f"E{n}", domain=domain) for n, domain in enumerate(domains)]
    assert lines(study_of(*rows))["average_price"].benefits_pv == pytest.approx(3 * 500 + 1000)


def test_where_nobody_asked_a_quarter_of_the_smaller_comes_to_both():
    pair = [
        initiative(effect(100, 10, people=10), code=code, participants=n)
        for code, n in (("A", 40), ("B", 80))
    ]
    answer = lines(portfolio(*pair))["overlap"]
    assert sides(answer) == found(portfolio(*pair, overlaps=(Overlap("A", "B", 10),)))
    told = portfolio(*pair, overlaps=(Overlap("A", "B", 4),))
    assert sides(lines(told)["overlap"]) == found(told)


def test_hours_of_volunteers_are_costs_and_their_effects_stay_outside():
    hours = cost(900, name="hours", kind=VOLUNTEER_HOURS)
    answer = lines(study_of(work(), cost(300), hours))["volunteers"]
    assert sides(answer) == found(study_of(work(), cost(300), cost(900, name="hours")))


def test_the_discount_rate_is_one_point_higher():
    rows = effect(100, 10, duration=4), cost(300, 300)
    assert sides(lines(study_of(*rows))["discount"]) == found(study_of(*rows, discount_rate=0.03))


def test_the_assumption_with_the_widest_swing_lies_at_its_unfavourable_end():
    few, wide = Estimate(0.5, 0.4, 0.9), Estimate(100, 90, 105)
    rows = (
        effect(wide, 10, deadweight=few, change="x"),
        effect(wide, 4, code="E2", deadweight=few, change="x"),
    )
    answer = lines(study_of(*rows, cost(300)))["hardest"]
    by_hand = effect(100, 10, deadweight=0.9), effect(100, 4, code="E2", deadweight=0.9)
    assert sides(answer) == found(study_of(*by_hand, cost(300)))


def test_without_transfers_the_total_and_the_ratio_stay():
    answers = lines(study_of(work(), cost(300)))
    assert sides(answers["transfers"]) == found(study_of(work(), cost(300)))


def test_the_same_money_elsewhere_has_the_lowest_ratio_that_others_found():
    answer = lines(study_of(work(), cost(300)))["peer"]
    assert answer.ratio == pytest.approx(min(peer.ratio for peer in comparable(LIBRARY.peers)))
    assert answer.costs_pv == 300.0


def test_the_cautious_reading_makes_four_changes_together():
    rows = work(deadweight=0.2, duration=3), effect(100, 10, code="E2", duration=4), cost(300)
    wage = replace(WAGE, shares={"persoon": 0.6, "rijk": 0.2})
    by_hand = (
        effect(0, 10, 10, unit_value=wage, domain=WORK, deadweight=0.5, duration=3),
        *rows[1:],
    )
    answer = lines(study_of(*rows))["cautious"]
    assert sides(answer) == found(study_of(*by_hand, horizon=2, discount_rate=0.03))


def test_work_is_known_by_its_change_where_the_library_knows_that():
    known = LIBRARY.changes[load_objections().work_changes[0]]
    other = next(c for c in LIBRARY.changes.values() if c.code not in load_objections().work_changes)
    elsewhere = effect(100, 10, change=known.name, domain="inkomen en armoede")
    assert lines(study_of(elsewhere))["work_deadweight"].benefits_pv == pytest.approx(500)
    no_work = effect(100, 10, change=other.name, domain=WORK)
    assert lines(study_of(no_work))["work_deadweight"].benefits_pv == pytest.approx(1000)
    own_words = effect(100, 10, change="iets anders", domain=WORK)
    assert lines(study_of(own_words))["work_deadweight"].benefits_pv == pytest.approx(500)


def test_every_change_that_brings_a_wage_is_work():
    brings = {c.code for c in LIBRARY.changes.values() if any("minimumloon" in p.kengetal for p in c.parts)}
    assert brings == set(load_objections().work_changes)


def test_an_initiative_by_itself_has_no_overlap():
    def one(code: str) -> Initiative:
        return initiative(effect(100, 10, people=10), cost(300), code=code, participants=20)

    answers = answer_objections(portfolio(one("A"), one("B"), overlaps=(Overlap("A", "B", 5),)), LIBRARY)
    assert [a.benefits_pv for a in answers.initiatives["A"]][11:13] == [1000.0, 1000.0]
    assert named_line(answers.study, "transfers").benefits_pv == pytest.approx(1750)


def named_line(answers: tuple[Answer, ...], code: str) -> Answer:
    return next(a for a in answers if a.objection.code == code)


@given(portfolios())
def test_any_study_has_an_answer_to_every_objection(any_portfolio):
    answers = answer_objections(any_portfolio, LIBRARY)
    benefits, costs = found(any_portfolio)
    line = named_line(answers.study, "transfers")
    assert line.benefits_pv == pytest.approx(benefits, rel=1e-9, abs=1e-3)
    assert line.costs_pv == pytest.approx(costs, rel=1e-9)
    assert set(answers.initiatives) == {i.code for i in any_portfolio.initiatives}
