"""Each filled row of sheet Wat verandert er becomes effects: one per unit value of the change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.kengetallen.library import Library
from toolkit.method.defaults import DEFAULT_DROP_OFF, DEFAULT_DURATION, DEFAULT_GRADE, DEFAULT_SHARE, band
from toolkit.method.direction import change_name, value_name
from toolkit.model.estimate import Estimate
from toolkit.model.finding import STOP, WARN
from toolkit.model.initiative import GROWTH, Effect, TargetGroup
from toolkit.model.narrowing import Given, as_a, as_number, as_text
from toolkit.model.study import Study
from toolkit.model.unit_value import Change, UnitValue
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.answers import UNKNOWN, Answers, rows
from toolkit.workbook.layout.form import DEEPENING, EFFECTS
from toolkit.workbook.layout.lists import ACTIVITY_YEARS

_NEEDED = ("target_group", "reach", "deadweight", "attribution", "still", "grade")


def effects(answers: Answers, study: Study, library: Library) -> tuple[Effect, ...]:
    """The effects of a form, with what sheet Verdieping refines; problems are noted in `answers`."""
    found: list[Effect] = []
    for row, given in rows(answers, EFFECTS):
        finer_row = DEEPENING.beside(row)
        finer = Given({f.code: answers.take(finer_row, f) for f in DEEPENING.asked})
        change = given.a(Change, "change")
        if change is None:
            continue
        values = _unit_values(answers, row, given, change, library, study)
        if values is None or any(given[k] is None for k in _NEEDED):
            continue
        whole = _Row(row, given, finer_row, finer, change)
        _later_years_stayed(answers, whole, study)
        found.extend(_expand(answers, whole, values, study))
    return tuple(found)


def _unit_values(
    answers: Answers, row: str, given: Given, change: Change, library: Library, study: Study
) -> list[UnitValue] | None:
    """The unit values of a change; an own amount replaces the first and needs its reason."""
    values = [library.unit_values[part.kengetal] for part in change.parts]
    own, reason = given.number("own_value"), given.text("own_reason")
    if own is None:
        if values[0].amount is None:
            answers.note(STOP, "own_value_needed", answers.cell(row, "own_value"), change=change.name)
            return None
        return values
    if not reason:
        answers.note(STOP, "own_value_without_reason", answers.cell(row, "own_reason"), found=own)
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
    then, reach = answers.raw.computed, row.given.number("reach")
    was = then.get((row.code, "reach"))
    if not isinstance(was, int | float) or was == reach or then.get((row.code, "change")) != row.change.name:
        return
    columns = [f"reach_{year}" for year in range(2, min(study.activity_years, ACTIVITY_YEARS) + 1)]
    later = {column: number for column in columns if (number := row.finer.number(column)) is not None}
    if later and all(then.get((row.finer_code, column)) == number for column, number in later.items()):
        first, *others = (answers.cell(row.finer_code, column) for column in later)
        cells = ", ".join([first, *(cell.rpartition("!")[2] for cell in others)])
        where = answers.cell(row.code, "reach")
        answers.note(WARN, "later_years_stayed", where, was=float(was), now=reach, later=cells)


def _expand(answers: Answers, row: _Row, values: list[UnitValue], study: Study) -> list[Effect]:
    """One row of the form: an effect per unit value of the change."""
    given, change = row.given, row.change
    group = as_a(TargetGroup, given["target_group"])
    defaults = tuple(k for k in ("deadweight", "attribution", "still") if given[k] is UNKNOWN)
    is_more = given.text("direction") == "more" and change.name_more
    for name in defaults:
        called = change.name_more if is_more else change.name
        answers.note(WARN, f"default_{name}", answers.cell(row.code, name), change=called)
    duration, drop_off = _lasting(answers, row, values[0])
    displacement = row.finer.number("displacement")
    said = {k: text for k in ("helper", "source", "own_reason") if (text := given.text(k))}
    if growth := row.finer.text("reason"):
        said[GROWTH] = growth
    cells = {k: answers.cell(row.code, k) for k in ("reach", "deadweight", "attribution", "still", "change")}
    finer_duration = (row.finer_code, "duration") if row.finer["duration"] else (row.code, "change")
    whole = Effect(
        code=row.code,
        name=change.name,
        inflow=_inflow(answers, row, study),
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
        people=given.number("reach") if change.of_people else None,
        units_per_person=_per_person(row.finer),
        target_group=group.name,
        person=group.person,
        grade=DEFAULT_GRADE if defaults else as_text(given["grade"]),
        reasons=said,
        cells={
            **cells,
            "duration": answers.cell(*finer_duration),
            GROWTH: answers.cell(row.finer_code, "reason"),
            "drop_off": answers.cell(row.code, "still"),
        },
        defaults=defaults,
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


def _lasting(answers: Answers, row: _Row, value: UnitValue) -> tuple[int, float]:
    """How many years an effect lasts, and which share of it is lost per year."""
    lasting, finer = value.counting == "instroom", row.finer.whole("duration")
    if not lasting and (finer or 1) > 1:
        where = answers.cell(row.finer_code, "duration")
        answers.note(STOP, "duration_of_year", where, change=row.change.name)
    if row.given["still"] is UNKNOWN:
        return finer or DEFAULT_DURATION, DEFAULT_DROP_OFF
    still = as_number(row.given["still"])
    return finer or (value.max_duration if lasting else 1), 1 - still / 10 if lasting else 0.0


def _inflow(answers: Answers, row: _Row, study: Study) -> tuple[Estimate, ...]:
    """Units per year of activity: the reach, or what sheet Verdieping says of that year."""
    reach, per_person = as_number(row.given["reach"]), _per_person(row.finer)
    inflow = []
    for year in range(1, study.activity_years + 1):
        own = row.finer.number(f"reach_{year}") if year <= ACTIVITY_YEARS else None
        at = (row.code, "reach") if own is None else (row.finer_code, f"reach_{year}")
        inflow.append(Estimate((reach if own is None else own) * per_person, cell=answers.cell(*at)))
    return tuple(inflow)


def _per_person(finer: Given) -> float:
    units = finer.number("units_per_person")
    return 1.0 if units is None else units


def _share(answers: Answers, row: _Row, column: str) -> Estimate:
    """The band of the answer on a scale, or of the default."""
    value = row.given[column]
    found = band(column, DEFAULT_SHARE if value is UNKNOWN else as_number(value))
    return replace(found, cell=answers.cell(row.code, column))
