"""Rule 7: minimum purchase orders and their fees."""

from __future__ import annotations

from collections import defaultdict

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance, Key


def order_size(data: Instance, x: Decisions) -> Rows:
    r"""A purchase order has at least its minimum size, and each one pays its fee.

    .. math:: least_o \, batch_{o,n} \le \sum_{s,\tau} order_{o,s,n,\tau}, \qquad
              \sum_{s} order_{o,s,n,\tau} \le most_{o,n,\tau} \, batch_{o,n}, \qquad
              \sum_{s} order_{o,s,n,\tau} \le most_{o,n,\tau} \, call_{j,n}, \qquad batch_{o,n} \le call_{j,n}

    One upper row for each shipment period: what it holds is the most one site may order, since sites share the slots,
    so a relaxed plan that fills a window pays for the whole purchase order.
    """
    made: dict[tuple[str, str, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, column in enumerate(data.orders):
        made[column.offer, column.supplier, column.node][column.ship_period].append(i)
    for (offer, supplier, n), shipments in made.items():
        name = data.tree.nodes[n].name
        batch: Key = (offer, n)
        call: Key = (supplier, n)
        if batch in x.batch:
            units = {x.order[i]: 1.0 for orders in shipments.values() for i in orders}
            yield ("minimum", offer, name), {**units, x.batch[batch]: -data.batches[batch]}, 0.0, INFINITY
            yield from _upper(data, x, ("batch", offer, name), shipments, x.batch[batch])
            if call in x.call:
                yield ("fee", offer, name), {x.batch[batch]: 1.0, x.call[call]: -1.0}, -INFINITY, 0.0
        elif call in x.call:
            yield from _upper(data, x, ("fee", offer, name), shipments, x.call[call])


def _upper(data: Instance, x: Decisions, index: tuple[str, ...], shipments: dict[int, list[int]], either: int) -> Rows:
    for period, orders in shipments.items():
        # without slots the sites share nothing, and each may order its most
        shared = all(placement.slots for i in orders for placement in data.orders[i].placements)
        each = [data.orders[i].most for i in orders]
        terms = {x.order[i]: 1.0 for i in orders}
        yield (*index, str(period)), {**terms, either: -(max(each) if shared else sum(each))}, -INFINITY, 0.0
