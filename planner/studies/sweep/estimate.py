"""What the plan at hand, kept as it is, comes to with other numbers: quick, and never below the best plan there."""

from __future__ import annotations

from planner.plan.audit import Purchase, TreeDecisions, evaluate_tree
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario

GOAL = "weighted_cost"


def read_tree_decisions(scenario: Scenario, plan: Plan) -> TreeDecisions:
    """What the plan decides, by node. Raises ValueError for a period the calendar does not have."""
    names = scenario.calendar.names
    return TreeDecisions(
        tuple((one.supplier, one.node) for one in plan.vetting),
        tuple((one.supplier, one.node) for one in plan.signings),
        tuple(
            (o.node, Purchase(o.offer, o.site, names.index(o.order_period), names.index(o.ship_period), o.units))
            for o in plan.orders
        ),
    )


def estimate(scenario: Scenario, plan: Plan) -> tuple[float | None, bool]:
    """(cost of the plan by the policy's measure with output at its best, whether it keeps every rule there).

    None where the scenario has not the nodes or names the plan decides at.
    """
    try:
        found = evaluate_tree(scenario, read_tree_decisions(scenario, plan))
    except (KeyError, ValueError):
        return None, False
    return found.measures[GOAL], not found.violations
