"""The one exception of this room: a workbook that is refused, with a code and facts."""

from __future__ import annotations

from collections.abc import Mapping


class WorkbookRefused(Exception):
    """This file is not read or written, and here is why.

    code: a key such as 'encrypted' or 'stray_cell'; the sentence a user sees is looked up by it.
    facts: what that sentence needs, such as the part, the sheet or the cell.

    >>> raise WorkbookRefused("no_such_sheet", {"sheet": "Uitkomsten"})
    Traceback (most recent call last):
    toolkit.opc.trouble.WorkbookRefused: workbook refused: no_such_sheet (sheet='Uitkomsten')
    """

    def __init__(self, code: str, facts: Mapping[str, object] | None = None):
        self.code = code
        self.facts = dict(facts or {})
        super().__init__(code, self.facts)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"workbook refused: {self.code}" + (f" ({told})" if told else "")
