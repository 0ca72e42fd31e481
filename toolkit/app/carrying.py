"""Short forms, and forms of earlier versions: what is in them, and what cannot come along into a new form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.app.walk import read_raw
from toolkit.kengetallen.library import Library
from toolkit.model.finding import INFO, WARN, Finding
from toolkit.words.dutch import enumeration
from toolkit.workbook.intake.short import short_form
from toolkit.workbook.layout import FORM, SHORT, Workbook
from toolkit.workbook.layout.versions import TEMPLATE_VERSION
from toolkit.workbook.opening.unread import MERGED
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.reader import RawWorkbook


def is_short(findings: Sequence[Finding]) -> bool:
    """True where a file was refused because it is a short form."""
    return any(f.code == "refused_is_short" for f in findings)


def check_short(path: Path, library: Library) -> list[Finding]:
    """Everything that is missing or wrong in a short form; nothing can be computed of it."""
    raw, findings = read_raw(path, SHORT)
    return findings if raw is None else short_form(raw, library)


def read_earlier(path: Path) -> tuple[RawWorkbook | None, list[Finding]]:
    """A form, full or short, whose answers go into a new form, and what of it stays behind."""
    workbook = FORM
    raw, findings = read_raw(path, workbook)
    if is_short(findings):
        workbook = SHORT
        raw, findings = read_raw(path, workbook)
    if raw is None:
        return None, findings
    # that its version is an older one is why somebody carries its answers over
    found = [f for f in structure.findings(raw, workbook) if f.code != "template_older"]
    return raw, [*found, *_left_behind(raw, workbook)]


def _left_behind(raw: RawWorkbook, workbook: Workbook) -> Iterator[Finding]:
    """How many answers come along, and what does not."""
    asked = [(row, c) for _, block in workbook.blocks() for row in block.row_codes for c in block.asked_codes]
    facts: dict[str, object] = {
        "n": sum(raw.value(*at) is not None for at in asked),
        "known": TEMPLATE_VERSION,
        "name": raw.path.name,
    }
    yield Finding(INFO, "carried_over", "", facts, raw.path.name)
    ours = {sheet.name for sheet in workbook.sheets}
    if own := [name for name in raw.sheet_names if name not in ours]:
        yield Finding(WARN, "sheets_left_behind", "", {"sheets": enumeration(own)}, raw.path.name)
    for at, why in raw.unread.items():
        if why.code != MERGED:
            yield Finding(WARN, "answer_left_behind", raw.answers[at].where, {}, raw.path.name)
