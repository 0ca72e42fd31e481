"""Broken and hostile workbooks, each the same every time: the seed decides source, kind and place.

`python -m mutations SEED FILE`, in the folder tests, writes one of them, to look at it alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from mutations import excess, markup, values, zips
from mutations.kinds import HEAVY, KINDS
from mutations.sources import SOURCES, source_of

MAKERS = (zips, markup, values, excess)
"""The modules whose kinds there are."""


@dataclass(frozen=True, slots=True)
class Case:
    """One mutated workbook; read_as: what the good one was."""

    seed: int
    name: str
    source: str
    read_as: str
    file: str
    data: bytes


CYCLE = (*KINDS, *HEAVY, *KINDS)
"""The kinds in the order of the seeds, so that as many seeds as this is long show them all."""
OTHER_SUFFIXES = (".xlsm", ".xlsb", ".xls", ".ods", ".XLSX", ".txt", "")


def name_of(seed: int) -> str:
    """The kind of damage of a seed."""
    return CYCLE[seed % len(CYCLE)]


def case(seed: int) -> Case:
    """The mutated workbook of a seed."""
    rng = Random(seed)
    name, chosen = name_of(seed), rng.choice(SOURCES)
    good = source_of(chosen)
    suffix = rng.choice(OTHER_SUFFIXES) if rng.random() < 0.1 else good.suffix
    data = ({**KINDS, **HEAVY}[name])(rng, good)
    return Case(seed, name, chosen, good.kind, f"proef{suffix}", data)
