"""What each course of events costs, where futures are weighed against each other."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import running_row
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def futures_cost(data: Instance, x: Decisions) -> Rows:
    r"""The cost of every future is known, and by how much it lies above the edge of the worst ones.

    .. math:: cost_n = cost_{parent(n)} + \sum_{d\ at\ n} cash_d \, d + gap_n + surplus_n, \qquad
              excess_l \ge cost_l - edge, \qquad worst \ge cost_l

    Money is discounted. A payment stands where the future in which it falls due turns off, so that rows stay short.
    """
    for n in x.cost:
        terms, low, high = running_row(data, x, data.risk.cost, n, x.cost.__getitem__)
        for name, demand in data.demands.items():
            if (name, n) in x.short:
                terms[x.short[name, n]] = -(demand.gap_cost[n] + demand.gap_cost_after[n])
            if (name, n) in x.surplus:
                terms[x.surplus[name, n]] = -(demand.surplus_cost[n] + demand.surplus_cost_after[n])
        yield ("cost", data.tree.nodes[n].name), terms, low, high
    for leaf in data.tree.leaves if x.cost else ():
        name = data.tree.nodes[leaf].name
        if x.edge is not None:
            yield ("excess", name), {x.excess[leaf]: 1.0, x.cost[leaf]: -1.0, x.edge: 1.0}, 0.0, INFINITY
        if x.worst is not None:
            yield ("worst", name), {x.worst: 1.0, x.cost[leaf]: -1.0}, 0.0, INFINITY
