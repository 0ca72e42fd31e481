"""What the second engine reads: a study in JSON becomes costs and gains made of numbers with their bands.

Written from docs/methode.md and docs/json.md alone. Nothing of the toolkit is imported: who checks a sum must
not share its rules, nor its tables of quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.stats import beta, norm
from second_library import Facts, library_value, price_factor

GRADES = "ABCD"
REACH = {"A": 0.05, "B": 0.10, "C": 0.25, "D": 0.50}
SHARE = {"A": 0.025, "B": 0.05, "C": 0.125, "D": 0.25}
PARTIES = {
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
PERSONS = ("deelnemers", "wijkbewoners")
VOLUNTEER_HOUR = "vrijwilligersuur"
NEVER = 9999


@dataclass(frozen=True)
class Number:
    """A value with its band; `key` names the assumption it rests on, None where it never moves."""

    mode: float
    low: float
    high: float
    dist: str = "pert"
    key: tuple | None = None
    least: float = -np.inf
    most: float = np.inf

    def at(self, u: np.ndarray) -> np.ndarray:
        """The quantile function of the band, clipped to what can exist."""
        return np.clip(self._quantile(u), self.least, self.most)

    def _quantile(self, u: np.ndarray) -> np.ndarray:
        low, mode, high = self.low, self.mode, self.high
        width = high - low
        if width == 0:
            return np.full_like(u, mode)
        if self.dist == "pert":
            return low + width * beta_quantile(u, 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width)
        if self.dist == "triangular":
            left = low + np.sqrt(u * width * (mode - low))
            right = high - np.sqrt((1 - u) * width * (high - mode))
            return np.where(u < (mode - low) / width, left, right)
        if self.dist == "uniform":
            return low + width * u
        if self.dist == "normal":
            return (low + high) / 2 + norm.ppf(u) * width / (2 * norm.ppf(0.95))
        middle, spread = np.log(low * high) / 2, np.log(high / low) / (2 * norm.ppf(0.95))
        return np.exp(middle + norm.ppf(u) * spread)


_seen: dict[tuple, np.ndarray] = {}


def beta_quantile(u: np.ndarray, a: float, b: float) -> np.ndarray:
    """Of a beta distribution; kept for the same draws, as graded numbers all have one shape."""
    key = (u.ctypes.data, u.size, round(a, 12), round(b, 12))
    if key not in _seen:
        if len(_seen) > 200:
            _seen.clear()
        _seen[key] = np.array(beta.ppf(u, a, b)), u
    return _seen[key][0]


def number(
    value: object, key: tuple, spread: float | None = None, least: float = -np.inf, most: float = np.inf
) -> Number:
    """A number as JSON has it; without a band of its own it gets plus and minus `spread`, if any."""
    if has_band(value):
        return Number(value["mode"], value["low"], value["high"], value.get("dist", "pert"), key, least, most)
    mode = middle(value)
    if spread is None:
        return Number(mode, mode, mode)
    low, high = max(least, mode - spread), min(most, mode + spread)
    return Number(mode, low, high, "pert", key, least, most)


def middle(value: object) -> float:
    """The point estimate."""
    return value["mode"] if isinstance(value, dict) else value


def has_band(value: object) -> bool:
    """Tell whether a number has a band of its own; one from 5 to 5 is no band."""
    return isinstance(value, dict) and value.get("low", 0) < value.get("high", 0)


@dataclass
class Cost:
    """One line of costs."""

    party: str
    amounts: list[Number]
    until: int
    hours: bool


@dataclass
class Gain:
    """One effect: numbers, and the fixed euros per unit of each party when the amount is 1."""

    code: str
    domain: str
    inflow: list[Number]
    shares: dict[str, float]
    times: float
    amount: Number
    deadweight: Number
    displacement: Number
    attribution: Number
    drop_off: Number
    duration: int
    lag: int
    grade: str
    people: bool
    cash: bool
    work: bool
    wealth: bool
    average: bool
    hours: bool


@dataclass
class Project:
    """One initiative."""

    code: str
    name: str
    counted: bool
    participants: float
    costs: list[Cost]
    gains: list[Gain]
    keys: list[tuple] = field(default_factory=list)

    def numbers(self) -> list[Number]:
        """Every number, in the order of the document."""
        found = [amount for cost in self.costs for amount in cost.amounts]
        for gain in self.gains:
            found += [*gain.inflow, gain.amount, gain.deadweight, gain.displacement]
            found += [gain.attribution, gain.drop_off]
        return found


def project(entry: dict, study: dict, library: Facts) -> Project:
    """An initiative as the document has it."""
    code = entry["code"]
    costs = [
        Cost(
            line["party"],
            [number(amount, ("cost", code, place)) for amount in line["amounts"]],
            line.get("until", NEVER),
            line.get("kind") == "volunteer_hours",
        )
        for place, line in enumerate(entry.get("investments", []))
    ]
    persons = {name: name for name in PERSONS}
    persons |= {group["name"]: group.get("person", "deelnemers") for group in entry.get("target_groups", [])}
    persons[""] = "deelnemers"
    effects = entry.get("effects", [])
    heads: dict[str, dict] = {}
    for effect in effects:
        heads.setdefault(effect.get("row", effect["code"]), effect)
    gains = [
        gain(effect, heads[effect.get("row", effect["code"])], code, persons, study, library)
        for effect in effects
    ]
    made = Project(
        code,
        entry.get("name", code),
        entry.get("counted", True),
        entry.get("participants") or 0,
        costs,
        gains,
    )
    made.keys = list(dict.fromkeys(one.key for one in made.numbers() if one.key))
    return made


def gain(
    effect: dict, head: dict, initiative: str, persons: dict[str, str], study: dict, library: Facts
) -> Gain:
    """An effect with its bands, its assumptions and its shares; `head` is the first effect of its row."""
    level = study["price_level"]
    if "unit_value" in effect:
        value = effect["unit_value"]
    else:
        value = library_value(library.values[effect["kengetal"]], level)
    code = value.get("code")
    row = (initiative, effect.get("row", effect["code"]))
    share_key = row
    if head.get("change"):
        share_key = ("change", head["change"])
    elif "row" not in head:
        used = head["unit_value"].get("code") if "unit_value" in head else head["kengetal"]
        share_key = ("code", used) if used else row
    shared = code and not value.get("own", False)
    grade, duration = effect.get("grade"), effect.get("duration", 1)

    def share(name: str, key: tuple, known: str | None, moves: bool = True) -> Number:
        spread = SHARE[known] if known and moves else None
        return number(effect.get(name, 0), (name, key), spread, 0, 1)

    judged = max(grade, "C") if grade else None
    domain = effect.get("domain") or library.domains.get(code)
    change = effect.get("change")
    series = price_factor(library, value.get("index", "cpi"), value["price_year"], level)
    person = persons[effect.get("target_group", "")]
    shares: dict[str, float] = {}
    for party, part in value["shares"].items():
        who = person if party == "persoon" else party
        shares[who] = shares.get(who, 0.0) + part
    cash = value.get("cash", library.values.get(code, {}).get("cash", False))
    if study.get("care_bought") in ("task", "both") and code in library.care_codes:
        cash = False
    known_work = change in library.work or change in library.not_work
    return Gain(
        code=effect["code"],
        domain=domain,
        inflow=reach(effect, initiative, row),
        shares=shares,
        times=series * effect.get("factor", 1) * (-1 if effect.get("direction") == "more" else 1),
        amount=number(value["amount"], ("value", code if shared else (initiative, effect["code"]))),
        deadweight=share("deadweight", share_key, judged, middle(effect.get("deadweight", 0)) != 0),
        displacement=share("displacement", row, grade, middle(effect.get("displacement", 0)) != 0),
        attribution=share("attribution", share_key, judged, middle(effect.get("attribution", 0)) != 0),
        drop_off=share("drop_off", row, grade, duration > 1),
        duration=duration,
        lag=effect.get("lag", 0),
        grade=grade or "D",
        people="people" in effect,
        cash=cash,
        work=change in library.work if known_work else domain == library.work_domain,
        wealth=value["kind"] == "welvaart",
        average=domain in library.average_domains,
        hours=code == VOLUNTEER_HOUR,
    )


def reach(effect: dict, initiative: str, row: tuple) -> list[Number]:
    """The inflow per year: one assumption for all years, whatever their widths."""
    grade = effect.get("grade")
    later = effect.get("expected_grade") or (max(grade, "C") if grade else None)
    known = grade or later
    inflow = effect["inflow"]
    own = any(has_band(value) for value in inflow)
    key = ("reach", initiative) if known in ("C", "D") and not own else ("reach", row)
    grades = [grade if year == 0 else later for year in range(len(inflow))]
    modes = [middle(value) for value in inflow]
    return [
        number(value, key, REACH[one] * mode if one else None, 0)
        for value, one, mode in zip(inflow, grades, modes, strict=True)
    ]
