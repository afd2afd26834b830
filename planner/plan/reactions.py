"""What the plan does when news comes: at every node with news, against the same course of events without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from planner.instance.arrivals import full_rate
from planner.plan.difference import Change, find_changes
from planner.plan.paths import Paths, costs_of, restrict_plan
from planner.plan.plan import FutureCost, Plan
from planner.scenario.news import Strike
from planner.scenario.scenario import Scenario

LEAST_MW = 1e-6


@dataclass(frozen=True, slots=True)
class Reaction:
    """The news of one node and what is decided otherwise from then on while nothing more happens.

    ``before`` is the news known earlier, ``probability`` the chance from today that events come to this node.
    ``changes`` are against the path without the news of this node. ``extra``: by measure, the mean over all futures
    through the node less the future in which nothing happens (costs discounted, shortage in MW-years).
    """

    node: str
    period: str
    before: tuple[Strike, ...]
    news: tuple[Strike, ...]
    probability: float
    changes: tuple[Change, ...]
    extra: dict[str, float]


@dataclass(frozen=True, slots=True)
class Switch:
    """A step that other makers take over: ``gone`` and ``come`` are suppliers with less and more MW per year than before."""

    step: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def find_reactions(scenario: Scenario, plan: Plan, paths: Paths) -> tuple[Reaction, ...]:
    """One reaction for every node at which news comes that was not certain, in order of the tree."""
    costs = {future.node: future for future in plan.futures}
    if not paths.branches or not costs:
        return ()
    nothing = costs_of(costs[paths.trunk[-1]])
    along: dict[str, Plan] = {}
    found = []
    for moment in paths.moments[1:]:
        if not (news := paths.news(moment.name)):
            continue
        leaves = [paths.onward(moment.name), paths.onward(paths.parent(moment.name))]
        for leaf in leaves:
            if leaf not in along:
                along[leaf] = restrict_plan(plan, paths, leaf)
        changes = find_changes(along[leaves[0]], along[leaves[1]])
        mean = mean_costs([costs[leaf] for leaf in paths.leaves(moment.name)])
        extra = {key: mean[key] - nothing[key] for key in mean}
        before = paths.told(moment.name)[: -len(news)]
        period = scenario.calendar.names[moment.period]
        found.append(Reaction(moment.name, period, before, news, moment.probability, changes, extra))
    return tuple(found)


def mean_costs(futures: Iterable[FutureCost]) -> dict[str, float]:
    """The costs of several futures on average, weighted by their probabilities; by measure."""
    total, sums = 0.0, dict[str, float]()
    for future in futures:
        total += future.probability
        for key, value in costs_of(future).items():
            sums[key] = sums.get(key, 0.0) + future.probability * value
    return {key: value / total for key, value in sums.items()}


def find_switches(scenario: Scenario, changes: Iterable[Change]) -> tuple[Switch, ...]:
    """Steps for which some makers get less and others more than without the news, in order of the steps."""
    gains: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for change in changes:
        if change.action == "order" and change.way in ("more", "less"):
            offer, sign = scenario.offer[change.offer], 1 if change.way == "more" else -1
            for step in offer.covers:
                gains[step][change.supplier] += sign * change.units * full_rate(scenario, offer, step)
    found = []
    for step in sorted(gains):
        gone = tuple(sorted(name for name, mw in gains[step].items() if mw < -LEAST_MW))
        come = tuple(sorted(name for name, mw in gains[step].items() if mw > LEAST_MW))
        if gone and come:
            found.append(Switch(step, gone, come))
    return tuple(found)
