"""What the live formulas of a workbook give, and the plain values they need: those of the library, and those
that Python computed and shows beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from toolkit.kengetallen.library import Library
from toolkit.method.summary import Summary
from toolkit.model.narrowing import as_number
from toolkit.model.study import NO_COVER, TIMINGS, Study
from toolkit.opc.references import split_reference
from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.asked import CARE, EFFECTS
from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.compared import ADDED_UP, LINES
from toolkit.workbook.layout.fields import LOOKUP
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.form import FORM, OPEN_QUESTIONS
from toolkit.workbook.layout.freshness import CHANGED, Copy
from toolkit.workbook.layout.library import LIVE_COLUMNS
from toolkit.workbook.layout.parts import Block, Live, Table
from toolkit.workbook.layout.portfolio import PORTFOLIO
from toolkit.workbook.layout.shared import VERSIONS
from toolkit.workbook.live.formulas import OPEN_IN_FORM, formulas_of, is_counted, open_on_sheet
from toolkit.workbook.live.library import Listed, care_changes, listed
from toolkit.workbook.live.values import Values
from toolkit.workbook.reading.raw import RawWorkbook

COUNTED_AT = "B4"
"""Where a sheet says how many of its questions are open."""

Given = dict[Table, Sequence[Row]]


def of_form(raw: RawWorkbook, summary: Summary, known: Listed, versions: Sequence[Row]) -> Given:
    """Every table of a form with live formulas, the library behind them, and the answers as computed.

    versions: table tblVersies as it will be.
    """
    settings = _settings(summary.outcome.study, known.hour_value)
    given = {
        **_answers(raw.rows_of, raw.value),
        **known.tables,
        recheck.SETTINGS: _in_rows(recheck.SETTINGS, "computed", settings),
        recheck.TOTALS: _in_rows(recheck.TOTALS, "python", _totals(summary)),
    }
    return _live(FORM, raw, given, versions)


def of_portfolio(raw: RawWorkbook, summary: Summary, given: Given, versions: Sequence[Row]) -> Given:
    """The same of a portfolio, which adds up the tables that are given."""
    lines = given[LINES]
    # the last row of a table that is full says how many rows it misses
    seen = lines if len(lines) <= LINES.size else lines[: LINES.size - 1]
    checked = {
        "compared_benefits": summary.headline.benefits_pv,
        "compared_costs": summary.headline.costs_pv,
        **dict.fromkeys(
            ("lines", "products"), sum(as_number(r["present_value"]) * as_number(r["part"]) for r in seen)
        ),
    }
    python = _in_rows(ADDED_UP, "python", {**_totals(summary), **checked})
    return _live(PORTFOLIO, raw, {**given, LINES: seen, ADDED_UP: python}, versions)


def prices(library: Library, price_level: int) -> Given:
    """Every row of changes, unit values and index numbers on sheet Kengetallen, empty ones included.

    The library that was computed with may be another than the one the form was made with.
    """
    given = _unanswered({}, library, price_level)
    values = Values(FORM, formulas_of(FORM), given)
    return {table: values.rows(table) for table in LIVE_COLUMNS}


def beside(
    cells: Mapping[tuple[str, str], object], library: Library, price_level: int
) -> Iterator[tuple[str, str, object]]:
    """Sheet name, cell and result of every live formula on the sheets that people fill in.

    cells: what stands in a form, by row code and column code.
    """
    values = Values(FORM, formulas_of(FORM), _unanswered(cells, library, price_level))
    for placed, block in FORM.blocks():
        for column in (c.code for c in block.columns if c.kind == LOOKUP):
            # a row without a change says nothing of it, but what is still open
            said = block == EFFECTS and column != "open"
            shown: Iterable[object] = values.column(recheck.EFFECT, "kv") if said else repeat(True)
            if column == "said":
                shown = map(any, zip(shown, values.column(block, "open"), strict=True))
            for line, value, is_shown in zip(placed.rows, values.column(block, column), shown, strict=False):
                if is_shown or value:
                    yield placed.sheet.name, f"{placed.letter(column)}{line}", value
    for sheet in FORM.sheets:
        if is_counted(sheet):
            yield sheet.name, COUNTED_AT, values.above(open_on_sheet(sheet))
    counted = FORM.place(OPEN_QUESTIONS)
    yield counted.sheet.name, COUNTED_AT, values.above(OPEN_IN_FORM)
    for row, count in zip(OPEN_QUESTIONS.row_codes, values.column(OPEN_QUESTIONS, "open"), strict=True):
        yield counted.sheet.name, counted.cell(row, "open"), count


def _live(workbook: Workbook, raw: RawWorkbook, given: Given, versions: Sequence[Row]) -> Given:
    tables = [placed.table for placed in workbook.tables()]
    # computed a moment ago: no answer has changed since
    counted = workbook.place(CHANGED).table
    given = {
        **given,
        VERSIONS: versions,
        CHANGED: [{"row": code, "changed": 0} for code in counted.row_codes],
    }
    formulas = {table: of_table for table, of_table in formulas_of(workbook).items() if table != CHANGED}
    values = Values(workbook, formulas, given)
    computed = (t for t in tables if isinstance(t, Live) or (t in LIVE_COLUMNS and t in given))
    found: Given = {table: values.rows(table) for table in computed}
    return found | {table: _copied(raw, table) for table in tables if isinstance(table, Copy)}


# --- what stands in cells without a formula ---


def _answers(rows_of: Callable[[Block], Sequence[str]], value: Callable[[str, str], object]) -> Given:
    """The answers of every block; a question that is gone counts as one without an answer."""
    return {
        block: [
            {"row": row, **{column: value(row, column) for column in block.held_codes}}
            for row in (block.row_codes if block.questions else rows_of(block))
        ]
        for _, block in FORM.blocks()
    }


def _unanswered(cells: Mapping[tuple[str, str], object], library: Library, price_level: int) -> Given:
    """A form that was not computed, at the price level of a study all the same."""
    of_care = {
        (row, "change"): name for row, name in zip(CARE.row_codes, care_changes(library), strict=False)
    }
    held = {**of_care, **cells}
    answers = _answers(lambda block: block.row_codes, lambda *cell: held.get(cell))
    computed = dict.fromkeys(recheck.SETTINGS.row_codes) | {"price_level": price_level}
    return {
        **answers,
        **listed(library, price_level).tables,
        recheck.SETTINGS: _in_rows(recheck.SETTINGS, "computed", computed),
    }


def _in_rows(table: Table, column: str, values: Mapping[str, object]) -> Sequence[Row]:
    return [{column: values[row]} for row in table.row_codes]


def _settings(study: Study, hour_value: float | None) -> Row:
    """The settings with which Python computed."""
    return {
        **recheck.SETTING_DEFAULTS,
        "first_year": study.first_year,
        "activity_years": study.activity_years,
        "horizon": study.horizon,
        "price_level": study.price_level,
        "discount_rate": study.discount_rate,
        "theta_benefits": TIMINGS[study.timing_benefits],
        "theta_costs": TIMINGS[study.timing_costs],
        "volunteers": int(study.include_volunteer_hours),
        "hour_value": hour_value,
    }


def _totals(summary: Summary) -> Row:
    """What Python found; the formulas find it again by themselves."""
    figures = summary.headline
    return {
        **{f"group_{group}": gained for group, (gained, _) in summary.per_group.items()},
        "total": figures.benefits_pv,
        "costs_pv": figures.costs_pv,
        "npv": figures.npv,
        "ratio": absent("ratio", figures.ratio),
        "payback_year": absent("payback_year", figures.payback_year),
        **{f"gain_{party}": gained for party, (gained, _) in summary.per_party.items()},
        f"paid_{NO_COVER}": 0.0,
        **{f"paid_{party}": spent for party, (_, spent) in summary.per_party.items()},
    }


def _copied(raw: RawWorkbook, copy: Copy) -> list[Row]:
    """The answers of a block in the order of its cells, empty rows included."""
    place = raw.place_of(copy.of)
    if place is None:
        return []
    copied: list[dict[str, object]] = [{} for _ in range(copy.size)]
    last = 0
    for row in raw.rows_of(copy.of):
        for column in copy.columns:
            answer = raw.get(row, column.code)
            if answer is None or answer.value is None:
                continue
            line = split_reference(answer.where.rpartition("!")[2])[0] - place.first_row
            if 0 <= line < copy.size:
                copied[line][column.code] = answer.value
                last = max(last, line + 1)
    return list(copied[:last])
