"""Widths, codes and headings of the tables, from the layout and the words."""

from __future__ import annotations

from toolkit.model.study import DOMAINS, PARTY_GROUPS
from toolkit.words.vocabulary import table, word, words
from toolkit.workbook.layout import measures
from toolkit.workbook.layout.freshness import COPY_CODES
from toolkit.workbook.layout.outcomes import CHANGE
from toolkit.workbook.layout.parts import Block, Reference, Result

QUESTION_WIDTHS = {"question": 50.0, "answer": 44.0, "previous": 26.0}
"""The explanation runs on to the right."""
_COPIED = {copy: block for block, copy in COPY_CODES.items()}
_ROW_WORDS = {
    "UG": "groups",
    "UP": "parties",
    "VE": "versions",
    "NS": "recheck_settings",
    "ND": "recheck_years",
    "NX": "parties",
    "NY": "parties",
    "NZ": "recheck_years",
}


def widths(part: object) -> list[float]:
    """Column widths of a part from column B on, no heading too narrow; nothing for charts."""
    if isinstance(part, Block) and part.questions:
        planned = [QUESTION_WIDTHS.get(c, 0.0) for c in part.column_codes]
    elif isinstance(part, Block | Result | Reference):
        planned = [float(c.width) for c in part.columns]
    else:
        return []
    return [max(w, measures.heading_width(h)) for w, h in zip(planned, headings(part), strict=True)]


def codes(part: Block | Result | Reference) -> list[str]:
    """The grey column codes of a table."""
    return list(part.column_codes) if isinstance(part, Block) else [c.code for c in part.columns]


def headings(part: Block | Result | Reference) -> list[str]:
    """The Dutch column headings of a table."""
    if isinstance(part, Block) and part.questions:
        return [word(f"form.question_columns.{c}") for c in part.column_codes]
    prefix = part.prefix if isinstance(part, Block) else part.code
    return [heading(prefix, code) for code in codes(part)]


def heading(prefix: str, code: str) -> str:
    """The Dutch heading of one column."""
    if prefix in _COPIED:
        block = _COPIED[prefix]
        return word("form.question_columns.answer") if code == "answer" else heading(block, code)
    if prefix in ("LI", "LW"):
        name = code.removesuffix("_value").removesuffix("_said")
        shown = word(f"form.list_names.{name}")
        return word(f"form.recheck.{code.removeprefix(name + '_')}_of", name=shown) if code != name else shown
    kind, _, rest = code.partition("_")
    if kind == "domain" and rest.isdigit():
        return DOMAINS[int(rest) - 1].capitalize()
    if kind == "group" and rest:
        return word(f"form.groups.{rest}")
    if kind in ("party", "share") and rest in PARTY_GROUPS:
        return word(f"form.parties.{rest}")
    if kind in ("part", "factor") and rest.isdigit():
        return word(f"form.recheck.{kind}", n=rest)
    if kind == "year" and rest.isdigit():
        return word("form.year.column", n=rest)
    return words(f"form.columns.{prefix}.{code}")[0]


def block_heading(code: str) -> str:
    """The Dutch heading above a table."""
    if code in _COPIED:
        return word("form.screen.copy_of", name=word(f"form.blocks.{_COPIED[code]}"))
    return word(f"form.blocks.{code}")


def row_label(code: str, row: str) -> str:
    """The Dutch label of a fixed row of results."""
    if code == "UB":
        return word(f"form.lists.grade.{row}")
    if code == "OS":
        return word(f"form.scenarios.{row}.name")
    if code in ("UT", "OG", "VT", "WT"):
        return word(f"form.charts.{row}.source")
    if code == "OP":
        return word(f"form.open_parts.{row}")
    if code == "WV":
        return word(f"form.figures.{row.removeprefix(CHANGE)}.name")
    if code in ("KO", "KM", "OB", "VU"):
        section = "figures" if row in _figures() else "groups"
        return word(f"form.figures.{row}.name") if section == "figures" else word(f"form.groups.{row}")
    if code == "NR":
        return _total_label(row)
    if code == "CL":
        return word(f"form.state.{'fresh_row' if row == 'fresh' else row}")
    if code == "VS":
        return block_heading(row[:2])
    return word(f"form.{_ROW_WORDS[code]}.{row}")


def _total_label(row: str) -> str:
    kind, _, name = row.partition("_")
    if kind == "group":
        return word("form.recheck.gain", party=word(f"form.groups.{name}"))
    if kind in ("gain", "paid"):
        return word(f"form.recheck.{kind}", party=word(f"form.parties.{name}"))
    return word(f"form.figures.{'benefits_pv' if row == 'total' else row}.name")


def _figures() -> frozenset[str]:
    return frozenset(table("form")["figures"])
