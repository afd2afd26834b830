"""A sentence before anybody words it: which one it is, and every value it states with the place the value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "mw", "money", "units", "share", "percent", "day", "days", "period", "count", "gw_years", "sentence",
    "offer", "supplier", "site", "country", "step", "demand", "group", "pool", "news", "unit", "rule", "name",
]  # fmt: skip
"""How a value is written. Money is in the base currency's ``money.in`` units, capacity in MW a year. Shares (found) and percents
(chosen by somebody) are fractions. The second line names things by their ids, which confidential suppliers never leave the
planner under; a name is shown already."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value, or several that are listed; ``source`` says where it comes from: ``plan.orders``, ``policy.budget``."""

    kind: Kind
    value: str | float | date | tuple[str, ...] | tuple[Sentence, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """``key`` names the text in the catalogue, ``values`` fill its placeholders. ``tells_of``: an offer whose price they tell."""

    key: str
    values: dict[str, Value]
    tells_of: str = ""
