"""Sums of money along every path of the tree, with as few terms as the futures allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from planner.instance.cash import CashEvent
from planner.instance.courses import Course, Courses
from planner.instance.instance import Fees, Key, Money, OrderColumn, OwnContract, RunningSum
from planner.instance.tree import Tree

Worth = Callable[[Iterable[CashEvent]], float]
Tables = tuple[tuple[str, dict[Key, Fees]], ...]
"""(vet, sign or call; fees by key)."""


def build_running_sum(
    tree: Tree, name: str, tables: Tables, orders: tuple[OrderColumn, ...], contracts: tuple[OwnContract, ...], worth: Worth
) -> RunningSum:
    """What every decision and contract adds to the sum of ``worth`` at each node."""
    terms: dict[int, list[tuple[Money, float]]] = defaultdict(list)
    worth_of = _remembered(worth)
    for kind, table in tables:
        for key, fees in table.items():
            for node, events in fees:
                if value := worth(events):
                    terms[node].append(((kind, key), value))
    for i, column in enumerate(orders):
        for placement in column.placements:
            for node, value in spread(tree, placement.node, placement.courses, worth_of):
                terms[node].append((("order", i), value))
    own: dict[int, float] = defaultdict(float)
    for contract in (c for c in contracts if "cash" in c.counts):
        for node, value in spread(tree, 0, contract.courses, worth_of):
            own[node] += contract.units * value
    return RunningSum(name, {node: tuple(found) for node, found in terms.items()}, dict(own))


def _remembered(worth: Worth) -> Callable[[Course], float]:
    known: dict[int, float] = {}

    def worth_of(course: Course) -> float:
        if id(course) not in known:
            known[id(course)] = worth(course.events)
        return known[id(course)]

    return worth_of


def spread(tree: Tree, top: int, courses: Courses, worth: Callable[[Course], float]) -> list[tuple[int, float]]:
    """(node, amount) such that the amounts on the path from ``top`` to any leaf add up to the worth of its course."""
    values = {worth(course) for course, _ in courses}
    if len(values) == 1:
        value = values.pop()
        return [(top, value)] if value else []
    by_leaf = {leaf: worth(course) for course, leaves in courses for leaf in leaves}
    base = tree.leaves_below[top][0]
    found = [(top, by_leaf[base])] if by_leaf[base] else []
    for leaf, value in by_leaf.items():
        if leaf != base:
            node, neighbour = tree.turn_of[leaf]
            if difference := value - by_leaf[neighbour]:
                found.append((node, difference))
    return found
