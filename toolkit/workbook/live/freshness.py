"""Does a workbook still show what its answers say? Live formulas, and their results."""

from __future__ import annotations

from toolkit.model.narrowing import as_number
from toolkit.opc.references import split_reference
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.freshness import CHANGED, STATE, Copy, stretches
from toolkit.workbook.layout.parts import Table
from toolkit.workbook.layout.shared import VERSIONS
from toolkit.workbook.live.addresses import Places
from toolkit.workbook.reading.reader import RawWorkbook


def changed_formula(workbook: Workbook, row: str) -> str:
    """How many answers of one stretch of columns differ from those that were computed."""
    at = Places(workbook, "versions")
    counted = next(s for copy in _copies(workbook) for s in stretches(copy) if s.row == row)
    now, then = (at.area(table, counted.first, counted.last) for table in (counted.copy.of, counted.copy))
    return f"=IFERROR(SUMPRODUCT(--({now}<>{then})),1)"


def state_formula(workbook: Workbook, row: str) -> str:
    """One line of the live state on sheet Controles."""
    at = Places(workbook, "checks")

    def own(name: str) -> str:
        return at.cell(STATE, "value", workbook.place(STATE).table.row_codes.index(name))

    computed_on = at.cell(VERSIONS, "value", workbook.place(VERSIONS).table.row_codes.index("computed_on"))
    absent = f'{computed_on}="","{word("form.state.not_computed")}"'
    fresh, stale = word("form.state.fresh"), word("form.state.stale")
    good, wrong = word("form.verdicts.good"), word("form.verdicts.wrong")
    return {
        "changed": lambda: f"=SUM({at.column(CHANGED, 'changed')})",
        "fresh": lambda: f'=IF({absent},IF({own("changed")}=0,"{fresh}","{stale}"))',
        "state": lambda: f"={own('fresh')}",
        "recheck": lambda: _sum_of_sizes(at.column(recheck.TOTALS, "difference")),
        "agrees": lambda: f'=IF({absent},IF({own("recheck")}*100<1,"{good}","{wrong}"))',
    }[row]()


def _sum_of_sizes(cells: str) -> str:
    """Every number counted as positive. ABS over cells would do, were there not calculators that cannot."""
    return f"=SUMPRODUCT({cells}*(({cells}>0)-({cells}<0)))"


def repeated_formula(workbook: Workbook, home: str) -> str:
    """The state of the workbook, repeated at the top of a result sheet."""
    at = Places(workbook, home)
    return f"={at.cell(STATE, 'value', STATE.row_codes.index('state'))}"


def rows(workbook: Workbook, raw: RawWorkbook, totals: list[Row]) -> dict[Table, list[Row]]:
    """The tables that say a workbook is fresh: the answers as computed, and nothing changed since.

    totals: those of sheet Narekenen, where there is one.
    """
    found: dict[Table, list[Row]] = {copy: _copied(raw, copy) for copy in _copies(workbook)}
    counted = workbook.place(CHANGED).table.row_codes
    found[CHANGED] = [{"row": code, "changed": 0} for code in counted]
    difference = sum(abs(as_number(row["difference"])) for row in totals)
    values = {
        "changed": 0,
        "fresh": word("form.state.fresh"),
        "state": word("form.state.fresh"),
        "recheck": difference,
        "agrees": word(f"form.verdicts.{'good' if difference * 100 < 1 else 'wrong'}"),
    }
    shown = workbook.place(STATE).table.row_codes
    found[STATE] = [{"row": code, "value": values[code]} for code in shown]
    return found


def _copies(workbook: Workbook) -> list[Copy]:
    return [placed.table for placed in workbook.tables() if isinstance(placed.table, Copy)]


def _copied(raw: RawWorkbook, part: Copy) -> list[Row]:
    """The answers of a block in the order of its cells, empty rows included."""
    place = raw.place_of(part.of)
    if place is None:
        return []
    copied: list[dict[str, object]] = [{} for _ in range(part.size)]
    last = 0
    for row in raw.rows_of(part.of):
        for column in part.columns:
            answer = raw.get(row, column.code)
            if answer is None or answer.value is None:
                continue
            line = split_reference(answer.where.rpartition("!")[2])[0] - place.first_row
            if 0 <= line < part.size:
                copied[line][column.code] = answer.value
                last = max(last, line + 1)
    return list(copied[:last])
