"""What a plan comes to: in every future, and on average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.formulation.decisions import Decisions
from planner.instance.instance import Instance
from planner.plan.plan import Cash, FutureCost
from planner.scenario.calendar import Calendar
from planner.scenario.grow import future_name
from planner.scenario.scenario import Scenario

Floats = NDArray[np.float64]
LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class Reader:
    """Values by column, with the names of nodes and periods beside them."""

    data: Instance
    calendar: Calendar
    x: Decisions
    values: Floats

    def period(self, node: int) -> str:
        """Name of the node's period."""
        return self.calendar.names[self.data.tree.nodes[node].period]

    def name(self, node: int) -> str:
        """Name of the node."""
        return self.data.tree.nodes[node].name

    def at(self, column: int) -> float:
        """The column's value; noise of the engine below a ten-millionth is 0."""
        value = float(self.values[column])
        return value if abs(value) > LEAST else 0.0


def find_futures(read: Reader, scenario: Scenario, cash: Iterable[tuple[int, Cash]]) -> tuple[FutureCost, ...]:
    """Costs and missing MW-years of every future, from what falls at the nodes on its path."""
    data, tree = read.data, read.data.tree
    at: dict[str, dict[int, float]] = {kind: defaultdict(float) for kind in ("cash", "short", "surplus", "gap")}
    for node, line in cash:
        at["cash"][node] += data.discount[line.day] * line.amount
    for (name, n), column in read.x.short.items():
        demand, mw = data.demands[name], read.at(column)
        at["short"][n] += mw * (demand.gap_cost[n] + demand.gap_cost_after[n])
        at["gap"][n] += mw * demand.years[n]
    for (name, n), column in read.x.surplus.items():
        demand = data.demands[name]
        at["surplus"][n] += read.at(column) * (demand.surplus_cost[n] + demand.surplus_cost_after[n])
    found = []
    for leaf in tree.leaves:
        paid, short, surplus, gap = (sum(table[n] for n in tree.path[leaf]) for table in at.values())
        last = tree.nodes[leaf]
        name = future_name(scenario, last.strikes)
        found.append(FutureCost(name, last.name, last.probability, paid + short + surplus, paid, short, surplus, gap))
    return tuple(found)


def find_worst(futures: Sequence[FutureCost], tail: float) -> float:
    """Mean cost of the worst 1 - ``tail`` of the probability; the future at the edge counts in part."""
    left = share = 1 - tail
    found = 0.0
    for future in sorted(futures, key=lambda f: -f.cost):
        part = min(left, future.probability)
        found, left = found + part * future.cost, left - part
        if left <= 0:
            break
    # probabilities add up to 1 but for rounding; what is missing of the share is that
    return found / (share - max(0.0, left))


def find_measures(read: Reader, futures: Sequence[FutureCost], cash: Iterable[tuple[int, Cash]]) -> dict[str, float]:
    """Every measure: means over the futures, and those of the worst ones."""
    data, x, end, nodes = read.data, read.x, read.calendar.end, read.data.tree.nodes
    after = sum(nodes[node].probability * data.discount[line.day] * line.amount for node, line in cash if line.day >= end)
    gap_after = 0.0
    for (name, n), column in x.short.items():
        demand, mw = data.demands[name], read.at(column) * nodes[n].probability
        after, gap_after = after + mw * demand.gap_cost_after[n], gap_after + mw * demand.years_after[n]
    for (name, n), column in x.surplus.items():
        after += read.at(column) * nodes[n].probability * data.demands[name].surplus_cost_after[n]

    def mean(part: str) -> float:
        return float(sum(f.probability * getattr(f, part) for f in futures))

    expected, worst = mean("cost"), find_worst(futures, data.risk.tail)
    return {
        "expected_cost": expected,
        "cash_cost": mean("cash_cost"),
        "shortage_cost": mean("shortage_cost"),
        "surplus_cost": mean("surplus_cost"),
        "cost_inside": expected - after,
        "cost_after": after,
        "shortage": mean("shortage"),
        "shortage_after": gap_after,
        "spend": sum(
            read.at(x.order[i]) * placement.price * nodes[placement.node].probability
            for i, column in enumerate(data.orders)
            for placement in column.placements
        ),
        "cvar_cost": worst,
        "worst_cost": max(f.cost for f in futures),
        "weighted_cost": (1 - data.risk.weight) * expected + data.risk.weight * worst,
    }
