"""Rule 9: shares of countries, suppliers and groups."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def exposure(data: Instance, x: Decisions) -> Rows:
    r"""A country, supplier or group holds no more (or no less) than its share of spend, and of each step's capacity.

    .. math:: \sum_{o \in g} weight_o \, order_o + contracts_g \le share \Big(\sum_o weight_o \, order_o + contracts\Big)

    weight: contract price in base currency, or MW per year of the step.
    """
    for row in data.shares:
        terms = {x.order[i]: -row.limit * weight for i, weight in row.everything}
        for i, weight in row.inside:
            terms[x.order[i]] += weight
        terms = {column: weight for column, weight in terms.items() if weight}
        own = row.limit * row.everything_fixed - row.inside_fixed
        index = ("most" if row.most else "least", row.name, data.tree.nodes[row.node].name)
        yield (index, terms, -INFINITY, own) if row.most else (index, terms, own, INFINITY)
