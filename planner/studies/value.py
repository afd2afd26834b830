"""The value of planning for news: all costs and their differences, how far chances can be off, simple ways to buy."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from planner.errors import UsageError
from planner.scenario.grow import Growth, TooManyNodes, grow
from planner.scenario.scenario import Scenario
from planner.studies.baselines import Tried, find_ways, try_ways
from planner.studies.corners import Corner, find_corners
from planner.studies.costs import Cost, cost_of
from planner.studies.first import hold
from planner.studies.hazards import BreakEven, find_break_even
from planner.studies.plans import solve_plans
from planner.studies.ranges import Range, find_ranges
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data, in_mode
from planner.studies.worth import Worth, find_worth
from planner.vocabulary import Exit

PARTS = ("costs", "hazards", "baselines")
TRIED = ("expected_cost", "cvar_cost", "cash_cost", "shortage_cost", "surplus_cost")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Value:
    """What was found, part by part; a part that was not asked for, or cannot be, is empty.

    ``scenario`` is the one solved, in mode tree and with cost before the ramp. ``futures``: how many the tree has.
    ``code``: the exit code all solves together stand for; that a narrower question has no plan is an answer.
    """

    scenario: Scenario
    futures: int
    tree: Cost
    code: int
    worth: Worth | None = None
    ranges: tuple[Range, ...] = ()
    hazards: tuple[BreakEven, ...] = ()
    corners: tuple[Corner, ...] = ()
    tried: tuple[Tried, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; plans are left out."""
        found: dict[str, Any] = {"futures": self.futures, "tree": _plain(self.tree)}
        if self.worth:
            found |= {"costs": _plain(self.worth), "values": _plain_differences(self.worth)}
        return found | {
            "ranges": [_plain(one) for one in self.ranges],
            "hazards": [_plain(one) for one in self.hazards],
            "corners": [_plain(one) for one in self.corners],
            "baselines": [_tried(one) for one in self.tried],
        }


def find_value(solver: Solver, data: Data, parts: Collection[str], draw: tuple[int, int], tell: Tell = lambda _: None) -> Value:
    """Answer the parts asked for. ``draw``: how many random futures, with which seed; ``tell`` hears of each replay.

    Raises UsageError when the tree has more nodes than the scenario allows.
    """
    world = in_mode(data, "tree")
    scenario = Scenario.model_validate(world)
    growth = _grow(scenario)
    futures = sum(1 for moment in growth.moments if moment.period == scenario.calendar.periods - 1)
    if futures == 1:
        return Value(scenario, 1, Cost(), Exit.SOLVED)
    plans = solve_plans(solver, data, scenario, growth) if {"costs", "baselines"} & set(parts) else None
    tree = plans.tree if plans else solver.solve(Ask("tree", world))
    if tree.plan is None:
        return Value(scenario, futures, cost_of(tree), tree.code)
    worth = find_worth(solver, data, scenario, growth, plans) if plans and "costs" in parts else None
    ranges = find_ranges(scenario) if "hazards" in parts else ()
    first = hold(scenario, tree.plan)
    hazards = tuple(find_break_even(solver, data, scenario, one, first) for one in ranges)
    corners = find_corners(solver, data, growth, tree.plan, ranges)
    tried = []
    if plans and "baselines" in parts:
        for one in try_ways(find_ways(solver, data, scenario, plans), scenario, growth, draw):
            tried.append(one)
            tell(one.way.name)
    return Value(scenario, futures, cost_of(tree), _code(solver, tree), worth, ranges, hazards, corners, tuple(tried))


def _grow(scenario: Scenario) -> Growth:
    try:
        return grow(scenario)
    except TooManyNodes as error:
        allowed = scenario.futures.max_nodes
        text = f"the tree has at least {error.least} nodes; futures.max_nodes allows {allowed}: use fewer branch_at or max_shocks"
        raise UsageError(text) from None


def _code(solver: Solver, tree: Solved) -> int:
    codes = [tree.code, *(solved.code for solved in solver.known.values() if not solved.infeasible)]
    return min(codes, key=Exit.SEVERITY.index)


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _plain_differences(worth: Worth) -> dict[str, Any]:
    return {name: {**asdict(found), "distinct": found.distinct} if found else None for name, found in worth.differences.items()}


def _tried(tried: Tried) -> dict[str, Any]:
    way = {"name": tried.way.name, "about": tried.way.about, "reason": tried.way.reason}
    if tried.stress is None:
        return way
    stress = {key: asdict(getattr(tried.stress, key)) for key in TRIED}
    return {**way, **stress, "against_tree": tried.against.as_dict() if tried.against else None}
