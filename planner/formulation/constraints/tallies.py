"""Running sums by supplier, so that rules on shares stay short."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import Rows
from planner.instance.instance import Instance


def tallies(data: Instance, x: Decisions) -> Rows:
    r"""What a supplier has been given so far is what it had been given before and what is ordered now.

    .. math:: tally_{j,n} = tally_{j,parent(n)} + \sum_{o \in j} weight_o \, order_{o,n}

    weight: contract price in base currency, or MW per year of a step. Contracts are added where a rule reads the sum.
    Written as equations: dense inequalities over prices made the engine's presolve loop, and are 20 times longer.
    """
    for tally in data.tallies:
        for node in data.tree.nodes:
            placed = {x.order[i]: -weight for i, weight in tally.weights.get(node.index, ())}
            terms = {x.tally[tally.supplier, tally.of, node.index]: 1.0, **placed}
            if node.parent >= 0:
                terms[x.tally[tally.supplier, tally.of, node.parent]] = -1.0
            yield (tally.supplier, tally.of, node.name), terms, 0.0, 0.0
