"""What is different since the last time: the totals that a workbook showed, beside those of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.words.vocabulary import word
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.outcomes import CHANGE, WHAT_CHANGED


def change_rows(earlier: Mapping[str, float], figures: Sequence[Row]) -> list[Row]:
    """Table tblVeranderd: before, after and the difference of every total.

    earlier: what the workbook showed, by row; empty where it was never computed.
    figures: the rows of tblKern and tblMeerCijfers of now.

    >>> change_rows({"npv": 2.0}, [{"row": "npv", "value": 5.0}])
    [{'row': 'change_npv', 'before': 2.0, 'after': 5.0, 'difference': 3.0}]
    """
    now = {f"{CHANGE}{row['row']}": row["value"] for row in figures}
    was = {f"{CHANGE}{row}": value for row, value in earlier.items()}
    return [_row(code, was, now[code]) for code in WHAT_CHANGED.row_codes if code in now]


def _row(code: str, was: Mapping[str, float], after: object) -> Row:
    before = was.get(code)
    if before is None:
        shown = absent(code.removeprefix(CHANGE), None) if was else word("form.absent.before")
        return {"row": code, "before": shown, "after": after, "difference": None}
    difference = after - before if isinstance(after, int | float) else None
    return {"row": code, "before": before, "after": after, "difference": difference}
