"""Average cost against that of the worst futures by weights: with (1 - w) on the one and w on the other, as a policy has them.

A search that is guided by such a cost finds plans of large trees where one held by a limit does not. What is proven of a
weighted cost is a bound of the average cost at every limit: with (1 - w) average + w worst >= proven and worst <= limit, the
average is not below (proven - w limit) / (1 - w). And as no average is above that of the worst futures, what is proven with
any weight is a bound of the least average of the worst.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf

from planner.studies.frontier.asking import Asking
from planner.studies.frontier.known import Found
from planner.studies.solving import Ask, Solved

MOST_WEIGHT = 0.99
"""The most a policy can have."""
APART = 0.004
"""Weights closer than this ask the same question."""
SEEDS = (0.2, 0.5)
"""Asked for in any case, where the ends alone may have found one plan."""
FROM_NOTHING = 2.0
"""Times the limit of a search, for one that begins from no plan."""
BETTER = 0.002
"""Part of the cost by which a plan must be better to begin from it anew."""


def ask_weight(asking: Asking, weight: float, near: Found | None = None) -> Ask:
    """The least cost with this weight of the worst futures; from no plan, which finds other ones, with more time."""
    policy = {**(asking.data.get("policy") or {}), "risk_weight": weight}
    options, most = replace(asking.options, minimise="weighted_cost"), asking.options.time_limit
    if asking.hasty and near is None and most is not None:
        options = replace(options, time_limit=FROM_NOTHING * most)
    label = f"weight {weight:.3g} on the worst futures"
    return Ask(label, {**asking.data, "policy": policy}, options=options, near=near.plan if near else None)


def note_weight(asking: Asking, weight: float, ask: Ask, solved: Solved) -> None:
    """Keep the plan, its measures by the scenario's own weight, and what is proven."""
    if solved.bound is not None:
        asking.known.lines.append((weight, solved.bound))
    own, found = asking.scenario.policy.risk_weight, solved.measures
    if found:
        weighed = (1 - own) * found["expected_cost"] + own * found["cvar_cost"]
        solved = replace(solved, measures={**found, "weighted_cost": weighed})
    asking.note(inf, ask, solved)


def fill_by_weights(asking: Asking, count: int) -> None:
    """Ask for weights that leave too much open, at most ``count`` times.

    Between neighbours that is the weight at which both cost the same. A weight that was asked for before, the ends among
    them, is asked for again once there is a better plan to begin from.
    """
    if not asking.known.found:
        return
    tried = [(weight, min(_weigh(weight, plan) for plan in asking.known.found)) for weight in (0.0, MOST_WEIGHT)]
    left = count
    while left > 0:
        chosen = [one for one in _open_weights(asking) if _promises(asking, *one, tried)][:left]
        if not chosen:
            return
        asks = [ask_weight(asking, weight, near if _asked(weight, tried) else None) for weight, near in chosen]
        for (weight, _), ask, solved in zip(chosen, asks, asking.solve(asks), strict=True):
            note_weight(asking, weight, ask, solved)
        tried += [(weight, _weigh(weight, near)) for weight, near in chosen]
        left -= len(chosen)


def _asked(weight: float, tried: list[tuple[float, float]]) -> list[float]:
    """What the plans came to that the weight was asked for from."""
    return [start for at, start in tried if abs(at - weight) <= APART]


def _weigh(weight: float, plan: Found) -> float:
    return (1 - weight) * plan.of + weight * plan.against


def _open_weights(asking: Asking) -> list[tuple[float, Found]]:
    """Two to begin with, then those of the steps between neighbours, the highest first, and the ends; each with its best plan."""
    steps = []
    for tight, wide in pairwise(asking.known.front()):
        middle, rise, way = (tight.against + wide.against) / 2, tight.of - wide.of, wide.against - tight.against
        if not asking.known.settles(middle, asking.gap(middle)):
            steps.append((rise, round(min(rise / (rise + way), MOST_WEIGHT), 4)))
    weights = [*SEEDS, *(weight for _, weight in sorted(steps, reverse=True)), 0.0, MOST_WEIGHT]
    return [(weight, min(asking.known.found, key=lambda plan: _weigh(weight, plan))) for weight in weights]


def _promises(asking: Asking, weight: float, near: Found, tried: list[tuple[float, float]]) -> bool:
    """Whether the weight is open, and was not asked for from as good a plan before."""
    value = _weigh(weight, near)
    proven = max((bound for at, bound in asking.known.lines if abs(at - weight) <= APART), default=-inf)
    if value - proven <= asking.solver.options.gap * abs(value):
        return False
    return all(value < start - BETTER * abs(value) for start in _asked(weight, tried))
