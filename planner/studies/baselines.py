"""Simple ways to buy, the no-news plan and the tree, all replayed on the same random futures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.plan.plan import Plan
from planner.scenario.figures import ruled_out, usable_routes
from planner.scenario.grow import Growth
from planner.scenario.scenario import Scenario
from planner.studies.paired import Paired, compare
from planner.studies.plans import Plans
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.stress import Stress, stress_plan
from planner.studies.worlds import Data, from_one_supplier, in_mode, with_country_limit

SPLIT = 0.5
"""Most of all spend from the country most is bought from, for a buyer who splits."""


@dataclass(frozen=True)
class Way:
    """A way to buy. ``about``: the supplier or country it turns on. ``staged``: decisions follow the calendar, whatever comes.

    ``reason`` says why there is no plan.
    """

    name: str
    plan: Plan | None
    staged: bool = False
    about: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Tried:
    """A way to buy on random futures; ``against``: it less the tree, future by future (None for the tree itself)."""

    way: Way
    stress: Stress | None = None
    against: Paired | None = None


def find_ways(solver: Solver, data: Data, scenario: Scenario, plans: Plans) -> list[Way]:
    """All ways to buy, from the simplest to the tree."""
    return [
        _single_source(solver, data, scenario),
        _split(solver, data, scenario, plans.none),
        _way("none", plans.none, staged=True),
        _way("followed", plans.followed) if plans.followed else Way("followed", None, reason="there is no plan without news"),
        _way("two_stage", plans.two_stage, staged=True),
        _way("tree", plans.tree),
    ]


def _way(name: str, solved: Solved, *, staged: bool = False, about: str = "") -> Way:
    return Way(name, solved.plan, staged, about, solved.reason)


def find_full_line(scenario: Scenario) -> list[str]:
    """Suppliers whose own offers cover every step of some route, in order of the ids."""
    covers: dict[str, set[str]] = defaultdict(set)
    for offer in scenario.offers:
        if not ruled_out(scenario, offer):
            covers[offer.supplier] |= offer.covers.keys()
    routes = usable_routes(scenario).values()
    return sorted(name for name, steps in covers.items() if any(steps.issuperset(route) for route in routes))


def _single_source(solver: Solver, data: Data, scenario: Scenario) -> Way:
    """The cheapest plan without news that buys from one full-line supplier alone."""
    names = find_full_line(scenario)
    if not names:
        return Way("single_source", None, staged=True, reason="no supplier covers every step of a route")
    asks = [Ask(f"only {name}", in_mode(from_one_supplier(data, scenario, name), "none")) for name in names]
    found = [(solved, name) for solved, name in zip(solver.solve_all(asks), names, strict=True) if solved.value is not None]
    if not found:
        return Way("single_source", None, staged=True, reason="no full-line supplier alone keeps every other rule")
    solved, name = min(found, key=lambda pair: (pair[0].value, pair[1]))
    return _way("single_source", solved, staged=True, about=name)


def _split(solver: Solver, data: Data, scenario: Scenario, none: Solved) -> Way:
    """The plan without news with at most ``SPLIT`` of spend from the country that has most in the plan without news."""
    if none.plan is None or not none.plan.orders:
        return Way("split", None, staged=True, reason="there is no plan without news to split")
    spend: dict[str, float] = defaultdict(float)
    for order in none.plan.orders:
        spend[scenario.supplier[order.supplier].country] += order.units * order.price
    country = max(sorted(spend), key=lambda name: spend[name])
    limited = with_country_limit(data, country, SPLIT)
    return _way("split", solver.solve(Ask(f"split, {country}", in_mode(limited, "none"))), staged=True, about=country)


def try_ways(ways: list[Way], scenario: Scenario, growth: Growth, draw: tuple[int, int]) -> Iterator[Tried]:
    """Replay every way on the same futures, ``draw`` (how many, seed), the tree first; then the others in their order."""
    count, seed = draw
    tests: dict[str, Stress] = {}
    for way in sorted(ways, key=lambda way: way.name != "tree"):
        if way.plan is not None:
            world = _staged(scenario) if way.staged else scenario
            tests[way.name] = stress_plan(world, way.plan, count, seed, growth)
        tree, mine = tests.get("tree"), tests.get(way.name)
        other = compare(tree, mine) if tree and mine and way.name != "tree" else None
        yield Tried(way, mine, other)


def _staged(scenario: Scenario) -> Scenario:
    changed: dict[str, Any] = {"futures": scenario.futures.model_copy(update={"mode": "two_stage"})}
    return scenario.model_copy(update=changed)
