"""Rule 9: shares of countries, suppliers and groups."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows, Terms
from planner.instance.instance import Instance


def exposure(data: Instance, x: Decisions) -> Rows:
    r"""A country, supplier or group holds no more (or no less) than its share of spend, and of each step's capacity.

    .. math:: \sum_{j \in g} (tally_{j,n} + contracts_j) \le share \sum_j (tally_{j,n} + contracts_j)

    Spend is contract price in base currency; capacity is MW per year of the step. On the right, what by the news never
    ships is left out.
    """
    for row in data.shares:
        terms: Terms = {}
        own = 0.0
        for tally in data.tallies:
            if tally.of != row.of:
                continue
            weight = (tally.supplier in row.inside) - row.limit
            own -= weight * tally.fixed
            if weight:
                terms[x.tally[tally.supplier, tally.of, row.node]] = weight
        for i, weight in row.lost:
            terms[x.order[i]] = row.limit * weight
        own -= row.limit * row.fixed_lost
        index = ("most" if row.most else "least", row.name, row.of, data.tree.nodes[row.node].name)
        yield (index, terms, -INFINITY, own) if row.most else (index, terms, own, INFINITY)
