"""Each filled row of sheet Wat verandert er becomes effects: one per unit value of the change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.kengetallen.library import Library
from toolkit.method.defaults import (
    DEFAULT_DROP_OFF,
    DEFAULT_DURATION,
    DEFAULT_GRADE,
    DEFAULT_SHARE,
    USUAL,
    band,
)
from toolkit.method.direction import change_name, value_name
from toolkit.model.estimate import Estimate
from toolkit.model.finding import STOP, WARN
from toolkit.model.initiative import GROWTH, Effect, PmEffect, TargetGroup
from toolkit.model.narrowing import Given, as_a, as_number, as_text
from toolkit.model.study import Study
from toolkit.model.unit_value import COUNTED, FREES_NO_CASH, REAL_GAIN, Change, ChangePart, UnitValue
from toolkit.words.dutch import enumeration
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.answers import UNKNOWN, Answers, rows
from toolkit.workbook.intake.quantities import Quantity, care_averages, quantity
from toolkit.workbook.layout.asked import DEEPENING, EFFECTS
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, OTHER

_NEEDED = ("target_group", "grade")
_DISCUSSED = ("deadweight", "attribution", "still")
"""What a centre answers together with the municipality: until then the defaults of the study hold."""
EVERYONE = TargetGroup(word("form.screen.everyone"))
"""Whom a row is about where nobody knows."""
_QUESTIONNAIRE, _ESTIMATED = "B", "C"


def effects(
    answers: Answers, study: Study, library: Library
) -> tuple[tuple[Effect, ...], tuple[PmEffect, ...]]:
    """The effects of a form, with what sheet Verdieping refines, and the changes that have no price (yet).

    Problems are noted in `answers`.
    """
    found: list[Effect] = []
    unpriced: list[PmEffect] = []
    care = care_averages(answers)
    for row, given in rows(answers, EFFECTS):
        finer_row = DEEPENING.beside(row)
        finer = Given({f.code: answers.take(finer_row, f) for f in DEEPENING.asked})
        change = _change(answers, row, given, finer)
        if change is None or any(given[k] is None for k in _NEEDED):
            continue
        whole = _Row(row, given, finer_row, finer, change)
        if not change.priced:
            unpriced.append(_unpriced(answers, whole))
            continue
        values = _unit_values(answers, row, given, change, library, study)
        if values is None:
            continue
        if values[0].amount is None:
            answers.note(WARN, "no_amount_yet", answers.cell(row, "change"), change=change.name)
            unpriced.append(_unpriced(answers, whole))
            continue
        counted = quantity(answers, row, given, change, care)
        if counted is None:
            unpriced.append(_unpriced(answers, whole))
            continue
        _later_years_stayed(answers, whole, study)
        found.extend(_expand(answers, whole, values, counted, study))
    return tuple(found), tuple(unpriced)


def _change(answers: Answers, row: str, given: Given, finer: Given) -> Change | None:
    """The change that was picked; one of their own has a price once finance agrees with its amount."""
    picked = given["change"]
    if picked != OTHER:
        return None if picked is None else as_a(Change, picked)
    name, domain, value = given.text("own_change"), given.text("own_domain"), given.number("own_value")
    if name is None or domain is None:
        return None
    if value is not None and not given.text("own_gains"):
        where = answers.cell(row, "own_gains")
        answers.note(STOP, "own_value_without_gains", where, change=name, found=value)
        return None
    unit = given.text("own_unit")
    if unit is not None and given.number("total") is None:
        answers.note(STOP, "own_total_needed", answers.cell(row, "total"), change=name, unit=unit)
        return None
    agreed = value is not None and finer["agreed"] is True
    if value is not None and not agreed:
        where = answers.cell(DEEPENING.beside(row), "agreed")
        answers.note(WARN, "own_value_not_agreed", where, change=name, found=value)
    return Change(
        code=OTHER,
        name=name,
        unit=unit or COUNTED[0],
        unit_short=unit or "",
        parts=(ChangePart(OTHER),) if agreed else (),
        counts=COUNTED[0],
        domain=domain,
    )


def _unit_values(
    answers: Answers, row: str, given: Given, change: Change, library: Library, study: Study
) -> list[UnitValue] | None:
    """The unit values of a change; an own amount replaces the first and needs its source."""
    if change.code == OTHER:
        return [_own_value(answers, row, given, change, study)]
    values = [library.unit_values[part.kengetal] for part in change.parts]
    own, reason = given.number("own_value"), given.text("own_reason")
    if own is None:
        return values
    if not reason:
        return None
    values[0] = replace(
        values[0],
        amount=Estimate(own, cell=answers.cell(row, "own_value")),
        price_year=study.price_level,
        index="geen",
        own=True,
        source=reason,
        amount_is=word("form.screen.own_value"),
    )
    return values


def _own_value(answers: Answers, row: str, given: Given, change: Change, study: Study) -> UnitValue:
    """The amount of a change of their own, in the reporting year alone and for one party."""
    return UnitValue(
        code=f"{OTHER}_{row.replace('-', '_').lower()}",
        name=change.name,
        domain=change.domain,
        unit=change.unit,
        amount=Estimate(as_number(given["own_value"]), cell=answers.cell(row, "own_value")),
        price_year=study.price_level,
        kind=REAL_GAIN,
        shares={as_text(given["own_gains"]): 1.0},
        counting="jaar",
        index="geen",
        grade=DEFAULT_GRADE,
        frees_cash=FREES_NO_CASH,
        source=given.text("own_reason") or "",
        amount_is=word("form.screen.own_value"),
        own=True,
    )


def _unpriced(answers: Answers, row: _Row) -> PmEffect:
    """A change that stands beside the total: it has no price, or nobody knows how much of it there was."""
    is_more = row.given.text("direction") == "more"
    return PmEffect(
        name=(row.change.name_more or row.change.name) if is_more else row.change.name,
        domain=row.change.domain,
        grade="-" if is_more else "+",
        evidence=row.given.text("source") or word("form.screen.no_quantity"),
        known_by=as_text(row.given["grade"]),
        code=row.code,
        cell=answers.cell(row.code, "change"),
        people=row.given.number("reach"),
        people_cell=answers.cell(row.code, "reach"),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the form, with what its row on sheet Verdieping says finer."""

    code: str
    given: Given
    finer_code: str
    finer: Given
    change: Change


