"""What a council asks about the study, answered from the facts; for sheet 'Vragen van de raad'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import jinja2

from toolkit.model.narrowing import as_a, as_list
from toolkit.reports.facts import Facts
from toolkit.reports.letter.blocks import Heading, Paragraph, Run
from toolkit.reports.letter.drafting import templates
from toolkit.reports.letter.markup import parse

QUESTIONS = ("betalen", "begroting", "helft", "elders", "meetellen", "stoppen", "zekerheid", "niet_erin")
"""The template of each question, in the order of the sheet."""
OBJECTION, OBJECTIONS = "tegenwerping", "tegenwerpingen"
"""The template of the question about one objection, and the list with all of them."""

_CONDITION = re.compile(r"{% (?:el)?if (.+?) %}")
_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)?")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, and the names of the facts it rests on: shown first, then asked."""

    question: str
    answer: str
    facts: tuple[str, ...]


def answers(facts: Facts) -> tuple[Answered, ...]:
    """Every question and then every objection, answered.

    Raises LetterError or jinja2.UndefinedError for a fault in a template.
    """
    context = facts.tree()
    asked = [_answered(name, facts, context) for name in QUESTIONS]
    objections = [context | {"t": branch} for branch in as_list(context[OBJECTIONS])]
    return (*asked, *(_answered(OBJECTION, facts, one) for one in objections))


@cache
def question_templates() -> jinja2.Environment:
    """The templates of the questions, which may print what those of the letter may."""
    return templates("vragen")


def _answered(name: str, facts: Facts, context: dict[str, object]) -> Answered:
    heading, *blocks = parse(question_templates().get_template(f"{name}.j2").render(context))
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if not isinstance(heading, Heading) or len(paragraphs) < len(blocks):
        raise ValueError(f"{name} is not a question with paragraphs")
    runs = [*heading.runs, *(run for block in paragraphs for run in block.runs)]
    asked = [fact for fact in _asked(name) if fact in facts]
    rests_on = tuple(dict.fromkeys([*(run.fact for run in runs if run.fact), *asked]))
    return Answered(_text(heading.runs), " ".join(_text(block.runs) for block in paragraphs), rests_on)


def _asked(name: str) -> list[str]:
    """The names in the conditions of a template."""
    environment = question_templates()
    loader = as_a(jinja2.BaseLoader, environment.loader)
    source = loader.get_source(environment, f"{name}.j2")[0]
    return [found for condition in _CONDITION.findall(source) for found in _NAME.findall(condition)]


def _text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
