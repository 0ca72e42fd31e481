"""Data validation: the same types and ranges that the reader enforces, with Dutch prompts."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.words.vocabulary import word, words
from toolkit.workbook.layout.labels import library_choices
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import AS_TYPED, TEXT, Block, Field, Workbook
from toolkit.workbook.live import beside

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 250


def add(sheet: Worksheet, block: Block, first: int, workbook: Workbook) -> None:
    """Give every input cell of a block its validation."""
    if block.questions:
        for line, question in enumerate(block.questions, start=first):
            title = word("form.question_columns.answer")
            prompt = word(f"form.questions.{question.code}.help")
            _apply(sheet, question.field, f"C{line}", f"C{line}", title, prompt, workbook)
        return
    last = first + block.capacity - 1
    for column, field in enumerate(block.columns, start=2):
        if not field.asked:
            continue
        title, prompt = words(f"form.columns.{block.prefix}.{field.code}")
        letter = get_column_letter(column)
        area = f"{letter}{first}:{letter}{last}"
        _apply(sheet, field, area, f"{letter}{first}", title, prompt, workbook)


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
    if workbook.code == "library":
        return beside.list_range(workbook, field.choices, len(library_choices(field.choices)), "LK")
    if field.choices == "change":
        return beside.column_range(workbook, "KV", "name")
    if field.choices == "unit_value":
        return beside.column_range(workbook, "KG", "name")
    if field.choices == "target_group":
        return beside.column_range(workbook, "DG", "name")
    return beside.list_range(workbook, field.choices, len(CHOICES[field.choices]) + field.unknown)
