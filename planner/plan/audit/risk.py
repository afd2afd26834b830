"""From the measures of every future to those of the plan: means, the average of the worst, the dearest."""

from __future__ import annotations

from collections.abc import Sequence

from planner.scenario.policy import Policy


def worst_average(costs: Sequence[tuple[float, float]], tail: float) -> float:
    """Mean of the dearest 1 - ``tail`` of the probability; ``costs`` are (probability, cost), one may count in part."""
    left, total = 1.0 - tail, 0.0
    for probability, cost in sorted(costs, key=lambda pair: -pair[1]):
        part = min(probability, left)
        total += part * cost
        left -= part
    # what rounding leaves of the probability belongs to the mildest future
    return (total + left * min(cost for _, cost in costs)) / (1.0 - tail)


def plan_measures(policy: Policy, futures: Sequence[tuple[float, dict[str, float]]]) -> dict[str, float]:
    """Measures of a plan from (probability, measures) of each future."""
    found = {name: sum(chance * measures[name] for chance, measures in futures) for name in futures[0][1]}
    costs = [(chance, measures["expected_cost"]) for chance, measures in futures]
    found["cvar_cost"] = worst_average(costs, policy.tail)
    found["worst_cost"] = max(cost for _, cost in costs)
    weight = policy.risk_weight
    found["weighted_cost"] = (1 - weight) * found["expected_cost"] + weight * found["cvar_cost"]
    return found
