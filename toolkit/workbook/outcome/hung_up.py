"""What the page to hang up says: people, work, changes; euros only where the initiative wants that."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.kengetallen.library import Library
from toolkit.method.direction import change_name
from toolkit.method.summary import Summary
from toolkit.method.telling import SENSITIVE_DOMAINS, outputs, people_of, people_said, referred, tellable
from toolkit.model.initiative import Effect, Initiative, PmEffect
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.parts import Said
from toolkit.workbook.layout.poster import CHANGES_SHOWN, OUTPUTS_SHOWN, PM_SHOWN

YES = word("form.lists.yes_no.yes")
"""How a story holds a yes."""


def poster_rows(summary: Summary, library: Library, status: str) -> list[Row]:
    """Table tblVoorDeWijk. status: when and with what it was computed."""
    (initiative,), study = summary.initiatives, summary.outcome.study
    changes = list(_changes(summary, library))[:CHANGES_SHOWN]
    good = [_no_price(effect) for effect in initiative.pm_effects if effect.is_good][:PM_SHOWN]
    money = _money(summary)
    said: dict[str, object] = {
        "name": Said("form.poster.name", {"name": initiative.name}),
        "place": Said("form.poster.place", {"area": initiative.area, "year": initiative.reporting_year}),
        "what": initiative.description,
        "figures": Said("form.poster.figures"),
        "people": _people(initiative),
        **_outputs(initiative),
        "referred": _referred(initiative),
        "changes": Said("form.poster.changes") if changes else None,
        **{f"change_{n}": text for n, text in enumerate(changes, 1)},
        "no_price": Said("form.poster.no_price") if good else None,
        **{f"pm_{n}": text for n, text in enumerate(good, 1)},
        "quote": _quote(initiative),
        **money,
        "how": Said(
            "form.poster.how_money" if money else "form.poster.how",
            {"status": status, "price_level": study.price_level},
        ),
    }
    return [{"row": code, "said": text} for code, text in said.items()]


def reached_rows(summary: Summary) -> list[Row]:
    """Table tblVoorDeWijkMensen: the people of the chart; what nobody told, or may be told, has no bar."""
    (initiative,) = summary.initiatives
    people = {
        "participants": initiative.participants,
        "volunteers": initiative.volunteers,
        "residents": initiative.residents,
        "referred": referred([initiative]).people,
    }
    return [{"row": who, "people": number} for who, number in people.items()]


def _people(initiative: Initiative) -> str:
    parts = [
        Said(
            f"form.poster.{name}",
            {"people": dutch.count(round(number), *Said(f"form.poster.{name}_word").text.split("|"))},
        )
        for name in ("participants", "volunteers", "residents")
        if (number := getattr(initiative, name))
    ]
    return " ".join(part.text for part in parts)


def _outputs(initiative: Initiative) -> dict[str, str]:
    """A line per kind of output, the largest number first."""
    largest = outputs([initiative])[:OUTPUTS_SHOWN]
    return {f"output_{n}": f"{dutch.capital(one.said)}." for n, one in enumerate(largest, 1)}


def _referred(initiative: Initiative) -> Said | None:
    gone = referred([initiative])
    if not gone.of:
        return None
    to_whom = dutch.enumeration(gone.to_whom)
    if gone.people is None:
        return Said("form.poster.referred_untold", {"to_whom": to_whom})
    return Said("form.poster.referred", {"people": people_said(gone.people), "to_whom": to_whom})


def _no_price(effect: PmEffect) -> Said:
    what, people = effect.name.rstrip(". "), people_of([effect])
    if people is None:
        return Said("form.poster.without_people", {"what": what})
    return Said("form.poster.with_people", {"what": what, "people": people_said(people)})


def _quote(initiative: Initiative) -> Said | None:
    """What somebody said of it, only with their consent."""
    story = initiative.story
    quote, who = story.get("quote", "").strip(" “”\"'"), story.get("quote_by", "").strip()
    if not quote or story.get("quote_consent") != YES:
        return None
    return Said("form.poster.quote_by" if who else "form.poster.quote", {"quote": quote, "who": who})


def _money(summary: Summary) -> dict[str, Said]:
    """The euros, only where the initiative lets them go out and every euro brings back one or more."""
    figures, chance, study = summary.headline, summary.chance, summary.outcome.study
    (initiative,) = summary.initiatives
    may_go_out = initiative.story.get("publish_ratio") == YES
    if not may_go_out or figures.ratio is None or chance.ratio is None or figures.ratio < 1:
        return {}
    benefits, costs = (dutch.worded_amount(side) for side in (figures.benefits_pv, figures.costs_pv))
    last = study.first_year + study.horizon - 1
    low, high = (dutch.euro(chance.ratio.percentiles[p], 2) for p in ("p5", "p95"))
    return {
        "money": Said("form.poster.money"),
        "ratio": Said("form.poster.ratio", {"ratio": dutch.euro(figures.ratio, 2), "low": low, "high": high}),
        "total": Said(
            "form.poster.total",
            {"benefits": benefits, "costs": costs, "first": study.first_year, "last": last},
        ),
        "groups": _groups(summary),
    }


def _changes(summary: Summary, library: Library) -> Iterator[Said]:
    """A sentence per row of the form, the heaviest first; in people where it is known how many they were."""
    worth: dict[str, float] = {}
    effects: dict[str, Effect] = {}
    for line, amounts in zip(summary.outcome.lines, summary.per_line, strict=True):
        row = line.effect.row
        worth[row] = worth.get(row, 0.0) + float(amounts.sum())
        effects[row] = line.effect
    known = {change.name: change for change in library.changes.values()}
    for row in sorted(worth, key=lambda r: -abs(worth[r])):
        effect = effects[row]
        change, units = known.get(effect.change), effect.inflow[0].mode / (effect.units_per_person or 1.0)
        if change is None or units <= 0:
            continue
        people, is_sensitive = effect.people if effect.of_units else units, effect.domain in SENSITIVE_DOMAINS
        if people is not None and tellable(people, is_sensitive) is None:
            continue
        if effect.direction == "more" or people is None:
            told = {"name": change_name(effect), "n": dutch.plain(units), "unit": change.unit}
            yield Said("form.poster.change_more", told)
        else:
            reach = round(people)
            phrase = change.readback_one if reach == 1 else change.readback
            claim = dutch.capital(phrase.replace("{n}", dutch.plain(reach)))
            without = dutch.whole(reach * effect.deadweight.mode)
            code = "change" if without else "change_all"
            yield Said(f"form.poster.{code}", {"claim": claim, "n": dutch.plain(without)})


def _groups(summary: Summary) -> Said:
    gained = {group: summary.per_group[group][0] for group in summary.outcome.study.groups}
    ordered = sorted(gained, key=lambda group: -gained[group])
    told = [
        Said(
            "form.poster.group",
            {
                "group": word(f"form.groups.{group}").lower(),
                "amount": dutch.worded_amount(gained[group]),
            },
        ).text
        for group in ordered
    ]
    return Said("form.poster.groups", {"groups": dutch.enumeration(told)})
