"""Facts and the fields of the letter, put into the templates: the text of the letter."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cache

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from toolkit.model.letter import Letter
from toolkit.model.narrowing import made
from toolkit.reports.facts import Fact, Facts
from toolkit.reports.facts.fact import clean
from toolkit.reports.letter.markup import figure, literal
from toolkit.words import dutch
from toolkit.words.vocabulary import sections, word

DISCUSSION, PROGRESS = "discussion", "voortgangsbrief"
ADOPT, PARTLY, DECLINE = "adopt", "partly", "decline"
TERMS = (
    "social_return",
    "present_value",
    "discount_rate",
    "price_level",
    "horizon",
    "ratio",
    "npv",
    "break_even",
    "transfer",
    "frees_cash",
    "unit_value",
    "counterfactual",
    "deadweight",
    "displacement",
    "attribution",
    "drop_off",
    "pm",
)
"""The terms of words/glossary.toml that the annex explains."""

_NUMBERED = Markup("1.")
_HEADER_FIELDS = (
    "addressee",
    "subject",
    "portfolio_holder",
    "author",
    "phone",
    "reference",
    "your_letter",
    "your_reference",
    "motion",
)


class LetterError(RuntimeError):
    """A fault of ours in a template: it prints what cannot be printed, or leaves an empty spot."""


def render(facts: Facts, letter: Letter) -> str:
    """The letter with its annex, in the markup of `markup`.

    Every figure carries the name of its fact; text of people stands apart and is never markup.
    Raises LetterError or jinja2.UndefinedError where a template asks what is not there.
    """
    letter = _cleaned(letter)
    context = facts.tree()
    own = {"letter": letter, "brief": _fields(letter), "nummer": _NUMBERED}
    if clash := context.keys() & own.keys():
        raise LetterError(f"both a fact and a field: {sorted(clash)}")
    text = brief_templates().get_template("brief.j2").render(context | own)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def brief_templates() -> jinja2.Environment:
    """The templates of the letter."""
    return templates("brief")


def templates(folder: str) -> jinja2.Environment:
    """Templates that print facts; a missing fact is an error, and only our own marks get out."""
    environment = SandboxedEnvironment(
        loader=jinja2.PackageLoader("toolkit.templates", folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"hoofdletter": _capital, "zin": _sentence, "zinsdeel": _phrase}
    return environment


def _printed(value: object) -> object:
    """What a template may print: a worded fact, or text of people; nothing else, and never nothing."""
    match value:
        case Fact(value=bool()):
            raise LetterError(f"{value.name} is a judgement and cannot be printed")
        case Fact() if not value.text:
            raise LetterError(f"{value.name} has no text")
        case Fact():
            return Markup(figure(value.name, value.text))
        case Markup() | jinja2.Undefined():
            return value
        case str() if clean(value):
            return Markup(literal(value))
    raise LetterError(f"cannot be printed: {value!r}")


def _changed(value: Fact | str, text: str) -> Fact | str:
    return replace(value, text=text) if isinstance(value, Fact) else text


def _text(value: Fact | str) -> str:
    return value.text if isinstance(value, Fact) else clean(value)


def _capital(value: Fact | str) -> Fact | str:
    """Filter: as the start of a sentence."""
    return _changed(value, dutch.capital(_text(value)))


def _phrase(value: Fact | str) -> Fact | str:
    """Filter: without the full stop, to stand inside a sentence."""
    return _changed(value, _text(value).rstrip(" ."))


def _sentence(value: Fact | str) -> Fact | str:
    """Filter: a whole sentence, with a capital and a full stop."""
    text = dutch.capital(_text(value))
    return _changed(value, text if text.endswith((".", "!", "?")) else f"{text}.")


def _cleaned(letter: Letter) -> Letter:
    """The letter with spaces taken off, and without fields that hold nothing to read."""
    held = {f.name: getattr(letter, f.name) for f in fields(letter)}
    return made(Letter, {name: clean(v) if isinstance(v, str) else v for name, v in held.items()})


def _fields(letter: Letter) -> dict[str, object]:
    """What templates need from the letter beside its plain fields."""
    attachments = [title for part in letter.attachments.split(";") if (title := clean(part))]
    quoted = [word("facts.wording.quoted", name=title) for title in attachments]
    signers = (
        {"naam": letter.signer_1, "functie": letter.signer_1_role},
        {"naam": letter.signer_2, "functie": letter.signer_2_role},
    )
    terms = sections("glossary.terms")
    return {
        "soort": letter.kind or word("facts.letter.kind"),
        "datum": dutch.short_date(letter.date) if letter.date else "",
        "heeft_kop": bool(letter.date or attachments or any(getattr(letter, f) for f in _HEADER_FIELDS)),
        "bijlagen": attachments,
        "bijlagen_samen": dutch.enumeration(quoted) if quoted else "",
        "ondertekenaars": [signer for signer in signers if signer["naam"]],
        "voortgang": letter.kind == PROGRESS,
        "in_bespreking": letter.next_form == DISCUSSION,
        "begrippen": [{"begrip": terms[t]["term"], "betekenis": terms[t]["meaning"]} for t in TERMS],
        "aanbevelingen": [
            {
                "tekst": clean(r.text),
                "overnemen": r.response == ADOPT,
                "deels": r.response == PARTLY,
                "niet": r.response == DECLINE,
                "toelichting": clean(r.explanation),
                "wie": clean(r.who),
                "wanneer": clean(r.when),
                "stand": clean(r.progress),
            }
            for r in letter.recommendations
            if clean(r.text)
        ],
    }
