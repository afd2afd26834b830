"""The cost bridge by hand: one thing changes at a time, then laws on random tiny scenarios."""

from __future__ import annotations

from typing import Any

import pytest

from planner.studies.compare.bridge import Bridge, find_bridge
from tests.studies.compare.two_results import changed, planned, read_data, solved
from tests.tiny import random_tiny
from tests.tiny_tree import random_tree, without

CENT = 1e-8
"""Of a scenario in millions."""
ONE: dict[str, Any] = {
    "format": 1,
    "title": "One line a quarter later",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 6},
    "money": {"currency": "USD", "in": "millions", "discount_rate": 0.21, "rates": {"CNY": 0.125}},
    "routes": {"cell": {"steps": ["line"]}},
    "sites": [{"id": "plant", "country": "US"}],
    "demand": [
        {
            "id": "ramp", "sites": ["plant"], "target_mw": {"2026-Q3": 500}, "continues": "0 years",
            "shortage_cost": {"amount": 900, "per": "GW-year"},
        }
    ],
    "suppliers": [{"id": "maker", "country": "CN", "signing_fee": 3}],
    "offers": [
        {
            "id": "tool", "supplier": "maker", "covers": {"line": 500}, "price": {"amount": 400, "currency": "CNY"},
            "lead_time": "6 months", "freight": {"amount": 4}, "payment": {"order": 1.0},
        }
    ],
    "duties": [{"id": "tariff", "origin": "CN", "into": "US", "rate": 0.5}],
}  # fmt: skip
"""One line is bought on 1 January: 400 x 0.125 = 50 that day; on 1 July 4 of freight and 25 of duty; 3 for signing."""
SIX_MONTHS = 1 / 1.1
"""Worth on 1 January of what is paid on 1 July, at 21 % a year."""


def bridge(**changes: Any) -> Bridge:
    """From the case to the case with some values changed."""
    found = find_bridge(planned(solved(ONE)), planned(solved(changed(ONE, **changes))))
    assert abs(found.remainder) < 1e-9
    return found


def parts(found: Bridge) -> dict[str, float]:
    """The parts that are not 0."""
    return {name: amount for name, amount in found.parts.items() if abs(amount) > CENT}


def test_the_case() -> None:
    assert bridge().before == pytest.approx(50 + 3 + (4 + 25) * SIX_MONTHS)
    assert not parts(bridge())


def test_price_alone_with_the_duty_that_follows_it() -> None:
    """80 CNY more are 10, and half of that in duty half a year later."""
    assert parts(bridge(offers__0__price__amount=480)) == pytest.approx({"price": 10 + 5 * SIX_MONTHS})


def test_duty_alone() -> None:
    assert parts(bridge(duties__0__rate=0.7)) == pytest.approx({"duty": 0.2 * 50 * SIX_MONTHS})


def test_rate_of_exchange_alone() -> None:
    """A fifth more for the same 400 CNY, and for the duty on it."""
    assert parts(bridge(money__rates__CNY=0.15)) == pytest.approx({"exchange": 10 + 5 * SIX_MONTHS})


def test_freight_and_fees_alone() -> None:
    assert parts(bridge(offers__0__freight__amount=6)) == pytest.approx({"freight": 2 * SIX_MONTHS})
    assert parts(bridge(suppliers__0__signing_fee=5)) == pytest.approx({"fees": 2})


def test_delay_alone() -> None:
    """Six months more on the way: duty on 1 January 2027, and the first half year of the ramp is missing."""
    found = bridge(offers__0__transit_time="6 months")
    months = [0.5 + m / 12 for m in range(6)]
    penalty = sum(0.5 / 12 * 900 * 1.21**-years for years in months)
    assert parts(found) == pytest.approx({"timing": 25 * (SIX_MONTHS**2 - SIX_MONTHS), "penalty": penalty})


def test_penalty_alone() -> None:
    """Nothing can be delivered in time: only what the gap costs changes."""
    late = changed(ONE, offers__0__lead_time="2 years")
    found = find_bridge(planned(solved(late)), planned(solved(changed(late, demand__0__shortage_cost__amount=1000))))
    assert parts(found) == pytest.approx({"penalty": found.before / 9})


def test_volume_alone() -> None:
    """A second line: as much again of everything but the signing."""
    found = bridge(demand__0__target_mw={"2026-Q3": 1000})
    assert parts(found) == pytest.approx({"volume": 50 + 29 * SIX_MONTHS})
    assert [(row.offer, row.units_before, row.units_after) for row in found.rows] == [("tool", 1, 2), ("", 0, 0)]


