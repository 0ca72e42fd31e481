"""Temporary money by name: what the forms hold of it, beside what sheet Brief lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from toolkit.method.appraisal import promised
from toolkit.method.confirmation import FINAL
from toolkit.method.ranges import inside_ratio
from toolkit.model.finding import STOP, WARN, Finding
from toolkit.model.initiative import TEMPORARY, Initiative, Investment
from toolkit.model.letter import Letter, Means
from toolkit.model.study import Study
from toolkit.words.printable import printable

SAME_AMOUNT = 1.0
"""Euros: amounts that differ no more than by rounding are the same."""

Costs = Iterable[tuple[str, Investment]]
"""Costs of the initiatives that count, those that the ratio counts, each with its key."""


@dataclass(frozen=True, slots=True)
class TemporaryMoney:
    """Temporary money under one name and with one last year.

    amount: euros, not discounted, in the years of the study up to and including the last; what the letter
    lists where no form has it, None where only its existence is known.
    costs: the keys of its costs, none where no form has it.
    listed: the rows of the letter about it, counted from 1.
    """

    name: str
    amount: float | None
    until: int | None
    note: str = ""
    costs: tuple[str, ...] = ()
    listed: tuple[int, ...] = ()


def temporary_money(letter: Letter, costs: Costs, study: Study) -> tuple[TemporaryMoney, ...]:
    """What the letter lists first, in its order, then what only the forms have.

    A row of the letter and costs in forms are about the same money where the name in the letter is the
    scheme in the form, or the name of a cost without a scheme; capitals and spaces make no difference.
    Amounts and years then come from the forms, name and note from the letter. What no form has keeps what
    the letter says.
    """
    held = _held(costs, study)
    found: list[TemporaryMoney] = []
    for name, rows in _listed(letter).items():
        if name in held:
            numbers = tuple(number for number, _ in rows)
            first, *others = (
                replace(money, name=rows[0][1].scheme, listed=numbers) for money in held.pop(name)
            )
            note = " ".join(row.note for _, row in rows if row.note)
            found += [replace(first, note=note), *others]
        else:
            found += [
                TemporaryMoney(row.scheme, row.amount, row.until, row.note, listed=(number,))
                for number, row in rows
            ]
    return (*found, *(money for kept in held.values() for money in kept))


def remarks(letter: Letter, initiatives: Iterable[Initiative], study: Study, file: str = "") -> list[Finding]:
    """Where the letter lists another amount or year than the forms, or money that no form has.

    initiatives: those that count.  What differs stops a letter that is final, and is a warning for a draft.
    """
    level = STOP if letter.status == FINAL else WARN
    costs = ((i.code, cost) for i in initiatives for cost in i.investments if inside_ratio(cost, study))
    held = _held(costs, study)
    found: list[Finding] = []
    for name, listed in _listed(letter).items():
        rows = [row for _, row in listed]
        if name in held:
            found += [Finding(level, *told, file) for told in _differences(rows, held[name])]
            continue
        for row in rows:
            if row.amount is not None:
                facts = {"scheme": row.scheme, "found": row.amount}
                found.append(Finding(WARN, "means_without_row", row.amount_cell, facts, file))
    return found


def _differences(
    rows: Sequence[Means], held: Sequence[TemporaryMoney]
) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Code, cell and facts of what the letter says otherwise about money that forms have."""
    facts: dict[str, object]
    typed = [row for row in rows if row.amount is not None]
    found, expected = (sum(one.amount or 0.0 for one in all_of) for all_of in (typed, held))
    if typed and abs(found - expected) > SAME_AMOUNT:
        facts = {"scheme": typed[0].scheme, "found": found, "expected": expected}
        yield "means_differ", typed[0].amount_cell, facts
    ends = [money.until for money in held if money.until is not None]
    for row in rows:
        if row.until is not None and ends and row.until not in ends:
            facts = {"scheme": row.scheme, "found": row.until, "expected": max(ends)}
            yield "means_end_differs", row.until_cell, facts


def _listed(letter: Letter) -> dict[str, list[tuple[int, Means]]]:
    """The rows of the letter with their numbers, those of one name together."""
    found: dict[str, list[tuple[int, Means]]] = defaultdict(list)
    for number, row in enumerate(letter.means, 1):
        if _is_name(row.scheme):
            found[_plainly(row.scheme)].append((number, row))
    return dict(found)


def _held(costs: Costs, study: Study) -> dict[str, list[TemporaryMoney]]:
    """The temporary money among the costs by the name that forms give it, the first to stop first.

    What nobody promised in the years of the study is none.
    """
    found: dict[str, dict[int | None, list[tuple[str, Investment]]]] = {}
    for key, cost in costs:
        if cost.term == TEMPORARY and _is_name(_name(cost)) and _promised(cost, study):
            ends = found.setdefault(_plainly(_name(cost)), {})
            ends.setdefault(cost.until, []).append((key, cost))
    return {
        name: [
            TemporaryMoney(
                name=_name(next(iter(ends.values()))[0][1]),
                amount=sum(_promised(cost, study) for _, cost in held),
                until=until,
                costs=tuple(key for key, _ in held),
            )
            for until, held in sorted(ends.items(), key=lambda end: (end[0] is None, end[0] or 0))
        ]
        for name, ends in found.items()
    }


def _promised(cost: Investment, study: Study) -> float:
    """Euros that its party has promised, not discounted."""
    covered = zip(cost.amounts, promised(cost, study), strict=False)
    return float(sum(amount.mode * share for amount, share in covered))


def _name(cost: Investment) -> str:
    return cost.scheme or cost.name


def _is_name(text: str) -> bool:
    return any(map(str.isalnum, printable(text)))


def _plainly(text: str) -> str:
    return " ".join(normalize("NFKC", printable(text)).casefold().split())
