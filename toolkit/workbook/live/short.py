"""The formulas of the short form: what can be said already, what to ask next, and what is still empty."""

from __future__ import annotations

from functools import reduce
from operator import and_

from toolkit.model.unit_value import CARE_TEAM
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.short import (
    ASKED,
    KNOWN,
    LACKS,
    NEXT,
    SHORT,
    SHORT_ACCOUNTS,
    SHORT_EFFECTS,
    SHORT_ORGANISATION,
    STARTED,
    TOUCHED,
)
from toolkit.workbook.live.openness import without_spaces
from toolkit.workbook.live.recalculation import found
from toolkit.workbook.live.vocabulary import (
    COUNT,
    IF,
    IFERROR,
    SUBSTITUTE,
    SUM,
    Area,
    Cell,
    Expression,
    Formulas,
    by_row,
    ones,
    row_of,
)

given, next_, lacks = row_of(SHORT_EFFECTS), row_of(NEXT), row_of(LACKS)
_ABSENT = Said("form.short_figures.absent")
_participants = Cell(SHORT_ORGANISATION, "answer", SHORT_ORGANISATION.question("participants").code)
_costs = Cell(SHORT_ACCOUNTS, "answer", SHORT_ACCOUNTS.question("annual_accounts").code)
_figures = {
    "participants": IF(COUNT(_participants) == 1, _participants, _ABSENT),
    "cost_each": IFERROR(
        IF(COUNT(_costs) == 1, _costs / Cell(KNOWN, "value", "participants"), _ABSENT), _ABSENT
    ),
    "still_empty": SUM(Area(LACKS, "empty")),
}


def _of_change(column: str) -> Expression:
    """What the library knows of the change that was picked; '' of none."""
    return IFERROR(found(CHANGES, column, without_spaces(given.change), "name") & "", "")


def _lacking(row: str) -> dict[str, Expression]:
    """What is still empty of a question or of a started row."""
    if row in ASKED:
        answer = without_spaces(Cell(SHORT.block_of(row), "answer", row))
        return {"first": answer, "second": lacks.first & "", "empty": ones(lacks.first == "")}
    if row in STARTED:
        block = SHORT.block_of(row)
        first, second = (without_spaces(Cell(block, field.code, row)) for field in block.asked)
        is_started = (lacks.first & lacks.second) != ""
        empty = is_started * ((lacks.first == "") + (lacks.second == ""))
        return {"first": first, "second": second, "empty": empty}
    everything = [
        Cell(LACKS, column, row) for row in SHORT_EFFECTS.row_codes for column in ("first", "second")
    ]
    return {"first": reduce(and_, everything), "second": lacks.first & "", "empty": ones(lacks.first == "")}


FORMULAS: dict[Table, Formulas] = {
    SHORT_EFFECTS: Formulas({"watch_for": _of_change("watch_for")}, per=SHORT_EFFECTS),
    NEXT: Formulas(
        {
            "domain": _of_change("domain"),
            "unit": _of_change("unit_short"),
            "asked_of": _of_change("asked_of"),
            "total": IF(
                next_.asked_of == CARE_TEAM, Said("form.short_ask.care"), Said("form.short_ask.total")
            ),
            "ask": IF(
                next_.unit == "",
                Said("form.short_ask.people"),
                SUBSTITUTE(next_.total, "{unit}", next_.unit),
            ),
        },
        per=SHORT_EFFECTS,
    ),
    TOUCHED: Formulas(
        {
            "change": given.change & "",
            "about": IF(
                next_.domain == "", "", Said("form.short_ask.domain") & next_.domain & ". " & next_.ask
            ),
            "people": given.reach & "",
        },
        per=SHORT_EFFECTS,
    ),
    LACKS: Formulas(*map(_lacking, LACKS.row_codes)),
    KNOWN: by_row(KNOWN, _figures, ["value"]),
}
