"""Sheet Uitkomsten: four figures, two short lists, and the small tables behind its charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.method.figures import EXPECTED, NOTHING, STRONG_GRADES
from toolkit.method.montecarlo import Spread
from toolkit.method.summary import Summary
from toolkit.method.telling import people_of, people_said
from toolkit.words import dutch
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.objections import COMPUTED
from toolkit.workbook.layout.outcomes import MOST_DOMAINS, PER_DOMAIN
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.screen import CARDS, FIGURE, LISTED, LISTS, READINGS, TOLD


def rows(summary: Summary) -> dict[Table, list[Row]]:
    """Every table of the sheet, and those that its charts show."""
    return {
        CARDS: card_rows(summary),
        LISTS: list_rows(summary),
        READINGS: reading_rows(summary),
        PER_DOMAIN: domain_rows(summary),
    }


def card_rows(summary: Summary) -> list[Row]:
    """Table tblKaarten: four figures, and below each what it is and how sure."""
    shares = summary.evidence or {}
    strong = sum(shares.get(grade, 0.0) for grade in STRONG_GRADES)
    figures: Row = {
        "row": FIGURE,
        "benefits": summary.headline.benefits_pv,
        "costs": summary.headline.costs_pv,
        "people": sum(one.participants or 0 for one in summary.initiatives),
        "evidence": strong if shares else None,
    }
    expected = shares.get(EXPECTED, 0.0)
    judged = max(0.0, 1.0 - strong - expected)
    evidence = {"judged": dutch.percent(judged), "expected": dutch.percent(expected)}
    told: Row = {
        "row": TOLD,
        "benefits": _spread(summary.chance.benefits_pv),
        "costs": _cover(summary),
        "people": _people(summary),
        "evidence": Said("form.cards.evidence", evidence) if shares else Said("form.cards.no_benefits"),
    }
    return [figures, told]


def _spread(spread: Spread | None) -> Said | None:
    if spread is None:
        return None
    ends = {
        name: dutch.rounded_amount(spread.percentiles[p], "miljoen")
        for name, p in (("low", "p5"), ("high", "p95"))
    }
    return Said("form.cards.benefits", ends)


def _cover(summary: Summary) -> Said:
    uncovered = summary.outcome.uncovered_pv
    if summary.headline.costs_pv <= NOTHING:
        return Said("form.cards.no_costs")
    if uncovered <= NOTHING:
        return Said("form.cards.covered")
    return Said("form.cards.uncovered", {"amount": dutch.euro(uncovered)})


def _people(summary: Summary) -> Said:
    """How many volunteers there are beside the participants, or of how many initiatives they are."""
    if len(summary.initiatives) > 1:
        return Said("form.cards.people_of_all", {"n": len(summary.initiatives)})
    volunteers = round(sum(one.volunteers or 0 for one in summary.initiatives))
    if not volunteers:
        return Said("form.cards.people_alone")
    counted = dutch.count(volunteers, *Said("form.cards.volunteers").text.split("|"))
    return Said("form.cards.people", {"volunteers": counted})


def list_rows(summary: Summary) -> list[Row]:
    """Table tblKort: what has no price beside what to doubt, each as short as the sheet has room for."""
    good = list(_no_price(summary))
    if len(good) > LISTED:
        left = len(good) - LISTED + 1
        good = [*good[: LISTED - 1], {"no_price": Said("form.short.more", {"n": left})}]
    doubts = list(_doubts(summary))[:LISTED]
    longest = max(len(good), len(doubts))
    empty: list[Row] = [{}]
    pairs = zip(*(side + empty * (longest - len(side)) for side in (good, doubts)), strict=True)
    return [{**left_side, **right_side} for left_side, right_side in pairs]


def _no_price(summary: Summary) -> Iterator[Row]:
    for one in (effect for initiative in summary.initiatives for effect in initiative.pm_effects):
        known: dict[str, object] = {
            "grade": one.grade,
            "known_by": Said(f"form.lists.grade.{one.known_by}"),
        }
        people = people_of([one])
        if people is None:
            yield {"no_price": one.name, "known_by": Said("form.short.known_by", known)}
        else:
            known["people"] = people_said(people)
            yield {"no_price": one.name, "known_by": Said("form.short.known_by_people", known)}


def _doubts(summary: Summary) -> Iterator[Row]:
    """The heaviest first: what is not paid, who loses, what nobody counted, and what one answer carries."""
    if (uncovered := summary.outcome.uncovered_pv) > NOTHING:
        yield _doubt("uncovered", "budget", amount=dutch.euro(uncovered))
    for group, (gained, _) in summary.per_group.items():
        if gained < -NOTHING:
            yield _doubt("loses", "tables", group=Said(f"form.groups.{group}"), amount=dutch.euro(-gained))
    heaviest = summary.heaviest_objection
    if heaviest is not None and heaviest.ratio is not None:
        facts = {"name": heaviest.objection.name, "ratio": dutch.euro(heaviest.ratio, 2)}
        yield _doubt("heaviest", "objections", **facts)
    if (largest := summary.largest) is not None:
        yield _doubt("largest", "uncertainty", name=largest.name, share=dutch.percent(largest.share))
    if expected := (summary.evidence or {}).get(EXPECTED):
        yield _doubt("expected", "tables", share=dutch.percent(expected))


def _doubt(code: str, sheet: str, **facts: object) -> Row:
    told = {"said": Said(f"form.short.{code}", facts), "sheet": Said(f"form.sheets.{sheet}.name")}
    return {"doubt": Said("form.short.doubt", told)}


def reading_rows(summary: Summary) -> list[Row]:
    """Table tblLezingen: baten per euro as computed, and as a few of the objections leave them."""
    left = {answer.objection.code: answer.ratio for answer in summary.objections}
    left[COMPUTED] = summary.headline.ratio
    return [{"row": code, "ratio": left[code]} for code in READINGS.row_codes]


def domain_rows(summary: Summary) -> list[Row]:
    """Table tblDomeinen: benefits of the largest domains, the others together; no domain without any."""
    domains = {name: euros for name, euros in summary.per_domain.items() if abs(euros) > NOTHING}
    ordered = sorted(domains, key=lambda name: -domains[name])
    told = [(dutch.capital(name), domains[name]) for name in ordered[:MOST_DOMAINS]]
    if rest := ordered[MOST_DOMAINS:]:
        told.append((Said("form.domains.rest").text, sum(domains[name] for name in rest)))
    whole = summary.headline.benefits_pv
    return [
        {"domain": name, "total": euros, "share": euros / whole if summary.shares else None}
        for name, euros in told
    ]


def messages(tables: Mapping[Table, Sequence[Row]]) -> dict[str, Said]:
    """Chart -> what it says, for the charts of these tables."""
    said: dict[str, Said] = {}
    ratios = [row["ratio"] for row in tables[READINGS] if isinstance(row["ratio"], float)]
    if ratios:
        good = sum(ratio > 1 for ratio in ratios)
        kind = {0: "readings_none", len(ratios): "readings_all"}.get(good, "readings")
        said["readings"] = Said(f"form.titles.{kind}", {"n": good, "m": len(ratios)})
    if (domains := tables[PER_DOMAIN]) and isinstance(share := domains[0]["share"], float):
        facts = {"name": domains[0]["domain"], "share": dutch.percent(share)}
        said["domains"] = Said("form.titles.domains", facts)
    return said
