"""What a workbook needs to know by itself that its results are stale: the inputs as computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.workbook.layout.books import Sheet
from toolkit.workbook.layout.parts import Block, Line, Live, Result, ResultColumn, Said
from toolkit.workbook.layout.shared import CHECKS, VERSIONS

_COPY_CODES = {
    "OO": "CA",
    "DG": "CB",
    "JR": "CD",
    "GI": "CE",
    "EF": "CF",
    "PM": "CG",
    "ST": "CH",
    "VD": "CI",
    "AF": "CJ",
    "WD": "CP",
    "DV": "CQ",
    "VH": "CR",
    "WJ": "CS",
    "OV": "CK",
    "IN": "CM",
    "ET": "CN",
}
"""Block of input -> the table with its answers as they were computed."""


@dataclass(frozen=True, slots=True, eq=False)
class Copy(Result):
    """The answers of one block as they were when the results were computed."""

    of: Block = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring columns of a block that people fill in. row: where table CHANGED counts them."""

    row: str
    copy: Copy
    first: str
    last: str


def stretches(copy: Copy) -> list[Stretch]:
    """The stretches of the block that a table copies, from left to right."""
    return [Stretch(f"{copy.of.code}_{n}", copy, *run) for n, run in enumerate(_runs(copy.of), 1)]


def _runs(block: Block) -> Iterator[tuple[str, str]]:
    """First and last column of each stretch of columns that people fill in."""
    if block.questions:
        yield "answer", "answer"
        return
    first = last = ""
    for column in block.columns:
        if not column.asked:
            if first:
                yield first, last
            first = ""
            continue
        first, last = first or column.code, column.code
    if first:
        yield first, last


def copies(sheets: tuple[Sheet, ...]) -> tuple[Copy, ...]:
    """For each block whose answers are compared, the table with what they were."""
    blocks = [part for sheet in sheets for part in sheet.parts if isinstance(part, Block)]
    return tuple(
        Copy(
            _COPY_CODES[block.code],
            f"{block.table}Berekend",
            tuple(ResultColumn(c, "general", 18) for c in _copied(block)),
            capacity=block.size,
            of=block,
        )
        for block in blocks
        if block.code in _COPY_CODES
    )


def _copied(block: Block) -> tuple[str, ...]:
    return ("answer",) if block.questions else block.column_codes


COMPUTED_WITH = Result(
    "VF",
    "tblBerekendMet",
    (ResultColumn("name", width=44), ResultColumn("checksum", width=70)),
    capacity=1001,
    optional=True,
)
"""What the results of a portfolio were made of: its forms and the unit values, each with a checksum."""


def versions(copied: tuple[Copy, ...], *more: Result) -> Sheet:
    """Sheet Versies with the answers as computed, and the number of answers that changed since."""
    return Sheet("versions", "result", (VERSIONS, *more, changed(copied), *copied))


def changed(copied: tuple[Copy, ...] = ()) -> Live:
    """How many answers changed, for each stretch of each block."""
    return Live(
        "VS",
        "tblGewijzigd",
        (ResultColumn("what", width=44), ResultColumn("changed", "row", 18)),
        rows=tuple(
            Line(stretch.row, "whole", Said(f"form.blocks.{copy.of.code}"))
            for copy in copied
            for stretch in stretches(copy)
        ),
        plain=("what",),
    )


def state(recheck: bool) -> Live:
    """What sheet Controles says of the workbook, live."""
    rows = [
        Line("changed", "whole", Said("form.state.changed")),
        Line("fresh", "text", Said("form.state.fresh_row")),
        Line("state", "text", Said("form.state.state")),
    ]
    if recheck:
        rows += [
            Line("recheck", "number2", Said("form.state.recheck")),
            Line("agrees", "text", Said("form.state.agrees")),
        ]
    return Live(
        "CL",
        "tblStand",
        (ResultColumn("figure", width=30), ResultColumn("value", "row", 24)),
        rows=tuple(rows),
        plain=("figure",),
    )


CHANGED, STATE = changed(), state(recheck=False)
"""Their names; every workbook has them with rows of its own."""


def checks(recheck: bool) -> Sheet:
    """Sheet Controles with the live state of the workbook above the findings."""
    return Sheet("checks", "result", (state(recheck), CHECKS))
