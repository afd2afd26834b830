"""What the plan does when news comes: at every node with news, against the same course of events without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isclose
from typing import TypeVar

from planner.instance.arrivals import full_rate
from planner.instance.lookup import Lookup
from planner.plan.deliveries import Blow, Post, find_blows
from planner.plan.difference import Change, find_changes
from planner.plan.paths import Paths, costs_of
from planner.plan.plan import FutureCost, Order, Plan, Signing, Vetting
from planner.scenario.news import Strike
from planner.scenario.scenario import Scenario

LEAST_MW = 1e-6
Decision = TypeVar("Decision", Vetting, Signing, Order)


@dataclass(frozen=True, slots=True)
class Reaction:
    """The news of one node and what is decided otherwise from then on while nothing more happens.

    ``before`` is the news known earlier, ``probability`` the chance from today that events come to this node.
    ``changes`` are against the path without the news of this node, ``blows`` what the news does to earlier orders.
    ``extra``: by measure, the mean over all futures through the node less the future in which nothing happens (costs
    discounted, shortage in MW-years).
    """

    node: str
    period: str
    before: tuple[Strike, ...]
    news: tuple[Strike, ...]
    probability: float
    changes: tuple[Change, ...]
    blows: tuple[Blow, ...]
    extra: dict[str, float]


@dataclass(frozen=True, slots=True)
class Switch:
    """``mw`` MW per year of a step that makers ``come`` take over from makers ``gone``."""

    step: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    mw: float


def find_reactions(scenario: Scenario, plan: Plan, paths: Paths) -> tuple[Reaction, ...]:
    """One reaction for every node at which news comes that was not certain, in order of the tree."""
    costs = {future.node: future for future in plan.futures}
    if not paths.branches or not costs:
        return ()
    nothing, post = costs_of(costs[paths.trunk[-1]]), Post(Lookup(scenario))
    decided = _decisions(plan, paths)
    found = []
    for moment in paths.moments[1:]:
        if not (news := paths.news(moment.name)):
            continue
        leaf, quiet = paths.onward(moment.name), paths.onward(paths.parent(moment.name))
        mine = decided(leaf)
        mean = mean_costs([costs[leaf] for leaf in paths.leaves(moment.name)])
        day = scenario.calendar.starts[moment.period]
        found.append(
            Reaction(
                node=moment.name,
                period=scenario.calendar.names[moment.period],
                before=paths.told(moment.name)[: -len(news)],
                news=news,
                probability=moment.probability,
                changes=find_changes(mine, decided(quiet)),
                blows=find_blows(post, mine, day, paths.at(quiet).strikes, paths.at(leaf).strikes),
                extra={key: _less(mean[key], nothing[key]) for key in mean},
            )
        )
    return tuple(found)


def _less(mean: float, nothing: float) -> float:
    """The difference; 0 where it is only rounding."""
    return 0.0 if isclose(mean, nothing, rel_tol=1e-12, abs_tol=1e-9) else mean - nothing


def _decisions(plan: Plan, paths: Paths) -> Callable[[str], Plan]:
    """A function from a leaf to the decisions of its future alone."""
    vetting, signings, orders = _by_node(plan.vetting), _by_node(plan.signings), _by_node(plan.orders)
    along: dict[str, Plan] = {}

    def decided(leaf: str) -> Plan:
        if leaf not in along:
            nodes = paths.trunk if paths.staged else paths.to(leaf)
            along[leaf] = Plan(
                vetting=tuple(item for node in nodes for item in vetting[node]),
                signings=tuple(item for node in nodes for item in signings[node]),
                orders=tuple(item for node in nodes for item in orders[node]),
            )
        return along[leaf]

    return decided


def _by_node(items: tuple[Decision, ...]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = defaultdict(list)
    for item in items:
        found[item.node].append(item)
    return found


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
        gone = {name: -mw for name, mw in gains[step].items() if mw < -LEAST_MW}
        come = {name: mw for name, mw in gains[step].items() if mw > LEAST_MW}
        if gone and come:
            mw = min(sum(gone.values()), sum(come.values()))
            found.append(Switch(step, tuple(sorted(gone)), tuple(sorted(come)), mw))
    return tuple(found)
