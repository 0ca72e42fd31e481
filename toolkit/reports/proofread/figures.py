"""Figures as they stand in Dutch text: 'ruim 9,4 mln. euro', '€ 3,60', '60%', 'vijf'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from toolkit.words import dutch
from toolkit.words.vocabulary import word, words

EURO, PERCENT = "euro", "%"
OVER, UNDER, ABOUT = "ruim", "bijna", "ongeveer"
_SCALES = {"thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9)}
_SPACE = r"[^\S\t]"
"""What may stand inside a figure; a tab parts what stands beside each other."""
_HIDDEN = "\x1f"
"""Stands for every character that is no figure but a date, a page, an address or a code."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text; equal to another that says the same in another notation.

    value: with its sign, in units, so 9,4 miljoen is 9400000.  about: 'ruim', 'bijna', 'ongeveer' or ''.
    spelled: written as a word ('vijf').  start, end: its place, with all that belongs to it.
    """

    value: Decimal
    unit: str
    about: str
    spelled: bool = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)

    @property
    def core(self) -> tuple[Decimal, str]:
        """The figure without its word."""
        return self.value, self.unit


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure in a text, in order; dates, codes, telephone numbers and the like are none.

    >>> [(int(f.value), f.unit, f.about) for f in figures("Ruim 9,4 mln. euro, min bijna 87.000 euro en 60%")]
    [(9400000, 'euro', 'ruim'), (-87000, 'euro', 'bijna'), (60, '%', '')]
    >>> figures("€ 9,4 miljoen")[0] == figures("9,4 miljoen euro")[0], figures("vijf")[0] == figures("5")[0]
    (True, True)
    >>> figures("Zie artikel 12, bladzijde 3 van de brief van 3 februari 2025 (kenmerk ZK-2025-1)")
    ()
    """
    return tuple(_figure(match) for match in _figure_pattern().finditer(hidden(text)))


def hidden(text: str) -> str:
    """The text in which no digit is left that belongs to a date, a place, a telephone number or a code."""
    for pattern in _no_figures():
        text = pattern.sub(lambda match: _HIDDEN * len(match[0]), text)
    return _TOKEN.sub(_hide_code, text)


def _figure(match: re.Match[str]) -> Figure:
    if match["spelled"]:
        value = Decimal(_spelled()[match["spelled"].casefold()])
        return Figure(value, "", "", True, *match.span("spelled"))
    value = Decimal(match["number"].replace(".", "").replace(",", "."))
    for name, scale in _SCALES.items():
        if match[name]:
            value *= scale
    if match["minus"] or match["dash"] or match["inner_dash"]:
        value = -value
    unit = PERCENT if match["percent"] else EURO if match["euro"] or match["sign"] else ""
    about = next((a for a in (OVER, UNDER, ABOUT) if match[f"about_{a}"]), "")
    return Figure(value or Decimal(0), unit, about, False, *match.span())


@cache
def _spelled() -> dict[str, int]:
    """The numbers that a letter writes in words."""
    return {dutch.number_word(n): n for n in range(13)} | dict.fromkeys(words("proofread.figure.one"), 1)


def any_of(choices: Iterable[str]) -> str:
    """A pattern for one of these, the longest first."""
    return "|".join(re.escape(choice) for choice in sorted(choices, key=len, reverse=True))


def spelled_pattern() -> str:
    """A pattern for a count in words or digits."""
    return rf"(?:{any_of(_spelled())}|\d{{1,3}})"


def count_of(text: str) -> int:
    """The number that spelled_pattern found."""
    return int(text) if text.isdecimal() else _spelled()[text.casefold()]


@cache
def _figure_pattern() -> re.Pattern[str]:
    about = "|".join(rf"(?P<about_{a}>{any_of(words(f'proofread.about.{a}'))})" for a in (OVER, UNDER, ABOUT))
    scales = "|".join(rf"(?P<{name}>{any_of(words(f'proofread.figure.{name}'))})" for name in _SCALES)
    euro, percent = (any_of(words(f"proofread.figure.{name}")) for name in ("euro", "percent"))
    return re.compile(
        rf"(?<!\w)(?:(?P<minus>{any_of(words('proofread.figure.minus'))}){_SPACE}+)?"
        rf"(?:(?:{about}){_SPACE}+)?"
        rf"(?<![\w€])(?P<dash>[-−–])?(?P<sign>€{_SPACE}?|eur{_SPACE})?"
        r"(?P<inner_dash>[-−–])?"
        r"(?<!\d[.,])(?P<number>(?>\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,15})(?>(?:,\d+)?))(?!\d)"
        rf"(?:{_SPACE}?(?:{scales})(?!\w))?"
        rf"(?:{_SPACE}?(?:(?P<euro>{euro})|(?P<percent>{percent}))(?!\w))?(?!\w)"
        rf"|(?<![\w-])(?P<spelled>{any_of(_spelled())})(?![\w-])",
        re.IGNORECASE,
    )


_YEAR = r"(?:19|20)\d{2}"
_TOKEN = re.compile(r"""[^\s()\[\]‘’'",;\x1f]+""")


@cache
def _no_figures() -> tuple[re.Pattern[str], ...]:
    months, hour = any_of(dutch.MONTHS), re.escape(word("proofread.numbered.hour"))
    places = any_of(words("proofread.numbered.words"))
    patterns = (
        r"(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@]+\.\w+",
        r"(?<![\d.,-])\d{1,2}[-/]\d{1,2}[-/]\d{4}(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)",
        rf"(?<![\d.,])\d{{1,2}} (?:{months})(?: \d{{4}})?(?!\w)|(?<!\w)(?:{months}) \d{{4}}(?!\d)",
        rf"(?<![\d.,])\d{{1,2}}[.:]\d{{2}}(?= {hour}\b)",
        rf"(?<!\w)(?:{places})\s+[\w.:/-]*\d(?:[\w:/-]|[ .](?=\d))*",
        r"(?<![\d.,])(?:\+\d{2}|0)\d{1,3}[ -]?(?:\d[ -]?){5,8}\d(?!\d)",
        r"(?<!\d)\d{4} ?[A-Z]{2}(?!\w)",
        rf"(?<![\w.,€])(?!{_YEAR}[-/]{_YEAR}(?!\w))(?:{_YEAR}[-/]\d{{3,}}|\d+[-/]0\d+)(?:[-/]\d+)*(?!\w)",
        r"^\s*(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s(?=\D)",
    )
    return tuple(re.compile(pattern, re.IGNORECASE if "[A-Z]" not in pattern else 0) for pattern in patterns)


def _hide_code(match: re.Match[str]) -> str:
    """Nothing is left of a word that has both letters and digits, unless the letters are a unit."""
    token = match[0]
    if not (any(map(str.isdigit, token)) and any(map(str.isalpha, token))):
        return token
    bare = token.rstrip(".:!?")
    return token if _figure_pattern().fullmatch(bare) or _ends_with_unit(bare) else _HIDDEN * len(token)


def _ends_with_unit(token: str) -> bool:
    """'9,4mln' and '5€'."""
    found = _figure_pattern().match(token)
    return found is not None and found.end() >= len(token) - 1
