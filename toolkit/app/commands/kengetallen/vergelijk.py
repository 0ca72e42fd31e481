"""Tell what differs between two libraries and, with a portfolio, what that does to its outcome."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from toolkit.app import walk
from toolkit.app.libraries import BUILT_IN, open_library
from toolkit.app.library_effect import LEAST, Effect, Figures, effect
from toolkit.app.parsing import Parser
from toolkit.app.telling import GOOD, columns, report
from toolkit.kengetallen.comparison import FIRST_DAYS, Comparison, Difference, compare
from toolkit.kengetallen.library import Library
from toolkit.kengetallen.wording import shown
from toolkit.model.finding import Finding, stops
from toolkit.model.unit_value import UnitValue
from toolkit.words import dutch
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.headings import heading
from toolkit.workbook.layout.library_book import CHANGES, UNIT_VALUES
from toolkit.workbook.layout.parts import Block

_INDENT = "  "


def arguments(parser: Parser) -> None:
    """The two libraries, and the portfolio."""
    parser.takes("oud", said="old_library", type=Path, metavar="OUD")
    parser.takes("nieuw", said="new_library", type=Path, nargs="?", default=Path(BUILT_IN), metavar="NIEUW")
    parser.takes("--portefeuille", said="compared", type=Path, metavar="PORTEFEUILLE")


def run(given: Namespace) -> int:
    """Print it; nothing is written."""
    old, findings = open_library(given.oud)
    new, more = open_library(given.nieuw)
    findings = [*findings, *more]
    stopped = report(findings)
    if old is None or new is None:
        return stopped
    found = compare(old, new)
    lines = [_say("versions", old=old.version, new=new.version), "", *_differences(found, old, new)]
    if given.portefeuille:
        computed, findings = _effect(given.portefeuille, old, new, found)
        if computed is None:
            return report(findings)
        lines += ["", *_outcome(computed, {**old.unit_values, **new.unit_values})]
    print("\n".join(lines))
    return GOOD


def _effect(path: Path, old: Library, new: Library, found: Comparison) -> tuple[Effect | None, list[Finding]]:
    before, findings = walk.load_portfolio(path, old)
    if before is None:
        return None, findings
    after, findings = walk.assemble(before.book, before.forms, new)
    if after is None or stops(findings):
        return None, findings
    return effect(before, after, old, new, found), []


def _say(key: str, /, **facts: object) -> str:
    return word(f"screen.compare.{key}", **facts)


def _differences(found: Comparison, old: Library, new: Library) -> list[str]:
    if found.same:
        return [_say("same")]
    lines: list[str] = []
    for code, differing in found.changed.items():
        lines.append(_named(new.unit_values[code]))
        lines += [f"{_INDENT}{_difference(one)}" for one in differing]
    for name, codes, library in (("added", found.added, new), ("removed", found.removed, old)):
        if codes:
            lines.append(_say(name))
            lines += [f"{_INDENT}{_named(library.unit_values[code])}" for code in codes]
    for name, differing in found.changes.items():
        lines.append(name)
        lines += [f"{_INDENT}{_difference(one, CHANGES)}" for one in differing]
    for key, names in (("new_changes", found.new_changes), ("lost_changes", found.lost_changes)):
        if names:
            lines += [_say(key), *(f"{_INDENT}{name}" for name in names)]
    if found.index:
        lines.append(_say("index"))
        for series, year, before, after in found.index:
            line = _say("difference", trait=f"{series} {year}", old=shown(before), new=shown(after))
            lines.append(f"{_INDENT}{line}")
    return lines


def _named(value: UnitValue) -> str:
    return _say("unit_value", name=value.name, code=value.code)


def _difference(one: Difference, block: Block = UNIT_VALUES) -> str:
    trait = _say(FIRST_DAYS) if one.trait == FIRST_DAYS else heading(block, one.trait)
    if one.since:
        trait = _say("since", trait=trait, day=shown(one.since))
    return _say("difference", trait=trait, old=shown(one.old), new=shown(one.new))


def _outcome(computed: Effect, values: Mapping[str, UnitValue]) -> list[str]:
    before, after = computed.old, computed.new
    rows = [[_say(f"head_{name}") for name in ("figure", "old", "new", "difference")]]
    rows += [_row(name, old, new) for name, old, new in _figures(before, after)]
    if before.ratio is not None and after.ratio is not None:
        rows.append(_row(_say("ratio"), before.ratio, after.ratio, decimals=2))
    lines = columns(rows)
    if not computed.parts and abs(computed.difference) < LEAST:
        return [*lines, "", _say("no_effect")]
    parts = [[_part(name, values), _signed(amount)] for name, amount in computed.parts]
    parts.append([_say("interplay"), _signed(computed.interplay)])
    parts.append([_say("together"), _signed(computed.difference)])
    return [*lines, "", _say("why"), *columns(parts)]


def _figures(before: Figures, after: Figures) -> Iterator[tuple[str, float, float]]:
    yield _say("benefits"), before.benefits, after.benefits
    for group in before.groups:
        yield f"{_INDENT}{word(f'form.groups.{group}')}", before.groups[group], after.groups[group]
    yield _say("costs"), before.costs, after.costs


def _row(name: str, old: float, new: float, decimals: int = 0) -> list[str]:
    return [name, dutch.euro(old, decimals), dutch.euro(new, decimals), _signed(new - old, decimals)]


def _signed(amount: float, decimals: int = 0) -> str:
    """A difference with its sign, a plus too; what rounds to nothing has none."""
    shown = dutch.euro(amount, decimals)
    return f"+{shown}" if amount > 0 and shown != dutch.euro(0, decimals) else shown


def _part(name: str, values: Mapping[str, UnitValue]) -> str:
    return _named(values[name]) if name in values else _say(f"parts.{name}")
