"""The vocabulary of live formulas: what both its renderers make of it, with LibreOffice as referee."""

from __future__ import annotations

from itertools import product

import openpyxl
import pytest

from toolkit.workbook.layout.books import Sheet, Workbook
from toolkit.workbook.layout.parts import Live, Reference, ResultColumn
from toolkit.workbook.live import vocabulary as xl
from toolkit.workbook.live.excel import Excel
from toolkit.workbook.live.functions import FUNCTIONS
from toolkit.workbook.live.values import Values
from toolkit.workbook.live.vocabulary import Area, Call, Cell, Expression, Formulas, Negative, Operation

NUMBERS = (0, 1, 3, -2, 2.5, 0.1, 1234567.891, 0.00001, 15)
ANSWERS = (None, *NUMBERS, "14", "12,5", "1.250", "a", "A", "ab*", "b  c")
PAIRS = list(product(ANSWERS, ANSWERS))
TYPED = Reference("QA", "tblQa", tuple(map(ResultColumn, ("one", "other", "third"))), len(PAIRS))
one, other = xl.row_of(TYPED).one, xl.row_of(TYPED).other
own, third = Area(TYPED, "one", "third", xl.OWN, xl.COLUMN), Area(TYPED, "third")
first_two, last_two = Area(TYPED, "one", "other", xl.OWN, ""), Area(TYPED, "other", "third", xl.OWN, "")
SAID = {
    "add": one + other,
    "subtract": one - other - 1,
    "multiply": (one + 1) * (other - 1),
    "divide": one / other / (one + 1),
    "raise": (one + 1) ** (other * 0 + 2),
    "join": one & "-" & other + 1,
    "same": one == other,
    "different": one != other,
    "less": one < other,
    "at_most": one <= other,
    "more": one > other,
    "at_least": one >= other,
    "is_empty": (one == "") + (other == 0),
    "choose": xl.IF(one > other, one, other),
    "choose_by_value": xl.IF(one, "ja", "nee"),
    "rescue": xl.IFERROR(one / other, "geen"),
    "both": xl.IF(xl.AND(one > 0, other > 0), 1, 0),
    "find": xl.MATCH(one, Area(TYPED, "other"), 0),
    "find_below": xl.MATCH(xl.N(other), third, 1),
    "pick": xl.INDEX(third, one),
    "pick_in_row": xl.INDEX(own, 1, other),
    "pick_in_area": xl.INDEX(Area(TYPED, "one", "other"), 12, xl.N(one)),
    "whole": xl.ROUND(one * 3.5, 0),
    "whole_but_for_noise": xl.ROUND(one * (1 - xl.expression(8) / 10), 0),
    "size": xl.ABS(other),
    "number": xl.N(other),
    "length": xl.LEN(one),
    "end": xl.RIGHT(one & "xyz", other),
    "repeat": xl.REPT(one & ".", xl.ABS(xl.N(other)) * 0 + 2),
    "replace": xl.SUBSTITUTE(one & "{n}", "{n}", other),
    "trim": xl.TRIM(" " & one & "  " & other),
    "sum": xl.SUM(own, 1),
    "largest": xl.MAX(own),
    "smallest": xl.MIN(own),
    "products": xl.SUMPRODUCT(own, own),
    "changed": xl.SUMPRODUCT(xl.ones(first_two != last_two)),
    "positive": xl.SUMPRODUCT(third * (third > xl.N(one))),
    "count": xl.COUNT(own),
    "filled": xl.COUNTA(own),
    "blank": xl.COUNTBLANK(own) + xl.COUNTBLANK(one),
    "per_answer": xl.SUMIFS(third, Area(TYPED, "other"), "a"),
    "code": Cell(TYPED, xl.CODES) & "!",
    "link": xl.HYPERLINK("#A1", one),
    "total": xl.SUM(third),
}
ANSWERED = Live("QB", "tblQb", tuple(map(ResultColumn, SAID)), capacity=len(PAIRS))
SMALL = Workbook("small", (Sheet("guide", "result", (TYPED, ANSWERED)),))
FORMULAS = {ANSWERED: Formulas(SAID, per=TYPED)}
GIVEN = [
    {"row": code, "one": pair[0], "other": pair[1], "third": n / 2}
    for n, (code, pair) in enumerate(zip(TYPED.row_codes, PAIRS, strict=True))
]


def test_both_renderers_say_what_libreoffice_finds(office, tmp_path):
    """Every operator and function, for all pairs of these answers."""
    book, texts = openpyxl.Workbook(), Excel(SMALL, FORMULAS)
    sheet, answered = book.active, SMALL.place(ANSWERED)
    sheet.title = SMALL.sheets[0].name
    for line, row in zip(SMALL.place(TYPED).rows, GIVEN, strict=True):
        for place, value in enumerate(row.values(), 1):
            sheet.cell(line, place, value)
    for index, line in enumerate(answered.rows):
        for column in SAID:
            sheet.cell(line, answered.column(column), texts.formula(ANSWERED, column, index))
    book.save(tmp_path / "klein.xlsx")
    again = office.recalculated(tmp_path / "klein.xlsx", tmp_path / "weer")
    found = openpyxl.load_workbook(again, data_only=True).active
    values = Values(SMALL, FORMULAS, {TYPED: GIVEN}).rows(ANSWERED)
    assert [
        (column, *pair, mine, theirs)
        for line, pair, row in zip(answered.rows, PAIRS, values, strict=True)
        for column, mine in row.items()
        if not alike(mine, theirs := found.cell(line, answered.column(column)).value)
    ] == []


def alike(mine: object, theirs: object) -> bool:
    """The same text, or the same number but for the last bits; a file holds no empty text."""
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        return mine == pytest.approx(theirs)
    return mine == ("" if theirs is None else theirs)


def names(node: Expression) -> set[str]:
    """The operators and functions in an expression."""
    match node:
        case Call(name, arguments):
            return {name}.union(*map(names, arguments))
        case Operation(symbol, left, right):
            return {symbol} | names(left) | names(right)
        case Negative(of):
            return names(of)
    return set()


def test_nothing_in_the_vocabulary_is_left_untried():
    assert set().union(*map(names, SAID.values())) == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (one - (other - 1), "=B4-(C4-1)"),
        (one - other - 1, "=B4-C4-1"),
        ((one + 1) * other ** (one - 1), "=(B4+1)*C4^(B4-1)"),
        ((one == "") + (one == other) > 0, '=(B4="")+(B4=C4)>0'),
        (xl.ones(one != other), "=--(B4<>C4)"),
        (one & 'zeg "ja"', '=B4&"zeg ""ja"""'),
        (1 - one & " van " & 12 + other, '=1-B4&" van "&12+C4'),
        (xl.SUM(own, third), "=SUM($B4:$D4,$D$4:$D$292)"),
        (Cell(TYPED, "other", "QA-002", xl.BOTH), "=$C$5"),
    ],
)
def test_a_formula_has_the_brackets_it_needs_and_no_more(formula, text):
    sheet = Workbook("small", (Sheet("guide", "result", (TYPED,), top=1),))
    assert Excel(sheet, {}).beside(formula, TYPED, 0) == text


def test_an_expression_is_not_true_or_false_in_python():
    with pytest.raises(TypeError):
        bool(one == other)
