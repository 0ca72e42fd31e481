"""What comes out: benefit lines with their trace, and roll-ups of them.

Arrays are in euros of the study's price level; the last axis is the year (H years).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from toolkit.model.arrays import Floats
from toolkit.model.initiative import Effect, Initiative, Investment
from toolkit.model.study import NO_COVER, Study
from toolkit.model.unit_value import TRANSFER


@dataclass(frozen=True, slots=True)
class Line:
    """One effect in euros, with every factor that made it.

    unit_amount: euros per unit at the study's price level (amount x index_factor).
    net_factor: (1 - deadweight)(1 - displacement)(1 - attribution), with the sign of direction
        and the factor of the change.
    units: units in effect per year (H).  shares: share per party (P).
    benefits: euros per party and year (P, H), undiscounted.  beyond: units cut by the horizon.
    """

    initiative: str
    effect: Effect
    unit_amount: float
    index_factor: float
    net_factor: float
    units: Floats
    shares: Floats
    beyond: float

    @property
    def key(self) -> str:
        """INITIATIVE.CODE, unique within a study."""
        return f"{self.initiative}.{self.effect.code}"

    @property
    def per_year(self) -> Floats:
        """Euros per year before they are divided over parties (H)."""
        return self.net_factor * self.unit_amount * self.units

    @property
    def benefits(self) -> Floats:
        """Euros per party and year (P, H), undiscounted."""
        return self.shares[:, None] * self.per_year[None, :]


@dataclass(frozen=True, slots=True)
class CostLine:
    """One investment with its euros per year (H); `inside` tells whether the ratio counts it.

    name: its code, or its own name where it has none; unique within the initiative.
    covered: euros per year that its party has promised (H); the rest has no cover.
    """

    initiative: str
    name: str
    investment: Investment
    per_year: Floats
    covered: Floats
    inside: bool

    @property
    def key(self) -> str:
        """INITIATIVE.NAME, unique within a study."""
        return f"{self.initiative}.{self.name}"


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures an outcome is known by; None where a figure does not exist.

    benefits_pv, costs_pv, npv in euros of the price level; ratio = B/C; net_ratio = (B-C)/C;
    irr and irr_roots as fractions per year; payback_year counted from 1.
    """

    benefits_pv: float
    costs_pv: float
    npv: float
    ratio: float | None
    net_ratio: float | None
    irr: float | None
    irr_roots: tuple[float, ...]
    payback_year: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """Reduction of one initiative's benefits because participants also come to another."""

    initiative: str
    other: str
    share: float
    benefits: Floats


@dataclass(frozen=True, slots=True)
class Gain:
    """The present value of one benefit line per party (P), after the corrections for overlap."""

    line: Line
    amounts: Floats


