"""The capacity gaps of a plan in one course of events, each with its reasons in order."""

from __future__ import annotations

from planner.explain.shortfall.gathering import gather
from planner.explain.shortfall.reason import Gap
from planner.explain.shortfall.roads import Roads
from planner.explain.shortfall.room import Room
from planner.explain.shortfall.ways import Ways
from planner.explain.shortfall.world import World


def find_gaps(world: World, leaf: str = "") -> tuple[Gap, ...]:
    """Every gap on the path to the node ``leaf``; without one if nothing happens. By demand and period.

    A leaf that a tree too large to be looked at does not hold has none.
    """
    tree = world.data.tree
    end = world.node.get(leaf, -1) if leaf else tree.trunk[-1]
    if end < 0:
        return ()
    roads = Roads(world, Ways(world), Room(world, end), end)
    calendar = world.scenario.calendar
    found = []
    for demand in world.scenario.demand:
        for period, node in enumerate(tree.path[end]):
            short = world.short.get((demand.id, node))
            if short is not None:
                steps, held = roads.find(demand, node)
                reasons = gather(held)
                found.append(
                    Gap(
                        demand.id,
                        calendar.names[period],
                        short.node,
                        calendar.starts[period],
                        short.mw,
                        short.target,
                        steps,
                        reasons,
                    )
                )
    return tuple(found)


def find_widest(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """The widest gap of every demand, the first of equal ones."""
    found: dict[str, Gap] = {}
    for gap in gaps:
        if gap.demand not in found or gap.mw > found[gap.demand].mw:
            found[gap.demand] = gap
    return tuple(found.values())
