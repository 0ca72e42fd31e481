"""Does a workbook still show what its answers say? Live formulas, and their results."""

from __future__ import annotations

from toolkit.opc.references import split_reference
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.freshness import COPY_CODES, Copy, runs
from toolkit.workbook.layout.parts import Workbook
from toolkit.workbook.live.addresses import Places
from toolkit.workbook.reading.reader import RawWorkbook

HEADER_ROWS = 2


def changed_formula(workbook: Workbook, row: str) -> str:
    """How many answers of one stretch of columns differ from those that were computed."""
    prefix, _, number = row.partition("_")
    at, block = Places(workbook, "versions"), workbook.find(prefix)[1]
    first, last = list(runs(block))[int(number) - 1]
    now, then = at.area(prefix, first, last), at.area(COPY_CODES[prefix], first, last)
    return f"=IFERROR(SUMPRODUCT(--({now}<>{then})),1)"


def state_formula(workbook: Workbook, row: str) -> str:
    """One line of the live state on sheet Controles."""
    at = Places(workbook, "checks")

    def own(name: str) -> str:
        return at.cell("CL", "value", at.place("CL", name))

    computed_on = at.cell("VE", "value", at.place("VE", "computed_on"))
    absent = f'{computed_on}="","{word("form.state.not_computed")}"'
    fresh, stale = word("form.state.fresh"), word("form.state.stale")
    good, wrong = word("form.verdicts.good"), word("form.verdicts.wrong")
    return {
        "changed": lambda: f"=SUM({at.column('VS', 'changed')})",
        "fresh": lambda: f'=IF({absent},IF({own("changed")}=0,"{fresh}","{stale}"))',
        "state": lambda: f"={own('fresh')}",
        "recheck": lambda: f"=SUMPRODUCT(ABS({at.column('NR', 'difference')}))",
        "agrees": lambda: f'=IF({absent},IF({own("recheck")}*100<1,"{good}","{wrong}"))',
    }[row]()


def repeated_formula(workbook: Workbook, home: str) -> str:
    """The state of the workbook, repeated at the top of a result sheet."""
    at = Places(workbook, home)
    return f"={at.cell('CL', 'value', at.place('CL', 'state'))}"


def rows(workbook: Workbook, raw: RawWorkbook, recheck: list[Row]) -> dict[str, list[Row]]:
    """The tables that say a workbook is fresh: the answers as computed, and nothing changed since."""
    found: dict[str, list[Row]] = {}
    for sheet in workbook.sheets:
        for part, _ in sheet.placed():
            if isinstance(part, Copy):
                found[part.code] = _copied(raw, part)
            elif getattr(part, "code", "") == "VS":
                found["VS"] = [{"row": code, "changed": 0} for code, _ in part.rows]
    difference = sum(abs(row["difference"]) for row in recheck)
    values = {
        "changed": 0,
        "fresh": word("form.state.fresh"),
        "state": word("form.state.fresh"),
        "recheck": difference,
        "agrees": word(f"form.verdicts.{'good' if difference * 100 < 1 else 'wrong'}"),
    }
    lines = [code for code, _ in workbook.find("CL")[1].rows]
    found["CL"] = [{"row": code, "value": values[code]} for code in lines]
    return found


def _copied(raw: RawWorkbook, part: Copy) -> list[Row]:
    """The answers of a block in the order of its cells, empty rows included."""
    place = raw.places[part.of]
    copied: list[dict[str, object]] = [{} for _ in range(part.size)]
    last = 0
    for row in raw.rows.get(part.of, ()):
        for column in part.columns:
            answer = raw.get(row, column.code)
            if answer is None or answer.value is None:
                continue
            line = split_reference(answer.where.rpartition("!")[2])[0] - place.row - HEADER_ROWS
            if 0 <= line < part.size:
                copied[line][column.code] = answer.value
                last = max(last, line + 1)
    return copied[:last]
