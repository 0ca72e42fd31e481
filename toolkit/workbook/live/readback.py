"""The sentence in which a form reads a row back to the coordinator, piece by piece as the formulas do."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.model.narrowing import as_number
from toolkit.model.unit_value import Change
from toolkit.words.dutch import plain, whole
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row
from toolkit.workbook.layout.labels import UNKNOWN_VALUES, label, said
from toolkit.workbook.layout.lists import CHOICES


def pieces(change: Change | None, lasting: int, cells: Mapping[str, object]) -> Row:
    """One row of table tblNrTerugleeszin.

    cells: what stands in the row of sheet Wat verandert er, by column.  lasting: 1 where the change
    lasts longer than the year.
    """
    reach = cells.get("reach")
    number = float(reach) if isinstance(reach, int | float) else 0.0
    stands_for = {name: value_of(name, cells.get(name)) for name in ("deadweight", "still")}
    without = whole(number * stands_for["deadweight"])
    rest = number - without
    later = whole(rest * (1 - lasting * stands_for["still"]))
    many, one = (change.readback, change.readback_one) if change else ("", "")
    phrase = one if reach == 1 else many
    claim = phrase.replace("{n}", "" if reach is None else _shown(number))
    still = _answer("still", cells.get("still")) if lasting else ""
    reverse = cells.get("direction") == label("direction", "more")
    opening = word(f"form.readback.{'reverse' if reverse else 'opening'}")
    deadweight = _answer("deadweight", cells.get("deadweight")).replace("{n}", _shown(without))
    attribution = _answer("attribution", cells.get("attribution"))
    afterwards = still.replace("{m}", _shown(later)).replace("{n}", _shown(rest))
    spoken = " ".join(f"{opening} {claim}. {deadweight} {attribution} {afterwards}".split())
    return {
        "many": many,
        "one": one,
        "phrase": phrase,
        "claim": claim,
        "without": without,
        "rest": rest,
        "later": later,
        "said_opening": opening,
        "said_deadweight": deadweight,
        "said_attribution": attribution,
        "said_still": still,
        "said_later": afterwards,
        "sentence": spoken if change else "",
    }


def value_of(name: str, answer: object) -> float:
    """The number an answer stands for in the formulas; 0 where it is empty."""
    if answer is None:
        return 0.0
    if answer == word("form.lists.unknown"):
        return UNKNOWN_VALUES[name]
    if name == "still":
        return 1 - answer / 10 if isinstance(answer, int | float) else 0.0
    return next((as_number(v) for c, v in CHOICES[name].items() if label(name, c) == answer), 0.0)


def _answer(name: str, answer: object) -> str:
    known = {*range(11)} if name == "still" else {label(name, c) for c in CHOICES[name]}
    return said(name, answer) if answer in known | {word("form.lists.unknown")} else ""


def _shown(value: float) -> str:
    return plain(value).replace(".", "")