def test_units_move_at_old_prices_and_then_the_price_changes() -> None:
    """A rival falls from 80 to 30: buying there costs 80 less the 50 it replaces, with duty and freight; then 50 less."""
    rival = {**ONE["offers"][0], "id": "other", "supplier": "rival", "price": {"amount": 80}}
    data = changed(ONE, offers=[ONE["offers"][0], rival], suppliers=[*ONE["suppliers"], {"id": "rival", "country": "CN"}])
    found = find_bridge(planned(solved(data)), planned(solved(changed(data, offers__1__price__amount=30))))
    duty = 1 + 0.5 * SIX_MONTHS
    assert parts(found) == pytest.approx({"volume": 30 * duty, "price": -50 * duty, "fees": -3})


def test_an_offer_that_is_new_costs_what_it_costs() -> None:
    rival = {**ONE["offers"][0], "id": "other", "price": {"amount": 30}}
    found = bridge(offers=[ONE["offers"][0], rival])
    assert parts(found) == pytest.approx({"volume": -20 * (1 + 0.5 * SIX_MONTHS)})


def test_a_currency_that_changes_is_a_price() -> None:
    found = bridge(offers__0__price={"amount": 60})
    assert parts(found) == pytest.approx({"price": 10 + 5 * SIX_MONTHS})


TWO = read_data("two-futures")


def test_other_chances_are_risk() -> None:
    """The best plan stays: 105 + 25 p."""
    found = find_bridge(planned(solved(TWO)), planned(solved(changed(TWO, shocks__0__probability=0.3))))
    assert parts(found) == pytest.approx({"risk": 25 * 0.05})


def test_weight_of_the_worst_is_risk() -> None:
    """Costs 105 and 130: half the mean 111.25, half the worst 130."""
    found = find_bridge(planned(solved(TWO)), planned(solved(changed(TWO, policy={"risk_weight": 0.5}))))
    assert parts(found) == pytest.approx({"risk": (111.25 + 130) / 2 - 111.25})


def test_from_a_plan_without_news_to_one_with() -> None:
    """Two cheap lines, 80. Then one of each, 105 if nothing happens; and 6.25 for what the stop may cost."""
    found = find_bridge(planned(solved(changed(TWO, futures={"mode": "none"}))), planned(solved(TWO)))
    assert parts(found) == pytest.approx({"volume": 25, "risk": 6.25})
    assert found.shared == pytest.approx((1.0, 0.75))


@pytest.mark.parametrize("seed", range(8))
def test_bridges_of_random_scenarios_add_up_both_ways(seed: int) -> None:
    """Between scenarios with nothing in common, and back: all parts and rows add up, and the total turns round."""
    sides = [solved({**random_tiny(2 * seed + n), "title": "same"}, gap=0.5) for n in (0, 1)]
    if any(side.plan is None for side in sides):
        pytest.skip("one of the two has no plan")
    there, back = (find_bridge(planned(sides[a]), planned(sides[1 - a])) for a in (0, 1))
    for found in (there, back):
        assert found.before + sum(found.parts.values()) == pytest.approx(found.after, abs=1e-6)
        assert abs(found.remainder) < 1e-6
        for row in found.rows:
            assert sum(row.parts.values()) == pytest.approx(row.after - row.before, abs=1e-6)
    assert there.difference == pytest.approx(-back.difference)


@pytest.mark.parametrize("subject", ["price", "currency", "refund", "stop for good", "slow licence", "after", "branch at"])
def test_bridges_between_trees_add_up(subject: str) -> None:
    """From a scenario with news to the same without what it is about, whatever futures the two share.

    Where futures, chances and weights are the same there is no part for news.
    """
    data = random_tree(subject, 1)
    other = without(subject, data)
    assert other is not None
    sides = planned(solved(data)), planned(solved(other))
    found = find_bridge(*sides)
    assert abs(found.remainder) < 1e-6
    assert sum(found.parts.values()) == pytest.approx(found.difference, abs=1e-6)
    chances = [{future.node: future.probability for future in plan.futures} for _, plan in sides]
    if chances[0] == chances[1] and not sides[0][0].policy.risk_weight:
        assert found.shared == pytest.approx((1.0, 1.0))
        assert abs(found.parts["risk"]) < 1e-6
