"""Data validation: the same types and ranges that the reader enforces, with Dutch prompts."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.words.vocabulary import word, words
from toolkit.workbook.layout.asked import (
    TARGET_GROUPS,
)
from toolkit.workbook.layout.books import Placed, Workbook
from toolkit.workbook.layout.labels import library_choices
from toolkit.workbook.layout.library import CHANGES, UNIT_VALUES
from toolkit.workbook.layout.library_book import CHOICES as CHOICES_SHOWN
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import AS_TYPED, TEXT, Block, Field, Reference
from toolkit.workbook.layout.shared import LISTS
from toolkit.workbook.live.excel import excel
from toolkit.workbook.live.vocabulary import Area

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 250
_NAMED = {"change": CHANGES, "unit_value": UNIT_VALUES, "target_group": TARGET_GROUPS}
"""Lists whose choices are the names in a table."""


def add(sheet: Worksheet, placed: Placed, block: Block, workbook: Workbook) -> None:
    """Give every input cell of a block its validation."""
    for question in block.questions:
        title = word("form.question_columns.answer")
        prompt = word(f"form.questions.{question.code}.help")
        cell = placed.cell(question.code, "answer")
        _apply(sheet, question.field, cell, cell, title, prompt, workbook)
    for field in block.asked:
        title, prompt = words(f"form.columns.{block.code}.{field.code}")
        letter = placed.letter(field.code)
        area = f"{letter}{placed.first_row}:{letter}{placed.last_row}"
        _apply(sheet, field, area, f"{letter}{placed.first_row}", title, prompt, workbook)


def _apply(
    sheet: Worksheet, field: Field, area: str, cell: str, title: str, prompt: str, workbook: Workbook
) -> None:
    rule = _rule(field, cell, workbook)
    rule.allow_blank = True
    rule.promptTitle, rule.prompt = title[:_LONGEST_TITLE], prompt[:_LONGEST_PROMPT] or None
    rule.showInputMessage = rule.showErrorMessage = True
    rule.errorTitle = word("form.screen.error_title")
    rule.add(area)
    sheet.add_data_validation(rule)


def _rule(field: Field, cell: str, workbook: Workbook) -> DataValidation:
    if field.kind == "choice":
        rule = DataValidation(type="list", formula1=_list(field, workbook))
        rule.error = word("form.screen.error_choice")
        return rule
    if field.kind == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1="36526")
        rule.error = word("form.screen.error_date")
        return rule
    if field.kind in (TEXT, AS_TYPED):
        rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="2000")
        rule.error = word("form.screen.error_text")
        return rule
    low, high = _plain(field.low), _plain(field.high)
    if field.unknown:
        unknown = word("form.lists.unknown")
        rule = DataValidation(
            type="custom",
            formula1=f'OR(AND(ISNUMBER({cell}),{cell}>={low},{cell}<={high}),{cell}="{unknown}")',
        )
    else:
        kind = "whole" if field.kind in ("whole", "year") else "decimal"
        rule = DataValidation(type=kind, operator="between", formula1=low, formula2=high)
    rule.error = word("form.screen.error_number", low=low, high=high)
    return rule


def _plain(bound: float | None) -> str:
    return f"{bound:.0f}"


def _list(field: Field, workbook: Workbook) -> str:
    """The cells that hold the choices."""
    if workbook.code == "library":
        area = _first(CHOICES_SHOWN, field.choices, len(library_choices(field.choices)))
    elif field.choices in _NAMED:
        area = Area(_NAMED[field.choices], "name")
    else:
        area = _first(LISTS, field.choices, len(CHOICES[field.choices]) + field.unknown)
    return excel(workbook).reference(area)


def _first(table: Reference, column: str, size: int) -> Area:
    return Area(table, column, rows=(table.row_codes[0], table.row_codes[size - 1]))