@dataclass(frozen=True)
class Outcome:
    """Benefits and costs of one initiative or of the whole study.

    benefit_factors, cost_factors: discount factor per year (H).
    """

    study: Study
    lines: tuple[Line, ...]
    costs: tuple[CostLine, ...]
    benefit_factors: Floats
    cost_factors: Floats
    corrections: tuple[Correction, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties of the study, in order."""
        return tuple(self.study.parties)

    @property
    def benefits(self) -> Floats:
        """Undiscounted benefits per party and year (P, H), corrections included."""
        total = np.zeros((len(self.parties), self.study.horizon))
        for line in self.lines:
            total += line.benefits
        for correction in self.corrections:
            total += correction.benefits
        return total

    @property
    def cost_per_party(self) -> Floats:
        """Undiscounted costs inside the ratio that a party has promised, per party and year (P, H)."""
        index = {party: i for i, party in enumerate(self.parties)}
        total = np.zeros((len(self.parties), self.study.horizon))
        for cost in self.costs:
            if cost.inside and cost.investment.party != NO_COVER:
                total[index[cost.investment.party]] += cost.covered
        return total

    @property
    def uncovered(self) -> Floats:
        """Undiscounted costs inside the ratio that nobody has promised to pay, per year (H)."""
        total = np.zeros(self.study.horizon)
        for cost in self.costs:
            if cost.inside:
                total += cost.per_year - cost.covered
        return total

    @property
    def uncovered_pv(self) -> float:
        """Present value of the costs without cover."""
        return float(self.present_costs(self.uncovered))

    @property
    def cost_per_year(self) -> Floats:
        """Undiscounted costs inside the ratio per year (H), with and without cover."""
        total = np.zeros(self.study.horizon)
        for cost in self.costs:
            if cost.inside:
                total += cost.per_year
        return total

    def present_benefits(self, flows: Floats) -> Floats:
        """Present value of benefit flows over their last axis."""
        return flows @ self.benefit_factors

    def present_costs(self, flows: Floats) -> Floats:
        """Present value of cost flows over their last axis."""
        return flows @ self.cost_factors

    @property
    def benefits_pv(self) -> float:
        """Present value of all benefits."""
        return float(self.present_benefits(self.benefits.sum(axis=0)))

    @property
    def costs_pv(self) -> float:
        """Present value of all costs inside the ratio."""
        return float(self.present_costs(self.cost_per_year))

    @property
    def benefits_pv_per_year(self) -> Floats:
        """Present value of all benefits in each year (H)."""
        flows: Floats = self.benefits.sum(axis=0)
        return flows * self.benefit_factors

    @property
    def costs_pv_per_year(self) -> Floats:
        """Present value of all costs inside the ratio in each year (H)."""
        return self.cost_per_year * self.cost_factors

    def per_party(self) -> dict[str, tuple[float, float]]:
        """Present value of (benefits, costs) per party; NO_COVER last, only where costs have no cover."""
        gained = self.present_benefits(self.benefits)
        paid = self.present_costs(self.cost_per_party)
        parties = {p: (float(gained[i]), float(paid[i])) for i, p in enumerate(self.parties)}
        return parties | self._without_cover

    def per_group(self) -> dict[str, tuple[float, float]]:
        """Present value of (benefits, costs) per group; NO_COVER as in per_party."""
        totals: dict[str, tuple[float, float]] = {g: (0.0, 0.0) for g in self.study.groups}
        gained = self.present_benefits(self.benefits)
        paid = self.present_costs(self.cost_per_party)
        for place, group in enumerate(self.study.parties.values()):
            totals[group] = (totals[group][0] + float(gained[place]), totals[group][1] + float(paid[place]))
        return totals | self._without_cover

    @property
    def _without_cover(self) -> dict[str, tuple[float, float]]:
        uncovered = self.uncovered_pv
        return {NO_COVER: (0.0, uncovered)} if uncovered else {}

    def members(self, group: str) -> tuple[str, ...]:
        """The parties of a group, in order."""
        return tuple(party for party in self.parties if self.study.parties[party] == group)

    def per_domain(self) -> dict[str, float]:
        """Present value of benefits per domain, overlap corrections spread in proportion."""
        table = self.per_group_and_domain()
        return {d: float(sum(row.get(d, 0.0) for row in table.values())) for d in self.domains()}

    def domains(self) -> tuple[str, ...]:
        """The domains that occur, in order of first mention."""
        return tuple(dict.fromkeys(line.effect.domain for line in self.lines))

    def per_group_and_domain(self) -> dict[str, dict[str, float]]:
        """Present value of benefits per group and domain."""
        table: dict[str, dict[str, float]] = {g: defaultdict(float) for g in self.study.groups}
        for gain in self.gains:
            for party, amount in zip(self.parties, gain.amounts, strict=True):
                table[self.study.parties[party]][gain.line.effect.domain] += float(amount)
        return {g: dict(row) for g, row in table.items()}

    @property
    def gains(self) -> tuple[Gain, ...]:
        """The lines with what each of them brings."""
        kept = self.kept_share()
        return tuple(Gain(line, self.present_benefits(line.benefits) * kept(line)) for line in self.lines)

    def kept_share(self) -> Callable[[Line], float]:
        """Give the function that tells which share of a line the overlap corrections leave."""
        lost: dict[str, float] = defaultdict(float)
        for correction in self.corrections:
            lost[correction.initiative] += correction.share
        return lambda line: 1.0 - (lost[line.initiative] if line.effect.people is not None else 0.0)

    def per_line(self) -> dict[str, float]:
        """Present value of benefits per line key, before corrections; equal keys add up."""
        totals: dict[str, float] = defaultdict(float)
        for line in self.lines:
            totals[line.key] += float(self.present_benefits(line.benefits.sum(axis=0)))
        return dict(totals)

    @property
    def transfers(self) -> dict[str, float]:
        """Present value per party of what transfers hand over; adds up to nothing."""
        totals = np.zeros(len(self.parties))
        for gain in self.gains:
            if gain.line.effect.unit_value.kind == TRANSFER:
                totals += gain.amounts
        return dict(zip(self.parties, map(float, totals), strict=True))


@dataclass(frozen=True, kw_only=True)
class InitiativeOutcome(Outcome):
    """The outcome of one initiative."""

    initiative: Initiative


@dataclass(frozen=True)
class StudyOutcome(Outcome):
    """The outcome of the counted initiatives together, and of each initiative."""

    initiatives: Mapping[str, InitiativeOutcome] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[InitiativeOutcome, ...]:
        """The outcomes that count in the total."""
        return tuple(o for o in self.initiatives.values() if o.initiative.counted)
