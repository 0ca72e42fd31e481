"""Every live formula of a workbook: those of sheet Narekenen, and those of the other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.asked import CARE, DEEPENING, EFFECTS
from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.compared import ADDED_UP
from toolkit.workbook.layout.form import FORM, OPEN_QUESTIONS
from toolkit.workbook.layout.freshness import CHANGED, STATE, Copy, stretches
from toolkit.workbook.layout.guide import PREVIEW
from toolkit.workbook.layout.library import CHANGES, FOLLOWS_WAGES, INDEX_NUMBERS, UNIT_VALUES
from toolkit.workbook.layout.parts import Block, Said, Table
from toolkit.workbook.layout.shared import VERSIONS
from toolkit.workbook.layout.short import SHORT
from toolkit.workbook.live import adding_up, openness, readback, recalculation, running, short
from toolkit.workbook.live.openness import clean, open_in_block, open_in_row, to_discuss
from toolkit.workbook.live.recalculation import figure, found, given, used
from toolkit.workbook.live.verdicts import GOOD, WRONG
from toolkit.workbook.live.vocabulary import (
    COLUMN,
    HYPERLINK,
    IF,
    IFERROR,
    INDEX,
    MATCH,
    SUBSTITUTE,
    SUM,
    SUMIFS,
    SUMPRODUCT,
    Area,
    Cell,
    Expression,
    Formulas,
    N,
    Names,
    by_row,
    ones,
    row_of,
)

FROM_LIBRARY = ("value", "who_gains", "based_on", "watch_for")
"""Columns beside an answer that say what the library knows of the change that was picked."""


@cache
def formulas_of(workbook: Workbook) -> Mapping[Table, Formulas]:
    """Every table of a workbook that has formulas, with those."""
    if workbook is SHORT:
        return short.FORMULAS
    if not workbook.has(STATE):
        return {}
    own = adding_up.FORMULAS
    if workbook is FORM:
        rechecked = {**recalculation.FORMULAS, **running.FORMULAS, **readback.FORMULAS}
        own = {**rechecked, **openness.formulas(), **_prices(), **_beside(), **_counted()}
    totals = recheck.TOTALS if workbook is FORM else ADDED_UP
    of_state = by_row(workbook.place(STATE).table, _states(totals), ["value"])
    return {**own, CHANGED: _changed(workbook), STATE: of_state}


# --- on sheet Kengetallen: amounts at the price level of the study ---


def _prices() -> dict[Table, Formulas]:
    own = row_of(UNIT_VALUES)
    value = found(UNIT_VALUES, "level_value", row_of(CHANGES, COLUMN).part_1, "code")
    level = {
        "place_from": MATCH(own.price_year, Area(INDEX_NUMBERS, "year"), 1),
        "place_to": MATCH(used.price_level, Area(INDEX_NUMBERS, "year"), 1),
        "index_from": _index_number(own, own.place_from),
        "index_to": _index_number(own, own.place_to),
        "level_value": own.amount * IF(own.index == "", 1, own.index_to / own.index_from),
    }
    priced = {column: IF(own.amount == "", "", formula) for column, formula in level.items()}
    return {CHANGES: Formulas({"value": IFERROR(value, "")}), UNIT_VALUES: Formulas(priced)}


def _index_number(own: Names, place: Expression) -> Expression:
    """The number of a year, of wages for what follows wages and otherwise of prices."""
    both = Area(INDEX_NUMBERS, "index_number", "wage_number")
    return INDEX(both, place, 1 + IF(own.index == FOLLOWS_WAGES, 1, 0))


# --- beside the answers ---


def _beside() -> dict[Table, Formulas]:
    """The columns between the answers that nobody fills in."""
    change = clean(EFFECTS).change
    library = {c: IFERROR(found(CHANGES, c, change, "name"), "") for c in FROM_LIBRARY}
    unit = IFERROR(found(CHANGES, "unit_short", change, "name") & "", given.own_unit & "")
    missing = Said("form.open_questions.in_row") & given.open
    care = row_of(CARE, COLUMN).change
    # not every calculator tells an empty criterion from empty cells
    people_of_care = IF(care == "", 0, SUMIFS(Area(EFFECTS, "reach"), Area(EFFECTS, "change"), care))
    # a row without people is not asked
    unit_of_care = IF(row_of(CARE).people == 0, "", found(CHANGES, "unit_short", care, "name"))
    said = IF(N(given.open) > 0, missing, row_of(recheck.READBACK).sentence)
    own = {
        EFFECTS: {"said": said, "unit": unit, **library},
        DEEPENING: {"row_change": IF(given.change == "", "", given.change)},
        CARE: {"people": people_of_care, "unit": unit_of_care},
    }
    for _, block in FORM.blocks():
        if "open" in block.column_codes:
            own[block] = {"open": open_in_row(block), **own.get(block, {})}
    return {block: Formulas(columns, per=block) for block, columns in own.items()}


# --- on sheet Uitleg: how many questions are open, and what comes out so far ---

ALL_OPEN = SUM(Area(OPEN_QUESTIONS, "open"))
LATER = Said("form.open_questions.later") & to_discuss()
"""What is no open question yet: the answers that a centre gives together with the municipality."""
OPEN_IN_FORM = Said("form.open_questions.in_form") & ALL_OPEN & LATER
PREVIEWED = {"benefits_pv": "total", "government": "group_overheid"}
"""Figures that have another name on Narekenen."""


def is_counted(sheet: Sheet) -> bool:
    """Tell whether a sheet says how many of its questions are open."""
    blocks = [part for part in sheet.parts if isinstance(part, Block)]
    return sheet.kind == "input" and any(map(_is_counted, blocks))


def open_on_sheet(sheet: Sheet) -> Expression:
    """The line at the top of a sheet: how many of its questions are open."""
    codes = [table.code for table in sheet.parts if isinstance(table, Block)]
    counts = Area(OPEN_QUESTIONS, "open", rows=(codes[0], codes[-1]), pinned="")
    said = Said("form.open_questions.on_sheet") & SUM(counts)
    return said & LATER if EFFECTS in sheet.parts else said


def _counted() -> dict[Table, Formulas]:
    blocks = {block.code: open_in_block(block) for _, block in FORM.blocks() if _is_counted(block)}
    still_open, absent = Said("form.preview.still_open"), Said("form.preview.absent")
    shown = {row: figure[PREVIEWED.get(row, row)] for row in PREVIEW.row_codes}
    preview = {row: IF(ALL_OPEN > 0, still_open, IFERROR(cell, absent)) for row, cell in shown.items()}
    return {
        OPEN_QUESTIONS: by_row(OPEN_QUESTIONS, blocks, ["open"]),
        PREVIEW: by_row(PREVIEW, preview, ["value"]),
    }


def _is_counted(block: Block) -> bool:
    return block.code in OPEN_QUESTIONS.row_codes


# --- does a workbook still show what its answers say? ---

state = Names(lambda row: Cell(STATE, "value", row))
STATE_OF_BOOK = state.state
"""The state of the workbook, repeated at the top of a result sheet."""


def _once_computed(formula: Expression) -> Expression:
    return IF(Cell(VERSIONS, "value", "computed_on") == "", Said("form.state.not_computed"), formula)


def _states(totals: Table) -> dict[str, Expression]:
    """By row. totals: the table that finds again what Python found."""
    difference = Area(totals, "difference")
    return {
        "changed": SUM(Area(CHANGED, "changed")),
        "fresh": _once_computed(IF(state.changed == 0, Said("form.state.fresh"), Said("form.state.stale"))),
        "state": state.fresh,
        # every difference counted as positive; there are calculators that cannot take ABS of several cells
        "recheck": SUMPRODUCT(difference * ((difference > 0) - (difference < 0))),
        "agrees": _once_computed(IF(state.recheck * 100 < 1, GOOD, WRONG)),
    }


def _changed(workbook: Workbook) -> Formulas:
    """How many answers of each stretch of columns differ from those that were computed."""
    counted = {}
    for copy in (placed.table for placed in workbook.tables() if isinstance(placed.table, Copy)):
        for stretch in stretches(copy):
            now, then = (Area(table, stretch.first, stretch.last) for table in (copy.of, copy))
            counted[stretch.row] = IFERROR(SUMPRODUCT(ones(now != then)), 1)
    return by_row(workbook.place(CHANGED).table, counted, ["changed"])


def link(target: Cell) -> Expression:
    """A link to the cell whose address stands in `target`, shown only where there is one."""
    place = "#'" & SUBSTITUTE(target, "!", "'!")
    return IF(target == "", "", HYPERLINK(place, Said("form.screen.go_there")))