def _later_years_stayed(answers: Answers, row: _Row, study: Study) -> None:
    """A number of the reporting year that was changed since the form was computed, beside later years that
    were filled in then and stayed: they would grow or shrink without anyone having meant it.
    """
    then = answers.raw.computed
    column = "reach" if row.change.of_people else "total"
    reach, was = row.given.number(column), then.get((row.code, column))
    if not isinstance(was, int | float) or was == reach or then.get((row.code, "change")) != row.change.name:
        return
    columns = [f"reach_{year}" for year in range(2, min(study.activity_years, ACTIVITY_YEARS) + 1)]
    later = {column: number for column in columns if (number := row.finer.number(column)) is not None}
    if later and all(then.get((row.finer_code, column)) == number for column, number in later.items()):
        first, *others = (answers.cell(row.finer_code, column) for column in later)
        cells = ", ".join([first, *(cell.rpartition("!")[2] for cell in others)])
        where = answers.cell(row.code, column)
        answers.note(WARN, "later_years_stayed", where, was=float(was), now=reach, later=cells)


def _expand(
    answers: Answers, row: _Row, values: list[UnitValue], counted: Quantity, study: Study
) -> list[Effect]:
    """One row of the form: an effect per unit value of the change."""
    given, change = row.given, row.change
    group = given["target_group"]
    group = EVERYONE if group is UNKNOWN else as_a(TargetGroup, group)
    is_more = given.text("direction") == "more" and change.name_more
    defaults = _defaults(answers, row, change.name_more if is_more else change.name)
    duration, drop_off = _lasting(answers, row, values[0])
    displacement = row.finer.number("displacement")
    said = {k: text for k in ("helper", "source", "own_reason") if (text := given.text(k))}
    if growth := row.finer.text("reason"):
        said[GROWTH] = growth
    cells = {k: answers.cell(row.code, k) for k in ("reach", "deadweight", "attribution", "still", "change")}
    # an older form asked the total alone
    cells["reach"] = cells["reach"] or counted.units.cell
    finer_duration = (row.finer_code, "duration") if row.finer["duration"] else (row.code, "change")
    whole = Effect(
        code=row.code,
        name=change.name,
        inflow=_inflow(answers, row, counted.units, study),
        unit_value=values[0],
        deadweight=_share(answers, row, "deadweight"),
        displacement=Estimate(
            change.displacement if displacement is None else displacement / 100,
            cell=answers.cell(row.finer_code, "displacement"),
        ),
        attribution=_share(answers, row, "attribution"),
        drop_off=Estimate(drop_off, cell=answers.cell(row.code, "still")),
        duration=duration,
        lag=row.finer.whole("lag") or 0,
        direction=given.text("direction") or "less",
        row=row.code,
        change=change.name,
        change_more=change.name_more,
        people=given.number("reach"),
        of_units=not change.of_people,
        units_per_person=_per_person(row.finer),
        target_group=group.name,
        person=group.person,
        grade=DEFAULT_GRADE if defaults or counted.is_usual else _grade(answers, row),
        reasons=said,
        cells={
            **cells,
            "duration": answers.cell(*finer_duration),
            GROWTH: answers.cell(row.finer_code, "reason"),
            "drop_off": answers.cell(row.code, "still"),
        },
        defaults=(*defaults, USUAL) if counted.is_usual else defaults,
    )
    parts = [
        replace(
            whole,
            code=row.code if len(values) == 1 else f"{row.code}.{place}",
            unit_value=value,
            domain=value.domain,
            factor=part.factor,
        )
        for place, (part, value) in enumerate(zip(change.parts, values, strict=True), start=1)
    ]
    if len(parts) == 1:
        return [replace(one, name=change_name(one)) for one in parts]
    return [replace(one, name=f"{change_name(one)}: {value_name([one]).lower()}") for one in parts]


