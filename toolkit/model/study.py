"""The settings that all initiatives of one study share; parties and groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PARTY_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "deelnemers": "deelnemers",
        "wijkbewoners": "wijkbewoners",
        "gemeente": "overheid",
        "provincie": "overheid",
        "rijk": "overheid",
        "zorgverzekeraars": "overig",
        "woningcorporaties": "overig",
        "maatschappelijke_organisaties": "overig",
        "marktpartijen": "overig",
    }
)
"""The default parties and the four groups of the letter."""

GOVERNMENT = "overheid"
"""The group of the parties that government is made of."""
NO_COVER = "geen_dekking"
"""Not a party: stands where parties and groups stand for the costs that nobody has promised to pay."""
MUNICIPALITY, INSURERS = "gemeente", "zorgverzekeraars"
PERSONS = ("deelnemers", "wijkbewoners")
"""The groups of people, each a party by itself."""

DOMAINS = (
    "inkomen en armoede",
    "schulden",
    "werk en participatie",
    "maatschappelijke ondersteuning",
    "gezondheid",
    "wonen en leefbaarheid",
    "veiligheid",
    "jeugd en onderwijs",
    "sociale samenhang",
)

TIMINGS: Mapping[str, float] = MappingProxyType({"begin": 0.0, "middle": 0.5, "end": 1.0})
"""Moment within the year at which an amount falls: theta of the discount factor."""

CARE_BOUGHT = ("effort", "task", "both")
"""How a municipality buys care: per hour or half-day, for a fixed sum, or partly each."""

DEFAULT_RATE = 0.0225
"""Real discount rate, working group discount rate 2020, in force since 1 January 2021."""


@dataclass(frozen=True, slots=True)
class Study:
    """Shared settings.

    first_year: calendar year of year index 0.  activity_years: T, years with activity.
    horizon: H, years counted.  price_level: year in whose euros everything is expressed.
    discount_rate: real, per year.  timing_*: key of TIMINGS.
    parties: party -> group.  counterfactual: what would happen without the initiatives.
    inhabitants: of the municipality, None where nobody told.  care_bought: one of CARE_BOUGHT, '' likewise.
    """

    name: str
    first_year: int
    horizon: int
    price_level: int
    activity_years: int = 5
    discount_rate: float = DEFAULT_RATE
    timing_benefits: str = "begin"
    timing_costs: str = "begin"
    currency: str = "EUR"
    counterfactual: str = ""
    include_volunteer_hours: bool = False
    inhabitants: float | None = None
    care_bought: str = ""
    parties: Mapping[str, str] = field(default_factory=lambda: PARTY_GROUPS)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in order of first mention."""
        return tuple(dict.fromkeys(self.parties.values()))

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the horizon."""
        return tuple(range(self.first_year, self.first_year + self.horizon))
