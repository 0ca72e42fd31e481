"""The paragraphs of plain text as the letter is written in it: blank lines between, wide gaps in tables."""

from __future__ import annotations

import re

from toolkit.reports.proofread.paragraphs import BULLET, HEADING, NUMBERED, TEXT, Builder, Document

_UNDERLINE = re.compile(r"(?:[=-]{3,}\s*)+")
_BULLET = re.compile(r"[-*•]\s+")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_INDENTED = re.compile(r"\s{3,}")


def read_plain(text: str) -> Document:
    """Paragraphs of plain text.

    Lines with gaps stand by themselves, as rows of a table do; a tab parts what stands beside each other.
    """
    builder = Builder()
    beside = False  # the line before was a row
    for line in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n"):
        shown = line.strip()
        if not shown:
            builder.close_all()
            beside = False
        elif _UNDERLINE.fullmatch(shown):
            if not beside:
                builder.become(HEADING)
            builder.close_all()
        else:
            mark = _BULLET.match(shown) or _NUMBER.match(shown)
            has_gap = _GAP.search(shown if mark is None else shown[mark.end() :]) is not None
            wide = has_gap or (beside and _INDENTED.match(line) is not None)
            if wide or beside or mark or not builder.is_open:
                builder.close_all()
                builder.open(_kind(shown))
            if mark:
                shown = shown[mark.end() :]
            builder.write(_GAP.sub("\t", shown) + " ")
            beside = wide
    return builder.document("txt")


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return BULLET
    return NUMBERED if _NUMBER.match(line) else TEXT
