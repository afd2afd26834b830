"""Rule 12: a limit on the average of the worst futures."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def tail_limit(data: Instance, x: Decisions) -> Rows:
    r"""The worst futures cost no more on average than the limit.

    .. math:: edge + \frac{1}{1 - tail} \sum_l p_l \, excess_l \le limit
    """
    if data.risk.most is not None and x.edge is not None:
        chances = {x.excess[leaf]: data.tree.nodes[leaf].probability for leaf in data.tree.leaves}
        terms = {x.edge: 1.0, **{column: chance / (1 - data.risk.tail) for column, chance in chances.items()}}
        yield ("worst futures",), terms, -INFINITY, data.risk.most
