"""When a benefit is money to spend otherwise: what a municipality's size and contracts decide, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from toolkit.kengetallen.library import BUDGETS_FILE
from toolkit.model.narrowing import as_tables, as_text, as_texts, made
from toolkit.model.study import Study
from toolkit.model.unit_value import UnitValue


@dataclass(frozen=True, slots=True)
class WelfareBudget:
    """How the state's budget for welfare follows spending. below: inhabitants; None for the largest."""

    said: str
    below: float | None = None


@dataclass(frozen=True, slots=True)
class CareContract:
    """A way in which care is bought, and whether less care frees money then."""

    code: str
    frees: bool
    said: str


@dataclass(frozen=True, slots=True)
class Budgets:
    """All of it, with its source. care_conditions: of unit values that hang on how care is bought."""

    source: str
    care_conditions: tuple[str, ...]
    welfare: tuple[WelfareBudget, ...]
    care: Mapping[str, CareContract]

    def frees_cash(self, value: UnitValue, study: Study) -> bool:
        """Tell whether a benefit frees money: as the unit value says, unless care is bought otherwise."""
        contract = self.care.get(study.care_bought)
        hangs = value.cash_condition in self.care_conditions
        return value.is_cash and (contract is None or contract.frees or not hangs)

    def welfare_budget(self, study: Study) -> WelfareBudget | None:
        """How the budget for welfare of this municipality works; None where its size is not known."""
        size = study.inhabitants
        if size is None:
            return None
        return next(one for one in self.welfare if one.below is None or size < one.below)

    def care_contract(self, study: Study) -> CareContract | None:
        """How this municipality buys care; None where nobody told."""
        return self.care.get(study.care_bought)


@cache
def load_budgets() -> Budgets:
    """What comes with the toolkit."""
    file = resources.files("toolkit.kengetallen") / BUDGETS_FILE
    content: Mapping[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    contracts = [made(CareContract, record) for record in as_tables(content["care"])]
    return Budgets(
        source=as_text(content["source"]),
        care_conditions=tuple(as_texts(content["care_conditions"])),
        welfare=tuple(made(WelfareBudget, record) for record in as_tables(content["welfare"])),
        care=MappingProxyType({contract.code: contract for contract in contracts}),
    )
