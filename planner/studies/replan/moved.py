"""What changing an approved plan counts: units of its later orders that are dropped or moved."""

from __future__ import annotations

from planner.plan.difference import Change, find_changes
from planner.plan.paths import Paths
from planner.plan.plan import Plan

COUNTED = ("less", "time", "ships", "site")
"""A unit that is dropped, or the same unit ordered or shipped at another time, or for another site. Units more are none."""


def count_moved(plan: Plan, approved: Plan, paths: Paths, periods: int) -> float:
    """Units of the approved plan's later orders that the plan drops or moves: mean over the futures. Both on one tree."""
    total = 0.0
    for leaf in paths.leaves(paths.trunk[0]):
        changes = find_changes(*(_after(one, paths, leaf, periods) for one in (plan, approved)))
        total += paths.at(leaf).probability * sum(c.units for c in changes if c.action == "order" and c.way in COUNTED)
    return total


def find_changes_after(plan: Plan, approved: Plan, paths: Paths, periods: int) -> tuple[Change, ...]:
    """What the plan decides otherwise after the first ``periods`` periods while nothing more happens."""
    leaf = paths.trunk[-1]
    return find_changes(_after(plan, paths, leaf, periods), _after(approved, paths, leaf, periods))


def _after(plan: Plan, paths: Paths, leaf: str, periods: int) -> Plan:
    later = frozenset(node for node in (paths.trunk if paths.staged else paths.to(leaf)) if paths.at(node).period >= periods)
    return Plan(
        vetting=tuple(d for d in plan.vetting if d.node in later),
        signings=tuple(d for d in plan.signings if d.node in later),
        orders=tuple(d for d in plan.orders if d.node in later),
    )
