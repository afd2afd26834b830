"""Rule 3: the ramp is met, or the gap is counted; surplus is counted where it costs."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def demand(data: Instance, x: Decisions) -> Rows:
    r"""What runs at a demand's sites and the capacity gap together reach the target.

    .. math:: \sum_{s \in d} \sum_r output_{r,s,n} + short_{d,n} \ge target_{d,n}

    Hard demand has no short. Where surplus costs: surplus >= installed at the demand's sites - target, for every step.
    """
    for name, numbers in data.demands.items():
        for node in data.tree.nodes:
            n, target = node.index, numbers.target[node.index]
            terms = {
                x.output[route, site, n]: 1.0 for route in data.routes for site in numbers.sites if (route, site, n) in x.output
            }
            if (name, n) in x.short:
                terms[x.short[name, n]] = 1.0
            if target > 0:
                yield ("target", name, node.name), terms, target, INFINITY
            if (name, n) in x.surplus:
                for step in sorted({k for k, _, _ in x.installed}):
                    tools = {x.installed[step, site, n]: -1.0 for site in numbers.sites}
                    yield ("surplus", name, step, node.name), {x.surplus[name, n]: 1.0, **tools}, -target, INFINITY
