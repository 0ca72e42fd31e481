"""What each command does. A command gives its exit code: 0 good, 1 findings that stop."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from toolkit.app import output, walk, writing
from toolkit.app.libraries import open_library
from toolkit.app.places import trail
from toolkit.app.walk import Computed, Loaded
from toolkit.app.writing import CannotWrite, Product
from toolkit.exchange.outcome import as_json
from toolkit.exchange.reading import read_file
from toolkit.exchange.writing import as_document
from toolkit.kengetallen.library import Library, load_library
from toolkit.method.appraisal import appraise_study, headline
from toolkit.method.montecarlo import Spread, simulate
from toolkit.method.plausibility import doubts
from toolkit.model.finding import INFO, LEVELS, STOP, WARN, Finding, stops
from toolkit.model.portfolio import Sampling
from toolkit.model.result import Headline
from toolkit.reports.facts import NothingCounted
from toolkit.reports.files.pdf import office
from toolkit.reports.trace import NotFound, find, to_html, to_text
from toolkit.words import dutch
from toolkit.words.vocabulary import located, word

GOOD, STOPPED = 0, 1
TEMPLATES = {
    "formulier": "invulformulier.xlsx",
    "portefeuille": output.PORTFOLIO_FILE,
    "kengetallen": "kengetallen.xlsx",
}
LEVEL_WORDS = {STOP: "level_stop", WARN: "level_warn", INFO: "level_info"}


def say(text: str) -> None:
    """A line for the person at the keyboard; standard output stays free for results."""
    print(text, file=sys.stderr, flush=True)


def told(finding: Finding) -> str:
    """How serious a finding is, where, and what it says."""
    return f"{word(f'screen.result.{LEVEL_WORDS[finding.level]}')}: {located(finding)}"


def report(findings: Sequence[Finding], brief: bool = False, closing: str = "nothing_written") -> int:
    """Tell every finding, the worst first, and give the exit code.

    brief: of what is only for who wants to know, tell how many there are.
    closing: the last line where something stops.
    """
    shown = [f for f in findings if not (brief and f.level == INFO)]
    for finding in sorted(shown, key=lambda f: LEVELS.index(f.level)):
        say(told(finding))
    if len(shown) < len(findings):
        say(word("screen.result.more_info", n=len(findings) - len(shown)))
    if stops(list(findings)):
        say(word(f"screen.result.{closing}"))
        return STOPPED
    return GOOD


def opened(place: Path | None) -> tuple[Library | None, list[Finding]]:
    """The library to compute with; how its cells were read is told at once, apart from any study."""
    library, findings = open_library(place)
    if library is not None:
        report(findings)
    return library, findings


def sjabloon(given: Namespace) -> int:
    """Write an empty form, portfolio or library workbook; a form can take a study's settings over."""
    target = given.uit or Path(TEMPLATES[given.soort])
    if os.path.exists(target):
        say(word("screen.trouble.exists", path=target))
        return STOPPED
    data = (resources.files("toolkit.workbooks") / TEMPLATES[given.soort]).read_bytes()
    if given.soort != "formulier" and (given.studie or given.vorig):
        say(word("screen.trouble.only_for_a_form"))
        return STOPPED
    if given.vorig:
        data, findings = output.form_with_last_year(data, given.vorig, load_library())
        if report(findings) == STOPPED:
            return STOPPED
    if given.studie:
        data, findings = output.form_for_study(data, given.studie)
        if report(findings) == STOPPED:
            return STOPPED
    return _save({target: data})


def voorbeelden(given: Namespace) -> int:
    """Copy the shipped examples into a folder; what is there already is left alone."""
    source = resources.files("toolkit.workbooks") / "voorbeelden"
    files = {given.map / item.name: item for item in source.iterdir() if item.name.endswith(".xlsx")}
    taken = [path for path in files if os.path.exists(path)]
    if taken:
        for path in taken:
            say(word("screen.trouble.exists", path=path))
        return STOPPED
    return _save({path: item.read_bytes() for path, item in files.items()})


def bereken(given: Namespace) -> int:
    """Compute one form into a workbook, or a JSON study into JSON."""
    if given.bestand.suffix.lower() == ".json":
        if given.terplekke:
            return report([Finding(STOP, "write_no_book", "", {}, given.bestand.name)])
        return _bereken_json(given)
    library, findings = opened(given.kengetallen)
    if library is None:
        return _stopped(findings, given.json)
    loaded, findings = walk.load_form(given.bestand, library)
    if loaded is None or stops(findings):
        return _stopped(findings, given.json)
    computed = _computed(loaded)
    if given.json:
        print(as_json_text(as_json(computed.outcome, computed.simulation, computed.findings)))
        return GOOD
    report(computed.findings, brief=True)
    folder = None if given.terplekke else given.uit
    return _written(lambda: output.forms(computed, folder), computed)


def _bereken_json(given: Namespace) -> int:
    library, findings = opened(given.kengetallen)
    if library is None:
        return _stopped(findings, as_object=True)
    portfolio, findings = read_file(given.bestand, library)
    if portfolio is None:
        return _stopped(findings, as_object=True)
    outcome = appraise_study(portfolio, library.index)
    simulation = simulate(portfolio, library.index) if portfolio.sampling else None
    findings += doubts(portfolio, outcome, library, dt.date.today())
    print(as_json_text(as_json(outcome, simulation, findings)))
    return GOOD


