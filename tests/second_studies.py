"""Studies in JSON in which every option of docs/json.md occurs and all is right; one seed, one study."""

from __future__ import annotations

import copy
from itertools import combinations
from random import Random

DRAWS = 20_000
OWN_PARTIES = {"deelnemers": "people", "wijkbewoners": "people", "stad": "public", "fonds": "funds"}
PARTIES = ("deelnemers", "wijkbewoners", "gemeente", "rijk", "zorgverzekeraars", "marktpartijen")
KENGETALLEN = {
    "werk_minimumloon": 3,
    "bijstand_uitvoering": 3,
    "bijstand_alleenstaande": 3,
    "schuld_voorkomen": 1,
    "opvangplek": 1,
    "wmo_begeleiding": 1,
    "wmo_dagbesteding": 1,
    "vrijwilligersuur": 1,
    "vrijwilligersvergoeding": 1,
}
DOMAINS = ("gezondheid", "werk en participatie", "schulden", "maatschappelijke ondersteuning", "veiligheid")
CHANGES = (
    "Betaald werk gevonden vanuit de bijstand",
    "Geld bespaard door bewoners",
    "Iets wat de bibliotheek niet kent",
)
DISTRIBUTIONS = ("pert", "triangular", "uniform", "normal", "lognormal")


def any_study(seed: int) -> dict:
    """One study; every kind of study comes by when there are twenty."""
    chance = Random(f"second {seed}")
    horizon = chance.randint(1, 12)
    first_year = chance.randint(2018, 2027)
    study = {
        "name": f"Study {seed}",
        "first_year": first_year,
        "horizon": horizon,
        "price_level": chance.randint(2012, 2029),
    }
    study |= _some(
        chance,
        discount_rate=_number(chance, 0, 0.1),
        activity_years=chance.randint(1, horizon),
        timing_benefits=chance.choice(("begin", "middle", "end")),
        timing_costs=chance.choice(("begin", "middle", "end")),
        include_volunteer_hours=chance.random() < 0.5,
        care_bought=chance.choice(("effort", "task", "both")),
        inhabitants=chance.randint(1_000, 900_000),
    )
    parties = PARTIES
    if chance.random() < 0.25:
        study["parties"] = OWN_PARTIES
        parties = tuple(OWN_PARTIES)
    maker = Maker(chance, horizon, first_year, parties, costs=seed % 10 != 3, transfers=seed % 10 == 6)
    codes = [f"I{n}" for n in range(1, chance.randint(2, 5))]
    document = {"study": study, "initiatives": [maker.initiative(code) for code in codes]}
    pairs = [pair for pair in combinations(codes, 2) if chance.random() < 0.7]
    if pairs:
        document["overlaps"] = [
            {"initiatives": list(pair)} | _some(chance, people=chance.randint(0, 10)) for pair in pairs
        ]
    if chance.random() < 0.9:
        document["uncertainty"] = {"draws": DRAWS, "seed": seed}
    elif chance.random() < 0.5:
        document["uncertainty"] = None
    return document


def _some(chance: Random, **keys: object) -> dict:
    """Most of these keys; what is left out has its default."""
    return {key: value for key, value in keys.items() if chance.random() < 0.7}


def _number(chance: Random, low: float, high: float) -> float:
    """Half of the numbers are round, where sums and shares meet their bounds."""
    number = chance.uniform(low, high)
    return round(number, 1) if chance.random() < 0.5 else number


def _ranged(chance: Random, low: float, high: float, bare: float = 0.5) -> float | dict:
    mode = _number(chance, low, high)
    if chance.random() < bare:
        return chance.choice((mode, mode, {"mode": mode}, {"mode": mode, "low": mode, "high": mode}))
    dist = chance.choice(DISTRIBUTIONS)
    least, most = chance.uniform(low, mode), chance.uniform(mode, high)
    if dist == "lognormal" and least <= 0:
        dist = "normal"
    return {"low": least, "mode": mode, "high": most} | ({} if dist == "pert" else {"dist": dist})


