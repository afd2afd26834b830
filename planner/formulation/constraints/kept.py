"""Orders that are kept but for some units, to ask what few changes cost."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance
from planner.options import Fixed


def kept(data: Instance, x: Decisions, fix: Fixed, missing: dict[int, int]) -> Rows:
    r"""Of these orders at most so many units are missing, mean over the futures; units more are free.

    .. math:: missing_o \ge amount_o - order_o, \qquad \sum_o prob_o \, missing_o \le most

    ``missing``: a column for every order that exists here, by its place in the instance (``find_kept``).
    """
    units, gone = find_kept(data, fix)
    for i, amount in units.items():
        yield ("missing", str(i)), {x.order[i]: 1.0, missing[i]: 1.0}, amount, INFINITY
    terms = {missing[i]: _chance(data, data.orders[i].node) for i in units}
    yield ("most",), terms, -INFINITY, fix.missing - gone


def find_kept(data: Instance, fix: Fixed) -> tuple[dict[int, float], float]:
    """Units by the place of the order in the instance, and the mean of units whose order does not exist here."""
    names, nodes = {node.name: node.index for node in data.tree.nodes}, data.tree.nodes
    units = {(node, offer, site, ships): amount for node, offer, site, ships, amount in fix.near}
    found = {}
    for i, order in enumerate(data.orders):
        key = nodes[order.node].name, order.offer, order.site, order.ship_period
        if key in units:
            found[i] = units.pop(key)
    return found, sum(_chance(data, names[key[0]]) * amount for key, amount in units.items() if key[0] in names)


def _chance(data: Instance, node: int) -> float:
    """Of the futures in which the decision that stands at the node is carried out."""
    return sum(data.tree.nodes[n].probability for n in data.tree.carried_out(node))
