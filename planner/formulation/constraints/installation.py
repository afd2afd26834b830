"""Rule 14: places in installation."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def installation(data: Instance, x: Decisions) -> Rows:
    r"""Units in installation at one time fit the site and the supplier's crews.

    .. math:: \sum_{o\ in\ installation\ on\ day} places_o \, order_o \le limit

    Days are those on which an installation begins: in between the count can only fall.
    """
    for row in data.installs:
        terms = {x.order[i]: use for i, use in row.terms if use}
        yield (row.place, data.tree.nodes[row.node].name, row.day.isoformat()), terms, -INFINITY, row.places
