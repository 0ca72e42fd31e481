"""What a computed workbook says in words: its state, the answer, its charts and the page to hang up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.kengetallen.library import Library
from toolkit.method.direction import change_name
from toolkit.method.summary import Summary
from toolkit.model.initiative import Effect, Initiative
from toolkit.words import dutch
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.parts import (
    Said,
    Table,
    Titles,
)
from toolkit.workbook.layout.poster import CHANGES_SHOWN, PM_SHOWN
from toolkit.workbook.layout.versions import TEMPLATE_VERSION
from toolkit.workbook.outcome import objections


@dataclass(frozen=True, slots=True)
class Origin:
    """With what and from what a result was made. checksum: SHA-256 of the input file."""

    toolkit: str
    library: Library
    computed_on: dt.date
    source_file: str
    checksum: str
    example: bool


def version_rows(summary: Summary, origin: Origin) -> list[Row]:
    """Table tblVersies: with what and from what it was computed."""
    values = {
        "template": TEMPLATE_VERSION,
        "toolkit": origin.toolkit,
        "library": origin.library.version,
        "computed_on": dutch.date(origin.computed_on),
        "source_file": origin.source_file,
        "checksum": origin.checksum,
        "study": summary.outcome.study.name,
    }
    return [{"row": what, "value": value} for what, value in values.items()]


def status(workbook: Workbook, verdict: str, origin: Origin) -> dict[str, str]:
    """When and with what a workbook was computed, and how its checks came out; on every sheet.

    verdict: '' for a page that is not about checks.
    """
    line = Said(
        "form.status.computed",
        {
            "date": dutch.date(origin.computed_on),
            "version": origin.toolkit,
            "library": origin.library.version,
        },
    )
    parts = [part for part in (line.text, verdict) if part]
    if origin.example:
        parts.append(Said("form.screen.invented").text + ".")
    return {sheet.code: " ".join(parts) for sheet in workbook.sheets}


def answers(summary: Summary) -> dict[str, str]:
    """The answer in one sentence, on the sheets that have one."""
    study, figures, chance = summary.outcome.study, summary.headline, summary.chance
    if figures.ratio is None or chance.ratio is None:
        amount = dutch.rounded_amount(figures.benefits_pv, "miljoen")
        answer = Said(
            "form.status.answer_without_costs", {"benefits": amount, "price_level": study.price_level}
        )
    else:
        low, high = (dutch.euro(chance.ratio.percentiles[p], 2) for p in ("p5", "p95"))
        ratio = dutch.euro(figures.ratio, 2)
        counted = absent("counted_year", summary.counted_year.ratio)
        if isinstance(counted, float):
            counted = dutch.euro(counted, 2)
        facts = {"ratio": ratio, "low": low, "high": high, "counted": counted}
        answer = Said("form.status.answer", facts)
    last = study.first_year + study.horizon - 1
    told = {
        "results": answer.text,
        "objections": objections.answer(summary),
        "uncertainty": _chance(chance.chance_benefits_exceed_costs).text,
        "budget": Said("form.status.budget", {"first": study.first_year, "last": last}).text,
    }
    return {sheet: line for sheet, line in told.items() if line is not None}


def _chance(share: float) -> Said:
    """In how many of a hundred draws the benefits exceed the costs, at least."""
    if share == 1:
        return Said("form.status.chance_all")
    of_hundred = math.floor(100 * share)
    return Said("form.status.chance" if of_hundred else "form.status.chance_none", {"n": of_hundred})


def title_rows(workbook: Workbook, titles: Mapping[str, Said]) -> dict[Table, list[Row]]:
    """The tables with titles of a workbook; a chart without a message keeps its plain title."""
    return {
        placed.table: [
            {"row": name, "title": titles.get(name, Said(f"form.charts.{name}.title"))}
            for name in placed.table.row_codes
        ]
        for placed in workbook.tables()
        if isinstance(placed.table, Titles)
    }


def messages(summary: Summary, heaviest: str) -> dict[str, Said]:
    """Chart -> what it says of an outcome. heaviest: the assumption that the balance hangs on most."""
    said = {"years": _years(summary), "objections": objections.title(summary)}
    if shares := summary.shares:
        most = max(shares, key=shares.__getitem__)
        share = dutch.percent(shares[most])
        said["gainers"] = said["groups"] = Said(f"form.titles.groups.{most}", {"share": share})
    parties = {party: summary.per_party[party] for party in summary.outcome.parties}
    payer, gainer = max(parties, key=lambda p: parties[p][1]), max(parties, key=lambda p: parties[p][0])
    if parties[payer][1] > 0 and parties[gainer][0] > 0:
        code = "same_party" if payer == gainer else "payers_and_gainers"
        named = {"payer": Said(f"form.parties.{payer}"), "gainer": Said(f"form.parties.{gainer}")}
        said["payers_and_gainers"] = Said(f"form.titles.{code}", named)
    if heaviest:
        said["tornado"] = Said("form.titles.tornado", {"name": heaviest})
    return said


def _years(summary: Summary) -> Said:
    year, study = summary.headline.payback_year, summary.outcome.study
    if year is None:
        return Said("form.titles.never", {"years": study.horizon})
    return Said("form.titles.payback", {"year": study.first_year + year - 1})


def compared(summaries: Mapping[str, Summary]) -> dict[str, Said]:
    """Chart -> what it says of the initiatives side by side."""
    every = list(summaries.values())
    largest = max(every, key=lambda one: one.headline.benefits_pv)
    good = sum(one.headline.benefits_pv > one.headline.costs_pv for one in every)
    return {
        "initiatives_by_group": Said("form.titles.largest", {"name": largest.initiatives[0].name}),
        "initiatives_ratio": Said(
            f"form.titles.{'one' if len(every) == 1 else 'many'}", {"n": good, "m": len(every)}
        ),
    }


def poster_rows(summary: Summary, library: Library, status: str) -> list[Row]:
    """Table tblVoorDeWijk. status: when and with what it was computed."""
    (initiative,), study = summary.initiatives, summary.outcome.study
    changes = list(_changes(summary, library))[:CHANGES_SHOWN]
    losses = [e.name for e in initiative.pm_effects][:PM_SHOWN]
    said: dict[str, object] = {
        "name": Said("form.poster.name", {"name": initiative.name}),
        "place": Said("form.poster.place", {"area": initiative.area, "year": initiative.reporting_year}),
        "what": initiative.description,
        "figures": Said("form.poster.figures"),
        "people": _people(initiative),
        **_money(summary),
        "changes": Said("form.poster.changes") if changes else None,
        **{f"change_{n}": text for n, text in enumerate(changes, 1)},
        "no_price": Said("form.poster.no_price") if losses else None,
        **{f"pm_{n}": text for n, text in enumerate(losses, 1)},
        "groups": Said("form.poster.groups"),
        **_groups(summary),
        "how": Said("form.poster.how", {"status": status, "price_level": study.price_level}),
    }
    return [{"row": code, "said": text} for code, text in said.items()]


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


def _money(summary: Summary) -> dict[str, Said]:
    figures, chance, study = summary.headline, summary.chance, summary.outcome.study
    benefits, costs = (dutch.worded_amount(side) for side in (figures.benefits_pv, figures.costs_pv))
    last = study.first_year + study.horizon - 1
    total = Said(
        "form.poster.total", {"benefits": benefits, "costs": costs, "first": study.first_year, "last": last}
    )
    if figures.ratio is None or chance.ratio is None or figures.ratio < 1:
        return {"total": total}
    low, high = (dutch.euro(chance.ratio.percentiles[p], 2) for p in ("p5", "p95"))
    ratio = Said("form.poster.ratio", {"ratio": dutch.euro(figures.ratio, 2), "low": low, "high": high})
    return {"ratio": ratio, "total": total}


def _changes(summary: Summary, library: Library) -> Iterator[Said]:
    """A sentence per row of the form, the heaviest first."""
    worth: dict[str, float] = {}
    effects: dict[str, Effect] = {}
    for line, amounts in zip(summary.outcome.lines, summary.per_line, strict=True):
        row = line.effect.row
        worth[row] = worth.get(row, 0.0) + float(amounts.sum())
        effects[row] = line.effect
    known = {change.name: change for change in library.changes.values()}
    for row in sorted(worth, key=lambda r: -abs(worth[r])):
        effect = effects[row]
        change = known.get(effect.change)
        reach = effect.inflow[0].mode / (effect.units_per_person or 1.0)
        if change is None or reach <= 0:
            continue
        phrase = change.readback_one if reach == 1 else change.readback
        claim = phrase.replace("{n}", dutch.plain(reach))
        without = reach * effect.deadweight.mode
        if change.of_people:
            without = dutch.whole(without)
        if effect.direction == "more":
            told = {"name": change_name(effect), "n": dutch.plain(reach), "unit": change.unit}
            yield Said("form.poster.change_more", told)
        elif not without:
            yield Said("form.poster.change_all", {"claim": dutch.capital(claim)})
        else:
            yield Said("form.poster.change", {"claim": dutch.capital(claim), "n": dutch.plain(without)})


def _groups(summary: Summary) -> dict[str, Said]:
    gained = {group: summary.per_group[group][0] for group in summary.outcome.study.groups}
    ordered = sorted(gained, key=lambda group: -gained[group])
    return {
        f"group_{n}": Said(
            "form.poster.group", {"group": Said(f"form.groups.{g}"), "amount": dutch.worded_amount(gained[g])}
        )
        for n, g in enumerate(ordered, 1)
    }
