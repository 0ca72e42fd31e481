"""One row of sheet Wat verandert er as the formulas see it: factors, new units and units in effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.method.defaults import DEFAULT_SHARE
from toolkit.model.narrowing import Given, as_number
from toolkit.model.study import Study
from toolkit.model.unit_value import Change, UnitValue
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.answers import UNKNOWN
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.lists import ACTIVITY_YEARS, HORIZON

YEARS = range(HORIZON)


@dataclass(frozen=True, slots=True)
class Effect:
    """What the formulas know of one row of sheet Wat verandert er.

    cells: its row in table recheck.EFFECT.  net: share that counts, with its sign.  lasting: 1 where the
    change lasts longer than the year.  person: the party that PERSON stands for, None where nobody said.
    """

    code: str
    change: str
    cells: Row
    net: float
    lasting: int
    duration: int
    own_value: float | None
    person: str | None
    inflow: Sequence[float]
    units: Sequence[float]


def effect(
    row: str,
    given: Given,
    finer: Given,
    places: Mapping[str, int],
    change: Change | None,
    first: UnitValue | None,
    person: str | None,
    study: Study,
) -> Effect:
    """The results of one row.

    given, finer: the typed answers on Wat verandert er and on Verdieping.  places: where the
    change and the refinement stand.  first: the change's first unit value.  The units follow
    the recursion S[s] = S[s-1] * keep + n[s-lag] - n[s-lag-duration] * keep^duration.
    """
    per_unit = finer.number("units_per_person")
    per_person = 1.0 if per_unit is None else per_unit
    reach = as_number(given["reach"]) * per_person if change else 0.0
    lasting = 1 if first and first.counting == "instroom" else 0
    default = change.displacement if change else 0.0
    finer_share = finer.number("displacement")
    displacement = default if finer_share is None else finer_share / 100
    share = {k: _known(given[k]) for k in ("deadweight", "attribution")}
    net = -1.0 if given["direction"] == "more" else 1.0
    sign = net
    net *= (1 - share["deadweight"]) * (1 - displacement) * (1 - share["attribution"])
    default_duration = first.max_duration if first and lasting else 1
    known = 1 if given["still"] is UNKNOWN else default_duration
    duration = finer.whole("duration") or known
    lag = finer.whole("lag") or 0
    still = given["still"]
    drop_off = 0.0 if still is None or still is UNKNOWN or not lasting else 1 - as_number(still) / 10
    keep = 1 - drop_off
    inflow = []
    for n in YEARS:
        own = finer.number(f"reach_{n + 1}") if n < ACTIVITY_YEARS else None
        amount = reach if own is None else own * per_person
        inflow.append(amount if n < study.activity_years and n < ACTIVITY_YEARS else 0.0)
    units, before = [], 0.0
    for n in YEARS:
        come = inflow[n - lag] if n >= lag else 0.0
        gone = inflow[n - lag - duration] if n >= lag + duration else 0.0
        before = before * keep + come - gone * keep**duration
        units.append(before)
    name = change.name if change else ""
    cells = {
        "change": name,
        "code": row,
        **places,
        "per_person": per_person,
        "reach": reach,
        "sign": sign,
        **share,
        "default_displacement": default,
        "displacement": displacement,
        "net": net,
        "lasting": lasting,
        "default_duration": default_duration,
        "known_duration": known,
        "duration": duration,
        "lag": lag,
        "drop_off": drop_off,
        "keep": keep,
        "keep_all": keep**duration,
        "ends": lag + duration,
        "who": word(f"form.lists.person.{person}") if person else "",
        "participants": 1 if person == "deelnemers" else 0,
        "residents": 1 if person == "wijkbewoners" else 0,
        "own_value": given["own_value"],
    }
    return Effect(
        code=row,
        change=name,
        cells=cells,
        net=net,
        lasting=lasting,
        duration=duration,
        own_value=given.number("own_value"),
        person=person,
        inflow=inflow,
        units=units,
    )


def _known(answer: object) -> float:
    if answer is None:
        return 0.0
    return DEFAULT_SHARE if answer is UNKNOWN else float(as_number(answer))
