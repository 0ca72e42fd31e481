"""The page that lays our letter beside one from practice: every part and every fact on it exists."""

import re
from pathlib import Path

from situations import SITUATIONS

from toolkit.reports.letter.drafting import brief_templates

PAGE = Path(__file__).resolve().parents[1] / "docs" / "handleiding" / "brief_naast_voorbeeld.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "`" in line
]
FIELD, NONE = "brief", "geen"
FRAME = {"brief.j2", "bijlage.j2"}
"""Templates that only put the others in order."""


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def source(part: str) -> str:
    return brief_templates().loader.get_source(brief_templates(), part)[0]


def test_every_part_of_the_letter_is_on_the_page_and_the_page_names_no_other():
    parts = set(brief_templates().list_templates(extensions=["j2"]))
    assert {part for _, cell, _ in ROWS for part in named(cell)} == parts - FRAME


def test_every_fact_on_the_page_exists():
    made = [make().facts() for make in SITUATIONS.values()]
    facts = {name for facts in made for name in (*facts.by_name, *facts.lists)}
    told = {name for *_, cell in ROWS for name in named(cell)} - {FIELD}
    assert sorted(told - facts) == []


def test_a_part_uses_what_the_page_says_it_rests_on():
    for said, part, cell in ROWS:
        (template,) = named(part)
        text = source(template)
        text += "".join(source(inner) for inner in re.findall(r'include "(.+?)"', text))
        group = re.sub(r"\b(g|p)\.", "overheid.", text)
        for name in named(cell):
            shown = re.search(r"\b(letter|brief)\.", text) if name == FIELD else name in text + group
            assert shown, f"{said}: {template} does not use {name}"


def test_a_row_without_facts_says_so():
    assert [said for said, _, cell in ROWS if not named(cell) and cell != NONE] == []
