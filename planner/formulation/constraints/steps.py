"""Rule 1: what runs needs tools for every step."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def steps(data: Instance, x: Decisions) -> Rows:
    r"""No more runs on the routes that use a step than its tools at the site can make.

    .. math:: \sum_{r \ni k} output_{r,s,n} \le installed_{k,s,n}, \qquad
              installed_{k,s,n} = installed_{k,s,parent(n)} + \sum_{o} gain_{o,k,s,n} \, order_o + contracts_{k,s,n}

    installed: MW per year, carried from the parent so that each order appears only where it changes something.
    """
    for (step, site, n), column in x.installed.items():
        parent = data.tree.nodes[n].parent
        terms = {x.order[i]: -gain for i, gain in data.capacity.get((step, site, n), ())}
        terms[column] = 1.0
        contracts = data.installed.get((step, site, n), 0.0)
        if parent >= 0:
            terms[x.installed[step, site, parent]] = -1.0
        yield ("installed", step, site, data.tree.nodes[n].name), terms, contracts, contracts
        runs = {
            x.output[route, site, n]: 1.0 for route, used in data.routes.items() if step in used and (route, site, n) in x.output
        }
        if runs:
            yield ("runs", step, site, data.tree.nodes[n].name), {**runs, column: -1.0}, -INFINITY, 0.0
