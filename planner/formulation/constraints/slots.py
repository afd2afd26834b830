"""Rule 6: delivery slots, first come, first served."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import signed_at
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def slots(data: Instance, x: Decisions) -> Rows:
    r"""Orders for one window fit into the slots still on sale; what is taken early rivals cannot take.

    .. math:: \sum_{m \in path(n)} \frac{use_o}{keep_{p,m,w}} \, order_{o,s,m,\tau} \le free_{p,w} \, signed_{j,n}

    The right side carries the signing where one supplier owns the pool: without it the left side is 0 anyway,
    so no plan is lost and the relaxation cannot buy a full window on a part of a signing.
    """
    for row in data.slots:
        terms = {x.order[i]: use for i, use in row.terms}
        signed = signed_at(data, x, row.supplier, row.node, -row.free) if row.supplier else {}
        index = (row.pool, row.window, data.tree.nodes[row.node].name)
        if signed:
            yield index, {**terms, **signed}, -INFINITY, 0.0
        else:
            yield index, terms, -INFINITY, row.free
