"""The sentence in which a row of sheet Wat verandert er is read back, in pieces on sheet Narekenen."""

from __future__ import annotations

from toolkit.workbook.layout.asked import EFFECTS
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.layout.recheck import EFFECT, READBACK
from toolkit.workbook.layout.shared import VALUED
from toolkit.workbook.live.openness import OTHER, UNKNOWN, clean
from toolkit.workbook.live.recalculation import MORE, found, picked
from toolkit.workbook.live.vocabulary import (
    AND,
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
answered = Names(lambda name: found(VALUED, f"{name}_said", its.said_still, name))
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
            "mine": ROUND(its.people * (1 - its.deadweight) * (1 - its.attribution), 0),
            "kept": ROUND(read.mine * its.keep, 0),
            "is_discussed": IF(AND(its_answers.deadweight != "", its_answers.attribution != ""), 1, 0)
            * COUNT(given.reach),
            "said_mine": REPT(SUBSTITUTE(Said("form.readback.mine"), "{n}", read.mine), read.is_discussed),
            "said_kept": IFERROR(SUBSTITUTE(answered.still, "{n}", read.kept), ""),
            "said_later": REPT(read.said_kept, its.lasting * read.is_discussed),
            "guessed": (its_answers.deadweight == UNKNOWN) + (its_answers.attribution == UNKNOWN),
            "said_guess": IF(read.guessed > 0, Said("form.readback.guessed"), ""),
            "spoken": read.claim & ". " & read.said_mine & read.said_later & read.said_guess,
            "sentence": IF(read.phrase == "", "", TRIM(read.spoken)),
        },
        per=EFFECTS,
    )
}
