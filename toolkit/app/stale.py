"""Does a portfolio still show what its forms and unit values say?"""

from __future__ import annotations

from toolkit.app.walk import Loaded
from toolkit.kengetallen.comparison import checksum
from toolkit.model.finding import WARN, Finding
from toolkit.words.vocabulary import word
from toolkit.workbook.intake import portfolios
from toolkit.workbook.layout import FORM
from toolkit.workbook.reading.raw import answers_checksum


def made_of(loaded: Loaded) -> dict[str, str]:
    """Name -> checksum of what the results are made of: the answers of every form, and the unit values."""
    forms = {raw.path.name: answers_checksum(raw, FORM) for raw in loaded.forms.values()}
    return {**forms, word("form.computed_with.library"): checksum(loaded.library)}


def remarks(loaded: Loaded) -> list[Finding]:
    """A finding for every form, and for the unit values, that differ from when the portfolio was computed.

    Nothing where it never was, or by a toolkit that did not keep the checksums.
    """
    raw = loaded.raw
    if raw is None or not raw.computed_with:
        return []
    cells = {entry.path.name: entry.cell for entry in portfolios.named_forms(raw)}
    found = []
    for name, now in made_of(loaded).items():
        then = raw.computed_with.get(name)
        if then == now:
            continue
        code = "form_new_since" if then is None else "form_changed_since"
        if name not in cells:
            code = "other_library_since"
        found.append(Finding(WARN, code, cells.get(name, ""), {"name": name}, raw.path.name))
    return found
