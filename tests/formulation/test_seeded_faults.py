"""Faults put into the model on purpose: the audit, which shares no code with it, must see each one.

Here without news; ``test_seeded_tree_faults`` does the same to trees of futures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from planner.instance import agreements, build, columns, courses, instance, lookup, slot_rows
from planner.instance.arrivals import Arrival, Fate
from planner.instance.cash import CashEvent
from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.formulation.test_rules import CASES, case

Plant = Callable[[pytest.MonkeyPatch], None]
CHANGES = {name: changes for name, changes, _ in CASES}
LEFT_OUT = [
    # (case in which the rule binds, family left out of the model)
    ("shared slots", "slots"), ("vetting", "vetting"), ("vetting teams", "vetting"), ("site limit", "site_limit"),
    ("minimum order", "order_size"), ("budget", "budget"), ("country share", "exposure"), ("group share", "exposure"),
    ("least suppliers", "supplier_count"), ("most suppliers", "supplier_count"), ("pin", "pins"), ("approvals", "approvals"),
    ("installation", "installation"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "family"), LEFT_OUT, ids=[f"{a}" for a, _ in LEFT_OUT])
def test_a_model_without_a_rule_is_caught(name: str, family: str) -> None:
    scenario = Scenario.model_validate(case(**CHANGES[name]))
    assert solve(scenario, name, Options(gap=0.0)).audit["ok"]
    wrong = solve(scenario, name, Options(gap=0.0, without=(family,)))
    assert wrong.plan is not None
    assert not wrong.audit["ok"]


def changed(module: object, name: str, change: Callable[[Any], Any]) -> Plant:
    """What the function of the module finds is changed before anybody sees it."""
    right = getattr(module, name)
    return lambda patch: patch.setattr(module, name, lambda *given: change(right(*given)))


def together(*plants: Plant) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        for one in plants:
            one(patch)

    return plant


def early(day: str) -> Plant:
    """The model believes this day of every arrival comes 20 days early."""

    def change(fate: Fate) -> Fate:
        return replace(fate, **{day: getattr(fate, day) - timedelta(days=20)}) if isinstance(fate, Arrival) else fate

    return changed(courses, "find_fate", change)


def forgotten(kind: str) -> Plant:
    """The model forgets this payment of a unit."""
    return changed(courses, "find_unit_events", lambda events: tuple(event for event in events if event.kind != kind))


def late(kind: str) -> Plant:
    """The model pays this a day late."""

    def change(events: tuple[CashEvent, ...]) -> tuple[CashEvent, ...]:
        return tuple(replace(e, day=e.day + timedelta(days=1)) if e.kind == kind else e for e in events)

    return changed(courses, "find_unit_events", change)


def free(kind: str) -> Plant:
    """The model forgets this fee."""
    right = agreements.find_fee
    return lambda patch: patch.setattr(
        agreements, "find_fee", lambda look, name, *given: () if name == kind else right(look, name, *given)
    )


def more_capacity(capacity: Any) -> Any:
    return {spot: tuple((i, gain * 1.5) for i, gain in terms) for spot, terms in capacity.items()}


def demands_with(field: str, factor: float) -> Plant:
    def change(demand: instance.DemandNumbers) -> instance.DemandNumbers:
        return replace(demand, **{field: tuple(value * factor for value in getattr(demand, field))})

    return changed(build, "build_demand", change)


FULL = {
    "offers__0__payment": {"order": 0.2, "fat": 0.1, "shipment": 0.2, "arrival": 0.1, "acceptance": 0.3,
                           "retention": {"share": 0.1, "after": "6 months"}},
    "offers__0__freight": 1, "offers__0__transit_time": "10 days", "offers__0__storage": {"amount": 0.1, "per": "month"},
    "sites__0__ready": "2026-05-15", "duties": [{"origin": "CN", "into": "US", "rate": 0.1}],
    "offers__0__ramp": {"months": [3], "share": [0.5]}, "money__discount_rate": 0.08, "demand__0__continues": "1 year",
    "demand__0__target_mw": {"2026-Q2": 450, "2026-Q3": 100, "2026-Q4": 450},
    "demand__0__surplus_cost": {"amount": 0.01, "per": "MW-year"},
    "offers__0__slots": {"per": "quarter", "2026-Q2": 4, "2026-Q3": 0}, "offers__1__slots": {"per": "quarter", "2030-Q1": 1},
    "offers__0__price": {"amount": 10, "escalation": 0.1}, "offers__0__price_hold": "1 month",
    "suppliers__0__signing_fee": 1, "suppliers__0__order_fee": 1, "suppliers__1__vetting": {"duration": "1 day", "cost": 1},
    "policy__pins": [{"vet": "dear"}],
    "commitments": [{"id": "old", "offer": "c", "units": 1, "site": "s", "ordered": "2025-12-01", "ships": "2026-05-01"}],
}  # fmt: skip
FAULTS: list[tuple[str, Plant]] = [
    *[(f"{day} early", early(day)) for day in ("shipped", "entered", "install_from", "in_service")],
    *[(f"{kind} forgotten", forgotten(kind)) for kind in
      ("order", "fat", "shipment", "arrival", "acceptance", "retention", "freight", "duty", "storage")],
    *[(f"{kind} a day late", late(kind)) for kind in ("shipment", "duty", "acceptance", "retention")],
    *[(f"{kind} for nothing", free(kind)) for kind in ("vetting", "signing", "order fee")],
    ("half as much capacity again", changed(build, "find_increments", more_capacity)),
    ("contracts give nothing", changed(build, "find_installed", lambda found: {})),
    ("contracts cost nothing", changed(build, "build_contracts", lambda found: ())),
    ("no ramp", changed(courses, "find_ramp_share", lambda share: 1.0 if share else 0.0)),
    ("price never escalates", lambda patch: patch.setattr(columns, "price_fixed_on", lambda offer, ordered, due: ordered)),
    ("the slot of the contract sold again",
     together(*(changed(module, "find_free", lambda units: units + 1) for module in (columns, slot_rows)))),
    ("gap too cheap", demands_with("gap_cost", 0.5)),
    ("gap after the horizon too cheap", demands_with("gap_cost_after", 0.5)),
    ("surplus for nothing", demands_with("surplus_cost", 0.5)),
    ("target too low", demands_with("target", 0.9)),
    ("money keeps its worth", changed(lookup.Lookup, "discount", lambda worth: 1.0)),
]  # fmt: skip


def test_the_case_of_the_faults_is_sound() -> None:
    result = solve(Scenario.model_validate(case(**FULL)), "sound", Options(gap=0.0))
    assert result.audit["ok"], result.audit["findings"]
    assert result.plan is not None
    assert result.plan.orders
    kinds = {line.kind for line in result.plan.cash}
    assert {"storage", "duty", "freight", "fat", "arrival", "retention", "signing", "vetting", "order fee"} <= kinds
    assert not any(np.isclose(result.measures[name], 0.0) for name in ("shortage_cost", "shortage_after", "surplus_cost"))


@pytest.mark.parametrize(("name", "plant"), FAULTS, ids=[name for name, _ in FAULTS])
def test_a_fault_in_the_numbers_is_caught(name: str, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    result = solve(Scenario.model_validate(case(**FULL)), name, Options(gap=0.0))
    assert result.plan is not None
    assert not result.audit["ok"], f"{name} was not seen"
