"""The initiatives side by side and beside last time, and how they add up to the outcome of the study."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.method.appraisal import headline
from toolkit.method.figures import net
from toolkit.method.overlap import taken_off
from toolkit.method.summary import Summary
from toolkit.method.yearonyear import STAYED, Together, added, beside
from toolkit.model.initiative import Initiative
from toolkit.model.letter import Letter
from toolkit.model.result import Headline, StudyOutcome
from toolkit.model.study import NO_COVER
from toolkit.workbook.layout.compared import LAST_TIME, LAST_TIME_TOTAL
from toolkit.workbook.layout.filled import Row, absent
from toolkit.workbook.layout.parts import Said, Table
from toolkit.workbook.outcome.tables import band, rests_on


def comparison_rows(summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblVergelijking: the initiatives side by side, the uncounted ones marked."""
    rows: list[Row] = []
    for one in summaries.values():
        figures, (initiative,) = one.headline, one.initiatives
        rows.append(
            {
                "name": initiative.name,
                "counted": _counted(initiative),
                "costs_pv": figures.costs_pv,
                "benefits_pv": figures.benefits_pv,
                **{f"group_{g}": gained for g, (gained, _) in one.per_group.items()},
                "ratio": figures.ratio,
                **band(one.chance.ratio, "p5", "p95"),
                "payback_year": absent("payback_short", figures.payback_year),
                "participants": initiative.participants,
                "costs_each": one.each_year(figures.costs_pv),
                "benefits_each": one.each_year(figures.benefits_pv),
                "cash": one.municipal_cash,
                "area": initiative.area or None,
                "domains": ", ".join(one.domains) or None,
                "evidence": Said("form.compared.evidence", rests_on(one)) if one.evidence else None,
                "reason": initiative.counted_reason or None,
            }
        )
    return rows


def _counted(initiative: Initiative) -> Said:
    return Said(f"form.lists.yes_no.{'yes' if initiative.counted else 'no'}")


def total_rows(summary: Summary, summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblVergelijkingTotaal: what counts, what goes off as people come to several, and the study."""
    counted = [one for one in summaries.values() if one.initiatives[0].counted]
    lost, study = taken_off(summary.outcome), summary.outcome.study
    off = {g: sum(lost[party] for party in summary.outcome.members(g)) for g in study.groups}
    return [
        {
            "row": "counted",
            "number": len(counted),
            "costs_pv": sum(one.headline.costs_pv for one in counted),
            "benefits_pv": sum(one.headline.benefits_pv for one in counted),
            **{f"group_{g}": sum(one.per_group[g][0] for one in counted) for g in off},
        },
        {
            "row": "overlap",
            "number": None,
            "costs_pv": 0.0,
            "benefits_pv": sum(off.values()),
            **{f"group_{g}": euros for g, euros in off.items()},
        },
        {
            "row": "total",
            "number": len(counted),
            "costs_pv": summary.headline.costs_pv,
            "benefits_pv": summary.headline.benefits_pv,
            **{f"group_{g}": summary.per_group[g][0] for g in off},
        },
    ]


# --- beside the letter before ---


def last_time(then: StudyOutcome | None, now: StudyOutcome, letter: Letter) -> dict[Table, list[Row]]:
    """Tables tblVorigeBrief and tblVorigeBriefTotaal; without rows where no letter before was named.

    then: computed again with the unit values and the price level of now.
    """
    if then is None:
        return {LAST_TIME: [], LAST_TIME_TOTAL: []}
    pairs = beside(then, now)
    listed = added([one.then for one in pairs]), added([one.now for one in pairs])
    both = [one for one in pairs if one.state == STAYED]
    stayed = added([one.then for one in both]), added([one.now for one in both])
    whole = tuple(
        Together(one.number, figures.costs_pv, figures.benefits_pv)
        for one, figures in zip(listed, (headline(then), headline(now)), strict=True)
    )
    off = [sum(taken_off(study).values()) for study in (then, now)]
    number = Said("form.last_time.number", {"then": whole[0].number, "now": whole[1].number})
    published = {"benefits_then": letter.published_total, "ratio_then": letter.published_ratio}
    return {
        LAST_TIME: [
            {
                "name": one.initiative.name or one.initiative.code,
                "state": Said(f"form.last_time.states.{one.state}"),
                **_then_and_now(_alone(one.then), _alone(one.now)),
            }
            for one in pairs
        ],
        LAST_TIME_TOTAL: [
            {"row": "stayed", "number": str(len(both)), **_then_and_now(*stayed)},
            {
                "row": "overlap",
                "benefits_then": off[0],
                "benefits_now": off[1],
                "difference": off[1] - off[0],
            },
            {"row": "total", "number": number, **_then_and_now(*whole)},
            {"row": "published", **published},
        ],
    }


def _alone(figures: Headline | None) -> Together | None:
    return added([figures]) if figures else None


def _then_and_now(then: Together | None, now: Together | None) -> dict[str, object]:
    return {
        **{f"costs_{when}": one.costs if one else None for when, one in (("then", then), ("now", now))},
        **{f"benefits_{when}": one.benefits if one else None for when, one in (("then", then), ("now", now))},
        "difference": now.benefits - then.benefits if then and now else None,
        **{f"ratio_{when}": one.ratio if one else None for when, one in (("then", then), ("now", now))},
    }


# --- what adds up to the total ---


def initiative_rows(summary: Summary, summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblRekenspoorInitiatieven: what each party gains and pays, and what goes off for overlap."""
    rows: list[Row] = [
        {
            "name": one.initiatives[0].name,
            "counted": _counted(one.initiatives[0]),
            **{f"gain_{party}": gained for party, (gained, _) in one.per_party.items() if party != NO_COVER},
            f"paid_{NO_COVER}": 0.0,
            **{f"paid_{party}": paid for party, (_, paid) in one.per_party.items()},
        }
        for one in summaries.values()
    ]
    off = {f"gain_{party}": euros for party, euros in taken_off(summary.outcome).items()}
    return [*rows, {"name": Said("form.compared.overlap"), "counted": Said("form.lists.yes_no.yes"), **off}]


def line_rows(summaries: Mapping[str, Summary]) -> list[Row]:
    """Table tblRekenspoorRegels: every unit value of every effect, with the factors that make its benefit."""
    rows: list[Row] = []
    for one in summaries.values():
        initiative, outcome = one.initiatives[0], one.outcome
        for line, amounts in zip(one.outcome.lines, one.per_line, strict=True):
            cell = line.effect.cells.get("reach", "")
            rows.append(
                {
                    "initiative": initiative.name,
                    "effect": line.effect.name,
                    "value": line.effect.unit_value.name or line.effect.unit_value.code,
                    "unit_amount": line.unit_amount,
                    "net_factor": line.net_factor,
                    "units_pv": float(outcome.present_benefits(line.units)),
                    "part": net(line.shares) if initiative.counted else 0.0,
                    "present_value": float(outcome.present_benefits(line.per_year)),
                    **{f"gain_{p}": float(a) for p, a in zip(outcome.parties, amounts, strict=True)},
                    "where": ", ".join(filter(None, (initiative.file, cell))),
                }
            )
    return rows
