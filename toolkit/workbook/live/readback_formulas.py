"""The formulas that read a row of sheet Wat verandert er back in a sentence."""

from __future__ import annotations

from toolkit.words.vocabulary import word
from toolkit.workbook.layout import recheck
from toolkit.workbook.layout.form import EFFECTS
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.shared import VALUED
from toolkit.workbook.live.addresses import Places


def readback_formula(at: Places, column: str, index: int) -> str:
    """The formula of one cell of table tblNrTerugleeszin, without its equals sign."""

    def own(c: str) -> str:
        return at.cell(recheck.READBACK, c, index)

    def effect(c: str) -> str:
        return at.cell(recheck.EFFECT, c, index)

    def given(c: str) -> str:
        return at.cell(EFFECTS, c, index)

    def said(name: str) -> str:
        texts, answers = at.column(VALUED, f"{name}_said"), at.column(VALUED, name)
        return f"INDEX({texts},MATCH({given(name)},{answers},0))"

    kv = effect("kv")
    one, many = (f'IF({kv}=0,"",INDEX({at.column(CHANGES, c)},{kv}))' for c in ("readback_one", "readback"))
    more, sentence = word("form.lists.direction.more"), "form.readback"
    opening = f'"{word(f"{sentence}.reverse")}","{word(f"{sentence}.opening")}"'
    return {
        "many": many,
        "one": one,
        "phrase": f"IF({given('reach')}=1,{own('one')},{own('many')})",
        "claim": f'SUBSTITUTE({own("phrase")},"{{n}}",{given("reach")})',
        "without": f"IFERROR(ROUND({given('reach')}*{effect('deadweight')},0),0)",
        "rest": f"IFERROR({given('reach')}-{own('without')},0)",
        "later": f"ROUND({own('rest')}*{effect('keep')},0)",
        "said_opening": f'IF({given("direction")}="{more}",{opening})',
        "said_deadweight": f'IFERROR(SUBSTITUTE({said("deadweight")},"{{n}}",{own("without")}),"")',
        "said_attribution": f'IFERROR({said("attribution")}&"","")',
        "said_still": f'IFERROR(REPT({said("still")}&"",{effect("lasting")}),"")',
        "said_later": f'SUBSTITUTE(SUBSTITUTE({own("said_still")},"{{m}}",{own("later")}),"{{n}}",'
        f"{own('rest')})",
        "sentence": f'IF({kv}=0,"",TRIM({own("said_opening")}&" "&{own("claim")}&". "'
        f'&{own("said_deadweight")}&" "&{own("said_attribution")}&" "&{own("said_later")}))',
    }[column]
