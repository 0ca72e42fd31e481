"""Dutch as a council letter writes it: amounts, numbers, percentages, counts, lists and dates.

Every function is pure. Rounding is decimal and half up, never binary: 0,125 becomes 0,13 and not 0,12.
Spaces that may not break a figure over two lines are non-breaking (written \\xa0 in the examples).
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

Amount = int | float | Decimal
Notation = Literal["miljoen", "mln", "symbool"]

NOTATIONS: tuple[Notation, ...] = ("miljoen", "mln", "symbool")
"""The ways to write a large amount: 9,4 miljoen euro, 9,4 mln. euro, € 9,4 miljoen."""

NBSP = "\u00a0"
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

_NUMBER_WORDS = (
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)
_ORDINALS = (
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
)
_SEASONS = ("winter", "lente", "zomer", "herfst")
_MILLION = Decimal(1_000_000)
_HALF_UP = Context(prec=400, rounding=ROUND_HALF_UP)  # wide enough for every float
_NOISE = Decimal("1e-9")


def number(value: Amount, decimals: int = 0) -> str:
    """A number with points between thousands and a decimal comma; raises ValueError unless finite.

    >>> number(1250), number(-1234.565, 2), number(-0.4)
    ('1.250', '-1.234,57', '0')
    """
    rounded = _half_up(_exact(value), -decimals)
    return f"{rounded:,.{decimals}f}".translate({ord(","): ".", ord("."): ","})


def plain(value: Amount) -> str:
    """A number as a person would type it: at most two decimals (four below one), no empty ones.

    >>> plain(1250.0), plain(2025.5), plain(0.0125), plain(-3.0)
    ('1.250', '2.025,5', '0,0125', '-3')
    """
    text = number(value, 2 if abs(_exact(value)) >= 1 else 4)
    return text.rstrip("0").rstrip(",")


def euro(amount: Amount, decimals: int = 0) -> str:
    """An amount behind the euro sign.

    >>> euro(1250), euro(3.6, decimals=2), euro(-250)
    ('€\\xa01.250', '€\\xa03,60', '-€\\xa0250')
    """
    figure = number(amount, decimals)
    return f"-€{NBSP}{figure[1:]}" if figure.startswith("-") else f"€{NBSP}{figure}"


def percent(share: Amount, decimals: int = 0) -> str:
    """A share (0,6 is sixty percent) as a percentage.

    >>> percent(0.6), percent(0.125, decimals=1), percent(-0.025)
    ('60%', '12,5%', '-3%')
    """
    return number(_exact(share) * 100, decimals) + "%"


def whole(value: Amount) -> int:
    """The nearest whole number, half up.

    >>> whole(3.5), whole(2.4999)
    (4, 2)
    """
    return int(_half_up(_exact(value), 0))


def rounded_value(value: Amount) -> Decimal:
    """The value that rounded_amount shows, in euros.

    Whole euros below 1.000, whole thousands below a million, above that hundred thousands.

    >>> [int(rounded_value(v)) for v in (949.5, 250_400, 999_499, 999_500, 9_449_999, -9_450_000)]
    [950, 250000, 999000, 1000000, 9400000, -9500000]
    """
    exact = _exact(value)
    if abs(exact) < 1000:
        return _half_up(exact, 0)
    thousands = _half_up(exact, 3)
    return thousands if abs(thousands) < _MILLION else _half_up(exact, 5)


def rounded_amount(value: Amount, notation: Notation = "miljoen") -> str:
    """An amount as a reader remembers it. It does not say in which direction it was rounded.

    >>> rounded_amount(9_412_345), rounded_amount(9_412_345, "mln"), rounded_amount(9_412_345, "symbool")
    ('9,4\\xa0miljoen\\xa0euro', '9,4\\xa0mln.\\xa0euro', '€\\xa09,4\\xa0miljoen')
    >>> rounded_amount(999_999), rounded_amount(-250_400), rounded_amount(250_400, "symbool")
    ('1,0\\xa0miljoen\\xa0euro', 'min\\xa0250.000\\xa0euro', '€\\xa0250.000')
    """
    return _signed_amount(rounded_value(value), "", notation)


def about(value: Amount, rounded: Amount) -> str:
    """The word that makes a rounded figure true: 'ruim' for a larger true value, 'bijna' for a smaller one.

    Sizes are compared without their sign, as a loss of ruim 9,4 million is a larger loss. A difference
    below a billionth is noise of binary arithmetic and counts as exact: then there is no word.

    >>> about(9_412_345, 9_400_000), about(0.597, 0.6), about(-9_412_345, -9_400_000), about(0.1 + 0.2, 0.3)
    ('ruim', 'bijna', 'ruim', '')
    """
    true_size, shown_size = abs(_exact(value)), abs(_exact(rounded))
    if abs(true_size - shown_size) <= _NOISE * max(true_size, shown_size):
        return ""
    return "ruim" if true_size > shown_size else "bijna"


def worded_amount(value: Amount, notation: Notation = "miljoen") -> str:
    """A rounded amount with the word that makes it true, directly before the number.

    >>> worded_amount(9_412_345), worded_amount(9_450_000, "mln"), worded_amount(9_400_000)
    ('ruim 9,4\\xa0miljoen\\xa0euro', 'bijna 9,5\\xa0mln.\\xa0euro', '9,4\\xa0miljoen\\xa0euro')
    >>> worded_amount(-9_412_345), worded_amount(-0.3)
    ('min\\xa0ruim 9,4\\xa0miljoen\\xa0euro', 'ongeveer 0\\xa0euro')
    """
    rounded = rounded_value(value)
    word = about(value, rounded)
    if word and not rounded:
        word = "ongeveer"
    return _signed_amount(rounded, word, notation)


def number_word(n: int) -> str:
    """A whole number in words up to and including twaalf, in digits above (and below zero).

    >>> number_word(0), number_word(1), number_word(12), number_word(1250)
    ('nul', 'één', 'twaalf', '1.250')
    """
    n = operator.index(n)
    return _NUMBER_WORDS[n] if 0 <= n < len(_NUMBER_WORDS) else number(n)


def number_words(*numbers: int) -> tuple[str, ...]:
    """Numbers that stand in one sentence: all in words, or all in digits where one is above twaalf.

    >>> number_words(5, 6), number_words(5, 30)
    (('vijf', 'zes'), ('5', '30'))
    """
    worded = all(0 <= n < len(_NUMBER_WORDS) for n in numbers)
    return tuple(number_word(n) if worded else number(n) for n in numbers)


def count(n: int, singular: str, plural: str) -> str:
    """How many of something.

    >>> count(5, "wijkbedrijf", "wijkbedrijven"), count(1, "wijkbedrijf", "wijkbedrijven")
    ('vijf wijkbedrijven', 'één wijkbedrijf')
    """
    return f"{number_word(n)} {singular if n == 1 else plural}"


def ordinal(n: int) -> str:
    """A rank in words up to and including twaalfde, with digits above; raises ValueError below 1.

    >>> ordinal(1), ordinal(8), ordinal(12), ordinal(20)
    ('eerste', 'achtste', 'twaalfde', '20e')
    """
    n = operator.index(n)
    if n < 1:
        raise ValueError(f"a rank starts at 1, not {n}")
    return _ORDINALS[n - 1] if n <= len(_ORDINALS) else f"{number(n)}e"


def enumeration(items: Sequence[str], conjunction: str = "en") -> str:
    """Items in one sentence; raises ValueError where there is nothing to name, so no sentence gets a hole.

    >>> enumeration(["a", "b", "c"]), enumeration(["a", "b"], "of"), enumeration(["a"])
    ('a, b en c', 'a of b', 'a')
    """
    if not items:
        raise ValueError("an enumeration needs at least one item")
    *first, last = items
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def month_name(month: int) -> str:
    """The name of a month, 1 to 12; raises ValueError outside that.

    >>> month_name(2)
    'februari'
    """
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"a month is 1 to 12, not {month}")
    return MONTHS[month - 1]


def date(day: dt.date) -> str:
    """A date in full.

    >>> date(dt.date(2025, 2, 3))
    '3\\xa0februari 2025'
    """
    return f"{day.day}{NBSP}{month_name(day.month)} {day.year}"


def short_date(day: dt.date) -> str:
    """A date as the head of a letter gives it.

    >>> short_date(dt.date(2025, 2, 3))
    '3-2-2025'
    """
    return f"{day.day}-{day.month}-{day.year}"


def season_year(day: dt.date) -> str:
    """The season of a date, by whole months; every season follows 'de'. A winter names both its years.

    >>> season_year(dt.date(2025, 7, 1)), season_year(dt.date(2025, 12, 1)), season_year(dt.date(2026, 2, 28))
    ('zomer van 2025', 'winter van 2025-2026', 'winter van 2025-2026')
    """
    season = _SEASONS[day.month % 12 // 3]
    if season == _SEASONS[0]:
        start = day.year if day.month == 12 else day.year - 1
        return f"{season} van {start}-{start + 1}"
    return f"{season} van {day.year}"


def capital(text: str) -> str:
    """Text as the start of a sentence; a Dutch IJ is one letter and a capital E carries no accent in 'Eén'.

    >>> capital("vijf wijkbedrijven"), capital("één jaar"), capital("ijsvrij"), capital("'s avonds")
    ('Vijf wijkbedrijven', 'Eén jaar', 'IJsvrij', "'s Avonds")
    """
    if text.startswith(("'s ", "’s ", "'t ", "’t ")):
        return text[:3] + capital(text[3:])
    if text.startswith("ij"):
        return "IJ" + text[2:]
    if text.startswith("één"):
        return "E" + text[1:]
    return text[:1].upper() + text[1:]


def _exact(value: Amount) -> Decimal:
    """The value as it prints: the float 0.1 is one tenth."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {value}")
    return exact


def _half_up(value: Decimal, power: int) -> Decimal:
    """Rounded half up (away from zero) to a multiple of ten to the power; never minus zero."""
    rounded = value.quantize(Decimal(1).scaleb(power), context=_HALF_UP)
    return rounded if rounded else abs(rounded)


def _signed_amount(rounded: Decimal, word: str, notation: Notation) -> str:
    """A rounded amount in the notation asked; the word stands between the sign and the size."""
    if notation not in NOTATIONS:
        raise ValueError(f"unknown notation: {notation}")
    size = abs(rounded)
    in_millions = size >= _MILLION
    figure = number(size / _MILLION, 1) if in_millions else number(size)
    if notation == "symbool":
        figure = f"€{NBSP}{figure}"
    if in_millions:
        figure += NBSP + ("mln." if notation == "mln" else "miljoen")
    if notation != "symbool":
        figure += f"{NBSP}euro"
    sign = f"min{NBSP}" if rounded < 0 else ""
    return f"{sign}{word} {figure}" if word else sign + figure
