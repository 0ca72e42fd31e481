"""What the municipality says in its letter, from sheet Brief: its own words, means and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from toolkit.model.letter import Letter, Means, OwnNumber, Recommendation
from toolkit.words.dutch import plain
from toolkit.workbook.intake.answers import Answers, questions, rows
from toolkit.workbook.layout.portfolio import DAYS, LETTER, MEANS, OWN_NUMBERS, PUBLISHED, RECOMMENDATIONS


def letter(answers: Answers) -> Letter:
    """The fields of the letter; what cannot be read is a finding."""
    given = questions(answers, LETTER)
    said = ("response", "explanation", "who", "when", "progress")
    recommendations = tuple(
        Recommendation(text, *(r.text(k) or "" for k in said))
        for _, r in rows(answers, RECOMMENDATIONS)
        if (text := r.text("recommendation"))
    )
    means = tuple(
        Means(
            scheme,
            r.number("amount"),
            r.whole("until"),
            r.text("note") or "",
            answers.cell(row, "amount"),
            answers.cell(row, "until"),
        )
        for row, r in rows(answers, MEANS)
        if (scheme := r.text("scheme"))
    )
    told = {code for code in given if code not in {*DAYS, *PUBLISHED, "responses_in_letter"}}
    return Letter(
        **{code: given.text(code) or "" for code in told},
        date=given.a(dt.date, "date"),
        responses_in_letter=given.flag("responses_in_letter"),
        published_total=given.number("published_total"),
        published_ratio=given.number("published_ratio"),
        usual_confirmed_on=given.a(dt.date, "usual_confirmed_on"),
        recommendations=recommendations,
        means=means,
        own_numbers=tuple(_own_numbers(answers)),
    )


def _own_numbers(answers: Answers) -> Iterator[OwnNumber]:
    """Numbers of the municipality's own, as it wrote them; an older portfolio has none.

    What was typed as a number is written the Dutch way.
    """
    for row, given in rows(answers, OWN_NUMBERS):
        typed, written = answers.raw.value(row, "own_number"), given.text("own_number")
        if written:
            number = plain(typed) if isinstance(typed, int | float) else written
            yield OwnNumber(number, given.text("meaning") or "", given.text("source") or "")
