"""The plans that are compared: without news, the same followed until news comes, in two stages, on the tree."""

from __future__ import annotations

from dataclasses import dataclass

from planner.scenario.grow import Growth
from planner.scenario.scenario import Scenario
from planner.studies.draw import find_leaves
from planner.studies.first import hold
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data, in_mode


@dataclass(frozen=True)
class Plans:
    """What was solved. ``begun``: the tree when its first decisions are those of the plan without news.

    ``followed``: when that plan is followed until the first news. Both are None when there is no plan without news.
    """

    none: Solved
    begun: Solved | None
    followed: Solved | None
    two_stage: Solved
    tree: Solved


def solve_plans(solver: Solver, data: Data, scenario: Scenario, growth: Growth) -> Plans:
    """Solve for all of them. ``scenario`` is the data's, ``growth`` its tree."""
    world = in_mode(data, "tree")
    tree, none, staged = solver.solve_all(
        [
            Ask("tree", world),
            Ask("plan without news", in_mode(data, "none")),
            Ask("two stages", in_mode(data, "two_stage")),
        ]
    )
    if none.plan is None:
        return Plans(none, None, None, staged, tree)
    begun, followed = solver.solve_all(
        [
            Ask("tree begun like the plan without news", world, hold(scenario, none.plan)),
            Ask("plan without news until news comes", world, hold(scenario, none.plan, find_trunk(growth))),
        ]
    )
    return Plans(none, begun, followed, staged, tree)


def find_trunk(growth: Growth) -> list[str]:
    """Names of the nodes while nothing happens, from today on."""
    place, found = find_leaves(growth)[0], list[str]()
    while place >= 0:
        found.append(growth.moments[place].name)
        place = growth.moments[place].parent
    return found[::-1]
