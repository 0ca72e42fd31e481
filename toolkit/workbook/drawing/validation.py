"""Data validation: the same types and ranges that the reader enforces, with Dutch prompts."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.words.vocabulary import word, words
from toolkit.workbook.layout.asked import TARGET_GROUPS
from toolkit.workbook.layout.books import Placed, Workbook
from toolkit.workbook.layout.fields import AS_TYPED, KEPT, TEXT, Field
from toolkit.workbook.layout.labels import default_said, library_choices
from toolkit.workbook.layout.library import PICKS, UNIT_VALUES
from toolkit.workbook.layout.library_book import CHOICES as CHOICES_SHOWN
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import Block, Reference
from toolkit.workbook.layout.shared import LISTS
from toolkit.workbook.live.excel import excel
from toolkit.workbook.live.vocabulary import Area

SCALED = ("deadweight", "attribution", "still", "amount", "until", "target_group")
"""Columns whose reader decides what 'weet ik niet' stands for; their words say it."""
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 250
_NAMED = {
    "change": Area(PICKS, "change"),
    "unpriced": Area(PICKS, "unpriced"),
    "unit_value": Area(UNIT_VALUES, "name"),
}
"""Lists whose choices stand in a table of the workbook itself."""


def add(sheet: Worksheet, placed: Placed, block: Block, workbook: Workbook) -> None:
    """Give every input cell of a block its validation."""
    for question in block.questions:
        title = word("form.question_columns.answer")
        prompt = _prompt(word(f"form.questions.{question.key}.help"), question.field, question.code, "answer")
        cell = placed.cell(question.code, "answer")
        _apply(sheet, question.field, cell, cell, title, prompt, workbook)
    for field in block.asked:
        title, prompt = words(f"form.columns.{block.key}.{field.code}")[:2]
        prompt = _prompt(prompt, field, block.row_codes[0], field.code)
        letter = placed.letter(field.code)
        area = f"{letter}{placed.first_row}:{letter}{placed.last_row}"
        _apply(sheet, field, area, f"{letter}{placed.first_row}", title, prompt, workbook)


def _prompt(text: str, field: Field, row: str, column: str) -> str:
    """What is asked, and what 'weet ik niet' stands for."""
    if not field.unknown or (field.stands_for == KEPT and column not in SCALED):
        return text
    return f"{text} {word('form.screen.unknown_is', default=default_said(row, column))}".strip()


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
    elif field.choices == "target_group":
        return _with_unknown(workbook)
    elif field.choices in _NAMED:
        area = _NAMED[field.choices]
    else:
        area = _first(LISTS, field.choices, len(CHOICES[field.choices]) + field.unknown)
    return excel(workbook).reference(area)


def _with_unknown(workbook: Workbook) -> str:
    """The target groups, and the cell below them that says 'weet ik niet'."""
    placed = workbook.place(TARGET_GROUPS)
    letter = placed.letter("name")
    return f"'{placed.sheet.name}'!${letter}${placed.first_row}:${letter}${placed.last_row + 1}"


def _first(table: Reference, column: str, size: int) -> Area:
    return Area(table, column, rows=(table.row_codes[0], table.row_codes[size - 1]))
