"""What a form says of money and effort: who pays what, and whether the totals of the centre agree."""

from __future__ import annotations

import datetime as dt

from toolkit.kengetallen.library import Library
from toolkit.model.estimate import Estimate
from toolkit.model.finding import INFO, STOP, WARN
from toolkit.model.initiative import IN_KIND, MONEY, STRUCTURAL, TEMPORARY, VOLUNTEER_HOURS, Investment
from toolkit.model.narrowing import Given, as_number
from toolkit.model.study import Study
from toolkit.model.unit_value import VOLUNTEER_HOUR, UnitValue
from toolkit.workbook.intake.answers import UNKNOWN, Answers, rows
from toolkit.workbook.layout.asked import ACCOUNTS
from toolkit.workbook.layout.asked import MONEY as ASKED

_HIDDEN_COSTS = ("rent_below_cost", "subsidised_jobs", "secondments")
"""Questions about costs that someone else bears, so that the annual accounts do not hold them."""
_TOTALS = {"volunteer_hours": VOLUNTEER_HOURS, "in_kind": IN_KIND}
"""A total that the centre knows -> the kind of the rows that add up to it."""


def investments(answers: Answers, study: Study, library: Library) -> tuple[Investment, ...]:
    """Every row of who pays, per year; problems are noted in `answers`."""
    given_rows = rows(answers, ASKED)
    if not given_rows and answers.raw.place_of(ASKED):
        answers.note(STOP, "no_money", answers.cell(ASKED.row_codes[0], "name"))
    found = (_investment(answers, row, given, study, library) for row, given in given_rows)
    return tuple(investment for investment in found if investment is not None)


def _investment(
    answers: Answers, row: str, given: Given, study: Study, library: Library
) -> Investment | None:
    name, party, kind = given.text("name"), given.text("party"), given.text("kind")
    term = given.text("term")
    if given["amount"] is UNKNOWN:
        answers.note(WARN, "amount_unknown", answers.cell(row, "amount"), name=name or "")
        return None
    if name is None or party is None or kind is None or given["amount"] is None or term is None:
        return None
    from_year, scheme = given.whole("from_year"), given.text("scheme")
    until = study.first_year if given["until"] is UNKNOWN else given.whole("until")
    if term == TEMPORARY and until is None:
        return None
    if from_year and until and from_year > until:
        answers.note(STOP, "years_reversed", answers.cell(row, "until"), first=from_year, last=until)
        return None
    amount = as_number(given["amount"])
    hours = amount if kind == VOLUNTEER_HOURS else None
    if hours is not None:
        hour = library.unit_values[VOLUNTEER_HOUR]
        amount *= hour.priced.mode * _indexed(hour, library, study)
    if term == STRUCTURAL and scheme:
        answers.note(INFO, "structural_with_scheme", answers.cell(row, "scheme"), found=scheme)
    last_active = study.first_year + study.activity_years - 1
    goes_on = term == TEMPORARY and given["continues"] is True
    first = max(from_year or study.first_year, study.first_year)
    last = last_active if goes_on else min(until or last_active, last_active)
    cell = answers.cell(row, "amount")
    years = range(study.first_year, last + 1)
    share = given.number("cofinancing")
    return Investment(
        party=party,
        name=name,
        amounts=tuple(Estimate(amount if year >= first else 0.0, cell=cell) for year in years),
        kind=kind,
        term=term,
        until=until if term == TEMPORARY else None,
        code=row,
        scheme=scheme or "",
        source=given.text("source") or "",
        cell=cell,
        hours=hours,
        certainty=given.text("certainty") or "",
        since=given.whole("since"),
        spend_by=_day(given, "spend_by"),
        account_by=_day(given, "account_by"),
        cofinancing=None if share is None else share / 100,
    )


def _indexed(value: UnitValue, library: Library, study: Study) -> float:
    return library.index.factor(value.index, value.price_year, study.price_level).factor


def _day(given: Given, name: str) -> str:
    day = given.a(dt.date, name)
    return day.isoformat() if day else ""


def compare(answers: Answers, accounts: Given, rows_read: tuple[Investment, ...]) -> None:
    """The rows beside the totals of the centre: they must add up, and hidden costs stand among them."""
    _compare_accounts(answers, accounts.number("annual_accounts"), rows_read)
    for asked, kind in _TOTALS.items():
        total, of_kind = accounts.number(asked), [i for i in rows_read if i.kind == kind and i.amounts]
        booked = sum(i.amounts[0].mode if i.hours is None else i.hours for i in of_kind)
        if total is not None and of_kind and abs(booked - total) > 1.0:
            where = answers.where(ACCOUNTS, asked)
            answers.note(WARN, f"totals_differ_{asked}", where, booked=booked, total=total)
    _hidden_costs(answers, accounts, rows_read)


def _compare_accounts(answers: Answers, accounts: float | None, rows_read: tuple[Investment, ...]) -> None:
    """The rows in money must add up to the annual accounts of the study's first year."""
    if accounts is None:
        return
    booked = sum(i.amounts[0].mode for i in rows_read if i.kind == MONEY and i.amounts)
    if abs(booked - accounts) > 1.0:
        answers.note(
            WARN,
            "accounts_differ",
            answers.where(ACCOUNTS, "annual_accounts"),
            accounts=accounts,
            booked=booked,
            difference=booked - accounts,
        )


def _hidden_costs(answers: Answers, accounts: Given, rows_read: tuple[Investment, ...]) -> None:
    """Costs that someone else bears stand among the costs too, or the ratio is too high.

    Which row is about which question is not asked, so one row in kind with an amount answers them all.
    """
    counted = any(i.kind == IN_KIND and any(a.mode > 0 for a in i.amounts) for i in rows_read)
    for name in _HIDDEN_COSTS:
        if accounts[name] is UNKNOWN:
            answers.note(INFO, "hidden_cost_unknown", answers.where(ACCOUNTS, name))
        elif accounts[name] is True and not counted:
            answers.note(WARN, f"hidden_cost_{name}", answers.where(ACCOUNTS, name))
