"""The one way in which this toolkit says no to what it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Refused(Exception):
    """Something is not read or not done, and here is why; what was given is to blame, and not we.

    A class of its own where someone who catches it must tell it from others, or where its sentences
    are of another family::

        Refused
        ├── FileRefused          opc: an Office file that is not read, or not written into
        ├── FileChanged          opc: a file that is no longer what was read
        ├── LibraryError         kengetallen: what is wrong with a library, or with what is asked of it
        ├── NotPutBack           workbook/openbook: an open workbook that does not become what it was
        ├── NothingCounted       reports/facts: no initiative to write about
        ├── HouseStyleError      reports/files: a Word file that is no house style
        ├── PdfError             reports/files: no PDF of the letter
        ├── LetterRefused        reports/proofread: an edited letter that is not read back
        └── CannotWrite          app: a file that cannot be written

    Not among them: what only a fault of ours can cause (FactError, LetterError, MarkupError, UnknownWord);
    NotFound of the trace, which answers a question; and Told, CannotBuild and CannotInstall of app, which
    carry the finished sentence.

    code: what is wrong, such as 'encrypted'.  facts: what its sentence needs, such as the part or the cell.

    >>> raise Refused("no_such_sheet", {"sheet": "Uitkomsten"})
    Traceback (most recent call last):
    toolkit.model.refused.Refused: no_such_sheet (sheet='Uitkomsten')
    """

    family: ClassVar[str] = ""
    """What the names of its sentences start with, where its codes do not say so themselves."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.facts: Mapping[str, object] = dict(facts or {})
        super().__init__(code, self.facts)

    @property
    def sentence(self) -> str:
        """The name of its Dutch sentence in words/messages.toml."""
        return f"{self.family}{self.code}"

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code
