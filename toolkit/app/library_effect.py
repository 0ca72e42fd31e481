"""What another library does to the outcome of a study, and which unit value makes the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.app import walk
from toolkit.app.walk import Loaded
from toolkit.kengetallen.comparison import Comparison
from toolkit.kengetallen.library import Library
from toolkit.method.appraisal import appraise_study
from toolkit.method.returns import ratio

INDEX, CHANGES = "index", "changes"
"""Parts of a library beside its unit values that can make a difference."""
LEAST = 0.005
"""A difference below half a cent is none."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Present values under one library: of all benefits, of the costs and of the benefits per group."""

    benefits: float
    costs: float
    groups: Mapping[str, float]

    @property
    def ratio(self) -> float | None:
        """Benefits per euro of costs, None without costs."""
        return ratio(self.benefits, self.costs)


@dataclass(frozen=True, slots=True)
class Effect:
    """Figures under the old and the new library.

    parts: what makes how much of the difference in benefits, each changed alone, the largest first:
    the code of a unit value, INDEX or CHANGES; what only moves benefits between groups makes none.
    interplay: what is left over.
    """

    old: Figures
    new: Figures
    parts: tuple[tuple[str, float], ...]

    @property
    def difference(self) -> float:
        """New benefits minus old ones."""
        return self.new.benefits - self.old.benefits

    @property
    def interplay(self) -> float:
        """The difference that no part makes alone."""
        return self.difference - sum(amount for _, amount in self.parts)


def figures(loaded: Loaded) -> Figures:
    """The figures of a study as it was loaded."""
    outcome = appraise_study(loaded.portfolio, loaded.library.index)
    sides = outcome.per_group()
    groups = {group: sides[group][0] for group in outcome.study.groups}
    return Figures(outcome.benefits_pv, outcome.costs_pv, groups)


def effect(before: Loaded, after: Loaded, old: Library, new: Library, found: Comparison) -> Effect:
    """Take the differences into the old library one at a time and see what each does.

    before, after: the same portfolio, loaded with each library. A step with which the forms cannot
    be computed on its own is left to the interplay.
    """
    start = figures(before)
    parts = []
    for name, library in _steps(old, new, found):
        loaded, _ = walk.assemble(before.book, before.forms, library)
        if loaded is None:
            continue
        step = figures(loaded)
        if any(abs(step.groups[group] - start.groups[group]) >= LEAST for group in start.groups):
            parts.append((name, step.benefits - start.benefits))
    return Effect(start, figures(after), tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))))


def _steps(old: Library, new: Library, found: Comparison) -> Iterator[tuple[str, Library]]:
    """The old library with one thing in it as the new one has it."""
    for code in found.changed:
        yield code, old.with_entries({code: new.entries[code]})
    if found.index:
        yield INDEX, replace(old, index=new.index)
    if not found.same_to_pick:
        yield (
            CHANGES,
            replace(
                old.with_entries({**new.entries, **old.entries}), changes=new.changes, unpriced=new.unpriced
            ),
        )
