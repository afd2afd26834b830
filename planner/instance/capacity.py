"""Installed capacity: what each unit adds to each step, site and node; what a site can run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.instance.courses import Courses
from planner.instance.instance import OrderColumn, OwnContract
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree

Spot = tuple[str, str, int]
"""(step, site, node)."""


def gains_at(tree: Tree, courses: Courses) -> Iterator[tuple[tuple[str, int], float]]:
    """((step, node), MW per year) where what a unit gives changes: its rate there less its rate at the parent."""
    seen = set()
    for course, leaves in courses:
        for step, period, gain in course.gains:
            for leaf in leaves:
                spot = step, tree.path[leaf][period]
                if spot not in seen:
                    seen.add(spot)
                    yield spot, gain


def find_increments(tree: Tree, orders: tuple[OrderColumn, ...]) -> dict[Spot, tuple[tuple[int, float], ...]]:
    """What becomes effective at a node, by order."""
    found: dict[Spot, list[tuple[int, float]]] = defaultdict(list)
    known: dict[tuple[object, ...], list[tuple[list[tuple[int, float]], float]]] = {}
    for i, column in enumerate(orders):
        for placement in column.placements:
            # units that differ in price alone share their gains
            key = (column.site, placement.node, *((id(course.gains), leaves) for course, leaves in placement.courses))
            places = known.get(key)
            if places is None:
                gains = gains_at(tree, placement.courses)
                places = known[key] = [(found[step, column.site, n], gain) for (step, n), gain in gains]
            for terms, gain in places:
                terms.append((i, gain))
    return {spot: tuple(terms) for spot, terms in found.items()}


def find_installed(tree: Tree, contracts: tuple[OwnContract, ...]) -> dict[Spot, float]:
    """What becomes effective of contracts already signed, MW per year by step, site and node."""
    found: dict[Spot, float] = defaultdict(float)
    for contract in contracts:
        if "capacity" in contract.counts:
            for (step, n), gain in gains_at(tree, contract.courses):
                found[step, contract.site, n] += gain * contract.units
    return dict(found)


def find_runs(look: Lookup, tree: Tree) -> dict[tuple[str, int], float | None]:
    """(site, node) -> the most it can run there; no entry before the site is ready."""
    starts = look.scenario.calendar.starts
    return {
        (site.id, node.index): site.capacity_mw
        for site in look.scenario.sites
        for node in tree.nodes
        if site.ready is None or starts[node.period] >= site.ready
    }
