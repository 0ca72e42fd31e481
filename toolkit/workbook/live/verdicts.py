"""What a formula says of its own figure beside the one that Python found."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.workbook.layout.parts import Said
from toolkit.workbook.live.vocabulary import ABS, IF, IFERROR, Expression, Names

GOOD, WRONG = Said("form.verdicts.good"), Said("form.verdicts.wrong")


def held_against_python(own: Names) -> Mapping[str, Expression]:
    """Columns difference and verdict, of a row with columns formula and python; below a cent is nothing."""
    alike = (own.python == "") + (own.formula == own.python)
    return {
        "difference": IF(alike > 0, 0, IFERROR(own.python - own.formula, 1)),
        "verdict": IF(ABS(own.difference) * 100 < 1, GOOD, WRONG),
    }
