"""An approved plan's decisions on the tree of today's scenario: node by node, by the news known there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from planner.plan.paths import Paths, find_paths
from planner.plan.plan import Order, Plan, Signing, Vetting
from planner.scenario.scenario import Scenario
from planner.studies.replan.news import Course, parts_of, told_at

Decision = TypeVar("Decision", Vetting, Signing, Order)


def restate(plan: Plan, origin: Mapping[str, str]) -> Plan:
    """The decisions of a plan at the nodes of another tree; nothing else of it. ``origin``: the plan's node for each of them."""
    onto: dict[str, list[str]] = defaultdict(list)
    for node, source in origin.items():
        onto[source].append(node)
    return Plan(
        vetting=tuple(_moved(plan.vetting, onto)),
        signings=tuple(_moved(plan.signings, onto)),
        orders=tuple(_moved(plan.orders, onto)),
    )


def find_origin(approved: Scenario, today: Scenario, paths: Paths, course: Course, periods: int) -> dict[str, str]:
    """For the nodes of today's tree the node of the approved plan's tree in the same period, after the same news.

    News that is certain today counts like any other; news the approved tree does not have there is left out. In the first
    ``periods`` periods events have taken their ``course``, whatever comes later. Periods it does not have have no node.
    """
    there, names, calendar = find_paths(approved), approved.calendar.names, today.calendar
    known = {(names[m.period], told_at(there, names, m.name)): m.name for m in there.moments}
    way = {names[there.at(node).period]: node for node in there.to(course.node)}
    trunk = {names[there.at(node).period]: node for node in there.trunk}
    origin = {}
    for moment in paths.moments:
        period = calendar.names[moment.period]
        if there.staged:
            source = trunk.get(period)
        elif moment.period < periods:
            source = way.get(period)
        else:
            told = course.told | {(s.source, s.outcome, calendar.names[s.period]) for s in moment.strikes}
            source = next((known[period, part] for part in parts_of(told) if (period, part) in known), None)
        if source is not None:
            origin[moment.name] = source
    return origin


def deciding(paths: Paths) -> tuple[str, ...]:
    """The nodes at which something is decided: all, or in two stages those while nothing happens."""
    return paths.trunk if paths.staged else tuple(moment.name for moment in paths.moments)


def _moved(decisions: Iterable[Decision], onto: dict[str, list[str]]) -> Iterator[Decision]:
    for decision in decisions:
        for node in onto.get(decision.node, ()):
            yield replace(decision, node=node)
