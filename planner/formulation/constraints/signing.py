"""Rule 4: orders need a frame agreement."""

from __future__ import annotations

from collections import defaultdict

from planner.formulation.decisions import Decisions
from planner.formulation.measures import futures_apart, signed_by
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def signing(data: Instance, x: Decisions) -> Rows:
    r"""Nothing is ordered from a supplier before its frame agreement is signed, which happens at most once.

    .. math:: \sum_{\tau} order_{o,s,n,\tau} \le \Big(\sum_{\tau} most_{o,s,n,\tau}\Big) \sum_{m \in path(n)} sign_{j,m},
              \qquad \sum_{m \in path(leaf)} sign_{j,m} \le 1

    One row per offer, site and node: the bound is what the slots of that node's shipments hold, never a constant.
    """
    batches: dict[tuple[str, str, str, int], dict[int, float]] = defaultdict(dict)
    for i, column in enumerate(data.orders):
        batches[column.supplier, column.offer, column.site, column.node][i] = column.most
    for (supplier, offer, site, n), most in batches.items():
        terms = {x.order[i]: 1.0 for i in most}
        terms |= {column: -sum(most.values()) for column in signed_by(data, x, supplier, n)}
        yield ("link", supplier, offer, site, data.tree.nodes[n].name), terms, -INFINITY, 0.0
    for supplier in sorted({supplier for supplier, _ in x.sign}):
        for leaf in futures_apart(data):
            terms = dict.fromkeys(signed_by(data, x, supplier, leaf), 1.0)
            yield ("once", supplier, data.tree.nodes[leaf].name), terms, -INFINITY, 1.0
