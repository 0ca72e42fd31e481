"""Reads a study in JSON: a portfolio, or everything that is wrong with it at once."""

from __future__ import annotations

from pathlib import Path

from toolkit.exchange.building import build
from toolkit.exchange.checking import Checked, Checker
from toolkit.exchange.consistency import check_document
from toolkit.exchange.contract import DOCUMENT
from toolkit.exchange.parsing import child, load, parse
from toolkit.kengetallen.library import Library, load_library
from toolkit.model.finding import STOP, WARN, Finding, stops
from toolkit.model.portfolio import Portfolio
from toolkit.words.personal import kinds

_PERSONAL = {
    "citizen_number": "json_citizen_number",
    "phone_number": "json_phone_number",
    "mail_address": "json_mail_address",
    "person_named": "json_person_named",
}
"""Personal data that a text can hold -> the finding in a study, which has no contact field."""


def read_text(
    text: str, library: Library | None = None, file: str = ""
) -> tuple[Portfolio | None, list[Finding]]:
    """Read the JSON text of a study.

    library: where kengetallen are looked up, as they are at the price level of the study; by default the
    one that comes with the toolkit.
    Result: the portfolio, or None where a finding stops, and all findings. `where` of a
    finding is a path such as $.initiatives[0].effects[2].deadweight.
    """
    library = library or load_library()
    checker = Checker(file)
    value, trouble = parse(text)
    if trouble:
        checker.add(trouble.code, trouble.where, trouble.facts)
        return None, checker.findings
    _note_personal(checker, value, "$")
    document = checker.value(DOCUMENT, value, "$")
    if isinstance(document, Checked):
        level = document.table("study").whole("price_level")
        library = library.at(level) if level else library
        check_document(document, library, checker)
    if not isinstance(document, Checked) or stops(checker.findings):
        return None, checker.findings
    return build(document, library), checker.findings


def read_file(path: Path, library: Library | None = None) -> tuple[Portfolio | None, list[Finding]]:
    """Read a study from a JSON file (UTF-8); see read_text."""
    text, trouble = load(path)
    return (None, [trouble]) if trouble else read_text(text, library, path.name)


def _note_personal(checker: Checker, value: object, where: str) -> None:
    """Note every text that seems to hold personal data, wherever it stands."""
    if isinstance(value, dict):
        for key, content in value.items():
            _note_personal(checker, content, child(where, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            _note_personal(checker, item, child(where, place))
    elif isinstance(value, str):
        for is_sure, code in kinds(value):
            checker.note(_PERSONAL[code], where, level=STOP if is_sure else WARN)
