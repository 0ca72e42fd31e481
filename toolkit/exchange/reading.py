"""Reads a study in JSON: a portfolio, or everything that is wrong with it at once."""

from __future__ import annotations

from pathlib import Path

from toolkit.exchange.building import build
from toolkit.exchange.checking import Checker
from toolkit.exchange.consistency import check_document
from toolkit.exchange.contract import DOCUMENT
from toolkit.exchange.parsing import load, parse
from toolkit.kengetallen.library import Library, load_library
from toolkit.model.finding import Finding, stops
from toolkit.model.portfolio import Portfolio


def read_text(
    text: str, library: Library | None = None, file: str = ""
) -> tuple[Portfolio | None, list[Finding]]:
    """Read the JSON text of a study.

    library: where kengetallen are looked up, by default the one that comes with the toolkit.
    Result: the portfolio, or None where a finding stops, and all findings. `where` of a
    finding is a path such as $.initiatives[0].effects[2].deadweight.
    """
    library = library or load_library()
    checker = Checker(file)
    value, trouble = parse(text)
    if trouble:
        checker.note(trouble.code, trouble.where, **trouble.facts)
        return None, checker.findings
    document = checker.value(DOCUMENT, value, "$")
    if document is not None:
        check_document(document, library, checker)
    if document is None or stops(checker.findings):
        return None, checker.findings
    return build(document, library), checker.findings


def read_file(path: Path, library: Library | None = None) -> tuple[Portfolio | None, list[Finding]]:
    """Read a study from a JSON file (UTF-8); see read_text."""
    text, trouble = load(path)
    return (None, [trouble]) if trouble else read_text(text, library, path.name)
