"""Rule 7: minimum purchase orders and their fees."""

from __future__ import annotations

from collections import defaultdict

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance, Key


def order_size(data: Instance, x: Decisions) -> Rows:
    r"""A purchase order has at least its minimum size, and each one pays its fee.

    .. math:: least_o \, batch_{o,n} \le \sum_{s,\tau} order_{o,s,n,\tau} \le most_{o,n} \, batch_{o,n}, \qquad
              \sum_{s,\tau} order_{o,s,n,\tau} \le most_{o,n} \, call_{j,n}, \qquad batch_{o,n} \le call_{j,n}
    """
    made: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for i, column in enumerate(data.orders):
        made[column.offer, column.supplier, column.node].append(i)
    for (offer, supplier, n), orders in made.items():
        name, most = data.tree.nodes[n].name, sum(data.orders[i].most for i in orders)
        units = {x.order[i]: 1.0 for i in orders}
        batch: Key = (offer, n)
        call: Key = (supplier, n)
        if batch in x.batch:
            yield ("minimum", offer, name), {**units, x.batch[batch]: -data.batches[batch]}, 0.0, INFINITY
            yield ("batch", offer, name), {**units, x.batch[batch]: -most}, -INFINITY, 0.0
            if call in x.call:
                yield ("fee", offer, name), {x.batch[batch]: 1.0, x.call[call]: -1.0}, -INFINITY, 0.0
        elif call in x.call:
            yield ("fee", offer, name), {**units, x.call[call]: -most}, -INFINITY, 0.0
