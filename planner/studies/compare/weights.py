"""What every future weighs in the cost a policy makes least, and which futures two plans share."""

from __future__ import annotations

from planner.plan.plan import FutureCost, Plan
from planner.scenario.policy import Policy

JOINT = "+"
"""Stands between two pieces of news in the name of a node."""


def news_of(node: str, came: str = "") -> str:
    """The news of a future from the name of its last node, empty while nothing happens.

    Names of nodes are a period and, after a stroke, the news that has come until there. ``came``: news that came before
    and is no news any more in this tree.
    """
    return JOINT.join(part for part in (came, node.partition("/")[2]) if part)


def by_news(plan: Plan, came: str = "") -> dict[str, FutureCost]:
    """The futures of a plan by their news."""
    return {news_of(future.node, came): future for future in plan.futures}


def find_weights(plan: Plan, policy: Policy, came: str = "") -> dict[str, float]:
    """By news: (1 - risk weight) x chance + risk weight x part in the worst futures; they add up to 1.

    The sum of weight x cost over the futures is the cost the policy makes least.
    """
    left = share = 1 - policy.tail
    worst: dict[str, float] = {}
    for future in sorted(plan.futures, key=lambda future: -future.cost):
        worst[future.node] = min(left, future.probability)
        left -= worst[future.node]
    known = share - max(0.0, left)
    return {
        news_of(future.node, came): (1 - policy.risk_weight) * future.probability
        + policy.risk_weight * worst[future.node] / known
        for future in plan.futures
    }


def share_futures(first: dict[str, float], second: dict[str, float]) -> dict[str, float]:
    """The weights both plans are seen with: those of the first on the futures both have, made to add up to 1."""
    both = {news: weight for news, weight in first.items() if news in second}
    total = sum(both.values())
    return {news: weight / total for news, weight in both.items()} if total > 0 else {}
