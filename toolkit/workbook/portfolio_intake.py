"""Raw answers of the portfolio: study settings, initiatives, overlap, fields of the letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from toolkit.model.finding import INFO, STOP, Finding
from toolkit.model.initiative import Initiative
from toolkit.model.letter import Letter, Means, OwnNumber, Recommendation
from toolkit.model.portfolio import Overlap, Sampling
from toolkit.model.study import DEFAULT_RATE, Study
from toolkit.words.dutch import plain
from toolkit.words.vocabulary import word
from toolkit.workbook.answers import Answers, questions, rows
from toolkit.workbook.layout import PORTFOLIO
from toolkit.workbook.layout.lists import LONGEST_DEFAULT_HORIZON
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.reader import RawWorkbook


@dataclass(frozen=True, slots=True)
class Entry:
    """One initiative named in the portfolio: its code, its form, whether and why it counts."""

    code: str
    path: Path
    counted: bool
    reason: str
    cell: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the portfolio says before any form is read. horizon 0: to be derived."""

    study: Study
    sampling: Sampling
    entries: tuple[Entry, ...]
    overlaps: tuple[Overlap, ...]
    letter: Letter
    example: bool


def settings(raw: RawWorkbook) -> tuple[Study | None, Sampling, list[Finding]]:
    """The study settings of a form or a portfolio (block ST). horizon 0: to be derived."""
    answers = Answers(raw, {})
    study, sampling = _study(answers)
    return study, sampling, answers.findings


def raw_settings(raw: RawWorkbook) -> dict[str, object]:
    """The typed answers of block ST as they stand, complete or not."""
    return questions(Answers(raw, {}), SETTINGS)


def _study(answers: Answers) -> tuple[Study | None, Sampling]:
    given = questions(answers, SETTINGS)
    sampling = Sampling(int(given["draws"] or Sampling().draws), given["seed"] or Sampling().seed)
    required = ("name", "first_year", "activity_years", "price_level", "discount_rate", "counterfactual")
    if any(given[k] is None for k in required):
        return None, sampling
    if given["horizon"] and given["horizon"] < given["activity_years"]:
        answers.note(
            STOP,
            "horizon_too_short",
            answers.cell("ST-04", "answer"),
            horizon=given["horizon"],
            years=given["activity_years"],
        )
        return None, sampling
    rate = given["discount_rate"] / 100
    if abs(rate - DEFAULT_RATE) > 1e-9:
        answers.note(INFO, "rate_differs", answers.cell("ST-06", "answer"), found=given["discount_rate"])
    return (
        Study(
            name=given["name"],
            first_year=given["first_year"],
            horizon=given["horizon"] or 0,
            price_level=given["price_level"],
            activity_years=given["activity_years"],
            discount_rate=rate,
            timing_benefits=given["timing_benefits"] or "begin",
            timing_costs=given["timing_costs"] or "begin",
            counterfactual=given["counterfactual"],
            include_volunteer_hours=bool(given["include_volunteer_hours"]),
        ),
        sampling,
    )


def stand_in() -> Study:
    """Settings with which a form can still be checked where the real ones are wrong."""
    return Study("", 2025, 0, 2025)


def with_horizon(study: Study, initiatives: tuple[Initiative, ...]) -> Study:
    """Fill in an empty horizon: activity years plus the longest duration, at most 10.

    >>> with_horizon(Study("s", 2025, 0, 2025, activity_years=5), ()).horizon
    6
    """
    if study.horizon:
        return study
    longest = max((e.duration for i in initiatives for e in i.effects), default=1)
    wanted = min(study.activity_years + longest, LONGEST_DEFAULT_HORIZON)
    return replace(study, horizon=max(study.activity_years, wanted))


def plan(raw: RawWorkbook) -> tuple[Plan | None, list[Finding]]:
    """Check the input sheets of the portfolio. None where a finding stops."""
    answers = Answers(raw, {})
    answers.check_version()
    for row, where in raw.repeated:
        answers.note(STOP, "row_repeated", where, row=row)
    study, sampling = _study(answers)
    entries = _entries(answers)
    overlaps = _overlaps(answers, entries)
    letter = _letter(answers)
    if study is None or any(f.level == STOP for f in answers.findings):
        return None, answers.findings
    example = word("form.screen.invented") in " ".join(raw.marks.values())
    return Plan(study, sampling, entries, overlaps, letter, example), answers.findings


def named_forms(raw: RawWorkbook) -> tuple[Entry, ...]:
    """The forms a portfolio names that exist, also where the portfolio itself has mistakes."""
    return _entries(Answers(raw, {}))


def _entries(answers: Answers) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for row, given in rows(answers, PORTFOLIO.find("IN")[1]):
        if any(given[k] is None for k in ("code", "path", "counted")):
            continue
        cell = answers.cell(row, "path")
        inside = PurePosixPath(given["path"].replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or ":" in given["path"]:
            answers.note(STOP, "path_outside", cell, found=given["path"])
            continue
        if any(e.code == given["code"] for e in found):
            answers.note(STOP, "code_twice", answers.cell(row, "code"), found=given["code"])
            continue
        if not given["counted"] and not given["reason"]:
            answers.note(STOP, "not_counted_without_reason", answers.cell(row, "reason"))
            continue
        path = answers.raw.path.parent / inside
        if not path.is_file():
            answers.note(STOP, "form_missing", cell, found=given["path"])
            continue
        found.append(Entry(given["code"], path, given["counted"], given["reason"] or "", cell))
    if not found and not any(f.level == STOP for f in answers.findings):
        answers.note(STOP, "no_initiatives", "")
    return tuple(found)


def _overlaps(answers: Answers, entries: tuple[Entry, ...]) -> tuple[Overlap, ...]:
    codes = {e.code for e in entries}
    found = []
    for row, given in rows(answers, PORTFOLIO.find("OV")[1]):
        for column in ("first", "second"):
            if given[column] not in codes:
                answers.note(STOP, "overlap_unknown", answers.cell(row, column), found=given[column] or "")
        found.append(Overlap(given["first"], given["second"], given["people"], answers.cell(row, "people")))
    return tuple(found)


def _letter(answers: Answers) -> Letter:
    given = questions(answers, PORTFOLIO.find("BR")[1])
    recommendations = tuple(
        Recommendation(r["recommendation"], *(r[k] or "" for k in ("response", "explanation", "who", "when")))
        for _, r in rows(answers, PORTFOLIO.find("BA")[1])
        if r["recommendation"]
    )
    means = tuple(
        Means(r["scheme"], r["amount"], r["until"], r["note"] or "")
        for _, r in rows(answers, PORTFOLIO.find("BM")[1])
        if r["scheme"]
    )
    date = given.pop("date")
    return Letter(
        **{k: v or "" for k, v in given.items()},
        date=date,
        recommendations=recommendations,
        means=means,
        own_numbers=tuple(_own_numbers(answers)),
    )


def _own_numbers(answers: Answers) -> Iterator[OwnNumber]:
    """Block EG; a portfolio of before it has none. What was typed as a number is written the Dutch way."""
    for row, given in rows(answers, PORTFOLIO.find("EG")[1]):
        typed = answers.raw.get(row, "own_number")
        if given["own_number"]:
            number = typed.value if isinstance(typed.value, int | float) else None
            written = given["own_number"] if number is None else plain(number)
            yield OwnNumber(written, given["meaning"] or "", given["source"] or "")
