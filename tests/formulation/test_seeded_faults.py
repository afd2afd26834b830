"""Faults put into the model on purpose: the audit, which shares no code with it, must see each one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

import planner.solve as solving
from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.formulation.test_rules import CASES, case

CHANGES = {name: changes for name, changes, _ in CASES}
LEFT_OUT = [
    # (case in which the rule binds, family left out of the model, rule the audit names)
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


def orders_with(data: Instance, change: Callable[[Any], Any]) -> Instance:
    return dataclasses.replace(data, orders=tuple(change(column) for column in data.orders))


def later(day: str) -> Callable[[Instance], Instance]:
    """The model believes this day of every arrival comes 20 days early."""

    def change(column: Any) -> Any:
        moved = dataclasses.replace(column.arrival, **{day: getattr(column.arrival, day) - timedelta(days=20)})
        return dataclasses.replace(column, arrival=moved)

    return lambda data: orders_with(data, change)


def cheaper(kind: str) -> Callable[[Instance], Instance]:
    """The model forgets this payment."""

    def change(column: Any) -> Any:
        return dataclasses.replace(column, events=tuple(e for e in column.events if e.kind != kind))

    return lambda data: orders_with(data, change)


def moved(kind: str) -> Callable[[Instance], Instance]:
    """The model pays this a day late."""

    def change(column: Any) -> Any:
        events = tuple(dataclasses.replace(e, day=e.day + timedelta(days=1)) if e.kind == kind else e for e in column.events)
        return dataclasses.replace(column, events=events)

    def changed(data: Instance) -> Instance:
        new = orders_with(data, change)
        days = {e.day: 1.0 for c in new.orders for e in c.events}
        return dataclasses.replace(new, discount={**days, **data.discount})

    return changed


def more_capacity(data: Instance) -> Instance:
    return dataclasses.replace(data, capacity={k: tuple((i, gain * 1.5) for i, gain in v) for k, v in data.capacity.items()})


def no_ramp_up(data: Instance) -> Instance:
    """Every unit runs at its full rate from its first period on."""
    total: dict[tuple[str, str, int], float] = {}
    for (step, site, _), terms in data.capacity.items():
        for i, gain in terms:
            total[step, site, i] = total.get((step, site, i), 0.0) + gain
    capacity = {}
    for (step, site, n), terms in sorted(data.capacity.items(), key=lambda item: item[0][2]):
        capacity[step, site, n] = tuple((i, total.pop((step, site, i))) for i, _ in terms if (step, site, i) in total)
    return dataclasses.replace(data, capacity=capacity)


def demands_with(field: str, factor: float) -> Callable[[Instance], Instance]:
    def change(data: Instance) -> Instance:
        new = {
            name: dataclasses.replace(d, **{field: tuple(v * factor for v in getattr(d, field))})
            for name, d in data.demands.items()
        }
        return dataclasses.replace(data, demands=new)

    return change


FULL = {
    "offers__0__payment": {"order": 0.2, "fat": 0.1, "shipment": 0.2, "arrival": 0.1, "acceptance": 0.3,
                           "retention": {"share": 0.1, "after": "6 months"}},
    "offers__0__freight": 1, "offers__0__transit_time": "10 days", "offers__0__storage": {"amount": 0.1, "per": "month"},
    "sites__0__ready": "2026-05-15", "duties": [{"origin": "CN", "into": "US", "rate": 0.1}],
    "offers__0__ramp": {"months": [3], "share": [0.5]}, "money__discount_rate": 0.08, "demand__0__continues": "1 year",
    "demand__0__target_mw": {"2026-Q2": 350}, "demand__0__surplus_cost": {"amount": 0.01, "per": "MW-year"},
    "offers__0__slots": {"per": "quarter", "2026-Q2": 3, "2026-Q3": 0}, "offers__1__slots": {"per": "quarter", "2030-Q1": 1},
}  # fmt: skip
FAULTS: list[tuple[str, Callable[[Instance], Instance]]] = [
    *[(f"{day} early", later(day)) for day in ("shipped", "entered", "in_service")],
    *[(f"{kind} forgotten", cheaper(kind)) for kind in
      ("order", "fat", "shipment", "arrival", "acceptance", "retention", "freight", "duty", "storage")],
    *[(f"{kind} a day late", moved(kind)) for kind in ("shipment", "duty", "acceptance", "retention")],
    ("half as much capacity again", more_capacity),
    ("no ramp", no_ramp_up),
    ("gap too cheap", demands_with("gap_cost", 0.5)),
    ("gap after the horizon too cheap", demands_with("gap_cost_after", 0.5)),
    ("target too low", demands_with("target", 0.9)),
]  # fmt: skip


def test_the_case_of_the_faults_is_sound() -> None:
    result = solve(Scenario.model_validate(case(**FULL)), "sound", Options(gap=0.0))
    assert result.audit["ok"], result.audit["findings"]
    assert result.plan is not None
    assert result.plan.orders
    assert {"storage", "duty", "freight", "fat", "arrival", "retention"} <= {line.kind for line in result.plan.cash}
    assert not np.isclose(result.measures["shortage_cost"], 0.0)


@pytest.mark.parametrize(("name", "fault"), FAULTS, ids=[name for name, _ in FAULTS])
def test_a_fault_in_the_numbers_is_caught(
    name: str, fault: Callable[[Instance], Instance], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "build_instance", lambda scenario: fault(build_instance(scenario)))
    result = solving.solve(Scenario.model_validate(case(**FULL)), name, Options(gap=0.0))
    assert result.plan is not None
    assert not result.audit["ok"], f"{name} was not seen"
