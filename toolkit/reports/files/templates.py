"""The page templates that HTML and Word share."""

from __future__ import annotations

from functools import cache

import jinja2
from markupsafe import Markup

from toolkit.words.printable import printable


@cache
def page_templates() -> jinja2.Environment:
    """The page templates. All text is escaped, and no character that XML forbids gets out."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("toolkit.templates", ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_only_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _only_printable(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
