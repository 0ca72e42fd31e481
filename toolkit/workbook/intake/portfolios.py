"""Raw answers of the portfolio: study settings, initiatives, overlap, fields of the letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.model.initiative import Initiative
from toolkit.model.letter import Letter
from toolkit.model.narrowing import Given, as_whole
from toolkit.model.portfolio import Overlap, Sampling
from toolkit.model.study import DEFAULT_RATE, Study
from toolkit.words.vocabulary import word
from toolkit.workbook.intake import privacy
from toolkit.workbook.intake.answers import UNKNOWN, Answers, questions, rows
from toolkit.workbook.intake.letters import letter as letter_of
from toolkit.workbook.layout.asked import EFFECTS, ORGANISATION
from toolkit.workbook.layout.form import FORM
from toolkit.workbook.layout.portfolio import INITIATIVES, LETTER, MUNICIPALITY, OVERLAPS, PORTFOLIO
from toolkit.workbook.layout.shared import SETTINGS
from toolkit.workbook.reading import structure
from toolkit.workbook.reading.raw import RawWorkbook, answers_checksum
from toolkit.workbook.reading.showing import as_text, shown

_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_SAYS_WHO = frozenset(
    {ORGANISATION.question(field).code for field in ("name", "area", "description", "contact", "checked_by")}
    | {question.code for question in SETTINGS.questions}
)
"""Rows of a form that a copy for another initiative has changed, and the settings that all forms share."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One initiative named in the portfolio: its code, its form, whether and why it counts.

    publish_ratio: may its ratio go out under its name.
    """

    code: str
    path: Path
    counted: bool
    reason: str
    publish_ratio: bool | None
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
    """The study settings of a portfolio. horizon 0: to be derived."""
    answers = Answers(raw, {})
    study, sampling = _study(answers)
    return study, sampling, answers.findings


def settings_of_form(raw: RawWorkbook) -> tuple[Study | None, Sampling, list[Finding]]:
    """The study settings of a form; where nobody filled them in, those of its own reporting year."""
    answers = Answers(raw, {})
    if raw.place_of(SETTINGS) is None or _has_settings(answers):
        return settings(raw)
    where = answers.cell(SETTINGS.questions[0].code, "answer")
    asked = ORGANISATION.question("reporting_year")
    year = Answers(raw, {}).take(asked.code, asked.field, "answer")
    study = stand_in() if year is None else replace(stand_in(), first_year=as_whole(year))
    years, rate = study.activity_years, study.discount_rate * 100
    facts = {"first": study.first_year, "years": years, "price_level": study.price_level, "rate": rate}
    answers.note(WARN, "settings_default", where, **facts)
    return study, Sampling(), answers.findings


def _has_settings(answers: Answers) -> bool:
    return any(answers.filled(q.code, (replace(q.field, code="answer"),)) for q in SETTINGS.questions)


def _study(answers: Answers) -> tuple[Study | None, Sampling]:
    if not _has_settings(answers):
        if answers.raw.place_of(SETTINGS):
            answers.note(STOP, "settings_missing", answers.cell(SETTINGS.questions[0].code, "answer"))
        return None, Sampling()
    given = questions(answers, SETTINGS)
    draws, seed = given.number("draws"), given.whole("seed")
    sampling = Sampling(int(draws or Sampling().draws), seed or Sampling().seed)
    name, counterfactual = given.text("name"), given.text("counterfactual")
    first_year, activity_years = given.whole("first_year"), given.whole("activity_years")
    price_level, percentage = given.whole("price_level"), given.number("discount_rate")
    if name is None or counterfactual is None or first_year is None or activity_years is None:
        return None, sampling
    if price_level is None or percentage is None:
        return None, sampling
    horizon = given.whole("horizon")
    if horizon and horizon < activity_years:
        where = answers.where(SETTINGS, "horizon")
        answers.note(STOP, "horizon_too_short", where, horizon=horizon, years=activity_years)
        return None, sampling
    rate = percentage / 100
    if abs(rate - DEFAULT_RATE) > 1e-9:
        answers.note(INFO, "rate_differs", answers.where(SETTINGS, "discount_rate"), found=percentage)
    return (
        Study(
            name=name,
            first_year=first_year,
            horizon=horizon or 0,
            price_level=price_level,
            activity_years=activity_years,
            discount_rate=rate,
            timing_benefits=given.text("timing_benefits") or "begin",
            timing_costs=given.text("timing_costs") or "begin",
            counterfactual=counterfactual,
            include_volunteer_hours=bool(given["include_volunteer_hours"]),
        ),
        sampling,
    )


def stand_in() -> Study:
    """Settings with which a form can still be checked where the real ones are wrong."""
    return Study("", 2025, 0, 2025)


def plan(raw: RawWorkbook) -> tuple[Plan | None, list[Finding]]:
    """Check the input sheets of the portfolio. None where a finding stops."""
    answers = Answers(raw, {})
    answers.findings.extend(structure.findings(raw, PORTFOLIO))
    answers.findings.extend(privacy.findings(raw, PORTFOLIO))
    study, sampling = _study(answers)
    entries = _entries(answers)
    overlaps = _overlaps(answers)
    letter = letter_of(answers)
    study = study and _of_municipality(answers, study)
    if study is None or any(f.level == STOP for f in answers.findings):
        return None, answers.findings
    example = word("form.screen.invented") in " ".join(raw.marks.values())
    return Plan(study, sampling, entries, overlaps, letter, example), answers.findings


def _of_municipality(answers: Answers, study: Study) -> Study:
    """The study with the size of the municipality and how it buys care; what nobody knows stays open."""
    given = questions(answers, MUNICIPALITY).items()
    known = Given({name: None if value is UNKNOWN else value for name, value in given})
    return replace(
        study, inhabitants=known.number("inhabitants"), care_bought=known.text("care_bought") or ""
    )


def named_forms(raw: RawWorkbook) -> tuple[Entry, ...]:
    """The forms a portfolio names that exist, also where the portfolio itself has mistakes."""
    return _entries(Answers(raw, {}))


def _entries(answers: Answers) -> tuple[Entry, ...]:
    found: list[Entry] = []
    codes: set[str | None] = set()
    given_rows = rows(answers, INITIATIVES)
    for row, given in given_rows:
        code, typed, counted = given.text("code"), given.text("path"), given.flag("counted")
        if code in codes:
            answers.note(STOP, "code_twice", answers.cell(row, "code"), found=shown(code))
            continue
        codes.add(code)
        if counted is False and answers.is_empty(row, "reason"):
            answers.note(STOP, "not_counted_without_reason", answers.cell(row, "reason"))
        if typed is None:
            continue
        path = _form(answers, typed, answers.cell(row, "path"))
        if path is None or code is None or counted is None:
            continue
        if any(e.path == path for e in found):
            answers.note(STOP, "form_twice", answers.cell(row, "path"), found=shown(typed))
            continue
        if any(e.path.stem.casefold() == path.stem.casefold() for e in found):
            answers.note(STOP, "form_same_name", answers.cell(row, "path"), found=shown(path.stem))
            continue
        cell = answers.cell(row, "path")
        found.append(
            Entry(code, path, counted, given.text("reason") or "", given.flag("publish_ratio"), cell)
        )
    if not given_rows and answers.raw.place_of(INITIATIVES):
        answers.note(STOP, "no_initiatives", answers.cell(INITIATIVES.row_codes[0], "code"))
    return tuple(found)


def previous(raw: RawWorkbook) -> tuple[Path | None, str, list[Finding]]:
    """The portfolio of the letter before that sheet Brief names, or None; and the cell that names it."""
    answers = Answers(raw, {})
    given = questions(answers, LETTER).text("previous_portfolio")
    cell = answers.where(LETTER, "previous_portfolio")
    if not given:
        return None, cell, []
    answers.findings.clear()  # told with the rest of the sheet
    path = _inside(answers, given, cell)
    if path is not None and not _exists(path):
        answers.note(STOP, "previous_missing", cell, found=shown(given))
    elif path is not None and path.resolve() == raw.path.resolve():
        answers.note(STOP, "previous_is_itself", cell, found=shown(given))
    return (None if answers.findings else path), cell, answers.findings


def _inside(answers: Answers, given: str, cell: str) -> Path | None:
    """The path that was typed, None where it leads out of the folder of the portfolio."""
    inside = PurePosixPath(given.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in given:
        answers.note(STOP, "path_outside", cell, found=shown(given))
        return None
    return answers.raw.path.parent / inside


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # no system can have a file with such a name, so it is missing


def _form(answers: Answers, given: str, cell: str) -> Path | None:
    """The file that a row names, within the folder of the portfolio."""
    path = _inside(answers, given, cell)
    if path is None or _exists(path):
        return path
    folder, inside = answers.raw.path.parent, PurePosixPath(given.replace("\\", "/"))
    others = {item.stem: item.name for item in folder.iterdir() if item.suffix.lower() in _WORKBOOKS}
    near = get_close_matches(inside.name.removesuffix(inside.suffix), others, n=1, cutoff=0.75)
    code = "form_missing_near" if near else "form_missing"
    answers.note(STOP, code, cell, found=shown(given), near=others[near[0]] if near else "")
    return None


def _overlaps(answers: Answers) -> tuple[Overlap, ...]:
    """The pairs of initiatives, by the codes that their rows give them, also where a form is missing."""
    raw = answers.raw
    entries = [row for row, _ in rows(Answers(raw, {}), INITIATIVES)]
    codes = {as_text(a.value) for row in entries if (a := raw.get(row, "code")) and a.value is not None}
    named = entries and len(codes) == len(entries)  # where a code lacks, that is told; here it only echoes
    found: list[Overlap] = []
    for row, given in rows(answers, OVERLAPS):
        first, second = given.text("first") or "", given.text("second") or ""
        for column, typed in (("first", first), ("second", second)):
            if answers.is_empty(row, column):
                answers.note(STOP, "overlap_incomplete", answers.cell(row, column))
            elif named and typed and typed not in codes:
                near = get_close_matches(typed, codes, n=1)
                code = "overlap_unknown_near" if near else "overlap_unknown"
                facts = {"found": shown(typed), "near": near[0] if near else ""}
                answers.note(STOP, code, answers.cell(row, column), **facts)
        pair = {first, second}
        if "" not in pair and len(pair) == 1:
            answers.note(STOP, "overlap_with_itself", answers.cell(row, "second"), found=shown(first))
        elif "" not in pair and any({o.first, o.second} == pair for o in found):
            facts = {"first": shown(first), "second": shown(second)}
            answers.note(STOP, "overlap_twice", answers.cell(row, "first"), **facts)
        found.append(Overlap(first, second, given.number("people"), answers.cell(row, "people")))
    return tuple(found)


def too_many_shared(
    raw: RawWorkbook, initiatives: Sequence[Initiative], overlaps: Sequence[Overlap]
) -> list[Finding]:
    """Pairs in which more people come to both than one of the two has participants."""
    participants = {i.code: i.participants for i in initiatives}
    found = []
    for overlap in overlaps:
        for code in (overlap.first, overlap.second):
            most = participants.get(code)
            if overlap.people is not None and most is not None and overlap.people > most:
                facts = {"found": overlap.people, "code": shown(code), "most": most}
                found.append(Finding(STOP, "overlap_above_participants", overlap.cell, facts, raw.path.name))
    return found


def copied(raw: RawWorkbook, forms: Mapping[str, RawWorkbook]) -> list[Finding]:
    """Forms in which somebody answered all the same but who they are: one told of at both its rows.

    forms: by the code of their initiative. A form without a change is told of elsewhere.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for code, form in forms.items():
        if any(form.value(row, "change") is not None for row in form.rows_of(EFFECTS)):
            alike[answers_checksum(form, FORM, _SAYS_WHO)].append(code)
    cells = {entry.code: entry.cell for entry in named_forms(raw)}
    return [
        Finding(
            STOP,
            "form_copied",
            cells[code],
            {
                "name": forms[code].path.name,
                "others": ", ".join(forms[c].path.name for c in same if c != code),
            },
            raw.path.name,
        )
        for same in alike.values()
        if len(same) > 1
        for code in same
    ]
