"""What is held against something else: sums that must agree, findings, and the figures of last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.method.figures import CENT
from toolkit.method.summary import Summary
from toolkit.model.finding import INFO, STOP, WARN, Finding
from toolkit.words.vocabulary import sentence, word
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.outcomes import CHANGE, WHAT_CHANGED
from toolkit.workbook.layout.parts import Said

VERDICTS = {STOP: "form.verdicts.wrong", WARN: "form.verdicts.attention", INFO: "form.verdicts.info"}


def check_rows(summary: Summary | None, findings: Sequence[Finding], own_file: str) -> list[Row]:
    """Table tblControles: sums that must agree, then every finding.

    own_file: the name of this workbook's source; findings about its cells get a link.
    """
    rows: list[Row] = []
    if summary is not None:
        figures = summary.headline
        sums = {
            "groups": sum(gained for gained, _ in summary.per_group.values()),
            "domains": sum(summary.per_domain.values()),
            "parties": sum(gained for gained, _ in summary.per_party.values()),
            "years": float(summary.outcome.benefits_pv_per_year.sum()),
        }
        rows += [_check(f"sum_{name}", figures.benefits_pv, found) for name, found in sums.items()]
        rows.append(_check("transfers", 0.0, sum(summary.handed.values())))
        paid = sum(paid for _, paid in summary.per_party.values())
        rows.append(_check("payers", figures.costs_pv, paid))
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


def change_rows(earlier: Mapping[str, float], figures: Sequence[Row]) -> list[Row]:
    """Table tblVeranderd: before, after and the difference of every total.

    earlier: what the workbook showed, by row; empty where it was never computed.
    figures: the rows of tblKern and tblMeerCijfers of now.

    >>> change_rows({"npv": 2.0}, [{"row": "npv", "value": 5.0}])
    [{'row': 'change_npv', 'before': 2.0, 'after': 5.0, 'difference': 3.0}]
    """
    now = {f"{CHANGE}{row['row']}": row["value"] for row in figures}
    was = {f"{CHANGE}{row}": value for row, value in earlier.items()}
    return [_change(code, was, now[code]) for code in WHAT_CHANGED.row_codes if code in now]


def _change(code: str, was: Mapping[str, float], after: object) -> Row:
    before = was.get(code)
    if before is None:
        shown = absent(code.removeprefix(CHANGE), None) if was else Said("form.absent.before")
        return {"row": code, "before": shown, "after": after, "difference": None}
    difference = after - before if isinstance(after, int | float) else None
    return {"row": code, "before": before, "after": after, "difference": difference}
