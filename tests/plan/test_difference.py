"""What one course of decisions does differently from another."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan.difference import Change, find_changes
from planner.plan.plan import Order, Plan, Signing, Vetting

PERIODS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


def order(units: float, period: str = "2026-Q1", ships: str = "2026-Q3", offer: str = "line", site: str = "texas") -> Order:
    day = date(2026, 1, 1)
    return Order("root", offer, f"maker of {offer}", site, units, period, ships, day, day, day, day, 1.0)


def plan(*orders: Order, vetting: tuple[Vetting, ...] = (), signings: tuple[Signing, ...] = ()) -> Plan:
    return Plan(vetting=vetting, signings=signings, orders=orders)


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, float, str, str]]:
    return [(c.action, c.way, c.units, c.period if c.way != "ships" else c.ships, c.instead) for c in changes]


def test_signing_and_qualifying_more_less_and_later() -> None:
    mine = plan(vetting=(Vetting("n", "a", "2026-Q2"),), signings=(Signing("n", "a", "2026-Q3"), Signing("n", "both", "2026-Q3")))
    theirs = plan(signings=(Signing("n", "b", "2026-Q1"), Signing("n", "both", "2026-Q2")))
    assert {(c.action, c.way, c.supplier, c.period, c.instead) for c in find_changes(mine, theirs)} == {
        ("qualify", "more", "a", "2026-Q2", ""),
        ("sign", "more", "a", "2026-Q3", ""),
        ("sign", "less", "b", "2026-Q1", ""),
        ("sign", "time", "both", "2026-Q3", "2026-Q2"),
    }


@pytest.mark.parametrize(
    ("mine", "change"),
    [
        (order(5, period="2026-Q2"), ("order", "time", 5, "2026-Q2", "2026-Q1")),
        (order(5, ships="2026-Q4"), ("order", "ships", 5, "2026-Q4", "2026-Q3")),
        (order(5, site="ohio"), ("order", "site", 5, "2026-Q1", "texas")),
        (order(5, period="2026-Q2", ships="2026-Q4"), ("order", "ships", 5, "2026-Q4", "2026-Q3")),
    ],
)
def test_the_same_units_at_another_time_or_site_are_said_as_such(mine: Order, change: tuple[object, ...]) -> None:
    assert told(find_changes(plan(mine), plan(order(5)))) == [change]


def test_what_moves_in_part_is_in_part_less() -> None:
    """Of 5 lines 3 ship later and 2 not at all."""
    changes = find_changes(plan(order(3, ships="2026-Q4")), plan(order(5)))
    assert sorted((c.way, c.units) for c in changes) == [("less", 2), ("ships", 3)]


def test_another_offer_is_not_the_same_thing() -> None:
    changes = find_changes(plan(order(5, offer="other")), plan(order(5)))
    assert sorted((c.way, c.offer) for c in changes) == [("less", "line"), ("more", "other")]


ORDERS = st.lists(
    st.builds(
        order,
        st.integers(1, 9).map(float),
        st.sampled_from(PERIODS),
        st.sampled_from(PERIODS),
        st.sampled_from(["line", "other"]),
        st.sampled_from(["texas", "ohio"]),
    ),
    max_size=6,
)


@given(ORDERS, ORDERS)
def test_changes_account_for_every_unit(mine: list[Order], theirs: list[Order]) -> None:
    """More less less is the difference of the units of every offer, and no offer has both."""
    net: dict[str, float] = defaultdict(float)
    for sign, orders in ((1, mine), (-1, theirs)):
        for item in orders:
            net[item.offer] += sign * item.units
    found: dict[str, float] = defaultdict(float)
    ways: dict[str, set[str]] = defaultdict(set)
    for change in find_changes(plan(*mine), plan(*theirs)):
        if change.way in ("more", "less"):
            found[change.offer] += change.units if change.way == "more" else -change.units
            ways[change.offer].add(change.way)
    assert {k: v for k, v in found.items() if v} == {k: pytest.approx(v) for k, v in net.items() if v}
    assert all(len(both) == 1 for both in ways.values())


@given(ORDERS)
def test_a_plan_does_not_differ_from_itself(orders: list[Order]) -> None:
    assert find_changes(plan(*orders), plan(*reversed(orders))) == ()
