"""What is wrong with a library, in Dutch: the facts of an error as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from toolkit.kengetallen import shares
from toolkit.model.narrowing import as_texts
from toolkit.words import dutch
from toolkit.words.vocabulary import section, word


def worded(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts of a LibraryError for its sentence: no list, table or type as a program writes it."""
    found: dict[str, object] = {
        name: value if type(value) is int else shown(value) for name, value in facts.items()
    }
    if "expected" in facts:
        found["expected"] = word(f"messages.cell_kinds.{facts['expected']}")
    if "allowed" in facts:
        found["allowed"] = ", ".join(as_texts(facts["allowed"]))
    return found


def shown(value: object) -> str:
    """A value of the library as a person would write it; what is empty is said to be so."""
    if value is None or (not isinstance(value, bool | int | float) and not value):
        return word("screen.compare.nothing")
    if isinstance(value, bool):
        return word(f"form.lists.yes_no.{'yes' if value else 'no'}")
    if isinstance(value, float):
        return dutch.plain(value) if abs(value) < 1e15 else str(value)
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, Mapping):
        if all(type(share) in (int, float) and abs(share) < 1e15 for share in value.values()):
            return shares.as_text(value)
        return ", ".join(f"{name} {shown(held)}" for name, held in value.items())
    return ", ".join(map(shown, value)) if isinstance(value, list | tuple) else str(value)


def label(choice: str) -> str:
    """A choice of a closed list as people read it.

    >>> label("uit_kosten"), label("jaar")
    ('uit de kosten', 'jaar')
    """
    return section("form.unit_value_choices").get(choice, choice)
