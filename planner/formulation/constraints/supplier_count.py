"""Rule 10: how many suppliers."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import futures_apart, most_spent, placed_on, signed_at
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance
from planner.instance.shares import SPEND


def supplier_count(data: Instance, x: Decisions) -> Rows:
    r"""At most so many frame agreements; at least so many suppliers with a real share of spend.

    .. math:: \sum_{j} signed_{j,leaf} \le most, \qquad \sum_j counted_{j,leaf} \ge least, \qquad
              spend_j \ge min\_share \cdot spend - M (1 - counted_j)

    M is what ``min_share`` of all that can be ordered would cost.
    """
    makers = sorted({supplier for supplier, _ in x.sign})
    for leaf in futures_apart(data) if data.max_suppliers is not None else ():
        terms = {column: 1.0 for maker in makers for column in signed_at(data, x, maker, leaf, 1.0)}
        yield ("most", data.tree.nodes[leaf].name), terms, -INFINITY, float(data.max_suppliers or 0)
    for leaf in data.tree.leaves if data.min_suppliers else ():
        if data.min_suppliers:
            name = data.tree.nodes[leaf].name
            counted = {column: 1.0 for (_, n), column in x.counted.items() if n == leaf}
            yield ("least", name), counted, float(data.min_suppliers), INFINITY
            yield from _counting(data, x, leaf)


def _counting(data: Instance, x: Decisions, leaf: int) -> Rows:
    spend = {tally.supplier: tally for tally in data.tallies if tally.of == SPEND}
    contracts = sum(tally.fixed for tally in spend.values())
    most = sum(most_spent(data, tally, leaf) for tally in spend.values())
    big = data.min_share * (contracts + most)
    for maker, tally in spend.items():
        counted = x.counted[maker, leaf]
        terms = {x.tally[other, SPEND, leaf]: (other == maker) - data.min_share for other in spend}
        own = data.min_share * contracts - tally.fixed
        yield ("counted", maker, data.tree.nodes[leaf].name), {**terms, counted: -big}, own - big, INFINITY
        if tally.fixed <= 0:
            # a supplier nothing is bought from never counts, even when nothing is bought at all
            prices = [price * (1.0 if data.orders[i].whole else 1e-3) for i, price in placed_on(data, tally, leaf)]
            least = min(prices, default=1.0)
            yield (
                ("bought", maker, data.tree.nodes[leaf].name),
                {x.tally[maker, SPEND, leaf]: -1.0, counted: least},
                -INFINITY,
                0.0,
            )
