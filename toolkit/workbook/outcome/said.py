"""What a computed workbook says in words: its state, the answer, its charts and the page to hang up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.kengetallen.library import Library
from toolkit.method.summary import Summary
from toolkit.words import dutch
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.parts import Said, Table, Titles
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
        said["gainers"] = Said(f"form.titles.groups.{most}", {"share": share})
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
