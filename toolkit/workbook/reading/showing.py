"""How a sentence repeats what stands in a cell: as the person sees it, short, and never personal data."""

from __future__ import annotations

import datetime as dt
import math

from toolkit.words.dutch import short_date
from toolkit.words.personal import is_personal
from toolkit.words.vocabulary import section, word

_LONGEST = 80


def shown(value: object) -> object:
    """The content of a cell for a sentence; numbers stay numbers.

    >>> shown(dt.date(2026, 2, 3)), shown(True), shown("bel 06-12345678"), shown(1250.0)
    ('3-2-2026', 'WAAR', '(persoonsgegeven)', 1250.0)
    """
    if isinstance(value, bool):
        return word(f"messages.shown.{'true' if value else 'false'}")
    if isinstance(value, int | float):
        if is_personal(f"{value:.0f}" if math.isfinite(value) else ""):
            return word("messages.shown.personal")
        return value if math.isfinite(value) else str(value)
    text = as_text(value)
    if is_personal(text):
        return word("messages.shown.personal")
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def as_text(value: object) -> str:
    """The content of a cell as text, the way a Dutch spreadsheet shows it.

    >>> as_text(2025.0), as_text(0.5), as_text(dt.datetime(2026, 2, 3, 14, 30)), as_text(dt.time(9, 5))
    ('2025', '0,5', '3-2-2026 14:30', '9:05')
    """
    match value:
        case bool():
            return word(f"messages.shown.{'true' if value else 'false'}")
        case float() if math.isfinite(value):
            return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
        case dt.datetime():
            return f"{short_date(value)} {value.hour}:{value.minute:02d}"
        case dt.date():
            return short_date(value)
        case dt.time():
            return f"{value.hour}:{value.minute:02d}"
        case dt.timedelta():
            minutes = int(value.total_seconds() // 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
    return " ".join(str(value).split())


def is_error(text: str) -> bool:
    """True for an error of a spreadsheet program that came as text, in English or in Dutch."""
    names = section("messages.errors")
    return text in names or text in names.values() or (text.startswith("Err:") and text[4:].isdigit())


def error_shown(text: str) -> str:
    """The Dutch name of an error, as Excel shows it.

    >>> error_shown("#DIV/0!"), error_shown("Err:522")
    ('#DEEL/0!', 'Err:522')
    """
    return section("messages.errors").get(text, text)
