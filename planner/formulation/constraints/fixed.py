"""Decisions held to ask what it costs to begin like this."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import Rows
from planner.instance.instance import Instance
from planner.options import Fixed


def fixed(data: Instance, x: Decisions, fix: Fixed) -> Rows:
    r"""At some nodes exactly these decisions are taken: nobody else is vetted or signed, nothing else ordered.

    .. math:: decision = amount \qquad \forall\ decisions\ at\ the\ nodes

    A decision that does not exist at its node leaves an empty row that cannot hold, and so no plan.
    """
    nodes = data.tree.nodes
    held = {node.index for node in data.tree.deciding if node.name in fix.nodes}
    for kind, table, taken in (("vet", x.vet, fix.vet), ("sign", x.sign, fix.sign)):
        open_ = set(taken)
        for (supplier, n), column in table.items():
            if n in held:
                amount = float((nodes[n].name, supplier) in open_)
                open_.discard((nodes[n].name, supplier))
                yield (kind, supplier, nodes[n].name), {column: 1.0}, amount, amount
        for node, supplier in sorted(open_):
            yield (kind, supplier, node), {}, 1.0, 1.0
    units = {(node, offer, site, ships): amount for node, offer, site, ships, amount in fix.order}
    for i, order in enumerate(data.orders):
        if order.node in held:
            key = nodes[order.node].name, order.offer, order.site, order.ship_period
            amount = units.pop(key, 0.0)
            yield ("order", *key[:3], str(key[3])), {x.order[i]: 1.0}, amount, amount
    for key, amount in sorted(units.items()):
        yield ("order", *key[:3], str(key[3])), {}, amount, amount
