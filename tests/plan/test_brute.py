"""The enumeration finds optima worked out by hand, and agrees with ``evaluate`` on what is allowed and what it costs.

The story of most cases: four quarters of 2026, 100 MW wanted all year, each quarter short of 100 MW costs 25. A tool of
100 MW costs 40, signing its maker 10, and it is delivered three months after the order: ordered at once it serves three
quarters. Buying nothing costs 100.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

import numpy as np
import pytest

from planner.plan.audit import Decisions, Purchase, evaluate
from planner.scenario.scenario import Scenario
from tests.brute import Space, allows, best_plan, build_space, every_contracting, every_order, fits, price_orders
from tests.thorough import cases
from tests.tiny import random_tiny

Story = dict[str, Any]


def story(**changes: Any) -> Story:
    """The story above; ``offer``, ``supplier``, ``site``, ``demand`` and ``money`` update their part, others replace it."""
    found: Story = {
        "format": 1,
        "title": "story",
        "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
        "money": {"currency": "USD"},
        "routes": {"hjt": {"steps": ["coat"]}},
        "sites": [{"id": "s", "country": "US"}],
        "demand": [
            {"id": "d", "sites": ["s"], "target_mw": 100, "continues": "0 years",
             "shortage_cost": {"amount": 1, "per": "MW-year"}}
        ],
        "suppliers": [{"id": "m", "country": "CN", "signing_fee": 10}],
        "offers": [
            {
                "id": "tool", "supplier": "m", "covers": {"coat": 100}, "price": 40, "lead_time": "3 months",
                "order_ahead": "0 days", "slots": {"per": "quarter", "2026": 2},
            }
        ],
    }  # fmt: skip
    parts = {"offer": "offers", "supplier": "suppliers", "site": "sites"}
    for key, value in changes.items():
        if key in parts:
            found[parts[key]][0].update(value)
        elif key == "demand":
            found["demand"][0].update(value)
        elif key == "money":
            found["money"].update(value)
        else:
            found[key] = value
    return found


def best(document: Story) -> tuple[float | None, Decisions | None]:
    return best_plan(Scenario.model_validate(document))


def bought(decisions: Decisions | None) -> dict[tuple[str, int, int], float]:
    assert decisions is not None
    return {(order.offer, order.period, order.ships): order.units for order in decisions.orders}


def test_one_tool_at_once() -> None:
    cost, plan = best(story())
    assert cost == pytest.approx(25 + 40 + 10)
    assert plan == Decisions((), (("m", 0),), (Purchase("tool", "s", 0, 1, 1.0),))


def test_nothing_when_the_fee_is_too_high() -> None:
    cost, plan = best(story(supplier={"signing_fee": 36}))  # 25 + 40 + 36 = 101
    assert (cost, plan) == (pytest.approx(100), Decisions())


def test_the_years_after_count() -> None:
    # three tools' worth: price 240 against 75 inside and two more years of 100
    cost, plan = best(story(offer={"price": 240}, demand={"continues": "2 years"}))
    assert cost == pytest.approx(25 + 240 + 10)
    assert bought(plan) == {("tool", 0, 1): 1}


def test_a_least_order_of_two() -> None:
    assert best(story(offer={"min_order": 2}))[0] == pytest.approx(100)  # 25 + 80 + 10 = 115
    cost, plan = best(story(offer={"min_order": 2, "price": 30}))  # 25 + 60 + 10
    assert cost == pytest.approx(95)
    assert bought(plan) == {("tool", 0, 1): 2}


def test_rivals_take_whole_slots_of_what_is_left() -> None:
    # two slots a year, 200 MW wanted, sold from the second quarter on: half of two is gone by then, so a tool takes two
    offer = {"slots": {"per": "year", "2026": 2}, "valid": {"from": "2026-04-01"}, "lead_time": "0 days", "price": 20}
    document = story(offer=offer, demand={"target_mw": 200})
    assert best(document)[0] == pytest.approx(50 + 3 * 0 + 40 + 10)  # no rivals: two tools from the second quarter on
    document["offers"][0]["rival_claims"] = {"share": 0.5, "per": "quarter"}
    cost, plan = best(document)
    assert cost == pytest.approx(50 + 75 + 20 + 10)
    assert bought(plan) == {("tool", 1, 1): 1}
    document["offers"][0]["rival_claims"] = {"share": 0.45, "per": "quarter"}  # 0.9 of a slot: none
    assert best(document)[0] == pytest.approx(50 + 40 + 10)


def test_vetting_takes_a_quarter() -> None:
    supplier = {"signing_fee": 0, "vetting": {"duration": "3 months", "cost": 5}}
    cost, plan = best(story(supplier=supplier))
    assert cost == pytest.approx(5 + 50 + 40)
    assert plan == Decisions((("m", 0),), (("m", 1),), (Purchase("tool", "s", 1, 2, 1.0),))
    # a week more and it is done only for the third quarter: one quarter served for 45
    assert best(story(supplier={**supplier, "vetting": {"duration": "98 days", "cost": 5}}))[0] == pytest.approx(100)
    assert best(story(supplier=supplier, policy={"vetting_teams": 0}))[0] == pytest.approx(100)


def test_a_budget_by_fiscal_year() -> None:
    assert best(story(policy={"budget": {"per": "fiscal-year", "2026": 49}}))[0] == pytest.approx(100)
    later = {"order": 0.9, "retention": {"share": 0.1, "after": "9 months"}}  # 4 of 40 on 2027-01-01
    document = story(policy={"budget": {"per": "fiscal-year", "2026": 49}}, offer={"payment": later})
    assert best(document)[0] == pytest.approx(75)
    document["policy"]["budget"]["2027"] = 3
    assert best(document)[0] == pytest.approx(100)


def test_hard_demand_has_a_plan_or_none() -> None:
    document = story()
    del document["demand"][0]["shortage_cost"]
    document["demand"][0]["hard"] = True
    assert best(document) == (None, None)  # nothing runs in the first quarter
    document["demand"][0]["target_mw"] = {"2026-Q2": 100}
    assert best(document)[0] == pytest.approx(50)


def test_ramp_first_buys_what_cost_first_does_not() -> None:
    dear = {"price": 90}  # 25 + 90 + 10 = 125
    assert best(story(offer=dear))[0] == pytest.approx(100)
    assert best(story(offer=dear, policy={"first": "ramp"}))[0] == pytest.approx(125)


def test_two_routes_share_a_step() -> None:
    offers = [
        {
            "id": k,
            "supplier": "m",
            "covers": {k: mw},
            "price": price,
            "order_ahead": "0 days",
            "slots": {"per": "year", "2026": 1},
        }
        for k, mw, price in (("wet", 180, 10), ("coat", 100, 20), ("plate", 100, 30))
    ]
    routes = {"hjt": {"steps": ["wet", "coat"]}, "plated": {"steps": ["wet", "plate"]}}
    # 200 MW wanted all year at 1: all three give 180 (the wet bench), 20 short: 20 + 60 + 10; without plate 100 + 30 + 10
    cost, plan = best(story(offers=offers, routes=routes, demand={"target_mw": 200}))
    assert cost == pytest.approx(90)
    assert len(bought(plan)) == 3


def test_signing_later_when_the_fee_falls() -> None:
    cost, plan = best(story(supplier={"signing_fee": {"2026-Q1": 50, "2026-Q2": 0}}))
    assert cost == pytest.approx(50 + 40)  # at once: 25 + 40 + 50
    assert plan is not None
    assert plan.signings == (("m", 1),)


def test_signing_early_before_the_fee_rises() -> None:
    document = story(supplier={"signing_fee": {"2026-Q1": 5, "2026-Q2": 30}}, offer={"valid": {"from": "2026-04-01"}})
    cost, plan = best(document)
    assert cost == pytest.approx(5 + 50 + 40)
    assert plan is not None
    assert (plan.signings, plan.orders[0].period) == ((("m", 0),), 1)


def test_an_order_fee_is_paid_once_per_period() -> None:
    # 200 MW wanted from the second quarter on, both tools at once: fee 6 once
    document = story(supplier={"order_fee": 6}, demand={"target_mw": {"2026-Q2": 200}})
    cost, plan = best(document)
    assert cost == pytest.approx(80 + 10 + 6)
    assert bought(plan) == {("tool", 0, 1): 2}


def test_one_place_in_installation() -> None:
    # installation takes three months, one at a time: the second tool, effective a quarter later, serves only the last one
    site = {"install_time": "3 months", "install_limit": {"units": 1}}
    document = story(site=site, demand={"target_mw": 200}, offer={"lead_time": "0 days", "price": 20})
    cost, plan = best(document)
    # quarters: 200, 100, 0, 0 short: 75; with both at once it would be 50
    assert cost == pytest.approx(75 + 40 + 10)
    assert bought(plan) == {("tool", 0, 0): 1, ("tool", 1, 1): 1}


def test_a_share_needs_a_dearer_maker() -> None:
    document = story(demand={"target_mw": {"2026-Q2": 200}}, policy={"max_country_share": {"CN": 0.5}})
    document["suppliers"].append({"id": "n", "country": "JP"})
    document["offers"].append({**deepcopy(document["offers"][0]), "id": "other", "supplier": "n", "price": 60})
    # cheap ones only: 90 but all Chinese; one of each: 40 + 60 + 10; two dear ones: 120
    cost, plan = best(document)
    assert cost == pytest.approx(110)
    assert bought(plan) == {("tool", 0, 1): 1, ("other", 0, 1): 1}


def test_too_much_costs_too() -> None:
    # a tool of 300 MW for 100: 200 too many for three quarters at 0.1 are 15
    document = story(offer={"covers": {"coat": 300}}, demand={"surplus_cost": {"amount": 0.1, "per": "MW-year"}})
    assert best(document)[0] == pytest.approx(25 + 40 + 10 + 15)


def test_what_is_signed_already_is_paid_and_runs() -> None:
    old = {"id": "old", "offer": "tool", "site": "s", "units": 1, "ordered": "2026-01-01", "ships": "2026-04-01", "price": 33}
    assert best(story(commitments=[old])) == (pytest.approx(25 + 33), Decisions())


def test_money_later_is_worth_less() -> None:
    # 10 % a year: the tool is paid on delivery, 2026-04-01; shortage falls in January, February and March
    document = story(money={"discount_rate": 0.1}, offer={"payment": {"arrival": 1.0}})
    months = [1.1 ** (-m / 12) for m in range(4)]
    assert best(document)[0] == pytest.approx(10 + 40 * months[3] + 100 / 12 * sum(months[:3]), rel=1e-12)


def test_pins_and_sign_days() -> None:
    assert best(story(policy={"pins": [{"order": "tool", "units": 0}]}))[0] == pytest.approx(100)
    assert best(story(policy={"pins": [{"sign": "m", "period": "2026-Q4"}]}))[0] == pytest.approx(110)
    approvals = {"sign": ["2026-05-01"], "above": 34}  # more than 34 only if signed in the second quarter
    assert best(story(offer={"price": 35}, policy={"approvals": approvals}))[0] == pytest.approx(50 + 35 + 10)
    assert best(story(offer={"price": 35}, policy={"approvals": {**approvals, "above": 35}}))[0] == pytest.approx(25 + 35 + 10)


# --- the sums of the enumeration against evaluate ----------------------------------------------------------------------


def random_decisions(r: Random, space: Space) -> Decisions:
    """Mostly orders that come after a signing and within the slots, sometimes anything."""
    scenario, count = space.scenario, space.setting.clock.count
    way = r.choice(every_contracting(space))
    vettings, signings, since = way.vettings, way.signings, dict(zip(space.suppliers, way.since, strict=True))
    if r.random() < 0.2:
        makers = [s.id for s in scenario.suppliers]
        vettings = tuple((name, r.randrange(count)) for name in makers if r.random() < 0.5)
        signings = tuple((name, r.randrange(count)) for name in makers if r.random() < 0.7)
    units: dict[tuple[str, str, int, int], float] = {}
    for c, lot in enumerate(space.lots):
        order = space.columns[c]
        if r.random() < 2 / len(space.lots) and (lot.period >= since[lot.supplier.id] or r.random() < 0.1):
            units[order.offer, order.site, order.period, order.ships] = float(r.randint(1, space.most[c] + (r.random() < 0.1)))
    if r.random() < 0.1:
        offer, site = r.choice(scenario.offers), r.choice(scenario.sites)
        units[offer.id, site.id, r.randrange(count), r.randrange(count)] = 1.0
    return Decisions(vettings, signings, tuple(Purchase(*key, number) for key, number in sorted(units.items())))


def verdict_of(space: Space, decisions: Decisions) -> tuple[bool, float]:
    """What the enumeration makes of decisions: allowed or not, and their cost."""
    places = {(c.offer, c.site, c.period, c.ships): i for i, c in enumerate(space.columns)}
    row = np.zeros((1, len(space.columns)))
    for order in decisions.orders:
        place = places.get((order.offer, order.site, order.period, order.ships))
        if place is None:
            return False, 0.0
        row[0, place] = order.units
    ways = [w for w in every_contracting(space) if (w.vettings, w.signings) == (decisions.vettings, decisions.signings)]
    if not ways:
        return False, 0.0
    orders = price_orders(space, row)
    slots = all(fits(row @ weights, free).all() for weights, free in space.slot_rows)
    return bool(slots and allows(space, ways[0], orders)[0]), float(orders.cost[0] + ways[0].cost)


def test_the_sums_agree_with_evaluate() -> None:
    seen: Counter[bool] = Counter()
    for seed in cases(12, 60):
        scenario = Scenario.model_validate(random_tiny(seed))
        space, r = build_space(scenario), Random(seed)
        for _ in range(25):
            decisions = random_decisions(r, space)
            allowed, cost = verdict_of(space, decisions)
            found = evaluate(scenario, decisions)
            assert allowed == (not found.violations), (seed, decisions, found.violations)
            if allowed:
                assert cost == pytest.approx(found.measures["expected_cost"], rel=1e-9, abs=1e-9), (seed, decisions)
            seen[allowed] += 1
    assert min(seen.values()) > 60, seen


def test_no_random_plan_is_cheaper_than_the_best() -> None:
    for seed in cases(8, 40, first=100):
        scenario = Scenario.model_validate(random_tiny(seed))
        space, r, (least, _) = build_space(scenario), Random(seed), best_plan(scenario)
        for _ in range(25):
            found = evaluate(scenario, random_decisions(r, space))
            if not found.violations and scenario.policy.first == "cost":
                assert least is not None
                assert found.measures["expected_cost"] >= least - 1e-9 * max(1.0, least)


# --- the generator ---------------------------------------------------------------------------------------------------


def words(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {word for key, item in value.items() for word in {key} | words(item)}
    if isinstance(value, list):
        return {word for item in value for word in words(item)}
    return {value} if isinstance(value, str) else set()


def test_the_generator_repeats_itself_and_is_small() -> None:
    for seed in range(0, 40, 8):
        document = random_tiny(seed)
        assert document == random_tiny(seed)
        space = build_space(Scenario.model_validate(document))
        assert 12 <= len(every_order(space)) * len(every_contracting(space)) <= 100_000


WANTED = {
    "month", "quarter", "half-year", "year", "interpolate", "continues", "discount_rate", "fiscal_year_starts",
    "allow_rate_path", "EUR", "GW-year", "hard", "data_centre", "surplus_cost", "ready", "capacity_mw", "install_time",
    "acceptance_time", "install_limit", "vetting", "vetting_teams", "signing_fee", "order_fee", "process_qualification",
    "qualified", "slots", "slot_use", "rival_claims", "resources", "available_units", "min_order", "install_use",
    "lead_time", "deinstall_time", "transit_time", "order_ahead", "price_hold", "escalation", "as_of", "by_site", "freight",
    "storage", "ramp", "incoterm", "DDP", "CIF", "EXW", "origin", "tags", "valid", "cell_efficiency", "min_cell_efficiency",
    "wafers_per_hour", "fat", "shipment", "arrival", "acceptance", "retention", "commitments", "counts", "owner", "duties",
    "replaces", "price and freight", "budget", "max_suppliers", "min_suppliers", "min_share", "approvals", "pins", "forbid",
    "sanctioned", "first", "two", "s1", "d1", "m1", "max_country_share", "max_supplier_share", "max_group_share",
    "min_country_share", "min_supplier_share", "min_group_share", "total", "steps", "from",
}  # fmt: skip


def test_the_generator_leaves_nothing_out() -> None:
    missing, seeds = set(WANTED), iter(range(120))
    while missing:
        missing -= words(random_tiny(next(seeds)))
