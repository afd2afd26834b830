"""The tree of futures, grown by the audit itself from the raw fields of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod

from planner.plan.audit.clock import Clock
from planner.plan.audit.news import NOTHING, Outcomes, Source, Strike, branch_periods, outcomes_of, read_sources, strike_of
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock

Choice = tuple[int, ...]
"""For each source that speaks the number of its outcome, 0 for the least news."""


@dataclass(frozen=True, slots=True)
class Node:
    """The start of ``period`` in one course of events; ``parent`` is a number in ``Tree.nodes``, -1 for the root.

    ``strikes`` is all news known there, in the order it came, ``chosen`` of them counted as shocks. ``displaced`` is the
    part of ``probability`` that stands for courses of events left out, ``held`` what is held back of shocks, by key.
    """

    name: str
    parent: int
    period: int
    probability: float
    strikes: tuple[Strike, ...] = ()
    chosen: int = 0
    displaced: float = 0.0
    held: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """All nodes, period by period, the least news first; ``paths`` are the node numbers of each future, trunk first.

    ``number`` finds a node by its name. ``staged``: decisions belong to a period and stand at the trunk's node.
    """

    nodes: tuple[Node, ...]
    paths: tuple[tuple[int, ...], ...]
    number: dict[str, int]
    staged: bool

    @property
    def cut_mass(self) -> float:
        """Probability of all courses of events that are left out."""
        return sum(self.nodes[path[-1]].displaced for path in self.paths)


def chain(clock: Clock) -> Tree:
    """The tree of a world in which nothing happens."""
    nodes = tuple(Node(clock.node(period), period - 1, period, 1.0) for period in range(clock.count))
    return Tree(nodes, (tuple(range(clock.count)),), {node.name: node.period for node in nodes}, False)


def grow_tree(scenario: Scenario, clock: Clock) -> Tree:
    """The tree of the scenario; a chain where nothing can happen."""
    sources, branches = read_sources(scenario, clock), branch_periods(scenario, clock)
    nodes = [Node("root", -1, 0, 1.0)]
    level, before = [0], 0
    for period in range(1, clock.count):
        following: list[int] = []
        for at in level:
            children = (
                _children(scenario, clock, sources, nodes[at], at, period, before)
                if period in branches
                else [_child(clock, nodes[at], at, period)]
            )
            for child in children:
                following.append(len(nodes))
                nodes.append(child)
        level, before = following, period if period in branches else before
    paths = tuple(_path(nodes, leaf) for leaf in level)
    return Tree(tuple(nodes), paths, {node.name: n for n, node in enumerate(nodes)}, scenario.futures.mode == "two_stage")


def _path(nodes: list[Node], leaf: int) -> tuple[int, ...]:
    found = [leaf]
    while nodes[found[-1]].parent >= 0:
        found.append(nodes[found[-1]].parent)
    return tuple(reversed(found))


def _child(
    clock: Clock,
    node: Node,
    at: int,
    period: int,
    more: tuple[Strike, ...] = (),
    changes: tuple[float, float, dict[str, float]] | None = None,
) -> Node:
    probability, displaced, held = changes or (node.probability, node.displaced, node.held)
    strikes = node.strikes + more
    chosen = node.chosen + sum(not strike.expected for strike in more)
    return Node(_name(clock, period, strikes), at, period, probability, strikes, chosen, displaced, held)


def _name(clock: Clock, period: int, strikes: tuple[Strike, ...]) -> str:
    news = [
        f"{s.source}:{s.outcome}@{clock.names[s.period]}" if s.outcome else f"{s.source}@{clock.names[s.period]}"
        for s in strikes
        if not s.expected
    ]
    return clock.names[period] + ("/" + "+".join(news) if news else "")


def _children(
    scenario: Scenario, clock: Clock, sources: tuple[Source, ...], node: Node, at: int, period: int, before: int
) -> Iterator[Node]:
    struck = frozenset(strike.source for strike in node.strikes if not strike.outcome)
    speaking: list[tuple[Source, Outcomes]] = []
    for source in sources:
        held = node.held.get(source.key, 0.0) / node.probability
        outcomes = outcomes_of(scenario, clock, source, period, before, struck, held)
        if outcomes:
            speaking.append((source, outcomes))
    room = scenario.futures.max_shocks - node.chosen
    choices = product(*(range(len(outcomes)) for _, outcomes in speaking))
    shares = product(*(tuple(chance for _, chance in outcomes) for _, outcomes in speaking))
    chances = {choice: node.probability * prod(parts) for choice, parts in zip(choices, shares, strict=True)}
    kept = [
        choice
        for choice, chance in chances.items()
        if _count(choice) == 0 or (_count(choice) <= room and chance >= scenario.futures.min_probability)
    ]
    kept.sort(key=lambda choice: (-_count(choice), choice))
    news = [(other, [(n, i) for n, i in enumerate(other) if i]) for other in kept]
    gained, held_back = dict.fromkeys(kept, 0.0), {}
    for choice, chance in chances.items():
        if choice not in gained:
            gained[_nearest(choice, news)] += chance
            if _count(choice) == 1 and room >= 1:
                source = speaking[next(n for n, i in enumerate(choice) if i)][0]
                if source.speaks is None:
                    held_back[source.key] = chance
    for choice in sorted(kept, key=lambda choice: (_count(choice), choice)):
        said = [(source, outcomes[i][0], i == 0) for (source, outcomes), i in zip(speaking, choice, strict=True)]
        strikes = tuple(strike_of(clock, source, name, period, least) for source, name, least in said if name != NOTHING)
        displaced = gained[choice] + chances[choice] * node.displaced / node.probability
        changes = chances[choice] + gained[choice], displaced, {} if _count(choice) else held_back
        yield _child(clock, node, at, period, strikes, changes)


def _nearest(choice: Choice, news: list[tuple[Choice, list[tuple[int, int]]]]) -> Choice:
    """The first choice that says nothing but what ``choice`` says; there is always the one that says nothing."""
    for other, said in news:
        for n, i in said:
            if choice[n] != i:
                break
        else:
            return other
    raise AssertionError(choice)


def _count(choice: Choice) -> int:
    return len(choice) - choice.count(0)


def strike_name(scenario: Scenario, strike: Strike) -> str:
    """What people call a piece of news."""
    parts: tuple[Shock | Licence, ...] = scenario.licences if strike.outcome else scenario.shocks
    name = next(part.name or part.id.replace("-", " ") for part in parts if part.id == strike.source)
    return f"{name} {strike.outcome}" if strike.outcome else name


def future_name(scenario: Scenario, clock: Clock, strikes: tuple[Strike, ...]) -> str:
    """What people call a course of events."""
    told = [f"{strike_name(scenario, strike)} in {clock.names[strike.period]}" for strike in strikes if not strike.expected]
    return ", then ".join(told) or "nothing happens"
