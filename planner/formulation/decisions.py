"""The columns of the model by what they decide. Every decision is indexed by node: futures that look alike share it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.formulation.problem import Problem
from planner.instance.instance import Instance, Key
from planner.instance.shares import SPEND


@dataclass(frozen=True, slots=True)
class Decisions:
    """Column numbers. vet, sign, call: (supplier, node); batch: (offer, node); order: by place in the instance.

    output: (route, site, node); short, surplus: (demand, node); installed: (step, site, node), MW per year;
    tally: (supplier, what, node), sum of the supplier's orders so far; paid: (fiscal year, node), cash of the year;
    counted: (supplier, leaf), 1 when the supplier's spend counts for the least number of suppliers.
    """

    vet: dict[Key, int]
    sign: dict[Key, int]
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


def add_decisions(problem: Problem, data: Instance) -> Decisions:
    """Add every column, in canonical order."""
    nodes, leaves = data.tree.nodes, data.tree.leaves
    sites = sorted({site for demand in data.demands.values() for site in demand.sites})
    steps = sorted({step for used in data.routes.values() for step in used})
    makers = sorted({tally.supplier for tally in data.tallies if tally.of == SPEND})
    return Decisions(
        vet={key: problem.add_column(1, whole=True) for key in data.vets},
        sign={key: problem.add_column(1, whole=True) for key in data.signs},
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
        paid={(row.year, row.node): problem.add_column(max(0.0, row.amount)) for row in data.budgets},
        counted={(maker, leaf): problem.add_column(1, whole=True) for maker in makers for leaf in leaves}
        if data.min_suppliers
        else {},
    )


def find_stages(data: Instance, x: Decisions, columns: int) -> list[int]:
    """For each column the period its decision falls in; 0 for columns that follow from others."""
    stages = [0] * columns
    for table in (x.vet, x.sign, x.call, x.batch):
        for (_, node), column in table.items():
            stages[column] = data.tree.nodes[node].period
    for i, column in enumerate(x.order):
        stages[column] = data.tree.nodes[data.orders[i].node].period
    return stages
