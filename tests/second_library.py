"""What the second engine takes from the library: facts as plain data, read from its TOML files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass
class Facts:
    """What the sum takes from the library, as plain data."""

    prices: dict[str, dict[int, float]]
    values: dict[str, dict]
    domains: dict[str, str]
    work: set[str]
    not_work: set[str]
    work_domain: str
    average_domains: set[str]
    lowest_peer: float
    care_codes: set[str]


def facts(folder: Path) -> Facts:
    """The facts as they stand in the TOML files of one folder."""
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    records = [record for file in files.values() for record in file.get("kengetal", [])]
    values = {
        record["code"]: {
            "amount": {"mode": record.get("amount"), "low": record.get("low"), "high": record.get("high")},
            "series": record.get("series", []),
            "price_year": record.get("price_year"),
            "kind": record["kind"],
            "shares": record["shares"],
            "code": record["code"],
            "index": record["index"],
            "telling": record["counting"],
            "cash": record["frees_cash"].startswith("ja"),
        }
        for record in records
    }
    critic = files["tegenwerpingen"]
    names = {change["name"]: change["code"] for change in files["changes"]["change"]}
    work = {name for name, code in names.items() if code in critic["work_changes"]}
    peers = [peer["ratio"] for peer in files["peers"]["peer"] if peer["definition"] == "bruto"]
    return Facts(
        prices={
            name: {step["year"]: step["change"] / 100 for step in files["index"][name]}
            for name in ("cpi", "loon")
        },
        values=values,
        domains={record["code"]: record["domain"] for record in records},
        work=work,
        not_work=set(names) - work,
        work_domain=critic["work_domain"],
        average_domains=set(critic["average_domains"]),
        lowest_peer=min(peers),
        care_codes={
            record["code"]
            for record in records
            if record["frees_cash"].removeprefix("ja, ") in files["verzilverbaar"]["care_conditions"]
        },
    )


def price_factor(library: Facts, series: str, price_year: int, level: int) -> float:
    """What an amount of one year is at the price level; laws and own amounts stay."""
    if series in ("wet", "geen"):
        return 1.0
    changes = library.prices[series]

    def index(year: int) -> float:
        return float(np.prod([1 + changes[y] for y in range(2012, min(year, max(changes)) + 1)]))

    return index(level) / index(price_year)


def library_value(record: dict, level: int) -> dict:
    """A unit value of the library; an amount by law is the mean over the months of the price level."""
    if not record["series"]:
        return record
    steps = sorted(record["series"], key=lambda step: step["from"])
    month = [step["from"].year * 12 + step["from"].month - 1 for step in steps]
    in_force = [
        max((place for place, start in enumerate(month) if start <= now), default=None)
        for now in range(level * 12, level * 12 + 12)
    ]
    known = [steps[place] for place in in_force if place is not None] or steps[:1]
    amount = {
        name: sum(step[key] for step in known) / len(known)
        for name, key in (("mode", "amount"), ("low", "low"), ("high", "high"))
    }
    return record | {"amount": amount, "price_year": level}
