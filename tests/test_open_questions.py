"""The count of open questions is the reader's verdict: above zero exactly when something must change."""

from __future__ import annotations

import os
import random
from pathlib import Path

import calculator
import openpyxl
import pytest
from forms import EXAMPLES, change

from toolkit.app import walk
from toolkit.model.finding import STOP
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.asked import DEEPENING, EFFECTS, FRAMEWORK, MONEY, STORY, TARGET_GROUPS
from toolkit.workbook.layout.form import OPEN_QUESTIONS
from toolkit.workbook.layout.labels import label
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.reading.reader import read

FORMS = 300 if os.environ.get("WIJKBATEN_ALLES") else 24
IN_LIBREOFFICE = 8
BLANKS = (None, " ", "\u00a0", "   ")
UNKNOWN, OTHER = word("form.lists.unknown"), label("change", "other")
NOT_ASKED = (FRAMEWORK, STORY, DEEPENING)
EXAMPLES_USED = ("de_kade.xlsx", "het_anker.xlsx", "het_trefpunt.xlsx")


def blocks() -> list[Block]:
    return [block for _, block in FORM.blocks() if block not in NOT_ASKED]


def random_edits(rng: random.Random, answers: dict[tuple[str, str], object]) -> dict[tuple[str, str], object]:
    """A form as people leave it: cells emptied, spaces typed, 'weet ik niet', rows begun, tables cleared."""
    edits: dict[tuple[str, str], object] = {}
    filled = [at for at, value in answers.items() if value is not None]
    for at in rng.sample(filled, rng.choice((0, 0, 1, 1, 2, 6))):
        edits[at] = rng.choice(BLANKS)
    for at in rng.sample(filled, rng.choice((0, 1, 3))):
        field = FORM.block_of(at[0]).field_of(*at)
        if field.unknown:
            edits[at] = rng.choice((UNKNOWN, f" {UNKNOWN}", f"{UNKNOWN}\u00a0"))
        elif isinstance(answers[at], str):
            edits[at] = f"{answers[at]} "
    if rng.random() < 0.3:
        edits |= begun(rng, rng.choice([block for block in blocks() if not block.questions]))
    if rng.random() < 0.15:
        edits |= emptied(rng.choice((EFFECTS, MONEY, TARGET_GROUPS)))
    if rng.random() < 0.3:
        edits |= own_change(rng)
    return edits


def begun(rng: random.Random, block: Block) -> dict[tuple[str, str], object]:
    """A new row with a few of its answers, or nothing but a space."""
    row, field = block.row_codes[-1], rng.choice(block.asked)
    return {(row, field.code): rng.choice((" ", UNKNOWN if field.unknown else " ", "\u00a0"))}


def emptied(block: Block) -> dict[tuple[str, str], object]:
    return {(row, column): None for row in block.row_codes for column in block.asked_codes}


def own_change(rng: random.Random) -> dict[tuple[str, str], object]:
    row = EFFECTS.row_codes[20]
    given = {
        "change": OTHER,
        "target_group": UNKNOWN,
        "reach": 12,
        "grade": UNKNOWN,
        "own_change": "mensen durven weer met de bus",
        "own_domain": "gezondheid",
        "own_value": 40,
        "own_gains": "Gemeente",
        "own_unit": "ritten",
        "total": 90,
        "own_reason": "offerte",
    }
    for column in rng.sample(sorted(given), rng.choice((0, 0, 1, 2, 5))):
        given[column] = None
    agreed = {(DEEPENING.beside(row), "agreed"): rng.choice((None, "ja", "nee", "ja "))}
    return {(row, column): value for column, value in given.items()} | agreed


def half_filled(rng: random.Random, folder: Path, number: int) -> Path:
    source = folder / "bron" / rng.choice(EXAMPLES_USED)
    source.parent.mkdir(exist_ok=True)
    source.write_bytes((EXAMPLES / source.name).read_bytes())
    raw = read(source, FORM)
    asked = {(row, c) for b in blocks() for row in b.row_codes for c in b.asked_codes}
    answers = {at: raw.value(*at) for at in sorted(asked) if raw.get(*at)}
    return change(source, random_edits(rng, answers), folder / f"{number}.xlsx")


def counted(path: Path) -> float:
    """What the form says is open, added up over its parts."""
    sheet, book = FORM.place(OPEN_QUESTIONS), openpyxl.load_workbook(path, data_only=True)
    cells = (sheet.cell(row, "open") for row in OPEN_QUESTIONS.row_codes)
    return sum(book[sheet.sheet.name][cell].value or 0 for cell in cells)


def must_change(path: Path) -> list[str]:
    _, findings = walk.load_form(path)
    return [f"{f.where}: {f.code}" for f in findings if f.level == STOP]


@pytest.mark.parametrize("seed", range(FORMS))
def test_the_count_is_zero_exactly_when_nothing_must_change(seed, tmp_path):
    path = half_filled(random.Random(seed), tmp_path, seed)
    stops, again = must_change(path), calculator.recalculated(path, tmp_path / "weer")
    assert (counted(again) > 0) == bool(stops), (seed, counted(again), stops)


def test_libreoffice_counts_the_same(office, tmp_path):
    paths = [half_filled(random.Random(seed), tmp_path, seed) for seed in range(IN_LIBREOFFICE)]
    again = office.all_to_format(paths, tmp_path / "weer", "xlsx")
    counts = [counted(book) > 0 for book in again]
    assert counts == [bool(must_change(path)) for path in paths]
    assert {True, False} <= set(counts)
