"""Looks words up; an unknown name is an error of ours, never an empty spot."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Protocol, TypeVar

from toolkit.words.dutch import plain


class Remark(Protocol):
    """Anything with a code, a place and facts, such as a finding of the model."""

    @property
    def code(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


class UnknownWord(KeyError):
    """A name that no file of words explains."""


@functools.cache
def table(name: str) -> Mapping[str, object]:
    """All words of one file, for example 'form' for form.toml."""
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word(path: str, /, **facts: object) -> str:
    """The words at 'file.section.key', placeholders in braces filled in.

    >>> word("form.groups.overheid")
    'Overheid'
    """
    found = _at(path, str)
    return found.format(**facts) if facts else found


def words(path: str) -> list[str]:
    """The list of texts at 'file.section.key'."""
    return _at(path, list)


@functools.cache
def section(path: str) -> Mapping[str, str]:
    """The texts right under 'file.section', by their keys.

    >>> section("form.groups")["overheid"]
    'Overheid'
    """
    return {key: text for key, text in _at(path, dict).items() if isinstance(text, str)}


@functools.cache
def sections(path: str) -> Mapping[str, Mapping[str, str]]:
    """The tables right under 'file.section', each with its texts.

    >>> sections("glossary.terms")["unit_value"]["term"]
    'kengetal'
    """
    return {key: section(f"{path}.{key}") for key, held in _at(path, dict).items() if isinstance(held, dict)}


Kind = TypeVar("Kind")


def _at(path: str, kind: type[Kind]) -> Kind:
    name, *keys = path.split(".")
    found: object = table(name)
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            raise UnknownWord(path)
        found = found[key]
    if not isinstance(found, kind):
        raise UnknownWord(path)
    return found


def sentence(finding: Remark) -> str:
    """The Dutch sentence of a finding: what is there, why it matters, what to type.

    Numbers with decimals are written the Dutch way; whole numbers (years) stay as they are.
    """
    facts = {k: plain(v) if isinstance(v, float) else v for k, v in finding.facts.items()}
    return word(f"messages.{finding.code}.text", **{"where": finding.where, **facts})


def located(finding: Remark) -> str:
    """The sentence of a finding with its place in front."""
    place = ", ".join(p for p in (finding.file, finding.where) if p)
    return f"{place}: {sentence(finding)}" if place else sentence(finding)
