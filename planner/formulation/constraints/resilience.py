"""Rule 11: enough runs without one country, supplier or group."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.problem import INFINITY, Rows, Terms
from planner.instance.instance import Instance, LossCase


def resilience(data: Instance, x: Decisions) -> Rows:
    r"""If these suppliers ship nothing from the day on, the other tools still reach the share of the target.

    .. math:: \sum_{r \ni k} without_{r,s,n} \le installed_{k,s,n} - \sum_{o\ lost} rate_{o,k} \, order_o, \qquad
              \sum_{s \in d} \sum_r without_{r,s,n} \ge share \cdot target_{d,n}

    On the trunk, in the periods the rule names; lost are units that ship on or after the day.
    """
    for loss in data.losses:
        for (name, n), least in loss.least.items():
            found: Terms = {
                x.without[loss.name, route, site, n]: 1.0
                for route in data.routes
                for site in data.demands[name].sites
                if (loss.name, route, site, n) in x.without
            }
            yield (loss.name, "target", name, data.tree.nodes[n].name), found, least, INFINITY
        yield from _rooms(data, x, loss)


def _rooms(data: Instance, x: Decisions, loss: LossCase) -> Rows:
    for step, site, n in x.installed:
        runs: Terms = {
            x.without[loss.name, route, site, n]: 1.0
            for route, used in data.routes.items()
            if step in used and (loss.name, route, site, n) in x.without
        }
        if runs:
            lost = {x.order[i]: rate for i, rate in loss.orders.get((step, site, n), ())}
            terms = {**runs, x.installed[step, site, n]: -1.0, **lost}
            index = (loss.name, "step", step, site, data.tree.nodes[n].name)
            yield index, terms, -INFINITY, -loss.contracts.get((step, site, n), 0.0)
    for (site, n), most in data.runs.items():
        total: Terms = {
            x.without[loss.name, route, site, n]: 1.0 for route in data.routes if (loss.name, route, site, n) in x.without
        }
        if most is not None and total:
            yield (loss.name, "site", site, data.tree.nodes[n].name), total, -INFINITY, most
