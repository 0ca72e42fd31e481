"""A number with its range: the point estimate and how far it may lie off."""

from __future__ import annotations

from dataclasses import dataclass

DISTRIBUTIONS = ("pert", "triangular", "uniform", "normal", "lognormal")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with an optional range.

    mode: the value used in every point estimate.
    low, high: the range; None where none is given (a constant).
    dist: how chance is spread over the range, one of DISTRIBUTIONS. For normal and lognormal
        low and high are the 5th and 95th percentile, otherwise the bounds.
    cell: where the number was read ("Blad!F9" or "$.initiatives[0]..."), empty if computed.
    """

    mode: float
    low: float | None = None
    high: float | None = None
    dist: str = "pert"
    cell: str = ""

    @property
    def varies(self) -> bool:
        """True where a range is given that is wider than one point."""
        low, high = self.bounds
        return low < high

    @property
    def bounds(self) -> tuple[float, float]:
        """low and high; both the mode where there is no range.

        >>> Estimate(3.0, 2.0, 5.0).bounds, Estimate(3.0).bounds
        ((2.0, 5.0), (3.0, 3.0))
        """
        if self.low is None or self.high is None:
            return self.mode, self.mode
        return self.low, self.high


def estimate(value: float | Estimate) -> Estimate:
    """Give `value` as an Estimate.

    >>> estimate(3)
    Estimate(mode=3.0, low=None, high=None, dist='pert', cell='')
    """
    return value if isinstance(value, Estimate) else Estimate(float(value))
