"""Mistakes in a JSON study: found at their place, in exact sentences, all at once, never a traceback."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_mistakes import MISTAKES, REMARKS
from json_studies import DEEP, EFFECT, GONE, INVESTMENT, LAST, VALUE, another, changed, document, overlap
from studies import as_object

import toolkit.exchange
import toolkit.kengetallen
from toolkit.exchange.reading import read_file, read_text
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP, WARN, Finding
from toolkit.words.vocabulary import sentence, table

LIBRARY = load_library()


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_stops_the_study_with_one_sentence_at_its_place(code):
    text, where, words = MISTAKES[code]
    portfolio, findings = read_text(text, file="studie.json")
    assert portfolio is None
    assert [(f.level, f.code, f.where, f.file) for f in findings] == [(STOP, code, where, "studie.json")]
    assert sentence(findings[0]) == words


@pytest.mark.parametrize("code", REMARKS)
def test_a_remark_travels_with_the_study(code):
    text, where, words = REMARKS[code]
    portfolio, findings = read_text(text)
    assert portfolio is not None
    assert [(f.level, f.code, f.where) for f in findings] == [(WARN, code, where)]
    assert sentence(findings[0]) == words


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path):
    (tmp_path / "latin.json").write_bytes('{"naam": "één"}'.encode("latin-1"))
    for name, code in (("latin.json", "json_not_utf8"), ("weg.json", "json_file_unreadable")):
        portfolio, findings = read_file(tmp_path / name)
        assert portfolio is None
        assert [(f.code, f.file) for f in findings] == [(code, name)]
        assert sentence(findings[0]).startswith("Het bestand is niet ")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "studie.json"
    path.write_bytes(b"\xef\xbb\xbf" + changed().encode())
    assert read_file(path)[1] == []


def test_every_code_of_reading_has_a_mistake_here_and_a_sentence():
    sources = "".join(p.read_text(encoding="utf-8") for p in Path(toolkit.exchange.__path__[0]).glob("*.py"))
    codes = set(re.findall(r'"(json_\w+)"', sources))
    of_files = {"json_not_utf8", "json_file_unreadable"}
    assert codes == {c for c in (*MISTAKES, *REMARKS) if c.startswith("json_")} | of_files
    assert codes == {code for code in table("messages") if code.startswith("json_")}


def test_every_code_of_the_library_has_a_sentence():
    sources = [p.read_text(encoding="utf-8") for p in Path(toolkit.kengetallen.__path__[0]).glob("*.py")]
    codes = {code for source in sources for code in re.findall(r'"(library_\w+)"', source)}
    assert codes == {code for code in table("messages") if code.startswith("library_")}
    for code in codes:
        text = table("messages")[code]["text"]
        facts = {name: "x" for _, name, _, _ in string.Formatter().parse(text) if name}
        assert sentence(Finding(STOP, code, "here", facts)).endswith((".", "?"))


def test_all_mistakes_are_told_at_once():
    text = changed(
        ("study", "horizn", 3),
        ("study", "horizon", GONE),
        (*EFFECT, "deadweight", 2),
        (*EFFECT, "inflow", [1, "veel"]),
        (*EFFECT, "unit_value", "shares", {"gemeente": 0.5, "gemente": 0.4}),
        (*INVESTMENT, "party", 5),
        ("initiatives", LAST, {"code": "A", "effects": [another(unit_value=VALUE | {"kind": "winst"})]}),
        ("overlaps", [overlap("A", "Z")]),
        ("uncertainty", {"draws": 0}),
    )
    found = {(f.code, f.where) for f in read_text(text)[1]}
    assert found == {
        ("json_unknown_key", "$.study.horizn"),
        ("json_missing_key", "$.study"),
        ("json_not_a_share", f"{DEEP}.deadweight"),
        ("json_not_a_number", f"{DEEP}.inflow[1]"),
        ("json_shares_do_not_add_up", f"{DEEP}.unit_value.shares"),
        ("json_unknown_party", f"{DEEP}.unit_value.shares.gemente"),
        ("json_not_text", "$.initiatives[0].investments[0].party"),
        ("json_repeated_code", "$.initiatives[1].code"),
        ("json_not_in_list", "$.initiatives[1].effects[0].unit_value.kind"),
        ("json_no_participants", "$.overlaps[0].initiatives[0]"),
        ("json_unknown_initiative", "$.overlaps[0].initiatives[1]"),
        ("json_out_of_range", "$.uncertainty.draws"),
    }


def test_parties_of_a_study_must_cover_everyone_who_pays_or_gains():
    text = changed(
        ("study", "parties", {"council": "Government"}),
        (*EFFECT, "unit_value", "shares", {"persoon": 1}),
    )
    found = {(f.code, f.where, f.facts["value"]) for f in read_text(text)[1]}
    assert found == {
        ("json_unknown_party", "$.initiatives[0].investments[0].party", '"gemeente"'),
        ("json_unknown_party", f"{DEEP}.unit_value.shares.persoon", '"deelnemers"'),
    }


def test_text_that_cannot_be_printed_is_shown_in_its_escaped_form():
    _, findings = read_text('{"\\ud800": 1, "study": {"name": "\\udfff"}}')
    assert [f.where for f in findings if f.code == "json_unknown_key"] == ['$["\\ud800"]']
    assert [f.facts["value"] for f in findings if f.code == "json_unprintable"] == ['"\\udfff"']


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Every path in a document."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, inner in steps for deeper in places(inner, (*path, key)))]


@given(st.sampled_from(places(document())[1:]), JSON)
def test_whatever_stands_anywhere_gives_a_study_or_a_printable_sentence(path, value):
    portfolio, findings = read_text(changed((*path, value)))
    assert (portfolio is None) == any(f.level == STOP for f in findings)
    for finding in findings:
        (sentence(finding) + finding.where).encode("utf-8")
    if portfolio:
        json.dumps(as_object(portfolio, LIBRARY, None, findings), allow_nan=False)


@given(st.text() | JSON.map(json.dumps))
def test_any_text_at_all_gives_findings_and_never_a_traceback(text):
    portfolio, findings = read_text(text)
    assert portfolio is None
    assert all(sentence(finding) for finding in findings)
    assert findings


def test_who_means_that_nobody_pays_hears_how_that_is_written():
    _, findings = read_text(changed(("initiatives", 0, "investments", 0, "party", "geen dekking")))
    assert [(f.code, f.facts["nearest"]) for f in findings] == [("json_unknown_party", "geen_dekking")]
