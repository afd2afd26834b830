"""Corners of single rules and numbers, each in a scenario of one tool and worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.plan.audit import Decisions, Purchase, evaluate
from planner.plan.audit.setting import Setting, read_setting
from planner.scenario.scenario import Scenario

Part = dict[str, Any]


def scenario(**changes: Any) -> Scenario:
    """Three quarters, maker m with a tool of 100 MW for 10, maker n with a tool of 100 MW for 30, nothing else."""
    document: Part = {
        "format": 1, "title": "corner", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 3},
        "money": {"currency": "USD"}, "routes": {"r": {"steps": ["coat"]}}, "sites": [{"id": "s", "country": "US"}],
        "demand": [{"id": "d", "sites": ["s"], "target_mw": 50, "shortage_cost": {"amount": 1, "per": "MW-year"}}],
        "suppliers": [{"id": "m", "country": "CN"}, {"id": "n", "country": "JP"}],
        "offers": [
            {"id": "a", "supplier": "m", "covers": {"coat": 100}, "price": 10},
            {"id": "b", "supplier": "n", "covers": {"coat": 100}, "price": 30},
        ],
    }  # fmt: skip
    for key, value in changes.items():
        if key in ("site", "offer", "supplier"):
            document[f"{key}s"][0].update(value)
        else:
            document[key] = value
    return Scenario.model_validate(document)


def broken(found: Scenario, *orders: tuple[str, int, float]) -> list[tuple[str, str]]:
    """(rule, place) of what orders (offer, period, units), shipped at once, break; both makers are signed at once."""
    bought = tuple(Purchase(offer, "s", p, p, units) for offer, p, units in orders)
    return [(v.rule, v.place) for v in evaluate(found, Decisions((), (("m", 0), ("n", 0)), bought)).violations]


# --- shares ----------------------------------------------------------------------------------------------------------


def test_a_share_holds_at_the_end_with_orders_of_the_last_period() -> None:
    most = scenario(policy={"max_supplier_share": {"m": 0.25}})
    assert broken(most, ("a", 0, 1), ("b", 0, 1)) == []  # 10 of 40
    assert broken(most, ("a", 0, 1), ("b", 0, 1), ("a", 2, 1)) == [("exposure", "supplier m, spend, 2026-Q3")]


def test_a_share_from_a_day_on_counts_orders_of_the_same_period() -> None:
    most = scenario(policy={"max_supplier_share": {"m": {"total": 0.5, "from": "2026-03-02"}}})
    late = [("exposure", "supplier m, spend, 2026-Q2")]
    assert broken(most, ("a", 0, 1), ("b", 2, 1)) == late  # in the first quarter it does not hold yet
    assert broken(most, ("a", 1, 1), ("b", 2, 1)) == late
    assert broken(most, ("a", 1, 1), ("b", 1, 1)) == []


def test_a_share_of_a_step_is_of_capacity_at_full_rate() -> None:
    least = scenario(
        policy={"min_country_share": {"JP": {"steps": {"coat": 0.5}}}}, offer={"ramp": {"months": [6], "share": [0.1]}}
    )
    assert broken(least, ("a", 0, 1), ("b", 0, 1)) == []
    assert broken(least, ("a", 0, 2), ("b", 0, 1)) == [("exposure", "country JP, coat, 2026-Q3")]


def test_contracts_that_count_for_exposure_dilute_a_share() -> None:
    contract = {"id": "c", "offer": "b", "site": "s", "units": 1, "ordered": "2025-06-01", "ships": "2025-07-01"}
    policy = {"max_supplier_share": {"m": 0.25}}
    assert broken(scenario(policy=policy, commitments=[contract]), ("a", 0, 1)) == []
    other = {**contract, "counts": ["capacity"]}
    assert broken(scenario(policy=policy, commitments=[other]), ("a", 0, 1)) == [("exposure", "supplier m, spend, 2026-Q3")]


def test_makers_of_weight() -> None:
    asked = scenario(policy={"min_suppliers": 2, "min_share": 0.25})
    assert broken(asked, ("a", 0, 1), ("b", 0, 1)) == []  # 10 of 40 is a quarter
    assert broken(asked, ("a", 0, 1), ("b", 0, 2)) == [("supplier count", "suppliers of weight")]
    assert broken(asked) == [("supplier count", "suppliers of weight")]  # without orders nobody has weight


def test_gifts_give_no_weight() -> None:
    free = scenario(policy={"min_suppliers": 2, "min_share": 0.0}, offer={"price": 0})
    assert broken(free, ("a", 0, 1), ("b", 0, 1)) == [("supplier count", "suppliers of weight")]


# --- installation ----------------------------------------------------------------------------------------------------


def places(limit: Any, **offer: Any) -> Scenario:
    return scenario(site={"install_time": "2 months", "install_limit": {"units": limit}}, offer=offer)


def test_the_day_after_installation_a_place_is_free() -> None:
    # two months from 01-01: done on 03-01, when the next may begin
    calendar = {"start": "2026-01-01", "step": "month", "periods": 6}
    site = {"install_time": "2 months", "install_limit": {"units": 1}}
    found = scenario(calendar=calendar, site=site)
    assert broken(found, ("b", 0, 1), ("a", 2, 1)) == []
    assert broken(found, ("b", 0, 1), ("a", 1, 1)) == [("installation", "site s, 2026-02-01")]


def test_a_limit_that_falls_while_units_are_installed() -> None:
    assert broken(places({"2026-01-01": 2, "2026-02-27": 1}), ("a", 0, 2)) == [("installation", "site s, 2026-02-27")]
    assert broken(places({"2026-01": 2, "2026-03": 1}), ("a", 0, 2)) == []  # done on 2026-03-01


def test_a_limit_that_slides() -> None:
    # from 2 on 01-01 to 1 on 07-01; on 02-28, the last day of two months, it is 2 - (1 + 27 / 30.4375) / 6
    sliding = {"2026-01-01": 2, "2026-07-01": 1, "interpolate": "linear"}
    assert broken(places(sliding, install_use=1.65), ("a", 0, 1)) == []
    assert broken(places(sliding, install_use=1.7), ("a", 0, 1)) == [("installation", "site s, 2026-02-28")]


def test_a_limit_by_list_changes_with_the_period() -> None:
    found = scenario(site={"install_time": "4 months", "install_limit": {"units": [2, 1, 1]}})
    assert broken(found, ("a", 0, 2)) == [("installation", "site s, 2026-04-01")]


def test_before_the_first_key_there_is_no_limit() -> None:
    assert broken(places({"2026-07": 0}), ("a", 0, 5)) == []


# --- numbers of the scenario -----------------------------------------------------------------------------------------


def rate(covers: Part, **routes: Part) -> float:
    return read_setting(scenario(offer={"covers": {"coat": covers}}, routes=routes)).rates["a"]["coat"]


def test_wafers_per_hour() -> None:
    one = {"steps": ["coat"], "cell_watts": 10.0}
    # 1200 cells of 10 W an hour, 8760 hours: 105.12 MW; 95 % up, 99 % good: 98.86536
    assert rate({"wafers_per_hour": 1200}, r=one) == pytest.approx(105.12, rel=1e-9)
    assert rate({"wafers_per_hour": 1200, "uptime": 0.95, "yield": 0.99}, r=one) == pytest.approx(98.86536, rel=1e-9)
    assert rate({"wafers_per_hour": 1200, "cell_watts": 5.0}, r=one) == pytest.approx(52.56)
    assert rate({"wafers_per_hour": 1200}, r=one, q={"steps": ["coat", "print"], "cell_watts": 10.0}) == pytest.approx(
        105.12, rel=1e-9
    )
    assert rate({"wafers_per_hour": 1200}, r=one, q={"steps": ["coat"], "cell_watts": 11.0}) == 0  # no common figure
    assert rate({"mw": 7, "cell_watts": 11.0}, r=one) == 7


def test_the_target_of_a_load() -> None:
    demand = {"id": "d", "sites": ["s"], "hard": True}
    centre = {"load_mw": {"2026-Q2": 40}, "load_factor": 0.8, "capacity_factor": 0.25, "dc_ac_ratio": 1.2}
    found: Setting = read_setting(scenario(demand=[{**demand, "data_centre": centre}]))
    assert [found.target(found.demand_of["s"], n) for n in range(3)] == [0, pytest.approx(153.6), pytest.approx(153.6)]


def test_a_cent_in_the_unit_of_money() -> None:
    units = {"units": 0.01, "thousands": 1e-5, "millions": 1e-8}
    assert {u: read_setting(scenario(money={"currency": "USD", "in": u})).cent for u in units} == pytest.approx(units)


def test_a_rate_path_holds_before_its_first_key() -> None:
    money = {"currency": "USD", "allow_rate_path": True, "rates": {"CNY": {"2026-Q2": 0.5, "2026-Q3": 0.25}}}
    found = read_setting(scenario(money=money))
    starts = found.clock.starts
    assert [found.exchange("CNY", day) for day in starts] == [0.5, 0.5, 0.25, 0.25]
    assert [found.exchange(code, starts[2]) for code in ("USD", None)] == [1, 1]


def test_a_contract_that_takes_more_than_one_slot_per_unit() -> None:
    contract = {"id": "c", "offer": "a", "owner": "else", "units": 2, "ordered": "2026-01-01", "ships": "2026-05-01"}
    supplier = {"slots": {"per": "year", "2026": 9}}
    found = scenario(supplier=supplier, offer={"slot_use": 3.0}, commitments=[contract])
    assert broken(found, ("a", 0, 1)) == []  # 9 - 6 leaves one
    assert broken(found, ("a", 0, 1), ("a", 1, 1)) == [("slots", "supplier m, window from 2026-01-01")]


def test_a_named_resource_used_twice_by_one_offer() -> None:
    uses = [{"resource": "glass", "units": 1.5}, {"resource": "glass", "units": 0.5}]
    pool = {"id": "glass", "slots": {"per": "quarter", "2026": 4}}
    found = scenario(resources=[pool], offer={"resources": uses})
    assert broken(found, ("a", 0, 2), ("a", 1, 2), ("b", 0, 9)) == []
    assert broken(found, ("a", 0, 3)) == [("slots", "resource glass, window from 2026-01-01")]


def test_a_route_at_the_least_efficiency_is_usable() -> None:
    def output(lowest: float) -> float:
        found = scenario(routes={"r": {"steps": ["coat"], "cell_efficiency": 0.25}}, policy={"min_cell_efficiency": lowest})
        order = Purchase("a", "s", 0, 0, 1.0)
        return sum(evaluate(found, Decisions((), (("m", 0),), (order,))).output.values())

    assert (output(0.25), output(0.2501)) == (300, 0)


# --- money -----------------------------------------------------------------------------------------------------------


def paid(found: Scenario, *orders: Purchase) -> dict[str, float]:
    """Payments by kind."""
    lines = evaluate(found, Decisions((), (("m", 0), ("n", 0)), orders)).cash_lines
    return {line.kind: sum(x.amount for x in lines if x.kind == line.kind) for line in lines}


TOOL = Purchase("a", "s", 0, 0, 1.0)


@pytest.mark.parametrize(
    ("rule", "freight", "duty"),
    [("FCA", 2, 0.5 * 12), ("EXW", 2, 0.5 * 12), ("CIF", 0, 0.5 * 10), ("DAP", 0, 0.5 * 10), ("DDP", 0, 0)],
)
def test_who_pays_freight_and_duty(rule: str, freight: float, duty: float) -> None:
    duties = [{"id": "x", "origin": "CN", "into": "US", "rate": 0.5, "of": "price and freight"}]
    found = paid(scenario(offer={"incoterm": {"rule": rule}, "freight": 2}, duties=duties), TOOL)
    assert (found.get("freight", 0), found.get("duty", 0)) == (freight, pytest.approx(duty))


def test_duties_add_up_and_replace() -> None:
    def duty(*more: Part, **offer: Any) -> float:
        base = {"id": "base", "origin": "any", "into": "US", "rate": 0.1}
        return paid(scenario(duties=[base, *more], offer=offer), TOOL).get("duty", 0.0)

    extra = {"id": "extra", "origin": "CN", "into": "US", "rate": 0.2}
    assert duty() == pytest.approx(1)
    assert duty(origin="US") == 0  # nothing is imported
    assert duty(extra) == pytest.approx(3)
    assert duty(extra, origin="JP") == pytest.approx(1)
    assert duty({**extra, "replaces": "base"}) == pytest.approx(2)
    assert duty({**extra, "replaces": "base"}, origin="JP") == pytest.approx(1)  # what does not match replaces nothing
    assert duty({**extra, "replaces": "extra"}) == pytest.approx(3)
    assert duty({**extra, "into": "DE"}) == pytest.approx(1)
    assert duty({**extra, "tags": ["pv", "tools"]}) == pytest.approx(1)
    assert duty({**extra, "tags": ["pv", "tools"]}, tags=["tools"]) == pytest.approx(3)
    assert duty({**extra, "starts": "2026-01-01"}) == pytest.approx(3)
    assert duty({**extra, "ends": "2026-01-01"}) == pytest.approx(1)


def test_a_price_holds_until_the_hold_ends() -> None:
    price = {"amount": 10, "escalation": 0.21}

    def cost(**offer: Any) -> float:
        return paid(scenario(offer={"price": price, **offer}), Purchase("a", "s", 0, 1, 1.0))["order"]

    assert cost(lead_time="3 months") == 10
    assert cost(lead_time="3 months", price_hold="3 months") == 10
    # 90 days beyond a hold of nothing, from 2026-01-01 to 04-01: a quarter of a year
    assert cost(lead_time="3 months", price_hold="0 days") == pytest.approx(10 * 1.21**0.25)
    # as of two years earlier, for a later order too, fixed on the day of order
    old = {**price, "as_of": "2024-01-01"}
    assert cost(lead_time="3 months", price=old) == pytest.approx(14.641)


def test_money_on_the_first_day_after_the_horizon_is_after_it() -> None:
    later = {"payment": {"order": 0.5, "retention": {"share": 0.5, "after": "9 months"}}}
    found = evaluate(scenario(offer=later), Decisions((), (("m", 0),), (TOOL,))).measures
    assert (found["cost_inside"], found["cost_after"], found["cash_cost"]) == (5, 5, 10)


def test_shortage_after_the_horizon_is_priced_as_in_the_last_period() -> None:
    price = {"2026-Q1": 1, "2026-Q2": 2, "2026-Q3": 5}
    demand = {"id": "d", "sites": ["s"], "target_mw": 12, "shortage_cost": {"amount": price, "per": "MW-year"}}
    found = evaluate(scenario(demand=[{**demand, "continues": "6 months"}]), Decisions()).measures
    # 12 MW for a quarter are 3 MW-years: 3 + 6 + 15, then half a year: 6 at 5
    assert (found["cost_inside"], found["cost_after"]) == (pytest.approx(24), pytest.approx(30))
    assert (found["shortage"], found["shortage_after"]) == (9, 6)