def _defaults(answers: Answers, row: _Row, called: str) -> tuple[str, ...]:
    """The numbers for which the defaults hold: 'weet ik niet', or not discussed with the municipality yet."""
    unknown = tuple(name for name in _DISCUSSED if row.given[name] is UNKNOWN)
    empty = tuple(name for name in _DISCUSSED if answers.is_empty(row.code, name))
    for name in unknown:
        answers.note(WARN, f"default_{name}", answers.cell(row.code, name), change=called)
    if empty:
        what = enumeration([word(f"form.screen.to_discuss.{name}") for name in empty])
        answers.note(WARN, "not_discussed", answers.cell(row.code, empty[0]), change=called, what=what)
    return tuple(name for name in _DISCUSSED if name in unknown or name in empty)


def _grade(answers: Answers, row: _Row) -> str:
    """How the number is known; a questionnaire without how many were asked and answered is an estimate."""
    grade = as_text(row.given["grade"])
    asked, answered = row.given.number("asked"), row.given.number("answered")
    if grade != _QUESTIONNAIRE:
        return grade
    if asked is None or answered is None:
        answers.note(WARN, "questionnaire_without_numbers", answers.cell(row.code, "grade"))
        return _ESTIMATED
    if answered > asked:
        where = answers.cell(row.code, "answered")
        answers.note(WARN, "more_answered_than_asked", where, asked=asked, answered=answered)
    return grade


def _lasting(answers: Answers, row: _Row, value: UnitValue) -> tuple[int, float]:
    """How many years an effect lasts, and which share of it is lost per year."""
    lasting, finer = value.counting == "instroom", row.finer.whole("duration")
    if not lasting and (finer or 1) > 1:
        where = answers.cell(row.finer_code, "duration")
        answers.note(STOP, "duration_of_year", where, change=row.change.name)
    if row.given["still"] is UNKNOWN or row.given["still"] is None:
        return finer or DEFAULT_DURATION, DEFAULT_DROP_OFF
    still = as_number(row.given["still"])
    return finer or (value.max_duration if lasting else 1), 1 - still / 10 if lasting else 0.0


def _inflow(answers: Answers, row: _Row, units: Estimate, study: Study) -> tuple[Estimate, ...]:
    """Units per year of activity: those of the reporting year, or what sheet Verdieping says of that year."""
    per_person = _per_person(row.finer)
    inflow = []
    for year in range(1, study.activity_years + 1):
        own = row.finer.number(f"reach_{year}") if year <= ACTIVITY_YEARS else None
        if own is not None:
            cell = answers.cell(row.finer_code, f"reach_{year}")
            inflow.append(Estimate(own * per_person, cell=cell))
        else:
            low, high = (None if end is None else end * per_person for end in (units.low, units.high))
            inflow.append(Estimate(units.mode * per_person, low, high, cell=units.cell))
    return tuple(inflow)


def _per_person(finer: Given) -> float:
    units = finer.number("units_per_person")
    return 1.0 if units is None else units


def _share(answers: Answers, row: _Row, column: str) -> Estimate:
    """The band of the answer on a scale, or of the default."""
    value = row.given[column]
    is_default = value is UNKNOWN or value is None
    found = band(column, DEFAULT_SHARE if is_default else as_number(value))
    return replace(found, cell=answers.cell(row.code, column))
