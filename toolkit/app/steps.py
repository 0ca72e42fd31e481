"""Steps that several commands take: compute, write, and show what came out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from toolkit.app import output, walk, writing
from toolkit.app.libraries import opened
from toolkit.app.telling import GOOD, columns, not_written, report, say
from toolkit.app.walk import Computed, Loaded
from toolkit.app.writing import CannotWrite, Product
from toolkit.method.appraisal import headline
from toolkit.method.montecarlo import Spread
from toolkit.model.finding import STOP, Finding, stops
from toolkit.model.portfolio import Sampling
from toolkit.model.result import Headline
from toolkit.reports.files.pdf import office
from toolkit.words import dutch
from toolkit.words.vocabulary import word


def study(
    given: Namespace, in_place: bool, book: bool = True, forms: bool = True, letter: bool = True
) -> int:
    """Compute the portfolio that was given, and write what is asked of it.

    in_place: the workbooks themselves get their results.  book: its own workbook.  forms: those of its forms.
    """
    as_pdf = letter and given.pdf
    if as_pdf and office() is None:
        return report([Finding(STOP, "pdf_no_office", "", {}, "")])
    if not in_place and given.uit.resolve() == given.bestand.parent.resolve():
        return report([Finding(STOP, "same_folder", "", {}, str(given.uit))])
    library, findings = opened(given.kengetallen)
    if library is None:
        return report(findings)
    loaded, findings = walk.load_portfolio(given.bestand, library)
    if loaded is None or stops(findings):
        return report(findings)
    computed = compute(loaded)
    report(computed.findings, brief=True)

    def products() -> list[Product]:
        folder = None if in_place else given.uit
        facts = walk.facts(computed)
        made = output.forms(computed, folder) if forms else []
        if book:
            made.append(output.portfolio(computed, folder, facts))
        if letter:
            made += output.letter(computed, facts, given.uit, given.huisstijl, as_pdf)
        return made

    return written(products, computed)


def compute(loaded: Loaded) -> Computed:
    """Compute, and tell meanwhile what is going on."""
    for raw in loaded.forms.values():
        say(word("screen.progress.reading", name=raw.path.name))
    draws = dutch.number((loaded.portfolio.sampling or Sampling()).draws)
    say(word("screen.progress.computing", draws=draws))
    return walk.compute(loaded)


def written(make: Callable[[], list[Product]], computed: Computed) -> int:
    """Write, and show the results; a file that cannot be written is the user's to mend."""
    try:
        products = make()
        report([remark for product in products for remark in product.remarks])
        files = writing.save_all(products)
    except CannotWrite as trouble:
        return not_written(trouble)
    print(_summary(computed))
    print("\n" + word("screen.result.files"))
    for path, copy in files:
        print("  " + (word("screen.result.replaced", path=path, copy=copy) if copy else str(path)))
    return GOOD


def save(files: Mapping[Path, bytes]) -> int:
    """Write files of which there is nothing to show, and tell which."""
    try:
        products = writing.save_all([Product(path, data) for path, data in files.items()])
    except CannotWrite as trouble:
        return not_written(trouble)
    for path, _ in products:
        say(word("screen.progress.writing", path=path))
    return GOOD


def _summary(computed: Computed) -> str:
    """The short table of results that a run ends with."""
    heads = [word(f"screen.result.heading_{h}") for h in ("name", "costs", "benefits", "ratio", "band")]
    rows = [heads]
    for code, one in computed.outcome.initiatives.items():
        name = one.initiative.name
        name = name if one.initiative.counted else word("screen.result.not_counted", name=name)
        rows.append(_summary_row(name, headline(one), computed.simulation.initiatives[code].ratio))
    if len(computed.outcome.initiatives) > 1:
        total = headline(computed.outcome)
        rows.append(_summary_row(word("screen.result.total"), total, computed.simulation.study.ratio))
    heading, *lines = columns(rows)
    rule = "  ".join("-" * max(len(row[n]) for row in rows) for n in range(len(heads)))
    unit = word("screen.result.unit", price_level=computed.outcome.study.price_level)
    return "\n" + "\n".join([heading, rule, *lines, unit])


def _summary_row(name: str, figures: Headline, spread: Spread | None) -> list[str]:
    ratio, band = word("screen.result.no_ratio"), ""
    if figures.ratio is not None and spread is not None:
        ratio = dutch.euro(figures.ratio, 2)
        band = " - ".join(dutch.euro(spread.percentiles[p], 2) for p in ("p5", "p95"))
    return [name, dutch.euro(figures.costs_pv), dutch.euro(figures.benefits_pv), ratio, band]
