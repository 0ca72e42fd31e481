"""What this room refuses: a file that is not read or not written, with why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from toolkit.model.refused import Refused


class FileRefused(Refused):
    """This Office file is not read, or not written into.

    code: such as 'encrypted' or 'stray_cell'.  facts: such as the part, the sheet or the cell.
    """

    family = "refused_"


@contextmanager
def retold(refusal: type[Refused], code: Callable[[str], str]) -> Iterator[None]:
    """Turn what is refused of a file into the refusal of another room, which names it otherwise.

    code: from the code of the one to that of the other; the facts stay.
    """
    try:
        yield
    except FileRefused as trouble:
        raise refusal(code(trouble.code), trouble.facts) from trouble
