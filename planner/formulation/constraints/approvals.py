"""Rule 4, large signings: only on approval days."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import signed_by
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def approvals(data: Instance, x: Decisions) -> Rows:
    r"""A supplier gets more orders than the amount only if its frame agreement was signed in an approval period.

    .. math:: \sum_{o \in j} price_o \, order_o \le above + M \sum_{m \in approved} sign_{j,m}

    M is what all the supplier's possible orders on the path would cost.
    """
    if data.approvals is None:
        return
    above, approved = data.approvals
    for supplier in sorted({supplier for supplier, _ in x.sign}):
        for leaf in data.tree.leaves:
            path = set(data.tree.path[leaf])
            orders = [i for i, c in enumerate(data.orders) if c.supplier == supplier and c.node in path]
            big = sum(data.orders[i].price * data.orders[i].most for i in orders)
            if big <= above:
                continue
            terms = {x.order[i]: data.orders[i].price for i in orders if data.orders[i].price}
            terms |= {x.sign[supplier, m]: -big for m in approved & path if (supplier, m) in x.sign}
            yield (supplier, data.tree.nodes[leaf].name), terms, -INFINITY, above
