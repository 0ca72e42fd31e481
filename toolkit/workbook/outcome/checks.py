"""Table tblControles: sums that must agree, then every finding; and the verdict over them."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.method.figures import CENT
from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.model.result import Outcome
from toolkit.words.vocabulary import sentence, word
from toolkit.workbook.layout.filled import Row

VERDICTS = {STOP: "form.verdicts.wrong", WARN: "form.verdicts.attention", INFO: "form.verdicts.info"}


def check_rows(outcome: Outcome | None, findings: Sequence[Finding], own_file: str) -> list[Row]:
    """Table tblControles: sums that must agree, then every finding.

    own_file: the name of this workbook's source; findings about its cells get a link.
    """
    rows: list[Row] = []
    if outcome is not None:
        total = outcome.benefits_pv
        years = float(outcome.benefits_pv_per_year.sum())
        sums = {
            "groups": sum(gained for gained, _ in outcome.per_group().values()),
            "domains": sum(outcome.per_domain().values()),
            "parties": sum(gained for gained, _ in outcome.per_party().values()),
            "years": years,
        }
        rows += [_check(f"sum_{name}", total, found) for name, found in sums.items()]
        rows.append(_check("transfers", 0.0, sum(outcome.transfers.values())))
        paid = sum(paid for _, paid in outcome.per_party().values())
        rows.append(_check("payers", outcome.costs_pv, paid))
    known = not any(f.code == "template_unknown" and f.file == own_file for f in findings)
    rows.append(
        {
            "code": "template",
            "check": word("form.checks.template"),
            "verdict": word(f"form.verdicts.{'good' if known else 'attention'}"),
        }
    )
    for finding in findings:
        rows.append(
            {
                "code": finding.code,
                "check": sentence(finding),
                "verdict": word(VERDICTS[finding.level]),
                "where": ", ".join(p for p in (finding.file, finding.where) if p),
                "target": finding.where if finding.file == own_file else None,
            }
        )
    return rows


def _check(code: str, expected: float, found: float) -> Row:
    good = abs(found - expected) < CENT
    return {
        "code": code,
        "check": word(f"form.checks.{code}"),
        "expected": expected,
        "found": found,
        "difference": 0.0 if good else found - expected,
        "verdict": word("form.verdicts.good" if good else "form.verdicts.wrong"),
        "where": None,
    }


def verdict(rows: Sequence[Row]) -> str:
    """One line for the top of every sheet: the worst verdict of the checks."""
    found = [r["verdict"] for r in rows]
    for name in ("wrong", "attention"):
        number = found.count(word(f"form.verdicts.{name}"))
        if number:
            return word(f"form.verdict_line.{name}{'' if number > 1 else '_one'}", n=number)
    return word("form.verdict_line.good")