class Maker:
    """Makes initiatives of one study."""

    def __init__(
        self,
        chance: Random,
        horizon: int,
        first_year: int,
        parties: tuple,
        costs: bool,
        transfers: bool,
    ) -> None:
        self.chance, self.horizon, self.first_year = chance, horizon, first_year
        self.parties, self.costs, self.transfers = parties, costs, transfers
        self.shared = [self.unit_value(code=f"V{n}") for n in range(2)]

    def initiative(self, code: str) -> dict:
        chance = self.chance
        self.rows: list[dict] = []
        groups = [
            {"name": "jongeren", "people": 20},
            {"name": "buren", "person": "wijkbewoners", "people": 90},
        ]
        return {
            "code": code,
            "counted": chance.random() < 0.85,
            "counted_reason": "proef",
            "participants": chance.randint(10, 60),
            "target_groups": groups,
            "investments": [self.investment() for _ in range(chance.randint(0, 4) if self.costs else 0)],
            "effects": [self.effect(f"E{n}") for n in range(1, chance.randint(1, 7))],
            "pm_effects": [{"name": "trots", "domain": DOMAINS[0], "grade": "+", "known_by": "A"}],
        }

    def yearly(self, low: float, high: float) -> list:
        """A list per year of any length, with ranges and bare numbers mixed."""
        chance = self.chance
        bare = chance.choice((0, 0.5, 1, 1))
        length = chance.choice((1, self.horizon, chance.randint(0, self.horizon)))
        return [0 if chance.random() < 0.15 else _ranged(chance, low, high, bare) for _ in range(length)]

    def investment(self) -> dict:
        chance = self.chance
        amounts = self.yearly(1_000, 50_000)
        if chance.random() < 0.2:
            amounts = [0] * chance.randint(0, self.horizon - 1) + [_number(chance, 1_000, 90_000)]
        line = {
            "party": chance.choice(self.parties[2:]),
            "amounts": amounts,
            "kind": chance.choice(("money", "money", "in_kind", "volunteer_hours")),
            "term": chance.choice(("temporary", "structural")),
        }
        if amounts and line["kind"] != "volunteer_hours" and chance.random() < 0.2:
            line["amounts"][-1] = {"mode": -500, "low": -900, "high": -100}
            line["reason"] = "restwaarde"
        if chance.random() < 0.3:
            line["until"] = self.first_year + chance.randint(-1, self.horizon)
        return line

    def row(self) -> dict:
        """What the effects of one row have in common; some rows have one effect and no code."""
        chance = self.chance
        if self.rows and chance.random() < 0.3:
            return copy.deepcopy(chance.choice(self.rows)) | _some(chance, change=chance.choice(CHANGES))
        row = {"inflow": self.yearly(0, 40)} | _some(
            chance,
            grade=chance.choice("ABCD"),
            deadweight=_ranged(chance, 0, 1),
            attribution=_ranged(chance, 0, 1),
            displacement=_ranged(chance, 0, 1),
            drop_off=_ranged(chance, 0, 1),
        )
        if chance.random() < 0.3:
            row["expected_grade"] = chance.choice("ABCD")
        if chance.random() < 0.4:
            row["change"] = chance.choice(CHANGES)
        if chance.random() < 0.4:
            row["row"] = f"R{len(self.rows) + 1}"
            self.rows.append(row)
        return row

    def effect(self, code: str) -> dict:
        chance = self.chance
        effect = {"code": code, **self.row()}
        effect |= _some(
            chance,
            direction=chance.choice(("less", "less", "more")),
            factor=_number(chance, -1, 2),
            people=chance.randint(0, 40),
            target_group=chance.choice(("jongeren", "buren", "deelnemers", "wijkbewoners")),
        )
        lasting = "drop_off" in effect
        kengetal = chance.choice([one for one, longest in KENGETALLEN.items() if longest > 1 or not lasting])
        if self.parties is PARTIES and not self.transfers and chance.random() < 0.4:
            effect["kengetal"], longest = kengetal, KENGETALLEN[kengetal]
        else:
            effect["unit_value"] = chance.choice((*self.shared, self.unit_value()))
            if lasting:
                effect["unit_value"] = effect["unit_value"] | {"telling": "instroom"}
            yearly = effect["unit_value"].get("telling") == "jaar"
            longest = 1 if yearly else self.horizon
            effect["domain"] = chance.choice(DOMAINS)
        if longest > 1:
            effect |= _some(
                chance, duration=chance.randint(1, longest + 2 * (longest > 1)), lag=chance.randint(0, 1)
            )
        return effect

    def unit_value(self, **code: str) -> dict:
        chance = self.chance
        kind = (
            "overdracht"
            if self.transfers
            else chance.choice(("welvaart", "welvaart", "overdracht", "uit_kosten"))
        )
        part = _number(chance, 0, 1)
        first, second = chance.sample(self.parties, 2)
        shares = {first: part, second: 1 - part}
        if kind == "overdracht":
            shares = {"persoon": 1, chance.choice(self.parties[2:]): -1}
        elif chance.random() < 0.5:
            shares = {"persoon": part, chance.choice(self.parties[2:]): 1 - part}
        value = {
            "amount": _ranged(chance, -2_000, 20_000),
            "price_year": chance.randint(2011, 2028),
            "kind": kind,
            "shares": shares,
        }
        return (
            value
            | code
            | _some(
                chance,
                index=chance.choice(("cpi", "loon", "wet", "geen")),
                telling=chance.choice(("instroom", "instroom", "jaar")),
                own=chance.random() < 0.3,
                cash=chance.random() < 0.5,
            )
        )
