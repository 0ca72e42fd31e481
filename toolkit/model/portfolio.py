"""Many initiatives in one study, and what the portfolio adds to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from toolkit.model.initiative import Initiative
from toolkit.model.study import Study


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many participants come to both of two initiatives; None where nobody answered."""

    first: str
    second: str
    people: float | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How chance is computed: number of draws and seed."""

    draws: int = 100_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A study with its initiatives."""

    study: Study
    initiatives: tuple[Initiative, ...]
    overlaps: tuple[Overlap, ...] = ()
    sampling: Sampling | None = field(default_factory=Sampling)

    @property
    def counted(self) -> tuple[Initiative, ...]:
        """The initiatives that count in the total."""
        return tuple(i for i in self.initiatives if i.counted)

    def alone(self, initiative: Initiative) -> Portfolio:
        """The study of one initiative by itself, whether it counts or not."""
        return replace(self, initiatives=(replace(initiative, counted=True),), overlaps=())
