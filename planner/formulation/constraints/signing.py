"""Rule 4: orders need a frame agreement."""

from __future__ import annotations

from collections import defaultdict

from planner.formulation.decisions import Decisions
from planner.formulation.measures import signed_at, state_row
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def signing(data: Instance, x: Decisions) -> Rows:
    r"""Nothing is ordered from a supplier before its frame agreement is signed, which happens at most once.

    .. math:: \sum_{\tau} order_{o,s,n,\tau} \le \Big(\sum_{\tau} most_{o,s,n,\tau}\Big) signed_{j,n},
              \qquad signed_{j,n} = signed_{j,parent(n)} + sign_{j,n} \le 1

    One row per offer, site and node: the bound is what the slots of that node's shipments hold, never a constant.
    """
    batches: dict[tuple[str, str, str, int], dict[int, float]] = defaultdict(dict)
    for i, column in enumerate(data.orders):
        batches[column.supplier, column.offer, column.site, column.node][i] = column.most
    for (supplier, offer, site, n), most in batches.items():
        terms = {x.order[i]: 1.0 for i in most}
        terms |= signed_at(data, x, supplier, n, -sum(most.values()))
        yield ("link", supplier, offer, site, data.tree.nodes[n].name), terms, -INFINITY, 0.0
    for key in x.signed:
        yield ("signed", key[0], data.tree.nodes[key[1]].name), state_row(data, x.signed, x.sign, key), 0.0, 0.0
