"""The formulas that say what a form still lacks, row by row: the reader's verdict, live."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from operator import add

from toolkit.workbook.layout.asked import EFFECTS, TARGET_GROUPS
from toolkit.workbook.layout.fields import NUMERIC, Field
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.openness import CLEAN, OPENNESS
from toolkit.workbook.layout.parts import Block, Said, Table
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.live.vocabulary import (
    COUNT,
    IF,
    IFERROR,
    MATCH,
    OWN,
    SUBSTITUTE,
    SUM,
    SUMPRODUCT,
    TRIM,
    Area,
    Cell,
    Expression,
    Formulas,
    Names,
    ones,
    row_of,
)

HARD_SPACE = "\u00a0"
UNKNOWN = Said("form.lists.unknown")
OTHER = Said("form.lists.change.other")


def without_spaces(text: Expression) -> Expression:
    """A text as the reader sees it: no spaces around it, one between words."""
    return TRIM(SUBSTITUTE(text, HARD_SPACE, " "))


def clean(block: Block) -> Names:
    """The cells of a row of a block without their spare spaces, by column."""
    return Names(lambda column: row_of(OPENNESS[block])[CLEAN.format(column=column)])


def choice(block: Block, column: str, says: str) -> Said:
    """The words of one choice of a column."""
    return Said(f"form.lists.{block.field_of(block.row_codes[0], column).choices}.{says}")


@cache
def formulas() -> Mapping[Table, Formulas]:
    """Every table of layout/openness with its formulas."""
    return {
        table: _of_questions(block) if block.questions else _of_rows(block)
        for block, table in OPENNESS.items()
    }


def _of_questions(block: Block) -> Formulas:
    own = row_of(OPENNESS[block])
    sets = []
    for question in block.questions:
        sets.append(
            {
                "clean_answer": _clean(Cell(block, "answer", question.code), question.field),
                "started": ones(own.clean_answer != ""),
                "missing": (own.clean_answer == "") * int(question.field.required),
            }
        )
    return Formulas(*sets)


def _of_rows(block: Block) -> Formulas:
    given, its = row_of(block), clean(block)
    formulas = {CLEAN.format(column=c.code): _clean(given[c.code], c) for c in block.asked}
    first, last = (CLEAN.format(column=c.code) for c in (block.asked[0], block.asked[-1]))
    filled = Area(OPENNESS[block], first, last, OWN, "")
    required = [c.code for c in block.asked if c.required]
    needs = {
        f"need_{n}": _says(its[need.beside], choice(block, need.beside, need.says) if need.says else None)
        * (its[need.column] == "")
        for n, need in enumerate(block.needs, 1)
    }
    more = _of_effects(its) if block == EFFECTS else {}
    return Formulas(
        {
            **formulas,
            "started": SUMPRODUCT(ones(filled != "")),
            "missing": reduce(add, [its[c] == "" for c in required]) + 0,
            **needs,
            **more,
        },
        per=block,
    )


def _clean(cell: Expression, field: Field) -> Expression:
    """What a cell holds; of a number only that there is one: calculators write those in their own way."""
    text = without_spaces(cell)
    return IF(COUNT(cell) == 1, 1, text) if field.kind in NUMERIC else text


def _says(cell: Expression, says: Said | None) -> Expression:
    return cell != "" if says is None else cell == says


def _of_effects(its: Names) -> Mapping[str, Expression]:
    """What a row of an effect can lack beside: what it names must exist, an own amount has its reasons."""
    group, picked = its.target_group, its.change
    groups = Area(OPENNESS[TARGET_GROUPS], CLEAN.format(column="name"))
    place = MATCH(picked, Area(CHANGES, "name"), 0)
    is_other = picked == OTHER
    return {
        "unknown_change": (picked != "") * (picked != OTHER) * IFERROR(place * 0, 1),
        "unknown_group": (group != "") * (group != UNKNOWN) * IFERROR(MATCH(group, groups, 0) * 0, 1),
        "own_gainer": is_other * (its.own_value != "") * (its.own_gains == ""),
        "own_total": is_other * (its.own_unit != "") * (its.total != 1),
        # of a change without a price nothing is to be discussed
        "later": IFERROR(place * 0 + 1, 0)
        * ((its.deadweight == "") + (its.attribution == "") + (its.still == "")),
    }


def open_in_row(block: Block) -> Expression:
    """How many answers a started row still misses; '' where nothing stands in it."""
    own = row_of(OPENNESS[block])
    return IF(
        own.started == 0, "", SUM(Area(OPENNESS[block], "missing", _last_term(block), rows="", pinned=""))
    )


def _last_term(block: Block) -> str:
    codes = OPENNESS[block].column_codes
    return codes[-2] if block == EFFECTS else codes[-1]


def open_in_block(block: Block) -> Expression:
    """How many answers a block still misses."""
    if not block.questions:
        started = Area(block, "open")
        return SUM(started) + IF(COUNT(started) == 0, 1, 0) if block.needs_row else SUM(started)
    answered, missing = (SUM(Area(OPENNESS[block], column)) for column in ("started", "missing"))
    # nobody filled in the settings of a study: then it has those of its own reporting year
    return IF(answered == 0, 0, missing) if block == SETTINGS else missing


def to_discuss() -> Expression:
    """How many answers of started rows are still to be discussed with the municipality."""
    return SUM(Area(OPENNESS[EFFECTS], "later"))
