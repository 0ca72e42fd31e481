"""Dutch wording: figures that read well and words that are always true."""

import datetime as dt
import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.words import dutch

AMOUNTS = st.one_of(
    st.integers(-(10**10), 10**10),
    st.floats(-1e10, 1e10, allow_nan=False),
    st.decimals(-(10**10), 10**10, places=2),
)


def shown(text: str) -> Decimal:
    """The size that a reader takes from a worded amount."""
    figure = re.search(r"[\d.]+(?:,\d+)?", text).group()
    size = Decimal(figure.replace(".", "").replace(",", "."))
    return size * 1_000_000 if re.search(r"miljoen|mln\.", text) else size


@given(AMOUNTS, st.sampled_from(dutch.NOTATIONS))
@example(999_999, "miljoen")
@example(999_500, "miljoen")
@example(9_449_999, "miljoen")
@example(9_450_000, "miljoen")
@example(9_400_000, "miljoen")
@example(0, "miljoen")
@example(-0.3, "miljoen")
@example(-999_999, "symbool")
@example(-9_449_999, "mln")
def test_the_word_before_an_amount_is_always_true(value, notation):
    text = dutch.worded_amount(value, notation)
    true_size, size = abs(Decimal(str(value))), shown(text)
    if "ruim" in text:
        assert true_size > size
    elif "bijna" in text:
        assert true_size < size
    elif "ongeveer" in text:
        assert size == 0 and 0 < true_size < 1
    else:
        assert abs(true_size - size) <= Decimal("1e-9") * max(true_size, size)
    assert text.startswith("min\xa0") == (dutch.rounded_value(value) < 0)


@given(AMOUNTS)
def test_a_rounded_amount_lies_within_half_a_step_of_the_truth(value):
    exact, rounded = Decimal(str(value)), dutch.rounded_value(value)
    step = 1 if abs(exact) < 1000 else 1000 if abs(exact) < 999_500 else 100_000
    assert abs(exact - rounded) <= Decimal(step) / 2


@given(AMOUNTS, st.sampled_from(dutch.NOTATIONS))
def test_no_space_inside_a_rounded_amount_can_break_a_line(value, notation):
    assert " " not in dutch.rounded_amount(value, notation)


@pytest.mark.parametrize(
    ("value", "notation", "text"),
    [
        (0, "miljoen", "0 euro"),
        (0, "symbool", "€ 0"),
        (12, "mln", "12 euro"),
        (999.6, "miljoen", "bijna 1.000 euro"),
        (249_600, "miljoen", "bijna 250.000 euro"),
        (250_000, "symbool", "€ 250.000"),
        (999_999, "miljoen", "bijna 1,0 miljoen euro"),
        (999_999, "mln", "bijna 1,0 mln. euro"),
        (9_449_999, "miljoen", "ruim 9,4 miljoen euro"),
        (9_450_000, "miljoen", "bijna 9,5 miljoen euro"),
        (9_412_345, "symbool", "ruim € 9,4 miljoen"),
        (-250_000, "miljoen", "min 250.000 euro"),
        (-9_412_345, "symbool", "min ruim € 9,4 miljoen"),
        (1_234_567_890, "miljoen", "bijna 1.234,6 miljoen euro"),
    ],
)
def test_amounts_read_as_a_council_member_would_write_them(value, notation, text):
    assert dutch.worded_amount(value, notation).replace("\xa0", " ") == text


def test_rounding_is_half_up_and_never_binary():
    assert dutch.number(2.675, 2) == "2,68"
    assert dutch.number(0.125, 2) == "0,13"
    assert dutch.number(2.5) == "3"
    assert dutch.percent(0.285) == "29%"


def test_a_value_that_rounds_to_zero_carries_no_sign():
    assert dutch.euro(-0.4) == "€\xa00"
    assert dutch.percent(-0.001) == "0%"


def test_figures_from_numpy_are_figures():
    assert dutch.euro(np.float64(1234.5)) == "€\xa01.235"
    assert dutch.number_word(np.int64(3)) == "drie"


def test_the_largest_float_is_written_in_full():
    assert dutch.number(1e300) == "1" + ".000" * 100


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        dutch.euro(value)


def test_an_unknown_notation_is_refused():
    with pytest.raises(ValueError, match="notation"):
        dutch.rounded_amount(1, "miljard")


def test_number_words_run_from_nul_to_twaalf():
    words = [dutch.number_word(n) for n in range(14)]
    assert words[:3] == ["nul", "één", "twee"] and words[12:] == ["twaalf", "13"]
    assert len(set(words)) == 14


def test_half_a_wijkbedrijf_cannot_be_counted():
    with pytest.raises(TypeError):
        dutch.count(2.5, "wijkbedrijf", "wijkbedrijven")


def test_there_is_no_rank_nul():
    with pytest.raises(ValueError, match="rank"):
        dutch.ordinal(0)


def test_an_empty_enumeration_is_an_error_and_not_a_hole():
    with pytest.raises(ValueError, match="at least one"):
        dutch.enumeration([])


@pytest.mark.parametrize("month", [0, 13])
def test_a_thirteenth_month_is_refused(month):
    with pytest.raises(ValueError, match="month"):
        dutch.month_name(month)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_two_days_share_a_season_only_within_ninety_two_days(day):
    later = day + dt.timedelta(days=93)
    assert dutch.season_year(day) != dutch.season_year(later)