def _stopped(findings: Sequence[Finding], as_object: bool) -> int:
    if as_object:
        print(as_json_text(as_json(None, None, findings)))
        return STOPPED
    return report(findings)


def exporteer(given: Namespace) -> int:
    """Write a form or a portfolio as a study in JSON."""
    library, findings = opened(given.kengetallen)
    if library is None:
        return report(findings)
    loaded, findings = walk.load(given.bestand, library)
    if loaded is None:
        return report(findings)
    text = as_json_text(as_document(loaded.portfolio))
    if given.uit is None:
        print(text)
        return GOOD
    return _save({given.uit: (text + "\n").encode()})


def portefeuille(given: Namespace) -> int:
    """Compute a portfolio into its workbook."""
    return _portfolio(given, given.terplekke, forms=False, letter=False)


def brief(given: Namespace) -> int:
    """Draft the letter of a portfolio."""
    return _portfolio(given, in_place=False, book=False, forms=False)


def alles(given: Namespace) -> int:
    """Compute a folder: every form, the portfolio and the letter."""
    given.bestand = given.map / output.PORTFOLIO_FILE
    if not given.bestand.is_file():
        return report([Finding(STOP, "no_portfolio", "", {}, given.map.name)])
    return _portfolio(given, given.terplekke)


def herleid(given: Namespace) -> int:
    """Tell where a figure of the letter comes from, or what rests on a cell."""
    library, findings = opened(given.kengetallen)
    if library is None:
        return report(findings)
    loaded, findings = walk.load(given.portefeuille, library)
    if loaded is None or stops(findings):
        return report(findings)
    computed = _computed(loaded)
    try:
        known = trail(computed, walk.facts(computed))
        first, *others = find(given.gevraagd, known)
    except NothingCounted as none:
        return report([Finding(STOP, none.code, "", {}, given.portefeuille.name)])
    except NotFound as missing:
        say(word("trace.text.not_found", asked=missing.asked))
        if missing.near:
            say(word("trace.text.nearby", names=" / ".join(missing.near)))
        say(word("trace.text.how_to_ask"))
        return STOPPED
    trees, beside = first.trees(known), [(other.name, other.told) for other in others]
    print(to_text(trees, beside, given.alles), end="")
    return _save({given.html: to_html(trees, beside).encode()}) if given.html else GOOD


def _portfolio(
    given: Namespace, in_place: bool, book: bool = True, forms: bool = True, letter: bool = True
) -> int:
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
    computed = _computed(loaded)
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

    return _written(products, computed)


def _computed(loaded: Loaded) -> Computed:
    for raw in loaded.forms.values():
        say(word("screen.progress.reading", name=raw.path.name))
    draws = dutch.number((loaded.portfolio.sampling or Sampling()).draws)
    say(word("screen.progress.computing", draws=draws))
    return walk.compute(loaded)


def _written(make: Callable[[], list[Product]], computed: Computed) -> int:
    """Write, and show the results; a file that cannot be written is the user's to mend."""
    try:
        products = make()
        report([product.remark for product in products if product.remark])
        written = writing.save_all(products)
    except CannotWrite as trouble:
        return not_written(trouble)
    print(_summary(computed))
    print("\n" + word("screen.result.files"))
    for path, copy in written:
        print("  " + (word("screen.result.replaced", path=path, copy=copy) if copy else str(path)))
    return GOOD


def _save(files: dict[Path, bytes]) -> int:
    try:
        written = writing.save_all([Product(path, data) for path, data in files.items()])
    except CannotWrite as trouble:
        return not_written(trouble)
    for path, _ in written:
        say(word("screen.progress.writing", path=path))
    return GOOD


def not_written(trouble: CannotWrite) -> int:
    """Tell what stands in the way, and what was written before it came up."""
    say(told(trouble.finding))
    if not trouble.written:
        say(word("screen.result.nothing_written"))
    for path, _ in trouble.written:
        say(word("screen.result.written_before", path=path))
    return STOPPED


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
    widths = [max(len(row[n]) for row in rows) for n in range(len(heads))]
    lines = [
        "  ".join(
            cell.ljust(w) if n == 0 else cell.rjust(w)
            for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * w for w in widths))
    lines.append(word("screen.result.unit", price_level=computed.outcome.study.price_level))
    return "\n" + "\n".join(lines)


def _summary_row(name: str, figures: Headline, spread: Spread | None) -> list[str]:
    ratio, band = word("screen.result.no_ratio"), ""
    if figures.ratio is not None and spread is not None:
        ratio = dutch.euro(figures.ratio, 2)
        band = " - ".join(dutch.euro(spread.percentiles[p], 2) for p in ("p5", "p95"))
    return [name, dutch.euro(figures.costs_pv), dutch.euro(figures.benefits_pv), ratio, band]


def as_json_text(value: object) -> str:
    """What `--json` prints of an object."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
