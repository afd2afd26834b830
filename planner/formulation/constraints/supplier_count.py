"""Rule 10: how many suppliers."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import signed_by
from planner.formulation.problem import INFINITY, Rows, Terms
from planner.instance.instance import Instance


def supplier_count(data: Instance, x: Decisions) -> Rows:
    r"""At most so many frame agreements; at least so many suppliers with a real share of spend.

    .. math:: \sum_{j} \sum_{m \in path(leaf)} sign_{j,m} \le most, \qquad \sum_j counted_{j,leaf} \ge least, \qquad
              spend_j \ge min\_share \cdot spend - M (1 - counted_j)

    M is what ``min_share`` of all that can be ordered would cost.
    """
    makers = sorted({supplier for supplier, _ in x.sign})
    for leaf in data.tree.leaves:
        name = data.tree.nodes[leaf].name
        if data.max_suppliers is not None:
            terms = {column: 1.0 for maker in makers for column in signed_by(data, x, maker, leaf)}
            yield ("most", name), terms, -INFINITY, float(data.max_suppliers)
        if data.min_suppliers:
            counted = {column: 1.0 for (_, n), column in x.counted.items() if n == leaf}
            yield ("least", name), counted, float(data.min_suppliers), INFINITY
            yield from _counting(data, x, leaf)


def _counting(data: Instance, x: Decisions, leaf: int) -> Rows:
    path, contracts = set(data.tree.path[leaf]), sum(data.fixed_spend.values())
    on_path = [i for i, column in enumerate(data.orders) if column.node in path]
    big = data.min_share * (contracts + sum(data.orders[i].price * data.orders[i].most for i in on_path))
    for (maker, n), counted in x.counted.items():
        if n != leaf:
            continue
        terms: Terms = {}
        for i in on_path:
            column = data.orders[i]
            weight = column.price * ((column.supplier == maker) - data.min_share)
            if weight:
                terms[x.order[i]] = weight
        own = data.min_share * contracts - data.fixed_spend.get(maker, 0.0)
        terms[counted] = -big
        yield ("counted", maker, data.tree.nodes[leaf].name), terms, own - big, INFINITY
        if data.fixed_spend.get(maker, 0.0) <= 0:
            # a supplier nothing is bought from never counts, even when nothing is bought at all
            bought = {x.order[i]: -1.0 for i in on_path if data.orders[i].supplier == maker}
            smallest = min((1.0 if data.orders[i].whole else 1e-6 for i in on_path if data.orders[i].supplier == maker), default=1.0)
            yield ("bought", maker, data.tree.nodes[leaf].name), {**bought, counted: smallest}, -INFINITY, 0.0
