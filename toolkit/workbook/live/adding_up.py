"""The formulas of sheet Narekenen of a portfolio: its rows added up, by the rules of `recalculation`."""

from __future__ import annotations

from functools import reduce
from operator import add

from toolkit.model.study import PARTY_GROUPS
from toolkit.workbook.layout.compared import ADDED_UP, COMPARED_TOTAL, COMPARISON, LINES, PER_INITIATIVE
from toolkit.workbook.layout.lists import GROUPS, PARTIES, PAYERS
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.live.verdicts import held_against_python
from toolkit.workbook.live.vocabulary import (
    IF,
    SUM,
    SUMIFS,
    SUMPRODUCT,
    Area,
    Cell,
    Expression,
    Formulas,
    Names,
    by_row,
    row_of,
)

YES = Said("form.lists.yes_no.yes")
figure = Names(lambda row: Cell(ADDED_UP, "formula", row))


def counted(table: Table, column: str) -> Expression:
    """What a column adds up to in the rows that count."""
    return SUMIFS(Area(table, column), Area(table, "counted"), YES)


def _between(kind: str, parties: tuple[str, ...]) -> Expression:
    """The rows of some parties together, which follow each other."""
    return SUM(Area(ADDED_UP, "formula", rows=(f"{kind}_{parties[0]}", f"{kind}_{parties[-1]}"), pinned=""))


def _of_group(group: str) -> Expression:
    return reduce(add, [figure[f"gain_{party}"] for party in PARTIES if PARTY_GROUPS[party] == group])


def _off(column: str) -> Expression:
    """What goes off as people come to several initiatives."""
    return Cell(COMPARED_TOTAL, column, "overlap")


FORMULAS: dict[Table, Formulas] = {
    ADDED_UP: by_row(
        ADDED_UP,
        {
            **{f"group_{group}": _of_group(group) for group in GROUPS},
            "total": _between("gain", PARTIES),
            "costs_pv": _between("paid", PAYERS),
            "npv": figure.total - figure.costs_pv,
            "ratio": IF(figure.costs_pv > 0, figure.total / figure.costs_pv, Said("form.absent.ratio")),
            **{f"gain_{party}": counted(PER_INITIATIVE, f"gain_{party}") for party in PARTIES},
            **{f"paid_{party}": counted(PER_INITIATIVE, f"paid_{party}") for party in PAYERS},
            "compared_benefits": counted(COMPARISON, "benefits_pv") + _off("benefits_pv"),
            "compared_costs": counted(COMPARISON, "costs_pv") + _off("costs_pv"),
            "lines": SUMPRODUCT(Area(LINES, "present_value"), Area(LINES, "part")),
            "products": SUMPRODUCT(
                *(Area(LINES, c) for c in ("unit_amount", "net_factor", "units_pv", "part"))
            ),
        },
        ["formula"],
        held_against_python(row_of(ADDED_UP)),
    )
}
