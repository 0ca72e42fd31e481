"""The page to hang up: people, work and changes; euros and a quote only where they may go out."""

from __future__ import annotations

from dataclasses import replace

from situations import initiative, money, situation, told_beside

from toolkit.kengetallen.library import load_library
from toolkit.model.initiative import PmEffect, Referral
from toolkit.workbook.outcome.hung_up import poster_rows, reached_rows

LIBRARY = load_library()
STATUS = "Berekend op 1 januari."
MONEY = ("money", "ratio", "total", "groups")
SAID_SO = {"quote": "Ik hoor er weer bij", "quote_by": "deelnemer", "quote_consent": "ja"}
OUTGOING = {"publish_ratio": "ja"}


def page(**fields) -> dict[str, str]:
    """What stands on the page of De Kade, with other answers; rows without text left out."""
    case = situation([replace(told_beside().portfolio.initiatives[0], **fields)])
    rows = poster_rows(case.summary("KADE"), LIBRARY, STATUS)
    return {row["row"]: str(getattr(row["said"], "text", row["said"])) for row in rows if row["said"]}


def test_it_tells_people_work_and_whom_they_sent_on():
    told = page(participants=130.0, volunteers=1.0, residents=640.0)
    assert told["people"] == (
        "130 mensen deden mee. Onder hen: één vrijwilliger. Daarnaast bereikten wij 640 andere wijkbewoners."
    )
    assert [told[f"output_{n}"] for n in (1, 2, 3)] == [
        "3.200 maaltijden.",
        "400 reparaties.",
        "Buurtfeesten (1).",
    ]
    assert told["referred"] == "Wij verwezen 26 mensen door: schuldhulp en taalles of scholing."
    assert told["pm_1"] == "Trots op de wijk, bij 24 mensen."


def test_one_of_a_kind_is_told_in_words():
    (meals, *_) = told_beside().portfolio.initiatives[0].activities
    assert page(activities=(replace(meals, number=1.0),))["output_1"] == "Eén maaltijd."


def test_few_referrals_about_debts_are_told_without_their_number():
    told = page(referrals=(Referral("schuldhulp", 9.0, "DV-01", kind="debt_help"),))
    assert told["referred"] == "Wij verwezen ook mensen door: schuldhulp."
    assert "referred" not in page(referrals=())


def test_it_is_proud_only_of_what_went_well():
    harm = PmEffect(
        "Meer geluid op straat", "wonen en leefbaarheid", "-", "klachten", "A", "PM-01", people=30.0
    )
    assert not {"no_price", "pm_1"} & page(pm_effects=(harm,)).keys()


def test_a_quote_stands_there_only_with_consent():
    assert page(story=SAID_SO)["quote"] == "“Ik hoor er weer bij” (deelnemer)"
    assert page(story={**SAID_SO, "quote_by": ""})["quote"] == "“Ik hoor er weer bij”"
    for answer in ("nee", "weet ik niet", ""):
        assert "quote" not in page(story={**SAID_SO, "quote_consent": answer})


def test_euros_stand_there_only_where_the_ratio_may_go_out_and_is_one_or_more():
    cheap, dear = ((money("gemeente", "subsidie", yearly, code="GI-01"),) for yearly in (1_000, 900_000))
    told = page(story=OUTGOING, investments=cheap)
    assert set(MONEY) <= told.keys()
    assert "prijspeil 2025" in told["how"]
    for story, costs in ((OUTGOING, dear), ({}, cheap), ({"publish_ratio": "nee"}, cheap)):
        untold = page(story=story, investments=costs)
        assert not set(MONEY) & untold.keys()
        assert "euro" not in " ".join(untold.values()).lower() and "€" not in " ".join(untold.values())


def test_its_chart_shows_people_and_not_those_that_may_not_be_told():
    few = (Referral("schuldhulp", 9.0, "DV-01", kind="debt_help"),)
    case = situation([initiative("KADE", "De Kade", participants=130.0, volunteers=36.0, referrals=few)])
    assert {row["row"]: row["people"] for row in reached_rows(case.summary("KADE"))} == {
        "participants": 130.0,
        "volunteers": 36.0,
        "residents": 400.0,
        "referred": None,
    }


def test_a_change_is_told_in_people_where_hours_or_euros_were_counted():
    kade = told_beside().portfolio.initiatives[0]
    paid = replace(
        kade.effects[0], change="Vrijwilligersvergoeding ontvangen", people=36.0, of_units=True, defaults=()
    )
    assert page(effects=(paid,))["change_1"] == (
        "36 vrijwilligers kregen een vergoeding (waarvan 9 ook zonder ons)."
    )


def test_a_change_for_a_few_people_with_debts_or_in_care_is_not_told():
    kade = told_beside().portfolio.initiatives[0]
    change = next(c for c in LIBRARY.changes.values() if c.domain == "schulden" and c.of_people)
    few, more = (
        replace(kade.effects[0], change=change.name, domain="schulden", inflow=(replace(n, mode=people),) * 3)
        for people in (9.0, 10.0)
        for n in kade.effects[0].inflow[:1]
    )
    assert "change_1" not in page(effects=(few,))
    assert page(effects=(more,))["change_1"].count("10 ") == 1
