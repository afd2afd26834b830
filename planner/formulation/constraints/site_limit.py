"""Rule 2: what a building can run."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def site_limit(data: Instance, x: Decisions) -> Rows:
    r"""A site runs no more than its building allows, and nothing before it is ready.

    .. math:: \sum_r output_{r,s,n} \le capacity_s

    Before the site is ready no output column exists.
    """
    for (site, n), most in data.runs.items():
        terms = {x.output[route, site, n]: 1.0 for route in data.routes if (route, site, n) in x.output}
        if most is not None and terms:
            yield (site, data.tree.nodes[n].name), terms, -INFINITY, most
