"""What a workbook needs to know by itself that its results are stale: the inputs as computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.workbook.layout.parts import Block, Live, Result, ResultColumn, Sheet
from toolkit.workbook.layout.shared import CHECKS, VERSIONS

COPY_CODES = {
    "OO": "CA",
    "DG": "CB",
    "JR": "CD",
    "GI": "CE",
    "EF": "CF",
    "PM": "CG",
    "ST": "CH",
    "VD": "CI",
    "AF": "CJ",
    "OV": "CK",
    "IN": "CM",
    "ET": "CN",
}
"""Block of input -> the table with its answers as they were computed."""


@dataclass(frozen=True, slots=True)
class Copy(Result):
    """The answers of one block as they were when the results were computed."""

    of: str = ""


def runs(block: Block) -> Iterator[tuple[str, str]]:
    """First and last column of each stretch of columns that people fill in."""
    if block.questions:
        yield "answer", "answer"
        return
    first = last = ""
    for field in block.columns:
        if not field.asked:
            if first:
                yield first, last
            first = ""
            continue
        first, last = first or field.code, field.code
    if first:
        yield first, last


def versions(sheets: tuple[Sheet, ...]) -> Sheet:
    """Sheet Versies with the answers as computed, and the number of answers that changed since."""
    parts = [part for sheet in sheets for part in sheet.parts]
    blocks = [part for part in parts if isinstance(part, Block) and part.prefix in COPY_CODES]
    rows = [(f"{b.prefix}_{n}", "whole") for b in blocks for n, _ in enumerate(runs(b), 1)]
    changed = Live(
        "VS",
        "tblGewijzigd",
        (ResultColumn("what", width=44), ResultColumn("changed", "row", 18)),
        rows=tuple(rows),
        plain=("what",),
    )
    copies = tuple(
        Copy(
            COPY_CODES[b.prefix],
            f"{b.table}Berekend",
            tuple(ResultColumn(c, "general", 18) for c in _copied(b)),
            capacity=len(b.row_codes),
            of=b.prefix,
        )
        for b in blocks
    )
    return Sheet(VERSIONS.code, VERSIONS.kind, (*VERSIONS.parts, changed, *copies))


def _copied(block: Block) -> tuple[str, ...]:
    return ("answer",) if block.questions else tuple(c.code for c in block.columns)


def checks(recheck: bool) -> Sheet:
    """Sheet Controles with the live state of the workbook above the findings."""
    rows = [("changed", "whole"), ("fresh", "text"), ("state", "text")]
    if recheck:
        rows += [("recheck", "number2"), ("agrees", "text")]
    state = Live(
        "CL",
        "tblStand",
        (ResultColumn("figure", width=30), ResultColumn("value", "row", 90)),
        rows=tuple(rows),
        plain=("figure",),
    )
    return Sheet(CHECKS.code, CHECKS.kind, (state, *CHECKS.parts))
