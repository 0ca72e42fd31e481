"""The sentence in which a row of sheet Wat verandert er is read back, in pieces on sheet Narekenen."""

from __future__ import annotations

from toolkit.workbook.layout.asked import EFFECTS
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.recheck import EFFECT, READBACK
from toolkit.workbook.layout.shared import VALUED
from toolkit.workbook.live.openness import OTHER, clean
from toolkit.workbook.live.recalculation import MORE, found, picked
from toolkit.workbook.live.vocabulary import (
    COUNT,
    IF,
    IFERROR,
    REPT,
    ROUND,
    SUBSTITUTE,
    TRIM,
    Formulas,
    Names,
    row_of,
)

given, its_answers = row_of(EFFECTS), clean(EFFECTS)
read, its = row_of(READBACK), row_of(EFFECT)
is_more = its_answers.direction == MORE
phrase = Names(lambda column: IF(its.kv == 0, read.own, picked(CHANGES, column, its.kv)))
answered = Names(lambda name: found(VALUED, f"{name}_said", its_answers[name], name))
with_total = ", " & SUBSTITUTE(read.together, "{unit}", read.unit)
FORMULAS: dict[Table, Formulas] = {
    READBACK: Formulas(
        {
            "own": IF(its_answers.change == OTHER, Said("form.readback.own") & its_answers.own_change, ""),
            "unit": IF(its.kv == 0, its_answers.own_unit, picked(CHANGES, "unit_short", its.kv) & ""),
            "many": IF(is_more, read.many_more, read.many_less),
            "one": IF(is_more, read.one_more, read.one_less),
            "many_less": phrase.readback,
            "many_more": phrase.readback_more,
            "one_less": phrase.readback_one,
            "one_more": phrase.readback_more_one,
            "phrase": IF(given.reach == 1, read.one, read.many),
            "number": IF(COUNT(given.reach) == 1, given.reach, Said("form.readback.unknown_number")),
            "amount": SUBSTITUTE(Said("form.readback.together"), "{t}", ROUND(its.quantity, 0)),
            "together": IF(its.quantity == 0, Said("form.readback.no_quantity"), read.amount),
            "claim": SUBSTITUTE(read.phrase, "{n}", read.number) & IF(read.unit == "", "", with_total),
            "without": ROUND(its.people * its.deadweight, 0),
            "rest": its.people - read.without,
            "later": ROUND(read.rest * its.keep, 0),
            "said_deadweight": IFERROR(SUBSTITUTE(answered.deadweight, "{n}", read.without), ""),
            "said_attribution": IFERROR(answered.attribution & "", ""),
            "said_still": IFERROR(
                REPT(found(VALUED, "still_said", given.still, "still") & "", its.lasting), ""
            ),
            "said_later": SUBSTITUTE(SUBSTITUTE(read.said_still, "{m}", read.later), "{n}", read.rest),
            "spoken": TRIM(read.claim & ". " & read.said_deadweight & " " & read.said_attribution),
            "sentence": IF(read.phrase == "", "", TRIM(read.spoken & " " & read.said_later)),
        },
        per=EFFECTS,
    )
}
