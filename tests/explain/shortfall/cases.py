"""Tiny plans that miss their ramp, made so that one thing alone holds them back. Solved for real, a tenth of a second each."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.explain.shortfall.find import find_gaps
from planner.explain.shortfall.reason import Gap
from planner.explain.shortfall.world import World, build_world
from planner.options import Options
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.solve import solve

Data = dict[str, Any]

BASE: Data = {
    "format": 1,
    "title": "one tool, one site",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 6},
    "money": {"currency": "USD", "in": "millions", "discount_rate": 0.0},
    "routes": {"cell": {"steps": ["coat"]}},
    "sites": [{"id": "plant", "country": "US"}],
    "demand": [
        {
            "id": "ramp",
            "sites": ["plant"],
            "target_mw": {"2026-Q4": 500},
            "shortage_cost": {"amount": 1000, "per": "GW-year"},
            "continues": "0 months",
        }
    ],
    "suppliers": [{"id": "maker", "country": "DE"}],
    "offers": [
        {"id": "coater", "supplier": "maker", "covers": {"coat": 100}, "price": 10, "lead_time": "3 months"},
    ],
}
"""Five coaters of 100 MW are wanted from 2026-Q4 on; nothing denies them."""


def change(**parts: Any) -> Data:
    """The base with whole sections replaced; ``offer``, ``supplier``, ``site`` and ``demand`` add to the only one there is."""
    data = deepcopy(BASE)
    for key in ("offer", "supplier", "site"):
        data[f"{key}s"][0] |= parts.pop(key, {})
    data["demand"][0] |= parts.pop("demand", {})
    return {**data, **parts}


def solve_for(data: Data) -> tuple[Scenario, Plan]:
    """The proven best plan."""
    scenario = Scenario.model_validate(data)
    result = solve(scenario, "case", Options(gap=0.0))
    assert result.plan is not None
    assert result.audit["ok"]
    return scenario, result.plan


def world_of(data: Data) -> World:
    """The best plan laid over the scenario's numbers."""
    return build_world(*solve_for(data))


def gaps_of(data: Data, leaf: str = "") -> tuple[Gap, ...]:
    """The gaps of the best plan."""
    return find_gaps(world_of(data), leaf)
