"""The most a site can run, and the arithmetic of days, against slower ways to say the same."""

from __future__ import annotations

from datetime import date
from random import Random

import numpy as np
import pytest

from planner.plan.audit.capacity import largest_sum
from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import Duration, add, years_between
from planner.studies import output
from planner.studies.days import build_days, day_number, day_of
from planner.studies.output import find_bottlenecks
from planner.studies.replay import replay
from tests.studies.sample import order, own, plan, sign, story


def test_one_route_runs_at_its_weakest_step() -> None:
    found = find_bottlenecks(((0,),), 1)
    assert found.most(np.array([[[7.0], [3.0]]])).tolist() == [[7, 3]]


def test_two_routes_share_a_step() -> None:
    """Own steps give 5 and 4, the shared one 7: together 7; with 20 shared 9, with an own one idle 4."""
    found = find_bottlenecks(((0,), (1,), (0, 1)), 2)
    assert found.most(np.array([[5.0, 4, 7], [5, 4, 20], [0, 4, 7]])).tolist() == [7, 9, 4]


def test_three_routes_in_a_ring_run_half_of_three_steps() -> None:
    """Each step serves two of three routes: 6, 6 and 6 give 3 each; no step alone says that."""
    found = find_bottlenecks(((0, 1), (1, 2), (0, 2)), 3)
    assert found.most(np.array([6.0, 6, 6])) == pytest.approx(9)


@pytest.mark.parametrize("seed", range(30))
def test_bottlenecks_agree_with_the_simplex_method(seed: int) -> None:
    r = Random(seed)
    routes = r.randint(1, 4)
    groups = tuple({tuple(sorted(r.sample(range(routes), r.randint(1, routes)))) for _ in range(r.randint(1, 6))})
    groups += tuple((route,) for route in range(routes) if not any(route in group for group in groups))
    found = find_bottlenecks(groups, routes)
    limits = np.array([[r.choice([0.0, 1.0, r.uniform(0, 10)]) for _ in groups] for _ in range(20)])
    for row, most in zip(limits, found.most(limits), strict=True):
        assert most == pytest.approx(sum(largest_sum(dict(zip(groups, row.tolist(), strict=True)), routes)))


def test_too_many_routes_are_solved_case_by_case() -> None:
    """Twelve routes of which each pair shares a step: too many corners to list, still the same answer."""
    groups = tuple((a, b) for a in range(12) for b in range(a))
    found = find_bottlenecks(groups, 12)
    assert found.weights is None
    assert found.most(np.full((2, 3, len(groups)), 2.0)) == pytest.approx(np.full((2, 3), 12.0))
    assert output.MOST_BASES < 12**12


def test_sites_pool_their_output_within_their_limits() -> None:
    """Two lines each: the first site may run 600 of its 1000, the second is not ready before October."""
    sites = [{"id": "a", "country": "US", "capacity_mw": 600}, {"id": "b", "country": "US", "ready": "2026-10-01"}]
    demand = {"id": "ramp", "sites": ["a", "b"], "target_mw": {"2026-Q3": 2000}, "continues": "0 years"}
    demand["shortage_cost"] = {"amount": 60, "per": "GW-year"}
    what = plan(sign("far"), *(order("far-line", 2, "2026-Q2", site=site) for site in ("a", "b")))
    case, courses = own(story(sites=sites, demand=[demand]), what)
    met = replay(case, courses.news).met["ramp"]
    assert met.short.tolist() == [[0, 0, 1400, 400, 400, 400]]


@pytest.mark.parametrize("seed", range(20))
def test_days_are_added_as_the_scenario_adds_them(seed: int) -> None:
    r = Random(seed)
    days = build_days(story())
    starts = [date(r.randint(1990, 2100), r.randint(1, 12), r.randint(1, 28)) for _ in range(40)]
    starts += [date(2024, 2, 29), date(2026, 1, 31), date(2026, 12, 31)]
    lengths = [Duration(r.randint(0, 40), r.randint(0, 100)) for _ in range(2)]
    numbers = np.array([day_number(day) for day in starts], np.int32)
    later = days.after(numbers, *lengths)
    assert [day_of(day) for day in later] == [add(day, *lengths) for day in starts]
    assert days.years(numbers, later).tolist() == pytest.approx(
        [years_between(day, add(day, *lengths)) for day in starts], abs=1e-12
    )


def test_series_and_discount_by_day() -> None:
    """Linear between the keys, nothing before the first; 10 % a year halves nothing in no time."""
    days = build_days(story(money={"currency": "USD", "discount_rate": 0.1}))
    series = ByPeriod(points=((date(2026, 4, 1), 10.0, ""), (date(2026, 10, 1), 16.0, "")), interpolate="linear")
    numbers = np.array([day_number(day) for day in (date(2026, 1, 1), date(2026, 6, 1), date(2027, 1, 1))], np.int32)
    assert days.value(series, numbers).tolist() == pytest.approx([0, 12, 16])
    assert days.discount[numbers[[0, 2]]].tolist() == pytest.approx([1, 1 / 1.1])
    assert days.discounted_years(date(2026, 1, 1), 2) == pytest.approx((1 + 1.1 ** (-1 / 12)) / 12)
