"""Laws between solves, on cases small enough for gap 0."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from planner.instance.build import build_instance
from planner.options import Options
from planner.result import Result
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.formulation.test_rules import case
from tests.thorough import cases
from tests.tiny import random_tiny

EXACT = Options(gap=0.0)
SEEDS = cases(8, 40)


def answer(data: dict[str, Any]) -> Result:
    return solve(Scenario.model_validate(data), "law", EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_lists_in_the_file_changes_nothing(seed: int) -> None:
    data = random_tiny(seed)
    mixed = copy.deepcopy(data)
    shuffle = random.Random(seed)
    for part in ("suppliers", "offers", "sites", "demand", "duties", "commitments"):
        shuffle.shuffle(mixed.get(part, []))
    one, two = answer(data), answer(mixed)
    assert one.fingerprint == two.fingerprint
    assert one.plan == two.plan


@pytest.mark.parametrize("seed", SEEDS)
def test_money_times_two_costs_twice(seed: int) -> None:
    data = random_tiny(seed)
    double = copy.deepcopy(data)
    double["money"]["in"] = {"units": "thousands", "thousands": "millions", "millions": "millions"}[
        data["money"].get("in", "units")
    ]
    one, two = answer(data), answer(double)
    assert one.status == two.status
    assert one.objective == two.objective, "the unit of money is a name: numbers stay as they are"


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_offer_is_never_dearer(seed: int) -> None:
    data = random_tiny(seed)
    more = copy.deepcopy(data)
    extra = copy.deepcopy(more["offers"][0])
    more["offers"].append({**extra, "id": "extra", "price": 1e6, "available_units": 1})
    one, two = answer(data), answer(more)
    policy = data.get("policy", {})
    if one.objective is not None and not policy.get("pins") and policy.get("first") != "ramp":
        assert two.objective is not None
        assert two.objective <= one.objective + 1e-6 * max(1.0, abs(one.objective))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_slot_less_is_never_cheaper(seed: int) -> None:
    data = random_tiny(seed)
    fewer = copy.deepcopy(data)
    for offer in fewer["offers"]:
        if "available_units" in offer:
            offer["available_units"] = max(0, offer["available_units"] - 1)
        elif "slots" not in offer:
            offer["available_units"] = 1
    one, two = answer(data), answer(fewer)
    if two.objective is not None:
        assert one.objective is not None
        assert one.objective <= two.objective + 1e-6 * max(1.0, abs(two.objective))


def test_changing_only_the_calendar_step_changes_neither_slots_nor_money() -> None:
    pins = [
        {"sign": "cheap", "period": "2026-01-01"},
        {"order": "c", "units": 2, "period": "2026-01-01", "ships": "2026-04-01"},
        {"order": "c", "units": 2},
        {"order": "e", "units": 0},
    ]
    shared = {
        "policy__pins": pins,
        "money__discount_rate": 0.08,
        "offers__0__rival_claims": {"share": 0.5, "per": "quarter"},
        "offers__0__payment": {
            "order": 0.3,
            "shipment": 0.3,
            "acceptance": 0.3,
            "retention": {"share": 0.1, "after": "12 months"},
        },
        "offers__1__slots": {"per": "quarter", "2030-Q1": 1},
        "demand__0__continues": "5 years",
        "suppliers__0__signing_fee": 3,
    }
    quarter = case(**shared)
    month = case(**shared, calendar={"start": "2026-01-01", "step": "month", "periods": 12})
    one, two = answer(quarter), answer(month)
    assert one.plan is not None
    assert two.plan is not None
    assert [(c.day, c.kind, c.amount) for c in one.plan.cash] == [(c.day, c.kind, c.amount) for c in two.plan.cash]
    assert one.measures == pytest.approx(two.measures, rel=1e-12)
    free = {(row.window, row.free) for row in build_instance(Scenario.model_validate(quarter)).slots}
    assert free <= {(row.window, row.free) for row in build_instance(Scenario.model_validate(month)).slots}


def test_a_longer_horizon_moves_no_early_order() -> None:
    """Periods without slots added, ``continues`` shortened by the same time: the same orders at the same cost."""
    short = case(demand__0__continues="2 years", offers__0__slots={"per": "quarter", "2026-Q1": 2, "2026-Q4": 0})
    short["offers"][1]["slots"] = {"per": "quarter", "2026-Q1": 1, "2026-Q4": 0}
    long = copy.deepcopy(short)
    long["calendar"]["periods"] = 8
    long["demand"][0]["continues"] = "1 year"
    one, two = answer(short), answer(long)
    assert one.plan is not None
    assert two.plan is not None
    assert [(o.offer, o.units, o.ordered, o.ships) for o in one.plan.orders] == [
        (o.offer, o.units, o.ordered, o.ships) for o in two.plan.orders
    ]
    assert one.objective == pytest.approx(two.objective)


def test_a_contract_of_another_owner_takes_slots_and_gives_nothing() -> None:
    theirs = case(
        offers__0__slots={"per": "quarter", "2026-Q1": 12},
        commitments=[{"offer": "c", "owner": "sister company", "units": 12, "ordered": "2026-01-01", "ships": "2026-04-01"}],
    )
    ours = copy.deepcopy(theirs)
    ours["commitments"] = []
    taken, free = (build_instance(Scenario.model_validate(data)) for data in (theirs, ours))
    slots = {row.window: row.free for row in free.slots if row.pool == "offer c"}
    left = {row.window: row.free for row in taken.slots if row.pool == "offer c"}
    assert slots["2026-Q2"] == 12
    assert "2026-Q2" not in left
    assert slots["2026-Q3"] == left["2026-Q3"]
    assert taken.installed == free.installed == {}


def test_shortage_can_come_first() -> None:
    """Least cost leaves a gap when a unit costs more than it saves; the ramp first does not."""
    dear = case(offers__0__price=200, offers__1__price=210)
    assert answer(dear).measures["shortage"] == pytest.approx(225.0)
    dear["policy"] = {"first": "ramp"}
    found = answer(dear)
    assert found.measures["shortage"] == pytest.approx(0.0)
    assert found.objective == pytest.approx(600.0)


@pytest.mark.parametrize("measure", ["cash_cost", "shortage_cost", "shortage", "spend"])
def test_any_measure_can_be_minimised_and_is_never_worse_for_it(measure: str) -> None:
    data = case(offers__0__slots={"per": "quarter", "2026-Q1": 2}, offers__1__price=200)
    plain = answer(data)
    asked = solve(Scenario.model_validate(data), "law", Options(gap=0.0, minimise=measure))
    assert asked.audit["ok"], asked.audit["findings"]
    assert asked.measures[measure] <= plain.measures[measure] + 1e-6
    assert asked.objective == pytest.approx(asked.measures[measure], abs=1e-5)
