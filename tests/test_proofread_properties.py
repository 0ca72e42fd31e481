"""Proofreading, for any study: every letter is found in its facts, no changed digit slips through."""

import os
import random
import re

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from letters import (
    CONTROL,
    HARMLESS,
    SPAN,
    coded,
    drafted,
    of,
    other_digit,
    replaced,
    shown,
    stops,
)
from situations import LETTER, SITUATIONS, computed
from studies import portfolios

from toolkit.reports.proofread.figures import figures
from toolkit.words.vocabulary import located

STUDIES = 200 if os.environ.get("WIJKBATEN_ALLES") == "1" else 20
NUMBERS = ("letter_number_unknown", "letter_word_differs")


def told(findings):
    return [located(finding) for finding in findings]


def drafted_of(portfolio):
    return drafted(computed(portfolio).facts(), LETTER)


def with_digit_changed(text, pattern, chance):
    """A text with one digit of one figure changed, the match of that figure, and what stands there now."""
    match = chance.choice([m for m in pattern.finditer(text) if any(map(str.isdigit, m["text"]))])
    now = other_digit(shown(match), chance)
    return replaced(text, match, now), match, now


def check_drafts(letter):
    for kind in ("docx", "html", "txt"):
        found = letter.findings(letter.files[kind], kind)
        assert told(stops(found)) + told(coded(found, *NUMBERS)) == []


def check_changed_digit(letter, kind, pattern, chance):
    text, match, now = with_digit_changed(letter.text(kind), pattern, chance)
    found = letter.word(text) if kind == "docx" else letter.findings(text, kind)
    wrong = [f for f in stops(found) if f.facts.get("name") == match["fact"]]
    assert wrong, (match["fact"], shown(match), now, told(found))
    assert any(now.replace("\u00a0", " ").strip(" .") in f.facts["found"] for f in wrong), told(wrong)
    assert all(re.match(r"(alinea|tabel) \d+", f.where) for f in wrong)


def check_changed_digit_in_plain_text(letter, chance):
    """The figures of the text are those of the facts in it; one digit of one of them is changed."""
    text = letter.text("txt")
    facts = [f for f in letter.basis("txt").shown.values() if any(map(str.isdigit, f))]
    known = {figure for fact in facts for figure in figures(fact) if not figure.spelled}
    lines, spots = text.splitlines(keepends=True), []
    for number, line in enumerate(lines):
        spots += [(number, f) for f in figures(line) if f in known and not f.spelled]
    number, figure = chance.choice(spots)
    line = lines[number]
    now = other_digit(line[figure.start : figure.end], chance)
    lines[number] = line[: figure.start] + now + line[figure.end :]
    found = letter.findings("".join(lines), "txt")
    missing = coded(stops(found), "letter_fact_missing")
    assert any(figure in figures(f.facts["expected"]) for f in missing), (line, now, told(found))
    unknown = {f.facts["found"] for f in coded(found, *NUMBERS)}
    basis = letter.basis("txt")
    if not all(f in basis.known or f.value in basis.years for f in figures(now)):
        assert any(now.strip() in one or one in now for one in unknown), (line, now, told(found))


def check_harmless(letter, chance):
    body = letter.text("docx")
    for edit in HARMLESS:
        body = edit(body, chance)
    assert told(stops(letter.word(body))) == []


# a letter takes half a second, so looking for a smaller example of a failure would take minutes
@settings(max_examples=STUDIES, phases=(Phase.generate,))
@given(portfolios().filter(lambda p: p.counted), st.integers(0, 2**32))
def test_so_it_is_for_any_study(portfolio, seed):
    letter, chance = drafted_of(portfolio), random.Random(seed)
    check_drafts(letter)
    check_changed_digit(letter, "docx", CONTROL, chance)
    check_changed_digit(letter, "html", SPAN, chance)
    check_changed_digit_in_plain_text(letter, chance)
    check_harmless(letter, chance)


@pytest.mark.parametrize("edit", HARMLESS)
def test_a_harmless_edit_passes(edit):
    letter, chance = of(SITUATIONS["mixed"]), random.Random(1)
    for _ in range(STUDIES // 10):
        assert told(stops(letter.word(edit(letter.text("docx"), chance)))) == []


@pytest.mark.parametrize("name", SITUATIONS)
def test_so_it_is_in_every_situation(name):
    letter, chance = of(SITUATIONS[name]), random.Random(name)
    check_drafts(letter)
    check_harmless(letter, chance)
    for _ in range(STUDIES // 10):
        check_changed_digit(letter, "docx", CONTROL, chance)
        check_changed_digit(letter, "html", SPAN, chance)
        check_changed_digit_in_plain_text(letter, chance)
