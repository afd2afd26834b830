"""The audit's own arithmetic by hand, and that it shares none with the model."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

import planner.plan.audit
from planner.plan.audit.capacity import largest_sum, unit_rates
from planner.plan.audit.clock import Clock, after, day_named, floor_months, months_after, read_clock, years
from planner.plan.audit.lots import Purchase, lot_of_commitment, lot_of_order, ship_periods
from planner.plan.audit.pools import bucket_of, free_slots, kept_share, read_pools
from planner.plan.audit.setting import Setting, read_setting
from planner.scenario import dates
from planner.scenario.by_period import ByPeriod, read_by_period
from planner.scenario.calendar import Calendar
from planner.scenario.scenario import Scenario

HERE = Path(planner.plan.audit.__file__).parent


# --- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 31), 13, date(2027, 6, 30)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
    ],
)
def test_months_are_clipped_to_the_end_of_the_month(day: date, months: int, found: date) -> None:
    assert months_after(day, months) == found


def test_each_duration_is_added_in_turn() -> None:
    month, week = dates.parse_duration("1 month"), dates.parse_duration("1 week")
    assert after(date(2026, 1, 31), month, month) == date(2026, 3, 28)
    assert after(date(2026, 1, 31), week, month) == date(2026, 3, 7)
    assert after(date(2026, 1, 31), dates.Duration(1, 7)) == date(2026, 3, 7)


def test_years_are_twelfths_and_odd_days() -> None:
    assert years(date(2026, 1, 1), date(2027, 4, 1)) == pytest.approx(1.25, rel=1e-15)
    assert years(date(2026, 1, 1), date(2026, 1, 31)) == pytest.approx(30 / 365.25)
    assert years(date(2026, 4, 1), date(2026, 1, 1)) == pytest.approx(-0.25)


def test_both_arithmetics_agree() -> None:
    r = Random(1)
    for _ in range(3000):
        day, other = (date(2020, 1, 1) + timedelta(days=r.randrange(5000)) for _ in range(2))
        months, days = r.randrange(40), r.randrange(100)
        assert months_after(day, months) == dates.add_months(day, months)
        assert after(day, dates.Duration(months, days)) == dates.add(day, dates.Duration(months, days))
        assert years(day, other) == pytest.approx(dates.years_between(day, other), rel=1e-12, abs=1e-15)


def test_names_of_times() -> None:
    named = {"2026": (1, 1), "2026-Q3": (7, 1), "2026-11": (11, 1), "2026-11-17": (11, 17)}
    for text, (month, day) in named.items():
        assert day_named(text) == date(2026, month, day)
    assert [day_named(text) for text in ("soon", "2026-13", "2026-02-30", "2026-Q5", "")] == [None] * 5
    assert [floor_months(date(2026, 8, 17), m) for m in (1, 3, 6, 12)] == [date(2026, m, 1) for m in (8, 7, 7, 1)]


def clock(step: str = "quarter", periods: int = 4) -> Clock:
    return read_clock(Calendar.model_validate({"start": "2026-04-01", "step": step, "periods": periods}), 0.1)


def test_periods_and_nodes() -> None:
    quarters = clock()
    assert quarters.names == ("2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1")
    assert quarters.end == date(2027, 4, 1)
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 3, 31), date(2027, 4, 1), date(2030, 1, 1))
    assert [quarters.period(day) for day in days] == [-1, 0, 2, 3, 4, 4]
    assert [quarters.named(text) for text in ("2026-Q3", "2026", "2026-12-24", "2027-04", "no")] == [1, -1, 2, -1, -1]
    assert [quarters.node(p) for p in (0, 1)] == ["root", "2026-Q3"]
    assert clock("month", 2).names == ("2026-04", "2026-05")
    assert quarters.discount(date(2027, 10, 1)) == pytest.approx(1.1**-1.5)


def test_numbers_over_time() -> None:
    quarters = clock()

    def at(value: Any, *days: date) -> list[float | None]:
        series: ByPeriod = read_by_period(value)
        return [quarters.value(series, day) for day in days]

    early, middle, late = date(2026, 1, 1), date(2026, 8, 16), date(2029, 1, 1)
    assert at(7, early, late) == [7, 7]
    assert at([1, 2, 3], early, middle, late) == [1, 2, 3]
    assert at({"2026-Q3": 5, "2027-Q1": 8}, early, middle, date(2027, 1, 1), late) == [None, 5, 8, 8]
    # from 2026-07-01 to 2027-01-01 in a straight line: on 2026-10-01 half of the way
    rising = {"2026-Q3": 4, "2027-Q1": 10, "interpolate": "linear"}
    assert at(rising, early, date(2026, 7, 1), date(2026, 10, 1), late) == [None, 4, pytest.approx(7), 10]


# --- slots -----------------------------------------------------------------------------------------------------------


def setting(step: str = "quarter", **offer: Any) -> Setting:
    tool = {"id": "tool", "supplier": "m", "covers": {"coat": 100}, "price": 1, **offer}
    contract = {"id": "c", "offer": "tool", "owner": "else", "units": 1, "ordered": "2026-01-01", "ships": "2026-05-20"}
    document = {
        "format": 1, "title": "slots", "calendar": {"start": "2026-01-01", "step": step, "periods": 6},
        "money": {"currency": "USD"}, "routes": {"r": {"steps": ["coat"]}}, "sites": [{"id": "s", "country": "US"}],
        "demand": [{"id": "d", "sites": ["s"], "target_mw": 1, "hard": True}], "suppliers": [{"id": "m", "country": "CN"}],
        "offers": [tool], "commitments": [contract],
    }  # fmt: skip
    return read_setting(Scenario.model_validate(document))


def free_and_kept(found: Setting, day: date, period: int) -> tuple[float, float]:
    (pool,) = read_pools(found, [lot_of_commitment(found, c) for c in found.scenario.commitments])
    free = free_slots(found, pool, bucket_of(found, pool, day))
    return free, kept_share(found, pool, free, period)


def test_windows_shorter_than_the_period_are_added_up() -> None:
    slots = {"per": "month", "2026-01": 1, "2026-05": 3}
    # April 1, May 3, June 3, less the contract of May
    assert free_and_kept(setting(slots=slots), date(2026, 6, 30), 0) == (6, 1)
    assert free_and_kept(setting("month", slots=slots), date(2026, 6, 30), 0) == (3, 1)
    assert free_and_kept(setting("month", slots=slots), date(2026, 5, 2), 0) == (2, 1)


def test_a_longer_window_takes_the_number_of_its_first_day() -> None:
    slots = {"per": "half-year", "2026-Q1": 2, "2026-Q2": 5}
    assert free_and_kept(setting(slots=slots), date(2026, 6, 1), 0) == (1, 1)
    assert free_and_kept(setting(slots=slots), date(2026, 7, 1), 0) == (5, 1)
    assert free_and_kept(setting(slots={"per": "year", "2027": 5}), date(2026, 7, 1), 0) == (0, 0)


def test_rivals_take_whole_slots_unless_units_are_divisible() -> None:
    offer = {"slots": {"per": "year", "2026": 11}, "rival_claims": {"share": 0.1, "per": "month"}}
    # six months: 0.9^6 = 0.531441 stay; of 10 free slots rivals take 4.68559, that is 4 whole ones
    assert free_and_kept(setting(**offer), date(2026, 2, 1), 2) == (10, pytest.approx(0.6))
    assert free_and_kept(setting(**offer, divisible=True), date(2026, 2, 1), 2) == (10, pytest.approx(0.531441))
    assert free_and_kept(setting(**offer), date(2026, 2, 1), 0) == (10, 1)


def test_units_there_are_in_all_are_one_window() -> None:
    claims = {"share": 0.5, "per": "year"}
    # 4 less the contract; after a year half of 3 is gone: 1 whole unit
    assert free_and_kept(setting(available_units=4, rival_claims=claims), date(2027, 2, 1), 4) == (3, pytest.approx(2 / 3))
    both = setting(available_units=4, rival_claims=claims, slots={"per": "year", "2026": 9})
    assert [pool.claims is None for pool in read_pools(both, [])] == [False, True]  # the claims are those of the slots


# --- shipment, ramp --------------------------------------------------------------------------------------------------


def test_shipment_periods() -> None:
    def allowed(p: int, **offer: Any) -> list[int]:
        found = setting(**offer)
        return list(ship_periods(found, found.offers["tool"], p))

    assert allowed(0, lead_time="4 months", order_ahead="6 months") == [1, 2, 3]
    assert allowed(0, lead_time="4 months", order_ahead="5 months") == [1, 2]
    assert allowed(0, lead_time="2 months", deinstall_time="31 days", order_ahead="0 days") == [1]  # 2026-03-01 + 31 days
    assert allowed(4) == [4, 5]
    assert allowed(4, lead_time="6 months") == []


def test_dates_of_a_lot() -> None:
    found = setting(lead_time="45 days", transit_time="2 weeks", order_ahead="1 year")
    early, late = (lot_of_order(found, Purchase("tool", "s", 0, tau, 1.0)) for tau in (0, 1))
    assert (early.ships, early.enters, early.effective) == (date(2026, 2, 15), date(2026, 3, 1), date(2026, 3, 1))
    assert (late.ships, late.enters) == (date(2026, 4, 1), date(2026, 4, 15))


def test_a_ramp_counts_from_service() -> None:
    found = setting("month", lead_time="2 weeks", ramp={"months": [1, 3], "share": [0.2, 0.6]})
    lot = lot_of_order(found, Purchase("tool", "s", 0, 0, 1.0))  # in service on 2026-01-15
    assert unit_rates(found, lot, "coat") == [0, 20, 60, 60, 100, 100]


# --- the most a site can run -----------------------------------------------------------------------------------------


def test_routes_that_share_steps() -> None:
    assert largest_sum({(0,): 7.0}, 1) == [7]
    assert largest_sum({(0,): 3.0, (1,): 4.0, (0, 1): 5.0}, 2) == [pytest.approx(3), pytest.approx(2)]
    # three routes, each pair shares a step of 1: the best runs every route at a half, which no greedy order finds
    assert sum(largest_sum({(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0}, 3)) == pytest.approx(1.5)


def test_any_routes_as_the_textbook_solver() -> None:
    r = Random(3)
    for _ in range(300):
        count = r.randint(2, 5)
        groups = {tuple(sorted(r.sample(range(count), r.randint(1, count)))) for _ in range(r.randint(1, 7))}
        groups.add(tuple(range(count)))
        limits = {group: r.choice([0.0, 1e-3, 600.0, 6e4, r.uniform(0, 100)]) for group in groups}
        x = np.array(largest_sum(limits, count))
        rows = np.array([[float(c in group) for c in range(count)] for group in limits])
        right = np.array(list(limits.values()))
        assert (x >= 0).all()
        assert (rows @ x <= right + 1e-9 * np.maximum(1, right)).all()
        assert x.sum() == pytest.approx(-linprog(-np.ones(count), rows, right).fun, rel=1e-9, abs=1e-9)


# --- independence ----------------------------------------------------------------------------------------------------

FORBIDDEN = (
    "planner.instance", "planner.formulation", "planner.solvers", "planner.solve", "planner.scenario.grow",
    "planner.scenario.news", "pulp", "highspy", "scipy", "numpy",
)  # fmt: skip
ARITHMETIC = {
    "starts", "end", "names", "months", "period_of", "first_from", "at", "numbers", "to_base", "series", "divisor", "rate",
    "covers", "counted", "wanted", "factor", "cells_per_load",
}  # fmt: skip
"""Names of computed properties and methods of the scenario's classes; as plain fields some mean something else."""


def test_the_audit_imports_nothing_of_the_model() -> None:
    for file in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith(FORBIDDEN), (file.name, name)
            if isinstance(node, ast.ImportFrom) and node.module == "planner.scenario.dates":
                assert {alias.name for alias in node.names} <= {"Duration"}, file.name


def test_the_audit_calls_none_of_the_arithmetic_of_the_scenario() -> None:
    for file in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ARITHMETIC, (file.name, node.lineno, node.func.attr)
            if isinstance(node, ast.Attribute) and node.attr in {"counted", "wanted", "factor", "cells_per_load", "divisor"}:
                raise AssertionError(f"{file.name}:{node.lineno} reads {node.attr}")
            if isinstance(node, ast.Attribute) and node.attr in {"starts", "names", "end", "months"}:
                owner = ast.unparse(node.value)
                assert "calendar" not in owner, (file.name, node.lineno, owner)
