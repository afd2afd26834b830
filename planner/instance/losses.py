"""Resilience: what must still run when a country, supplier or group ships nothing from a day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from planner.instance.arrivals import Arrival
from planner.instance.courses import Courses
from planner.instance.instance import DemandNumbers, LossCase, OrderColumn, OwnContract
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.dates import add
from planner.scenario.policy import Resilience


def build_losses(
    look: Lookup,
    tree: Tree,
    orders: tuple[OrderColumn, ...],
    contracts: tuple[OwnContract, ...],
    demands: dict[str, DemandNumbers],
) -> tuple[LossCase, ...]:
    """One per resilience rule that names a node of the trunk."""
    found = []
    for number, rule in enumerate(look.scenario.policy.resilience):
        nodes = [
            n
            for n in tree.trunk
            if rule.start <= look.scenario.calendar.starts[tree.nodes[n].period] < add(rule.start, rule.window)
        ]
        least = {(name, n): rule.share * d.target[n] for name, d in demands.items() for n in nodes if d.target[n] > 0}
        if not least:
            continue
        gone = find_members(look, rule)
        by_order: dict[tuple[str, str, int], list[tuple[int, float]]] = defaultdict(list)
        by_contract: dict[tuple[str, str, int], float] = defaultdict(float)
        for i, column in enumerate(orders):
            if column.supplier in gone:
                for placement in column.placements:
                    if placement.node in tree.trunk:
                        for step, n, rate in _late(tree, rule, placement.courses, nodes):
                            by_order[step, column.site, n].append((i, rate))
        for contract in contracts:
            if contract.supplier in gone and "capacity" in contract.counts:
                for step, n, rate in _late(tree, rule, contract.courses, nodes):
                    by_contract[step, contract.site, n] += rate * contract.units
        name = f"resilience {number + 1}"
        found.append(LossCase(name, least, {spot: tuple(terms) for spot, terms in by_order.items()}, dict(by_contract)))
    return tuple(found)


def find_members(look: Lookup, rule: Resilience) -> frozenset[str]:
    """The suppliers whose loss the rule means."""
    if rule.supplier is not None:
        return frozenset({rule.supplier})
    if rule.group is not None:
        return frozenset(look.scenario.policy.groups.get(rule.group, ()))
    return frozenset(s.id for s in look.scenario.suppliers if s.country == rule.country)


def _late(tree: Tree, rule: Resilience, courses: Courses, nodes: list[int]) -> Iterable[tuple[str, int, float]]:
    """(step, node, MW per year) of a unit that ships on or after the day if nothing happens."""
    course = next((course for course, leaves in courses if tree.trunk[-1] in leaves), None)
    if course is None or not isinstance(course.fate, Arrival) or course.fate.shipped < rule.start:
        return
    for n in nodes:
        rates: dict[str, float] = defaultdict(float)
        for step, period, gain in course.gains:
            if period <= tree.nodes[n].period:
                rates[step] += gain
        for step, rate in rates.items():
            if rate:
                yield step, n, rate
