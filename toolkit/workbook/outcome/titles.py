"""What each chart says, in one line: the titles of charts refer to these cells."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.method.appraisal import headline
from toolkit.method.figures import group_shares
from toolkit.model.result import Outcome, StudyOutcome
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.parts import Table, Titles


def title_rows(workbook: Workbook, titles: Mapping[str, str]) -> dict[Table, list[Row]]:
    """The tables with titles of a workbook; a chart without a message keeps its plain title."""
    return {
        placed.table: [
            {"row": name, "title": titles.get(name, word(f"form.charts.{name}.title"))}
            for name in placed.table.row_codes
        ]
        for placed in workbook.tables()
        if isinstance(placed.table, Titles)
    }


def messages(outcome: Outcome, heaviest: str) -> dict[str, str]:
    """Chart -> what it says of an outcome. heaviest: the assumption that the balance hangs on most."""
    said = {"years": _years(outcome)}
    if shares := group_shares(outcome):
        most = max(shares, key=lambda group: shares[group])
        share = dutch.percent(shares[most])
        said["groups_by_domain"] = said["groups"] = word(f"form.titles.groups.{most}", share=share)
    parties = outcome.per_party()
    payer, gainer = max(parties, key=lambda p: parties[p][1]), max(parties, key=lambda p: parties[p][0])
    if parties[payer][1] > 0 and parties[gainer][0] > 0:
        payer, gainer = (word(f"form.parties.{p}") for p in (payer, gainer))
        code = "same_party" if payer == gainer else "payers_and_gainers"
        said["payers_and_gainers"] = word(f"form.titles.{code}", payer=payer, gainer=gainer)
    if heaviest:
        said["tornado"] = word("form.titles.tornado", name=heaviest)
    return said


def _years(outcome: Outcome) -> str:
    year, study = headline(outcome).payback_year, outcome.study
    if year is None:
        return word("form.titles.never", years=study.horizon)
    return word("form.titles.payback", n=year, year=study.first_year + year - 1)


def compared(outcome: StudyOutcome) -> dict[str, str]:
    """Chart -> what it says of the initiatives side by side."""
    every = list(outcome.initiatives.values())
    largest = max(every, key=lambda one: one.benefits_pv)
    good = sum(one.benefits_pv > one.costs_pv for one in every)
    return {
        "initiatives_by_group": word("form.titles.largest", name=largest.initiative.name),
        "initiatives_ratio": word(
            f"form.titles.{'one' if len(every) == 1 else 'many'}", n=good, m=len(every)
        ),
    }
