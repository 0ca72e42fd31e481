"""Sheet Dit doen wij voor de wijk: what an initiative does, in words for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import headline
from toolkit.method.montecarlo import Chance
from toolkit.model.initiative import Effect, Initiative
from toolkit.model.result import InitiativeOutcome
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.poster import CHANGES_SHOWN, PM_SHOWN


def poster_rows(outcome: InitiativeOutcome, chance: Chance, library: Library, status: str) -> list[Row]:
    """Table tblVoorDeWijk. status: when and with what it was computed."""
    initiative, study = outcome.initiative, outcome.study
    changes = list(_changes(outcome, library))[:CHANGES_SHOWN]
    losses = [e.name for e in initiative.pm_effects][:PM_SHOWN]
    said = {
        "name": word("form.poster.name", name=initiative.name),
        "place": word("form.poster.place", area=initiative.area, year=initiative.reporting_year),
        "what": initiative.description,
        "figures": word("form.poster.figures"),
        "people": _people(initiative),
        **_money(outcome, chance),
        "changes": word("form.poster.changes") if changes else None,
        **{f"change_{n}": text for n, text in enumerate(changes, 1)},
        "no_price": word("form.poster.no_price") if losses else None,
        **{f"pm_{n}": text for n, text in enumerate(losses, 1)},
        "groups": word("form.poster.groups"),
        **_groups(outcome),
        "how": word("form.poster.how", status=status, price_level=study.price_level),
    }
    return [{"row": code, "said": text} for code, text in said.items()]


def _people(initiative: Initiative) -> str:
    parts = [
        word(
            f"form.poster.{name}",
            people=dutch.count(round(number), *word(f"form.poster.{name}_word").split("|")),
        )
        for name in ("participants", "volunteers", "residents")
        if (number := getattr(initiative, name))
    ]
    return " ".join(parts)


def _money(outcome: InitiativeOutcome, chance: Chance) -> dict[str, str]:
    figures, study = headline(outcome), outcome.study
    benefits, costs = (dutch.worded_amount(side) for side in (figures.benefits_pv, figures.costs_pv))
    last = study.first_year + study.horizon - 1
    total = word("form.poster.total", benefits=benefits, costs=costs, first=study.first_year, last=last)
    if figures.ratio is None or chance.ratio is None:
        return {"total": total}
    low, high = (dutch.euro(chance.ratio.percentiles[p], 2) for p in ("p5", "p95"))
    ratio = word("form.poster.ratio", ratio=dutch.euro(figures.ratio, 2), low=low, high=high)
    return {"ratio": ratio, "total": total}


def _changes(outcome: InitiativeOutcome, library: Library) -> Iterator[str]:
    """A sentence per row of the form, the heaviest first."""
    worth: dict[str, float] = {}
    effects: dict[str, Effect] = {}
    for line in outcome.lines:
        row = line.effect.row
        worth[row] = worth.get(row, 0.0) + float(outcome.present_benefits(line.benefits).sum())
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
            yield word("form.poster.reverse", claim=claim)
        elif not without:
            yield word("form.poster.change_all", claim=dutch.capital(claim))
        else:
            yield word("form.poster.change", claim=dutch.capital(claim), n=dutch.plain(without))


def _groups(outcome: InitiativeOutcome) -> dict[str, str]:
    gained = {group: gained for group, (gained, _) in outcome.per_group().items()}
    ordered = sorted(gained, key=lambda group: -gained[group])
    return {
        f"group_{n}": word(
            "form.poster.group", group=word(f"form.groups.{g}"), amount=dutch.worded_amount(gained[g])
        )
        for n, g in enumerate(ordered, 1)
    }
