"""What a form still lacks, row by row: the tables on sheet Narekenen behind the counts of open questions.

A cell with nothing but spaces is empty to the reader, so formulas look at cells without their spare spaces.
"""

from __future__ import annotations

from toolkit.workbook.layout.asked import (
    ACCOUNTS,
    ACTIVITIES,
    CARE,
    EFFECTS,
    MONEY,
    NO_PRICE,
    ORGANISATION,
    REFERRALS,
    TARGET_GROUPS,
)
from toolkit.workbook.layout.parts import Block, Line, Live, ResultColumn, Said
from toolkit.workbook.layout.shared import SETTINGS

CLEAN = "clean_{column}"
"""A cell without its spare spaces; 1 where a number stands in it that was asked for."""
_CODES = {
    ORGANISATION: "ZO",
    TARGET_GROUPS: "ZD",
    ACTIVITIES: "ZW",
    REFERRALS: "ZV",
    EFFECTS: "ZE",
    NO_PRICE: "ZP",
    ACCOUNTS: "ZR",
    MONEY: "ZG",
    CARE: "ZJ",
    SETTINGS: "ZS",
}
EFFECT_TERMS = ("unknown_change", "unknown_group", "own_gainer", "own_total")
"""What a row of an effect can lack beside: something that exists, and what an own amount needs."""


def _of_rows(block: Block) -> Live:
    terms = EFFECT_TERMS if block == EFFECTS else ()
    codes = (
        *(CLEAN.format(column=c.code) for c in block.asked),
        "started",
        "missing",
        *(f"need_{n}" for n, _ in enumerate(block.needs, 1)),
        *terms,
        *(("later",) if block == EFFECTS else ()),
    )
    columns = tuple(ResultColumn(code, "general", 18, _said(code)) for code in codes)
    return Live(_CODES[block], f"{block.table}Open", columns, capacity=block.capacity)


def _of_questions(block: Block) -> Live:
    columns = (
        ResultColumn("question", width=44, heading=Said("form.question_columns.question")),
        *(ResultColumn(c, "general", 18, _said(c)) for c in ("clean_answer", "started", "missing")),
    )
    rows = tuple(Line(q.code, "general", Said(f"form.questions.{q.code}.text")) for q in block.questions)
    return Live(_CODES[block], f"{block.table}Open", columns, rows=rows, plain=("question",))


def _said(code: str) -> Said:
    kind, _, rest = code.partition("_")
    if kind in ("clean", "need"):
        return Said(f"form.openness.{kind}", {"which": rest})
    return Said(f"form.openness.{code}")


OPENNESS = {block: _of_questions(block) if block.questions else _of_rows(block) for block in _CODES}
"""Block -> the table that says what it lacks."""
