"""What a person picks from a closed list, and what stands for it inside."""

from __future__ import annotations

from toolkit.kengetallen import picked, rules
from toolkit.kengetallen.wording import label as choice_label
from toolkit.method.defaults import DEFAULT_DROP_OFF, DEFAULT_SHARE
from toolkit.words.vocabulary import word, words
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.parts import table_code

LIBRARY_CHOICES = {**rules.CLOSED_LISTS, **picked.CLOSED_LISTS}
"""Closed lists of the library, by the column in which one is chosen."""
UNKNOWN_VALUES = {"deadweight": DEFAULT_SHARE, "attribution": DEFAULT_SHARE, "still": DEFAULT_DROP_OFF}
"""What 'weet ik niet' stands for beside the answers; of `still` what is lost of it per year."""


def said(name: str, answer: object) -> str:
    """What the form says of one answer, with {n} and {m} open; '' where it says nothing."""
    if answer == word("form.lists.unknown"):
        return word(f"form.readback.{name}.unknown")
    if name == "still":
        return word(f"form.readback.still.{'some' if answer else 'nobody'}")
    choice = next(c for c in CHOICES[name] if label(name, c) == answer)
    return word(f"form.readback.{name}.{choice}")


def default_said(row: str, column: str) -> str:
    """What 'weet ik niet' stands for in a cell, in words."""
    if column == "answer":
        return word(f"form.questions.{row}.unknown")
    return words(f"form.columns.{table_code(row)}.{column}")[2]


def library_choices(name: str) -> dict[str, object]:
    """What can be picked in a column of the library: as people read it -> as the library holds it."""
    if name in LIBRARY_CHOICES:
        return {choice_label(choice): choice for choice in LIBRARY_CHOICES[name]}
    return {label("yes_no", choice): value for choice, value in CHOICES["yes_no"].items()}


def label(name: str, choice: str) -> str:
    """The Dutch label of one choice of a closed list."""
    if name in ("party", "gains"):
        return word(f"form.parties.{choice}")
    if name == "domain":
        return choice
    return word(f"form.lists.{name}.{choice}")


def labels(name: str) -> list[str]:
    """The Dutch labels of a closed list, 'weet ik niet' last."""
    return [*(label(name, choice) for choice in CHOICES[name]), word("form.lists.unknown")]
