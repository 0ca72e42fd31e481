"""Blocks as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from markupsafe import Markup

from toolkit.reports.files.picture import picture
from toolkit.reports.files.plot import Plot
from toolkit.reports.files.templates import page_templates
from toolkit.reports.letter.blocks import MOST_WHOLE, Block, with_title


def to_html(blocks: Sequence[Block], title: str, concept: bool) -> str:
    """One HTML file with its style inside; each figure stands in a span with data-feit, its fact name."""
    css = (resources.files("toolkit.templates") / "huisstijl.css").read_text(encoding="utf-8")
    page = page_templates().get_template("page.html.j2")
    return page.render(
        blocks=with_title(blocks, title),
        title=title,
        concept=concept,
        css=Markup(css),
        most_whole=MOST_WHOLE,
        drawn=lambda chart: picture(Plot.of(chart)),
    )
