"""The columns of the model by what they decide. Every decision is indexed by node: futures that look alike share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.formulation.problem import INFINITY, Problem
from planner.instance.instance import Fees, Instance, Key, Money
from planner.instance.shares import SPEND


@dataclass(frozen=True, slots=True)
class Decisions:
    """Column numbers. vet, sign, call: (supplier, node); batch: (offer, node); order: by place in the instance.

    begun, signed: (supplier, node), 1 once the qualification has begun, the agreement is signed; the whole decisions,
    of which vet and sign are the steps. A state that lasts makes short rows, and is the better thing to branch on.
    output: (route, site, node); short, surplus: (demand, node); installed: (step, site, node), MW per year;
    tally: (supplier, what, node), sum of the supplier's orders so far; paid: (fiscal year, node), cash of the year;
    counted: (supplier, leaf), 1 when the supplier's spend counts for the least number of suppliers;
    without: (loss, route, site, node), output that runs without the suppliers lost.
    cost: by node, present cost of the path; excess: by leaf, cost above ``edge``, where the worst futures begin;
    worst: cost of the dearest future. They exist only where futures are weighed.
    """

    vet: dict[Key, int]
    sign: dict[Key, int]
    begun: dict[Key, int]
    signed: dict[Key, int]
    call: dict[Key, int]
    batch: dict[Key, int]
    order: tuple[int, ...]
    output: dict[tuple[str, str, int], int]
    short: dict[Key, int]
    surplus: dict[Key, int]
    installed: dict[tuple[str, str, int], int]
    tally: dict[tuple[str, str, int], int]
    paid: dict[Key, int]
    counted: dict[Key, int]
    without: dict[tuple[str, str, str, int], int]
    cost: dict[int, int]
    excess: dict[int, int]
    edge: int | None
    worst: int | None

    def column(self, decision: Money) -> int:
        """The column of a decision that costs money."""
        kind, key = decision
        if isinstance(key, int):
            return self.order[key]
        return {"vet": self.vet, "sign": self.sign, "call": self.call}[kind][key]


def add_decisions(problem: Problem, data: Instance, asked: frozenset[str] = frozenset()) -> Decisions:
    """Add every column, in canonical order. ``asked``: measures in use; those of single futures need their own columns."""
    tail = bool(data.risk.weight or data.risk.most is not None or asked & {"cvar_cost", "weighted_cost"})
    each = tail or "worst_cost" in asked
    nodes, leaves = data.tree.nodes, data.tree.leaves
    sites = sorted({site for demand in data.demands.values() for site in demand.sites})
    steps = sorted({step for used in data.routes.values() for step in used})
    makers = sorted({tally.supplier for tally in data.tallies if tally.of == SPEND})
    return Decisions(
        vet={key: problem.add_column(1) for key in data.vets},
        sign={key: problem.add_column(1) for key in data.signs},
        begun={key: problem.add_column(1, whole=True) for key in _since(data, data.vets)},
        signed={key: problem.add_column(1, whole=True) for key in _since(data, data.signs)},
        call={key: problem.add_column(1, whole=True) for key in data.calls},
        batch={key: problem.add_column(1, whole=True) for key in data.batches},
        order=tuple(problem.add_column(column.most, column.whole) for column in data.orders),
        output={
            (route, site, node.index): problem.add_column()
            for route in data.routes
            for site in sites
            for node in nodes
            if (site, node.index) in data.runs
        },
        short={
            (name, node.index): problem.add_column(0.0 if demand.hard else demand.target[node.index])
            for name, demand in data.demands.items()
            for node in nodes
            if demand.target[node.index] > 0 and not demand.hard
        },
        surplus={
            (name, node.index): problem.add_column()
            for name, demand in data.demands.items()
            if demand.priced_surplus
            for node in nodes
        },
        installed={(step, site, node.index): problem.add_column() for step in steps for site in sites for node in nodes},
        tally={(t.supplier, t.of, node.index): problem.add_column() for t in data.tallies for node in nodes},
        paid={
            (budget.cash.name, n): problem.add_column(budget.amount if n in budget.ends else INFINITY, least=-INFINITY)
            for budget in data.budgets
            for n in sorted({m for end in budget.ends for m in data.tree.path[end]})
        },
        counted={(maker, leaf): problem.add_column(1, whole=True) for maker in makers for leaf in leaves}
        if data.min_suppliers
        else {},
        without={
            (loss.name, route, site, n): problem.add_column()
            for loss in data.losses
            for route in data.routes
            for site in sites
            for n in sorted({n for _, n in loss.least})
            if (site, n) in data.runs
        },
        cost={node.index: problem.add_column(least=-INFINITY) for node in nodes} if each else {},
        excess={leaf: problem.add_column() for leaf in leaves} if tail else {},
        edge=problem.add_column(least=-INFINITY) if tail else None,
        worst=problem.add_column(least=-INFINITY) if "worst_cost" in asked else None,
    )


def _since(data: Instance, table: dict[Key, Fees]) -> Iterator[Key]:
    """(supplier, node) from the first node on at which the decision can have been taken."""
    for supplier in sorted({name for name, _ in table}):
        for node in data.tree.deciding:
            if any((supplier, m) in table for m in data.tree.told[node.index]):
                yield supplier, node.index


def find_nodes(data: Instance, x: Decisions, columns: int) -> list[int]:
    """For each column the node it stands at; -1 for columns of all nodes."""
    nodes = [-1] * columns
    tables = (x.vet, x.sign, x.begun, x.signed, x.call, x.batch, x.short, x.surplus, x.paid, x.counted)
    for table in (*tables, x.output, x.installed, x.tally, x.without):
        for key, column in table.items():
            nodes[column] = key[-1]
    for single in (x.cost, x.excess):
        for node, column in single.items():
            nodes[column] = node
    for i, column in enumerate(x.order):
        nodes[column] = data.orders[i].node
    return nodes


def drop_idle_calls(data: Instance, x: Decisions, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values without purchase orders nothing is ordered with: a search that stops early may leave their fees standing."""
    ordered = [column for i, column in enumerate(data.orders) if values[x.order[i]] > 1e-6]
    makers, offers = {(c.supplier, c.node) for c in ordered}, {(c.offer, c.node) for c in ordered}
    found = values.copy()
    for table, used in ((x.call, makers), (x.batch, offers)):
        for key, column in table.items():
            if key not in used:
                found[column] = 0.0
    return found
