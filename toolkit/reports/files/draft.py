"""A letter in each format that people ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from toolkit.method.confirmation import FINAL
from toolkit.model.letter import Letter
from toolkit.reports.facts import Facts
from toolkit.reports.facts.fact import clean
from toolkit.reports.files.page import to_html
from toolkit.reports.files.pdf import to_pdf
from toolkit.reports.files.text import to_text
from toolkit.reports.files.word import to_docx
from toolkit.reports.letter.blocks import Chart, text_of
from toolkit.reports.letter.drafting import render
from toolkit.reports.letter.markup import parse
from toolkit.words.vocabulary import word


def draft(
    facts: Facts,
    letter: Letter,
    properties: Mapping[str, str | dt.date] | None = None,
    house_style: Path | None = None,
    as_pdf: bool = False,
) -> dict[str, str | bytes]:
    """The letter in each format: txt and html as text, docx as bytes, and where asked pdf as bytes.

    properties: what the Word document says about itself, such as the checksum of the inputs.
    Until the status is definite every format carries the mark of a draft.
    Raises HouseStyleError for an unfit house style, and PdfError where LibreOffice gives no PDF.
    """
    blocks = parse(render(facts, letter))
    title = clean(letter.subject) or word("facts.letter.title")
    concept = letter.status != FINAL
    docx = to_docx(blocks, title, concept, properties or {}, house_style)
    formats: dict[str, str | bytes] = {
        "docx": docx,
        "html": to_html(blocks, title, concept),
        "txt": to_text(blocks, title, concept),
    }
    if as_pdf:
        formats["pdf"] = to_pdf(docx, [text_of(block.alt) for block in blocks if isinstance(block, Chart)])
    return formats
