"""Sheet Eigen tarieven of the portfolio: its rows become tariffs, or findings."""

from __future__ import annotations

from toolkit.kengetallen.library import Library
from toolkit.kengetallen.tariffs import OPEN, OWN, Tariff
from toolkit.model.finding import STOP, WARN, Finding
from toolkit.model.unit_value import UnitValue
from toolkit.workbook.intake.answers import Answers, rows
from toolkit.workbook.layout.portfolio import TARIFFS
from toolkit.workbook.reading.raw import RawWorkbook


def tariffs(raw: RawWorkbook, library: Library) -> tuple[tuple[Tariff, ...], list[Finding]]:
    """The tariffs of the municipality's own; a portfolio of an older template has none.

    A unit value may be named by its name or by its code.
    """
    values = library.unit_values
    answers = Answers(raw, {"unit_value": {**{v.name: v for v in values.values()}, **values}})
    found: list[Tariff] = []
    for row, given in rows(answers, TARIFFS):
        value = given.a(UnitValue, "unit_value")
        if value is None:
            continue
        tariff = Tariff(
            unit_value=value,
            confirmation=given.text("confirmation") or OPEN,
            amount=given.number("own_amount"),
            price_year=given.whole("price_year"),
            source=given.text("source") or "",
            confirmed_by=given.text("confirmed_by") or "",
            cell=answers.cell(row, "own_amount"),
        )
        if any(t.unit_value.code == tariff.unit_value.code for t in found):
            cell = answers.cell(row, "unit_value")
            answers.note(STOP, "own_tariff_twice", cell, found=tariff.unit_value.name)
            continue
        _check(answers, row, tariff)
        found.append(tariff)
    return tuple(found), answers.findings


def _check(answers: Answers, row: str, tariff: Tariff) -> None:
    """What a confirmation cannot do without: an amount, its price year, a source and a person."""
    name = tariff.unit_value.name
    if not tariff.confirmed:
        if tariff.amount is not None:
            answers.note(WARN, "own_tariff_not_used", answers.cell(row, "confirmation"), found=name)
        return
    if tariff.amount is None and (tariff.confirmation == OWN or tariff.unit_value.amount is None):
        answers.note(STOP, "own_tariff_without_amount", answers.cell(row, "own_amount"), found=name)
    if tariff.amount is not None and tariff.price_year is None:
        answers.note(STOP, "own_tariff_without_year", answers.cell(row, "price_year"), found=name)
    if not tariff.source:
        answers.note(STOP, "own_tariff_without_source", answers.cell(row, "source"), found=name)
    if not tariff.confirmed_by:
        answers.note(STOP, "own_tariff_without_person", answers.cell(row, "confirmed_by"), found=name)
